"""Expressions of time: the days that "overnight", "on Thursday" or "two days earlier" name, seen from the day of the report.

Dates are local days; a night runs from one day to the next, so it has two.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from mapper.extraction.facts import clocks
from mapper.extraction.wording.vocabulary import Vocabulary
from mapper.extraction.wording.wordlist import Lexicon, alternatives, literals
from mapper.extraction.wording.wordlist import words as word_list

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Expression", "When", "expressions"]

#: Words from a night to the day that a part of it after the night is of.
_BETWEEN_PARTS = 6
_DAY = dt.timedelta(days=1)
_SATURDAY = 5
#: A day that is told of from such an hour to the next day's is no night.
_MORNING, _AFTERNOON = 4, 15
#: How many characters the hour before a day has at most.
_CLOCK = 24
#: An hour, and which half of the day it is of.
_HOUR = re.compile(r"(\d\d?)(?:[.:]\d\d)?\s*([ap](?=\.?m))?", re.IGNORECASE)
_NOON = 12
#: What a year of two digits is short of.
_CENTURY = 2000
#: Expressions that name one day.
_DAYS = frozenset({"iso", "numeric", "full_date", "of_this_month", "weekday", "yesterday"})
#: How long before a report the day is at most that it goes on about in a new paragraph: "In the evening".
_GONE_ON = 3 * _DAY
#: Between these hours no event is of a night.
_SUNRISE, _SUNSET = 7, 20


@dataclass(frozen=True, slots=True)
class When:
    """An interval of days, both inclusive; `precision` is one of `incidents.DATE_PRECISIONS`.

    `reported` tells that it is only when somebody said it, or when what it led to came to an end; `timed` that it is said
    to be that of the event: "Saturday's attack".
    """

    start: dt.date
    end: dt.date
    precision: str
    reported: bool = False
    timed: bool = field(default=False, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression of time in a clause: its characters, which of the kinds it is, and the days that it names."""

    start: int
    end: int
    kind: str
    when: When


@dataclass(frozen=True, slots=True)
class _Seen:
    """What an expression is seen from: the report, what was told before it, and the clause as it is written.

    `near` tells that the time told before was told in the same paragraph; `words` are those of the language; `late` tells
    that the expression is of the later half of a day, `frame` is what the report sums up.
    """

    published: dt.date
    told: When | None
    near: bool
    words: Mapping[str, Mapping[str, int]]
    clause: str
    frame: When | None
    late: bool
    lang: str


def expressions(
    clause: str, published: dt.date, lang: str = "en", told: When | None = None, *, near: bool = True, frame: When | None = None
) -> list[Expression]:
    """Read all expressions of time out of a clause, the more exact ones first; none lies in another.

    Parameters
    ----------
    published
        The day of the report: a weekday is the last one up to it, a day without a year the last such day, a night the one
        that ends on it unless another is named.
    told
        The time told before, from which "a day earlier" counts.
    near
        Whether it was told in the same paragraph, so that "in the evening" is of that day.
    frame
        The day and more that a report sums up, if it does: its evening is that of the day before.
    """
    vocabulary = Vocabulary.load(lang)
    words = vocabulary.table("dates")
    found: list[Expression] = []
    for kind, pattern in _patterns(lang).in_(clause):
        for match in pattern.in_small(clause):
            if any(match.start() < one.end and one.start < match.end() for one in found):
                continue
            before = max((one for one in found if one.end <= match.start()), key=lambda one: one.end, default=None)
            late = kind == "part_of_day" and vocabulary.pattern("dates", "late_patterns").search(match.group()) is not None
            seen = _Seen(
                published, before.when if before else told, near or before is not None, words, clause, frame, late, vocabulary.lang
            )
            if when := _READERS[kind](match, seen):
                found.append(Expression(match.start(), match.end(), kind, when))
    return [_of_its_day(one, found, clause, lang) for one in found if not _compared(lang).search(clause, 0, one.start)]


@cache
def _compared(lang: str) -> re.Pattern[str]:
    """Match what a day is only compared with, right before it: "30 more than the day before"."""
    return re.compile(rf"(?<!\w){alternatives(Vocabulary.load(lang).table('dates')['compared'])}\s+$", re.IGNORECASE)


