"""The last line of a post, where it is no more than the name of who publishes it: "General Staff of the Armed Forces"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapper.extraction.claimants import Attribution
from mapper.extraction.vocabulary import Vocabulary

if TYPE_CHECKING:
    from mapper.extraction.claimants import Voices
    from mapper.extraction.sentences import Sentence

__all__ = ["find"]

_MOST_WORDS = 14
#: Who publishes is named with a capital, without a number, and nothing is said about it; "acting" may be short.
_NAME = re.compile(r"(?P<dash>[–—-]\s)?\W*(?P<name>[A-ZÀ-ÞА-ЯЁІЇЄҐ]\.?(?:[^.:;!?#@\d]|(?<=[\s.][^\W\d_])\.){2,120}?)\W*")


#: Given name and surname.
_PERSON = re.compile(r"[A-ZÀ-ÞА-ЯЁІЇЄҐ][^\W\d_]+(?:['’][^\W\d_]+)? [A-ZÀ-ÞА-ЯЁІЇЄҐ][^\W\d_]+(?:[-'’][^\W\d_]+)*")


def find(sentence: Sentence, voices: Voices, lang: str) -> Attribution | None:
    """Read the last sentence of a text as its signature; None if it says anything else."""
    vocabulary = Vocabulary.load(lang)
    match = _NAME.fullmatch(sentence.text)
    if not (match and (sentence.heading or match["dash"])):
        return None
    name = match["name"]
    # In a text that names nobody else a mere name: "Oleh Syniehubov". Elsewhere it is that of a journalist.
    is_office = any(vocabulary.pattern("claims", key).search(name) for key in ("roles", "persons")) or (
        not voices.last and _PERSON.fullmatch(name)
    )
    says_more = any(vocabulary.pattern("claims", key).search(name) for key in ("verbs", "speech", "no_claimant_patterns"))
    if not is_office or says_more or len(name.split()) > _MOST_WORDS:
        return None
    return Attribution(voices.hear(name, vocabulary), "claimed", *match.span("name"))
