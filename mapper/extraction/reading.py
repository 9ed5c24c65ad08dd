"""An article to incident drafts, sentence by sentence.

A sentence that tells an event at a place begins a draft; one that goes on about it ("It confirmed
the two deaths") adds a claim; two that tell the same event in one article are one draft. Nothing is
placed here: a draft has mentions, and the geocoding gives them coordinates.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from mapper.extraction import casualties, claimants, claiming, dates, deeds, languages, roles, sentences
from mapper.extraction.drafts import Draft, DraftClaim, DraftPlace, about, joined, merged, own_places, times_agree
from mapper.extraction.settling import settled
from mapper.extraction.stems import skeletons
from mapper.extraction.unseen import seen
from mapper.extraction.vocabulary import Vocabulary, alternatives
from mapper.incidents import TAG_BACKGROUND

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapper.extraction.claimants import Attribution
    from mapper.extraction.dates import When
    from mapper.extraction.sentences import Sentence
    from mapper.extraction.toponyms import Mention
    from mapper.extraction.unseen import Seen
    from mapper.sources.article import Article
    from mapper.taxonomy import Taxonomy

__all__ = ["extract"]

#: An event that ended longer before the report than this is background, not news.
_NEWS_DAYS = 14

#: What may have caused a toll at another place than the one told of, of which nothing more is said.
_OF_A_TOLL = frozenset({"strike", "explode", "combat"})

#: How many places a sentence is tried to be cut at.
_MOST_JOINTS = 12


def extract(article: Article, mentions: Sequence[Mention], taxonomy: Taxonomy) -> list[Draft]:
    """Find the incidents that an article tells, in the order of its text.

    Parameters
    ----------
    mentions
        The places that the text names (`toponyms.find`), in the order of the text.

    An article whose language is not known, since it is in several, is read line by line in the language of each line.
    """
    if shown := seen(article.text):
        return _unseen(article, mentions, taxonomy, shown)
    if article.lang:
        return _Reader(article, taxonomy, mentions, article.lang).drafts(None)
    by_line = languages.of_lines(article.text)
    drafts: list[Draft] = []
    for lang in dict.fromkeys(by_line):
        drafts += _Reader(article, taxonomy, mentions, lang).drafts(by_line)
    return sorted(drafts, key=lambda d: d.claims[0].start)


def _unseen(article: Article, mentions: Sequence[Mention], taxonomy: Taxonomy, shown: Seen) -> list[Draft]:
    """Read a text without the characters that no reader sees, and quote it with them."""
    moved = {replace(m, start=bisect_left(shown.positions, m.start), end=bisect_left(shown.positions, m.end)): m for m in mentions}
    drafts = extract(replace(article, text=shown.text), list(moved), taxonomy)
    return [
        replace(
            draft,
            places=tuple(replace(p, mention=moved[p.mention]) for p in draft.places),
            claims=tuple(claiming.in_whole(c, article.text, shown) for c in draft.claims),
        )
        for draft in drafts
    ]


class _Reader:
    """One article being read: what has been heard so far, and the drafts it has given."""

    def __init__(self, article: Article, taxonomy: Taxonomy, mentions: Sequence[Mention], lang: str) -> None:
        self.lang = lang
        self.words = Vocabulary.load(lang)
        self._article = article
        self._taxonomy = taxonomy
        no_place = self.words.pattern("places", "not_places")
        self._mentions = [m for m in mentions if not no_place.fullmatch(m.text)]
        self._starts = [m.start for m in self._mentions]
        # The region of the article, if it names but one: what "the region" means where nothing else says it.
        regions = {skeletons(m.name).split(" ")[0]: m for m in reversed(self._mentions) if m.kind == "admin1"}
        self._home = [DraftPlace(m, "over") for m in regions.values()] if len(regions) == 1 else []
        self._voices = claimants.Voices()
        self._drafts: list[Draft] = []
        # The draft being told, and the paragraph that spoke of it last.
        self._current: int | None = None
        self._paragraph = -1
        # An event without a place, which the next sentence may name, its paragraph, and whether it is told even if none does.
        self._pending: tuple[int, Draft | None] = (-1, None)
        self._worth = False
        # A toll at a place whose event the next sentence may tell, and its paragraph.
        self._toll: tuple[int, Draft | None] = (-1, None)
        # Tolls at places of which no event has been told yet.
        self._tolls: list[Draft] = []
        # The sentence before, if it names a place and tells nothing there: "It was a loud night in X."
        self._topic: tuple[int, Draft | None] = (-1, None)
        # The time told last, which "the same day" means.
        self._time: When | None = None
        # The paragraph that went on to another place without telling an event there.
        self._elsewhere = -1
        # The weapons named last, which debris is of.
        self._weapons: tuple[str, ...] = ()

    def drafts(self, by_line: Sequence[str] | None) -> list[Draft]:
        """Read the article, or those of its lines that are in the reader's language."""
        for sentence in sentences.split(self._article.text, self.words):
            if by_line is None or by_line[sentence.paragraph] == self.lang:
                self.read(sentence)
        return self.finish()

    def read(self, sentence: Sentence) -> None:
        """Take the next sentence in."""
        if (current := self._told) and current.section != sentence.section:
            self._current = None
        if sentence.paragraph != self._pending[0]:
            self._flush()
        within = self._within(sentence.start, sentence.end)
        said = claimants.find(sentence.text, self._voices, self.lang, {m.text for m in within})
        for start, end in self._clauses(sentence):
            self._clause(sentence, start, end, said)

    def finish(self) -> list[Draft]:
        """Give the drafts, those of headings and of tolls only where nothing else tells their event."""
        self._flush()
        return settled(self._drafts, self._tolls, self._taxonomy)

    @property
    def _told(self) -> Draft | None:
        return None if self._current is None else self._drafts[self._current]

    def _clause(self, sentence: Sentence, start: int, end: int, said: Attribution | None) -> None:
        clause = self._article.text[start:end]
        if deeds.is_hypothetical(clause, self.lang):
            return
        deed = deeds.find(clause, self._taxonomy, self.lang)
        claims = claiming.of_clause(self._article.text, sentence, clause, said, self.lang)
        speaker = (sentence.start + said.start, sentence.start + said.end) if said else (0, 0)
        told = deeds.without_exclusions(clause, self.lang)
        mentions = [m for m in self._within(start, end) if told[m.start - start] != " "]
        assigned = roles.assign(self._article.text, start, end, mentions, speaker, self.lang)
        places = own_places([DraftPlace(m, r) for m, r in zip(mentions, assigned, strict=True) if r], self._article.text)
        tied = self._is_tied(sentence, clause, said, mentions, deed.weapons if deed else ())
        when = self._when(clause)
        if when is None and self.words.pattern("dates", "same_time").search(clause):
            when = self._time
        self._time = when or self._time
        topic, self._topic = self._topic, (-1, None)
        draft = Draft(
            type=deed.type if deed else "",
            weapons=deed.weapons if deed else (),
            actor=deeds.actor(clause, deed, self.lang) if deed else None,
            target=deeds.target(clause, self.lang),
            when=when,
            places=places,
            claims=claims,
            tags=(TAG_BACKGROUND,) if self._is_background(clause, when) else (),
            section=sentence.section,
            heading=sentence.heading,
        )
        if deed is None:
            self._go_on(draft, sentence, tied=tied)
            return
        if draft.weapons:
            self._weapons = draft.weapons
        elif self._weapons and deeds.is_of_debris(clause, self.lang):
            kind = self._taxonomy.type_of(deed.action, self._weapons[0])
            draft = replace(draft, type=kind or draft.type, weapons=self._weapons)
        draft = about(self._after_toll(self._placed_again(draft, clause), sentence), topic, sentence.paragraph)
        if not draft.where:
            self._placeless(draft, sentence, tied=tied)
        elif draft.has_numbers or said or draft.weapons or when or draft.target or draft.actor or deeds.has_evidence(clause, self.lang):
            self._add(draft, sentence)

    def _is_tied(
        self, sentence: Sentence, clause: str, said: Attribution | None, mentions: Sequence[Mention], weapons: Sequence[str]
    ) -> bool:
        """Tell whether a clause goes on about the draft being told: by paragraph, claimant, place or "the attack"."""
        current = self._told
        if current is None or sentence.paragraph == self._elsewhere:
            return False
        if TAG_BACKGROUND not in current.tags and deeds.is_background(clause, self.lang):
            return False
        offices = {skeletons(m.name) for m in mentions if m.role == "institution"}
        return (
            sentence.paragraph == self._paragraph
            or (
                sentence.paragraph == self._paragraph + 1
                and (current.is_barrage or deeds.target(clause, self.lang))
                and bool(set(current.weapons) & set(weapons))
            )
            or bool(said and said.by in {c.by for c in current.claims})
            or bool(offices & current.names)
            or bool(self.words.pattern("places", "same_patterns").search(clause))
        )

    def _after_toll(self, draft: Draft, sentence: Sentence) -> Draft:
        """Give an event without a place that of the toll before it: "Eight people were killed in X. The missile struck a playground."."""
        paragraph, toll = self._toll
        if draft.where or toll is None or paragraph != sentence.paragraph or self._told is not None:
            return draft
        claims = toll.claims if not draft.has_numbers else (*toll.claims, *draft.claims)
        return replace(draft, places=(*toll.places, *draft.places), when=draft.when or toll.when, claims=claims)

    def _placed_again(self, draft: Draft, clause: str) -> Draft:
        """Read "the city" and "the region" as the place told of before, or as the one whose governor speaks."""
        if any(p.mention.kind != "country" for p in draft.where):
            return draft
        areas = [p for p in draft.places if p.role == "speaker" and p.mention.kind == "admin1"]
        if self.words.pattern("places", "region_again_patterns").search(clause):
            areas = areas or ([p for p in self._told.where if p.mention.kind == "admin1"] if self._told else [])
            areas = areas or self._home
        else:
            # "The Kaluga region reported": a region that speaks of what was shot down speaks of itself.
            counted = any(c.counts.intercepted is not None for c in draft.claims) and not draft.where
            areas = [p for p in areas if p.mention.role == "voice"] if counted else []
        if areas:
            return replace(draft, places=tuple(DraftPlace(p.mention, "over") for p in areas[:1]))
        if draft.where or not self.words.pattern("places", "again_patterns").search(clause):
            return draft
        cities = [
            p for p in draft.places if p.role == "speaker" and p.mention.role == "institution" and p.mention.kind in {"", "settlement"}
        ]
        if len(cities) == 1:
            return replace(draft, places=(DraftPlace(cities[0].mention, "at"),))
        if not self._told:
            return draft
        return replace(draft, places=(*self._told.where, *draft.places))

    def _go_on(self, draft: Draft, sentence: Sentence, *, tied: bool) -> None:
        """Take a clause that tells no deed: a toll belongs to the draft being told, or, at another place, to one like it."""
        paragraph, pending = self._pending
        if pending and paragraph == sentence.paragraph and draft.where and (draft.has_numbers or not draft.claims[-1].by):
            self._pending = (-1, None)
            # "There were 152 clashes, the General Staff said. Most of them near Pokrovsk."
            claims = draft.claims if draft.has_numbers else pending.claims
            self._add(replace(pending, when=draft.when or pending.when, places=draft.places, claims=claims, tags=draft.tags), sentence)
            return
        current, claim = self._told, draft.claims[-1]
        if draft.where and claim.casualties.known:
            self._toll = (sentence.paragraph, draft)
        elif draft.where and not claim.by:
            self._topic = (sentence.paragraph, draft)
        if current is None:
            if draft.where and claim.casualties.known and not draft.tags:
                self._tolls.append(draft)
            return
        if not claim.casualties.known:
            if draft.names and not draft.names & current.names:
                if self._is_hit_too(draft, current, sentence):
                    self._add(replace(draft, type=self._taxonomy.type_of("strike", "")), sentence)
                    return
                self._elsewhere = sentence.paragraph
            self._hear(current, claim, sentence, tied=tied)
            return
        if draft.names <= current.names:
            if tied or (draft.names and sentence.paragraph == self._paragraph + 1):
                self._put(replace(current, claims=joined(current.claims, draft.claims)), sentence)
            return
        if sentence.paragraph == self._paragraph and current.weapons:
            self._add(replace(draft, type=current.type, when=draft.when or current.when, weapons=current.weapons), sentence)
            return
        like = self._taxonomy.types[current.type].actions[:1]
        if kind := self._taxonomy.type_of(like[0], "") if like and like[0] in _OF_A_TOLL else "":
            when = draft.when or (current.when if sentence.paragraph == self._paragraph else None)
            self._add(replace(draft, type=kind, when=when), sentence)

    def _is_hit_too(self, draft: Draft, current: Draft, sentence: Sentence) -> bool:
        """Tell whether a clause tells what an attack did elsewhere: "In the Fastiv district, two houses were damaged."."""
        clause = self._article.text[draft.claims[-1].start : draft.claims[-1].end]
        attacked = "strike" in self._taxonomy.types[current.type].actions and not current.tags and not draft.tags
        return attacked and sentence.paragraph - self._paragraph <= 1 and deeds.has_harm(clause, self.lang)

    def _hear(self, current: Draft, claim: DraftClaim, sentence: Sentence, *, tied: bool) -> None:
        """Take a sentence without numbers: who told the one before, or what else a party says of it."""
        text = self._article.text[sentence.start : sentence.end]
        says_who = self.words.pattern("claims", "attribution_patterns").match(text)
        if claim.by and says_who and sentence.paragraph != self._paragraph:
            self._sign(claim, sentence)
        if not claim.by or not tied:
            return
        if says_who:
            told = tuple(c if c.by else replace(c, by=claim.by, status=claim.status) for c in current.claims)
            self._put(replace(current, claims=told), sentence)
        elif (
            sentence.paragraph == self._paragraph
            and not any(c.by for c in current.claims)
            and not self._within(sentence.start, sentence.end)
        ):
            told = tuple(replace(c, by=claim.by, status=claim.status) for c in current.claims)
            self._put(replace(current, claims=told), sentence)
        elif deeds.has_damage(text, self.lang) and not self._within(sentence.start, sentence.end):
            self._put(replace(current, claims=joined(current.claims, (claim,))), sentence)

    def _sign(self, claim: DraftClaim, sentence: Sentence) -> None:
        """Give what nobody has been named for to whom the last paragraph names: "This is said in the General Staff's summary."."""
        for index, draft in enumerate(self._drafts):
            if draft.section == sentence.section and not any(c.by for c in draft.claims):
                told = tuple(replace(c, by=claim.by, status=claim.status) for c in draft.claims)
                self._drafts[index] = replace(draft, claims=told)

    def _placeless(self, draft: Draft, sentence: Sentence, *, tied: bool) -> None:
        """Take an event that names no place: part of the draft being told, or one that can't be placed."""
        current, claim = self._told, draft.claims[-1]
        if current and tied and self._is_one_barrage(current, draft):
            self._put(merged(current, draft, current.type), sentence)
            return
        areas = [p for p in current.where if p.mention.kind == "admin1"] if current and tied else []
        if areas and self._is_shot_down(draft) and sentence.paragraph == self._paragraph and not draft.when:
            # "The enemy shelled the region 47 times. 12 drones were shot down."
            self._add(replace(draft, places=tuple(areas), when=current.when if current else None), sentence)
            return
        says_more = claim.has_numbers or (claim.by and (draft.weapons or draft.target))
        kind = self._taxonomy.compatible(current.type, draft.type) if current else ""
        if current and tied and kind and times_agree(current.when, draft.when):
            if says_more or kind != current.type:
                self._put(merged(current, draft, kind), sentence)
        elif claim.counts.known or (claim.by and claim.casualties.known):
            # "Zaporizhzhia's governor put the toll from an attack at two": one who speaks of no other place speaks of his own.
            own = tuple(DraftPlace(p.mention, "at") for p in draft.places if p.role == "speaker" and p.mention.kind == "admin1")
            self._add(replace(draft, places=own) if len(own) == 1 and claim.casualties.known else draft, sentence)
        else:
            self._flush()
            self._pending = (sentence.paragraph, draft)
            self._worth = bool(claim.by and draft.weapons and (draft.target or draft.when))

    def _flush(self) -> None:
        """Take an event whose place nothing has named since as one that can't be placed, if it says enough."""
        _, draft = self._pending
        if draft and self._worth:
            self._drafts.append(draft)
        self._pending, self._worth = (-1, None), False

    def _is_shot_down(self, draft: Draft) -> bool:
        counted = draft.claims[-1].counts
        return counted.intercepted is not None and counted.launched is None

    def _is_one_barrage(self, current: Draft, draft: Draft) -> bool:
        """Tell whether one party counts first what was launched and then what of it was shot down."""
        launched = [c for c in current.claims if c.counts.launched is not None and c.counts.intercepted is None]
        by = draft.claims[0].by
        return draft.claims[0].counts.intercepted is not None and any(not by or c.by in {by, ""} for c in launched)

    def _add(self, draft: Draft, sentence: Sentence) -> None:
        current = self._told
        same = self.words.pattern("places", "same_patterns").search(self._article.text, sentence.start, sentence.end)
        kind = self._taxonomy.compatible(current.type, draft.type) if current and same else ""
        if current and kind and sentence.paragraph == self._paragraph and current.is_sharper_in(draft):
            # "The enemy attacked Kyiv region with drones. In the attack, a guard was killed in Bila Tserkva."
            self._put(replace(merged(current, draft, kind), places=draft.places, when=draft.when or current.when), sentence)
            return
        if current and sentence.paragraph == self._paragraph and self._is_shot_down(draft) and current.is_fought_off_in(draft):
            # "Drones set a refinery in X on fire. Three were shot down over the town."
            self._put(merged(current, draft, current.type), sentence)
            return
        for index, other in enumerate(self._drafts):
            kind = self._taxonomy.compatible(other.type, draft.type)
            if kind and other.heading == draft.heading and other.may_be(draft):
                self._current = index
                self._put(merged(other, draft, kind), sentence)
                return
        self._drafts.append(draft)
        if not draft.heading:
            self._current = len(self._drafts) - 1
            self._paragraph = sentence.paragraph

    def _put(self, draft: Draft, sentence: Sentence) -> None:
        """Take a draft in place of the one being told."""
        if self._current is not None:
            self._drafts[self._current] = draft
            self._paragraph = sentence.paragraph

    def _within(self, start: int, end: int) -> list[Mention]:
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end, first)
        return [m for m in self._mentions[first:last] if m.end <= end]

    def _clauses(self, sentence: Sentence) -> Iterator[tuple[int, int]]:
        """Cut a sentence where both sides tell an event or a toll at a place of their own."""
        start = sentence.start
        for joint in islice(_joints(self.lang).finditer(sentence.text), _MOST_JOINTS):
            cut, after = sentence.start + joint.start(), sentence.start + joint.end()
            if self._stands_alone(start, cut) and self._stands_alone(after, sentence.end):
                yield start, cut
                start = after
        yield start, sentence.end

    def _stands_alone(self, start: int, end: int) -> bool:
        clause = self._article.text[start:end]
        has_place = any(m.role != "institution" for m in self._within(start, end))
        return has_place and (deeds.find(clause, self._taxonomy, self.lang) is not None or casualties.find(clause, self.lang).known)

    def _when(self, clause: str) -> When | None:
        return dates.find(clause, self._article.published, self.lang) if self._article.published else None

    def _is_background(self, clause: str, when: When | None) -> bool:
        if deeds.is_background(clause, self.lang):
            return True
        published = self._article.published
        return bool(when and published and (published - when.end).days > _NEWS_DAYS)


@cache
def _joints(lang: str) -> re.Pattern[str]:
    """Match where one sentence may tell two events."""
    return re.compile(alternatives([r";\s+", *Vocabulary.load(lang).table("clauses")["joints"]]))
