"""What changed between two versions of the tables, incident by incident."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import shapely

from mapper.incidents import INCIDENTS
from mapper.store.values import geometry_array, plain

if TYPE_CHECKING:
    from mapper.incidents import Tables

__all__ = ["Change", "Diff", "diff"]


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
class Diff:
    """Ids of the incidents and sources that came and went, and what changed in those that stayed.

    Added, and then changed, come in the order of the new tables, removed in that of the old.
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[Change, ...] = ()
    sources_added: tuple[str, ...] = ()
    sources_removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything differs."""
        return bool(self.added or self.removed or self.changed or self.sources_added or self.sources_removed)


def diff(old: Tables, new: Tables) -> Diff:
    """Compare two versions by the ids of their incidents.

    A geometry is the same if it covers the same points; claims are the same in any order. Empty tables differ from
    nothing by what the other has.
    """
    ids = [tables.incidents["id"].tolist() for tables in (old, new)]
    where = {identity: at for at, identity in enumerate(ids[0])}
    known = set(ids[1])
    kept = [(where[identity], at) for at, identity in enumerate(ids[1]) if identity in where]
    sources = [tables.sources["id"].tolist() for tables in (old, new)]
    return Diff(
        added=tuple(identity for identity in ids[1] if identity not in where),
        removed=tuple(identity for identity in ids[0] if identity not in known),
        changed=tuple(_changes(old, new, kept)),
        sources_added=tuple(s for s in sources[1] if s not in set(sources[0])),
        sources_removed=tuple(s for s in sources[0] if s not in set(sources[1])),
    )


def _changes(old: Tables, new: Tables, kept: list[tuple[int, int]]) -> list[Change]:
    found: list[tuple[int, int, Change]] = []
    if not kept:
        return []
    before = old.arrow("incidents").take(pa.array([a for a, _ in kept]))
    after = new.arrow("incidents").take(pa.array([b for _, b in kept]))
    ids = after["id"].to_pylist()
    for order, name in enumerate(INCIDENTS):
        if before[name].equals(after[name]):
            continue
        pairs = zip(before[name].to_pylist(), after[name].to_pylist(), strict=True)
        found += [(row, order, Change(ids[row], name, plain(a), plain(b))) for row, (a, b) in enumerate(pairs) if a != b]
    shapes = geometry_array(old)[[a for a, _ in kept]], geometry_array(new)[[b for _, b in kept]]
    last = len(INCIDENTS)
    for row, (a, b) in enumerate(zip(*shapes, strict=True)):
        if (a is None) != (b is None) or (a is not None and not shapely.equals_exact(a.normalize(), b.normalize())):
            found.append((row, last, Change(ids[row], "geometry", *(None if s is None else shapely.to_wkt(s) for s in (a, b)))))
    claims = _claims(old), _claims(new)
    for row, identity in enumerate(ids):
        a, b = claims[0].get(identity, []), claims[1].get(identity, [])
        if a != b:
            found.append((row, last + 1, Change(identity, "claims", plain(a), plain(b))))
    return [change for _, _, change in sorted(found, key=lambda entry: entry[:2])]


def _claims(tables: Tables) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for claim in tables.arrow("claims").to_pylist():
        found.setdefault(claim["incident_id"], []).append(claim)
    for claims in found.values():
        claims.sort(key=lambda claim: str(sorted((k, str(v)) for k, v in claim.items())))
    return found
