"""Days and times as people write them, in English, Ukrainian, Russian and German."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

__all__ = ["EXPECTED", "FARTHEST", "Day", "Time", "find_day", "parse_day", "parse_moment", "parse_stamp", "parse_time"]

#: What a message says was expected.
EXPECTED = "a date such as 2024-11-22, 22.11.2024 or 22 November 2024"

#: How far from UTC a clock can be, in minutes: that of Kiribati's Line Islands.
FARTHEST = 14 * 60

_MONTH_STEMS = (
    "january|jan|січень|січня|січ|январь|января|янв|januar|jänner|jän",
    "february|feb|лютий|лютого|лют|февраль|февраля|фев|февр|februar",
    "march|mar|березень|березня|бер|март|марта|мар|märz|mär|mrz|maerz",
    "april|apr|квітень|квітня|квіт|апрель|апреля|апр",
    "may|травень|травня|трав|май|мая|mai",
    "june|jun|червень|червня|черв|июнь|июня|июн|juni",
    "july|jul|липень|липня|лип|июль|июля|июл|juli",
    "august|aug|серпень|серпня|серп|август|августа|авг",
    "september|sep|sept|вересень|вересня|вер|сентябрь|сентября|сен|сент",
    "october|oct|жовтень|жовтня|жовт|октябрь|октября|окт|oktober|okt",
    "november|nov|листопад|листопада|лист|ноябрь|ноября|ноя|нояб",
    "december|dec|грудень|грудня|груд|декабрь|декабря|дек|dezember|dez",
)
_MONTHS = {word: number for number, words in enumerate(_MONTH_STEMS, 1) for word in words.split("|")}
_MONTH_WORDS = "|".join(sorted(_MONTHS, key=len, reverse=True))
_MONTH = rf"(?P<month>{_MONTH_WORDS})\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WEEKDAY = r"(?:[^\W\d_]{2,12}\.?,?\s+)?"
_YEAR_MARK = r"(?:\s*(?:р\.?|року|г\.?|года))?"

_ISO = re.compile(rf"{_YEAR}([-/.])(?P<month>\d\d?)\2(?P<day>\d\d?)")
_COMPACT = re.compile(rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d)")
_NUMERIC = re.compile(r"(?P<first>\d\d?)\s?(?P<mark>[./-])\s?(?P<second>\d\d?)\s?(?P=mark)\s?(?P<year>(?:19|20)?\d\d)")
_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<day>\d\d?)(?:st|nd|rd|th|\.|-го)?[\s-]+(?:of\s+)?{_MONTH},?[\s-]+{_YEAR}{_YEAR_MARK}", re.IGNORECASE
)
_MONTH_FIRST = re.compile(rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s+{_YEAR}", re.IGNORECASE)
_MONTH_ONLY = re.compile(rf"{_MONTH},?\s+{_YEAR}{_YEAR_MARK}", re.IGNORECASE)
_ISO_MONTH = re.compile(rf"{_YEAR}-(?P<month>\d\d)")
_YEAR_ONLY = re.compile(rf"{_YEAR}{_YEAR_MARK}")
_TIME = re.compile(
    r"(?P<hour>\d\d?)(?::(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?)?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?P<zone>Z|UTC|GMT|(?:UTC|GMT)?[+-]\d\d?(?::?\d\d)?)?",
    re.IGNORECASE,
)
_FIND = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d-\d\d-\d\d"
    rf"|\d\d?(?:st|nd|rd|th|\.)?\s+(?:{_MONTH_WORDS})\.?,?\s+(?:19|20)\d\d"
    rf"|(?<![^\W_])(?:{_MONTH_WORDS})\.?\s+\d\d?(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d"
    r"|\d\d?\.\d\d?\.(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)

#: Zones that feeds of the region name by letters, in minutes east of UTC.
_ZONES = {"EET": 120, "EEST": 180, "MSK": 180, "CET": 60, "CEST": 120, "MEZ": 60, "MESZ": 120, "WET": 0, "WEST": 60, "BST": 60}
_MAIL_ZONES = frozenset(("GMT", "UT", "UTC", "Z", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT", "AST", "ADT"))


@dataclass(frozen=True, slots=True)
class Day:
    """A day, a month or a year: first and last day of it, and which (`day`, `month`, `year`)."""

    start: date
    end: date
    precision: str


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day in seconds; `offset` is minutes east of UTC, None where no zone is said."""

    seconds: int
    offset: int | None
    precision: str


