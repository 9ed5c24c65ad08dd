"""What a person should look at: places that may be others, numbers that clash or leap, merges on little evidence."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mapper.editing.overrides import COLUMNS
from mapper.incidents import TAG_BACKGROUND, TAG_DATE_AS_REPORTED
from mapper.sources.formulas import guarded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mapper.editing.overrides import Verdict
    from mapper.incidents import Tables
    from mapper.merging.events import Merge

__all__ = ["CONTEXT", "Item", "review", "to_csv"]

#: Columns of the list behind those of the overrides, for the person who fills it in.
CONTEXT = ("needs", "title", "date", "place", "quote", "choices")

#: Below this score a place was chosen on little evidence.
_LOW_SCORE = 0.85

#: A second candidate whose share of the evidence comes so near to the first's might as well be meant.
_CLOSE = 0.3

#: A merge with no more speaking for it than type, day and place: no number, no district.
_WEAK_MERGE = 3.0

#: A toll leaps if one claim gives so many times another's, and so many more.
_LEAP_TIMES, _LEAP_MORE = 3, 5

_KINDS = ("killed", "injured")
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at: the incident, the action that would settle it, why it needs eyes, and what it could be."""

    incident: Mapping[str, Any]
    action: str
    needs: tuple[str, ...]
    quotes: tuple[str, ...]
    choices: tuple[str, ...]


def review(tables: Tables, merges: Sequence[Merge], verdicts: Iterable[Verdict]) -> list[Item]:
    """List what needs eyes, in the order of the incidents.

    What was decided already is not listed again, nor is anything of an incident that was retracted, or kept as it is.

    Parameters
    ----------
    verdicts
        What became of the overrides of these tables.
    """
    done: dict[str, set[str]] = defaultdict(set)
    for verdict in verdicts:
        if verdict.incident and verdict.outcome in {"applied", "superseded"}:
            done[verdict.incident].add(verdict.action)
        elif verdict.incident and verdict.outcome == "kept":
            done[verdict.incident].add(verdict.note or "keep")
    weak: dict[str, list[Merge]] = defaultdict(list)
    for merge in merges:
        if merge.score is not None and merge.score <= _WEAK_MERGE:
            weak[merge.kept].append(merge)
    claims: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for claim in tables.arrow("claims").to_pylist():
        claims[claim["incident_id"]].append(claim)
    items = []
    for row in tables.arrow("incidents").to_pylist():
        decided = done[row["id"]]
        if row["status"] == "retracted" or TAG_BACKGROUND in (row["tags"] or ()) or "keep" in decided:
            continue
        quotes = tuple(dict.fromkeys(claim["quote"] for claim in claims[row["id"]] if claim["quote"]))
        needs: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
        for action, need, choices in _needs(row, claims[row["id"]], weak[row["id"]]):
            needs[action][0].append(need)
            needs[action][1].extend(choices)
        items += [
            Item(row, action, tuple(why), quotes, tuple(dict.fromkeys(choices)))
            for action, (why, choices) in needs.items()
            if action not in decided and not (action == "status" and "retract" in decided)
        ]
    return items


def to_csv(items: Sequence[Item]) -> str:
    """Write the list as a file of overrides that waits to be filled in."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow((*COLUMNS, *CONTEXT))
    for item in items:
        row = item.incident
        date = f"{row['date_start']:%Y-%m-%d}" if row["date_start"] is not None else ""
        context = ("; ".join(item.needs), row["title"], date, row["place_text"] or "", " … ".join(item.quotes), " | ".join(item.choices))
        writer.writerow([guarded(cell) for cell in (row["id"], item.action, "", "", "", "", *context)])
    return _BOM + text.getvalue()


def _needs(row: Mapping[str, Any], claims: Sequence[Mapping[str, Any]], weak: Sequence[Merge]) -> Iterator[tuple[str, str, Sequence[str]]]:
    """Give the action that would settle it, what is doubtful, and what could be chosen."""
    where = [place for place in row["places"] or () if place["role"] in {"at", "over"}]
    if row["unplaced"]:
        yield "place", f"not on the map: {row['unplaced']}", [c for place in where for c in _candidates(place)]
    for place in where:
        doubt = _doubt(place)
        if doubt:
            yield "place", doubt, _candidates(place)
    if TAG_DATE_AS_REPORTED in (row["tags"] or ()):
        yield "date", "no day is said, the report's own stands for it", ()
    held = [claim for claim in claims if claim["status"] != "retracted"]
    for kind in _KINDS:
        said = [(claim, low, high) for claim in held for low, high in [_span(claim, kind)] if low is not None or high is not None]
        figures = [f"{_figure(low, high)} ({claim['by'] or 'claimant not named'})" for claim, low, high in said]
        lows, highs = [low for _, low, _ in said if low is not None], [high for _, _, high in said if high is not None]
        if lows and highs and max(lows) > min(highs):
            leaps = max(lows) >= _LEAP_TIMES * min(highs) and max(lows) - min(highs) >= _LEAP_MORE
            yield kind, f"{kind}: {'a great leap between claims' if leaps else 'claims that cannot all be right'}", figures
    if any(claim["status"] == "denied" for claim in claims):
        denied = ", ".join(dict.fromkeys(claim["by"] or "somebody not named" for claim in claims if claim["status"] == "denied"))
        yield "status", f"denied by {denied}", ()
    for merge in weak:
        yield "split", f"{merge.gone} was merged into it on little evidence: {merge.reason}", [merge.gone]


def _doubt(place: Mapping[str, Any]) -> str:
    """Say what is doubtful of a place, an empty text if nothing is."""
    score = place["score"]
    if score is None or place["lon"] is None:
        return ""
    if score < _LOW_SCORE:
        return f"{place['text'] or place['name']} is {place['name']} on little evidence ({score:.2f})"
    rivals = [c for c in place["candidates"] or () if c["place_id"] != place["place_id"] and c["score"] is not None]
    rival = max(rivals, key=lambda c: c["score"], default=None)
    if rival and score - rival["score"] < _CLOSE:
        return f"{place['text'] or place['name']} may be {rival['name']}, {rival['admin1'] or rival['country']}, too"
    return ""


def _candidates(place: Mapping[str, Any]) -> list[str]:
    """Give the candidates by the ids that the column `value` takes, each with its name and score."""
    listed = []
    for candidate in place["candidates"] or ():
        named = ", ".join(filter(None, (candidate["name"], candidate["admin1"], candidate["country"])))
        score = "" if candidate["score"] is None else f" ({candidate['score']:.2f})"
        listed.append(f"{candidate['place_id']} {named}{score}")
    return listed


def _span(claim: Mapping[str, Any], kind: str) -> tuple[int | None, int | None]:
    low, best, high = (claim[f"{kind}_{end}"] for end in ("low", "best", "high"))
    return (best if low is None else low), (best if high is None else high)


def _figure(low: int | None, high: int | None) -> str:
    if low == high:
        return str(low)
    if low is None:
        return f"at most {high}"
    return f"at least {low}" if high is None else f"{low}-{high}"
