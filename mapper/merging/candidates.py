"""Which reports may tell one event: those near each other in time and place, found column by column.

Each report has keys, one for each day and for each area or square that it lies in; only reports with a key in common, or
in neighbouring squares, are looked at in pairs. So the work grows with the reports, not with their square.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mapper.extraction.wording.numbers import Amount
from mapper.incidents import (
    AREAS,
    CASUALTIES,
    CHILDREN,
    COUNTS,
    DRAWN_ROLES,
    TAG_BACKGROUND,
    TAG_DATE_AS_REPORTED,
    TAG_TOLL_UPDATED,
    tagged,
    whole,
)
from mapper.merging.clues import hours, spelling
from mapper.merging.naming import is_first
from mapper.merging.tolls import Toll
from mapper.merging.versions import page_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from mapper.tables import Tables

__all__ = ["FOLLOW_UP_DAYS", "LONGEST_DAYS", "Report", "find"]

#: Side of a square in degrees: at 60° north still 14 km from west to east, more than any city's radius.
_SIDE = 0.25
_COLUMNS = round(360 / _SIDE) + 2

#: An event told without a day of its own may have been so many days before its report, if that counts its dead anew.
FOLLOW_UP_DAYS = 3

#: What lasts longer is a sum over a time, and met only by one over the same time.
LONGEST_DAYS = 7

#: Days that a key has room for, and the day that timestamps count from, since the year 1.
_DAYS, _EPOCH = 1 << 22, dt.date(1970, 1, 1).toordinal()

_DAY = dt.timedelta(days=1)
#: A night, from the evening of its first day to the morning of its second; "at 9" is about nine.
_NIGHT_BEGINS, _NIGHT_ENDS, _ABOUT = dt.timedelta(hours=18), dt.timedelta(hours=9), dt.timedelta(minutes=45)

_LIGHT = (
    "id", "type", "date_start", "date_end", "date_precision", "reported_at", "place_text", "target", *COUNTS, "status", "tags",
)  # fmt: skip
#: What an id is made of, and what it is.
_NAMED = ("id", "type", "date_start", "date_end", "places")


@dataclass(frozen=True, slots=True)
class Report:
    """An incident that may have to be merged, with what it is judged by.

    `row` is its place in the table, `begins` and `ends` the moments it lies between, `points` and `areas` the places where
    it happened and `lost` the names of those that could not be located, `keys` where it is and `near` where it is looked for.
    """

    row: int
    facts: Mapping[str, Any]
    quotes: tuple[str, ...]
    sources: frozenset[str]
    from_article: bool
    points: tuple[Mapping[str, Any], ...]
    areas: frozenset[str]
    lost: frozenset[str]
    begins: dt.datetime
    ends: dt.datetime
    toll: Toll
    keys: tuple[int, ...]
    near: tuple[int, ...]

    @property
    def id(self) -> str:
        """The id that it has alone."""
        return str(self.facts["id"])

    @property
    def is_first(self) -> bool:
        """Whether its id is that of what, when and where alone."""
        return bool(self.facts["is_first"])

    @property
    def is_dated(self) -> bool:
        """Whether it says its day, which is that of the article otherwise."""
        return TAG_DATE_AS_REPORTED not in (self.facts["tags"] or ())

    @property
    def is_retracted(self) -> bool:
        """Whether it was taken back as a whole."""
        return bool(self.facts["status"] == "retracted")


def find(tables: Tables, also: Collection[str] = ()) -> list[Report]:
    """Give the reports of articles, those rows of tables that are near one of them, and those `also` asked for by their ids."""
    if not len(tables.claims) and not also:
        return []
    incidents = tables.incidents
    of_articles = incidents["id"].isin(tables.claims.loc[tables.claims["start"].notna(), "incident_id"]).to_numpy(dtype=bool)
    asked = incidents["id"].isin(list(also)).to_numpy(dtype=bool)
    if not of_articles.any() and not asked.any():
        return []
    where = _Where.of(_list(tables, "places"))
    row, key = _keys(tables, where)
    own, near = _Keys(row, key), _Keys(*_neighbours(row, key))
    reach = np.unique(near.key[of_articles[near.row]])
    kept = asked.copy()
    kept[row[of_articles[row] | np.isin(key, reach)]] = True
    rows = np.flatnonzero(kept)
    facts = pa.table({name: pa.array(incidents[name]) for name in _LIGHT}).take(pa.array(rows)).to_pylist()
    named = pa.table({name: pa.array(incidents[name]) for name in _NAMED}).take(pa.array(rows))
    claims = _claims(tables, {values["id"] for values in facts})
    return [
        _report(
            n,
            values | {"is_first": first},
            claims[values["id"]],
            where.of_row(n),
            own.of_row(n),
            near.of_row(n),
            from_article=bool(of_articles[n]),
        )
        for n, values, first in zip(rows.tolist(), facts, is_first(named).to_pylist(), strict=True)
    ]


def _report(
    row: int,
    facts: Mapping[str, Any],
    claims: Sequence[Mapping[str, Any]],
    places: Sequence[Mapping[str, Any]],
    keys: tuple[int, ...],
    near: tuple[int, ...],
    *,
    from_article: bool,
) -> Report:
    tags = facts["tags"] or ()
    # The district that was hit may be told before the sentence that the claim quotes.
    quotes = tuple(said for said in (*(claim["quote"] for claim in claims), facts["target"]) if said)
    begins, ends = _span(facts, quotes)
    killed, injured = (_amount(*(facts[f"{kind}_{end}"] for end in ("low", "best", "high"))) for kind in CASUALTIES)
    retracted = [claim for claim in claims if claim["status"] == "retracted"]
    return Report(
        row=row,
        facts=facts,
        quotes=quotes,
        sources=frozenset(claim["source_id"] for claim in claims),
        from_article=from_article,
        points=tuple(p for p in places if p["lon"] is not None and p["precision"] not in AREAS),
        areas=frozenset(p["place_id"] or p["name"] for p in places if p["precision"] in AREAS),
        lost=frozenset(spelling(p["text"]) for p in places if p["lon"] is None and p["text"]),
        begins=begins,
        ends=ends,
        toll=Toll(
            killed,
            injured,
            told=facts["reported_at"],
            updates=TAG_TOLL_UPDATED in tags,
            corrects=frozenset((kind, c[f"{kind}_low"]) for c in retracted for kind in CASUALTIES if c[f"{kind}_low"] is not None),
            by=frozenset(claim["by"] for claim in claims if claim["by"]),
            pages=frozenset(page_of(claim["source_id"]) for claim in claims) if from_article else frozenset(),
            **{column: facts[column] for column in CHILDREN.values()},
        ),
        keys=keys,
        near=near,
    )


def _amount(low: int | None, best: int | None, high: int | None) -> Amount:
    """Take a number that stands alone, as in a table, for what it is: exactly so many."""
    return Amount.exactly(best) if best is not None and low is None and high is None else Amount(low, best, high)


def _span(facts: Mapping[str, Any], quotes: Sequence[str]) -> tuple[dt.datetime, dt.datetime]:
    """Give the moments that an event lies between: a night ends in the morning, a day may be narrowed by its quotes."""
    start, end = facts["date_start"], facts["date_end"]
    if start is None:
        return dt.datetime(1, 1, 1), dt.datetime(9999, 12, 31)
    if facts["date_precision"] in {"exact", "hour"}:
        return start - _ABOUT, end + _ABOUT
    if facts["date_precision"] == "night":
        return start + _NIGHT_BEGINS, end + _NIGHT_ENDS
    said = hours(quotes) if start == end else None
    if said:
        return start + dt.timedelta(hours=said[0]), start + dt.timedelta(hours=said[1])
    return start, end + _DAY


def _claims(tables: Tables, ids: set[str]) -> Mapping[str, list[dict[str, Any]]]:
    told: dict[str, list[dict[str, Any]]] = defaultdict(list)
    picked = tables.claims[tables.claims["incident_id"].isin(ids)]
    columns = ("incident_id", "by", "status", "quote", "source_id", "killed_low", "injured_low")
    for claim in pa.table({name: pa.array(picked[name]) for name in columns}).to_pylist():
        told[claim["incident_id"]].append(claim)
    return told


@dataclass(frozen=True, slots=True)
class _Where:
    """The places where incidents happened: the row of each, in order, and its position.

    Areas, and names that could not be located, have a number of their own in place of a position, -1 otherwise.
    """

    row: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    number: NDArray[np.int64]
    records: pa.StructArray

    @classmethod
    def of(cls, places: pa.ListArray) -> _Where:
        names = ("place_id", "name", "text", "precision", "lon", "lat", "radius_km")
        fields = pc.list_flatten(places)
        there = pc.is_in(pc.struct_field(fields, "role"), pa.array(sorted(DRAWN_ROLES)))
        row = np.asarray(pc.list_parent_indices(places).filter(there), dtype=np.int64)
        flat = pa.StructArray.from_arrays([pc.struct_field(fields, name) for name in names], names=list(names)).filter(there)
        lon, lat = (np.asarray(pc.struct_field(flat, name).fill_null(np.nan), dtype=float) for name in ("lon", "lat"))
        lost = ~(np.isfinite(lon) & np.isfinite(lat))
        texts = pc.fill_null(pc.struct_field(flat, "text"), "").dictionary_encode()
        spellings = pa.array([f"?{spelling(text)}" for text in texts.dictionary.to_pylist()], pa.string()).take(texts.indices)
        ids = pc.coalesce(pc.struct_field(flat, "place_id"), pc.struct_field(flat, "name"), pa.scalar(""))
        named = pc.if_else(pa.array(lost), spellings, ids).dictionary_encode()
        is_area = np.asarray(pc.is_in(pc.struct_field(flat, "precision"), pa.array(AREAS)))
        number = np.where(is_area | lost, np.asarray(named.indices), -1).astype(np.int64)
        return cls(row, np.where(lost, 0.0, lon), np.where(lost, 0.0, lat), number, flat)

    def of_row(self, row: int) -> list[dict[str, Any]]:
        start, end = np.searchsorted(self.row, (row, row + 1))
        found: list[dict[str, Any]] = self.records[start:end].to_pylist()
        return found


class _Keys:
    """Pairs of row and key, by row."""

    def __init__(self, row: NDArray[np.int64], key: NDArray[np.int64]) -> None:
        order = np.argsort(row, kind="stable")
        self.row, self.key = row[order], key[order]

    def of_row(self, row: int) -> tuple[int, ...]:
        start, end = np.searchsorted(self.row, (row, row + 1))
        return tuple(dict.fromkeys(self.key[start:end].tolist()))


def _keys(tables: Tables, where: _Where) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give row and key for each day of each place of dated news."""
    start, end = (_days(tables, name) for name in ("date_start", "date_end"))
    tags = _list(tables, "tags")
    news = (start >= 0) & ~tagged(tags, TAG_BACKGROUND)
    first = start - np.where(tagged(tags, TAG_TOLL_UPDATED) & tagged(tags, TAG_DATE_AS_REPORTED), FOLLOW_UP_DAYS, 0)
    days = np.where(end - start < LONGEST_DAYS, end - first + 1, 1)
    square = np.floor((where.lat + 90) / _SIDE).astype(np.int64) * _COLUMNS + np.floor((where.lon + 180) / _SIDE).astype(np.int64) + 1
    # Areas and lost names have odd numbers and squares even ones, so that they never meet.
    code = np.where(where.number >= 0, 2 * where.number + 1, 2 * square)
    at = np.flatnonzero(news[where.row])
    times = days[where.row[at]]
    nth = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    at = np.repeat(at, times)
    row = where.row[at]
    return row, code[at] * _DAYS + first[row] + nth


def _neighbours(row: NDArray[np.int64], key: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give each report's own keys and, for squares, those of the eight squares around."""
    is_square = (key // _DAYS) % 2 == 0
    steps = np.array([2 * (up * _COLUMNS + right) * _DAYS for up in (-1, 0, 1) for right in (-1, 0, 1)], dtype=np.int64)
    around = (key[is_square][:, None] + steps).ravel()
    return np.concatenate([np.repeat(row[is_square], len(steps)), row[~is_square]]), np.concatenate([around, key[~is_square]])


def _days(tables: Tables, name: str) -> NDArray[np.int64]:
    """Give dates as days since the year 1, -1 where there is none."""
    seconds = pa.array(tables.incidents[name]).cast(pa.int64())
    return np.asarray(pc.coalesce(pc.add(pc.floor(pc.divide(pc.cast(seconds, pa.float64()), 86_400)), _EPOCH), -1.0)).astype(np.int64)


def _list(tables: Tables, name: str) -> pa.ListArray:
    return whole(pa.array(tables.incidents[name]))
