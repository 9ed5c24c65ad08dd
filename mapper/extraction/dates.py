"""When it happened: an expression such as "overnight" or "on Thursday", seen from the day of the report.

Dates are local days; a night runs from one day to the next, so it has two.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from mapper.extraction.vocabulary import Vocabulary, alternatives, literals

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["When", "find", "frame", "sums_up"]

_DAY = dt.timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class When:
    """An interval of days, both inclusive; `precision` is one of `incidents.DATE_PRECISIONS`.

    `reported` tells that it is only when somebody said it.
    """

    start: dt.date
    end: dt.date
    precision: str
    reported: bool = False


def find(sentence: str, published: dt.date, lang: str = "en") -> When | None:
    """Read the first expression of time out of a sentence; None where it says nothing.

    A weekday is the last one up to the day of the report, a day without a year the last such day, a
    night the one that ends on the day of the report unless another is named.

    Examples
    --------
    >>> friday = dt.date(2024, 11, 22)
    >>> find("He said on television Thursday that a missile had been fired.", friday)
    When(start=datetime.date(2024, 11, 21), end=datetime.date(2024, 11, 21), precision='day', reported=True)
    >>> find("It shot down 23 drones overnight.", friday)
    When(start=datetime.date(2024, 11, 21), end=datetime.date(2024, 11, 22), precision='night', reported=False)
    """
    words = Vocabulary.load(lang).table("dates")
    if not _trigger(lang).search(sentence):
        return None
    said: When | None = None
    for pattern, kind in _patterns(lang):
        for match in pattern.finditer(sentence):
            when = _READERS[kind](match, published, words)
            if when and not (kind in _OF_THE_REPORT and _is_of_the_report(sentence, match, lang)):
                return when
            said = said or (when and replace(when, reported=True))
    return said


def frame(heading: str, published: dt.date, lang: str = "en") -> When | None:
    """Read the time of all that stands below a heading: "as of the morning of 19 June" is the day up to then."""
    when = find(heading, published, lang)
    if when and when.precision == "day" and Vocabulary.load(lang).pattern("dates", "as_of").search(heading):
        return When(when.end - _DAY, when.end, "range")
    return when


def sums_up(sentence: str, when: When, lang: str = "en") -> bool:
    """Tell whether a sentence speaks of a day as a whole: "over the past day, 3 March", "during 9 July"."""
    if when.precision == "range":
        return True
    pattern = Vocabulary.load(lang).pattern
    return when.precision == "day" and any(pattern("dates", key).search(sentence) for key in ("past_day", "whole_day"))


def _is_of_the_report(sentence: str, match: re.Match[str], lang: str) -> bool:
    """Tell whether a day is the one on which somebody said it: "said on Friday", "on Friday confirmed", "as of Friday"."""
    before, after = _report_patterns(lang)
    return bool(before.search(sentence, max(0, match.start() - 60), match.start()) or after.match(sentence, match.end()))


@cache
def _report_patterns(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    claims = Vocabulary.load(lang).table("claims")
    tells = alternatives(Vocabulary.load(lang).table("dates")["tells"])
    speech = alternatives([*claims["speech"], *claims["confirming"], *claims["denying"]])
    as_of = alternatives(Vocabulary.load(lang).table("dates")["as_of"])
    return (
        re.compile(rf"(?<!\w)(?:{speech}(?:\s+(?!{tells}\b)[\w'’-]+){{0,4}}|{as_of}(?:\s+[\w:.]+,?){{0,3}})\s*$", re.IGNORECASE),
        re.compile(rf"\s+{speech}(?!\w)", re.IGNORECASE),
    )


def _night_into(match: re.Match[str], published: dt.date, words: Mapping[str, Mapping[str, int]]) -> When | None:
    if match["weekday"]:
        end: dt.date | None = _weekday(words["weekdays"][_plain(match["weekday"])], published)
    else:
        end = _date(match, published, words)
    return When(end - _DAY, end, "night") if end else None


def _weekday_night(match: re.Match[str], published: dt.date, words: Mapping[str, Mapping[str, int]]) -> When:
    start = _weekday(words["weekdays"][_plain(match["weekday"])], published)
    return When(start, start + _DAY, "night")


def _weekday_range(match: re.Match[str], published: dt.date, words: Mapping[str, Mapping[str, int]]) -> When:
    """Read "between Tuesday evening and Wednesday morning"."""
    end = _weekday(words["weekdays"][_plain(match["weekday"])], published)
    start = _weekday(words["weekdays"][_plain(match["first_weekday"])], end)
    return When(start, end, "night" if end - start == _DAY else "range")


def _since(match: re.Match[str], published: dt.date, words: Mapping[str, Mapping[str, int]]) -> When | None:
    """Read "since Thursday evening" as the night up to the report; nothing if that is longer ago."""
    start = _weekday(words["weekdays"][_plain(match["weekday"])], published)
    return When(start, published, "night") if published - start == _DAY else None


def _night(_: re.Match[str], published: dt.date, __: object) -> When:
    return When(published - _DAY, published, "night")


def _tonight(_: re.Match[str], published: dt.date, __: object) -> When:
    return When(published, published + _DAY, "night")


def _full_date(match: re.Match[str], published: dt.date, words: Mapping[str, Mapping[str, int]]) -> When | None:
    day = _date(match, published, words)
    return When(day, day, "day") if day else None


def _range(match: re.Match[str], published: dt.date, words: Mapping[str, Mapping[str, int]]) -> When | None:
    end = _date(match, published, words)
    try:
        start = end.replace(day=int(match["first"])) if end else None
    except ValueError:
        return None
    return When(start, end, "range") if start and end and start < end else None


def _date(match: re.Match[str], published: dt.date, words: Mapping[str, Mapping[str, int]]) -> dt.date | None:
    """Read a day and a month; without a year, the last such day."""
    if words.get("months_capitalised") and match["month"].islower():
        return None
    month = words["months"][_plain(match["month"]).rstrip(".")]
    year = int(match["year"]) if match["year"] else published.year
    try:
        day = dt.date(year, month, int(match["day"]))
        return day.replace(year=year - 1) if not match["year"] and day > published else day
    except ValueError:
        return None


def _hours(match: re.Match[str], published: dt.date, words: Mapping[str, Mapping[str, int]]) -> When | None:
    """Read "from 23.00 on 13 August to 6.00 on 14 August": a night if it ends on the next day."""
    end = _date(match, published, words)
    month = words["months"][_plain(match["first_month"]).rstrip(".")]
    try:
        start = end.replace(year=end.year - (month > end.month), month=month, day=int(match["first"])) if end else None
    except ValueError:
        return None
    if start is None or end is None or start >= end:
        return None
    return When(start, end, "night" if end - start == _DAY else "range")


def _numeric(match: re.Match[str], published: dt.date, _: object) -> When | None:
    try:
        day = dt.date(int(match["year"] or published.year), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
    return When(day, day, "day")


def _plain(word: str) -> str:
    return word.lower().replace("’", "'").replace("ʼ", "'")


def _iso(match: re.Match[str], _: dt.date, __: object) -> When | None:
    try:
        day = dt.date.fromisoformat(match["iso"])
    except ValueError:
        return None
    return When(day, day, "day")


def _day(match: re.Match[str], published: dt.date, words: Mapping[str, Mapping[str, int]]) -> When:
    day = _weekday(words["weekdays"][_plain(match["weekday"])], published)
    return When(day, day, "day")


def _past_day(_: re.Match[str], published: dt.date, __: object) -> When:
    return When(published - _DAY, published, "range")


def _yesterday(_: re.Match[str], published: dt.date, __: object) -> When:
    return When(published - _DAY, published - _DAY, "day")


def _today(_: re.Match[str], published: dt.date, __: object) -> When:
    return When(published, published, "day")


def _weekend(_: re.Match[str], published: dt.date, __: object) -> When:
    """Read "over the weekend" as the last Saturday and Sunday, on a Saturday the one that has begun."""
    sunday = published - ((published.weekday() + 1) % 7) * _DAY
    saturday = published if published.weekday() == _SATURDAY else sunday - _DAY
    return When(saturday, max(sunday, saturday), "range")


def _this_week(_: re.Match[str], published: dt.date, __: object) -> When:
    return When(published - published.weekday() * _DAY, published, "week")


def _last_week(_: re.Match[str], published: dt.date, __: object) -> When:
    monday = published - (published.weekday() + 7) * _DAY
    return When(monday, monday + 6 * _DAY, "week")


def _month(match: re.Match[str], published: dt.date, words: Mapping[str, Mapping[str, int]]) -> When | None:
    if words.get("months_capitalised") and match["month"].islower():
        return None
    month = words["months"][_plain(match["month"]).rstrip(".")]
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


#: Kinds of expression that may say when somebody spoke.
_OF_THE_REPORT = frozenset({"weekday", "full_date", "today", "yesterday"})

#: In the order in which they are tried: the more exact expression wins over the vaguer one.
_READERS = {
    "iso": _iso,
    "numeric": _numeric,
    "hours": _hours,
    "night_into": _night_into,
    "weekday_range": _weekday_range,
    "since": _since,
    "weekday_night": _weekday_night,
    "range": _range,
    "full_date": _full_date,
    "past_day": _past_day,
    "night": _night,
    "tonight": _tonight,
    "weekday": _day,
    "yesterday": _yesterday,
    "today": _today,
    "weekend": _weekend,
    "this_week": _this_week,
    "last_week": _last_week,
    "month": _month,
    "last_month": _last_month,
    "last_year": _last_year,
}


@cache
def _patterns(lang: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    words = Vocabulary.load(lang).table("dates")
    weekday = rf"(?P<weekday>{literals(words['weekdays'])})(?:{alternatives(words['part_suffixes'])})?"
    months = literals(words["months"])
    until, first_month = alternatives(words["to"]), rf"(?P<first_month>{literals(words['months'])})"
    between = alternatives([*words["between"], *words["from"]])
    at = r"(?:\d?\d(?:[.:]\d\d)?\s*(?:[ap]\.?m\.?|uhr)?\s+(?:on\s+|am\s+)?)?"
    time_of_day = alternatives([*words["part_suffixes"], *words["times_of_day"]])
    first_weekday = rf"(?P<first_weekday>{literals(words['weekdays'])})(?:\s*{time_of_day})?"
    month = rf"(?P<month>{literals(words['months'])})\.?"
    day = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|\.|-?го|-?е)?"
    first = rf"(?:{alternatives(words['from'])}\s+)?(?P<first>[0-3]?\d)\.?\s*(?:[-–—]|\s{alternatives(words['to'])}\s)\s*"
    year = r"(?:,?\s+(?P<year>(?:19|20)\d\d))?"
    into = alternatives(words["night_into"])
    other = rf"(?:{alternatives(words['from'])}\s+)?[0-3]?\d\.?\s*(?:[-–—]|\s{alternatives(words['to'])}\s)\s*"
    clock = rf"(?:\d?\d(?:[.:]\d\d)?\s+(?:[\w.]+\s+){{0,3}}?|{alternatives(words['times_of_day'])}\s+(?:des\s+)?)?"
    part = rf"(?:{alternatives(words['parts'])}\s+)?"
    forms = {
        "iso": [r"(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d)"],
        "numeric": [r"(?P<day>[0-3]?\d)\.(?P<month>[01]?\d)\.(?P<year>(?:19|20)\d\d)"],
        "night_into": [
            rf"{into}\s+(?:{other})?{day}\s+(?:{alternatives(words['of'])}\s+)?{month}{year}(?P<weekday>)",
            rf"{into}\s+{month}\s+[0-3]?\d\s*(?:[-–—]|\s{alternatives(words['to'])}\s)\s*{day}{year}(?P<weekday>)",
            rf"{into}\s+{months}\s+[0-3]?\d\s+{until}\s+{month}\s+{day}{year}(?P<weekday>)",
            rf"{into}\s+{month}\s+{day}{year}(?P<weekday>)",
            rf"{into}\s+(?:{literals(words['weekdays'])}\s+{alternatives(words['to'])}\s+)?{weekday}",
        ],
        "weekday_range": [rf"{between}\s+{at}{first_weekday}\s+{until}\s+{at}{part}{weekday}"],
        "since": [rf"{alternatives(words['since'])}\s+(?P<weekday>{literals(words['weekdays'])})\s*{alternatives(words['times_of_day'])}"],
        "weekday_night": [rf"(?P<weekday>{literals(words['weekdays'])})\s*{alternatives(words['night_after'])}"],
        "hours": [
            rf"{first_month}\s+(?P<first>[0-3]?\d)\s+{until}\s+{clock}{month}\s+{day}{year}",
            rf"(?P<first>[0-3]?\d)\.?\s+{first_month}\s+{until}\s+{clock}{day}\s+{month}{year}",
        ],
        "range": [rf"{first}{day}\s+{month}{year}"],
        "full_date": [rf"{month}\s+{day}{year}", rf"{day}\s+(?:{alternatives(words['of'])}\s+)?{month}{year}"],
        "month": [rf"{alternatives(words['month_before'])}\s+{part}{month}{year}"],
        "weekday": [weekday],
    }
    listed = {key: [alternatives(words[key])] for key in _READERS if words.get(key)}
    return tuple(
        (re.compile(rf"(?<!\w)(?:{form})(?!\w)", re.IGNORECASE), kind)
        for kind in _READERS
        for form in forms.get(kind, listed.get(kind, ()))
    )


@cache
def _trigger(lang: str) -> re.Pattern[str]:
    """Match what every expression of time holds one of, so that most sentences are done with at once."""
    words = Vocabulary.load(lang).table("dates")
    listed = [p for key in _READERS for p in words.get(key, ()) if key not in {"weekday", "month"}]
    named = literals([*words["weekdays"], *words["months"]])
    return re.compile(rf"(?<!\w)(?:{alternatives([*listed, named])}|(?:19|20)\d\d-[01]\d|[0-3]?\d\.[01]?\d\.(?:19|20)\d\d)", re.IGNORECASE)
