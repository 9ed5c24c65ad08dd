"""How many were killed and injured, as a sentence says it.

"No casualties" is zero, silence is unknown, "at least two" is a low bound. A part of a number
("including three children") is not added to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from mapper.extraction.numbers import UNKNOWN, ZERO, Amount, number_pattern, parse
from mapper.extraction.vocabulary import Vocabulary, alternatives

__all__ = ["Casualties", "find"]


@dataclass(frozen=True, slots=True)
class Casualties:
    """The killed and the injured; both unknown where nothing is said."""

    killed: Amount = UNKNOWN
    injured: Amount = UNKNOWN

    @property
    def known(self) -> bool:
        """Whether either is said."""
        return self.killed.known or self.injured.known


def find(sentence: str, lang: str = "en") -> Casualties:
    """Read the casualties out of one sentence.

    Examples
    --------
    >>> find("Russian drone strikes have killed at least two people and wounded 12.").killed
    Amount(low=2, best=None, high=None)
    >>> find("The ministry had no reports of damage or casualties.")
    Casualties(killed=Amount(low=0, best=0, high=0), injured=Amount(low=0, best=0, high=0))
    """
    vocabulary = Vocabulary.load(lang)
    killed, injured = (_amount(sentence, lang, kind) for kind in ("killed", "injured"))
    if vocabulary.pattern("casualties", "none_patterns").search(sentence):
        return Casualties(_first(killed, ZERO), _first(injured, ZERO))
    if vocabulary.pattern("casualties", "none_killed_patterns").search(sentence):
        killed = _first(killed, ZERO)
    if vocabulary.pattern("casualties", "none_injured_patterns").search(sentence):
        injured = _first(injured, ZERO)
    return Casualties(killed, injured)


def _first(one: Amount, other: Amount) -> Amount:
    return one if one.known else other


def _amount(sentence: str, lang: str, kind: str) -> Amount:
    for pattern in _patterns(lang, kind):
        if match := pattern.search(sentence):
            groups = match.groupdict()
            if groups.get("persons"):
                singles = re.findall(alternatives(_one_person(lang)), groups["persons"], re.IGNORECASE)
                return Amount.exactly(len(singles))
            return parse(groups["number"], lang)
    return UNKNOWN


def _one_person(lang: str) -> tuple[str, ...]:
    return tuple(Vocabulary.load(lang).table("casualties")["one_person_patterns"])


@cache
def _patterns(lang: str, kind: str) -> tuple[re.Pattern[str], ...]:
    vocabulary = Vocabulary.load(lang)
    casualties, people = vocabulary.table("casualties"), vocabulary.table("people")
    verb = rf"(?<!\w){alternatives(casualties[kind])}(?!\w)"
    noun = alternatives(people["nouns"])
    filler = rf"(?:{alternatives(people['filler'])}\s+){{0,4}}"
    aside = rf"(?:{alternatives(casualties['aside_patterns'])})?"
    number = rf"(?P<number>{number_pattern(lang)})"
    person = alternatives(_one_person(lang))
    persons = rf"(?P<persons>(?<!\w){person}(?:\s+and\s+{person})*)(?!\w)"
    forms = [
        # "killed at least two people", "killing three"; "killed" and "injured" share an object: "injured 12"
        rf"{verb}:?\s+{filler}{number}(?!\s*(?:%|percent|km|kilomet|drones?|missiles?))",
        # "two people were killed", "12 others have been injured", "two deaths"
        rf"{number}\s+{filler}(?:{noun}{aside}\s+)?{filler}{verb}",
        rf"{verb}\s+{persons}",
        rf"{persons}{aside}\s+{filler}{verb}",
    ]
    toll = alternatives(casualties[f"{kind}_toll_patterns"])
    forms.insert(0, rf"(?<!\w){toll}(?!\w)[^.;,]{{0,60}}?(?<=\s){number}")
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)
