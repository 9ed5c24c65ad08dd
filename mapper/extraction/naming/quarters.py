"""Districts of a city by their names: "у Дарницькому районі", "im Stadtteil Saltiwka". Each is read as its city.

The name of a housing estate beside that of a town ("у мікрорайоні Артема") and that of a district "of the city" are no
places of their own.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from mapper.extraction.naming.endings import endings
from mapper.extraction.naming.mentions import Match
from mapper.extraction.naming.words import cues_of
from mapper.gazetteer.names import cues
from mapper.gazetteer.place import GUESSED

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from mapper.extraction.naming.passage import Passage
    from mapper.gazetteer.index import Named

__all__ = ["name_quarters"]

#: How many characters may stand between a city and its district in one sentence.
_BESIDE = 80
_SENTENCE_END = re.compile(r"[.!?]\s|\n")
_LISTS = frozenset(
    {"nouns_after", "nouns_before", "alone", "only_named", "anywhere", "estates", "of_city", "bare_before", "bare_verb_endings"}
)


def name_quarters(
    p: Passage, matches: Sequence[Match], taken: Collection[int], raions: Collection[int] = (), titled: Collection[str] = ()
) -> list[Match]:
    """Read the names of districts as the city that each is a part of, where it is known which.

    Parameters
    ----------
    taken
        Numbers of words that are spoken for.
    raions
        Those that name a raion, unless the sentence names a city with a district of that name.
    titled
        Names of the places that the title of the text names.
    """
    in_title = {one.place.name: name for name in titled for one in p.gazetteer.matches(name)[:3] if _is_town(one)}
    named = [*((-1, name) for name in in_title), *((m.first, one.place.name) for m in matches for one in m.found[:3] if _is_town(one))]
    areas = _areas(p, matches, titled)
    around = areas | {one.place.admin1 for m in matches for one in m.found[:1] if _is_town(one)}
    found: list[Match] = []
    inside = _unnamed(p, matches, {*taken, *raions}, in_title)
    for k, token in enumerate(p.tokens):
        if not token.upper or k in taken or not (cities := _cities(token.lower)):
            continue
        bare = not _is_quarter(p, k)
        if bare and not _is_bare(p, k):
            continue
        meant = [city for city in cities if any(city == name for _, name in named)]
        if bare:
            told = _told_last(matches, k, inside) or set(in_title)
            meant = [city for city in cities if city in told][:1]
            if not meant:
                continue
        regional = [] if meant else [city for city in cities if _area(p, city) in areas]
        if len(regional) == 1 and not (k in raions and any(m.first == k and _lies_in(m, areas) for m in matches)):
            meant = regional  # "The Kherson military administration: in the Korabelnyi district, ..."
        elif (
            k in raions
            and not any(_is_beside(p, k, m) for m in matches for one in m.found[:3] if one.place.name in meant and one.rank < 2)
            and not (meant and any(m.first == k and not _lies_in(m, around) for m in matches))
            and (len(meant) != 1 or any(m.first == k and _lies_in(m, around) for m in matches))
        ):
            continue  # but for "Good evening, Kherson! ... In the Dniprovskyi district": a raion of another region
        if len(meant) > 1:  # the one told of last
            before = [name for first, name in named if first < k and name in meant]
            meant = before[-1:]
        if not meant and (len(cities) > 1 or (token.lower.startswith(_words("only_named")) and not _is_of_city(p, k))):
            continue
        city = meant[0] if meant else cities[0]
        places = tuple(one for one in p.gazetteer.matches(city) if one.place.kind == "settlement" and one.rank == 0)
        inside.add(k)
        said = [m for m in matches if any(one.place.id == places[0].place.id and one.rank < 2 for one in m.found)]
        if any(_is_beside(p, k, match) for match in said):
            continue
        # By the name that the text, or its title, has for the city elsewhere.
        name = said[0].name if said else in_title.get(city, city)
        last = k + 2 if p.tokens[k + 1 : k + 2] and p.tokens[k + 1].lower in _words("nouns_after") else k + 1
        match = Match(k, k + 1, name, places, strong=True, kind="settlement", cue_end=p.tokens[last - 1].full_end, said=city)
        match.role = "quarter"
        found.append(match)
    return sorted([*(one for one in matches if not inside & set(range(one.first, one.last))), *found], key=lambda one: one.first)


def _areas(p: Passage, matches: Sequence[Match], titled: Collection[str]) -> frozenset[str]:
    """Give the codes of the admin-1 areas that a text and its title name, as such or in the name of an office."""
    first = [*(one for m in matches for one in m.found[:1]), *(one for name in titled for one in p.gazetteer.matches(name)[:1])]
    return frozenset(one.place.admin1 for one in first if one.place.kind == "admin1" and one.rank < GUESSED)


def _area(p: Passage, city: str) -> str:
    return next((one.place.admin1 for one in p.gazetteer.matches(city) if one.place.kind == "settlement" and one.rank == 0), "")


def _lies_in(raion: Match, areas: Collection[str]) -> bool:
    return any(one.place.kind == "admin2" and one.place.admin1 in areas for one in raion.found)


def _is_town(one: Named) -> bool:
    return one.place.kind == "settlement" and one.rank < 2


def _unnamed(p: Passage, matches: Sequence[Match], taken: Collection[int], titled: Collection[str]) -> set[int]:
    """Give the words that name an estate of a town which the text, or its title, names, or a district of "the city"."""
    towns = {*titled} | {
        one.place.name for m in matches for one in m.found[:3] if _is_town(one) and not _is_estate(p, m) and not _is_upon(p, m)
    }
    return {
        m.first
        for m in matches
        if m.first not in taken
        and (
            _is_of_city(p, m.last - 1)
            or _is_the_city_s(p, m)
            or ((_is_estate(p, m) or _is_upon(p, m)) and towns and all(one.place.name not in towns for one in m.found[:1]))
        )
    }


def _is_estate(p: Passage, match: Match) -> bool:
    """Tell whether the noun of a housing estate stands beside a name: "мікрорайон Артема", "в Западном жилмассиве"."""
    beside = [k for k, joint in ((match.first - 1, match.first), (match.last, match.last)) if 0 <= k < len(p.tokens) and p.adjacent(joint)]
    if match.last in beside and p.tokens[match.last + 1 : match.last + 2] and p.tokens[match.last + 1].upper and p.adjacent(match.last + 1):
        beside.remove(match.last)  # "im Charkiwer Stadtteil Saltiwka": the noun of another name
    return any(p.tokens[k].lower.startswith(_words("estates")) for k in beside)


def _is_upon(p: Passage, match: Match) -> bool:
    """Tell whether something was "on" what has the name of a village, as one speaks of an estate: "на Салтівці"."""
    k, said = match.first, p.language.listed
    if k == 0 or p.tokens[k - 1].lower not in said("names", "upon") or not p.adjacent(k) or match.last - k > 1:
        return False
    named = [one.place.kind for one in match.found if one.rank < GUESSED]
    word, goes_on = p.tokens[k].lower, k + 1 < len(p.tokens) and p.adjacent(k + 1)
    # "на Покровському напрямку": an adjective is a name only where no noun follows
    locative = word.endswith(said("names", "upon_endings")) or (word.endswith(said("names", "upon_adjective_endings")) and not goes_on)
    return locative and set(named or ["settlement"]) == {"settlement"}


def _is_of_city(p: Passage, k: int) -> bool:
    """Tell whether a name is said to be that of a district of the city: "у Зарічному районі міста"."""
    after = [token.lower for token in p.tokens[k + 1 : k + 5]]
    between = 2 if after[1:3] == ["of", "the"] else 0  # "the Zarichnyi district of the city"
    noun, city = (after[0], after[1 + between : 2 + between]) if after else ("", [])
    return noun in _words("nouns_after") and bool(city) and city[0] in _words("of_city") and p.adjacent(k + 2)


def _is_the_city_s(p: Passage, match: Match) -> bool:
    """Tell whether a name is that of "the city's Gagarin district"."""
    before, after = p.tokens[match.first - 1] if match.first else None, p.tokens[match.last] if match.last < len(p.tokens) else None
    owned = before is not None and before.possessive and before.lower in _words("of_city")
    return owned and after is not None and after.lower in _words("nouns_after")


def _is_beside(p: Passage, k: int, city: Match) -> bool:
    """Tell whether a sentence names the city itself beside its district: "in Sumy ... im Stadtteil Saritschnyj"."""
    first, last = sorted([k, city.first])
    return (
        first != last
        and p.tokens[last].start - p.tokens[first].end <= _BESIDE
        and not _SENTENCE_END.search(p.text, p.tokens[first].end, p.tokens[last].start)
    )


def _is_quarter(p: Passage, k: int) -> bool:
    return _noun_after(p, k) or _noun_before(p, k) or p.tokens[k].lower.startswith(_words("alone"))


def _is_bare(p: Passage, k: int) -> bool:
    """Tell whether a name says where, alone or in a list of such, without the noun: "В Киевском и Шевченковском повреждены дома"."""
    first = last = k
    while first and _is_locative(p, first) and (before := _goes_on_from(p, first)) is not None:
        first = before
    while (after := next((j for j in (last + 1, last + 2) if j < len(p.tokens) and _goes_on_from(p, j) == last), None)) is not None:
        last = after
    within = first > 0 and p.tokens[first - 1].lower in _words("bare_before") and p.adjacent(first)
    behind = p.tokens[last + 1] if last + 1 < len(p.tokens) and p.adjacent(last + 1) else None
    noun = behind is not None and (
        behind.upper or (behind.lower.endswith(endings("located_nouns")) and not behind.lower.endswith(_words("bare_verb_endings")))
    )
    return within and _is_locative(p, k) and not noun


def _is_locative(p: Passage, k: int) -> bool:
    return p.tokens[k].upper and p.tokens[k].lower.endswith(endings("locative")) and bool(_cities(p.tokens[k].lower))


def _goes_on_from(p: Passage, k: int) -> int | None:
    """Give the name of a district that stands before another in a list."""
    joint = k > 1 and p.tokens[k - 1].lower in cues_of("lists", "joints") and p.adjacent(k)
    before = k - 2 if joint else k - 1
    gap = p.text[p.tokens[before].full_end : p.tokens[before + 1].start] if before >= 0 else ""
    return before if gap == (" " if joint else ", ") and _is_locative(p, before) and _is_locative(p, k) else None


def _told_last(matches: Sequence[Match], k: int, inside: Collection[int]) -> set[str]:
    """Give the names of the town that is told of last before a word, and is none of those read as a district."""
    towns = ({one.place.name for one in m.found[:3] if _is_town(one)} for m in reversed(matches) if m.first < k and m.first not in inside)
    return next((names for names in towns if names), set())


def _noun_after(p: Passage, k: int) -> bool:
    """Tell whether the noun of districts follows a name, or the rest of a list: "в Деснянском, Подольском и Святошинском районах"."""
    for after in range(k + 1, len(p.tokens)):
        token, gap = p.tokens[after], p.text[p.tokens[after - 1].full_end : p.tokens[after].start]
        if gap == " " and token.lower in _words("nouns_after"):
            return True
        if not (gap == " " and token.lower in cues_of("lists", "joints")) and not (gap in {" ", ", "} and _cities(token.lower)):
            return False
    return False


def _noun_before(p: Passage, k: int) -> bool:
    if k == 0 or not p.adjacent(k):
        return False
    before = [token.lower for token in p.tokens[max(0, k - 2) : k]]
    return before[-1] in _words("nouns_before") or " ".join(before) in _words("nouns_before")


@cache
def _words(key: str) -> tuple[str, ...]:
    return tuple(cues()["quarters"][key])


@cache
def _beginnings() -> Mapping[str, tuple[str, ...]]:
    return {city: tuple(listed) for city, listed in cues()["quarters"].items() if city not in _LISTS}


@cache
def _cities(word: str) -> tuple[str, ...]:
    return tuple(city for city, beginnings in _beginnings().items() if word.startswith(beginnings))
