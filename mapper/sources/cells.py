"""Columns of text to columns of values: each distinct cell is read once, however many rows have it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mapper.sources.counts import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

__all__ = ["Distinct", "clean", "distinct", "first_filled", "join", "numbers", "spread"]

_T = TypeVar("_T")

_UNKNOWN = pa.array(UNKNOWN, pa.string())
_LONGEST_UNKNOWN = max(len(word.encode()) for word in UNKNOWN)


class Distinct:
    """The distinct cells of a column, and which of them each row has (-1 where it is null)."""

    __slots__ = ("codes", "values")

    def __init__(self, values: list[str], codes: NDArray[np.int64]) -> None:
        self.values = values
        self.codes = codes

    def map(self, read: Callable[[str], _T]) -> list[_T]:
        """Read each distinct cell."""
        return [read(value) for value in self.values]

    def rows(self, wrong: list[bool]) -> NDArray[np.bool_]:
        """Tell which rows have one of the cells that are marked."""
        return np.append(np.array(wrong, dtype=bool), False)[self.codes]


def clean(column: pa.Array, *, unknown: bool = True) -> pa.Array:
    """Trim the cells; empty ones become null and, unless told not to, those that say "not known"."""
    trimmed = pc.utf8_trim_whitespace(column)
    lengths = pc.binary_length(trimmed).to_numpy(zero_copy_only=False)
    if not unknown:
        blank = lengths == 0
    else:
        # only a short cell can be such a word; titles and notes need not be folded to lower case
        short = np.flatnonzero(lengths <= _LONGEST_UNKNOWN)
        said = pc.is_in(pc.utf8_lower(trimmed.take(pa.array(short))), value_set=_UNKNOWN).to_numpy(zero_copy_only=False)
        blank = np.zeros(len(column), dtype=bool)
        blank[short[said]] = True
    return pc.if_else(pa.array(blank), pa.scalar(None, pa.string()), trimmed) if blank.any() else trimmed


def distinct(column: pa.Array) -> Distinct:
    """Find the distinct cells of a column."""
    encoded = pc.dictionary_encode(column)
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    codes = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    return Distinct(encoded.dictionary.to_pylist(), codes)


def spread(values: list[Any], cells: Distinct, kind: pa.DataType) -> pa.Array:
    """Give each row the value of its cell; null where the cell or its value is."""
    indices = pa.array(cells.codes, mask=cells.codes < 0)
    return pa.array(values, kind).take(indices)


def first_filled(columns: list[pa.Array]) -> pa.Array:
    """Take from each row the first of several cells that is not null."""
    return columns[0] if len(columns) == 1 else pc.coalesce(*columns)


def join(columns: list[pa.Array], separator: str = "; ") -> pa.Array:
    """Put the cells of each row that are not null together; null where all are."""
    joined = columns[0]
    for column in columns[1:]:
        # not with null_handling="skip": pyarrow 26 then leaves rows out in which all are null
        both = pc.binary_join_element_wise(joined, column, separator)
        joined = pc.coalesce(both, joined, column)
    return joined


def numbers(column: pa.Array, read: Callable[[str], float | None]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Read decimal numbers, and tell which cells are none.

    Parameters
    ----------
    read
        For cells that are not plain numbers; None means it is none.

    Returns
    -------
    Values, NaN where a cell is null or wrong, and which are wrong.
    """
    wrong = np.zeros(len(column), dtype=bool)
    try:
        return pc.cast(column, pa.float64()).to_numpy(zero_copy_only=False).astype(float), wrong
    except pa.ArrowInvalid:
        pass
    plain = pc.fill_null(pc.match_substring_regex(column, r"^[+-]?\d+(\.\d+)?$"), False)
    values = np.array(
        pc.cast(pc.if_else(plain, column, pa.scalar(None, pa.string())), pa.float64()).to_numpy(zero_copy_only=False), dtype=float
    )
    odd = np.flatnonzero(~plain.to_numpy(zero_copy_only=False) & column.is_valid().to_numpy(zero_copy_only=False))
    cells = distinct(column.take(pa.array(odd)))
    found = cells.map(read)
    if len(odd):
        values[odd] = np.array([np.nan if value is None else value for value in found], dtype=float)[cells.codes]
        wrong[odd] = cells.rows([value is None for value in found])
    return values, wrong
