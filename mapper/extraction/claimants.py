"""Who says it: the ministry, the governor, the mayor whose word a sentence gives.

A claimant is found beside a verb of speech or after "according to". "The ministry" and "he" are
the last claimant that they can mean; a bare role followed by a name ("according to the acting
mayor" … "Artem Kobzar said") is one person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from mapper.extraction.vocabulary import Vocabulary, alternatives, words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    _Read = Callable[[str, re.Match[str], Vocabulary], tuple[str, int]]

__all__ = ["Attribution", "Voices", "find"]

_MOST_WORDS = 12
_QUOTED = re.compile(r'["“”«»„]')
_NAME = re.compile(r"(?<![\w'’])[A-ZÀ-ÞА-ЯЁІЇЄҐ][\w'’.-]*(?:\s+(?:al-|von |de |van )?[A-ZÀ-ÞА-ЯЁІЇЄҐ][\w'’.-]+)+")
_CAPITALISED = re.compile(r"[A-ZÀ-ÞА-ЯЁІЇЄҐ][\w'’.-]+")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says a sentence: `by` as named in the text, `status` one of `incidents.CLAIM_STATUSES`.

    `start` and `end` are the characters of the sentence that name the claimant, so that a place in
    them ("Kyiv said") is not taken for the place of an incident.
    """

    by: str
    status: str
    start: int
    end: int


class Voices:
    """The claimants of an article so far, by which "the ministry" and "he" are told.

    One article at a time, sentence by sentence in its order.
    """

    def __init__(self) -> None:
        self._heard: list[str] = []

    @property
    def last(self) -> str:
        """The claimant heard last, or `""`."""
        return self._heard[-1] if self._heard else ""

    def heard(self, word: str) -> bool:
        """Tell whether a word is part of the name of an earlier claimant."""
        return any(word in re.findall(r"[\w'’-]+", earlier) for earlier in self._heard)

    def hear(self, phrase: str, vocabulary: Vocabulary) -> str:
        """Take a claimant's phrase, give the claimant it means, and remember it; `""` if it means none."""
        if phrase.lower() in vocabulary.table("claims")["pronouns"]:
            return self.last
        by = self._meant(phrase, vocabulary)
        if by in self._heard:
            self._heard.remove(by)
        self._heard.append(by)
        return by

    def _meant(self, phrase: str, vocabulary: Vocabulary) -> str:
        role = words(vocabulary.table("claims")["roles"])
        single = len(phrase.split()) == 1
        for earlier in reversed(self._heard):
            if phrase.lower() == earlier.lower():
                return earlier
            ends_alike = re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", earlier, re.IGNORECASE)
            if single and ends_alike and (role.fullmatch(phrase) or _CAPITALISED.fullmatch(phrase)):
                return earlier
            # "Artem Kobzar" after "acting mayor": the name joins the role that had none.
            if earlier == self.last and _is_a_nameless_role(earlier, vocabulary) and _names_a_person(phrase, role):
                self._heard.remove(earlier)
                return f"{phrase}, {earlier}"
        return phrase


def find(sentence: str, voices: Voices, lang: str = "en", places: Collection[str] = ()) -> Attribution | None:
    """Find the claimant of one sentence; None where it speaks with the article's own voice.

    Parameters
    ----------
    places
        Names in the sentence that are places; alone before a verb of speech ("Kyiv says") they stand
        for their government.
    """
    vocabulary = Vocabulary.load(lang)
    claims = vocabulary.table("claims")
    for pattern, read in _patterns(lang):
        for match in pattern.finditer(sentence):
            phrase, start = read(sentence, match, vocabulary)
            if not _can_speak(phrase, voices, vocabulary, places):
                continue
            verb = match.group().lower()
            status = "claimed"
            if words(claims["confirming"]).search(verb):
                status = "confirmed"
            elif words(claims["denying"]).search(verb):
                status = "denied"
            return Attribution(voices.hear(phrase, vocabulary), status, start, start + len(phrase))
    return None


