"""What has been told and waits for the sentences to come: an event for its place, a toll for its event, a place for what befell it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from mapper.extraction.facts.drafts import joined, merged, times_agree
from mapper.extraction.naming.mentions import AREAS
from mapper.extraction.wording.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.extraction.facts.clause import Clause
    from mapper.extraction.facts.drafts import Draft, DraftPlace
    from mapper.extraction.story.telling import Telling
    from mapper.extraction.story.ties import Ties
    from mapper.extraction.wording.sentences import Sentence
    from mapper.taxonomy import Taxonomy

__all__ = ["NOTHING", "Waiting"]

#: No draft that waits, and no paragraph that told of it.
NOTHING: tuple[int, Draft | None] = (-1, None)

#: At how many places a bulletin tells of killed and injured that tells of damage as well.
_FEW = 2

#: What somebody is killed or hurt by in a place where nobody fights.
_HARMS = ("strike", "explode", "sabotage")


class Waiting:
    """What waits beside what an article is `telling`.

    Attributes
    ----------
    pending
        An event without a place, which the next sentence may name.
    worth
        Whether it is told even if none does.
    toll
        A toll at a place whose event the next sentence may tell.
    topic
        The sentence before, if it names a place and tells nothing there: "It was a loud night in X."
    passed
        The same if somebody says it, before anything is told in its paragraph.
    head
        The entry of a list that begins with the name of a place, and that place: "Temryuk. Debris was found at the port."
    alone
        Whether no more than that place has been read of its line.
    opening
        A toll that the article begins with: "Strike on X ¶ Two people were killed. ¶ The drone hit a block of flats."
    harms
        Damage at places before any event has been told, which a bulletin of tolls counts beside them.
    later
        Tolls of entries above that of their event, where the last stands first.
    """

    def __init__(self, lang: str, taxonomy: Taxonomy, ties: Ties, telling: Telling) -> None:
        self.pending = NOTHING
        self.worth = False
        self.toll = NOTHING
        self.topic = NOTHING
        self.passed = NOTHING
        self.head = NOTHING
        self.alone = False
        self.opening: Draft | None = None
        self.harms: list[Draft] = []
        self.later: list[Draft] = []
        self._words = Vocabulary.load(lang)
        self._taxonomy = taxonomy
        self._ties = ties
        self._telling = telling

    def begin(self, sentence: Sentence) -> None:
        """Go on to the next sentence: a line that is no more than a place heads the paragraph below it."""
        if self.alone and sentence.paragraph != self.head[0]:
            self.head = (self.head[0] + 1, self.head[1])
        self.alone = False

    def flush(self) -> None:
        """Take an event whose place nothing has named since as one that can't be placed, if it says enough."""
        _, draft = self.pending
        if draft and self.worth:
            self._telling.begin(draft)
        self.pending, self.worth = NOTHING, False

    def finish(self) -> None:
        """Give what still waits at the end to what was told, if it belongs to that."""
        self.flush()
        for draft in reversed(self.later):
            if (risen := self._telling.risen(draft)) is not None:
                self._telling.go_back(risen, draft.claims)

    @property
    def tolls(self) -> list[Draft]:
        """The tolls of which no event has been told, and the damage that a bulletin of them counts beside them."""
        return [*self._telling.tolls, *(self.harms if len(self._telling.tolls) >= _FEW else [])]

    def after_pending(self, draft: Draft, clause: Clause) -> Draft:
        """Take in an event told before without its place: "A drone hit a train. The attack took place near Bakhmach."."""
        paragraph, pending = self.pending
        kind = self._taxonomy.compatible(pending.type, draft.type) if pending else ""
        same = self._words.pattern("places", "same_patterns").search(clause.text)
        if not (pending and kind and draft.where and paragraph == clause.sentence.paragraph):
            return draft
        self.pending = NOTHING
        if not same:
            # "Russia attacked the ports on the night to Monday. In the Izmail district, drones hit a tank."
            return replace(draft, when=draft.when or pending.when, tags=draft.tags or (() if draft.when else pending.tags))
        return replace(merged(pending, draft, kind), places=draft.places, when=draft.when or pending.when)

    def after_toll(self, draft: Draft, sentence: Sentence) -> Draft:
        """Give an event without a place that of the toll before it: "Eight people were killed in X. The missile struck a playground."."""
        paragraph, toll = self.toll
        if draft.where or toll is None or paragraph != sentence.paragraph or self._telling.told is not None:
            return draft
        claims = toll.claims if not draft.has_numbers else (*toll.claims, *draft.claims)
        return replace(draft, places=(*toll.places, *draft.places), when=draft.when or toll.when, claims=claims)

    def of_toll(self, draft: Draft, sentence: Sentence) -> Draft:
        """Let the event of a town have the toll of its area before it: "Three were hurt in the region. Drones struck X."."""
        paragraph, toll = self.toll
        sharper = toll and toll.is_sharper_in(draft, AREAS) and not (draft.has_toll or toll.is_summary or draft.tags or toll.tags)
        if toll is None or not sharper or paragraph != sentence.paragraph:
            return draft
        self._telling.tolls = [one for one in self._telling.tolls if one is not toll]
        if (current := self._telling.told) and current is self._telling.drafts[-1] and current.claims == toll.claims:
            self._telling.drafts.pop()
            self._telling.current = None
        return replace(draft, claims=joined(toll.claims, draft.claims), when=draft.when or toll.when)

    def with_opening(self, drafts: list[Draft], home: Sequence[DraftPlace], paragraphs: Sequence[int]) -> list[Draft]:
        """Give the toll that an article begins with to the attack on the town of its title, if that has none."""
        names = {p.name for p in home}
        struck = [
            k for k, d in enumerate(drafts) if names and d.names == names and self._ties.does(d, "strike") and not (d.tags or d.heading)
        ]
        struck = struck or self._of_opening(drafts, paragraphs)
        if self.opening is None or not struck or any(drafts[k].has_toll for k in struck):
            return drafts
        first = drafts[struck[0]]
        told = replace(first, claims=joined(self.opening.claims, first.claims), when=first.when or self.opening.when)
        return [told if d is first else d for d in drafts]

    def _of_opening(self, drafts: list[Draft], paragraphs: Sequence[int]) -> list[int]:
        """Give the one event that the paragraph of an opening toll goes on to tell: "Two people died. A drone hit their car in X."."""
        if self.opening is None:
            return []
        first = bisect_right(paragraphs, self.opening.claims[0].start)
        here = [k for k, d in enumerate(drafts) if bisect_right(paragraphs, d.claims[0].start) == first]
        harmed = [k for k in here if any(self._ties.does(drafts[k], action) for action in _HARMS) and not drafts[k].tags]
        return harmed if len(here) == 1 and times_agree(self.opening.when, drafts[here[0]].when) else []
