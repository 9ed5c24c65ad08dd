"""Whether two reports tell one event: type, time, place and numbers must agree; why, in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mapper.crs import great_circle_km
from mapper.incidents import CASUALTIES, COUNTS, PROJECTILES
from mapper.merging.candidates import FOLLOW_UP_DAYS, LONGEST_DAYS
from mapper.merging.clues import share_district
from mapper.merging.tolls import compare

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapper.merging.candidates import Report
    from mapper.taxonomy import Taxonomy

__all__ = ["Agreement", "agreement", "is_part"]

#: A place that is given by its position only is a settlement of the gazetteer if it is no farther from it.
_SAME_PLACE_KM = 3.0

#: Of the places of two reports, at least this share must be common to both.
_COMMON = 0.5

#: Over an area there are many events: only numbers of at least this size tell that two reports mean the same.
_TELLING = 3

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Agreement:
    """That two reports tell one event: how much speaks for it beyond what it takes, and why in words."""

    score: float
    reason: str


def agreement(one: Report, other: Report, taxonomy: Taxonomy) -> Agreement | None:
    """Judge whether two reports tell one event; None if anything speaks against it.

    Rows of tables are their author's incidents: two of them are never one event, nor are two incidents of one article. Two
    versions of an article may be, as may a row and the article that it names. One
    that was retracted stays by itself: no likeness takes another's word off the map, or brings back what was taken back.
    """
    if not (one.from_article or other.from_article) or one.sources & other.sources or one.is_retracted != other.is_retracted:
        return None
    a, b = one.facts, other.facts
    if not taxonomy.compatible(a["type"], b["type"]):
        return None
    if any(a[key] is not None and b[key] is not None and a[key] != b[key] for key in PROJECTILES):
        return None
    toll = compare(one.toll, other.toll)
    if toll is None:
        return None
    equal = _equal_numbers(a, b) | _corrected(one, other) | _corrected(other, one)
    time = _same_time(one, other, equal)
    place = None if time is None else _same_place(one, other, equal)
    if time is None or place is None:
        return None
    score = toll[0] + time + place + (a["type"] == b["type"]) + 2 * any(key in equal for key in PROJECTILES)
    return Agreement(score, _reason(one, other, toll[1], taxonomy))


def is_part(part: Report, tally: Report) -> bool:
    """Tell whether a report counts what was shot down over one of the areas that a tally counts over."""
    said, whole = part.facts["intercepted"], tally.facts["intercepted"]
    return (
        part.facts["type"] == tally.facts["type"] == "interception"
        and part.from_article
        and part.is_retracted == tally.is_retracted
        and not part.toll.pages & tally.toll.pages
        and not (part.points or tally.points)
        and bool(part.areas)
        and part.areas < tally.areas
        and (part.begins, part.ends) == (tally.begins, tally.ends)
        and said is not None
        and whole is not None
        and said <= whole
    )


def _equal_numbers(a: Mapping[str, Any], b: Mapping[str, Any]) -> dict[str, int]:
    """Give the numbers that both reports give alike, zeros left out."""
    counted = (*PROJECTILES, *(key for key in COUNTS if key.endswith("_low")))
    return {key: a[key] for key in counted if a[key] and a[key] == b[key]}


def _corrected(later: Report, earlier: Report) -> dict[str, int]:
    """Give the numbers of a report that another one takes back: it must have known them."""
    return {f"{kind}_low": n for kind, n in later.toll.corrects if n and earlier.facts[f"{kind}_low"] == n}


def _same_time(one: Report, other: Report, equal: Mapping[str, int]) -> float | None:
    """Judge the times: 1 if both are said, 0 if one is not, None if they can't be the same."""
    long = [(r.facts["date_end"] - r.facts["date_start"]).days >= LONGEST_DAYS for r in (one, other)]
    if any(long):
        same = all(one.facts[key] == other.facts[key] for key in ("date_start", "date_end"))
        return 0.0 if same and equal else None
    if one.begins < other.ends and other.begins < one.ends:
        night, day = (one, other) if one.facts["date_precision"] == "night" else (other, one)
        before = night.facts["date_precision"] == "night" and day.ends - night.begins < _DAY and day.begins < night.begins
        # By day, or in the evening that the night begins with?
        if before and not equal:
            return None
        several = max(r.ends - r.begins for r in (one, other)) > 2 * _DAY
        if several and not equal:
            return None
        return float(one.is_dated and other.is_dated)
    return 0.0 if _is_follow_up(one, other) or _is_follow_up(other, one) else None


def _is_follow_up(later: Report, earlier: Report) -> bool:
    """Tell whether a report that says no day goes on counting the dead of one told before."""
    return (
        later.toll.updates
        and not later.is_dated
        and later.toll.later_than(earlier.toll)
        and any(earlier.toll.number(kind) and later.toll.number(kind) for kind in CASUALTIES)
        and later.begins - dt.timedelta(days=FOLLOW_UP_DAYS) < earlier.ends
    )


def _same_place(one: Report, other: Report, equal: Mapping[str, int]) -> float | None:
    """Judge the places: all areas alike and telling numbers, or the same settlements and no two districts of them."""
    if one.areas != other.areas:
        return None
    if not all(report.points or report.areas for report in (one, other)):
        # Many villages have one name: that could not be located must be alike, and a number too.
        alike = not (one.points or other.points or one.areas) and one.lost == other.lost
        return 0.0 if alike and one.lost and equal else None
    if one.areas and max((n for k, n in equal.items() if k in PROJECTILES), default=0) < _TELLING:
        tolls = [n for k, n in equal.items() if k not in PROJECTILES]
        if sum(tolls) < _TELLING:
            return None
    if one.points and other.points:
        met = [p for p in one.points if any(_same_point(p, q) for q in other.points)]
        if len(met) < _COMMON * (len(one.points) + len(other.points) - len(met)):
            return None
    district = share_district(one.quotes, other.quotes)
    if district is False:
        return None
    return 1.0 + 2.0 * bool(district)


def _same_point(p: Mapping[str, Any], q: Mapping[str, Any]) -> bool:
    """Tell whether two places are one: by name, or a site or a position within a settlement."""
    if p["place_id"] is not None and p["place_id"] == q["place_id"]:
        return True
    named = [r["place_id"] is not None and r["precision"] == "settlement" for r in (p, q)]
    if all(named):
        return False
    km = great_circle_km(p["lon"], p["lat"], q["lon"], q["lat"])
    settled = [r["radius_km"] or 0.0 for r in (p, q) if r["precision"] == "settlement"]
    return km <= max([_SAME_PLACE_KM, *settled])


def _reason(one: Report, other: Report, toll: str, taxonomy: Taxonomy) -> str:
    a, b = one.facts, other.facts
    types = dict.fromkeys(taxonomy.types[f["type"]].label["en"] if f["type"] in taxonomy.types else f["type"] for f in (a, b))
    day = f"{a['date_start']:%Y-%m-%d}" + (f" to {a['date_end']:%Y-%m-%d}" if a["date_end"] != a["date_start"] else "")
    counts = [f"{a[key]} {key} in both" for key in PROJECTILES if a[key] is not None and a[key] == b[key]]
    return f"{' and '.join(types)}, {a['place_text'] or b['place_text']}, {day}: {', '.join([*counts, toll])}"
