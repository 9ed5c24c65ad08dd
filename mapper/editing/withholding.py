"""When a delayed incident may be shown, by the clock of the build."""

from __future__ import annotations

import datetime as dt
import os
import zoneinfo
from typing import TYPE_CHECKING, Any

from mapper.errors import MapperError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["build_time", "due"]

#: Where a day ends last. It stands for a time zone that nobody knows: too late is safe, too early is not.
_LAST_ZONE = dt.timezone(dt.timedelta(hours=-12))


def build_time() -> dt.datetime:
    """Give the moment of the build, in UTC: now, or what SOURCE_DATE_EPOCH says, so that a build can be repeated.

    Raises
    ------
    MapperError
        If SOURCE_DATE_EPOCH is no whole number of seconds since 1970.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given is None:
        return dt.datetime.now(dt.UTC)
    try:
        return dt.datetime.fromtimestamp(int(given), dt.UTC)
    except (ValueError, OverflowError, OSError):
        problem = f"SOURCE_DATE_EPOCH is {given!r}: expected whole seconds since 1970, such as 1732233600; correct or unset it"
        raise MapperError(problem) from None


def due(row: Mapping[str, Any], delay: dt.timedelta) -> dt.datetime | None:
    """Give the moment in UTC at which an incident may be shown; None if it is neither known when it was nor when it was reported.

    The delay runs from the report, or else from the end of the incident's last day. A report that is known to the day
    only, which stands at midnight, counts from the end of that day.
    """
    reported = row["reported_at"]
    moment: dt.datetime | None = reported or row["date_end"] or row["date_start"]
    if moment is None:
        return None
    if reported is None or reported.time() == dt.time():
        moment = dt.datetime.combine(moment.date() + dt.timedelta(days=1), dt.time())
    try:
        zone: dt.tzinfo = zoneinfo.ZoneInfo(row["timezone"])
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        zone = _LAST_ZONE
    return moment.replace(tzinfo=zone).astimezone(dt.UTC) + delay
