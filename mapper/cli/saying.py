"""What is said to a person: results on standard output, progress and warnings on standard error."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from mapper.errors import Rejected
    from mapper.extraction.reading.passedover import PassedOver
    from mapper.store import Ledger

__all__ = [
    "INCOMPLETE",
    "fail",
    "is_terminal",
    "ledger_line",
    "ledger_table",
    "print_json",
    "progress_shown",
    "say",
    "say_overrides",
    "say_passed_over",
    "warn",
]

#: Set when a whole input could not be used: what could be done is done, as `cat` does it, and the exit code says so.
INCOMPLETE = "mapper.incomplete"

#: Rows set aside, and sentences passed over, that are named on the screen.
_MOST_NAMED = 20

#: What the ledger counts, in words.
_OUTCOMES = {"mapped": "on the map", "merged": "merged", "unplaced": "not on the map", "rejected": "rejected", "hidden": "hidden"}


@contextmanager
def progress_shown() -> Iterator[Callable[[str, int, int], None] | None]:
    """Show how far a run is, one bar after the other, where a person looks at standard error; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    bars: dict[str, Any] = {}

    def show(what: str, done: int, total: int) -> None:
        if what not in bars:
            bars[what] = click.progressbar(length=total, label=what, show_pos=True, file=sys.stderr)
            bars[what].render_progress()
        bar = bars[what]
        if done - bar.pos >= max(1, total // 200) or done == total:
            bar.update(done - bar.pos)
        if done == total:
            bars.pop(what).render_finish()

    try:
        yield show
    finally:
        for bar in bars.values():
            bar.render_finish()


def say_overrides(ledger: Ledger) -> None:
    """Name each override that could not be obeyed, or only so far, and count them all."""
    for verdict in ledger.overrides:
        if verdict.outcome not in {"open", "kept"} and (verdict.outcome != "applied" or verdict.note):
            click.echo(f"Override: {verdict}", err=True)
    if counts := ledger.overridden:
        click.echo("overrides: " + ", ".join(f"{count} {outcome}" for outcome, count in counts.items()), err=True)


def say_passed_over(passed: Sequence[PassedOver]) -> None:
    """Quote the first of the sentences that may tell of an incident and gave none."""
    _say_first([f"{one.path}: {one.quote}" for one in passed], "Passed over", "sentences; 'mapper check --format json' has them all")


def ledger_table(ledger: Ledger, inputs: Iterable[Path | str]) -> str:
    """Lay the ledger out, a line an input as it was given."""
    lines = [("input", "read", *_OUTCOMES.values())]
    lines += [(path, *map(str, counts.values())) for path, counts in ledger.of_inputs(inputs).items()]
    lines.append(("all", *map(str, ledger.totals.values())))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join((line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:]))) for line in lines)


def ledger_line(ledger: Ledger) -> str:
    """Give the sums of a ledger as one line."""
    totals = ledger.totals
    return f"{totals['read']} reports read = " + " + ".join(f"{totals[key]} {word}" for key, word in _OUTCOMES.items())


def print_json(value: Any) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def warn(warnings: Iterable[str], rejected: Collection[Rejected]) -> None:
    """Say warnings, and the first of the rows that were set aside."""
    for line in warnings:
        click.echo(f"Warning: {line}", err=True)
    _say_first([str(row) for row in rejected if row.row], "Rejected", "rows; the ledger has them all")
    for whole in rejected:
        if not whole.row:
            click.echo(f"Error: {whole}", err=True)
            click.get_current_context().meta[INCOMPLETE] = True


def _say_first(lines: Sequence[str], head: str, others: str) -> None:
    """Say the first of many lines, and how many others there are."""
    for line in lines[:_MOST_NAMED]:
        click.echo(f"{head}: {line}", err=True)
    if (more := len(lines) - _MOST_NAMED) > 0:
        click.echo(f"{head}: {more} more {others}", err=True)


def is_terminal(stream: TextIO) -> bool:
    """Tell whether a person reads a stream."""
    return stream.isatty()


def say(line: str) -> None:
    """Say a line on standard error."""
    click.echo(line, err=True)


def fail(message: str) -> NoReturn:
    """End with an error in one line."""
    click.echo(f"Error: {message}", err=True)
    sys.exit(1)
