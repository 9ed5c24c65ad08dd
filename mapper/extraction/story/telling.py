"""The drafts of an article so far, and the one that is being told: a new event joins the draft that it may be, or begins one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapper.extraction.facts import deeds
from mapper.extraction.facts.drafts import joined, merged
from mapper.extraction.naming.mentions import AREAS, TOWNS
from mapper.extraction.story import tallies
from mapper.extraction.story.arms import MIXED
from mapper.extraction.story.ties import Stand
from mapper.extraction.wording.stems import skeletons
from mapper.extraction.wording.vocabulary import Vocabulary
from mapper.incidents import CASUALTIES, TAG_BACKGROUND

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from mapper.extraction.facts.clause import Clause
    from mapper.extraction.facts.drafts import Draft, DraftClaim
    from mapper.extraction.naming.toponyms import Mention
    from mapper.extraction.story.ties import Ties
    from mapper.extraction.wording.sentences import Sentence
    from mapper.taxonomy import Taxonomy

__all__ = ["Telling"]

#: Within how many characters a sentence says that it counts a part of those told before.
_OPENING = 40


class Telling:
    """What an article that names `mentions` has told so far.

    Attributes
    ----------
    drafts
        In the order in which they began.
    tolls
        At places of which no event has been told yet.
    current
        The number of the draft that is being told, if one is.
    paragraph
        That which spoke of it last; -1 before any has.
    elsewhere
        That which went on to another place without telling an event there; -1 if none has since.
    named
        The names of all places at which an event was told.
    """

    def __init__(self, lang: str, taxonomy: Taxonomy, ties: Ties, mentions: Sequence[Mention]) -> None:
        self.drafts: list[Draft] = []
        self.tolls: list[Draft] = []
        self.current: int | None = None
        self.paragraph = -1
        self.elsewhere = -1
        self.named: set[str] = set()
        self._lang = lang
        self._words = Vocabulary.load(lang)
        self._taxonomy = taxonomy
        self._ties = ties
        # Of a count of what was shot down over a country, by its number, how many of those have been told of with their regions.
        self._parts: dict[int, int] = {}
        # Where each place is named last.
        self._last_named = {skeletons(m.name): m.start for m in mentions if m.role != "institution"}

    @property
    def told(self) -> Draft | None:
        """The draft that is being told, if one is."""
        return None if self.current is None else self.drafts[self.current]

    @property
    def news_before(self) -> int | None:
        """The number of the draft that was told before the one being told, if that is of earlier times."""
        current = self.told
        before = next((k for k in reversed(range(self.current or 0)) if not self.drafts[k].tags), None)
        if current is None or before is None:
            return None
        news = self.drafts[before].when
        earlier = TAG_BACKGROUND in current.tags or (current.when and news and current.when.end < news.start)
        return before if earlier else None

    def told_where(self, clause: Clause) -> Draft | None:
        """Give the last event told of the town where who speaks is: "Our correspondent in X says the missile came down on a road."."""
        towns = {p.name for p in clause.draft.places if p.role == "speaker" and p.mention.kind in TOWNS}
        return next((d for d in reversed(self.drafts) if towns and d.names == towns and not d.tags), None)

    def stand(self, sentence: Sentence) -> Stand:
        """Tell how far a sentence stands from the draft that is being told, and whether that is the only one."""
        return Stand(sentence.paragraph - self.paragraph, len(self.drafts) == 1)

    def has_told_of(self, mention: Mention) -> bool:
        """Tell whether any event was told at a place."""
        return skeletons(mention.name) in self.named

    def tells_of(self, mention: Mention) -> bool:
        """Tell whether the event being told is at a place."""
        return self.told is not None and not self.told.is_summary and skeletons(mention.name) in self.told.names

    def tells_at_a_town(self, paragraph: int) -> bool:
        """Tell whether the event being told is at a town, and of this paragraph."""
        current = self.told
        if current is None or paragraph != self.paragraph or not current.where:
            return False
        return all(p.mention.kind in TOWNS for p in current.where)

    def denies(self, clause: Clause, current: Draft) -> bool:
        """Tell whether another party denies what has just been told: "Russia said it had taken X. Ukraine denied this."."""
        beside = clause.sentence.paragraph - self.paragraph <= 1 and not clause.draft.names - current.names
        said, kind = clause.said, clause.draft.type
        denied = said is not None and said.status == "denied" and not current.is_told_by(said.by)
        again = bool(kind and self._taxonomy.compatible(current.type, kind))
        return beside and denied and (again or self._words.holds("claims", "denying_it_patterns", clause.text))

    def is_alone(self, current: Draft) -> bool:
        """Tell whether what is being told is all that an article has told, but for the attack on an area that it lies in."""
        others = (d for d in self.drafts if d is not current)
        return all(d.is_sharper_in(current, AREAS) and not d.has_numbers and not d.tags for d in others)

    def begin(self, draft: Draft) -> None:
        """Take a draft in behind all others."""
        self.drafts.append(draft)
        self.named |= draft.names

    def put(self, draft: Draft, sentence: Sentence) -> None:
        """Take a draft in place of the one being told."""
        if self.current is not None:
            self.drafts[self.current] = draft
            self.named |= draft.names
            self.paragraph = sentence.paragraph

    def _put_nearer(self, draft: Draft, sentence: Sentence) -> None:
        """Take a draft of a town in place of one of its area, together with what was told of the town before."""
        self.put(draft, sentence)
        before = next((k for k, d in enumerate(self.drafts[:-1]) if d.names == draft.names and not d.heading and d.may_be(draft)), None)
        kind = self._taxonomy.compatible(self.drafts[before].type, draft.type) if before is not None else ""
        if before is not None and kind and self.told is self.drafts[-1]:
            # "Drones hit X. ¶ “The enemy attacked the region at night. In X, power is out.”"
            self.current = before
            self.drafts.pop()
            self.put(merged(self.drafts[before], draft, kind), sentence)

    def leave(self) -> None:
        """Go on from events at several places, to none of which what comes next belongs more than to the others."""
        self.current = None

    def add(self, draft: Draft, sentence: Sentence) -> None:
        """Take an event at a place: join it to the draft that it may be, or begin one."""
        current, stand = self.told, self.stand(sentence)
        same = self._words.pattern("places", "same_patterns").search(sentence.text)
        also = self._words.pattern("places", "also_patterns").search(sentence.text)
        both = self._taxonomy.compatible(current.type, draft.type) if current else ""
        if current and both and self._ties.sharpens(current, draft, sentence.text, stand):
            self.put(replace(merged(current, draft, both), places=draft.places), sentence)
            return
        lists = current is not None and draft.lies_in(current) and set(draft.weapons) <= set(current.weapons)
        # "The Nikopol district was attacked. Nikopol and Marhanets were hit."
        nearer = current is not None and lists and not (current.has_toll or draft.has_numbers)
        sharper = current is not None and (lists or (current.is_sharper_in(draft) and not self._is_wider(current)))
        # "The enemy attacked Kyiv region with drones. In the attack, a guard was killed in Bila Tserkva."
        # "Over the past day, 31 bombs and 12 drones were used against the region. In X, a man was hurt in a drone attack."
        of_a_day = current is not None and current.is_summary and current.is_counted
        here = both and (same or nearer) and sharper and sentence.paragraph == self.paragraph and not of_a_day
        if current and (here or (self._ties.is_of_area(current, draft, stand) and not also)):
            self._put_nearer(replace(merged(current, draft, both), places=draft.places, when=draft.when or current.when), sentence)
            return
        if current and sentence.paragraph == self.paragraph and tallies.is_shot_down(draft) and current.is_fought_off_in(draft):
            # "Drones set a refinery in X on fire. Three were shot down over the town."
            self.put(merged(current, draft, current.type), sentence)
            return
        on_the_front = current is not None and current.is_stretch and current.type == draft.type and self._ties.does(draft, "combat")
        if current and on_the_front and not also and sentence.paragraph == self.paragraph:
            # "The fighting was fiercest in the Pokrovsk sector. The enemy tried 41 times to advance near Rodynske."
            self.put(replace(merged(current, draft, draft.type), places=draft.places), sentence)
            return
        again = (self._ties.is_led_in, self._ties.is_quoted_again, self._ties.is_told_nearer, self._ties.is_where_it_struck)
        if current and any(tells(current, draft, sentence.text, stand) for tells in again):
            self.put(replace(merged(current, draft, both), places=draft.places), sentence)
            return
        shot_down = draft.type == self._taxonomy.type_of("intercept", "")
        goes_on = shot_down and (self._counts_on(sentence) or (current is not None and tallies.is_shared_out(current, draft, stand.on)))
        before = self.current if goes_on else None
        if shot_down and (counted := tallies.counted_before(self.drafts, draft, before)) is not None:
            # "130 drones were shot down. 55 of them were downed over the Kursk region."
            self.current = counted
            told = self.drafts[counted]
            by = next((c.by for c in draft.claims if c.by), "")
            signed = tuple(c if c.by else replace(c, by=by) for c in told.claims)
            self._parts[counted] = draft.claims[-1].counts.intercepted or 0
            self.put(replace(told, type=draft.type, places=draft.places, claims=signed), sentence)
            return
        if (
            current
            and self.current is not None
            and shot_down
            and tallies.is_next_part(current, draft, self._parts.get(self.current, 0), stand.on)
        ):
            # "40 drones were downed. 20 of them were destroyed over the Bryansk region. Another 12 were intercepted over Kursk."
            self._parts[self.current] += draft.claims[-1].counts.intercepted or 0
            self.put(replace(current, places=(*current.places, *draft.places)), sentence)
            return
        if current and current.type == draft.type and shot_down and self._is_the_rest(draft, sentence):
            self.put(replace(current, places=(*current.places, *draft.places)), sentence)
            return
        if shot_down and (launched := tallies.launched_over(self.drafts, draft)) is not None:
            # "22 drones were launched. ¶ 19 were shot down over the Odesa and Kyiv regions."
            self.current = launched
            told = self.drafts[launched]
            self.put(replace(merged(told, draft, draft.type), places=(*draft.places, *told.places)), sentence)
            return
        if current and self._ties.is_in_raion_of(current, draft):
            self.put(replace(merged(current, draft, both), places=current.places), sentence)
            return
        if self._is_each_told(draft):
            return  # "Two were hurt in X, one in Y. ... Damaged are three houses (X), a shop (Y)."
        for index, other in enumerate(self.drafts):
            kind = self._taxonomy.compatible(other.type, draft.type)
            if kind and other.heading == draft.heading and other.may_be(draft):
                self.current = index
                kind = next((one.type for one in (draft, other) if _is_mixed(one) and self._ties.does(one, "strike")), kind)
                if self._is_told_apart(other, draft, sentence):
                    # "Drones attacked X and Y. In X a refinery is on fire. In Y two were hurt."
                    apart, rest = ([p for p in other.places if (p.name in draft.names) is here] for here in (True, False))
                    self.drafts[index] = replace(other, places=tuple(rest))
                    self.begin(draft)
                    self.current = len(self.drafts) - 1
                    self.put(merged(replace(other, places=tuple(apart)), draft, kind), sentence)
                    return
                self.put(merged(other, draft, kind), sentence)
                return
        self.begin(draft)
        if not draft.heading:
            self.current = len(self.drafts) - 1
            self.paragraph, self.elsewhere = sentence.paragraph, -1

    def _counts_on(self, sentence: Sentence) -> bool:
        """Tell whether a sentence may count a part of those told before: "20 were downed. ¶ Twelve of them over the Bryansk region."."""
        on = sentence.paragraph - self.paragraph
        return on <= 0 or (on == 1 and self._words.pattern("counts", "of_them_patterns").search(sentence.text, 0, _OPENING) is not None)

    def _is_wider(self, current: Draft) -> bool:
        """Tell whether an attack was on several areas, or counted over a whole country, and not all of it on one town of them."""
        return len(current.where) > 1 or (current.is_counted and current.is_national)

    def _is_the_rest(self, draft: Draft, sentence: Sentence) -> bool:
        """Tell whether more places of a count are told: "126 were downed, 64 of them over X; the rest were destroyed over Y"."""
        rest = self._words.pattern("counts", "rest_patterns").search(sentence.text)
        return rest is not None and not draft.has_numbers and sentence.paragraph == self.paragraph

    def comes_back(self, clause: Clause) -> int | None:
        """Give the event that a sentence comes back to: "In X, a plant was damaged", "X lies 300 km away".

        Of an event told of several towns at once, that of the one is told apart.
        """
        draft, current = clause.draft, self.told
        if draft.tags or clause.sentence.heading:
            return None
        towns = [m for m in clause.mentions if m.kind in TOWNS and m.role != "institution"]
        names = {p.name for p in draft.places if p.mention in towns}
        lies = not draft.where and len(towns) == 1 and towns[0].start == clause.sentence.start
        harmed = draft.claims[-1].casualties.hurt or deeds.has_harm(clause.text, self._lang)
        here = current is not None and clause.sentence.paragraph == self.paragraph
        if len(names) != 1 or not ((lies and not here) or (draft.names == names and harmed)):
            return None
        index = next((k for k, d in enumerate(self.drafts) if names <= d.names and not (d.heading or d.tags)), None)
        listed = self.drafts[index] if index is not None else None
        if index is None or listed is None or not self._ties.does(listed, "strike"):
            return None
        if names == listed.names:
            return None if listed is current else index
        if listed.has_numbers or (here and not self._goes_one_by_one(listed, names, towns[-1].end)):
            return None
        apart, rest = ([p for p in listed.places if (p.name in names) is one] for one in (True, False))
        self.drafts[index] = replace(listed, places=tuple(rest))
        self.begin(replace(listed, places=tuple(apart)))
        return len(self.drafts) - 1

    def risen(self, draft: Draft) -> int | None:
        """Give the event whose toll a later entry tells anew: the last that told of fewer, or the only one."""
        toll = draft.claims[-1].casualties
        if draft.where or draft.tags or not toll.hurt:
            return None
        news = [k for k, d in enumerate(self.drafts) if not (d.heading or d.tags) and self._ties.does(d, "strike")]
        grown = [k for k in news if any(0 < self.drafts[k].most(kind) < (getattr(toll, kind).low or 0) for kind in CASUALTIES)]
        return grown[-1] if grown else news[0] if len(news) == 1 else None

    def go_back(self, index: int, claims: tuple[DraftClaim, ...]) -> None:
        """Take what is told later of an event, after which nothing is being told."""
        self.drafts[index] = replace(self.drafts[index], claims=joined(self.drafts[index].claims, claims))

    def tell_both(self, claims: tuple[DraftClaim, ...]) -> None:
        """Let what is said of both events hold for the one before that being told: "Nobody was hurt in either place."."""
        index = (self.current or 0) - 1
        if index >= 0 and not (self.drafts[index].heading or self.drafts[index].tags):
            self.drafts[index] = replace(self.drafts[index], claims=joined(self.drafts[index].claims, claims))

    def sign(self, claim: DraftClaim, sentence: Sentence) -> None:
        """Give what nobody has been named for to whom the last paragraph names: "This is said in the General Staff's summary."."""
        for index, draft in enumerate(self.drafts):
            if draft.section == sentence.section and not any(c.by for c in draft.claims):
                told = tuple(replace(c, by=claim.by, status=claim.status) for c in draft.claims)
                self.drafts[index] = replace(draft, claims=told)

    def _is_each_told(self, draft: Draft) -> bool:
        """Tell whether of several towns, about which nothing is counted, each has been told of by itself."""
        if len(draft.names) < 2 or draft.has_numbers or draft.heading or draft.tags or draft.weapons:
            return False
        told = {name for d in (*self.drafts, *self.tolls) if len(d.names) == 1 and d.has_toll and not d.tags for name in d.names}
        return draft.names <= told and self._ties.does(draft, "strike")

    def _is_told_apart(self, listed: Draft, draft: Draft, sentence: Sentence) -> bool:
        """Tell whether an article comes back one by one to places that it named together, of which a draft is one."""
        alike = bool(draft.names) and draft.names < listed.names and not (listed.has_numbers or listed.heading)
        # "Explosions were heard in X and Y. A drone hit a house in Y."
        of_kinds = self._ties.does(listed, "explode") and self._ties.does(draft, "strike")
        specific = draft.is_specific or sentence.paragraph != self.paragraph
        return alike and specific and (of_kinds or self._goes_one_by_one(listed, draft.names, sentence.end))

    def _goes_one_by_one(self, listed: Draft, names: Collection[str], end: int) -> bool:
        """Tell whether other places of an event than these are named once more, or one was already told apart from them."""
        before = any(d is not listed and d.claims[0] == listed.claims[0] for d in self.drafts)
        return before or any(self._last_named.get(name, -1) > end for name in listed.names.difference(names))


def _is_mixed(draft: Draft) -> bool:
    """Tell whether an attack was made with drones and with missiles."""
    return set(draft.weapons) >= MIXED
