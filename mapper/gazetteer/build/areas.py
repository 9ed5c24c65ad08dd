"""The admin-1 areas of Natural Earth, corrected as those of the map are, as places with their names."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shapely
from pyproj import Geod
from shapely.geometry import shape

from mapper.gazetteer.build.corrections import corrections
from mapper.gazetteer.build.places import Row
from mapper.gazetteer.spellings import is_a_name

if TYPE_CHECKING:
    from mapper.gazetteer.layer import NameTable

__all__ = ["Area", "area_rows", "circle_km", "label_point", "read_areas"]

# Areas whose state is disputed and which no settlement of ours needs.
_LEFT_OUT = frozenset({"-99-X08~"})


@dataclass(slots=True)
class Area:
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


def _country_of(code: str, filed_under: str) -> str:
    head = code.partition("-")[0]
    return filed_under if filed_under.isalpha() else head if head.isalpha() else ""


def read_areas(features: list[dict[str, Any]], aliases: dict[str, Any]) -> list[Area]:
    """Read the areas, corrected as those of the map are; units of one code become one area, named after the largest unless corrected."""
    corrected = {correction["unit"]: correction for correction in corrections("admin1_corrections")["unit"]}
    assigned = {unit: assign for assign in corrections("recognised_borders")["assign"] for unit in assign["units"]}
    of_code: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for feature in features:
        properties = dict(feature["properties"])
        correction = corrected.get(properties["adm1_code"], {})
        properties |= {key: value for key, value in correction.items() if key.startswith("name_") or key == "type_en"}
        assign = assigned.get(properties["adm1_code"], {})
        joined = aliases["joined"].get(properties["adm1_code"], properties["iso_3166_2"])
        properties["iso_3166_2"] = code = assign.get("code", correction.get("code", joined))
        properties["iso_a2"] = assign.get("country", properties["iso_a2"])
        if code not in _LEFT_OUT and (properties.get("name_en") or properties.get("name")) and _country_of(code, properties["iso_a2"]):
            properties["named"] = "name_en" in correction
            of_code[code].append(properties | {"geometry": shapely.make_valid(shape(feature["geometry"]))})
    found: list[Area] = []
    for code, units in of_code.items():
        largest = max(units, key=lambda unit: (unit["named"], unit["geometry"].area, unit["adm1_code"]))
        country = _country_of(code, largest["iso_a2"])
        name = largest.get("name_en") or largest["name"]
        found.append(
            Area(
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


def area_rows(areas: list[Area], aliases: dict[str, Any], names: NameTable) -> list[Row]:
    """Give the areas as places, and the larger units that they are parts of; adds the names of both."""
    rows: list[Row] = []
    regions: dict[str, list[Area]] = defaultdict(list)
    for area in areas:
        point = label_point(area.geometry)
        parent = f"admin1:{area.region}" if area.region and area.region != area.code else f"country:{area.country}"
        if area.region and area.region != area.code:
            regions[area.region].append(area)
        rows.append(
            Row(
                area.id,
                area.name,
                "admin1",
                area.country,
                area.code,
                area.name,
                *point,
                area.population,
                circle_km(_area_km2(area.geometry)),
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
        point = label_point(max((m.geometry for m in members), key=lambda g: g.area))
        km2 = sum(_area_km2(m.geometry) for m in members)
        name = spoken[0] if spoken else local
        people = sum(m.population for m in members)
        rows.append(Row(own, name, "admin1", first.country, code, name, *point, people, circle_km(km2), f"country:{first.country}"))
        names.add(own, name, 0)
        for other in [local, *spoken]:
            names.add(own, other, 1)
    return rows


def label_point(geometry: Any) -> tuple[float, float]:
    """Give `(lon, lat)` of a point inside the largest part of an area, in degrees."""
    largest = max(getattr(geometry, "geoms", [geometry]), key=lambda part: part.area)
    point = largest.representative_point()
    return round(float(point.x), 5), round(float(point.y), 5)


def _area_km2(geometry: Any) -> float:
    return float(abs(Geod(ellps="WGS84").geometry_area_perimeter(shapely.force_2d(geometry))[0])) / 1e6


def circle_km(km2: float) -> float:
    """Give the radius of a circle of as many square kilometres."""
    return round(math.sqrt(km2 / math.pi), 1)


def _name_area(area: Area, aliases: dict[str, Any], names: NameTable) -> None:
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
