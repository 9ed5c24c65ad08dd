"""Which of the names of a text lie in which, and which are of one kind: "Pokrovsk, Donetsk Oblast", "the Bryansk and Kursk regions"."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from mapper.extraction.naming.mentions import AREAS, TOWNS, has
from mapper.extraction.naming.placecues import is_of_land, read_raion
from mapper.extraction.naming.words import any_of
from mapper.extraction.wording.vocabulary import Vocabulary
from mapper.extraction.wording.wordlist import alternatives
from mapper.gazetteer.names import cues, is_cyrillic
from mapper.gazetteer.place import apart_km

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapper.extraction.naming.mentions import Match
    from mapper.extraction.naming.passage import Passage

__all__ = ["read_containers", "spread_lists"]

_BIG = 100_000
#: How far from its town a district reaches, about.
_DISTRICT_KM = 50.0
_TOWN = 10_000
#: How many words before an area its sentence may begin.
_OPENING = 2
#: "to the north of the"
_DIRECTION_WORDS = 5
#: How many of what is counted were over a region: "the Bryansk (43) and Kaluga (26) regions".
_COUNT_BESIDE = re.compile(r"\s\(\d+\)\s(\w+)")
#: How many characters before a name say of how many a count is there.
_LEAD = 40
#: How many characters at most stand between two regions of a count: a longer text may be matched in more ways than can be tried.
_BETWEEN = 120
_CLOSING_QUOTES = frozenset('»"”')


@cache
def _over(group: str = "") -> str:
    return rf"(?{group or ':'}{any_of('containers', 'over')})"


@cache
def _count_gap() -> re.Pattern[str]:
    """Match what stands between the regions of a count: "..., 12 over", "... and the rest over", "... abgefangen worden, 12 über"."""
    joint, counted = any_of("lists", "and"), any_of("containers", "counted")
    return re.compile(
        rf"(?:(?: [^\W\d]+){{0,4}}[,;])?\s*(?:{joint} )?{counted}(?: [a-zа-яіїєґ]+){{0,2}}(?: [—–-])? {_over('P<over>')} (?:the )?"
    )


@cache
def _tally_gap(lang: str) -> re.Pattern[str]:
    """Match what stands between the regions of a count that is told otherwise: " alone accounted for 43 of them, followed by "."""
    counts, counted = Vocabulary.load(lang).table("counts"), any_of("containers", "counted")
    said = alternatives([*counts["tally_patterns"], *counts["of_them_patterns"]])
    return re.compile(rf"(?=.*{counted})(?=.*(?<!\w){said}(?!\w))(?:[\s,;.—–-]|(?:{counted}|{said}|{_over()}|the)(?!\w))+")


@cache
def _share_lead() -> re.Pattern[str]:
    """Match what stands before a region with its share of a count: "including 43 over the"."""
    return re.compile(rf"(?<!\w){any_of('containers', 'counted')} {_over()} (?:{any_of('containers', 'count_articles')} )?$")


@cache
def _count_lead() -> re.Pattern[str]:
    """Match what stands before the first of them."""
    articles, nouns = any_of("containers", "count_articles"), any_of("containers", "count_nouns")
    return re.compile(rf"{_over()} (?:{articles} )?(?:{nouns} )?$")


@cache
def _area_of_gap() -> re.Pattern[str]:
    """Match what stands between an area and a town of it: "the Luhansk region village of"."""
    return re.compile(rf" (?:[a-z\-]+ ){{0,2}}{any_of('containers', 'towns')} (?:of )?")


@cache
def _inside_gap() -> re.Pattern[str]:
    """Match what stands between a place and the area that it lies in."""
    nouns = "|".join(cues()["containers"]["nouns"])
    that, within, articles = any_of("containers", "inside_that"), any_of("containers", "inside"), any_of("containers", "inside_articles")
    return re.compile(
        rf"[»\"”]?(?:,?(?: {that})? {within}(?: {articles})?(?: [a-zäöüßа-яіїєґ\-]+| (?:{nouns})){{0,4}} ?"
        rf"|,(?: (?:the|a|an)(?: [a-z\-]+){{1,3}} (?:of|in))?(?: the)? ?"
        rf"|,? \((?:{nouns}) |, (?:{nouns}) "
        r"| \()"
    )


def spread_lists(p: Passage, matches: Sequence[Match]) -> None:
    """Give "regions" to every name of the list before it, and "regions of" to every name after it."""
    for k, match in enumerate(matches):
        after = [token.lower for token in p.after(match, 2)]
        beside = _COUNT_BESIDE.match(p.text, _end(p, match))
        if beside and beside[1].lower() in p.words.plural_after and has(match, "admin1"):
            after = [beside[1].lower()]
            _as_region(match)
        if match.kind == "admin1" and (after[:1] and after[0] in p.words.plural_after):
            for earlier in takewhile(lambda one: has(one, "admin1"), _listed_before(p, matches, k)):
                _as_region(earlier)
        _spread_raions(p, matches, k, after)
        if match.around and after[:1] and after[0] in p.words.stretches_after:
            for earlier in takewhile(lambda one: not one.kind and has(one, "settlement"), _listed_before(p, matches, k)):
                earlier.near = earlier.around = True  # "the Lyman and Kupiansk sectors"
        lead = p.before(match, 2)
        kind = p.words.plural_before.get(" ".join(lead)) or p.words.plural_before.get(" ".join(lead[-1:]))
        if kind and has(match, kind) and not is_of_land(p, match):
            match.kind = kind
            for earlier, later in pairwise(matches[k:]):
                if not p.listed(earlier, later) or not has(later, kind):
                    break
                later.kind = kind
    for earlier, later in pairwise(matches):
        gap = p.text[p.tokens[earlier.last - 1].full_end : p.tokens[later.first].start].split()
        bare = earlier.near and earlier.km is None and earlier.bearing is None and not earlier.kind
        if bare and not later.kind and p.listed(earlier, later) and not {"in", "at"} & set(gap) and earlier.cue_end <= _end(p, earlier):
            later.near = True  # "near Chasiv Yar, Toretsk and Siversk"
    _spread_counts(p, matches)


def _listed_before(p: Passage, matches: Sequence[Match], k: int) -> Iterator[Match]:
    """Give the names of the list that a name ends, from the last before it on."""
    for earlier, later in zip(reversed(matches[:k]), reversed(matches[1 : k + 1]), strict=True):
        if not p.listed(earlier, later):
            return
        yield earlier


def _spread_raions(p: Passage, matches: Sequence[Match], k: int, after: Sequence[str]) -> None:
    """Read every name of a list of districts as a raion: "the Zaporizhzhia and Polohy districts", "die Bezirke Nikopol und Pawlohrad".

    Where the gazetteer lacks it, it is somewhere around its town: "the Rakitnoye and Valuyki districts".
    """
    behind = next((word for word in (p.tokens[matches[k].last - 1].lower, *after[:2]) if word in p.words.plural_smaller), "")
    if behind and (matches[k].near or matches[k].kind == "admin2") and matches[k].cue_end > _end(p, matches[k]) - len(behind):
        for earlier in takewhile(lambda one: not one.kind and not one.near, _listed_before(p, matches, k)):
            if not (behind in p.words.raions and read_raion(p, earlier)) and has(earlier, "settlement"):
                earlier.near = True
            if p.before(earlier, 1)[-1:] == ["the"]:
                break  # "Nikopol, Marhanets and the Pokrovske and Chervonohryhorivka communities"
        return
    if matches[k].kind != "admin2":
        return
    before = p.before(matches[k], 1)
    if after[:1] and after[0] in p.words.raions:
        return  # "Nikopol and the Synelnykove district"
    if before and before[0] in p.words.smaller_before:
        listed = list(matches[k:])
    else:
        return
    for known, match in pairwise(listed):
        first, last = sorted((known, match), key=lambda one: one.first)
        if match.kind or not p.listed(first, last) or not read_raion(p, match):
            break


def _end(p: Passage, match: Match) -> int:
    return p.tokens[match.last - 1].full_end


def _spread_counts(p: Passage, matches: Sequence[Match]) -> None:
    """Let the names of one count be of one kind: "23 over Bryansk region, 12 over Kursk and the rest over Belgorod"."""
    counted: set[int] = set()
    for earlier, later in [*pairwise(matches), *pairwise(reversed(matches))]:
        if earlier.kind != "admin1" or later.kind or not has(later, "admin1"):
            continue
        first, last = (earlier, later) if earlier.first < later.first else (later, earlier)
        start = max(first.cue_end, p.tokens[first.last - 1].full_end)
        gap = p.text[start : p.tokens[last.first].start].lower()
        lead = _lead(p, first)
        over = _count_gap().fullmatch(gap)
        if (over and _count_lead().search(lead) and over["over"] in lead) or (len(gap) <= _BETWEEN and _tally_gap(p.lang).fullmatch(gap)):
            _as_region(later)
            counted.add(later.first)
    for match in _shares_of_regions(p, matches):
        _as_region(match)
        counted.add(match.first)
    for earlier, later in pairwise(matches):
        if earlier.first in counted and not later.kind and p.listed(earlier, later) and has(later, "admin1"):
            later.kind = "admin1"
            counted.add(later.first)


def _shares_of_regions(p: Passage, matches: Sequence[Match]) -> Iterator[Match]:
    """Give the names that have a share of what a sentence counts over regions: "shot down over six regions, including 43 over Kaluga"."""
    regions, at = False, 0
    for match in matches:
        for token in p.tokens[at : match.first]:
            several = token.lower in p.words.plural_after or token.lower in p.words.plural_before
            regions = several or (regions and not token.initial)
        at = match.first
        counted = regions and not p.tokens[match.first].initial and not match.kind and has(match, "admin1")
        if counted and _share_lead().search(_lead(p, match)):
            yield match


def _as_region(match: Match) -> None:
    """Read a name as that of a region."""
    match.kind, match.near, match.km = "admin1", False, None


def _lead(p: Passage, match: Match) -> str:
    """Give what stands right before a name, in small letters."""
    start = p.tokens[match.first].start
    return p.text[max(0, start - _LEAD) : start].lower()


def read_containers(p: Passage, matches: Sequence[Match]) -> None:
    """Give each name the larger places that the text puts it in, whether or not the gazetteer knows it there."""
    for k, (earlier, later) in enumerate(pairwise(matches)):
        start = max(earlier.cue_end, p.tokens[earlier.last - 1].full_end)
        owner = [t for t in p.tokens[earlier.last - 1 : later.first] if t.start < start][-1:]
        possessive = bool(owner) and owner[0].possessive  # "Kharkiv Oblast's Kupiansk district"
        start = max(start, owner[0].full_end) if possessive else start
        gap = p.text[start : p.tokens[later.first].start]
        if earlier.said and later.said and p.listed(earlier, later):
            continue  # "Глушковский, Кореневский и Рыльский районы"
        if possessive and _is_own(p, gap) and _holds(p, earlier, later):
            later.within.append(_said(p, earlier))
        elif earlier.kind == "admin1" and _is_direction(later, gap) and not _holds(p, earlier, later):
            later.role = "institution"  # "in the Kaluga region southwest of Moscow": where the region is
        elif gap == " " and _is_genitive_area(p, later) and (has(earlier, "settlement") or earlier.kind == "admin2" or not earlier.found):
            earlier.within.append(_said(p, later))
        elif not possessive and earlier.kind == "admin1" and _area_of_gap().fullmatch(gap) and _holds(p, earlier, later):
            later.within.append(_said(p, earlier))
        elif gap[:1] in _CLOSING_QUOTES and _inside_gap().fullmatch(gap) and later.kind == "admin1" and not _holds(p, later, earlier):
            earlier.role = "institution"  # "нефтебаза «Атлас» в Ростовской области": the name of a firm
        elif not possessive and _inside_gap().fullmatch(gap) and _says_inside(p, matches, earlier, later, gap, k):
            earlier.within.append(_said(p, later))
            if later.kind == "" and "," in gap:
                later.kind = _kind_that_holds(p, later, earlier)
    for earlier, later in reversed(list(pairwise(matches))):
        if earlier.within and later.within and _said(p, later) in earlier.within:
            earlier.within += later.within
    _spread_area(p, matches)
    _spread_opening(p, matches)
    _spread_raion(p, matches)
    for first, second, third in zip(matches, matches[1:], matches[2:], strict=False):
        if (
            p.tokens[second.last - 1].possessive
            and _said(p, second) in first.within
            and _said(p, second) in third.within
            and (_holds(p, third, first) or (first.kind == "settlement" and third.kind == "admin1"))
        ):
            first.within.insert(0, _said(p, third))


def _is_direction(match: Match, gap: str) -> bool:
    """Tell whether all that stands before a name is in which direction from it something lies."""
    return match.bearing is not None and match.km is None and "," not in gap and len(gap.split()) <= _DIRECTION_WORDS


def _spread_area(p: Passage, matches: Sequence[Match]) -> None:
    """Give the area after a list to all of its names: "Покровское и Великомихайловка Днепропетровской области"."""
    area: Match | None = None
    for earlier, later in reversed(list(pairwise(matches))):
        if earlier.within and _said(p, later) in earlier.within:
            area = later
        elif area and later.within and not earlier.within and p.listed(earlier, later) and _holds(p, area, earlier):
            earlier.within.append(_said(p, area))
        else:
            area = None


def _spread_opening(p: Passage, matches: Sequence[Match]) -> None:
    """Give the area that a sentence begins with to the towns after it: "In the Odesa region, drones hit the port of Yuzhny."."""
    area: Match | None = None
    for match in matches:
        opens = range(max(0, match.first - _OPENING), match.first + 1)
        starts = next((k for k in reversed(opens) if p.tokens[k].initial), None)
        if match.kind in {"admin1", "country"} or (area and any(token.initial for token in p.tokens[area.last : match.last])):
            area = None
        if match.kind == "admin1" and starts is not None and p.tokens[starts].lower in p.words.prepositions:
            area = match
        elif area and match.kind in TOWNS and not (match.within or match.role) and not _is_known(match) and _holds(p, area, match):
            match.within.append(_said(p, area))


def _spread_raion(p: Passage, matches: Sequence[Match]) -> None:
    """Give a raion to the towns of it that are told after it, up to the next area."""
    raion: Match | None = None
    for match in matches:
        if match.role == "" and match.kind in AREAS:
            raion = match if match.kind == "admin2" else None
        elif raion and match.kind in TOWNS and not (match.within or match.role) and _holds(p, raion, match):
            match.within.append(_said(p, raion))
            match.kind = "settlement"


def _is_known(match: Match) -> bool:
    """Tell whether a town of a name needs no area to be known by."""
    return any(one.place.kind == "settlement" and one.place.population >= _BIG for one in match.found)


def _is_genitive_area(p: Passage, match: Match) -> bool:
    """Tell whether a Ukrainian or Russian name says in what the one right before it lies: "село Далеке Сумського району"."""
    by_adjective = bool(match.said) and (match.kind == "admin2" or match.near)
    towns = any(one.place.kind == "settlement" and one.place.population >= _TOWN and one.rank < 2 for one in match.found)
    area = match.kind == "admin1" or (not match.kind and not towns)
    republic = has(match, "region") and not has(match, "settlement")  # "Горловка Донецкой Народной Республики"
    return by_adjective or (((area and has(match, "admin1")) or republic) and is_cyrillic(p.tokens[match.first].text))


def _is_own(p: Passage, gap: str) -> bool:
    """Tell whether only nouns of place and their attributes stand between an owner and a place."""
    return gap.strip(" ") == "" or all(word in p.words.nouns or word in p.words.attributes for word in gap.split())


def _says_inside(p: Passage, matches: Sequence[Match], place: Match, container: Match, gap: str, k: int) -> bool:
    if place.kind == "country" and gap == ", " and container.kind != "country" and _holds_town(p, container, place):
        place.kind = ""  # "Lebanon, Pennsylvania"
        return True
    if place.kind == "country":
        return False
    district = container.near and container.km is None and container.bearing is None and bool(container.cue_end)
    if (
        not district
        and container.kind not in {"admin1", "admin2", "country"}
        and not has(container, "admin1")
        and not has(container, "country")
        and not has(container, "region")
    ):
        return False
    if _holds(p, container, place):
        third = matches[k + 2] if k + 2 < len(matches) else None
        in_list = "," in gap and container.kind != "country" and container.cue_end <= p.tokens[container.last - 1].full_end
        if container.kind == "" and in_list and third is not None and p.listed(container, third) and _is_city(container):
            return False
        return container.kind != "settlement"
    town = place.kind in TOWNS and (not place.found or has(place, "settlement"))
    if not town:
        return False
    listed_on = k + 2 < len(matches) and p.listed(container, matches[k + 2])
    if district and "," not in gap and _is_around(container, place):
        return True  # "Murom in the Shebekino district", which is not the large town of that name
    if (district or container.kind == "admin2") and not place.strong:
        return "," not in gap  # "Novopavlivka in the Synelnykove district"
    if gap.strip() == ",":
        written_out = container.cue_end > p.tokens[container.last - 1].full_end
        is_area = not place.found or bool(container.said) or (container.kind == "admin1" and written_out)
        return is_area and not place.strong and not listed_on
    if container.kind == "admin1":
        return place.kind == "settlement" or not _is_metropolis(p, place)
    return container.kind == "country" and container.strong and not place.strong


def _is_metropolis(p: Passage, match: Match) -> bool:
    """Tell whether a name is first of all that of a capital or very large city, which no words beside it move."""
    towns = [found.place for found in match.found if found.place.kind == "settlement" and found.rank < 2]
    return any(town.id in p.gazetteer.capitals or town.population >= 5 * _BIG for town in towns)


def _holds(p: Passage, container: Match, place: Match) -> bool:
    wanted = {"admin2"} if container.kind == "admin2" else {"admin1", "country", "region"}
    areas = [found.place for found in container.found if found.place.kind in wanted and found.rank < 2]
    kinds = {place.kind} if place.kind else {"settlement", "admin1", "site"}
    return any(p.gazetteer.contains(area, found.place) for area in areas for found in place.found if found.place.kind in kinds)


def _is_around(container: Match, place: Match) -> bool:
    """Tell whether there is a settlement of a name no farther from a town than its district reaches."""
    seats = [found.place for found in container.found if found.place.kind == "settlement" and found.rank < 2]
    towns = [found.place for found in place.found if found.place.kind == "settlement"]
    return any(
        town.id != seat.id and town.admin1 == seat.admin1 and apart_km(town, seat) <= _DISTRICT_KM for seat in seats for town in towns
    )


def _holds_town(p: Passage, container: Match, place: Match) -> bool:
    areas = [found.place for found in container.found if found.place.kind == "admin1" and found.rank < 2]
    towns = [found.place for found in place.found if found.place.kind == "settlement" and found.rank < 2]
    return any(p.gazetteer.contains(area, town) for area in areas for town in towns)


def _kind_that_holds(p: Passage, container: Match, place: Match) -> str:
    """Tell whether it is the country or the admin-1 area of a name that has the place in it: "Tbilisi, Georgia"."""
    towns = [found.place for found in place.found if found.place.kind == "settlement"]
    areas = [found.place for found in container.found if found.place.kind in {"country", "admin1"} and found.rank < 2]
    kinds = {area.kind for area in areas for town in towns if p.gazetteer.contains(area, town)}
    return kinds.pop() if len(kinds) == 1 else ""


def _is_city(match: Match) -> bool:
    return any(found.place.kind == "settlement" and found.rank < 2 and found.place.population >= _BIG for found in match.found)


def _said(p: Passage, match: Match) -> str:
    """Give the words for a container, with its cue: "Donetsk Oblast", "Ukraine"."""
    if match.said:
        return match.said
    end = max(match.cue_end, p.tokens[match.last - 1].end) if not p.tokens[match.last - 1].possessive else p.tokens[match.last - 1].end
    return p.text[p.tokens[match.first].start : end]
