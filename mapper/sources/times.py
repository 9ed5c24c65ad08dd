"""The dates of a table's rows: two columns of text or more to first and last day, precision and wall clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow.compute as pc

from mapper.incidents import DEFAULT_TIMEZONE
from mapper.sources.cells import distinct
from mapper.sources.dates import parse_day, parse_time

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

__all__ = ["NONE", "NO_TIME", "Moments", "is_zone", "read_moments", "to_wall_clock"]

#: Days and seconds where there is none.
NONE = np.iinfo(np.int64).min
NO_TIME = -1

_SPLIT = r"^(?P<day>.*?)(?:(?:T|,?\s+(?:at\s+|um\s+|о\s+|в\s+)?)(?P<time>\d{1,2}:\d\d.*)|T(?P<hour>\d\d)(?:\D.*)?)?$"
_SLASHED = re.compile(r"(\d\d?)\s?[/-]\s?(\d\d?)\s?[/-]\s?\d\d(?:\d\d)?")
_GRANULARITY = {"day": 0, "month": 1, "year": 2}
_STEP = 1800  # zones change their offset on half hours of UTC


@dataclass(frozen=True, slots=True)
class Moments:
    """What a column of dates says.

    `start` and `end` are days since 1970, `seconds` the time of day or NO_TIME, `offset` minutes east of UTC
    or NONE; `coarse` is 0 for a day, 1 for a month, 2 for a year; `hour_only` is where no minute is said,
    `midnight` where 00:00 is; `wrong` marks cells that are no date.
    """

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    seconds: NDArray[np.int64]
    offset: NDArray[np.int64]
    coarse: NDArray[np.int8]
    hour_only: NDArray[np.bool_]
    midnight: NDArray[np.bool_]
    wrong: NDArray[np.bool_]
    ambiguous: bool


def read_moments(column: pa.Array, times: pa.Array | None = None) -> Moments:
    """Read a column of dates, with or without times.

    Days and times are split first and each distinct one is read once, so a million rows cost little.
    ``04/05/2024`` is read as the other rows of the column show; if none does, day first, and `ambiguous` is set.
    Midnight counts as "no time": it is what software writes where no time is known.

    Parameters
    ----------
    times
        A second column that holds the times of day.
    """
    parts = pc.extract_regex(column, _SPLIT)
    days = distinct(pc.utf8_trim_whitespace(pc.struct_field(parts, "day")))
    month_first, ambiguous = _order(days.values)
    read = [parse_day(value, month_first=month_first) for value in days.values]
    start = _take([NONE if day is None else _number(day.start) for day in read], days.codes, NONE)
    end = _take([NONE if day is None else _number(day.end) for day in read], days.codes, NONE)
    coarse = _take([0 if day is None else _GRANULARITY[day.precision] for day in read], days.codes, 0).astype(np.int8)
    wrong = days.rows([day is None for day in read])

    said = pc.struct_field(parts, "time")
    hours = pc.struct_field(parts, "hour")
    said = pc.if_else(pc.fill_null(pc.greater(pc.utf8_length(hours), 0), False), hours, said)
    blank = pc.fill_null(pc.equal(said, ""), True)
    said = pc.if_else(blank, None if times is None else times, said) if times is not None else pc.if_else(blank, None, said)
    clocks = distinct(said)
    clock = [parse_time(value) for value in clocks.values]
    seconds = _take([NO_TIME if time is None else time.seconds for time in clock], clocks.codes, NO_TIME)
    offset = _take([NONE if time is None or time.offset is None else time.offset for time in clock], clocks.codes, NONE)
    hour_only = clocks.rows([time is not None and time.precision == "hour" for time in clock])
    wrong |= clocks.rows([time is None for time in clock]) & ~blank.to_numpy(zero_copy_only=False)
    midnight = seconds == 0
    seconds[midnight | (coarse > 0)] = NO_TIME
    return Moments(start, end, seconds, offset, coarse, hour_only & (seconds != NO_TIME), midnight, wrong, ambiguous)


def to_wall_clock(moments: Moments, zones: pa.Array | None) -> NDArray[np.int64]:
    """Give seconds since 1970 on the wall clock of each row's time zone.

    A cell without a zone is on that clock already; one without a time is its midnight.

    Parameters
    ----------
    zones
        Names of time zones; null means the default one.

    Returns
    -------
    Seconds, NONE where there is no date.
    """
    has_time = moments.seconds != NO_TIME
    there = moments.start != NONE
    wall = np.where(there, moments.start * 86400 + np.where(has_time, moments.seconds, 0), NONE)
    zoned = there & has_time & (moments.offset != NONE)
    if not zoned.any():
        return wall
    utc = wall - moments.offset * 60
    for name, rows in _by_zone(zones, zoned):
        wall[rows] = utc[rows] + _shift(utc[rows], ZoneInfo(name))
    return wall


def is_zone(name: str) -> bool:
    """Tell whether a word is the name of a time zone."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _by_zone(zones: pa.Array | None, wanted: NDArray[np.bool_]) -> list[tuple[str, NDArray[np.int64]]]:
    if zones is None:
        return [(DEFAULT_TIMEZONE, np.flatnonzero(wanted))]
    names = distinct(zones)
    groups = [(DEFAULT_TIMEZONE, np.flatnonzero(wanted & (names.codes < 0)))]
    groups += [(name, np.flatnonzero(wanted & (names.codes == code))) for code, name in enumerate(names.values)]
    return [(name, rows) for name, rows in groups if len(rows)]


def _shift(utc: NDArray[np.int64], zone: ZoneInfo) -> NDArray[np.int64]:
    """Find the offset of a zone at each moment, asking once for each half hour."""
    steps, codes = np.unique(utc // _STEP, return_inverse=True)
    offsets = []
    for step in steps.tolist():
        shift = datetime.fromtimestamp(step * _STEP, UTC).astimezone(zone).utcoffset()
        offsets.append(int(shift.total_seconds()) if shift else 0)
    return np.array(offsets, dtype=np.int64)[codes]


def _order(values: list[str]) -> tuple[bool, bool]:
    """Tell from all cells whether months come first, and whether that is a mere guess."""
    day_first = month_first = unclear = 0
    for value in values:
        if match := _SLASHED.fullmatch(value):
            first, second = int(match[1]), int(match[2])
            day_first += first > 12 >= second
            month_first += second > 12 >= first
            unclear += first <= 12 and second <= 12 and first != second
    return month_first > day_first, bool(unclear and not day_first and not month_first)


def _number(day: date) -> int:
    return day.toordinal() - 719163  # 1970-01-01


def _take(values: list[int], codes: NDArray[np.int64], missing: int) -> NDArray[np.int64]:
    return np.array([*values, missing], dtype=np.int64)[codes]
