"""Pairs of reports: the same event told twice, and two that only look alike."""

from __future__ import annotations

import datetime as dt

import pytest

from mapper.merging.events import merge
from mapper.pipeline import articles_to_tables, gather
from mapper.sources import Article

SUMY = "Russian drones struck a residential area of Sumy on Friday, killing two people and wounding 12, the emergency service said."


@pytest.fixture
def merged(tmp_path, world, taxonomy):
    """Write each text as an article of its own outlet, and give the tables and merges."""

    def gathered(*texts, published="2024-11-22"):
        for number, text in enumerate(texts):
            head = f"---\ntitle: Report {number}\npublisher: Outlet {number}\npublished: {published}\nlang: en\n---\n"
            (tmp_path / f"{number}.md").write_text(head + text, encoding="utf-8")
        return gather([tmp_path], world, taxonomy)

    return gathered


@pytest.mark.parametrize(
    "other",
    [
        "Two people died and a dozen were injured when drones hit Sumy, the regional military administration said on Friday.",
        "Explosions were heard in Sumy on Friday, the mayor said.",
        "At least two people were killed in a drone attack on Sumy, officials said.",
        "A strike on an apartment building in Sumy killed three people, the governor said.",
    ],
)
def test_one_event_told_twice(merged, other):
    gathered = merged(SUMY, other)
    [incident] = gathered.tables.arrow("incidents").to_pylist()
    assert incident["type"] == "drone_strike"
    assert len({c["source_id"] for c in gathered.tables.arrow("claims").to_pylist()}) == 2
    [merge] = gathered.merges
    assert merge.kept == incident["id"]
    assert "Sumy" in merge.reason


@pytest.mark.parametrize(
    "other",
    [
        "Russian drones struck a residential area of Kharkiv on Friday, killing two people and wounding 12.",
        "Russian drones struck a residential area of Sumy on Thursday, killing two people and wounding 12.",
        "A Russian missile struck a hospital in Sumy on Friday, killing two people.",
        "Russian drones struck a market in Sumy on Friday, killing 15 people.",
        "Air defences shot down 12 drones over Sumy on Friday.",
        "Drones struck villages in the Sumy region on Friday, wounding one person.",
    ],
)
def test_two_events_that_look_alike(merged, other):
    gathered = merged(SUMY, other)
    assert len(gathered.tables.incidents) == 2
    assert gathered.merges == ()


def test_numbers_stand_side_by_side(merged):
    gathered = merged(SUMY, "Drones killed four people in Sumy on Friday, the mayor said.")
    [incident] = gathered.tables.arrow("incidents").to_pylist()
    assert (incident["killed_low"], incident["killed_best"], incident["killed_high"]) == (2, None, 4)
    assert incident["status"] == "disputed"
    assert {c["by"]: c["killed_best"] for c in gathered.tables.arrow("claims").to_pylist()} == {"emergency service": 2, "mayor": 4}


@pytest.fixture
def days(world, taxonomy):
    """Read texts of several days, each by its own outlet, as one."""

    def gathered(*told):
        listed = [
            Article(f"{number}.txt", text, publisher=f"Outlet {number}", published=dt.date.fromisoformat(day), lang="en")
            for number, (day, text) in enumerate(told)
        ]
        return merge(articles_to_tables(listed, world, taxonomy), taxonomy)

    return gathered


def test_a_later_toll_counts_and_the_earlier_stays_a_claim(days):
    result = days(
        ("2024-11-20", "A missile strike on Ternopil killed nine people on Wednesday, the mayor said."),
        ("2024-11-21", "The death toll in Wednesday's missile strike on Ternopil has risen to 26, the emergency service said."),
        ("2024-11-22", "Wednesday's missile strike on Ternopil killed 31 people, the governor said."),
    )
    [incident] = result.tables.arrow("incidents").to_pylist()
    assert (incident["killed_low"], incident["killed_best"], incident["killed_high"]) == (31, 31, 31)
    assert incident["status"] == "corroborated"
    assert sorted(c["killed_best"] for c in result.tables.arrow("claims").to_pylist()) == [9, 26, 31]
    assert any("the later report raises killed 9 and 26" in m.reason for m in result.merges)


