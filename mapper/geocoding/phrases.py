"""Reading of a place written by itself, as in a table or a query: "Pokrovsk, Donetsk Oblast", "12 km north of Sumy".

In a running text `mapper.extraction.naming.toponyms` finds the names; here the whole phrase is the name and its cues, in any
case of letters. Both give a `Mention`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from mapper.extraction.naming import toponyms
from mapper.extraction.naming.mentions import Mention
from mapper.extraction.naming.offsets import bearing_of, direction, distance_of, offset
from mapper.extraction.naming.seats import raion_of
from mapper.gazetteer.names import cue_words, cues, fold

if TYPE_CHECKING:
    from mapper.gazetteer.index import Gazetteer

__all__ = ["read_phrase"]

_NO_DIRECTION = frozenset({"from", "of", "away", "von", "від", "от", "outside"})
_PARTS = re.compile(r"\s*[,;()]\s*")
_WORDS = re.compile(r"[\s,;()]+")
_IN = re.compile(r"\s+(?:in|im|within)\s+(?:the\s+|der\s+)?", re.IGNORECASE)
_NEAR = re.compile(r"\s+(?:near|close to|outside|next to|біля|поблизу|возле|около|bei)\s+", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|der|die|das|den|dem)\s+", re.IGNORECASE)
_EDGE = re.compile(r"^(?:the )?(?P<side>[\w\-]+) (?:outskirts|edge|suburbs?) of (?P<rest>\S.*)$", re.IGNORECASE)
_LONGEST_CUE = 4
_LETTER = re.compile(r"[мгс]\.?")


@cache
def _lead(section: str) -> frozenset[str]:
    return frozenset(fold(word) for word in cues()[section]["before"] if len(word) > 1)


@cache
def _trail(section: str) -> frozenset[str]:
    return frozenset(fold(word) for key in ("after", "plural_after") for word in cues()[section].get(key, []))


@cache
def _between() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Compile "between X and Y" and "X-Y highway"."""
    table = cues()["between"]
    words = {key: "|".join(map(re.escape, sorted(table[key], key=len, reverse=True))) for key in ("before", "and", "ways")}
    dash = r"\s*[-–—\u2010\u2011/]\s*"
    pair = rf"^(?:the )?(?:{words['before']})\s+(?:the )?(?P<one>\S.*?)\s+(?:{words['and']})\s+(?P<other>\S.*)$"
    way = (
        rf"^(?:the )?(?:(?:{words['ways']})\s+)?(?:between\s+|from\s+)?(?P<one>[^\s,\-–—/].*?)(?:{dash}|\s+(?:to|and)\s+)"
        rf"(?P<other>[^\s,].*?)\s+(?:{words['ways']})(?P<rest>,.*)?$"
    )
    return re.compile(pair, re.IGNORECASE), re.compile(way, re.IGNORECASE)


@lru_cache(maxsize=1 << 12)
def read_phrase(phrase: str, gazetteer: Gazetteer) -> Mention:
    """Read a phrase as the name of one place with its cues; the name is empty if nothing is left."""
    text = " ".join(phrase.split())
    named = [one.place.kind for one in gazetteer.matches(text) if one.via == "name"] if "," not in text else []
    if named:
        return Mention(phrase, 0, len(phrase), text, "admin2" if "admin2" in named and _says_district(text) else "")
    if found := _pair(text, phrase, gazetteer) or _of_adjective(text, gazetteer):
        return found
    near, km, bearing, rest = _offset(text, gazetteer)
    if not near and (bare := _bare(rest, gazetteer)) != rest:
        near, km, bearing, rest = _offset(bare, gazetteer)
    parts = [part for part in _PARTS.split(rest) if part] or [""]
    name, within = parts[0], parts[1:]
    if not gazetteer.matches(name):
        inside = _IN.split(name)
        if len(inside) > 1:
            name, within = inside[0], inside[1:] + within
        elif not near and len(beside := _NEAR.split(name, maxsplit=1)) > 1:
            # "Vesele near Robotyne"; of a road or a wood only the town beside it is known
            known = fold(beside[0]) not in cue_words("stop", "always") and gazetteer.matches(_kind(beside[0], gazetteer)[0])
            name, within, near = (beside[0], [beside[1], *within], False) if known else (beside[1], within, True)
        elif within and _is_thing(name) and any(one.place.kind == "settlement" for one in gazetteer.matches(within[0])):
            name, within, near = within[0], within[1:], True  # "M03 highway, Sloviansk"
    whole = name
    name, kind, smaller = _kind(whole, gazetteer)
    if not gazetteer.matches(name):
        head, head_kind, container = _split(whole, gazetteer)
        if container:
            name, kind, smaller, within = head, head_kind, False, [container, *within]
    if not near and not gazetteer.matches(name):
        name, kind, near, km = _around(name, kind, gazetteer)
    start = max(phrase.find(name), 0)
    within = [word for word in within if fold(word) != fold(name) or gazetteer.coded(word)] if smaller else within
    return Mention(name, start, start + len(name), name, kind, tuple(within), near=near or smaller, km=km, bearing=bearing)


def _is_thing(name: str) -> bool:
    """Tell whether a phrase ends with the word for a road, a plant or a part of a town, and is no name of a place."""
    last = fold(name.rpartition(" ")[2])
    return last in cue_words("between", "ways") or last in cue_words("sites", "after") or last in cue_words("town_parts", "after")


def _bare(text: str, gazetteer: Gazetteer) -> str:
    """Take a preposition off that only says where: "у Сумах", "in Kharkiv"."""
    first, _, rest = text.partition(" ")
    if not rest or first.lower() not in cues()["prepositions"]["bare"] or gazetteer.matches(text):
        return text
    return _ARTICLE.sub("", rest)


