"""The words of the incidents, in blocks that the page opens on demand.

A block is a container of the texts of 512 incidents in the order of the drawing. Its columns are in four tables: rows
(`row_title` …), their places (`place_name` …), the candidates of those (`candidate_name` …) and the claims
(`claim_by` …), with the sources that these name (`source_url` …). `row_places`, `row_claims` and `place_candidates` say
how many of each belong together, `candidate_shown` which candidates a reader is told of; `claim_source` is a position
among the block's sources. What no row of a block has is left out, and a text of no length is one that is not known.
`mapper/frontend/text.ts` names the same columns.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mapper.incidents import COUNTS, whole
from mapper.layers.places import numbers
from mapper.page.container import THREADS, Container, deflated
from mapper.page.doubt import doubtful
from mapper.page.payload import BLOCK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from mapper.layers.drawing import Drawing
    from mapper.tables import Tables

__all__ = ["BETWEEN", "CANDIDATE", "CLAIM", "PLACE", "ROW", "SOURCE", "UNKNOWN", "blocks", "is_web"]

#: Texts of a row, and where they come from.
ROW = {
    "id": "id",
    "title": "title",
    "place": "place_text",
    "actor": "actor",
    "target": "target",
    "weapon": "weapon",
    "notes": "notes",
    "tags": "tags",
    "timezone": "timezone",
    "reported": "reported_at",
    "reason": "unplaced",
    "corrections": "corrections",
}
PLACE = {
    "text": "text",
    "role": "role",
    "name": "name",
    "country": "country",
    "area": "admin1_name",
    "precision": "precision",
    "reason": "reason",
}
CANDIDATE = {"name": "name", "country": "country", "area": "admin1", "reason": "reason"}
CLAIM = {"by": "by", "status": "status", "quote": "quote"}
SOURCE = {"title": "title", "publisher": "publisher", "url": "url", "published": "published", "lang": "lang"}

#: Between the values of a record that is written as a line.
BETWEEN = "\x1f"

#: A number that is not known.
UNKNOWN = -1

#: Incidents from which on speed counts for more than size, and the levels of compression.
_LARGE = 50_000
_FAST, _TIGHT = 4, 9

#: Incidents whose texts are laid out at a time: a second copy of all of a large map's would be its largest need of memory.
_PORTION = 64 * BLOCK

#: Blocks that wait for compression at a time: all of a large map would take more memory than anything else does.
_WAITING = 32


@dataclass(frozen=True, slots=True)
class _Texts:
    """A column of texts: the bytes of text i are `data[start[i]:start[i + 1]]`."""

    start: NDArray[np.int64]
    data: memoryview

    def add(self, container: Container, name: str, first: int, last: int) -> None:
        bounds = self.start[first : last + 1]
        if bounds[0] != bounds[-1]:
            container.add_text(name, bounds[1:] - bounds[:-1], self.data[bounds[0] : bounds[-1]].tobytes())

    def pick(self, container: Container, name: str, rows: list[int]) -> None:
        parts = [self.data[self.start[i] : self.start[i + 1]] for i in rows]
        if any(parts):
            container.add_text(name, np.array([len(p) for p in parts]), b"".join(parts))


@dataclass(frozen=True, slots=True)
class _Table:
    """Columns of texts and of numbers under one prefix; columns without anything known are not there."""

    prefix: str
    texts: Mapping[str, _Texts]
    numbers: Mapping[str, NDArray[np.int32]]

    def add(self, container: Container, first: int, last: int) -> None:
        for name, texts in self.texts.items():
            texts.add(container, f"{self.prefix}_{name}", first, last)
        for name, column in self.numbers.items():
            if (column[first:last] != UNKNOWN).any():
                container.add_i32(f"{self.prefix}_{name}", column[first:last])


def blocks(tables: Tables, drawing: Drawing) -> Iterator[str]:
    """Give the blocks as the page carries them."""
    # A large map is packed a little less tightly, which takes half the time.
    level = _FAST if len(drawing.order) > _LARGE else _TIGHT
    waiting = _blocks(tables, drawing)
    with ThreadPoolExecutor(THREADS) as threads:
        while some := list(islice(waiting, _WAITING)):
            yield from threads.map(lambda block: deflated(block, level), some)


def _blocks(tables: Tables, drawing: Drawing) -> Iterator[bytes]:
    order = np.asarray(drawing.order)
    incidents = tables.arrow("incidents").select([*ROW.values(), "places"])
    claims, claim_order, claim_from = _claims(tables, incidents["id"].take(pa.array(order)))
    source_table = _safe(tables.arrow("sources"))
    source_texts = _texts(source_table, SOURCE)
    source_of = np.asarray(pc.index_in(claims["source_id"], value_set=whole(source_table["id"])).to_numpy(), dtype=np.int64)
    for first in range(0, len(order), _PORTION):
        last = min(first + _PORTION, len(order))
        some = claim_order[claim_from[first] : claim_from[last]]
        yield from _portion(
            incidents.take(pa.array(order[first:last])).combine_chunks(),
            {row - first: reason for row, reason in drawing.reasons.items() if first <= row < last},
            claims.take(pa.array(some)).combine_chunks(),
            claim_from[first : last + 1] - claim_from[first],
            source_texts,
            source_of[some],
        )


def _portion(
    incidents: pa.Table,
    reasons: Mapping[int, str],
    claim_table: pa.Table,
    claim_from: NDArray[np.int64],
    source_texts: Mapping[str, _Texts],
    source_of: NDArray[np.int64],
) -> Iterator[bytes]:
    """Lay out the blocks of some incidents and of their claims, both in the order of the drawing."""
    rows = _Table("row", {**_texts(incidents, ROW), **_reasons(incidents, reasons)}, {})

    lists = whole(incidents["places"])
    place_from = _starts(pc.fill_null(pc.list_value_length(lists), 0))
    flat = pa.Table.from_struct_array(pc.list_flatten(lists))
    radius = np.nan_to_num(np.asarray(flat["radius_km"].to_numpy(), dtype=np.float64) * 1000, nan=UNKNOWN)
    share = numbers(flat["share"], UNKNOWN).astype(np.int32)
    places = _Table("place", _texts(flat, PLACE), {"radius_m": np.round(radius).astype(np.int32), "share": share})

    nested = whole(flat["candidates"])
    candidate_from = _starts(pc.fill_null(pc.list_value_length(nested), 0))
    shown = np.where(doubtful(flat), 1, UNKNOWN).astype(np.int32)
    candidates = _Table("candidate", _texts(pa.Table.from_struct_array(pc.list_flatten(nested)), CANDIDATE), {"shown": shown})

    counts = {name: numbers(claim_table[name], UNKNOWN).astype(np.int32) for name in COUNTS}
    claims = _Table("claim", _texts(claim_table, CLAIM), {n: c for n, c in counts.items() if (c != UNKNOWN).any()})

    for first in range(0, len(incidents), BLOCK):
        last = min(first + BLOCK, len(incidents))
        container = Container({"rows": last - first})
        rows.add(container, first, last)
        _add_counts(container, "row_places", place_from, first, last)
        place_first, place_last = int(place_from[first]), int(place_from[last])
        places.add(container, place_first, place_last)
        _add_counts(container, "place_candidates", candidate_from, place_first, place_last)
        candidates.add(container, int(candidate_from[place_first]), int(candidate_from[place_last]))
        _add_counts(container, "row_claims", claim_from, first, last)
        claim_first, claim_last = int(claim_from[first]), int(claim_from[last])
        claims.add(container, claim_first, claim_last)
        if claim_first < claim_last:
            mine = source_of[claim_first:claim_last]
            named = np.array(sorted(set(mine.tolist())), dtype=np.int64)
            which = np.searchsorted(named, mine)
            container.add_i32("claim_source", np.asarray(which, dtype=np.int32))
            for name, column in source_texts.items():
                column.pick(container, f"source_{name}", named.tolist())
        yield container.pack()


def _add_counts(container: Container, name: str, start: NDArray[np.int64], first: int, last: int) -> None:
    if start[first] != start[last]:
        container.add_i32(name, (start[first + 1 : last + 1] - start[first:last]).astype(np.int32))


def _claims(tables: Tables, ids: pa.ChunkedArray) -> tuple[pa.Table, NDArray[np.int64], NDArray[np.int64]]:
    """Give the claims, their rows in the order of their incidents, and where in those each incident's begin."""
    table = tables.arrow("claims").select(["incident_id", "source_id", *CLAIM.values(), *COUNTS])
    owner = np.asarray(pc.index_in(table["incident_id"], value_set=whole(ids)).to_numpy(), dtype=np.int64)
    order = np.argsort(owner, kind="stable")
    return table, order, np.searchsorted(owner[order], np.arange(len(ids) + 1))


