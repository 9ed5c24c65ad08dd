"""What is left of an incident that a rule coarsens or strips, as the reader sees it."""

from __future__ import annotations

import pytest
import shapely
from sensitive_sample import (
    CLAIM,
    COARSEN,
    INCIDENT,
    OPEN,
    PLACE,
    REASON,
    SOURCE,
    YARD,
    guarded,
    page_of,
    proved,
    sensitive_tables,
    the_row,
)

from mapper.crs import great_circle_km
from mapper.incidents import INCIDENTS, TAG_TITLE_GENERATED


def claims_of(result):
    new = result.renamed[INCIDENT["id"]]
    return [claim for claim in result.tables.arrow("claims").to_pylist() if claim["incident_id"] == new]


def source_of(result, claim):
    return next(source for source in result.tables.arrow("sources").to_pylist() if source["id"] == claim["source_id"])


def test_a_hospital_is_shown_as_its_oblast(world):
    result = guarded(world, COARSEN)
    row = the_row(result)

    assert row["title"] == "Missile strike, Sumy Oblast"
    assert row["tags"] == [TAG_TITLE_GENERATED]
    assert row["notes"] == REASON
    assert row["place_text"] == "Sumy Oblast"
    assert (row["precision"], row["country"], row["admin1"]) == ("admin1", "UA", "UA-59")
    assert [place["name"] for place in row["places"]] == ["Sumy Oblast"]
    assert row["killed_best"] == 2
    assert row["injured_low"] == 5
    assert row["status"] == "claimed"
    (shape,) = result.tables.incidents.geometry[result.tables.incidents["id"] == row["id"]]
    assert shape.equals(world.boundaries.area("admin1:UA-59"))


def test_the_other_incident_is_as_it_was(world):
    tables = sensitive_tables()
    result = guarded(world, COARSEN)

    before = next(row for row in tables.arrow("incidents").to_pylist() if row["id"] == OPEN["id"])
    after = next(row for row in result.tables.arrow("incidents").to_pylist() if row["id"] == OPEN["id"])
    assert before == after


def test_where_no_rule_applies_the_tables_are_the_same_object(world):
    tables = sensitive_tables()
    result = guarded(world, {"type": "landmine", "coarsen": "country", "reason": REASON}, tables=tables)

    assert result.tables is tables
    assert not result.secrets


def test_a_column_that_nobody_names_is_empty(world):
    """A new column of the tables is hidden until somebody decides that it may be shown."""
    row = the_row(guarded(world, COARSEN))
    shown = {
        *("id", "type", "title", "date_start", "date_end", "date_precision", "timezone", "reported_at", "place_text", "places"),
        *("country", "admin1", "precision", "killed_best", "injured_low", "status", "sensitivity", "tags", "notes"),
    }
    assert {name for name in INCIDENTS if row[name] is not None} == shown


def test_a_claim_keeps_its_numbers_and_loses_its_words(world):
    result = guarded(world, COARSEN)
    (claim,) = claims_of(result)

    assert (claim["killed_best"], claim["status"]) == (2, "claimed")
    assert (claim["quote"], claim["by"], claim["start"], claim["end"]) == ("[…]", None, None, None)
    source = source_of(result, claim)
    assert {name for name, value in source.items() if value is not None} == {"id", "lang"}
    assert SOURCE["id"] not in result.tables.sources["id"].tolist()


def test_a_source_that_an_open_incident_names_too_stays_for_that_one(world):
    tables = sensitive_tables()
    records = tables.arrow("claims").to_pylist()
    records[1]["source_id"] = SOURCE["id"]
    tables = type(tables).from_records(
        tables.arrow("incidents").to_pylist(), records, tables.arrow("sources").to_pylist(), list(tables.incidents.geometry)
    )
    result = guarded(world, COARSEN, tables=tables)

    (claim,) = claims_of(result)
    assert claim["source_id"] != SOURCE["id"]
    assert SOURCE["id"] in result.tables.sources["id"].tolist()
    assert proved(world, result).startswith("proved: 1 ")


def test_what_a_rule_keeps_stays_where_it_names_no_place(world):
    keep = ["quotes", "claimants", "notes", "title"]
    plain = {"title": "Missile hits a ward", "notes": "Rescue work went on all night.", "target": "hospital"}
    result = guarded(world, COARSEN | {"keep": keep}, tables=sensitive_tables(**plain))
    row = the_row(result)

    assert row["title"] == "Missile hits a ward"
    assert row["notes"] == f"{REASON}\nRescue work went on all night."
    assert claims_of(result)[0]["quote"] == CLAIM["quote"]
    assert claims_of(result)[0]["by"] == CLAIM["by"]


