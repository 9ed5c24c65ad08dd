"""The gazetteer: every settlement of 500 people and more, admin-1 area and country, looked up by name.

Two Parquet files hold it. The names are one sorted column of folded keys, searched by halving in Arrow's own buffers:
nothing is built when it is opened, so that a cold process answers at once. A row becomes a `Place` when it is asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from mapper.errors import GeodataError
from mapper.gazetteer.names import fold, nominatives, respellings, romanise
from mapper.geodata import data_dir

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Gazetteer", "Named", "Place"]

_PLACE_COLUMNS = ("id", "name", "kind", "country", "admin1", "admin1_name", "lon", "lat", "population", "radius_km", "parent", "seat")
_NAME_COLUMNS = ("key", "places")
_REMEDY = "run 'mapper gazetteer build', or check the file out of the repository again"
# Where a Cyrillic name found elsewhere only ("Сум": Soum in Burkina Faso) is more likely an inflected one of ours.
_CYRILLIC_COUNTRIES = frozenset({"UA", "RU", "BY", "KZ", "KG", "BG", "RS", "MK", "MN"})
_CODE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer.

    `lon` and `lat` of an area are a point to hang a label on, never a site. `radius_km` is that of a circle as large as
    the place; `admin1` its ISO 3166-2 code. `population` of an area is the sum of its settlements.
    """

    id: str
    name: str
    kind: str
    country: str
    admin1: str
    admin1_name: str
    lon: float
    lat: float
    population: int
    radius_km: float


@dataclass(frozen=True, slots=True)
class Named:
    """A place found by a name, and how: `rank` 0 by its own name, 1 by another spelling, 2 by another name of it.

    `via` is ``name``, ``inflected``, ``romanised`` or ``respelt``.
    """

    place: Place
    rank: int
    via: str


class _Strings:
    """A column of UTF-8 texts as Arrow holds it: offsets and bytes, read without copying."""

    def __init__(self, array: pa.StringArray) -> None:
        _, offsets, data = array.buffers()
        self._offsets = memoryview(offsets).cast("i")[array.offset : array.offset + len(array) + 1]
        self._data = memoryview(data) if data is not None else memoryview(b"")
        self._array = array  # keeps the buffers alive
        self._length = len(array)

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, index: int) -> bytes:
        return bytes(self._data[self._offsets[index] : self._offsets[index + 1]])

    def position(self, key: bytes) -> int:
        """Give the first position whose text is not less than the key."""
        offsets, data = self._offsets, self._data
        low, high = 0, self._length
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


