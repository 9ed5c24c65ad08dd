"""When it happened: an expression such as "overnight" or "on Thursday", seen from the day of the report.

Dates are local days; a night runs from one day to the next, so it has two.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from mapper.extraction.vocabulary import Vocabulary, alternatives

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["When", "find"]

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class When:
    """An interval of days, both inclusive; `precision` is one of `incidents.DATE_PRECISIONS`."""

    start: dt.date
    end: dt.date
    precision: str


def find(sentence: str, published: dt.date, lang: str = "en") -> When | None:
    """Read the first expression of time out of a sentence; None where it says nothing.

    A weekday is the last one up to the day of the report, a day without a year the last such day, a
    night the one that ends on the day of the report unless another is named.

    Examples
    --------
    >>> friday = dt.date(2024, 11, 22)
    >>> find("He said on television Thursday that a missile had been fired.", friday)
    When(start=datetime.date(2024, 11, 21), end=datetime.date(2024, 11, 21), precision='day')
    >>> find("It shot down 23 drones overnight.", friday)
    When(start=datetime.date(2024, 11, 21), end=datetime.date(2024, 11, 22), precision='night')
    """
    for pattern, kind in _patterns(lang):
        if match := pattern.search(sentence):
            when = _READERS[kind](match, published, Vocabulary.load(lang).table("dates"))
            if when:
                return when
    return None


def _night_into(match: re.Match[str], published: dt.date, words: Mapping[str, Mapping[str, int]]) -> When:
    end = _weekday(words["weekdays"][match["weekday"].lower()], published)
    return When(end - _DAY, end, "night")


def _weekday_night(match: re.Match[str], published: dt.date, words: Mapping[str, Mapping[str, int]]) -> When:
    start = _weekday(words["weekdays"][match["weekday"].lower()], published)
    return When(start, start + _DAY, "night")


def _night(_: re.Match[str], published: dt.date, __: object) -> When:
    return When(published - _DAY, published, "night")


def _tonight(_: re.Match[str], published: dt.date, __: object) -> When:
    return When(published, published + _DAY, "night")


def _full_date(match: re.Match[str], published: dt.date, words: Mapping[str, Mapping[str, int]]) -> When | None:
    if words.get("months_capitalised") and match["month"].islower():
        return None
    month = words["months"][match["month"].lower().rstrip(".")]
    year = int(match["year"]) if match["year"] else published.year
    try:
        day = dt.date(year, month, int(match["day"]))
        if not match["year"] and day > published:
            day = day.replace(year=year - 1)
    except ValueError:
        return None
    return When(day, day, "day")


def _iso(match: re.Match[str], _: dt.date, __: object) -> When | None:
    try:
        day = dt.date.fromisoformat(match["iso"])
    except ValueError:
        return None
    return When(day, day, "day")


def _day(match: re.Match[str], published: dt.date, words: Mapping[str, Mapping[str, int]]) -> When:
    day = _weekday(words["weekdays"][match["weekday"].lower()], published)
    return When(day, day, "day")


def _past_day(_: re.Match[str], published: dt.date, __: object) -> When:
    return When(published - _DAY, published, "range")


def _yesterday(_: re.Match[str], published: dt.date, __: object) -> When:
    return When(published - _DAY, published - _DAY, "day")


def _today(_: re.Match[str], published: dt.date, __: object) -> When:
    return When(published, published, "day")


def _this_week(_: re.Match[str], published: dt.date, __: object) -> When:
    return When(published - published.weekday() * _DAY, published, "week")


def _last_week(_: re.Match[str], published: dt.date, __: object) -> When:
    monday = published - (published.weekday() + 7) * _DAY
    return When(monday, monday + 6 * _DAY, "week")


def _month(match: re.Match[str], published: dt.date, words: Mapping[str, Mapping[str, int]]) -> When | None:
    if words.get("months_capitalised") and match["month"].islower():
        return None
    month = words["months"][match["month"].lower()]
    year = int(match["year"]) if match["year"] else published.year - (month > published.month)
    start = dt.date(year, month, 1)
    end = (start + 31 * _DAY).replace(day=1) - _DAY
    return When(start, min(end, max(published, start)), "month")


def _last_month(_: re.Match[str], published: dt.date, __: object) -> When:
    end = published.replace(day=1) - _DAY
    return When(end.replace(day=1), end, "month")


def _last_year(_: re.Match[str], published: dt.date, __: object) -> When:
    return When(dt.date(published.year - 1, 1, 1), dt.date(published.year - 1, 12, 31), "year")


def _weekday(weekday: int, published: dt.date) -> dt.date:
    return published - ((published.weekday() - weekday) % 7) * _DAY


#: In the order in which they are tried: the more exact expression wins over the vaguer one.
_READERS = {
    "iso": _iso,
    "night_into": _night_into,
    "weekday_night": _weekday_night,
    "full_date": _full_date,
    "past_day": _past_day,
    "night": _night,
    "tonight": _tonight,
    "yesterday": _yesterday,
    "today": _today,
    "weekday": _day,
    "this_week": _this_week,
    "last_week": _last_week,
    "month": _month,
    "last_month": _last_month,
    "last_year": _last_year,
}


@cache
def _patterns(lang: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    words = Vocabulary.load(lang).table("dates")
    weekday = rf"(?P<weekday>{alternatives(words['weekdays'])})"
    month = rf"(?P<month>{alternatives(words['months'])})"
    day = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|\.)?"
    year = r"(?:,?\s+(?P<year>(?:19|20)\d\d))?"
    forms = {
        "iso": r"(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d)",
        "night_into": rf"{alternatives(words['night_into'])}\s+{weekday}",
        "weekday_night": rf"{weekday}\s+night",
        "full_date": rf"(?:{month}\.?\s+{day}{year})",
        "month": rf"(?:in|during|since|throughout)\s+(?:early\s+|mid-?\s?|late\s+)?{month}{year}",
        "weekday": weekday,
    }
    listed = {key: alternatives(words[key]) for key in _READERS if key in words}
    patterns = []
    for kind in _READERS:
        form = forms.get(kind) or listed[kind]
        patterns.append((re.compile(rf"(?<!\w)(?:{form})(?!\w)", re.IGNORECASE), kind))
        if kind == "full_date":
            patterns.append((re.compile(rf"(?<!\w){day}\s+(?:of\s+)?{month}{year}(?!\w)", re.IGNORECASE), kind))
    return tuple(patterns)
