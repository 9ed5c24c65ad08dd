"""Who tells each sentence of an article: whom it names, whom it goes on to quote, and who speaks of something else than is told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapper.extraction.facts import claimants, deeds
from mapper.extraction.facts.voices import introduced_in
from mapper.extraction.story.signing import of_publisher, of_title, voice_of
from mapper.extraction.wording import sentences
from mapper.extraction.wording.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.extraction.facts.claimants import Attribution
    from mapper.extraction.naming.mentions import Mention
    from mapper.extraction.reading.named import Named
    from mapper.extraction.story.signing import Voice
    from mapper.extraction.story.telling import Telling
    from mapper.extraction.wording.sentences import Sentence
    from mapper.sources.article import Article

__all__ = ["Tellers", "heard_above"]

#: Words of a sentence at most that only introduces who tells the rest.
_INTRODUCTION = 16

#: "Yevgeny Balitsky. In short on the past day": who tells, as before a colon.
_NAMED = re.compile(r"^([A-ZÀ-ÞА-ЯЁІЇЄҐ][\w'’]+ [A-ZÀ-ÞА-ЯЁІЇЄҐ][\w'’-]+)\.(?= )")


def heard_above(article: Article, titled: Sequence[Mention], voices: claimants.Voices, lang: str) -> list[Voice]:
    """Give who tells an article by its title, whose places are `titled`, and by its publisher, and let the voices know them."""
    words = Vocabulary.load(lang)
    headline, names = _NAMED.sub(r"\1:", article.title), {m.text for m in titled}
    named = claimants.Voices()
    named.introduce(headline, words, names)
    voices.introduce(headline, words, names)
    said = claimants.author(headline, named, lang, names)
    title = voice_of(said.by, words, signs=True) if said else None
    if title is None and (said := claimants.find(headline, named, lang, names)):
        title = of_title(said.by, headline[: said.start], headline[said.end :], words)
    if said and voices.is_person(said.by):
        voices.hear(said.by, words)  # "the governor" of the text
    return [voice for voice in (title, of_publisher(article.publisher, words)) if voice]


class Tellers:
    """Who tells the sentences of a text with some places `named` in it, as far as it has been read."""

    def __init__(self, text: str, lang: str, named: Named, voices: claimants.Voices, telling: Telling) -> None:
        self._text = text
        self._lang = lang
        self._words = Vocabulary.load(lang)
        self._named = named
        self._voices = voices
        self._telling = telling
        # The first paragraph, and that in which somebody was said to speak last.
        self._first = -1
        self._said_in = -1

    def introduce(self, told: Sequence[Sentence]) -> None:
        """Hear of all persons whom the sentences of the text name in full."""
        self._first = told[0].paragraph if told else -1
        for sentence in told:
            self._voices.introduce(sentence.text, self._words, [m.text for m in self._named.within(sentence.start, sentence.end)])

    def of_sentence(self, sentence: Sentence) -> Attribution | None:
        """Give who tells a sentence, or all of the quotation that it is from; whom another sentence of that cites tells no more than it."""
        begin, end = sentence.whole
        said = self._in(begin, end)
        if said is None or sentence.start <= begin + said.start < sentence.end:
            return said
        return None if sentences.is_quoted(self._text, begin, begin + said.start) else said

    def of_clause(
        self, start: int, end: int, said: Attribution | None, speaker: tuple[int, int]
    ) -> tuple[Attribution | None, tuple[int, int]]:
        """Give who tells one clause of several, and where it names him: "..., said Malkov, as the army told of 65 drones".

        Parameters
        ----------
        said
            Who tells the sentence, where the text names him as `speaker`.
        """
        if said is None or start <= speaker[0] < end:
            return said, speaker
        own = self._in(start, end)
        return (own, (start + own.start, start + own.end)) if own else (said, speaker)

    def _in(self, start: int, end: int) -> Attribution | None:
        return claimants.find(self._text[start:end], self._voices, self._lang, {m.text for m in self._named.within(start, end)})

    def going_on(self, sentence: Sentence) -> Attribution | None:
        """Give whom a sentence goes on to quote, in a language whose verbs say that it does: "In X habe eine Drohne ein Haus getroffen"."""
        reports = self._said_in == sentence.paragraph and self._words.pattern("claims", "reported_patterns").search(sentence.text)
        return claimants.Attribution(self._voices.last, "claimed", 0, 0) if reports and self._voices.last else None

    def hear(self, sentence: Sentence) -> None:
        """Take it that somebody tells a sentence."""
        self._said_in = sentence.paragraph

    def only_named(self, sentence: Sentence, told_of: Sequence[Mention], *, tells: bool) -> Attribution | None:
        """Give the one person with an office whom a first sentence that tells of no event names: "Bilanz zog Gouverneur X"."""
        if tells or sentence.paragraph != self._first or len(sentence.text.split()) > _INTRODUCTION:
            return None
        told = introduced_in(sentence.text, self._words)
        if told is None or self.claims_nothing(sentence.text, told[0], told_of, tells=False):
            return None
        return claimants.Attribution(self._voices.hear(told[0], self._words), "claimed", told[1], told[1] + len(told[0]))

    def introduces(self, sentence: Sentence, said: Attribution | None, *, tells: bool) -> bool:
        """Tell whether a sentence only says who tells the rest: "The spokesman told of the situation at the border."."""
        if said is None:
            return False
        text = sentence.text
        leads = sentence.paragraph == self._first
        if self._words.pattern("claims", "credit_patterns").match(text):
            return not self._words.pattern("claims", "relaying_patterns").fullmatch(said.by)  # "Source: the governor"
        office = self._words.pattern("claims", "reporting_patterns").search(said.by) is not None or self._voices.is_person(said.by)
        if text.endswith(":"):
            return leads or (office and not tells)
        return leads and office and len(text.split()) <= _INTRODUCTION and not tells

    def claims_nothing(self, text: str, by: str, told_of: Sequence[Mention], *, tells: bool) -> bool:
        """Tell whether somebody speaks of something else than is being told: "The president called on partners to help."."""
        if not self._words.holds("claims", "political_patterns", by):
            return False
        if tells:
            return deeds.is_background(text, self._lang) or deeds.is_hypothetical(text, self._lang)
        there = any(self._telling.has_told_of(m) for m in told_of)
        keys = ("of_it_patterns", "attribution_patterns", "denying_it_patterns")
        of_it = (*(("claims", key) for key in keys), ("places", "same_patterns"))
        return not (there or deeds.has_damage(text, self._lang) or any(self._words.holds(*key, text) for key in of_it))
