"""The files of `geodata/boundaries/`, read as they are needed; `mapper.gazetteer.build.boundaries` writes them."""

from __future__ import annotations

import enum
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from mapper.errors import GeodataError
from mapper.gazetteer.curated import read_populations

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = [
    "ADMIN1",
    "COUNTRY",
    "EDGE_SOUTH",
    "SCALE",
    "TOLERANCES",
    "VERSION",
    "WATER_SCALE",
    "Arcs",
    "BodyOfWater",
    "BoundaryFiles",
    "KindOfArc",
    "bounds_of",
    "column",
    "numbers",
    "take",
]

VERSION = 1
"""Of the files; they are read only by the version that wrote them."""
SCALE = 100_000
"""Coordinates are whole numbers of 1/100,000 degree, as in the source."""
WATER_SCALE = 1_000
"""Rivers and lakes are in whole numbers of 1/1,000 degree, a hundred metres: the source knows them no better."""
EDGE_SOUTH = -85.05
"""Where the world ends in the south: Web Mercator shows no more."""
ADMIN1 = "admin1:"
COUNTRY = "country:"
TOLERANCES = (0.004, 0.01, 0.022, 0.05, 0.12, 0.25, 0.5)
"""The levels of simplification, finest first: a bend of less area than the square of this, in degrees, is left out."""


class KindOfArc(enum.IntEnum):
    """What a line of the map is."""

    COAST = 0
    COUNTRY = 1
    ADMIN1 = 2
    SEAM = 3
    """The edge of the map, at 180 degrees or in the far south: closes a shape, never to be drawn as a line."""


class BodyOfWater(enum.IntEnum):
    """What a line of `basemap/water.parquet` is."""

    RIVER = 0
    LAKE = 1


