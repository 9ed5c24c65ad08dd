"""Rows of tables on the map: drawn as precisely as they are known, never more."""

from __future__ import annotations

import json

import pytest

from mapper.layers.drawing import draw
from mapper.pipeline import gather

ACLED = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,inter1,country,iso,admin1,admin2,location,"
    "latitude,longitude,geo_precision,source,notes,fatalities,timestamp\n"
)


@pytest.fixture
def read(tmp_path, world, taxonomy):
    def gathered(text, name="rows.csv"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        tables = gather([tmp_path], world, taxonomy).tables
        return tables.arrow("incidents").to_pylist(), tables

    return gathered


def row(**columns):
    return ",".join(columns) + "\n" + ",".join(str(v) for v in columns.values()) + "\n"


@pytest.mark.parametrize(
    ("precision", "kind", "radius"),
    [
        ("exact", "Point", 0.05),
        ("site", "Point", 0.15),
        ("settlement", "Point", 1.0),
        ("near", "Point", 25.0),
        ("", "Point", 1.0),
        ("admin2", "Point", 40.0),
    ],
)
def test_a_position_keeps_its_precision(read, precision, kind, radius):
    [incident], tables = read(row(date="2024-11-20", type="shelling", place="Sumy", lat=50.92, lon=34.8, precision=precision))
    assert incident["precision"] == (precision or "settlement")
    assert incident["radius_km"] == radius
    assert tables.incidents.geometry.iloc[0].geom_type == kind
    assert (incident["country"], incident["admin1"]) == ("UA", "UA-59")


def test_a_region_given_by_its_capital_is_the_region(read, world):
    [incident], tables = read(row(date="2024-11-20", type="shelling", place="Sumy", lat=50.92, lon=34.8, precision="admin1"))
    assert (incident["precision"], incident["admin1"]) == ("admin1", "UA-59")
    assert tables.incidents.geometry.iloc[0].equals(world.boundaries.area("admin1:UA-59"))


def test_a_country_given_by_its_middle_is_not_drawn(read):
    [incident], tables = read(
        row(date="2024-11-20", type="shelling", place="Kyiv", country="UA", lat=50.45, lon=30.52, precision="country")
    )
    assert incident["precision"] == "country"
    assert incident["unplaced"] == "known to the country only: Ukraine"
    assert tables.incidents.geometry.iloc[0] is None


def test_acled_level_three_is_an_area_and_level_one_a_dot(read):
    events = (
        "UKR1,2024-11-20,2024,1,Political violence,Explosions/Remote violence,Shelling/artillery/missile attack,A,1,Ukraine,804,Sumy,Sumskyi,Sumy,"
        "50.9077,34.7981,3,Source,Note,2,1732200000\n"
        "UKR2,2024-11-20,2024,1,Political violence,Explosions/Remote violence,Air/drone strike,A,1,Ukraine,804,Sumy,Sumskyi,Sumy,"
        "50.9077,34.7981,1,Source,Note,0,1732200000\n"
    )
    incidents, _ = read(ACLED + events)
    by_id = {i["id"].rpartition(":")[2]: i for i in incidents}
    assert (by_id["UKR1"]["precision"], by_id["UKR1"]["admin1"]) == ("admin1", "UA-59")
    assert by_id["UKR2"]["precision"] == "settlement"
    assert (by_id["UKR1"]["killed_best"], by_id["UKR2"]["killed_best"]) == (2, 0)


def test_a_row_without_place_or_position_is_kept_with_its_reason(read):
    [incident], _ = read("date,type,title\n2024-11-20,shelling,Somewhere\n")
    assert incident["unplaced"] == "the row gives neither a place nor a position"


LINE = {"type": "LineString", "coordinates": [[34.7, 50.9], [34.9, 51.0]]}
POINTS = {"type": "MultiPoint", "coordinates": [[34.7, 50.9], [34.9, 51.0]]}
BOX = {"type": "Polygon", "coordinates": [[[34.7, 50.9], [34.9, 50.9], [34.9, 51.0], [34.7, 50.9]]]}
MIXED = {"type": "GeometryCollection", "geometries": [BOX, LINE]}


@pytest.fixture
def mapped(tmp_path, world, taxonomy):
    """Read one feature: its incident, whether it is drawn, and what the ledger and the reader say of it."""

    def gathered(geometry, **properties):
        feature = {"type": "Feature", "geometry": geometry, "properties": {"date": "2024-11-20", "type": "shelling"} | properties}
        document = {"type": "FeatureCollection", "features": [feature]}
        (tmp_path / "rows.geojson").write_text(json.dumps(document), encoding="utf-8")
        found = gather([tmp_path], world, taxonomy)
        drawing = draw(found.tables, taxonomy, world.boundaries)
        assert (drawing.placed, len(drawing.reasons)) == (found.ledger.totals["mapped"], 0), "the page says what the ledger says"
        return found.tables.arrow("incidents").to_pylist()[0], drawing.placed, found

    return gathered


@pytest.mark.parametrize(
    ("geometry", "precision", "reason"),
    [
        (LINE, None, "its geometry is a line, which this map does not draw"),
        (LINE, "exact", "its geometry is a line, which this map does not draw"),
        (MIXED, None, "its geometry is of several kinds, which this map does not draw"),
        (POINTS, "admin1", "its points stand for an area that the row does not name"),
        (POINTS, "water", "its points stand for an area that the row does not name"),
        (BOX, "country", "known to the country only"),
    ],
)
def test_a_geometry_that_is_not_drawn_is_told_by_page_and_ledger_alike(mapped, geometry, precision, reason):
    incident, placed, found = mapped(geometry, **({"precision": precision} if precision else {}))
    assert (placed, incident["unplaced"]) == (0, reason)
    assert [(entry.outcome, entry.reason) for entry in found.ledger.entries] == [("unplaced", reason)]


@pytest.mark.parametrize(("geometry", "precision"), [(LINE, "settlement"), (MIXED, "settlement"), (POINTS, "admin1")])
def test_what_cannot_be_drawn_is_placed_by_its_name(mapped, geometry, precision):
    incident, placed, found = mapped(geometry, precision=precision, place="Sumy", admin1="Sumy Oblast", country="UA")
    assert (placed, incident["unplaced"]) == (1, None)
    assert incident["admin1"] == "UA-59"
    lines = [w for w in found.warnings if "neither a point nor an area" in w]
    assert len(lines) == (geometry is not POINTS)


def test_a_line_whose_place_is_not_known_says_both(mapped):
    incident, _, _ = mapped(LINE, place="Qwertivka")
    assert incident["unplaced"].startswith("its geometry is a line, which this map does not draw; Qwertivka: ")


def test_an_outline_of_something_known_to_its_country_only_says_so_once(mapped):
    incident, _, _ = mapped(BOX, country="UA", precision="country")
    assert incident["unplaced"] == "known to the country only: Ukraine"


@pytest.mark.parametrize(("geometry", "precision"), [(POINTS, "exact"), (POINTS, "near"), (BOX, "admin1"), (BOX, None)])
def test_points_and_areas_are_drawn_as_they_are(mapped, geometry, precision):
    incident, placed, found = mapped(geometry, **({"precision": precision} if precision else {}))
    assert (placed, incident["unplaced"]) == (1, None)
    assert found.tables.incidents.geometry.iloc[0].geom_type == geometry["type"]


def box(size):
    """Draw a square of so many degrees."""
    corners = [[34, 50.5], [34 + size, 50.5], [34 + size, 50.5 + size], [34, 50.5 + size], [34, 50.5]]
    return {"type": "Polygon", "coordinates": [corners]}


@pytest.mark.parametrize(
    ("size", "said", "precision", "radius"),
    [
        (0.001, {}, "site", 0.07),
        (0.1, {}, "settlement", 6.58),
        (1, {}, "region", 65.8),
        (1, {"precision": "admin2"}, "admin2", 65.8),
        (1, {"precision": "admin2", "radius_km": 70}, "admin2", 70.0),
    ],
)
def test_an_area_that_was_drawn_is_as_precise_as_it_is_wide(mapped, size, said, precision, radius):
    incident, placed, _ = mapped(box(size), **said)
    assert (placed, incident["precision"], incident["radius_km"]) == (1, precision, pytest.approx(radius, rel=0.01))
    assert (incident["places"][0]["precision"], incident["places"][0]["radius_km"]) == (incident["precision"], incident["radius_km"])


def test_an_area_over_the_180th_meridian_is_as_wide_as_it_is(mapped):
    parts = [[[[west, 65], [west + 2, 65], [west + 2, 66], [west, 66], [west, 65]]] for west in (178, -180)]
    incident, placed, _ = mapped({"type": "MultiPolygon", "coordinates": parts})
    assert (placed, incident["precision"], incident["radius_km"]) == (1, "region", pytest.approx(109, rel=0.01))


def test_an_area_that_was_drawn_has_the_name_of_its_feature(mapped):
    incident, *_ = mapped(box(1), title="Evacuation of the border villages")
    assert incident["places"][0]["name"] == "Evacuation of the border villages"
    incident, *_ = mapped(box(1), title="Evacuation", place="The border villages")
    assert (incident["places"][0]["name"], incident["title"]) == ("The border villages", "Evacuation")


def test_at_sea_there_is_no_country(read):
    [incident], _ = read(row(date="2024-11-20", type="naval attack", place="Black Sea", lat=43.5, lon=32.0, precision="water"))
    assert (incident["country"], incident["radius_km"]) == (None, 50.0)


def test_rows_name_their_own_sources(read):
    text = "date,type,place,lat,lon,source_url,publisher\n" + "".join(
        f"2024-11-2{i},shelling,Sumy,50.92,34.8,https://example.org/{i % 2},Desk\n" for i in range(4)
    )
    _, tables = read(text)
    assert sorted(tables.sources["url"]) == ["https://example.org/0", "https://example.org/1"]
    assert tables.claims["source_id"].value_counts().tolist() == [2, 2]


@pytest.mark.parametrize("source", ["", "невідомо", "unknown", "-"])
def test_the_file_is_not_the_source_of_a_row_that_names_none(read, source):
    _, tables = read(f"date,type,place,source\n2024-11-20,shelling,Sumy,{source}\n")
    [known] = tables.arrow("sources").to_pylist()
    assert (known["publisher"], known["title"], known["url"]) == (None, None, None)


def test_ids_survive_another_order_and_another_row(read):
    rows = [f"2024-11-2{i},shelling,Sumy,50.92,34.8\n" for i in range(3)]
    first, _ = read("date,type,place,lat,lon\n" + "".join(rows))
    again, _ = read("date,type,place,lat,lon\n" + "2024-11-10,explosion,Odesa,46.48,30.72\n" + "".join(reversed(rows)))
    assert {i["id"] for i in first} < {i["id"] for i in again}
