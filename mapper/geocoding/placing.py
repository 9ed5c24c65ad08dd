"""From a chosen place to a `Location`: offsets, rings, the stretch between two towns, and the point of an area."""

from __future__ import annotations

import math
import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from mapper.crs import EARTH_RADIUS_KM, great_circle_km
from mapper.gazetteer.names import fold
from mapper.geocoding.conditions import NEAR_KM
from mapper.geocoding.location import Candidate, Location

if TYPE_CHECKING:
    from mapper.extraction.naming.mentions import Mention
    from mapper.gazetteer.index import Place

__all__ = ["between", "locate", "moved", "part_of_the_world"]

_EDGE_KM = 5.0
#: A plant or base that bears a town's name may lie far from it: Zaporizhzhia's nuclear plant is 55 km away.
_SITE_KM = 60.0
#: A ring on a side of a town that no distance is given for ("northeast of Siversk").
_SIDE_KM = 15.0
_FARTHEST_KM = 300.0
_WORLD_SCORE = 0.85


def locate(mention: Mention, place: Place, score: float, method: str, candidates: tuple[Candidate, ...]) -> Location:
    """Make the location of a mention that means a place."""
    lon, lat = _area_points().get(place.admin1 if place.kind == "admin1" else place.country, (place.lon, place.lat))
    if place.kind not in {"admin1", "country"}:
        lon, lat = place.lon, place.lat
    precision, radius = place.precision or place.kind, place.radius_km
    if mention.near and place.kind == "settlement":
        precision = "near"
        lon, lat, radius = _ring(mention, place)
    elif mention.kind == "site" and place.kind == "admin1":
        precision = "admin1"
    return Location(
        text=mention.text,
        name=place.name,
        lon=round(lon, 5),
        lat=round(lat, 5),
        precision=precision,
        radius_km=round(radius, 1),
        country=place.country,
        admin1=place.admin1,
        admin1_name=place.admin1_name,
        place_id=place.id,
        score=score,
        method=method,
        candidates=candidates,
    )


def _ring(mention: Mention, place: Place) -> tuple[float, float, float]:
    """Give the middle and radius of the circle that an offset from a town leaves."""
    own = place.radius_km
    if mention.kind == "site":
        return place.lon, place.lat, _SITE_KM
    if mention.km is None and mention.bearing is not None:
        lon, lat = moved(place.lon, place.lat, own + _SIDE_KM, mention.bearing)
        return lon, lat, own + _SIDE_KM
    if mention.km is None:
        return place.lon, place.lat, max(NEAR_KM, own)
    if mention.km == 0:
        return place.lon, place.lat, own + _EDGE_KM
    if mention.bearing is None:
        return place.lon, place.lat, mention.km + own
    lon, lat = moved(place.lon, place.lat, mention.km, mention.bearing)
    return lon, lat, max(_EDGE_KM, mention.km / 2)


def between(one: Location, other: Location, mention: Mention) -> Location | None:
    """Give the circle that holds the stretch between two places, or None if they are too far apart for it to mean anything."""
    km = great_circle_km(one.lon, one.lat, other.lon, other.lat)
    if km > _FARTHEST_KM or one.place_id == other.place_id:
        return None
    lon, lat = _middle(one, other)
    return replace(
        one,
        text=mention.text,
        name=f"between {one.name} and {other.name}",
        lon=round(lon, 5),
        lat=round(lat, 5),
        precision="near",
        radius_km=round(max(km / 2, _EDGE_KM), 1),
        country=one.country if one.country == other.country else "",
        admin1=one.admin1 if one.admin1 == other.admin1 else "",
        admin1_name=one.admin1_name if one.admin1 == other.admin1 else "",
        score=min(one.score, other.score),
        method=f"{one.method} + between",
        candidates=one.candidates + other.candidates,
    )


def _middle(one: Location, other: Location) -> tuple[float, float]:
    """Give the midpoint of the great circle between two points, across the antimeridian too."""
    a, b = math.radians(one.lat), math.radians(other.lat)
    turn = math.radians(other.lon - one.lon)
    x, y = math.cos(b) * math.cos(turn), math.cos(b) * math.sin(turn)
    lat = math.atan2(math.sin(a) + math.sin(b), math.hypot(math.cos(a) + x, y))
    lon = math.radians(one.lon) + math.atan2(y, math.cos(a) + x)
    return (math.degrees(lon) + 540.0) % 360.0 - 180.0, math.degrees(lat)


def moved(lon: float, lat: float, km: float, bearing: float) -> tuple[float, float]:
    """Go from a position so far along a great circle, at first in a direction in degrees clockwise from north."""
    angle, a, b = km / EARTH_RADIUS_KM, math.radians(lat), math.radians(bearing)
    there = math.asin(math.sin(a) * math.cos(angle) + math.cos(a) * math.sin(angle) * math.cos(b))
    turn = math.atan2(math.sin(b) * math.sin(angle) * math.cos(a), math.cos(angle) - math.sin(a) * math.sin(there))
    return (lon + math.degrees(turn) + 540.0) % 360.0 - 180.0, math.degrees(there)


def part_of_the_world(mention: Mention) -> Location | None:
    """Give a continent or a part of the world by its name, with or without "the"; None for any other name.

    Its precision is that of a country, the coarsest there is: too vague to draw.
    """
    key = fold(mention.name).removeprefix("the ")
    found = _world().get(key)
    if found is None:
        return None
    lon, lat, radius = found
    name = mention.name if mention.name[:1].isupper() else mention.name.title()
    place_id = f"world:{key.replace(' ', '-')}"
    return Location(mention.text, name, lon, lat, "country", radius, "", "", "", place_id, _WORLD_SCORE, "part of the world")


@cache
def _tables() -> dict[str, dict[str, list[float]]]:
    return tomllib.loads((files("mapper.geocoding") / "area_points.toml").read_text(encoding="utf-8"))


@cache
def _area_points() -> dict[str, tuple[float, float]]:
    """Read the points that stand for countries and large areas (`area_points.toml`), lon and lat by code."""
    return {code: (float(lon), float(lat)) for key in ("country", "admin1") for code, (lon, lat) in _tables()[key].items()}


@cache
def _world() -> dict[str, tuple[float, float, float]]:
    return {fold(name): (float(lon), float(lat), float(radius)) for name, (lon, lat, radius) in _tables()["world"].items()}