def parse_day(text: str, *, month_first: bool = False) -> Day | None:
    """Read a day, month or year; None if it is neither, or not in the calendar.

    Parameters
    ----------
    month_first
        How to read ``04/05/2024``; dots are always day first.

    Examples
    --------
    >>> parse_day("22 листопада 2024 р.").start
    datetime.date(2024, 11, 22)
    >>> parse_day("2024-11").end
    datetime.date(2024, 11, 30)
    >>> parse_day("31.02.2024") is None
    True
    """
    text = text.strip()
    for pattern in (_ISO, _COMPACT, _DAY_FIRST, _MONTH_FIRST):
        if match := pattern.fullmatch(text):
            return _day(int(match["year"]), _month(match["month"]), int(match["day"]))
    if match := _NUMERIC.fullmatch(text):
        first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
        if month_first and match["mark"] != ".":
            first, second = second, first
        return _day(year if year > 99 else 2000 + year, second, first)
    if (match := _MONTH_ONLY.fullmatch(text)) or (match := _ISO_MONTH.fullmatch(text)):
        year, month = int(match["year"]), _month(match["month"])
        if not 1 <= month <= 12:
            return None
        return Day(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")
    if match := _YEAR_ONLY.fullmatch(text):
        year = int(match["year"])
        return Day(date(year, 1, 1), date(year, 12, 31), "year")
    return None


def parse_time(text: str) -> Time | None:
    """Read a time of day, with its zone if that is said as ``Z`` or an offset; None if the zone is one that no clock has.

    Examples
    --------
    >>> parse_time("03:15+02:00")
    Time(seconds=11700, offset=120, precision='exact')
    >>> parse_time("14").precision
    'hour'
    >>> parse_time("25:00") is None, parse_time("10:00+25:00") is None
    (True, True)
    """
    match = _TIME.fullmatch(text.strip())
    if not match:
        return None
    hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
    if half := match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    offset = _offset(match["zone"])
    if hour > 23 or minute > 59 or second > 59 or abs(offset or 0) > FARTHEST:
        return None
    precision = "hour" if match["minute"] is None else "exact"
    return Time(hour * 3600 + minute * 60 + second, offset, precision)


def parse_moment(text: str) -> tuple[date, datetime | None] | None:
    """Read the date of a publication: the day, and the moment if a time and its zone stand with it.

    Examples
    --------
    >>> parse_moment("2024-11-22T06:30:00Z")[1].isoformat()
    '2024-11-22T06:30:00+00:00'
    >>> parse_moment("November 22, 2024")
    (datetime.date(2024, 11, 22), None)
    """
    day_text, _, time_text = text.strip().partition("T") if re.match(r"\d{4}-\d\d-\d\dT", text.strip()) else _split(text)
    day = parse_day(day_text)
    if day is None or day.precision != "day":
        return None
    if not time_text:
        return day.start, None
    time = parse_time(time_text)
    if time is None:
        return None
    if time.offset is None:
        return day.start, None
    zone = timezone(timedelta(minutes=time.offset))
    return day.start, datetime(day.start.year, day.start.month, day.start.day, tzinfo=zone) + timedelta(seconds=time.seconds)


def parse_stamp(text: str) -> tuple[date, datetime | None] | None:
    """Read a date as software writes it, in ISO 8601 or as in a mail: the day on the clock of its zone, and the moment.

    Examples
    --------
    >>> parse_stamp("Fri, 22 Nov 2024 23:30:00 +0200")[1].isoformat()
    '2024-11-22T23:30:00+02:00'
    >>> parse_stamp("22 Nov 2024 23:30:00 EET")[1].isoformat()
    '2024-11-22T23:30:00+02:00'
    >>> parse_stamp("soon") is None
    True
    """
    if found := parse_moment(text):
        return found
    from email.utils import parsedate_tz  # imports half the mail package, which a plain text does without

    parts = parsedate_tz(text)
    if parts is None:
        return None
    year, month, day, hour, minute, second = parts[:6]
    try:
        naive = datetime(year, month, day, hour, minute, min(second, 59))
    except ValueError:
        return None
    zone = text.rsplit(None, 1)[-1].upper()
    # a zone that the mail's rules do not know comes out as zero
    minutes = _ZONES.get(zone, (parts[9] or 0) // 60 if parts[9] is not None and _is_known_zone(zone) else None)
    if minutes is None or abs(minutes) > FARTHEST:
        return naive.date(), None
    return naive.date(), naive.replace(tzinfo=timezone(timedelta(minutes=minutes)))


def find_day(text: str) -> tuple[date, int, int] | None:
    """Find the first full date in running text: the day and its character span."""
    for match in _FIND.finditer(text):
        day = parse_day(match[0])
        if day and day.precision == "day":
            return day.start, match.start(), match.end()
    return None


def _split(text: str) -> tuple[str, str, str]:
    match = re.fullmatch(r"(.*?)(?:,?\s+(\d\d?:\d\d.*))?", text.strip())
    return (match[1], " ", match[2] or "") if match else (text, "", "")


def _is_known_zone(zone: str) -> bool:
    return zone in _MAIL_ZONES or re.fullmatch(r"[+-]\d{4}", zone) is not None


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _MONTHS[text.casefold()]


def _day(year: int, month: int, day: int) -> Day | None:
    try:
        value = date(year, month, day)
    except ValueError:
        return None
    return Day(value, value, "day")


def _offset(zone: str | None) -> int | None:
    if not zone:
        return None
    digits = zone.upper().removeprefix("UTC").removeprefix("GMT")
    if digits in ("", "Z"):
        return 0
    hours, _, minutes = digits[1:].partition(":")
    if not minutes and len(hours) > 2:
        hours, minutes = hours[:-2], hours[-2:]
    total = int(hours) * 60 + int(minutes or 0)
    return -total if digits[0] == "-" else total
