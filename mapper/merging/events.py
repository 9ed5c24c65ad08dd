"""Several reports of one event as one incident with several claims.

Two reports are one event if they come from different sources, at least one of them an article, and
agree in type, time, place and numbers. Rows of tables are their author's incidents: two of them are
never made one. Numbers are put side by side, never averaged.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from mapper.crs import distance_km
from mapper.extraction.numbers import Amount, envelope
from mapper.incidents import AREAS, COUNTS, PRECISIONS, TAG_BACKGROUND, TAG_DATE_AS_REPORTED, TAG_TITLE_GENERATED, Tables

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import pandas as pd

    from mapper.taxonomy import Taxonomy

__all__ = ["Merge", "Merged", "merge"]

#: Two settlements no farther apart are the same place under two names.
_SAME_PLACE_KM = 3.0

#: Tolls of one event differ between reports by no more than this share, or by this many.
_TOLL_SHARE, _TOLL_NUMBER = 0.5, 3


@dataclass(frozen=True, slots=True)
class Merge:
    """One report that went into another: ids of the incident kept and of the one gone, and why."""

    kept: str
    gone: str
    reason: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The tables with each event once, and what was merged."""

    tables: Tables
    merges: tuple[Merge, ...]


def merge(tables: Tables, taxonomy: Taxonomy) -> Merged:
    """Join the reports that tell the same event.

    The incident that was reported first keeps its id; title, place and time are those of the report
    that knows them best.
    """
    reports = _reports(tables)
    groups = _groups(reports, taxonomy)
    if not groups:
        return Merged(tables, ())
    merges: list[Merge] = []
    joined: list[dict[str, Any]] = []
    geometry: list[Any] = []
    for group in groups:
        first, best = group[0], _best_placed(group)
        joined.append(_joined(group, best, tables.sources, taxonomy))
        geometry.append(tables.incidents.geometry.iloc[best.row])
        merges += [Merge(first.id, other.id, _reason(first, other)) for other in group[1:]]
    rows = [report.row for group in groups for report in group]
    moved = {m.gone: m.kept for m in merges}
    of_group = tables.claims["incident_id"].isin([report.id for group in groups for report in group])
    claims = tables.claims[of_group]
    claims = claims.assign(incident_id=[moved.get(i, i) for i in claims["incident_id"]])
    kept = Tables(
        incidents=tables.incidents.drop(index=tables.incidents.index[rows]),
        claims=tables.claims[~of_group],
        sources=tables.sources,
    )
    kept_claims = [{str(key): value for key, value in claim.items()} for claim in claims.to_dict("records")]
    told = Tables.from_records(joined, kept_claims, tables.arrow("sources").to_pylist(), geometry)
    return Merged(Tables.concat([kept, told]), tuple(merges))


@dataclass(frozen=True, slots=True)
class _Report:
    """An incident that may have to be merged: its row, its columns, its claims and the sources that they come from."""

    row: int
    facts: Mapping[str, Any]
    claims: tuple[Mapping[str, Any], ...]

    @property
    def id(self) -> str:
        return str(self.facts["id"])

    @property
    def sources(self) -> set[str]:
        return {claim["source_id"] for claim in self.claims}

    @property
    def from_article(self) -> bool:
        return any(claim["start"] is not None for claim in self.claims)

    @property
    def where(self) -> list[Mapping[str, Any]]:
        return [p for p in self.facts["places"] or () if p["role"] in {"at", "over"} and p["lon"] is not None]

    def toll(self, kind: str) -> Amount:
        return Amount(*(self.facts[f"{kind}_{end}"] for end in ("low", "best", "high")))


