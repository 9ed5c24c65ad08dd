"""What a person should look at: places that may be others, numbers that clash or leap, merges on little evidence."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mapper.editing.foretelling import foretold
from mapper.editing.overrides import COLUMNS
from mapper.editing.withholding import build_time
from mapper.incidents import CASUALTIES, DRAWN_ROLES, TAG_BACKGROUND, TAG_DATE_AS_REPORTED
from mapper.sources.formulas import guarded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mapper.editing.overrides import Standing, Verdict
    from mapper.merging.events import Merge
    from mapper.tables import Tables

__all__ = ["CONTEXT", "NEEDS", "Item", "Need", "doubt", "figure", "review", "to_csv"]

#: Why something needs eyes, in English; `mapper/page/messages/review/` says it in the languages of the page.
NEEDS: Mapping[str, str] = {
    "unplaced": "not on the map: {reason}",
    "little_evidence": "{text} is {name} on little evidence ({score})",
    "rival": "{text} may be {name}, {area}, too",
    "to_come": "dated {date}, which is still to come",
    "no_day": "no day is said, the report's own stands for it",
    "leap": "{count}: a great leap between claims",
    "clash": "{count}: claims that cannot all be right",
    "denied": "denied by {by}",
    "weak_merge": "{gone} was merged into it on little evidence: {reason}",
}

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

_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Need:
    """Why something needs eyes: one of `NEEDS`, and what its words name."""

    kind: str
    values: Mapping[str, str]

    def __str__(self) -> str:
        return NEEDS[self.kind].format_map(self.values)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at: the incident, the action that would settle it, why it needs eyes, and what it could be.

    `claims` are those on the incident, `sources` what they were read from, and `merges` those on little evidence.
    """

    incident: Mapping[str, Any]
    action: str
    needs: tuple[Need, ...]
    claims: tuple[Mapping[str, Any], ...]
    choices: tuple[str, ...]
    sources: Mapping[str, Mapping[str, Any]]
    merges: tuple[Merge, ...] = ()

    @property
    def quotes(self) -> tuple[str, ...]:
        """The words of the reports, each once."""
        return tuple(dict.fromkeys(claim["quote"] for claim in self.claims if claim["quote"]))


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
    sources = {source["id"]: source for source in tables.arrow("sources").to_pylist()}
    early = foretold(tables, build_time())
    items = []
    for row in tables.arrow("incidents").to_pylist():
        decided = done[row["id"]]
        if row["status"] == "retracted" or TAG_BACKGROUND in (row["tags"] or ()) or "keep" in decided:
            continue
        own = tuple(claims[row["id"]])
        told = {claim["source_id"]: sources[claim["source_id"]] for claim in own if claim["source_id"] in sources}
        needs: dict[str, tuple[list[Need], list[str]]] = defaultdict(lambda: ([], []))
        if row["id"] in early:
            needs["date"][0].append(Need("to_come", {"date": f"{early[row['id']]}"}))
        for action, need, choices in _needs(row, own, weak[row["id"]]):
            needs[action][0].append(need)
            needs[action][1].extend(choices)
        items += [
            Item(row, action, tuple(why), own, tuple(dict.fromkeys(choices)), told, tuple(weak[row["id"]]))
            for action, (why, choices) in needs.items()
            if action not in decided and not (action == "status" and "retract" in decided)
        ]
    return items


def to_csv(items: Sequence[Item], standing: Standing | None = None) -> str:
    """Write the list as a file of overrides that waits to be filled in.

    In a file as it stands, of which a person has decided anything, nothing is lost: what is not listed there goes under it.
    """
    text = io.StringIO()
    delimiter, newline = ",", "\n"
    if standing and standing.decided:
        delimiter, newline = standing.delimiter, standing.newline
        items = [item for item in items if (item.incident["id"], item.action) not in standing.waiting]
        text.write(standing.text)
    writer = csv.writer(text, delimiter=delimiter, lineterminator=newline)
    if items or not text.tell():
        writer.writerow((*COLUMNS, *CONTEXT))
    for item in items:
        row = item.incident
        date = f"{row['date_start']:%Y-%m-%d}" if row["date_start"] is not None else ""
        context = (
            "; ".join(map(str, item.needs)),
            row["title"],
            date,
            row["place_text"] or "",
            " … ".join(item.quotes),
            " | ".join(item.choices),
        )
        writer.writerow([guarded(cell) for cell in (row["id"], item.action, "", "", "", "", *context)])
    return _BOM + text.getvalue()


