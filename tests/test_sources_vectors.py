"""GeoJSON, GeoPackage and Parquet as inputs."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from mapper import store
from mapper.errors import InputError
from mapper.sources import read
from mapper.sources.rows import IncidentRows
from mapper.tables import Tables
from mapper.taxonomy import Taxonomy

if TYPE_CHECKING:
    from pathlib import Path

POINT = {"type": "Point", "coordinates": [34.8, 50.92]}
SQUARE = {"type": "Polygon", "coordinates": [[[33, 52], [35, 52], [35, 54], [33, 52]]]}


def rows(path: Path) -> IncidentRows:
    found = read(path)
    assert isinstance(found, IncidentRows)
    return found


def collection(path: Path, *features: Any, **members: Any) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features} | members), encoding="utf-8")
    return path


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def outline(west: float, south: float) -> dict[str, Any]:
    return json.loads(shapely.to_geojson(shapely.box(west, south, west + 1, south + 1)))


def test_geojson_points_areas_and_features_without_geometry(tmp_path: Path) -> None:
    found = rows(
        collection(
            tmp_path / "x.geojson",
            feature(POINT, type="drone_strike", killed=0, date="2024-11-22", tags=["a", "b"], notes=None) | {"id": 7},
            feature(SQUARE, type="Перехоплення"),
            feature(None, type="strike", place="Sumy"),
            feature({"type": "Point", "coordinates": [340, 50]}, type="strike"),
            feature({"type": "Polygon", "coordinates": "x"}, type="strike"),
        )
    )
    first, area, nowhere, _broken = found.records()
    assert (first["row"], first["id"], first["lon"], first["lat"], first["killed_best"]) == (1, "7", 34.8, 50.92, 0)
    assert first["tags"] == ["a", "b"]
    assert (area["type"], area["lon"], area["precision"]) == ("interception", None, None)
    assert found.geometry is not None
    assert [shape is None for shape in found.geometry] == [True, False, True, True]
    assert nowhere["place_text"] == "Sumy"
    assert str(found.rejected[0]).endswith("x.geojson: row 4, column lon, value '340': longitude 340 is outside -180..180")
    assert "2 features have no geometry (first: feature 3)" in found.warnings[0]


def test_what_reaches_beyond_the_globe_is_a_fault_of_its_row(tmp_path: Path) -> None:
    found = rows(
        collection(
            tmp_path / "x.geojson",
            feature(POINT, type="strike"),
            feature(outline(181, 65), type="strike"),
            feature(outline(30, 90), type="strike"),
            feature({"type": "Point", "coordinates": [190, 66]}, type="strike"),
            feature(SQUARE, type="strike"),
            feature(outline(3873000, 6600000), type="strike"),
        )
    )
    assert [row["row"] for row in found.records()] == [1, 5]
    assert found.geometry is not None
    assert [shape is None for shape in found.geometry] == [True, False]
    assert [(r.row, r.column, r.problem) for r in found.rejected] == [
        (2, "lon", "longitude 181 is outside -180..180: split in two what crosses the 180th meridian"),
        (3, "lat", "latitude 91 is outside -90..90"),
        (4, "lon", "longitude 190 is outside -180..180"),
        (6, "lon", "longitude 3873000 is outside -180..180: split in two what crosses the 180th meridian"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"type": "FeatureCollection",', "line 1, column 30: is not JSON"),
        ("[1, 2]", "is JSON but no GeoJSON FeatureCollection"),
        ("[" * 100_000, "nested too deeply|is not JSON"),
        (
            json.dumps({"type": "FeatureCollection", "features": [feature({"type": "Point", "coordinates": [3873000, 6600000]})]}),
            "coordinates such as 3873000, 6600000 are no degrees; expected longitude and latitude in degrees",
        ),
        (
            json.dumps({"type": "FeatureCollection", "features": [feature(outline(3873000, 6600000)), feature(None)]}),
            "coordinates such as 3873000, 6600000 are no degrees; expected longitude and latitude in degrees",
        ),
        (
            json.dumps({"type": "FeatureCollection", "features": [], "crs": {"properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}}),
            "is in urn:ogc:def:crs:EPSG::3857; expected",
        ),
    ],
)
def test_geojson_that_cannot_be_read(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "x.geojson").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read(tmp_path / "x.geojson")


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:3857", "EPSG:32636"])
@pytest.mark.parametrize("ending", ["gpkg", "parquet"])
def test_files_of_gis_programs_are_brought_to_degrees(tmp_path: Path, ending: str, crs: str) -> None:
    frame = gpd.GeoDataFrame(
        {"type": ["shelling", "shelling"], "killed": [2.0, np.nan], "date": [datetime.fromisoformat("2024-11-22"), None]},
        geometry=[shapely.Point(34.8, 50.92), shapely.box(33, 52, 35, 54)],
        crs="EPSG:4326",
    ).to_crs(crs)
    path = tmp_path / f"x.{ending}"
    frame.to_file(path, layer="my layer") if ending == "gpkg" else frame.to_parquet(path)
    found = rows(path)
    dot, area = found.records()
    assert (round(dot["lon"], 9), round(dot["lat"], 9)) == (34.8, 50.92)
    assert (dot["killed_best"], area["killed_best"]) == (2, None)
    assert (dot["date_precision"], area["date_precision"]) == ("day", "unknown")
    assert found.geometry is not None
    assert shapely.area(found.geometry[1]) == pytest.approx(4, rel=1e-6)
    assert area["lon"] is None


def test_geojson_with_numbers_and_letters_that_nothing_can_hold(tmp_path: Path) -> None:
    found = rows(
        collection(
            tmp_path / "x.geojson",
            feature({"type": "Point", "coordinates": [10**400, 1]}, type="drone", notes="a\ud800"),
            feature({"type": "Point", "coordinates": [float("nan"), 1]}, type="drone"),
            feature(7, type="drone"),
            "no feature",
        )
    )
    assert [(r["lon"], r["notes"]) for r in found.records()] == [(None, "a?"), (None, None), (None, None), (None, None)]


def test_parquet_without_geometry(tmp_path: Path) -> None:
    table = pa.table({"lat": [50.92], "lon": [34.8], "type": pa.array(["shelling"]).dictionary_encode(), "tags": [["a", "b"]]})
    pq.write_table(table, tmp_path / "x.parquet")
    (row,) = rows(tmp_path / "x.parquet").records()
    assert (row["lat"], row["lon"], row["type"], row["tags"]) == (50.92, 34.8, "shelling", ["a", "b"])


@pytest.mark.parametrize(("ending", "said"), [("gpkg", "cannot be read as a GeoPackage"), ("parquet", "cannot be read as Parquet")])
def test_garbage_is_told_in_one_line(tmp_path: Path, ending: str, said: str) -> None:
    (tmp_path / f"x.{ending}").write_bytes(b"garbage" * 50)
    with pytest.raises(InputError, match=said) as caught:
        read(tmp_path / f"x.{ending}")
    assert "\n" not in str(caught.value)


WKB = shapely.to_wkb(shapely.Point(34.8, 50.92))
GEO = '{"primary_column": "geom", "columns": {"geom": {"encoding": "WKB"}}}'


@pytest.mark.parametrize(
    ("geo", "shape", "said"),
    [
        (GEO.replace('"geom":', '"geometry":'), WKB, "'geom'"),
        ("not JSON", WKB, "Expecting value"),
        ("[]", WKB, "no attribute 'get'"),
        (GEO.replace('"geom"', '"gone"'), WKB, "gone"),
        (GEO, WKB[:9], "ParseException"),
        (GEO, 7, "bytes or string"),
    ],
)
def test_geoparquet_that_is_damaged_is_told_in_one_line(tmp_path: Path, geo: str, shape: Any, said: str) -> None:
    table = pa.table({"type": ["shelling"], "geom": [shape]}).replace_schema_metadata({"geo": geo})
    pq.write_table(table, tmp_path / "x.parquet")
    with pytest.raises(InputError, match="its geometry, or the GeoParquet metadata that tells of it, is damaged") as caught:
        read(tmp_path / "x.parquet")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_geoparquet_that_is_whole(tmp_path: Path) -> None:
    pq.write_table(pa.table({"type": ["shelling"], "geom": [WKB]}).replace_schema_metadata({"geo": GEO}), tmp_path / "x.parquet")
    assert [(row["lon"], row["lat"]) for row in rows(tmp_path / "x.parquet").records()] == [(34.8, 50.92)]


@pytest.mark.parametrize("ending", ["geojson", "csv", "parquet", "gpkg"])
def test_what_we_export_is_an_input_again(tmp_path: Path, ending: str) -> None:
    incident = {
        "id": "i-1",
        "type": "shelling",
        "title": "Обстріл",
        "date_start": datetime.fromisoformat("2024-11-22"),
        "date_end": datetime.fromisoformat("2024-11-22"),
    }
    incident |= {
        "date_precision": "day",
        "timezone": "Europe/Kyiv",
        "status": "claimed",
        "killed_best": 0,
        "precision": "site",
        "tags": ["a", "b"],
    }
    incident |= {"places": [{"text": "Суми", "lon": 34.8, "lat": 50.92}]}
    tables = Tables.from_records([incident], [], [], np.array([shapely.Point(34.8, 50.92)], dtype=object))
    store.write(tables, tmp_path / f"x.{ending}", Taxonomy.load())
    (row,) = rows(tmp_path / f"x.{ending}").records()
    for name in ("id", "type", "title", "date_start", "date_precision", "status", "killed_best", "precision", "tags"):
        assert row[name] == incident[name], name
    assert (row["lon"], row["lat"]) == (34.8, 50.92)
