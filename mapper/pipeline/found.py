"""What one file tells, as it is kept from one run to the next."""

from __future__ import annotations

import io
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import shapely

from mapper.errors import Rejected
from mapper.merging.naming import Part
from mapper.merging.reports import Told
from mapper.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Found"]

_OPTIONS = pa.ipc.IpcWriteOptions(compression="lz4")


@dataclass(frozen=True, slots=True)
class Found:
    """The articles of a file, or the part that its table is; with the rows set aside, and what was guessed."""

    told: tuple[Told, ...] = ()
    part: Part | None = None
    rejected: tuple[Rejected, ...] = ()
    warnings: tuple[str, ...] = ()

    def dumps(self) -> bytes:
        """Write it as bytes: the length of a header, the header as JSON, and tables as Arrow streams."""
        streams = [_stream(table) for table in _tables(self.part)] if self.part else []
        header = {
            "told": [told.dumps().decode() for told in self.told],
            "rejected": [asdict(rejected) for rejected in self.rejected],
            "warnings": self.warnings,
            "streams": [len(stream) for stream in streams],
        }
        head = json.dumps(header, ensure_ascii=False).encode()
        return b"".join((len(head).to_bytes(8, "big"), head, *streams))

    @classmethod
    def loads(cls, data: bytes) -> Found:
        """Read back what `dumps` wrote."""
        view = memoryview(data)
        at = 8 + int.from_bytes(view[:8], "big")
        header: dict[str, Any] = json.loads(bytes(view[8:at]))
        tables = []
        for length in header["streams"]:
            tables.append(pa.ipc.open_stream(view[at : at + length]).read_all())
            at += length
        return cls(
            told=tuple(Told.loads(told.encode()) for told in header["told"]),
            part=_part(*tables) if tables else None,
            rejected=tuple(Rejected(**rejected) for rejected in header["rejected"]),
            warnings=tuple(header["warnings"]),
        )


def _tables(part: Part) -> Iterator[pa.Table]:
    shapes = pa.array(part.tables.incidents.geometry.to_wkb(), pa.binary())
    extra = {"geometry": shapes, "path": part.paths, "row": part.rows, "short": part.short}
    incidents = part.tables.arrow("incidents")
    for column, values in extra.items():
        incidents = incidents.append_column(column, values)
    yield incidents
    yield part.tables.arrow("claims")
    yield part.tables.arrow("sources")


def _part(incidents: pa.Table, claims: pa.Table, sources: pa.Table) -> Part:
    beside = ("path", "row", "short")
    shapes = shapely.from_wkb(incidents["geometry"].to_numpy())
    tables = Tables.from_arrow(incidents.drop_columns(["geometry", *beside]), claims, sources, shapes)
    return Part(tables, *(incidents[column].combine_chunks() for column in beside))


def _stream(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, table.schema, options=_OPTIONS) as writer:
        writer.write_table(table)
    return sink.getvalue()
