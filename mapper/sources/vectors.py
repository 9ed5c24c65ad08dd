"""GeoJSON, GeoPackage and Parquet to a Grid: properties as text, points as lon and lat, other shapes kept."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, TypeGuard

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mapper.crs import WGS84
from mapper.errors import InputError
from mapper.sources.grid import Grid

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from mapper.sources.grid import Choose

__all__ = ["read_geojson", "read_geopackage", "read_parquet"]

_DEGREES = "longitude and latitude in degrees (WGS 84, EPSG:4326)"
_REPROJECT = "export it again in EPSG:4326, for example with QGIS: Export, Save Features As"
_MOST_DEGREES = 360  # some count longitudes from 0 to 360
_HUGE = 1e300  # no coordinate of any projection; a longer integer fits no float
_WGS84_NAMES = re.compile(r"(CRS:?84|EPSG:+4326|OGC:1\.3:CRS84)$", re.IGNORECASE)


def read_geojson(document: Any, path: str, choose: Choose) -> Grid:
    """Read a FeatureCollection; a feature's number, from 1, is its row.

    Parameters
    ----------
    document
        The parsed JSON.

    Raises
    ------
    InputError
        If it is no FeatureCollection, or not in degrees.
    """
    if isinstance(document, dict) and document.get("type") == "Feature":
        document = {"features": [document], "type": "FeatureCollection"}
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or document.get("type") != "FeatureCollection":
        problem = "is JSON but no GeoJSON FeatureCollection and no Telegram export"
        raise InputError(path, problem, 'expected {"type": "FeatureCollection", "features": […]} or the messages of a channel')
    _check_named_crs(document, path)
    features = [feature if isinstance(feature, dict) else {} for feature in features]
    properties = [p if isinstance(p := feature.get("properties"), dict) else {} for feature in features]
    names = list(dict.fromkeys(name for entry in properties for name in entry))
    if "id" not in names and any("id" in feature for feature in features):
        names.append("id")
        properties = [entry | {"id": feature.get("id")} for entry, feature in zip(properties, features, strict=True)]
    chosen = list(choose(names, ()))
    columns = {at: pa.array([_text(entry.get(names[at])) for entry in properties], pa.string()) for at in chosen}
    lon, lat, geometry, missing = _geometries([feature.get("geometry") for feature in features])
    notes = []
    if missing:
        count = "1 feature has" if len(missing) == 1 else f"{len(missing)} features have"
        notes.append(f"{path}: {count} no geometry (first: feature {missing[0]}): placed by name, or not on the map")
    notes += _undrawn(geometry, path)
    _check_degrees(lon, lat, geometry, path)
    rows = np.arange(1, len(features) + 1, dtype=np.int32)
    return Grid(tuple(names), (), rows, columns, (), tuple(notes), lon, lat, geometry)


def read_geopackage(path: Path, choose: Choose) -> Grid:
    """Read the layer `incidents` of a GeoPackage, or its first layer.

    Raises
    ------
    InputError
        If it is none, or has no layer.
    """
    import pyogrio
    import shapely

    try:
        layers = pyogrio.list_layers(path)
        if not len(layers):
            raise InputError(path, "has no layer: expected a GeoPackage with incidents")
        names = [str(name) for name, _ in layers]
        layer = "incidents" if "incidents" in names else names[0]
        meta, table = pyogrio.read_arrow(path, layer=layer)
    except pyogrio.errors.DataSourceError:
        raise InputError(path, "cannot be read as a GeoPackage", "save it again from the program that made it") from None
    notes = []
    others = [name for name in names if name not in (layer, "claims", "sources", "layer_styles")]
    if others:
        notes.append(f"{path}: read layer {layer!r}, not {', '.join(map(repr, others))}")
    shape_column = meta["geometry_name"] or "wkb_geometry"
    geometry = None
    if shape_column in table.column_names:
        geometry = _in_degrees(shapely.from_wkb(table[shape_column].to_numpy()), meta["crs"], str(path))
        table = table.drop_columns([shape_column])
    return _typed(table, geometry, str(path), choose, notes)


def read_parquet(path: Path, choose: Choose) -> Grid:
    """Read Parquet, with its geometry where it is GeoParquet.

    Raises
    ------
    InputError
        If it is no Parquet file, or its geometry cannot be read.
    """
    import pyarrow.parquet as pq
    import shapely

    try:
        table = pq.read_table(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise InputError(path, f"cannot be read as Parquet: {str(error).splitlines()[0][:120]}", "save it again") from None
    try:
        found = _geoparquet(table, path)
    except (ValueError, LookupError, TypeError, AttributeError, shapely.errors.ShapelyError) as error:
        problem = f"its geometry, or the GeoParquet metadata that tells of it, is damaged ({' '.join(str(error).split())[:120]})"
        raise InputError(path, problem, "save it again from the program that made it") from None
    if found is None:
        return _typed(table, None, str(path), choose, [])
    column, shapes, crs = found
    return _typed(table.drop_columns([column]), _in_degrees(shapes, crs, str(path)), str(path), choose, [])


def _geoparquet(table: pa.Table, path: Path) -> tuple[str, NDArray[np.object_], Any] | None:
    """Give the name of the column of geometry, its shapes and their CRS, as the metadata have them; None if there is none."""
    import shapely

    geo = json.loads((table.schema.metadata or {}).get(b"geo", b"{}"))
    name = geo.get("primary_column")
    if not name:
        return None
    entry = geo["columns"][name]
    if entry.get("encoding", "WKB") != "WKB":
        raise InputError(path, f"holds geometry as {entry['encoding']}", "save it with WKB geometry")
    crs = entry.get("crs", WGS84)  # GeoParquet: absent means OGC:CRS84, null means unknown
    return name, shapely.from_wkb(table[name].to_numpy()), json.dumps(crs) if isinstance(crs, dict) else crs


def _typed(table: pa.Table, shapes: NDArray[np.object_] | None, path: str, choose: Choose, notes: list[str]) -> Grid:
    """Make a Grid of typed columns."""
    names = [str(name) for name in table.column_names]
    columns = {at: _as_text(table.column(at)) for at in choose(names, ())}
    rows = np.arange(1, len(table) + 1, dtype=np.int32)
    lon = lat = geometry = None
    if shapes is not None:
        lon, lat, geometry = _parted(shapes)
        notes += _undrawn(geometry, path)
        _check_degrees(lon, lat, geometry, path)
    return Grid(tuple(names), (), rows, columns, (), tuple(notes), lon, lat, geometry)


def _as_text(column: pa.ChunkedArray) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_nested(column.type) or pa.types.is_binary(column.type):
        return pa.array([_text(value) for value in column.to_pylist()], pa.string())
    if pa.types.is_timestamp(column.type):
        zone = column.type.tz
        column = pc.strftime(column.cast(pa.timestamp("s", zone), safe=False), "%Y-%m-%dT%H:%M:%S" + ("%z" if zone else ""))
    text = column.cast(pa.string())
    single = text.combine_chunks() if text.num_chunks != 1 else text.chunk(0)
    return pc.fill_null(single, "")


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case str():
            # JSON can write halves of characters, which no file can hold
            return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
        case list() if all(not isinstance(entry, (dict, list)) for entry in value):
            return ";".join(map(_text, value))
        case dict() | list():
            return _text(json.dumps(value, ensure_ascii=False, default=str))
        case _:
            return str(value)


def _geometries(
    entries: list[Any],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.object_] | None, list[int]]:
    """Part GeoJSON geometries into points and other shapes, and list the features without any."""
    lon, lat = np.full(len(entries), np.nan), np.full(len(entries), np.nan)
    others: dict[int, Any] = {}
    missing = []
    for at, entry in enumerate(entries):
        place = entry.get("coordinates") if isinstance(entry, dict) else None
        if isinstance(entry, dict) and entry.get("type") == "Point" and _is_position(place):
            lon[at], lat[at] = place[0], place[1]
            continue
        shape = _shape(entry) if isinstance(entry, dict) else None
        if shape is None or shape.is_empty:
            missing.append(at + 1)
        else:
            others[at] = shape
    if not others:
        return lon, lat, None, missing
    shapes = np.full(len(entries), None, dtype=object)
    for at, shape in others.items():
        shapes[at] = shape
    return lon, lat, shapes, missing


def _is_position(place: Any) -> TypeGuard[list[float]]:
    if not isinstance(place, list) or len(place) < 2:
        return False
    return all(isinstance(v, (int, float)) and not isinstance(v, bool) and abs(v) < _HUGE for v in place[:2])


def _shape(entry: dict[str, Any]) -> Any:
    import shapely

    try:
        return shapely.from_geojson(json.dumps(entry))
    except shapely.errors.GEOSException:
        return None


def _parted(shapes: NDArray[np.object_]) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.object_] | None]:
    import shapely

    point = shapely.get_type_id(shapes) == 0
    lon, lat = shapely.get_x(shapes), shapely.get_y(shapes)
    rest = shapes.copy()
    rest[point | shapely.is_empty(shapes)] = None
    return lon, lat, rest if any(shape is not None for shape in rest) else None


def _undrawn(geometry: NDArray[np.object_] | None, path: str) -> list[str]:
    """Say how many geometries are lines or of several kinds, which no map shows."""
    if geometry is None:
        return []
    import shapely

    found = np.flatnonzero(np.isin(shapely.get_type_id(geometry), (1, 2, 5, 7)))
    if not len(found):
        return []
    count = "1 feature is" if len(found) == 1 else f"{len(found)} features are"
    return [f"{path}: {count} neither a point nor an area (first: feature {found[0] + 1}): placed by name, or not on the map"]


def _check_named_crs(document: dict[str, Any], path: str) -> None:
    """Refuse the `crs` member of old GeoJSON unless it says what the standard asks for anyway."""
    crs = document.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    if name and not _WGS84_NAMES.search(name):
        raise InputError(path, f"is in {name}; expected {_DEGREES}", _REPROJECT)


def _check_degrees(lon: NDArray[np.float64], lat: NDArray[np.float64], geometry: NDArray[np.object_] | None, path: str) -> None:
    """Refuse a file most of whose positions are metres; what else is beyond the globe is a fault of its row."""
    x, y = lon, lat
    if geometry is not None:
        import shapely

        west, south = shapely.bounds(geometry)[:, :2].T
        x, y = np.where(np.isnan(lon), west, lon), np.where(np.isnan(lat), south, lat)
    metres = np.flatnonzero(np.maximum(np.abs(x), np.abs(y)) > _MOST_DEGREES)
    if len(metres) * 2 > np.count_nonzero(~np.isnan(x)):
        problem = f"coordinates such as {x[metres[0]]:.10g}, {y[metres[0]]:.10g} are no degrees; expected {_DEGREES}"
        raise InputError(path, problem, _REPROJECT)


def _in_degrees(shapes: NDArray[np.object_], crs: Any, path: str) -> NDArray[np.object_]:
    """Bring geometries to WGS 84; without a CRS they are taken for degrees and checked later."""
    if crs is None or (isinstance(crs, str) and _WGS84_NAMES.search(crs)):
        return shapes
    import pyproj
    import shapely

    try:
        source = pyproj.CRS.from_user_input(crs)
    except pyproj.exceptions.CRSError:
        raise InputError(path, f"is in an unknown coordinate system; expected {_DEGREES}", _REPROJECT) from None
    if source.equals(pyproj.CRS(WGS84), ignore_axis_order=True):
        return shapes
    step = pyproj.Transformer.from_crs(source, WGS84, always_xy=True)
    moved: NDArray[np.object_] = shapely.transform(shapes, lambda c: np.column_stack(step.transform(c[:, 0], c[:, 1])))
    return moved
