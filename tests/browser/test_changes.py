"""What `mapper build --since` tells the reader: marks, a filter, a notice that can be quoted, what is no longer reported."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect

from mapper.cli import main

HEADER = "id,date,type,place,country,lat,lon,killed,reported_at\n"
BEFORE = (
    "a,2024-11-20,shelling,Nikopol,UA,47.57,34.39,2,2024-11-20\n"
    "b,2024-11-20,shelling,Kherson,UA,46.64,32.61,,2024-11-20\n"
    "c,2024-11-20,explosion,Odesa,UA,46.48,30.72,,2024-11-21\n"
    "e,2024-11-20,shelling,Izium,UA,49.21,37.25,,2024-11-21\n"
)
AFTER = (
    "a,2024-11-20,shelling,Nikopol,UA,47.57,34.39,3,2024-11-20\n"
    "b,2024-11-20,shelling,Kherson,UA,46.64,32.61,,2024-11-20\n"
    "d,2024-11-22,shelling,Sumy,UA,50.91,34.80,,2024-11-22\n"
    "e,2024-11-19 22:30,shelling,Izium,UA,49.21,37.25,,2024-11-21\n"
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The map of one day, that of the next with what has changed since, and what it was unpacked and built to again."""
    folder = tmp_path_factory.mktemp("since")
    (folder / "maps").mkdir()
    (folder / "maps" / "m.toml").write_text('title = "M"\ninputs = ["../rows.csv"]\n', encoding="utf-8")
    built, old, back = (folder / name for name in ("maps/m.html", "old.html", "back"))

    def run(*arguments):
        result = CliRunner().invoke(main, [str(a) for a in arguments])
        assert result.exit_code == 0, result.output

    (folder / "rows.csv").write_text(HEADER + BEFORE, encoding="utf-8")
    run("build", "--maps", folder / "maps")
    built.rename(old)
    (folder / "rows.csv").write_text(HEADER + AFTER, encoding="utf-8")
    run("build", "--maps", folder / "maps", "--since", old)
    run("unpack", built, "-o", back)
    run("build", "--maps", back)
    return old, built, back / "m.html"


@pytest.fixture
def page(site, pages):
    return site.open(pages[1].read_text(encoding="utf-8"))


def card_of(page, title):
    page.get_by_role("button", name=re.compile("^List")).first.click()
    page.get_by_role("row", name=re.compile(title)).first.click()
    return page.locator(".mapper-card")


def test_the_card_says_what_was_and_what_is(page):
    card = card_of(page, "Shelling, Nikopol")
    expect(card.locator(".mapper-change")).to_contain_text("Changed since the map of reports up to 21 November 2024")
    expect(card.locator(".mapper-change li")).to_have_text(["Killed: 2 → 3"])


def test_the_card_says_dates_and_codes_in_the_language_of_the_page(site, pages):
    page = site.open(pages[1].read_text(encoding="utf-8"), fragment="#lang=de")
    page.get_by_role("button", name=re.compile("^Liste")).first.click()
    page.get_by_role("row", name=re.compile("Izium")).first.click()
    changed = page.locator(".mapper-card .mapper-change li").first
    expect(changed).to_have_text("Datum: 20. November 2024 → 19. November 2024, 22:30")


def test_what_is_as_it_was_says_nothing(page):
    expect(card_of(page, "Shelling, Kherson").locator(".mapper-change")).to_have_count(0)


def test_the_changes_are_a_filter(page):
    facet = page.locator('[data-facet="change"]')
    facet.locator("summary").click()
    expect(facet.locator("li")).to_have_count(3)
    facet.locator('input[data-value="change:same"]').uncheck()
    page.get_by_role("button", name=re.compile("^List")).first.click()
    expect(page.get_by_role("row", name=re.compile("Nikopol|Sumy"))).to_have_count(2)
    expect(page.get_by_role("row", name=re.compile("Kherson"))).to_have_count(0)


def test_what_is_gone_is_told(page):
    page.get_by_role("button", name=re.compile("^About")).first.click()
    about = page.locator(".mapper-about")
    about.get_by_text("No longer reported: 1").click()
    expect(about.get_by_text("Explosion, Odesa, 2024-11-20")).to_be_visible()


@pytest.mark.parametrize("lang", ["uk", "ru", "de"])
def test_in_every_language(site, pages, lang):
    page = site.open(pages[1].read_text(encoding="utf-8"), fragment=f"#lang={lang}")
    facet = page.locator('[data-facet="change"] summary')
    expect(facet).not_to_contain_text("earlier")
    expect(facet).not_to_contain_text("change")


def test_a_map_without_an_earlier_one_says_nothing_of_changes(site, pages):
    page = site.open(pages[0].read_text(encoding="utf-8"))
    expect(page.locator('[data-facet="change"]')).to_have_count(0)


def test_changes_come_back_out_of_the_map(pages):
    assert Path(pages[2]).read_bytes() == Path(pages[1]).read_bytes()
