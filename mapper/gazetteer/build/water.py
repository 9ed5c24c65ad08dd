"""The rivers and lakes that the background of a map draws: `geodata/basemap/water.parquet`."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyogrio.raw
import shapely

from mapper.errors import GeodataError, InputError
from mapper.gazetteer.boundary_files import WATER_SCALE, BodyOfWater
from mapper.gazetteer.build.parquet import write_table
from mapper.taxonomy import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from mapper.gazetteer.build.raw import RawFiles

__all__ = ["write_water"]

_COLUMNS = ("kind", "key", *LANGUAGES)
# West, south, east, north of where this project looks closely; in the rest of the world only the large waters are kept.
_HOME = (15.0, 40.0, 62.0, 65.0)
_TOLERANCE = 0.007
_TOLERANCE_ELSEWHERE = 0.04
_LAST_RANK_ELSEWHERE = 5
# The source ranks rivers only, from 0 to 10; lakes are ranked by size, in square degrees.
_LAKE_RANKS = ((1.0, 2), (0.3, 4), (0.08, 5), (0.015, 7), (0.0, 9))


def write_water(raw: RawFiles, names: Path, path: Path) -> Path:
    """Write one row for each line of a river and each ring of a lake, the largest first.

    Parameters
    ----------
    raw
        The source files.
    names
        Our own table, `basemap/water_names.csv`: rivers by the number that the source gives them, lakes by a point in
        them. A lake whose kind is `dry` is no more and is not drawn; the river runs through where it was.

    Raises
    ------
    InputError
        If a file is not what it should be.
    GeodataError
        If the table names a river or lake that the source lacks.
    """
    named = _names(names)
    lakes, lake_names = _lakes(raw.lakes, named, names)
    drawn = shapely.union_all(lakes)
    rows = [*_rivers(raw.rivers, named, names, drawn)]
    for lake, label in zip(lakes.tolist(), lake_names, strict=True):
        rank = next(rank for least, rank in _LAKE_RANKS if lake.area >= least)
        spot = shapely.maximum_inscribed_circle(lake)
        lon, lat = shapely.get_coordinates(spot)[0].tolist() if label else (0.0, 0.0)
        for number, ring in enumerate((lake.exterior, *lake.interiors)):
            first = number == 0 and label
            place = (lon, lat, spot.length) if first else (0.0, 0.0, 0.0)
            rows.append((BodyOfWater.LAKE, rank, label if first else {}, place, ring))
    thin = [(*row[:4], _thinned(row[4], row[1])) for row in rows]
    kept = sorted((row for row in thin if len(row[4])), key=lambda row: row[1])
    _write(kept, path)
    return path


def _names(path: Path) -> dict[tuple[str, str], dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except OSError as error:
        raise InputError(path, str(error)) from error
    if rows and tuple(rows[0]) != _COLUMNS:
        raise InputError(path, f"columns are {', '.join(rows[0])}, expected {', '.join(_COLUMNS)}")
    return {(row["kind"], row["key"]): {language: row[language] for language in LANGUAGES} for row in rows}


def _read(path: Path, columns: list[str]) -> tuple[NDArray[Any], dict[str, NDArray[Any]]]:
    try:
        meta, _, geometries, fields = pyogrio.raw.read(path, columns=columns)
    except pyogrio.errors.DataSourceError as error:
        raise InputError(path, f"not a shapefile of Natural Earth ({error})") from error
    return shapely.from_wkb(geometries), dict(zip(meta["fields"].tolist(), fields, strict=True))


def _rivers(
    path: Path, named: dict[tuple[str, str], dict[str, str]], table: Path, lakes: shapely.Geometry
) -> list[tuple[BodyOfWater, int, dict[str, str], tuple[float, float, float], shapely.LineString]]:
    """Join the lines of each river, less where a lake is drawn."""
    geometries, fields = _read(path, ["rivernum", "scalerank"])
    keys, ranks = fields["rivernum"].astype(int), fields["scalerank"].astype(int)
    wanted = {int(key) for kind, key in named if kind == "river"}
    if missing := sorted(wanted - set(keys.tolist())):
        raise GeodataError(f"{table}: Natural Earth has no river {', '.join(map(str, missing))}; correct the key")
    rows = []
    for key in np.unique(keys).tolist():
        of = keys == key
        line = shapely.difference(shapely.union_all(geometries[of]), lakes)
        name = named.get(("river", str(key)), {})
        merged = shapely.line_merge(line)
        rank = int(ranks[of].min())
        rows += [(BodyOfWater.RIVER, rank, name, (0.0, 0.0, 0.0), part) for part in shapely.get_parts(merged).tolist()]
    return rows


def _lakes(path: Path, named: dict[tuple[str, str], dict[str, str]], table: Path) -> tuple[NDArray[Any], list[dict[str, str]]]:
    geometries, _ = _read(path, [])
    lakes = shapely.get_parts(shapely.make_valid(geometries))
    lakes = lakes[shapely.get_type_id(lakes) == shapely.GeometryType.POLYGON]
    labels: list[dict[str, str]] = [{} for _ in lakes]
    dry = np.zeros(len(lakes), dtype=bool)
    for (kind, key), label in named.items():
        if kind == "river":
            continue
        found = np.flatnonzero(shapely.contains_xy(lakes, *map(float, key.split())))
        if len(found) != 1:
            raise GeodataError(f"{table}: Natural Earth has {len(found)} lakes at {key}, expected 1; correct the key of {label['en']}")
        labels[found[0]] = label
        dry[found] |= kind == "dry"
    return lakes[~dry], [label for label, gone in zip(labels, dry.tolist(), strict=True) if not gone]


def _thinned(line: shapely.LineString, rank: int) -> NDArray[np.int32]:
    """Give the points kept of a line in steps of `WATER_SCALE`; none where it is not worth drawing."""
    home = shapely.intersects(line, shapely.box(*_HOME))
    if not home and rank > _LAST_RANK_ELSEWHERE:
        return np.empty((0, 2), dtype=np.int32)
    tolerance = _TOLERANCE if home else _TOLERANCE_ELSEWHERE
    west, south, east, north = line.bounds
    if max(east - west, north - south) < 4 * tolerance:
        return np.empty((0, 2), dtype=np.int32)
    points: NDArray[np.int32] = np.round(shapely.get_coordinates(shapely.simplify(line, tolerance)) * WATER_SCALE).astype(np.int32)
    return points


def _write(rows: list[tuple[BodyOfWater, int, dict[str, str], tuple[float, float, float], NDArray[np.int32]]], path: Path) -> None:
    points = [points for *_, points in rows]
    deltas = np.diff(np.concatenate(points), axis=0, prepend=np.zeros((1, 2), dtype=np.int32))
    offsets = pa.array(np.concatenate([[0], np.cumsum([len(p) for p in points])]).astype(np.int32))
    places = np.array([place for _, _, _, place, _ in rows])
    write_table(
        {
            "kind": pa.array(np.array([kind for kind, *_ in rows], dtype=np.uint8)),
            "rank": pa.array(np.array([rank for _, rank, *_ in rows], dtype=np.uint8)),
            "dx": pa.ListArray.from_arrays(offsets, pa.array(deltas[:, 0])),
            "dy": pa.ListArray.from_arrays(offsets, pa.array(deltas[:, 1])),
            **{name: pa.array(np.round(places[:, i], 3)) for i, name in enumerate(("lon", "lat", "radius"))},
            **{f"name_{language}": pa.array([name.get(language, "") for _, _, name, *_ in rows]) for language in LANGUAGES},
        },
        path,
    )
