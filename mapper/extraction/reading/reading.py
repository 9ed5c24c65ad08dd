"""An article to incident drafts: each clause is read by itself, and the story (`story.py`) makes drafts of them.

Nothing is placed here: a draft has mentions, and the geocoding gives them coordinates.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from mapper.extraction.facts import casualties, claimants, claiming, deeds, roles, shares
from mapper.extraction.facts.drafts import Draft, DraftPlace
from mapper.extraction.facts.nominatives import nominative
from mapper.extraction.naming.mentions import TOWNS
from mapper.extraction.naming.regions import regions_of
from mapper.extraction.reading import noattack, signature
from mapper.extraction.reading.clauses import Clauses, affirmed
from mapper.extraction.reading.cutting import Cutting
from mapper.extraction.reading.kinds import Kinds
from mapper.extraction.reading.named import Named, of_places
from mapper.extraction.reading.paragraphs import Paragraphs
from mapper.extraction.reading.reports import headed, of_text, opening
from mapper.extraction.reading.tellers import Tellers, heard_above
from mapper.extraction.reading.times import Times
from mapper.extraction.reading.tolls import Tolls
from mapper.extraction.story.story import Story
from mapper.extraction.story.timeframe import framed
from mapper.extraction.wording import languages, sentences
from mapper.extraction.wording.unseen import seen
from mapper.extraction.wording.vocabulary import Vocabulary
from mapper.extraction.wording.wordlist import alternatives
from mapper.incidents import DRAWN_ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from mapper.extraction.facts.claimants import Attribution
    from mapper.extraction.facts.clause import Clause
    from mapper.extraction.facts.drafts import DraftClaim
    from mapper.extraction.naming.mentions import Mention
    from mapper.extraction.wording.sentences import Sentence
    from mapper.extraction.wording.unseen import Seen
    from mapper.sources.article import Article
    from mapper.taxonomy import Taxonomy

__all__ = ["extract"]

#: A name that follows a place and a comma.
_NAME_NEXT = re.compile(r",\s+[A-ZÀ-ÞА-ЯЁІЇЄҐ]")

#: What places shared out among which a toll may lie in.
_AROUND = frozenset({"admin1", "admin2", "country"})


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
    """One report being read: what has been heard so far, and the drafts it has given."""

    def __init__(
        self, article: Article, taxonomy: Taxonomy, mentions: Sequence[Mention], lang: str, titled: Sequence[Mention], opens: str = ""
    ) -> None:
        self._lang = lang
        self._words = Vocabulary.load(lang)
        self._text, self._title = article.text, article.title
        self._taxonomy = taxonomy
        self._voices = claimants.Voices()
        places = of_places(article.text, mentions, lang)
        self._story = Story(lang, taxonomy, places, titled, heard_above(article, titled, self._voices, lang))
        self._telling = self._story.telling
        self._named = Named(article.text, places, lang, self._telling.tells_of)
        self._tellers = Tellers(article.text, lang, self._named, self._voices, self._telling)
        self._times = Times(article, lang, taxonomy, self._named, titled, opens)
        self._kinds = Kinds(article.title, lang, taxonomy)
        self._clauses = Clauses(article.text, lang, taxonomy, self._named, self._times, self._kinds, Tolls(lang), self._telling)
        self._cutting = Cutting(article.text, lang, taxonomy, self._named.within, self._voices)
        self._paragraphs = Paragraphs(())
        # Where the last sentence ends.
        self._end = -1
        self._is_of_accident = noattack.is_of_accident(article.title, taxonomy, lang)
        self._is_of_drill = False
        # Where sentences begin of which a later one says that it was no attack.
        self._refuted: frozenset[int] = frozenset()

    def drafts(self, by_line: Sequence[str] | None) -> list[Draft]:
        """Read the article, or those of its lines that are in the reader's language."""
        told = sentences.split(self._text, self._words)
        end = signature.line(told)
        self._paragraphs, self._end = Paragraphs(told), told[-1].end if told else -1
        self._is_of_drill = noattack.is_of_drill(self._title, told, self._lang)
        self._tellers.introduce(told)
        self._refuted = noattack.refuted(told, self._taxonomy, self._lang)
        for sentence in told:
            if by_line is None or by_line[sentence.paragraph] == self._lang:
                self._read(sentence, signing=end if end and end.start == sentence.start else None)
        first = {sentence.section: sentence for sentence in reversed(told)}
        posted = {section for section, sentence in first.items() if section and not sentence.heading}
        read = framed(self._story.finish(), self._times.title, self._times.moments, self._taxonomy, posted)
        told_of = (shares.shot_down(draft, self._text, self._lang) for draft in read)
        return [replace(d, claims=tuple(replace(c, by=nominative(c.by, self._lang)) for c in d.claims)) for d in told_of]

    def _read(self, sentence: Sentence, *, signing: Sentence | None) -> None:
        """Take the next sentence in, if need be as the line that may sign the article."""
        text, named = self._text, self._named
        self._kinds.begin(sentence)
        named.apart = {}
        named.apart = dict.fromkeys(m for m in named.within(sentence.start, sentence.end) if self._says_which(sentence, m))
        within = named.within(sentence.start, sentence.end)
        begin, end = sentence.whole
        signed = signature.find(signing, self._voices, self._lang) if signing else None
        said = signed or self._tellers.of_sentence(sentence)
        speaker = (begin + said.start, begin + said.end) if said else (0, 0)
        said = None if said and not signed and self._denies_besides(said, text[begin:end]) else said
        told_of = [m for m in within if m.role != "institution" and not speaker[0] <= m.start < speaker[1]]
        tells = self._tells_of_events(sentence.text)
        aside = said is not None and not signed and self._tellers.claims_nothing(sentence.text, said.by, told_of, tells=tells)
        said = None if aside else said
        if not tells:
            named.apart |= dict.fromkeys(self._asides(sentence, within, told_of, speaker))
            within, told_of = ([m for m in places if m not in named.apart] for places in (within, told_of))
        if self._paragraphs.set_apart:
            closes = end == self._end and said is not None and not tells
            # "The driver was taken to Belgorod."
            assigned = roles.assign(text, sentence.start, sentence.end, told_of, speaker, self._lang)
            there = [m for m, role in zip(told_of, assigned, strict=True) if role in DRAWN_ROLES]
            sentence = self._paragraphs.place(sentence, there, sums_up=self._times.sums_up(sentence.text), closes=closes)
        self._times.begin(sentence)
        goes_on = None if said or aside else self._tellers.going_on(sentence)
        if said:
            self._tellers.hear(sentence)
        elif not aside and (only := self._tellers.only_named(sentence, told_of, tells=tells)):
            said = only
            speaker = (begin + said.start, begin + said.end)
        self._story.begin(
            sentence,
            said,
            names_places=bool(told_of),
            placeless=all(m.kind == "country" for m in told_of),
            of_all=signed is not None or self._tellers.introduces(sentence, said, tells=tells),
            regions=regions_of(within),
        )
        if not signed:
            self._take(sentence, within, told_of, said or goes_on, speaker)

    def _take(
        self, sentence: Sentence, within: list[Mention], told_of: Sequence[Mention], said: Attribution | None, speaker: tuple[int, int]
    ) -> None:
        """Tell the story a sentence, clause by clause, or place by place where it shares out a toll among several."""
        text, names_places = self._text, bool(told_of)
        toll = casualties.find(sentence.text, self._lang)
        self._named.apart |= shares.of_a_country(text, sentence.start, sentence.end, within, toll, self._lang)
        within = [m for m in within if m not in self._named.apart]
        parts = shares.find(text, sentence.start, sentence.end, within, toll, self._lang)
        if parts and (whole := self._clause(sentence, sentence.start, sentence.end, said, speaker, names_places=names_places)):
            if all(self._named.comes_back_to(part.place, sentence.end) for part in parts):
                self._share(whole, parts)
                return
            if self._are_all(whole, parts):
                self._divide(whole, parts)
                self._telling.leave()
                return
        apiece = shares.in_brackets(text, sentence.start, sentence.end, within, self._lang)
        apiece = apiece or shares.of_parts(text, sentence.start, sentence.end, within, toll, self._lang)
        if apiece and self._tells_one_deed(sentence):
            whole = self._clause(sentence, sentence.start, sentence.end, said, speaker, names_places=names_places)
            if whole and whole.draft.type and len(whole.draft.where) == len(apiece):
                self._divide(whole, apiece)
                return
        before: Clause | None = None
        for start, end in self._cutting.clauses(sentence):
            whole_sentence = end - start >= len(sentence.text)
            voice, by = (said, speaker) if whole_sentence else self._tellers.of_clause(start, end, said, speaker)
            if clause := self._clause(sentence, start, end, voice, by, names_places=names_places):
                if before and not clause.draft.type and self._cutting.is_elliptic(start, end):
                    done = before.draft
                    told = replace(clause.draft, type=done.type, weapons=done.weapons, actor=done.actor)
                    clause = replace(clause, draft=self._kinds.armed(told, clause.text))
                before = clause
                self._story.take(clause)
        if before and (apart := [share for share in self._named.apart.values() if share]):
            self._share(before, apart)
        if before is None:
            self._story.pass_over(sentence, told_of)

    def _clause(
        self, sentence: Sentence, start: int, end: int, said: Attribution | None, speaker: tuple[int, int], *, names_places: bool
    ) -> Clause | None:
        if self._is_of_drill:
            return None
        accident = self._is_of_accident or sentence.start in self._refuted
        return self._clauses.read(sentence, start, end, said, speaker, names_places=names_places, accident=accident)

    def _asides(self, sentence: Sentence, within: Sequence[Mention], told_of: Sequence[Mention], speaker: tuple[int, int]) -> list[Mention]:
        """Give of the places of a sentence of no event those where nothing that comes next can have been.

        "NATO ambassadors met in Brussels.", and, once an event was told, "Rescuers from X came." of another place.
        """
        asides = [m for m in within if m.abroad]
        if self._times.has_told:
            others = [m for m in told_of if not self._telling.has_told_of(m)]
            assigned = roles.assign(self._text, sentence.start, sentence.end, others, speaker, self._lang, told=True)
            for m, role in zip(others, assigned, strict=True):
                if role not in DRAWN_ROLES or roles.comes_from(self._text, sentence.start, m, self._lang):
                    asides.append(m)
        return asides

    def _says_which(self, sentence: Sentence, place: Mention) -> bool:
        """Tell whether a place only says which is the one town told of: "A drone struck X. The village near Kharkiv was hit again."."""
        told = self._telling.told
        if told is None or len(told.where) != 1 or told.where[0].mention.kind not in TOWNS or place.name in told.names:
            return False
        named = _NAME_NEXT.match(self._text, place.end)  # "The village near Kharkiv, Rohan, was hit as well."
        return named is None and _resumed(self._lang).search(self._text, sentence.start, place.start) is not None

    def _tells_one_deed(self, sentence: Sentence) -> bool:
        told = (deeds.find(self._text[start:end], self._taxonomy, self._lang) for start, end in self._cutting.clauses(sentence))
        return sum(deed is not None for deed in told) == 1

    def _tells_of_events(self, text: str) -> bool:
        return deeds.find(text, self._taxonomy, self._lang) is not None or casualties.find(text, self._lang).known

    def _denies_besides(self, said: Attribution, text: str) -> bool:
        """Tell whether who speaks only denies what a sentence tells: "Nine died in a drone strike on X, while Moscow denied it"."""
        rest = affirmed(text, self._taxonomy, self._lang)
        return rest != text and not rest[said.start : said.end].strip()

    def _share(self, clause: Clause, parts: Sequence[shares.Share]) -> None:
        """Take a toll that a sentence shares out among places as one at each of them."""
        told = clause.draft
        for mention, toll in parts:
            claim = replace(told.claims[-1], casualties=toll)
            self._story.share(replace(told, type="", weapons=(), places=(DraftPlace(mention, "at"),), claims=(claim,)))

    def _are_all(self, clause: Clause, parts: Sequence[shares.Share]) -> bool:
        """Tell whether a toll is shared out among all places of a clause, but for an area that they lie in."""
        shared = {part.place for part in parts}
        return all(p.mention in shared or p.mention.kind in _AROUND for p in clause.draft.where)

    def _divide(self, clause: Clause, parts: Sequence[shares.Share]) -> None:
        """Take an attack whose toll a sentence shares out among places, to which nothing comes back, as one at each."""
        sentence, towns = clause.sentence, [part.place for part in parts]
        cuts = shares.cuts_between(self._text, sentence.start, sentence.end, towns, self._lang)
        for k, (mention, toll) in enumerate(parts):
            told = self._kinds.armed(clause.draft, self._text[cuts[k] : cuts[k + 1]] if cuts else "")
            claim = replace(told.claims[-1], casualties=toll)
            self._story.take(replace(clause, draft=replace(told, places=(DraftPlace(mention, "at"),), claims=(claim,)), mentions=[mention]))


@cache
def _resumed(lang: str) -> re.Pattern[str]:
    """Match, before a place, a town that was told of: "the village near"."""
    return re.compile(rf"(?<!\w){alternatives(Vocabulary.load(lang).table('places')['resumed_patterns'])}\s+$", re.IGNORECASE)
