"""Who tells a sentence by the form of an aside in it, whatever its verb: ", reassured the mayor", ", Razvozhaev went on"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from mapper.extraction.facts.voices import CAPITALISED, NAME, without_adjectives
from mapper.extraction.wording.vocabulary import Vocabulary
from mapper.extraction.wording.wordlist import alternatives

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from mapper.extraction.facts.voices import Voices

    _Check = Callable[[str, Voices, Vocabulary, Collection[str]], bool]

__all__ = ["find"]

_PIECE = re.compile(r"(?:[^,;:()–—\"“”«»]|(?<=\s)«[^»,]{2,40}»)+")
_MOST_WORDS = 14
#: Of how many words the office is at most that follows a name: ", Serhii Tiurin, first deputy head of the region".
_OFFICE_WORDS = 12
#: How much of a clause that depends on a verb is looked at: ", що".
_BEHIND = 12
#: How many words may tell of a person before his name: "признал поставленный Москвой Леонид Пасечник".
_BEFORE_A_NAME = 5


def find(sentence: str, voices: Voices, lang: str, places: Collection[str]) -> tuple[str, int] | None:
    """Give the person whom an aside names, and where; None if there is none."""
    vocabulary = Vocabulary.load(lang)
    pieces = [m for m in _PIECE.finditer(sentence) if m.group().strip(" .!?")]
    that = _that(lang)
    for k, piece in enumerate(pieces):
        if (clause := that.search(sentence, piece.start(), piece.end() + _BEHIND)) and clause.start() <= piece.end():
            # "The governor reassured residents that the route would reopen."
            who = _before_verb(sentence[piece.start() : clause.start()], vocabulary)
            if who and _is_somebody(who, voices, vocabulary, places):
                return (bare := _article(vocabulary.lang).sub("", who)), sentence.index(bare, piece.start())
        if k == 0:
            continue
        text = piece.group().rstrip(" .!?")
        if len(text.split()) > _MOST_WORDS or not _opens(sentence, piece.start()):
            continue
        for pattern, is_who in _asides(lang):
            match = pattern.fullmatch(text)
            if match and is_who(who := match[1], voices, vocabulary, places) and not _tells_harm(text, vocabulary):
                who = _article(vocabulary.lang).sub("", who)
                start = piece.start() + match.end(1) - len(who)
                if k + 1 < len(pieces) and NAME.fullmatch(who) and _is_office(sentence, piece, pieces[k + 1], vocabulary):
                    who = sentence[start : pieces[k + 1].end()].rstrip(" .!?")
                return who, start
    return None


def _before_verb(text: str, vocabulary: Vocabulary) -> str:
    """Give who stands before the verb on which a clause depends that tells what is said."""
    match = _verbs(vocabulary.lang).fullmatch(text.strip())
    return match[1] if match else ""


@cache
def _that(lang: str) -> re.Pattern[str]:
    return re.compile(alternatives(Vocabulary.load(lang).table("claims")["that_patterns"]))


@cache
def _verbs(lang: str) -> re.Pattern[str]:
    return re.compile(alternatives(Vocabulary.load(lang).table("claims")["that_verb_patterns"]))


@cache
def _article(lang: str) -> re.Pattern[str]:
    return re.compile(rf"^{alternatives(Vocabulary.load(lang).table('claims')['articles'])}\s+")


@cache
def _opener(lang: str) -> re.Pattern[str]:
    """Match an article that opens a sentence with a capital: "A Russian drone hit a bus that ..."."""
    return re.compile(rf"{alternatives(Vocabulary.load(lang).table('claims')['articles'])}\s+", re.IGNORECASE)


def _opens(sentence: str, start: int) -> bool:
    """Tell whether an aside may begin: after a comma, a dash or what is quoted."""
    return sentence[:start].rstrip().endswith((",", "–", "—", "”", "»", '"', "“", ":"))


@cache
def _asides(lang: str) -> tuple[tuple[re.Pattern[str], _Check], ...]:
    claims, checks = Vocabulary.load(lang).table("claims"), {"aside_patterns": _is_somebody, "aside_office_patterns": _is_an_office}
    return tuple((re.compile(rf"\s*{one}"), check) for key, check in checks.items() for one in claims[key])


def _is_somebody(who: str, voices: Voices, vocabulary: Vocabulary, places: Collection[str]) -> bool:
    if vocabulary.pattern("claims", "pronouns").fullmatch(who):
        return bool(voices.last)
    if vocabulary.pattern("claims", "no_claimant_patterns").match(who) or vocabulary.pattern("claims", "verbs").search(who):
        return False
    name = NAME.search(who, begin.end() if (begin := _opener(vocabulary.lang).match(who)) else 0)  # "A Russian" is none
    before = who[: name.start()].split() if name else ()
    nouns = bool(vocabulary.table("claims")["links"])  # with a capital, as names are
    named = name is not None and not nouns and len(before) <= _BEFORE_A_NAME and not _has_place(name.group(), places)
    alone = CAPITALISED.fullmatch(who) is not None and who not in places and voices.knows(who)
    bare = _article(vocabulary.lang).sub("", who)
    listed = vocabulary.pattern("claims", "official_patterns").fullmatch(bare)
    return (
        named
        or alone
        or bool(listed)
        or any(vocabulary.pattern("claims", key).match(bare) for key in ("persons", "official_again_patterns"))
    )


def _has_place(name: str, places: Collection[str]) -> bool:
    return any(place in name or name in place for place in places)


def _is_an_office(who: str, _: Voices, vocabulary: Vocabulary, places: Collection[str]) -> bool:
    """Tell whether an aside names an office in which it was said: ", counted in the air force"."""
    named = who.lstrip("«„“")
    forms = (named, without_adjectives(named))  # "данные Ивано-Франковской ОВА"
    return who not in places and any(vocabulary.pattern("claims", "roles").match(one) for one in forms)


def _is_office(sentence: str, piece: re.Match[str], behind: re.Match[str], vocabulary: Vocabulary) -> bool:
    """Tell whether what follows a name and a comma is the office that he has."""
    comma = sentence[piece.end() : behind.start()].strip() == ","
    return (
        comma
        and len(behind.group().split()) <= _OFFICE_WORDS
        and vocabulary.pattern("claims", "persons").search(behind.group()) is not None
    )


def _tells_harm(text: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.holds("targets", "harm", text) or any(vocabulary.holds("casualties", key, text) for key in ("killed", "injured"))
