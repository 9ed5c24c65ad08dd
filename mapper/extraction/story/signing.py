"""Who stands by what an article tells where nobody is named for it: who has told the rest, or who signs the whole.

A post is one person's account: "the governor said" stands in its first sentence or in its last, and holds for all of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from mapper.extraction.facts.drafts import joined
from mapper.extraction.facts.nominatives import person
from mapper.extraction.naming.mentions import TOWNS
from mapper.extraction.naming.regions import are_apart
from mapper.extraction.wording.stems import skeletons
from mapper.extraction.wording.vocabulary import Vocabulary
from mapper.extraction.wording.wordlist import alternatives

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.extraction.facts.drafts import Draft

__all__ = ["Voice", "of_publisher", "of_title", "signed", "voice_of"]


#: Where the title begins, and the name of who publishes.
_TITLE, _PUBLISHER = -1, -2

#: What is said of the edition, and no part of who publishes it: "Generalstab (deutsche Fassung)".
_BRACKETED = re.compile(r"\s*\([^)]*\)$")

#: Where somebody publishes, and what stands between that and the name.
_CHANNEL = re.compile(
    r"(?<!\w)(?:(?:telegram|телеграмм?|facebook|фейсбук|youtube|tg|тг)(?:[- ](?:канал|kanal|channel))?|канал)(?!\w)", re.IGNORECASE
)
_AROUND_NAME = " ,|/()–—-·:"

#: What may follow in the title of a report: its day or hour.
_DATED = re.compile(r"[\s,(]+(?:[^\W\d]+\.?\s+){0,2}\d")


@dataclass(frozen=True, slots=True)
class Voice:
    """A claimant heard in the sentence that begins at `start`, which is negative for the title and for who publishes it.

    `of_all` tells that the sentence signs or introduces the whole, `signs` that it says no more than who told the rest
    ("This is what the governor wrote"), `placeless` that it names no place, `reports` that telling of attacks is the
    claimant's office (the governor, the air force), `local` that he speaks for a town or a region, `town` that it is a town,
    `nameless` that nobody knows who it is ("investigators"), and `opens` that the sentence begins with the claimant; `regions`
    are those of which the sentence speaks.
    """

    by: str
    start: int
    signs: bool
    placeless: bool
    reports: bool
    local: bool
    nameless: bool
    of_all: bool = False
    town: bool = False
    opens: bool = False
    regions: frozenset[str] = frozenset()


def voice_of(
    by: str,
    vocabulary: Vocabulary,
    start: int = _TITLE,
    *,
    signs: bool = False,
    placeless: bool = True,
    of_all: bool = False,
    opens: bool = False,
    regions: frozenset[str] = frozenset(),
) -> Voice:
    """Make the voice of a claimant by what the language says of such names."""
    local, reporting = (bool(vocabulary.pattern("claims", f"{key}_patterns").search(by)) for key in ("local", "reporting"))
    nameless = vocabulary.pattern("claims", "nameless_patterns").fullmatch(by) is not None  # and not "the Ministry of Defence"
    mayor = vocabulary.pattern("places", "mayor_patterns").search(by) and vocabulary.pattern("claims", "persons").search(by)
    return Voice(by, start, signs, placeless, local or reporting, local, nameless, of_all, mayor is not None, opens, regions)


def of_title(by: str, before: str, rest: str, vocabulary: Vocabulary) -> Voice:
    """Make the voice of a claimant whom a title names; one before a colon or after a dash tells the whole: "Map updated — DeepState".

    So does one whose report it is, of which the title says no more than its day: "Bericht des Generalstabs vom 12. Februar",
    and one who tells of something: "Viacheslav Chaus on the situation".
    """
    ends = not rest.strip(" .!")
    report = vocabulary.pattern("claims", "report_patterns").fullmatch(before.strip()) and (ends or _DATED.match(rest))
    tells = rest.startswith(":") or _tells_of(vocabulary.lang).match(rest) is not None
    return voice_of(by, vocabulary, signs=tells or bool(report) or (ends and before.rstrip().endswith(("—", "–", "-"))))


@cache
def _tells_of(lang: str) -> re.Pattern[str]:
    """Match what stands between who tells and what he tells of: "Вячеслав Чаус – про ситуацію"."""
    return re.compile(rf"\s(?:[–—-]\s)?{alternatives(Vocabulary.load(lang).table('claims')['about'])}\s")


def of_publisher(publisher: str, vocabulary: Vocabulary) -> Voice | None:
    """Make the voice of an office that publishes its own reports, or of a person who does, "Вячеслав Гладков, Telegram".

    A newspaper has none.
    """
    office = vocabulary.pattern("claims", "issuing_patterns").search(publisher)
    if office is None:
        author = person(_CHANNEL.sub(" ", publisher).strip(_AROUND_NAME), vocabulary.lang)
        return voice_of(author, vocabulary, _PUBLISHER, signs=True) if author else None
    compound = publisher[: office.start()].endswith("-")
    by = _BRACKETED.sub("", publisher[office.start() :] if compound else publisher)
    return voice_of(by, vocabulary, _PUBLISHER, signs=True)


def signed(drafts: Sequence[Draft], heard: Sequence[Voice], paragraphs: Sequence[int]) -> list[Draft]:
    """Give each draft that nobody is named for the claimant that it must have, if there is one.

    Parameters
    ----------
    drafts
        In the order of the text.
    heard
        All claimants of the article in its order, those too who told of no incident.
    paragraphs
        Where each paragraph begins.
    """
    title = next((v for v in heard if v.start == _TITLE and (v.reports or v.signs) and not v.nameless), None)
    publisher = next((v.by for v in heard if v.start == _PUBLISHER), "")
    heard = [v for v in heard if v.start >= 0]
    wholes = [v for v in heard if v.of_all]
    closing, only = _signature(drafts, heard), _only(heard)
    signs = wholes or ([closing] if closing else [])
    nameless = {v.by for v in heard if v.nameless}
    local = {v.by for v in heard if v.local}
    governors = [v for v in heard if v.local and not v.town]
    result: list[Draft] = []
    voices: dict[str, None] = {}
    teller, told_in = "", -1
    named = {c.by for d in drafts for c in d.claims if c.by}
    towns = {v.by for v in heard if v.town}
    # Who only counts what was shot down tells nothing of a town.
    counting = named - local - {c.by for d in drafts for c in d.claims if c.counts.intercepted is None}
    told_of: dict[str, frozenset[str]] = {}
    told_in_regions: dict[str, frozenset[str]] = {}
    for voice in heard:
        told_in_regions[voice.by] = told_in_regions.get(voice.by, frozenset()) | voice.regions
    for draft in drafts:
        told_of |= {c.by: told_of.get(c.by, frozenset()) | draft.names for c in draft.claims if c.by}
        told_in_regions |= {c.by: told_in_regions.get(c.by, frozenset()) | draft.regions for c in draft.claims if c.by}
    for draft in drafts:
        start = draft.claims[0].start
        # A mayor tells of his town, a governor of his region.
        foreign = {by for by in local if are_apart(draft.regions, told_in_regions.get(by, ()))}
        signing = [v for v in signs if v.by not in foreign]
        # Who introduces what comes after, or signs what stands before.
        signature = next((v for v in reversed(signing) if v.start <= start), None) or (signing[-1] if signing else None)
        foreign |= {by for by in towns if draft.names and not draft.names & told_of.get(by, draft.names)}
        own = [c.by for c in draft.claims if c.by and not (signature and c.by in nameless)]
        voices |= dict.fromkeys(own)
        if own:
            # The air force, which counts what was shot down, does not tell the rest.
            official = next((by for by in own if by in local), own[0])
            if official in local or all(c.counts.intercepted is None for c in draft.claims):
                teller, told_in = official, draft.section
            result.append(draft)
            continue
        counters = counting if all(p.mention.kind in TOWNS for p in draft.where) else frozenset()
        before = {v.by for v in heard if v.start < start and not v.nameless}
        # The voice of one entry of a live blog is not that of the next.
        goes_on = draft.section == told_in or len(named) == 1
        by = ""
        here = _in_paragraph(start, heard, paragraphs)
        here = here if here and here.by not in foreign else None
        last = teller if teller not in foreign else ""
        if here and here.start > start and not here.signs and not told_of.get(here.by, frozenset()) & draft.names:
            # "Said the governor. ... A drone hit X. The airport had been closed, the aviation authority said."
            alone = last in local and here.by not in local and list(voices) == [last] and goes_on
            # "A missile hit X. Of 50 drones 35 were shot down, the air force said."
            here = None if alone or here.by in counters or _frames(signature, drafts) else here
        if draft.tags:
            pass
        elif here:
            by = here.by
        elif signature and signature.of_all:
            by = signature.by
        elif title and title.local and teller not in local:
            by = ""  # a governor's post: what the rescuers said of one town is no word of theirs on the next
        elif last in voices and len(voices) == 1 and goes_on:
            by = last
        elif not voices and len(before - foreign) == 1 and any(v.reports for v in heard if v.by in before - foreign):
            by = next(iter(before - foreign))
        elif signature and (signature.signs or not before):
            by = signature.by
        elif only and only.by not in foreign | counters and (only.local or not (draft.target or draft.has_toll)):
            by = only.by
        elif last in local and goes_on:
            by = last  # the last governor who spoke
        elif len(draft.regions) == 1 and (spoke := [v.by for v in governors if v.start < start and v.regions & draft.regions]):
            by = spoke[-1]  # the governor of its region
        else:
            # "This is how the mayor described the attack", and more of other places after it.
            tells = {c.by for d in drafts for c in d.claims}
            after = (v for v in heard if v.start > start and v.local and v.by not in foreign)
            by = next((v.by for v in after if v.signs or (v.placeless and v.by not in tells)), "")
        if not (by or draft.tags) and title and (title.local or title.signs or not (draft.target or draft.has_toll)):
            by = next((v.by for v in heard if skeletons(v.by).endswith(skeletons(title.by))), title.by)
        if not (by or draft.tags):
            by = publisher
        result.append(replace(draft, claims=joined((), tuple(replace(c, by=by, presumed=True) for c in draft.claims))) if by else draft)
    return result


def _frames(voice: Voice | None, drafts: Sequence[Draft]) -> bool:
    """Tell whether a voice introduces or signs the whole from outside of it, before or behind all that is told."""
    if voice is None or not voice.of_all:
        return False
    return len({d.claims[0].start < voice.start for d in drafts}) == 1


def _in_paragraph(start: int, heard: Sequence[Voice], paragraphs: Sequence[int]) -> Voice | None:
    """Give who spoke last in a paragraph before what is told at `start`, or at its end of all that it tells."""
    k = bisect_right(paragraphs, start)
    begin = paragraphs[k - 1] if k else 0
    end = paragraphs[k] if k < len(paragraphs) else None
    here = [v for v in heard if begin <= v.start and (end is None or v.start < end) and not v.nameless and not v.of_all]
    before = [v for v in here if v.start <= start]
    if before:
        return before[-1]
    # "A drone hit a cyclist in X. According to the police, a mine went off in Y."
    here = [v for v in here if v.placeless or v.signs or not v.opens]
    return here[0] if len({v.by for v in here}) == 1 else next((v for v in here if v.placeless), None)


def _only(heard: Sequence[Voice]) -> Voice | None:
    """Give the one voice of an article that names no other, if telling of attacks is its office."""
    named = {v.by for v in heard if not v.nameless}
    return heard[0] if len(named) == 1 and all(v.reports and not v.nameless for v in heard) else None


def _signature(drafts: Sequence[Draft], heard: Sequence[Voice]) -> Voice | None:
    """Give the voice that ends an article, with a sentence about no place or no more than that it told the rest."""
    for voice in reversed(heard):
        if any(d.claims[0].start >= voice.start for d in drafts):
            break
        if voice.reports and (voice.signs or (voice.placeless and voice is heard[-1])):
            return voice
    return None
