"""Decisions applied to the incident tables: facts put right, retracted, hidden, each with its verdict."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mapper.editing.overrides import FACTS, action_of
from mapper.editing.values import UnreadableError, change
from mapper.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from mapper.editing.overrides import Override, Verdict
    from mapper.editing.values import Knowledge

__all__ = ["GONE", "Edited", "apply", "owners"]

#: Said of an override whose incident is not there.
GONE = "no incident of this map has this id, and none was merged from it"

#: Actions that say the same kind of thing, so that only the last one holds.
_SAME = {"retract": "status"}

#: Columns whose words would tell what was made coarser.
_TELLING = ("place_text", "title")


@dataclass(frozen=True, slots=True)
class Edited:
    """The tables as they are after all decisions; `hidden` are the incidents taken out, and why."""

    tables: Tables
    verdicts: tuple[Verdict, ...] = ()
    hidden: Mapping[str, str] = field(default_factory=dict)


def apply(tables: Tables, overrides: Sequence[Override], known: Knowledge) -> Edited:
    """Obey all decisions but those about what is one event (`regrouping`).

    A fact that is decided twice is that of the later day, of equals that of the lower row. What is coarsened is so
    wherever it is put. Ids stay as they are.

    Parameters
    ----------
    overrides
        In the order of their days and rows.
    """
    overrides = [o for o in overrides if o.action not in {"merge", "split"}]
    owner = owners(tables, {o.target for o in overrides})
    verdicts = [o.verdict("gone", None, GONE) for o in overrides if o.target not in owner]
    by_incident: dict[str, list[Override]] = defaultdict(list)
    for override in overrides:
        if override.target in owner:
            by_incident[owner[override.target]].append(override)
    positions = _rows(tables, by_incident)
    records = dict(zip(positions, tables.arrow("incidents").take(pa.array(positions.values(), pa.int64())).to_pylist(), strict=True))
    shapes = tables.incidents.geometry.to_numpy()
    changed: dict[int, dict[str, Any]] = {}
    hidden: dict[str, str] = {}
    for identity, decided in by_incident.items():
        held, outdone = _held(decided, identity)
        verdicts += outdone
        at = positions[identity]
        row, said = _decided(records[identity] | {"geometry": shapes[at]}, held, known)
        verdicts += said
        if hiding := next((o for o in held if o.action == "hide"), None):
            hidden[identity] = f"hidden by {hiding.who}, {hiding.when}: {hiding.why}"
        elif row:
            changed[at] = row
    edited = _without(_with(tables, changed), hidden)
    return Edited(edited, tuple(verdicts), hidden)


def owners(tables: Tables, ids: Collection[str]) -> dict[str, str]:
    """Find the incident that each id is that of, or that was merged from it; ids that there are not are left out."""
    if not ids:
        return {}
    wanted = pa.array(sorted(ids), pa.string())
    incidents = tables.arrow("incidents").select(["id", "merged_from"]).combine_chunks()
    own = incidents["id"].filter(pc.is_in(incidents["id"], wanted)).to_pylist()
    lists = incidents["merged_from"]
    former = pa.table({"of": incidents["id"].take(pc.list_parent_indices(lists)), "id": pc.list_flatten(lists)})
    former = former.filter(pc.is_in(former["id"], wanted))
    return {**dict(zip(former["id"].to_pylist(), former["of"].to_pylist(), strict=True)), **{identity: identity for identity in own}}


def _rows(tables: Tables, ids: Iterable[str]) -> dict[str, int]:
    wanted = pa.array(list(ids), pa.string())
    where = pc.index_in(wanted, value_set=pa.array(tables.incidents["id"], pa.string()))
    return dict(zip(wanted.to_pylist(), where.to_pylist(), strict=True))


def _held(decided: Sequence[Override], identity: str) -> tuple[list[Override], list[Verdict]]:
    """Leave out decisions that a later one of the same fact outdoes; notes add up, and looking at something decides nothing."""
    last = {_SAME.get(o.action, o.action): o for o in decided}
    held, outdone = [], []
    for override in decided:
        later = last[_SAME.get(override.action, override.action)]
        if later is override or override.action in {"note", "keep"}:
            held.append(override)
            continue
        same = (later.action, later.value) == (override.action, override.value)
        note = f"row {later.row}, {later.who}, {later.when}, says {'the same' if same else 'otherwise'} and is later"
        outdone.append(override.verdict("superseded", identity, note))
    # Coarser at last, so that no other decision makes it sharper again.
    return sorted(held, key=lambda o: o.action == "coarsen"), outdone


def _decided(row: dict[str, Any], held: Sequence[Override], known: Knowledge) -> tuple[dict[str, Any] | None, list[Verdict]]:
    """Change a row as decided and write down each change; None where nothing changes."""
    identity = row["id"]
    verdicts = []
    corrections = list(row["corrections"] or ())
    changed = False
    for override in held:
        if override.action not in {*FACTS, "retract"}:
            outcome, note = ("kept", action_of(override.value)) if override.action == "keep" else ("applied", "")
            verdicts.append(override.verdict(outcome, identity, note))
            continue
        try:
            made = change(override.action, override.value, row, known)
        except UnreadableError as error:
            verdicts.append(override.verdict("invalid", identity, f"column value: {error}"))
            continue
        note = made.note
        if made.old == made.new:
            note = note or "the data say so already"
        else:
            corrections.append(override.correction(made.column, made.old, made.new))
        row |= made.columns
        changed = True
        verdicts.append(override.verdict("applied", identity, note))
    if any(v.action == "coarsen" and v.outcome == "applied" for v in verdicts):
        corrections = [c | {"old": None, "new": None} if c["column"] in _TELLING else c for c in corrections]
    row["corrections"] = [c for at, c in enumerate(corrections) if c not in corrections[:at]] or None
    return row if changed else None, verdicts


def _with(tables: Tables, changed: Mapping[int, dict[str, Any]]) -> Tables:
    """Put changed rows in the place of those they were."""
    if not changed:
        return tables
    geometry = [row.pop("geometry") for row in changed.values()]
    rest = np.ones(len(tables.incidents), dtype=bool)
    rest[list(changed)] = False
    made = Tables.from_records(list(changed.values()), [], [], geometry)
    kept = replace(tables, incidents=tables.incidents[rest], claims=tables.claims.iloc[:0])
    together = Tables.concat([kept, made])
    edited = replace(tables, incidents=together.incidents)
    edited.validate()
    return edited


def _without(tables: Tables, hidden: Mapping[str, str]) -> Tables:
    """Take incidents out, with their claims and the sources that tell of nothing else."""
    if not hidden:
        return tables
    ids = list(hidden)
    own = tables.claims["incident_id"].isin(ids)
    gone = set(tables.claims.loc[own, "source_id"]) - set(tables.claims.loc[~own, "source_id"])
    return Tables(
        tables.incidents[~tables.incidents["id"].isin(ids)].reset_index(drop=True),
        tables.claims[~own].reset_index(drop=True),
        tables.sources[~tables.sources["id"].isin(gone)].reset_index(drop=True),
    )
