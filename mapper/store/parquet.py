"""The tables as GeoParquet 1.1 for the incidents, and plain Parquet beside it for claims and sources.

Everything keeps its type, lists and all, so that any tool that reads Parquet (DuckDB, pandas, QGIS) can join the three.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from mapper.errors import InputError
from mapper.store.companions import companion, existing_companion
from mapper.store.files import write_together
from mapper.store.values import geometry_array, typed
from mapper.tables import Tables

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_parquet", "write_parquet"]


def write_parquet(tables: Tables, path: Path) -> tuple[Path, ...]:
    """Write the three files, all or none, and name them; that of the incidents last."""
    import shapely

    contents = {companion(path, name): _bytes(tables.arrow(name)) for name in ("sources", "claims")}
    shapes = geometry_array(tables)
    incidents = tables.arrow("incidents").append_column("geometry", pa.array(shapely.to_wkb(shapes).tolist(), pa.binary()))
    column = {"encoding": "WKB", "geometry_types": []}  # no CRS named means WGS 84, lon before lat
    geo = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
    contents[path] = _bytes(incidents.replace_schema_metadata({"geo": json.dumps(geo)}))
    return write_together(contents)


def read_parquet(path: Path) -> Tables:
    """Read what `write_parquet` wrote.

    Raises
    ------
    InputError
        If it is something else, or one of the three files is missing.
    """
    import shapely

    files = {"incidents": path, **{name: existing_companion(path, name) for name in ("claims", "sources")}}
    read = {}
    for name, file in files.items():
        try:
            read[name] = pq.read_table(pa.BufferReader(file.read_bytes()))
        except pa.ArrowInvalid as error:
            raise InputError(file, f"is not Parquet: {str(error).splitlines()[0][:120]}") from None
    if "geometry" not in read["incidents"].column_names:
        raise InputError(path, "is not Parquet as mapper writes it: no column geometry", "to map any other, give it to 'mapper map'")
    try:
        shapes = shapely.from_wkb(read["incidents"]["geometry"].to_numpy())
    except (shapely.errors.ShapelyError, TypeError) as error:
        raise InputError(path, f"its geometry is damaged ({error})", "write the file again with mapper") from None
    incidents, claims, sources = (typed(read[name], name, file) for name, file in files.items())
    return Tables.from_arrow(incidents, claims, sources, shapes)


def _bytes(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return bytes(sink.getvalue().to_pybytes())
