"""One set of places with its names, as two tables: read at once, searched without building anything.

The names are one sorted column of folded keys, searched by halving in Arrow's own buffers, so that a cold process answers
at once. `Gazetteer` puts several layers together: what is built from the registries, our own table, the user's files.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from mapper.errors import GeodataError
from mapper.gazetteer.names import fold
from mapper.gazetteer.place import Place, radius_of_settlement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["REMEDY", "Layer", "NameTable", "Strings", "read_table", "tables", "texts", "write"]

_PLACE_COLUMNS = ("id", "name", "kind", "country", "admin1", "admin1_name", "lon", "lat", "population", "radius_km")
_FURTHER_COLUMNS = ("precision", "admin2")
_NAME_COLUMNS = ("key", "places")
_REPEATED = frozenset({"kind", "country", "admin1", "admin1_name", "parent", "seat", "precision", "admin2"})
_NUMBERS = {"lon": ("d", pa.float64()), "lat": ("d", pa.float64()), "population": ("q", pa.int64()), "radius_km": ("f", pa.float32())}
# A layer of fewer names is worth a dict, built in 10 ms at the first question: a name is looked for in each layer.
_MOST_IN_DICT = 100_000
_KM_PER_DEGREE = 111.19
#: How many bytes many names share, three letters of Cyrillic.
_BEGINNING = 6
REMEDY = "run 'mapper gazetteer build', or check the file out of the repository again"


class Strings:
    """A column of UTF-8 texts as Arrow holds it: offsets and bytes, read without copying."""

    def __init__(self, array: pa.StringArray) -> None:
        _, offsets, data = array.buffers()
        self._offsets = memoryview(offsets).cast("i")[array.offset : array.offset + len(array) + 1]
        self._data = memoryview(data) if data is not None else memoryview(b"")
        self._array = array  # keeps the buffers alive
        self._length = len(array)
        # Where the texts with one beginning are, of those that were asked for.
        self._ranges: dict[bytes, tuple[int, int]] = {}

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, index: int) -> bytes:
        return bytes(self._data[self._offsets[index] : self._offsets[index + 1]])

    def part(self, first: int, last: int) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
        """Give the texts of some positions as bytes, one behind the other, and where each ends, with 0 before the first."""
        offsets = np.asarray(self._offsets[first : last + 1], np.int64)
        return offsets - offsets[0], np.asarray(self._data[offsets[0] : offsets[-1]]).view(np.uint8)

    def position(self, key: bytes) -> int:
        """Give the first position whose text is not less than the key."""
        beginning = key[:_BEGINNING]
        if (found := self._ranges.get(beginning)) is None:
            found = self._ranges[beginning] = self._least(beginning, 0, self._length), self._least(beginning + b"\xff", 0, self._length)
        return self._least(key, *found)

    def _least(self, key: bytes, low: int, high: int) -> int:
        """Give the first position in a range whose text is not less than the key."""
        offsets, data = self._offsets, self._data
        while low < high:
            middle = (low + high) // 2
            if bytes(data[offsets[middle] : offsets[middle + 1]]) < key:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, key: bytes) -> int:
        """Give the position of a text, or -1."""
        position = self.position(key)
        return position if position < self._length and self[position] == key else -1


class NameTable:
    """Folded keys on their way into a table, with the places they stand for and the rank of each."""

    def __init__(self) -> None:
        self.ranks: dict[tuple[str, str], int] = {}

    def add(self, place_id: str, name: str, rank: int) -> None:
        """Add a name; of two ranks the better one stays."""
        key = fold(name)
        if key:
            pair = (key, place_id)
            self.ranks[pair] = min(rank, self.ranks.get(pair, rank))


class Layer:
    """Places and their names, by key and by id.

    Parameters
    ----------
    places, names
        Tables as `tables` makes them.
    origin
        What `Place.origin` says of these places.

    Attributes
    ----------
    key_column
        The folded keys, sorted by their bytes.
    admin2
        Raions by place id, for places whose table does not say.
    populations
        Populations by place id, for places whose table has another's.
    """

    def __init__(self, places: pa.Table, names: pa.Table, *, origin: str = "") -> None:
        self.columns: dict[str, pa.Array] = {name: _one(places, name) for name in places.column_names}
        self.ids = Strings(self.columns["id"])
        self.origin = origin
        self.admin2: Mapping[str, str] = {}
        self.populations: Mapping[str, int] = {}
        self._key_column = _one(names, "key")
        self.key_column = Strings(self._key_column)
        self._positions: dict[str, int] | None = None
        listed = _one(names, "places")
        self._starts = memoryview(listed.buffers()[1]).cast("i")
        self._packed = memoryview(listed.values.buffers()[1]).cast("i")
        self._listed = listed  # keeps the buffers alive
        self._places: dict[int, Place] = {}
        self._settlements: tuple[NDArray[np.int64], NDArray[np.float64]] | None = None

    @classmethod
    def read(cls, places: Path, names: Path, *, origin: str = "", needed: tuple[str, ...] = (), remedy: str = REMEDY) -> Layer:
        """Read a layer from its two files.

        Raises
        ------
        GeodataError
            If a file is missing, damaged or of another version.
        """
        with ThreadPoolExecutor(1) as beside:
            listed = beside.submit(read_table, names, _NAME_COLUMNS, remedy)
            return cls(read_table(places, (*_PLACE_COLUMNS, *needed), remedy), listed.result(), origin=origin)

    def __len__(self) -> int:
        return len(self.ids)

    def counts(self) -> Counter[str]:
        """Count the places by kind; settlements that are approximate stand apart."""
        kinds = self.columns["kind"].to_pylist()
        if "precision" not in self.columns:
            return Counter(kinds)
        precisions = self.columns["precision"].to_pylist()
        near = {("settlement", "near"): "settlement (approximate)"}
        return Counter(near.get((kind, precision), kind) for kind, precision in zip(kinds, precisions, strict=True))

    def places(self) -> Iterator[Place]:
        """Give every place, in the order of their ids."""
        return (self.place(row) for row in range(len(self)))

    def place(self, row: int) -> Place:
        """Give the place of a row."""
        place = self._places.get(row)
        if place is None:
            values: list[Any] = [self.columns[name][row].as_py() for name in _PLACE_COLUMNS]
            if (corrected := self.populations.get(values[0])) is not None:
                values[8:10] = corrected, radius_of_settlement(corrected)
            values[9] = round(values[9], 1)
            precision, admin2 = (self.columns[name][row].as_py() if name in self.columns else "" for name in _FURTHER_COLUMNS)
            values += [precision or values[2], admin2 or self.admin2.get(values[0], ""), self.origin]
            place = self._places[row] = Place(*values)
        return place

    def identified(self, place_id: str) -> Place | None:
        """Give the place of an id, or None."""
        row = self.ids.find(place_id.encode())
        return self.place(row) if row >= 0 else None

    def named(self, key: str) -> list[tuple[Place, int]]:
        """Give the places of a folded key with the rank of the name."""
        position = self._position(key)
        if position < 0:
            return []
        return [(self.place(value >> 2), value & 3) for value in self._packed[self._starts[position] : self._starts[position + 1]]]

    def knows(self, key: str) -> bool:
        """Tell whether a folded key is a name."""
        return self._position(key) >= 0

    def keys_of_country(self, country: str) -> list[str]:
        """List the folded keys of a country's places, by Arrow's own buffers: a hundred milliseconds for the largest layer."""
        codes = self.columns["country"].to_numpy(zero_copy_only=False)
        starts = np.asarray(self._starts)
        inside = (codes == country)[np.asarray(self._packed) >> 2]
        counted = np.concatenate([[0], np.cumsum(inside)])
        wanted = np.flatnonzero(counted[starts[1:]] > counted[starts[:-1]])
        return [self.key_column[int(position)].decode() for position in wanted]

    def settlements_around(self, lon: float, lat: float, km: float) -> list[int]:
        """Give the rows of the settlements with a position of their own in the square of this half width around a position."""
        if self._settlements is None:
            own = pc.equal(self.columns["kind"].cast(pa.string()), "settlement")
            if "precision" in self.columns:
                own = pc.and_(own, pc.not_equal(self.columns["precision"].cast(pa.string()), "near"))
            rows = pc.indices_nonzero(own)
            lats = self.columns["lat"].take(rows)
            order = pc.sort_indices(lats)
            self._settlements = rows.take(order).to_numpy(), lats.take(order).to_numpy()
        rows, lats = self._settlements
        high = km / _KM_PER_DEGREE
        first, last = lats.searchsorted([lat - high, lat + high])
        wide = high / max(math.cos(math.radians(lat)), 0.01)
        near = rows[first:last]
        lons = self.columns["lon"].take(pa.array(near)).to_numpy()
        away = abs(lons - lon)
        result: list[int] = near[(away <= wide) | (away >= 360 - wide)].tolist()
        return result

    @property
    def keys(self) -> list[str]:
        """All folded keys."""
        return list(self._key_column.to_pylist())

    @property
    def is_large(self) -> bool:
        """Whether it has so many keys that they are looked for by halving."""
        return len(self.key_column) > _MOST_IN_DICT

    def _position(self, key: str) -> int:
        if self.is_large:
            return self.key_column.find(key.encode())
        if self._positions is None:
            self._positions = {name: i for i, name in enumerate(self.keys)}
        return self._positions.get(key, -1)

    def starts(self, key: str) -> bool:
        """Tell whether some longer name begins with the words of a folded key."""
        prefix = f"{key} ".encode()
        position = self.key_column.position(prefix)
        return position < len(self.key_column) and self.key_column[position].startswith(prefix)


def tables(places: Iterable[Place], names: NameTable) -> tuple[pa.Table, pa.Table]:
    """Make the two tables of a layer.

    One row a place, sorted by id; one row a key, sorted by its bytes: `places` holds row number times four, plus the
    rank of the name. Names of other places than those given are left out.
    """
    rows = sorted({place.id: place for place in places}.values(), key=lambda place: place.id.encode())
    columns: dict[str, pa.Array] = {}
    for name in (*_PLACE_COLUMNS, *_FURTHER_COLUMNS):
        values = [getattr(row, name) for row in rows]
        columns[name] = _numbers(values, name) if name in _NUMBERS else texts(values)
    number = {row.id: i for i, row in enumerate(rows)}
    keys: list[str] = []
    starts, packed = array("i"), array("i")
    named = sorted((key.encode(), number[place_id] * 4 + rank) for (key, place_id), rank in names.ranks.items() if place_id in number)
    for encoded, value in named:
        key = encoded.decode()
        if not keys or keys[-1] != key:
            keys.append(key)
            starts.append(len(packed))
        packed.append(value)
    starts.append(len(packed))
    lists = pa.ListArray.from_arrays(_buffered(pa.int32(), starts), _buffered(pa.int32(), packed))
    return pa.Table.from_arrays(list(columns.values()), list(columns)), pa.Table.from_arrays([texts(keys), lists], list(_NAME_COLUMNS))


# `pa.array` of Python values imports pandas, 0.2 s that a lookup has no use for.


def texts(values: Sequence[str]) -> pa.StringArray:
    """Give a column of texts."""
    encoded = [value.encode() for value in values]
    offsets = array("i", accumulate(map(len, encoded), initial=0))
    return pa.StringArray.from_buffers(len(encoded), pa.py_buffer(offsets), pa.py_buffer(b"".join(encoded)))


def _numbers(values: Sequence[float], name: str) -> pa.Array:
    code, kind = _NUMBERS[name]
    return _buffered(kind, array(code, [round(value, 5) for value in values] if code == "d" else values))


def _buffered(kind: pa.DataType, values: array[Any]) -> pa.Array:
    return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(values)])


def write(table: pa.Table, path: Path) -> Path:
    """Write a table of a layer; the same table gives the same bytes."""
    names = set(table.column_names)
    part = path.with_name(f".{path.name}.part")
    pq.write_table(
        table,
        part,
        compression="zstd",
        compression_level=19,
        use_dictionary=sorted(names & _REPEATED),
        column_encoding=dict.fromkeys(sorted(names & {"id", "key"}), "DELTA_BYTE_ARRAY"),
        row_group_size=max(1, len(table)),
        data_page_size=1 << 22,
        write_statistics=False,
        store_schema=False,
    )
    part.replace(path)
    return path


def read_table(path: Path, columns: tuple[str, ...], remedy: str = REMEDY) -> pa.Table:
    """Read a file that must have these columns and at least one row."""
    try:
        present = set(pq.read_schema(path).names)
        table = pq.ParquetFile(path, read_dictionary=sorted(present & _REPEATED)).read()
    except FileNotFoundError as error:
        raise GeodataError(f"{path}: the file is missing; {remedy}") from error
    except (OSError, pa.ArrowInvalid) as error:
        raise GeodataError(f"{path}: the file is damaged ({str(error).splitlines()[0]}); {remedy}") from error
    missing = [name for name in columns if name not in table.column_names]
    if missing or not len(table):
        problem = f"the columns {', '.join(missing)} are missing" if missing else "it has no rows"
        raise GeodataError(f"{path}: {problem}, the file is of another version; {remedy}")
    return table


def _one(table: pa.Table, name: str) -> pa.Array:
    column = table.column(name)
    array = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    return array.chunk(0) if isinstance(array, pa.ChunkedArray) else array
