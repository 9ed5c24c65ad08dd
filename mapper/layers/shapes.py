"""Areas as rings of coordinates, each stored once however many incidents lie in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["Shapes", "is_area", "shapes"]

#: How near the anchor comes to the point farthest from the edge, in degrees.
_ANCHOR_TOLERANCE = 0.05


@dataclass(frozen=True, slots=True)
class Shapes:
    """Polygons as rings for an even-odd fill, so holes and islands need no nesting.

    Attributes
    ----------
    rings
        Number of rings of each shape.
    points
        Number of points of each ring; the first point is not repeated at the end.
    lon, lat
        Degrees, the rings one after the other.
    anchor_lon, anchor_lat
        A point well inside each shape, where its label and its link to other shapes go; it says nothing of
        where in the area something happened.
    """

    rings: NDArray[np.int64]
    points: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    anchor_lon: NDArray[np.float64]
    anchor_lat: NDArray[np.float64]

    def __len__(self) -> int:
        """Count the shapes."""
        return len(self.rings)


def is_area(geometry: BaseGeometry | None) -> bool:
    """Tell whether a geometry encloses something."""
    return geometry is not None and geometry.geom_type in {"Polygon", "MultiPolygon"} and not geometry.is_empty


def shapes(geometries: Sequence[BaseGeometry]) -> Shapes:
    """Take polygons and multipolygons apart into rings.

    Examples
    --------
    >>> s = shapes([shapely.box(30, 50, 31, 51)])
    >>> s.rings.tolist(), s.points.tolist(), len(s.lon)
    ([1], [4], 4)
    """
    parts, owner = shapely.get_parts(np.asarray(geometries, dtype=object), return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    # GEOS repeats the first point of a ring at its end; the page closes the path itself.
    last = np.append(ring[1:] != ring[:-1], True) if len(ring) else np.zeros(0, dtype=bool)
    coordinates, ring = coordinates[~last], ring[~last]
    anchors = np.array([_anchor(g) for g in geometries], dtype=np.float64).reshape(-1, 2)
    return Shapes(
        rings=np.bincount(owner[part], minlength=len(geometries)),
        points=np.bincount(ring, minlength=len(rings)),
        lon=coordinates[:, 0],
        lat=coordinates[:, 1],
        anchor_lon=anchors[:, 0],
        anchor_lat=anchors[:, 1],
    )


def _anchor(geometry: BaseGeometry) -> tuple[float, float]:
    """Find the middle of the largest circle inside the largest part, so that a label sits well in a crooked area."""
    part = max(shapely.get_parts(geometry).tolist(), key=lambda p: p.area)
    if part.area == 0:
        return _xy(shapely.point_on_surface(part))
    outline = shapely.simplify(shapely.Polygon(part.exterior), _ANCHOR_TOLERANCE / 2)
    circle = shapely.maximum_inscribed_circle(outline, tolerance=_ANCHOR_TOLERANCE)
    centre = shapely.get_point(circle, 0)
    return _xy(centre) if shapely.contains_xy(part, *_xy(centre)) else _xy(shapely.point_on_surface(part))


def _xy(point: BaseGeometry) -> tuple[float, float]:
    return float(shapely.get_x(point)), float(shapely.get_y(point))
