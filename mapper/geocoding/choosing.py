"""Choosing which place one name means, from what the text says and what is known of the places.

Every candidate gets a weight in powers of ten (`weighing`). The weights are shared out to 1; the first candidate is taken
if its share is large enough, and if not the name stays unlocated, with the reason. A country or area that is given, or
said next to the name, is a condition (`conditions`), not a weight: no answer lies outside.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from mapper.crs import great_circle_km
from mapper.gazetteer.names import cues, fold, nominatives
from mapper.gazetteer.spellings import across
from mapper.geocoding.candidates import named, rank_of
from mapper.geocoding.conditions import containers, in_words, meet
from mapper.geocoding.context import Context
from mapper.geocoding.fuzzy import likest
from mapper.geocoding.location import Candidate, Location, Unlocated
from mapper.geocoding.placing import between, locate, part_of_the_world
from mapper.geocoding.weighing import SMALL, is_same, shares, weigh

if TYPE_CHECKING:
    from mapper.extraction.naming.mentions import Mention
    from mapper.gazetteer.index import Gazetteer, Named, Place

__all__ = ["is_person", "is_surname", "resolve"]

#: The least share of the evidence, and the least score, of an answer.
SHARE = 0.7
SCORE = 0.5
_LISTED = 10
_BIG = 100_000
_TOWN = 15_000
_COUNTY_KM = 100.0
# What an answer is worth that is made of less than the name.
_PART = 0.6
_UNKNOWN_CONTAINER = 0.8
_CONTAINER_ONLY = 0.35
_HOME_ONLY = 0.15
_SITE = 0.75
_APPROXIMATE = 0.85
_STRANGE = 0.5
_LEAST = 0.01


def resolve(mention: Mention, context: Context, gazetteer: Gazetteer) -> Location | Unlocated:
    """Choose the place a mention means, or say why none can be chosen."""
    if mention.other:
        return _resolve_between(mention, context, gazetteer)
    name = mention.name.strip()
    if not fold(name):
        return Unlocated(mention.text, "the name is empty")
    if not (mention.kind or mention.within or context.country or context.admin1) and (part := part_of_the_world(mention)):
        return part
    found = named(name, gazetteer) or _misspelt(mention, context, gazetteer)
    if not found:
        where = _where(mention, context, gazetteer)
        reason = f"no place named {name} is known in {where}" if where else f"no place named {name} in the gazetteer"
        return _fallback(mention, context, gazetteer, Unlocated(mention.text, reason))
    if is_surname(mention, context, found):
        reason = f"{name} is a surname as often as a place; the text names no country or region"
        return Unlocated(mention.text, reason, _candidates(found, {}, {}))
    chosen, conditions, reason = meet(mention, context, gazetteer, found)
    if reason and mention.given and mention.kind:
        chosen, conditions, reason = meet(replace(mention, kind=""), context, gazetteer, found)
    if reason and mention.within and (respelt := _respelt(mention, gazetteer)):
        inside, met, missed = meet(mention, context, gazetteer, respelt)
        if "within" in met and not missed:
            found, chosen, conditions, reason = respelt, inside, met, ""
    if reason:
        return _fallback(mention, context, gazetteer, Unlocated(mention.text, reason, _candidates(found, {}, {})))
    return _choose(mention, context, gazetteer, chosen, conditions)


def _where(mention: Mention, context: Context, gazetteer: Gazetteer) -> str:
    """Name the larger place that the text or the caller gives."""
    for words in mention.within:
        for box in containers(words, gazetteer)[:1]:
            return box.name
        return words
    areas = [area.name for code in sorted(context.admin1) if (area := gazetteer.coded(code))]
    return " or ".join(areas) or context.country


def _misspelt(mention: Mention, context: Context, gazetteer: Gazetteer) -> tuple[Named, ...]:
    """Look for a misspelt name where the context says in which country, and best in which area."""
    if mention.kind in {"country", "site"} or mention.part:
        return ()
    boxes = [box for words in mention.within for box in containers(words, gazetteer) if box.kind in {"admin1", "country"}]
    countries = {context.country} if context.country else {box.country for box in boxes}
    areas = context.admin1 or frozenset(box.admin1 for box in boxes if box.kind == "admin1")
    if not countries and context.admin1:
        countries = {code.partition("-")[0] for code in context.admin1}
    if not countries and (mention.given or mention.kind) and len(context.named) == 1:
        countries = set(context.named)
    return tuple(one for country in sorted(countries) for one in likest(mention.name, country, gazetteer, admin1=areas))


def _respelt(mention: Mention, gazetteer: Gazetteer) -> tuple[Named, ...]:
    """Look for a name in a case, or as the other of Ukrainian and Russian spells it, where none as it stands lies in what is said."""
    said = {box.country for words in mention.within for box in containers(words, gazetteer) if box.kind != "settlement"}
    keys = (*across(mention.name), *((key, "") for key in nominatives(mention.name)))
    found = {
        one.place.id: replace(one, via="respelt")
        for key, country in keys
        for one in gazetteer.matches(key)
        if one.place.country in (said & {country} if country else said) and one.via == "name"
    }
    return tuple(found.values())


def _resolve_between(mention: Mention, context: Context, gazetteer: Gazetteer) -> Location | Unlocated:
    ends: list[Location | Unlocated] = []
    names = (mention.name, mention.other)
    for name, other in (names, names[::-1]):
        neighbours = tuple((one.place.lon, one.place.lat, 0.9) for one in gazetteer.matches(other)[:_LISTED] if one.rank < 2)
        here = replace(context, points=context.points + neighbours)
        ends.append(resolve(replace(mention, name=name, other="", near=False, km=None, bearing=None), here, gazetteer))
    one, other_end = ends
    if not isinstance(one, Location):
        return replace(one, text=mention.text)
    if not isinstance(other_end, Location):
        return replace(other_end, text=mention.text)
    found = between(one, other_end, mention)
    return found or Unlocated(mention.text, f"{one.name} and {other_end.name} are too far apart", one.candidates + other_end.candidates)


def _fallback(mention: Mention, context: Context, gazetteer: Gazetteer, unlocated: Unlocated) -> Location | Unlocated:
    """Answer for a span that is known to be a place: the area it is said to lie in, or the one the article is about."""
    if not mention.given:
        return unlocated
    boxes = [box for words in mention.within for box in containers(words, gazetteer) if box.kind in {"admin1", "admin2", "country"}]
    if boxes:
        return locate(replace(mention, near=False), boxes[0], _CONTAINER_ONLY, "container only", unlocated.candidates)
    home = gazetteer.coded(context.home) if context.home else None
    if home is None:
        return unlocated
    found = locate(replace(mention, near=False), home, _HOME_ONLY, "the area of the other names", unlocated.candidates)
    points = [point for point in context.points if _is_in(point, context, gazetteer)]
    if not points or home.kind != "admin1":
        return found
    lon, lat, _ = max(points, key=lambda point: point[2])
    return replace(found, lon=lon, lat=lat, precision="near", radius_km=home.radius_km)


def _is_in(point: tuple[float, float, float], context: Context, gazetteer: Gazetteer) -> bool:
    home = gazetteer.coded(context.home)
    return home is not None and great_circle_km(point[0], point[1], home.lon, home.lat) <= 2 * home.radius_km


def _choose(
    mention: Mention, context: Context, gazetteer: Gazetteer, found: tuple[Named, ...], conditions: list[str]
) -> Location | Unlocated:
    weighed = weigh(found, mention, context, gazetteer)
    share_of = dict(zip((one.place.id for one in found), shares([weight for weight, _ in weighed]), strict=True))
    reasons = {one.place.id: reason for one, (_, reason) in zip(found, weighed, strict=True)}
    ordered = sorted(found, key=lambda one: (-share_of[one.place.id], one.place.id))
    best = _the_city_itself(ordered, gazetteer)
    share = min(1.0, sum(share_of[one.place.id] for one in found if one is best or is_same(best.place, one.place, gazetteer)))
    candidates = _candidates(tuple(ordered), share_of, reasons)
    if mention.given and _is_strange_county(mention, best, context):
        found_home = _fallback(mention, context, gazetteer, Unlocated(mention.text, "", candidates))
        if isinstance(found_home, Location):
            return found_home
    if share < SHARE and not mention.given:
        return Unlocated(mention.text, _too_many(mention, context, ordered, share_of), candidates)
    score = max(_LEAST, round(share * _quality(best, mention, context, conditions), 3))
    if score < SCORE and not mention.given:
        return Unlocated(mention.text, _unsaid(mention, best.place, conditions, gazetteer), candidates)
    return locate(mention, best.place, score, _method(best, mention, conditions, reasons[best.place.id], len(found)), candidates)


def _is_strange_county(mention: Mention, best: Named, context: Context) -> bool:
    """Tell whether a county stands for a town of its name that lies nowhere near the article's other places."""
    if mention.kind != "admin2" or best.place.kind != "settlement" or not context.home:
        return False
    return context.home != best.place.admin1 or context.neighbours(best.place)[1] > _COUNTY_KM


