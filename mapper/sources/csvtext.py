"""Delimited text to a Grid: fast where it is well formed, carefully where it is not.

Arrow parses the rows but can't say in which line of the file a row stands once a cell holds a line break.
The lines are therefore counted on the bytes: a line break ends a row if an even number of quotation
marks comes before it. That holds only where every mark opens or closes a whole cell; other files, such as
one with ``5" gun`` in it, go through the slower parser of the standard library, which counts as it reads.
"""

from __future__ import annotations

import csv
import io
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.csv

from mapper.errors import InputError, Rejected
from mapper.sources.columns import is_hashtag, is_known
from mapper.sources.decoding import decode, newlines
from mapper.sources.grid import Grid, unique_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from mapper.sources.grid import Choose

__all__ = ["DELIMITERS", "read_csv", "records"]

DELIMITERS = (",", ";", "\t", "|")

_QUOTE = 34
_NEWLINE = 10
#: Lines above the header that are looked through for it: titles, empty lines, Excel's ``sep=;``.
_PREAMBLE = 10
_UNCLOSED_AT_MOST = 20


@dataclass(frozen=True, slots=True)
class _Head:
    """Names, hashtags, and where the rows begin: byte offset and number of the line."""

    header: tuple[str, ...]
    hashtags: tuple[str, ...]
    delimiter: str
    offset: int
    line: int


@dataclass(slots=True)
class _Body:
    """Good rows with their lines, and the rows that have too few or too many cells."""

    lines: NDArray[np.int64]
    columns: dict[int, pa.Array]
    ragged: list[tuple[int, int, str]]


@contextmanager
def _cells_of_any_length() -> Iterator[None]:
    """Lift the limit that the standard library sets on the length of a cell."""
    limit = csv.field_size_limit(sys.maxsize)
    try:
        yield
    finally:
        csv.field_size_limit(limit)


@_cells_of_any_length()
def read_csv(data: bytes, path: str, choose: Choose) -> Grid:
    """Read delimited text; the delimiter is told by the header.

    Parameters
    ----------
    choose
        Names the columns to read once the header is known; it may raise an InputError.

    Raises
    ------
    InputError
        If the bytes are no text or empty, or too many quotation marks are never closed.
    """
    decoded, warnings = decode(data, path, allow_nul=True)
    utf8 = data if not warnings and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) else decoded.encode()
    if b"\r" in utf8:
        utf8 = newlines(decoded).encode()
    del decoded
    if utf8.isspace() or not utf8:
        raise InputError(path, "is empty: expected a header and rows", "check that the right file was saved")
    head = _head(utf8)
    wanted = list(choose(head.header, head.hashtags))
    body = utf8[head.offset :]
    rejected: list[Rejected] = []
    parsed = _well_formed(body, head, wanted)
    while parsed is None:
        parsed, unclosed = _careful(body, head, wanted)
        if unclosed is not None:
            start, line = unclosed
            end = body.find(b"\n", start)
            said = body[start : start + 60].decode(errors="replace").split("\n")[0]
            rejected.append(Rejected(path, line, "", said, f"a quotation mark in {said!r} is never closed: close it"))
            if len(rejected) >= _UNCLOSED_AT_MOST:
                raise InputError(path, f"row {line}: too many quotation marks are never closed", "save the table again as CSV")
            # an empty line keeps the numbers of those below
            body = body[:start] + (b"" if end < 0 else body[end:])
            parsed = _well_formed(body, head, wanted)
    rejected += [_ragged(path, head, *fault) for fault in parsed.ragged if fault[2].strip(f" {head.delimiter}\n")]
    return Grid(
        header=head.header,
        hashtags=head.hashtags,
        rows=parsed.lines.astype(np.int32),
        columns=parsed.columns,
        rejected=tuple(rejected),
        warnings=warnings,
        damaged=b"\0" in utf8,
    )


@_cells_of_any_length()
def records(text: str, path: str, delimiter: str) -> list[tuple[int, list[str]]]:
    r"""Read rows of whatever length, none of them left out, each with the number of the line that it begins in.

    Parameters
    ----------
    text
        With ``\n`` as its only line end.

    Raises
    ------
    InputError
        If a quotation mark is not closed in its cell, so that rows would be taken for a part of it.
    """
    lines = text.split("\n")
    found: list[tuple[int, list[str]]] = []
    before = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for cells in reader:
        after = reader.line_num
        if (after - before > 1 or after >= len(lines) - 1) and _broken("\n".join(lines[before:after]), delimiter):
            said = lines[before][:60]
            raise InputError(path, f"row {before + 1}: a quotation mark in {said!r} is not closed in its cell", "close it")
        found.append((before + 1, cells))
        before = after
    return found


def _head(data: bytes) -> _Head:
    """Find the header: the first line with a column we know, else the first that is not empty."""
    found: _Head | None = None
    offset, line = 0, 1
    forced = ""
    for _ in range(_PREAMBLE):
        cells, delimiter, end, lines = _record(data, offset, forced)
        if len(cells) == 1 and cells[0].lower().startswith("sep=") and len(cells[0]) == 5:
            forced = cells[0][4]
        elif any(cell.strip() for cell in cells):
            candidate = _Head(tuple(cell.strip() for cell in cells), (), delimiter, end, line + lines)
            if any(is_known(cell) for cell in cells):
                found = candidate
                break
            found = found or candidate
        offset, line = end, line + lines
        if offset >= len(data):
            break
    head = found or _Head(("",), (), ",", len(data), line)
    tags, _, end, lines = _record(data, head.offset, head.delimiter)
    tags = [tag.strip() for tag in tags]
    if any(map(is_hashtag, tags)) and all(tag.startswith("#") for tag in tags if tag):
        return _Head(head.header, tuple(tags), head.delimiter, end, head.line + lines)
    return head


