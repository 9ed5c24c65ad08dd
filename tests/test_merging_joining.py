"""What one incident keeps of the reports that it is made of: their words, and how far it is known to have happened."""

from __future__ import annotations

import datetime as dt

import pytest
import shapely
from sensitive_sample import OPEN, OPEN_CLAIM, OPEN_SOURCE, REASON, guarded, proved

from mapper.incidents import Tables
from mapper.merging.events import merge
from mapper.merging.regrouping import Regrouping
from mapper.pipeline import articles_to_tables
from mapper.sources import Article

HOUSES = "A Russian missile hit houses in Sumy on Friday, killing two people and wounding 12, the mayor said."
HOSPITAL = "A Russian missile hit a hospital in Sumy on Friday, killing two people and wounding 12, the governor said."


@pytest.fixture
def told(world, taxonomy):
    """Read texts, each of its own outlet and hour, and merge them."""

    def merged(*texts):
        day = dt.date(2024, 11, 22)
        listed = [
            Article(f"{number}.txt", text, publisher=f"Outlet {number}", published=day + dt.timedelta(number), lang="en")
            for number, text in enumerate(texts)
        ]
        return merge(articles_to_tables(listed, world, taxonomy), taxonomy).tables

    return merged


@pytest.fixture
def by_editor(taxonomy):
    """Merge rows of one table as an editor decides, the second into the first."""

    def merged(*changes):
        rows = [OPEN | change | {"id": f"i-{number}"} for number, change in enumerate(changes)]
        claims = [OPEN_CLAIM | {"incident_id": row["id"]} for row in rows]
        shapes = [shapely.Point(row["places"][0]["lon"], row["places"][0]["lat"]) for row in rows]
        tables = Tables.from_records(rows, claims, [OPEN_SOURCE], shapes)
        decisions = [Regrouping("i-0", frozenset(row["id"] for row in rows[1:]), True, "one event")]
        return merge(tables, taxonomy, decisions).tables

    return merged


@pytest.mark.parametrize("texts", [(HOUSES, HOSPITAL), (HOSPITAL, HOUSES)])
@pytest.mark.parametrize("said", [{"contains": "hospital"}, {"equals": "a hospital"}])
def test_a_rule_sees_what_any_of_the_reports_says(world, told, texts, said):
    tables = told(*texts)
    rule = {"column": "target", **said, "coarsen": "admin1", "reason": REASON}

    result = guarded(world, rule, tables=tables)

    assert len(tables.incidents) == 1
    [row] = result.tables.arrow("incidents").to_pylist()
    assert row["place_text"] == "Sumy Oblast"
    assert row["target"] is None
    assert proved(world, result).startswith("proved: 1 ")


def test_words_of_all_reports_stand_together_in_the_order_they_were_told(told):
    [row] = told(HOUSES, HOSPITAL, HOUSES.replace("mayor", "police")).arrow("incidents").to_pylist()

    assert (row["target"], row["actor"], row["weapon"]) == ("houses; a hospital", "Russia", "missile")


def test_rows_that_an_editor_makes_one_keep_their_notes_and_all_that_makes_them_sensitive(world, by_editor):
    tables = by_editor(
        {"notes": "Windows broken.", "sensitivity": "low", "weapon": "drone", "actor": "Side A"},
        {"notes": "A ward for children.\nWindows broken.", "sensitivity": "High", "weapon": "Shahed, drone", "actor": "side a"},
    )

    [row] = tables.arrow("incidents").to_pylist()
    assert row["notes"] == "Windows broken.\nA ward for children."
    assert (row["sensitivity"], row["weapon"], row["actor"]) == ("low; High", "drone, Shahed", "Side A")
    for rule in ({"sensitivity": "high"}, {"column": "weapon", "equals": "shahed"}, {"column": "notes", "equals": "a ward for children."}):
        [shown] = guarded(world, rule | {"coarsen": "admin1", "reason": REASON}, tables=tables).tables.arrow("incidents").to_pylist()
        assert shown["place_text"] == "Kharkiv Oblast"
    for rule in ({"sensitivity": "ow"}, {"column": "weapon", "equals": "shahe"}, {"column": "notes", "equals": "windows"}):
        assert guarded(world, rule | {"coarsen": "admin1", "reason": REASON}, tables=tables).tables is tables


def test_a_word_of_one_report_that_is_dropped_goes_from_other_texts_too(world, by_editor):
    tables = by_editor({"actor": "Side A", "title": "Attack by the 5th Brigade on Kharkiv"}, {"actor": "5th Brigade"})

    result = guarded(world, {"type": OPEN["type"], "drop": "actor", "reason": REASON}, tables=tables)

    [row] = result.tables.arrow("incidents").to_pylist()
    assert row["title"] == "Drone strike, Kharkiv"
    assert proved(world, result).startswith("proved: 1 ")
