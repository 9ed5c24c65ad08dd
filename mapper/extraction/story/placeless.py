"""An event that names no place: a part of what is being told, another blow at its place, or one that can't be placed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapper.extraction.facts import deeds
from mapper.extraction.facts.casualties import Casualties
from mapper.extraction.facts.counts import Counts
from mapper.extraction.facts.drafts import DraftPlace, joined, merged, times_agree
from mapper.extraction.naming.mentions import TOWNS
from mapper.extraction.story import tallies

if TYPE_CHECKING:
    from mapper.extraction.facts.clause import Clause
    from mapper.extraction.facts.drafts import Draft, DraftClaim
    from mapper.extraction.story.memory import Memory

__all__ = ["Placeless"]


class Placeless:
    """Tells what an event without a place belongs to."""

    def __init__(self, memory: Memory) -> None:
        self._words, self._lang, self._taxonomy = memory.words, memory.lang, memory.taxonomy
        self._ties, self._telling, self._waiting, self._bearings = memory.ties, memory.telling, memory.waiting, memory.bearings

    def take(self, clause: Clause, draft: Draft, *, tied: bool) -> None:
        """Take an event that names no place: part of the draft being told, or one that can't be placed.

        Parameters
        ----------
        draft
            That of the clause, with what the sentences before it have added.
        tied
            Whether something ties it to the draft being told.
        """
        current, sentence = self._telling.told, clause.sentence
        if current is None:
            self._tell(clause, draft)
            return
        if self._telling.denies(clause, current):
            self._telling.put(replace(current, claims=joined(current.claims, draft.claims)), sentence)
            return
        if tallies.is_shot_down(draft) and sentence.paragraph == self._telling.paragraph and self._spares(current, draft.claims[-1]):
            # "A bomb hit a school. The governor said 20 drones were downed and no one was hurt."
            claim = draft.claims[-1]
            current = replace(current, claims=joined(current.claims, (replace(claim, counts=Counts()),)))
            self._telling.put(current, sentence)
            draft = replace(draft, claims=(*draft.claims[:-1], replace(claim, casualties=Casualties())))
        if tied and self._words.pattern("counts", "all_patterns").search(clause.text):
            # "Ten drones were launched at the region. All of them were shot down."
            draft = replace(draft, claims=tuple(tallies.of_all(c, current) for c in draft.claims))
        if (
            self._is_one_count(clause, current, draft, tied=tied)
            or self._is_debris(clause, current, draft)
            or self._is_downed_there(clause, current, draft, tied=tied)
            or self._is_same(clause, current, draft, tied=tied)
            or self._is_anew(clause, current, draft)
        ):
            return
        self._tell(clause, draft)

    def _is_one_count(self, clause: Clause, current: Draft, draft: Draft, *, tied: bool) -> bool:
        """Tell whether an event is of the barrage being told, and merge them."""
        here = clause.sentence.paragraph == self._telling.paragraph
        if tied and tallies.is_one_barrage(current, draft):
            kind = draft.type if tallies.is_fought_off(current, draft) else current.type
        elif here and tallies.is_repelled(current, draft) and self._words.pattern("counts", "all_patterns").search(clause.text):
            kind = draft.type
        elif tallies.is_shot_down(draft) and here and tallies.is_only_said(current, draft):
            kind = draft.type  # "Drones attacked Moscow. The air defence shot down 21 of them, the mayor said."
        else:
            return False
        self._telling.put(merged(current, draft, kind), clause.sentence)
        return True

    def _is_debris(self, clause: Clause, current: Draft, draft: Draft) -> bool:
        """Tell whether an event is what fell down where something was shot down, and take it as that."""
        here = clause.sentence.paragraph == self._telling.paragraph
        if not (len(current.where) == 1 and here and self._ties.is_debris(clause, current)):
            return False
        if any((c.counts.intercepted or 0) > 1 for c in current.claims) or current.has_toll:
            # "Five drones were shot down over the city, debris damaged a roof."
            self._telling.add(replace(draft, places=current.where, when=draft.when or current.when), clause.sentence)
        else:
            # "A drone was shot down over the city, its wreckage damaged a roof."
            self._telling.put(merged(current, draft, draft.type), clause.sentence)
        return True

    def _is_downed_there(self, clause: Clause, current: Draft, draft: Draft, *, tied: bool) -> bool:
        """Tell whether an event is what was shot down in the attack being told, and take it as that."""
        counted = draft.claims[-1].counts.known or draft.weapons
        if tied and self._ties.does(current, "strike") and self._ties.does(draft, "intercept") and not counted:
            # "Two missiles were fired at X. One was shot down, the other fell in a field."
            self._telling.put(merged(current, draft, current.type), clause.sentence)
            return True
        areas = tuple(p for p in current.where if p.mention.kind == "admin1") if tied else ()
        if areas and tallies.is_shot_down(draft) and clause.sentence.paragraph == self._telling.paragraph and not draft.when:
            # "The enemy shelled the region 47 times. 12 drones were shot down."
            self._telling.add(replace(draft, places=areas, when=current.when), clause.sentence)
            return True
        return False

    def _is_same(self, clause: Clause, current: Draft, draft: Draft, *, tied: bool) -> bool:
        """Tell whether an event is the one being told, or one at its place at another hour, and take it as that."""
        claim, sentence = draft.claims[-1], clause.sentence
        kind = self._taxonomy.compatible(current.type, draft.type)
        if tied and not kind and self._ties.is_under_fire(current, draft):
            current, kind = replace(current, weapons=draft.weapons), draft.type
        if current.where and (self._ties.is_of_another(current, claim, clause.text) or self._ties.is_of_countries(current, clause)):
            kind = ""
        if self._ties.is_at_another_hour(current, draft):
            self._telling.add(replace(draft, places=current.where, when=draft.when or current.when), sentence)
            return True
        if kind and len(set(draft.weapons)) > 1 and draft.type == self._taxonomy.type_of("strike", ""):
            kind = draft.type  # "The enemy used glide bombs, drones and mortars."
        if not (tied and kind and (times_agree(current.when, draft.when) or (draft.timed and not current.timed))):
            return False
        dates = draft.when is not None and (current.when is None or current.when.reported)
        says_more = claim.has_numbers or (claim.by and (draft.weapons or draft.target or self._ties.is_nobodys(current)))
        if says_more or draft.timed or dates or kind != current.type:
            self._telling.put(merged(current, draft, kind), sentence)
        return True

    def _is_anew(self, clause: Clause, current: Draft, draft: Draft) -> bool:
        """Tell whether an event is another attack on the place being told of, and take it as that."""
        anew = self._is_another_blow(current, draft, clause) or self._is_struck_again(current, draft, clause)
        if anew:
            self._telling.add(replace(draft, places=current.where), clause.sentence)
        return anew

    def _tell(self, clause: Clause, draft: Draft) -> None:
        """Tell an event that is of none at a place: part of a count, or one whose place may still come."""
        claim, sentence, waiting = draft.claims[-1], clause.sentence, self._waiting
        if (launched := tallies.launched_before(self._telling.drafts, draft)) is not None:
            self._telling.current = launched
            self._telling.put(merged(self._telling.drafts[launched], draft, self._telling.drafts[launched].type), sentence)
        elif tallies.goes_on(self._telling.drafts, draft):
            return
        elif claim.counts.known or (
            claim.casualties.known and (claim.by or (draft.target and draft.weapons and self._bearings.in_one_town))
        ):
            # "Zaporizhzhia's governor put the toll from an attack at two": one who speaks of no other place speaks of his own.
            own = tuple(DraftPlace(p.mention, "at") for p in draft.places if p.role == "speaker" and p.mention.kind == "admin1")
            self._telling.add(replace(draft, places=own) if len(own) == 1 and claim.casualties.known else draft, sentence)
        else:
            waiting.flush()
            waiting.pending = (sentence.paragraph, draft)
            hit = bool(draft.weapons and draft.target and waiting.opening and self._bearings.home)
            introduces = self._words.pattern("claims", "attribution_patterns").match(clause.text)  # "Of the attack at night told X."
            told = bool(claim.by and draft.weapons and (draft.target or draft.when) and not introduces)
            waiting.worth = hit or told or deeds.is_total(clause.text, self._lang)

    def _spares(self, current: Draft, claim: DraftClaim) -> bool:
        """Tell whether a count of what was shot down says that nobody was hurt, by an attack on the ground without a toll yet."""
        toll = claim.casualties
        return toll.known and not toll.hurt and self._ties.does(current, "strike") and not (current.has_toll or current.tags)

    def _is_another_blow(self, current: Draft, draft: Draft, clause: Clause) -> bool:
        """Tell whether the one town told of was hit again with other weapons: "At night drones struck X. ¶ A missile hit a school."."""
        town = len(current.where) == 1 and current.where[0].mention.kind in TOWNS
        alone = (
            town
            and all(other.names == current.names for other in self._telling.drafts)
            and clause.sentence.paragraph - self._telling.paragraph <= 1
        )
        later = draft.when is not None and current.when is not None and draft.when.start > current.when.start
        armed_anew = bool(current.weapons and draft.weapons) and not set(current.weapons) & set(draft.weapons)
        strikes = self._ties.does(current, "strike") and self._ties.does(draft, "strike")
        apart = later or (clause.sentence.paragraph != self._telling.paragraph and draft.target) or draft.claims[-1].casualties.hurt
        aside = draft.claims[-1].counts.known or clause.names_places or draft.tags or draft.heading or current.tags
        total = deeds.counts_attacks(clause.text, self._lang)  # "In all, the region was shelled 31 times."
        return bool(alone and apart and armed_anew and strikes) and not (aside or total)

    def _is_struck_again(self, current: Draft, draft: Draft, clause: Clause) -> bool:
        """Tell whether what was told of was attacked on a later day too: "On Monday drones hit a depot in X. On Friday again."."""
        at_sea = self._taxonomy.type_of("strike", "naval") in {current.type, draft.type}  # where one ship is hit, and another
        there = bool(current.where) and all(p.mention.kind in TOWNS for p in current.where) and not at_sea
        later = draft.when is not None and current.when is not None and draft.when.start > current.when.start
        near = clause.sentence.paragraph - self._telling.paragraph <= 1 and not clause.names_places
        strikes = self._ties.does(current, "strike") and self._ties.does(draft, "strike")
        again = self._words.holds("places", "struck_again_patterns", clause.text)
        return there and later and near and strikes and again and not (draft.claims[-1].counts.met or draft.tags or current.tags)
