"""The numbers of an incident in its card, in its claims and in the totals: the lost and the children among the hurt."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
import shapely
from page_sample import OPTIONS, StubBoundaries, incident, place
from playwright.sync_api import expect

from mapper.page.render import render
from mapper.tables import Tables
from mapper.taxonomy import Taxonomy

SUMY, KHARKIV = ("Sumy", 34.8, 50.92), ("Kharkiv", 36.25, 49.98)


def tables(*, told: bool = True) -> Tables:
    """Make a strike, a second one and an interception; without what is `told` they give neither children nor lost ones."""
    more = {"children_killed": 1, "children_injured": 2} if told else {}
    rows = [
        incident("i-1", "drone_strike", "Strike on Sumy", [place(*SUMY)], killed_best=4, injured_low=12, **more),
        incident("i-2", "shelling", "Shelling of Kharkiv", [place(*KHARKIV)], killed_best=3, **({"children_killed": 2} if told else {})),
        incident("i-3", "interception", "Drones over Kharkiv", [place(*KHARKIV)], intercepted=76, **({"lost": 60} if told else {})),
    ]
    claims = [{"incident_id": "i-1", "by": "The mayor", "status": "claimed", "source_id": "s-1", "killed_best": 4} | more]
    claims += [{"incident_id": "i-3", "by": "The air force", "status": "claimed", "source_id": "s-1"} | ({"lost": 60} if told else {})]
    shapes = [shapely.Point(*at[1:]) for at in (SUMY, KHARKIV, KHARKIV)]
    return Tables.from_records(rows, claims, [{"id": "s-1", "publisher": "Desk"}], shapes)


@pytest.fixture
def show(site):
    def shown(lang: str = "en", *, told: bool = True):
        options = replace(OPTIONS, lang=lang)
        return site.open(render(tables(told=told), options, taxonomy=Taxonomy.load(), boundaries=StubBoundaries()))

    return shown


def opened(page, title):
    row = page.get_by_role("row", name=title)
    if not row.is_visible():
        page.locator("[data-section=list]").click()
    row.click()
    expect(page.locator(".mapper-card h2")).to_have_text(title)
    return page.locator(".mapper-card")


def test_the_card_tells_the_children_of_a_toll_and_the_lost(show):
    page = show()
    card = opened(page, "Strike on Sumy")
    facts = card.locator("dl > div")
    expect(facts.filter(has_text="Killed")).to_have_text("Killed4, among them 1 child")
    expect(facts.filter(has_text="Injured")).to_have_text("Injuredat least 12, among them 2 children")
    expect(card.locator(".mapper-figures")).to_have_text("Killed: 4, among them 1 child · Injured: among them 2 children")
    card = opened(page, "Drones over Kharkiv")
    expect(facts.filter(has_text="Lost")).to_have_text("Lost60")
    expect(card.locator(".mapper-figures")).to_have_text("Lost: 60")


def test_the_totals_tell_them_beside_what_they_are_a_part_of(show):
    totals = show().locator(".mapper-totals > div")
    expect(totals.filter(has_text="Killed")).to_have_text("Killed7among them at least 3 children1 without figures")
    expect(totals.filter(has_text="Injured")).to_have_text("Injuredat least 12among them at least 2 children2 without figures")
    expect(totals.filter(has_text="Intercepted")).to_have_text("Intercepted76")
    expect(totals.filter(has_text="Lost")).to_have_text("Lost60")


@pytest.mark.parametrize(
    ("lang", "killed", "lost"),
    [
        ("uk", "Загинули7серед них щонайменше 3 дитини1 без даних", "Втрачено60"),
        ("ru", "Погибли7среди них не менее 3 детей1 без данных", "Потеряно60"),
        ("de", "Getötete7darunter mindestens 3 Kinder1 ohne Angabe", "Verloren60"),
    ],
)
def test_the_totals_in_other_languages(show, lang, killed, lost):
    totals = show(lang).locator(".mapper-totals > div")
    expect(totals.nth(1)).to_have_text(killed)
    expect(totals.last).to_have_text(lost)


def test_what_nobody_told_is_not_spoken_of(show):
    page = show(told=False)
    expect(page.locator(".mapper-totals")).not_to_contain_text("child")
    expect(page.locator(".mapper-totals")).not_to_contain_text("Lost")
    expect(opened(page, "Strike on Sumy").locator("dl")).not_to_contain_text("child")


def test_the_table_that_is_taken_along_has_both(show):
    page = show()
    page.locator("[data-section=share]").click()
    with page.expect_download() as started:
        page.get_by_role("button", name="Download as CSV").click()
    taken = {row["id"]: row for row in csv.DictReader(Path(started.value.path()).read_text(encoding="utf-8-sig").splitlines())}
    assert (taken["i-1"]["children_killed"], taken["i-1"]["children_injured"], taken["i-1"]["lost"]) == ("1", "2", "")
    assert taken["i-3"]["lost"] == "60"


@pytest.mark.parametrize(
    ("shares", "tag", "where"),
    [
        ((40, 12), "Interception: 52 of 90", "Bryansk Oblast (40) and Kaluga Oblast (12)"),
        ((60, 30), "Interception: 90", "Bryansk Oblast (60) and Kaluga Oblast (30)"),
        ((40, None), "Interception: 90", "Bryansk Oblast (40) and Kaluga Oblast"),
        ((None, None), "Interception: 90", "Bryansk Oblast and Kaluga Oblast"),
    ],
)
def test_what_was_shot_down_elsewhere_is_not_drawn_where_only_a_part_was(site, shares, tag, where):
    named = zip(("Bryansk", "Kaluga"), ("RU-BRY", "RU-KLU"), shares, strict=True)
    oblasts = [
        place(f"{name} Oblast", place_id=f"admin1:{code}", precision="admin1", country="RU", share=share) for name, code, share in named
    ]
    row = incident("i-1", "interception", "Interception of 90 drones", oblasts, intercepted=90, precision="admin1", country="RU")
    boundaries = StubBoundaries()
    both = shapely.MultiPolygon([boundaries.areas["admin1:RU-BRY"], boundaries.areas["admin1:RU-KLU"]])
    shown = render(Tables.from_records([row], [], [], [both]), OPTIONS, taxonomy=Taxonomy.load(), boundaries=boundaries)
    page = site.open(shown)
    written = "incident_layer_main.scene.tags(256 * 2 ** map_main.getZoom(), incident_layer_main.words).map((tag) => tag.text)"
    assert page.evaluate(written) == [tag]
    assert where in opened(page, "Interception of 90 drones").locator("dl > div").filter(has_text="Where").inner_text()
