"""Reading of files of places that a user adds: GeoNames' countries, GeoNames' postal codes, a table of one's own.

Which it is shows in the file: 19 columns or 12, divided by tabs and without a header, or a header with name, lon and lat.
A row that cannot be used is set aside with its reason; a file without a usable row is an error. Country and area are
those of our own borders wherever the file disagrees about Ukraine: Crimea is in Ukraine, whatever the file says.
"""

from __future__ import annotations

import math
import re
import zipfile
import zlib
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from mapper.errors import InputError, Rejected
from mapper.gazetteer.boundaries import Boundaries
from mapper.gazetteer.layer import Layer, NameTable, read_table
from mapper.gazetteer.names import fold, is_cyrillic
from mapper.gazetteer.place import Place, radius_of_settlement
from mapper.gazetteer.spellings import in_latin, is_a_name, is_same_name, spellings
from mapper.geodata import data_dir
from mapper.sources.csvtext import records
from mapper.sources.decoding import newlines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

__all__ = ["DUMP_COLUMNS", "POSTAL_COLUMNS", "Dump", "read"]

DUMP_COLUMNS, POSTAL_COLUMNS = 19, 12
#: Bytes that a zip may unpack to: so many, and so many for each of its own; GeoNames' own have five.
_LEAST, _MOST = 256_000_000, 20
_TABLE_COLUMNS = ("name", "lon", "lat", "country", "admin1", "kind", "radius_km", "aliases")
_TABLE_KINDS = ("settlement", "site")
_COUNTRY = re.compile("(?:[A-Za-z]{2})?")
_REMEDY = "give a GeoNames country (UA.zip, 19 columns), a GeoNames postal file (12 columns), or a CSV with the columns name, lon, lat"
#: GeoNames' feature codes that are no settlement to name in a report: a part of one, one that is no more.
_NO_SETTLEMENT = frozenset({"PPLX", "PPLH", "PPLCH"})
#: Sites that reports name, with a radius in kilometres.
_SITES = {
    "AIRB": 3.0, "AIRP": 3.0, "AIRF": 2.0, "AIRQ": 2.0, "MILB": 3.0, "NVB": 3.0, "OILR": 3.0, "PS": 2.0, "PSN": 3.0, "PSH": 2.0,
    "DAM": 2.0, "BDG": 1.0, "PRT": 3.0, "ISL": 3.0, "MFG": 2.0, "MN": 2.0, "OILT": 2.0, "SPIT": 6.0,
}  # fmt: skip
# GeoNames' accuracy of a postal code: 1 estimated, 3 to 5 that of a place known to GeoNames, 6 the middle of its shape.
# Measured on Ukraine's file against 2,460 settlements of one name: from 4 on 97 % lie within 3 km, at 3 nine of ten
# within 7 km, at 1 only 40 % within 10 km and four of five within 36.
_SETTLEMENT_ACCURACY, _NEAR_ACCURACY = 4, 3
_NEAR_KM, _ESTIMATED_KM = 7.0, 36.0


@dataclass(slots=True)
class Dump:
    """What a file gave; `skipped` are rows of things that are neither settlement nor site."""

    form: str
    places: list[Place] = field(default_factory=list)
    names: NameTable = field(default_factory=NameTable)
    rejected: list[Rejected] = field(default_factory=list)
    skipped: int = 0


@dataclass(slots=True)
class _Raw:
    """A row that reads well, before it is known which area it lies in."""

    id: str
    name: str
    kind: str
    country: str
    admin1: str
    lon: float
    lat: float
    population: int
    radius_km: float
    precision: str
    names: list[tuple[str, int]]
    geonames: str = ""


def read(path: Path) -> Dump:
    """Read a file of places.

    Raises
    ------
    InputError
        If it is none of the three forms, or holds no usable row.
    """
    text = _text(path)
    first = text.partition("\n")[0]
    columns = first.count("\t") + 1
    if columns == DUMP_COLUMNS:
        dump = _country(path, text)
    elif columns == POSTAL_COLUMNS:
        dump = _postal(path, text)
    else:
        dump = _table(path, text)
    if not dump.places:
        why = f", the first because of {dump.rejected[0].problem}" if dump.rejected else ""
        raise InputError(path, f"holds no usable place: {len(dump.rejected)} rows were set aside{why}", _REMEDY)
    return dump