def _of_its_day(one: Expression, found: Sequence[Expression], clause: str, lang: str) -> Expression:
    """Read "on the evening of 1 October" as of that day, and "last night, 1 October" as the night into it."""
    if one.kind in _DAYS and (night := next((n for n in found if n.kind == "night" and _goes_on_to(n, one, clause, lang)), None)):
        return replace(one, kind=night.kind, when=When(one.when.end - _DAY, one.when.end, "night"))
    if one.kind == "day_to":  # "Situation on 9 July, 24 hours to 8 a.m."
        days = (day for day in found if day.kind in _DAYS)
        day = next((day for day in days if _is_before(one, day, clause, lang) or _is_before(day, one, clause, lang)), None)
        return replace(one, when=When(day.when.end - _DAY, day.when.end, "range")) if day else one
    if one.kind not in {"part_of_day", "today", "night"}:
        return one
    day = next((day for day in found if day.kind in _DAYS and _is_before(one, day, clause, lang)), None)
    if day and one.kind == "night":
        return replace(one, when=When(day.when.end - _DAY, day.when.end, "night"))
    return replace(one, when=day.when) if day else one


def _is_before(one: Expression, day: Expression, clause: str, lang: str) -> bool:
    """Tell whether a day follows at once: "in the evening, 1 October", "during the day on Tuesday"."""
    gap = clause[one.end : day.start].strip(" ,")
    return one.end <= day.start and (not gap or Vocabulary.load(lang).pattern("dates", "on_day").fullmatch(gap) is not None)


def _goes_on_to(night: Expression, day: Expression, clause: str, lang: str) -> bool:
    """Tell whether a night is that before a day, with or without its end beside it: "at night and at dawn on 4 May"."""
    gap = clause[night.end : day.start].lstrip(" ,") if night.end <= day.start else ""
    words = gap.split()
    ends = 0 < len(words) <= _BETWEEN_PARTS and Vocabulary.load(lang).pattern("places", "separators").fullmatch(words[0])
    if night.end < day.start and _upon_place(lang).fullmatch(clause, night.end, day.start):
        return True  # "the overnight attack on Kharkiv on 27 January"
    return bool(ends and clocks.find(gap, lang)) or _is_before(night, day, clause, lang)


@cache
def _upon_place(lang: str) -> re.Pattern[str]:
    """Match what stands between an attack in the night and its day, the place last: " attack on Kharkiv on "."""
    table = Vocabulary.load(lang).table
    joint, on = alternatives(table("places")["separators"]), alternatives(table("dates")["on_day"])
    name = r"[A-ZÀ-ÞА-ЯЁІЇЄҐ][\w'’ʼ-]+"
    return re.compile(rf"\s(?:(?!{joint}\s)[a-zà-ÿа-яёіїєґ'’-]+\s){{1,4}}{name}(?:\s{name}){{0,2}}\s(?:(?i:{on})\s)?")


def _night_into(match: re.Match[str], seen: _Seen) -> When | None:
    if match["weekday"]:
        end: dt.date | None = _weekday(seen.words["weekdays"][_plain(match["weekday"])], seen.published)
    elif bare := match.groupdict().get("bare"):
        end = _last(int(bare), 0, seen.published)
    else:
        end = _date(match, seen)
    return When(end - _DAY, end, "night") if end else None


def _weekday_night(match: re.Match[str], seen: _Seen) -> When:
    """Read "Friday night" as the night that follows that day; told on the day itself, it is so far its evening."""
    start = _weekday(seen.words["weekdays"][_plain(match["weekday"])], seen.published)
    return When(start, start + _DAY, "night") if start < seen.published else When(start, start, "day")


def _interval(match: re.Match[str], seen: _Seen) -> When | None:
    """Read "from the evening of 21 March to 7 a.m. on the 22nd" as a night, a day from the morning on as the whole that it is.

    What has no end is up to the report: "since Thursday evening"; that is a time only if it began on the day before.
    """
    late, late_end = _is_late(match, "1", seen), _is_late(match, "2", seen)
    if late is None and late_end is None and not word_list(seen.words["between"]).match(match.group()):
        return None
    end = _end(match, "2", seen, seen.published)
    if end and _is_hour(match):
        return When(end, end, "day")
    start = _end(match, "1", seen, end or seen.published)
    if start is None:
        return None
    if end is None and late_end is None:
        end = seen.published
        if end - start > _DAY:
            return None
    end = end or (start + _DAY if late and not late_end else start)
    return _from_to(start, end, by_day=late is False or bool(late_end))


