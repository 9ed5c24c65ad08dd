"""The map is its own archive: the incident tables travel in the page, lossless, and come back out of it.

The block is JSON: the program's version and each table as a Parquet file in base64. It stands behind
everything that the page reads, which never opens it.
"""

from __future__ import annotations

import base64
import binascii
import io
import json
import re
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from mapper.errors import InputError
from mapper.incidents import Tables

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["pack", "unpack"]

_TABLES = ("incidents", "claims", "sources")
_BLOCK = re.compile(r'<script[^>]* id="mapper-archive"[^>]*>([^<]*)</script>')
_COMPRESSION = "zstd"


def pack(tables: Tables) -> str:
    """Write the tables as the text of the block; the same tables give the same text."""
    files = {name: tables.arrow(name) for name in _TABLES}
    files["incidents"] = files["incidents"].append_column("geometry", pa.array(tables.incidents.geometry.to_wkb(), pa.binary()))
    return json.dumps({"version": 1, **{name: _parquet(table) for name, table in files.items()}}, separators=(",", ":"))


def unpack(path: Path) -> Tables:
    """Read the tables back out of a map.

    Raises
    ------
    InputError
        If the file is no map of ours, or its archive is damaged.
    """
    try:
        html = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise InputError(path, "there is no such file", "check the name") from None
    except UnicodeDecodeError:
        raise InputError(path, "is not a map: expected HTML in UTF-8", "name a map made by mapper") from None
    found = _BLOCK.search(html)
    if not found:
        raise InputError(path, "holds no archive: expected a map made by mapper", "name another file, or make the map again")
    try:
        document = json.loads(found[1])
        tables = {name: pq.ParquetFile(io.BytesIO(base64.b64decode(document[name], validate=True))).read() for name in _TABLES}
    except (ValueError, KeyError, binascii.Error, pa.ArrowException) as error:
        raise InputError(path, f"its archive is damaged ({str(error).splitlines()[0]})", "get the file again from where it came") from None
    shapes = shapely.from_wkb(tables["incidents"]["geometry"].to_pylist())
    return Tables.from_arrow(tables["incidents"].drop_columns("geometry"), tables["claims"], tables["sources"], shapes)


def _parquet(table: pa.Table) -> str:
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression=_COMPRESSION)
    return base64.b64encode(buffer.getvalue()).decode("ascii")
