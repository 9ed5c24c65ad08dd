"""The ids of incidents: from what, when and where, so that they outlive another order, another row, another source.

Two reports may agree in all of that and yet be two events. The one reported first then has the id of
it; the others take their source into theirs, and title, numbers and words only where they must. So an
incident keeps its id when its title is mended, a figure is corrected, or a later report joins it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mapper.incidents import CHILDREN, COUNTS, DRAWN_ROLES, whole
from mapper.merging.versions import page_of
from mapper.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from pandas.arrays import ArrowExtensionArray

__all__ = ["Named", "Part", "is_first", "name", "provisional"]

_SAME_PASSAGE = "the same passage in two inputs"

#: Begins an id that stands only until all reports are together. No id of a file begins so: cells are stripped.
_MARK = "\x1f"

_SEPARATOR = "\x1f"

#: Numbers that go into an id only where they are known: ids were made before these were counted, and must not change.
_ONLY_KNOWN = ("lost", *CHILDREN.values())

#: Source, start and quote of a claim.
_Passage = tuple[str, int | None, str | None]


@dataclass(frozen=True, slots=True)
class Part:
    """What some of the inputs tell, each report an incident of its own.

    `paths` (string) and `rows` (int32) say for each incident which file it was read from, and which row of it that
    was, 0 where a file has no rows. `short` is the id made of its key, null where it brought one.
    """

    tables: Tables
    paths: pa.Array
    rows: pa.Array
    short: pa.Array

    @classmethod
    def of(cls, tables: Tables, paths: pa.Array, rows: pa.Array) -> Part:
        """Make the short ids of those reports that have a provisional one."""
        incidents = tables.arrow("incidents")
        unnamed = pc.starts_with(incidents["id"], _MARK)
        made = _short(incidents.filter(unnamed))
        return cls(tables, paths, rows, pc.replace_with_mask(pa.nulls(len(incidents), pa.string()), whole(unnamed), made))


@dataclass(frozen=True, slots=True)
class Named:
    """The incidents of all inputs with their ids.

    `reports` has a row for every report read: `path`, `row`, `id`, and in `reason` why it is none of `tables`,
    where the id is that of the report that it is the same as. `clashes` has the path and the brought id of those
    that had to be given another, because it is that of another incident.
    """

    tables: Tables
    reports: pa.Table
    clashes: tuple[tuple[str, str], ...] = ()


def provisional(path: str, numbers: pa.Array) -> pa.Array:
    """Make ids for the reports of one input that last until `name` gives them theirs."""
    return pc.binary_join_element_wise(_MARK + path, numbers.cast(pa.string()), _SEPARATOR)


def is_first(incidents: pa.Table) -> pa.Array:
    """Tell which incidents have the id of what, when and where alone, as the first has of those that agree in that."""
    return pc.equal(whole(incidents["id"]), _short(incidents))


def name(parts: Sequence[Part]) -> Named:
    """Put the reports of all inputs together, and name those that brought no id.

    An incident of the same type, days and places that two inputs hold under one id, or a passage that two files hold, is
    the same report. Tables that both number their rows from 1 are of different incidents.
    """
    brought = whole(pa.chunked_array([part.tables.arrow("incidents")["id"].combine_chunks() for part in parts], pa.string()))
    short = whole(pa.chunked_array([part.short for part in parts], pa.string()))
    ids, reasons = _told_apart(parts, brought, short)
    paths, rows = ([getattr(part, column) for part in parts] for column in ("paths", "rows"))
    reports = pa.table(
        {"path": pa.chunked_array(paths, pa.string()), "row": pa.chunked_array(rows, pa.int32()), "id": ids, "reason": reasons}
    )
    kept = np.asarray(pc.is_null(reasons))
    repeats = np.asarray(pc.equal(reasons, _SAME_PASSAGE).fill_null(False))
    tables = Tables.concat(_renamed(parts, brought, ids, kept, repeats))
    if not kept.all():
        tables = replace(tables, claims=tables.claims.drop_duplicates(ignore_index=True))
    renamed = pc.and_(pc.is_null(short), pc.not_equal(ids, brought))
    clashes = zip(reports["path"].filter(renamed).to_pylist(), brought.filter(renamed).to_pylist(), strict=True)
    return Named(tables, reports, tuple(clashes))


def _renamed(
    parts: Sequence[Part], brought: pa.Array, ids: pa.Array, kept: NDArray[np.bool_], repeats: NDArray[np.bool_]
) -> Iterator[Tables]:
    at = 0
    for part in parts:
        here = slice(at, at := at + len(part.short))
        claims = part.tables.claims
        own = pc.index_in(part.tables.arrow("claims")["incident_id"].combine_chunks(), brought[here])
        yield Tables(
            part.tables.incidents.assign(id=_column(ids[here]))[kept[here]],
            claims.assign(incident_id=_column(ids[here].take(own)))[~repeats[here][np.asarray(own)]],
            part.tables.sources,
        )


def _told_apart(parts: Sequence[Part], brought: pa.Array, short: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Give each report its id, and those that another has told already the reason why they are left out."""
    ids = pc.coalesce(short, brought)
    codes = np.asarray(ids.dictionary_encode().indices)
    shared = np.flatnonzero(np.bincount(codes)[codes] > 1) if len(codes) else codes
    reasons = pa.nulls(len(ids), pa.string())
    if not len(shared):
        return ids, reasons
    twins = pa.concat_tables([part.tables.arrow("incidents") for part in parts]).take(shared)
    claims = pa.concat_tables([part.tables.arrow("claims") for part in parts])
    known = set(ids.filter(pa.array(np.bincount(codes)[codes] == 1)).to_pylist())
    made, said = _tell_apart(twins, short.take(shared).to_pylist(), _Told(claims, twins["id"]), known)
    mask = np.zeros(len(ids), bool)
    mask[shared] = True
    return pc.replace_with_mask(ids, mask, pa.array(made, pa.string())), pc.replace_with_mask(reasons, mask, pa.array(said, pa.string()))


