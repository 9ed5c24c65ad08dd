"""Choosing which place a name means, from what the text says and what is known of the places.

Every candidate gets a weight in powers of ten: its population, how well the name fits, and what the context adds. The
weights are shared out to 1; the first candidate is taken if its share is large enough, and if not the name stays
unlocated, with the reason. A country or area that is given, or said next to the name, is a condition, not a weight.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from mapper.gazetteer.names import cues, fold
from mapper.geocoding.location import Candidate, Location, Unlocated
from mapper.geocoding.phrases import read_phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.extraction.toponyms import Mention
    from mapper.gazetteer.index import Gazetteer, Named, Place

__all__ = ["Context", "distance_km", "is_person", "resolve", "resolve_all"]

NEAR_KM = 25.0
_EDGE_KM = 5.0
_DISTRICT_KM = 120.0
# The least share of the evidence, and the least score, of an answer.
_SHARE = 0.7
_SCORE = 0.5
_CLEAR = 0.85
_LISTED = 10
# Powers of ten.
_LEAST_PEOPLE = 200
_RANK_WEIGHT = {0: 0.0, 1: -0.2, 2: -1.5}
_COUNTRY_WEIGHT = 1.0
_CAPITAL_WEIGHT = 0.7
_AREA_WEIGHT = -1.0
_OWN_TOWN_WEIGHT = -1.0
# "Kyiv region" is not the area that is the city of Kyiv.
_CITY_UNIT_WEIGHT = -1.0
_VARIANT_WEIGHT = -0.3
_SETTLED_WEIGHT = 1.5
# A village of the name of an area or country: Krym near Rostov is not what "Крым" means.
_VILLAGE_WEIGHT = -0.7
_SAME_AREA_WEIGHT = 0.7
_NEARNESS_WEIGHT = 0.7
_NEARNESS_KM = 100.0
_SMALL = 5_000
_BIG = 100_000
_KM_PER_DEGREE = 111.195
_SAME_KM = 10.0
_CITY_UNIT_KM = 40.0


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the name itself.

    Parameters
    ----------
    country, admin1
        Given by the caller: ISO 3166-1 code, and ISO 3166-2 codes of the areas meant. No answer lies outside.
    countries
        Countries of the article with a weight in powers of ten.
    areas, points, settled
        What its clear names gave: codes of areas, (lon, lat) of settlements, ids of places.
    in_text
        Whether the name comes from a running text, where an unknown village of a country never named is unlikely.
    """

    country: str = ""
    admin1: frozenset[str] = frozenset()
    countries: tuple[tuple[str, float], ...] = ()
    areas: frozenset[str] = frozenset()
    points: tuple[tuple[float, float], ...] = ()
    settled: frozenset[str] = frozenset()
    in_text: bool = False


