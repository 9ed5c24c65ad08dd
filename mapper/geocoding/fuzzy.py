"""Misspelt names: the likest names of one country, asked only where country or area is known and the name is long enough.

The names of a country are listed by their first letter and length when they are first asked for; a letter more, less or other is
forgiven in a name of five letters, two in one of nine. Two names equally like give both, and leave the choice to the
rest of the evidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from mapper.gazetteer.index import Named
from mapper.gazetteer.names import fold, romanise

if TYPE_CHECKING:
    from collections.abc import Collection

    from mapper.gazetteer.index import Gazetteer

__all__ = ["likest"]

_SHORTEST = 5
_LONG = 9
_KEYS: WeakKeyDictionary[Gazetteer, dict[str, dict[tuple[str, int], list[str]]]] = WeakKeyDictionary()


def likest(name: str, country: str, gazetteer: Gazetteer, *, admin1: Collection[str] = ()) -> tuple[Named, ...]:
    """Give the places of a country whose names are likest to an unknown one; none if none is like enough.

    Parameters
    ----------
    country
        ISO 3166-1 code.
    admin1
        Codes of areas; a place elsewhere is no answer.
    """
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    found: tuple[Named, ...] = ()
    for key in dict.fromkeys([fold(name), *(fold(spelling) for spelling in romanise(name)[:1])]):
        if len(key) < _SHORTEST:
            continue
        allowed = 2 if len(key) >= _LONG else 1
        others = [other for size in range(len(key) - allowed, len(key) + allowed + 1) for other in _keys(gazetteer, country, key[0], size)]
        near = extract(key, others, scorer=OSA.distance, score_cutoff=allowed, limit=20)
        best = allowed
        for other, distance, _ in near:
            if distance > best:
                break
            named = tuple(
                Named(one.place, max(one.rank, 1), "misspelt")
                for one in gazetteer.matches(other)
                if one.place.country == country and one.via == "name" and (not admin1 or one.place.admin1 in admin1)
            )
            if named:
                found, best = found + named, distance
    return tuple({one.place.id: one for one in reversed(found)}.values())


def _keys(gazetteer: Gazetteer, country: str, letter: str, size: int) -> list[str]:
    """List the names of a country by first letter and length; all are sorted out when the first is asked for."""
    known = _KEYS.setdefault(gazetteer, {})
    if country not in known:
        sorted_out: dict[tuple[str, int], list[str]] = {}
        for key in sorted(set(gazetteer.keys_of_country(country))):
            sorted_out.setdefault((key[:1], len(key)), []).append(key)
        known[country] = sorted_out
    return known[country].get((letter, size), [])
