"""What is left of the tables when all that the page tells anyway is taken away: the leaves of an archive.

A leaf that is as it was guessed takes no place at all. Of any other it is kept, under its name and a word:

- ``constant``: the one value of all rows,
- ``rows`` and ``values``: where it differs from the guess, and what stands there,
- ``steps`` and ``decimals``: numbers with so many decimals, as their distance from the guess in the last of these,
- ``codes`` and ``words``: few different values, as positions in the list of them,
- ``whole``: all values.

They travel as one Arrow IPC stream of one row, in which each is a list of its own length.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mapper.incidents import whole
from mapper.page.allowance import Allowance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

__all__ = ["Rest", "differs", "digest", "least", "numbers"]

#: Share of the rows up to which those that differ are kept one by one.
_FEW = 0.25

#: Decimals of numbers that are tried, for a position is seldom given more finely than to a tenth of a millimetre.
_DECIMALS = (6, 7, 8, 9)

#: Share of different values up to which they are listed once.
_REPEATED = 0.5

#: Bytes up to which there is time to compress well.
_SMALL = 8_000_000


#: Fields of Arrow's `Message` and `RecordBatch`.
_HEADER, _COMPRESSION = 2, 3


@dataclass(slots=True)
class Rest:
    """Parts of leaves by their name and word, and how much may come of them."""

    parts: dict[str, pa.Array] = field(default_factory=dict)
    allowance: Allowance = field(default_factory=Allowance)

    def keep(self, path: str, leaf: pa.Array, guess: pa.Array | None) -> None:
        """Keep what it takes to tell a leaf whose guess is known to the reader; None is a guess of all null."""
        apart = differs(leaf, guess)
        count = int(apart.sum())
        if not count:
            return
        if guess is not None and count > _FEW * len(leaf) and pa.types.is_floating(leaf.type) and self._steps(path, leaf, guess):
            return
        if count <= _FEW * len(leaf):
            rows = np.flatnonzero(apart)
            self.parts[f"{path} rows"] = least(rows)
            self._values(f"{path} values", leaf.take(pa.array(rows)))
        else:
            self._values(path, leaf)

    def tell(self, path: str, kind: pa.DataType, count: int, guess: pa.Array | None) -> pa.Array:
        """Give back the leaf that was kept.

        Raises
        ------
        ValueError
            If what is kept does not fit, or would be more than is allowed.
        """
        self.allowance.rows(count, kind)
        if guess is None:
            guess = pa.nulls(count, kind)
        elif guess.type != kind:
            guess = guess.cast(kind)
        if (rows := self.parts.get(f"{path} rows")) is not None:
            where = np.zeros(len(guess), dtype=bool)
            where[numbers(rows)] = True
            values = self._told(f"{path} values", kind, len(rows))
            if values is None or int(where.sum()) != len(values):
                raise ValueError(f"{path}: rows and values do not go together")
            guess = pc.replace_with_mask(guess, pa.array(where), values)
        elif (steps := self.parts.get(f"{path} steps")) is not None:
            scale = 10.0 ** int(self.parts[f"{path} decimals"][0].as_py())
            whole_steps = np.round(_doubles(guess) * scale) + steps.fill_null(0).to_numpy(zero_copy_only=False)
            guess = pa.array(whole_steps / scale, mask=np.asarray(steps.is_null()))
        elif (told := self._told(path, kind, count)) is not None:
            guess = told
        if len(guess) != count:
            raise ValueError(f"{path}: {len(guess)} values where {count} were expected")
        return guess

    def pack(self) -> tuple[bytes, int]:
        """Give the compressed stream, and how long it is before."""
        columns = [pa.ListArray.from_arrays(pa.array([0, len(part)], pa.int32()), part) for part in self.parts.values()]
        batch = pa.record_batch(columns, names=list(self.parts))
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, batch.schema) as stream:
            stream.write_batch(batch)
        data = sink.getvalue()
        return pa.Codec("zstd", compression_level=12 if len(data) < _SMALL else 3).compress(data, asbytes=True), len(data)

    @classmethod
    def unpack(cls, data: bytes, size: int, allowance: Allowance) -> Rest:
        """Read a stream of `size` bytes; Arrow makes no more than that of it.

        Raises
        ------
        ValueError, pyarrow.ArrowException
            If it is damaged.
        """
        packed = pa.Codec("zstd").decompress(data, decompressed_size=size)
        for message in pa.ipc.MessageReader.open_stream(packed):
            if message.type != "schema" and (message.type != "record batch" or _is_compressed(message.metadata.to_pybytes())):
                raise ValueError(f"its {message.type} is of a kind that may unpack to more than it has bytes")
        with pa.ipc.open_stream(packed) as stream:
            batch = stream.read_next_batch()
        batch.validate(full=True)
        if batch.num_rows != 1:
            raise ValueError(f"expected one row, found {batch.num_rows}")
        return cls({name: whole(pc.list_flatten(batch.column(at))) for at, name in enumerate(batch.schema.names)}, allowance)

    def _values(self, path: str, leaf: pa.Array) -> None:
        if _is_plain(leaf.type):
            encoded = leaf.dictionary_encode()
            words = encoded.dictionary
            if len(words) == 1 and not leaf.null_count:
                self.parts[f"{path} constant"] = words
                return
            if len(words) <= _REPEATED * len(leaf):
                self.parts[f"{path} codes"] = least(encoded.indices)
                self.parts[f"{path} words"] = words
                return
        self.parts[f"{path} whole"] = least(leaf) if pa.types.is_integer(leaf.type) else leaf

    def _told(self, path: str, kind: pa.DataType, count: int) -> pa.Array | None:
        if (constant := self.parts.get(f"{path} constant")) is not None:
            return self.allowance.repeated(constant[0], count).cast(kind)
        if (codes := self.parts.get(f"{path} codes")) is not None:
            return self.allowance.taken(self.parts[f"{path} words"], codes).cast(kind)
        if (values := self.parts.get(f"{path} whole")) is not None:
            return values if values.type == kind else values.cast(kind)
        return None

    def _steps(self, path: str, leaf: pa.Array, guess: pa.Array) -> bool:
        """Keep numbers by their distance from the guess, if that gives them back to the last bit."""
        known = np.asarray(leaf.is_valid())
        if np.any(known & np.asarray(guess.is_null())):
            return False
        exact, about = _doubles(leaf), _doubles(guess)
        for decimals in _DECIMALS:
            scale = 10.0**decimals
            apart = np.where(known, np.round(exact * scale) - np.round(about * scale), 0)
            if not np.all(np.abs(apart) < 2**31):
                continue
            # As whole numbers, for of those there is but one zero.
            steps = apart.astype(np.int64)
            back = (np.round(about * scale) + steps) / scale
            if np.array_equal(back[known].view(np.int64), exact[known].view(np.int64)):
                self.parts[f"{path} steps"] = least(pa.array(steps, mask=~known))
                self.parts[f"{path} decimals"] = pa.array([decimals], pa.int8())
                return True
        return False


def digest(leaves: Mapping[str, pa.Array], *more: str) -> str:
    """Give the SHA-256 of leaves, to the last bit and the last null, and of texts."""
    seal = hashlib.sha256()
    for path, leaf in leaves.items():
        seal.update(f"{path}\0{leaf.type}\0{len(leaf)}\0".encode())
        if leaf.null_count:
            seal.update(np.packbits(np.asarray(leaf.is_valid())).tobytes())
        for part in _bits(leaf):
            seal.update(part)
    for text in more:
        seal.update(f"\0{text}".encode())
    return seal.hexdigest()


def _bits(leaf: pa.Array) -> list[Any]:
    """Give the bytes of all values, null as nothing or zero."""
    kind = leaf.type
    if pa.types.is_string(kind) or pa.types.is_binary(kind):
        filled = leaf.fill_null("" if pa.types.is_string(kind) else b"")
        _, offsets, data = filled.buffers()
        if offsets is None or not len(filled):
            return []
        bounds = np.frombuffer(offsets, np.int32)[filled.offset : filled.offset + len(filled) + 1]
        return [np.diff(bounds), memoryview(data)[bounds[0] : bounds[-1]] if data is not None and bounds[0] != bounds[-1] else b""]
    if _is_plain(kind):
        return [np.ascontiguousarray(numbers(leaf))]
    return [repr(leaf.to_pylist()).encode()]


def differs(leaf: pa.Array, guess: pa.Array | None) -> NDArray[np.bool_]:
    """Tell for each value whether it is another than the guess, to the last bit."""
    known = np.asarray(leaf.is_valid())
    if guess is None:
        return known
    if guess.type != leaf.type:
        guess = guess.cast(leaf.type)
    if pa.types.is_string(leaf.type) or pa.types.is_binary(leaf.type):
        same = np.asarray(pc.equal(leaf, guess).fill_null(False))
    else:
        same = numbers(leaf) == numbers(guess)
    return np.asarray((known != np.asarray(guess.is_valid())) | (known & ~same), dtype=bool)


def _is_compressed(metadata: bytes) -> bool:
    """Tell whether the head of an Arrow message names a compression: `RecordBatch.compression` of Arrow's `Message.fbs`.

    A table of the flatbuffer begins with the distance back to the places of its fields; 0 is that of one that is not there.
    """

    def at(table: int, field: int) -> int:
        fields = table - struct.unpack_from("<i", metadata, table)[0]
        (size,) = struct.unpack_from("<H", metadata, fields)
        place = struct.unpack_from("<H", metadata, fields + 4 + 2 * field)[0] if 4 + 2 * field < size else 0
        return table + place if place else 0

    header = at(struct.unpack_from("<I", metadata)[0], _HEADER)
    return at(header + struct.unpack_from("<I", metadata, header)[0], _COMPRESSION) > 0


def _is_plain(kind: pa.DataType) -> bool:
    """Tell whether values can be listed and counted: texts, bytes, numbers, times and truths."""
    return bool(pa.types.is_primitive(kind) or pa.types.is_string(kind) or pa.types.is_binary(kind))


def numbers(leaf: pa.Array) -> NDArray[Any]:
    """Give the bits of each value as a whole number, null as 0."""
    kind = leaf.type
    if pa.types.is_boolean(kind):
        return np.asarray(leaf.fill_null(False).to_numpy(zero_copy_only=False), dtype=np.uint8)
    if pa.types.is_float64(kind):
        return np.asarray(leaf.fill_null(0.0).to_numpy(zero_copy_only=False)).view(np.int64)
    plain = leaf if pa.types.is_integer(kind) else leaf.view(f"int{kind.bit_width}")
    return np.asarray(plain.fill_null(0).to_numpy(zero_copy_only=False))


def _doubles(leaf: pa.Array) -> NDArray[np.float64]:
    return np.asarray(leaf.fill_null(0.0).to_numpy(zero_copy_only=False), dtype=np.float64)


def least(values: pa.Array | NDArray[Any]) -> pa.Array:
    """Give whole numbers in the smallest type that holds them."""
    leaf = values if isinstance(values, pa.Array) else pa.array(values)
    ends = pc.min_max(leaf).as_py()
    low, high = ends["min"] or 0, ends["max"] or 0
    for kind in (pa.uint8(), pa.int8(), pa.uint16(), pa.int16(), pa.int32(), pa.int64()):
        bits = kind.bit_width - (0 if pa.types.is_unsigned_integer(kind) else 1)
        if high < 2**bits and low >= (0 if pa.types.is_unsigned_integer(kind) else -(2**bits)):
            return leaf.cast(kind)
    return leaf
