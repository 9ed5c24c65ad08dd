"""Values of the tables as the formats need them that have no lists or times of their own."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mapper.errors import InputError
from mapper.incidents import schema

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from mapper.tables import Tables

__all__ = ["from_json_text", "geometry_array", "plain", "to_json_text", "typed"]

ISO = "%Y-%m-%dT%H:%M:%S"


def geometry_array(tables: Tables) -> NDArray[np.object_]:
    """Give the geometries of the incidents, with None for empty ones."""
    import shapely

    shapes = np.array(tables.incidents.geometry.array, dtype=object)
    shapes[shapely.is_missing(shapes) | shapely.is_empty(shapes)] = None
    return shapes


def plain(value: Any) -> Any:
    """Make a value fit for JSON: times as ISO 8601, and no key whose value is unknown.

    Examples
    --------
    >>> plain({"a": None, "b": datetime(2024, 11, 22), "c": []})
    {'b': '2024-11-22T00:00:00', 'c': []}
    """
    match value:
        case dict():
            return {key: plain(entry) for key, entry in value.items() if entry is not None}
        case list():
            return [plain(entry) for entry in value]
        case datetime():
            return value.isoformat(timespec="seconds")
        case _:
            return value


def to_json_text(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Write the lists of a column as JSON; null stays null."""
    texts = [None if v is None else json.dumps(plain(v), ensure_ascii=False, separators=(",", ":")) for v in column.to_pylist()]
    return pa.array(texts, pa.string())


def from_json_text(column: pa.Array | pa.ChunkedArray, kind: pa.DataType, path: Path | str, name: str) -> pa.Array:
    """Read back what `to_json_text` wrote.

    Raises
    ------
    InputError
        If a cell is not such JSON.
    """
    try:
        return pa.array([None if text is None else json.loads(text) for text in column.to_pylist()], kind)
    except (ValueError, TypeError, pa.ArrowException) as error:
        raise InputError(path, f"column {name}: a cell does not hold the JSON expected: {error}") from None


def typed(table: pa.Table, name: str, path: Path | str) -> pa.Table:
    """Bring a table that was read to the schema of `incidents`, `claims` or `sources`; columns that lack become null.

    Raises
    ------
    InputError
        If a column holds what it can't.
    """
    columns = {}
    for key, kind in schema(name).items():
        if key not in table.column_names:
            columns[key] = pa.nulls(len(table), kind)
            continue
        column = table.column(key)
        if pa.types.is_list(kind) and pa.types.is_string(column.type):
            columns[key] = from_json_text(column, kind, path, key)
            continue
        try:
            if pa.types.is_timestamp(column.type) and column.type.tz:
                column = pc.local_timestamp(column)
            columns[key] = column.cast(kind)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
            problem = f"column {key} of the {name}: expected {kind}: {error}"
            raise InputError(path, problem, "was it written by mapper, and edited since?") from None
    return pa.table(columns)
