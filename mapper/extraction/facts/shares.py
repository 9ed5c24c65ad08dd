"""What a report shares out among places: the toll of a sentence, and the count of what was shot down.

"Three were killed: two in Kostiantynivka and one in Rodynske", "90 drones were downed, 40 of them over the Bryansk region".
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from mapper.extraction.facts.casualties import Casualties, of_kind
from mapper.extraction.facts.casualties import find as find_toll
from mapper.extraction.naming.mentions import TOWNS
from mapper.extraction.wording.numbers import UNKNOWN, Amount, number_pattern, parse
from mapper.extraction.wording.vocabulary import Vocabulary
from mapper.extraction.wording.wordlist import WordList, alternatives, words
from mapper.incidents import CASUALTIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.extraction.facts.drafts import Draft
    from mapper.extraction.naming.toponyms import Mention

__all__ = ["Share", "cuts_between", "find", "has_total", "in_brackets", "of_a_country", "of_parts", "shot_down"]

_FEWEST = 2
_BEFORE = 60
_CUT = re.compile(r"[:;]")
_COMMA = re.compile(r"[,;]\s")
_BRACKETS = re.compile(r"\s\(([^()]{1,60})\)")


class Share(NamedTuple):
    """What of a toll befell one place."""

    place: Mention
    toll: Casualties


def find(text: str, start: int, end: int, mentions: Sequence[Mention], toll: Casualties, lang: str) -> list[Share]:
    """Give the shares of a toll in the sentence `text[start:end]`; nothing if they are not all of it.

    They add up to it, or the first is all that a verb has: "killed two people in X and one in Y".
    """
    kinds = [kind for kind in CASUALTIES if getattr(toll, kind).best]
    if not kinds or len(mentions) < _FEWEST:
        return []
    counted: list[tuple[Mention, int | None]] = []
    for mention in mentions:
        said, number = _beside(_patterns(lang), text, start, mention, end, lang)
        if number is None and not said and counted and counted[-1][1] and _is_listed(text, start, counted[-1][0], mention, lang):
            number = counted[-1][1]  # "one each in X and Y"
        counted.append((mention, number))
    apiece = _apiece(lang).search(text, start, mentions[0].start)
    if apiece and all(_between(lang).fullmatch(text[one.end : other.start]) for one, other in pairwise(mentions)):
        counted = [(mention, parse(apiece["number"], lang).best) for mention in mentions]
    shares = [(mention, number) for mention, number in counted if number]
    for kind in kinds:
        total = getattr(toll, kind).best
        found = _with_first(text, counted, total) if shares else [(m, 1) for m in _one_each(text, mentions, total, lang)]
        summed = sum(number for _, number in found)
        if len(found) < _FEWEST or total not in {summed, found[0][1]}:
            continue
        # "ten in the X region, including two in Y"
        if summed != total and _part(lang).search(text, found[0][0].end, found[1][0].start):
            continue
        # "killed two in X and wounded one in Y" has no one toll that is shared out
        if len(kinds) == 1 or not any(find_toll(text[one.end : other.start], lang).known for (one, _), (other, _) in pairwise(found)):
            return [Share(mention, of_kind(kind, Amount.exactly(number))) for mention, number in found]
    return []


def _with_first(text: str, counted: Sequence[tuple[Mention, int | None]], total: int) -> list[tuple[Mention, int]]:
    """Add the place whose number stands further before it: "two people were killed in X, and one in Y"."""
    shares = [(mention, number) for mention, number in counted if number]
    first = counted.index(shares[0])
    if first and sum(number for _, number in shares) != total and not _CUT.search(text, counted[first - 1][0].end, shares[0][0].start):
        return [(counted[first - 1][0], total), *shares]
    return shares


def _beside(
    patterns: tuple[re.Pattern[str], re.Pattern[str]], text: str, start: int, mention: Mention, end: int, lang: str
) -> tuple[bool, int | None]:
    """Tell whether a number stands before a place or behind it, and give it if it is a certain one."""
    before, behind = patterns
    said = before.search(text, max(start, mention.start - _BEFORE), mention.start) or behind.match(text, mention.end, end)
    return said is not None, parse(said["number"] or said["within"], lang).best if said else None


def _is_listed(text: str, start: int, one: Mention, other: Mention, lang: str) -> bool:
    """Tell whether a number said of one place holds for the next of a list as well: "one each in X and Y"."""
    each = _each(lang).search(text, max(start, one.start - _BEFORE), one.start)
    return each is not None and _between(lang).fullmatch(text[one.end : other.start]) is not None


@cache
def _each(lang: str) -> WordList:
    return words(Vocabulary.load(lang).table("casualties")["each"])


@cache
def _apiece(lang: str) -> re.Pattern[str]:
    """Match a number of people that is said to be that of every place: "По одній людині загинуло в X та Y"."""
    each, people = (alternatives(Vocabulary.load(lang).table(table)[key]) for table, key in (("casualties", "each"), ("people", "nouns")))
    return re.compile(rf"(?<!\w){each}\s+(?P<number>{number_pattern(lang)})\s+{people}(?!\w)", re.IGNORECASE)


def of_parts(text: str, start: int, end: int, mentions: Sequence[Mention], toll: Casualties, lang: str) -> list[Share]:
    """Give the shares of a sentence each part of which says what befell its town: "four were hurt in X, one in Y, two killed in Z"."""
    towns = [m for m in mentions if m.kind in TOWNS]
    others = any(m.kind not in {*TOWNS, "country"} for m in mentions)
    if others or len({m.name for m in towns}) < max(_FEWEST, len(towns)):
        return []
    cuts = cuts_between(text, start, end, towns, lang)
    if not cuts:
        return []
    shares = [Share(town, find_toll(text[a:b], lang)) for town, (a, b) in zip(towns, pairwise(cuts), strict=True)]
    told = [share for share in shares if share.toll.hurt]
    whole = [
        share._replace(toll=_elliptic(text, cut, share.place, told, lang)) if share not in told else share
        for share, cut in zip(shares, pairwise(cuts), strict=True)
    ]
    return whole if told and all(share.toll.hurt for share in whole) and (has_total(whole, toll) or has_total(told, toll)) else []


def cuts_between(text: str, start: int, end: int, towns: Sequence[Mention], lang: str) -> list[int]:
    """Give where the parts of a sentence begin and end that tell of a town each; none if one is not parted from the next."""
    joints = [
        _COMMA.search(text, one.end, other.start) or _joint(lang).search(text, one.end, other.start) for one, other in pairwise(towns)
    ]
    return [start, *(joint.start() for joint in joints if joint), end] if all(joints) else []


def in_brackets(text: str, start: int, end: int, mentions: Sequence[Mention], lang: str) -> list[Share]:
    """Give the shares of towns behind which brackets tell what befell each: "hit X (one killed), Y (two wounded) and Z".

    What a number alone counts is told outside: "wounded people in X (3) and Y (2)".
    """
    towns = [m for m in mentions if m.kind in TOWNS]
    if len(towns) < _FEWEST or len(towns) < len(mentions):
        return []
    told = [_BRACKETS.match(text, town.end, end) for town in towns]
    outside = text[start : towns[0].start]
    listed = Vocabulary.load(lang)
    kinds = [kind for kind in CASUALTIES if listed.pattern("casualties", kind).search(outside)]
    tolls = [_of_bracket(said[1], kinds, lang) if said else Casualties() for said in told]
    if sum(toll.hurt for toll in tolls) < _FEWEST or find_toll(outside, lang).known:
        return []
    return [Share(town, toll) for town, toll in zip(towns, tolls, strict=True)]


def _of_bracket(inside: str, kinds: Sequence[str], lang: str) -> Casualties:
    """Read the toll that brackets hold, or the number of those that the sentence tells of."""
    toll = find_toll(inside, lang)
    number = parse(inside, lang) if re.fullmatch(number_pattern(lang), inside, re.IGNORECASE) else UNKNOWN
    return of_kind(kinds[0], number) if number.known and len(kinds) == 1 else toll


def _elliptic(text: str, part: tuple[int, int], town: Mention, told: Sequence[Share], lang: str) -> Casualties:
    """Read a part of a sentence that gives its town no more than a number, of those that the part before counts, or the next."""
    _, number = _beside(_patterns(lang), text, part[0], town, part[1], lang)
    before = [share for share in told if share.place.start < town.start]
    like = before[-1].toll if before else told[0].toll if told else Casualties()
    kinds = [kind for kind in CASUALTIES if getattr(like, kind).best]
    return of_kind(kinds[0], Amount.exactly(number)) if number and len(kinds) == 1 else Casualties()


@cache
def _joint(lang: str) -> re.Pattern[str]:
    return re.compile(rf"\s{alternatives(Vocabulary.load(lang).table('places')['separators'])}\s", re.IGNORECASE)


def of_a_country(text: str, start: int, end: int, mentions: Sequence[Mention], toll: Casualties, lang: str) -> dict[Mention, Share | None]:
    """Give the places of parts of a country's toll, each with its share where it is told: "six across Ukraine, including two in X"."""
    kind = next((kind for kind in CASUALTIES if getattr(toll, kind).low), "")
    said = _part(lang).search(text, start, end) if kind else None
    before = [m for m in mentions if said and m.end <= said.start() and m.role != "institution"]
    if said is None or not before or any(m.kind != "country" for m in before):
        return {}
    number, _ = _patterns(lang)
    found: dict[Mention, Share | None] = {}
    for mention in (m for m in mentions if m.start >= said.end() and m.role != "institution"):
        counted = number.search(text, max(said.end(), mention.start - _BEFORE), mention.start)
        some = parse(counted["number"], lang).best if counted else None
        found[mention] = Share(mention, of_kind(kind, Amount.exactly(some))) if some else None
    return found


