"""Incidents that are dated later than the build: nobody can have seen them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapper.tables import Tables

__all__ = ["foretold"]

#: A day that has begun somewhere has begun, and a clock may be slow.
_SLACK = dt.timedelta(days=2)


def foretold(tables: Tables, now: dt.datetime) -> Mapping[str, dt.date]:
    """Give the incidents that begin after the build, by their ids, and their days.

    Parameters
    ----------
    now
        The moment of the build (`withholding.build_time`), with its time zone.
    """
    limit = now.astimezone(dt.UTC).replace(tzinfo=None) + _SLACK
    incidents = tables.arrow("incidents").select(["id", "date_start"])
    late = incidents.filter(pc.greater(incidents["date_start"], limit))
    return {row["id"]: row["date_start"].date() for row in late.to_pylist()}
