"""What an editor does on the review page, and that the build obeys the file that comes of it."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page, expect
from review_sample import write_maps

import mapper
from mapper.cli import main
from mapper.page.archive import unpack

AXE = Path(mapper.__file__).parent / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
#: Only what is wrong: to describe all that is right takes most of the time.
AXE_RUN = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']}).then(r => r.violations)"
STANDING = "id;action;value;who;when;why;mine\r\ni-000000000000;hide;;B. Before;2024-11-24;gone long ago;'=1+1\r\n"


def run(*arguments):
    result = CliRunner().invoke(main, [str(a) for a in arguments])
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture(scope="module")
def maps(tmp_path_factory) -> Path:
    return write_maps(tmp_path_factory.mktemp("maps"))


@pytest.fixture(scope="module")
def html(maps) -> str:
    return run("review", "--html", "--maps", maps).stdout


@pytest.fixture
def page(site, html) -> Page:
    return site.open(html)


def entry(page: Page, kind: str, title: str):
    section = page.locator("#review-list section").filter(has=page.locator("h2", has_text=re.compile(f"^{kind}")))
    return section.locator(".review-entry", has_text=title)


def choose(page: Page, label: str, why: str | None = None) -> None:
    page.locator(".review-option").filter(has=page.locator("strong", has_text=re.compile(f"^{label}"))).first.click()
    if why is not None:
        page.get_by_label("Why", exact=True).fill(why)


def rows(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter))


def downloaded(page: Page) -> str:
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    return Path(download.value.path()).read_bytes().decode()


def decided(page: Page, count: int) -> None:
    expect(page.locator(".review-progress")).to_contain_text(re.compile(rf"^{count} of \d+ decided"))


def test_what_is_decided_on_the_page_is_what_the_next_build_shows(site, tmp_path):
    maps = write_maps(tmp_path)
    page = site.open(run("review", "--html", "--maps", maps).stdout)
    page.get_by_label("Who decides").fill("A. Editor")
    # A candidate on the map.
    entry(page, "Places", "Lyman").click()
    page.get_by_role("button", name="1 Lyman Donetsk Oblast").click()
    expect(page.get_by_label("Why", exact=True)).to_be_focused()
    page.keyboard.type("the office is that of Donetsk")
    page.keyboard.press("Enter")
    decided(page, 1)
    # A position that is typed.
    entry(page, "Places", "Ivanivka").click()
    page.get_by_label("Longitude, latitude").fill("34.85, 46.72")
    page.get_by_label("How precisely").select_option("site")
    page.get_by_label("Why", exact=True).fill("film of the place")
    # One of two places is another one, and one is left out.
    entry(page, "Places", "Berezivka").click()
    groups = page.locator("fieldset").filter(has_text="Which place is")
    groups.nth(0).locator(".review-option").first.click()
    groups.nth(1).locator(".review-option", has_text="Leave this place out").click()
    page.get_by_label("Why", exact=True).fill("the governor names one")
    # Numbers, an end to a doubt, a merge, a date, and one that is hidden.
    entry(page, "Killed", "Kharkiv").click()
    choose(page, "3", "=later")
    entry(page, "Denials", "Dalne").click()
    choose(page, "Corroborated", "both said it")
    entry(page, "Merged reports", "Odesa").click()
    choose(page, "They are different events", "two buildings")
    entry(page, "Dates", "Dalne").click()
    page.get_by_label("Day, or first day").fill("2024-11-21")
    page.get_by_label("Last day").fill("2024-11-22")
    page.get_by_label("in the night").check()
    page.get_by_label("Why", exact=True).fill("the ministry's post")
    entry(page, "Places", "Explosion").click()
    choose(page, "Hide the incident", "no such place")
    decided(page, 8)

    text = downloaded(page)
    expect(page.locator(".review-said")).to_have_text("8 new rows. Put the file in the place of maps/overrides.csv and build.")
    assert len(rows(text)) == 8
    assert {row["why"] for row in rows(text)} >= {"'=later", "film of the place"}
    assert {row["when"] for row in rows(text)} == {page.evaluate("new Date().toLocaleDateString('sv')")}
    (maps / "overrides.csv").write_bytes(text.encode())
    built = run("build", "--maps", maps)
    assert "overrides: 8 applied\n" in built.stderr
    assert "Override:" not in built.stderr
    incidents = unpack(maps / "m.html").incidents.set_index("title")
    lyman = incidents.loc["Air strike, Lyman"]
    assert (lyman.geometry.x, lyman.geometry.y) == pytest.approx((37.8, 49.0), abs=0.1)
    [ivanivka] = [row for title, row in incidents.iterrows() if "Ivanivka" in title]
    assert (ivanivka.geometry.x, ivanivka.geometry.y, ivanivka["precision"]) == (34.85, 46.72, "site")
    [missile] = [row for title, row in incidents.iterrows() if title.startswith("Missile strike")]
    assert [place["name"] for place in missile["places"]] == ["Berezivka"]
    assert incidents.loc["Drone strike, Kharkiv", "killed_best"] == 3
    assert sum(title == "Drone strike, Odesa" for title in incidents.index) == 2
    assert not any(title.startswith("Explosion") for title in incidents.index)
    nights = incidents[incidents["date_precision"] == "night"]
    assert [str(start)[:10] for start in nights["date_start"]] == ["2024-11-21"]
    # What is decided is asked no more.
    again = site.open(run("review", "--html", "--maps", maps).stdout)
    expect(entry(again, "Places", "Lyman")).to_have_count(0)
    decided(again, 0)
    assert downloaded(again).encode() == text.encode()


def test_pointing_at_the_map_says_where(page):
    page.get_by_label("Who decides").fill("A. Editor")
    entry(page, "Places", "Explosion").click()
    box = page.locator("#map_main").bounding_box()
    x, y = box["width"] / 3, box["height"] / 2
    lon, lat = page.evaluate(f"(({{lng, lat}}) => [lng, lat])(map_main.containerPointToLatLng([{x}, {y}]))")
    page.mouse.click(box["x"] + x, box["y"] + y)
    typed = [float(part) for part in page.get_by_label("Longitude, latitude").input_value().split(", ")]
    assert typed == pytest.approx([lon, lat], abs=0.02)
    expect(page.locator(".review-elsewhere")).to_be_visible()
    expect(page.get_by_label("Why", exact=True)).to_be_focused()
    page.keyboard.type("seen on a film")
    decided(page, 1)
    [row] = rows(downloaded(page))
    assert row["value"].endswith(", settlement")


def test_a_decision_can_be_undone(page):
    page.get_by_label("Who decides").fill("A. Editor")
    entry(page, "Killed", "Kharkiv").click()
    choose(page, "Right as it is", "the office says so")
    decided(page, 1)
    expect(entry(page, "Killed", "Kharkiv")).to_contain_text("✓")
    page.get_by_role("button", name="Undo").click()
    decided(page, 0)
    expect(page.locator("input[type=radio]:checked")).to_have_count(0)
    expect(page.get_by_label("Why", exact=True)).to_have_value("")
    assert rows(downloaded(page)) == []


def test_hiding_an_incident_answers_all_that_is_asked_of_it(page):
    page.get_by_label("Who decides").fill("A. Editor")
    entry(page, "Denials", "Dalne").click()
    choose(page, "Hide the incident", "a hoax")
    decided(page, 2)
    entry(page, "Places", "Dalne").first.click()
    expect(page.locator(".review-problem")).to_contain_text("settles this")
    assert [row["action"] for row in rows(downloaded(page))] == ["hide"]


def test_what_is_missing_is_said_and_where(page):
    entry(page, "Killed", "Kharkiv").click()
    done = page.get_by_role("button", name="Done, next")
    done.click()
    expect(page.locator(".review-problem")).to_have_text("Choose an answer first.")
    page.locator(".review-option", has_text="Another number").click()
    page.get_by_label("Number: 3").fill("several")
    done.click()
    expect(page.locator(".review-problem")).to_contain_text("Expected a number")
    page.get_by_label("Number: 3").fill("at least 2")
    done.click()
    expect(page.get_by_label("Why", exact=True)).to_be_focused()
    page.keyboard.type("the mayor's list")
    done.click()
    expect(page.get_by_label("Who decides")).to_be_focused()
    expect(page.locator(".review-problem")).to_contain_text("Say above who decides")
    decided(page, 0)
    page.keyboard.type("A. Editor")
    decided(page, 1)


def test_the_keyboard_alone_does_it(page):
    page.keyboard.press("Tab")
    expect(page.get_by_label("Who decides")).to_be_focused()
    page.keyboard.type("jk1")
    expect(page.get_by_label("Who decides")).to_have_value("jk1")
    page.keyboard.press("Tab")
    page.keyboard.press("j")
    first = page.locator("#review-sheet h2").inner_text()
    expect(page.locator("#review-sheet h2")).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator("#review-sheet h2")).not_to_have_text(first)
    page.keyboard.press("k")
    expect(page.locator("#review-sheet h2")).to_have_text(first)
    page.keyboard.press("2")
    expect(page.locator("input[type=radio]:checked")).to_have_count(1)
    expect(page.locator(".review-pin.review-chosen")).to_have_text(re.compile("^2"))
    page.keyboard.type("read it")
    page.keyboard.press("Enter")
    decided(page, 1)
    expect(page.locator("#review-sheet h2")).not_to_have_text(first)
    page.keyboard.press("k")
    # Everything is reached by Tab, and nothing holds it.
    seen = set()
    for _ in range(120):
        page.keyboard.press("Tab")
        seen.add(
            page.evaluate(
                "document.activeElement.className + '|' + document.activeElement.localName + '|' + (document.activeElement.type ?? '')"
            )
        )
    for part in ("review-entry", "review-download", "leaflet-control-zoom-in", "review-pin", "radio", "review-done", "summary"):
        assert any(part in name for name in seen), part


def test_single_keys_can_be_turned_off(page):
    page.locator(".review-help summary").click()
    page.get_by_label("Single keys are on").uncheck()
    page.locator(".review-help summary").click()
    before = page.locator("#review-sheet h2").inner_text()
    page.keyboard.press("j")
    page.keyboard.press("1")
    expect(page.locator("#review-sheet h2")).to_have_text(before)
    expect(page.locator("input[type=radio]:checked")).to_have_count(0)


def test_old_rows_stay_as_they_are_and_decisions_survive_a_reload(site, tmp_path):
    maps = write_maps(tmp_path)
    (maps / "overrides.csv").write_bytes(STANDING.encode())
    page = site.open(run("review", "--html", "--maps", maps).stdout)
    page.get_by_label("Who decides").fill("A. Editor")
    entry(page, "Killed", "Kharkiv").click()
    assert not page.evaluate("dispatchEvent(new Event('beforeunload', {cancelable: true})) === false")
    choose(page, "2", "the list; of the office")
    assert page.evaluate("dispatchEvent(new Event('beforeunload', {cancelable: true})) === false")
    text = downloaded(page)
    assert text.startswith("\ufeff" + STANDING)
    assert [(row["who"], row["why"], row["mine"]) for row in rows(text, ";")][1:] == [("A. Editor", "the list; of the office", "")]
    assert not page.evaluate("dispatchEvent(new Event('beforeunload', {cancelable: true})) === false")
    page.reload()
    decided(page, 1)
    expect(page.get_by_label("Who decides")).to_have_value("A. Editor")
    page.get_by_role("button", name="Forget them").click()
    decided(page, 0)


def test_the_file_can_be_copied(site, html):
    page = site.open(html, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_label("Who decides").fill("A. Editor")
    entry(page, "Killed", "Kharkiv").click()
    choose(page, "2", "the list")
    page.get_by_role("button", name="Copy").click()
    expect(page.locator(".review-said")).to_contain_text("Copied, with 1 new row")
    [row] = rows(page.evaluate("navigator.clipboard.readText()"))
    assert (row["action"], row["value"]) == ("killed", "2")


def test_toponyms_are_marked_and_what_is_hostile_is_text(page):
    entry(page, "Places", "Ivanivka").click()
    expect(page.locator("blockquote mark")).to_have_text("Ivanivka")
    expect(page.locator(".mapper-source a")).to_have_attribute("href", re.compile("^https://example.org/"))
    entry(page, "Places", "Explosion").click()
    expect(page.locator(".review-sheet blockquote")).to_contain_text("Nowhereville")
    expect(page.locator("legend").first).to_have_text("Where was it?")
    assert page.locator("blockquote b").count() == 0


def test_what_was_passed_over_can_be_read(page):
    expect(page.locator(".review-passed blockquote")).not_to_be_visible()
    page.get_by_text(re.compile("^Passed over 1$")).click()
    expect(page.locator(".review-passed blockquote")).to_have_text(
        "Fragments of a Russian drone were found in the village of Hrindu on Friday."
    )
    expect(page.locator(".review-passed cite")).to_have_text("Observer.md")


def test_where_nothing_needs_eyes_the_page_says_so(site, tmp_path):
    maps = write_maps(tmp_path, reports=[("Agency", 2, "A drone hit Kharkiv on Thursday, killing two people, the mayor said.")])
    page = site.open(run("review", "--html", "--maps", maps).stdout)
    expect(page.locator("#review-list")).to_have_text("Nothing needs eyes.")
    assert rows(downloaded(page)) == []


def test_on_a_phone_the_list_gives_way_to_what_is_decided(site, html):
    page = site.open(html, width=390, height=844, has_touch=True)
    expect(page.locator("#map_main")).not_to_be_visible()
    entry(page, "Places", "Lyman").click()
    expect(page.locator("#review-list")).not_to_be_visible()
    expect(page.locator("#map_main")).to_be_visible()
    page.get_by_role("button", name="1 Lyman Donetsk Oblast").click()
    expect(page.locator("input[type=radio]:checked")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="Back to the list").click()
    expect(entry(page, "Places", "Lyman")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing(site, html, width, scheme):
    page = site.open(html, width=width, height=900, color_scheme=scheme, bypass_csp=True)
    page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    page.set_default_timeout(30_000)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    faults = []

    def look(name: str) -> None:
        found = page.evaluate(AXE_RUN, tags)
        faults.extend((name, v["id"], [n["html"][:160] for n in v["nodes"][:3]]) for v in found)

    look("list")
    page.locator(".review-help summary").click()
    look("help")
    page.locator(".review-help summary").click()
    for kind, title in (("Places", "Lyman"), ("Dates", "Dalne"), ("Killed", "Kharkiv"), ("Merged reports", "Odesa")):
        entry(page, kind, title).first.click()
        page.locator("input[type=radio]").first.check()
        look(f"{kind}: {title}")
        if width == 390:
            page.get_by_role("button", name="Back to the list").click()
    assert faults == []
