"""All that is drawn of the incident tables, in columns: what is a dot, what a ring, what an area, and what is none.

The rule is honest geography: a place known to a settlement is a dot, "near" is a ring, a region is its whole area, and
what is known to the country only, or not at all, is not on the map and says why. One incident may have several parts;
it stays one incident.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from mapper.crs import in_range, morton
from mapper.errors import GeodataError
from mapper.incidents import (
    AREAS,
    COUNTS,
    DATE_PRECISIONS,
    PRECISIONS,
    ROLES,
    STATUSES,
    TAG_BACKGROUND,
    TAG_DATE_AS_REPORTED,
    tagged,
    whole,
)
from mapper.layers.cuts import cut
from mapper.layers.facets import Facet, countries, publishers
from mapper.layers.places import NONE, Places, codes, flatten, floats, numbers
from mapper.layers.shapes import Shapes, is_area, shapes
from mapper.layers.waters import in_water

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from mapper.gazetteer.boundaries import Boundaries
    from mapper.tables import Tables
    from mapper.taxonomy import Taxonomy

__all__ = ["AREA", "DOT", "FLAGS", "NO_DATE", "RING", "Areas", "Drawing", "Points", "draw"]

#: Kinds of a point: a dot where something happened, a ring around the place it happened near, or a circle as large as an
#: area whose outline is not known.
DOT, RING, AREA = 0, 1, 2

#: What a bit of the column `flags` means, from the lowest.
FLAGS = ("unplaced", "background", "date_as_reported")

#: Minutes since 1970 of a date that is not known.
NO_DATE = -(2**31)

_DRAWN = (ROLES.index("at"), ROLES.index("over"), NONE)
_AREA = tuple(PRECISIONS.index(p) for p in AREAS if p != "country")
_COUNTRY = PRECISIONS.index("country")
_NEAR = PRECISIONS.index("near")

_WHY_NOT = (
    "known to the country only",
    "its area is not among the boundaries of this map",
    "its geometry is a line, which this map does not draw",
    "neither a position nor an area is given",
)


@dataclass(frozen=True, slots=True)
class Points:
    """Dots, rings and circles, ordered by incident. `radius_m` is 0 where not known, `precision` a position in `PRECISIONS`.

    `outline` is the shape that the borders leave of a circle, -1 where it is whole.
    """

    incident: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    kind: NDArray[np.uint8]
    precision: NDArray[np.uint8]
    radius_m: NDArray[np.int64]
    outline: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Areas:
    """Which incident lies in which shape, ordered by incident; `share` is its number there, -1 where the report does not say."""

    incident: NDArray[np.int64]
    shape: NDArray[np.int64]
    share: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Typed columns of everything on the page but the text.

    Attributes
    ----------
    order
        Row in the tables of each incident drawn: first those on the map along the Z-order curve, then the others by date.
    placed
        How many of them are on the map.
    columns
        One array an attribute of the incidents, in that order. Counts are -1 where unknown, codes `NONE`, `start` is
        in minutes since 1970 by the wall clock (`NO_DATE`), `lasting` in minutes (-1), `country` and `publisher` the
        number of a set of `countries` and `publishers`.
    reasons
        Why an incident is not on the map, by its place in the order; only where the tables do not say it.
    countries, publishers
        The sets that incidents can be filtered by. Their own `codes` are in the order of the tables.
    points, areas, shapes
        The parts. `incident` in them is a place in the order.
    """

    order: NDArray[np.int64]
    placed: int
    columns: Mapping[str, NDArray[np.generic]]
    reasons: Mapping[int, str]
    countries: Facet
    publishers: Facet
    points: Points
    areas: Areas
    shapes: Shapes

    def bounds(self) -> tuple[float, float, float, float] | None:
        """Give `(west, south, east, north)` of all that is drawn, rings included; None if nothing is."""
        lat_margin = self.points.radius_m / 111_195.0
        lon_margin = lat_margin / np.maximum(np.cos(np.radians(self.points.lat)), 0.01)
        lon = np.concatenate([self.points.lon - lon_margin, self.points.lon + lon_margin, self.shapes.lon])
        lat = np.concatenate([self.points.lat - lat_margin, self.points.lat + lat_margin, self.shapes.lat])
        if not len(lon):
            return None
        return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())