@cache
def _patterns(lang: str) -> tuple[tuple[re.Pattern[str], _Read], ...]:
    """Give the patterns of attribution in the order in which they are tried, each with what reads its phrase."""
    claims = Vocabulary.load(lang).table("claims")
    speech = alternatives([*claims["speech"], *claims["denying"]])
    return (
        (re.compile(rf"(?<!\w){alternatives(claims['according_to'])}\s+", re.IGNORECASE), _after),
        # "..., said Oleh Syniehubov, the regional head."
        (re.compile(rf",[\"'”»]?\s+{speech}\s+(?=[A-ZÀ-ÞА-ЯЁІЇЄҐ]|the\s)"), _after),
        (words([*claims["speech"], *claims["denying"]]), _before),
    )


def _before(sentence: str, verb: re.Match[str], vocabulary: Vocabulary) -> tuple[str, int]:
    """Give the phrase that ends where the verb begins, and where it starts."""
    end = verb.start()
    head = sentence[:end].rstrip(" ,")
    quotes = [m.end() for m in _QUOTED.finditer(head)]
    start = quotes[-1] if quotes else 0
    pieces = list(re.finditer(r"[^,;:()–—]+", head[start:]))
    if not pieces:
        return "", start
    begin = pieces[-1].start()
    if len(pieces) > 1 and _NAME.fullmatch(pieces[-1].group().strip()):
        role = pieces[-2].group().strip()
        openers = rf"{alternatives(vocabulary.table('claims')['openers'])}(?!\w)"
        if len(role.split()) <= _MOST_WORDS and re.match(openers, role, re.IGNORECASE):
            begin = pieces[-2].start()
    return _trimmed(head[start + begin :], start + begin, vocabulary)


def _after(sentence: str, opening: re.Match[str], vocabulary: Vocabulary) -> tuple[str, int]:
    """Give the phrase that begins where "according to" ends, and where it starts."""
    start = opening.end()
    tail = sentence[start:]
    stops = alternatives(vocabulary.table("claims")["stops"])
    stop = re.search(rf"[,;:.!?()\"“”«»–—](?:\s|$)|\s{stops}\s|$", tail)
    end = stop.start() if stop else len(tail)
    # "according to the governor, Oleh Syniehubov": the name goes with the role
    more = re.match(r",\s*([^,;:.!?]+)", tail[end:])
    if more and _NAME.fullmatch(more[1].strip()):
        end += more.end()
    return _trimmed(tail[:end], start, vocabulary)


def _trimmed(phrase: str, start: int, vocabulary: Vocabulary) -> tuple[str, int]:
    claims = vocabulary.table("claims")
    leading = re.compile(rf"\s*(?:{alternatives(claims['leading'])}\s+)*", re.IGNORECASE).match(phrase)
    begin = leading.end() if leading else 0
    if verb := words(claims["verbs"]).search(phrase, begin + 1):
        phrase = phrase[: verb.start()]
    phrase = re.sub(rf"(?:[\s,]+{alternatives(claims['trailing'])})*[\s,.;]*$", "", phrase[begin:], flags=re.IGNORECASE)
    return phrase, start + begin


def _can_speak(phrase: str, voices: Voices, vocabulary: Vocabulary, places: Collection[str]) -> bool:
    count = len(phrase.split())
    if not phrase or count > _MOST_WORDS:
        return False
    if phrase.lower() in vocabulary.table("claims")["pronouns"]:
        return bool(voices.last)
    if count == 1 and (phrase in places or voices.heard(phrase)):
        return True
    role = words(vocabulary.table("claims")["roles"])
    return bool(role.search(phrase) or _NAME.fullmatch(phrase))


def _names_a_person(phrase: str, role: re.Pattern[str]) -> bool:
    return bool(_NAME.fullmatch(phrase)) and len(phrase.split()) <= 4 and not role.search(phrase)


def _is_a_nameless_role(phrase: str, vocabulary: Vocabulary) -> bool:
    return bool(words(vocabulary.table("claims")["persons"]).search(phrase)) and not _NAME.search(phrase)
