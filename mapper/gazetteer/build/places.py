"""Places on their way into the tables of the gazetteer, and how these are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from pathlib import Path

    from mapper.gazetteer.layer import NameTable

__all__ = ["Row", "write_names", "write_places"]


@dataclass(slots=True)
class Row:
    """A place on its way into the table; `seat` is a country's capital, `parent` the larger unit of an area."""

    id: str
    name: str
    kind: str
    country: str
    admin1: str
    admin1_name: str
    lon: float
    lat: float
    population: int
    radius_km: float
    parent: str = ""
    seat: str = ""


def write_places(rows: list[Row], path: Path) -> Path:
    """One row a place, in the order given."""
    texts = ("name", "kind", "country", "admin1", "admin1_name", "parent", "seat")
    columns: dict[str, pa.Array] = {"id": pa.array([row.id for row in rows], pa.string())}
    for column in texts:
        columns[column] = pa.array([getattr(row, column) for row in rows], pa.string())
    for column in ("lon", "lat"):
        columns[column] = pa.array([round(getattr(row, column), 5) for row in rows], pa.float64())
    columns["population"] = pa.array([row.population for row in rows], pa.int64())
    columns["radius_km"] = pa.array([row.radius_km for row in rows], pa.float32())
    repeated = ["kind", "country", "admin1", "admin1_name", "parent", "seat"]
    _write(pa.table(columns), path, use_dictionary=repeated, column_encoding={"id": "DELTA_BYTE_ARRAY"})
    return path


def write_names(rows: list[Row], names: NameTable, path: Path) -> Path:
    """One row a key, sorted by its bytes; `places` holds row number times four, plus the rank of the name."""
    number = {row.id: i for i, row in enumerate(rows)}
    keys: list[str] = []
    places: list[list[int]] = []
    packed = sorted((key.encode(), number[place_id] * 4 + rank) for (key, place_id), rank in names.ranks.items())
    for key, value in packed:
        text = key.decode()
        if not keys or keys[-1] != text:
            keys.append(text)
            places.append([])
        places[-1].append(value)
    table = pa.table({"key": pa.array(keys, pa.string()), "places": pa.array(places, pa.list_(pa.int32()))})
    _write(table, path, use_dictionary=False, column_encoding={"key": "DELTA_BYTE_ARRAY"})
    return path


def _write(table: pa.Table, path: Path, *, use_dictionary: bool | list[str], column_encoding: dict[str, str]) -> None:
    part = path.with_suffix(".part")
    pq.write_table(
        table,
        part,
        compression="zstd",
        compression_level=19,
        use_dictionary=use_dictionary,
        column_encoding=column_encoding,
        row_group_size=len(table),
        data_page_size=1 << 22,
        write_statistics=False,
        store_schema=False,
    )
    part.replace(path)
