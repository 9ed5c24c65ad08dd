"""Places in words that German makes of their names: "die Schwarzmeerküste", "im Tschuhujiwer Kreis", "ein Charkiwer Hotel"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapper.extraction.naming.mentions import Match
from mapper.extraction.naming.passage import AT_WAR
from mapper.extraction.naming.seats import raion_of
from mapper.extraction.naming.words import cues_of
from mapper.gazetteer.names import cues
from mapper.gazetteer.place import GUESSED

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from mapper.extraction.naming.passage import Passage
    from mapper.extraction.naming.words import Token
    from mapper.gazetteer.index import Named

__all__ = ["find_compounds"]

#: A town that others are named after is no hamlet.
_TOWN = 2_000
#: How many words before a coast its preposition may stand: "vor der türkischen Schwarzmeerküste".
_LEADING = 3


def find_compounds(p: Passage, persons: Collection[int]) -> dict[int, Match]:
    """Find the words that are made of the name of a sea and its coast, or of a town and stand before a noun for its parts, by their number.

    Parameters
    ----------
    persons
        The words of persons' names.
    """
    if p.lang not in cues()["compounds"]:
        return {}
    found = {k: _coast(p, k) or _adjective(p, k) for k, token in enumerate(p.tokens) if token.upper and k not in persons}
    return {k: match for k, match in found.items() if match}


def _coast(p: Passage, k: int) -> Match | None:
    """Read a coast that something was over or off as the sea: "über der Schwarzmeerküste"; on it lie towns."""
    token, listed = p.tokens[k], _listed(p)
    sea = next((sea for sea in listed["seas"] if token.lower.startswith(sea)), "")
    if not sea or token.lower.removeprefix(sea).lstrip("-") not in listed["coasts"] or _goes_on(p, k):
        return None
    if not any(before.lower in listed["before"] for before in p.tokens[max(0, k - _LEADING) : k]):
        return None
    name = listed["seas"][sea]
    return Match(k, k + 1, name, p.gazetteer.matches(name), strong=True, cue_end=token.full_end, said=name)


def _goes_on(p: Passage, k: int) -> bool:
    """Tell whether a coast is said to be that of a place: "an der Schwarzmeerküste bei Odessa"."""
    beside = k + 2 < len(p.tokens) and p.adjacent(k + 1) and p.tokens[k + 1].lower in _listed(p)["beside"]
    return beside and p.tokens[k + 2].upper


def _adjective(p: Passage, k: int) -> Match | None:
    """Read the adjective of a town as its raion or region, or before the name of its quarter or a site in it as the town."""
    token, noun, name = (p.tokens[at] if at < len(p.tokens) and p.adjacent(at) else None for at in (k, k + 1, k + 2))
    if token is None or noun is None or not token.lower.endswith(_listed(p)["adjective"]):
        return None
    bare = token.text[: -len(_listed(p)["adjective"])]
    towns = tuple(one for one in p.gazetteer.matches(bare) if _is_town(one))
    if not towns:
        return None
    care = p.language.part("places", "care_nouns").fullmatch(noun.lower)  # "in ein Kursker Krankenhaus gebracht"
    site = noun.upper and not _is_name(name) and not care and noun.lower.endswith(p.language.listed("genitives", "sites"))
    if site or (noun.lower in cues_of("quarters", "nouns_before") and _is_name(name)):
        return Match(k, k + 1, bare, towns, strong=True, kind="settlement", cue_end=token.full_end)
    if noun.lower in p.words.smaller_before:
        raion, areas = raion_of(bare, towns, p.gazetteer)
        if areas:
            return Match(k, k + 2, raion, areas, strong=True, kind="admin2", cue_end=noun.full_end, said=raion)
        return Match(k, k + 2, bare, towns, strong=True, kind="settlement", near=True, cue_end=noun.full_end)
    regions = tuple(one for one in p.gazetteer.matches(bare) if one.place.kind == "admin1" and one.place.country in AT_WAR)
    if noun.lower in _listed(p)["regions"] and regions:
        return Match(k, k + 2, bare, regions, strong=True, kind="admin1", cue_end=noun.full_end, said=regions[0].place.name)
    return None


def _is_name(token: Token | None) -> bool:
    return token is not None and token.upper


def _is_town(one: Named) -> bool:
    place = one.place
    return one.rank < GUESSED and place.kind == "settlement" and place.country in AT_WAR and place.population >= _TOWN


def _listed(p: Passage) -> Mapping[str, Any]:
    listed: Mapping[str, Any] = cues()["compounds"][p.lang]
    return listed
