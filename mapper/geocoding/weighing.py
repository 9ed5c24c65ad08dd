"""What speaks for each place of a name, in powers of ten: its people, how well the name fits, what the context adds."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from mapper.crs import great_circle_km
from mapper.gazetteer.place import GUESSED
from mapper.geocoding.candidates import rank_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.extraction.naming.mentions import Mention
    from mapper.gazetteer.index import Gazetteer, Named, Place
    from mapper.geocoding.context import Context

__all__ = ["SMALL", "is_same", "shares", "weigh"]

SMALL = 5_000
_LEAST_PEOPLE = 200
_VILLAGES_TAMED = 0.6
_RANK_WEIGHT = {0: 0.0, 1: -0.2, 2: -1.7}
_COUNTRY_WEIGHT = 1.0
_CAPITAL_WEIGHT = 0.7
_AREA_WEIGHT = -1.0
_OWN_TOWN_WEIGHT = -2.0
# "Kyiv region" is not the area that is the city of Kyiv.
_CITY_UNIT_WEIGHT = -1.0
# A raion, a sea or a stretch of land is meant by its bare name only where no town bears it.
_DISTRICT_WEIGHT = -1.5
_SITE_WEIGHT = 1.0
_APPROXIMATE_WEIGHT = -0.4
# A village of our own table is there because reports name it.
_REPORTED_WEIGHT = 0.5
# A place of the user's own table wins over all of its name.
_OWN_PLACE_WEIGHT = 6.0
_VARIANT_WEIGHT = {"name": 0.0, "inflected": -0.3, "romanised": -0.3, "respelt": -0.3, "misspelt": -0.6}
_SETTLED_WEIGHT = 3.0
# A village of the name of an area or country: Krym near Rostov is not what "Крым" means.
_VILLAGE_WEIGHT = -0.7
# An area that the text names by its noun is where the villages are that it tells of.
_SAID_WEIGHT = {"admin1": 0.7, "admin2": 2.2}
# The same of the land around a town, whose borders nothing says: "in the Lyman sector, near Terny".
_AROUND_WEIGHT = 2.0
# A stretch of the front, or a community, is named after the largest town of that name, most likely of an oblast at the front.
_NAMESAKE_WEIGHT = 0.7
_FRONT_WEIGHT = 2.5
_AT_THE_FRONT = frozenset({"UA-09", "UA-12", "UA-14", "UA-23", "UA-59", "UA-63", "UA-65"})
# What a city of many more people than all others of its name has besides: it needs no region beside it, as they do.
_CITY = 50_000
_CITY_TIMES = 5
_CITY_WEIGHT = 0.2
# What the text can add at most to a village far from all it tells of, where there is such a city.
_VILLAGE_MOST = 0.8
_FAR_SMALLER = 20
_LOCAL_KM = 40.0
# A place of our own table, or of the user's, is there because reports tell of it.
_KNOWN = frozenset({"curated", "own"})
# A quarter of a city is no city.
_QUARTER_KM = 20.0
_NEAR_KM = 100.0
_SAME_KM = 10.0
_CITY_UNIT_KM = 40.0
_RANKS = {0: "its own name", 1: "a spelling of its name", 2: "another name of it"}


def weigh(found: Sequence[Named], mention: Mention, context: Context, gazetteer: Gazetteer) -> list[tuple[float, str]]:
    """Give the weight of each place of a name as a power of ten, and the reasons in words."""
    areas = [one.place for one in found if one.place.kind in {"admin1", "country"}]
    seats = {area.id for area in areas for one in found if one.place.kind == "settlement" and gazetteer.contains(area, one.place)}
    city = _city(found, mention, gazetteer)
    weighed = []
    for k, one in enumerate(found):
        weight, reasons = _own_weight(one, mention, gazetteer, seats, has_area=bool(areas))
        more, others = _said_weight(one.place, context, gazetteer)
        if k == city:
            weight += _CITY_WEIGHT
        elif city is not None and _is_out_of_the_way(one.place, found[city].place, context):
            more = min(more, _VILLAGE_MOST)
        weighed.append((weight + more, ", ".join([*reasons, *others])))
    return weighed


def _city(found: Sequence[Named], mention: Mention, gazetteer: Gazetteer) -> int | None:
    """Give the number of the city that a bare name means where nothing in particular speaks for another place of it."""
    if mention.kind or mention.within or mention.near or mention.given or any(one.place.origin in _KNOWN for one in found):
        return None
    towns = sorted((k for k, one in enumerate(found) if one.place.kind == "settlement"), key=lambda k: -found[k].place.population)
    if len(towns) < 2:
        return None
    city, second = (found[k].place for k in towns[:2])
    known = city.population >= max(_CITY, _CITY_TIMES * second.population) and rank_of(mention.name, found[towns[0]]) < 2
    return towns[0] if known and not _is_quarter(city, gazetteer) else None


def _is_quarter(city: Place, gazetteer: Gazetteer) -> bool:
    """Tell whether what is filed as a city is a part of one: Oleksiivka in Kharkiv."""
    return any(one.id != city.id and _km(one, city) <= _QUARTER_KM for one in gazetteer.capitals_of.get(city.country, ()))


def _is_out_of_the_way(place: Place, city: Place, context: Context) -> bool:
    """Tell whether a far smaller place lies far from all that a text tells of."""
    small = place.population < max(SMALL, city.population / _FAR_SMALLER)
    return small and place.id not in context.settled and context.neighbours(place)[1] > _LOCAL_KM


def _km(one: Place, other: Place) -> float:
    return great_circle_km(one.lon, one.lat, other.lon, other.lat)


def _said_weight(place: Place, context: Context, gazetteer: Gazetteer) -> tuple[float, list[str]]:
    """Give what the text adds to a place, and why."""
    weight, reasons = 0.0, []
    if bonus := context.country_weight(place):
        weight += bonus
        reasons.append("a country of the text")
    if bonus := context.area_weight(place):
        weight += bonus
        reasons.append("an area of the text")
    if place.kind == "settlement" and (said := [area for area in context.said if gazetteer.contains(area, place)]):
        weight += max(_SAID_WEIGHT[area.kind] for area in said)
        reasons.append(f"in {said[0].name}, which the text names")
    if place.kind in {"settlement", "site"} and context.is_around(place):
        weight += _AROUND_WEIGHT
        reasons.append("in the stretch of the front, or the land around a town, that the text names")
    bonus, nearest = context.neighbours(place)
    weight += bonus
    if nearest < _NEAR_KM:
        reasons.append(f"{nearest:.0f} km from another place of the text")
    if place.id in context.settled:
        weight += _SETTLED_WEIGHT
        reasons.append("named so elsewhere in the text")
    return weight, reasons


def _own_weight(one: Named, mention: Mention, gazetteer: Gazetteer, seats: set[str], *, has_area: bool) -> tuple[float, list[str]]:
    place = one.place
    weight = _people(place.population) + _VARIANT_WEIGHT[one.via]
    rank = rank_of(mention.name, one)
    if place.kind == "settlement" or rank > 1:
        weight += _RANK_WEIGHT[rank]
    if place.kind == "settlement" and place.population < SMALL and not mention.kind and has_area:
        weight += _VILLAGE_WEIGHT
    reasons = [_RANKS[rank]]
    if one.via != "name":
        reasons.append(one.via)
    if place.origin == "curated" and place.kind == "settlement":
        weight += _REPORTED_WEIGHT
        reasons.append("often in reports")
    elif place.is_approximate:
        weight += _APPROXIMATE_WEIGHT
        reasons.append("known to its hromada only")
    if place.origin == "own":
        weight += _OWN_PLACE_WEIGHT
        reasons.append("a place of your own")
    if place.kind == "country":
        weight += _COUNTRY_WEIGHT
    elif place.id in gazetteer.capitals:
        weight += _CAPITAL_WEIGHT
        reasons.append("a capital")
    elif place.kind == "admin1" and mention.kind:
        weight += _CITY_UNIT_WEIGHT if rank > 1 else 0.0
    elif place.kind == "admin1":
        weight += _AREA_WEIGHT
        if place.id in seats:
            weight += _OWN_TOWN_WEIGHT
    elif place.kind in {"admin2", "water"} and not mention.kind:
        weight += _DISTRICT_WEIGHT
    elif place.kind == "site":
        weight += _SITE_WEIGHT
    if mention.around and place.kind == "settlement" and rank < GUESSED:
        weight += _NAMESAKE_WEIGHT * _people(place.population)
        if place.admin1 in _AT_THE_FRONT:
            weight += _FRONT_WEIGHT
            reasons.append("in an oblast at the front")
    if place.population:
        reasons.append(f"{place.population} people")
    return weight, reasons


def _people(population: int) -> float:
    """Give what a population counts: of two villages the larger one is not much more often meant."""
    people = math.log10(max(population, _LEAST_PEOPLE))
    small = math.log10(SMALL)
    return people if people >= small else small - (small - people) * _VILLAGES_TAMED


def shares(weights: Sequence[float], tame: float = 1.0) -> list[float]:
    """Share weights in powers of ten out to 1; a `tame` below 1 brings them nearer to each other."""
    most = max(weights)
    powers = [10 ** ((weight - most) * tame) for weight in weights]
    total = sum(powers)
    return [power / total for power in powers]


def is_same(place: Place, other: Place, gazetteer: Gazetteer) -> bool:
    """Tell whether two places are one for a reader: a town filed twice, a city and the area that is hardly more than it."""
    if place.kind == other.kind == "settlement":
        # Of a village known to its hromada only, the circle is counted too.
        reach = max(_SAME_KM, *(one.radius_km + _SAME_KM * one.is_approximate for one in (place, other)))
        return place.country == other.country and _km(place, other) <= reach
    for area, town in ((place, other), (other, place)):
        if (
            area.kind in {"admin1", "admin2"}
            and town.kind == "settlement"
            and area.radius_km <= _CITY_UNIT_KM
            and gazetteer.contains(area, town)
        ):
            return True
    return False
