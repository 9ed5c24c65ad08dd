"""How long a map takes to be made again: `python -m tests.benchmarks.regeneration --sizes 1k,100k,1M`.

Each figure is the whole of a command, from a cold process: everything read for the first time, nothing changed since,
one article added to the same table.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click
import numpy as np
import pyarrow as pa
from pyarrow import csv

from mapper.taxonomy import Taxonomy
from tests.benchmarks._page_data import TYPES, synthetic

SIZES = {"1k": 1_000, "10k": 10_000, "100k": 100_000, "1m": 1_000_000}

#: Seconds that a build may take when nothing has changed, and when one article has come to 100,000 incidents.
UNCHANGED, ONE_ARTICLE = 1.0, 3.0

ARTICLE = "---\ntitle: Attack\npublished: 2025-02-21\nlang: en\n---\nA drone hit Kharkiv on Friday, killing two people, the mayor said.\n"


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(prog="regeneration", description=__doc__)
    parser.add_argument("--sizes", default="1k,100k,1M")
    asked = sys.argv[1:] if Path(sys.argv[0]).stem == "regeneration" else []
    click.echo("| incidents | first build, s | nothing changed, s | one article more, s |")
    click.echo("|---:|---:|---:|---:|")
    for name in parser.parse_args(asked).sizes.lower().split(","):
        with tempfile.TemporaryDirectory() as folder:
            click.echo(f"| {name} | " + " | ".join(f"{seconds:.2f}" for seconds in measure(SIZES[name], Path(folder))) + " |")
    click.echo(f"Aims on an idle machine: {UNCHANGED} s where nothing has changed, {ONE_ARTICLE} s for one article more at 100k.")


def measure(count: int, folder: Path) -> tuple[float, float, float]:
    """Build a map of a table of `count` rows, build it again, add an article, build it again."""
    inputs = folder / "in"
    inputs.mkdir()
    write_rows(count, inputs / "rows.csv")
    (folder / "many.toml").write_text('title = "Many"\ninputs = ["in"]\n', encoding="utf-8")
    first = _built(folder)
    stamp = (folder / "many.html").stat().st_mtime_ns
    unchanged = _built(folder)
    if (folder / "many.html").stat().st_mtime_ns != stamp:
        raise SystemExit("the map was written again though nothing had changed")
    (inputs / "article.md").write_text(ARTICLE, encoding="utf-8")
    return first, unchanged, _built(folder)


def write_rows(count: int, path: Path) -> None:
    """Write synthetic incidents as a table that a desk could have."""
    data = synthetic(count)
    days = np.datetime64("2022-02-24") + data.day.astype("timedelta64[D]")
    table = {
        "date": pa.array(days.astype(str)),
        "type": pa.array(list(Taxonomy.load().types)[:TYPES]).take(pa.array(data.kind)),
        "title": [text[:50] for text in data.texts],
        "lat": data.lat,
        "lon": data.lon,
        "publisher": [f"Agency {n % 20}" for n in range(count)],
        "quote": [text[50:] for text in data.texts],
    }
    csv.write_csv(pa.table(table), path)


def _built(folder: Path) -> float:
    start = time.perf_counter()
    # Python keeps its modules compiled, as it does for a user.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {"MAPPER_CACHE": str(folder / "cache")}
    subprocess.run([sys.executable, "-m", "mapper", "build", "--maps", str(folder)], check=True, capture_output=True, env=environment)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