@cache
def _part(lang: str) -> WordList:
    return words(Vocabulary.load(lang).table("casualties")["part_patterns"])


def _one_each(text: str, mentions: Sequence[Mention], total: int, lang: str) -> list[Mention]:
    """Give the towns that a sentence lists after a colon, if they are as many as those killed: "two were killed: in X and in Y"."""
    towns = [m for m in mentions if m.kind in TOWNS]
    if len(towns) != total or len(towns) < _FEWEST or not _listing(lang).search(text, max(0, towns[0].start - _BEFORE), towns[0].start):
        return []
    between = (text[one.end : other.start] for one, other in pairwise(towns))
    return towns if all(_between(lang).fullmatch(gap) for gap in between) else []


@cache
def _between(lang: str) -> re.Pattern[str]:
    places = Vocabulary.load(lang).table("places")
    at = rf"(?:{alternatives(places['list_prepositions'])}\s+)?"
    return re.compile(rf"(?:\s*,\s*|\s+{alternatives(places['separators'])}\s+){at}", re.IGNORECASE)


@cache
def _listing(lang: str) -> re.Pattern[str]:
    places = Vocabulary.load(lang).table("places")
    return re.compile(rf"[:—–]\s+{alternatives(places['list_prepositions'])}\s+$", re.IGNORECASE)


