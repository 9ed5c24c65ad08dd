"""An article to incident drafts: each clause is read by itself, and the story (`story.py`) makes drafts of them.

Nothing is placed here: a draft has mentions, and the geocoding gives them coordinates.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from dataclasses import replace
from functools import cache
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from mapper.extraction import casualties, claimants, claiming, clocks, counts, dates, deeds, languages, roles, sentences, shares, signature
from mapper.extraction.casualties import Casualties
from mapper.extraction.clause import Clause
from mapper.extraction.cutting import Cutting
from mapper.extraction.drafts import Draft, DraftPlace
from mapper.extraction.mentions import TOWNS
from mapper.extraction.nominatives import nominative
from mapper.extraction.paragraphs import Paragraphs
from mapper.extraction.regions import regions_of
from mapper.extraction.reports import headed, of_text, opening
from mapper.extraction.signing import of_publisher, of_title, voice_of
from mapper.extraction.stems import skeletons
from mapper.extraction.story import Story
from mapper.extraction.supposing import without_denied, without_earlier
from mapper.extraction.timeframe import Moment, framed
from mapper.extraction.unseen import seen
from mapper.extraction.vocabulary import Vocabulary
from mapper.extraction.voices import introduced_in
from mapper.extraction.whereabouts import own_places
from mapper.extraction.wordlist import alternatives
from mapper.incidents import CASUALTIES, DRAWN_ROLES, TAG_BACKGROUND

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from mapper.extraction.claimants import Attribution
    from mapper.extraction.dates import When
    from mapper.extraction.deeds import Deed
    from mapper.extraction.drafts import DraftClaim
    from mapper.extraction.sentences import Sentence
    from mapper.extraction.toponyms import Mention
    from mapper.extraction.unseen import Seen
    from mapper.sources.article import Article
    from mapper.taxonomy import Taxonomy

__all__ = ["extract"]

#: An event that ended longer before the report than this is background, not news.
_NEWS_DAYS = 14

#: Words of a sentence at most that only introduces who tells the rest.
_INTRODUCTION = 16

#: Words at most of a line that is no more than a date.
_DATE = 4

#: "Yevgeny Balitsky. In short on the past day": who tells, as before a colon.
_NAMED = re.compile(r"^([A-ZÀ-ÞА-ЯЁІЇЄҐ][\w'’]+ [A-ZÀ-ÞА-ЯЁІЇЄҐ][\w'’-]+)\.(?= )")

#: A name that follows a place and a comma.
_NAME_NEXT = re.compile(r",\s+[A-ZÀ-ÞА-ЯЁІЇЄҐ]")

#: "Хотінь, Велика Писарівка — ": places, and a dash or colon for what befell them; and how long small words beside them are.
_HEAD = re.compile(r"[^—–:;.]{3,90}?(?:\s[—–-]|:)\s")
_SMALL_WORD = 4

#: How many words at most say what kind of place it is that a line begins with, and what may stand between it and what comes next.
_KIND_WORDS = 3
_BEFORE_ITEM = " *–—-•"
_WORD = re.compile(r"[^\W\d]+")

#: What falls down in pieces where it is shot down.
_LEAVES_DEBRIS = frozenset({"drone", "missile", "bomb"})

#: What lies about until somebody sets it off.
_LYING = ("mine",)

#: What is told of where somebody left, or was taken from.
_LEAVING = frozenset({"capture", "execute"})

#: Of what a report may sum up a day.
_AREAS = frozenset({"admin1", "country"})

#: What is counted over a day or a country, where it has no target: "41 drones were downed on Friday", "171 clashes on Tuesday".
_OF_MANY = frozenset({"strike", "intercept", "combat"})

#: The countries whose attacks are told of, and how long an article before a name is: "in der Ukraine".
_AT_WAR = ("Russia", "Ukraine")
_ARTICLE = 4

#: How many sentences at most stand between a blast and its cause that was no attack, and one more.
_BEFORE_CAUSE = 4


def extract(article: Article, mentions: Sequence[Mention], taxonomy: Taxonomy, titled: Sequence[Mention] = ()) -> list[Draft]:
    """Find the incidents that an article tells, in the order of its text.

    Parameters
    ----------
    mentions
        The places that the text names (`toponyms.find`), in the order of the text.
    titled
        Those that its title names, which say what "the region" is; their characters are none of the text.

    An article whose language is not known, since it is in several, is read line by line in the language of each line.
    """
    if shown := seen(article.text):
        return _unseen(article, mentions, taxonomy, shown, titled)
    if article.lang:
        spans = of_text(article.text, [m.start for m in mentions], taxonomy, article.lang)
        if len(spans) > 1:
            opens = opening(article.text, spans, taxonomy, article.lang)
            return [draft for span in spans for draft in _report(article, mentions, taxonomy, span, titled, opens)]
        return _Reader(article, taxonomy, mentions, article.lang, titled).drafts(None)
    by_line = languages.of_lines(article.text)
    drafts: list[Draft] = []
    for lang in dict.fromkeys(by_line):
        drafts += _Reader(article, taxonomy, mentions, lang, titled).drafts(by_line)
    return sorted(drafts, key=lambda d: d.claims[0].start)


def _report(
    article: Article,
    mentions: Sequence[Mention],
    taxonomy: Taxonomy,
    span: tuple[int, int],
    titled: Sequence[Mention],
    opens: str,
) -> list[Draft]:
    """Read one of several reports of a text, a heading above it as its title; as its first sentence if no other tells of an event.

    The title of the whole tells of what the others say.
    """
    start, end = span

    def part(begin: int, title: str, titled: Sequence[Mention]) -> list[Draft]:
        own = {replace(m, start=m.start - begin, end=m.end - begin): m for m in mentions if begin <= m.start < end}
        told = replace(article, text=article.text[begin:end], title=title)
        drafts = _Reader(told, taxonomy, list(own), article.lang, titled, opens).drafts(None)
        return _in_whole(drafts, own, lambda claim: claiming.moved(claim, begin))

    head, below = headed(article.text, start, end)
    if head:
        drafts = part(below, head, [m for m in mentions if start <= m.start < below])
        if drafts or head == article.title:
            return drafts
    return part(start, article.title, titled)


def _unseen(article: Article, mentions: Sequence[Mention], taxonomy: Taxonomy, shown: Seen, titled: Sequence[Mention]) -> list[Draft]:
    """Read a text without the characters that no reader sees, and quote it with them."""
    moved = {replace(m, start=bisect_left(shown.positions, m.start), end=bisect_left(shown.positions, m.end)): m for m in mentions}
    drafts = extract(replace(article, text=shown.text), list(moved), taxonomy, titled)
    return _in_whole(drafts, moved, lambda claim: claiming.in_whole(claim, article.text, shown))


def _in_whole(drafts: Iterable[Draft], own: Mapping[Mention, Mention], claimed: Callable[[DraftClaim], DraftClaim]) -> list[Draft]:
    """Give what was read in a changed text as of the text itself: its mentions by those read, and its claims."""
    return [
        replace(
            draft,
            places=tuple(replace(p, mention=own.get(p.mention, p.mention)) for p in draft.places),
            claims=tuple(claimed(claim) for claim in draft.claims),
        )
        for draft in drafts
    ]


class _Reader:
    """One article being read: what has been heard so far, and the drafts it has given."""

    def __init__(
        self, article: Article, taxonomy: Taxonomy, mentions: Sequence[Mention], lang: str, titled: Sequence[Mention], opens: str = ""
    ) -> None:
        self.lang = lang
        # What the text of which this is a part says of all of it.
        self._opens = opens
        self.words = Vocabulary.load(lang)
        self._article = article
        self._taxonomy = taxonomy
        no_place = self.words.pattern("places", "not_places")
        rivers = [m.span() for m in self.words.pattern("places", "not_places_within_patterns").finditer(article.text)]
        mentions = [m for m in mentions if not any(start <= m.start and m.end <= end for start, end in rivers)]
        self._mentions = [m for m in mentions if m.role == "quarter" or not no_place.fullmatch(article.text, m.start, m.end)]
        self._starts = [m.start for m in self._mentions]
        self._voices = claimants.Voices()
        self._cutting = Cutting(article.text, lang, taxonomy, self._within, self._voices)
        self._paragraphs = Paragraphs(())
        # Where the last sentence ends.
        self._end = -1
        # The first paragraph, and that in which somebody was said to speak last.
        self._first = -1
        self._said_in = -1
        headline = _NAMED.sub(r"\1:", article.title)
        self._titled, names = titled, {m.text for m in titled}
        named = claimants.Voices()
        named.introduce(headline, self.words, names)
        self._voices.introduce(headline, self.words, names)
        said = claimants.author(headline, named, lang, names)
        title = voice_of(said.by, self.words, signs=True) if said else None
        if title is None and (said := claimants.find(headline, named, lang, names)):
            title = of_title(said.by, headline[: said.start], headline[said.end :], self.words)
        if said and self._voices.is_person(said.by):
            self._voices.hear(said.by, self.words)  # "the governor" of the text
        voices = [voice for voice in (title, of_publisher(article.publisher, self.words)) if voice]
        self._story = Story(lang, taxonomy, self._mentions, titled, voices)
        # The time told last, which "the same day" means.
        self._time: When | None = None
        self._timed_in = -1
        # The last of those that is not only when somebody told it.
        self._happened: When | None = None
        told = self._title().when
        # The day and more that the report sums up, if it does, and the day that its title names.
        self._frame = told if told and told.precision == "range" else None
        self._title_day = told if told and told.precision == "day" else None
        # The day of whose toll in a whole region the report tells first, of which "around noon" is.
        self._day: When | None = None
        # The section being read, and its first paragraph.
        self._section, self._lead = -1, -1
        self._moments: list[Moment] = []
        # Whether the title tells that it was no attack: "A gas leak blew up a house in X".
        self._is_of_accident = deeds.is_accident(article.title, lang) and not deeds.weapons(article.title, taxonomy, lang)
        # Whether it, or the first sentence, tells that nothing was meant: "Reservists rehearse a drone attack".
        self._is_of_drill = deeds.is_rehearsal(article.title, lang)
        # Where sentences begin of which a later one says that it was no attack.
        self._refuted: frozenset[int] = frozenset()
        # Whether anything has been told to have happened.
        self._tells = False
        # The places of the sentence being read that are none of its events: of a part of a country's toll, or told in passing.
        self._apart: dict[Mention, shares.Share | None] = {}
        # The weapons named last, which debris is of, and their paragraph.
        self._weapons: tuple[str, ...] = ()
        self._armed_in = -1
        # The sentences read so far.
        self._so_far: list[Sentence] = []
        # What the clause before tells of killed and injured, and its paragraph.
        self._hurt, self._hurt_in = Casualties(), -1

    def drafts(self, by_line: Sequence[str] | None) -> list[Draft]:
        """Read the article, or those of its lines that are in the reader's language."""
        told = sentences.split(self._article.text, self.words)
        end = signature.line(told)
        self._paragraphs, self._end = Paragraphs(told), told[-1].end if told else -1
        self._first = told[0].paragraph if told else -1
        self._is_of_drill = self._is_of_drill or self._opens_with_drill(told)
        for sentence in told:
            self._voices.introduce(sentence.text, self.words, [m.text for m in self._within(sentence.start, sentence.end)])
        self._refuted = frozenset(self._no_attacks(told))
        for sentence in told:
            if by_line is None or by_line[sentence.paragraph] == self.lang:
                self.read(sentence, signing=end if end and end.start == sentence.start else None)
        first = {sentence.section: sentence for sentence in reversed(told)}
        posted = {section for section, sentence in first.items() if section and not sentence.heading}
        read = framed(self._story.finish(), self._title(), self._moments, self._taxonomy, posted)
        told_of = (shares.shot_down(draft, self._article.text, self.lang) for draft in read)
        return [replace(d, claims=tuple(replace(c, by=nominative(c.by, self.lang)) for c in d.claims)) for d in told_of]

    def _opens_with_drill(self, told: Sequence[Sentence]) -> bool:
        """Tell whether a text in which nobody is hurt begins with an exercise: "In a planned exercise, ships fired missiles at X."."""
        drill = bool(told) and deeds.is_rehearsal(told[0].text, self.lang)
        return drill and not any(casualties.find(sentence.text, self.lang).hurt for sentence in told)

    def _no_attacks(self, told: Sequence[Sentence]) -> Iterator[int]:
        """Give where the sentences begin of which a later one says that it was no attack: "A blast shook X. The cause is a gas leak."."""
        for index, sentence in enumerate(told):
            if index and self.words.holds("exclusions", "retracting_patterns", sentence.text):
                yield told[index - 1].start  # "We reported an attack on X. This was wrong."
            if not self.words.holds("exclusions", "no_attack_patterns", sentence.text):
                continue
            yield sentence.start
            if deeds.find(sentence.text, self._taxonomy, self.lang):
                continue
            for earlier in reversed(told[max(0, index - _BEFORE_CAUSE) : index]):
                if earlier.section != sentence.section or deeds.weapons(earlier.text, self._taxonomy, self.lang):
                    break
                yield earlier.start
                if deeds.find(earlier.text, self._taxonomy, self.lang):
                    break

    def _title(self) -> Moment:
        """Give the time that the title, or a first heading, tells, or else what a digest opens with."""
        published, title = self._article.published, self._article.title
        when = dates.frame(title, published, self.lang) if published else None
        if published and when is None and self._opens:
            title = self._opens
            when = dates.frame(title, published, self.lang)
        if when and self._is_background(title, when):
            return Moment(-1, -1, -1, None, leads=True)
        night = dates.night(title, published, self.lang) if published else None
        regions = regions_of(self._titled)
        return Moment(-1, -1, -1, when or night, leads=True, whole=bool(when and self._is_of_all(title, when)), regions=regions)

    def _is_of_all(self, title: str, when: When) -> bool:
        """Tell whether a title names a day or a night and not what happened then, or a region only: "Night of 26 March"."""
        region = when.precision == "day" and bool(self._titled) and all(m.kind == "admin1" for m in self._titled)
        return region or deeds.find(title, self._taxonomy, self.lang) is None or dates.is_frame(title, when, self.lang)

    def read(self, sentence: Sentence, *, signing: Sentence | None) -> None:
        """Take the next sentence in, if need be as the line that may sign the article."""
        self._so_far.append(sentence)
        self._apart = {}
        self._apart = dict.fromkeys(m for m in self._within(sentence.start, sentence.end) if self._says_which(sentence, m))
        within = self._within(sentence.start, sentence.end)
        begin, end = sentence.whole
        signed = signature.find(signing, self._voices, self.lang) if signing else None
        said = signed or self._teller(sentence)
        speaker = (begin + said.start, begin + said.end) if said else (0, 0)
        said = None if said and not signed and self._denies_besides(said, self._article.text[begin:end]) else said
        told_of = [m for m in within if m.role != "institution" and not speaker[0] <= m.start < speaker[1]]
        tells = self._tells_of_events(sentence.text)
        aside = said is not None and not signed and self._claims_nothing(sentence.text, said.by, told_of, tells=tells)
        said = None if aside else said
        if not tells:
            self._apart |= self._asides(sentence, within, told_of, speaker)
            within, told_of = ([m for m in places if m not in self._apart] for places in (within, told_of))
        if self._paragraphs.set_apart:
            closes = end == self._end and said is not None and not tells
            # "The driver was taken to Belgorod."
            assigned = roles.assign(self._article.text, sentence.start, sentence.end, told_of, speaker, self.lang)
            there = [m for m, role in zip(told_of, assigned, strict=True) if role in DRAWN_ROLES]
            sentence = self._paragraphs.place(sentence, there, sums_up=self._sums_up(sentence.text), closes=closes)
        if not sentence.heading and sentence.section != self._section:
            self._section, self._lead = sentence.section, sentence.paragraph
        goes_on = None if said or aside else self._reported(sentence)
        self._said_in = sentence.paragraph if said else self._said_in
        names_places, placeless = bool(told_of), all(m.kind == "country" for m in told_of)
        opens = said is None and not (aside or tells) and sentence.paragraph == self._first
        if opens and (teller := self._only_teller(sentence, told_of)):
            said = teller
            speaker = (begin + said.start, begin + said.end)
        of_all = signed is not None or self._introduces(sentence, said, tells=tells)
        regions = regions_of(within)
        self._story.begin(sentence, said, names_places=names_places, placeless=placeless, of_all=of_all, regions=regions)
        if signed:
            return
        said = said or goes_on
        toll = casualties.find(sentence.text, self.lang)
        self._apart |= shares.of_a_country(self._article.text, sentence.start, sentence.end, within, toll, self.lang)
        within = [m for m in within if m not in self._apart]
        parts = shares.find(self._article.text, sentence.start, sentence.end, within, toll, self.lang)
        if parts and (whole := self._clause(sentence, sentence.start, sentence.end, said, speaker, names_places=names_places)):
            if all(self._is_named_after(part.place, sentence.end) for part in parts):
                self._share(whole, parts)
                return
            if self._are_all(whole, parts):
                self._divide(whole, parts)
                self._story.telling.leave()
                return
        apiece = shares.in_brackets(self._article.text, sentence.start, sentence.end, within, self.lang)
        apiece = apiece or shares.of_parts(self._article.text, sentence.start, sentence.end, within, toll, self.lang)
        if apiece and self._tells_one_deed(sentence):
            whole = self._clause(sentence, sentence.start, sentence.end, said, speaker, names_places=names_places)
            if whole and whole.draft.type and len(whole.draft.where) == len(apiece):
                self._divide(whole, apiece)
                return
        before: Clause | None = None
        for start, end in self._cutting.clauses(sentence):
            voice, named = self._own_voice(start, end, said, speaker) if end - start < len(sentence.text) else (said, speaker)
            if clause := self._clause(sentence, start, end, voice, named, names_places=names_places):
                if before and not clause.draft.type and self._cutting.is_elliptic(start, end):
                    done = before.draft
                    told = replace(clause.draft, type=done.type, weapons=done.weapons, actor=done.actor)
                    clause = replace(clause, draft=self._armed(told, clause.text))
                before = clause
                self._story.take(clause)
        if before and (apart := [share for share in self._apart.values() if share]):
            self._share(before, apart)
        if before is None:
            self._story.pass_over(sentence, told_of)

    def _asides(
        self, sentence: Sentence, within: Sequence[Mention], told_of: Sequence[Mention], speaker: tuple[int, int]
    ) -> dict[Mention, shares.Share | None]:
        """Give of the places of a sentence of no event those where nothing that comes next can have been.

        "NATO ambassadors met in Brussels.", and, once an event was told, "Rescuers from X came." of another place.
        """
        asides = [m for m in within if m.abroad]
        if self._tells:
            text, others = self._article.text, [m for m in told_of if not self._story.telling.has_told_of(m)]
            assigned = roles.assign(text, sentence.start, sentence.end, others, speaker, self.lang, told=True)
            for m, role in zip(others, assigned, strict=True):
                if role not in DRAWN_ROLES or roles.comes_from(text, sentence.start, m, self.lang):
                    asides.append(m)
        return dict.fromkeys(asides)

    def _says_which(self, sentence: Sentence, place: Mention) -> bool:
        """Tell whether a place only says which is the one town told of: "A drone struck X. The village near Kharkiv was hit again."."""
        told = self._story.telling.told
        if told is None or len(told.where) != 1 or told.where[0].mention.kind not in TOWNS or place.name in told.names:
            return False
        named = _NAME_NEXT.match(self._article.text, place.end)  # "The village near Kharkiv, Rohan, was hit as well."
        return named is None and _resumed(self.lang).search(self._article.text, sentence.start, place.start) is not None

    def _tells_one_deed(self, sentence: Sentence) -> bool:
        told = (deeds.find(self._article.text[start:end], self._taxonomy, self.lang) for start, end in self._cutting.clauses(sentence))
        return sum(deed is not None for deed in told) == 1

    def _teller(self, sentence: Sentence) -> Attribution | None:
        """Give who tells a sentence, or all of the quotation that it is from; whom another sentence of that cites tells no more than it."""
        begin, end = sentence.whole
        said = claimants.find(self._article.text[begin:end], self._voices, self.lang, {m.text for m in self._within(begin, end)})
        if said is None or sentence.start <= begin + said.start < sentence.end:
            return said
        return None if sentences.is_quoted(self._article.text, begin, begin + said.start) else said

    def _claims_nothing(self, text: str, by: str, told_of: Sequence[Mention], *, tells: bool) -> bool:
        """Tell whether somebody speaks of something else than is being told: "The president called on partners to help."."""
        if not self.words.holds("claims", "political_patterns", by):
            return False
        if tells:
            return deeds.is_background(text, self.lang) or deeds.is_hypothetical(text, self.lang)
        there = any(self._story.telling.has_told_of(m) for m in told_of)
        keys = ("of_it_patterns", "attribution_patterns", "denying_it_patterns")
        of_it = (*(("claims", key) for key in keys), ("places", "same_patterns"))
        return not (there or deeds.has_damage(text, self.lang) or any(self.words.holds(*key, text) for key in of_it))

    def _own_voice(
        self, start: int, end: int, said: Attribution | None, speaker: tuple[int, int]
    ) -> tuple[Attribution | None, tuple[int, int]]:
        """Give who tells one clause of several, and where it names him: "..., said Malkov, as the army told of 65 drones"."""
        if said is None or start <= speaker[0] < end:
            return said, speaker
        own = claimants.find(self._article.text[start:end], self._voices, self.lang, {m.text for m in self._within(start, end)})
        return (own, (start + own.start, start + own.end)) if own else (said, speaker)

    def _reported(self, sentence: Sentence) -> Attribution | None:
        """Give whom a sentence goes on to quote, in a language whose verbs say that it does: "In X habe eine Drohne ein Haus getroffen"."""
        reports = self._said_in == sentence.paragraph and self.words.pattern("claims", "reported_patterns").search(sentence.text)
        return claimants.Attribution(self._voices.last, "claimed", 0, 0) if reports and self._voices.last else None

    def _only_teller(self, sentence: Sentence, told_of: Sequence[Mention]) -> Attribution | None:
        """Give the one person with an office whom a sentence names that tells of no event: "Bilanz zog Gouverneur X"."""
        told = introduced_in(sentence.text, self.words) if len(sentence.text.split()) <= _INTRODUCTION else None
        if told is None or self._claims_nothing(sentence.text, told[0], told_of, tells=False):
            return None
        return claimants.Attribution(self._voices.hear(told[0], self.words), "claimed", told[1], told[1] + len(told[0]))

    def _introduces(self, sentence: Sentence, said: Attribution | None, *, tells: bool) -> bool:
        """Tell whether a sentence only says who tells the rest: "The spokesman told of the situation at the border."."""
        if said is None:
            return False
        text = sentence.text
        leads = sentence.paragraph == self._first
        if self.words.pattern("claims", "credit_patterns").match(text):
            return not self.words.pattern("claims", "relaying_patterns").fullmatch(said.by)  # "Source: the governor"
        office = self.words.pattern("claims", "reporting_patterns").search(said.by) is not None or self._voices.is_person(said.by)
        if text.endswith(":"):
            return leads or (office and not tells)
        return leads and office and len(text.split()) <= _INTRODUCTION and not tells

    def _tells_of_events(self, text: str) -> bool:
        return deeds.find(text, self._taxonomy, self.lang) is not None or casualties.find(text, self.lang).known

    def _sums_up(self, text: str) -> bool:
        """Tell whether a sentence is of a whole day, or counts all that flew then."""
        when = dates.find(text, self._article.published, self.lang) if self._article.published else None
        of_all = when is not None and dates.sums_up(text, when, self.lang)
        return of_all or self.words.holds("dates", "in_total", text) or counts.find(text, self.lang).met

    def _is_named_after(self, place: Mention, end: int) -> bool:
        """Tell whether the article comes back to a place."""
        return any(m.start >= end and skeletons(m.name) == skeletons(place.name) for m in self._mentions)

    def _share(self, clause: Clause, parts: Sequence[shares.Share]) -> None:
        """Take a toll that a sentence shares out among places as one at each of them."""
        told = clause.draft
        for mention, toll in parts:
            claim = replace(told.claims[-1], casualties=toll)
            self._story.share(replace(told, type="", weapons=(), places=(DraftPlace(mention, "at"),), claims=(claim,)))

    def _are_all(self, clause: Clause, parts: Sequence[shares.Share]) -> bool:
        """Tell whether a toll is shared out among all places of a clause, but for an area that they lie in."""
        shared = {part.place for part in parts}
        return all(p.mention in shared or p.mention.kind in {*_AREAS, "admin2"} for p in clause.draft.where)

    def _divide(self, clause: Clause, parts: Sequence[shares.Share]) -> None:
        """Take an attack whose toll a sentence shares out among places, to which nothing comes back, as one at each."""
        sentence, towns = clause.sentence, [part.place for part in parts]
        cuts = shares.cuts_between(self._article.text, sentence.start, sentence.end, towns, self.lang)
        for k, (mention, toll) in enumerate(parts):
            told = self._armed(clause.draft, self._article.text[cuts[k] : cuts[k + 1]] if cuts else "")
            claim = replace(told.claims[-1], casualties=toll)
            self._story.take(replace(clause, draft=replace(told, places=(DraftPlace(mention, "at"),), claims=(claim,)), mentions=[mention]))

    def _armed(self, attack: Draft, part: str) -> Draft:
        """Give an attack the one weapon that a part of a sentence names: "drones hurt two people in X, artillery one in Y"."""
        named = deeds.weapons(part, self._taxonomy, self.lang) if attack.type and self._taxonomy.does(attack.type, "strike") else ()
        kind = self._taxonomy.type_of("strike", named[0]) if len(set(named)) == 1 else ""
        return replace(attack, type=kind, weapons=named) if kind else attack

    def _clause(
        self, sentence: Sentence, start: int, end: int, said: Attribution | None, speaker: tuple[int, int], *, names_places: bool
    ) -> Clause | None:
        """Read a clause by itself; None if it tells what may happen."""
        text = self._affirmed(without_earlier(self._article.text[start:end], self.lang))
        accident = self._is_of_accident or sentence.start in self._refuted or deeds.is_accident(text, self.lang)
        if (accident and not deeds.weapons(text, self._taxonomy, self.lang)) or deeds.is_hypothetical(text, self.lang) or self._is_of_drill:
            return None
        if self.words.pattern("exclusions", "numbered_patterns").match(text) and self._says_no_more(text, start, end):
            return None  # "It was the third attack on the city this week."
        under = self._is_below_place(start)  # which says where it was: "Sevsk. Two drones on the market: a woman was taken to Bryansk."
        deed = deeds.find(text, self._taxonomy, self.lang) or self._entry(start, text, under=under)
        if deeds.is_denial(text, self.lang):
            # Without a voice nobody denies it: "reports of strikes turned out to be false" tells nothing.
            deed, said = (deed, replace(said, status="denied")) if said else (None, said)
        told = deeds.without_exclusions(text, self.lang)
        mentions = [m for m in self._within(start, end) if told[m.start - start] != " "]
        told_here = self._story.telling.tells_at_a_town(sentence.paragraph)
        tells = deed is not None and not under
        assigned = roles.assign(self._article.text, start, end, mentions, speaker, self.lang, tells=tells, told=told_here or under)
        if deed and deed.action in _LEAVING:
            # "The troops withdrew from X", "they abducted 50 people from X": there it was.
            assigned = ["at" if role == "origin" else role for role in assigned]
        if deed and deed.action == "strike" and "at" not in assigned and deeds.is_on_open_ground(text, self.lang):
            deed = None  # "Six drones were shot down over X. The debris fell in a field."
        when = self._when(text, sentence.paragraph, deed)
        if same := self.words.pattern("dates", "same_time").search(text):
            when = self._at_the_same_time(same, when, sentence.paragraph, deed)
        if when is None and deed and end < sentence.end and self._timed_in != sentence.paragraph:
            when = self._closing_time(end, sentence)
        if when and self.words.pattern("dates", "it_was").match(text):
            when = replace(when, timed=True)
        background = self._is_background(text, when)
        # "The night in Odesa region was loud.", "On Thursday, attacks killed five people in Ukraine."
        named = {(m.kind, m.role or role) for m, role in zip(mentions, assigned, strict=True) if m.role != "institution"}
        hurt = casualties.find(text, self.lang)
        armed = deed is not None or bool(deeds.weapons(text, self._taxonomy, self.lang))
        more = hurt if hurt.known else self._further(text, sentence.paragraph, there="at" in assigned, tells=armed)
        others = more if more.known else hurt
        self._hurt, self._hurt_in = (Casualties() if counts.find(text, self.lang).met else others), sentence.paragraph
        toll = others.known
        placeless = all(kind == "country" for kind, _ in named)
        countries = frozenset(m.name for m, role in zip(mentions, assigned, strict=True) if role == "at" and self._is_abroad(m))
        # "On 25 August, four people were hurt in attacks", and not "in Saturday's attack on the city"
        counted = (toll or self._counts_attacks(text)) and not self.words.pattern("places", "again_patterns").search(text)
        many = self.words.holds("dates", "many_places", text)  # "Yesterday several communities came under fire."
        of_all = ((many and not named) or (named <= {("country", "at")} and counted)) if deed else not named
        of_all = of_all or (placeless and not countries and self._is_of_many(text, deed, when, many=many))
        # "11 February." at the head of a bulletin
        headed = deed is None and not named and len(text.split()) <= _DATE
        if when and (counted or headed) and not self._tells and all(kind in _AREAS for kind, _ in named) and self._is_past_day(when):
            self._day = when
        regions = regions_of(m for m, role in zip(mentions, assigned, strict=True) if role in DRAWN_ROLES)
        news = None if background else when
        self._remember(
            sentence,
            start,
            text,
            news,
            tells=deed is not None or toll,
            of_all=of_all,
            placeless=placeless,
            countries=countries,
            regions=regions,
            downs=counts.find(text, self.lang).met and not hurt.hurt,
        )
        if deed and self._only_accuses(text, deed, [m for m, r in zip(mentions, assigned, strict=True) if r in DRAWN_ROLES], when):
            deed = None
        kind, weapons = self._kind(deed, text, sentence.paragraph)
        claims = claiming.of_clause(self._article.text, sentence, text, said, self.lang)
        fought = deed is not None and deed.action == "combat" and not deed.weapons
        if claims[-1].counts.met and (fought or not (kind or self._counts_flown(text, sentence.paragraph))):
            claims = tuple(replace(c, counts=counts.Counts()) for c in claims)
        draft = Draft(
            type=kind,
            weapons=weapons,
            actor=deeds.actor(_unspoken(text, start, speaker), deed, self.lang) if deed else None,
            target=deeds.target(text if deeds.is_total(text, self.lang) else _unspoken(text, start, speaker), self.lang),
            when=when,
            places=own_places([DraftPlace(m, r) for m, r in zip(mentions, assigned, strict=True) if r], self._article.text),
            claims=claims if others is hurt else tuple(replace(c, casualties=others) for c in claims),
            tags=(TAG_BACKGROUND,) if background else (),
            section=sentence.section,
            heading=sentence.heading,
            timed=when is not None and when.timed,
            hours=clocks.find(text, self.lang) if deed else None,
        )
        return Clause(text, sentence, draft, said, mentions, names_places)

    def _denies_besides(self, said: Attribution, text: str) -> bool:
        """Tell whether who speaks only denies what a sentence tells: "Nine died in a drone strike on X, while Moscow denied it"."""
        rest = self._affirmed(text)
        return rest != text and not rest[said.start : said.end].strip()

    def _affirmed(self, text: str) -> str:
        """Leave out what somebody denies besides an event: "Two were killed in X, while Moscow denied the strike"."""
        rest = without_denied(text, self.lang)
        return rest if rest != text and deeds.find(rest, self._taxonomy, self.lang) else text

    def _says_no_more(self, text: str, start: int, end: int) -> bool:
        """Tell whether a clause gives no number, and names no place but where something was told to be."""
        if casualties.find(text, self.lang).known or counts.find(text, self.lang).known:
            return False
        return all(self._story.telling.has_told_of(m) for m in self._within(start, end))

    def _further(self, text: str, paragraph: int, *, there: bool, tells: bool) -> Casualties:
        """Give the toll of a clause that goes on with that of the clause before, if it was one of killed or of injured alone.

        It is that of another place, `there`, or what the toll has grown to, where the clause tells of no event.
        """
        kinds = [kind for kind in CASUALTIES if getattr(self._hurt, kind).low]
        if len(kinds) != 1 or paragraph - self._hurt_in > 1:
            return Casualties()
        grown = Casualties() if tells else casualties.grown(text, kinds[0], self.lang)
        return casualties.further(text, kinds[0], self.lang) if there and not grown.known else grown

    def _is_of_many(self, text: str, deed: Deed | None, when: When | None, *, many: bool) -> bool:
        """Tell whether a clause that names no place sums up the attacks of a day at many, which it may name as such: "Several cities"."""
        if when is None or when.precision == "night":
            return False  # what flew in a night is no time of what was shelled
        if deed is None:
            return self.words.holds("dates", "event_words", text)
        return many or (deed.action in _OF_MANY and deeds.target(text, self.lang) is None)

    def _counts_attacks(self, text: str) -> bool:
        """Tell whether a clause says how many attacks there were: "67 strike drones" are none."""
        return deeds.counts_attacks(text, self.lang) and not counts.find(text, self.lang).known

    def _is_abroad(self, place: Mention) -> bool:
        """Tell whether a place is a country that is not at war, with the article that its name may have."""
        named = (self._article.text, max(0, place.start - _ARTICLE), place.end)
        return place.kind == "country" and not any(self.words.pattern("actors", one).search(*named) for one in _AT_WAR)

    def _entry(self, start: int, text: str, *, under: bool) -> Deed | None:
        """Give what is told without a verb after a place, or a list of places, that a clause begins with.

        So is what comes after one that stands alone, `under` it: "18:45, Burhunka. Mortars.".
        """
        if under:
            return deeds.elliptic(text, self._taxonomy, self.lang, headed=True)
        head = _HEAD.match(text)
        named = self._within(start, start + head.end()) if head else []
        if head is None or not named or any(word.islower() and len(word) > _SMALL_WORD for word in head.group().split()):
            return None
        deed = deeds.elliptic(text[head.end() :], self._taxonomy, self.lang)
        return replace(deed, start=deed.start + head.end(), end=deed.end + head.end()) if deed else None

    def _is_below_place(self, start: int) -> bool:
        """Tell whether before a clause its line has no more than a place, of what kind it is, and its hour: "10:30, Sevsk. Mortars."."""
        text, end = self._article.text, start
        while end and text[end - 1] in _BEFORE_ITEM:
            end -= 1
        if text[end - 1 : end] != ".":
            return False
        begin = text.rfind("\n", 0, end) + 1
        head = next(self._naming(begin, start), None)
        more = list(islice(self._beside_names(begin, start), _KIND_WORDS + 1)) if head else []
        if head is None or len(more) > _KIND_WORDS:
            return False
        return not _WORD.search(text, begin, head.start) or all(len(word) <= _SMALL_WORD for word in more)

    def _beside_names(self, start: int, end: int) -> Iterator[str]:
        """Give the words of a part of the text that are of no place's name."""
        text, since = self._article.text, start
        for mention in self._naming(start, end):
            yield from (word.group() for word in _WORD.finditer(text, since, max(since, mention.start)))
            since = max(since, mention.end)
        yield from (word.group() for word in _WORD.finditer(text, since, end))

    def _only_accuses(self, text: str, deed: Deed, where: Sequence[Mention], when: When | None) -> bool:
        """Tell whether a clause blames somebody for attacks and says not where, when, how or whom: "accused Kyiv of striking ports"."""
        if not self.words.pattern("exclusions", "accusing_patterns").search(text):
            return False
        near = any(m.kind != "country" for m in where)
        return not (casualties.find(text, self.lang).hurt or (near and (deed.weapons or when)))

    def _remember(
        self,
        sentence: Sentence,
        start: int,
        text: str,
        when: When | None,
        *,
        tells: bool,
        of_all: bool,
        placeless: bool,
        countries: frozenset[str],
        regions: frozenset[str],
        downs: bool,
    ) -> None:
        """Keep the time of a clause that is news for what is told after it.

        `of_all` tells that it may be that of a whole report, `placeless` that nothing is said to have been at a place then.
        """
        # "Six people were hurt. ¶ Over the past day, the enemy launched 709 strikes on 22 settlements."
        early = when is not None and when.precision == "range" and self._time is None and sentence.paragraph <= 1
        first = early and deeds.counts_attacks(text, self.lang)
        # "His list for 9 July by town:" holds for what comes next
        introduces = not tells and text.endswith(":")
        leads = sentence.heading or sentence.paragraph == self._lead or not self._tells or first or introduces
        self._tells = self._tells or tells
        whole = when is not None and (dates.sums_up(text, when, self.lang) or (leads and of_all) or introduces)
        total = whole and bool(self.words.pattern("dates", "in_total").search(text))
        if when and not (self._time and when.reported and when.precision == "night"):
            self._time, self._timed_in = when, sentence.paragraph
            self._happened = self._happened if when.reported else when
        # A day on which nothing befell anybody is no time of what is told after it: "On Friday, ministers met in Brussels."
        tells = tells or whole or (when is not None and when.precision != "day")
        if whole and when and when.precision == "range" and self._frame is None:
            self._frame = when
        at = start, sentence.section, sentence.paragraph
        self._moments.append(Moment(*at, when, whole, total, leads, tells, placeless, introduces, countries, regions, downs))

    def _same_time(self, said: str) -> When | None:
        """Give the time told before; of "the same night" the night that follows the day told, of "the same morning" its day."""
        told = self._happened
        if told is None:
            return self._time
        night = self.words.pattern("dates", "night_words").search(said)
        if night and told.precision == "day":
            after = replace(told, end=told.end + dt.timedelta(days=1), precision="night")
            if self._article.published and after.end <= self._article.published:
                return after
            if told.end == self._article.published:
                # "At four on Tuesday a drone hit X. The same night ...", told on Tuesday: the night before
                return replace(told, start=told.start - dt.timedelta(days=1), precision="night")
        return told

    def _at_the_same_time(self, same: re.Match[str], when: When | None, paragraph: int, deed: Deed | None) -> When | None:
        """Give the time of a clause that names that of another: in a new paragraph "the same evening" is of the day told before it."""
        if when is None:
            return self._same_time(same.group())
        if paragraph == self._timed_in or self._happened is None or self._when(same.group(), paragraph, None) is None:
            return when  # "shortly before midnight"
        rest = same.string[: same.start()] + " " * len(same.group()) + same.string[same.end() :]
        return self._when(rest, paragraph, deed) or self._same_time(same.group())

    def _counts_flown(self, text: str, paragraph: int) -> bool:
        """Tell whether what a clause counts has flown: "of these, 67 were destroyed" after drones, not after vehicles.

        Drones may be told of in the paragraph before, or, for the first two, in the title.
        """
        if self.words.holds("counts", "air_defence_patterns", text) or self._names_flown(text):
            return True
        near = takewhile(lambda sentence: sentence.paragraph >= paragraph - 1, reversed(self._so_far))
        return any(self._names_flown(sentence.text) for sentence in near) or (paragraph <= 1 and self._names_flown(self._article.title))

    def _names_flown(self, text: str) -> bool:
        """Tell whether a text names weapons, or what flies and is counted: "targets"."""
        return self.words.holds("counts", "units", text) or bool(deeds.weapons(text, self._taxonomy, self.lang))

    def _is_past_day(self, when: When) -> bool:
        """Tell whether a time is a day before that of the report."""
        published = self._article.published
        return when.precision == "day" and not when.reported and published is not None and when.end < published

    def _kind(self, deed: Deed | None, text: str, paragraph: int) -> tuple[str, tuple[str, ...]]:
        """Give the type and the weapons of a clause's deed; debris is of the weapons named last, of drones where none are."""
        if deed is None:
            told = counts.find(text, self.lang)
            counted = (told.launched is not None or bool(told.intercepted)) and not deeds.is_background(text, self.lang)
            named = deeds.weapons(text, self._taxonomy, self.lang)
            if counted and told.intercepted and not told.launched:
                # "Of these, 67 were destroyed by air defence."
                return (self._taxonomy.type_of("intercept", "") if self._counts_flown(text, paragraph) else ""), ()
            if named[:1] == _LYING:
                self._weapons, self._armed_in = named, paragraph  # "He brought home a grenade. It went off."
            weapons = named if counted else ()
            # "574 means of attack were detected": of what kind they were is not said
            return (self._taxonomy.type_of("strike", *weapons[:1] or ("",)), weapons) if counted else ("", ())
        if deed.weapons == ("bomb",) and deeds.is_from_the_air(text, self._taxonomy, self.lang):
            return self._taxonomy.type_of(deed.action, ""), ()  # "An air attack hit the town. Two drones struck a school."
        if deed.weapons:
            self._weapons, self._armed_in = deed.weapons, paragraph
        elif deeds.is_of_debris(text, self.lang):
            flew = tuple(w for w in self._weapons if w in _LEAVES_DEBRIS)  # shells leave none
            weapon = flew[0] if len(set(flew)) == 1 else "" if flew else "drone"
            return self._taxonomy.type_of(deed.action, weapon) or deed.type, flew
        elif len(set(self._weapons)) == 1 and (
            self._is_one_of_them(text, deed) or (self._armed_in == paragraph and self._goes_on(deed, text))
        ):
            return self._taxonomy.type_of(deed.action, self._weapons[0]) or deed.type, self._weapons
        return deed.type, deed.weapons

    def _is_one_of_them(self, text: str, deed: Deed) -> bool:
        """Tell whether a deed is that of weapons told of before: "89 drones were shot down. One of them hit a plant.", "Another fell."."""
        another = self.words.pattern("counts", "another_patterns").search(text, 0, deed.end)
        before = self.words.pattern("counts", "of_them_patterns").search(text, 0, deed.start)
        return bool(another or before or _so_many_of_them(self.lang).match(text, deed.end))

    def _goes_on(self, deed: Deed, text: str) -> bool:
        """Tell whether a verb leaves out its weapons: "Ракети поцілили в ТЕС. На Львівщині влучили в станцію.", "A school was hit too."."""
        if deed.action == "explode":
            return self._weapons == _LYING
        if deed.action == "strike" and self.words.pattern("counts", "too_patterns").search(text):
            return True
        verb = self.words.pattern("targets", "subjectless_patterns").search(text)
        return deed.action == "strike" and verb is not None and deeds.actor(text, deed, self.lang) is None

    def _within(self, start: int, end: int) -> list[Mention]:
        return list(self._naming(start, end))

    def _naming(self, start: int, end: int) -> Iterator[Mention]:
        """Give the places that a part of the text names, one after another."""
        first = bisect_left(self._starts, start)
        for mention in (self._mentions[k] for k in range(first, bisect_left(self._starts, end, first))):
            # "In the Darnytskyi district, a roof caught fire": no other place, where the attack on the city is being told.
            within = mention.role == "quarter" and self._story.telling.tells_of(mention)
            if mention.end <= end and mention not in self._apart and not within:
                yield mention

    def _when(self, clause: str, paragraph: int, deed: Deed | None) -> When | None:
        if (published := self._article.published) is None:
            return None
        recent = self._time if paragraph - self._timed_in <= 1 else self._day
        # "What was reported on Tuesday ¶ In X, on Monday evening ... ¶ In Y, at 5 a.m. ..."
        told = (self._title_day if paragraph != self._timed_in else None) or recent
        done = (deed.start, deed.end) if deed else None
        near = paragraph == self._timed_in
        when = dates.find(clause, published, self.lang, told=told, near=bool(self._day) or near, deed=done, frame=self._frame)
        day = self._time if near and self._time and self._time.precision == "day" and not self._time.reported else None
        # "On 3 September, two were killed in X. Another eight were hurt over the day."
        return day if when and day and when.precision == "range" and when.start == day.end else when

    def _closing_time(self, start: int, sentence: Sentence) -> When | None:
        """Give the time that ends a sentence of two events: "A drone hit a house in X, and a missile a plant in Y on Wednesday."."""
        named, rest = self._within(start, sentence.end), self._article.text[start : sentence.end]
        if not named or self._when(self._article.text[start : named[-1].end], sentence.paragraph, None):
            return None
        when = self._when(rest, sentence.paragraph, deeds.find(rest, self._taxonomy, self.lang))
        return None if when is None or when.reported else when

    def _is_background(self, clause: str, when: When | None) -> bool:
        if deeds.is_background(clause, self.lang):
            return True
        published = self._article.published
        return bool(when and published and (published - when.end).days > _NEWS_DAYS)


def _unspoken(text: str, start: int, speaker: tuple[int, int]) -> str:
    """Give a clause with blanks for who says it: "Ukraine's General Staff reported 42 clashes" tells of nobody's attack."""
    a, b = (min(max(at - start, 0), len(text)) for at in speaker)
    return text[:a] + " " * (b - a) + text[b:]


@cache
def _resumed(lang: str) -> re.Pattern[str]:
    """Match, before a place, a town that was told of: "the village near"."""
    return re.compile(rf"(?<!\w){alternatives(Vocabulary.load(lang).table('places')['resumed_patterns'])}\s+$", re.IGNORECASE)


@cache
def _so_many_of_them(lang: str) -> re.Pattern[str]:
    """Match how many of those told of before did something, behind its verb: "In X traf eine davon ein Haus"."""
    return re.compile(rf"\s[\w-]+ {alternatives(Vocabulary.load(lang).table('counts')['of_them_patterns'])}(?!\w)", re.IGNORECASE)
