"""The genitive of the name of a town, where it has an ending of its own, as in German: "im Zentrum Charkiws", "nördlich Wowtschansks".

Before the noun for a part of it or a site in it, it is read as well: "Odessas Hafen", "Kramatorsks Markthalle".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.extraction.naming.mentions import Match
from mapper.extraction.naming.passage import AT_WAR
from mapper.gazetteer.names import fold

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from mapper.extraction.naming.passage import Passage
    from mapper.extraction.naming.words import Token
    from mapper.gazetteer.index import Named

__all__ = ["find_genitives"]

#: A name of so many letters with its ending; a shorter one is as well another word.
_SHORTEST = 5
_KINDS = frozenset({"settlement", "admin1"})
_TOWN = 5_000


def find_genitives(passage: Passage, persons: AbstractSet[int]) -> dict[int, Match]:
    """Find the towns and regions that stand in the genitive, by their word, and leave the ending out of that.

    Parameters
    ----------
    persons
        The words of persons' names.
    """
    found: dict[int, Match] = {}
    ending = passage.language.table("genitives")["ending"]
    if not ending:
        return found
    no_place = passage.words.given | passage.words.stop | passage.words.surnames
    for i, token in enumerate(passage.tokens):
        if i not in persons and token.upper and token.text.endswith(ending) and len(token.text) >= _SHORTEST and _has_genitive(passage, i):
            bare = token.text.removesuffix(ending)
            places = tuple(one for one in passage.gazetteer.matches(bare) if _is_known(one))
            if places and _is_meant(passage, i, places) and not passage.knows(fold(token.text))[0] and bare.lower() not in no_place:
                passage.tokens[i] = token._replace(text=bare, lower=bare.lower(), end=token.start + len(bare))
                near = i > 0 and passage.tokens[i - 1].lower.endswith(_words(passage, "directions"))
                found[i] = Match(i, i + 1, bare, places, passage.is_strong(places), near=near, cue_end=token.start + len(bare))
    return found


def _has_genitive(passage: Passage, i: int) -> bool:
    if passage.tokens[i].joined:
        return False
    if _is_before_part(passage, i):
        return True
    before = passage.tokens[i - 1]
    if not i or not passage.adjacent(i):
        return False
    if before.lower in _words(passage, "within"):
        return i + 1 < len(passage.tokens) and _is_noun(passage.tokens[i + 1]) and passage.adjacent(i + 1)
    return (
        before.lower in _words(passage, "beside")
        or before.lower.endswith(_words(passage, "directions"))
        or (_is_noun(before) and not before.initial)
    )


def _is_meant(passage: Passage, i: int, places: tuple[Named, ...]) -> bool:
    """Tell whether a genitive is that of a town: of a capital only beside the noun for a part of it."""
    capital = any(one.place.id in passage.gazetteer.capitals for one in places)
    return (
        not capital
        or (i > 0 and passage.tokens[i - 1].lower.endswith(_words(passage, "parts")))
        or (i > 0 and passage.tokens[i - 1].lower in _words(passage, "beside"))
        or _is_before_part(passage, i)
    )


def _is_before_part(passage: Passage, i: int) -> bool:
    """Tell whether a genitive stands before the noun for a part of a town or a site in it: "Odessas Hafen"."""
    if i + 1 >= len(passage.tokens) or not passage.adjacent(i + 1) or not _is_noun(passage.tokens[i + 1]):
        return False
    return passage.tokens[i + 1].lower.endswith(_words(passage, "sites"))


def _is_noun(token: Token) -> bool:
    return token.upper and not token.joined


def _is_known(one: Named) -> bool:
    place = one.place
    return one.rank < 2 and place.country in AT_WAR and place.kind in _KINDS and (place.kind == "admin1" or place.population >= _TOWN)


def _words(passage: Passage, key: str) -> tuple[str, ...]:
    return passage.language.listed("genitives", key)