@pytest.mark.parametrize(
    "words",
    [
        "the mayor of Sumy",
        "Сумський міський голова",
        "жители Сум",
        "head of the Panteleimon clinic",
        "a volunteer from Trostianets",
        "Troitska street committee",
        "директор лікарні Святого Пантелеймона",
    ],
)
def test_what_names_a_place_is_not_kept(world, words):
    tables = sensitive_tables(actor=words, places=[PLACE | {"name": "Sumy, Panteleimon clinic"}])

    assert the_row(guarded(world, COARSEN, tables=tables))["actor"] is None


@pytest.mark.parametrize("words", ["Russia", "Russian air force", "a missile brigade", "Armed Forces of Ukraine"])
def test_an_actor_that_names_no_sharper_place_is_kept(world, words):
    tables = sensitive_tables(actor=words)

    assert the_row(guarded(world, COARSEN, tables=tables))["actor"] == words


def test_to_a_settlement_it_is_the_dot_of_the_gazetteer(world):
    result = guarded(world, COARSEN | {"coarsen": "settlement"})
    row = the_row(result)

    assert row["title"] == "Missile strike, Sumy"
    assert row["precision"] == "settlement"
    (place,) = row["places"]
    assert place["place_id"] == "gn:692194"
    assert (place["lon"], place["lat"]) == (34.79906, 50.91741)
    assert proved(world, result).startswith("proved: 1 ")


def test_outside_every_settlement_it_is_a_ring_around_the_nearest(world):
    at = (33.55213, 51.41377)
    place = PLACE | {"lon": at[0], "lat": at[1], "candidates": None}
    row = the_row(guarded(world, COARSEN | {"coarsen": "settlement"}, tables=sensitive_tables(places=[place])))

    (shown,) = row["places"]
    assert shown["precision"] == "near"
    assert shown["radius_km"] % 5 == 0
    assert great_circle_km(*at, shown["lon"], shown["lat"]) <= shown["radius_km"]


def test_to_a_raion_it_is_a_ring_and_the_author_is_told_so(world):
    result = guarded(world, COARSEN | {"coarsen": "admin2"})

    (shown,) = the_row(result)["places"]
    assert (shown["name"], shown["precision"]) == ("Sumy Raion", "admin2")
    assert result.remarks == ("sensitivity: raions and districts are shown as rings: their outlines are not known",)


def test_where_the_raion_is_not_known_it_is_the_oblast_and_the_author_is_told_so(world):
    place = PLACE | {"lon": 33.55213, "lat": 51.41377, "candidates": None}
    result = guarded(world, COARSEN | {"coarsen": "admin2"}, tables=sensitive_tables(places=[place]))

    assert the_row(result)["place_text"] == "Sumy Oblast"
    assert result.remarks == ("sensitivity: 1 places are shown as their oblast or country: their raion or district is not known",)


def test_to_the_country_it_is_listed_with_the_reason_and_not_drawn(world):
    result = guarded(world, COARSEN | {"coarsen": "country"})
    row = the_row(result)

    assert row["title"] == "Missile strike, Ukraine"
    assert row["unplaced"] == REASON
    assert row["admin1"] is None
    assert result.tables.incidents.geometry[result.tables.incidents["id"] == row["id"]].isna().all()
    assert REASON in page_of(world, result.tables)


@pytest.mark.parametrize("level", ["settlement", "admin2", "admin1"])
def test_nothing_becomes_finer_than_it_is_known(world, level):
    oblast = PLACE | {
        "name": "Sumy Oblast",
        "precision": "admin1",
        "place_id": "admin1:UA-59",
        "lon": 33.6,
        "lat": 51.2,
        "candidates": None,
    }
    country = PLACE | {"name": "Ukraine", "precision": "country", "place_id": "country:UA", "admin1": None, "candidates": None}

    for place, name in ((oblast, "Sumy Oblast"), (country, "Ukraine")):
        tables = sensitive_tables(places=[place], precision=place["precision"], admin1=place["admin1"])
        assert the_row(guarded(world, COARSEN | {"coarsen": level}, tables=tables))["place_text"] == name


def test_a_region_becomes_its_oblasts(world):
    region = PLACE | {"name": "Donbas", "precision": "region", "place_id": "admin1:UA-09+admin1:UA-14", "admin1": None, "candidates": None}
    row = the_row(guarded(world, COARSEN, tables=sensitive_tables(places=[region], precision="region", admin1=None)))

    assert row["place_text"] == "Luhansk Oblast and Donetsk Oblast"


def test_two_places_of_one_oblast_are_one_area_and_speakers_are_left_out(world):
    second = PLACE | {"lon": 33.91678, "lat": 51.67812, "name": "Hlukhiv dormitory", "candidates": None}
    speaker = PLACE | {"role": "speaker", "name": "Kharkiv", "admin1": "UA-63"}
    row = the_row(guarded(world, COARSEN, tables=sensitive_tables(places=[PLACE, second, speaker])))

    assert [place["name"] for place in row["places"]] == ["Sumy Oblast"]