def _reports(tables: Tables) -> list[_Report]:
    """Take out of the tables what may be merged: incidents of articles, and those of tables on the same days."""
    if not len(tables.claims):
        return []
    of_articles = tables.incidents["id"].isin(tables.claims.loc[tables.claims["start"].notna(), "incident_id"])
    if not of_articles.any():
        return []
    starts = tables.incidents.loc[of_articles, "date_start"].min()
    ends = tables.incidents.loc[of_articles, "date_end"].max()
    near = (tables.incidents["date_end"] >= starts).fillna(False) & (tables.incidents["date_start"] <= ends).fillna(False)
    rows = np.flatnonzero((of_articles | near).to_numpy(dtype=bool))
    picked = tables.arrow("incidents").take(rows).to_pylist()
    ids = {values["id"] for values in picked}
    claims: dict[str, list[dict[str, Any]]] = defaultdict(list)
    of_picked: pd.Series = tables.claims["incident_id"].isin(ids)
    for claim in tables.arrow("claims").filter(of_picked.to_numpy(dtype=bool)).to_pylist():
        claims[claim["incident_id"]].append(claim)
    return [
        _Report(int(row), values, tuple(claims[values["id"]]))
        for row, values in zip(rows, picked, strict=True)
        if TAG_BACKGROUND not in (values["tags"] or ()) and values["date_start"] is not None
    ]


def _groups(reports: Sequence[_Report], taxonomy: Taxonomy) -> list[list[_Report]]:
    """Put together what is one event, each group with the report that came first in front."""
    groups: list[list[_Report]] = []
    ordered = sorted(reports, key=lambda r: (str(r.facts["reported_at"]), not r.from_article, r.id))
    by_day: dict[Any, list[list[_Report]]] = defaultdict(list)
    for report in ordered:
        for group in _on_days(report, by_day):
            # Each member must agree: a chain of near misses is no event.
            if all(_same_event(report, other, taxonomy) for other in group):
                group.append(report)
                break
        else:
            group = [report]
            groups.append(group)
            for day in _days(report.facts):
                by_day[day].append(group)
    return [group for group in groups if len(group) > 1]


def _days(values: Mapping[str, Any]) -> list[dt.date]:
    start, end = values["date_start"].date(), values["date_end"].date()
    return [start] if start == end else [start, end]


def _on_days(report: _Report, by_day: Mapping[Any, list[list[_Report]]]) -> Iterator[list[_Report]]:
    seen: set[int] = set()
    for day in _days(report.facts):
        for group in by_day.get(day, ()):
            if id(group) not in seen:
                seen.add(id(group))
                yield group


def _same_event(one: _Report, other: _Report, taxonomy: Taxonomy) -> bool:
    a, b = one.facts, other.facts
    return (
        (one.from_article or other.from_article)
        and not one.sources & other.sources
        and bool(taxonomy.compatible(a["type"], b["type"]))
        and a["date_start"] <= b["date_end"]
        and b["date_start"] <= a["date_end"]
        and _same_place(one, other)
        and all(_tolls_agree(one.toll(kind), other.toll(kind)) for kind in ("killed", "injured"))
        and all(a[key] is None or b[key] is None or a[key] == b[key] for key in ("launched", "intercepted", "hit"))
    )


def _same_place(one: _Report, other: _Report) -> bool:
    """Tell whether two events have their places in common: all areas, or one settlement.

    An area alone says too little: over one oblast on one day there may be many events, so their numbers must be equal.
    """
    places, others = one.where, other.where
    if not places or not others:
        return False
    areas, other_areas = ({p["place_id"] for p in listed if p["precision"] in AREAS} for listed in (places, others))
    if areas or other_areas:
        counted = ("launched", "intercepted", "hit", "killed_best", "injured_best")
        return areas == other_areas and any(one.facts[k] is not None and one.facts[k] == other.facts[k] for k in counted)
    return any(
        (p["place_id"] is not None and p["place_id"] == q["place_id"])
        or float(distance_km(p["lon"], p["lat"], q["lon"], q["lat"])) <= _SAME_PLACE_KM
        for p in places
        for q in others
    )


