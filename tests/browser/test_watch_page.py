"""The page of `mapper watch` in Chromium: it loads itself anew, keeps the reader's place, and says what went wrong."""

from __future__ import annotations

import os

import pytest
from patience import PATIENCE
from playwright.sync_api import expect
from watching import FIRST, HEADER, SECOND, Watch, make_maps

READY = "html[data-mapper=ready]"


@pytest.fixture
def watch(tmp_path):
    make_maps(tmp_path)
    running = Watch(tmp_path, environment=dict(os.environ))
    yield running
    running.process.kill()
    running.process.communicate()


@pytest.fixture
def open_page(browser, watch):
    """Open the page; every request must go to the server, and nothing may go wrong."""
    faults, context = [], browser.new_context(viewport={"width": 1280, "height": 800})

    def open_at(fragment=""):
        page = context.new_page()
        page.set_default_timeout(2 * PATIENCE)  # a build is waited for
        page.on("console", lambda m: faults.append(f"console: {m.text}") if m.type in {"error", "warning"} else None)
        page.on("pageerror", lambda e: faults.append(f"page error: {e}"))
        ours = (watch.url, "data:", "blob:")
        page.on("request", lambda r: faults.append(f"request: {r.url}") if not r.url.startswith(ours) else None)
        page.goto(watch.url + fragment)
        page.frame_locator("iframe").locator(READY).wait_for(state="attached")
        return page

    yield open_at
    context.close()
    assert faults == []


def incidents(page):
    return page.frame_locator("iframe").locator(".mapper-totals dd").first


def test_the_page_loads_itself_anew_and_stays_where_it_was(open_page, watch):
    page = open_page("#v=8/50.5/34.5&lang=uk")
    frame = page.frame_locator("iframe")
    expect(frame.locator("[data-section=list]")).to_have_text("Список (1)")
    # somewhere else than where the address said
    page.frames[1].evaluate("map_main.setView([49, 32], 7, {animate: false})")
    page.wait_for_function("frames[0].location.hash.startsWith('#v=7/49/32')")
    (watch.folder / "rows.csv").write_text(HEADER + FIRST + SECOND, encoding="utf-8")
    expect(frame.locator("[data-section=list]")).to_have_text("Список (2)")
    assert page.frames[1].evaluate("[map_main.getZoom(), map_main.getCenter().lat, map_main.getCenter().lng]") == pytest.approx(
        [7, 49, 32], abs=0.01
    )
    # the whole page loaded again finds it too
    page.reload()
    expect(frame.locator("[data-section=list]")).to_have_text("Список (2)")
    assert page.frames[1].evaluate("map_main.getZoom()") == 7
    assert page.title() == "A map – mapper watch"


def test_an_error_is_said_over_the_last_good_map_and_goes_when_it_is_mended(open_page, watch):
    page = open_page()
    banner, definition = page.get_by_role("alert"), watch.folder / "maps" / "a.toml"
    expect(banner).to_be_empty()
    right = definition.read_text(encoding="utf-8")
    definition.write_text(right.replace("title", '"<b>titel</b>"'), encoding="utf-8")
    expect(banner).to_contain_text("<b>titel</b>: unknown setting")
    expect(banner).to_contain_text("The last good map is shown.")
    expect(incidents(page)).to_have_text("1 incident")
    definition.write_text(right.replace("A map", "A better map"), encoding="utf-8")
    expect(banner).to_be_empty()
    expect(page.frame_locator("iframe").locator("h1")).to_have_text("A better map")


def test_an_input_that_is_missing_is_said_and_the_map_built_without_it(open_page, watch):
    page = open_page()
    (watch.folder / "rows.csv").rename(watch.folder / "rows.away")
    expect(page.get_by_role("alert")).to_contain_text("rows.csv: there is no such file")
    expect(page.get_by_role("alert")).to_contain_text("The map was built without it.")
    (watch.folder / "rows.away").rename(watch.folder / "rows.csv")
    expect(page.get_by_role("alert")).to_be_empty()
    expect(incidents(page)).to_have_text("1 incident")


def test_several_maps_are_links(open_page, watch):
    page = open_page()
    expect(page.get_by_role("navigation", name="Maps", exact=True)).to_be_hidden()
    (watch.folder / "maps" / "b.toml").write_text('title = "Б"\nlang = "uk"\ninputs = ["../rows.csv"]\n', encoding="utf-8")
    page.get_by_role("link", name="Б").click()
    expect(page.frame_locator("iframe").locator("h1")).to_have_text("Б")
    expect(page.get_by_role("link", name="Б")).to_have_attribute("aria-current", "page")
