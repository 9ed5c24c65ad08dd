"""What an editor decides about single incidents, as it stands in `overrides.csv`: who decides what, when and why.

A row names an incident by its id, or by the id of any report that went into it, so that it still holds when another
report joins. A row that cannot be read or obeyed is never dropped: it has a `Verdict` that says why.
"""

from __future__ import annotations

import csv
import difflib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapper.errors import InputError
from mapper.incidents import CHILDREN, PROJECTILES
from mapper.sources.csvtext import DELIMITERS
from mapper.sources.dates import EXPECTED, parse_day
from mapper.sources.decoding import decode, newlines
from mapper.sources.formulas import unguarded
from mapper.sources.vocabulary import key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

__all__ = [
    "ACTIONS",
    "COLUMNS",
    "FACTS",
    "LISTED",
    "OUTCOMES",
    "Override",
    "Overrides",
    "Standing",
    "Verdict",
    "action_of",
    "read",
    "standing",
]

#: The columns of the file, in the order in which a person fills them in; any others are for that person alone.
COLUMNS = ("id", "action", "value", "who", "when", "why")

#: Actions that say what is right of an incident: all but the last change the columns of the same meaning.
FACTS = ("place", "coarsen", "type", "date", *CHILDREN, *CHILDREN.values(), *PROJECTILES, "title", "status", "note")

#: All actions, and whether they need a value: True, False, or None for those that may have one.
ACTIONS: Mapping[str, bool | None] = {
    **dict.fromkeys(FACTS, True),
    "merge": True,
    "split": None,
    "retract": False,
    "hide": False,
    "keep": None,
}

#: Those that `mapper review` lists, for a person to fill in.
LISTED = ("place", "date", "killed", "injured", "status", "split")

#: What becomes of a row: obeyed, outdone by a later one, without its incident, not understood, looked at and right, or
#: not filled in yet.
OUTCOMES = ("applied", "superseded", "gone", "invalid", "kept", "open")


#: Columns of a file that is made anew: the title tells a person what a row is about.
_NEW = (*COLUMNS, "title")

#: Lines that are looked through for the header: titles, empty lines, Excel's ``sep=;``.
_PREAMBLE = 10


@dataclass(frozen=True, slots=True)
class Override:
    """One decision; `row` is the number as an editor shows it, `when` a day in ISO 8601."""

    path: str
    row: int
    target: str
    action: str
    value: str
    who: str
    when: str
    why: str

    @property
    def order(self) -> tuple[str, int]:
        """What decides between two that contradict each other: the later day, then the lower row of the file."""
        return self.when, self.row

    def verdict(self, outcome: str, incident: str | None, note: str) -> Verdict:
        """Say what became of it."""
        return Verdict(self.path, self.row, self.target, self.action, outcome, incident, note)

    def correction(self, column: str, old: str | None, new: str | None) -> dict[str, str | None]:
        """Write down what it changed, as the incident carries it (`incidents.CORRECTION`)."""
        return {"column": column, "old": old, "new": new, "who": self.who, "when": self.when, "why": self.why}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one row of the file: one of `OUTCOMES`, for which incident, and what there is to say about it."""

    file: str
    row: int
    id: str
    action: str
    outcome: str
    incident: str | None
    note: str

    def __str__(self) -> str:
        words = f"{self.file}: row {self.row}: {self.action or 'no action'} of {self.id or 'no id'}: {self.outcome}"
        return f"{words}: {self.note}" if self.note else words


@dataclass(frozen=True, slots=True)
class Overrides:
    """The decisions of a file in the order in which they hold, and the verdicts on rows that are none."""

    rows: tuple[Override, ...] = ()
    others: tuple[Verdict, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """A file of overrides as it stands, for more rows to go under it.

    `text` is the file without a byte order mark, its last line ended; `columns` are the names of the columns that its
    last rows have, ours in our spelling, and `delimiter` stands between them. `waiting` has the ids and actions of rows
    that are open, and `decided` tells whether there are others.
    """

    text: str
    columns: tuple[str, ...]
    delimiter: str
    newline: str
    waiting: frozenset[tuple[str, str]] = frozenset()
    decided: bool = False


def standing(path: Path | None) -> Standing:
    """Read a file of overrides to go on with; None, or one without a word, gives one with a header only.

    Raises
    ------
    InputError
        As `read`.
    """
    data = _bytes(path) if path else b""
    if not path or not data.strip():
        return Standing(f"{','.join(_NEW)}\n", _NEW, ",", "\n")
    text, _ = decode(data, path)
    newline = "\r\n" if "\r\n" in text else "\n"
    delimiter = _delimiter(text)
    rows = [Override(str(path), row, *cells) for row, cells in _records(newlines(text), path) if any(cells)]
    waiting = frozenset((o.target, action_of(o.action)) for o in rows if _is_open(o))
    columns: tuple[str, ...] = ()
    for cells in csv.reader(io.StringIO(newlines(text), newline=""), delimiter=delimiter, strict=True):
        if len(found := _positions(cells)) == len(COLUMNS):
            ours = {at: name for name, at in found.items()}
            columns = tuple(ours.get(at, name.strip().lower()) for at, name in enumerate(cells))
    ended = text if text.endswith(("\n", "\r")) else text + newline
    return Standing(ended, columns, delimiter, newline, waiting, decided=not all(map(_is_open, rows)))


def read(path: Path) -> Overrides:
    """Read a file of overrides: CSV with any delimiter, as spreadsheets save it.

    A row as `mapper review` lists it, with neither a value nor a reason, is open and counts for nothing.

    Raises
    ------
    InputError
        If the file cannot be read as a whole: then nothing can be hidden, so nothing should be built.
    """
    data = _bytes(path)
    if not data.strip():
        return Overrides()
    text, warnings = decode(data, path)
    rows: list[Override] = []
    others: list[Verdict] = []
    for row, cells in _records(newlines(text), path):
        override = Override(str(path), row, *cells)
        if not any(cells):
            continue
        if _is_open(override):
            others.append(override.verdict("open", None, ""))
        elif fault := _fault(override):
            others.append(override.verdict("invalid", None, fault))
        else:
            rows.append(_clean(override))
    return Overrides(tuple(sorted(rows, key=lambda o: o.order)), tuple(others), warnings)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(path, error.strerror or str(error), "check the name, or take 'overrides' out of the definition") from None


def _delimiter(text: str) -> str:
    """Find what stands between the cells: with it, the header has most of our columns."""
    return max(DELIMITERS, key=lambda mark: max(len(_positions(line.split(mark))) for line in newlines(text).split("\n")[:_PREAMBLE]))


def _records(text: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    """Give the cells of our columns, row by row, with the number of the line that each begins in.

    Rows may be longer than the header or shorter, and the header may come again: a list of `mapper review` that is put
    under the file as it is can be read.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    at: dict[str, int] = {}
    names: list[str] = []
    line = 1
    try:
        for cells in reader:
            here, line = line, reader.line_num + 1
            found = _positions(cells)
            if len(found) == len(COLUMNS):
                at = found
            elif at:
                yield here, [unguarded(cells[at[name]].strip()) if at[name] < len(cells) else "" for name in COLUMNS]
            elif not names and len(cells) > 1:
                names = cells
    except csv.Error as error:
        raise InputError(path, f"row {line}: {error}", "check the quotation marks of this row and those before it") from None
    if not at:
        missing = ", ".join(name for name in COLUMNS if name not in _positions(names))
        found_names = ", ".join(filter(None, names)) or "nothing"
        remedy = f"name the columns {', '.join(COLUMNS)} in its first row"
        raise InputError(path, f"has no column {missing}, found {found_names}", remedy)