def _tolls_agree(one: Amount, other: Amount) -> bool:
    low, other_low = (a.low if a.low is not None else a.best for a in (one, other))
    if low is None or other_low is None:
        return True
    return abs(low - other_low) <= max(_TOLL_NUMBER, _TOLL_SHARE * max(low, other_low))


def _best_placed(group: Sequence[_Report]) -> _Report:
    """Give the report that knows the place most precisely; the first of equals."""
    return min(group, key=lambda r: PRECISIONS.index(r.facts["precision"]) if r.facts["precision"] else len(PRECISIONS))


def _joined(group: Sequence[_Report], best: _Report, sources: pd.DataFrame, taxonomy: Taxonomy) -> dict[str, Any]:
    first = group[0].facts
    kind = first["type"]
    for report in group[1:]:
        kind = taxonomy.compatible(kind, report.facts["type"]) or kind
    dated = next((r.facts for r in group if TAG_DATE_AS_REPORTED not in (r.facts["tags"] or ())), first)
    titled = next(r.facts for r in group if r.facts["type"] == kind)
    claims = [claim for report in group for claim in report.claims]
    publishers = sources.loc[sources["id"].isin({c["source_id"] for c in claims}), "publisher"]
    # A figure that its own article corrects stays a claim and stands against nobody's.
    held = [claim for claim in claims if claim["status"] != "retracted"]
    disputed = any(c["status"] == "denied" for c in held) or _numbers_differ(held)
    several = len(set(publishers.dropna())) > 1
    places = ("place_text", "places", "country", "admin1", "precision", "radius_km", "unplaced")
    times = ("date_start", "date_end", "date_precision", "timezone")
    shared = set.intersection(*(set(r.facts["tags"] or ()) for r in group)) - {TAG_DATE_AS_REPORTED, TAG_TITLE_GENERATED}
    # These two speak of the date and the title, and go where those come from.
    own = [TAG_DATE_AS_REPORTED] if TAG_DATE_AS_REPORTED in (dated["tags"] or ()) else []
    own += [TAG_TITLE_GENERATED] if TAG_TITLE_GENERATED in (titled["tags"] or ()) else []
    return {
        **{key: _first(r.facts[key] for r in group) for key in first},
        "id": first["id"],
        "type": kind,
        "title": titled["title"],
        **{key: best.facts[key] for key in places},
        **{key: dated[key] for key in times},
        **_envelopes(held),
        "status": "disputed" if disputed else "corroborated" if several else first["status"],
        "tags": sorted(shared) + own,
    }


def _numbers_differ(claims: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether two claims give exact numbers that cannot both be right."""
    for kind in ("killed", "injured"):
        known = [(c[f"{kind}_low"], c[f"{kind}_high"]) for c in claims if c[f"{kind}_low"] is not None or c[f"{kind}_high"] is not None]
        lows, highs = [low for low, _ in known if low is not None], [high for _, high in known if high is not None]
        if lows and highs and max(lows) > min(highs):
            return True
    return False


def _envelopes(claims: Sequence[Mapping[str, Any]]) -> dict[str, int | None]:
    row: dict[str, int | None] = {}
    for kind in ("killed", "injured"):
        amount = envelope(Amount(*(c[f"{kind}_{end}"] for end in ("low", "best", "high"))) for c in claims)
        row |= {f"{kind}_low": amount.low, f"{kind}_best": amount.best, f"{kind}_high": amount.high}
    for key in ("launched", "intercepted", "hit"):
        said = {c[key] for c in claims if c[key] is not None}
        row[key] = said.pop() if len(said) == 1 else None
    return {key: row[key] for key in COUNTS}


def _first(values: Iterable[Any]) -> Any:
    return next((v for v in values if v is not None), None)


def _reason(one: _Report, other: _Report) -> str:
    place = one.facts["place_text"] or other.facts["place_text"]
    return f"same kind of event, {place}, {one.facts['date_start']:%Y-%m-%d}, told by another source with numbers that agree"