def _is_hour(match: re.Match[str]) -> bool:
    """Tell whether an interval begins with an hour of the day that it ends on: "zwischen 15 und 22 Uhr am 18. Oktober"."""
    return bool(match["bare1"]) and bool(_HOUR.match(match["time2"] or "")) and match.string[match.end("bare1")].isspace()


def _from_to(start: dt.date, end: dt.date, *, by_day: bool) -> When | None:
    """Give the night between two days, or both of them if it is told of the day from its morning on; None where they end first."""
    if end == start:
        return When(start, end, "day")
    by_night = end - start == _DAY and not by_day
    return When(start, end, "night" if by_night else "range") if start < end else None


def _day_to(match: re.Match[str], seen: _Seen) -> When | None:
    """Read "in the 24 hours to 8 a.m. on Wednesday"."""
    end = _end(match, "3", seen, seen.published) or seen.published
    return When(end - _DAY, end, "range")


def _end(match: re.Match[str], which: str, seen: _Seen, upto: dt.date) -> dt.date | None:
    """Give the day of one end of an interval, the last such one up to a day."""
    if name := match[f"weekday{which}"]:
        return _weekday(seen.words["weekdays"][_plain(name)], upto)
    day = match[f"day{which}"] or match[f"before{which}"] or match[f"bare{which}"]
    month = next((key for key in (f"month{which}", f"name{which}") if match[key]), None)
    if day is None or (month and seen.words.get("months_capitalised") and seen.clause[match.start(month)].islower()):
        return None
    year = match[f"year{which}"] or match[f"of{which}"]
    return _last(int(day), seen.words["months"][_plain(match[month])] if month else 0, dt.date(int(year), 12, 31) if year else upto)


def _last(day: int, month: int, upto: dt.date) -> dt.date | None:
    """Give the last such day of a month, or of any, up to a day."""
    days = (upto - n * _DAY for n in range(366))
    return next((one for one in days if one.day == day and month in {0, one.month}), None)


def _is_late(match: re.Match[str], which: str, seen: _Seen) -> bool | None:
    """Tell whether an end of an interval is of the later half of a day or of the night; None where it says no time."""
    said = next((match[f"{key}{which}"] for key in ("time", "grown", "then", "only") if match[f"{key}{which}"]), None)
    if said is None:
        return None
    told = _HOUR.match(said)
    if told is None or word_list(seen.words["times_of_day"]).holds(said):
        return not word_list(seen.words["morning"]).holds(said)
    return not _MORNING <= _of_24(told[1], told[2]) < _AFTERNOON


def _of_24(hour: str, half: str | None) -> int:
    """Read an hour on the clock of 24 hours, where `half` says which half of the day it is of: 12 p.m. is noon."""
    return int(hour) % _NOON + _NOON * half.lower().startswith("p") if half else int(hour)


def _night(_: re.Match[str], seen: _Seen) -> When:
    return When(seen.published - _DAY, seen.published, "night")


def _tonight(_: re.Match[str], seen: _Seen) -> When:
    return When(seen.published, seen.published + _DAY, "night")


def _full_date(match: re.Match[str], seen: _Seen) -> When | None:
    day = _date(match, seen)
    return When(day, day, "day") if day else None


def _range(match: re.Match[str], seen: _Seen) -> When | None:
    end = _date(match, seen)
    try:
        start = end.replace(day=int(match["first"])) if end else None
    except ValueError:
        return None
    return When(start, end, "range") if start and end and start < end else None


def _date(match: re.Match[str], seen: _Seen) -> dt.date | None:
    """Read a day and a month; without a year, the last such day."""
    if seen.words.get("months_capitalised") and seen.clause[match.start("month")].islower():
        return None
    month = _month_of(match["month"], seen)
    year = int(match["year"]) if match["year"] else seen.published.year
    try:
        day = dt.date(year, month, int(match["day"]))
        return day.replace(year=year - 1) if not match["year"] and day > seen.published else day
    except ValueError:
        return None


def _month_of(said: str, seen: _Seen) -> int:
    return int(said) if said.isdigit() else seen.words["months"][_plain(said).rstrip(".")]


