"""The containers of a page read back: their columns, and which incident each value belongs to.

`mapper.page.container` writes them. The drawing has numbers in the order of the drawing, the blocks of text have the ids in
the same order; put together, each number and text has its incident.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from mapper.page.container import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

__all__ = ["Columns", "Numbers", "Texts", "pieces"]

#: Bytes that a container of our own making may have: any number.
_MOST = 1 << 50


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
        found = parse(data, _MOST)
        texts = {}
        for name, (lengths, run) in found.texts.items():
            bounds = np.concatenate([[0], np.cumsum(lengths)]).tolist()
            texts[name] = [run[start:end].decode() for start, end in pairwise(bounds)]
        return cls(where, found.meta, dict(found.numbers), texts)


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