def _text(path: Path) -> str:
    if not path.is_file():
        raise InputError(path, "there is no such file", "check the name")
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                members = [name for name in packed.namelist() if name.lower().endswith((".txt", ".csv")) and "readme" not in name.lower()]
                if len(members) != 1:
                    raise InputError(path, f"the zip holds {len(members)} files of places, not 1", "unpack it, add each by itself")
                data = _unpacked(packed, members[0], path)
        else:
            data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except (OSError, EOFError, NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        raise InputError(path, f"cannot be read ({error})", "fetch it again") from error
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        raise InputError(path, f"row {row}: is not UTF-8", "save it as UTF-8 and add it again") from error
    if not text.strip():
        raise InputError(path, "is empty", _REMEDY)
    return text


def _unpacked(packed: zipfile.ZipFile, name: str, path: Path) -> bytes:
    most = _LEAST + _MOST * path.stat().st_size
    with packed.open(name) as member:
        data = member.read(most + 1)
    if len(data) > most:
        raise InputError(path, f"unpacks to more than {most // 1_000_000:,} MB: expected a file of places", "unpack it and look into it")
    return data


def _lines(text: str, columns: int, path: Path, dump: Dump) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(text.split("\n"), start=1):
        cells = line.rstrip("\r").split("\t")
        if len(cells) == columns:
            yield number, cells
        elif line.strip():
            dump.rejected.append(Rejected(str(path), number, "", "", f"{len(cells)} columns, expected {columns}"))


def _position(cells: tuple[str, str], where: tuple[str, int], dump: Dump) -> tuple[float, float] | None:
    """Read longitude and latitude in degrees, or set the row aside."""
    path, number = where
    values = []
    for column, cell, limit in zip(("lon", "lat"), cells, (180.0, 90.0), strict=True):
        try:
            value = float(cell)
        except ValueError:
            dump.rejected.append(Rejected(path, number, column, cell, "is no number of degrees"))
            return None
        if not math.isfinite(value) or abs(value) > limit:
            dump.rejected.append(Rejected(path, number, column, cell, f"is not between -{limit:g} and {limit:g}"))
            return None
        values.append(value)
    return values[0], values[1]


def _country(path: Path, text: str) -> Dump:
    dump = Dump("geonames")
    raws = []
    for number, cells in _lines(text, DUMP_COLUMNS, path, dump):
        code = cells[7]
        is_settlement = cells[6] == "P" and code not in _NO_SETTLEMENT
        if not is_settlement and code not in _SITES:
            dump.skipped += 1
            continue
        if not cells[0].isdigit() or not fold(cells[1]):
            column, value = ("geonameid", cells[0]) if not cells[0].isdigit() else ("name", cells[1])
            dump.rejected.append(Rejected(str(path), number, column, value, "is missing or malformed"))
            continue
        position = _position((cells[5], cells[4]), (str(path), number), dump)
        if position is None:
            continue
        population = int(cells[14]) if cells[14].isdigit() and is_settlement else 0
        names = [(cells[1], 0), (cells[2], 1)]
        names += [(other, 1 if is_same_name(other, cells[1]) else 2) for other in cells[3].split(",") if is_a_name(other)]
        kind = "settlement" if is_settlement else "site"
        radius = radius_of_settlement(population) if is_settlement else _SITES[code]
        raws.append(
            _Raw(f"gn:{cells[0]}", cells[1], kind, cells[8], "", *position, population, radius, kind, names, f"{cells[8]}.{cells[10]}")
        )
    _place(raws, dump)
    return dump


def _postal(path: Path, text: str) -> Dump:
    dump = Dump("postal")
    grouped: dict[tuple[str, str, str, str], list[tuple[float, float, int]]] = defaultdict(list)
    for number, cells in _lines(text, POSTAL_COLUMNS, path, dump):
        name = cells[2].partition(" (")[0].strip()
        if not fold(name):
            dump.rejected.append(Rejected(str(path), number, "place name", cells[2], "is missing"))
            continue
        position = _position((cells[10], cells[9]), (str(path), number), dump)
        if position is not None:
            accuracy = int(cells[11]) if cells[11].isdigit() else 1
            grouped[name, cells[0], cells[4] or cells[3], cells[6] or cells[5]].append((*position, accuracy))
    raws = []
    for (name, country, area, district), found in grouped.items():
        best = max(accuracy for _, _, accuracy in found)
        points = sorted({(lon, lat) for lon, lat, accuracy in found if accuracy == best})
        for i, group in enumerate(_spots(points)):
            lon, lat = (sum(values) / len(group) for values in zip(*group, strict=True))
            exact = best >= _SETTLEMENT_ACCURACY
            radius = 1.5 if exact else _NEAR_KM if best >= _NEAR_ACCURACY else _ESTIMATED_KM
            own = f"postal:{country}:{area}:{fold(district)}:{fold(name)}:{i}".replace(" ", "-")
            shown = in_latin(name) if country == "UA" else name
            named = [(name, 0), (shown, 0), *((other, 1) for other in (spellings(name) if country == "UA" else ()))]
            raws.append(
                _Raw(
                    own,
                    shown,
                    "settlement",
                    country,
                    "",
                    lon,
                    lat,
                    0,
                    radius,
                    "settlement" if exact else "near",
                    named,
                    f"{country}.{area}",
                )
            )
    _place(raws, dump)
    return dump


def _spots(points: Sequence[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    """Put points together that are a town's several codes, within about 10 km of the first."""
    spots: list[list[tuple[float, float]]] = []
    for lon, lat in points:
        for spot in spots:
            if math.hypot((lon - spot[0][0]) * math.cos(math.radians(lat)), lat - spot[0][1]) < 0.1:
                spot.append((lon, lat))
                break
        else:
            spots.append([(lon, lat)])
    return spots


def _table(path: Path, text: str) -> Dump:
    dump = Dump("table")
    first = text.partition("\n")[0]
    (_, head), *rows = records(newlines(text), str(path), max(",;\t", key=first.count))
    header = [name.strip().lower() for name in head]
    if missing := [name for name in ("name", "lon", "lat") if name not in header]:
        found = ", ".join(filter(None, header)) or "nothing"
        raise InputError(path, f"row 1: has no column {', '.join(missing)}, found {found[:120]}", _REMEDY)
    raws = []
    seen: dict[str, int] = {}
    for number, row in rows:
        if not row:
            continue
        cells = dict.fromkeys(_TABLE_COLUMNS, "") | {name: cell.strip() for name, cell in zip(header, row, strict=False)}
        raw = _own_place(cells, (str(path), number), dump)
        if raw is not None:
            seen[raw.id] = seen.get(raw.id, 0) + 1
            raw.id = f"{raw.id}-{seen[raw.id]}" if seen[raw.id] > 1 else raw.id
            raws.append(raw)
    _place(raws, dump)
    return dump


def _own_place(cells: dict[str, str], where: tuple[str, int], dump: Dump) -> _Raw | None:
    path, number = where
    faults = {
        "name": "" if fold(cells["name"]) else "has no letters",
        "kind": "" if cells["kind"] in {"", *_TABLE_KINDS} else f"is none of {', '.join(_TABLE_KINDS)}",
        "country": "" if _COUNTRY.fullmatch(cells["country"]) else "is no ISO code of two letters",
        "radius_km": "" if _is_radius(cells["radius_km"]) else "is no number of kilometres between 0 and 500",
    }
    for column, problem in faults.items():
        if problem:
            dump.rejected.append(Rejected(path, number, column, cells[column], problem))
            return None
    position = _position((cells["lon"], cells["lat"]), where, dump)
    if position is None:
        return None
    kind = cells["kind"] or "settlement"
    radius = float(cells["radius_km"]) if cells["radius_km"] else 1.5
    names = [(cells["name"], 0), *((alias.strip(), 1) for alias in cells["aliases"].split("|"))]
    if is_cyrillic(cells["name"]):
        names.append((in_latin(cells["name"]), 1))
    own = f"user:{fold(cells['name']).replace(' ', '-')}:{position[0]:.3f}:{position[1]:.3f}"
    return _Raw(own, cells["name"], kind, cells["country"].upper(), cells["admin1"], *position, 0, radius, kind, names)


def _is_radius(cell: str) -> bool:
    try:
        return not cell or 0 < float(cell) <= 500
    except ValueError:
        return False


def _place(raws: Sequence[_Raw], dump: Dump) -> None:
    """Find the area each place lies in, and take the rows over."""
    if not raws:
        return
    gazetteer = data_dir() / "gazetteer"
    base = Layer.read(gazetteer / "places.parquet", gazetteer / "names.parquet")
    lon, lat = np.array([raw.lon for raw in raws]), np.array([raw.lat for raw in raws])
    countries, areas = Boundaries.load().containing(lon, lat)
    units = read_table(data_dir() / "boundaries" / "admin1.parquet", ("code", "geonames"))
    by_geonames = dict(zip(units["geonames"].to_pylist(), units["code"].to_pylist(), strict=True))
    for raw, country, area in zip(raws, countries.tolist(), areas.tolist(), strict=True):
        # Near a border the file knows better than our simplified lines, but not what is Ukraine's.
        taken = country == "UA" or not raw.country or raw.country == country
        code = area if taken else by_geonames.get(raw.geonames, "")
        if raw.admin1 and (given := _area(raw.admin1, country if taken else raw.country, base)):
            code = given
        owner = country if country and taken else raw.country
        unit = base.identified(f"admin1:{code}") if code else None
        place = Place(
            id=raw.id,
            name=raw.name,
            kind=raw.kind,
            country=owner,
            admin1=code if unit else "",
            admin1_name=unit.name if unit else "",
            lon=round(raw.lon, 5),
            lat=round(raw.lat, 5),
            population=raw.population,
            radius_km=raw.radius_km,
            precision=raw.precision,
        )
        dump.places.append(place)
        for name, rank in raw.names:
            dump.names.add(raw.id, name, rank)


def _area(given: str, country: str, base: Layer) -> str:
    """Give the code of an area that a table names by code or name, in a country."""
    if unit := base.identified(f"admin1:{given.upper()}"):
        return unit.admin1
    found = [place.admin1 for place, rank in base.named(fold(given)) if place.kind == "admin1" and rank < 2 and place.country == country]
    return found[0] if len(found) == 1 else ""
