"""Reading of a place written by itself, as in a table or a query: "Pokrovsk, Donetsk Oblast", "12 km north of Sumy".

In a running text `mapper.extraction.toponyms` finds the names; here the whole phrase is the name and its cues, in any
case of letters. Both give a `Mention`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from mapper.extraction.toponyms import Mention
from mapper.gazetteer.names import cues, fold

if TYPE_CHECKING:
    from mapper.gazetteer.index import Gazetteer

__all__ = ["read_phrase"]

_OFFSET = re.compile(
    r"^(?:about |some |approx\. |around |в |за |~ ?)?(?P<number>\d+(?:[.,]\d+)?)\s*-?"
    r"(?P<unit>km|kilomet(?:er|re)s?|mi|miles?|км|кілометр\w*|километр\w*|kilometern?)\b"
    r"(?:\s+(?:to the |в |на )?(?P<direction>[\w\-]+)(?=\s+\S))?(?:\s+(?:of|from|away from|von|від|от|outside))?\s+(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_DIRECTION = re.compile(r"^(?:the )?(?P<direction>[\w\-]+) (?:of|von|від|от) (?P<rest>\S.*)$", re.IGNORECASE)
_PARTS = re.compile(r"\s*[,;()]\s*")
_IN = re.compile(r"\s+(?:in|im|within)\s+(?:the\s+|der\s+)?", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|der|die|das|den)\s+", re.IGNORECASE)
_MILE_KM = 1.609344
_LONGEST_CUE = 4


@cache
def _lead(section: str) -> frozenset[str]:
    return frozenset(fold(word) for word in cues()[section]["before"] if len(word) > 1)


@cache
def _trail(section: str) -> frozenset[str]:
    return frozenset(fold(word) for key in ("after", "plural_after") for word in cues()[section].get(key, []))


@cache
def _table(section: str, key: str) -> frozenset[str]:
    return frozenset(fold(word) for word in cues()[section][key])


def read_phrase(phrase: str, gazetteer: Gazetteer) -> Mention:
    """Read a phrase as the name of one place with its cues; the name is empty if nothing is left."""
    text = " ".join(phrase.split())
    near, km, bearing, rest = _offset(text)
    parts = [part for part in _PARTS.split(rest) if part] or [""]
    name, within = parts[0], parts[1:]
    if not gazetteer.matches(name):
        inside = _IN.split(name)
        if len(inside) > 1:
            name, within = inside[0], inside[1:] + within
    whole = name
    name, kind, smaller = _kind(whole, gazetteer)
    if not gazetteer.matches(name):
        head, head_kind, container = _split(whole, gazetteer)
        if container:
            name, kind, smaller, within = head, head_kind, False, [container, *within]
    start = max(phrase.find(name), 0)
    end = start + len(name)
    return Mention(name, start, end, name, kind, tuple(within), near=near or smaller, km=km, bearing=bearing)


def _offset(text: str) -> tuple[bool, float | None, float | None, str]:
    directions = cues()["near"]["directions"]
    found = _OFFSET.match(text)
    if found and (not found["direction"] or found["direction"].lower() in directions | {"from": 0, "away": 0, "von": 0, "від": 0, "от": 0}):
        km = float(found["number"].replace(",", ".")) * (_MILE_KM if found["unit"].lower().startswith("mi") else 1.0)
        bearing = directions.get((found["direction"] or "").lower())
        return True, round(km, 1), None if bearing is None else float(bearing), _ARTICLE.sub("", found["rest"])
    if (found := _DIRECTION.match(text)) and found["direction"].lower() in directions:
        return True, None, float(directions[found["direction"].lower()]), _ARTICLE.sub("", found["rest"])
    words = text.split(" ")
    for size in range(min(_LONGEST_CUE, len(words) - 1), 0, -1):
        lead = fold(" ".join(words[:size]))
        if lead in _table("near", "before"):
            return True, 0.0 if lead in _table("near", "edges") else None, None, _ARTICLE.sub("", " ".join(words[size:]))
    return False, None, None, text


def _kind(name: str, gazetteer: Gazetteer) -> tuple[str, str, bool]:
    """Take the cue words off a name; keep them if the whole is a name and what is left is none ("Mexico City")."""
    name = _ARTICLE.sub("", name) if not gazetteer.matches(name) else name
    words = name.split(" ")
    if gazetteer.matches(name):
        return name, "", False
    if len(words) > 1 and re.fullmatch(r"[мгс]\.?", words[0].lower()):
        return " ".join(words[1:]), "settlement", False
    for section in ("settlement", "admin1"):
        for size in range(min(_LONGEST_CUE, len(words) - 1), 0, -1):
            if fold(" ".join(words[:size]).replace(" the", "")) in _lead(section):
                return " ".join(words[size:]), section, False
            if fold(" ".join(words[-size:])) in _trail(section):
                return " ".join(words[:-size]), section, False
    if len(words) > 1 and fold(words[-1]) in _table("admin1", "smaller"):
        return " ".join(words[:-1]), "settlement", True
    for size in (2, 1):
        country = cues()["adjectives"].get(" ".join(words[:size]).lower())
        if country and len(words) > size:
            rest, kind, smaller = _kind(" ".join(words[size:]), gazetteer)
            if gazetteer.matches(rest):
                return rest, kind, smaller
    return name, "", False


def _split(name: str, gazetteer: Gazetteer) -> tuple[str, str, str]:
    """Divide a phrase without commas into a known name and a known area: "Sumy Ukraine", "Ромни Сумської області"."""
    words = name.split(" ")
    for k in range(len(words) - 1, 0, -1):
        head, tail = " ".join(words[:k]), " ".join(words[k:])
        bare, kind, _ = _kind(head, gazetteer)
        if not gazetteer.matches(bare):
            continue
        area, area_kind, _ = _kind(tail, gazetteer)
        areas = [found for found in gazetteer.matches(area) if found.place.kind in {"admin1", "country"} and found.rank < 2]
        if areas and area_kind != "settlement":
            return bare, kind, tail
    return name, "", ""
