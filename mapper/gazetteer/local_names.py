"""What places are called in the page's languages: as the map's background does where it names them.

Names are looked up by the id of a place; one that has none, because somebody gave its position, is the city of its name
at that position.
"""

from __future__ import annotations

import csv
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from mapper.crs import great_circle_km
from mapper.errors import GeodataError
from mapper.gazetteer.boundary_files import ADMIN1, COUNTRY, BoundaryFiles, take
from mapper.gazetteer.names import fold
from mapper.geodata import data_dir, stamp
from mapper.taxonomy import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pyarrow as pa
    from numpy.typing import NDArray

__all__ = ["LocalNames"]

_CITY = "gn:"
_OTHERS = tuple(lang for lang in LANGUAGES if lang != "en")
#: How far from a city somebody may put it.
_SAME_KM = 20.0


class LocalNames:
    """The names of places by language; make one with `LocalNames.load`."""

    def __init__(self, directory: Path) -> None:
        self._files = BoundaryFiles(directory)
        self._directory = directory
        self._by_country: dict[str, dict[str, list[int]]] = {}

    @classmethod
    def load(cls, directory: Path | None = None) -> LocalNames:
        """Open the files of a folder, by default that of `mapper.geodata`; the same files give the same object."""
        directory = directory or data_dir()
        paths = [directory / name for name in ("gazetteer/local_names.parquet", "gazetteer/local_names.csv", "basemap/cities.parquet")]
        return _load(directory, stamp(paths))

    def of(
        self, place_id: str | None, name: str | None = "", country: str | None = "", at: tuple[float, float] | None = None
    ) -> Mapping[str, str]:
        """Give the names of a place by language, without those that are not known; nothing for an unknown one.

        A place of Ukraine whose Russian name is not known has its Ukrainian one in Russian too.

        Parameters
        ----------
        place_id
            Its id in the gazetteer, or nothing.
        name, country
            What it is called where it has no id, or one of several areas, and its country's code.
        at
            Its `(lon, lat)`; what has neither id nor position is not known.
        """
        prefix = (place_id or "").partition(":")[0] + ":"
        if place_id and place_id in self._files:
            table, row = self._files.find(place_id)
            return _known({lang: table[f"name_{lang}"][row].as_py() for lang in LANGUAGES})
        if name in self._regions and (not place_id or prefix in {"own:", ADMIN1}):
            return self._regions[name]
        if not place_id:
            return self._at(name or "", country or "", at) if at else {}
        if prefix == _CITY and (row := self._cities.get(int(place_id.removeprefix(_CITY)), -1)) >= 0:
            return self._city(row)
        position = self._others.get(place_id, -1)
        if position < 0:
            return {}
        found = {lang: self._table[lang][position].as_py() for lang in _OTHERS}
        return _known(found | {"ru": found["ru"] or found["uk"]})

    def of_area(self, code: str | None) -> Mapping[str, str]:
        """Give the names of an admin-1 area or a country by its ISO 3166 code."""
        return self.of(f"{ADMIN1 if '-' in code else COUNTRY}{code}") if code else {}

    def around(self, place_id: str | None, name: str | None, country: str | None, admin1: str | None) -> tuple[str, ...]:
        """Give every name of a place, of its area and of its country."""
        listed = (self.of(place_id, name, country), self.of_area(admin1), self.of_area(country))
        return tuple(dict.fromkeys(said for names in listed for said in names.values()))

    def country(self, name: str) -> str:
        """Give the code of a country by its English name; empty for any other word."""
        return self._countries.get(name, "")

    @cached_property
    def _countries(self) -> dict[str, str]:
        table = self._files.countries
        return {name: code for name, code in zip(table["name_en"].to_pylist(), table["code"].to_pylist(), strict=True) if code}

    @cached_property
    def _city_table(self) -> pa.Table:
        return self._files.table("basemap/cities.parquet").combine_chunks()

    @cached_property
    def _cities(self) -> dict[int, int]:
        return {number: row for row, number in enumerate(self._city_table["geonameid"].to_pylist())}

    @cached_property
    def _countries_of_cities(self) -> NDArray[np.str_]:
        return np.array(self._city_table["country"].to_pylist())

    @cached_property
    def _table(self) -> pa.Table:
        return self._files.table("gazetteer/local_names.parquet").combine_chunks()

    @cached_property
    def _others(self) -> dict[str, int]:
        return {place_id: row for row, place_id in enumerate(self._table["place"].to_pylist())}

    @cached_property
    def _regions(self) -> dict[str | None, Mapping[str, str]]:
        path = self._directory / "gazetteer" / "local_names.csv"
        try:
            with path.open(encoding="utf-8", newline="") as file:
                return {row["name"]: _known({lang: row[lang] for lang in _OTHERS}) for row in csv.DictReader(file)}
        except (OSError, KeyError, csv.Error) as error:
            raise GeodataError(f"{path}: cannot be read ({error}); check it out of the repository again") from error

    def _cities_by_name(self, country: str) -> Mapping[str, list[int]]:
        """Give the cities of a country; to fold the names of all the world's takes longer than to make a map."""
        if country not in self._by_country:
            found = self._by_country[country] = {}
            rows = np.flatnonzero(self._countries_of_cities == country)
            for row, name in zip(rows.tolist(), take(self._city_table, rows)["name_en"].to_pylist(), strict=True):
                found.setdefault(fold(name), []).append(row)
        return self._by_country[country]

    def _city(self, row: int) -> Mapping[str, str]:
        return _known({lang: self._city_table[f"name_{lang}"][row].as_py() for lang in LANGUAGES})

    def _at(self, name: str, country: str, at: tuple[float, float]) -> Mapping[str, str]:
        for row in self._cities_by_name(country).get(fold(name), ()):
            lon, lat = (self._city_table[axis][row].as_py() / 1e4 for axis in ("lon", "lat"))
            if great_circle_km(*at, lon, lat) <= _SAME_KM:
                return self._city(row)
        return {}


def _known(names: Mapping[str, str | None]) -> dict[str, str]:
    return {lang: name for lang, name in names.items() if name}


@lru_cache(maxsize=2)
def _load(directory: Path, _: object) -> LocalNames:
    return LocalNames(directory)
