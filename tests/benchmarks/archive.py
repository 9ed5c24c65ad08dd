"""What it costs that a map can be made again of itself: `python -m tests.benchmarks.archive --sizes 1k,10k,100k,1M`.

Synthetic incidents are built with and without their archive, unpacked and built again; the two maps must be the same to
the byte, and those with 170 bytes of text each stay within the sizes that a map may have.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

import click

from mapper import store
from mapper.page import definition
from mapper.pipeline import World, build
from mapper.pipeline.unpacking import unpack
from mapper.store.cache import Cache
from mapper.taxonomy import Taxonomy
from tests.benchmarks._page_data import synthetic, tables

SIZES = {"1k": 1_000, "10k": 10_000, "100k": 100_000, "1m": 1_000_000}

#: Bytes that a page with its archive may have.
MOST = {"100k": 9_000_000, "1m": 90_000_000}


def main() -> None:
    """Print a line for each size, with text and without."""
    parser = argparse.ArgumentParser(prog="archive", description=__doc__)
    parser.add_argument("--sizes", default="1k,10k,100k")
    asked = sys.argv[1:] if Path(sys.argv[0]).stem == "archive" else []
    world = World()
    click.echo("| incidents | text | page, bytes | with archive | more | build, s | with archive | unpack, s |")
    click.echo("|---:|---|---:|---:|---:|---:|---:|---:|")
    for name in parser.parse_args(asked).sizes.lower().split(","):
        for text in (True, False):
            with tempfile.TemporaryDirectory() as folder:
                measure(name, world, Path(folder), text=text)


def measure(name: str, world: World, folder: Path, *, text: bool) -> None:
    """Build, unpack, build again, compare."""
    store.write(tables(synthetic(SIZES[name]), text=text), folder / "many.parquet", Taxonomy.load())
    inputs = 'inputs = ["many.parquet"]\n'
    bare, bare_s = _built(folder / "bare.toml", f'{inputs}title = "many"\narchive = false\n', world)
    page, page_s = _built(folder / "many.toml", inputs, world)
    start = time.perf_counter()
    written = unpack(folder / "many.html", folder / "back", "parquet")
    unpack_s = time.perf_counter() - start
    again, _ = _built(written[-1], None, world)
    if again != page:
        raise SystemExit(f"{name}: the map made again is another one")
    if text and len(page) > MOST.get(name, len(page)):
        raise SystemExit(f"{name}: {len(page):,} bytes, more than {MOST[name]:,}")
    more = len(page) - len(bare)
    numbers = (
        f"{len(bare):,}",
        f"{len(page):,}",
        f"{more:,} ({more / len(bare):.1%})",
        f"{bare_s:.2f}",
        f"{page_s:.2f}",
        f"{unpack_s:.2f}",
    )
    click.echo(f"| {name} | {'yes' if text else 'no'} | " + " | ".join(numbers) + " |")


def _built(path: Path, text: str | None, world: World) -> tuple[bytes, float]:
    if text:
        path.write_text(text, encoding="utf-8")
    start = time.perf_counter()
    built = build(definition.read(path), world, cache=Cache(None))
    return built.output.read_bytes(), time.perf_counter() - start


if __name__ == "__main__":
    main()
