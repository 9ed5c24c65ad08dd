"""The places that a name may mean: those of the gazetteer, of its base forms, and of names that sound the same.

The gazetteer answers with what it has under the name as it stands. That may be the wrong one: "Курске" is a village of
Crimea as it stands, and the locative of Kursk. And a name may be a romanisation that nobody has listed: "Vinnitsa".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from mapper.gazetteer.index import Named
from mapper.gazetteer.morphology import base_forms
from mapper.gazetteer.names import fold, is_cyrillic, romanise
from mapper.gazetteer.spellings import across

if TYPE_CHECKING:
    from mapper.gazetteer.index import Gazetteer, Place

__all__ = ["named", "rank_of"]

# A city that is called by name is not asked whether it is the locative of another.
_CITY = 50_000
_VILLAGE = 5_000
_SHORTEST = 5
_CYRILLIC = frozenset({"UA", "RU", "BY", "KZ"})
_SOUNDING = ("UA", "RU", "BY")
_ALIKE = 0.5
_SKELETONS: WeakKeyDictionary[Gazetteer, dict[str, list[str]]] = WeakKeyDictionary()
# Letters and pairs that romanisations of Ukrainian, Russian and Belarusian write for one another, the longest first.
_LETTERS = (
    ("schtsch", "X"), ("shch", "X"), ("szcz", "X"), ("tsch", "C"), ("tch", "C"), ("sch", "S"), ("sh", "S"), ("sz", "S"),
    ("ch", "C"), ("cz", "C"), ("kh", "h"),
    ("zh", "Z"), ("ts", "c"), ("tz", "c"), ("w", "v"), ("ou", "u"), ("g", "h"), ("j", "i"), ("y", "i"), ("x", "ks"),
)  # fmt: skip
_GERMAN = (("schtsch", "X"), ("tsch", "C"), ("sch", "Z"), ("ch", "h"), ("z", "c"), ("s", "z"))
_VOWELS = ((re.compile(r"i+([eauo])"), r"\1"), (re.compile(r"i+"), "i"), (re.compile(r"(.)\1"), r"\1"))
_ENDINGS = (
    (re.compile(r"sk(?:i|oi|oe|aia|aa|a|e|o)?\b"), "sk"),
    (re.compile(r"ov(?=k|ec|c|n|\b)"), "iv"),
    (re.compile(r"ev(?=k|ec|c|n|\b)"), "iv"),
    (re.compile(r"(?:o|e)\b"), "e"),
    (re.compile(r"pol(?:e|i)?\b"), "pil"),
    (re.compile(r"(?<=[^aeiou])hrad\b"), "hrad"),
    (re.compile(r"^(?:e|o)(?=[^aeiou])", re.MULTILINE), "o"),
)


@lru_cache(maxsize=1 << 16)
def named(name: str, gazetteer: Gazetteer) -> tuple[Named, ...]:
    """Give the places a name may mean, the most populous first, with how each was found."""
    found = gazetteer.matches(name)
    if is_cyrillic(name):
        inflected = () if any(_is_city(one.place) for one in found) else _base_forms(name, gazetteer)
        if any(one.via == "name" and one.place.country in _CYRILLIC for one in found):
            # As it stands it is a name; an inflected one is meant only if it is a city's.
            found += tuple(one for one in inflected if _is_city(one.place))
        else:
            found += inflected
        if found and all(one.place.country == "RU" and one.rank < 2 and not _is_city(one.place) for one in found):
            # Or if Russia has a small place by the name as it stands, and Ukraine a town: "в Межевой".
            towns = tuple(one for one in inflected if one.place.country == "UA" and one.place.population >= _VILLAGE)
            found += _in_ukraine(name, gazetteer) + towns
    elif all(_is_doubtful(one) or _is_small_abroad(one) for one in found):
        found += tuple(one for one in _sounding(name, gazetteer) if not found or _belongs(one, found, gazetteer))
    best: dict[str, Named] = {}
    for one in found:
        best.setdefault(one.place.id, one)
    return tuple(sorted(best.values(), key=lambda one: (-one.place.population, one.place.id)))


def _is_city(place: Place) -> bool:
    return place.kind != "settlement" or place.population >= _CITY


def _is_doubtful(one: Named) -> bool:
    """Tell whether a name may well be a romanisation of another: a guess, a bare area, or a by-name of a village."""
    return (
        one.via == "respelt"
        or one.place.kind == "admin1"
        or (one.rank > 0 and one.place.population < _VILLAGE and one.place.kind == "settlement")
    )


def _is_small_abroad(one: Named) -> bool:
    """Tell whether a name is that of a small place elsewhere, which may be how German spells another: "Borowa"."""
    return one.place.country not in _SOUNDING and one.place.population < _CITY and one.place.kind == "settlement"


def _belongs(one: Named, found: tuple[Named, ...], gazetteer: Gazetteer) -> bool:
    """Tell whether a place that sounds so is a town of the area found, or known to more people than what was guessed."""
    if any(other.place.kind == "admin1" for other in found):
        return one.place.kind == "settlement" and any(gazetteer.contains(other.place, one.place) for other in found)
    return one.place.population >= _VILLAGE


def _base_forms(name: str, gazetteer: Gazetteer) -> tuple[Named, ...]:
    return tuple(
        Named(one.place, one.rank, "inflected")
        for form in base_forms(name)
        for one in gazetteer.matches(form)
        if one.via == "name" and one.place.country in _CYRILLIC
    )


def _in_ukraine(name: str, gazetteer: Gazetteer) -> tuple[Named, ...]:
    """Give the places of Ukraine whose names Russian spells so, where it has a small place of its own by the name: "Старица"."""
    spelt = (one for key, country in across(name) if country == "UA" for one in gazetteer.matches(key) if one.place.country == country)
    return tuple(Named(one.place, one.rank, "respelt") for one in spelt if one.via == "name" and one.place.kind == "settlement")


def _sounding(name: str, gazetteer: Gazetteer) -> tuple[Named, ...]:
    """Give the places of Ukraine, Russia and Belarus whose names are other romanisations of a name."""
    key = fold(name)
    if len(key) < _SHORTEST or not key.isascii():
        return ()
    table = _skeletons(gazetteer)
    keys = dict.fromkeys(other for german in (False, True) for other in table.get(_skeleton(key, german=german), ()))
    return tuple(
        Named(one.place, max(one.rank, 1), "respelt")
        for other in keys
        for one in gazetteer.matches(other)
        if one.via == "name" and one.place.country in _SOUNDING and one.rank < 2
    )


def _skeletons(gazetteer: Gazetteer) -> dict[str, list[str]]:
    if gazetteer not in _SKELETONS:
        table: dict[str, list[str]] = {}
        keys = [key for country in _SOUNDING for key in gazetteer.keys_of_country(country) if key.isascii()]
        # All at once, one a line: three times as fast as one by one.
        for key, skeleton in zip(keys, _reduced("\n".join(keys), german=False).split("\n"), strict=True):
            table.setdefault(skeleton, []).append(key)
        _SKELETONS[gazetteer] = table
    return _SKELETONS[gazetteer]


@lru_cache(maxsize=1 << 15)
def _skeleton(key: str, *, german: bool) -> str:
    return _reduced(key, german=german)


def _reduced(key: str, *, german: bool) -> str:
    """Leave of a key, or of one a line, what all romanisations have in common."""
    for old, new in (*_GERMAN, *_LETTERS) if german else _LETTERS:
        if old in key:
            key = key.replace(old, new)
    for pattern, new in (*_VOWELS, *_ENDINGS):
        key = pattern.sub(new, key)
    return key


@lru_cache(maxsize=1 << 16)
def rank_of(name: str, one: Named) -> int:
    """Give how near a name is to a place's own, as `Named.rank`; a "spelling" with few letters in common is another name."""
    if one.rank != 1 or one.place.kind != "settlement":
        return one.rank
    from rapidfuzz.distance import Indel

    asked = [fold(name), *(fold(spelling) for spelling in romanise(name))] if is_cyrillic(name) else [fold(name)]
    own = _skeleton(fold(one.place.name), german=False)
    alike = max(Indel.normalized_similarity(_skeleton(key, german=german), own) for key in asked for german in (False, True))
    return 1 if alike >= _ALIKE or not asked[-1].isascii() else 2