def _safe(sources: pa.Table) -> pa.Table:
    """Leave out addresses that are not of the web: a page must not link to them."""
    url = pc.if_else(is_web(sources["url"]), sources["url"], pa.scalar("", pa.string()))
    return sources.set_column(sources.column_names.index("url"), "url", url)


def is_web(url: pa.Array | pa.ChunkedArray) -> Any:
    """Tell for each address whether it is one of the web."""
    return pc.fill_null(pc.match_substring_regex(url, r"^\s*https?://", ignore_case=True), False)


def _reasons(incidents: pa.Table, given: Mapping[int, str]) -> dict[str, _Texts]:
    """Put the drawing's own reasons, by row, where the tables give none."""
    if not given:
        return {}
    reasons = incidents["unplaced"].to_pylist()
    for row, reason in given.items():
        reasons[row] = reason
    return {"reason": _column(pa.array(reasons, pa.string()))}


def _texts(table: pa.Table, fields: Mapping[str, str]) -> dict[str, _Texts]:
    texts = {name: _column(table[column]) for name, column in fields.items()}
    return {name: column for name, column in texts.items() if len(column.data)}


def _column(column: pa.Array | pa.ChunkedArray) -> _Texts:
    if pa.types.is_list(column.type):
        column = _lines(column) if pa.types.is_struct(column.type.value_type) else pc.binary_join(column, "\n")
    array = whole(pc.fill_null(column.cast(pa.large_string()), ""))
    _, offsets, data = array.buffers()
    start = np.frombuffer(offsets, dtype=np.int64)[array.offset : array.offset + len(array) + 1] if offsets else np.zeros(1, dtype=np.int64)
    return _Texts(start, memoryview(data)[: start[-1]] if data is not None and start[0] != start[-1] else memoryview(b""))


def _lines(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Write lists of records as text: a line a record, its values with `BETWEEN` between them; most rows have none."""
    if column.null_count == len(column):
        return pa.nulls(len(column), pa.string())

    def said(record: Mapping[str, str | None]) -> str:
        return BETWEEN.join(" ".join((value or "").split()) for value in record.values())

    return pa.array([None if records is None else "\n".join(map(said, records)) for records in column.to_pylist()], pa.string())


def _starts(lengths: Any) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(np.asarray(lengths, dtype=np.int64))]).astype(np.int64)
