"""A clause that tells no deed: a toll, damage, a day or a voice of what is being told, or of what is told next."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapper.extraction.facts import deeds
from mapper.extraction.facts.drafts import joined
from mapper.extraction.naming.mentions import AREAS
from mapper.extraction.story.waiting import NOTHING

if TYPE_CHECKING:
    from mapper.extraction.facts.clause import Clause
    from mapper.extraction.facts.drafts import Draft
    from mapper.extraction.story.memory import Memory

__all__ = ["GoingOn"]

#: What may have caused a toll at another place than the one told of, of which nothing more is said.
_OF_A_TOLL = frozenset({"strike", "explode", "combat"})

#: How many attacks an article tells that is a bulletin of them.
_MANY = 3

#: What may stand around the name of a place that is a line of its own.
_LINE_MARKS = " *#_:.\n"


class GoingOn:
    """Goes on with what is being told by what tells no deed itself."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._words, self._lang, self._taxonomy = memory.words, memory.lang, memory.taxonomy
        self._ties, self._telling, self._waiting = memory.ties, memory.telling, memory.waiting

    def take(self, clause: Clause, *, tied: bool) -> None:
        """Take a clause that tells no deed: a toll belongs to the draft being told, or, at another place, to one like it.

        Parameters
        ----------
        tied
            Whether something ties the clause to the draft being told.
        """
        if self._places_pending(clause):
            return
        tied = self._comes_back(clause) or tied
        self._signs_pending(clause)
        current = self._telling.told
        if current and (self._is_elsewhere_too(clause, current) or self._dates(clause, current, tied=tied)):
            return
        if (current := self._telling.told) and self._sharpens(clause, current):
            return
        self._await(clause)
        toll = clause.draft.claims[-1].casualties
        if current is None:
            self._take_first(clause)
        elif tied and not clause.draft.where and (toll.children_told_before or clause.draft.claims[-1].counts.lost is not None):
            # "Five people were killed. Among them are two children." "76 drones were shot down. Another 60 were lost."
            self._telling.put(replace(current, claims=joined(current.claims, clause.draft.claims)), clause.sentence)
        elif toll.known:
            self._take_toll(clause, current, tied=tied)
        elif not self._tells_harm(clause, current):
            self._hear(clause, current, tied=tied)

    def _places_pending(self, clause: Clause) -> bool:
        """Tell whether a clause says where an event was that waits for its place, which is told then.

        "There were 152 clashes, the General Staff said. Most of them near Pokrovsk."
        """
        draft = clause.draft
        paragraph, pending = self._waiting.pending
        if not (pending and paragraph == clause.sentence.paragraph and draft.where and self._says_where(clause)):
            return False
        self._waiting.pending = NOTHING
        claims = draft.claims if draft.has_numbers else pending.claims
        told = replace(pending, when=draft.when or pending.when, places=draft.places, claims=claims, tags=draft.tags or pending.tags)
        self._telling.add(told, clause.sentence)
        return True

    def _says_where(self, clause: Clause) -> bool:
        """Tell whether a clause says where an event without a place was, and not only where somebody spoke of it."""
        draft = clause.draft
        said = draft.has_numbers or not draft.claims[-1].by or deeds.has_harm(clause.text, self._lang)
        return said or self._words.holds("places", "same_patterns", clause.text) or deeds.is_at_sea(clause.text, self._lang)

    def _comes_back(self, clause: Clause) -> bool:
        """Tell whether a clause comes back to an event told before, which is the one being told then."""
        if (back := self._telling.comes_back(clause)) is None:
            return False
        self._telling.drafts[back] = replace(self._telling.drafts[back], section=clause.sentence.section)
        self._telling.current, self._telling.paragraph = back, clause.sentence.paragraph
        return True

    def _signs_pending(self, clause: Clause) -> None:
        """Let who told the sentences before have told the event that waits for its place."""
        paragraph, pending = self._waiting.pending
        claim = clause.draft.claims[-1]
        nobodys = pending is not None and not pending.claims[-1].by
        if pending and nobodys and claim.by and self._words.pattern("claims", "attribution_patterns").match(clause.sentence.text):
            told = tuple(replace(c, by=claim.by, status=claim.status) for c in pending.claims)
            self._waiting.pending = (paragraph, replace(pending, claims=told))

    def _is_elsewhere_too(self, clause: Clause, current: Draft) -> bool:
        """Tell whether a clause does no more than sum up the toll of an area, of which the event being told is a part."""
        of_area = all(p.mention.kind in AREAS for p in clause.draft.where)
        return clause.draft.claims[-1].casualties.known and of_area and self._ties.is_elsewhere_too(clause, current)

    def _dates(self, clause: Clause, current: Draft, *, tied: bool) -> bool:
        """Tell whether a clause says no more than when something was, and take its day for what is being told."""
        draft, sentence = clause.draft, clause.sentence
        if not (tied or (len(self._telling.drafts) == 1 and sentence.paragraph - self._telling.paragraph == 1)):
            return False
        if draft.timed and not draft.names and not current.timed:
            # "It happened on 3 September." "This was yesterday, nobody was hurt."
            claims = joined(current.claims, draft.claims) if draft.claims[-1].casualties.known else current.claims
            self._telling.put(replace(current, when=draft.when, timed=True, claims=claims), sentence)
            return True
        if self._ties.says_when(current, clause):
            self._telling.put(replace(current, when=draft.when), sentence)
        return False

    def _sharpens(self, clause: Clause, current: Draft) -> bool:
        """Tell whether a clause says more exactly where something was, and place it there.

        "The enemy shelled the Nikopol district. Nikopol and Marhanets were under fire."
        """
        draft, sentence = clause.draft, clause.sentence
        if not draft.where or self._got_through(clause, current):
            return False
        stand = self._telling.stand(sentence)
        here = sentence.paragraph == self._telling.paragraph
        sharper = (
            self._ties.sharpens(current, draft, sentence.text, stand)
            or self._ties.details(current, draft, stand)
            or (here and draft.lies_in(current) and not (current.has_toll or draft.has_toll))
        )
        if sharper:
            timed = draft.timed or (draft.when is not None and current.when is None)
            when, claims = draft.when if timed else current.when, joined(current.claims, draft.claims)
            self._telling.put(replace(current, places=draft.places, when=when or current.when, claims=claims), sentence)
        return sharper

    def _got_through(self, clause: Clause, current: Draft) -> bool:
        """Tell whether somebody was hurt where others were downed: "Nine drones were shot down in X. In Y, two were burnt."."""
        hurt = clause.draft.claims[-1].casualties.hurt
        return hurt and self._ties.does(current, "intercept") and current.is_of_several

    def _await(self, clause: Clause) -> None:
        """Keep a place, or a toll at one, whose event the next sentence may tell."""
        draft, claim, paragraph = clause.draft, clause.draft.claims[-1], clause.sentence.paragraph
        if not draft.where:
            return
        if claim.casualties.known:
            self._waiting.toll = (paragraph, draft)
        elif not claim.by or deeds.has_harm(clause.text, self._lang):
            self._waiting.topic = (paragraph, draft)
            if self._is_head(clause):
                # "Odesa ¶ A missile hit a hotel.": a line of its own heads the paragraph below it
                self._waiting.alone = len(clause.mentions) == 1 and clause.text.strip(_LINE_MARKS) == clause.mentions[0].text
                self._waiting.head = (paragraph, draft)
        elif paragraph != self._telling.paragraph:
            self._waiting.passed = (paragraph, draft)

    def _is_head(self, clause: Clause) -> bool:
        """Tell whether a clause is no more than the name of a place at the beginning of its paragraph."""
        named = sum(len(m.text) for m in clause.mentions)
        return clause.sentence.paragraph != self._telling.paragraph and 2 * named >= len(clause.text)

    def _take_first(self, clause: Clause) -> None:
        """Take what is told before any event, or as the first of an entry."""
        draft, sentence, waiting = clause.draft, clause.sentence, self._waiting
        toll = draft.claims[-1].casualties
        paragraph, pending = waiting.pending
        if pending and paragraph == sentence.paragraph and toll.known and not draft.where:
            waiting.pending = (paragraph, replace(pending, claims=joined(pending.claims, draft.claims)))
            return
        if self._memory.posted and not clause.names_places:
            if (risen := self._telling.risen(draft)) is not None:
                self._telling.go_back(risen, draft.claims)
                return
            if not self._telling.drafts and not draft.where:
                waiting.later.append(draft)
                return
        harmed = bool(draft.where) and not draft.tags and deeds.has_harm(clause.text, self._lang)
        if draft.where and toll.known and not draft.tags:
            self._telling.tolls.append(draft)
        elif toll.hurt and not (draft.places or draft.tags or self._telling.drafts):
            waiting.opening = replace(waiting.opening, claims=joined(waiting.opening.claims, draft.claims)) if waiting.opening else draft
        elif harmed and (weapon := self._memory.arms.only_of_all):
            # "Drones attacked several regions. ¶ In Engels, a plant was damaged."
            self._telling.add(replace(draft, type=self._taxonomy.type_of("strike", weapon), weapons=(weapon,)), sentence)
        elif harmed and draft.target and all(p.mention.kind not in AREAS for p in draft.where):
            waiting.harms.append(draft)

    def _tells_harm(self, clause: Clause, current: Draft) -> bool:
        """Tell whether a clause without a toll places what is being told, or tells what it did elsewhere, and take it as that."""
        draft, sentence = clause.draft, clause.sentence
        here = sentence.paragraph == self._telling.paragraph
        if here and draft.where and current.is_sharper_in(draft) and self._words.holds("places", "same_patterns", clause.text):
            # "Seven people were hurt in the Bryansk region. The incident took place in Suzemka."
            claims = joined(current.claims, draft.claims) if draft.claims[-1].by else current.claims
            self._telling.put(replace(current, places=draft.places, when=draft.when or current.when, claims=claims), sentence)
            return True
        if not draft.names or draft.names & current.names:
            return False
        if here and self._ties.is_within(clause, current):
            # "The enemy attacked the Kutsurub community with drones. In the village of Dmytrivka, a house was damaged."
            self._telling.put(replace(current, places=draft.places, claims=joined(current.claims, draft.claims)), sentence)
            return True
        if self._is_hit_too(clause, current):
            weapon = self._memory.arms.guessed(current, draft.claims[0].start)
            self._telling.add(replace(draft, type=self._taxonomy.type_of("strike", weapon)), sentence)
            return True
        if len(draft.where) == 1 or any(p.mention.kind not in AREAS for p in current.where):
            self._telling.elsewhere = sentence.paragraph  # "The district was shelled. X, Y and Z suffered. Two were hurt."
        return False

    def _is_hit_too(self, clause: Clause, current: Draft) -> bool:
        """Tell whether a clause tells what an attack did elsewhere: "In the Fastiv district, two houses were damaged."."""
        attacked = (
            (self._ties.does(current, "strike") or self._ties.does(current, "intercept")) and not current.tags and not clause.draft.tags
        )
        bulletin = current.is_summary or sum(self._ties.does(d, "strike") and not d.heading for d in self._telling.drafts) >= _MANY
        near = clause.sentence.paragraph - self._telling.paragraph <= 1 or bulletin
        return attacked and near and deeds.has_harm(clause.sentence.text, self._lang)

    def _hear(self, clause: Clause, current: Draft, *, tied: bool) -> None:
        """Take a sentence without numbers: who told the one before, or what else a party says of it."""
        claim, sentence, text = clause.draft.claims[-1], clause.sentence, clause.sentence.text
        says_who = self._words.pattern("claims", "attribution_patterns").match(text)
        if claim.by and says_who and sentence.paragraph != self._telling.paragraph:
            self._telling.sign(claim, sentence)
            if sentence.paragraph == self._telling.paragraph + 1:
                self._telling.paragraph = sentence.paragraph  # "This was said by the mayor." The story goes on.
        if self._telling.denies(clause, current):
            self._telling.put(replace(current, claims=joined(current.claims, (claim,))), sentence)
            return
        if not claim.by or not tied or claim.status == "denied":
            return  # who denies something else tells nothing of it: "The governor denied rumours of mined beaches."
        here = sentence.paragraph == self._telling.paragraph or any(c.by for c in current.claims)
        nowhere_else = not clause.names_places or clause.draft.names == current.names
        if says_who or (here and nowhere_else and self._ties.is_nobodys(current)):
            told = tuple(replace(c, by=claim.by, status=claim.status) if self._ties.is_nobody(c.by) else c for c in current.claims)
            if says_who and told == current.claims:
                told = joined(told, (claim,))  # "Russia says that it took X. The ministry announced this."
            self._telling.put(replace(current, claims=told), sentence)
        elif deeds.has_damage(text, self._lang) and nowhere_else:
            self._telling.put(replace(current, claims=joined(current.claims, (claim,))), sentence)

    def _take_toll(self, clause: Clause, current: Draft, *, tied: bool) -> None:
        """Take a toll as that of the event being told, or, at another place, of one like it."""
        draft, sentence, toll = clause.draft, clause.sentence, clause.draft.claims[-1].casualties
        here, next_to = sentence.paragraph == self._telling.paragraph, sentence.paragraph == self._telling.paragraph + 1
        near = tied or sentence.paragraph - self._telling.paragraph <= 1
        if near and not draft.where and not toll.hurt and self._words.pattern("places", "both_patterns").search(clause.text):
            self._telling.tell_both(draft.claims)
            tied = True
        got_through = self._ties.does(current, "intercept") and toll.hurt
        sharper = draft.where and current.is_sharper_in(draft) and not self._got_through(clause, current)
        if here and sharper and not current.has_toll:
            # "A plant in the Stavropol region was attacked. A fire at the site in Budyonnovsk was put out, nobody was hurt."
            claims = joined(current.claims, draft.claims)
            self._telling.put(replace(current, places=draft.places, when=draft.when or current.when, claims=claims), sentence)
        elif draft.names and draft.names <= current.names and got_through:
            # "74 drones were shot down on their way to Moscow. In Moscow, twelve people were hurt."
            self._telling.add(replace(draft, type=self._taxonomy.type_of("strike", *current.weapons[:1] or ("",))), sentence)
        elif draft.names <= current.names:
            if tied or (draft.names and next_to):
                self._telling.put(replace(current, claims=joined(current.claims, draft.claims)), sentence)
        elif here and current.weapons:
            # "115 drones were shot down. In X, a man was killed."
            kind = self._taxonomy.type_of("strike", current.weapons[0]) if got_through else current.type
            self._telling.add(replace(draft, type=kind, when=draft.when or current.when, weapons=current.weapons), sentence)
        elif toll.killed.low or toll.injured.low or deeds.has_harm(clause.text, self._lang):  # not: "In Kyiv a ceiling came down."
            self._tell_alike(clause, current)

    def _tell_alike(self, clause: Clause, current: Draft) -> None:
        """Take a toll at another place as that of an event like the one being told."""
        draft, claim, here = clause.draft, clause.draft.claims[-1], clause.sentence.paragraph == self._telling.paragraph
        like = self._taxonomy.types[current.type].actions[:1]
        weapon = self._memory.arms.guessed(current, draft.claims[0].start) if like in {("strike",), ("intercept",)} else ""
        others = bool(claim.by) and not current.is_told_by(claim.by)
        if like == ("intercept",) and others and not (draft.target or deeds.is_of_debris(clause.text, self._lang)):
            # "Moscow said it had shot down 20 drones. ¶ Two people were killed in X, police said.": by what is not told
            like, weapon = ("strike",), ""
        if like == ("intercept",) and weapon:
            like = ("strike",)  # "26 drones were shot down. ¶ In the village of X, a man was wounded by fragments."
        if kind := self._taxonomy.type_of(like[0], weapon) if like and like[0] in _OF_A_TOLL else "":
            when = draft.when or (current.when if here else None)
            self._telling.add(replace(draft, type=kind, when=when), clause.sentence)
