"""Number words and what stands before them: "at least two", "12", "more than a dozen", "3 to 5"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from mapper.extraction.vocabulary import Vocabulary, alternatives

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["UNKNOWN", "ZERO", "Amount", "envelope", "number_pattern", "parse"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as a range; None is unknown. "At least 2" has a low end only, "up to 5" a high end only."""

    low: int | None = None
    best: int | None = None
    high: int | None = None

    @classmethod
    def exactly(cls, number: int) -> Amount:
        """Make the range of a number that is said without reserve."""
        return cls(number, number, number)

    @property
    def known(self) -> bool:
        """Whether any end of it is known."""
        return (self.low, self.best, self.high) != (None, None, None)


UNKNOWN = Amount()
ZERO = Amount.exactly(0)


def envelope(amounts: Iterable[Amount]) -> Amount:
    """Span several parties' numbers: the least low end, the greatest high end, a best only if all agree.

    An open end of any of them ("at least") leaves the high end open; nothing is averaged.

    Examples
    --------
    >>> envelope([Amount(2, None, None), Amount(2, 2, 2)])
    Amount(low=2, best=2, high=None)
    >>> envelope([Amount.exactly(3), Amount.exactly(5)])
    Amount(low=3, best=None, high=5)
    """
    known = [a for a in amounts if a.known]
    lows = [a.low for a in known if a.low is not None]
    highs = [a.high for a in known]
    bests = {a.best for a in known if a.best is not None}
    closed = [h for h in highs if h is not None]
    return Amount(
        low=min(lows) if lows else None,
        best=bests.pop() if len(bests) == 1 else None,
        high=max(closed) if closed and len(closed) == len(highs) else None,
    )


@cache
def number_pattern(lang: str) -> str:
    """Give the regular expression of a number in words or digits with its qualifier, as one group."""
    vocabulary = Vocabulary.load(lang)
    numbers = vocabulary.table("numbers")
    qualifiers = [*numbers["at_least"], *numbers["more_than"], *numbers["at_most"], *numbers["fewer_than"], *numbers["about"]]
    negated = "".join(rf"(?<!\b{word}\s)" for word in numbers["negated"])
    value = _value(numbers)
    to = alternatives(["-", "–", *(rf"\s+{word}\s+" for word in numbers["to"])])
    span = rf"{numbers['between']}\s+{value}\s+{numbers['and']}\s+{value}"
    return rf"{negated}(?:{span}|(?:{alternatives(qualifiers)}\s+)*{value}(?:{to}{value}|(?<=\d)\+)?)(?![\w%]|[-–]year|[.,:]\d)"


def parse(text: str, lang: str = "en") -> Amount:
    """Read a number with its qualifier, as `number_pattern` finds it.

    Examples
    --------
    >>> parse("at least two"), parse("12")
    (Amount(low=2, best=None, high=None), Amount(low=12, best=12, high=12))
    >>> parse("more than 20"), parse("3-5"), parse("up to 30")
    (Amount(low=21, best=None, high=None), Amount(low=3, best=None, high=5), Amount(low=None, best=None, high=30))
    >>> parse("dozens of"), parse("about 40")
    (Amount(low=24, best=None, high=None), Amount(low=None, best=40, high=None))
    """
    numbers = Vocabulary.load(lang).table("numbers")
    lowered = re.sub(r"\s+", " ", text.strip().lower())

    def said(key: str) -> bool:
        return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", lowered) for word in numbers[key])

    found = [m.group() for m in re.finditer(_value(numbers), lowered, re.IGNORECASE)]
    values = [v for v in (_number(word, numbers) for word in found) if v is not None]
    if not values:
        return UNKNOWN
    vague = any(word in numbers["dozens"] and word != "a dozen" for word in found)
    if len(values) >= 2 and values[0] < values[1]:
        return Amount(low=values[0], high=values[1])
    value = values[0]
    if said("more_than"):
        return Amount(low=value + 1)
    if said("at_least") or vague or lowered.endswith("+"):
        return Amount(low=value)
    if said("fewer_than"):
        return Amount(high=value - 1)
    if said("at_most"):
        return Amount(high=value)
    if said("about"):
        return Amount(best=value)
    return Amount.exactly(value)


def _value(numbers: Mapping[str, Mapping[str, int]]) -> str:
    units = alternatives(numbers["words"])
    spelled = rf"{units}(?:[- ]{units})?(?:\s+(?:{numbers['hundred']}|{numbers['thousand']}))?"
    digits = r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+|\d+"
    return rf"(?<![\w.,:/])(?:{alternatives(re.escape(w) for w in numbers['dozens'])}|{spelled}|{digits})(?!\w)"


def _number(word: str, numbers: Mapping[str, Mapping[str, int]]) -> int | None:
    word = word.strip().lower()
    if word in numbers["dozens"]:
        return numbers["dozens"][word]
    digits = re.sub(r"[,\u00a0\u202f]", "", word)
    if digits.isdigit():
        return int(digits) if len(digits) < 8 else None
    total = 0
    for part in re.split(r"[- ]+", word):
        if part == numbers["hundred"]:
            total *= 100
        elif part == numbers["thousand"]:
            total *= 1000
        elif part in numbers["words"]:
            total += numbers["words"][part]
        else:
            return None
    return total
