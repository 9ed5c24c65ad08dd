"""Capitals by their noun: "the Ukrainian capital", "Russia's capital", "the capital of Ukraine"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from mapper.extraction.naming.mentions import Match, has
from mapper.extraction.naming.passage import AT_WAR
from mapper.extraction.naming.words import any_of, cue_words, cues_of
from mapper.gazetteer.names import cues, is_cyrillic

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from mapper.extraction.naming.passage import Passage
    from mapper.gazetteer.index import Place

__all__ = ["name_capitals"]

#: In whose reports "the capital" is that of one country.
_READERS = {"uk": "UA"}


def name_capitals(p: Passage, matches: list[Match], taken: Collection[int], titled: Collection[str] = ()) -> list[Match]:
    """Read "the Ukrainian capital", "Russia's capital" and "the capital of Ukraine" as the city, where its name does not follow.

    Parameters
    ----------
    taken
        Numbers of words that are spoken for.
    titled
        Names of the places in the text's title.
    """
    for k, token in enumerate(p.tokens):
        if (name := p.words.bynames.get(token.lower)) and (match := _by_name(p, k, name, matches, titled)) and k not in taken:
            matches = sorted([*matches, match], key=lambda other: other.first)
        elif (
            (name := p.words.letters.get(token.text))
            and not token.joined
            and k not in taken
            and p.text[token.start - 1 : token.start] != "("
        ):
            longer = any(m.first <= k < m.last and m.last - m.first > 1 for m in matches)  # "порт Крым"
            matches = matches if longer else sorted([*(m for m in matches if m.first != k), _area(p, k, name)], key=lambda m: m.first)
        regional, area = _regional(p, k)
        if not (regional or token.lower in p.words.capitals) or k == 0 or k in taken:
            continue
        if regional:
            first, last, country = k, k + regional, ""
            capital = _seat(p, matches, k, area)
        else:
            first, last, country = _capital_phrase(p, matches, k)
            if republic := _of_republic(p, matches, k):
                last, capital = republic
            else:
                country = country or _named_capital(p, matches, k)
                capital = _capital_of(p, country) if country else None
        following = next((match for match in matches if match.first >= last), None)
        if capital is None or any(j in taken for j in range(first, last)):
            continue
        beside = following and _gap().fullmatch(p.text[p.tokens[last - 1].full_end : p.tokens[following.first].start])
        if following and beside and (area != "admin2" or any(one.place.id == capital.id for one in following.found)):
            continue  # "in the capital, Kyiv"; "the raion's seat, the Marhanets and Pokrov hromadas" are several
        found = tuple(named for named in p.gazetteer.matches(capital.name) if named.place.id == capital.id)
        place = p.gazetteer.place(f"country:{country}") if country else None
        # By the name that the text has for it elsewhere: "die ukrainische Hauptstadt", "in Kiew".
        said = (m.name for m in matches if any(one.place.id == capital.id and one.rank < 2 for one in m.found))
        match = Match(first, last, next(said, capital.name), found, strong=True, kind="settlement", cue_end=p.tokens[last - 1].full_end)
        match.said, match.within = capital.name, [place.name] if place else []
        matches = [other for other in matches if other.last <= first or other.first >= last]
        matches = sorted([*matches, match], key=lambda other: other.first)
    return matches


@cache
def _gap() -> re.Pattern[str]:
    """Match what stands between the noun of a capital and its name."""
    return re.compile(rf",? (?:(?:{any_of('capitals', 'before_name')}|-) )?|, the city of ")


def _by_name(p: Passage, k: int, name: str, matches: Sequence[Match], titled: Collection[str]) -> Match | None:
    """Read a noun such as "the peninsula" as the area it stands for, if the text names that or a town of it, and the noun no other."""
    found = next((one for one in p.gazetteer.matches(name) if one.place.kind == "admin1" and one.rank < 2), None)
    if found is None:
        return None
    before, after = p.tokens[k - 1] if k else None, p.tokens[k + 1] if k + 1 < len(p.tokens) else None
    beside = (before and before.upper and not before.initial and p.adjacent(k)) or (after and after.upper and p.adjacent(k + 1))
    if beside or not (_is_named(p, found.place, titled) or any(_is_town_of(m, found.place) for m in matches)):
        return None
    return _area(p, k, name)


def _is_named(p: Passage, area: Place, titled: Collection[str]) -> bool:
    names = (*(token.text for token in p.tokens if token.upper), *titled)
    return any(one.place.id == area.id for name in names for one in p.gazetteer.matches(name))


def _is_town_of(match: Match, area: Place) -> bool:
    """Tell whether the largest place of a name is a town of an area."""
    towns = [one.place for one in match.found if one.rank < 2]
    largest = max(towns, key=lambda place: place.population, default=None)
    return largest is not None and largest.kind == "settlement" and largest.admin1 == area.admin1 and match.strong


def _area(p: Passage, k: int, name: str) -> Match:
    found = tuple(one for one in p.gazetteer.matches(name) if one.place.kind == "admin1" and one.rank < 2)
    return Match(k, k + 1, name, found, strong=True, kind="admin1", cue_end=p.tokens[k].full_end, said=name)


def _named_capital(p: Passage, matches: Sequence[Match], k: int) -> str:
    """Give the country of the capital that a text names, of several that named last before, for "у столиці", "die Hauptstadt".

    One that is named after it only is meant if it is a capital at war: not Abu Dhabi, where envoys are to meet. Where a text
    names none, it is the one of its readers.
    """
    if (
        p.tokens[k - 1].lower not in cues_of("capitals", "prepositions") | p.words.capital_articles
        or not p.adjacent(k)
        or (k + 1 < len(p.tokens) and p.tokens[k + 1].upper and p.adjacent(k + 1))
    ):
        return ""
    named = [(m.first, one.place.country) for m in matches for one in m.found if one.place.id in p.gazetteer.capitals and one.rank < 2]
    before = [country for first, country in named if first < k]
    after = {country for _, country in named} & AT_WAR
    if before or len(after) == 1:
        return before[-1] if before else after.pop()
    return "" if named else _READERS.get(p.lang, "") or _country_told(p, matches, k)


def _country_told(p: Passage, matches: Sequence[Match], k: int) -> str:
    """Give the one country at war that a text says something was in: "Ракеты ударили по Украине. В столице ..."."""
    told = {
        _country_code(m)
        for m in matches
        if m.first < k and m.first and p.tokens[m.first - 1].lower in cues_of("capitals", "prepositions") and p.adjacent(m.first)
    }
    at_war = told & AT_WAR
    return at_war.pop() if len(at_war) == 1 else ""


def _country_of(adjective: str) -> str:
    """Give the country at war of an adjective in any case: "украинской столице"."""
    return next((code for begins, code in cues()["capitals"]["countries"].items() if adjective.startswith(begins)), "")


def _capital_phrase(p: Passage, matches: Sequence[Match], k: int) -> tuple[int, int, str]:
    before = p.tokens[k - 1]
    if p.text[before.full_end : p.tokens[k].start] == " ":
        if code := p.words.adjectives.get(before.lower) or _country_of(before.lower):
            return k - 1, k + 1, code
        owner = next((match for match in matches if match.last == k and before.possessive), None)
        if owner and (code := _country_code(owner)):
            return owner.first, k + 1, code
    after = next((match for match in matches if match.first > k), None)
    if after and p.text[p.tokens[k].full_end : p.tokens[after.first].start] in {" ", *(f" {word} " for word in cues_of("capitals", "of"))}:
        said_so = p.text[p.tokens[k].full_end : p.tokens[after.first].start] != " " or is_cyrillic(after.name)
        if said_so and (code := _country_code(after)):
            return k, after.last, code
    return k, k + 1, ""


def _of_republic(p: Passage, matches: Sequence[Match], k: int) -> tuple[int, Place] | None:
    """Give the capital of a republic that is no country, and where its phrase ends: "the capital of Tatarstan", "столица Чувашии"."""
    after = next((match for match in matches if match.first > k), None)
    gap = p.text[p.tokens[k].full_end : p.tokens[after.first].start] if after else ""
    if after is None or not _to_republic().fullmatch(gap):
        return None
    areas = (one.place for one in after.found if one.place.kind == "admin1" and one.rank < 2 and has(after, "admin1"))
    for code in (area.admin1 for area in areas if area.admin1 in cues()["capitals"]["seats"]):
        towns = [one.place for one in p.gazetteer.matches(cues()["capitals"]["seats"][code]) if one.place.kind == "settlement"]
        if inside := [town for town in towns if town.admin1 == code]:
            return after.last, max(inside, key=lambda town: (town.population, town.id))
    return None


@cache
def _to_republic() -> re.Pattern[str]:
    return re.compile(rf"{any_of('capitals', 'of_republic_patterns')} ", re.IGNORECASE)


def _regional(p: Passage, k: int) -> tuple[int, str]:
    """Count the words that begin here and mean the seat of an area, and give its kind; 0 for none."""
    one = p.tokens[k].lower
    if one not in _begin_seats():
        return 0, ""
    two = f"{one} {p.tokens[k + 1].lower}" if k + 1 < len(p.tokens) and p.adjacent(k + 1) else ""
    for kind, seats in (("admin1", p.words.regional_capitals), ("admin2", p.words.raion_capitals)):
        if one in seats or two in seats:
            return (1 if one in seats else 2), kind
    return 0, ""


@cache
def _begin_seats() -> frozenset[str]:
    """Give the first words of what means the seat of an area."""
    words = cue_words()
    return frozenset(seat.partition(" ")[0] for seat in words.regional_capitals | words.raion_capitals)


def _seat(p: Passage, matches: Sequence[Match], k: int, kind: str) -> Place | None:
    """Give the town that bears the name of the region, or the raion, told of last."""
    before = [m for m in matches if m.first < k and (_is_region(p, m) if kind == "admin1" else has(m, kind))]
    areas = [one.place for match in before[-1:] for one in match.found if one.place.kind == kind and one.rank < 2]
    names = {area.name.split(" ")[0] for area in areas}
    towns = [one.place for name in sorted(names) for one in p.gazetteer.matches(name) if one.place.kind == "settlement" and one.rank < 2]
    inside = [town for town in towns if any(p.gazetteer.contains(area, town) for area in areas)]
    if kind == "admin2" and not inside:
        # "the Nikopol district": the name is the town's own
        named = [m for m in matches if m.first < k and any(token.lower in p.words.raions for token in p.after(m, 1))]
        inside = [f.place for m in named[-1:] for f in m.found if f.place.kind == "settlement" and f.rank < 2 and f.place.country in AT_WAR]
    return max(inside, key=lambda town: (town.population, town.id), default=None)


def _is_region(p: Passage, match: Match) -> bool:
    if not has(match, "admin1"):
        return False
    beside = {*p.before(match, 1), *(token.lower for token in p.after(match, 1))}
    return match.kind == "admin1" or not has(match, "settlement") or bool(beside & (p.words.admin1_before | p.words.admin1_after))


def _country_code(match: Match) -> str:
    return next((named.place.country for named in match.found if named.place.kind == "country" and named.rank < 2), "")


def _capital_of(p: Passage, country: str) -> Place | None:
    seats = (p.gazetteer.place(seat) for seat in p.gazetteer.capitals)
    return next((seat for seat in seats if seat and seat.country == country), None)
