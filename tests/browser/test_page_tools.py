"""Filters, time, list, search, links, files, languages, paper: what a reader does with many incidents; checked against pandas."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import folium
import numpy as np
import pandas as pd
import pytest
import shapely
from page_sample import HOSTILE, OPTIONS, SUMY, StubBoundaries, incident, place, sample_tables
from patience import settled, until
from playwright.sync_api import Page, expect

import mapper
from mapper.incidents import STATUSES
from mapper.layers.drawing import draw
from mapper.page.elements import AreaLayer, IncidentLayer, Legend, Timeline
from mapper.page.render import render
from mapper.tables import Tables
from mapper.taxonomy import Taxonomy

AXE = Path(mapper.__file__).parent / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
#: Only what is wrong: to describe all that is right takes most of the time.
AXE_RUN = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']}).then(r => r.violations)"
TYPES = ("drone_strike", "missile_strike", "shelling", "interception", "explosion")
TOWNS = (("Sumy", 34.8, 50.92, "UA"), ("Kharkiv", 36.25, 49.98, "UA"), ("Kursk", 36.19, 51.73, "RU"), ("Odesa", 30.73, 46.48, "UA"))
COUNT = 600


def many_tables() -> Tables:
    """Make 600 incidents over three weeks, some without a date, some not on the map, each told by one or two of three agencies."""
    rng = np.random.default_rng(3)
    rows, claims, geometry = [], [], []
    for n in range(COUNT):
        name, lon, lat, country = TOWNS[rng.integers(len(TOWNS))]
        lon, lat = round(lon + rng.normal() * 0.4, 4), round(lat + rng.normal() * 0.3, 4)
        day = pd.Timestamp("2024-11-01") + pd.Timedelta(days=int(rng.integers(21)))
        kind, killed = TYPES[rng.integers(len(TYPES))], int(rng.integers(-2, 6))
        night, undated, off = n % 7 == 0, n % 50 == 0, n % 40 == 0
        dates = (
            {"date_start": None, "date_end": None, "date_precision": "unknown"}
            if undated
            else {"date_start": day + pd.Timedelta(hours=18), "date_end": day + pd.Timedelta(hours=30), "date_precision": "night"}
            if night
            else {"date_start": day, "date_end": day}
        )
        precision = ("settlement", "site", "near")[n % 3]
        counts = {
            "killed_best": killed if killed >= 0 else None,
            "intercepted": int(rng.integers(1, 9)) if kind == "interception" else None,
        }
        rows.append(
            incident(f"i-{n}", kind, f"{kind} number {n} at {name}", [place(name, lon, lat, country=country, precision=precision)])
            | {k: (v.to_pydatetime() if isinstance(v, pd.Timestamp) else v) for k, v in dates.items()}
            | {"status": STATUSES[rng.integers(len(STATUSES))], "unplaced": "the report names no place" if off else None}
            | counts
        )
        claim = {"incident_id": f"i-{n}", "by": "A mayor", "status": "claimed", "quote": f"Quote {n:04d} said so."}
        claims += [claim | {"source_id": f"s-{agency}"} for agency in rng.choice(3, 1 + n % 2, replace=False).tolist()]
        geometry.append(None if off else shapely.Point(lon, lat))
    sources = [{"id": f"s-{n}", "publisher": f"Agency {n}", "url": f"https://example.org/{n}"} for n in range(3)]
    return Tables.from_records(rows, claims, sources, geometry)


@pytest.fixture(scope="module")
def many() -> Tables:
    return many_tables()


@pytest.fixture(scope="module")
def html(many) -> str:
    return render(many, OPTIONS, taxonomy=Taxonomy.load(), boundaries=StubBoundaries())


@pytest.fixture
def page(site, html) -> Page:
    return site.open(html)


@pytest.fixture(scope="module")
def frame(many) -> pd.DataFrame:
    """Give what is shown of them at first for pandas, with days and publishers: all but what was retracted."""
    told = many.claims.merge(many.sources, left_on="source_id", right_on="id").groupby("incident_id")["publisher"].agg(set)
    f = pd.DataFrame(many.incidents.drop(columns="geometry")).set_index("id")
    f["publishers"] = told
    f["country_of"] = [p[0]["country"] for p in f["places"]]
    f["first"], f["last"] = (pd.to_datetime(f[c].astype("datetime64[s]")).dt.floor("D") for c in ("date_start", "date_end"))
    f["placed"] = f["unplaced"].isna()
    return f[f["status"] != "retracted"]


def figure(page: Page, name: str) -> int:
    words = page.locator(".mapper-totals > div").filter(has=page.locator("dt", has_text=re.compile(f"^{name}$"))).locator("dd").inner_text()
    return int(re.search(r"\d[\d,]*", words)[0].replace(",", ""))


def check_totals(page: Page, shown: pd.DataFrame) -> None:
    """Compare what the panel says with what pandas sums."""
    on = shown[shown["placed"]]
    expect(page.locator(".mapper-totals dd").first).to_have_text(f"{len(on)} incident{'' if len(on) == 1 else 's'}")
    assert figure(page, "Killed") == on["killed_best"].sum()
    assert figure(page, "Intercepted") == on["intercepted"].sum()
    expect(page.locator("[data-section=list]")).to_have_text(f"List ({len(shown)})")


def opened(page: Page, facet: str):
    block = page.locator(f".mapper-facet[data-facet={facet}]")
    if block.get_attribute("open") is None:
        block.locator("summary").click()
    return block


def period(page: Page, start: str, end: str) -> None:
    """Choose days by the sliders, as a keyboard does."""
    first = pd.Timestamp("2024-11-01")
    for edge, day in (("to", end), ("from", start)):
        page.locator(f".mapper-slider-{edge}").fill(str((pd.Timestamp(day) - first).days))


def shown_ids(page: Page) -> set[int]:
    return set(page.evaluate("[...incident_layer_main.filters.shown()]"))


def test_totals_at_first_are_those_of_pandas(page, frame):
    check_totals(page, frame)
    assert page.evaluate("incident_layer_main.filters.shown().length") == len(frame) < COUNT


def test_crossed_filters_have_the_totals_of_pandas(page, frame):
    page.locator("[data-type=shelling]").uncheck()
    opened(page, "status").get_by_label(re.compile("^Disputed")).uncheck()
    opened(page, "publisher").get_by_label(re.compile("^Agency 1")).uncheck()
    opened(page, "country").get_by_label(re.compile("^Russia")).uncheck()
    opened(page, "precision").get_by_label(re.compile("^Near")).uncheck()
    period(page, "2024-11-05", "2024-11-12")
    dated = (frame["first"] <= "2024-11-12") & (frame["last"] >= "2024-11-05")
    told = np.array([set(p) != {"Agency 1"} for p in frame["publishers"]])
    but_status = (frame["type"] != "shelling") & told & (frame["country_of"] != "RU") & (frame["precision"] != "near") & dated.fillna(False)
    shown = frame[but_status & (frame["status"] != "disputed")]
    assert 20 < len(shown) < 200
    check_totals(page, shown)
    # The count beside each switch is what it would show with all others as they are.
    disputed = frame[but_status & (frame["status"] == "disputed") & frame["placed"]]
    count = opened(page, "status").locator("label").filter(has_text="Disputed").locator(".mapper-count")
    assert int(re.match(r"\d+", count.inner_text())[0]) == len(disputed)
    page.get_by_role("button", name="Show everything again").click()
    check_totals(page, frame)


def test_what_was_retracted_is_shown_on_request_with_its_notice(site):
    tables = sample_tables(hostile=False)
    notice = {
        "column": "status",
        "old": "claimed",
        "new": "retracted",
        "who": "A. Editor",
        "when": "2024-11-25",
        "why": "the mayor denied it",
    }
    place = {"column": "place_text", "old": "Kyiv", "new": "Poltava", "who": "A. Editor", "when": "2024-11-24", "why": "misread\nby us"}
    rows = tables.arrow("incidents").to_pylist()
    joined = {"column": "merged_from", "old": None, "new": "i-other", "who": "A. Editor", "when": "2024-11-26", "why": "one event"}
    made = [row | ({"corrections": [place, notice, joined]} if row["id"] == "i-retracted" else {}) for row in rows]
    claims, sources = (tables.arrow(name).to_pylist() for name in ("claims", "sources"))
    tables = Tables.from_records(made, claims, sources, tables.incidents.geometry.tolist())
    html = render(tables, OPTIONS, taxonomy=Taxonomy.load(), boundaries=StubBoundaries())
    page = site.open(html)
    totals = page.locator(".mapper-totals")
    expect(totals.locator("dd").first).to_have_text("9 incidents")
    dead = figure(page, "Killed")
    expect(page.get_by_role("button", name="Show everything again")).to_be_hidden()
    opened(page, "status").get_by_label(re.compile("^Retracted")).check()
    expect(totals.locator("dd").first).to_have_text("10 incidents")
    assert figure(page, "Killed") == dead
    until(page, "location.hash.includes('retracted=1')")
    again = site.open(html, fragment=page.evaluate("location.hash"))
    expect(again.locator(".mapper-totals dd").first).to_have_text("10 incidents")
    again.locator("[data-section=list]").click()
    again.locator(".mapper-table-size [role=row]").filter(has_text="Poltava").click()
    said = again.locator(".mapper-corrections li")
    expect(said).to_have_text(
        [
            "Place: Poltava, was: Kyiv. Corrected by A. Editor, 2024-11-24: misread by us",
            "Status: Retracted, was: Claimed. Corrected by A. Editor, 2024-11-25: the mayor denied it",
            "Put together with other reports by A. Editor, 2024-11-26: one event",
        ]
    )
    expect(again.locator(".mapper-card .mapper-banner")).to_have_text("Retracted")
    again.locator("[data-section=layers]").click()
    again.get_by_role("button", name="Show everything again").click()
    expect(again.locator(".mapper-totals dd").first).to_have_text("9 incidents")


def test_what_is_in_view_alone(page, frame):
    page.evaluate("map_main.setView([46.48, 30.73], 9, {animate: false})")
    page.get_by_label("Only what is in view of the map").check()
    settled(page)
    box = page.evaluate("(() => { const b = map_main.getBounds(); return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()]; })()")
    at = frame["places"].map(lambda p: (p[0]["lon"], p[0]["lat"]))
    inside = at.map(lambda p: box[0] <= p[0] <= box[2] and box[1] <= p[1] <= box[3]) & frame["placed"]
    assert 5 < inside.sum() < 300
    check_totals(page, frame[inside])


def test_clusters_show_every_incident_once_and_stay_put(page):
    def clusters():
        return page.evaluate("incident_layer_main.scene.clusters.map(c => [c.x.toFixed(2), c.y.toFixed(2), c.count, c.radius])")

    placed = page.evaluate("incident_layer_main.filters.shownPlaced")
    before = clusters()
    assert sum(c[2] for c in before) == placed
    for i, a in enumerate(before):
        for b in before[i + 1 :]:
            assert np.hypot(float(a[0]) - float(b[0]), float(a[1]) - float(b[1])) >= a[3] + b[3]
    page.evaluate("map_main.panBy([-260, -180], {animate: false})")
    settled(page)
    near = page.evaluate("(() => { const b = map_main.getPixelBounds(); return [b.min.x, b.min.y, b.max.x, b.max.y]; })()")
    seen = [c for c in clusters() if near[0] < float(c[0]) < near[2] and near[1] < float(c[1]) < near[3]]
    assert seen
    assert all(c in before for c in seen)


def test_a_cluster_comes_apart_by_a_click_and_a_spot_opens(page):
    settled(page)
    at = page.evaluate(
        """(() => { const l = incident_layer_main, o = map_main.getPixelOrigin();
        const c = l.scene.clusters.filter(c => c.point < 0).sort((a, b) => b.count - a.count)[0];
        const p = map_main.layerPointToContainerPoint([c.x - o.x, c.y - o.y]); return {x: p.x, y: p.y, zoom: map_main.getZoom()}; })()"""
    )
    page.locator("#map_main").click(position={"x": at["x"], "y": at["y"]})
    until(page, f"map_main.getZoom() > {at['zoom']}")


def test_brush_playback_steps_and_cumulative(page, frame):
    plot = page.locator(".mapper-plot")
    box = plot.bounding_box()
    days = 22  # 1 to 22 November, for the last night ends on the 22nd
    x = lambda day: box["x"] + (day - 0.5) * box["width"] / days  # noqa: E731
    page.mouse.move(x(5), box["y"] + 20)
    page.mouse.down()
    page.mouse.move(x(8), box["y"] + 20, steps=4)
    page.mouse.up()
    expect(page.locator(".mapper-period")).to_have_text("5 Nov – 8 Nov 2024")
    shown = frame[((frame["first"] <= "2024-11-08") & (frame["last"] >= "2024-11-05")).fillna(False)]
    check_totals(page, shown)
    # Moved as a whole.
    page.mouse.move(x(6), box["y"] + 20)
    page.mouse.down()
    page.mouse.move(x(10), box["y"] + 20, steps=4)
    page.mouse.up()
    expect(page.locator(".mapper-period")).to_have_text("9 Nov – 12 Nov 2024")
    # Those without a date are asked for.
    undated = frame["first"].isna()
    expect(page.locator(".mapper-undated")).to_have_text(f"no date ({undated.sum()})")
    page.locator(".mapper-undated input").check()
    moved = ((frame["first"] <= "2024-11-12") & (frame["last"] >= "2024-11-09")).fillna(False)
    check_totals(page, frame[moved | undated])
    page.locator(".mapper-undated input").uncheck()
    page.get_by_role("button", name="Play").click()
    expect(page.locator(".mapper-period")).to_have_text("10 Nov – 13 Nov 2024")
    expect(page.locator(".mapper-period")).to_have_text("11 Nov – 14 Nov 2024")
    page.get_by_role("button", name="Pause").click()
    page.get_by_label("Cumulative").check()
    expect(page.locator(".mapper-period")).to_have_text(re.compile("^1 Nov –"))
    page.get_by_label("Cumulative").uncheck()
    page.get_by_role("button", name="Whole time").click()
    check_totals(page, frame)
    page.get_by_label("Step").select_option("week")
    expect(page.locator(".mapper-slider-to")).to_have_attribute("max", "3")
    page.get_by_label("Step").select_option("month")
    expect(page.locator(".mapper-slider-to")).to_have_attribute("max", "0")


def test_without_motion_playback_is_one_step_at_a_time(site, html):
    page = site.open(html, reduced_motion="reduce")
    step = page.get_by_role("button", name="Next step")
    step.click()
    expect(page.locator(".mapper-period")).to_have_text("1 Nov 2024")
    page.wait_for_timeout(1500)
    expect(page.locator(".mapper-period")).to_have_text("1 Nov 2024")
    step.click()
    expect(page.locator(".mapper-period")).to_have_text("2 Nov 2024")


def test_the_brush_by_keyboard(page):
    page.locator(".mapper-slider-from").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".mapper-period")).to_have_text("4 Nov – 22 Nov 2024")
    assert page.locator(".mapper-slider-from").get_attribute("aria-valuetext") == "4 Nov 2024"
    page.locator(".mapper-slider-to").focus()
    page.keyboard.press("Home")
    expect(page.locator(".mapper-period")).to_have_text("4 Nov 2024")


def test_the_list_sorts_scrolls_and_follows(page, frame):
    page.locator("[data-section=list]").click()
    grid = page.get_by_role("grid")
    expect(grid).to_have_attribute("aria-rowcount", str(len(frame) + 1))
    rows = grid.locator(".mapper-table-size [role=row]")
    expect(rows.first).to_have_attribute("aria-rowindex", "2")
    assert rows.count() < 60
    grid.get_by_role("button", name="Killed").click()
    expect(grid.get_by_role("columnheader", name="Killed")).to_have_attribute("aria-sort", "descending")
    expect(rows.first.locator(".mapper-cell-killed")).to_have_text(str(frame["killed_best"].max()))
    grid.get_by_role("button", name="Killed").click()
    expect(rows.first.locator(".mapper-cell-killed")).to_have_text("0")
    grid.get_by_role("button", name="Date").click()
    rows.first.focus()
    page.keyboard.press("End")
    expect(grid.locator(f"[aria-rowindex='{len(frame) + 1}']")).to_be_focused()
    expect(grid.locator(f"[aria-rowindex='{len(frame) + 1}'] .mapper-cell-date")).to_have_text("Date not known")
    page.keyboard.press("PageUp")
    page.keyboard.press("Enter")
    expect(page.locator(".mapper-card h2")).to_be_focused()
    expect(grid.locator("[aria-selected=true]")).to_have_count(1)
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "row"
    page.locator("[data-section=layers]").click()
    page.locator("[data-type=shelling]").uncheck()
    page.locator("[data-section=list]").click()
    expect(grid).to_have_attribute("aria-rowcount", str((frame["type"] != "shelling").sum() + 1))


def test_search_crosses_with_the_filters(page, frame):
    page.keyboard.press("/")
    box = page.get_by_role("searchbox")
    expect(box).to_be_focused()
    box.fill("odesa SHELLING")
    found = frame["title"].str.contains("shelling") & frame["title"].str.contains("Odesa")
    expect(page.locator("[data-section=list]")).to_have_text(f"List ({found.sum()})")
    expect(page.locator(".mapper-section-list [role=status]")).to_contain_text(f"{found.sum()} incidents found")
    box.fill("quote 0123")
    expect(page.locator("[data-section=list]")).to_have_text("List (1)")
    box.fill("nothing like it")
    expect(page.locator("[data-section=list]")).to_have_text("List (0)")
    box.fill("")
    expect(page.locator("[data-section=list]")).to_have_text(f"List ({len(frame)})")


def test_showing_everything_again_empties_the_search_and_looks_beyond_the_view(page, frame):
    page.get_by_label("Only what is in view of the map").check()
    page.locator("[data-section=list]").click()
    page.get_by_role("searchbox").fill("odesa")
    expect(page.locator(".mapper-section-list [role=status]")).to_contain_text("found")
    until(page, "location.hash.includes('q=odesa') && location.hash.includes('in-view')")
    page.locator("[data-section=layers]").click()
    page.get_by_role("button", name="Show everything again").click()
    expect(page.get_by_label("Only what is in view of the map")).not_to_be_checked()
    expect(page.get_by_role("searchbox", include_hidden=True)).to_have_value("")
    until(page, "!location.hash.includes('q=') && !location.hash.includes('in-view')")
    page.evaluate("map_main.setView([46.48, 30.73], 9, {animate: false})")
    expect(page.locator("[data-section=list]")).to_have_text(f"List ({len(frame)})")


def test_a_link_looks_at_what_is_in_view(site, html, page):
    page.get_by_label("Only what is in view of the map").check()
    page.evaluate("map_main.setView([46.48, 30.73], 9, {animate: false})")
    until(page, "location.hash.includes('in-view') && location.hash.startsWith('#v=9/')")
    address, ids = page.evaluate("location.hash"), shown_ids(page)
    again = site.open(html, fragment=address)
    expect(again.get_by_label("Only what is in view of the map")).to_be_checked()
    assert shown_ids(again) == ids


def test_search_finds_a_type_in_the_language_of_the_page(page, frame):
    page.locator(".mapper-language").select_option("uk")
    page.locator("[data-section=list]").click()
    page.get_by_role("searchbox").fill("обстріл")
    expect(page.locator("[data-section=list]")).to_have_text(f"Список ({(frame['type'] == 'shelling').sum()})")


def test_a_link_shows_the_same_again(site, html, page):
    page.locator("[data-type=shelling]").uncheck()
    opened(page, "publisher").get_by_label(re.compile("^Agency 2")).uncheck()
    period(page, "2024-11-04", "2024-11-15")
    page.locator("[data-section=list]").click()
    page.get_by_role("searchbox").fill("kharkiv")
    expect(page.locator(".mapper-section-list [role=status]")).to_contain_text("found")
    page.locator(".mapper-table-size [role=row]").nth(2).click()
    title = page.locator(".mapper-card h2").inner_text()
    page.get_by_label("Language").select_option("de")
    page.get_by_role("button", name="Dunkle Farben").click()
    until(page, "location.hash.includes('theme=dark')")
    address, ids = page.evaluate("location.hash"), shown_ids(page)
    view = page.evaluate("[map_main.getZoom(), map_main.getCenter().lat, map_main.getCenter().lng]")
    assert 0 < len(ids) < 200
    for words in ("no-type=shelling", "no-publisher=Agency%202", "t=2024-11-04..2024-11-15", "q=kharkiv", "lang=de", "theme=dark", "i=i-"):
        assert words in address
    again = site.open(html, fragment=address)
    expect(again.locator(".mapper-card h2")).to_have_text(title)
    expect(again.locator("[data-section=layers]")).to_have_text("Ebenen")
    expect(again.locator("[data-section=list]")).to_have_text(f"Liste ({len(ids)})")
    assert again.evaluate("document.documentElement.dataset.theme") == "dark"
    assert shown_ids(again) == ids
    assert again.evaluate("[map_main.getZoom(), map_main.getCenter().lat, map_main.getCenter().lng]") == pytest.approx(view, abs=1e-4)
    # Typed into the address of an open page.
    again.evaluate("location.hash = '#no-type=explosion'")
    expect(again.locator("[data-section=list]")).to_contain_text("List (")
    assert len(shown_ids(again)) > len(ids)


def test_a_harmful_link_does_nothing(site, html):
    page = site.open(
        html,
        fragment="#v=1e9/0/0&no-type=<img src=x onerror=alert(1)>&q=%3Cscript%3E&t=2024-11-31..2024-01-01&lang=__proto__&i=%00@1&theme=x",
    )
    expect(page.locator("[data-section=list]")).to_have_text("List (0)")
    assert page.get_by_role("searchbox", include_hidden=True).input_value() == "<script>"
    assert page.evaluate("document.documentElement.lang") == "en"


def test_downloads_are_what_is_filtered(page, frame):
    page.locator("[data-type=interception]").uncheck()
    page.locator("[data-section=share]").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download as CSV").click()
    rows = list(csv.DictReader(io.StringIO(Path(waiting.value.path()).read_text(encoding="utf-8-sig"))))
    wanted = frame[frame["type"] != "interception"]
    assert {r["id"] for r in rows} == set(wanted.index)
    assert waiting.value.suggested_filename.endswith(".csv")
    row = next(r for r in rows if r["killed_best"] == "0")
    assert wanted.loc[row["id"], "killed_best"] == 0
    assert wanted.loc[row["id"], "title"] == row["title"]
    lon = wanted.loc[row["id"], "places"][0]["lon"]
    assert row["lon"] == "" or float(row["lon"]) == pytest.approx(lon, abs=1e-5)
    assert "A mayor: claimed: “Quote" in row["claims"]
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download as GeoJSON").click()
    features = json.loads(Path(waiting.value.path()).read_text(encoding="utf-8"))["features"]
    assert len(features) == len(wanted)
    assert sum(f["geometry"] is not None for f in features) == wanted["placed"].sum()


def test_a_download_guards_against_formulas_and_keeps_areas_without_a_point(site):
    rows = [incident("=1+1", "shelling", "=HYPERLINK(1)", [place("+Sumy", 34.8, 50.9)], actor="@x")]
    tables = Tables.from_records(rows, [], [], [shapely.Point(34.8, 50.9)])
    page = site.open(render(tables, OPTIONS, taxonomy=Taxonomy.load(), boundaries=StubBoundaries()))
    page.locator("[data-section=share]").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download as CSV").click()
    row = next(csv.DictReader(io.StringIO(Path(waiting.value.path()).read_text(encoding="utf-8-sig"))))
    assert [row[k] for k in ("id", "title", "place", "actor")] == ["'=1+1", "'=HYPERLINK(1)", "'+Sumy", "'@x"]


def test_geojson_has_the_whole_of_an_area_and_never_a_point_in_it(site, make):
    page = site.open(make())
    page.locator("[data-section=share]").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download as GeoJSON").click()
    features = {f["id"]: f for f in json.loads(Path(waiting.value.path()).read_text(encoding="utf-8"))["features"]}
    geometries = {key: shapely.geometry.shape(f["geometry"]) for key, f in features.items() if f["geometry"]}
    boundaries = StubBoundaries()
    claimed = geometries["i-23"]
    assert all(g.is_valid for g in geometries.values())
    expected = shapely.union_all([boundaries.area(f"admin1:RU-{code}") for code in ("BRY", "KLU", "KRS")])
    assert shapely.union_all(claimed.geoms).symmetric_difference(expected).area < 1e-6
    # As RFC 7946 has it: outer rings anticlockwise, holes the other way; the lake in the oblast is a hole.
    parts = shapely.get_parts(shapely.get_parts([*geometries.values()]))
    polygons = [part for part in parts if part.geom_type == "Polygon"]
    assert sum(len(p.interiors) for p in polygons) >= 1
    assert all(p.exterior.is_ccw and not any(hole.is_ccw for hole in p.interiors) for p in polygons)
    assert geometries["i-sumy"].equals_exact(shapely.Point(SUMY), 1e-5)
    assert features["i-near"]["properties"]["near"] is True
    assert features["i-missile"]["geometry"] is None
    assert features["i-missile"]["properties"]["unplaced"]
    assert not {"lon", "lat"} & set(features["i-23"]["properties"])


def test_languages_switch_in_the_page(page):
    for lang, layers, title in (
        ("uk", "Шари", "Загинули"),
        ("ru", "Слои", "Погибли"),
        ("de", "Ebenen", "Getötet"),
        ("en", "Layers", "Killed"),
    ):
        page.locator(".mapper-language").select_option(lang)
        expect(page.locator("[data-section=layers]")).to_have_text(layers)
        expect(page.locator(".mapper-totals")).to_contain_text(title)
        assert page.evaluate("document.documentElement.lang") == lang
        expect(page.locator(".mapper-language")).to_be_focused()
    assert (
        page.locator(".mapper-timeline-body").count() == page.locator(".mapper-table").count() == page.locator(".mapper-tip").count() == 1
    )


def test_a_map_is_drawn_beyond_its_edge_before_it_is_dragged_there(page):
    wide = "map_main.getPane('mapper-ground').querySelector('canvas').getBoundingClientRect().width / map_main.getSize().x"
    until(page, f"{wide} >= 1.5")


def test_what_a_filter_changes_is_drawn_as_large_as_the_map_and_beyond_its_edge_when_it_rests(page):
    wide = "map_main.getPane('mapper-symbols').querySelector('canvas').getBoundingClientRect().width / map_main.getSize().x"
    until(page, f"{wide} >= 1.5")
    page.locator("[data-type]").first.click()
    until(page, f"{wide} < 1.01")
    until(page, f"{wide} >= 1.5")


@pytest.mark.parametrize("width", [390, 768, 1000])
def test_the_controls_of_the_timeline_have_their_room(site, width):
    tables = Tables.from_records(
        [
            incident("a", "shelling", "A", [], date_start=None, date_end=None, date_precision="unknown"),
            incident("b", "shelling", "B", [], day=1),
            incident("c", "shelling", "C", [], day=9),
        ],
        [],
        [],
        [shapely.Point(SUMY)] * 3,
    )
    html = render(tables, OPTIONS, taxonomy=Taxonomy.load(), boundaries=StubBoundaries())
    page = site.open(html, width=width, height=800, fragment="#t=2024-11-01..2024-11-05")
    if width > 900:
        page.locator("[data-section=list]").click()
    boxes = [one.bounding_box() for one in page.locator(".mapper-time-tools > :visible").all() if one.inner_text().strip()]
    assert len(boxes) == 6
    for i, a in enumerate(boxes):
        assert a["x"] >= 0
        assert a["x"] + a["width"] <= width
        for b in boxes[i + 1 :]:
            beside = a["x"] + a["width"] <= b["x"] + 1 or b["x"] + b["width"] <= a["x"] + 1
            above = a["y"] + a["height"] <= b["y"] + 1 or b["y"] + b["height"] <= a["y"] + 1
            assert beside or above


def test_names_on_the_map_change_their_language(page):
    until(page, "basemap_main.data !== null")
    before = page.evaluate("basemap_main.data.names.map(n => n.text)")
    page.locator(".mapper-language").select_option("uk")
    until(page, "basemap_main.data.names.some(n => n.text === 'Київ')")
    assert "Kyiv" in before


def test_dark_and_light_by_choice(page):
    page.get_by_role("button", name="Dark colours").click()
    assert page.evaluate("getComputedStyle(document.querySelector('.mapper-page')).backgroundColor") == "rgb(29, 32, 35)"
    page.get_by_role("button", name="Light colours").click()
    assert page.evaluate("getComputedStyle(document.querySelector('.mapper-page')).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize("lang", ["en", "uk", "ru", "de"])
def test_on_a_phone_no_word_is_cut_and_no_button_is_too_small(site, html, lang):
    page = site.open(html, width=390, height=844)
    page.locator(".mapper-language").select_option(lang)
    page.locator(".mapper-play").click()  # brings the link to the whole time
    page.locator(".mapper-play").click()
    expect(page.locator(".mapper-time-tools .mapper-link")).to_be_visible()
    too_wide, too_small = page.evaluate(
        """() => {
          const seen = [...document.querySelectorAll(
            ".mapper-heading, .mapper-tools, .mapper-tools button, .mapper-time-tools, .mapper-time-tools > *, .mapper-language",
          )].filter((e) => e.offsetParent && getComputedStyle(e).visibility !== "hidden");
          const edge = document.documentElement.clientWidth;
          const named = (e) => e.className + ": " + e.textContent.slice(0, 30);
          return [
            seen.filter((e) => e.scrollWidth > e.clientWidth + 1 || e.getBoundingClientRect().right > edge + 1).map(named),
            seen
              .filter((e) => e.matches("button, select, label"))
              .filter((e) => e.getBoundingClientRect().width < 24 || e.getBoundingClientRect().height < 24)
              .map(named),
          ];
        }"""
    )
    assert (too_wide, too_small) == ([], [])
    assert page.locator(".mapper-play").bounding_box()["width"] == 44


def brightness(page: Page) -> int:
    """Tell how bright the ground of the map is, 0 to 255."""
    return page.evaluate(
        """() => {
          const canvas = document.querySelector(".leaflet-mapper-ground-pane canvas");
          const copy = new OffscreenCanvas(40, 40).getContext("2d", { willReadFrequently: true });
          copy.drawImage(canvas, -canvas.width / 2, -canvas.height / 2);
          return Math.max(...copy.getImageData(0, 0, 40, 40).data.filter((_, i) => i % 4 === 0));
        }"""
    )


@pytest.mark.parametrize("size", [(1200, 630), (600, 600), (600, 315)])
def test_a_picture_shows_the_whole_legend_and_fits_what_there_is(site, html, size):
    card = site.open(html, width=900, height=500, fragment="#card=1&lang=de")
    card.set_viewport_size({"width": size[0], "height": size[1]})
    card.wait_for_function(f"() => map_main.getSize().x === {size[0]}")
    bottom, cut = card.eval_on_selector(".mapper-paper-legend", "e => [e.getBoundingClientRect().bottom, e.scrollHeight > e.clientHeight]")
    assert (bottom <= size[1], cut) == (True, False)
    seen, wanted = card.evaluate(
        "[map_main.getBounds().toBBoxString().split(',').map(Number), JSON.parse(document.getElementById('map_main_page').textContent).bounds]"
    )
    pixel = 0.02
    assert [seen[0] <= wanted[0] + pixel, seen[1] <= wanted[1] + pixel, seen[2] >= wanted[2] - pixel, seen[3] >= wanted[3] - pixel] == [
        True
    ] * 4
    # No more than that: one of the sides is full.
    assert min((seen[2] - seen[0]) / (wanted[2] - wanted[0]), (seen[3] - seen[1]) / (wanted[3] - wanted[1])) < 1.1


def test_on_paper_map_legend_list_and_sources(page, frame, tmp_path):
    settled(page)
    page.emulate_media(color_scheme="dark")
    totals = page.locator(".mapper-totals").text_content()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    paper = page.locator(".mapper-paper")
    assert paper.locator("tbody tr").count() == len(frame)
    assert "Agency 1" in paper.inner_text()
    assert paper.locator("tbody tr").first.inner_text().count("…") == 0
    assert paper.locator(".mapper-totals").text_content() == totals
    # One canvas: each of several would clear what is below it.
    assert page.locator("#map_main .mapper-canvas:visible").count() == 1
    size = page.locator("#map_main").bounding_box()
    assert (size["width"], size["height"]) == (700, 480)
    # Paper is white, however dark the screen is.
    assert brightness(page) > 200
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(paper).to_have_count(0)
    assert brightness(page) < 150
    page.set_default_timeout(30_000)
    pdf = page.pdf(path=str(tmp_path / "page.pdf"), format="A4", print_background=True)
    assert pdf.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) > 5
    # The map: land, areas, names, symbols, three of them with a mask for what lies below.
    assert pdf.count(b"/Subtype /Image") >= 5
    expect(paper).to_have_count(0)


def test_names_stand_on_paper_where_the_map_on_paper_has_them(page):
    settled(page)
    names = "() => document.querySelector('.leaflet-mapper-names-pane canvas').toDataURL()"
    on_screen = page.evaluate(names)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    on_paper = page.evaluate(names)
    assert on_paper != on_screen
    page.wait_for_timeout(500)
    assert page.evaluate(names) == on_paper
    page.evaluate("dispatchEvent(new Event('afterprint'))")


def test_without_scripts_there_is_a_table(browser, tmp_path):
    file = tmp_path / "page.html"
    file.write_text(render(sample_tables(), OPTIONS, taxonomy=Taxonomy.load(), boundaries=StubBoundaries()), encoding="utf-8")
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(file.as_uri())
    rows = page.locator(".mapper-noscript tbody tr")
    assert rows.count() == len(sample_tables().incidents)
    assert rows.filter(has_text="Missile fired").inner_text().count("not on the map: known to the country only") == 1
    assert page.locator(".mapper-noscript").is_visible()
    assert page.locator(".mapper-noscript h1").inner_text() == OPTIONS.title
    assert rows.filter(has_text="Claimed").count() > 0
    assert HOSTILE.split("<")[0] in page.locator(".mapper-noscript").inner_text()
    assert page.locator("img").count() == 0
    context.close()


def test_a_keyboard_reaches_everything(page):
    """Walk once through the page by Tab alone; what can be clicked can be reached, and nothing holds the focus."""
    seen = set()
    page.locator("body").press("Tab")
    for _ in range(80):
        seen.add(
            page.evaluate(
                "document.activeElement.className + '|' + (document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent ?? '')"
            )
        )
        page.keyboard.press("Tab")
    text = "\n".join(seen)
    for words in (
        "mapper-language",
        "mapper-theme",
        "Layers",
        "List (",
        "Share",
        "About",
        "mapper-play",
        "mapper-slider-from",
        "mapper-slider-to",
        "Zoom in",
        "Map of incidents",
    ):
        assert words in text, words


STATES = {
    "layers": "",
    "facets": "for (const d of document.querySelectorAll('details')) d.open = true",
    "list": "document.querySelector('[data-section=list]').click()",
    "unplaced": "document.querySelector('[data-section=unplaced]').click()",
    "share": "document.querySelector('[data-section=share]').click()",
    "about": "document.querySelector('[data-section=about]').click()",
    "card": "incident_layer_main.fire('open', {incidents: [0, 1, 2]})",
    "period": "incident_layer_main.filters.setPeriod({from: 20031, to: 20035})",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing(site, width, scheme):
    assert AXE.is_file(), "run npm ci in mapper/frontend"
    html = render(sample_tables(hostile=False), OPTIONS, taxonomy=Taxonomy.load(), boundaries=StubBoundaries())
    page = site.open(html, width=width, height=900, color_scheme=scheme, bypass_csp=True)
    page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    page.set_default_timeout(30_000)
    faults = []
    for name, step in STATES.items():
        page.evaluate(f"() => {{ {step} }}")
        settled(page)
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        found = page.evaluate(AXE_RUN, tags)
        faults += [(name, v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found]
    assert faults == []


def test_layer_areas_timeline_and_legend_on_a_plain_map(site):
    leaflet = Path(mapper.__file__).parent / "frontend" / "node_modules" / "leaflet" / "dist"
    tables, taxonomy = sample_tables(), Taxonomy.load()
    drawing = draw(tables, taxonomy, StubBoundaries())
    plain = folium.Map(location=[50, 34], zoom_start=6, tiles=None)
    plain._id = "main"
    points = IncidentLayer(tables, drawing, taxonomy=taxonomy, areas=False).add_to(plain)
    AreaLayer(tables, drawing, taxonomy=taxonomy).add_to(plain)
    Timeline(points).add_to(plain)
    Legend(points).add_to(plain)
    html = re.sub(r"<(?:script src|link rel)=[^>]*>(?:</script>)?", "", plain.get_root().render())
    own = f"<style>{(leaflet / 'leaflet.css').read_text()}</style><script>{(leaflet / 'leaflet.js').read_text()}</script>"
    page = site.open(html.replace("<head>", "<head>" + own, 1), ready=".mapper-control-legend .mapper-totals dd")
    expect(page.locator(".mapper-control-timeline canvas")).to_be_visible()
    assert page.evaluate("incident_layer_main.scene.groups.length") == 0
    assert page.evaluate("area_layer_main.scene.groups.length > 0 && area_layer_main.scene.clusters.length === 0")
    page.locator("[data-type=drone_strike]").uncheck()
    expect(page.locator(".mapper-totals dd").first).to_have_text("8 incidents")


def test_in_a_notebook(site):
    """A notebook shows what `_repr_html_` gives: the page in a frame of its own."""
    from mapper.page.elements import IncidentMap

    tables, taxonomy = sample_tables(), Taxonomy.load()
    shown = IncidentMap(
        title="t", bounds=(30, 46, 40, 54), page={"ledger": [], "rejected": [], "attributions": [], "madeWith": "", "asOf": ""}
    )
    IncidentLayer(tables, draw(tables, taxonomy, StubBoundaries()), taxonomy=taxonomy).add_to(shown)
    page = site.open(f"<!DOCTYPE html><body>{shown._repr_html_()}</body>", ready="iframe")
    frame = page.frame_locator("iframe")
    expect(frame.locator(".mapper-totals dd").first).to_have_text("10 incidents")
    frame.locator("[data-type=drone_strike]").uncheck()
    expect(frame.locator(".mapper-totals dd").first).to_have_text("8 incidents")


def test_nearer_than_is_known_the_page_says_so(site):
    tables = sample_tables(hostile=False)
    page = site.open(
        render(tables, replace(OPTIONS, bounds=(34.7, 50.85, 34.9, 51.0)), taxonomy=Taxonomy.load(), boundaries=StubBoundaries())
    )
    at = page.evaluate("(() => { const p = map_main.latLngToContainerPoint([50.9216, 34.8003]); return {x: p.x, y: p.y}; })()")
    settled(page)
    page.locator("#map_main").hover(position=at)
    expect(page.locator(".mapper-tip")).to_contain_text("not known more precisely than the circle")
    page.evaluate("map_main.setZoom(7, {animate: false})")
    at = page.evaluate("(() => { const p = map_main.latLngToContainerPoint([50.9216, 34.8003]); return {x: p.x, y: p.y}; })()")
    settled(page)
    page.locator("#map_main").hover(position=at)
    expect(page.locator(".mapper-tip")).to_be_visible()
    expect(page.locator(".mapper-tip")).not_to_contain_text("precisely")
