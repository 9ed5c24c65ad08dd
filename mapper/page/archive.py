"""The map is its own archive: the incident tables come back out of the page, and what it was made by with them.

The page tells most of the tables anyway (`mapper.page.carried`). The block `mapper-archive` at the end of the file, which
the page itself never opens, holds the rest (`mapper.page.rest`), so nothing stands in the file twice. It is JSON:

- ``format``, ``version``: ``mapper-archive``, and the number of this description (2),
- ``made_with``: program and version,
- ``size``, ``sha256``: bytes of the data when decompressed; digest of all leaves of the tables and of ``about``,
- ``data``: base64 of zstd of an Arrow IPC stream. Besides the leaves it has ``schema`` and the name of a table: that
  table's Arrow schema; ``order`` and the name: how its rows stand, a word of `_ORDERS` or each row's position; and
  ``about``: what the maker said about the map, as JSON.

Nothing in it is ever run, and neither is anything decompressed beyond what the size of the file makes likely, nor are more
rows made of what it says than would fit into as much again.
"""

from __future__ import annotations

import base64
import json
import re
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from mapper.errors import InputError, SchemaError
from mapper.incidents import schema, whole
from mapper.page import container, outlines
from mapper.page.allowance import Allowance
from mapper.page.carried import blank_is_null, first_place, of_drawing, of_page, sources_of_page
from mapper.page.leaves import flat, nested
from mapper.page.rest import Rest, differs, digest
from mapper.page.text import SOURCE, is_web
from mapper.sources.webpage import is_own_map
from mapper.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from mapper.layers.drawing import Drawing
    from mapper.taxonomy import Taxonomy

__all__ = ["Unpacked", "is_carried", "opened", "pack", "read", "unpack"]

FORMAT = "mapper-archive"
VERSION = 2

_BLOCK = re.compile(r'<script type="application/vnd\.mapper(?:\.text|\.archive)?" id="([^"]+)">([^<]*)</script>')
_TABLES = ("incidents", "claims", "sources")

#: Bytes that a file may decompress to: so many, and so many for each of its own.
_LEAST, _MOST = 256 * 2**20, 64

#: Orders that need no list of positions: by these columns, the unknown last.
_ORDERS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "incidents": {"date": ("date_start", "id"), "id": ("id",)},
    "claims": {"incident": ("incident_id", "source_id", "start", "by", "quote")},
}

#: What can go wrong with data that somebody else may have made.
_DAMAGE = (
    *(ArithmeticError, AttributeError, LookupError, MemoryError, OSError, RecursionError, StopIteration, TypeError, ValueError),
    *(pa.ArrowException, SchemaError, shapely.errors.ShapelyError, struct.error),
)

#: Claims that stand as their incidents do.
_AS_INCIDENTS = "as incidents"

