"""Who says it, as a reader looks for him: "за словами голови ОВА Івана Федорова" names "голова ОВА Іван Федоров".

The first noun of a claimant, the adjectives before it and the name of a person at the end are turned by the endings and
the offices that the vocabulary lists (`[nominatives]`); what stands between them is in the genitive anyway. A phrase of
which one of these is not listed, or is in the nominative, stays as the text has it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from mapper.extraction.facts.voices import NAME
from mapper.extraction.wording.vocabulary import Vocabulary
from mapper.extraction.wording.wordlist import alternatives

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["nominative", "person"]

#: How many claimants are kept.
_CLAIMANTS = 4096
_GENDERS = ("masculine", "feminine", "neuter", "plural")
#: How many words of a claimant may stand before its noun.
_MOST_ADJECTIVES = 3


@lru_cache(maxsize=_CLAIMANTS)
def nominative(by: str, lang: str) -> str:
    """Turn a claimant into the nominative, or give it as it is.

    Examples
    --------
    >>> nominative("тимчасового очільника регіону Олександра Хінштейна", "uk")
    'тимчасовий очільник регіону Олександр Хінштейн'
    >>> nominative("Повітряних силах ЗСУ", "uk")
    'Повітряні сили ЗСУ'
    >>> nominative("голова ОВА Іван Федоров", "uk")
    'голова ОВА Іван Федоров'
    """
    if "," in by or not Vocabulary.load(lang).table("nominatives")["given"]:
        return by
    named = NAME.search(by)
    name = named.group() if named and named.end() == len(by) else ""
    given, _, surname = name.rpartition(" ")
    before, _, given = given.rpartition(" ")
    turned = [_turned(given, "given", lang), _turned(surname, "surnames", lang)]
    person = " ".join(word for word in turned if word) if all(turned) else ""
    office = by[: len(by) - len(name)].rstrip() + (f" {before}" if before else "")
    if not person:
        return by if name and (turned[0] or _turned(given, "known", lang)) else _office(by, lang) or by
    if not office.strip():
        return person
    turned_office = office if _acting(lang).match(office) else _office(office, lang)
    return f"{turned_office.strip()} {person}" if turned_office else by


def person(name: str, lang: str) -> str:
    """Give the nominative of a name that begins with a known given name; `""` of anything else, "Новости Донбасса".

    Examples
    --------
    >>> person("Вячеслав Гладков", "ru"), person("Віталія Кіма", "uk"), person("Новости Донбасса", "ru")
    ('Вячеслав Гладков', 'Віталій Кім', '')
    """
    given, _, surname = name.partition(" ")
    known = NAME.fullmatch(name) and " " not in surname
    if not known or not (_turned(given, "known", lang) or _turned(given, "given", lang)):
        return ""
    return nominative(name, lang)


def _office(phrase: str, lang: str) -> str:
    """Turn the first noun of an office and the adjectives before it; `""` if it is not listed or not in an oblique case."""
    words = phrase.split()
    for k, word in enumerate(words[: _MOST_ADJECTIVES + 1]):
        for gender in _GENDERS:
            if noun := _turned(word, gender, lang):
                adjectives = [_turned(one, f"{gender}_adjectives", lang) for one in words[:k]]
                return " ".join([*adjectives, noun, *words[k + 1 :]]) if all(adjectives) else ""
    return ""


def _turned(word: str, key: str, lang: str) -> str:
    """Turn one word by the first pattern of a list that it matches; `""` if it matches none."""
    return next((match.expand(turned) for pattern, turned in _patterns(key, lang) if (match := pattern.fullmatch(word))), "")


@cache
def _acting(lang: str) -> re.Pattern[str]:
    """Match the words that leave the office behind them as it is: "в.о. голови"."""
    return re.compile(rf"{alternatives(Vocabulary.load(lang).table('nominatives')['acting'])}\s", re.IGNORECASE)


@cache
def _patterns(key: str, lang: str) -> Sequence[tuple[re.Pattern[str], str]]:
    table = Vocabulary.load(lang).table("nominatives")
    return tuple((re.compile(pattern, re.IGNORECASE), turned) for pattern, turned in table[key])