def _short(incidents: pa.Table) -> pa.Array:
    return pa.array([_hashed(key) for key in _keys(incidents).to_pylist()], pa.string())


def _keys(incidents: pa.Table) -> pa.Array:
    """Give what each id is made of: the type, the days, and the places where it happened, sorted."""
    columns = [incidents[column].cast(pa.string()).fill_null("") for column in ("type", "date_start", "date_end")]
    return pc.binary_join_element_wise(*columns, _place_keys(whole(incidents["places"])), _SEPARATOR)


def _place_keys(places: pa.Array) -> pa.Array:
    owner, flat = pc.list_parent_indices(places), places.flatten()
    text, role, lon, lat, place_id = (pc.struct_field(flat, [column]) for column in ("text", "role", "lon", "lat", "place_id"))
    at = pc.binary_join_element_wise(*(pc.round(degrees, 5).cast(pa.string()) for degrees in (lon, lat)), ",")
    listed = pa.table({"owner": owner, "key": pc.coalesce(place_id, at, pc.utf8_lower(text), "")})
    listed = listed.filter(pc.is_in(role, pa.array(sorted(DRAWN_ROLES)))).sort_by([("owner", "ascending"), ("key", "ascending")])
    ends = np.cumsum(np.bincount(listed["owner"], minlength=len(places)))
    keys = pa.ListArray.from_arrays(pa.array(np.concatenate([[0], ends]), pa.int32()), whole(listed["key"]))
    return pc.binary_join(keys, _SEPARATOR)