def _unsaid(mention: Mention, place: Place, conditions: list[str], gazetteer: Gazetteer) -> str:
    country = gazetteer.place(f"country:{place.country}")
    where = f"{place.admin1_name or place.country}, {country.name if country else place.country}"
    if mention.kind == "site" and place.kind != "site":
        return f"no site of {mention.name} is known, only the place of that name in {where}"
    if "unknown" in conditions:
        return f"a place named {mention.name} is known in {where}, but not what is said of it: {', '.join(mention.within)}"
    return f"the likeliest place named {mention.name} is in {where}, of which the text says nothing"


def _the_city_itself(ordered: list[Named], gazetteer: Gazetteer) -> Named:
    """Take the city for an area that is hardly more than it ("Kyiv City"), and the better known of two records of one village."""
    first = ordered[0]
    for other in ordered[1:]:
        better = first.place.kind == "admin1" or (first.place.is_approximate and not other.place.is_approximate)
        if better and other.place.kind == "settlement" and is_same(first.place, other.place, gazetteer):
            return other
    return first


def _quality(best: Named, mention: Mention, context: Context, conditions: list[str]) -> float:
    quality = {0: 0.98, 1: 0.97, 2: 0.87}[rank_of(mention.name, best)]
    quality *= {"name": 1.0, "inflected": 0.97, "romanised": 0.9, "respelt": 0.8, "misspelt": 0.75}[best.via]
    place = best.place
    if mention.kind == "site" and place.kind != "site":
        quality *= _SITE
    if mention.kind == "admin2" and place.kind == "settlement":
        quality *= _SITE if context.area_weight(place) or not context.in_text else _STRANGE
    if mention.part:
        quality *= _PART
    if "unknown" in conditions and "within" not in conditions:
        quality *= _UNKNOWN_CONTAINER if best.place.population >= _TOWN or best.place.kind != "settlement" else _STRANGE
    if place.is_approximate:
        quality *= _APPROXIMATE
    placed = {"country", "admin1", "within"} & set(conditions)
    if place.kind == "settlement" and not placed:
        known = place.country in context.named or context.country_weight(place) >= 0.4 or context.area_weight(place) >= 0.3
        if context.in_text and context.countries and not known and place.population < _BIG:
            quality *= 0.5 if place.population < SMALL else 0.75
        elif not known and place.population < SMALL:
            quality *= 0.8 if best.via in {"name", "inflected"} else 0.5
    return quality


