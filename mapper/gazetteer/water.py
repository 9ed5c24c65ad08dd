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

    from numpy.typing import NDArray

__all__ = ["Water", "names_of", "water_in"]

# Rivers and lakes are drawn whole within the bounds widened by this share of their size, and else up to a rank.
_AROUND = 0.2
_LAST_RANK_ELSEWHERE = 3
_TOLERANCE_ELSEWHERE = 0.2


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
    columns = (table[name].combine_chunks() for name in ("dx", "dy"))
    dx, dy = (numbers(steps.flatten()) for steps in columns)
    points = np.cumsum(np.column_stack([dx, dy]), axis=0, dtype=np.int32) / WATER_SCALE
    lengths = numbers(pc.list_value_length(table["dx"].combine_chunks()))
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


def names_of(row: Mapping[str, Any]) -> dict[str, str]:
    """Give the names of a row by language."""
    return {language: row[f"name_{language}"] for language in LANGUAGES}


def _around(bounds: tuple[float, float, float, float]) -> shapely.Geometry:
    west, south, east, north = bounds
    dx, dy = (east - west) % 360 * _AROUND, (north - south) * _AROUND
    spans = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
    return shapely.union_all([shapely.box(left - dx, south - dy, right + dx, north + dy) for left, right in spans])