def _pair(text: str, phrase: str, gazetteer: Gazetteer) -> Mention | None:
    if gazetteer.matches(text):
        return None
    for pattern in _between():
        found = pattern.match(text)
        if found is None:
            continue
        (other, *within) = [part for part in _PARTS.split(found["other"]) if part] or [""]
        within += [part for part in _PARTS.split(found.groupdict().get("rest") or "") if part]
        one, kind, _ = _kind(found["one"], gazetteer)
        other, other_kind, _ = _kind(other, gazetteer)
        if gazetteer.matches(one) and gazetteer.matches(other) and not {kind, other_kind} & {"admin1", "country"}:
            return Mention(phrase, 0, len(phrase), one, "settlement", tuple(within), near=True, other=other)
    return None


def _offset(text: str, gazetteer: Gazetteer) -> tuple[bool, float | None, float | None, str]:
    found = _offset_pattern().match(text)
    if found and (not found["direction"] or bearing_of(found) is not None or found["direction"].lower() in _NO_DIRECTION):
        return True, distance_of(found), bearing_of(found), _ARTICLE.sub("", found["rest"])
    if (found := _direction_pattern().match(text)) and bearing_of(found) is not None:
        return True, None, bearing_of(found), _ARTICLE.sub("", found["rest"])
    if (found := _EDGE.match(text)) and found["side"].lower() in cues()["town_parts"]["edges"]:
        return True, 0.0, None, found["rest"]
    words = text.split(" ")
    for size in range(min(_LONGEST_CUE, len(words) - 1), 0, -1):
        lead = fold(" ".join(words[:size]))
        rest = _ARTICLE.sub("", " ".join(words[size:]))
        if lead in cue_words("near", "before"):
            return True, 0.0 if lead in cue_words("near", "edges") else None, None, rest
        if lead in cue_words("town_parts", "before") and not gazetteer.matches(text) and gazetteer.matches(_PARTS.split(rest)[0]):
            return False, None, None, rest
    return False, None, None, text


def _around(name: str, kind: str, gazetteer: Gazetteer) -> tuple[str, str, bool, float | None]:
    """Take off what follows a town: a plant or base in it, a part of it, "area", "direction"."""
    words = name.split(" ")
    for size in range(min(_LONGEST_CUE, len(words) - 1), 0, -1):
        tail, head = fold(" ".join(words[-size:])), " ".join(words[:-size])
        if not gazetteer.matches(head):
            continue
        if tail in cue_words("sites", "after"):
            return head, "site", True, None
        if tail in cue_words("near", "after"):
            return head, "settlement", True, None
        if tail in cue_words("town_parts", "after"):
            return head, "settlement", False, None
    if len(words) > 1 and words[0].lower() in cues()["parts"]["before"] and gazetteer.matches(" ".join(words[1:])):
        return " ".join(words[1:]), kind, False, None
    return name, kind, False, None


def _kind(name: str, gazetteer: Gazetteer) -> tuple[str, str, bool]:
    """Take the cue words off a name; keep them if the whole is a name and what is left is none ("Mexico City")."""
    name = _ARTICLE.sub("", name) if not gazetteer.matches(name) else name
    words = name.split(" ")
    if gazetteer.matches(name):
        return name, "", False
    if len(words) > 1 and _LETTER.fullmatch(words[0].lower()):
        return " ".join(words[1:]), "settlement", False
    for section in ("settlement", "admin1"):
        for size in range(min(_LONGEST_CUE, len(words) - 1), 0, -1):
            if fold(" ".join(words[:size]).replace(" the", "")) in _lead(section):
                return _ARTICLE.sub("", " ".join(words[size:])), section, False
            if fold(" ".join(words[-size:])) in _trail(section):
                return " ".join(words[:-size]), section, False
    if len(words) > 1 and fold(words[0]) in cue_words("admin1", "smaller_before"):
        town = " ".join(words[1:])
        if raion := raion_of(town, gazetteer.matches(town), gazetteer)[0]:
            return raion, "admin2", False
    if len(words) > 1 and fold(words[-1]) in cue_words("admin1", "smaller"):
        bare = " ".join(words[:-1])
        is_known = any(found.place.kind == "admin2" for found in gazetteer.matches(bare))
        return bare, "admin2" if is_known else "settlement", not is_known
    for size in (2, 1):
        country = cues()["adjectives"].get(" ".join(words[:size]).lower())
        if country and len(words) > size:
            rest, kind, smaller = _kind(" ".join(words[size:]), gazetteer)
            if gazetteer.matches(rest):
                return rest, kind, smaller
    return name, "", False


def _says_district(text: str) -> bool:
    return not cue_words("by_adjective", "districts").isdisjoint(fold(word) for word in _WORDS.split(text))


def _of_adjective(text: str, gazetteer: Gazetteer) -> Mention | None:
    """Read a raion as a running text does, by the town that its adjective is made of: "Горловский район"."""
    if not _says_district(text):
        return None
    for lang in ("uk", "ru"):
        first = next(iter(toponyms.find(text, gazetteer, lang)), None)
        led = text[: first.start].strip().lower() if first else ""
        if first and (not led or led in cues()["prepositions"]["bare"]) and (first.kind == "admin2" or first.near):
            return first
    return None


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


@cache
def _offset_pattern() -> re.Pattern[str]:
    return re.compile(rf"^(?:about |some |approx\. |around |roughly |в |за |~ ?)?{offset()}\s+(?P<rest>\S.*)$", re.IGNORECASE)


@cache
def _direction_pattern() -> re.Pattern[str]:
    return re.compile(rf"^(?:to the |the )?{direction()} (?P<rest>\S.*)$", re.IGNORECASE)
