"""Decisions about which reports tell one event, made ready for merging, and judged by what came of them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mapper.editing.applying import GONE, owners
from mapper.incidents import INCIDENTS
from mapper.merging.regrouping import Regrouping

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapper.editing.overrides import Override, Verdict
    from mapper.merging.events import Merged
    from mapper.merging.regrouping import Regrouped
    from mapper.tables import Tables

__all__ = ["Grouping", "grouping"]

_SOURCE_NAMES = ("id", "publisher", "title", "url")


@dataclass(frozen=True, slots=True)
class Grouping:
    """What merging has to obey, each with the override that says so, and verdicts on those that it cannot."""

    overrides: tuple[Override, ...]
    decisions: tuple[Regrouping, ...]
    verdicts: tuple[Verdict, ...]

    def judged(self, merged: Merged) -> tuple[Verdict, ...]:
        """Say of each override what came of it."""
        into = {merge.gone: merge.kept for merge in merged.merges}
        return self.verdicts + tuple(
            _verdict(override, decision, did, into)
            for override, decision, did in zip(self.overrides, self.decisions, merged.obeyed, strict=True)
        )

    def noted(self, tables: Tables, merged: Merged) -> Tables:
        """Write down in each incident that a decision changed which other reports it was one event with, and is now."""
        into = {merge.gone: merge.kept for merge in merged.merges}
        now: dict[str, set[str]] = defaultdict(set)
        for gone, kept in into.items():
            now[kept].add(gone)
        made: dict[str, list[dict[str, str | None]]] = defaultdict(list)
        for override, decision, did in zip(self.overrides, self.decisions, merged.obeyed, strict=True):
            if not did.changed or _verdict(override, decision, did, into).outcome != "applied":
                continue
            for incident in sorted({into.get(report, report) for report in did.reports}):
                was = next((group for group in did.before if incident in group), frozenset()) - {incident}
                if was != now[incident]:
                    old, new = ("; ".join(sorted(ids)) or None for ids in (was, now[incident]))
                    made[incident].append(override.correction("merged_from", old, new))
        if not made:
            return tables
        before = tables.arrow("incidents").select(["id", "corrections"]).to_pylist()
        lists = [[*(row["corrections"] or ()), *made.get(row["id"], ())] or None for row in before]
        column = pd.Series(pd.arrays.ArrowExtensionArray(pa.array(lists, INCIDENTS["corrections"])), index=tables.incidents.index)
        return replace(tables, incidents=tables.incidents.assign(corrections=column))


def _verdict(override: Override, decision: Regrouping, did: Regrouped, into: Mapping[str, str]) -> Verdict:
    incident = into.get(decision.id, decision.id)
    incidents = len({into.get(report, report) for report in did.reports})
    if decision.together:
        if incidents > 1:
            return override.verdict("superseded", incident, "a later row takes them apart")
        return override.verdict("applied", incident, "" if did.changed else "they are one already")
    if not did.changed:
        return override.verdict("gone", incident, "nothing is merged here any more that it could take out")
    if incidents < did.incidents:
        return override.verdict("superseded", incident, "a later row puts them together again")
    return override.verdict("applied", incident, "")


def grouping(tables: Tables, overrides: Sequence[Override]) -> Grouping:
    """Make ready what is decided about reports.

    Parameters
    ----------
    tables
        The reports, each an incident of its own.
    overrides
        In the order in which they are to be obeyed; those with another action than merge and split are passed over.
    """
    overrides = [o for o in overrides if o.action in {"merge", "split"}]
    named = {name for o in overrides for name in (o.target, o.value.strip(), *map(str.strip, o.value.split(";")), *_ids(o.value))}
    owner = owners(tables, named)
    ready: list[tuple[Override, Regrouping]] = []
    verdicts: list[Verdict] = []
    for override in overrides:
        why = f"{override.why} ({override.who}, {override.when})"
        if override.target not in owner:
            verdicts.append(override.verdict("gone", None, GONE))
            continue
        identity = owner[override.target]
        together = override.action == "merge"
        others, unknown = _others(override, owner, tables)
        if together and unknown:
            verdicts.append(
                override.verdict("gone", identity, f"no incident of this map has the id {unknown[0]} that it is to be merged with")
            )
        elif unknown:
            expected = "the id of a report, or a publisher, title or address of a source"
            verdicts.append(override.verdict("gone", identity, f"column value: {unknown[0]!r} is not {expected} of this map"))
        else:
            ready.append((override, Regrouping(identity, frozenset(others), together, why)))
    return Grouping(tuple(o for o, _ in ready), tuple(d for _, d in ready), tuple(verdicts))


def _ids(value: str) -> list[str]:
    return [word for word in re.split(r"[;,\s]+", value) if word]


def _named(value: str, owner: Mapping[str, str]) -> list[str]:
    """Give the ids of a value: the whole is one, or what semicolons part are, or else its words."""
    for ids in ([value.strip()], [part.strip() for part in value.split(";") if part.strip()]):
        if all(name in owner for name in ids):
            return ids
    return _ids(value)


def _others(override: Override, owner: Mapping[str, str], tables: Tables) -> tuple[set[str], list[str]]:
    """Give the reports that a value names, and what of it names none."""
    ids = _named(override.value, owner)
    if override.action == "merge" or all(name in owner for name in ids):
        return {owner[name] for name in ids if name in owner}, [name for name in ids if name not in owner]
    found: set[str] = set()
    unknown = []
    for name in filter(None, map(str.strip, override.value.split(";"))):
        told = {owner[name]} if name in owner else _of_source(name, tables)
        found |= told
        unknown += [] if told else [name]
    return found, unknown


def _of_source(name: str, tables: Tables) -> set[str]:
    """Give the reports that a source tells, by its publisher, title, address or id."""
    sources = tables.arrow("sources")
    named = pa.array([False] * len(sources))
    for column in _SOURCE_NAMES:
        named = pc.or_(named, pc.fill_null(pc.equal(pc.utf8_lower(sources[column]), name.lower()), False))
    claims = tables.arrow("claims")
    return set(claims["incident_id"].filter(pc.is_in(claims["source_id"], sources["id"].filter(named).combine_chunks())).to_pylist())