def _hours(match: re.Match[str], seen: _Seen) -> When | None:
    """Read "from 23.00 on 13 August to 6.00 on 14 August" as a night, and a day from the morning on as the whole that it is."""
    end = _date(match, seen)
    month = _month_of(match["first_month"], seen)
    try:
        start = end.replace(year=end.year - (month > end.month), month=month, day=int(match["first"])) if end else None
    except ValueError:
        return None
    if start is None or end is None or start >= end:
        return None
    before = _hour_before(seen.lang).search(seen.clause, max(0, match.start() - _CLOCK), match.start())
    hour = match.groupdict().get("hour") or (before and before[1])
    return _from_to(start, end, by_day=bool(hour and _MORNING <= int(hour) < _AFTERNOON))


@cache
def _hour_before(lang: str) -> re.Pattern[str]:
    """Match the hour before a day: "from 9:00 a.m. on"."""
    words = Vocabulary.load(lang).table("dates")
    unit, on = alternatives(words["hour_patterns"]), alternatives(words["on_day"])
    return re.compile(rf"(?<!\d)(\d?\d)(?:[.:]\d\d)?(?:\s*(?:[ap]\.?m\.?|{unit}))?(?:\s+{on})?,?\s+$", re.IGNORECASE)


def _numeric(match: re.Match[str], seen: _Seen) -> When | None:
    try:
        year = int(match["year"] or seen.published.year)
        day = dt.date(year + _CENTURY * (year < _CENTURY), int(match["month"]), int(match["day"]))
        day = day.replace(year=day.year - 1) if not match["year"] and day > seen.published else day
    except ValueError:
        return None
    return When(day, day, "day")


def _plain(word: str) -> str:
    return word.lower().replace("’", "'").replace("ʼ", "'")


def _iso(match: re.Match[str], _: _Seen) -> When | None:
    try:
        day = dt.date.fromisoformat(match["iso"])
    except ValueError:
        return None
    return When(day, day, "day")


def _of_this_month(match: re.Match[str], seen: _Seen) -> When | None:
    """Read "on the 19th of this month" as the last such day."""
    day = _last(int(match["day"]), 0, seen.published)
    return When(day, day, "day") if day else None


def _day(match: re.Match[str], seen: _Seen) -> When:
    day = _weekday(seen.words["weekdays"][_plain(match["weekday"])], seen.published)
    if match["last"] and day == seen.published:
        day -= 7 * _DAY
    return When(day, day, "day")


def _past_day(_: re.Match[str], seen: _Seen) -> When:
    return When(seen.published - _DAY, seen.published, "range")


def _yesterday(_: re.Match[str], seen: _Seen) -> When:
    return When(seen.published - _DAY, seen.published - _DAY, "day")


def _today(_: re.Match[str], seen: _Seen) -> When:
    return When(seen.published, seen.published, "day")


def _weekend(_: re.Match[str], seen: _Seen) -> When:
    """Read "over the weekend" as the last Saturday and Sunday, on a Saturday the one that has begun."""
    sunday = seen.published - ((seen.published.weekday() + 1) % 7) * _DAY
    saturday = seen.published if seen.published.weekday() == _SATURDAY else sunday - _DAY
    return When(saturday, max(sunday, saturday), "range")


def _this_week(_: re.Match[str], seen: _Seen) -> When:
    return When(seen.published - seen.published.weekday() * _DAY, seen.published, "week")


def _last_week(_: re.Match[str], seen: _Seen) -> When:
    monday = seen.published - (seen.published.weekday() + 7) * _DAY
    return When(monday, monday + 6 * _DAY, "week")


def _month(match: re.Match[str], seen: _Seen) -> When | None:
    if seen.words.get("months_capitalised") and seen.clause[match.start("month")].islower():
        return None
    month = _month_of(match["month"], seen)
    year = int(match["year"]) if match["year"] else seen.published.year - (month > seen.published.month)
    start = dt.date(year, month, 1)
    end = (start + 31 * _DAY).replace(day=1) - _DAY
    return When(start, min(end, max(seen.published, start)), "month")


def _last_month(_: re.Match[str], seen: _Seen) -> When:
    end = seen.published.replace(day=1) - _DAY
    return When(end.replace(day=1), end, "month")


