"""Where "the city", "the region" and "there" are: the place told of before, the speaker's own, or the only one that an article names."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from mapper.extraction.facts import deeds
from mapper.extraction.facts.drafts import DraftPlace
from mapper.extraction.naming.mentions import AREAS, TOWNS
from mapper.extraction.naming.words import cues_of
from mapper.extraction.wording.stems import of_region, skeletons
from mapper.extraction.wording.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mapper.extraction.facts.clause import Clause
    from mapper.extraction.facts.drafts import Draft
    from mapper.extraction.naming.toponyms import Mention
    from mapper.extraction.wording.sentences import Sentence

__all__ = ["Bearings"]

#: What the name of a town is no place of an event for, and what befalls a town.
_OF_OTHERS = frozenset({"institution", "voice"})
_OF_A_TOWN = frozenset({"strike", "explode", "sabotage"})
#: Of how many places a list of those that were under fire over a day is told.
_LISTED = 3
#: How many characters before a sentence "the region" may have been named.
_LAST_NAMED = 300


class Bearings:
    """What an article that names `mentions`, and `titled` in its title, means by words for a place that was named before.

    `local` tells that it is the report of a governor, a mayor or their office.
    """

    def __init__(self, lang: str, mentions: Sequence[Mention], titled: Sequence[Mention] = (), *, local: bool = False) -> None:
        self._words = Vocabulary.load(lang)
        self._region = _only(m for m in titled if m.kind == "admin1") or _only(m for m in mentions if m.kind == "admin1")
        towns = [m for m in mentions if m.kind in TOWNS and not m.near and m.role != "voice"]
        self._town = (
            _only(m for m in titled if m.kind in TOWNS and m.role != "voice")
            or _only(m for m in towns if m.role != "institution")
            or _only(towns)
        )
        self._local = local
        self._regions = [m for m in mentions if m.kind == "admin1"]
        self._places = [m for m in mentions if m.regions]
        self._titled = _only(m for m in titled if m.kind in TOWNS and m.role not in _OF_OTHERS)
        # The only one that text and title name, but for a town that the text begins with: "Kyiv (dpa) - ...".
        self._sole = _only(m for m in (*towns, *(m for m in titled if m.kind in TOWNS)) if m.role not in _OF_OTHERS)
        self._sole = () if any(m.start == 0 for m in mentions if m.kind in TOWNS) else self._sole
        # What the mayors and governors heard so far are of.
        self._offices: dict[str, DraftPlace] = {}
        # The paragraph that spoke of "our region" last.
        self._of_region = -1
        # The one town of the last sentence that told no event, which "there" means after it: who denies something, or says how things are.
        self._spoken_of: tuple[Sentence | None, tuple[DraftPlace, ...]] = (None, ())

    def hear(self, clause: Clause) -> None:
        """Remember that a sentence which tells no event speaks of the region: "They tried to attack our region."."""
        self._of_office(clause)
        own = all(m.kind == "country" for m in clause.mentions)
        if own and self._words.pattern("places", "region_again_patterns").search(clause.text):
            self._of_region = clause.sentence.paragraph
        # "He confirmed the news from the village of X."
        named = clause.draft.where or [p for p in clause.draft.places if p.role == "origin"]
        towns = _only(p.mention for p in named if p.mention.kind in TOWNS)
        if towns:
            self._spoken_of = (clause.sentence, tuple(DraftPlace(p.mention, "at") for p in towns))

    def again(self, clause: Clause, told: Draft | None) -> Draft:
        """Read "the city" and "the region" as the place told of before, or as the one whose governor speaks."""
        draft = clause.draft
        counted = any(c.counts.met for c in draft.claims) and not draft.where
        after = clause.sentence.text[draft.where[0].mention.end - clause.sentence.start :] if len(draft.where) == 1 else ""
        if (
            draft.where
            and draft.claims[-1].casualties.hurt
            and self._region
            and self._words.pattern("places", "and_more_patterns").match(after)
        ):
            # "Kharkiv and nine settlements of the region were attacked, five people were hurt": in the region
            return replace(draft, places=(*self._region, *(p for p in draft.places if p not in draft.where)))
        region = self._words.pattern("places", "region_again_patterns").search(clause.text) or (
            counted and (clause.sentence.paragraph == self._of_region or self._tells_of_its_own(clause))
        )
        if any(p.mention.kind != "country" for p in draft.where):
            if region and draft.claims[-1].counts.intercepted is not None and all(p.mention.kind not in AREAS for p in draft.where):
                # "27 were shot down over the region, another 16 over the sea"
                return replace(draft, places=(*self._region, *draft.places))
            return draft
        areas = [p for p in draft.places if p.role == "speaker" and p.mention.kind == "admin1"]
        if region and told and told.is_summary and len(told.where) >= _LISTED and not counted:
            return draft  # "X, Y and Z were under fire over the past day. Homes were damaged in the towns of the region."
        if region:
            home = self._offices.get(clause.said.by) if clause.said else None
            areas = areas or ([home] if home and home.mention.kind == "admin1" else [])
            areas = areas or [p for p in (told.where if told else ()) if p.mention.kind == "admin1"]
            areas = areas or self._around(clause.sentence)
            if not areas and self._region and not (told and told.where and self._is_named_later(self._region[0].mention, clause)):
                areas = list(self._region)
            areas = areas or self._named_last(clause.sentence)
        else:
            # "The Kaluga region reported": a region that speaks of what was shot down speaks of itself.
            areas = [p for p in areas if p.mention.role == "voice"] if counted else []
        if areas:
            return replace(draft, places=tuple(DraftPlace(p.mention, "over") for p in areas[:1]))
        # "The region was shelled 31 times", said after a strike on a town, is not of the town.
        of_all = region and deeds.counts_attacks(clause.text, self._words.lang)
        return draft if draft.where or of_all else self._town_again(draft, clause, told)

    def _is_named_later(self, region: Mention, clause: Clause) -> bool:
        """Tell whether a region is named after a sentence, of other towns, and not as that whose governor signs the whole."""
        return region.start > clause.sentence.end and region.role != "institution"

    def _around(self, sentence: Sentence) -> list[DraftPlace]:
        """Give the region that the article has named, in which the town is that it named last."""
        before = (m.regions for m in reversed(self._places) if m.start < sentence.start)
        regions = next(before, frozenset[str]())
        return [DraftPlace(m, "over") for m in self._regions if m.regions and m.regions == regions][:1]

    def _named_last(self, sentence: Sentence) -> list[DraftPlace]:
        """Give the region that is named last before the end of a sentence: "said Bogomaz, who runs Bryansk. Over his region, ..."."""
        return [DraftPlace(m, "over") for m in self._regions if sentence.start - _LAST_NAMED <= m.start < sentence.end][-1:]

    def _tells_of_its_own(self, clause: Clause) -> bool:
        """Tell whether a governor's report counts what was shot down, by nobody of the whole country: "We downed 18 drones."."""
        others = clause.said is not None or clause.mentions or self._words.pattern("claims", "reporting_patterns").search(clause.text)
        return self._local and not others and all(c.counts.launched is None for c in clause.draft.claims)

    @property
    def in_one_town(self) -> bool:
        """Whether the article names but one town."""
        return bool(self._sole)

    @property
    def home(self) -> tuple[DraftPlace, ...]:
        """The only town that the title names."""
        return self._titled

    def in_sole_town(self, drafts: Sequence[Draft], actions: Mapping[str, Sequence[str]]) -> list[Draft]:
        """Place what hit somebody or something, and is told of no place, in the only town that the article names.

        Parameters
        ----------
        actions
            By type of event.
        """
        news = [d for d in drafts if not (d.heading or d.tags)]
        sole = self._sole or (self._titled if len(news) == 1 else ())
        told = frozenset[str]().union(*(actions[d.type] for d in news if sole and sole[0].name in d.names))
        if not sole:
            return list(drafts)
        return [
            replace(d, places=(*(DraftPlace(p.mention, "at") for p in sole), *d.places))
            if _OF_A_TOWN & set(actions[d.type])
            and not told & set(actions[d.type])
            and not (d.where or d.tags or d.heading)
            and (d.target or d.has_toll)
            and not (d.is_counted and (not d.has_toll or any(c.counts.intercepted is not None for c in d.claims)))
            else d
            for d in drafts
        ]

    def _town_again(self, draft: Draft, clause: Clause, told: Draft | None) -> Draft:
        named = [p for p in draft.places if p.role == "speaker" and p.mention.kind in TOWNS]
        if clause.said and len(named) > 1:  # "Der von Moskau eingesetzte Gouverneur von Sewastopol"
            named = [p for p in named if p.mention.text in clause.said.by]
        by_mayor = clause.said and self._words.pattern("places", "mayor_patterns").search(clause.said.by)
        if by_mayor and len(named) == 1 and not (told and told.names == {named[0].name}):
            return replace(draft, places=(DraftPlace(named[0].mention, "at"),))
        same = (
            len(named) == 1
            and told
            and told.names == {named[0].name}
            and self._words.pattern("places", "same_blow_patterns").search(clause.text)
        )
        if not (same or self._words.pattern("places", "again_patterns").search(clause.text)):
            return draft
        told_at = told.where if told else ()
        if len(named) == 1 and not (told_at and self._words.pattern("claims", "governments").fullmatch(named[0].mention.text)):
            return replace(draft, places=(DraftPlace(named[0].mention, "at"),))  # "blasts were heard there, said the General Staff in Kyiv"
        spoken_in, town = self._spoken_of
        here = spoken_in and spoken_in.paragraph == clause.sentence.paragraph
        if spoken_in and here and not (told and told.claims[-1].start >= spoken_in.start):
            return replace(draft, places=(*town, *draft.places))
        at_sea = bool(told_at) and all(p.mention.text.lower().rpartition(" ")[2] in cues_of("waters", "nouns") for p in told_at)
        if at_sea and draft.has_numbers and (town := self._town_before(clause.sentence)):
            return replace(draft, places=(*town, *draft.places))  # "Five boats were sunk in the Black Sea. In the city itself, ..."
        if told and told.where:
            return replace(draft, places=(*told.where, *draft.places))
        return replace(draft, places=(*(DraftPlace(p.mention, "at") for p in self._town), *draft.places))

    def _town_before(self, sentence: Sentence) -> tuple[DraftPlace, ...]:
        """Give the town that is named last before a sentence."""
        before = (m for m in reversed(self._places) if m.start < sentence.start and m.kind in TOWNS and not m.role)
        return tuple(DraftPlace(m, "at") for m in islice(before, 1))

    def at_home(self, draft: Draft, clause: Clause, told: Draft | None, *, tied: bool) -> Draft:
        """Read what a mayor or governor tells of no place as told of his own: "Six drones were shot down, he said."."""
        said = clause.said
        if said is None:
            return draft
        self._of_office(clause)
        home = self._offices.get(said.by)
        counted = draft.claims[-1].counts.intercepted is not None or draft.claims[-1].casualties.known
        if home is None or draft.where or not counted or (tied and told and told.where):
            return draft
        return replace(draft, places=(*draft.places, home))

    def _of_office(self, clause: Clause) -> None:
        """Remember which town or region who speaks is the mayor or governor of."""
        said = clause.said
        offices = (
            [m for m in clause.mentions if m.role == "institution" and m.kind in {*TOWNS, "admin1"} and m.text in said.by] if said else []
        )
        if said and len(offices) == 1:
            self._offices[said.by] = DraftPlace(offices[0], "over")


def _only(mentions: Iterable[Mention]) -> tuple[DraftPlace, ...]:
    """Give the one place that is named, by its first mention; nothing if there are several or none."""
    named: dict[str, Mention] = {}
    for mention in mentions:
        named.setdefault(of_region(mention.name) if mention.kind == "admin1" else skeletons(mention.name), mention)
    return tuple(DraftPlace(m, "over") for m in named.values()) if len(named) == 1 else ()