class Gazetteer:
    """Places by name and by id; open it with `Gazetteer.load`."""

    def __init__(self, places: pa.Table, names: pa.Table) -> None:
        self._columns: dict[str, pa.Array] = {name: _one(places, name) for name in _PLACE_COLUMNS}
        self._ids = _Strings(self._columns["id"])
        self._keys = _Strings(_one(names, "key"))
        listed = _one(names, "places")
        self._starts = memoryview(listed.buffers()[1]).cast("i")
        self._packed = memoryview(listed.values.buffers()[1]).cast("i")
        self._listed = listed  # keeps the buffers alive
        self._places: dict[int, Place] = {}
        self._found: dict[str, tuple[Named, ...]] = {}
        self._parents, self.capitals = self._relations()

    @classmethod
    def load(cls, directory: Path | None = None) -> Gazetteer:
        """Open the gazetteer of a folder, by default that of `mapper.geodata`.

        Raises
        ------
        GeodataError
            If a file is missing, damaged or of another version.
        """
        directory = directory or data_dir() / "gazetteer"
        return cls(_read(directory / "places.parquet", _PLACE_COLUMNS), _read(directory / "names.parquet", _NAME_COLUMNS))

    @classmethod
    @cache
    def default(cls) -> Gazetteer:
        """Open the project's own gazetteer, once a process."""
        return cls.load()

    def __len__(self) -> int:
        return len(self._ids)

    def places(self) -> Iterator[Place]:
        """Give every place, in the order of their ids."""
        return (self._place(row) for row in range(len(self)))

    def place(self, place_id: str) -> Place | None:
        """Give the place of an id (``gn:692194``, ``admin1:UA-59``, ``country:UA``), or None."""
        row = self._ids.find(place_id.encode())
        return self._place(row) if row >= 0 else None

    def named(self, name: str) -> tuple[Place, ...]:
        """Give every place of a name, whatever its alphabet, the most populous first; none for an unknown one."""
        return tuple(found.place for found in self.matches(name))

    def matches(self, name: str) -> tuple[Named, ...]:
        """Give the places of a name with how each was found.

        The name as it stands first; if that is unknown, without a Ukrainian or Russian case ending, in Latin letters, or
        in another romanisation.
        """
        key = fold(name)
        found = self._found.get(name)
        if found is None:
            found = self._by_key(key, "name")
            for variant in nominatives(name) if not any(match.place.country in _CYRILLIC_COUNTRIES for match in found) else ():
                found += self._by_key(variant, "inflected")
            for spelling in romanise(name) if not found else ():
                found += self._by_key(fold(spelling), "romanised")
            for spelling in respellings(name) if not found else ():
                found += self._by_key(spelling, "respelt")
            unique = {match.place.id: match for match in reversed(found)}
            found = tuple(sorted(unique.values(), key=lambda match: (-match.place.population, match.place.id)))
            self._found[name] = found
        return found

    def knows(self, key: str) -> bool:
        """Tell whether a folded key is a name."""
        return self._keys.find(key.encode()) >= 0

    def starts(self, key: str) -> bool:
        """Tell whether some longer name begins with the words of a folded key."""
        prefix = f"{key} ".encode()
        position = self._keys.position(prefix)
        return position < len(self._keys) and self._keys[position].startswith(prefix)

    def contains(self, container: Place, place: Place) -> bool:
        """Tell whether a place lies in a country or admin-1 area, or in a part of that area."""
        if container.country != place.country or container.id == place.id:
            return False
        if container.kind == "country":
            return True
        if container.kind != "admin1" or not place.admin1:
            return False
        return container.admin1 in (place.admin1, self._parents.get(place.admin1))

    def coded(self, code: str) -> Place | None:
        """Give the area or country of an ISO code (``UA``, ``UA-59``), or None."""
        code = code.strip().upper()
        if not _CODE.fullmatch(code):
            return None
        return self.place(f"admin1:{code}" if "-" in code else f"country:{code}")

    def _by_key(self, key: str, via: str) -> tuple[Named, ...]:
        if not key:
            return ()
        position = self._keys.find(key.encode())
        if position < 0:
            return ()
        packed = self._packed[self._starts[position] : self._starts[position + 1]]
        return tuple(Named(self._place(value >> 2), value & 3, via) for value in packed)

    def _place(self, row: int) -> Place:
        place = self._places.get(row)
        if place is None:
            values: list[Any] = [self._columns[name][row].as_py() for name in _PLACE_COLUMNS[:10]]
            values[9] = round(values[9], 1)
            place = self._places[row] = Place(*values)
        return place

    def _relations(self) -> tuple[dict[str, str], frozenset[str]]:
        """Read which larger unit each area belongs to, and which settlements are capitals; areas stand first."""
        areas = self._ids.position(b"country;")  # the byte after the colon: the end of the countries
        admin1 = self._columns["admin1"].slice(0, areas).to_pylist()
        parent = self._columns["parent"].slice(0, areas).to_pylist()
        seats = self._columns["seat"].slice(0, areas).to_pylist()
        parents = {code: up.removeprefix("admin1:") for code, up in zip(admin1, parent, strict=True) if up.startswith("admin1:")}
        return parents, frozenset(seat for seat in seats if seat)


def _one(table: pa.Table, name: str) -> pa.Array:
    column = table.column(name)
    array = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    return array.chunk(0) if isinstance(array, pa.ChunkedArray) else array


def _read(path: Path, columns: tuple[str, ...]) -> pa.Table:
    dictionary = [name for name in columns if name in {"kind", "country", "admin1", "admin1_name", "parent", "seat"}]
    try:
        present = set(pq.read_schema(path).names)
        table = pq.ParquetFile(path, read_dictionary=[name for name in dictionary if name in present]).read()
    except FileNotFoundError as error:
        raise GeodataError(f"{path}: the file is missing; {_REMEDY}") from error
    except (OSError, pa.ArrowInvalid) as error:
        raise GeodataError(f"{path}: the file is damaged ({str(error).splitlines()[0]}); {_REMEDY}") from error
    missing = [name for name in columns if name not in table.column_names]
    if missing or not len(table):
        problem = f"the columns {', '.join(missing)} are missing" if missing else "it has no rows"
        raise GeodataError(f"{path}: {problem}, the file is of another version; {_REMEDY}")
    return table