def _last_year(_: re.Match[str], seen: _Seen) -> When:
    return When(dt.date(seen.published.year - 1, 1, 1), dt.date(seen.published.year - 1, 12, 31), "year")


def _weekday(weekday: int, upto: dt.date) -> dt.date:
    return upto - ((upto.weekday() - weekday) % 7) * _DAY


def _shifted(match: re.Match[str], seen: _Seen) -> When | None:
    """Read "a day earlier" and "the following day", counted from the time told before, or back from the report."""
    by = _days(match)
    if seen.told is None or seen.told.precision not in {"day", "night"}:
        day = seen.published + by * _DAY if by < 0 else None
    else:
        day = seen.told.end + (by - (seen.told.precision == "night" and by > 0)) * _DAY
    return When(day, day, "day") if day and day <= seen.published else None


def _ago(match: re.Match[str], seen: _Seen) -> When:
    day = seen.published - _days(match) * _DAY
    return When(day, day, "day")


def _days(match: re.Match[str]) -> int:
    """Give the number of days that an expression is listed with."""
    sign, number = (match.lastgroup or "_0").split("_")
    return -int(number) if sign == "before" else int(number)


def _night_before(_: re.Match[str], seen: _Seen) -> When:
    told = seen.told
    end = told.end - (told.precision == "night") * _DAY if told and told.precision in {"day", "night"} else seen.published
    return When(end - _DAY, end, "night")


def _clock(match: re.Match[str], seen: _Seen) -> When | None:
    """Read an hour as one of the day told before; by day, or at another place, it ends a night."""
    if seen.told is None or seen.told.precision not in {"day", "night"}:
        return None
    spelt = match.groupdict().get("spelt")
    hour = (
        Vocabulary.load(seen.lang).table("numbers")["words"][spelt.lower()]
        if spelt
        else _of_24(match["hour"], match["noon"] or match["noon2"])
    )
    if seen.told.precision == "night" and not _SUNRISE <= hour < _SUNSET:
        # "Drones struck X overnight. ¶ In Y, blasts were heard at 3 a.m."
        day = seen.told.start if hour >= _SUNSET else seen.told.end
        return None if seen.near else When(day, day, "day")
    return When(seen.told.end, seen.told.end, "day")


def _part_of_day(_: re.Match[str], seen: _Seen) -> When:
    """Read "in the evening" as that of the day told before, in a report of the past day as that of its first."""
    if seen.late and seen.frame and not (seen.near and seen.told and seen.told.precision == "day"):
        return When(seen.frame.start, seen.frame.start, "day")
    told = seen.told.end if seen.told and seen.told.precision in {"day", "night"} else None
    # "On 20 May, drones hit X. ¶ In the evening, Y was shelled.", in a report of the 21st or 22nd
    named = seen.told is not None and seen.told.precision == "day" and not seen.told.reported
    goes_on = seen.near or (seen.late and told is not None and named and _DAY <= seen.published - told <= _GONE_ON)
    day = told if told and goes_on else seen.published
    return When(day, day, "day")


#: In the order in which they are tried: the more exact expression wins over the vaguer one.
_READERS = {
    "iso": _iso,
    "night_into": _night_into,
    "numeric": _numeric,
    "day_to": _day_to,
    "interval": _interval,
    "hours": _hours,
    "weekday_night": _weekday_night,
    "range": _range,
    "full_date": _full_date,
    "of_this_month": _of_this_month,
    "past_day": _past_day,
    "night_before": _night_before,
    "night": _night,
    "tonight": _tonight,
    "weekday": _day,
    "ago": _ago,
    "shift": _shifted,
    "yesterday": _yesterday,
    "today": _today,
    "part_of_day": _part_of_day,
    "clock": _clock,
    "weekend": _weekend,
    "this_week": _this_week,
    "last_week": _last_week,
    "month": _month,
    "last_month": _last_month,
    "last_year": _last_year,
}


