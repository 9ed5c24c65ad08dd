"""The tables: what they accept, what they refuse, and that nothing turns into something else on the way."""

from __future__ import annotations

import datetime as dt

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.errors import SchemaError
from mapper.incidents import CHILDREN, CLAIMS, INCIDENTS, MAX_QUOTE, PROJECTILES, SOURCES, stable_id
from mapper.tables import Tables

INCIDENT = {
    "id": "i-1",
    "type": "drone_strike",
    "title": "Drone strike, Sumy",
    "date_start": dt.datetime(2024, 11, 22),
    "date_end": dt.datetime(2024, 11, 22),
    "date_precision": "day",
    "timezone": "Europe/Kyiv",
    "status": "claimed",
}
CLAIM = {"incident_id": "i-1", "by": "acting mayor", "status": "claimed", "quote": "At least two people died.", "source_id": "s-1"}
SOURCE = {"id": "s-1", "title": "Two dead in Sumy"}
SUMY = shapely.Point(34.8, 50.92)


def tables(incident=None, claim=None, *, geometry=SUMY):
    return Tables.from_records([INCIDENT | (incident or {})], [CLAIM | (claim or {})], [SOURCE], [geometry])


def test_columns_are_those_of_the_schema_in_its_order():
    made = tables()
    assert list(made.incidents.columns) == [*INCIDENTS, "geometry"]
    assert list(made.claims.columns) == list(CLAIMS)
    assert list(made.sources.columns) == list(SOURCES)
    assert made.incidents.crs.to_epsg() == 4326


def test_zero_is_not_unknown():
    made = tables({"killed_low": 0, "killed_best": 0, "killed_high": 0})
    row = made.arrow("incidents").to_pylist()[0]
    assert (row["killed_low"], row["injured_low"]) == (0, None)


SINGLE = [*PROJECTILES, *CHILDREN.values()]


@settings(deadline=None)
@given(st.lists(st.none() | st.integers(0, 2**31 - 1), min_size=len(SINGLE), max_size=len(SINGLE)))
def test_counts_come_back_as_they_went_in(values):
    counts = dict(zip(SINGLE, values, strict=True))
    row = tables(counts).arrow("incidents").to_pylist()[0]
    assert {key: row[key] for key in counts} == counts


@pytest.mark.parametrize(
    ("incident", "claim", "said"),
    [
        ({"status": "proven"}, {}, "status is not one of"),
        ({"precision": "village"}, {}, "precision is not one of"),
        ({"killed_low": 5, "killed_high": 2}, {}, "killed: low <= best <= high"),
        ({"injured_best": 9, "injured_high": 2}, {}, "injured: low <= best <= high"),
        ({"launched": -1}, {}, "launched is negative"),
        ({"children_killed": -1}, {}, "children_killed is negative"),
        ({"date_end": dt.datetime(2024, 11, 1)}, {}, "date_end before date_start"),
        ({"date_end": None}, {}, "date_start without date_end"),
        ({"title": None}, {}, "title is missing"),
        ({}, {"incident_id": "i-2"}, "names no row"),
        ({}, {"source_id": "s-9"}, "names no row"),
        ({}, {"quote": "x" * (MAX_QUOTE + 1)}, "quote longer"),
    ],
)
def test_a_broken_rule_is_named(incident, claim, said):
    with pytest.raises(SchemaError, match=said):
        tables(incident, claim)


def test_all_faults_are_reported_together():
    with pytest.raises(SchemaError) as caught:
        tables({"status": "proven", "launched": -1}, {"source_id": "s-9"})
    assert len(str(caught.value).splitlines()) == 4


def test_an_incident_that_is_not_drawn_says_why():
    with pytest.raises(SchemaError, match="neither a geometry nor a reason"):
        tables(geometry=None)
    assert tables({"unplaced": "known to the country only: Ukraine"}, geometry=None).incidents.geometry.isna().all()


def test_an_unknown_column_is_refused():
    with pytest.raises(SchemaError, match="no column is called colour"):
        tables({"colour": "red"})


def test_tables_under_each_other_keep_shared_sources_once():
    other = Tables.from_records([INCIDENT | {"id": "i-2"}], [CLAIM | {"incident_id": "i-2"}], [SOURCE], [SUMY])
    both = Tables.concat([tables(), other, Tables.empty()])
    assert (len(both.incidents), len(both.claims), len(both.sources)) == (2, 2, 1)
    with pytest.raises(SchemaError, match=r"incidents\.id is not unique"):
        Tables.concat([tables(), tables()])


def test_no_tables_give_an_empty_one():
    assert len(Tables.concat([]).incidents) == 0


def test_an_id_comes_from_content_alone():
    assert stable_id("i", "drone_strike", "Суми", None) == "i-313c2d23658b"
    assert stable_id("i", "a", "bc") != stable_id("i", "ab", "c")
    assert stable_id("i", None) != stable_id("i", "None")
