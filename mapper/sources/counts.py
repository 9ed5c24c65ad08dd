"""Numbers of people or weapons as tables give them: 2, 2-5, "at least 2"."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["EXPECTED", "MOST", "UNKNOWN", "Count", "parse_count"]

#: What a message says was expected.
EXPECTED = "a number such as 2, 2-5, 'at least 2', or nothing if it is not known"

#: Cells that say "not known", in lower case. Zero is not among them: zero is a number.
UNKNOWN = (
    *("", "-", "–", "—", "?", "n/a", "na", "nan", "nd", "none", "null", "nil", "unknown", "not known", "tbd"),
    *("невідомо", "немає даних", "н/д", "неизвестно", "нет данных", "unbekannt", "k. a.", "k.a."),
)

#: No single incident has more killed, injured or weapons: it is a slip, or a total of a war.
MOST = 100_000

_LARGEST = 2_000_000_000
_NUMBER = r"(\d{1,3}(?:[ ,'\u00a0\u202f]\d{3})+|\d+)(?:[.,]0+)?"
_LOWER = re.compile(
    r"(?:at least|no fewer than|not less than|minimum|min\.?|щонайменше|не менше|як мінімум|не менее|минимум|по меньшей мере"
    rf"|mindestens|≥|>=)\s*{_NUMBER}|{_NUMBER}\s*(?:\+|or more|and more|і більше|и более|oder mehr)"
)
_ABOVE = re.compile(rf"(?:more than|over|above|понад|більше|более|больше|свыше|mehr als|über|>)\s*{_NUMBER}")
_UPPER = re.compile(rf"(?:up to|at most|no more than|до|не більше|не более|bis zu|höchstens|≤|<=)\s*{_NUMBER}")
_BELOW = re.compile(rf"(?:fewer than|less than|under|менше|меньше|менее|weniger als|<)\s*{_NUMBER}")
_ABOUT = re.compile(
    rf"(?:about|around|approximately|approx\.?|some|ca\.?|circa|близько|приблизно|около|примерно|etwa|rund|~|≈)\s*{_NUMBER}"
)
_RANGE = re.compile(rf"(?:between |від |от |zwischen )?{_NUMBER}\s*(?:-|–|—|\.\.|to|and|до|und|bis)\s*{_NUMBER}")
_PLAIN = re.compile(_NUMBER)


@dataclass(frozen=True, slots=True)
class Count:
    """A number as far as it is known; each part None where it is not."""

    low: int | None = None
    best: int | None = None
    high: int | None = None


def parse_count(text: str) -> Count | None:
    """Read a cell that should hold a number of people or things; None if it does not.

    "More than 10" is at least 11, "fewer than 10" at most 9; about 10 is 10.

    Examples
    --------
    >>> parse_count("2.0")
    Count(low=None, best=2, high=None)
    >>> parse_count("2–5")
    Count(low=2, best=None, high=5)
    >>> parse_count("at least 2")
    Count(low=2, best=None, high=None)
    >>> parse_count(">10").low
    11
    >>> parse_count("many") is None
    True
    """
    text = " ".join(text.lower().split())
    if match := _PLAIN.fullmatch(text):
        return _checked(best=_number(match))
    if match := _RANGE.fullmatch(text):
        low, high = (int(re.sub(r"\D", "", part)) for part in match.groups())
        return _checked(low=low, high=high) if low <= high else None
    if match := _LOWER.fullmatch(text):
        return _checked(low=_number(match))
    if match := _ABOVE.fullmatch(text):
        return _checked(low=_number(match) + 1)
    if match := _UPPER.fullmatch(text):
        return _checked(high=_number(match))
    if (match := _BELOW.fullmatch(text)) and _number(match):
        return _checked(high=_number(match) - 1)
    if match := _ABOUT.fullmatch(text):
        return _checked(best=_number(match))
    return None


def _number(match: re.Match[str]) -> int:
    digits = next(group for group in match.groups() if group is not None)
    return int(re.sub(r"\D", "", digits))


def _checked(*, low: int | None = None, best: int | None = None, high: int | None = None) -> Count | None:
    """Refuse what does not fit the column: it would be no number of people."""
    if any(part is not None and part > _LARGEST for part in (low, best, high)):
        return None
    return Count(low, best, high)