@cache
def _patterns(lang: str) -> Lexicon:
    words, numbers = Vocabulary.load(lang).table("dates"), Vocabulary.load(lang).table("numbers")["words"]
    weekday = rf"(?P<weekday>{literals(words['weekdays'])})(?:{alternatives(words['part_suffixes'])})?"
    months = literals(words["months"])
    until, first_month = alternatives(words["to"]), rf"(?P<first_month>{literals(words['months'])})\.?"
    since = alternatives([*words["between"], *words["from"], *words["since"]])
    month = rf"(?P<month>{literals(words['months'])})\.?"
    day = rf"(?P<day>[0-3]?\d)(?:{alternatives(words['nth_patterns'])}|\.)?"
    # "on October 1 and 30 people were hurt" is one day
    after = alternatives([*words["to"], *words["tells"], *words["after_range"]])
    first = rf"(?:{alternatives(words['from'])}\s+)?(?P<first>[0-3]?\d)\.?\s*(?:[-–—]|\s{alternatives(words['to'])}\s)\s*"
    year = r"(?:,?\s+(?P<year>(?:19|20)\d\d))?"
    into, nth = alternatives(words["night_into"]), _nth(words)
    other = rf"(?:{alternatives(words['from'])}\s+)?[0-3]?\d\.?\s*(?:[-–—]|\s{alternatives(words['to'])}\s)\s*"
    clock = rf"(?:\d?\d(?:[.:]\d\d)?\s+(?:[\w.]+\s+){{0,3}}?|{alternatives(words['times_of_day'])}\s+(?:des\s+)?)?"
    hour = rf"(?:,?\s+(?P<hour>\d?\d)(?:[.:]\d\d)?(?:\s*(?:[ap]\.?m\.?|{alternatives(words['hour_patterns'])}))?,?)?"
    part = rf"(?:{alternatives(words['parts'])}\s+)?"
    spelt = rf"(?P<spelt>{literals(name for name, n in numbers.items() if 1 <= n <= _NOON)})"
    dotted = r"(?P<day>[0-3]\d)\.(?P<month>0[1-9]|1[0-2])(?![.:]?\d|\.20)"
    forms = {
        "iso": [r"(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d)"],
        "numeric": [
            r"(?P<day>[0-3]?\d)\.(?P<month>[01]?\d)\.(?:(?P<year>(?:19|20)?\d\d)(?![.\d])|(?!\s*\d))",
            r"(?P<day>[0-3]?\d)/(?P<month>[01]?\d)/(?P<year>20\d\d)",
            # No hour: "18.03 — a drone hit ...", "in the evening of 18.03"
            rf"^{dotted}(?P<year>)(?=\s*[:–—-]\s)",
            rf"{alternatives(words['part_of_day'])}\s+{dotted}(?P<year>)",
        ],
        "night_into": [
            rf"{into}\s+{dotted}\.?(?P<year>)(?P<weekday>)",
            rf"{into}\s+(?:{other})?{day}\s+(?:{alternatives(words['of'])}\s+)?{month}{year}(?P<weekday>)",
            rf"{into}\s+{month}\s+[0-3]?\d\s*(?:[-–—]|\s{alternatives(words['to'])}\s)\s*{day}{year}(?P<weekday>)",
            rf"{into}\s+{months}\.?\s+[0-3]?\d\s+{until}\s+{month}\s+{day}{year}(?P<weekday>)",
            rf"{into}\s+{month}\s+{day}{year}(?P<weekday>)",
            # "on the night of the 17th to the 18th"
            rf"{into}\s+(?:(?:the\s+)?[0-3]?\d(?:{nth})?\s*(?:[–—-]|\s{until}\s)\s*)?(?:the\s+)?(?P<bare>[0-3]?\d){nth}(?P<weekday>)(?!\s+{until}\s)",
            rf"{into}\s+(?:{literals(words['weekdays'])}\s+{alternatives(words['to'])}\s+)?{weekday}",
        ],
        "day_to": [rf"{alternatives(words['day_to'])}\s+(?=\S){_one_end('3', words)}"],
        "interval": [rf"{since}\s+{_one_end('1', words)}(?:,?\s+{until}\s+(?=\S){_one_end('2', words)})?"],
        "weekday_night": [rf"(?P<weekday>{literals(words['weekdays'])})\s*{alternatives(words['night_after'])}"],
        "hours": [
            rf"{first_month}\s+(?P<first>[0-3]?\d)\s+{until}\s+{clock}{month}\s+{day}{year}",
            rf"(?P<first>[0-3]?\d)\.?\s+{first_month}{hour}\s+(?:{until}|[–—-])\s+{clock}{day}\s+{month}{year}",
        ],
        "range": [
            rf"{first}{day}\s+{month}{year}",
            rf"{month}\s+(?P<first>[0-3]?\d)(?:\s*[-–—]\s*|\s+{alternatives(words['to'])}\s+){day}{year}(?!\d|:|\s+(?!{after}\b)\w)",
        ],
        "full_date": [rf"{month}\s+{day}{year}", rf"{day}\s+(?:{alternatives(words['of'])}\s+)?{month}{year}"],
        "of_this_month": [
            rf"{day}\s+{alternatives(words['of_this_month'])}",
            rf"{alternatives(words['on_day'])}\s+(?P<day>[0-3]?\d){nth}(?=\s*(?:[,.;:)–—]|$))",
        ],
        "month": [rf"{alternatives(words['month_before'])}\s+{part}{month}{year}"],
        "weekday": [rf"(?:(?P<last>{alternatives(words['last_before'])})\s+)?{weekday}"],
        "clock": [
            rf"{alternatives(words['at_hours'])}\s+(?P<hour>[012]?\d)(?:(?:[.:][0-5]\d)(?![.:]?\d)\s*(?P<noon>[ap]\.?m\.?)?|\s*(?P<noon2>[ap]\.?m\.?)|\s+{alternatives(words['hours'])})",
            rf"{alternatives(words['at_hours'])}\s+{spelt}\s+{alternatives(words['hours'])}",
        ],
        "ago": [_numbered({f"ago_{n}": n for n in words["ago"].values()}, words["ago"])],
        "shift": [_numbered({f"{'before' if n < 0 else 'after'}_{abs(n)}": n for n in words["shift"].values()}, words["shift"])],
    }
    listed = {key: [alternatives(words[key])] for key in _READERS if words.get(key) and key not in forms}
    return Lexicon((kind, [form]) for kind in _READERS for form in forms.get(kind, listed.get(kind, ())))


