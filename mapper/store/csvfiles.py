"""The tables as CSV for a spreadsheet: incidents flat, claims and sources in files beside them.

Places and tags are JSON in one cell, the geometry is WKT; `lon` and `lat` repeat it for the reader where it is one
point, and are empty where it is several or an area. The files begin with a byte order mark, without which Excel shows Cyrillic wrong.

A spreadsheet runs a cell as a formula that begins with ``= + - @`` (OWASP, CSV injection), and our texts come from
anybody. Such a cell gets an apostrophe in front, which spreadsheets take for "this is text", and so does a cell that
begins with apostrophes before one of these signs; reading takes one off again, so nothing is lost. Numbers keep their
minus. An empty cell is unknown, ``""`` an empty text.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from mapper.errors import InputError
from mapper.incidents import schema
from mapper.sources.formulas import DANGEROUS, GUARDED
from mapper.store.companions import companion, existing_companion
from mapper.store.files import write_together
from mapper.store.values import ISO, geometry_array, to_json_text, typed
from mapper.tables import Tables

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["dumps", "read_csv", "write_csv"]

#: More than any number of degrees takes to read the same number back; GEOS writes no more than that, but with -1 16 at most.
_DECIMALS = 30
_BOM = b"\xef\xbb\xbf"
#: Bytes of a block at most, which Arrow counts in 32 bits.
_MOST = 2**31 - 1


def write_csv(tables: Tables, path: Path) -> tuple[Path, ...]:
    """Write the three files, all or none, and name them; that of the incidents last."""
    files = {"sources": companion(path, "sources"), "claims": companion(path, "claims"), "incidents": path}
    return write_together({file: _BOM + _bytes(tables, name) for name, file in files.items()})


def dumps(tables: Tables) -> str:
    """Give the incidents as the text of a CSV file, without claims and sources and without a byte order mark."""
    return _bytes(tables, "incidents").decode()


def read_csv(path: Path) -> Tables:
    """Read what `write_csv` wrote.

    Raises
    ------
    InputError
        If it is something else, or one of the three files is missing.
    """
    import shapely

    incidents = _read(path, "incidents")
    claims, sources = (_read(existing_companion(path, name), name) for name in ("claims", "sources"))
    try:
        shapes = shapely.from_wkt(np.array(incidents["geometry"].to_pylist(), dtype=object))
    except shapely.errors.GEOSException as error:
        raise InputError(path, f"column geometry: is not WKT: {error}") from None
    return Tables.from_arrow(typed(incidents, "incidents", path), typed(claims, "claims", path), typed(sources, "sources", path), shapes)


def _bytes(tables: Tables, name: str) -> bytes:
    table = _flat(tables.arrow(name))
    if name == "incidents":
        table = _with_geometry(table, tables)
    buffer = io.BytesIO()
    pa.csv.write_csv(table, buffer)
    return buffer.getvalue()


def _flat(table: pa.Table) -> pa.Table:
    columns: dict[str, Any] = {}
    for name in table.column_names:
        column = table[name].combine_chunks()
        if pa.types.is_list(column.type):
            columns[name] = to_json_text(column)
        elif pa.types.is_timestamp(column.type):
            columns[name] = pc.strftime(column, ISO)
        elif pa.types.is_string(column.type):
            columns[name] = pc.replace_substring_regex(column, DANGEROUS, r"'\1")
        else:
            columns[name] = column
    return pa.table(columns)


def _with_geometry(table: pa.Table, tables: Tables) -> pa.Table:
    import shapely

    shapes = geometry_array(tables)
    for name, values in (("lon", shapely.get_x(shapes)), ("lat", shapely.get_y(shapes))):
        table = table.append_column(name, pa.array(values, pa.float64(), from_pandas=True))
    texts = shapely.to_wkt(shapes, rounding_precision=_DECIMALS)
    return table.append_column("geometry", pa.array(texts.tolist(), pa.string()))


def _read(path: Path, name: str) -> pa.Table:
    kinds = schema(name)
    strings = {key for key, kind in kinds.items() if pa.types.is_string(kind)}
    types = {key: pa.string() if pa.types.is_list(kind) or pa.types.is_timestamp(kind) else kind for key, kind in kinds.items()}
    data = path.read_bytes().removeprefix(_BOM)
    try:
        table = pa.csv.read_csv(
            pa.BufferReader(data),
            # A row with an outline may be longer than any usual block, and must not lie across two.
            read_options=pa.csv.ReadOptions(block_size=min(len(data) + 1, _MOST)),
            parse_options=pa.csv.ParseOptions(newlines_in_values=True),
            convert_options=pa.csv.ConvertOptions(
                column_types=types | {"geometry": pa.string()},
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid as error:
        raise InputError(path, f"is not CSV as mapper writes it: {error}", "to map any other CSV, give it to 'mapper map'") from None
    if missing := [key for key in kinds if key not in table.column_names]:
        remedy = "to map any other CSV, give it to 'mapper map'"
        raise InputError(path, f"is not CSV as mapper writes it: no column {', '.join(missing[:5])}", remedy)
    for at, key in enumerate(table.column_names):
        if key in strings:
            table = table.set_column(at, key, pc.replace_substring_regex(table[key], GUARDED, r"\1"))
    return table