class _Told:
    """The words behind incidents that have their key in common."""

    def __init__(self, claims: pa.Table, ids: pa.ChunkedArray) -> None:
        claims = claims.filter(pc.is_in(claims["incident_id"], whole(ids))).select(["incident_id", "source_id", "start", "quote"])
        self._said: dict[str, list[_Passage]] = defaultdict(list)
        for identity, source, start, quote in zip(*(claims[c].to_pylist() for c in claims.column_names), strict=True):
            self._said[identity].append((source, start, quote))

    def first(self, identity: str) -> tuple[str, str, str]:
        """Give page, start and words of the claim that comes first, as text that sorts."""
        source, start, quote = min(self._said.get(identity, [("", None, None)]), key=lambda said: (said[0], said[1] or 0, said[2] or ""))
        return page_of(source), f"{start or 0:09d}", quote or ""

    def sources(self, identity: str) -> list[str]:
        """Give the ids of the sources that say it, sorted."""
        return sorted({source for source, _, _ in self._said.get(identity, ())})

    def passages(self, identity: str) -> set[_Passage]:
        """Give the passages of articles that say it."""
        return {said for said in self._said.get(identity, ()) if said[1] is not None}


def _tell_apart(incidents: pa.Table, short: Sequence[str | None], told: _Told, taken: set[str]) -> tuple[list[str], list[str | None]]:
    """Name reports that have their short id in common, those that brought it first; `taken` are the ids of all others."""
    content = ("title", *(c for c in COUNTS if c not in _ONLY_KNOWN), "target", "weapon", "notes")
    parts = [incidents[c].cast(pa.string()).fill_null("") for c in content]
    parts += [pc.binary_join_element_wise(c, incidents[c].cast(pa.string()), "=") for c in _ONLY_KNOWN]
    words = pc.binary_join_element_wise(*parts, _SEPARATOR, null_handling="skip").to_pylist()
    reported = incidents["reported_at"].cast(pa.string()).fill_null("9").to_pylist()
    keys = _keys(incidents).to_pylist()
    own = incidents["id"].to_pylist()
    firsts = [told.first(identity) for identity in own]
    ids: list[str] = [*own]
    reasons: list[str | None] = [None] * len(own)
    known: dict[str, dict[str, set[_Passage]]] = defaultdict(dict)
    brought: dict[tuple[str, str], str] = {}
    order = [
        (short[row] is not None, reported[row], firsts[row], words[row], told.sources(own[row]), own[row], row) for row in range(len(own))
    ]
    for *_, row in sorted(order):
        base, said = short[row] or own[row], told.passages(own[row])
        earlier = known[base]
        if short[row] is None and (own[row] not in earlier or (own[row], keys[row]) in brought):
            if known_as := brought.get((own[row], keys[row])):
                ids[row], reasons[row] = known_as, "the same id in two inputs"
        elif same := next((identity for identity, passages in earlier.items() if said and _repeats(said, passages)), None):
            ids[row], reasons[row] = same, _SAME_PASSAGE
        else:
            ids[row] = next(identity for identity in _longer(keys[row], words[row], *firsts[row]) if identity not in taken)
        if reasons[row] is None:
            if short[row] is None:
                brought[own[row], keys[row]] = ids[row]
            taken.add(ids[row])
            earlier[ids[row]] = said
    return ids, reasons


def _repeats(said: set[_Passage], earlier: set[_Passage]) -> bool:
    """Tell whether passages are among earlier ones, or stand in another version of the same page word for word."""
    if said <= earlier:
        return True
    apart = {source for source, _, _ in said}.isdisjoint(source for source, _, _ in earlier)
    return apart and {(page_of(source), quote) for source, _, quote in said} <= {(page_of(source), quote) for source, _, quote in earlier}


def _longer(key: str, words: str, source: str, *said: str) -> Iterator[str]:
    """Make ids of ever more of a report, at last of its number among equals."""
    for more in ((), (source,), (source, words), (source, words, *said)):
        yield _hashed(_SEPARATOR.join((key, *more)))
    for twin in count(1):
        yield _hashed(_SEPARATOR.join((key, source, words, *said, str(twin))))


def _hashed(text: str) -> str:
    return f"i-{hashlib.blake2b(text.encode(), digest_size=6).hexdigest()}"


def _column(values: pa.Array) -> ArrowExtensionArray:
    from pandas.arrays import ArrowExtensionArray

    return ArrowExtensionArray(values)
