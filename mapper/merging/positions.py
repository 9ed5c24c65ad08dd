"""Located names to what an incident row holds: places, geometry, country, precision, or why it is not on the map."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import shapely

from mapper.crs import distance_km
from mapper.gazetteer.boundaries import JOINED
from mapper.geocoding.location import Location
from mapper.incidents import AREAS, PRECISIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from mapper.gazetteer.boundaries import Boundaries
    from mapper.gazetteer.index import Gazetteer
    from mapper.gazetteer.place import Place
    from mapper.geocoding.location import Unlocated

__all__ = ["RADIUS_KM", "Position", "as_location", "extents", "join_names", "place_record", "position"]

#: How far around a point something may be, where nobody says. Atlos' Exact and Locality, VIINA's STREET; 25 km is
#: UCDP's "limited area around a place". A raion has 4,400 km², which is a circle of 37 km; its outline we lack.
RADIUS_KM: Mapping[str, float] = {"exact": 0.05, "site": 0.15, "settlement": 1.0, "near": 25.0, "admin2": 40.0, "water": 50.0}


#: How wide an outline may be, as a radius, to stand for a site or a settlement (Kyiv's is 12.5 km); beyond it is a region.
_OUTLINES: Mapping[str, float] = {"site": RADIUS_KM["site"], "settlement": 15.0, "region": np.inf}


@dataclass(frozen=True, slots=True)
class Position:
    """What the places of an incident come to; `geometry` is None and `unplaced` says why if it is not drawn."""

    geometry: shapely.Geometry | None
    country: str | None
    admin1: str | None
    precision: str | None
    radius_km: float | None
    unplaced: str | None


def place_record(
    text: str,
    result: Location | Unlocated,
    role: str,
    gazetteer: Gazetteer,
    *,
    start: int | None = None,
    end: int | None = None,
) -> dict[str, Any]:
    """Make a place of the incident table (`incidents.PLACE`) out of a located or unlocated name.

    A region such as Donbas has the joined ids of the areas that it is made of, so that it can be drawn.
    """
    record: dict[str, Any] = {"text": text, "role": role, "start": start, "end": end}
    record["candidates"] = [{k: v for k, v in asdict(c).items() if k not in {"kind", "admin1_name"}} for c in result.candidates]
    if not isinstance(result, Location):
        return record | {"reason": result.reason}
    names = ("name", "country", "admin1", "admin1_name", "lon", "lat", "precision", "radius_km", "place_id", "score", "method")
    record |= {name: _null(getattr(result, name)) for name in names}
    region = gazetteer.place(result.place_id) if result.precision == "region" else None
    if region and (parts := gazetteer.parts(region)):
        record["place_id"] = JOINED.join(area.id for area in parts)
    return record


def as_location(place: Place, text: str, method: str) -> Location:
    """Take a place of the gazetteer as the answer, where it is given and not chosen."""
    named = {name: getattr(place, name) for name in ("name", "lon", "lat", "radius_km", "country", "admin1", "admin1_name")}
    return Location(text=text, precision=place.kind, place_id=place.id, score=1.0, method=method, **named)


def position(places: Sequence[Mapping[str, Any]], boundaries: Boundaries) -> Position:
    """Put the places where an incident happened together.

    One that contains another is left to say where that one lies; a country alone is too vague to draw.

    Parameters
    ----------
    places
        Places of `place_record` with role at or over, in the order of the text.
    """
    found = sharpest([p for p in places if p.get("precision")])
    if not found:
        reason = "; ".join(dict.fromkeys(f"{p['text']}: {p['reason']}" for p in places if p.get("reason")))
        return Position(None, None, None, None, None, reason or "the report names no place")
    country, admin1 = _common(found, "country"), _common(found, "admin1")
    precision = max((p["precision"] for p in found), key=PRECISIONS.index)
    shapes = [shape for p in found if (shape := _shape(p, boundaries)) is not None]
    if precision == "country" or not shapes:
        names = join_names(dict.fromkeys(p["name"] for p in found))
        return Position(None, country, admin1, precision, None, f"known to the country only: {names}")
    radii = [p["radius_km"] for p in found if p.get("radius_km") and not _has_outline(p, boundaries)]
    return Position(_gathered(shapes), country, admin1, precision, max(radii, default=None), None)


def sharpest(places: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Leave out each area in which another place of the same incident lies."""
    return [p for p in places if not any(q is not p and _contains(p, q) for q in places)]


def extents(shapes: NDArray[np.object_], wanted: NDArray[np.bool_]) -> tuple[pa.Array, pa.Array]:
    """Tell how precisely areas that somebody drew say where something was, and how far around their middles they reach.

    Returns
    -------
    Precisions and radii in kilometres, null for what is not wanted and what is no polygon.
    """
    polygons = wanted & np.isin(shapely.get_type_id(shapes), (3, 6))
    radii = np.zeros(len(shapes))
    for at in np.flatnonzero(polygons).tolist():
        lon, lat = shapely.get_coordinates(shapes[at]).T
        if np.ptp(lon) > 180:  # it crosses the 180th meridian
            lon = np.where(lon < 0, lon + 360, lon)
        radii[at] = distance_km(lon, lat, (lon.min() + lon.max()) / 2, (lat.min() + lat.max()) / 2).max()
    known = np.array([*_OUTLINES])[np.searchsorted([*_OUTLINES.values()], radii)]
    return pa.array(known, pa.string(), mask=~polygons), pa.array(radii.round(2), mask=~polygons)


def join_names(names: Iterable[str]) -> str:
    """Put names into words: "A, B and C"."""
    *most, last = list(names)
    return f"{', '.join(most)} and {last}" if most else last


def _contains(area: Mapping[str, Any], place: Mapping[str, Any]) -> bool:
    if area["precision"] == "country":
        return bool(place["country"] == area["country"] and place["precision"] != "country")
    if place.get("share"):
        return False  # "126 over the Rostov region, 30 of them near Taganrog": the rest was elsewhere in it
    return bool(area["precision"] == "admin1" and place["precision"] not in {"admin1", "country"} and place["admin1"] == area["admin1"])


def _shape(place: Mapping[str, Any], boundaries: Boundaries) -> shapely.Geometry | None:
    if place["precision"] == "country":
        return None
    if _has_outline(place, boundaries):
        return boundaries.area(place["place_id"])
    # A raion or a bay, whose outline we lack, is somewhere within its radius.
    return shapely.Point(place["lon"], place["lat"])


def _has_outline(place: Mapping[str, Any], boundaries: Boundaries) -> bool:
    return place["precision"] in AREAS and place["place_id"] in boundaries


def _gathered(shapes: Sequence[shapely.Geometry]) -> shapely.Geometry:
    """Give one geometry of the simplest kind: Point, MultiPoint, (Multi)Polygon or a collection of both."""
    if len(shapes) == 1:
        return shapes[0]
    parts = [part for shape in shapes for part in shapely.get_parts(shape)]
    if all(part.geom_type == "Point" for part in parts):
        return shapely.MultiPoint(parts)
    if all(part.geom_type == "Polygon" for part in parts):
        return shapely.MultiPolygon(parts)
    return shapely.GeometryCollection(parts)


def _common(places: Sequence[Mapping[str, Any]], key: str) -> str | None:
    values = {p[key] for p in places}
    return values.pop() if len(values) == 1 else None


def _null(value: Any) -> Any:
    return None if value == "" else value
