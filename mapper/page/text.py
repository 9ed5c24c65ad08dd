"""The words of the incidents, in blocks that the page opens on demand.

A block is JSON: `{"rows": [...], "sources": {...}}`, 512 rows in the order of the drawing, and the sources their claims
name. What is unknown is left out. `mapper/frontend/text.ts` names the same fields.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mapper.incidents import COUNTS
from mapper.page.container import deflated
from mapper.page.payload import BLOCK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mapper.incidents import Tables
    from mapper.layers.drawing import Drawing

__all__ = ["CANDIDATE", "CLAIM", "PLACE", "ROW", "SOURCE", "blocks"]

#: Fields of a row, and where they come from.
ROW = {
    "id": "id",
    "title": "title",
    "place": "place_text",
    "places": "places",
    "claims": "",
    "actor": "actor",
    "target": "target",
    "weapon": "weapon",
    "notes": "notes",
    "tags": "tags",
    "timezone": "timezone",
    "reported": "reported_at",
    "reason": "unplaced",
}
PLACE = {
    "text": "text",
    "role": "role",
    "name": "name",
    "country": "country",
    "area": "admin1_name",
    "precision": "precision",
    "radius": "radius_km",
    "reason": "reason",
    "candidates": "candidates",
}
CANDIDATE = {"name": "name", "country": "country", "area": "admin1", "lon": "lon", "lat": "lat", "reason": "reason"}
CLAIM = {"by": "by", "status": "status", "quote": "quote", "source": "source_id", **{name: name for name in COUNTS}}
SOURCE = {"title": "title", "publisher": "publisher", "url": "url", "published": "published", "lang": "lang"}


def blocks(tables: Tables, drawing: Drawing) -> Iterator[str]:
    """Give the blocks as the page carries them."""
    incidents = tables.arrow("incidents").select([c for c in ROW.values() if c])
    incidents = incidents.set_column(
        incidents.column_names.index("reported_at"), "reported_at", incidents["reported_at"].cast(pa.string())
    ).take(pa.array(drawing.order))
    claims, first = _claims(tables, incidents["id"])
    sources = {row["id"]: _pick(row, SOURCE) for row in _rows(tables.arrow("sources"), ("id", *SOURCE.values()))}
    for start in range(0, len(incidents), BLOCK):
        rows = [_row(row) for row in incidents.slice(start, BLOCK).to_pylist()]
        stop = start + len(rows)
        mine = claims.slice(int(first[start]), int(first[stop] - first[start])).to_pylist()
        base = int(first[start])
        for i, row in enumerate(rows):
            if words := [_pick(c, CLAIM) for c in mine[int(first[start + i]) - base : int(first[start + i + 1]) - base]]:
                row["claims"] = words
            if start + i in drawing.reasons:
                row["reason"] = drawing.reasons[start + i]
        named = sorted({c["source_id"] for c in mine})
        block = {"rows": rows, "sources": {key: sources[key] for key in named}}
        yield deflated(json.dumps(block, ensure_ascii=False, separators=(",", ":")).encode())


def _claims(tables: Tables, ids: pa.ChunkedArray) -> tuple[pa.Table, Any]:
    """Order the claims as their incidents; give them and where each incident's begin."""
    table = tables.arrow("claims").select(["incident_id", *CLAIM.values()])
    owner = np.asarray(pc.index_in(table["incident_id"], value_set=ids.combine_chunks()).to_numpy(), dtype=np.int64)
    order = np.argsort(owner, kind="stable")
    first = np.searchsorted(owner[order], np.arange(len(ids) + 1))
    return table.take(pa.array(order)), first


def _rows(table: pa.Table, names: tuple[str, ...]) -> list[dict[str, Any]]:
    table = table.select(list(dict.fromkeys(names)))
    if "published" in table.column_names:
        table = table.set_column(table.column_names.index("published"), "published", table["published"].cast(pa.string()))
    rows: list[dict[str, Any]] = table.to_pylist()
    for row in rows:
        if not str(row["url"] or "").lower().startswith(("http://", "https://")):
            row["url"] = None
    return rows


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    result = _pick(row, ROW)
    if places := [_place(p) for p in row["places"] or ()]:
        result["places"] = places
    return result


def _place(place: Mapping[str, Any]) -> dict[str, Any]:
    result = _pick(place, PLACE)
    if candidates := [_pick(c, CANDIDATE) for c in place["candidates"] or ()]:
        result["candidates"] = candidates
    return result


def _pick(row: Mapping[str, Any], fields: Mapping[str, str]) -> dict[str, Any]:
    return {name: row[column] for name, column in fields.items() if column and row[column] not in (None, "", [])}
