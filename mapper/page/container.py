"""A small binary container: a JSON directory and named columns of numbers, deflated, in base64.

::

    4 bytes   "MAPC"
    uint32    length of the directory (all numbers little-endian)
    ...       directory, JSON: {"version", "meta", "columns": [[name, form, count, bytes, first, more], ...]}
    ...       the columns, one after the other, in the order of the directory

Forms of a column:

- ``line``: number i is ``first + more * i``; it takes no bytes, which is what most columns of most maps need,
- ``planes``: each number less ``first``, in ``more`` bytes: the lowest bytes of all numbers, then the next of all, and so on,
- ``delta``: the same of the differences to the number before (to 0 at first), counted in units of ``first`` and folded to
  unsigned (0, -1, 1, -2 …). Numbers are 32 bit and differences wrap around. The unit is what divides all numbers: positions
  are often given in hundredths or tenths of what the column could hold,
- ``i32``: four bytes each,
- ``text``: the length of each text in bytes as four bytes, then all texts one after the other in UTF-8.

Bytes of equal weight stand together because they deflate best so, and are read by the plainest of loops.
`mapper/frontend/container.ts` reads it.
"""

from __future__ import annotations

import binascii
import json
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

__all__ = ["CODINGS", "THREADS", "VERSION", "Columns", "Container", "deflated", "parse", "read"]

MAGIC = b"MAPC"
VERSION = 3

#: What a column may hold: the least and the most.
CODINGS = {"u8": (0, 255), "number": (0, 2**31 - 1), "optional": (-1, 2**31 - 1), "delta": (-(2**31), 2**31 - 1)}

#: Threads that compress: zlib lets others run meanwhile.
THREADS = 2

#: From this many bytes on a part of a column is compressed by itself, in the way that suits it.
_LARGE = 32_768


@dataclass(frozen=True, slots=True)
class Columns:
    """What `read` gives: `numbers` by name, the bytes of each text and all of them in a row, and the `size` of it all."""

    meta: Mapping[str, Any]
    numbers: Mapping[str, NDArray[np.int64]]
    texts: Mapping[str, tuple[NDArray[np.int64], bytes]]
    size: int


