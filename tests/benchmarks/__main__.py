"""Run the measurements: ``python -m tests.benchmarks [NAME]...``, all of them without a name."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import click


def main() -> int:
    found = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))
    wanted = sys.argv[1:] or found
    if unknown := set(wanted) - set(found):
        click.echo(f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(found)}", err=True)
        return 2
    for name in wanted:
        click.echo(f"# {name}")
        import_module(f"tests.benchmarks.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main())