def distance_km(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Give the great-circle distance between two points."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(half)))


def resolve(mention: Mention, context: Context, gazetteer: Gazetteer) -> Location | Unlocated:
    """Choose the place a mention means, or say why none can be chosen."""
    name = mention.name.strip()
    if not fold(name):
        return Unlocated(mention.text, "the name is empty")
    found = gazetteer.matches(name)
    if not found:
        return Unlocated(mention.text, f"no place named {name} in the gazetteer")
    if _is_surname(mention, context, found):
        return Unlocated(
            mention.text, f"{name} is a surname as often as a place; the text names no country or region", _candidates(found, {}, {})
        )
    chosen, conditions, reason = _conditions(mention, context, gazetteer, found)
    if reason:
        return Unlocated(mention.text, reason, _candidates(found, {}, {}))
    return _choose(mention, context, gazetteer, chosen, conditions)


def _conditions(
    mention: Mention, context: Context, gazetteer: Gazetteer, found: tuple[Named, ...]
) -> tuple[tuple[Named, ...], list[str], str]:
    """Leave what fits the kind said, the country and area given, and the containers said; or give the reason why nothing does."""
    name = mention.name
    met: list[str] = []
    if mention.kind:
        of_kind = tuple(one for one in found if one.place.kind == mention.kind)
        if not of_kind:
            return (), met, f"no {_kind_in_words(mention.kind)} named {name} in the gazetteer, only {_article(found[0].place.kind)}"
        found = of_kind
        met.append("kind")
    if context.country:
        inside = tuple(one for one in found if one.place.country == context.country)
        if not inside:
            others = sorted({one.place.country for one in found})
            return (), met, f"no place named {name} in {context.country}; the gazetteer has it in {', '.join(others[:_LISTED])}"
        found = inside
        met.append("country")
    if context.admin1:
        areas = [area for code in sorted(context.admin1) if (area := gazetteer.coded(code))]
        inside = tuple(one for one in found if any(gazetteer.contains(area, one.place) or area.id == one.place.id for area in areas))
        if not inside:
            return (), met, f"no place named {name} in {' or '.join(area.name for area in areas)}"
        found = inside
        met.append("admin1")
    for words in mention.within:
        containers = _containers(words, gazetteer)
        if not containers:
            continue
        is_district = read_phrase(words, gazetteer).near
        inside = tuple(one for one in found if any(_in_or_near(box, one.place, gazetteer, is_district=is_district) for box in containers))
        if not inside:
            return (), met, f"no place named {name} in {words}"
        found = inside
        met.append("within")
    return found, met, ""


def _kind_in_words(kind: str) -> str:
    return {"settlement": "settlement", "admin1": "region", "country": "country"}[kind]


def _article(kind: str) -> str:
    word = _kind_in_words(kind)
    return f"a {word}"


def _containers(words: str, gazetteer: Gazetteer) -> list[Place]:
    coded = gazetteer.coded(words)
    if coded and words.isupper():
        return [coded]
    phrase = read_phrase(words, gazetteer)
    places = [one.place for one in gazetteer.matches(phrase.name) if one.rank < 2 or one.place.kind == "admin1"]
    areas = [place for place in places if place.kind in ({phrase.kind} if phrase.kind in {"admin1", "country"} else {"admin1", "country"})]
    return areas + [place for place in places if place.kind == "settlement" and phrase.kind != "admin1"]


def _in_or_near(container: Place, place: Place, gazetteer: Gazetteer, *, is_district: bool) -> bool:
    """Tell whether a place lies in an area, near a town, or in the district of a town as far as can be told."""
    if container.kind != "settlement":
        return gazetteer.contains(container, place)
    if place.kind != "settlement" or place.id == container.id:
        return False
    km = distance_km(container.lon, container.lat, place.lon, place.lat)
    return km <= _DISTRICT_KM and place.admin1 == container.admin1 if is_district else km <= container.radius_km + NEAR_KM


def _choose(
    mention: Mention, context: Context, gazetteer: Gazetteer, found: tuple[Named, ...], conditions: list[str]
) -> Location | Unlocated:
    weights: dict[str, float] = {}
    reasons: dict[str, str] = {}
    for one in found:
        weights[one.place.id], reasons[one.place.id] = _weigh(one, mention, context, gazetteer, found)
    most = max(weights.values())
    total = sum(10 ** (weight - most) for weight in weights.values())
    shares = {place_id: 10 ** (weight - most) / total for place_id, weight in weights.items()}
    ordered = sorted(found, key=lambda one: (-shares[one.place.id], one.place.id))
    best = _the_city_itself(ordered, gazetteer)
    share = min(1.0, sum(shares[one.place.id] for one in found if one is best or _is_same(best.place, one.place, gazetteer)))
    candidates = _candidates(tuple(ordered), shares, reasons)
    if share < _SHARE:
        return Unlocated(mention.text, _too_many(mention, context, ordered, shares), candidates)
    score = round(share * _quality(best, context, conditions), 3)
    if score < _SCORE:
        place = best.place
        country = gazetteer.place(f"country:{place.country}")
        where = f"{place.admin1_name or place.country}, {country.name if country else place.country}"
        return Unlocated(
            mention.text, f"the likeliest place named {mention.name} is in {where}, of which the text says nothing", candidates
        )
    return _located(mention, best, score, _method(best, conditions, reasons[best.place.id], len(found)), candidates)


def _weigh(one: Named, mention: Mention, context: Context, gazetteer: Gazetteer, found: tuple[Named, ...]) -> tuple[float, str]:
    place = one.place
    weight = math.log10(max(place.population, _LEAST_PEOPLE))
    if place.kind == "settlement" or one.rank > 1:
        weight += _RANK_WEIGHT[one.rank]
    if (
        place.kind == "settlement"
        and place.population < _SMALL
        and not mention.kind
        and any(other.place.kind != "settlement" for other in found)
    ):
        weight += _VILLAGE_WEIGHT
    reasons = [{0: "its own name", 1: "a spelling of its name", 2: "another name of it"}[one.rank]]
    if one.via != "name":
        weight += _VARIANT_WEIGHT
        reasons.append(one.via)
    if place.kind == "country":
        weight += _COUNTRY_WEIGHT
    elif place.id in gazetteer.capitals:
        weight += _CAPITAL_WEIGHT
        reasons.append("a capital")
    elif place.kind == "admin1" and mention.kind:
        weight += _CITY_UNIT_WEIGHT if one.rank > 1 else 0.0
    elif place.kind == "admin1":
        weight += _AREA_WEIGHT
        if any(other.place.kind == "settlement" and gazetteer.contains(place, other.place) for other in found):
            weight += _OWN_TOWN_WEIGHT
    if place.population:
        reasons.append(f"{place.population} people")
    for country, bonus in context.countries:
        if place.country == country:
            weight += bonus
            reasons.append("a country of the text")
    if place.admin1 and place.admin1 in context.areas:
        weight += _SAME_AREA_WEIGHT
        reasons.append("an area of the text")
    if context.points and place.kind == "settlement":
        nearest = min(distance_km(place.lon, place.lat, lon, lat) for lon, lat in context.points)
        weight += _NEARNESS_WEIGHT * math.exp(-nearest / _NEARNESS_KM)
        if nearest < _NEARNESS_KM:
            reasons.append(f"{nearest:.0f} km from another place of the text")
    if place.id in context.settled:
        weight += _SETTLED_WEIGHT
        reasons.append("named so elsewhere in the text")
    return weight, ", ".join(reasons)


def _the_city_itself(ordered: list[Named], gazetteer: Gazetteer) -> Named:
    """Take the city where the first choice is an area that is hardly more than that city ("Kyiv City")."""
    first = ordered[0]
    for other in ordered[1:]:
        if _is_same(first.place, other.place, gazetteer) and first.place.kind == "admin1" and other.place.kind == "settlement":
            return other
    return first


def _is_same(place: Place, other: Place, gazetteer: Gazetteer) -> bool:
    if place.kind == other.kind == "settlement":
        return place.country == other.country and distance_km(place.lon, place.lat, other.lon, other.lat) <= max(_SAME_KM, place.radius_km)
    for area, town in ((place, other), (other, place)):
        if area.kind == "admin1" and town.kind == "settlement" and area.radius_km <= _CITY_UNIT_KM and gazetteer.contains(area, town):
            return True
    return False


def _quality(best: Named, context: Context, conditions: list[str]) -> float:
    quality = {0: 0.98, 1: 0.97, 2: 0.9}[best.rank]
    quality *= {"name": 1.0, "inflected": 0.97, "romanised": 0.9, "respelt": 0.8}[best.via]
    place = best.place
    placed = {"country", "admin1", "within"} & set(conditions)
    if place.kind == "settlement" and not placed:
        known = any(place.country == country for country, _ in context.countries)
        if context.in_text and context.countries and not known and place.population < _BIG:
            quality *= 0.5 if place.population < _SMALL else 0.75
        elif not known and place.population < _SMALL:
            quality *= 0.8
    return quality


def _too_many(mention: Mention, context: Context, ordered: list[Named], shares: dict[str, float]) -> str:
    likely = [one for one in ordered if shares[one.place.id] >= 0.02] or ordered  # the rest is noise
    countries = {one.place.country for one in likely}
    missing = "country or region"
    if len(countries) == 1 or context.country:
        missing = "oblast" if countries <= {"UA", "RU", "BY"} else "region"
    source = "text" if context.in_text else "query"
    kinds = Counter(one.place.kind for one in likely)
    if len(kinds) > 1 and len(likely) == 2:
        listed = " and ".join(_article(one.place.kind) + f" ({one.place.name}, {one.place.country})" for one in likely)
        return f"{mention.name} is {listed}; the {source} does not say which"
    return f"{len(ordered)} places are named {mention.name}; the {source} names no {missing}"


def _method(best: Named, conditions: list[str], reason: str, count: int) -> str:
    how = [{"name": "name", "inflected": "inflected name", "romanised": "romanised name", "respelt": "respelt name"}[best.via]]
    how += [
        {"kind": "kind", "country": "country given", "admin1": "admin1 given", "within": "container"}[c] for c in dict.fromkeys(conditions)
    ]
    if "of the text" in reason or "elsewhere in the text" in reason:
        how.append("context")
    if count > 1 and not {"country", "admin1", "within"} & set(conditions):
        how.append("population")
    return " + ".join(how)


def _candidates(found: tuple[Named, ...], shares: dict[str, float], reasons: dict[str, str]) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(
            one.place.id,
            one.place.name,
            one.place.kind,
            one.place.country,
            one.place.admin1,
            one.place.admin1_name,
            one.place.lon,
            one.place.lat,
            round(shares.get(one.place.id, 0.0), 3),
            reasons.get(one.place.id, "does not fit what is given"),
        )
        for one in found[:_LISTED]
    )