#: Columns of the claims that follow from where they stand, and what stands for them.
_LINKS = {"incident_id", "source_id"}
_SOURCE = "claims.source"
_OUTLINE = "incidents.outline"


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What a map gives back: the tables, what was said about it when it was made, and by which program."""

    tables: Tables
    about: Mapping[str, Any] = field(default_factory=dict)
    made_with: str = ""


def pack(tables: Tables, drawing: Drawing, taxonomy: Taxonomy, *, about: Mapping[str, Any] | None = None, made_with: str = "") -> str:
    """Write the text of the block; the same input gives the same text.

    Parameters
    ----------
    drawing
        What the page is made of, drawn from the same tables with the same taxonomy.
    about
        Anything that JSON can hold.
    """
    rest = Rest()
    incidents, claims, sources = (tables.arrow(name) for name in _TABLES)
    row = np.empty(len(incidents), dtype=np.int64)
    row[drawing.order] = np.arange(len(incidents))
    owner = _positions(claims["incident_id"], incidents["id"])
    claim_order = np.argsort(row[owner], kind="stable")
    source = _positions(claims["source_id"], sources["id"])[claim_order]
    per_incident = np.bincount(row[owner], minlength=len(incidents))

    known: dict[str, pa.Array] = {}
    ordered = {"incidents": incidents.take(pa.array(drawing.order)), "claims": claims.take(pa.array(claim_order)), "sources": sources}
    for name, table in ordered.items():
        for column in _columns(table.column_names):
            if name != "claims" or column not in _LINKS:
                known |= flat(f"{name}.{column}", whole(table[column]))
    told = of_drawing(known, drawing, taxonomy, per_incident)
    told.leaves |= _told_of_sources(known, source)
    seen: dict[str, pa.Array] = {}
    for path, leaf in known.items():
        rest.keep(path, leaf, told.guess(path, len(leaf), seen))
        seen[path] = leaf
    seen[_SOURCE] = pa.array(source, pa.int64())
    rest.keep(_SOURCE, seen[_SOURCE], None)
    guess = _dots(seen)
    seen["incidents.geometry"] = _wkb(np.asarray(tables.incidents.geometry.array, dtype=object)[drawing.order], guess)
    _keep_geometry(rest, seen["incidents.geometry"], guess)

    orders = {
        "incidents": _order(incidents, "incidents", drawing.order),
        "claims": pa.array([_AS_INCIDENTS]) if bool(np.all(np.diff(owner) >= 0)) else _order(claims, "claims", claim_order),
    }
    rest.parts |= {f"order {name}": order for name, order in orders.items()}
    rest.parts |= {f"schema {name}": pa.array([table.schema.serialize().to_pybytes()], pa.binary()) for name, table in ordered.items()}
    rest.parts["count sources"] = pa.array([len(sources)])
    words = json.dumps(about or {}, ensure_ascii=False, separators=(",", ":"))
    rest.parts["about"] = pa.array([words])
    data, size = rest.pack()
    seal = digest({**seen, **orders}, words)
    head = {"format": FORMAT, "version": VERSION, "made_with": made_with, "size": size, "sha256": seal}
    text = json.dumps(head, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")
    return f'{text[:-1]},"data":"{base64.b64encode(data).decode("ascii")}"}}'


def is_carried(page: str) -> bool:
    """Tell whether a page has an archive."""
    return 'id="mapper-archive"' in page


def unpack(path: Path) -> Tables:
    """Read the tables back out of a map, as `read` does."""
    return read(path).tables


def read(path: Path) -> Unpacked:
    """Read everything back out of a map.

    Raises
    ------
    InputError
        If the file is no map of ours, carries no archive, is damaged, was edited, or is of another version.
    """
    return opened(_bytes(path), path)


def opened(data: bytes, path: Path) -> Unpacked:
    """Read everything back out of the bytes of a map; `path` is what it is called.

    Raises
    ------
    InputError
        As `read`.
    """
    blocks, head, budget = _read(data, path)
    try:
        return _unpacked(blocks, head, budget, path)
    except _DAMAGE as error:
        raise _damaged(path, error) from None


def _unpacked(blocks: Mapping[str, str], head: Mapping[str, Any], budget: int, path: Path) -> Unpacked:
    if not 0 < head["size"] <= budget:
        raise ValueError(f"it says that it has {head['size']:,} bytes, more than {budget:,}")
    allowance = Allowance(budget)
    rest = Rest.unpack(base64.b64decode(head["data"], validate=True), head["size"], allowance)
    budget -= head["size"]
    columns = container.read(blocks["incident_layer_main"], budget)
    texts: list[container.Columns] = []
    while (name := f"incident_layer_main_text_{len(texts)}") in blocks:
        texts.append(container.read(blocks[name], budget))
        budget -= texts[-1].size
    told = of_page(columns, texts, allowance)

    schemas = {name: pa.ipc.read_schema(pa.py_buffer(rest.parts[f"schema {name}"][0].as_py())) for name in _TABLES}
    for name, kinds in schemas.items():
        if unknown := [column for column in kinds.names if column not in schema(name)]:
            problem = f"its {name} have a column {unknown[0]} that this mapper does not know: it was made with {head['made_with']}"
            raise InputError(path, problem, "get a newer mapper")
    known: dict[str, pa.Array] = {}

    def leaf(path: str, kind: pa.DataType, count: int) -> pa.Array:
        known[path] = rest.tell(path, kind, count, told.guess(path, count, known))
        return known[path]

    tables: dict[str, pa.Table] = {}
    counts = {"incidents": len(told.claims), "claims": int(told.claims.sum())}
    for name in ("incidents", "claims"):
        tables[name] = pa.table({
            column: nested(f"{name}.{column}", schemas[name].field(column).type, counts[name], leaf)
            for column in _columns(schemas[name].names)
            if name != "claims" or column not in _LINKS
        })  # fmt: skip
    source = np.asarray(rest.tell(_SOURCE, pa.int64(), counts["claims"], None))
    counts["sources"] = int(rest.parts["count sources"][0].as_py())
    allowance.spend(8 * len(SOURCE) * counts["sources"])
    per_block = np.diff(np.concatenate([[0], np.cumsum(told.claims)])[np.cumsum([0, *(int(t.meta["rows"]) for t in texts)])])
    told.leaves |= sources_of_page(texts, per_block, source, counts["sources"])
    kinds = schemas["sources"]
    tables["sources"] = pa.table({c: nested(f"sources.{c}", kinds.field(c).type, counts["sources"], leaf) for c in kinds.names})
    known[_SOURCE] = pa.array(source, pa.int64())
    known["incidents.geometry"] = _told_geometry(rest, _dots(known))
    orders = {name: rest.parts[f"order {name}"] for name in ("incidents", "claims")}
    words = str(rest.parts["about"][0].as_py())
    _check(head["sha256"], known, orders, words)

    owner = np.repeat(np.arange(counts["incidents"]), told.claims)
    claims = tables["claims"].append_column("incident_id", allowance.taken(tables["incidents"]["id"], pa.array(owner)))
    claims = claims.append_column("source_id", allowance.taken(tables["sources"]["id"], known[_SOURCE]))
    first = _restored(tables["incidents"], "incidents", orders["incidents"])
    if orders["claims"].equals(pa.array([_AS_INCIDENTS])):
        row = np.empty(len(first), dtype=np.int64)
        row[first] = np.arange(len(first))
        second = np.argsort(row[owner], kind="stable")
    else:
        second = _restored(claims, "claims", orders["claims"])
    shapes = np.asarray(shapely.from_wkb(known["incidents.geometry"].to_numpy(zero_copy_only=False)), dtype=object)
    rows = tables["incidents"].take(pa.array(first))
    result = Tables.from_arrow(rows, claims.take(pa.array(second)), tables["sources"], shapes[first])
    return Unpacked(result, json.loads(words), str(head["made_with"]))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(path, "there is no such file", "check the name") from None
    except OSError as error:
        raise InputError(path, f"cannot be read: {error.strerror or error}", "check the file") from None


def _read(data: bytes, path: Path) -> tuple[dict[str, str], dict[str, Any], int]:
    """Find the blocks of a map and the head of its archive, and say how much may come out of it."""
    try:
        html = data.decode("utf-8")
    except UnicodeDecodeError:
        raise InputError(path, "is not a map: expected HTML in UTF-8", "name a map made by mapper") from None
    blocks = {found[1]: found[2] for found in _BLOCK.finditer(html)}
    if "mapper-archive" not in blocks:
        if not is_own_map(data):
            raise InputError(path, "holds no archive: it is no map made by mapper", "name another file")
        if not html.rstrip().endswith("</html>"):
            raise InputError(path, "is cut short: expected </html> at its end", "get the file again from where it came")
        raise InputError(path, "carries no archive: it was made without one", "make it again with archive = true in its definition")
    try:
        head = json.loads(blocks["mapper-archive"])
        version = int(head["version"])
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(path, error) from None
    if version != VERSION:
        which = ("a newer", "get a newer mapper") if version > VERSION else ("an older", "make the map again from its data")
        problem = f"its archive is of version {version}, of {which[0]} mapper ({head.get('made_with', 'which one is not said')})"
        raise InputError(path, f"{problem}; this one reads version {VERSION}", which[1])
    return blocks, head, _LEAST + _MOST * len(data)


def _check(seal: str, known: Mapping[str, pa.Array], orders: Mapping[str, pa.Array], words: str) -> None:
    found = digest({**known, **orders}, words)
    if seal != found:
        raise ValueError(f"what is in it has another checksum than it says: {found[:12]}… for {str(seal)[:12]}…, so it was edited")


def _damaged(path: Path, error: Exception) -> InputError:
    said = str(error).strip().splitlines()
    problem = f"its archive is damaged ({said[0][:200] if said else type(error).__name__})"
    return InputError(path, problem, "get the file again from where it came")


def _columns(names: Sequence[str]) -> list[str]:
    """Give the columns in the order of the leaves: places first, for others are guessed from them."""
    return sorted(names, key=lambda name: name != "places")


def _positions(column: pa.ChunkedArray, among: pa.ChunkedArray) -> NDArray[np.int64]:
    return np.asarray(pc.index_in(column, value_set=whole(among)).to_numpy(), dtype=np.int64)


def _told_of_sources(known: Mapping[str, pa.Array], source: NDArray[np.int64]) -> dict[str, pa.Array]:
    """Say what the page will tell of the sources: nothing of one that no claim names, no address that is not of the web."""
    named = np.zeros(len(known["sources.id"]), dtype=bool)
    named[source] = True
    told = {}
    for column in SOURCE.values():
        kept = pc.and_(pa.array(named), is_web(known["sources.url"])) if column == "url" else pa.array(named)
        told[f"sources.{column}"] = pc.if_else(kept, blank_is_null(known[f"sources.{column}"]), pa.scalar(None, pa.string()))
    return told


def _dots(known: Mapping[str, pa.Array]) -> pa.Array:
    """Guess the geometry of each incident, as WKB: a point where its first place is."""
    where = first_place(known["incidents.places"])
    lon, lat = (known[f"incidents.places.{name}"].take(where) for name in ("lon", "lat"))
    there = np.asarray(pc.and_(lon.is_valid(), lat.is_valid()))
    count = int(there.sum())
    data = np.zeros((count, 21), dtype=np.uint8)
    data[:, :5] = (1, 1, 0, 0, 0)
    for at, degrees in ((5, lon), (13, lat)):
        values = np.asarray(degrees.filter(pa.array(there)).to_numpy(zero_copy_only=False), dtype="<f8")
        data[:, at : at + 8] = np.ascontiguousarray(values).view(np.uint8).reshape(count, 8)
    offsets = np.concatenate([[0], np.cumsum(there * 21)]).astype(np.int32)
    valid = pa.py_buffer(np.packbits(there, bitorder="little").tobytes())
    return pa.Array.from_buffers(pa.binary(), len(there), [valid, pa.py_buffer(offsets), pa.py_buffer(data.tobytes())])


def _wkb(shapes: NDArray[np.object_], guess: pa.Array) -> pa.Array:
    """Write geometries as WKB, by way of the guess where that is right."""
    guessed = np.asarray(guess.is_valid())
    # An empty point has no coordinates, and so none that are those of the guess.
    points = guessed & (shapely.get_type_id(shapes) == 0) & (shapely.get_coordinate_dimension(shapes) == 2) & ~shapely.is_empty(shapes)
    texts = guess.filter(pa.array(guessed))
    bits = np.frombuffer(texts.buffers()[2] or b"", np.uint8)[: 21 * len(texts)].reshape(-1, 21)[:, 5:]
    at = np.cumsum(guessed) - 1
    rows = np.flatnonzero(points)
    own = np.column_stack([shapely.get_x(shapes[rows]), shapely.get_y(shapes[rows])]).astype("<f8").view(np.uint8).reshape(-1, 16)
    same = np.zeros(len(shapes), dtype=bool)
    same[rows[(own == bits[at[rows]]).all(axis=1)]] = True
    others = pa.array(shapely.to_wkb(shapes[~same]).tolist(), pa.binary())
    return pc.replace_with_mask(guess, pa.array(~same), others)


def _keep_geometry(rest: Rest, leaf: pa.Array, guess: pa.Array) -> None:
    """Keep which geometry a row has where the guess is wrong: -1 for none, or its place among the outlines."""
    wrong = pa.array(differs(leaf, guess))
    encoded = leaf.filter(wrong).dictionary_encode()
    which = pc.replace_with_mask(pa.nulls(len(leaf), pa.int32()), wrong, encoded.indices.fill_null(-1))
    rest.keep(_OUTLINE, which, None)
    if len(encoded.dictionary):
        rest.parts |= outlines.kept(encoded.dictionary.to_pylist())


def _told_geometry(rest: Rest, guess: pa.Array) -> pa.Array:
    which = rest.tell(_OUTLINE, pa.int32(), len(guess), None)
    words = outlines.told(rest.parts) if "outlines decimals" in rest.parts else []
    own = pc.drop_null(which).to_numpy(zero_copy_only=False)
    values = rest.allowance.taken(pa.array(words, pa.binary()), pa.array(own, mask=own < 0))
    return pc.replace_with_mask(guess, which.is_valid(), values)


def _order(table: pa.Table, name: str, rows: NDArray[np.int64]) -> pa.Array:
    """Say how the rows of a table stand: by a word, or by the row of each in the order of the drawing."""
    for word, keys in _ORDERS[name].items():
        if _rising(table, keys):
            return pa.array([word])
    return pa.array(rows.astype(np.int32))


def _restored(table: pa.Table, name: str, order: pa.Array) -> NDArray[np.int64]:
    if pa.types.is_string(order.type):
        keys = [(key, "ascending") for key in _ORDERS[name][order[0].as_py()]]
        return np.asarray(pc.sort_indices(table, sort_keys=keys), dtype=np.int64)
    rows = np.asarray(order)
    if not np.array_equal(np.sort(rows), np.arange(len(table))):
        raise ValueError(f"order of the {name} is none")
    return np.argsort(rows)


def _rising(table: pa.Table, keys: Sequence[str]) -> bool:
    """Tell whether the rows stand in the order of the keys, the unknown last."""
    level = np.ones(max(len(table) - 1, 0), dtype=bool)
    for key in keys:
        column = whole(table[key])
        one, other = column[:-1], column[1:]
        there, then = np.asarray(one.is_valid()), np.asarray(other.is_valid())
        above = np.asarray(pc.greater(one, other).fill_null(False)) | (~there & then)
        if (level & above).any():
            return False
        level &= np.asarray(pc.equal(one, other).fill_null(False)) | ~(there | then)
        if not level.any():
            break
    return True
