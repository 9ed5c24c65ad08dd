"""The rivers and lakes of a map's background: all those that it looks at, the largest of the rest of the world."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.compute as pc
import shapely

from mapper.gazetteer.boundary_files import WATER_SCALE, BodyOfWater, BoundaryFiles, column, numbers, take
from mapper.taxonomy import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa
    from numpy.typing import NDArray

__all__ = ["Water", "lake", "names_of", "water_in"]

# Rivers and lakes are drawn whole within the bounds widened by this share of their size, and else up to a rank.
_AROUND = 0.2
_LAST_RANK_ELSEWHERE = 3
_TOLERANCE_ELSEWHERE = 0.2
# A lake this many degrees from where one of its name should be is another.
_NEAR = 1.0


@dataclass(frozen=True, slots=True)
class Water:
    """Lines of rivers and rings of lakes.

    Attributes
    ----------
    points, offsets
        As `Basemap.points` and `Basemap.arc_offsets`.
    kinds
        A `BodyOfWater` for each line, uint8. Rings of lakes are to be filled by the even-odd rule.
    ranks
        How large it is, uint8: 0 the Amazon, 10 a brook; the smaller ones are for high zooms.
    names
        For each line the names of its river, as in `Area`; empty for lakes and rivers without a name of ours.
    """

    points: NDArray[np.int32]
    offsets: NDArray[np.int32]
    kinds: NDArray[np.uint8]
    ranks: NDArray[np.uint8]
    names: tuple[dict[str, str], ...]


def water_in(files: BoundaryFiles, bounds: tuple[float, float, float, float], digits: int) -> Water:
    """Give what a map of these bounds draws; west may be east of east, across the antimeridian."""
    table = files.water
    points, lengths = _points(table)
    lines = shapely.linestrings(points, indices=np.repeat(np.arange(len(lengths)), lengths))
    near = shapely.intersects(lines, _around(bounds))
    ranks = column(table, "rank")
    kept = np.flatnonzero(near | (ranks <= _LAST_RANK_ELSEWHERE))
    lines = np.where(near[kept], lines[kept], shapely.simplify(lines[kept], _TOLERANCE_ELSEWHERE))
    kinds = column(table, "kind")[kept]
    return Water(
        points=np.round(shapely.get_coordinates(lines) * 10**digits).astype(np.int32),
        offsets=np.concatenate([[0], np.cumsum(shapely.get_num_coordinates(lines))]).astype(np.int32),
        kinds=kinds,
        ranks=ranks[kept],
        names=tuple(
            names_of(row) if kind == BodyOfWater.RIVER and row["name_en"] else {}
            for row, kind in zip(take(table, kept).to_pylist(), kinds.tolist(), strict=True)
        ),
    )


def lake(files: BoundaryFiles, name: str, lon: float, lat: float) -> shapely.Polygon | None:
    """Give the outline of the lake of an English name that is no farther than `_NEAR` degrees from a position, or None."""
    table = files.water
    near = np.maximum(np.abs(column(table, "lon") - lon), np.abs(column(table, "lat") - lat)) <= _NEAR
    named = np.array(table["name_en"].to_pylist()) == name
    rows = np.flatnonzero(near & named & (column(table, "kind") == BodyOfWater.LAKE))
    if not name or not len(rows):
        return None
    points, lengths = _points(table)
    ends = np.cumsum(lengths)
    return shapely.Polygon(points[ends[rows[0]] - lengths[rows[0]] : ends[rows[0]]])


def _points(table: pa.Table) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Give the points of all lines one after the other, lon and lat, and how many each line has."""
    dx, dy = (numbers(table[name].combine_chunks().flatten()) for name in ("dx", "dy"))
    points: NDArray[np.float64] = np.cumsum(np.column_stack([dx, dy]), axis=0, dtype=np.int32) / WATER_SCALE
    return points, numbers(pc.list_value_length(table["dx"].combine_chunks()))


def names_of(row: Mapping[str, Any]) -> dict[str, str]:
    """Give the names of a row by language."""
    return {language: row[f"name_{language}"] for language in LANGUAGES}


def _around(bounds: tuple[float, float, float, float]) -> shapely.Geometry:
    west, south, east, north = bounds
    dx, dy = (east - west) % 360 * _AROUND, (north - south) * _AROUND
    spans = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
    return shapely.union_all([shapely.box(left - dx, south - dy, right + dx, north + dy) for left, right in spans])
