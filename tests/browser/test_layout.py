"""Words whole, numbers free, and room for what is open: on a wide screen, a smaller one, a phone and a phone on its side."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely
from page_sample import OPTIONS, SUMY, StubBoundaries, incident, place
from patience import settled, until
from playwright.sync_api import Page, expect

from mapper.page.render import render
from mapper.tables import Tables
from mapper.taxonomy import Taxonomy

LANGUAGES = ["en", "uk", "ru", "de"]
STATUSES = ["claimed", "disputed", "corroborated", "confirmed", "retracted"]
TITLE = "Reported attacks, Ukraine and Russia, 17 to 22 November 2024"


def shown(rows: list[dict], *, title: str = TITLE) -> str:
    geometry = [shapely.Point(row["places"][0]["lon"], row["places"][0]["lat"]) for row in rows]
    options = replace(OPTIONS, title=title, description="A sample in our own words: what ministries, mayors and emergency services said.")
    return render(Tables.from_records(rows, [], [], geometry), options, taxonomy=Taxonomy.load(), boundaries=StubBoundaries())


@pytest.fixture(scope="module")
def html() -> str:
    """Make one incident of every type, with every status among them, and with numbers of every kind."""
    numbers = [
        {"killed_low": 2, "injured_low": 1, "injured_best": 3, "injured_high": 7},
        {"killed_high": 4, "injured_best": 12},
        {"killed_low": 1, "killed_high": 3, "injured_best": 0},
        {},
    ]
    rows = []
    for n, kind in enumerate(Taxonomy.load().types):
        more = {"status": STATUSES[n % 5], "actor": "Someone", "target": "Something", "weapon": "A thing"} | numbers[n % 4]
        rows.append(incident(f"i-{n}", kind, f"Number {n}", [place("Sumy", *SUMY)], day=28 - n, **more))
    return shown(rows)


def listed(site, html: str, lang: str = "en", **size) -> Page:
    page = site.open(html, fragment=f"#lang={lang}", **size)
    expect(page.locator("html")).to_have_attribute("lang", lang)
    page.locator("[data-section=list]").click()
    expect(page.locator(".mapper-row[data-incident]").first).to_contain_text("Number")
    settled(page)
    return page


def broken_words(page: Page, selector: str) -> list[str]:
    """Find words that go on in the next line, and what is wider than the element it is in."""
    return page.evaluate(
        r"""(selector) => [...document.querySelectorAll(selector)].filter((e) => e.offsetParent).flatMap((element) => {
            const found = element.scrollWidth > element.clientWidth + 1 ? [`${element.textContent} sticks out`] : [];
            const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
            for (let text; (text = walker.nextNode()); ) {
                for (const word of text.data.matchAll(/\S+/g)) {
                    const range = document.createRange();
                    range.setStart(text, word.index);
                    range.setEnd(text, word.index + word[0].length);
                    if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) found.push(word[0]);
                }
            }
            return found;
        })""",
        selector,
    )


def row(page: Page, n: int):
    return page.locator(".mapper-row").filter(has=page.get_by_text(f"Number {n}", exact=True))


def box(page: Page, selector: str) -> dict[str, float]:
    return page.locator(selector).first.bounding_box()


@pytest.mark.parametrize("width", [1440, 1366, 1280, 390])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_of_the_list_or_of_a_card_is_broken(site, html, lang, width):
    page = listed(site, html, lang, width=width, height=900)
    assert page.locator(".mapper-row[data-incident]").count() >= 8
    assert broken_words(page, ".mapper-row .mapper-cell") == []
    tall = "(rows) => rows.flatMap((r) => [...r.querySelectorAll('.mapper-cell')].filter((c) => c.offsetHeight >= r.offsetHeight).map((c) => c.textContent))"
    assert page.locator(".mapper-row[data-incident]").evaluate_all(tall) == []
    page.locator(".mapper-row[data-incident]").first.click()
    expect(page.locator(".mapper-card h2")).to_have_text("Number 0")
    assert broken_words(page, ".mapper-facts dt") == []


def test_numbers_of_the_list_are_signs_to_the_eye_and_words_to_the_ear(site, html):
    page = listed(site, html)
    cells = row(page, 0).locator(".mapper-cell-killed, .mapper-cell-injured")
    expect(cells).to_have_text(["≥ 2", "1–7 (3)"])
    expect(cells.nth(0)).to_have_accessible_name("at least 2")
    expect(cells.nth(1)).to_have_accessible_name("1–7, best estimate 3")
    expect(row(page, 1).locator(".mapper-cell-killed")).to_have_text("≤ 4")
    expect(row(page, 3).locator(".mapper-cell-killed")).to_have_text("")


def test_on_a_phone_a_row_shows_what_it_is_sorted_by(site, html):
    page = listed(site, html, width=390, height=844)
    for n, figures in ((0, ["Killed ", "Injured "]), (3, [])):
        told = row(page, n)
        for name in ("type", "date", "title", "place", "status"):
            expect(told.locator(f".mapper-cell-{name}")).to_be_visible()
        said = told.locator("[data-label]").evaluate_all(
            "(cells) => cells.map((c) => getComputedStyle(c, '::before').content).filter((c) => c !== 'none').map((c) => c.replaceAll(/[\"]/g, ''))"
        )
        assert [words.split() for words in said] == [words.split() for words in figures]
    told = row(page, 0)
    title, killed = told.locator(".mapper-cell-title").bounding_box(), told.locator(".mapper-cell-killed").bounding_box()
    assert killed["x"] >= title["x"] + title["width"]
    assert killed["x"] + killed["width"] <= 390
    page.get_by_role("button", name="Killed").click()
    expect(page.locator(".mapper-row[data-incident] .mapper-cell-killed").first).to_have_text("≤ 4")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_tabs_stay_where_they_are_when_one_is_opened(site, html, lang, width):
    page = listed(site, html, lang, width=width, height=844)
    tabs = page.locator(".mapper-tab")
    where = "(tabs) => tabs.map((tab) => JSON.stringify(tab.getBoundingClientRect()))"
    places = tabs.evaluate_all(where)
    for tab in tabs.all():
        tab.click()
        assert tabs.evaluate_all(where) == places


def test_on_a_phone_on_its_side_a_card_and_the_list_have_the_height_of_the_page(site, html):
    page = site.open(html, width=844, height=390, has_touch=True, is_mobile=True)
    expect(page.locator(".mapper-heading p")).to_be_hidden()
    assert box(page, "#map_main")["height"] >= 190
    page.locator("[data-section=list]").click()
    expect(page.locator(".mapper-row[data-incident]").first).to_contain_text("Number 0")
    expect(page.locator("#mapper-timeline, #mapper-display").locator("visible=true")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    panel, tabs = box(page, ".mapper-panel"), box(page, ".mapper-tools")
    assert panel["y"] == 0
    assert panel["y"] + panel["height"] == tabs["y"]
    assert 300 < panel["width"] < 500
    settled(page)
    middle = page.evaluate("([lon, lat]) => map_main.latLngToContainerPoint([lat, lon]).x", list(SUMY))
    assert 20 < middle < panel["x"] - 20
    second = page.locator(".mapper-row[data-incident]").nth(1).bounding_box()
    assert second["y"] + second["height"] <= tabs["y"]
    page.locator(".mapper-row[data-incident]").first.click()
    expect(page.locator(".mapper-card h2")).to_have_text("Number 0")
    settled(page)
    card = box(page, ".mapper-card")
    assert (card["y"], card["height"]) == (0, tabs["y"])
    expect(page.locator(".mapper-facts dd").nth(4)).to_be_in_viewport()
    at = page.evaluate("([lon, lat]) => { const p = map_main.latLngToContainerPoint([lat, lon]); return [p.x, p.y]; }", list(SUMY))
    assert 0 < at[0] < card["x"]
    assert 0 < at[1] < tabs["y"]
    page.locator(".mapper-card .mapper-close").click()
    expect(page.locator("#mapper-timeline")).to_be_visible()
    until(page, "map_main.getSize().y === map_main.getContainer().clientHeight")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_on_a_smaller_screen_the_title_takes_a_line_and_leaves_the_map_its_height(site, html, lang):
    page = site.open(html, width=1024, height=768, fragment=f"#lang={lang}")
    expect(page.locator("html")).to_have_attribute("lang", lang)
    assert box(page, "h1")["height"] < 30
    assert box(page, ".mapper-heading p")["height"] < 25
    assert box(page, ".mapper-header")["height"] <= 120
    assert box(page, "#map_main")["height"] >= 520


def test_a_short_title_stands_beside_the_tabs(site, html):
    page = site.open(html.replace(TITLE, "Attacks").replace(OPTIONS.description, ""), width=1440, height=900)
    assert box(page, "h1")["y"] + 20 > box(page, ".mapper-tools")["y"]
    assert box(page, ".mapper-header")["height"] < 70


def test_the_number_of_a_cluster_is_free_of_its_rim_and_of_what_is_open(site):
    """Look along the middle of a cluster: the paper on both sides of the number stays as it is when something beside is open."""
    near = (SUMY[0] + 0.35, SUMY[1])
    rows = [
        incident(f"i-{n}", ("drone_strike", "shelling")[n % 2], f"Number {n}", [place("Sumy", *(SUMY if n < 1680 else near))], day=20)
        for n in range(1720)
    ]
    page = site.open(shown(rows))
    page.evaluate("([lon, lat]) => map_main.setView([lat, lon], 6, {animate: false})", list(SUMY))
    settled(page)

    def middle() -> list[int]:
        return page.evaluate(
            """() => {
                const { x, y, radius } = incident_layer_main.scene.clusters.find((c) => c.count === 1720);
                const canvas = map_main.getPane('mapper-symbols').querySelector('canvas'), o = map_main.getPixelOrigin();
                const box = canvas.getBoundingClientRect(), map = map_main.getContainer().getBoundingClientRect();
                const p = map_main.layerPointToContainerPoint([x - o.x, y - o.y]), scale = canvas.width / box.width;
                const probe = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
                const [left, top] = [p.x + map.left - box.left, p.y + map.top - box.top];
                probe.drawImage(canvas, -Math.round((left - radius) * scale), -Math.round(top * scale));
                const row = probe.getImageData(0, 0, Math.round(2 * radius * scale), 1).data;
                return Array.from({ length: row.length / 4 }, (_, i) => row[4 * i] + row[4 * i + 1] + row[4 * i + 2]);
            }"""
        )

    before = middle()
    ink = [i for i, light in enumerate(before) if light < 250 and 5 < i < len(before) - 5]
    assert ink, "no number"
    assert min(before[6:8] + before[-7:-5]) > 700, "the number touches the rim"
    page.evaluate("incident_layer_main.select([1700])")
    settled(page)
    after = middle()
    assert after[8:-8] == before[8:-8]


def test_the_tag_of_an_area_that_is_too_small_for_it_is_joined_to_it(site, make):
    page = site.open(make())

    def lines() -> list[bool]:
        settled(page)
        return page.evaluate(
            "incident_layer_main.scene.tags(256 * 2 ** map_main.getZoom(), incident_layer_main.words).map((t) => !!t.from)"
        )

    page.evaluate("map_main.setZoom(map_main.getMinZoom(), {animate: false})")
    assert any(lines())
    page.evaluate("map_main.setView([53, 33.5], 8, {animate: false})")
    assert len(lines()) > 0
    assert not any(lines())


def test_where_the_list_leaves_little_of_the_map_a_card_leaves_what_it_is_of_in_view(site, html):
    page = listed(site, html, width=1024, height=768)
    page.locator(".mapper-row[data-incident]").first.click()
    expect(page.locator(".mapper-card h2")).to_have_text("Number 0")
    settled(page)
    at = page.evaluate("([lon, lat]) => map_main.latLngToContainerPoint([lat, lon])", list(SUMY))
    frame, card = box(page, "#map_main"), box(page, ".mapper-card")
    assert 20 < at["x"] < frame["width"] - 20
    assert 20 < at["y"] < card["y"] - frame["y"] - 20


def test_the_list_says_dates_in_one_line(site, html):
    page = listed(site, html)
    date = page.locator(".mapper-row[data-incident] .mapper-cell-date").first
    expect(date).to_have_text("28 Nov 2024")
    assert date.bounding_box()["height"] < 25


def test_paper_has_numbers_in_signs_and_the_titles_of_a_list_longer_than_it_prints(site):
    rows = [incident(f"i-{n}", "shelling", f"Number {n}", [place("Sumy", *SUMY)], day=1 + n % 28, killed_low=2) for n in range(2100)]
    page = site.open(shown(rows))
    until(
        page,
        """(() => {
            dispatchEvent(new Event("beforeprint"));
            const read = [...document.querySelectorAll(".mapper-paper tbody tr")].every((row) => row.cells[2].textContent.startsWith("Number"));
            if (!read) dispatchEvent(new Event("afterprint"));
            return read;
        })()""",
    )
    paper = page.locator(".mapper-paper")
    expect(paper.locator("tbody tr")).to_have_count(2000)
    expect(paper).to_contain_text("The first 2,000 are printed.")
    expect(paper).not_to_contain_text("Some titles are missing")
    expect(paper.locator("tbody tr").first.locator("td").nth(4)).to_have_text("≥ 2")


def test_without_scripts_no_word_or_number_is_broken_on_a_phone(browser, html, tmp_path):
    file = tmp_path / "page.html"
    file.write_text(html, encoding="utf-8")
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(file.as_uri())
    assert page.locator(".mapper-noscript td").count() > 50
    assert broken_words(page, ".mapper-noscript :is(th, td)") == []
    context.close()