def draw(tables: Tables, taxonomy: Taxonomy, boundaries: Boundaries) -> Drawing:
    """Decide for every incident what is drawn of it.

    Parameters
    ----------
    tables
        Valid incident tables; a type that the taxonomy lacks is drawn as its last type.
    boundaries
        Asked once for each area that any incident names.

    Returns
    -------
    The drawing; it depends on the rows, not on their order.
    """
    table = tables.arrow("incidents")
    count = len(table)
    places = flatten(whole(table["places"]))
    unplaced = ~np.asarray(pc.is_null(table["unplaced"]).to_numpy())
    row_precision = codes(table["precision"], PRECISIONS)

    drawable = np.isin(places.role, _DRAWN) & ~unplaced[places.incident]
    precision = np.where(places.precision == NONE, row_precision[places.incident], places.precision)
    located = drawable & in_range(places.lon, places.lat)
    row_radius = floats(table["radius_km"])
    radius = np.where(np.isnan(places.radius_km), row_radius[places.incident], places.radius_km)

    wanted = drawable & np.isin(precision, _AREA)
    geometries, shape = _areas(places, wanted, boundaries)
    waters, water = in_water(whole(table["places"]), places, wanted & (shape < 0), boundaries)
    shape = np.where(water < 0, shape, water + len(geometries))
    geometries += waters
    in_area = wanted & (shape >= 0)
    # An area whose outline is not known but whose middle and size are is a circle as large as it, not a dot.
    outlined = located & wanted & (shape < 0) & (radius > 0)
    ring = located & (precision == _NEAR) & (radius > 0)
    dot = located & ~wanted & (precision != _COUNTRY) & ~ring
    point = dot | ring | outlined
    kind = np.where(outlined, AREA, np.where(ring, RING, DOT))

    cuts, left = cut(
        whole(table["places"]), replace(places, precision=precision, radius_km=radius), outlined, lambda name: _area(boundaries, name)
    )

    points = [_Part(*(column[point] for column in (places.incident, places.lon, places.lat, kind, precision, radius, left)))]
    areas = [(places.incident[in_area], shape[in_area], places.share[in_area])]

    drawn = np.zeros(count, dtype=bool)
    drawn[places.incident[point]] = True
    drawn[places.incident[in_area]] = True
    why = np.full(count, -1)
    bare = ~drawn & ~unplaced
    why[bare] = 3
    failed = np.zeros(count, dtype=bool)
    failed[places.incident[wanted & (shape < 0)]] = True
    why[bare & failed] = 1
    why[bare & (row_precision == _COUNTRY)] = 0

    rest = np.flatnonzero(bare & (why != 0))
    if len(rest):
        kinds = np.asarray(shapely.get_type_id(tables.incidents.geometry.to_numpy()[rest]))
        own = np.asarray(tables.incidents.geometry.to_numpy()[rest], dtype=object)
        why[rest[np.isin(kinds, (1, 2, 5))]] = 2
        is_point = np.isin(kinds, (0, 4)) & ~np.isin(row_precision[rest], _AREA)
        where, owner = shapely.get_coordinates(own[is_point], return_index=True)
        rows = rest[is_point][owner]
        is_ring = (row_precision[rows] == _NEAR) & (row_radius[rows] > 0)
        points.append(
            _Part(
                rows, where[:, 0], where[:, 1], np.where(is_ring, RING, DOT), row_precision[rows], row_radius[rows], np.full(len(rows), -1)
            )
        )
        is_shape = np.isin(kinds, (3, 6)) & ~shapely.is_empty(own)
        if is_shape.any():
            unique, inverse = np.unique(np.asarray(shapely.to_wkb(own[is_shape]), dtype=object), return_inverse=True)
            areas.append((rest[is_shape], np.asarray(inverse, dtype=np.int64) + len(geometries), np.full(is_shape.sum(), -1)))
            geometries += [shapely.from_wkb(w) for w in unique.tolist()]
        drawn[rows] = True
        drawn[rest[is_shape]] = True
    why[drawn] = -1
    for part in points:
        part.outline[part.outline >= 0] += len(geometries)

    return _assemble(table, (countries(tables), publishers(tables)), taxonomy, drawn, why, points, areas, shapes(geometries + cuts))


@dataclass(frozen=True, slots=True)
class _Part:
    incident: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    kind: NDArray[np.int64]
    precision: NDArray[np.uint8]
    radius_km: NDArray[np.float64]
    outline: NDArray[np.int64]


