"""Capitals by their noun: "the Ukrainian capital", "Russia's capital", "the capital of Ukraine"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapper.extraction.mentions import Match
from mapper.gazetteer.names import is_cyrillic

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from mapper.extraction.passage import Passage
    from mapper.gazetteer.index import Place

__all__ = ["name_capitals"]

_IN = frozenset({"у", "в", "на", "по", "над", "во"})
_CAPITAL_GAP = re.compile(r",? (?:of |city of |city |- )?|, the city of ")


def name_capitals(p: Passage, matches: list[Match], taken: Collection[int]) -> list[Match]:
    """Read "the Ukrainian capital", "Russia's capital" and "the capital of Ukraine" as the city, where its name does not follow.

    Parameters
    ----------
    taken
        Numbers of words that are spoken for.
    """
    for k, token in enumerate(p.tokens):
        if (name := p.words.bynames.get(token.lower)) and (match := _by_name(p, k, name)) and k not in taken:
            matches = sorted([*matches, match], key=lambda other: other.first)
        if token.lower not in p.words.capitals or k == 0 or k in taken:
            continue
        first, last, country = _capital_phrase(p, matches, k)
        country = country or _only_capital(p, matches, k)
        capital = _capital_of(p, country) if country else None
        following = next((match for match in matches if match.first >= last), None)
        if capital is None or any(j in taken for j in range(first, last)):
            continue
        if following and _CAPITAL_GAP.fullmatch(p.text[p.tokens[last - 1].full_end : p.tokens[following.first].start]):
            continue
        found = tuple(named for named in p.gazetteer.matches(capital.name) if named.place.id == capital.id)
        place = p.gazetteer.place(f"country:{country}")
        # By the name that the text has for it elsewhere: "die ukrainische Hauptstadt", "in Kiew".
        said = (m.name for m in matches if any(one.place.id == capital.id and one.rank < 2 for one in m.found))
        match = Match(first, last, next(said, capital.name), found, strong=True, kind="settlement", cue_end=p.tokens[last - 1].full_end)
        match.said, match.within = capital.name, [place.name] if place else []
        matches = [other for other in matches if other.last <= first or other.first >= last]
        matches = sorted([*matches, match], key=lambda other: other.first)
    return matches


def _by_name(p: Passage, k: int, name: str) -> Match | None:
    """Read a noun such as "the peninsula" as the area it stands for, if the text names that and no other name is beside it."""
    found = tuple(one for one in p.gazetteer.matches(name) if one.place.kind == "admin1" and one.rank < 2)
    if not found:
        return None
    named = any(one.place.id == found[0].place.id for t in p.tokens if t.upper for one in p.gazetteer.matches(t.text))
    before, after = p.tokens[k - 1] if k else None, p.tokens[k + 1] if k + 1 < len(p.tokens) else None
    beside = (before and before.upper and not before.initial and p.adjacent(k)) or (after and after.upper and p.adjacent(k + 1))
    if not named or beside:
        return None
    return Match(k, k + 1, name, found, strong=True, kind="admin1", cue_end=p.tokens[k].full_end, said=name)


def _only_capital(p: Passage, matches: Sequence[Match], k: int) -> str:
    """Give the country whose capital is the only one that a text names, for "у столиці"."""
    if p.tokens[k - 1].lower not in _IN or not p.adjacent(k) or (k + 1 < len(p.tokens) and p.tokens[k + 1].upper and p.adjacent(k + 1)):
        return ""
    named = {one.place.country for m in matches for one in m.found[:1] if one.place.id in p.gazetteer.capitals and one.rank < 2}
    return named.pop() if len(named) == 1 else ""


def _capital_phrase(p: Passage, matches: Sequence[Match], k: int) -> tuple[int, int, str]:
    before = p.tokens[k - 1]
    if p.text[before.full_end : p.tokens[k].start] == " ":
        if code := p.words.adjectives.get(before.lower):
            return k - 1, k + 1, code
        owner = next((match for match in matches if match.last == k and before.possessive), None)
        if owner and (code := _country_code(owner)):
            return owner.first, k + 1, code
    after = next((match for match in matches if match.first > k), None)
    if after and p.text[p.tokens[k].full_end : p.tokens[after.first].start] in {" of ", " von ", " "}:
        said_so = p.text[p.tokens[k].full_end : p.tokens[after.first].start] != " " or is_cyrillic(after.name)
        if said_so and (code := _country_code(after)):
            return k, after.last, code
    return k, k + 1, ""


def _country_code(match: Match) -> str:
    return next((named.place.country for named in match.found if named.place.kind == "country" and named.rank < 2), "")


def _capital_of(p: Passage, country: str) -> Place | None:
    seats = (p.gazetteer.place(seat) for seat in p.gazetteer.capitals)
    return next((seat for seat in seats if seat and seat.country == country), None)
