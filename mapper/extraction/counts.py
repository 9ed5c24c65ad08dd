"""How many drones, missiles and bombs were launched, intercepted, and hit, as a sentence says it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from mapper.extraction.numbers import Amount, number_pattern, parse
from mapper.extraction.vocabulary import Vocabulary, alternatives

__all__ = ["Counts", "find"]


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of projectiles; None is unknown, and a bound ("more than 20") gives the bound."""

    launched: int | None = None
    intercepted: int | None = None
    hit: int | None = None

    @property
    def known(self) -> bool:
        """Whether any is said."""
        return (self.launched, self.intercepted, self.hit) != (None, None, None)


def find(sentence: str, lang: str = "en") -> Counts:
    """Read the counts out of one sentence; different projectiles of one verb are added up.

    Examples
    --------
    >>> find("It destroyed and intercepted 23 Ukrainian drones overnight.")
    Counts(launched=None, intercepted=23, hit=None)
    >>> find("Air defences shot down 50 of 70 drones and two missiles.")
    Counts(launched=70, intercepted=52, hit=None)
    >>> find("Russia launched 10 missiles and 30 drones at Kyiv, of which 35 were shot down.")
    Counts(launched=40, intercepted=35, hit=None)
    """
    intercepted, of = _counted(sentence, lang, "intercepted")
    launched, _ = _counted(sentence, lang, "launched")
    hit, _ = _counted(sentence, lang, "hit")
    return Counts(launched=launched if launched is not None else of, intercepted=intercepted, hit=hit)


def _counted(sentence: str, lang: str, kind: str) -> tuple[int | None, int | None]:
    active, passive, listed = _patterns(lang, kind)
    total: int | None = None
    of: int | None = None
    for pattern in (active, passive):
        for match in pattern.finditer(sentence):
            total = (total or 0) + _single(parse(match["number"], lang))
            if match["whole"]:
                of = (of or 0) + _single(parse(match["whole"], lang))
            for more in _following(listed, sentence, match):
                total += _single(parse(more, lang))
        if total is not None:
            break
    return total, of


def _following(listed: re.Pattern[str], sentence: str, match: re.Match[str]) -> list[str]:
    found = []
    end = match.end()
    while match["units"] and (more := listed.match(sentence, end)):
        found.append(more["number"])
        end = more.end()
    return found


def _single(amount: Amount) -> int:
    return next((n for n in (amount.best, amount.low, amount.high) if n is not None), 0)


@cache
def _patterns(lang: str, kind: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    counts = Vocabulary.load(lang).table("counts")
    verb = rf"(?<!\w){alternatives(counts[kind])}(?!\w)"
    units = rf"(?P<units>{alternatives(counts['units'])})(?!\w)"
    of = rf"(?:\s+{alternatives(counts['of'])}\s+(?:the\s+|a\s+total\s+of\s+)?(?P<whole>{number_pattern(lang)}))?"
    number = rf"(?P<number>{number_pattern(lang)}){of}"
    active = rf"{verb}\s+(?:[a-z]+\s+){{0,3}}?{number}\s+(?:of\s+)?{units}"
    passive = (
        rf"{number}\s+(?:{alternatives(counts['of_them'])}\s+|{units}\s+)?"
        rf"(?:{alternatives(counts['auxiliaries'])}\s+){{1,3}}(?:[a-z]+\s+{counts['and']}\s+)?{verb}"
    )
    joint = rf",?\s*(?:{alternatives(counts['joints'])}|,)\s+"
    auxiliary = alternatives(counts["auxiliaries"])
    listed = rf"{joint}(?P<number>{number_pattern(lang)})\s+{alternatives(counts['units'])}(?!\w)(?!\s+{auxiliary})"
    return tuple(re.compile(p, re.IGNORECASE) for p in (active, passive, listed))  # type: ignore[return-value]
