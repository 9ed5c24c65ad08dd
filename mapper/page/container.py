"""A small binary container: a JSON directory and named columns of numbers, deflated, in base64.

::

    4 bytes   "MAPC"
    uint32    length of the directory (all numbers little-endian)
    ...       directory, JSON: {"version", "meta", "columns": [[name, coding, count, bytes], ...]}
    ...       the columns, one after the other, in the order of the directory

Codings, made for numbers that are small or change little from row to row:

- ``u8``: one byte each,
- ``varint``: unsigned, seven bits a byte, the lowest first, the top bit says that more follow,
- ``optional``: the number plus one, 0 where it is not known, as varint,
- ``i32``: four bytes each, little-endian,
- ``text``: the length of each text in bytes as four bytes, little-endian, then all texts one after the other in UTF-8,
- ``delta``: differences to the number before (to 0 at first), zigzag-folded to unsigned, as varint. Numbers are 32 bit
  and differences wrap around.

`mapper/frontend/container.ts` reads it.
"""

from __future__ import annotations

import binascii
import json
import struct
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

__all__ = ["CODINGS", "VERSION", "Container", "deflated", "delta", "varint"]

MAGIC = b"MAPC"
VERSION = 1
CODINGS = ("u8", "varint", "optional", "delta")

_LONGEST = 5  # bytes of a 32-bit number in groups of seven bits


@dataclass(slots=True)
class Container:
    """Columns to be packed, in the order they are added."""

    meta: Mapping[str, Any] = field(default_factory=dict)
    _columns: list[tuple[str, str, int, bytes]] = field(default_factory=list)

    def add(self, name: str, coding: str, values: NDArray[Any]) -> None:
        """Add a column of whole numbers in one of `CODINGS`.

        Raises
        ------
        ValueError
            If a number does not fit the coding: the page must not show another one.
        """
        values = np.asarray(values)
        low, high = (int(values.min()), int(values.max())) if len(values) else (0, 0)
        least, most = {"u8": (0, 255), "varint": (0, 2**32 - 1), "optional": (-1, 2**31 - 1), "delta": (-(2**31), 2**31 - 1)}[coding]
        if low < least or high > most:
            raise ValueError(f"column {name}: {low} to {high} does not fit {coding} ({least} to {most})")
        if coding == "u8":
            data = values.astype(np.uint8).tobytes()
        elif coding == "varint":
            data = varint(values.astype(np.uint32))
        elif coding == "optional":
            data = varint((values.astype(np.int64) + 1).astype(np.uint32))
        else:
            data = delta(values.astype(np.int32))
        self._columns.append((name, coding, len(values), data))

    def add_i32(self, name: str, values: NDArray[np.int32]) -> None:
        """Add a column of numbers as they are: to be read here and there rather than from the first to the last."""
        self._columns.append((name, "i32", len(values), values.astype("<i4").tobytes()))

    def add_text(self, name: str, lengths: NDArray[np.int64], data: bytes) -> None:
        """Add a column of texts, given one after the other in UTF-8 with the bytes of each."""
        self._columns.append((name, "text", len(lengths), lengths.astype("<u4").tobytes() + data))

    def pack(self) -> bytes:
        """Give the container's bytes, not yet deflated."""
        directory = json.dumps(
            {
                "version": VERSION,
                "meta": self.meta,
                "columns": [[name, coding, count, len(data)] for name, coding, count, data in self._columns],
            },
            ensure_ascii=False,
            separators=(",", ":"),
        ).encode()
        return b"".join([MAGIC, struct.pack("<I", len(directory)), directory, *(c[3] for c in self._columns)])

    def text(self) -> str:
        """Give the container as the page carries it."""
        return deflated(self.pack())


def deflated(data: bytes, level: int | None = None) -> str:
    """Compress by raw deflate and write in base64, which needs no escaping in HTML."""
    press = zlib.compressobj(level or (9 if len(data) < 200_000 else 6), zlib.DEFLATED, -zlib.MAX_WBITS)
    return binascii.b2a_base64(press.compress(data) + press.flush(), newline=False).decode("ascii")


def varint(values: NDArray[np.uint32]) -> bytes:
    """Write unsigned numbers in groups of seven bits.

    Examples
    --------
    >>> varint(np.array([1, 300], dtype=np.uint32)).hex()
    '01ac02'
    """
    if not len(values):
        return b""
    groups = np.zeros((len(values), _LONGEST), dtype=np.uint8)
    length = np.ones(len(values), dtype=np.uint8)
    for i in range(_LONGEST):
        rest = values >> np.uint32(7 * i)
        groups[:, i] = (rest & np.uint32(0x7F)).astype(np.uint8)
        if i:
            length[rest > 0] = i + 1
    index = np.arange(_LONGEST, dtype=np.uint8)
    groups[index < (length - 1)[:, None]] |= 0x80
    return groups[index < length[:, None]].tobytes()


def delta(values: NDArray[np.int32]) -> bytes:
    """Write signed numbers as folded differences.

    Examples
    --------
    >>> delta(np.array([-1, -1, 1], dtype=np.int32)).hex()
    '010004'
    """
    steps = np.diff(values, prepend=np.int32(0)).astype(np.int32)
    return varint(((steps << 1) ^ (steps >> 31)).view(np.uint32))
