"""The ids of incidents: from what, when and where, so that they outlive another order, another row, another source.

Two reports may agree in all of that and yet be two events. The one reported first then has the id of
it; the others take their source into theirs, and title, numbers and words only where they must. So an
incident keeps its id when its title is mended, a figure is corrected, or a later report joins it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from mapper.incidents import COUNTS, Tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["Named", "Part", "name", "provisional"]

#: Begins an id that stands only until all reports are together. No id of a file begins so: cells are stripped.
_MARK = "\x1f"

_SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class Part:
    """What some of the inputs tell, each report an incident of its own.

    `paths` (string) and `rows` (int32) say for each incident which file it was read from, and which row of it that
    was, 0 where a file has no rows.
    """

    tables: Tables
    paths: pa.Array
    rows: pa.Array


@dataclass(frozen=True, slots=True)
class Named:
    """The incidents of all inputs with their ids.

    `reports` has a row for every report read: `path`, `row`, `id`, and in `reason` why it is none of `tables`,
    where the id is that of the report that it is the same as.
    """

    tables: Tables
    reports: pa.Table


def provisional(path: str, numbers: pa.Array) -> pa.Array:
    """Make ids for the reports of one input that last until `name` gives them theirs."""
    return pc.binary_join_element_wise(_MARK + path, numbers.cast(pa.string()), _SEPARATOR)


def name(parts: Sequence[Part]) -> Named:
    """Put the reports of all inputs together, and name those that brought no id.

    An incident that two inputs hold under one id, or a passage that two files hold, is the same report.
    """
    paths, rows = ([getattr(part, column) for part in parts] for column in ("paths", "rows"))
    reports = pa.table({"path": pa.chunked_array(paths, pa.string()), "row": pa.chunked_array(rows, pa.int32())})
    brought: list[str] = [i for part in parts for i in part.tables.incidents["id"]]
    tables = Tables.concat(_each_id_once([part.tables for part in parts]))
    ids, again = _names(tables)
    final = [ids.get(i, i) for i in brought] if ids else brought
    seen: set[str] = set()
    reasons: list[str | None] = []
    for before, after in zip(brought, final, strict=True):
        reasons.append(again.get(before) or ("the same id in two inputs" if after in seen else None))
        seen.add(after)
    if ids:
        tables = _renamed(tables, ids, again)
    if any(reasons):
        tables = replace(tables, claims=tables.claims.drop_duplicates(ignore_index=True))
    return Named(tables, reports.append_column("id", pa.array(final, pa.string())).append_column("reason", pa.array(reasons, pa.string())))


def _each_id_once(parts: Iterable[Tables]) -> list[Tables]:
    seen: set[str] = set()
    kept = []
    for part in parts:
        known = part.incidents["id"].isin(seen)
        seen.update(part.incidents["id"])
        kept.append(replace(part, incidents=part.incidents[~known]) if known.any() else part)
    return kept


def _renamed(tables: Tables, ids: Mapping[str, str], again: Mapping[str, str]) -> Tables:
    incidents = tables.incidents[~tables.incidents["id"].isin(list(again))] if again else tables.incidents
    text = incidents["id"].dtype
    return Tables(
        incidents.assign(id=incidents["id"].map(lambda i: ids.get(i, i)).astype(text)).reset_index(drop=True),
        tables.claims.assign(incident_id=tables.claims["incident_id"].map(lambda i: ids.get(i, i)).astype(text)),
        tables.sources,
    )


def _names(tables: Tables) -> tuple[dict[str, str], dict[str, str]]:
    """Give the id for each provisional one, and of those that are no report of their own the reason."""
    incidents = tables.arrow("incidents")
    incidents = incidents.filter(pc.starts_with(incidents["id"], _MARK))
    if not len(incidents):
        return {}, {}
    keys = _keys(incidents)
    made = [_hashed(key) for key in keys.to_pylist()]
    ids = dict(zip(incidents["id"].to_pylist(), made, strict=True))
    given = set(tables.incidents["id"]) - ids.keys()
    counts: dict[str, int] = defaultdict(int)
    for identity in made:
        counts[identity] += 1
    twins = [row for row, identity in enumerate(made) if counts[identity] > 1 or identity in given]
    if not twins:
        return ids, {}
    told = _Told(tables.arrow("claims"), incidents["id"].take(twins), pa.array(sorted(given.intersection(made)), pa.string()))
    again = _tell_apart(incidents.take(twins), keys.take(twins).to_pylist(), told, ids, given)
    return ids, again


def _keys(incidents: pa.Table) -> pa.Array:
    """Give what each id is made of: the type, the days, and the places where it happened, sorted."""
    columns = [incidents[column].cast(pa.string()).fill_null("") for column in ("type", "date_start", "date_end")]
    return pc.binary_join_element_wise(*columns, _place_keys(incidents["places"].combine_chunks()), _SEPARATOR)


def _place_keys(places: pa.Array) -> pa.Array:
    if isinstance(places, pa.ChunkedArray):
        places = pa.concat_arrays(places.chunks)
    owner, flat = pc.list_parent_indices(places), places.flatten()
    text, role, lon, lat, place_id = (pc.struct_field(flat, [column]) for column in ("text", "role", "lon", "lat", "place_id"))
    at = pc.binary_join_element_wise(*(pc.round(degrees, 5).cast(pa.string()) for degrees in (lon, lat)), ",")
    listed = pa.table({"owner": owner, "key": pc.coalesce(place_id, at, pc.utf8_lower(text), "")})
    listed = listed.filter(pc.is_in(role, pa.array(["at", "over"]))).sort_by([("owner", "ascending"), ("key", "ascending")])
    joined = listed.group_by("owner", use_threads=False).aggregate([("key", "list")])
    where = pc.index_in(pa.array(range(len(places)), owner.type), joined["owner"].combine_chunks())
    return pc.binary_join(joined["key_list"].combine_chunks(), _SEPARATOR).take(where).fill_null("")


class _Told:
    """The words behind incidents that have their key in common."""

    def __init__(self, claims: pa.Table, *ids: pa.Array) -> None:
        wanted = pa.concat_arrays([i.combine_chunks() if isinstance(i, pa.ChunkedArray) else i for i in ids])
        claims = claims.filter(pc.is_in(claims["incident_id"], wanted)).select(["incident_id", "source_id", "start", "quote"])
        self._said: dict[str, list[tuple[str, int | None, str | None]]] = defaultdict(list)
        for identity, *said in zip(*(claims[c].to_pylist() for c in claims.column_names), strict=True):
            self._said[identity].append(tuple(said))

    def first(self, identity: str) -> tuple[str, str, str]:
        """Give source, start and words of the claim that comes first, as text that sorts."""
        source, start, quote = min(self._said.get(identity, [("", None, None)]), key=lambda said: (said[0], said[1] or 0, said[2] or ""))
        return source, f"{start or 0:09d}", quote or ""

    def passages(self, identity: str) -> set[tuple[str, int | None, str | None]]:
        """Give the passages of articles that say it."""
        return {said for said in self._said.get(identity, ()) if said[1] is not None}


def _tell_apart(incidents: pa.Table, keys: Sequence[str], told: _Told, ids: dict[str, str], given: set[str]) -> dict[str, str]:
    """Give each of those that share a key an id of its own in `ids`; return those that are the same report."""
    content = ("title", *COUNTS, "target", "weapon", "notes")
    words = pc.binary_join_element_wise(*(incidents[c].cast(pa.string()).fill_null("") for c in content), _SEPARATOR).to_pylist()
    reported = incidents["reported_at"].cast(pa.string()).fill_null("9").to_pylist()
    own = incidents["id"].to_pylist()
    firsts = [told.first(identity) for identity in own]
    order = sorted(range(len(own)), key=lambda row: (reported[row], firsts[row], words[row], own[row]))
    taken: set[str] = given | set(ids.values()) - {ids[identity] for identity in own}
    passages = {identity: told.passages(identity) for identity in given.intersection(ids.values())}
    again: dict[str, str] = {}
    holders: dict[str, list[str]] = defaultdict(list)
    for row in order:
        identity, base = own[row], ids[own[row]]
        said = told.passages(identity)
        earlier = next((i for i in (base, *holders[base]) if said and said <= passages.get(i, set())), None)
        if earlier:
            ids[identity], again[identity] = earlier, "the same passage in two inputs"
            continue
        source, *rest = firsts[row]
        steps = [(), (source,), (source, words[row]), (source, words[row], *rest)]
        names = (_hashed(_SEPARATOR.join((keys[row], *more))) for more in steps)
        made = next((i for i in names if i not in taken), None)
        twin = 1
        while made is None or made in taken:
            made, twin = _hashed(_SEPARATOR.join((keys[row], *steps[-1], str(twin)))), twin + 1
        taken.add(made)
        holders[base].append(made)
        passages[made] = said
        ids[identity] = made
    return again


def _hashed(text: str) -> str:
    return f"i-{hashlib.blake2b(text.encode(), digest_size=6).hexdigest()}"
