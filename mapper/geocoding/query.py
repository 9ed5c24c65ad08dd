"""Geocoding of queries, one or a column of them, and the records that the command line prints."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from mapper.gazetteer.names import fold
from mapper.geocoding.choosing import Context, is_person, resolve
from mapper.geocoding.location import Location, Unlocated
from mapper.geocoding.phrases import read_phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.extraction.toponyms import Mention
    from mapper.gazetteer.index import Gazetteer

__all__ = ["as_place_record", "as_record", "geocode", "geocode_columns"]


def geocode(query: str, *, country: str | None = None, admin1: str | None = None, gazetteer: Gazetteer) -> Location | Unlocated:
    """Find the place of a free query: "Sumy", "Kursk region", "Pokrovsk, Donetsk Oblast", "12 km north of Sumy".

    Parameters
    ----------
    country
        ISO 3166-1 code or name in any language; no answer lies outside.
    admin1
        ISO 3166-2 code or name in any language, with or without "oblast"; no answer lies outside.
    """
    query = query.strip()
    if not fold(query):
        return Unlocated(query, "the query is empty" if not query else f"the query {query!r} has no letters")
    code = ""
    if country and country.strip():
        code = _country_code(country, gazetteer)
        if not code:
            return Unlocated(query, f"no country {country.strip()!r}: give its ISO code of two letters, or its name")
    areas: frozenset[str] = frozenset()
    if admin1 and admin1.strip():
        areas = _area_codes(admin1, code, gazetteer)
        if not areas:
            where = f" in {code}" if code else ""
            return Unlocated(query, f"no region {admin1.strip()!r}{where}: give its ISO 3166-2 code, or its name")
    if is_person(query) and not gazetteer.matches(query):
        return Unlocated(query, f"{query} is a title and the name of a person, not a place")
    context = Context(country=code, admin1=areas)
    result = resolve(read_phrase(query, gazetteer), context, gazetteer)
    if isinstance(result, Unlocated) and "," in query:
        turned = ", ".join(part.strip() for part in reversed(query.split(",")))
        other = resolve(read_phrase(turned, gazetteer), context, gazetteer)
        result = other if isinstance(other, Location) else result
    return _with_text(result, query)


def _with_text(result: Location | Unlocated, query: str) -> Location | Unlocated:
    values = {name: getattr(result, name) for name in result.__slots__}
    return type(result)(**(values | {"text": query}))


def _country_code(country: str, gazetteer: Gazetteer) -> str:
    word = country.strip()
    coded = gazetteer.coded(word)
    if coded and coded.kind == "country":
        return coded.country
    named = [place for place in gazetteer.named(word) if place.kind == "country"]
    return named[0].country if named else ""


def _area_codes(admin1: str, country: str, gazetteer: Gazetteer) -> frozenset[str]:
    word = admin1.strip()
    coded = gazetteer.coded(word)
    if coded and coded.kind == "admin1":
        return frozenset({coded.admin1}) if not country or coded.country == country else frozenset()
    phrase = read_phrase(word, gazetteer)
    places = [place for place in gazetteer.named(phrase.name) if place.kind == "admin1"]
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
    results: list[Location | Unlocated] = []
    for query, country, admin1 in zip(queries, countries or blank, admin1s or blank, strict=True):
        key = (query or "", country or "", admin1 or "")
        result = known.get(key)
        if result is None:
            result = known[key] = geocode(key[0], country=key[1], admin1=key[2], gazetteer=gazetteer)
        results.append(result)
    return results


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
    return {"query": query, **_fields(result), "reason": reason, "candidates": [asdict(candidate) for candidate in result.candidates]}


def as_place_record(mention: Mention, result: Location | Unlocated) -> dict[str, Any]:
    """Give a mention and its result as `mapper places` prints them."""
    fields = {"text": mention.text, "start": mention.start, "end": mention.end, **_fields(result)}
    return {**fields, "candidates": [asdict(candidate) for candidate in result.candidates]}