def _too_many(mention: Mention, context: Context, ordered: list[Named], share_of: dict[str, float]) -> str:
    likely = [one for one in ordered if share_of[one.place.id] >= 0.02] or ordered  # the rest is noise
    countries = {one.place.country for one in likely}
    missing = "country or region"
    if len(countries) == 1 or context.country:
        missing = "oblast" if countries <= {"UA", "RU", "BY"} else "region"
    source = "text" if context.in_text else "query"
    kinds = Counter(one.place.kind for one in likely)
    if len(kinds) > 1 and len(likely) == 2:
        listed = " and ".join(f"{in_words(one.place.kind)} ({one.place.name}, {one.place.country})" for one in likely)
        return f"{mention.name} is {listed}; the {source} does not say which"
    if context.admin1 or mention.within:
        return f"{len(ordered)} places are named {mention.name} there; the {source} does not say which"
    return f"{len(ordered)} places are named {mention.name}; the {source} names no {missing}"


def _method(best: Named, mention: Mention, conditions: list[str], reason: str, count: int) -> str:
    how = ["name" if best.via == "name" else f"{best.via} name"]
    if mention.part:
        how.append("part of the name")
    said = {"kind": "kind", "country": "country given", "admin1": "admin1 given", "within": "container", "unknown": "unknown container"}
    how += [said[condition] for condition in dict.fromkeys(conditions)]
    if "of the text" in reason or "elsewhere in the text" in reason:
        how.append("context")
    if count > 1 and not {"country", "admin1", "within"} & set(conditions):
        how.append("population")
    return " + ".join(how)


def _candidates(found: tuple[Named, ...], share_of: dict[str, float], reasons: dict[str, str]) -> tuple[Candidate, ...]:
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
            round(share_of.get(one.place.id, 0.0), 3),
            reasons.get(one.place.id, "does not fit what is given"),
        )
        for one in found[:_LISTED]
    )


def is_surname(mention: Mention, context: Context, found: tuple[Named, ...]) -> bool:
    """Tell whether a bare name is a surname as often as a place, and no large one."""
    if mention.kind or mention.within or mention.near or mention.given or context.country or context.admin1:
        return False
    biggest = max(one.place.population for one in found)
    return fold(mention.name) in _surnames() and biggest < _BIG and all(one.place.kind == "settlement" for one in found)


@cache
def _surnames() -> frozenset[str]:
    persons = cues()["persons"]
    return frozenset(fold(name) for key in ("surnames", "given_names") for name in persons[key])


def is_person(phrase: str) -> bool:
    """Tell whether a phrase is a title with a name ("Governor Smith")."""
    words = fold(phrase).split(" ")
    persons = cues()["persons"]
    return len(words) > 1 and words[0] in persons["titles"] and "of" not in words
