"""Outlines of seas, bays and straits, of which only a middle and a size are known: the water around the middle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from mapper.crs import KM_PER_DEGREE

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

__all__ = ["sea"]

#: Where the water is narrower than this share of the radius, on either side, another one begins: the Kerch Strait ends the
#: Black Sea.
_STRAIT = 0.02
#: A water that ends within so many radii is the whole of a sea; of any other one what lies within the radius is meant.
_ENCLOSED = 2.0
#: Bends of less than this are left out, and of less than a hundredth of the radius.
_TOLERANCE_KM = 1.0
_CORNERS = 64


def sea(
    lon: float, lat: float, radius_km: float, land: Callable[[tuple[float, float, float, float]], NDArray[np.object_]]
) -> shapely.Polygon | shapely.MultiPolygon | None:
    """Give the outline of the water at a position in WGS 84, or None if there is land.

    Parameters
    ----------
    radius_km
        How large it is.
    land
        Gives the polygons of the land that meet west, south, east, north, in degrees.
    """
    squeeze = max(float(np.cos(np.radians(lat))), 0.02)

    def flat(positions: NDArray[np.float64]) -> NDArray[np.float64]:
        return (positions - (lon, lat)) * (squeeze * KM_PER_DEGREE, KM_PER_DEGREE)

    def round_(positions: NDArray[np.float64]) -> NDArray[np.float64]:
        return positions / (squeeze * KM_PER_DEGREE, KM_PER_DEGREE) + (lon, lat)

    middle = shapely.Point(0, 0)
    wide = middle.buffer(radius_km * _ENCLOSED, quad_segs=_CORNERS)
    west, south, east, north = shapely.bounds(shapely.transform(wide, round_)).tolist()
    shapes = land((west, south, east, north))
    ground = shapely.union_all(shapely.make_valid(shapely.transform(shapely.clip_by_rect(shapes, west, south, east, north), flat)))

    def water(within: shapely.Polygon) -> shapely.Geometry | None:
        open_ = shapely.difference(within, ground)
        if not shapely.intersects(open_, middle):
            return None
        reach = radius_km * _STRAIT
        inner = [part for part in shapely.get_parts(shapely.buffer(open_, -reach)) if not part.is_empty]
        if not inner:
            return open_
        mine = min(inner, key=lambda part: (shapely.distance(part, middle), -part.area))
        return shapely.intersection(shapely.buffer(mine, reach * 1.5), open_)

    found = water(wide)
    if found is not None and shapely.intersects(found, shapely.boundary(wide)):
        found = water(middle.buffer(radius_km, quad_segs=_CORNERS))
    if found is None or found.is_empty:
        return None
    parts = shapely.get_parts(shapely.simplify(found, min(_TOLERANCE_KM, radius_km / 100)))
    largest = max(parts, key=shapely.area)
    if largest.geom_type != "Polygon" or largest.is_empty:
        return None
    islands = [ring for ring in largest.interiors if shapely.Polygon(ring).area > (radius_km * _STRAIT) ** 2]
    outline: shapely.Polygon = shapely.orient_polygons(shapely.transform(shapely.Polygon(largest.exterior, islands), round_))
    return outline
