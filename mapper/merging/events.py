"""Several reports of one event as one incident with several claims.

Two reports are one event if they come from different sources, at least one of them an article, and agree in type, time,
place and numbers (`agreement`). Each is put where it fits best and contradicts nobody, so that the order of the inputs
makes no difference. A later report's higher toll counts from then on, and the earlier one stays a claim; numbers that
stand against each other are put side by side, never averaged. A governor's part of a ministry's tally goes into it and is
not counted again.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from mapper.merging import candidates
from mapper.merging.agreement import Agreement, agreement, is_part
from mapper.merging.joining import best_placed, join, merged_from, words
from mapper.merging.regrouping import Event, regroup
from mapper.merging.versions import page_of
from mapper.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mapper.merging.candidates import Report
    from mapper.merging.regrouping import Regrouped, Regrouping
    from mapper.taxonomy import Taxonomy

__all__ = ["Merge", "Merged", "merge"]


@dataclass(frozen=True, slots=True)
class Merge:
    """One report that went into another: ids of the incident kept and of the one gone, and why.

    `score` is how much speaks for it (see `agreement`), None where that was not weighed.
    """

    kept: str
    gone: str
    reason: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Merged:
    """The tables with each event once, what was merged, and what each decision of an editor did."""

    tables: Tables
    merges: tuple[Merge, ...]
    obeyed: tuple[Regrouped, ...] = ()


def merge(tables: Tables, taxonomy: Taxonomy, decisions: Sequence[Regrouping] = ()) -> Merged:
    """Join the reports that tell the same event.

    The incident that was reported first keeps its id; title, place and time are those of the report
    that knows them best. Decisions of an editor, on reports of these tables, are obeyed at last.
    """
    decided = {identity for decision in decisions for identity in (decision.id, *decision.others)}
    found, obeyed = regroup(_with_parts(_events(candidates.find(tables, decided), taxonomy)), decisions)
    events = [event for event in found if len(event.all) > 1]
    if not events:
        return Merged(tables, (), obeyed)
    rows = [report.row for event in events for report in event.all]
    whole = dict(zip(rows, tables.arrow("incidents").take(rows).to_pylist(), strict=True))
    merges = [Merge(event.reports[0].id, r.id, event.reasons[r.id], event.scores.get(r.id)) for event in events for r in event.all[1:]]
    moved = {m.gone: m.kept for m in merges}
    of_event = tables.claims["incident_id"].isin({whole[row]["id"] for row in rows})
    claims = tables.claims[of_event]
    claims = claims.assign(incident_id=[moved.get(i, i) for i in claims["incident_id"]])
    records = _once(pa.Table.from_pandas(claims, preserve_index=False).to_pylist())
    by_event: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for claim in records:
        by_event[claim["incident_id"]].append(claim)
    sources = tables.arrow("sources")
    told_by = pa.array(sorted({claim["source_id"] for claim in records}), pa.string())
    sources = sources.filter(pc.is_in(sources["id"], told_by)).to_pylist()
    publishers = _publishers(sources)
    shapes = tables.incidents.geometry.to_numpy()
    joined, geometry = [], []
    for event in events:
        rows_of = [whole[report.row] for report in event.reports]
        all_rows = [whole[report.row] for report in event.all]
        placed = best_placed(rows_of)
        row = join(rows_of, [report.toll for report in event.reports], by_event[event.reports[0].id], publishers, taxonomy)
        joined.append(row | words(all_rows) | {"merged_from": merged_from(all_rows)})
        geometry.append(shapes[event.reports[placed].row])
    kept = Tables(
        incidents=tables.incidents.drop(index=tables.incidents.index[rows]),
        claims=tables.claims[~of_event],
        sources=tables.sources,
    )
    told = Tables.from_records(joined, records, sources, geometry)
    return Merged(Tables.concat([kept, told]), tuple(merges), obeyed)


def _once(claims: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out what a page says again, word for word, in another version of it."""
    first: dict[tuple[Any, ...], str] = {}
    kept = []
    for claim in sorted(claims, key=lambda claim: claim["source_id"]):
        said = tuple(page_of(value) if key == "source_id" else value for key, value in claim.items() if key not in {"start", "end"})
        if not claim["quote"] or first.setdefault(said, claim["source_id"]) == claim["source_id"]:
            kept.append(claim)
    return kept


def _publishers(sources: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Give the publisher of each page; a feed and the page that it leads to may name it differently, and are one voice."""
    named = sorted(((page_of(s["id"]), s["publisher"]) for s in sources if s["publisher"]), reverse=True)
    return dict(named)


def _events(reports: Sequence[Report], taxonomy: Taxonomy) -> list[Event]:
    """Put together what is one event, in the order in which it was told."""
    events: list[Event] = []
    by_key: dict[int, list[Event]] = defaultdict(list)
    for report in sorted(reports, key=lambda r: (str(r.facts["reported_at"]), not r.from_article, not r.is_first, r.id)):
        best: tuple[float, Event, str] | None = None
        for event in _near(report, by_key):
            # Each member must agree: a chain of near misses is no event.
            agreed = _agreed(report, event, taxonomy)
            if agreed and (best is None or agreed.score > best[0]):
                best = (agreed.score, event, agreed.reason)
        if best is None:
            event = Event([report])
            events.append(event)
        else:
            score, event, why = best
            event.reports.append(report)
            event.reasons[report.id], event.scores[report.id] = why, score
        for key in report.keys:
            if event not in by_key[key]:
                by_key[key].append(event)
    return events


def _agreed(report: Report, event: Event, taxonomy: Taxonomy) -> Agreement | None:
    """Give what speaks for a report being of an event, on average, with the strongest reason; None if any member contradicts."""
    found = []
    for other in event.reports:
        agreed = agreement(other, report, taxonomy)
        if agreed is None:
            return None
        found.append(agreed)
    best = max(found, key=lambda a: a.score)
    return Agreement(sum(a.score for a in found) / len(found), best.reason)


def _near(report: Report, by_key: Mapping[int, list[Event]]) -> Iterator[Event]:
    seen: set[int] = set()
    for key in report.near:
        for event in by_key.get(key, ()):
            if id(event) not in seen:
                seen.add(id(event))
                yield event


def _with_parts(events: Sequence[Event]) -> list[Event]:
    """Put the reports that count a part of a tally to it, as far as their sum is not more than all."""
    tallies: dict[tuple[object, ...], list[Event]] = defaultdict(list)
    for event in events:
        whole = event.reports[0]
        if len(whole.areas) > 1 and whole.facts["intercepted"] is not None:
            tallies[whole.begins, whole.ends].append(event)
    kept = []
    for event in events:
        part = event.reports[0]
        for tally in tallies[part.begins, part.ends] if tallies else ():
            whole = tally.reports[0]
            counted = sum(p.facts["intercepted"] for p in tally.parts if p.areas != part.areas)
            if is_part(part, whole) and counted + part.facts["intercepted"] <= whole.facts["intercepted"]:
                why = f"its {part.facts['intercepted']} over {part.facts['place_text']} are part of the {whole.facts['intercepted']} in all"
                tally.parts += event.reports
                tally.reasons |= {report.id: why for report in event.reports}
                break
        else:
            kept.append(event)
    return kept