def _located(mention: Mention, best: Named, score: float, method: str, candidates: tuple[Candidate, ...]) -> Location:
    place = best.place
    lon, lat, precision, radius = place.lon, place.lat, place.kind, place.radius_km
    if mention.near and place.kind == "settlement":
        precision = "near"
        if mention.km is None:
            radius = NEAR_KM
        elif mention.km == 0:
            radius = place.radius_km + _EDGE_KM
        elif mention.bearing is None:
            radius = mention.km + place.radius_km
        else:
            lon, lat = _moved(lon, lat, mention.km, mention.bearing)
            radius = max(_EDGE_KM, mention.km / 2)
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


def _moved(lon: float, lat: float, km: float, bearing: float) -> tuple[float, float]:
    angle, a, b = km / 6371.0088, math.radians(lat), math.radians(bearing)
    there = math.asin(math.sin(a) * math.cos(angle) + math.cos(a) * math.sin(angle) * math.cos(b))
    turn = math.atan2(math.sin(b) * math.sin(angle) * math.cos(a), math.cos(angle) - math.sin(a) * math.sin(there))
    return (lon + math.degrees(turn) + 540.0) % 360.0 - 180.0, math.degrees(there)


def resolve_all(mentions: Sequence[Mention], gazetteer: Gazetteer, *, country: str = "") -> list[Location | Unlocated]:
    """Resolve the mentions of one article together, in their order.

    Two passes: the countries the article names weigh in both; the places that are clear in the first pass, by their
    country, area and distance, help to choose the others in the second.

    Parameters
    ----------
    country
        The article's home country (ISO 3166-1), if it is known; it weighs, it does not bind.
    """
    first = Context(countries=_countries(mentions, gazetteer, country), in_text=True)
    results = [resolve(mention, first, gazetteer) for mention in mentions]
    clear = [result for result in results if isinstance(result, Location) and result.score >= _CLEAR]
    second = replace(
        first,
        countries=tuple(sorted((dict(_countries_of(clear)) | dict(first.countries)).items())),
        areas=frozenset(result.admin1 for result in clear if result.admin1),
        points=tuple(dict.fromkeys((result.lon, result.lat) for result in clear if result.precision in {"settlement", "near"})),
        settled=frozenset(result.place_id for result in clear if result.precision in {"settlement", "near"}),
    )
    return [
        result if isinstance(result, Location) and result.score >= _CLEAR else resolve(mention, second, gazetteer)
        for mention, result in zip(mentions, results, strict=True)
    ]


