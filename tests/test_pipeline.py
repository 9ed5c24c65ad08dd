"""From our own-words twin of the roundup, and from the sample table, to the tables and the ledger."""

from __future__ import annotations

import datetime as dt
import gc
import weakref
from pathlib import Path

import pytest

from mapper import store
from mapper.geocoding.query import geocode
from mapper.pipeline import World, gather
from mapper.pipeline.world import forget

GEODATA = Path(__file__).parent.parent / "geodata"
TWIN = GEODATA / "articles" / "2024-11-22-sumy-and-border-regions.md"


@pytest.fixture(scope="module")
def twin(world, taxonomy):
    return gather([TWIN], world, taxonomy).tables


@pytest.fixture(scope="module")
def sample(world, taxonomy):
    return gather([GEODATA / "articles", GEODATA / "incidents"], world, taxonomy)


def rows(tables, **wanted):
    listed = tables.arrow("incidents").to_pylist()
    return [r for r in listed if all(r[key] == value for key, value in wanted.items())]


def claims_of(tables, incident):
    return [c for c in tables.arrow("claims").to_pylist() if c["incident_id"] == incident["id"]]


def places(incident):
    return [p["place_id"] for p in incident["places"] if p["role"] in {"at", "over"}]


def test_the_drone_strike_on_sumy(twin):
    [strike] = rows(twin, type="drone_strike")
    assert strike["title"] == "Drone strike, Sumy"
    assert (strike["country"], strike["admin1"], strike["precision"]) == ("UA", "UA-59", "settlement")
    assert (strike["date_start"], strike["date_precision"]) == (dt.datetime(2024, 11, 22), "day")
    assert "date-as-reported" not in strike["tags"]  # "Here is what Friday brought."
    assert (strike["killed_low"], strike["killed_high"]) == (2, None)
    assert (strike["injured_low"], strike["injured_best"], strike["injured_high"]) == (12, 12, 12)
    assert {c["by"] for c in claims_of(twin, strike)} == {"Artem Kobzar, acting mayor", "Sumy regional military administration"}


def test_23_drones_over_three_regions_are_one_incident(twin, world):
    [interception] = rows(twin, type="interception")
    assert places(interception) == ["admin1:RU-BRY", "admin1:RU-KLU", "admin1:RU-KRS"]
    assert interception["intercepted"] == 23
    assert interception["precision"] == "admin1"
    assert interception["date_precision"] == "night"
    assert (interception["date_start"].day, interception["date_end"].day) == (21, 22)
    assert (interception["killed_high"], interception["injured_high"]) == (0, 0)
    assert {c["by"] for c in claims_of(twin, interception)} == {"Russian Defence Ministry"}
    drawn = twin.incidents.set_index("id").geometry[interception["id"]]
    for place_id in places(interception):
        assert drawn.covers(world.boundaries.area(place_id).representative_point())


def test_a_missile_known_to_the_country_only_is_listed_with_its_reason(twin):
    [missile] = rows(twin, type="missile_strike")
    assert missile["date_start"] == dt.datetime(2024, 11, 21)
    assert missile["unplaced"] == "known to the country only: Ukraine"
    assert twin.incidents.set_index("id").geometry[missile["id"]] is None
    assert [c["by"] for c in claims_of(twin, missile)] == ["Russian President Vladimir Putin"]


def test_nothing_else_is_told(twin):
    told = twin.arrow("incidents").to_pylist()
    assert sorted(row["type"] for row in told) == ["drone_strike", "interception", "missile_strike"]
    assert not any("background" in (row["tags"] or ()) for row in told)


def test_every_quote_stands_in_its_article(twin):
    body = TWIN.read_text(encoding="utf-8").split("---\n", 2)[2]
    quotes = twin.arrow("claims")["quote"].to_pylist()
    assert len(quotes) >= len(twin.incidents) > 0
    for quote in quotes:
        assert quote
        assert quote in body


