"""Nested Arrow columns as flat ones and back: each field of each list a column of its own, whatever the schema holds.

A column `places` of lists of structs becomes the leaves ``places`` (the length of each list, null for a null list),
``places?`` (whether each struct is one and not null) and one for each field: ``places.name``, ``places.candidates`` …
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["flat", "nested"]

#: Ends the name of the leaf that says which structs are not null.
THERE = "?"


def flat(path: str, column: pa.Array) -> Iterator[tuple[str, pa.Array]]:
    """Take a column apart into its leaves."""
    kind = column.type
    if pa.types.is_list(kind):
        yield path, pc.list_value_length(column)
        values = pc.list_flatten(column)
        if pa.types.is_struct(kind.value_type):
            yield from _fields(path, values)
        else:
            yield from flat(f"{path}[]", values)
    elif pa.types.is_struct(kind):
        yield from _fields(path, column)
    else:
        yield path, column


def _fields(path: str, structs: pa.StructArray) -> Iterator[tuple[str, pa.Array]]:
    yield path + THERE, pc.is_valid(structs)
    for field, values in zip(structs.type, structs.flatten(), strict=True):
        yield from flat(f"{path}.{field.name}", values)


def nested(path: str, kind: pa.DataType, count: int, leaf: Callable[[str, pa.DataType, int], pa.Array]) -> pa.Array:
    """Put a column of `count` rows together again.

    Parameters
    ----------
    leaf
        Gives a leaf by its name, type and number of values; asked in the order that `flat` gives them.
    """
    if pa.types.is_list(kind):
        lengths = leaf(path, pa.int32(), count)
        ends = np.cumsum(np.asarray(pc.fill_null(lengths, 0).to_numpy(zero_copy_only=False), dtype=np.int64))
        total = int(ends[-1]) if count else 0
        if total >= 2**31 or (pc.min(lengths).as_py() or 0) < 0:
            raise ValueError(f"{path}: the lengths of its lists make no sense")
        inner = kind.value_type
        values = _struct(path, inner, total, leaf) if pa.types.is_struct(inner) else nested(f"{path}[]", inner, total, leaf)
        offsets = pa.array(np.concatenate([[0], ends]).astype(np.int32))
        mask = pc.is_null(lengths) if lengths.null_count else None
        return pa.ListArray.from_arrays(offsets, values, type=kind, mask=mask)
    return _struct(path, kind, count, leaf) if pa.types.is_struct(kind) else leaf(path, kind, count)


def _struct(path: str, kind: pa.DataType, count: int, leaf: Callable[[str, pa.DataType, int], Any]) -> pa.StructArray:
    there = leaf(path + THERE, pa.bool_(), count)
    fields = [nested(f"{path}.{field.name}", field.type, count, leaf) for field in kind]
    return pa.StructArray.from_arrays(fields, fields=list(kind), mask=pc.invert(there))