class Arcs:
    """The columns of `arcs.parquet` and `points.parquet`."""

    def __init__(self, arcs: pa.Table, points: pa.Table) -> None:
        self.kind: NDArray[np.uint8] = column(arcs, "kind")
        self.left: NDArray[np.int32] = column(arcs, "left")
        self.right: NDArray[np.int32] = column(arcs, "right")
        self.start: NDArray[np.int32] = column(arcs, "start")
        self.end: NDArray[np.int32] = column(arcs, "end")
        self.network: NDArray[np.int32] = column(arcs, "network")
        self.size: NDArray[np.float32] = column(arcs, "size")
        self.offsets: NDArray[np.int64] = np.concatenate([[0], np.cumsum(column(arcs, "points"))])
        self.x: NDArray[np.int32] = np.cumsum(column(points, "dx"), dtype=np.int32)
        self.y: NDArray[np.int32] = np.cumsum(column(points, "dy"), dtype=np.int32)
        self.level: NDArray[np.uint8] = column(points, "level")
        if len(self.x) != self.offsets[-1]:
            raise ValueError(f"{len(self.x)} points where the arcs have {self.offsets[-1]}")

    @cached_property
    def arc_of_point(self) -> NDArray[np.int64]:
        """For each point the arc it belongs to."""
        return np.repeat(np.arange(len(self.kind)), np.diff(self.offsets))

    @cached_property
    def corners(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """The south-western and the north-eastern corner of each arc, lon and lat, times `SCALE`."""
        begins = self.offsets[:-1]
        lows, highs = ([edge.reduceat(axis, begins) for axis in (self.x, self.y)] for edge in (np.minimum, np.maximum))
        return np.column_stack(lows), np.column_stack(highs)

    def line(self, reference: int, level: int = 0) -> NDArray[np.float64]:
        """Give the coordinates of an arc in the direction of the reference."""
        arc = reference if reference >= 0 else ~reference
        span = slice(self.offsets[arc], self.offsets[arc + 1])
        line = np.column_stack([self.x[span], self.y[span]]) / SCALE
        if level:
            line = line[self.level[span] >= level]
        return line if reference >= 0 else line[::-1]

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """How many points each arc has between its ends, by level."""
        return np.array([np.add.reduceat(self.level >= level, self.offsets[:-1]) for level in range(len(TOLERANCES))])

    def ring(self, references: NDArray[np.int32]) -> NDArray[np.float64]:
        """Give the coordinates of a closed ring."""
        pieces = [self.line(reference)[:-1] for reference in references.tolist()]
        return np.concatenate([*pieces, pieces[0][:1]])


class BoundaryFiles:
    """The tables of one data folder, each read at its first use.

    Parameters
    ----------
    directory
        The folder that has `boundaries/` and `basemap/`.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def table(self, name: str) -> pa.Table:
        """Read one file, and say what to do if it cannot be read."""
        path = self.directory / name
        remedy = "run `mapper gazetteer build`, or check the file out again"
        if not path.is_file():
            raise GeodataError(f"{path}: is missing; {remedy}")
        try:
            # Not `pq.read_table`: it imports all of pyarrow.dataset, 0.15 s.
            with pq.ParquetFile(path) as file:
                table = file.read(use_threads=False)
        except (OSError, pa.ArrowException) as error:
            raise GeodataError(f"{path}: is damaged ({error}); {remedy}") from error
        version = (table.schema.metadata or {}).get(b"version", b"none").decode()
        if version != str(VERSION):
            raise GeodataError(f"{path}: has version {version}, this program reads version {VERSION}; {remedy}")
        return table

    @cached_property
    def arcs(self) -> Arcs:
        """All arcs with their points."""
        try:
            return Arcs(self.table("boundaries/arcs.parquet"), self.table("boundaries/points.parquet"))
        except (KeyError, ValueError) as error:
            message = f"{self.directory / 'boundaries'}: arcs and points do not fit together ({error}); run `mapper gazetteer build`"
            raise GeodataError(message) from error

    @cached_property
    def units(self) -> pa.Table:
        """The admin-1 units, by code."""
        return self.table("boundaries/admin1.parquet").combine_chunks()

    @cached_property
    def countries(self) -> pa.Table:
        """The countries by code, and a last row without a code for all land."""
        return self.table("boundaries/countries.parquet").combine_chunks()

    @cached_property
    def water(self) -> pa.Table:
        """Rivers and lakes, the largest first."""
        return self.table("basemap/water.parquet").combine_chunks()

    @cached_property
    def populations(self) -> dict[str, int]:
        """Populations by place id, of places whose table has another's."""
        return read_populations(self.directory / "gazetteer" / "populations.csv")

    @cached_property
    def unit_codes(self) -> NDArray[np.str_]:
        """The ISO 3166-2 code of each unit."""
        return np.array(self.units["code"].to_pylist())

    @cached_property
    def unit_rows(self) -> dict[str, int]:
        """The row of each unit by its code."""
        return {code: row for row, code in enumerate(self.unit_codes.tolist())}

    @cached_property
    def country_rows(self) -> dict[str, int]:
        """The row of each country by its code."""
        return {code: row for row, code in enumerate(self.countries["code"].to_pylist()) if code}

    def __contains__(self, place_id: object) -> bool:
        """Whether a place is one of these areas."""
        if not isinstance(place_id, str):
            return False
        prefix, _, code = place_id.partition(":")
        return code in {ADMIN1: self.unit_rows, COUNTRY: self.country_rows}.get(f"{prefix}:", {})

    def find(self, place_id: str) -> tuple[pa.Table, int]:
        """Give the table and the row of a place, or say that there is none."""
        if place_id not in self:
            raise GeodataError(f"no area is known for {place_id!r}; expected something like country:UA or admin1:UA-59")
        prefix, _, code = place_id.partition(":")
        if f"{prefix}:" == ADMIN1:
            return self.units, self.unit_rows[code]
        return self.countries, self.country_rows[code]

    @staticmethod
    def rings_of_row(table: pa.Table, row: int) -> list[NDArray[np.int32]]:
        """Give the rings of a country or unit as references to arcs."""
        if "rings" in table.column_names:
            return [numbers(ring.values) for ring in table["rings"][row].values]
        return [numbers(ring.values) for polygon in table["polygons"][row].values for ring in polygon.values]


def numbers(array: pa.Array) -> NDArray[Any]:
    """Give an array as NumPy's, without a copy.

    Not by `to_numpy`: that, like `pyarrow.array`, imports pandas where it is installed, which takes 0.2 s.
    """
    return np.from_dlpack(array)


def column(table: pa.Table, name: str) -> NDArray[Any]:
    """Give a column of numbers."""
    return numbers(table[name].combine_chunks())


def take(table: pa.Table, rows: NDArray[np.int64]) -> pa.Table:
    """Give some rows of a table."""
    indices = np.ascontiguousarray(rows, dtype=np.int64)
    return table.take(pa.Array.from_buffers(pa.int64(), len(indices), [None, pa.py_buffer(indices)]))


def bounds_of(table: pa.Table) -> NDArray[np.float64]:
    """Give west, south, east and north of each row."""
    return np.column_stack([column(table, name) for name in ("west", "south", "east", "north")])
