"""What one incident keeps of the reports that it is made of: their words, and how far it is known to have happened."""

from __future__ import annotations

import datetime as dt

import pytest
import shapely
from sensitive_sample import OPEN, OPEN_CLAIM, OPEN_SOURCE, REASON, guarded, proved

from mapper.merging.events import merge
from mapper.merging.regrouping import Regrouping
from mapper.merging.voices import are_one
from mapper.pipeline import articles_to_tables, gather
from mapper.sources import Article
from mapper.tables import Tables

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


@pytest.fixture
def row_and_article(tmp_path, world, taxonomy):
    """Map a row of a table beside an article of another outlet that tells the same event."""

    def gathered(status, text=HOUSES, decision=""):
        row = f"r-1,2024-11-22,missile strike,Sumy,UA,50.9,34.8,2,Desk,{status}"
        (tmp_path / "rows.csv").write_text(f"id,date,type,place,country,lat,lon,killed,publisher,status\n{row}\n", encoding="utf-8")
        (tmp_path / "a.md").write_text(f"---\ntitle: A\npublisher: Wire\npublished: 2024-11-22\n---\n{text}", encoding="utf-8")
        if decision:
            header = "id,action,value,who,when,why\n"
            (tmp_path / "overrides.csv").write_text(f"{header}{decision},Editor,2024-11-24,one event\n", encoding="utf-8")
        found = gather([tmp_path], world, taxonomy, overrides=tmp_path / "overrides.csv" if decision else None)
        return found.tables.arrow("incidents").to_pylist()

    return gathered


@pytest.mark.parametrize(
    ("said", "status"),
    [("claimed", "corroborated"), ("disputed", "disputed"), ("corroborated", "corroborated"), ("confirmed", "confirmed")],
)
def test_what_a_row_is_known_to_be_stays_known_when_an_article_joins_it(row_and_article, said, status):
    [row] = row_and_article(said)
    assert row["status"] == status


def test_what_is_confirmed_stays_so_where_a_side_denies_it_or_counts_otherwise(row_and_article):
    [row] = row_and_article("confirmed", HOUSES.replace("two people", "four people"))
    assert (row["status"], row["killed_low"], row["killed_high"]) == ("confirmed", 2, 4)
    [row] = row_and_article("claimed", HOUSES.replace("two people", "four people"))
    assert row["status"] == "disputed"


def test_a_retracted_row_neither_comes_back_nor_takes_an_article_with_it(row_and_article):
    rows = row_and_article("retracted")
    assert {row["id"] == "r-1": (row["status"], row["killed_best"]) for row in rows} == {True: ("retracted", 2), False: ("claimed", 2)}


def test_what_an_editor_makes_one_with_a_retracted_row_is_retracted(row_and_article):
    [article] = [row["id"] for row in row_and_article("retracted") if row["id"] != "r-1"]
    for decision in (f"r-1,merge,{article}", f"{article},merge,r-1"):
        [row] = row_and_article("retracted", decision=decision)
        assert row["status"] == "retracted"


def test_a_second_row_that_is_confirmed_confirms(by_editor):
    [row] = by_editor({"status": "claimed"}, {"status": "confirmed"}).arrow("incidents").to_pylist()
    assert row["status"] == "confirmed"


def test_the_number_of_a_row_stands_beside_that_of_an_article(row_and_article):
    [row] = row_and_article("claimed", HOUSES.replace("two people", "four people"))
    assert (row["killed_low"], row["killed_best"], row["killed_high"], row["status"]) == (2, None, 4, "disputed")


@pytest.mark.parametrize(
    ("texts", "status"),
    [
        # Two outlets that quote one mayor have one source.
        (("Drones hit Sumy on Friday, killing two people, acting mayor Artem Kobzar said.",) * 2, "claimed"),
        (
            (
                "Drones hit Sumy on Friday, killing two people, acting mayor Artem Kobzar said.",
                "Two people were killed when drones hit Sumy on Friday, the mayor said.",
            ),
            "claimed",
        ),
        (
            (
                "Drones hit Sumy on Friday, killing two people, acting mayor Artem Kobzar said.",
                "Two people were killed when drones hit Sumy on Friday, Sumy regional police said.",
            ),
            "corroborated",
        ),
        # An outlet that names nobody speaks for itself.
        (
            (
                "Drones hit Sumy on Friday, killing two people, acting mayor Artem Kobzar said.",
                "Two people were killed when drones hit Sumy on Friday.",
            ),
            "corroborated",
        ),
    ],
)
def test_only_the_word_of_another_claimant_corroborates(told, texts, status):
    [row] = told(*texts).arrow("incidents").to_pylist()
    assert row["status"] == status


def test_a_row_by_the_mayor_is_not_corroborated_by_an_article_that_quotes_the_mayor(tmp_path, world, taxonomy):
    row = "2024-11-22,missile strike,Sumy,UA,50.9,34.8,2,Desk,Sumy mayor"
    (tmp_path / "rows.csv").write_text(f"date,type,place,country,lat,lon,killed,publisher,claimed_by\n{row}\n", encoding="utf-8")
    (tmp_path / "a.md").write_text(f"---\ntitle: A\npublisher: Wire\npublished: 2024-11-22\n---\n{HOUSES}", encoding="utf-8")

    [incident] = gather([tmp_path], world, taxonomy).tables.arrow("incidents").to_pylist()

    assert incident["status"] == "claimed"


@pytest.mark.parametrize(
    ("by", "other", "one"),
    [
        ("Kharkiv mayor", "Mayor Ihor Terekhov", True),
        ("acting mayor Artem Kobzar", "Кобзар", True),
        ("мер Артем Кобзар", "Artem Kobzar, acting mayor", True),
        ("Russian Defence Ministry", "ministry", True),
        ("Минобороны", "Verteidigungsministerium in Moskau", True),
        ("Oleh Syniehubov", "Governor Syniehubov", True),
        ("Kharkiv governor", "Kharkiv Regional Military Administration", True),
        ("local officials", "Mayor Ihor Terekhov", True),
        ("Governor Oleh Syniehubov", "Mayor Ihor Terekhov", False),
        ("Kharkiv mayor", "Kharkiv police", False),
        ("Russian Defence Ministry", "Ukraine's Defence Ministry", False),
        ("State Emergency Service", "Security Service of Ukraine", False),
        ("Russian officials", "Ukrainian President Volodymyr Zelenskyy", False),
        ("Mayor Ihor Terekhov", "Mayor Artem Kobzar", False),
    ],
)
def test_who_may_be_one_claimant(by, other, one):
    assert are_one(by, other) is are_one(other, by) is one
