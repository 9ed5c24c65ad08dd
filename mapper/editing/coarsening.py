"""Places made coarser: from what is known of an incident to a settlement, raion, oblast or country of the gazetteer.

What comes out is made of the gazetteer alone. No number and no word of the incident goes into it, so that nothing of the
exact place can be left.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from mapper.crs import great_circle_km
from mapper.gazetteer.boundaries import ADMIN1, COUNTRY, JOINED
from mapper.merging.positions import RADIUS_KM, as_location, place_record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapper.gazetteer.boundaries import Boundaries
    from mapper.gazetteer.index import Gazetteer
    from mapper.gazetteer.place import Place

__all__ = ["Coarsener", "is_where", "record_of"]

#: Precisions that a position or a settlement stands for.
_SHARP = frozenset({"exact", "site", "settlement", "near"})

#: Radii of rings are whole multiples of this: the radius of a settlement would tell which one it is.
_RING_STEP_KM = 5.0

#: An outline that lies in more admin-1 areas than this is shown as its country.
_MOST_AREAS = 6


def is_where(place: Mapping[str, Any]) -> bool:
    """Tell whether a place says where something happened, not from where it came or who speaks."""
    return place["role"] not in {"origin", "speaker"}


def record_of(place: Place, gazetteer: Gazetteer) -> dict[str, Any]:
    """Make a place of the incident table (`incidents.PLACE`) out of one of the gazetteer."""
    location = replace(as_location(place, "", "coarsened"), precision=place.precision or place.kind)
    return place_record("", location, "at", gazetteer) | {"text": None, "candidates": None}


@dataclass(slots=True)
class Coarsener:
    """Finds what may be shown of a place; equal places are looked up once.

    Attributes
    ----------
    fallen_back
        How many places are shown coarser than asked for, by the level that was asked for: their raion or settlement is
        not known.
    """

    boundaries: Boundaries
    gazetteer: Gazetteer
    fallen_back: dict[str, int] = field(default_factory=dict)
    _known: dict[tuple[Any, ...], tuple[Place, ...]] = field(default_factory=dict)

    def shown(self, row: Mapping[str, Any], geometry: shapely.Geometry | None, level: str) -> tuple[Place, ...]:
        """Give the places of the gazetteer that may be shown of an incident; none if not even its country is known.

        Parameters
        ----------
        row
            A row of the incidents as a dict.
        level
            One of `LEVELS`; what is known less precisely stays as it is known.
        """
        places = [place for place in row["places"] or () if is_where(place)]
        found = [area for place in places for area in self._of_place(place, row, level)]
        if not found and geometry is not None and not geometry.is_empty:
            found = self._of_geometry(geometry, level)
        return tuple(dict.fromkeys(found or self._of_area(row["admin1"], row["country"], level)))

    def _of_place(self, place: Mapping[str, Any], row: Mapping[str, Any], level: str) -> tuple[Place, ...]:
        keys = ("place_id", "lon", "lat", "precision", "radius_km", "admin1", "country")
        key = (*(place[name] for name in keys), row["precision"], row["admin1"], row["country"], level)
        if key not in self._known:
            self._known[key] = self._find(place, row, level)
        return self._known[key]

    def _find(self, place: Mapping[str, Any], row: Mapping[str, Any], level: str) -> tuple[Place, ...]:
        known = place["precision"] or row["precision"] or ("exact" if place["lon"] is not None else "country")
        own = self.gazetteer.place(place["place_id"]) if place["place_id"] else None
        admin1 = place["admin1"] or row["admin1"] or (own.admin1 if own else None)
        country = place["country"] or row["country"] or (own.country if own else None)
        if known == "region" and level != "country":
            parts = [self.gazetteer.place(part) for part in (place["place_id"] or "").split(JOINED)]
            if parts and all(part and part.kind == "admin1" for part in parts):
                return tuple(part for part in parts if part)
        if known == "water":
            return (own,) if own and own.kind == "water" and level in {"settlement", "admin2"} else self._of_area(None, country, level)
        if level == "settlement" and known in _SHARP and (settled := self._settlement(place, own, known)):
            return (settled,)
        if level in {"settlement", "admin2"} and known == "admin2" and own and own.kind == "admin2":
            return (own,)
        if level == "admin2" and known in {"exact", "site", "settlement"} and (district := self._district(place, own)):
            return (district,)
        if not admin1 and place["lon"] is not None and known in _SHARP:
            admin1 = self._containing([(place["lon"], place["lat"])])[1][0] or None
        if level in {"settlement", "admin2"} and known in _SHARP:
            self.fallen_back[level] = self.fallen_back.get(level, 0) + 1
        return self._of_area(None if known == "country" else admin1, country, level)

    def _settlement(self, place: Mapping[str, Any], own: Place | None, known: str) -> Place | None:
        """Give the settlement, as a ring where something is near it rather than in it."""
        if own and own.kind == "settlement":
            if known != "near":
                return own
            return _ring(own, place["radius_km"] or 0.0)
        found = self._nearest(place)
        if found is None:
            return None
        settlement, km = found
        if known != "near" and km <= settlement.radius_km:
            return settlement
        return _ring(settlement, max(km, place["radius_km"] or 0.0) if known == "near" else km)

    def _district(self, place: Mapping[str, Any], own: Place | None) -> Place | None:
        if own and own.admin2:
            return self.gazetteer.place(own.admin2)
        found = self._nearest(place)
        if found is None:
            return None
        settlement, km = found
        return self.gazetteer.place(settlement.admin2) if settlement.admin2 and km <= settlement.radius_km else None

    def _nearest(self, place: Mapping[str, Any]) -> tuple[Place, float] | None:
        if place["lon"] is None:
            return None
        found = self.gazetteer.nearest_settlement(place["lon"], place["lat"])
        return (found, great_circle_km(place["lon"], place["lat"], found.lon, found.lat)) if found else None

    def _of_geometry(self, geometry: shapely.Geometry, level: str) -> list[Place]:
        """Give the areas that an outline or position lies in, where no place is named."""
        countries, areas = self._containing(np.unique(np.round(shapely.get_coordinates(geometry), 4), axis=0).tolist())
        named = sorted({area for area in areas if area})
        if level != "country" and named and len(named) <= _MOST_AREAS and all(areas):
            return [place for area in named for place in self._of_area(area, None, level)]
        return [place for code in sorted({code for code in countries if code}) for place in self._of_area(None, code, level)]

    def _of_area(self, admin1: str | None, country: str | None, level: str) -> tuple[Place, ...]:
        area = self.gazetteer.place(ADMIN1 + admin1) if admin1 and level != "country" else None
        area = area or (self.gazetteer.place(COUNTRY + country) if country else None)
        return (area,) if area else ()

    def _containing(self, positions: Sequence[Sequence[float]]) -> tuple[list[str], list[str]]:
        lon, lat = np.asarray(positions, dtype=float).T
        countries, areas = self.boundaries.containing(lon, lat)
        return countries.tolist(), areas.tolist()


def _ring(settlement: Place, km: float) -> Place:
    radius = max(RADIUS_KM["near"], math.ceil(km / _RING_STEP_KM) * _RING_STEP_KM)
    return replace(settlement, precision="near", radius_km=radius)
