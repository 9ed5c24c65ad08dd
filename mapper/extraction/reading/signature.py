"""The last line of a post, where it is no more than the name of who publishes it: "General Staff of the Armed Forces"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapper.extraction.facts.claimants import Attribution
from mapper.extraction.facts.voices import without_adjectives
from mapper.extraction.wording.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.extraction.facts.claimants import Voices
    from mapper.extraction.wording.sentences import Sentence

__all__ = ["find", "line"]

_MOST_WORDS = 14
#: A line of more words that ends with a full stop is a sentence.
_STOPPED_WORDS = 6
#: Who publishes is named with a capital, or a brigade by its number, and nothing but the day is said about it; "acting" may be short.
_NAME = re.compile(
    r"(?P<dash>[–—-]\s)?\W*(?P<name>(?:[A-ZÀ-ÞА-ЯЁІЇЄҐ]\.?|\d{1,3}-[^\W\d_]{1,4}\s)(?:[^.:;!?#@\d]|(?<=[\s.][^\W\d_])\.){2,120}?)"
    r"(?:,\s\d{1,2}(?:\.\d\d|\.?\s[^\W\d_]{3,12})(?:[.\s]\d{4})?(?:\s[рг]\.)?)?[^\w»]*"
)
_STOPS = ".!?…:"

#: Given name and surname.
_PERSON = re.compile(r"[A-ZÀ-ÞА-ЯЁІЇЄҐ](?:['’ʼ]?[^\W\d_])+ [A-ZÀ-ÞА-ЯЁІЇЄҐ](?:[-'’ʼ]?[^\W\d_])+")

#: What may stand behind the name of an office.
_AREA = re.compile(r"(?: [A-ZÀ-ÞА-ЯЁІЇЄҐ][\w’'-]*| «[^»]+»){0,2}")

_SIGNING = re.compile(rf"{_PERSON.pattern}, [^,]+")

#: A text of more sentences than this may end in a cheer.
_CHEERED = 2
#: A few words that call out: "Glory to Ukraine!".
_CHEER = re.compile(r"[^\W\d_]+(?:[\s,–—-]+[^\W\d_]+){1,4}\s*!+")


def line(told: Sequence[Sentence]) -> Sentence | None:
    """Give the sentence of a text that may sign it: the last, or the line before a cheer."""
    if len(told) > _CHEERED and _CHEER.fullmatch(told[-1].text):
        before, end = told[-3:-1]
        return replace(end, heading=end.heading or before.paragraph != end.paragraph)
    return told[-1] if told else None


def _is_office(name: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a name is that of an office and its area, and no sentence: "Херсонська ОВА", "Поліція Сумщини"."""
    bare = without_adjectives(name)
    office = vocabulary.pattern("claims", "roles").match(bare)
    return office is not None and _AREA.fullmatch(bare, office.end()) is not None


def find(sentence: Sentence, voices: Voices, lang: str) -> Attribution | None:
    """Read the last sentence of a text as its signature; None if it says anything else."""
    vocabulary = Vocabulary.load(lang)
    match = _NAME.fullmatch(sentence.text)
    # "... two were hurt. Kyiv RMA": in the line of the text, and not stopped as a sentence is
    stopped = sentence.text[-1] in _STOPS and not (match and sentence.text[-1] == "." and _is_office(match["name"], vocabulary))
    closes = sentence.start > 0 and not stopped
    if not (match and (sentence.heading or match["dash"] or closes)):
        return None
    name = match["name"]
    # "Ваш Вячеслав Гладков": a person takes leave of those to whom he writes.
    leave = vocabulary.pattern("claims", "leave_patterns").match(name)
    if leave and _PERSON.fullmatch(name[leave.end() :].lstrip(", ")):
        name = name[leave.end() :].lstrip(", ")
        return Attribution(voices.hear(name, vocabulary), "claimed", match.end("name") - len(name), match.end("name"))
    if sentence.text.rstrip().endswith(".") and len(name.split()) > _STOPPED_WORDS:
        return None
    # In a text that names nobody else a mere name: "Oleh Syniehubov". Elsewhere it is that of a journalist, if of no known official.
    known = vocabulary.pattern("claims", "official_patterns").fullmatch(name.rpartition(" ")[2])
    is_office = any(vocabulary.pattern("claims", key).search(name) for key in ("roles", "persons")) or (
        (known or not voices.last) and _PERSON.fullmatch(name)
    )
    # "Ivan Fedorov, Zaporizhzhia RMA": a name and what he is, whatever it is called.
    signs = _SIGNING.fullmatch(name) and not voices.last
    says_more = any(vocabulary.pattern("claims", key).search(name) for key in ("verbs", "speech"))
    says_more = says_more or vocabulary.pattern("claims", "no_claimant_patterns").match(name) is not None
    if not (is_office or signs) or says_more or len(name.split()) > _MOST_WORDS:
        return None
    return Attribution(voices.hear(name, vocabulary), "claimed", *match.span("name"))
