"""What travels to the browser of a drawing: typed columns in one container.

`mapper/frontend/payload.ts` names the same columns; a test checks one against the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mapper.incidents import COUNTS, DATE_PRECISIONS, PRECISIONS, STATUSES
from mapper.layers.drawing import FLAGS, NO_DATE
from mapper.page.container import Container

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mapper.layers.drawing import Drawing
    from mapper.taxonomy import Taxonomy

__all__ = ["BLOCK", "COLUMNS", "LONLAT", "NO_DAY", "OUTLINE", "drawing_container"]

#: Steps to a degree: positions to about 1 m, outlines to about 11 m, less than half a pixel at zoom 12.
LONLAT = 100_000
OUTLINE = 10_000

#: Day of a date that is not known; days are counted from 1970.
NO_DAY = -1_000_000

#: Rows in one block of text.
BLOCK = 512

#: Every column and its coding. Prefixes tell the table: none for incidents, then points, those of them that are cut, areas, shapes, rings.
COLUMNS = {
    "type": "u8",
    "status": "u8",
    "precision": "u8",
    "date_precision": "u8",
    "flags": "u8",
    "start_day": "delta",
    "start_minute": "number",
    "lasting": "optional",
    **dict.fromkeys(COUNTS, "optional"),
    "country": "number",
    "publisher": "number",
    "point_incident": "delta",
    "point_lon": "delta",
    "point_lat": "delta",
    "point_kind": "u8",
    "point_precision": "u8",
    "point_radius_m": "number",
    "cut_point": "delta",
    "cut_shape": "number",
    "area_incident": "delta",
    "area_shape": "number",
    "area_share": "optional",
    "shape_rings": "number",
    "shape_anchor_lon": "delta",
    "shape_anchor_lat": "delta",
    "ring_points": "number",
    "ring_lon": "delta",
    "ring_lat": "delta",
}


def drawing_container(drawing: Drawing, taxonomy: Taxonomy) -> Container:
    """Pack a drawing; the meta part carries the vocabularies that the codes count in."""
    container = Container(
        {
            "placed": drawing.placed,
            "lonlat": LONLAT,
            "outline": OUTLINE,
            "block": BLOCK,
            "types": list(taxonomy.types),
            "statuses": STATUSES,
            "precisions": PRECISIONS,
            "date_precisions": DATE_PRECISIONS,
            "flags": FLAGS,
            "countries": drawing.countries.words,
            "country_sets": drawing.countries.sets,
            "publishers": drawing.publishers.words,
            "publisher_sets": drawing.publishers.sets,
        }
    )
    points, areas, outlines = drawing.points, drawing.areas, drawing.shapes
    start = drawing.columns["start"].astype(np.int64)
    dated = start != NO_DATE
    columns: dict[str, NDArray[np.generic]] = {
        **drawing.columns,
        # Apart, for the time of day is mostly midnight and packs to nothing.
        "start_day": np.where(dated, start // 1440, NO_DAY),
        "start_minute": np.where(dated, start % 1440, 0),
        "point_incident": points.incident,
        "point_lon": _steps(points.lon, LONLAT),
        "point_lat": _steps(points.lat, LONLAT),
        "point_kind": points.kind,
        "point_precision": points.precision,
        "point_radius_m": points.radius_m,
        "area_incident": areas.incident,
        "cut_point": np.flatnonzero(points.outline >= 0),
        "cut_shape": points.outline[points.outline >= 0],
        "area_shape": areas.shape,
        "area_share": areas.share,
        "shape_rings": outlines.rings,
        "shape_anchor_lon": _steps(outlines.anchor_lon, LONLAT),
        "shape_anchor_lat": _steps(outlines.anchor_lat, LONLAT),
        "ring_points": outlines.points,
        "ring_lon": _steps(outlines.lon, OUTLINE),
        "ring_lat": _steps(outlines.lat, OUTLINE),
    }
    for name, coding in COLUMNS.items():
        container.add(name, coding, columns[name])
    return container


def _steps(degrees: NDArray[np.float64], steps: int) -> NDArray[np.int64]:
    return np.round(degrees * steps).astype(np.int64)