def test_an_outline_without_a_name_becomes_the_oblast_it_lies_in(world):
    tables = sensitive_tables()
    records = [tables.arrow(name).to_pylist() for name in ("incidents", "claims", "sources")]
    records[0][0] |= {"places": [], "admin1": None, "country": None}
    shapes = [shapely.box(YARD[0], YARD[1], YARD[0] + 0.01, YARD[1] + 0.01), *tables.incidents.geometry[1:]]
    result = guarded(world, COARSEN, tables=type(tables).from_records(*records, shapes))

    assert the_row(result)["place_text"] == "Sumy Oblast"
    assert len(result.secrets.listed[0].positions) == 4
    assert proved(world, result).startswith("proved: 1 ")


def test_what_lies_in_no_country_is_listed_with_the_reason(world):
    place = PLACE | {"lon": 31.5, "lat": 43.5, "admin1": None, "country": None, "candidates": None}
    row = the_row(guarded(world, COARSEN, tables=sensitive_tables(places=[place], admin1=None, country=None)))

    assert (row["places"], row["unplaced"], row["title"]) == ([], REASON, "Missile strike, place not named")


def test_background_stays_background(world):
    changes = {"tags": ["background"], "unplaced": "told as background, not as news"}
    row = the_row(guarded(world, COARSEN, tables=sensitive_tables(**changes)))

    assert row["unplaced"] == "told as background, not as news"
    assert "background" in row["tags"]


def test_without_names_the_place_stays_and_all_words_go_that_may_name_a_person(world):
    result = guarded(world, {"type": "missile_strike", "drop": "names", "reason": REASON})
    row = the_row(result)

    assert [row[name] for name in ("actor", "target", "corrections", "merged_from")] == [None] * 4
    assert row["notes"] == REASON
    assert row["places"][0]["name"] == PLACE["name"]
    assert row["place_text"] == INCIDENT["place_text"]
    (claim,) = claims_of(result)
    assert (claim["quote"], claim["by"]) == ("[…]", None)
    assert source_of(result, claim)["publisher"] == SOURCE["publisher"]
    assert proved(world, result).startswith("proved: 1 ")


def test_what_is_dropped_goes_from_the_texts_that_repeat_it(world):
    result = guarded(
        world,
        {"type": "missile_strike", "drop": "target", "reason": REASON},
        tables=sensitive_tables(title="Missile hits maternity hospital"),
    )

    assert the_row(result)["title"] == "Missile strike, Troitska street 28, Sumy"


def test_ids_are_made_of_what_is_shown(world):
    """An id that is a hash of the exact place could be found by trying places: it must not depend on it."""
    moved = PLACE | {"lon": 34.75555, "lat": 50.88888, "name": "Another clinic", "candidates": None}
    one = guarded(world, COARSEN)
    other = guarded(
        world, COARSEN, tables=sensitive_tables(id="i-000000000000", title="Another title", places=[moved], notes="Other notes.")
    )

    assert the_row(one)["id"] == other.renamed["i-000000000000"] != INCIDENT["id"]
    assert claims_of(one)[0]["source_id"].startswith("s-")


def test_those_that_look_alike_are_told_apart_whatever_their_order(world):
    twins = [INCIDENT | {"id": f"i-twin{n}", "killed_best": n, "title": f"Twin {n}"} for n in range(3)]
    rule = {"type": "missile_strike", "coarsen": "admin1", "reason": REASON}
    forwards = guarded(world, rule, tables=sensitive_tables(*twins))
    backwards = guarded(world, rule, tables=sensitive_tables(*reversed(twins)))

    assert forwards.renamed == backwards.renamed
    assert len(set(forwards.renamed.values())) == 4
    assert page_of(world, forwards.tables) == page_of(world, backwards.tables) or forwards.tables.incidents["id"].is_unique


def test_the_ids_of_reports_that_an_editor_put_together_are_not_shown_and_stop_nothing(world):
    together = {
        "column": "merged_from",
        "old": None,
        "new": INCIDENT["merged_from"][0],
        "who": "A. Editor",
        "when": "2024-11-22",
        "why": "one",
    }
    told = {"column": "killed_best", "old": "1", "new": "2", "who": "A. Editor", "when": "2024-11-22", "why": "by telephone"}

    result = guarded(
        world, {"sensitivity": "high", "drop": "weapon", "reason": REASON}, tables=sensitive_tables(corrections=[together, told])
    )

    assert the_row(result)["corrections"] == [told]
    assert proved(world, result).startswith("proved: 1 ")