def test_a_later_lower_toll_stands_beside_the_earlier(days):
    result = days(
        ("2024-11-20", "A missile strike on Ternopil killed six people on Wednesday, the mayor said."),
        ("2024-11-21", "Wednesday's missile strike on Ternopil killed four people, the emergency service said."),
    )
    [incident] = result.tables.arrow("incidents").to_pylist()
    assert (incident["killed_low"], incident["killed_best"], incident["killed_high"]) == (4, None, 6)
    assert incident["status"] == "disputed"


def test_nobody_hurt_and_somebody_hurt_stand_side_by_side(days):
    result = days(
        ("2024-11-20", "Drones hit Sumy on Wednesday. There were no casualties, the mayor said."),
        ("2024-11-21", "Wednesday's drone strike on Sumy killed two people, the emergency service said."),
    )
    [incident] = result.tables.arrow("incidents").to_pylist()
    assert (incident["killed_low"], incident["killed_high"]) == (0, 2)
    assert incident["status"] == "disputed"


def test_children_by_the_last_who_tell_of_them(days):
    attack = "missile strike on Ternopil"
    result = days(
        ("2024-11-20", f"A {attack} killed six people on Wednesday, including a child, and wounded 20, the mayor said."),
        ("2024-11-21", f"Wednesday's {attack} killed nine people, including three children, and wounded 20, the mayor said."),
        ("2024-11-22", f"The toll of Wednesday's {attack} rose to ten, with 20 wounded, the mayor said."),
    )
    [incident] = result.tables.arrow("incidents").to_pylist()
    assert (incident["killed_best"], incident["children_killed"], incident["children_injured"]) == (10, 3, None)
    told = result.tables.arrow("claims").to_pylist()
    assert sorted(c["children_killed"] for c in told if c["children_killed"] is not None) == [1, 3]


def test_children_of_whom_two_reports_of_a_day_tell_differently_are_at_least_the_fewer(days):
    result = days(
        ("2024-11-20", "A missile strike on Ternopil killed six people on Wednesday, including two children, the mayor said."),
        ("2024-11-20", "A missile strike on Ternopil killed six people on Wednesday, including a child, the emergency service said."),
    )
    [incident] = result.tables.arrow("incidents").to_pylist()
    assert (incident["killed_best"], incident["children_killed"], incident["status"]) == (6, 1, "corroborated")
    assert {1, 2} == {claim["children_killed"] for claim in result.tables.arrow("claims").to_pylist()}


def test_other_numbers_of_lost_drones_are_other_events(days):
    texts = [
        f"Russia launched 140 drones at the Odesa region overnight, and {n} drones were lost in location, it said." for n in (60, 60, 31)
    ]
    result = days(*(("2024-11-22", text) for text in texts))
    assert sorted(incident["lost"] for incident in result.tables.arrow("incidents").to_pylist()) == [31, 60]
    assert len(result.merges) == 1
    assert "60 lost in both" in result.merges[0].reason


def test_a_part_of_a_tally_is_counted_once(days):
    result = days(
        ("2024-11-22", "Russia's defence ministry said 37 drones were shot down overnight over the Bryansk, Kaluga and Tula regions."),
        ("2024-11-22", "Air defences shot down 15 drones over the Bryansk region overnight, its governor said."),
        ("2024-11-22", "Air defences shot down 40 drones over the Tula region overnight, its governor said."),
    )
    whole, other = sorted(result.tables.arrow("incidents").to_pylist(), key=lambda row: row["intercepted"])
    assert (whole["intercepted"], other["intercepted"]) == (37, 40)
    assert len(whole["merged_from"]) == 1
    [merge] = result.merges
    assert merge.reason == "its 15 over Bryansk Oblast are part of the 37 in all"
    assert {15, 37} == {c["intercepted"] for c in result.tables.arrow("claims").to_pylist() if c["incident_id"] == whole["id"]}


