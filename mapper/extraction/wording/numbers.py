"""Number words and what stands before them: "at least two", "12", "more than a dozen", "3 to 5"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from mapper.extraction.wording.vocabulary import Vocabulary
from mapper.extraction.wording.wordlist import WordList, alternatives, literals, words

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["UNKNOWN", "ZERO", "Amount", "envelope", "number_pattern", "parse", "stated", "without_days"]

_QUALIFIERS = ("at_least", "more_than", "at_most", "fewer_than", "about")
_MOST_DIGITS = 8
_SPACES = re.compile(r"\s+")
_APOSTROPHE = re.compile("[’ʼ]")
_SUFFIX = re.compile(r"(?<=\d)-[^\W\d]+$")
_PARTS = re.compile(r"[- ]+")
#: From here on a number that ends in 0 or 5 is a round one.
_LEAST_ROUND = 10


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
    qualifiers = [w for key in _QUALIFIERS for w in numbers[key]]
    negated = "".join(rf"(?<!\b{word}\s)" for word in numbers["negated"])
    value = _value(lang)
    to = alternatives(["\\s?[-–—]\\s?", *(rf"\s+{word}\s+" for word in numbers["to"])])
    span = rf"{alternatives(numbers['between'])}\s+{value}\s+{alternatives(numbers['and'])}\s+{value}"
    prefix = rf"(?:{literals(qualifiers)}\s+)*"
    after = alternatives([*numbers["not_after_patterns"], r"[\w%]", r"[.,:]\d"])
    return rf"{negated}(?:{span}|{prefix}{value}(?:{to}{value}|(?<=\d)\+)?)(?!{after})"


@cache
def _said(lang: str, key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){literals(Vocabulary.load(lang).table('numbers')[key])}(?!\w)")


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
    lowered = _plain(text)
    found = [m.group() for m in _value_compiled(lang).finditer(lowered)]
    values = [v for v in (_number(word, lang) for word in found) if v is not None]
    if not values:
        return UNKNOWN
    vague = any(word in numbers["vague"] for word in found)
    if len(values) >= 2 and values[0] < values[1]:
        return Amount(low=values[0], high=values[1])
    value = values[0]
    about = not _is_round(value) and _said(lang, "before_round").search(lowered)
    if _said(lang, "more_than").search(lowered) and not about:
        return Amount(low=value + 1)
    if vague or lowered.endswith("+") or _said(lang, "at_least").search(lowered):
        return Amount(low=value)
    if _said(lang, "fewer_than").search(lowered):
        return Amount(high=value - 1)
    if _said(lang, "at_most").search(lowered):
        return Amount(high=value)
    if _said(lang, "about").search(lowered):
        return Amount(best=value)
    return Amount.exactly(value)


def _is_round(value: int) -> bool:
    """Tell whether a number is one that others are said to exceed: "über 30 Verletzte", and not "berichtete über drei Verletzte"."""
    return value >= _LEAST_ROUND and value % 5 == 0


def stated(text: str, lang: str = "en") -> int:
    """Give the number that a phrase names, whatever its qualifier; 0 if it names none.

    Examples
    --------
    >>> stated("more than 20"), stated("two"), stated("up to 30")
    (20, 2, 30)
    """
    found = (_number(m.group(), lang) for m in _value_compiled(lang).finditer(_plain(text)))
    return next((number for number in found if number is not None), 0)


def without_days(text: str, lang: str = "en") -> str:
    """Blank out days that follow their month, which count nothing.

    Examples
    --------
    >>> without_days("On May 11 drones hit a depot.").split()
    ['On', 'drones', 'hit', 'a', 'depot.']
    >>> without_days("In May 11 drones were shot down.")
    'In May 11 drones were shot down.'
    """
    return _day_after_month(lang).sub(lambda m: m["on"] + " " * (len(m[0]) - len(m["on"])), text)


@cache
def _day_after_month(lang: str) -> WordList:
    dates = Vocabulary.load(lang).table("dates")
    months = literals(dates["months"])
    return words([rf"(?P<on>{alternatives(dates['before_month_patterns'])}\s){months}\.?\s[0-3]?\d(?![\d:]|[.,:]\d|\s?[-–—]\s?\d)"])


def _plain(text: str) -> str:
    return _APOSTROPHE.sub("'", _SPACES.sub(" ", text.strip().lower()))


@cache
def _value(lang: str) -> str:
    vocabulary = Vocabulary.load(lang)
    numbers = vocabulary.table("numbers")
    units, one = literals(numbers["words"]), literals(vocabulary.table("counts")["articles"])
    large = literals([*numbers["hundred"], *numbers["thousand"]])
    below, further = rf"{units}(?:[- ]{units}){{0,2}}", rf"[- ](?:{literals(numbers['large_and'])} )?"
    # "one hundred and thirty-four", "two thousand three hundred", "hundertvier"
    above = rf"(?:{below}|{one})[- ]{large}(?:{further}{below}(?:[- ]{large})?)?(?:{further}{below})?"
    spelled = rf"{_joined(lang)}|{above}|{below}"
    endings = alternatives(numbers["digit_suffixes"])
    digits = rf"\d{{1,3}}(?:[{numbers['digit_groups']}\u00a0\u202f]\d{{3}})+|\d+(?:-{endings}|\s+{literals(numbers['thousand'])})?"
    vague = literals({**numbers["vague"], **numbers["collective"]})
    return rf"(?<![\w.,:/])(?<![^\W\d]-)(?:{vague}|{spelled}|{digits})(?!\w)"


@cache
def _value_compiled(lang: str) -> re.Pattern[str]:
    return re.compile(_value(lang), re.IGNORECASE)


def _number(word: str, lang: str) -> int | None:
    numbers = Vocabulary.load(lang).table("numbers")
    word = _SUFFIX.sub("", word.strip().lower())
    for key in ("vague", "collective"):
        if word in numbers[key]:
            return int(numbers[key][word])
    total = below = 0
    words = _PARTS.split(re.sub(rf"(?<=\d)[{numbers['digit_groups']}\u00a0\u202f](?=\d)", "", word))
    for part in (piece for one in words for piece in _pieces(one, lang)):
        if part in numbers["hundred"]:
            below = max(below, 1) * 100
        elif part in numbers["thousand"]:
            total, below = total + max(below, 1) * 1000, 0
        elif part.isdigit() and len(part) < _MOST_DIGITS:
            below += int(part)
        elif part in numbers["words"]:
            below += numbers["words"][part]
        elif part not in numbers["large_and"] and part not in _articles(lang):
            return None
    return total + below


def _articles(lang: str) -> list[str]:
    articles: list[str] = Vocabulary.load(lang).table("counts")["articles"]
    return articles


@cache
def _joined(lang: str) -> str:
    """Give the expression of numbers above a hundred that are one word: "hundertvier", "zweitausenddreihundert"."""
    numbers = Vocabulary.load(lang).table("numbers")
    if not numbers["joined"]:
        return "(?!)"
    units, joints = literals(numbers["words"]), literals(numbers["large_and"])
    hundred, thousand = literals(numbers["hundred"]), literals(numbers["thousand"])
    hundreds = rf"(?:{units})?{hundred}(?:(?:{joints})?{units})?"
    return rf"(?:{units})?{thousand}(?:{hundreds}|(?:{joints})?{units})?|{hundreds}"


@cache
def _joints(lang: str) -> re.Pattern[str]:
    numbers = Vocabulary.load(lang).table("numbers")
    return re.compile(rf"({literals([*numbers['hundred'], *numbers['thousand']])})(?:{literals(numbers['large_and'])}(?=\w))?")


def _pieces(word: str, lang: str) -> list[str]:
    """Cut a number that is one word where its hundreds and thousands end."""
    if not Vocabulary.load(lang).table("numbers")["joined"] or word.isdigit():
        return [word]
    return [piece for piece in _joints(lang).split(word) if piece]