@dataclass(slots=True)
class Container:
    """Columns to be packed, in the order they are added."""

    meta: Mapping[str, Any] = field(default_factory=dict)
    _directory: list[tuple[str, str, int, int, int, int]] = field(default_factory=list)
    _parts: list[bytes] = field(default_factory=list)

    def add(self, name: str, coding: str, values: NDArray[Any]) -> None:
        """Add a column of whole numbers in one of `CODINGS`; ``delta`` is for those that change little from row to row.

        Raises
        ------
        ValueError
            If a number does not fit the coding: the page must not show another one.
        """
        values = np.asarray(values)
        low, high = (int(values.min()), int(values.max())) if len(values) else (0, 0)
        least, most = CODINGS[coding]
        if low < least or high > most:
            raise ValueError(f"column {name}: {low} to {high} does not fit {coding} ({least} to {most})")
        first, step = (int(values[0]), int(values[1]) - int(values[0]) if len(values) > 1 else 0) if len(values) else (0, 0)
        if low == high or (values[-1] == first + step * (len(values) - 1) and (np.diff(values) == step).all()):
            self._put(name, "line", len(values), [], first, step)
        elif coding == "delta":
            unit = max(1, int(np.gcd.reduce(values.astype(np.int64))))
            planes = _planes(_folded((values // unit).astype(np.int32)))
            self._put(name, "delta", len(values), planes, unit, len(planes))
        else:
            planes = _planes((values.astype(np.int64) - low).astype(np.uint32))
            self._put(name, "planes", len(values), planes, low, len(planes))

    def add_i32(self, name: str, values: NDArray[np.int32]) -> None:
        """Add a column of numbers as they are: of a few rows, for which no planes are worth their place in the directory."""
        self._put(name, "i32", len(values), [values.astype("<i4").tobytes()])

    def add_text(self, name: str, lengths: NDArray[np.int64], data: bytes) -> None:
        """Add a column of texts, given one after the other in UTF-8 with the bytes of each."""
        self._put(name, "text", len(lengths), [lengths.astype("<u4").tobytes() + data])

    def _put(self, name: str, form: str, count: int, parts: list[bytes], first: int = 0, more: int = 0) -> None:
        self._directory.append((name, form, count, sum(map(len, parts)), first, more))
        self._parts += parts

    def pack(self) -> bytes:
        """Give the container's bytes, not yet deflated."""
        return b"".join([self._head(), *self._parts])

    def text(self) -> str:
        """Give the container as the page carries it."""
        parts = [bytearray(self._head())]
        for part in self._parts:
            if len(part) < _LARGE and len(parts[-1]) < _LARGE:
                parts[-1] += part
            else:
                parts.append(bytearray(part))
        return _base64(_pressed(parts))

    def _head(self) -> bytes:
        directory = json.dumps(
            {"version": VERSION, "meta": self.meta, "columns": self._directory}, ensure_ascii=False, separators=(",", ":")
        ).encode()
        return MAGIC + struct.pack("<I", len(directory)) + directory


def deflated(data: bytes, level: int = 9) -> str:
    """Compress by raw deflate and write in base64, which needs no escaping in HTML."""
    return _base64(_press(data, level, zlib.Z_DEFAULT_STRATEGY, last=True))


def read(text: str | bytes, most: int) -> Columns:
    """Read a container as the page carries it.

    Parameters
    ----------
    most
        Bytes that it may have when it is inflated; its numbers count as eight bytes each.

    Raises
    ------
    ValueError
        If it is damaged, of another version, or larger.
    """
    press = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        data = press.decompress(binascii.a2b_base64(text, strict_mode=True), most)
    except zlib.error as error:
        raise ValueError(str(error)) from None
    if not press.eof:
        raise ValueError(f"a block is cut short, or has more than {most:,} bytes")
    return parse(data, most)


def parse(data: bytes, most: int) -> Columns:
    """Read the bytes of a container, inflated; `most` and errors as `read`."""
    if data[:4] != MAGIC or len(data) < 8:
        raise ValueError("a block does not begin as it should")
    at = 8 + struct.unpack("<I", data[4:8])[0]
    directory = json.loads(data[8:at])
    if directory["version"] != VERSION:
        raise ValueError(f"a block is of version {directory['version']}, expected {VERSION}")
    numbers: dict[str, NDArray[np.int64]] = {}
    texts: dict[str, tuple[NDArray[np.int64], bytes]] = {}
    values = 0
    for name, form, count, size, first, more in directory["columns"]:
        part, at = data[at : at + size], at + size
        if len(part) != size or count < 0:
            raise ValueError(f"column {name} is cut short")
        if (values := values + count) * 8 > most:
            raise ValueError(f"a block has more than {most:,} bytes")
        if form == "text":
            lengths = np.frombuffer(part, "<u4", count).astype(np.int64)
            if lengths.sum() != size - 4 * count:
                raise ValueError(f"column {name} has other lengths than it says")
            texts[name] = lengths, part[4 * count :]
        elif form == "line":
            numbers[name] = first + more * np.arange(count)
        elif form == "i32":
            numbers[name] = np.frombuffer(part, "<i4", count).astype(np.int64)
        elif not 0 < more <= 4:
            raise ValueError(f"column {name} has numbers of {more} bytes")
        else:
            planes = np.frombuffer(part, np.uint8, more * count).reshape(more, count).astype(np.int64)
            whole = (planes << (8 * np.arange(more)[:, None])).sum(axis=0)
            steps = np.cumsum((whole >> 1) ^ -(whole & 1)).astype(np.int32).astype(np.int64)
            numbers[name] = steps * first if form == "delta" else whole + first
    if at != len(data):
        raise ValueError(f"{len(data) - at} bytes of a block belong to no column")
    return Columns(directory["meta"], numbers, texts, len(data) + 8 * values)


def _base64(data: bytes) -> str:
    return binascii.b2a_base64(data, newline=False).decode("ascii")


def _pressed(parts: Sequence[bytes | bytearray]) -> bytes:
    """Compress each part in the way that suits it, one after the other: together they are one raw deflate stream.

    What has no repetition, such as the lowest bytes of positions, packs better when none is looked for.
    """

    def best(number: int) -> bytes:
        part, last = parts[number], number == len(parts) - 1
        if len(part) < _LARGE:
            return _press(part, 9, zlib.Z_DEFAULT_STRATEGY, last=last)
        return min((_press(part, 6, way, last=last) for way in (zlib.Z_DEFAULT_STRATEGY, zlib.Z_RLE)), key=len)

    with ThreadPoolExecutor(THREADS) as threads:
        return b"".join(threads.map(best, range(len(parts))))


def _press(data: bytes | bytearray, level: int, strategy: int, *, last: bool) -> bytes:
    press = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, strategy)
    return press.compress(data) + press.flush(zlib.Z_FINISH if last else zlib.Z_FULL_FLUSH)


def _folded(values: NDArray[np.int32]) -> NDArray[np.uint32]:
    """Write signed numbers as folded differences.

    Examples
    --------
    >>> _folded(np.array([-1, -1, 1], dtype=np.int32)).tolist()
    [1, 0, 4]
    """
    steps = np.diff(values, prepend=np.int32(0)).astype(np.int32)
    return ((steps << 1) ^ (steps >> 31)).view(np.uint32)


def _planes(numbers: NDArray[np.uint32]) -> list[bytes]:
    """Give the lowest bytes of all numbers, then the next, as far as any number has them.

    Examples
    --------
    >>> [plane.hex() for plane in _planes(np.array([1, 300], dtype=np.uint32))]
    ['012c', '0001']
    """
    weights = numbers.astype("<u4").view(np.uint8).reshape(-1, 4)
    return [weights[:, k].tobytes() for k in range(max(1, (int(numbers.max()).bit_length() + 7) // 8))]