def _record(data: bytes, offset: int, delimiter: str) -> tuple[list[str], str, int, int]:
    """Read one row: its cells, the delimiter, the offset behind it, and how many lines it takes."""
    end = offset
    lines = 0
    while True:
        stop = data.find(b"\n", end)
        end = len(data) if stop < 0 else stop + 1
        lines += 1
        if data.count(b'"', offset, end) % 2 == 0 or end == len(data) or lines > _PREAMBLE:
            break
    text = data[offset:end].decode(errors="replace").rstrip("\n")

    def cells(mark: str) -> list[str]:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=mark), [""])

    if not delimiter:
        delimiter = max(DELIMITERS, key=lambda mark: (sum(map(is_known, cells(mark))), len(cells(mark))))
    return cells(delimiter), delimiter, end, lines


def _well_formed(body: bytes, head: _Head, wanted: Sequence[int]) -> _Body | None:
    """Parse with Arrow; None if the quotation marks do not each open or close a whole cell."""
    index = _lines(body, head)
    if index is None:
        return None
    lines, wraps = index
    names = unique_names(head.header)
    ragged: list[Any] = []

    def note(row: Any) -> str:
        ragged.append(row)
        return "skip"

    def parse(*, threads: bool) -> pa.Table:
        ragged.clear()
        return pa.csv.read_csv(
            pa.BufferReader(body),
            read_options=pa.csv.ReadOptions(column_names=names, use_threads=threads, block_size=1 << 22),
            parse_options=pa.csv.ParseOptions(delimiter=head.delimiter, newlines_in_values=wraps, invalid_row_handler=note),
            convert_options=pa.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                include_columns=[names[at] for at in wanted],
                strings_can_be_null=False,
                check_utf8=False,
            ),
        )

    if not len(lines):
        return _Body(lines, {at: pa.array([], pa.string()) for at in wanted}, [])
    try:
        table = parse(threads=True)
        if ragged:
            table = parse(threads=False)  # only then does Arrow number the rows
    except pa.ArrowInvalid:
        return None
    bad = np.array([row.number - 1 for row in ragged], dtype=np.int64)
    if len(table) + len(bad) != len(lines):
        return None
    faults = [(int(lines[row.number - 1]), row.actual_columns, row.text) for row in ragged]
    columns = {at: _one(table[names[at]]) for at in wanted}
    return _Body(np.delete(lines, bad), columns, faults)


def _lines(body: bytes, head: _Head) -> tuple[NDArray[np.int64], bool] | None:
    """Find the line in which each row begins, and tell whether any cell holds a line break."""
    view = np.frombuffer(body, np.uint8)
    breaks = np.flatnonzero(view == _NEWLINE)
    wraps = False
    ends = breaks
    if b'"' in body:
        quotes = np.flatnonzero(view == _QUOTE)
        edge = np.zeros(256, dtype=bool)
        edge[[_NEWLINE, _QUOTE, ord(head.delimiter)]] = True
        before = np.where(quotes[0::2] > 0, view[np.maximum(quotes[0::2] - 1, 0)], _NEWLINE)
        after = np.where(quotes[1::2] < len(view) - 1, view[np.minimum(quotes[1::2] + 1, len(view) - 1)], _NEWLINE)
        if len(quotes) % 2 or not (edge[before].all() and edge[after].all()):
            return None
        inside = np.searchsorted(quotes, breaks) % 2 == 1
        wraps = bool(inside.any())
        ends = breaks[~inside]
    starts = np.concatenate([[0], ends + 1])
    stops = np.concatenate([ends, [len(view)]])
    line = head.line + (np.searchsorted(breaks, starts) if wraps else np.arange(len(starts)))
    return line[stops > starts].astype(np.int64), wraps


def _careful(body: bytes, head: _Head, wanted: Sequence[int]) -> tuple[_Body | None, tuple[int, int] | None]:
    """Parse with the standard library; at a row that never closes its quotation mark, give its offset and line."""
    good: list[list[str]] = []
    lines: list[int] = []
    ragged: list[tuple[int, int, str]] = []
    starts = [0, *(np.flatnonzero(np.frombuffer(body, np.uint8) == _NEWLINE) + 1).tolist(), len(body)]
    before = 0
    reader = csv.reader(io.StringIO(body.decode("utf-8"), newline=""), delimiter=head.delimiter)
    for row in reader:
        after = reader.line_num
        # a cell may hold line breaks, but then its marks must be in order
        if (after - before > 1 or after >= len(starts) - 2) and _broken(
            body[starts[before] : starts[min(after, len(starts) - 1)]].decode("utf-8"), head.delimiter
        ):
            return None, (starts[before], head.line + before)
        if len(row) == len(head.header):
            good.append(row)
            lines.append(head.line + before)
        elif row:
            ragged.append((head.line + before, len(row), head.delimiter.join(row)))
        before = after
    columns = {at: pa.array([row[at] for row in good], pa.string()) for at in wanted}
    return _Body(np.array(lines, dtype=np.int64), columns, ragged), None


def _broken(text: str, delimiter: str) -> bool:
    """Tell whether a mark is never closed, or closed only in a later line by a mark that opens another cell."""
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error) or "\n" in text.rstrip("\n")
    return False


def _one(column: pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)


def _ragged(path: str, head: _Head, line: int, cells: int, text: str) -> Rejected:
    problem = f"has {cells} cells, the header has {len(head.header)}: check the delimiters and quotation marks"
    if breaks := text.count("\n"):
        problem += f" (the row runs on to line {line + breaks})"
    return Rejected(path, line, "", text[:60], f"{problem} in {text[:60]!r}")
