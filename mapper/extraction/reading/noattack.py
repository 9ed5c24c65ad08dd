"""What looks like an attack and was none: an accident, an exercise, or what a later sentence takes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.extraction.facts import casualties, deeds
from mapper.extraction.wording.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapper.extraction.wording.sentences import Sentence
    from mapper.taxonomy import Taxonomy

__all__ = ["is_of_accident", "is_of_drill", "refuted"]

#: How many sentences at most stand between a blast and its cause that was no attack, and one more.
_BEFORE_CAUSE = 4


def is_of_accident(text: str, taxonomy: Taxonomy, lang: str) -> bool:
    """Tell whether a text tells that it was no attack: "A gas leak blew up a house in X"."""
    return deeds.is_accident(text, lang) and not deeds.weapons(text, taxonomy, lang)


def is_of_drill(title: str, told: Sequence[Sentence], lang: str) -> bool:
    """Tell whether nothing was meant by a title, or by the first of sentences in which nobody is hurt: "Reservists rehearse a strike"."""
    if deeds.is_rehearsal(title, lang):
        return True
    drill = bool(told) and deeds.is_rehearsal(told[0].text, lang)
    return drill and not any(casualties.find(sentence.text, lang).hurt for sentence in told)


def refuted(told: Sequence[Sentence], taxonomy: Taxonomy, lang: str) -> frozenset[int]:
    """Give where the sentences begin of which a later one says that it was no attack: "A blast shook X. The cause is a gas leak."."""
    return frozenset(_refuted(told, taxonomy, lang))


def _refuted(told: Sequence[Sentence], taxonomy: Taxonomy, lang: str) -> Iterator[int]:
    words = Vocabulary.load(lang)
    for index, sentence in enumerate(told):
        if index and words.holds("exclusions", "retracting_patterns", sentence.text):
            yield told[index - 1].start  # "We reported an attack on X. This was wrong."
        if not words.holds("exclusions", "no_attack_patterns", sentence.text):
            continue
        yield sentence.start
        if deeds.find(sentence.text, taxonomy, lang):
            continue
        for earlier in reversed(told[max(0, index - _BEFORE_CAUSE) : index]):
            if earlier.section != sentence.section or deeds.weapons(earlier.text, taxonomy, lang):
                break
            yield earlier.start
            if deeds.find(earlier.text, taxonomy, lang):
                break