def _positions(header: Sequence[str]) -> dict[str, int]:
    """Find our columns among the names of a header, however they are written."""
    names = [name.strip().strip('"').lower() for name in header]
    return {name: names.index(name) for name in COLUMNS if name in names}


def action_of(word: str) -> str:
    """Give an action however it is written: "Children killed" is children_killed."""
    return key(word).replace(" ", "_")


def _is_open(override: Override) -> bool:
    """Tell whether a row waits for a person: one that needs a value by that and the reason, another by who, when and why."""
    action = action_of(override.action)
    return action in LISTED and not (override.value or override.why) and (action in FACTS or not (override.who or override.when))


def _fault(override: Override) -> str:
    """Say what is wrong with a row, an empty text if nothing is."""
    action = action_of(override.action)
    if not override.target:
        return "column id is empty: expected the id of an incident, as 'mapper review' lists it"
    if action not in ACTIONS:
        near = difflib.get_close_matches(action, ACTIONS, n=1)
        hint = f"did you mean {near[0]}?" if near else f"expected one of {', '.join(ACTIONS)}"
        return f"column action, value {override.action!r}: {hint}"
    if ACTIONS[action] and not override.value:
        return f"column value is empty: {action} needs one"
    if ACTIONS[action] is False and override.value:
        return f"column value, value {override.value!r}: {action} takes none; leave it empty, reasons go into the column why"
    if action == "keep" and override.value and action_of(override.value) not in ACTIONS:
        return f"column value, value {override.value!r}: keep takes the action that is not needed, or nothing for all"
    for name in ("who", "when", "why"):
        if not getattr(override, name):
            return f"column {name} is empty: a correction must say who made it, when and why"
    day = parse_day(override.when.partition("T")[0].partition(" ")[0]) or parse_day(override.when)
    if day is None or day.precision != "day":
        return f"column when, value {override.when!r}: is not a date; expected {EXPECTED}"
    return ""


def _clean(override: Override) -> Override:
    day = parse_day(override.when.partition("T")[0].partition(" ")[0]) or parse_day(override.when)
    when = day.start.isoformat() if day else override.when
    words = (" ".join(text.split()) for text in (override.who, override.why))
    who, why = words
    return Override(override.path, override.row, override.target, action_of(override.action), override.value, who, when, why)
