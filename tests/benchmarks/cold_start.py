"""How long a new process needs to open the gazetteer and answer its first question: `python tests/benchmarks/cold_start.py`."""

from __future__ import annotations

import statistics
import subprocess
import sys

RUNS = 7
STEPS = {
    "import, open, first exact name": "from mapper.gazetteer.index import Gazetteer; assert Gazetteer.load().named('Sumy')",
    "the same, a village of the codifier": "from mapper.gazetteer.index import Gazetteer; assert Gazetteer.load().named('Novoselivka Druha')",
    "the same, an inflected name": "from mapper.gazetteer.index import Gazetteer; assert Gazetteer.load().named('Сумах')",
    "a whole query": (
        "from mapper.gazetteer.index import Gazetteer; from mapper.geocoding.query import geocode; "
        "assert geocode('Robotyne, Zaporizhzhia Oblast', gazetteer=Gazetteer.load())"
    ),
}


def main() -> None:
    """Print the median and the worst of some runs, in seconds; the interpreter's own start is not counted."""
    for name, statement in STEPS.items():
        code = f"import time; t = time.perf_counter()\n{statement}\nprint(time.perf_counter() - t)"
        runs = [float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout) for _ in range(RUNS)]
        print(f"{name}: median {statistics.median(runs):.2f} s, worst {max(runs):.2f} s")  # noqa: T201  a benchmark's purpose


if __name__ == "__main__":
    main()
