"""The tables as one GeoJSON file (RFC 7946), with colours that GitHub, geojson.io and uMap show (simplestyle 1.1).

A feature is an incident; its claims are a list among its properties, and the sources stand once for all beside the
features. Unknown is a property that is not there. Claims come back in the order of their incidents.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from mapper.errors import InputError, MapperError
from mapper.incidents import AREAS, CLAIMS, INCIDENTS, SOURCES
from mapper.store.files import write_atomic
from mapper.store.values import geometry_array, plain
from mapper.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pyarrow as pa

    from mapper.taxonomy import Taxonomy

__all__ = ["dumps", "read_geojson", "write_geojson"]

_FALLBACK = "#6f6f6f"


#: What stands between the features and the sources; no text of a feature can hold it, for its line ends are escaped.
SOURCES_MEMBER = '\n],"sources":[\n'


def write_geojson(tables: Tables, path: Path, taxonomy: Taxonomy) -> tuple[Path, ...]:
    """Write the tables to a file, whole or not at all, and name it."""
    return (write_atomic(path, dumps(tables, taxonomy)),)


def dumps(tables: Tables, taxonomy: Taxonomy) -> str:
    """Give the tables as the text of a GeoJSON file, one feature a line.

    Raises
    ------
    MapperError
        If a number is not finite, for which JSON has no word.
    """
    import shapely

    claims: dict[str, list[dict[str, Any]]] = {}
    for claim in tables.arrow("claims").to_pylist():
        claims.setdefault(claim.pop("incident_id"), []).append(plain(claim))
    shapes = geometry_array(tables)
    # the standard wants outer rings counterclockwise
    texts = shapely.to_geojson(shapely.orient_polygons(shapes))
    lines = []
    try:
        for row, shape in zip(tables.arrow("incidents").to_pylist(), texts.tolist(), strict=True):
            identity = row.pop("id")
            properties = plain(row) | _style(row, taxonomy) | {"claims": claims.get(identity, [])}
            feature = {"type": "Feature", "id": identity, "properties": properties}
            lines.append(f'{_json(feature)[:-1]},"geometry":{shape or "null"}}}')
        sources = ",\n".join(_json(plain(source)) for source in tables.arrow("sources").to_pylist())
    except ValueError as error:
        raise MapperError(f"GeoJSON cannot hold a number that is not finite ({error}); correct the incident tables") from None
    features = ",\n".join(lines)
    return f'{{"type":"FeatureCollection","features":[\n{features}{SOURCES_MEMBER}{sources}\n]}}\n'


def read_geojson(path: Path) -> Tables:
    """Read what `write_geojson` wrote.

    Raises
    ------
    InputError
        If it is something else.
    """
    import shapely

    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        features, sources = document["features"], document["sources"]
        incidents = [{"id": f["id"], **{k: v for k, v in f["properties"].items() if k in INCIDENTS}} for f in features]
        claims = [{"incident_id": f["id"], **claim} for f in features for claim in f["properties"]["claims"]]
        texts = [None if f["geometry"] is None else json.dumps(f["geometry"]) for f in features]
        shapes = shapely.from_geojson(np.array(texts, dtype=object))
        return Tables.from_arrow(_table(incidents, INCIDENTS), _table(claims, CLAIMS), _table(sources, SOURCES), shapes)
    except (KeyError, TypeError, AttributeError, ValueError, shapely.errors.GEOSException) as error:
        problem = f"is not GeoJSON as mapper writes it: {type(error).__name__}: {error}"
        raise InputError(path, problem, "to map any other GeoJSON, give it to 'mapper map'") from None


def _style(row: Mapping[str, Any], taxonomy: Taxonomy) -> dict[str, Any]:
    kind = taxonomy.types.get(row["type"])
    colour = kind.colour if kind else _FALLBACK
    if row["precision"] in AREAS:
        return {"stroke": colour, "stroke-width": 2, "stroke-opacity": 0.9, "fill": colour, "fill-opacity": 0.2}
    return {"marker-color": colour, "marker-size": "medium"}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _table(rows: list[dict[str, Any]], columns: Mapping[str, pa.DataType]) -> pa.Table:
    import pyarrow as pa
    import pyarrow.compute as pc

    arrays = {}
    for key, kind in columns.items():
        values = [row.get(key) for row in rows]
        if pa.types.is_timestamp(kind):
            arrays[key] = pc.cast(pa.array(values, pa.string()), kind)
        else:
            arrays[key] = pa.array(values, kind)
    return pa.table(arrays)