def test_a_village_that_cannot_be_located_is_known_by_its_name_and_a_number(days):
    first = "A drone struck the village of Qwertivka on Friday, wounding two people, the governor said."
    again = "Two people were wounded in the village of Qwertivka when a drone hit a house on Friday, police said."
    silent = "A drone struck the village of Qwertivka on Friday, the mayor said."
    assert len(days(("2024-11-22", first), ("2024-11-22", again)).merges) == 1
    assert days(("2024-11-22", first), ("2024-11-22", silent)).merges == ()


def test_a_village_that_cannot_be_located_is_known_by_the_number_that_is_corrected(days):
    first = "Eight people were wounded in the shelling of the village of Qwertivka on Tuesday, the governor said."
    revised = "The shelling of the village of Qwertivka on Tuesday wounded eight people, a figure later revised to five, the governor said."
    other = revised.replace("eight", "nine")
    corrected = days(("2025-06-03", first), ("2025-06-04", revised))
    [incident] = corrected.tables.arrow("incidents").to_pylist()
    assert (incident["injured_low"], incident["injured_high"]) == (5, 5)
    assert days(("2025-06-03", first), ("2025-06-04", other)).merges == ()


def test_two_areas_are_one_event_only_with_equal_numbers(merged):
    first = "Russia's defence ministry said it had shot down 23 drones overnight over the Bryansk and Kursk regions."
    again = "Moscow: 23 drones were shot down overnight over the Bryansk and Kursk regions, the Russian military said."
    other = "Ukraine's military said 5 drones were shot down overnight over the Bryansk and Kursk regions."
    gathered = merged(first, again, other)
    assert sorted(r["intercepted"] for r in gathered.tables.arrow("incidents").to_pylist()) == [5, 23]


def test_three_reports_of_one_event(merged):
    gathered = merged(SUMY, SUMY.replace("emergency service", "mayor"), "Drones hit Sumy on Friday; two people died, police said.")
    assert len(gathered.tables.incidents) == 1
    assert len(gathered.merges) == 2
    assert gathered.ledger.totals["read"] == 3


def test_rows_of_a_table_are_never_made_one(tmp_path, world, taxonomy):
    rows = "2024-11-20,shelling,Nikopol,UA,47.57,34.39\n" * 2
    (tmp_path / "rows.csv").write_text(f"date,type,place,country,lat,lon\n{rows}", encoding="utf-8")
    gathered = gather([tmp_path], world, taxonomy)
    assert len(gathered.tables.incidents) == 2
    assert gathered.tables.incidents["id"].is_unique


def test_an_article_and_a_row_are_one_event(tmp_path, world, taxonomy):
    (tmp_path / "rows.csv").write_text(
        "date,type,place,country,lat,lon,killed,publisher\n2024-11-22,drone strike,Sumy,UA,50.9,34.8,2,Desk\n", encoding="utf-8"
    )
    (tmp_path / "a.md").write_text(f"---\ntitle: A\npublisher: Wire\npublished: 2024-11-22\n---\n{SUMY}", encoding="utf-8")
    [incident] = gather([tmp_path], world, taxonomy).tables.arrow("incidents").to_pylist()
    assert incident["status"] == "corroborated"
    assert incident["injured_best"] == 12


CLAIM = "Ukraine's General Staff said on Friday that its drones had struck an oil depot in Feodosia."
DENIAL = "Officials in Feodosia denied that drones had hit an oil depot there on Friday."


def test_a_denial_alone_is_listed_and_not_drawn(merged):
    tables = merged(DENIAL).tables
    [incident] = tables.arrow("incidents").to_pylist()
    assert incident["unplaced"] == "denied, and no report here claims it"
    assert "denial" in incident["tags"]
    assert tables.incidents.geometry.isna().all()


@pytest.mark.parametrize("texts", [(CLAIM, DENIAL), (DENIAL, CLAIM)])
def test_what_one_claims_and_another_denies_is_drawn_as_disputed(merged, texts):
    tables = merged(*texts).tables
    [incident] = tables.arrow("incidents").to_pylist()
    assert (incident["status"], incident["unplaced"]) == ("disputed", None)
    assert "denial" not in incident["tags"]
    assert tables.incidents.geometry.notna().all()
    assert {c["status"] for c in tables.arrow("claims").to_pylist()} == {"claimed", "denied"}
