"""Geocoding of queries, one or a column of them, and the records that the command line prints."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from mapper.extraction.naming.mentions import Mention
from mapper.gazetteer.names import cue_words, fold
from mapper.geocoding.choosing import is_person, resolve
from mapper.geocoding.conditions import AREA_KINDS, containers
from mapper.geocoding.context import Context
from mapper.geocoding.location import Candidate, Location, Unlocated
from mapper.geocoding.phrases import read_phrase
from mapper.geocoding.placing import part_of_the_world

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.gazetteer.index import Gazetteer

__all__ = ["answer", "area_codes", "as_place_record", "as_record", "country_code", "geocode", "geocode_columns"]

_BIG = 100_000


def geocode(query: str, *, country: str | None = None, admin1: str | None = None, gazetteer: Gazetteer) -> Location | Unlocated:
    """Find the place of a free query: "Sumy", "Kursk region", "Pokrovsk, Donetsk Oblast", "12 km north of Sumy".

    Parameters
    ----------
    country
        ISO 3166-1 code or name in any language; no answer lies outside.
    admin1
        ISO 3166-2 code or name in any language, with or without "oblast"; no answer lies outside.
    """
    return answer(query.strip(), (country or "").strip(), (admin1 or "").strip(), gazetteer)


@lru_cache(maxsize=1 << 15)
def answer(query: str, country: str, admin1: str, gazetteer: Gazetteer) -> Location | Unlocated:
    """Answer as `geocode` does; what is empty is not given."""
    if not fold(query):
        return Unlocated(query, "the query is empty" if not query else f"the query {query!r} has no letters")
    code = ""
    if country:
        code = country_code(country, gazetteer)
        if not code:
            return Unlocated(query, f"no country {country!r}: give its ISO code of two letters, or its name")
    areas: frozenset[str] = frozenset()
    if admin1:
        areas = area_codes(admin1, code, gazetteer)
        if not areas:
            where = f" in {code}" if code else ""
            return Unlocated(query, f"no region {admin1!r}{where}: give its ISO 3166-2 code, or its name")
    if is_person(query) and not gazetteer.matches(query):
        return Unlocated(query, f"{query} is a title and the name of a person, not a place")
    if not code and not areas and (part := part_of_the_world(Mention(query, 0, len(query), query))):
        return part
    if _is_word(query, gazetteer, bound=bool(code or areas)):
        return Unlocated(query, f"{query} is a word, or an organisation, and not the name of a place")
    context = Context(country=code, admin1=areas)
    result = resolve(read_phrase(query, gazetteer), context, gazetteer)
    if isinstance(result, Unlocated) and "," in query and (turned := _turned(query, gazetteer)):
        other = resolve(turned, context, gazetteer)
        result = other if isinstance(other, Location) and "unknown container" not in other.method else result
    return _with_text(result, query)


def _turned(query: str, gazetteer: Gazetteer) -> Mention | None:
    """Read a query from its end, "Ukraine, Sumy"; only where all that then comes last is an area."""
    mention = read_phrase(", ".join(part.strip() for part in reversed(query.split(","))), gazetteer)
    areas = all(any(box.kind in AREA_KINDS for box in containers(words, gazetteer)[:1]) for words in mention.within)
    return mention if mention.within and areas else None


def _is_word(query: str, gazetteer: Gazetteer, *, bound: bool) -> bool:
    """Tell whether a query is a word that some village also bears as its name, or an organisation; `bound` with a country given."""
    key = fold(query)
    if key in cue_words("organisations", "names"):
        return True
    if bound or key not in cue_words("stop", "always") | cue_words("calendar", "words"):
        return False
    return not any(one.rank == 0 and (one.place.kind != "settlement" or one.place.population >= _BIG) for one in gazetteer.matches(query))


def _with_text(result: Location | Unlocated, query: str) -> Location | Unlocated:
    values = {name: getattr(result, name) for name in result.__slots__}
    return type(result)(**(values | {"text": query}))


def country_code(country: str, gazetteer: Gazetteer) -> str:
    """Give the ISO 3166-1 code of a country given as code or name; an empty one if there is none such."""
    word = country.strip()
    coded = gazetteer.coded(word)
    if coded and coded.kind == "country":
        return coded.country
    named = [place for place in gazetteer.named(word) if place.kind == "country"]
    return named[0].country if named else ""


def area_codes(admin1: str, country: str, gazetteer: Gazetteer) -> frozenset[str]:
    """Give the ISO 3166-2 codes of an area given as code or name, in a country if its code is given."""
    word = admin1.strip()
    coded = gazetteer.coded(word)
    if coded and coded.kind == "admin1":
        return frozenset({coded.admin1}) if not country or coded.country == country else frozenset()
    places = [place for place in containers(word, gazetteer) if place.kind == "admin1"]
    return frozenset(place.admin1 for place in places if not country or place.country == country)


def geocode_columns(
    queries: Sequence[str | None],
    countries: Sequence[str | None] | None = None,
    admin1s: Sequence[str | None] | None = None,
    *,
    gazetteer: Gazetteer,
) -> list[Location | Unlocated]:
    """Geocode columns of equal length; each different (query, country, admin1) is resolved once."""
    blank: list[str | None] = [None] * len(queries)
    known: dict[tuple[str, str, str], Location | Unlocated] = {}
    keys = [(q or "", c or "", a or "") for q, c, a in zip(queries, countries or blank, admin1s or blank, strict=True)]
    for key in dict.fromkeys(keys):
        known[key] = geocode(key[0], country=key[1], admin1=key[2], gazetteer=gazetteer)
    return [known[key] for key in keys]


def _fields(result: Location | Unlocated) -> dict[str, Any]:
    located = isinstance(result, Location)
    names = ("name", "lon", "lat", "precision", "radius_km", "country", "admin1", "place_id", "score", "method")
    fields: dict[str, Any] = {"status": "located" if located else "unlocated"}
    fields |= {
        name: (getattr(result, name) or None) if located and name in {"admin1", "country"} else getattr(result, name, None)
        for name in names
    }
    return fields


def as_record(query: str, result: Location | Unlocated) -> dict[str, Any]:
    """Give a result as `mapper geocode` prints it; what is not known is None."""
    reason = result.reason if isinstance(result, Unlocated) else None
    return {"query": query, **_fields(result), "reason": reason, "candidates": _listed(result)}


def as_place_record(mention: Mention, result: Location | Unlocated) -> dict[str, Any]:
    """Give a mention and its result as `mapper places` prints them."""
    fields = {"text": mention.text, "start": mention.start, "end": mention.end, **_fields(result)}
    return {**fields, "candidates": _listed(result)}


def _listed(result: Location | Unlocated) -> list[dict[str, Any]]:
    # By hand: dataclasses.asdict copies deeply, which takes longer than the lookup.
    return [{name: getattr(candidate, name) for name in Candidate.__slots__} for candidate in result.candidates]
