"""A Grid with its Layout: cells asked for by our names, and the faults found in them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from mapper.errors import InputError, Rejected
from mapper.sources.cells import Distinct, clean, distinct, first_filled
from mapper.sources.columns import layout

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from mapper.sources.columns import Layout
    from mapper.sources.grid import Grid

__all__ = ["Sheet", "choose_columns"]

#: A table must have one of these, else it is no table of incidents.
_TELLING = ("date_start", "type", "lat", "lon", "lat_lon", "place_text", "admin1", "country")
_EXPECTED = "a date, a type, a place, or lat and lon"
_SHOWN = 12


def choose_columns(path: str, header: Sequence[str], hashtags: Sequence[str], *, positioned: bool = False) -> Layout:
    """Find our columns, or refuse the table.

    Parameters
    ----------
    positioned
        The format has positions of its own, so that any other column will do.

    Raises
    ------
    InputError
        If no column is one of ours.
    """
    found = layout(header, hashtags)
    if not positioned and not any(name in found.columns for name in _TELLING):
        shown = ", ".join(repr(name) for name in header[:_SHOWN]) + (", …" if len(header) > _SHOWN else "")
        raise InputError(
            path,
            f"no column tells of incidents: found {shown or 'none'}, expected {_EXPECTED}",
            "name the columns date, type, place, country, lat, lon, killed, injured, source, url",
        )
    return found


class Sheet:
    """The cells of a table by our names, with the rows set aside so far.

    A row keeps the first fault found in it; what comes later is skipped over it.
    """

    def __init__(self, path: str, grid: Grid, found: Layout) -> None:
        self.path = path
        self.grid = grid
        self.layout = found
        self.bad: dict[int, Rejected] = {}
        self.warnings: list[str] = []

    def __len__(self) -> int:
        """Count the rows, good and bad."""
        return len(self.grid.rows)

    def header(self, ours: str) -> str:
        """Give the name that a column of ours has in the file."""
        places = self.layout.columns.get(ours)
        return self.grid.header[places[0]] if places else ours

    def at(self, position: int, *, unknown: bool = True) -> pa.Array:
        """Give a column by its position, trimmed, with null for what says nothing."""
        return clean(self.grid.columns[position], unknown=unknown)

    def named(self, header: str) -> pa.Array | None:
        """Give a column by its name in the file, or None."""
        position = self.layout.names.get(header)
        return None if position is None else self.at(position)

    def cells(self, ours: str, *, unknown: bool = True) -> pa.Array | None:
        """Give a column of ours, or None if the table has none.

        Parameters
        ----------
        unknown
            Read words such as "unknown" as null.
        """
        places = self.layout.columns.get(ours)
        return first_filled([self.at(place, unknown=unknown) for place in places]) if places else None

    def text(self, ours: str) -> pa.Array:
        """Give a column of ours, null in all rows if the table has none."""
        found = self.cells(ours)
        return pa.nulls(len(self), pa.string()) if found is None else found

    def reject(self, rows: NDArray[np.bool_], ours: str, column: pa.Array, problem: str | Callable[[str], str]) -> None:
        """Set rows aside for what stands in a column.

        Parameters
        ----------
        problem
            What is wrong and what was expected, or a function that says it of a cell.
        """
        for row in np.flatnonzero(rows).tolist():
            value = column[row].as_py() or ""
            self.reject_row(row, ours, value, problem if isinstance(problem, str) else problem(value))

    def reject_row(self, row: int, ours: str, value: str, problem: str) -> None:
        """Set one row aside, unless it is already."""
        if row not in self.bad:
            self.bad[row] = Rejected(self.path, int(self.grid.rows[row]), self.header(ours) if ours else "", value, problem)

    def warn(self, sentence: str) -> None:
        """Note something that was guessed or left out."""
        self.warnings.append(f"{self.path}: {sentence}")

    def warn_of_words(self, ours: str, cells: Distinct, unknown: list[bool], what: str) -> None:
        """Note the words of a column that nobody knows, the most frequent first."""
        if not any(unknown):
            return
        counts = Counter({cells.values[at]: int(n) for at, n in enumerate(np.bincount(cells.codes[cells.codes >= 0])) if unknown[at]})
        shown = ", ".join(f"{word!r} ({n})" for word, n in counts.most_common(3))
        more = f" and {len(counts) - 3} more" if len(counts) > 3 else ""
        self.warn(f"column {self.header(ours)}: {what}: {shown}{more}")

    def distinct(self, ours: str, *, unknown: bool = True) -> Distinct | None:
        """Give the distinct cells of a column of ours, or None if the table has none."""
        found = self.cells(ours, unknown=unknown)
        return None if found is None else distinct(found)