def test_every_report_is_accounted_for(sample):
    ledger = sample.ledger.totals
    assert ledger.pop("read") == sum(ledger.values())
    assert ledger["rejected"] == 0
    assert len(sample.tables.incidents) == ledger["mapped"] + ledger["unplaced"]


def test_two_outlets_on_one_event_are_one_incident_with_both_claims(sample):
    [strike] = rows(sample.tables, type="drone_strike", title="Drone strike, Sumy")
    assert strike["status"] == "corroborated"
    publishers = {s["id"]: s["publisher"] for s in sample.tables.arrow("sources").to_pylist()}
    assert {publishers[c["source_id"]] for c in claims_of(sample.tables, strike)} == {"Sample Desk", "Sample Wire"}
    assert "date-as-reported" not in strike["tags"]


def test_totals_count_a_linked_claim_once(sample):
    intercepted = sample.tables.incidents.loc[sample.tables.incidents["type"] == "interception", "intercepted"]
    assert sorted(intercepted.dropna()) == [6, 23, 59]


def test_the_order_of_the_inputs_does_not_matter(sample, world, taxonomy):
    turned = gather([GEODATA / "incidents", *sorted((GEODATA / "articles").glob("*.md"), reverse=True)], world, taxonomy)
    for name in ("incidents", "claims", "sources"):
        assert turned.tables.arrow(name).to_pylist() == sample.tables.arrow(name).to_pylist()


def test_a_table_row_without_a_position_is_placed_by_its_words(sample):
    [explosion] = rows(sample.tables, type="explosion")
    assert (explosion["country"], explosion["admin1"], explosion["precision"]) == ("UA", "UA-23", "admin1")
    [shelling] = rows(sample.tables, title="Shelling, Nikopol")
    assert shelling["precision"] == "settlement"
    assert shelling["places"][0]["lon"] == pytest.approx(34.4, abs=0.1)


def test_a_row_in_crimea_is_in_ukraine_whatever_it_says(tmp_path, world, taxonomy):
    table = tmp_path / "crimea.csv"
    table.write_text("date,type,place,country,lat,lon\n2024-11-20,explosion,Simferopol,RU,44.95,34.10\n", encoding="utf-8")
    [row] = gather([table], world, taxonomy).tables.arrow("incidents").to_pylist()
    assert (row["country"], row["admin1"]) == ("UA", "UA-43")


def test_the_same_table_twice_is_counted_once(tmp_path, world, taxonomy):
    table = tmp_path / "a.csv"
    table.write_text("id,date,type,place,lat,lon\nx1,2024-11-20,explosion,Sumy,50.92,34.80\n", encoding="utf-8")
    copy = tmp_path / "b.csv"
    copy.write_bytes(table.read_bytes())
    gathered = gather([table, copy], world, taxonomy)
    assert len(gathered.tables.incidents) == 1
    assert gathered.ledger.totals == {"read": 2, "mapped": 1, "merged": 1, "unplaced": 0, "rejected": 0, "hidden": 0}


@pytest.mark.parametrize("name", ["x.geojson", "x.csv", "x.parquet", "x.gpkg"])
def test_an_export_is_an_input_that_loses_nothing(name, tmp_path, sample, world, taxonomy):
    store.write(sample.tables, tmp_path / name, taxonomy)
    again = gather([tmp_path], world, taxonomy)
    for table in ("incidents", "claims", "sources"):
        assert again.tables.arrow(table).to_pylist() == sample.tables.arrow(table).to_pylist()
    assert again.tables.incidents.geometry.notna().sum() == sample.tables.incidents.geometry.notna().sum()


def test_a_world_that_is_forgotten_leaves_the_memory(taxonomy, nothing_shared):
    world = World()
    gather([TWIN], world, taxonomy)
    for query in ("Sumy", "Sumska", "12 km north of Vinnitsa", "Сумська область", "Харкві"):
        geocode(query, country="UA", gazetteer=world.gazetteer)
    gazetteer = weakref.ref(world.gazetteer)
    del world
    forget()
    gc.collect()
    assert gazetteer() is None
