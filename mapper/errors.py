"""What can go wrong, as a tree.

::

    MapperError                 anything a person can act on; the command line shows it in one line, exit 1
    ├── InputError              a file, folder or address that cannot be read as what it should be
    ├── DefinitionError         a map definition or taxonomy file with an unknown or wrong setting
    ├── GeodataError            a data file of ours that is missing, damaged or of another version
    ├── DisclosureError         a finished map that still shows what a sensitivity rule hides
    ├── SchemaError             incident tables that break the rules of `mapper.incidents`
    ├── LedgerError             a report that is lost or counted twice
    └── BundleError             the browser bundle that the page needs has not been built

Every message says what, where, what was expected and what to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "BundleError",
    "DefinitionError",
    "DisclosureError",
    "GeodataError",
    "InputError",
    "LedgerError",
    "MapperError",
    "Rejected",
    "SchemaError",
    "printable",
]


def printable(text: Path | str) -> str:
    r"""Put a question mark in the place of what no file can hold: bytes that are no UTF-8, as names of files may have them.

    Examples
    --------
    >>> printable("\udcff.csv")
    '?.csv'
    """
    return str(text).encode("utf-8", "replace").decode()


class MapperError(Exception):
    """Base of every error this package raises on purpose."""


class InputError(MapperError):
    """An input that cannot be used at all.

    Parameters
    ----------
    path
        The input as the person named it (``-`` for standard input).
    problem
        What is wrong and what was expected instead.
    remedy
        What to do about it, as an imperative sentence; may be empty.
    """

    def __init__(self, path: Path | str, problem: str, remedy: str = "") -> None:
        self.path = printable(path)
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{self.path}: {problem}" + (f"; {remedy}" if remedy else ""))

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str, str]]:
        """Say how another process makes the same one."""
        return InputError, (self.path, self.problem, self.remedy)


class DefinitionError(MapperError):
    """A setting of a map definition or taxonomy that is unknown or out of range, or none at all where `setting` is empty."""

    def __init__(self, path: Path | str, setting: str, problem: str) -> None:
        self.path = printable(path)
        self.setting = setting
        self.problem = problem
        super().__init__(": ".join(filter(None, (self.path, setting, problem))))


class GeodataError(MapperError):
    """A data file under `geodata/` that is missing, damaged or of another version."""


class DisclosureError(MapperError):
    """A map that is not written because something a sensitivity rule hides is still in it; the message does not repeat it."""


class SchemaError(MapperError):
    """Incident tables that break the rules of `mapper.incidents`; all faults are listed together."""


class LedgerError(MapperError):
    """The sums of the ledger are wrong: a report was lost, or counted twice. Never the user's fault."""


class BundleError(MapperError):
    """The browser bundle is missing from the installed package."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """An input row that was set aside, with its reason; a run goes on without it and counts it.

    `row` is the number as an editor shows it (the first line is 1), or 0 for the whole file.
    """

    path: str
    row: int
    column: str
    value: str
    problem: str

    @property
    def place(self) -> str:
        """Where it stands, without its value: what is set aside may be what must not be told."""
        where = f"{self.path}: row {self.row}" if self.row else self.path
        return f"{where}, column {self.column}" if self.column else where

    def __str__(self) -> str:
        where = f"{self.path}: row {self.row}" if self.row else self.path
        what = f", column {self.column}, value {self.value!r}" if self.column else ""
        return f"{where}{what}: {self.problem}"
