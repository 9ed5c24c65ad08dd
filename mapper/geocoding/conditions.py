"""Conditions that a place must meet: the kind said, the country and area given, the larger places it is said to lie in."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from mapper.crs import great_circle_km
from mapper.gazetteer.names import cues, fold, is_cyrillic
from mapper.geocoding.candidates import rank_of
from mapper.geocoding.phrases import read_phrase

if TYPE_CHECKING:
    from mapper.extraction.naming.mentions import Mention
    from mapper.gazetteer.index import Gazetteer, Named, Place
    from mapper.geocoding.context import Context

__all__ = ["AREA_KINDS", "NEAR_KM", "containers", "in_words", "meet", "oblasts"]

NEAR_KM = 25.0
AREA_KINDS = frozenset({"admin1", "admin2", "country", "region", "water"})
_DISTRICT_KM = 120.0
_LISTED = 10
_TOWNS = frozenset({"settlement", "site"})
# What a word for a kind lets through, the first that is there.
_FITTING: dict[str, tuple[frozenset[str], ...]] = {
    "settlement": (frozenset({"settlement"}),),
    "admin1": (frozenset({"admin1", "region"}),),
    "admin2": (frozenset({"admin2"}), frozenset({"settlement"})),
    "region": (frozenset({"region"}),),
    "country": (frozenset({"country"}),),
    "site": (frozenset({"site"}), frozenset({"settlement"}), frozenset({"admin1"})),
}
# "Cherkaska": the adjective of an oblast without its noun, as postal files and tables have it.
_OBLAST_ENDINGS = ("ska", "zka", "cka", "ская", "цкая", "ска", "цка", "зка")
_RAION_ENDINGS = ("skyi", "zkyi", "ckyi", "ski", "skyy", "скии", "цкии", "зкии")
_WORDS = {
    "settlement": "a settlement",
    "admin1": "a region",
    "admin2": "a district",
    "country": "a country",
    "site": "a site",
    "region": "a region without borders",
    "water": "a water",
}


def in_words(kind: str) -> str:
    """Give a kind in words with its article: "a settlement"."""
    return _WORDS.get(kind, f"a {kind}")


def meet(mention: Mention, context: Context, gazetteer: Gazetteer, found: tuple[Named, ...]) -> tuple[tuple[Named, ...], list[str], str]:
    """Leave the places that meet every condition, with the conditions met; or none, with the reason."""
    name = mention.name
    met: list[str] = []
    if mention.kind:
        of_kind = next((fit for kinds in _FITTING[mention.kind] if (fit := tuple(one for one in found if one.place.kind in kinds))), ())
        if not of_kind:
            wanted = in_words(mention.kind).removeprefix("a ")
            return (), met, f"no {wanted} named {name} in the gazetteer, only {in_words(found[0].place.kind)}"
        found = of_kind
        met.append("kind")
    if context.country:
        inside = tuple(one for one in found if one.place.country == context.country)
        if not inside:
            others = sorted({one.place.country for one in found if one.place.country})
            return (), met, f"no place named {name} is known in {context.country}; the gazetteer has it in {', '.join(others[:_LISTED])}"
        found = inside
        met.append("country")
    if context.admin1:
        areas = [area for code in sorted(context.admin1) if (area := gazetteer.coded(code))]
        inside = tuple(one for one in found if any(_lies_in(area, one.place, gazetteer) or area.id == one.place.id for area in areas))
        if not inside:
            return (), met, f"no place named {name} is known in {' or '.join(area.name for area in areas)}"
        found = inside
        met.append("admin1")
    for words in mention.within:
        boxes = containers(words, gazetteer)
        if not boxes:
            met.append("unknown")
            continue
        is_district = read_phrase(words, gazetteer).near
        inside = tuple(one for one in found if any(_in_or_near(box, one.place, gazetteer, is_district=is_district) for box in boxes))
        if not inside and all(box.kind == "settlement" for box in boxes):
            # A town that is the middle of a district: its oblast at least must be right.
            inside = tuple(one for one in found if any(_in_or_near(box, one.place, gazetteer, is_district=True) for box in boxes))
        if not inside:
            where = boxes[0].name if len(boxes) == 1 or boxes[0].kind in {"admin1", "country"} else words
            return (), met, f"no place named {name} is known in {where}"
        found = inside
        met.append("within")
    return found, met, ""


def containers(words: str, gazetteer: Gazetteer) -> list[Place]:
    """Give the areas that words for a larger place may mean; a town only where no area will do."""
    coded = [area for area in (gazetteer.coded(words), _abbreviated(words, gazetteer)) if area]
    if coded and (words.isupper() or words.rstrip(".") in cues()["abbreviations"]):
        return coded
    phrase = read_phrase(words, gazetteer)
    named = gazetteer.matches(phrase.name)
    places = [one.place for one in named if rank_of(phrase.name, one) < 2 or one.place.kind == "admin1"]
    wanted = AREA_KINDS if phrase.kind not in AREA_KINDS else {phrase.kind, "region"}
    areas = [place for place in places if place.kind in wanted]
    if not phrase.kind and not any(place.kind == "admin1" for place in areas):
        areas = _by_adjective(phrase.name, gazetteer) or areas
    return areas + [place for place in places if place.kind == "settlement" and phrase.kind not in {"admin1", "country"}]


def _by_adjective(name: str, gazetteer: Gazetteer) -> list[Place]:
    """Give the oblast or raion of an adjective without its noun: "Cherkaska", "Voznesenskyi"."""
    key, cyrillic = fold(name), is_cyrillic(name)
    for endings, kind, noun in (
        (_OBLAST_ENDINGS, "admin1", "область" if cyrillic else "Oblast"),
        (_RAION_ENDINGS, "admin2", "район" if cyrillic else "Raion"),
    ):
        if key.endswith(endings):
            found = [one.place for one in gazetteer.matches(f"{name} {noun}") if one.place.kind == kind]
            return found or (_oblasts_like(key, gazetteer) if kind == "admin1" and not cyrillic else [])
    return []


def _oblasts_like(key: str, gazetteer: Gazetteer) -> list[Place]:
    """Give the one oblast of Ukraine whose name begins like an adjective: "khmelnytska"."""
    for cut in (3, 4, 5):
        stem = key[:-cut]
        like = [area for area in oblasts(gazetteer) if len(stem) > 3 and fold(area.name).startswith(stem) and "oblast" in fold(area.name)]
        if len(like) == 1:
            return like
    return []


@lru_cache(maxsize=8)
def oblasts(gazetteer: Gazetteer) -> tuple[Place, ...]:
    """Give the oblasts of Ukraine."""
    return tuple(area for number in range(100) if (area := gazetteer.coded(f"UA-{number:02d}")))


def _abbreviated(words: str, gazetteer: Gazetteer) -> Place | None:
    """Give the state of an abbreviation: "Ky.", "N.Y.", "TX"."""
    name = cues()["abbreviations"].get(words.rstrip("."))
    if name is None:
        return None
    return gazetteer.coded(name) or next((place for place in gazetteer.named(name) if place.kind in {"admin1", "country"}), None)


def _lies_in(container: Place, place: Place, gazetteer: Gazetteer) -> bool:
    """Tell whether a place lies in an area, or in the city that people count to it: Sevastopol in Crimea."""
    around = cues()["cities_of"].get(place.admin1)
    return gazetteer.contains(container, place) or (container.kind == "admin1" and around == container.admin1)


def _in_or_near(container: Place, place: Place, gazetteer: Gazetteer, *, is_district: bool) -> bool:
    """Tell whether a place lies in an area, near a town, or in the district of a town as far as can be told."""
    if container.kind != "settlement":
        return _lies_in(container, place, gazetteer)
    if place.kind not in _TOWNS or place.id == container.id:
        return False
    km = great_circle_km(container.lon, container.lat, place.lon, place.lat)
    return km <= _DISTRICT_KM and place.admin1 == container.admin1 if is_district else km <= container.radius_km + NEAR_KM