def _countries(mentions: Sequence[Mention], gazetteer: Gazetteer, home: str) -> tuple[tuple[str, float], ...]:
    counts: Counter[str] = Counter()
    for mention in mentions:
        for name in (mention.name, *mention.within) if mention.kind in {"country", ""} or mention.within else mention.within:
            counts.update({one.place.country for one in gazetteer.matches(name) if one.place.kind == "country" and one.rank < 2})
    if home:
        counts[home.upper()] += max(counts.values(), default=1)
    most = max(counts.values(), default=1)
    return tuple((code, round(0.5 + min(1.0, 2 * count / most), 2)) for code, count in sorted(counts.items()))


def _countries_of(clear: list[Location]) -> tuple[tuple[str, float], ...]:
    counts = Counter(result.country for result in clear)
    total = sum(counts.values())
    return tuple((code, round(count / total, 2)) for code, count in sorted(counts.items()))


def _is_surname(mention: Mention, context: Context, found: tuple[Named, ...]) -> bool:
    if mention.kind or mention.within or mention.near or context.country or context.admin1:
        return False
    biggest = max(one.place.population for one in found)
    return fold(mention.name) in _surnames() and biggest < _BIG and all(one.place.kind == "settlement" for one in found)


@cache
def _surnames() -> frozenset[str]:
    persons = cues()["persons"]
    return frozenset(fold(name) for key in ("surnames", "given_names") for name in persons[key])


def is_person(phrase: str) -> bool:
    """Tell whether a phrase is a title with a name ("Governor Smith"), or a given name with a surname."""
    words = fold(phrase).split(" ")
    persons = cues()["persons"]
    return len(words) > 1 and words[0] in persons["titles"] and "of" not in words
