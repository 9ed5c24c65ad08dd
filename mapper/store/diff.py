"""What changed between two versions of the tables, incident by incident."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import shapely

from mapper.incidents import INCIDENTS
from mapper.merging.versions import page_of
from mapper.store.values import geometry_array, plain

if TYPE_CHECKING:
    from mapper.tables import Tables

__all__ = ["KINDS", "Change", "Diff", "Merge", "diff"]

#: What an incident can be that is not as it was.
KINDS = ("new", "changed", "corrected", "retracted")

#: Columns whose changes have a list of their own.
_TOLD_APART = ("id", "merged_from", "corrections")


@dataclass(frozen=True, slots=True)
class Change:
    """One value of one incident that is not what it was; `column` may also be `geometry` or `claims`.

    `old` and `new` are fit for JSON: times in ISO 8601, geometry as WKT.
    """

    id: str
    column: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Merge:
    """An incident of the earlier version that is part of another one now."""

    id: str
    into: str


@dataclass(frozen=True, slots=True)
class Diff:
    """What became of the incidents and sources of an earlier version.

    `added` and `removed` are the ids of incidents that came, and that went nowhere; those that went into another are
    `merged`. `changed` has each value of those that stayed, by their id now, which is another if an earlier report
    has joined. `corrected` are the ids of those that an editor has corrected since, `retracted` of those whose claims
    have been withdrawn. `added`, `changed`, `corrected` and `retracted` come in the order of the new tables, the
    others in that of the old.
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    merged: tuple[Merge, ...] = ()
    changed: tuple[Change, ...] = ()
    corrected: tuple[str, ...] = ()
    retracted: tuple[str, ...] = ()
    sources_added: tuple[str, ...] = ()
    sources_removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything differs."""
        return any(getattr(self, field.name) for field in fields(self))

    @property
    def counts(self) -> dict[str, int]:
        """Count the incidents of each kind, each in the first that fits: `retracted`, `corrected`, `changed`, `new`; then those gone."""
        counted = Counter(self.kinds.values())
        return {**{kind: counted[kind] for kind in KINDS}, "merged": len(self.merged), "gone": len(self.removed)}

    @property
    def kinds(self) -> dict[str, str]:
        """Say for each incident that is not as it was what it is: one of `KINDS`."""
        kinds = dict.fromkeys(self.added, "new") | {change.id: "changed" for change in self.changed}
        kinds |= {one.into: "changed" for one in self.merged if one.into not in kinds}
        return kinds | dict.fromkeys(self.corrected, "corrected") | dict.fromkeys(self.retracted, "retracted")


def diff(old: Tables, new: Tables) -> Diff:
    """Compare two versions by the ids of their incidents, and by those that were merged into them.

    A geometry is the same if it covers the same points; claims are the same in any order. Empty tables differ from
    nothing by what the other has.
    """
    ids = [tables.arrow("incidents")["id"].to_pylist() for tables in (old, new)]
    was, now = ({identity: at for at, identity in enumerate(listed)} for listed in ids)
    aliases = new.arrow("incidents")["merged_from"].to_pylist()
    parts = [[i for i in known or () if i in was and i not in now] for known in aliases]
    # One that took its id from a report that came later is the same incident still.
    kept = [
        (was[identity] if identity in was else was[gone[0]], at)
        for at, (identity, gone) in enumerate(zip(ids[1], parts, strict=True))
        if identity in was or gone
    ]
    continued = {ids[0][before] for before, _ in kept}
    into = {gone: ids[1][at] for at, listed in enumerate(parts) for gone in listed if gone not in continued}
    changed, corrected, retracted = _changes(old, new, kept)
    sources = [tables.sources["id"].tolist() for tables in (old, new)]
    known = [set(listed) for listed in sources]
    return Diff(
        added=tuple(identity for identity, gone in zip(ids[1], parts, strict=True) if identity not in was and not gone),
        removed=tuple(i for i in ids[0] if i not in now and i not in continued and i not in into),
        merged=tuple(Merge(i, into[i]) for i in ids[0] if i in into),
        changed=tuple(changed),
        corrected=tuple(corrected),
        retracted=tuple(retracted),
        sources_added=tuple(s for s in sources[1] if s not in known[0]),
        sources_removed=tuple(s for s in sources[0] if s not in known[1]),
    )


def _changes(old: Tables, new: Tables, kept: list[tuple[int, int]]) -> tuple[list[Change], list[str], list[str]]:
    found: list[tuple[int, int, Change]] = []
    if not kept:
        return [], [], []
    before = old.arrow("incidents").take(pa.array([a for a, _ in kept]))
    after = new.arrow("incidents").take(pa.array([b for _, b in kept]))
    earlier, ids = before["id"].to_pylist(), after["id"].to_pylist()
    marks: dict[str, list[str]] = {"corrections": [], "status": []}
    for order, name in enumerate(INCIDENTS):
        if before[name].equals(after[name]):
            continue
        pairs = zip(before[name].to_pylist(), after[name].to_pylist(), strict=True)
        differ = [(row, a, b) for row, (a, b) in enumerate(pairs) if a != b]
        marks[name] = [ids[row] for row, _, b in differ if b and (name == "corrections" or b == "retracted")]
        if name not in _TOLD_APART:
            found += [(row, order, Change(ids[row], name, plain(a), plain(b))) for row, a, b in differ]
    shapes = geometry_array(old)[[a for a, _ in kept]], geometry_array(new)[[b for _, b in kept]]
    last = len(INCIDENTS)
    for row, (a, b) in enumerate(zip(*shapes, strict=True)):
        if (a is None) != (b is None) or (a is not None and not shapely.equals_exact(a.normalize(), b.normalize())):
            found.append((row, last, Change(ids[row], "geometry", *(None if s is None else shapely.to_wkt(s) for s in (a, b)))))
    claims = _claims(old), _claims(new)
    for row, (was, identity) in enumerate(zip(earlier, ids, strict=True)):
        a, b = claims[0].get(was, []), claims[1].get(identity, [])
        if a != b:
            found.append((row, last + 1, Change(identity, "claims", plain(a), plain(b))))
    return [change for _, _, change in sorted(found, key=lambda entry: entry[:2])], marks["corrections"], marks["status"]


def _claims(tables: Tables) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for claim in tables.arrow("claims").to_pylist():
        # A page that was saved again and says the same has not changed.
        found.setdefault(claim.pop("incident_id"), []).append(claim | {"source_id": page_of(claim["source_id"])})
    for claims in found.values():
        claims.sort(key=lambda claim: str(sorted((k, str(v)) for k, v in claim.items())))
    return found