def _needs(row: Mapping[str, Any], claims: Sequence[Mapping[str, Any]], weak: Sequence[Merge]) -> Iterator[tuple[str, Need, Sequence[str]]]:
    """Give the action that would settle it, what is doubtful, and what could be chosen."""
    where = [place for place in row["places"] or () if place["role"] in DRAWN_ROLES]
    if row["unplaced"]:
        yield "place", Need("unplaced", {"reason": row["unplaced"]}), [c for place in where for c in _candidates(place)]
    for place in where:
        if need := doubt(place):
            yield "place", need, _candidates(place)
    if TAG_DATE_AS_REPORTED in (row["tags"] or ()):
        yield "date", Need("no_day", {}), ()
    held = [claim for claim in claims if claim["status"] != "retracted"]
    for kind in CASUALTIES:
        figures = [f"{said} ({claim['by'] or 'claimant not named'})" for claim in held if (said := figure(claim, kind))]
        spans = [_span(claim, kind) for claim in held]
        lows, highs = [low for low, _ in spans if low is not None], [high for _, high in spans if high is not None]
        if lows and highs and max(lows) > min(highs):
            leaps = max(lows) >= _LEAP_TIMES * min(highs) and max(lows) - min(highs) >= _LEAP_MORE
            yield kind, Need("leap" if leaps else "clash", {"count": kind}), figures
    if any(claim["status"] == "denied" for claim in claims):
        denied = ", ".join(dict.fromkeys(claim["by"] or "somebody not named" for claim in claims if claim["status"] == "denied"))
        yield "status", Need("denied", {"by": denied}), ()
    for merge in weak:
        yield "split", Need("weak_merge", {"gone": merge.gone, "reason": merge.reason}), [merge.gone]


def doubt(place: Mapping[str, Any]) -> Need | None:
    """Say what is doubtful of a place, None if nothing is."""
    score = place["score"]
    if score is None or place["lon"] is None:
        return None
    text = place["text"] or place["name"]
    if score < _LOW_SCORE:
        return Need("little_evidence", {"text": text, "name": place["name"], "score": f"{score:.2f}"})
    rivals = [c for c in place["candidates"] or () if c["place_id"] != place["place_id"] and c["score"] is not None]
    rival = max(rivals, key=lambda c: c["score"], default=None)
    if rival and score - rival["score"] < _CLOSE:
        return Need("rival", {"text": text, "name": rival["name"], "area": rival["admin1"] or rival["country"] or ""})
    return None


def _candidates(place: Mapping[str, Any]) -> list[str]:
    """Give the candidates as the column `value` takes them: by their ids, with name and score, or as a position."""
    listed = []
    for candidate in place["candidates"] or ():
        if not candidate["place_id"]:
            listed.append(candidate["name"])
            continue
        named = ", ".join(filter(None, (candidate["name"], candidate["admin1"], candidate["country"])))
        score = "" if candidate["score"] is None else f" ({candidate['score']:.2f})"
        listed.append(f"{candidate['place_id']} {named}{score}")
    return listed


def figure(claim: Mapping[str, Any], kind: str) -> str:
    """Give a claim's own number of killed or injured as the column `value` takes it, an empty text if it has none."""
    low, high = _span(claim, kind)
    if low == high:
        return "" if low is None else str(low)
    if low is None:
        return f"at most {high}"
    return f"at least {low}" if high is None else f"{low}-{high}"


def _span(claim: Mapping[str, Any], kind: str) -> tuple[int | None, int | None]:
    low, best, high = (claim[f"{kind}_{end}"] for end in ("low", "best", "high"))
    return (best if low is None else low), (best if high is None else high)
