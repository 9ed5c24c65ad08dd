"""Our own tables: places that the registries lack or misplace (`places.csv`), former names (`renamed.csv`), populations.

They are short and read as they are, so that a correction needs no build.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapper.errors import GeodataError
from mapper.gazetteer.layer import Layer, NameTable, tables
from mapper.gazetteer.names import fold
from mapper.gazetteer.place import KINDS, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["PRECISIONS", "Curated", "read", "read_populations", "read_renamed"]

PRECISIONS = ("site", "settlement", "near", "admin2", "region", "water")
_COLUMNS = (
    "name", "kind", "country", "admin1", "lon", "lat", "radius_km", "precision", "aliases", "valid_from", "valid_to", "note", "source",
)  # fmt: skip
_POPULATIONS_COLUMNS = ("place_id", "name", "population", "note")
_RENAMED_COLUMNS = ("place_id", "current", "former", "valid_to", "source")


@dataclass(frozen=True, slots=True)
class Curated:
    """The places of our own table, and for each region the admin-1 areas that it is made of."""

    layer: Layer
    parts: Mapping[str, frozenset[str]]


def read(path: Path, base: Layer) -> Curated:
    """Read `places.csv`; a region has the codes of its admin-1 areas in the column admin1, divided by ``|``.

    Parameters
    ----------
    base
        The layer of the admin-1 areas, for their names and populations.

    Raises
    ------
    GeodataError
        If the file is missing, or a row cannot be used.
    """
    places: list[Place] = []
    names = NameTable()
    parts: dict[str, frozenset[str]] = {}
    for number, row in _rows(path, _COLUMNS):
        codes = [code for code in row["admin1"].split("|") if code]
        areas = [base.identified(f"admin1:{code}") for code in codes]
        known = [area for area in areas if area is not None]
        if len(known) < len(codes):
            raise GeodataError(f"{path}: row {number}, column admin1, value {row['admin1']!r}: an area that the gazetteer lacks")
        if row["kind"] not in KINDS or row["precision"] not in PRECISIONS:
            raise GeodataError(f"{path}: row {number}: kind {row['kind']!r} or precision {row['precision']!r} is none of ours")
        only = known[0] if len(known) == 1 else None
        try:
            lon, lat, radius = float(row["lon"]), float(row["lat"]), float(row["radius_km"])
        except ValueError as error:
            raise GeodataError(f"{path}: row {number}: {error}") from error
        place = Place(
            id=f"own:{fold(row['name']).replace(' ', '-')}-{(only.admin1 if only else row['country']) or 'world'}",
            name=row["name"],
            kind=row["kind"],
            country=row["country"],
            admin1=only.admin1 if only else "",
            admin1_name=only.name if only else "",
            lon=lon,
            lat=lat,
            population=sum(area.population for area in known) if row["kind"] == "region" else 0,
            radius_km=radius,
            precision=row["precision"],
        )
        places.append(place)
        if row["kind"] == "region":
            parts[place.id] = frozenset(codes)
        names.add(place.id, row["name"], 0)
        for alias in row["aliases"].split("|"):
            names.add(place.id, alias, 1)
    if len({place.id for place in places}) < len(places):
        raise GeodataError(f"{path}: two rows have one name in one area")
    return Curated(Layer(*tables(places, names), origin="curated"), parts)


def read_renamed(path: Path) -> dict[str, list[tuple[str, int]]]:
    """Read `renamed.csv`: for the folded key of each former or new name the id of the place, and rank 2.

    Raises
    ------
    GeodataError
        If the file is missing or lacks a column.
    """
    found: dict[str, list[tuple[str, int]]] = {}
    for _, row in _rows(path, _RENAMED_COLUMNS):
        for column, rank in (("current", 1), ("former", 2)):
            for name in row[column].split("|"):
                found.setdefault(fold(name), []).append((row["place_id"], rank))
    found.pop("", None)
    return found


def read_populations(path: Path) -> dict[str, int]:
    """Read `populations.csv`: what the population of a place is where the registries have another's, 0 where it is not known.

    Raises
    ------
    GeodataError
        If the file is missing or lacks a column, or a number is none.
    """
    found: dict[str, int] = {}
    for number, row in _rows(path, _POPULATIONS_COLUMNS):
        if not row["population"].isdecimal():
            raise GeodataError(f"{path}: row {number}, column population, value {row['population']!r}: no whole number")
        found[row["place_id"]] = int(row["population"])
    return found


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if missing := [name for name in columns if name not in (reader.fieldnames or ())]:
                raise GeodataError(f"{path}: the columns {', '.join(missing)} are missing; check the file out of the repository again")
            for number, row in enumerate(reader, start=2):
                yield number, {name: (row[name] or "").strip() for name in columns}
    except FileNotFoundError as error:
        raise GeodataError(f"{path}: the file is missing; check it out of the repository again") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise GeodataError(f"{path}: the file is damaged ({error}); check it out of the repository again") from error