def _areas(places: Places, wanted: NDArray[np.bool_], boundaries: Boundaries) -> tuple[list[BaseGeometry], NDArray[np.int64]]:
    """Fetch each wanted outline once; give them by id, and for each place its outline or -1."""
    code = np.asarray(places.place_id.indices)
    names = places.place_id.dictionary.to_pylist()
    position = np.full(len(names) + 1, -1, dtype=np.int64)
    geometries: list[BaseGeometry] = []
    for name, index in sorted((names[i], int(i)) for i in np.unique(code[wanted])):
        geometry = _area(boundaries, name) if name else None
        if geometry is not None and is_area(geometry):
            position[index] = len(geometries)
            geometries.append(geometry)
    return geometries, position[code]


def _area(boundaries: Boundaries, place_id: str) -> BaseGeometry | None:
    try:
        return boundaries.area(place_id)
    except (KeyError, GeodataError):
        return None


def _assemble(
    table: pa.Table,
    facets: tuple[Facet, Facet],
    taxonomy: Taxonomy,
    drawn: NDArray[np.bool_],
    why: NDArray[np.int64],
    points: list[_Part],
    areas: list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]],
    outlines: Shapes,
) -> Drawing:
    incident = np.concatenate([p.incident for p in points])
    lon, lat = np.concatenate([p.lon for p in points]), np.concatenate([p.lat for p in points])
    kind, precision = np.concatenate([p.kind for p in points]), np.concatenate([p.precision for p in points])
    radius = np.concatenate([p.radius_km for p in points])
    outline = np.concatenate([p.outline for p in points])
    area_incident, area_shape, area_share = (np.concatenate(column) for column in zip(*areas, strict=True))

    # The first part places an incident on the curve; written backwards so that the first one wins.
    anchor_lon, anchor_lat = np.zeros(len(drawn)), np.zeros(len(drawn))
    anchor_lon[area_incident[::-1]] = outlines.anchor_lon[area_shape[::-1]]
    anchor_lat[area_incident[::-1]] = outlines.anchor_lat[area_shape[::-1]]
    anchor_lon[incident[::-1]], anchor_lat[incident[::-1]] = lon[::-1], lat[::-1]

    start = _minutes(table["date_start"])
    keys = pa.table({"off": ~drawn, "curve": np.where(drawn, morton(anchor_lon, anchor_lat), 0), "start": start, "id": table["id"]})
    order = np.asarray(pc.sort_indices(keys, sort_keys=[(k, "ascending") for k in keys.column_names]), dtype=np.int64)
    position = np.empty(len(order), dtype=np.int64)
    position[order] = np.arange(len(order))

    end = _minutes(table["date_end"])
    known = (start != NO_DATE) & (end != NO_DATE)
    background, as_reported = (tagged(table["tags"], tag).astype(np.uint8) for tag in (TAG_BACKGROUND, TAG_DATE_AS_REPORTED))
    flags = (~drawn).astype(np.uint8) | (background << 1) | (as_reported << 2)
    kinds = codes(table["type"], list(taxonomy.types))
    columns: dict[str, NDArray[np.generic]] = {
        "type": np.where(kinds == NONE, len(taxonomy.types) - 1, kinds).astype(np.uint8),
        "status": codes(table["status"], STATUSES),
        "precision": codes(table["precision"], PRECISIONS),
        "date_precision": codes(table["date_precision"], DATE_PRECISIONS),
        "flags": flags,
        "start": start.astype(np.int32),
        "lasting": np.where(known, end - start, -1),
        **{name: numbers(table[name], -1) for name in COUNTS},
        "country": facets[0].codes,
        "publisher": facets[1].codes,
    }
    by_incident = np.argsort(position[incident], kind="stable")
    by_area = np.argsort(position[area_incident], kind="stable")
    rows = np.flatnonzero(why >= 0)
    return Drawing(
        order=order,
        placed=int(drawn.sum()),
        columns={name: column[order] for name, column in columns.items()},
        reasons={int(position[row]): _WHY_NOT[why[row]] for row in rows},
        countries=facets[0],
        publishers=facets[1],
        points=Points(
            incident=position[incident][by_incident],
            lon=lon[by_incident],
            lat=lat[by_incident],
            kind=kind[by_incident].astype(np.uint8),
            precision=precision[by_incident],
            radius_m=np.round(np.nan_to_num(radius[by_incident]) * 1000).astype(np.int64),
            outline=outline[by_incident],
        ),
        areas=Areas(incident=position[area_incident][by_area], shape=area_shape[by_area], share=area_share[by_area]),
        shapes=outlines,
    )


def _minutes(column: pa.ChunkedArray) -> NDArray[np.int64]:
    seconds = column.cast(pa.int64())
    filled = np.asarray(pc.fill_null(seconds, NO_DATE * 60).to_numpy())
    return np.asarray(filled // 60, dtype=np.int64)
