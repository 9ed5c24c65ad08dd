"""The containers of a page read back: their columns, and which incident each value belongs to.

`mapper.page.container` writes them. The drawing has numbers in the order of the drawing, the blocks of text have the ids in
the same order; put together, each number and text has its incident.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from mapper.page.container import MAGIC

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

__all__ = ["Columns", "Numbers", "Texts", "pieces", "varints"]


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts and the incidents they belong to: ids, or None where nothing says so."""

    where: str
    values: Sequence[str]
    owners: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class Numbers:
    """Columns of one length and the incidents that their rows belong to. NaN stands for what is not known."""

    where: str
    columns: Mapping[str, NDArray[Any]]
    owners: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one container: numbers, and texts."""

    where: str
    meta: Mapping[str, Any]
    numbers: dict[str, NDArray[np.int64]]
    texts: dict[str, list[str]]

    @classmethod
    def read(cls, data: bytes, where: str) -> Columns:
        """Read the bytes of a container.

        Raises
        ------
        ValueError
            If a coding is not known, or the bytes do not come out even.
        """
        (length,) = struct.unpack_from("<I", data, len(MAGIC))
        start = len(MAGIC) + 4
        directory = json.loads(data[start : start + length])
        at = start + length
        numbers: dict[str, NDArray[np.int64]] = {}
        texts: dict[str, list[str]] = {}
        for name, form, count, size, *settings in directory["columns"]:
            part = data[at : at + size]
            at += size
            if form == "text":
                texts[name] = _texts(part, count)
            else:
                numbers[name] = _FORMS[directory["version"], form](part, count, *settings)
                if len(numbers[name]) != count:
                    raise ValueError(f"column {name} has {len(numbers[name])} numbers, its directory says {count}")
        if at != len(data):
            raise ValueError(f"{len(data) - at} bytes belong to no column")
        return cls(where, directory["meta"], numbers, texts)


def varints(data: bytes) -> NDArray[np.int64]:
    """Read unsigned numbers in groups of seven bits.

    Examples
    --------
    >>> varints(bytes.fromhex("01ac02")).tolist()
    [1, 300]
    """
    groups = np.frombuffer(data, dtype=np.uint8)
    ends = np.flatnonzero(groups < 0x80)
    if not len(groups):
        return np.zeros(0, dtype=np.int64)
    starts = np.concatenate([[0], ends[:-1] + 1])
    place = np.arange(len(groups)) - np.repeat(starts, ends - starts + 1)
    return np.add.reduceat((groups & 0x7F).astype(np.int64) << (7 * place), starts)


def _unfolded(folded: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sum up folded differences.

    Examples
    --------
    >>> _unfolded(np.array([1, 0, 4])).tolist()
    [-1, -1, 1]
    """
    steps = (folded >> 1) ^ -(folded & 1)
    return np.cumsum(steps).astype(np.int32).astype(np.int64)


def _planes(data: bytes, count: int, weights: int) -> NDArray[np.int64]:
    """Put together numbers of which the lowest bytes of all stand first, then the next."""
    planes = np.frombuffer(data, dtype=np.uint8).reshape(weights, count).astype(np.int64)
    total: NDArray[np.int64] = (planes << (8 * np.arange(weights))[:, None]).sum(axis=0)
    return total


#: The forms of a column by the version of its container; each is given the bytes, the count and what else the directory says.
_FORMS: Mapping[tuple[int, str], Callable[..., NDArray[np.int64]]] = {
    (1, "u8"): lambda data, _: np.frombuffer(data, dtype=np.uint8).astype(np.int64),
    (1, "i32"): lambda data, _: np.frombuffer(data, dtype="<i4").astype(np.int64),
    (1, "varint"): lambda data, _: varints(data),
    (1, "optional"): lambda data, _: varints(data) - 1,
    (1, "delta"): lambda data, _: _unfolded(varints(data)),
    (2, "line"): lambda _, count, first, more: first + more * np.arange(count, dtype=np.int64),
    (2, "planes"): lambda data, count, first, more: first + _planes(data, count, more),
    (2, "delta"): lambda data, count, _, more: _unfolded(_planes(data, count, more)),
    (2, "i32"): lambda data, *_: np.frombuffer(data, dtype="<i4").astype(np.int64),
}


def _texts(data: bytes, count: int) -> list[str]:
    lengths = np.frombuffer(data[: 4 * count], dtype="<u4").astype(np.int64)
    bounds = 4 * count + np.concatenate([[0], np.cumsum(lengths)])
    if bounds[-1] != len(data):
        raise ValueError(f"texts end at byte {bounds[-1]} of {len(data)}")
    return [data[a:b].decode() for a, b in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)]


def pieces(parts: Sequence[Columns]) -> Iterator[Texts | Numbers]:
    """Hand out all columns of the containers of a page, given in their order in it."""
    ids = [value for part in parts for value in part.texts.get("row_id", ())]
    for part in parts:
        owners = _Owners.of_texts(part) if "row_id" in part.texts else _Owners.of_drawing(part, ids)
        for name, texts in part.texts.items():
            yield Texts(f"{part.where}, {name}", *owners.told(name, texts))
        tables: dict[str, dict[str, NDArray[Any]]] = {}
        for name, column in part.numbers.items():
            tables.setdefault(owners.table(name, len(column)), {})[name] = column
        for table, columns in tables.items():
            yield Numbers(part.where, columns, owners.ids.get(table))


@dataclass(frozen=True, slots=True)
class _Owners:
    """The incidents that the rows of each table of a container belong to; `of_claims` is the source of each claim."""

    ids: Mapping[str, list[str]]
    of_claims: NDArray[np.int64] | None = None

    @classmethod
    def of_texts(cls, part: Columns) -> _Owners:
        rows = np.array(part.texts["row_id"], dtype=object)
        places = _repeated(rows, part.numbers.get("row_places"))
        claims = _repeated(rows, part.numbers.get("row_claims"))
        candidates = _repeated(places, part.numbers.get("place_candidates"))
        tables = {"row": rows, "place": places, "candidate": candidates, "claim": claims}
        return cls({name: owner.tolist() for name, owner in tables.items()}, part.numbers.get("claim_source"))

    @classmethod
    def of_drawing(cls, part: Columns, ids: Sequence[str]) -> _Owners:
        known = np.array(ids, dtype=object)
        tables = {"": list(ids)}
        for table in ("point", "area"):
            rows = part.numbers.get(f"{table}_incident")
            if rows is not None and len(known) and (not len(rows) or rows.max() < len(known)):
                tables[table] = known[rows].tolist()
        return cls(tables)

    def table(self, name: str, length: int) -> str:
        """Name the table of a column of numbers: by its prefix, or as that of the incidents by its length."""
        prefix = name.partition("_")[0]
        if prefix in self.ids and len(self.ids[prefix]) == length:
            return prefix
        return "" if len(self.ids.get("", ())) == length else f"{prefix} {length}"

    def told(self, name: str, texts: list[str]) -> tuple[list[str], list[str] | None]:
        """Give the texts of a column and their owners; those of a source once for each claim that names it."""
        prefix = name.partition("_")[0]
        if prefix == "source" and self.of_claims is not None:
            return [texts[i] for i in self.of_claims.tolist()], self.ids["claim"]
        owners = self.ids.get(prefix)
        return texts, owners if owners is not None and len(owners) == len(texts) else None


def _repeated(owners: NDArray[np.object_], counts: NDArray[np.int64] | None) -> NDArray[np.object_]:
    return owners[:0] if counts is None else np.repeat(owners, counts)
