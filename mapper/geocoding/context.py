"""What is known beside a name: what the caller gives, and what the other names of its article say together.

The names of an article are weighed in rounds. In the first each name spreads over its candidates by population, but
tamely, so that small places have a say; the areas and spots where several names agree then weigh in the next round. A
local paper that names Lexington, Georgetown and Versailles is one from Kentucky, though none of the three is proof.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mapper.crs import great_circle_km

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapper.gazetteer.index import Place

__all__ = ["Ballot", "Context"]

# Powers of ten that agreement can add at most: by country, by admin-1 area, and by a neighbour of about this distance, or next to it.
_COUNTRY_AGREES = 1.5
_AREA_AGREES = 1.5
_NEIGHBOUR = 1.3
_NEIGHBOUR_KM = 80.0
_BESIDE = 1.0
_BESIDE_KM = 15.0
# The share of doubt that is left when one more name agrees.
_DOUBT_COUNTRY = 0.4
_DOUBT_AREA = 0.45
_POINTS = 40
#: How far from its town a stretch of the front reaches.
_AROUND_KM = 50.0
_LEAST_SHARE = 0.1
_HOME_SHARE = 0.6
_HOME_NAMES = 2.5


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the name itself.

    Parameters
    ----------
    country, admin1
        Given by the caller: ISO 3166-1 code, and ISO 3166-2 codes of the areas meant. No answer lies outside.
    countries, areas
        Codes of countries and admin-1 areas of the article, with a weight in powers of ten.
    points
        Spots of the article: lon, lat and how sure they are, 0 to 1.
    settled
        Ids of places that the same name means elsewhere in the article.
    in_text
        Whether the name comes from a running text, where an unknown village of a country never named is unlikely.
    named
        Codes of the countries the article names by noun.
    home
        Code of the admin-1 area that most names of the article lie in, if they agree.
    said
        The admin-1 areas and raions that the article names by their noun: "the Kharkiv region".
    around
        Lon and lat of the towns around which it is told to be: "in the Lyman sector, near Terny".
    """

    country: str = ""
    admin1: frozenset[str] = frozenset()
    countries: tuple[tuple[str, float], ...] = ()
    areas: tuple[tuple[str, float], ...] = ()
    points: tuple[tuple[float, float, float], ...] = ()
    settled: frozenset[str] = frozenset()
    in_text: bool = False
    named: frozenset[str] = frozenset()
    home: str = ""
    said: tuple[Place, ...] = ()
    around: tuple[tuple[float, float], ...] = ()

    def country_weight(self, place: Place) -> float:
        """Give what the countries of the article add to a place, in powers of ten."""
        return dict(self.countries).get(place.country, 0.0)

    def area_weight(self, place: Place) -> float:
        """Give what the areas of the article add to a place, in powers of ten."""
        return dict(self.areas).get(place.admin1, 0.0) if place.admin1 else 0.0

    def is_around(self, place: Place) -> bool:
        """Tell whether a place lies in the stretch of the front, or in the land around a town, that it is told to be in."""
        return any(great_circle_km(place.lon, place.lat, lon, lat) <= _AROUND_KM for lon, lat in self.around)

    def neighbours(self, place: Place) -> tuple[float, float]:
        """Give what places nearby add, in powers of ten, and how far the nearest sure one is in kilometres."""
        if place.kind in {"country", "admin1", "region"} or not self.points:
            return 0.0, math.inf
        doubt, apart, nearest = 1.0, 1.0, math.inf
        for lon, lat, sure in self.points:
            km = great_circle_km(place.lon, place.lat, lon, lat)
            doubt *= 1.0 - sure * math.exp(-km / _NEIGHBOUR_KM)
            apart *= 1.0 - sure * math.exp(-km / _BESIDE_KM)
            if sure > 0.5:
                nearest = min(nearest, km)
        return _NEIGHBOUR * (1.0 - doubt) + _BESIDE * (1.0 - apart), nearest


@dataclass(slots=True)
class Ballot:
    """The votes of the names of an article for countries, areas and spots, each name one vote that it may spread."""

    countries: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    areas: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    points: dict[str, list[tuple[float, float, float]]] = field(default_factory=lambda: defaultdict(list))

    def vote(self, name: str, place: Place, share: float) -> None:
        """Count the share of a name that falls to a place."""
        if share < _LEAST_SHARE / 2:
            return
        for votes, code in ((self.countries, place.country), (self.areas, place.admin1)):
            if code:
                votes[code][name] = min(1.0, votes[code].get(name, 0.0) + share)
        if place.kind in {"settlement", "site"} and share >= _LEAST_SHARE:
            self.points[name].append((place.lon, place.lat, share))

    def without(
        self, name: str
    ) -> tuple[tuple[tuple[str, float], ...], tuple[tuple[str, float], ...], tuple[tuple[float, float, float], ...]]:
        """Give what the other names say: weights of countries and of areas, and spots."""
        countries = _weights(self.countries, name, _COUNTRY_AGREES, _DOUBT_COUNTRY)
        areas = _weights(self.areas, name, _AREA_AGREES, _DOUBT_AREA)
        points = sorted((point for other, listed in self.points.items() if other != name for point in listed), key=lambda point: -point[2])
        return countries, areas, tuple(points[:_POINTS])

    def home(self) -> str:
        """Give the admin-1 area that most names lie in, if several agree; else an empty code."""
        sums = {code: sum(votes.values()) for code, votes in self.areas.items()}
        best = max(sums, key=lambda code: (sums[code], code), default="")
        return best if best and sums[best] >= _HOME_NAMES and sums[best] >= _HOME_SHARE * sum(sums.values()) else ""


def _weights(votes: Mapping[str, Mapping[str, float]], name: str, most: float, doubt: float) -> tuple[tuple[str, float], ...]:
    sums = {code: sum(share for other, share in by_name.items() if other != name) for code, by_name in votes.items()}
    total = sum(sums.values())
    return tuple(
        (code, round(most * min(1.0, 2 * count / total) * (1 - doubt**count), 3))
        for code, count in sorted(sums.items())
        if count > _LEAST_SHARE
    )