def _nth(words: Mapping[str, Any]) -> str:
    return rf"{alternatives(words['nth_patterns'])}(?!\w)"


def _one_end(which: str, words: Mapping[str, Any]) -> str:
    """Match a day with a time of it before or after it, or only a time: "8 p.m. on Tuesday", "Dienstag, 20 Uhr", "6 Uhr"."""
    part_of_day = rf"{alternatives(words['times_of_day'])}(?!\w)"
    part = rf"(?:[^\W\d][\w'’-]*\s+){{0,2}}?{part_of_day}"
    unit = rf"\s*(?:[ap]\.?m\.?|{alternatives(words['hours'])}(?!\w)|{part})"
    clock = rf"\d?\d(?:[.:]\d\d(?!\.?\d)(?:{unit})?|(?:-[^\W\d]{{1,2}})?{unit})"
    months, nth = literals(words["months"]), _nth(words)
    on = rf"(?:{alternatives(words['on_day'])}\s+)?(?:{alternatives(words['parts'])}\s+)?"
    day = (
        rf"(?P<weekday{which}>{literals(words['weekdays'])})(?P<grown{which}>{alternatives(words['part_suffixes'])})?(?!\w)"
        rf"|(?P<name{which}>{months})\.?\s+(?P<before{which}>[0-3]?\d)(?![\d:]|\.\d)(?:,?\s+(?P<of{which}>20\d\d))?"
        rf"|(?P<day{which}>[0-3]?\d)\.?(?:{nth})?\s+(?:of\s+)?(?P<month{which}>{months})(?!\w)(?:,?\s+(?P<year{which}>20\d\d))?"
        rf"|(?P<bare{which}>[0-3]?\d)(?:{nth}|\.?(?=,?\s+{alternatives(words['to'])}\s))"
    )
    then = rf"(?:,?\s+(?:{alternatives(words['at_hours'])}\s+)?(?P<then{which}>{clock}|{part_of_day}))?"
    return rf"(?:(?:(?P<time{which}>{clock}|{part}),?\s+)?{on}(?:{day}){then}|(?P<only{which}>{clock}|{part}))"


def _numbered(groups: Mapping[str, int], patterns: Mapping[str, int]) -> str:
    """Join expressions into one pattern whose groups tell the number that each is listed with."""
    listed = (f"(?P<{name}>{alternatives(p for p, n in patterns.items() if n == number)})" for name, number in groups.items())
    return alternatives(listed)
