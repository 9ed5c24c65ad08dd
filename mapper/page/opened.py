"""A finished page taken apart as a reader could do it: every script, every block, every column, down to texts and numbers.

It goes by what the bytes are (container, Parquet, deflate, base64, JSON), not by what the page is supposed to hold, so that
nothing is passed over; what is of no known form is handed out as bytes. Where a block says which incident a value belongs
to, the value carries its id.
"""

from __future__ import annotations

import base64
import binascii
import html as markup
import io
import json
import re
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from mapper.errors import DisclosureError
from mapper.page.assets import bundle
from mapper.page.columns import Columns, Numbers, Texts, pieces
from mapper.page.container import MAGIC

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

__all__ = ["Bytes", "Piece", "open_bytes", "open_page", "open_table"]

_OPENING = re.compile(r"<(script|style)\b([^>]*)>", re.IGNORECASE)
#: Sixteen bytes, which a position takes as two doubles, are 22 letters of base64.
_BASE64 = re.compile(r"[A-Za-z0-9+/]{20,}={0,2}")
#: No address or sentence goes on so long without a blank or a point; such a run is data, and read as what it decodes to.
_LONGEST_WORD = 400
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_ID = re.compile(r"""\bid="([^"]*)""")
_ZSTD = b"\x28\xb5\x2f\xfd"
_ARROW = b"ARROW1"
_OWNERS = ("id", "incident_id")


@dataclass(frozen=True, slots=True)
class Bytes:
    """What is of no form that is known here."""

    where: str
    data: bytes


Piece = Texts | Numbers | Bytes


def open_page(page: str) -> Iterator[Piece]:
    """Take a page apart; the basemap and the bundle, which know nothing of incidents, are left out.

    Raises
    ------
    DisclosureError
        If a block is damaged or of a coding that is not known here: what cannot be read cannot be vouched for.
    """
    rest: list[str] = []
    at = 0
    parts: list[Columns] = []
    while found := _OPENING.search(page, at):
        rest.append(page[at : found.end()])
        at = page.find(f"</{found[1]}", found.end())
        at = len(page) if at < 0 else at
        content = page[found.end() : at].strip()
        named = _ID.search(found[2])
        name = f"block {named[1]}" if named else f"{found[1].lower()} element"
        if content in (bundle("mapper.js"), bundle("mapper.css")) or name.startswith("block basemap_"):
            continue
        if (packed := _decoded(content)) is not None and (columns := _columns(packed, name)) is not None:
            parts.append(columns)
            yield from _open_meta(columns)
        else:
            yield from _open_text(content, name)
    rest.append(page[at:])
    yield from _open_text(markup.unescape("\n".join(rest)), "the page's own text")
    yield from pieces(parts)


def open_bytes(data: bytes, where: str) -> Iterator[Piece]:
    """Take bytes apart, whatever they are."""
    if (columns := _columns(data, where)) is not None:
        yield from _open_meta(columns)
        yield from pieces([columns])
    elif data.startswith(b"PAR1"):
        file = pq.ParquetFile(io.BytesIO(data))
        yield from _metadata(file.schema_arrow.metadata, where)
        yield from _metadata(file.metadata.metadata, where)
        yield from open_table(file.read(), where)
    elif data.startswith(_ARROW):
        yield from open_table(pa.ipc.open_file(data).read_all(), where)
    elif (inflated := _inflated(data)) is not None:
        yield from open_bytes(inflated, where)
    else:
        try:
            yield from _open_text(data.decode(), where)
        except UnicodeDecodeError:
            yield Bytes(where, data)


def open_table(table: pa.Table, where: str) -> Iterator[Piece]:
    """Take a table apart, with all that is nested in it; its rows belong to the incidents of its column `id` or `incident_id`."""
    key = next((name for name in _OWNERS if name in table.column_names and _is_text(table.schema.field(name).type)), None)
    owners = np.array([value or "" for value in table[key].to_pylist()], dtype=object) if key and not _is_of_sources(table) else None
    numbers: dict[str, NDArray[Any]] = {}
    for name in table.column_names:
        column = table[name].combine_chunks()
        for chunk in column.chunks if isinstance(column, pa.ChunkedArray) else [column]:
            yield from _open_array(chunk, f"{where}, {name}", name, np.arange(len(chunk)), owners, numbers)
    if numbers:
        yield Numbers(where, numbers, None if owners is None else owners.tolist())


def _is_of_sources(table: pa.Table) -> bool:
    return "url" in table.column_names


