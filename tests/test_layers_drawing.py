"""What is a dot, what a ring, what an area, and what is none."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from page_sample import KHARKIV, SUMY, StubBoundaries, incident, place, sample_tables

from mapper.incidents import COUNTS, PRECISIONS
from mapper.layers.drawing import AREA, DOT, FLAGS, NO_DATE, RING, Drawing, draw
from mapper.tables import Tables
from mapper.taxonomy import Taxonomy

TAXONOMY = Taxonomy.load()


def drawn(*rows, geometry=None) -> Drawing:
    geometry = geometry or [None if row.get("unplaced") else shapely.Point(30, 50) for row in rows]
    return draw(Tables.from_records(rows, [], [], geometry), TAXONOMY, StubBoundaries())


@pytest.fixture(scope="module")
def sample():
    tables = sample_tables()
    drawing = draw(tables, TAXONOMY, StubBoundaries())
    ids = tables.incidents["id"].to_numpy()[drawing.order].tolist()
    return drawing, ids


def points_of(drawing: Drawing, index: int) -> list[tuple[float, float, int, int]]:
    p = drawing.points
    return [(float(p.lon[i]), float(p.lat[i]), int(p.kind[i]), int(p.radius_m[i])) for i in np.flatnonzero(p.incident == index)]


def test_every_incident_is_either_on_the_map_or_among_those_that_are_not(sample):
    drawing, ids = sample
    assert sorted(ids) == sorted(sample_tables().incidents["id"])
    assert drawing.placed == len(ids) - 2
    assert set(ids[drawing.placed :]) == {"i-missile", "i-background"}
    assert drawing.columns["flags"][drawing.placed :].astype(int).tolist() == [3, 1]


def test_a_settlement_is_a_dot_with_its_radius(sample):
    drawing, ids = sample
    assert points_of(drawing, ids.index("i-sumy")) == [(*SUMY, DOT, 5000)]


def test_near_is_a_ring(sample):
    drawing, ids = sample
    assert points_of(drawing, ids.index("i-near")) == [(37.18, 48.28, RING, 15000)]


def test_several_regions_are_several_areas_of_one_incident(sample):
    drawing, ids = sample
    index = ids.index("i-23")
    assert points_of(drawing, index) == []
    assert len(drawing.areas.shape[drawing.areas.incident == index]) == 3
    assert ids.count("i-23") == 1
    assert drawing.columns["intercepted"][index] == 23


def test_an_area_is_stored_once_and_keeps_its_holes_and_islands():
    oblast = place("Kursk Oblast", place_id="admin1:RU-KRS", precision="admin1", radius_km=None)
    boundaries = StubBoundaries()
    rows = [incident(f"i-{n}", "interception", "x", [oblast]) for n in range(5)]
    tables = Tables.from_records(rows, [], [], [shapely.box(34, 51, 38, 52)] * 5)
    drawing = draw(tables, TAXONOMY, boundaries)
    assert boundaries.asked == ["admin1:RU-KRS"]
    assert drawing.areas.shape.tolist() == [0] * 5
    assert drawing.shapes.rings.tolist() == [3]
    assert sorted(drawing.shapes.points.tolist()) == [4, 4, 4]
    assert shapely.contains_xy(boundaries.areas["admin1:RU-KRS"], drawing.shapes.anchor_lon[0], drawing.shapes.anchor_lat[0])


def test_several_places_of_one_incident_are_linked_dots(sample):
    drawing, ids = sample
    assert [p[2] for p in points_of(drawing, ids.index("i-linked"))] == [DOT, DOT]


def test_a_sea_is_an_area_with_its_shores_and_stored_once():
    sea = place("Black Sea", 34.0, 43.3, precision="water", radius_km=380.0, place_id="own:black-sea-world", country=None)
    drawing = drawn(*(incident(f"i-{n}", "strike", "x", [sea]) for n in range(3)))
    assert len(drawing.points.lon) == 0
    assert drawing.areas.shape.tolist() == [0] * 3
    assert len(drawing.shapes) == 1
    assert drawing.bounds() == (30.0, 44.0, 36.0, 46.0)


def test_a_water_without_a_known_shore_is_as_large_as_it_is():
    bay = place("A bay", 34.0, 44.0, precision="water", radius_km=20.0, place_id="own:bay", country=None)
    drawing = drawn(incident("i", "strike", "x", [bay]))
    assert points_of(drawing, 0) == [(34.0, 44.0, AREA, 20000)]


def test_an_unknown_area_with_a_middle_and_a_size_is_a_circle_never_a_dot():
    raion = place("Sumy Raion", 34.8, 50.9, precision="admin2", radius_km=30.0, place_id="admin2:UA-59-1")
    drawing = drawn(incident("i", "shelling", "x", [raion]))
    assert points_of(drawing, 0) == [(34.8, 50.9, AREA, 30000)]


@pytest.mark.parametrize(
    ("precision", "admin1", "lon", "width"),
    [
        ("admin2", "RU-KRS", 34.3, 0.528),  # its middle is 0.1 degrees from the border in the west
        ("admin2", "RU-KRS", 36.0, None),  # wholly in its region
        ("admin2", "RU-BRY", 34.3, None),  # its middle is not in the region that is given
        ("admin2", "UA-99", 34.3, None),  # neither outline is known
        ("region", "RU-KRS", 34.3, None),  # may well lie in several
    ],
)
def test_a_circle_for_an_area_ends_at_the_border_of_its_region(precision, admin1, lon, width):
    raion = place("Raion", lon, 51.3, precision=precision, radius_km=30.0, place_id="admin2:x", admin1=admin1, country="RU")
    drawing = drawn(incident("i-1", "shelling", "x", [raion]), incident("i-2", "shelling", "x", [raion]))
    assert points_of(drawing, 0) == [(lon, 51.3, AREA, 30000)]
    assert len(drawing.areas.shape) == 0
    if width is None:
        assert (drawing.points.outline.tolist(), len(drawing.shapes)) == ([-1, -1], 0)
        return
    assert (drawing.points.outline.tolist(), len(drawing.shapes)) == ([0, 0], 1)
    assert drawing.shapes.lon.min() == 34.2
    assert drawing.shapes.lon.max() - 34.2 == pytest.approx(width, abs=0.01)


@pytest.mark.parametrize(
    ("places", "precision", "geometry", "reason"),
    [
        ([place("Ukraine", 31.0, 49.0, precision="country")], "country", shapely.Point(31, 49), "country only"),
        ([place("Z", place_id="admin1:UA-99", precision="admin1")], "admin1", shapely.Point(31, 49), "boundaries"),
        ([], "exact", shapely.LineString([(0, 0), (1, 1)]), "line"),
        ([place("Moscow", 37.6, 55.7, role="speaker")], "admin1", shapely.Point(37.6, 55.7), "neither"),
    ],
)
def test_what_cannot_be_drawn_honestly_says_why(places, precision, geometry, reason):
    drawing = drawn(incident("i", "strike", "x", places, precision=precision), geometry=[geometry])
    assert drawing.placed == 0
    assert reason in drawing.reasons[0]
    assert len(drawing.points.lon) == len(drawing.areas.shape) == 0


def test_a_voice_and_an_origin_are_no_places_of_the_incident():
    places = [place("Sumy", *SUMY), place("Kyiv", 30.5, 50.4, role="speaker"), place("Kursk", 36.2, 51.7, role="origin")]
    assert points_of(drawn(incident("i", "strike", "x", places)), 0) == [(*SUMY, DOT, 5000)]


def test_a_row_of_a_table_is_drawn_by_its_geometry():
    rows = [
        incident("a", "strike", "x", [], precision="exact"),
        incident("b", "strike", "x", [], precision="near", radius_km=7.0),
        incident("c", "strike", "x", [], precision="admin1"),
        incident("d", "strike", "x", [], precision="admin1"),
    ]
    box = shapely.box(30, 50, 31, 51)
    drawing = drawn(*rows, geometry=[shapely.Point(30, 50), shapely.Point(31, 50), box, box])
    assert drawing.placed == 4
    assert sorted(drawing.points.kind.tolist()) == [DOT, RING]
    assert len(drawing.shapes) == 1
    assert drawing.areas.shape.tolist() == [0, 0]


def test_unknown_numbers_and_dates_stay_unknown_and_zero_stays_zero(sample):
    drawing, ids = sample
    assert drawing.columns["killed_best"][ids.index("i-23")] == 0
    assert drawing.columns["killed_best"][ids.index("i-near")] == -1
    row = incident("i", "strike", "x", [place("Sumy", *SUMY)], date_start=None, date_end=None, date_precision="unknown")
    assert drawn(row).columns["start"][0] == NO_DATE
    assert drawn(row).columns["lasting"][0] == -1


def test_dates_before_1970_are_minutes_too():
    import datetime as dt

    day = dt.datetime(1969, 12, 31, 23, 59)
    row = incident("i", "strike", "x", [place("Sumy", *SUMY)], date_start=day, date_end=day)
    assert drawn(row).columns["start"][0] == -1


def test_an_unknown_type_is_drawn_as_the_last_one():
    drawing = drawn(incident("i", "flying_saucer", "x", [place("Sumy", *SUMY)]))
    assert list(TAXONOMY.types)[drawing.columns["type"][0]] == "other"


def test_the_drawing_does_not_depend_on_the_order_of_the_rows():
    tables = sample_tables()
    turned = Tables(incidents=tables.incidents.iloc[::-1].reset_index(drop=True), claims=tables.claims, sources=tables.sources)
    a, b = (draw(t, TAXONOMY, StubBoundaries()) for t in (tables, turned))
    for name, column in a.columns.items():
        assert column.tolist() == b.columns[name].tolist(), name
    assert a.points.lon.tolist() == b.points.lon.tolist()
    assert a.areas.shape.tolist() == b.areas.shape.tolist()


def test_neighbours_stand_together(sample):
    drawing, ids = sample
    at = sorted(ids.index(f"i-kharkiv-{n}") for n in (1, 2, 3))
    assert at[2] - at[0] == 2
    assert points_of(drawing, at[0]) == [(*KHARKIV, DOT, 5000)]


def test_bounds_hold_rings_and_areas(sample):
    west, south, east, north = sample[0].bounds()
    assert (west, north) == (pytest.approx(30.6666, abs=1e-3), 55.3)
    assert east == 39.1
    assert south == pytest.approx(46.4325, abs=1e-3)


def test_nothing_at_all():
    drawing = draw(Tables.empty(), TAXONOMY, StubBoundaries())
    assert drawing.placed == 0
    assert drawing.bounds() is None


def test_columns_are_codes_and_numbers(sample):
    columns = sample[0].columns
    assert set(columns) == {"type", "status", "precision", "date_precision", "flags", "start", "lasting", "country", "publisher", *COUNTS}
    assert int(columns["precision"].max()) < len(PRECISIONS)
    assert int(columns["flags"].max()) < 2 ** len(FLAGS)
