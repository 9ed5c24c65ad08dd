"""What goes into a store comes out again: every format, with nulls, zeros, Cyrillic, poles and empty tables."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mapper import store
from mapper.errors import InputError
from mapper.pipeline import World, gather
from mapper.tables import Tables
from mapper.taxonomy import Taxonomy

TAXONOMY = Taxonomy.load()
ENDINGS = ("geojson", "csv", "parquet", "gpkg")

# a GeoPackage is a C library's file: no NUL, no lone surrogates
TEXT = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=20) | st.sampled_from(
    ["", "Суми", "</script><img src=x onerror=alert(1)>", "=1+1", "'=1+1", "''-x", "@x", '"', "a\r\nb", "\t", " ", "null", "NaN", "'"]
)
MAYBE = st.none() | TEXT
COUNT = st.none() | st.integers(0, 2**31 - 1)
TIME = st.none() | st.datetimes(datetime.fromisoformat("1900-01-01"), datetime.fromisoformat("2100-01-01")).map(
    lambda t: t.replace(microsecond=0)
)
DEGREES = st.floats(-180, 180) | st.sampled_from([-180.0, 180.0, 0.0, 34.8])
LATITUDE = st.floats(-90, 90) | st.sampled_from([-90.0, 90.0])
SHAPE = st.one_of(
    st.none(),
    st.builds(shapely.Point, DEGREES, LATITUDE),
    st.just(shapely.box(170, 60, 180, 70)),
    st.just(shapely.MultiPolygon([shapely.box(30, 50, 31, 51), shapely.box(33, 50, 34, 51)])),
    st.just(shapely.GeometryCollection([shapely.Point(1, 2), shapely.box(30, 50, 31, 51)])),
)
PLACE = st.fixed_dictionaries(
    {"text": MAYBE, "name": MAYBE, "lon": st.none() | DEGREES, "lat": st.none() | LATITUDE, "score": st.none() | st.floats(0, 1, width=32)},
    optional={"candidates": st.lists(st.fixed_dictionaries({"name": MAYBE, "lon": DEGREES}), max_size=2)},
)


@st.composite
def tables(draw: st.DrawFn) -> Tables:
    """Draw tables that keep the rules of the data model."""
    sources = [{"id": f"s-{n}", "url": draw(MAYBE), "title": draw(MAYBE), "published": draw(TIME)} for n in range(draw(st.integers(0, 2)))]
    incidents, claims, shapes = [], [], []
    for n in range(draw(st.integers(0, 3))):
        start = draw(TIME)
        incidents.append(
            {
                "id": f"i-{n}",
                "type": draw(st.sampled_from([*TAXONOMY.types, "own"])),
                "title": draw(TEXT),
                "date_start": start,
                "date_end": start,
                "date_precision": "day",
                "timezone": "Europe/Kyiv",
                "status": "claimed",
                "unplaced": draw(TEXT),
                "places": draw(st.none() | st.lists(PLACE, max_size=2)),
                "tags": draw(st.none() | st.lists(TEXT, max_size=3)),
                "notes": draw(MAYBE),
                "radius_km": draw(st.none() | st.floats(0, 1000)),
                "precision": draw(st.sampled_from([None, "settlement", "admin1"])),
                "launched": draw(COUNT),
                "killed_best": draw(COUNT),
            }
        )
        shapes.append(draw(SHAPE))
        claims += [
            {
                "incident_id": f"i-{n}",
                "status": "claimed",
                "source_id": s["id"],
                "by": draw(MAYBE),
                "quote": draw(MAYBE),
                "start": draw(COUNT),
            }
            for s in sources
        ]
    return Tables.from_records(incidents, claims, sources, np.array(shapes, dtype=object))


def assert_same(got: Tables, expected: Tables) -> None:
    for name in ("incidents", "claims", "sources"):
        assert got.arrow(name).to_pylist() == expected.arrow(name).to_pylist()
    for a, b in zip(got.incidents.geometry, expected.incidents.geometry, strict=True):
        assert (a is None) == (b is None)
        assert a is None or shapely.equals_exact(a.normalize(), b.normalize())


@pytest.mark.parametrize("ending", ENDINGS)
@given(tables=tables())
@example(tables=Tables.empty())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_round_trip(ending: str, tables: Tables) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"мапа.{ending}"
        store.write(tables, path, TAXONOMY)
        assert_same(store.read(path), tables)


@pytest.fixture
def seed() -> Tables:
    """Make two incidents, one a dot and one of three areas, with a claim on each."""
    incidents = [
        {
            "id": "i-1",
            "type": "drone_strike",
            "title": "Drone strike, Суми",
            "killed_low": 2,
            "injured_best": 12,
            "precision": "settlement",
        },
        {
            "id": "i-2",
            "type": "interception",
            "title": "=HYPERLINK()",
            "intercepted": 23,
            "lost": 5,
            "killed_best": 0,
            "precision": "admin1",
        },
    ]
    day = datetime.fromisoformat("2024-11-22")
    common = {"date_precision": "day", "timezone": "Europe/Kyiv", "status": "claimed", "date_start": day, "date_end": day}
    claims = [{"incident_id": f"i-{n}", "status": "claimed", "source_id": "s-1", "by": "мер", "quote": "two killed"} for n in (1, 2)]
    shapes = np.array([shapely.Point(34.8, 50.92), shapely.box(33, 52, 35, 54)], dtype=object)
    return Tables.from_records([common | row for row in incidents], claims, [{"id": "s-1", "title": "Новини"}], shapes)


@pytest.mark.parametrize("ending", ENDINGS)
def test_same_tables_give_the_same_bytes(seed: Tables, tmp_path: Path, ending: str) -> None:
    a, b = (sorted(store.write(seed, tmp_path / name / f"x.{ending}", TAXONOMY)) for name in ("a", "b"))
    assert [file.name for file in a] == [file.name for file in b]
    assert f"x.{ending}" in [file.name for file in a]
    for file in a:
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes(), file.name


def test_geojson_has_ids_styles_and_outer_rings_counterclockwise(seed: Tables, tmp_path: Path) -> None:
    store.write(seed, tmp_path / "x.geojson", TAXONOMY)
    document = json.loads((tmp_path / "x.geojson").read_text(encoding="utf-8"))
    dot, area = document["features"]
    assert dot["id"] == "i-1"
    assert dot["geometry"]["coordinates"] == [34.8, 50.92]
    assert dot["properties"]["marker-color"] == TAXONOMY.types["drone_strike"].colour
    assert dot["properties"]["claims"][0]["by"] == "мер"
    assert "killed_best" not in dot["properties"], "unknown is not written as a number"
    assert area["properties"]["killed_best"] == 0
    assert area["properties"]["lost"] == 5
    assert area["properties"]["fill"] == TAXONOMY.types["interception"].colour
    assert shapely.is_ccw(shapely.from_geojson(json.dumps(area["geometry"])).exterior)


def test_csv_defuses_formulas_and_opens_in_excel(seed: Tables, tmp_path: Path) -> None:
    store.write(seed, tmp_path / "x.csv", TAXONOMY)
    data = (tmp_path / "x.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert b'"\'=HYPERLINK()"' in data
    assert {p.name for p in tmp_path.iterdir()} == {"x.csv", "x.claims.csv", "x.sources.csv"}


def test_csv_gives_lon_and_lat_only_of_what_is_at_one_point(tmp_path: Path) -> None:
    speaker = {"role": "speaker", "name": "Saratov Oblast", "lon": 47.0, "lat": 51.5}
    saratov, engels = ({"role": "at", "name": n, "lon": x, "lat": y} for n, x, y in (("Saratov", 46.03, 51.53), ("Engels", 46.11, 51.48)))
    shapes = [shapely.Point(46.03, 51.53), shapely.MultiPoint([(46.03, 51.53), (46.11, 51.48)]), shapely.box(42, 50, 51, 53), None]
    common = {"type": "explosion", "title": "T", "date_precision": "day", "timezone": "Europe/Kyiv", "status": "claimed"}
    wheres = ([speaker, saratov], [speaker, saratov, engels], [speaker], [speaker])
    incidents = [common | {"id": f"i-{n}", "places": places, "unplaced": None} for n, places in enumerate(wheres)]
    incidents[3]["unplaced"] = "the report names no place"
    store.write(Tables.from_records(incidents, [], [], np.array(shapes, dtype=object)), tmp_path / "x.csv", TAXONOMY)
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["lon"], row["lat"]) for row in csv.DictReader(file)]
    assert rows == [("46.03", "51.53"), ("", ""), ("", ""), ("", "")], "never the place of who speaks, nor one of several, nor a middle"


def test_no_digit_of_a_coordinate_is_lost_in_csv(tmp_path: Path) -> None:
    points = [shapely.Point(x, -x) for x in (-0.36811191425519496, 0.0008203701178775068, 5e-324, 34.799999999999997, 1e-7 / 3)]
    common = {"type": "explosion", "title": "T", "date_precision": "day", "timezone": "Europe/Kyiv", "status": "claimed", "unplaced": "-"}
    path = tmp_path / "points.csv"
    incidents = [common | {"id": f"i-{n}", "places": None} for n in range(len(points))]
    store.write(Tables.from_records(incidents, [], [], np.array(points, dtype=object)), path, TAXONOMY)
    assert [(p.x, p.y) for p in store.read(path).incidents.geometry] == [(p.x, p.y) for p in points]


def test_geopackage_and_parquet_open_with_the_usual_libraries(seed: Tables, tmp_path: Path) -> None:
    import geopandas as gpd

    for ending in ("gpkg", "parquet"):
        path = tmp_path / f"x.{ending}"
        store.write(seed, path, TAXONOMY)
        frame = gpd.read_file(path, layer="incidents") if ending == "gpkg" else gpd.read_parquet(path)
        assert frame.crs.to_epsg() == 4326 or "CRS84" in frame.crs.to_string()
        assert frame["title"].tolist()[0] == "Drone strike, Суми"
        assert frame.geometry[0].x == 34.8


def test_a_value_that_was_edited_wrongly_is_told_with_its_file_in_one_line(seed: Tables, tmp_path: Path) -> None:
    path = tmp_path / "x.geojson"
    store.write(seed, path, TAXONOMY)
    text = path.read_text(encoding="utf-8").replace('"status":"claimed"', '"status":"retractd"', 1)
    path.write_text(text.replace('"date_end":"2024-11-22T00:00:00",', "", 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        store.read(path)
    assert str(caught.value).startswith(f"{path}: breaks the data model: incidents.status is not one of claimed, disputed, ")
    assert "'retractd'; incidents: date_start without date_end: 1 rows, first 'i-1'; correct it there" in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_a_stored_file_that_breaks_the_data_model_does_not_stop_the_others(seed: Tables, tmp_path: Path, world: World) -> None:
    for name in ("good", "wrong"):
        store.write(seed, tmp_path / f"{name}.geojson", TAXONOMY)
    wrong = tmp_path / "wrong.geojson"
    wrong.write_text(wrong.read_text(encoding="utf-8").replace('"claimed"', '"retractd"', 1), encoding="utf-8")
    gathered = gather([tmp_path], world, TAXONOMY)
    assert gathered.tables.incidents["id"].tolist() == ["i-1", "i-2"]
    assert [(row.path, row.row) for row in gathered.rejected] == [(str(wrong), 0)]


def test_a_geopackage_that_is_none_does_not_stop_the_others(seed: Tables, tmp_path: Path, world: World) -> None:
    store.write(seed, tmp_path / "good.gpkg", TAXONOMY)
    (tmp_path / "broken.gpkg").write_text("junk\n", encoding="utf-8")
    gathered = gather([tmp_path], world, TAXONOMY)
    assert gathered.tables.incidents["id"].tolist() == ["i-1", "i-2"]
    said = "cannot be read as a GeoPackage; save it again from the program that made it"
    assert [(row.path, row.row, row.problem) for row in gathered.rejected] == [(str(tmp_path / "broken.gpkg"), 0, said)]


def test_stored_parquet_with_a_damaged_shape_is_told_with_its_file_in_one_line(seed: Tables, tmp_path: Path) -> None:
    store.write(seed, tmp_path / "x.parquet", TAXONOMY)
    table = pq.read_table(tmp_path / "x.parquet")
    at = table.column_names.index("geometry")
    pq.write_table(table.set_column(at, "geometry", pa.array([b"\1\1", b""])), tmp_path / "x.parquet")
    with pytest.raises(InputError, match=r"x\.parquet: its geometry is damaged \(ParseException.*\); write the file again with mapper"):
        store.read(tmp_path / "x.parquet")


def test_an_outline_of_many_vertices_comes_back_out_of_csv(seed: Tables, tmp_path: Path) -> None:
    angles = np.linspace(0, 2 * np.pi, 100_001)[:-1]
    outline = shapely.Polygon(np.column_stack([34 + np.cos(angles), 51 + np.sin(angles)]))
    names = ("incidents", "claims", "sources")
    tables = Tables.from_records(*(seed.arrow(name).to_pylist() for name in names), [shapely.Point(34.8, 50.92), outline])
    store.write(tables, tmp_path / "x.csv", TAXONOMY)
    assert store.read(tmp_path / "x.csv").incidents.geometry.iloc[1].equals(outline)


def test_text_for_standard_output(seed: Tables) -> None:
    assert json.loads(store.dumps(seed, "geojson", TAXONOMY))["sources"] == [{"id": "s-1", "title": "Новини"}]
    assert store.dumps(seed, "csv", TAXONOMY).startswith('"id","type","title"')
    with pytest.raises(InputError, match="not written as kml to standard output; supported are geojson csv"):
        store.dumps(seed, "kml", TAXONOMY)


def test_the_files_written_are_named(seed: Tables, tmp_path: Path) -> None:
    for ending in ENDINGS:
        folder = tmp_path / ending
        assert set(store.write(seed, folder / f"x.{ending}", TAXONOMY)) == set(folder.iterdir())


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_companion_that_is_gone_is_named(seed: Tables, tmp_path: Path, ending: str) -> None:
    store.write(seed, tmp_path / f"x.{ending}", TAXONOMY)
    (tmp_path / f"x.claims.{ending}").unlink()
    with pytest.raises(InputError, match=rf"x\.claims\.{ending}: is missing: it holds the claims of x\.{ending}; keep the three"):
        store.read(tmp_path / f"x.{ending}")


@pytest.mark.parametrize("ending", ENDINGS)
def test_other_content_is_refused_in_one_line(tmp_path: Path, ending: str) -> None:
    for name in (f"x.{ending}", f"x.claims.{ending}", f"x.sources.{ending}"):
        (tmp_path / name).write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match=f"x.{ending}") as caught:
        store.read(tmp_path / f"x.{ending}")
    assert "\n" not in str(caught.value)


def test_unknown_ending_and_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"files ending in \.shp; supported are \.geojson"):
        store.write(Tables.empty(), tmp_path / "x.shp", TAXONOMY)
    (tmp_path / "incidents.csv").touch()
    with pytest.raises(InputError, match=r"no such file; did you mean incidents\.csv\?"):
        store.read(tmp_path / "incident.csv")
