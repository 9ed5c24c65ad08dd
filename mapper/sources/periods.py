"""When each row of a table happened: first and last moment, how precisely, and in which time zone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from mapper.incidents import DATE_PRECISIONS, DEFAULT_TIMEZONE
from mapper.sources.cells import distinct, spread
from mapper.sources.columns import words
from mapper.sources.dates import EXPECTED, parse_time
from mapper.sources.times import NO_TIME, NONE, is_zone, read_moments, to_wall_clock
from mapper.sources.vocabulary import key, reader

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mapper.sources.sheet import Sheet
    from mapper.sources.times import Moments
    from mapper.taxonomy import Taxonomy

__all__ = ["Periods", "read_periods", "read_wall_clock", "to_timestamps"]

_DAY = 86400
_CODES = {name: code for code, name in enumerate(DATE_PRECISIONS)}
_TIMED = (_CODES["exact"], _CODES["hour"])


@dataclass(frozen=True, slots=True)
class Periods:
    """Columns of the incidents table that say when."""

    date_start: pa.Array
    date_end: pa.Array
    date_precision: pa.Array
    timezone: pa.Array


def read_periods(sheet: Sheet, taxonomy: Taxonomy) -> Periods:
    """Read the dates of all rows; a row with a date that is none is set aside, one without a date stays.

    A week or month that is given by one of its days is widened to the whole of it (Monday to Sunday), for the
    day itself means nothing there.
    """
    zones = _zones(sheet)
    times = sheet.cells("time")
    start = _moments(sheet, "date_start", times)
    night = np.zeros(len(sheet), dtype=bool)
    if times is not None:
        night = _check_times(sheet, times)
    end = _moments(sheet, "date_end", None)
    if (start.start == NONE).all() and not (end.start == NONE).all():
        start = end
    else:
        # a row with an end only is dated by it
        only_end = (start.start == NONE) & (end.start != NONE)
        start = replace(start, start=np.where(only_end, end.start, start.start), end=np.where(only_end, end.end, start.end))

    first = to_wall_clock(start, zones)
    dated = first != NONE
    ends_given = end.start != NONE
    last = np.where(ends_given, to_wall_clock(replace(end, start=end.end), zones), NONE)
    last = np.where(ends_given, last, np.where(start.coarse > 0, start.end * _DAY, first))
    said, explicit = _precision(sheet, taxonomy)
    timed = start.seconds != NO_TIME
    derived = np.where(
        ~dated,
        _CODES["unknown"],
        np.select(
            [start.coarse == 2, start.coarse == 1, ends_given & (last // _DAY > first // _DAY), night, start.hour_only, timed],
            [_CODES[name] for name in ("year", "month", "range", "night", "hour", "exact")],
            _CODES["day"],
        ),
    )
    # "exact" may mean an exact date: without a time of day it is a day
    known_time = timed | (start.midnight & (start.coarse == 0))
    explicit &= dated & ~(np.isin(said, _TIMED) & ~known_time)
    precision = np.where(explicit, said, derived)
    first, last = _widened(first, last, precision, ends_given)
    backwards = dated & ends_given & (last // _DAY < first // _DAY)
    if backwards.any():
        cells, starts = sheet.text("date_end"), sheet.text("date_start")
        for row in np.flatnonzero(backwards).tolist():
            sheet.reject_row(row, "date_end", cells[row].as_py() or "", f"is before the start, {starts[row].as_py()!r}")
    last = np.where(dated, np.maximum(first, last), NONE)
    names = pa.array(DATE_PRECISIONS).take(pa.array(precision.astype(np.int8)))
    zones = pa.nulls(len(sheet), pa.string()) if zones is None else zones
    return Periods(to_timestamps(first), to_timestamps(last), names, zones.fill_null(DEFAULT_TIMEZONE))


def read_wall_clock(sheet: Sheet, ours: str, zones: pa.Array) -> pa.Array:
    """Read a further column of dates (`reported_at`, `published`); a cell that is no date becomes null, with a warning."""
    column = sheet.cells(ours)
    if column is None:
        return pa.nulls(len(sheet), pa.timestamp("s"))
    moments = read_moments(column)
    cells = distinct(column)
    if moments.wrong.any():
        wrong = set(cells.codes[moments.wrong].tolist())
        sheet.warn_of_words(ours, cells, [at in wrong for at in range(len(cells.values))], "left empty, not a date")
    return to_timestamps(to_wall_clock(moments, zones))


def to_timestamps(seconds: NDArray[np.int64]) -> pa.Array:
    """Make timestamps of seconds since 1970; NONE becomes null."""
    return pa.array(seconds, pa.int64(), mask=seconds == NONE).cast(pa.timestamp("s"))


def _moments(sheet: Sheet, ours: str, times: pa.Array | None) -> Moments:
    column = sheet.cells(ours)
    if column is None:
        column = pa.nulls(len(sheet), pa.string())
    moments = read_moments(column, times)
    if moments.wrong.any():
        sheet.reject(moments.wrong, ours, column, f"is not a date; expected {EXPECTED}, or nothing if it is not known")
    if moments.ambiguous:
        sheet.warn(f"column {sheet.header(ours)}: dates such as 04/05/2024 are read day first; write 2024-05-04 to be sure")
    return moments


def _zones(sheet: Sheet) -> pa.Array | None:
    column = sheet.cells("timezone")
    if column is None:
        return None
    cells = distinct(column)
    right = cells.map(is_zone)
    wrong = cells.rows([not ok for ok in right])
    sheet.reject(wrong, "timezone", column, f"is not a time zone; expected a name such as {DEFAULT_TIMEZONE}, or nothing for that")
    return spread([name if ok else None for name, ok in zip(cells.values, right, strict=True)], cells, pa.string())


def _check_times(sheet: Sheet, times: pa.Array) -> NDArray[np.bool_]:
    """Tell which times of day say "at night", and warn of those that say nothing."""
    cells = distinct(times)
    at_night = {"night", *(word for word, ours in words("date_precision").items() if ours == "night")}
    night = cells.map(lambda value: key(value) in at_night)
    unclear = [not night[at] and parse_time(value) is None for at, value in enumerate(cells.values)]
    sheet.warn_of_words("time", cells, unclear, "left out, not a time of day such as 03:15")
    return cells.rows(night)


def _precision(sheet: Sheet, taxonomy: Taxonomy) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Read what a column says of the precision of dates, and where it says something we know."""
    cells = sheet.distinct("date_precision", unknown=False)
    if cells is None:
        return np.zeros(len(sheet), dtype=np.int64), np.zeros(len(sheet), dtype=bool)
    found = cells.map(reader("date_precision", taxonomy, sheet.layout.profile))
    strange = [word is None for word in found]
    sheet.warn_of_words("date_precision", cells, strange, f"not one of {', '.join(DATE_PRECISIONS)}, told by the date")
    codes = np.array([*(-1 if word is None else _CODES[word] for word in found), -1], dtype=np.int64)[cells.codes]
    return codes, codes >= 0


def _widened(
    first: NDArray[np.int64], last: NDArray[np.int64], precision: NDArray[np.int64], ends_given: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Cut times of day off where they mean nothing, and widen a week, month or year to the whole of it."""
    dated = first != NONE
    timed = np.isin(precision, _TIMED)
    first = np.where(dated & ~timed, first // _DAY * _DAY, first)
    last = np.where(dated & ~timed, last // _DAY * _DAY, last)
    for name in ("week", "month", "year"):
        rows = dated & ~ends_given & (precision == _CODES[name])
        if not rows.any():
            continue
        days = first[rows] // _DAY
        if name == "week":
            begin = days - (days + 3) % 7  # 1970-01-01 was a Thursday
            stop = begin + 6
        else:
            unit = "datetime64[M]" if name == "month" else "datetime64[Y]"
            whole = days.astype("datetime64[D]").astype(unit)
            begin = whole.astype("datetime64[D]").astype(np.int64)
            stop = (whole + 1).astype("datetime64[D]").astype(np.int64) - 1
        first[rows], last[rows] = begin * _DAY, stop * _DAY
    return first, last
