"""Circles that stand for an area whose outline is not known, cut at the borders of what the area lies in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from mapper.crs import KM_PER_DEGREE
from mapper.incidents import PRECISIONS
from mapper.layers.shapes import is_area

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from mapper.layers.places import Places

__all__ = ["cut"]

#: Corners of a circle.
_CORNERS = 96

#: A circle of which no more than this share lies across the border is left whole.
_LEAST = 0.01

#: What lies in one region and one country; a sea or a wider region may well lie in several.
_ADMINISTRATIVE = [PRECISIONS.index(name) for name in ("admin2", "admin1")]


def cut(
    places: pa.ListArray, flat: Places, circles: NDArray[np.bool_], area: Callable[[str], BaseGeometry | None]
) -> tuple[list[BaseGeometry], NDArray[np.int64]]:
    """Cut circles at the outline of their region, or of their country where that of the region is not known.

    Parameters
    ----------
    places, flat
        The column of the incidents, and what `mapper.layers.places.flatten` made of it.
    circles
        Which places are drawn as circles: each has a middle and a radius.
    area
        Gives the outline of ``admin1:`` or ``country:`` and a code, None where it is not known.

    Returns
    -------
    What is left of the circles that reach across a border, in degrees, each once, and for each place the number of its own
    or -1. A circle whose middle is not in the outline stays whole: one of the two is wrong.
    """
    found = np.full(len(circles), -1, dtype=np.int64)
    rows = np.flatnonzero(circles & np.isin(flat.precision, _ADMINISTRATIVE))
    outlines: list[BaseGeometry] = []
    taken = pc.list_flatten(places).take(pa.array(rows))
    admin1, country = (pc.fill_null(pc.struct_field(taken, name), "").to_pylist() for name in ("admin1", "country"))
    spots = zip(flat.lon[rows].tolist(), flat.lat[rows].tolist(), flat.radius_km[rows].tolist(), admin1, country, strict=True)
    known: dict[tuple[float, float, float, str, str], int] = {}
    for row, spot in zip(rows.tolist(), spots, strict=True):
        if spot not in known:
            left = _left(*spot, area)
            known[spot] = -1 if left is None else len(outlines)
            outlines += [] if left is None else [left]
        found[row] = known[spot]
    return outlines, found


def _left(
    lon: float, lat: float, radius_km: float, admin1: str, country: str, area: Callable[[str], BaseGeometry | None]
) -> BaseGeometry | None:
    outline = (area(f"admin1:{admin1}") if admin1 else None) or (area(f"country:{country}") if country else None)
    if outline is None or not shapely.contains_xy(outline, lon, lat):
        return None
    whole = _circle(lon, lat, radius_km)
    left = shapely.intersection(whole, outline)
    return left if is_area(left) and left.area < whole.area * (1 - _LEAST) else None


def _circle(lon: float, lat: float, radius_km: float) -> shapely.Polygon:
    """Give a circle as the page draws it, round in the Mercator projection."""
    angle = np.linspace(0, 2 * np.pi, _CORNERS, endpoint=False)
    radius = radius_km / KM_PER_DEGREE / np.cos(np.radians(lat))
    up = np.arctanh(np.sin(np.radians(lat))) + np.radians(radius * np.sin(angle))
    return shapely.Polygon(np.column_stack([lon + radius * np.cos(angle), np.degrees(np.arcsin(np.tanh(up)))]))