def has_total(shares: Sequence[Share], toll: Casualties) -> bool:
    """Tell whether a toll is the sum of its shares, told beside them: "killed three people: two in X and one in Y"."""
    return all(sum(getattr(one.toll, kind).best or 0 for one in shares) == (getattr(toll, kind).best or 0) for kind in CASUALTIES)


def _at(lang: str) -> str:
    """Write an expression for what stands between a number and the name of its place: "over the Bryansk region"."""
    places = Vocabulary.load(lang).table("places")
    return rf"{alternatives(places['list_prepositions'])}\s+(?:{alternatives(places['between'])}\s+){{0,3}}"


@cache
def _patterns(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    vocabulary = Vocabulary.load(lang)
    number = number_pattern(lang)
    people = alternatives(vocabulary.table("people")["nouns"])
    further = alternatives(vocabulary.table("casualties")["further"])
    each = rf"(?:\s+{alternatives(vocabulary.table('casualties')['each'])})?"
    before = rf"(?<![\w.,:-])(?P<number>{number})(?P<within>)(?:\s+{further})?(?:\s+{people})?{each}\s*(?:[—–-]\s*)?\s{_at(lang)}$"
    # "in Kharkiv three, in Odesa one"
    alone = rf"\s+(?={number}(?:\s+{people})?\s*(?:[,;.]|$|{alternatives(vocabulary.table('places')['separators'])}\s))"
    behind = rf"(?:\s*[—–-]\s*|{alone})(?P<number>{number})|\s*\((?P<within>{number})(?:\s+{people})?\)"
    return re.compile(before, re.IGNORECASE), re.compile(behind, re.IGNORECASE)


def shot_down(draft: Draft, text: str, lang: str) -> Draft:
    """Give each place of a draft its share of what was shot down: "90 drones, including 40 over the Bryansk region".

    None has one where the numbers cannot be shares: the number before the first place of several is that of all.
    """
    totals = {c.counts.intercepted for c in draft.claims} - {None}
    if len(totals) != 1:
        return draft
    shares: dict[Mention, int] = {}
    last: Mention | None = None
    for mention in sorted((place.mention for place in draft.where), key=lambda m: m.start):
        said, number = _beside(_counted(lang), text, 0, mention, len(text), lang)
        if last and not said and _between(lang).fullmatch(text[last.end : mention.start]):
            # "40 over A and B" are of both together, "20 each over A and B" of each
            shared = shares.pop(last, None)
            if shared and _is_listed(text, 0, last, mention, lang):
                shares[last] = number = shared
        if number:
            shares[mention] = number
        last = mention
    total = totals.pop() or 0
    if total in shares.values() or sum(shares.values()) > total:
        return draft
    return replace(draft, places=tuple(replace(p, share=shares.get(p.mention)) for p in draft.places))


@cache
def _counted(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    vocabulary = Vocabulary.load(lang)
    counts, places, number = vocabulary.table("counts"), vocabulary.table("places"), number_pattern(lang)
    thing = rf"(?:\s+(?:{alternatives(counts['units'])}|{alternatives(counts['of_them_patterns'])})(?!\w))?"
    before = rf"(?<![\w.,-])(?P<number>{number})(?P<within>){thing}(?:\s+[—–-])?(?:\s+[^\W\d]\w*){{0,3}}?\s+{_at(lang)}$"
    # "over Kursk 12, over Crimea 13"
    alone = rf"\s+(?={number}\s*(?:[,;]|\.?$|\.\s|{alternatives(places['separators'])}\s+{_at(lang)}))"
    parted = rf"(?:\s*[—–-]\s*|{alone})(?P<number>{number})(?![:.]?\d)"
    behind = rf"(?:\s+{alternatives(places['between'])})?(?:{parted}|\s*\((?P<within>{number}){thing}\))"
    return re.compile(before, re.IGNORECASE), re.compile(behind, re.IGNORECASE)
