"""The tables as one GeoPackage of three layers, for QGIS: incidents with their geometry, claims and sources without.

Places and tags are JSON in one field; times are fields of their own type, so that QGIS can animate them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mapper.crs import WGS84
from mapper.errors import InputError, MapperError
from mapper.store.files import replacing
from mapper.store.values import geometry_array, to_json_text, typed
from mapper.tables import Tables

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_geopackage", "write_geopackage"]

_LAYERS = ("incidents", "claims", "sources")
#: GDAL writes the time of writing into the file; without one, the same tables give the same file.
_NO_CLOCK = {"OGR_CURRENT_DATE": "1970-01-01T00:00:00.000Z"}


def write_geopackage(tables: Tables, path: Path) -> tuple[Path, ...]:
    """Write the three layers to one file, whole or not at all, and name it.

    Raises
    ------
    MapperError
        If the file cannot be written.
    """
    import pyogrio
    import shapely

    before = {key: pyogrio.get_gdal_config_option(key) for key in _NO_CLOCK}
    pyogrio.set_gdal_config_options(_NO_CLOCK)
    try:
        with replacing(path) as temporary:
            for name in _LAYERS:
                table = _flat(tables.arrow(name))
                options: dict[str, Any] = {"geometry_type": None, "geometry_name": None, "crs": None}
                if name == "incidents":
                    shapes = pa.array(shapely.to_wkb(geometry_array(tables)).tolist(), pa.binary())
                    table = table.append_column("geometry", shapes)
                    options = {"geometry_type": "Unknown", "geometry_name": "geometry", "crs": WGS84}
                pyogrio.write_arrow(table, temporary, layer=name, driver="GPKG", append=name != "incidents", **options)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise MapperError(f"{path}: cannot be written: {error}; check the folder and the space on the disk") from None
    finally:
        pyogrio.set_gdal_config_options(before)
    return (path,)


def read_geopackage(path: Path) -> Tables:
    """Read what `write_geopackage` wrote.

    Raises
    ------
    InputError
        If it is something else.
    """
    import pyogrio
    import shapely

    read = {}
    try:
        for name in _LAYERS:
            meta, read[name] = pyogrio.read_arrow(path, layer=name)
            if name == "incidents":
                shapes = shapely.from_wkb(read[name][meta["geometry_name"] or "wkb_geometry"].to_numpy())
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, shapely.errors.ShapelyError, KeyError) as error:
        problem = f"is not a GeoPackage as mapper writes it: {error}"
        raise InputError(path, problem, "to map any other, give it to 'mapper map'") from None
    return Tables.from_arrow(
        typed(read["incidents"], "incidents", path), typed(read["claims"], "claims", path), typed(read["sources"], "sources", path), shapes
    )


def _flat(table: pa.Table) -> pa.Table:
    columns = {}
    for name in table.column_names:
        column = table[name].combine_chunks()
        if pa.types.is_list(column.type):
            column = to_json_text(column)
        elif pa.types.is_timestamp(column.type):
            column = column.cast(pa.timestamp("ms"))
        columns[name] = column
    return pa.table(columns)
