"""Building of the airfields of Ukraine, Russia and Belarus, from PyPI airportsdata."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import numpy as np

from mapper.errors import GeodataError
from mapper.gazetteer.layer import NameTable, tables, write
from mapper.gazetteer.place import Place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mapper.gazetteer.boundaries import Boundaries
    from mapper.gazetteer.build.raw import RawFiles

__all__ = ["write_airfields"]

_COUNTRIES = ("BY", "RU", "UA")
_RADIUS_KM = 2.0
_KIND = re.compile(r"\s*\b(?:international airport|airport|air base|airbase|airfield|aerodrome)\s*$", re.IGNORECASE)
_KINDS = ("airport", "air base", "airbase", "airfield", "aerodrome", "military airfield", "military airbase")


def write_airfields(raw: RawFiles, boundaries: Boundaries, admin1: Mapping[str, str], folder: Path) -> list[Path]:
    """Write the airfields; the country and area of each are those of the map, so that Crimea's are in Ukraine.

    Parameters
    ----------
    admin1
        Names of the admin-1 areas by code.
    """
    try:
        with raw.airfields.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["country"] in _COUNTRIES]
        lon = np.array([float(row["lon"]) for row in rows])
        lat = np.array([float(row["lat"]) for row in rows])
    except (OSError, KeyError, ValueError) as error:
        raise GeodataError(f"{raw.airfields}: not the airfields of airportsdata ({error}); fetch the raw files again") from error
    countries, areas = boundaries.containing(lon, lat)
    places = []
    names = NameTable()
    for row, x, y, country, area in zip(rows, lon.tolist(), lat.tolist(), countries.tolist(), areas.tolist(), strict=True):
        code = str(area)
        place = Place(
            id=f"icao:{row['icao']}",
            name=row["name"],
            kind="site",
            country=str(country) or row["country"],
            admin1=code,
            admin1_name=admin1.get(code, ""),
            lon=round(x, 4),
            lat=round(y, 4),
            population=0,
            radius_km=_RADIUS_KM,
            precision="site",
        )
        places.append(place)
        core = _KIND.sub("", row["name"])
        names.add(place.id, row["name"], 0)
        for kind in _KINDS:
            names.add(place.id, f"{core} {kind}", 1)
            if row["city"]:
                names.add(place.id, f"{row['city']} {kind}", 2)
    table, keys = tables(places, names)
    return [write(table, folder / "airfields_places.parquet"), write(keys, folder / "airfields_names.parquet")]