def _open_array(
    column: pa.Array, where: str, name: str, rows: NDArray[np.int64], owners: NDArray[np.object_] | None, numbers: dict[str, NDArray[Any]]
) -> Iterator[Piece]:
    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.dictionary_decode(), kind.value_type
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        parents = np.asarray(pc.list_parent_indices(column))
        nested: dict[str, NDArray[Any]] = {}
        inner = rows[parents]
        yield from _open_array(pc.list_flatten(column), where, name, inner, owners, nested)
        if nested:
            yield Numbers(where, nested, None if owners is None else owners[inner].tolist())
    elif pa.types.is_struct(kind):
        for i, field in enumerate(kind):
            yield from _open_array(pc.struct_field(column, [i]), f"{where}.{field.name}", field.name, rows, owners, numbers)
    elif _is_text(kind):
        values = column.to_pylist()
        known = [i for i, value in enumerate(values) if value]
        yield Texts(where, [values[i] for i in known], None if owners is None else owners[rows[known]].tolist())
    elif pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        yield from _open_binary(column, where, rows, owners)
    elif pa.types.is_integer(kind) or pa.types.is_floating(kind):
        numbers[name] = np.asarray(column.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False), dtype=float)


def _open_binary(column: pa.Array, where: str, rows: NDArray[np.int64], owners: NDArray[np.object_] | None) -> Iterator[Piece]:
    """Read geometries in WKB; anything else is taken apart value by value."""
    import shapely

    values = column.to_pylist()
    shapes = shapely.from_wkb([value or None for value in values], on_invalid="ignore")
    corners, owner = shapely.get_coordinates(shapes, return_index=True)
    who = None if owners is None else owners[rows[owner]].tolist()
    yield Numbers(where, {"lon": corners[:, 0], "lat": corners[:, 1]}, who)
    for value, shape in zip(values, shapes, strict=True):
        if value and shape is None:
            yield from open_bytes(value, where)


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _metadata(metadata: dict[bytes, bytes] | None, where: str) -> Iterator[Piece]:
    for key, value in (metadata or {}).items():
        if key != b"ARROW:schema":
            yield from open_bytes(value, f"{where}, metadata")


def _open_text(text: str, where: str) -> Iterator[Piece]:
    """Take a text apart: JSON into its values, base64 in it into what that holds."""
    try:
        document = json.loads(text)
    except ValueError:
        document = None
    if isinstance(document, (dict, list)):
        strings: list[str] = []
        numbers: list[float] = []
        _flatten(document, strings, numbers)
        yield Numbers(where, {"numbers": np.array(numbers, dtype=float)})
    else:
        strings = [_ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)]
    yield Texts(where, [_BASE64.sub(lambda run: run[0] if len(run[0]) <= _LONGEST_WORD else " ", string) for string in strings])
    for string in strings:
        for found in _BASE64.finditer(string):
            if (data := _decoded(found[0])) is not None:
                yield from open_bytes(data, where)
            elif len(found[0]) > _LONGEST_WORD:
                yield Bytes(where, found[0].encode())


def _flatten(value: Any, strings: list[str], numbers: list[float]) -> None:
    if isinstance(value, dict):
        strings += value
        value = list(value.values())
    if isinstance(value, list):
        for entry in value:
            _flatten(entry, strings, numbers)
    elif isinstance(value, str):
        strings.append(value)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        numbers.append(float(value))


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True) if text else None
    except (binascii.Error, ValueError):
        return None


def _columns(data: bytes, where: str) -> Columns | None:
    """Read a container, deflated or not; None if it is none."""
    inflated = data if data.startswith(MAGIC) else _inflated(data)
    if inflated is None or not inflated.startswith(MAGIC):
        return None
    try:
        return Columns.read(inflated, where)
    except (ValueError, LookupError, struct.error) as error:
        raise DisclosureError(f"{where}: cannot be read, so nobody can tell what is in it ({error})") from error


def _open_meta(columns: Columns) -> Iterator[Piece]:
    yield from _open_text(json.dumps(columns.meta, ensure_ascii=False), f"{columns.where}, vocabulary")


def _inflated(data: bytes) -> bytes | None:
    if data.startswith(_ZSTD):
        with pa.input_stream(io.BytesIO(data), compression="zstd") as stream:
            return bytes(stream.read())
    for bits in (-zlib.MAX_WBITS, zlib.MAX_WBITS, zlib.MAX_WBITS | 16):
        press = zlib.decompressobj(bits)
        try:
            inflated = press.decompress(data)
        except zlib.error:
            continue
        if press.eof and not press.unused_data:
            return inflated
    return None
