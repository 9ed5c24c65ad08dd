"""Lists: the entries of a count, and what is told under the name of a place that heads an entry."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapper.extraction.facts import counts, deeds
from mapper.extraction.story import tallies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.extraction.facts.clause import Clause
    from mapper.extraction.facts.drafts import Draft
    from mapper.taxonomy import Taxonomy

__all__ = ["Listing", "headed"]

#: The places that a count of all that flew is shared out among.
_COUNTED = frozenset({"admin1", "water"})


class Listing:
    """The count whose entries are being read: "61 drones were shot down: ¶ – 26 over Crimea; ¶ – 13 over the Tula region"."""

    def __init__(self, lang: str, taxonomy: Taxonomy) -> None:
        self._lang = lang
        self._kind = taxonomy.type_of("intercept", "")
        # The draft that counts all of them, and how many of these no entry has told of yet.
        self._whole: tuple[int, int] | None = None

    def entered(self, drafts: Sequence[Draft], clause: Clause) -> tuple[int, Draft] | None:
        """Give the draft that a clause is an entry of, with its places, and its index; None if it is no entry."""
        whole = self._whole if self._whole and self._whole[0] < len(drafts) else None
        whole = whole or tallies.whole_of(drafts, self._kind)
        part = self._part(clause) if whole else None
        if whole is None or part is None or part > whole[1]:
            return None
        index, left = whole
        self._whole = index, left - part
        draft = drafts[index]
        more = tuple(p for p in clause.draft.places if p.name not in draft.names)
        return index, replace(draft, places=(*draft.places, *more))

    def _part(self, clause: Clause) -> int | None:
        draft, item = clause.draft, clause.sentence.item
        claim = draft.claims[-1]
        # "43 fell over the Bryansk region. Another 26 were intercepted over Kaluga."
        goes_on = not draft.type or (self._whole is not None and draft.type == self._kind)
        kinds = {p.mention.kind for p in draft.where if p.mention.kind or p.role != "over"}  # "over the Black Sea", of no kind
        if goes_on and kinds and kinds <= _COUNTED:
            part = counts.placed(_unnamed(clause), self._lang)
            if part is not None:
                return part  # "16 – Belgorod region;", "Belgorod region: 16"
        if claim.casualties.known or draft.heading or not draft.where or not (item or all(p.role == "over" for p in draft.where)):
            return None
        if draft.type:
            return claim.counts.intercepted if item and draft.type == self._kind else None
        return counts.share(clause.text, self._lang)


def _unnamed(clause: Clause) -> str:
    """Give a clause with blanks for the names of its places."""
    told = clause.text
    for mention in clause.mentions:
        told = told.replace(mention.text, " ", 1)
    return told


def headed(clause: Clause, topic: Draft, lang: str) -> Clause:
    """Place what an entry tells where its head says: "Temryuk. A car was damaged."."""
    draft = clause.draft
    tells = draft.type or draft.claims[-1].casualties.known or deeds.has_harm(clause.text, lang)
    if draft.where or not tells:
        return clause
    return replace(clause, draft=replace(draft, places=(*topic.where, *draft.places), when=draft.when or topic.when))
