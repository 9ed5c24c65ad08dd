"""At what hours of a day a clause says that something happened, by which two attacks on one town are told apart."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from mapper.extraction.wording.vocabulary import Vocabulary
from mapper.extraction.wording.wordlist import alternatives, words

if TYPE_CHECKING:
    from mapper.extraction.wording.wordlist import WordList

__all__ = ["Hours", "apart", "find"]

#: From an hour of the day to another.
Hours = tuple[float, float]

#: How many hours two reports of one attack may differ.
_ABOUT = 0.5
_TIME = r"(?P<hour>[01]?\d|2[0-3])(?:(?:[:.](?P<minutes>[0-5]\d))?\s?(?P<half>[ap])\.?m\b|[:.](?P<only>[0-5]\d)(?![\d.]))"
_NUMBER = re.compile(r"(?<!\d)([01]?\d|2[0-3])[:.]([0-5]\d)(?![\d.])")


def find(clause: str, lang: str) -> Hours | None:
    """Give the hours that a clause names; None where it names none, or several that are no single time.

    Examples
    --------
    >>> find("Близько 14:30 дрон ударив по маршрутці.", "uk")
    (14.0, 15.0)
    >>> find("Увечері росіяни знову атакували місто.", "uk")
    (17.0, 24.0)
    >>> find("Around 9 p.m., a drone hit a minibus.", "en")
    (20.5, 21.5)
    >>> find("Станом на 10:00 збито 12 дронів.", "uk")
    """
    if times := {_hour(m) for m in _at_hour(lang).finditer(clause)}:
        return (min(times) - _ABOUT, max(times) + _ABOUT) if max(times) - min(times) <= 2 * _ABOUT else None
    if _NUMBER.search(clause):
        return None
    parts = {hours for listed, hours in _parts(lang) if listed.holds(clause)}
    return parts.pop() if len(parts) == 1 else None


def _hour(said: re.Match[str]) -> float:
    hour, minutes = int(said["hour"]), int(said["minutes"] or said["only"] or 0)
    if said["half"]:
        hour = hour % 12 + (12 if said["half"].lower() == "p" else 0)
    return hour + minutes / 60


def apart(one: Hours | None, other: Hours | None) -> bool:
    """Tell whether two are known and do not meet."""
    return one is not None and other is not None and (one[1] <= other[0] or other[1] <= one[0])


@cache
def _at_hour(lang: str) -> re.Pattern[str]:
    """Match an hour with minutes, or of one half of the day, after a word for "at", or at the beginning of an entry."""
    before = alternatives(Vocabulary.load(lang).table("dates")["at_hours"])
    return re.compile(rf"(?:^\W*|(?<!\w){before}\s+){_TIME}", re.IGNORECASE)


@cache
def _parts(lang: str) -> tuple[tuple[WordList, Hours], ...]:
    listed = Vocabulary.load(lang).table("dates")["hours_of"]
    return tuple((words([pattern]), (float(begin), float(end))) for pattern, (begin, end) in listed.items())
