"""What a reader sees and does, in a real browser, from a file, with the network off."""

from __future__ import annotations

import re
from dataclasses import replace

import folium
import pytest
from page_sample import HOSTILE, KHARKIV, OPTIONS, SUMY, StubBasemap, StubBoundaries, sample_tables
from patience import settled
from playwright.sync_api import Page, expect

from mapper.layers.drawing import draw
from mapper.page.elements import Basemap, IncidentLayer, IncidentMap
from mapper.taxonomy import Taxonomy


def spot(page: Page, lon: float, lat: float) -> dict[str, float]:
    """Say where a position is on the map, in pixels of the map."""
    return page.evaluate("([lon, lat]) => { const p = map_main.latLngToContainerPoint([lat, lon]); return {x: p.x, y: p.y}; }", [lon, lat])


def colour(page: Page, pane: str, lon: float, lat: float, dx: float = 0, dy: float = 0) -> list[int]:
    """Read the pixel of a pane's canvas at a position."""
    return page.evaluate(
        """([pane, lon, lat, dx, dy]) => {
            const canvas = map_main.getPane(pane).querySelector('canvas');
            const box = canvas.getBoundingClientRect(), map = map_main.getContainer().getBoundingClientRect();
            const p = map_main.latLngToContainerPoint([lat, lon]);
            const scale = canvas.width / box.width;
            // By way of a canvas of one pixel: reading the map's own canvas again and again makes Chromium warn.
            const probe = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
            const [x, y] = [p.x + dx + map.left - box.left, p.y + dy + map.top - box.top];
            probe.drawImage(canvas, -Math.floor(x * scale), -Math.floor(y * scale));
            return [...probe.getImageData(0, 0, 1, 1).data];
        }""",
        [pane, lon, lat, dx, dy],
    )


def click_map(page: Page, lon: float, lat: float) -> None:
    settled(page)
    page.locator("#map_main").click(position=spot(page, lon, lat))


def card(page: Page):
    return page.locator(".mapper-card")


def rows(page: Page):
    """The rows of the list, without the headings."""
    return page.locator(".mapper-table-size .mapper-row")


def fact(page: Page, name: str):
    return card(page).locator("dl > div").filter(has=page.locator("dt", has_text=re.compile(f"^{name}$"))).locator("dd")


def test_the_page_says_what_it_is(page):
    expect(page.locator("h1")).to_have_text(OPTIONS.title)
    expect(page.get_by_text(OPTIONS.description)).to_be_visible()
    assert page.title() == OPTIONS.title
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.locator(".leaflet-control-attribution")).to_have_text("Natural Earth, GeoNames CC BY 4.0")
    expect(page.locator(".leaflet-control-scale-line")).to_be_visible()


def test_land_sea_and_a_dot_are_drawn(page):
    assert colour(page, "mapper-ground", 33.0, 49.6)[:3] == [247, 245, 240]
    assert colour(page, "mapper-symbols", *SUMY)[:3] == [162, 59, 114]
    page.evaluate("map_main.setView([44, 31], map_main.getZoom(), {animate: false})")
    assert colour(page, "mapper-ground", 30.0, 43.5)[:3] == [214, 226, 232]


def test_all_areas_of_one_incident_are_hatched_and_no_dot_stands_in_them(page):
    taxonomy_colour = [47, 111, 181]
    for lon, lat in ((32.5, 52.6), (36.0, 54.2), (37.5, 51.2)):
        found = [colour(page, "mapper-areas", lon, lat, dx, 0) for dx in range(14)]
        strongest = max(found, key=lambda c: c[3])
        assert strongest[3] > 100, "no hatching"
        assert min(c[3] for c in found) < 60, "filled, not hatched"
        assert all(abs(a - b) < 12 for a, b in zip(strongest, taxonomy_colour, strict=False))
        assert colour(page, "mapper-symbols", lon, lat)[3] == 0


def test_the_card_of_the_drone_strike(page):
    click_map(page, *SUMY)
    expect(card(page).locator("h2")).to_have_text("Drones hit a residential area of Sumy")
    expect(card(page).locator(".mapper-kicker")).to_have_text("Drone strike")
    expect(fact(page, "When")).to_have_text("22 November 2024 (as reported)")
    expect(fact(page, "Where")).to_have_text("Sumy, Sumy Oblast, Ukraine — known to the settlement, ±5 km")
    expect(fact(page, "Killed")).to_have_text("at least 2")
    expect(fact(page, "Injured")).to_have_text("12")
    claims = card(page).locator(".mapper-claims li")
    expect(claims).to_have_count(2)
    expect(card(page).locator(".mapper-told")).to_have_count(0)
    expect(claims.nth(0)).to_contain_text("Artem Kobzar, acting mayor of Sumy")
    expect(claims.nth(0)).to_contain_text("Several massive explosions took place in Sumy.")
    expect(claims.nth(1)).to_contain_text("Killed: 2 · Injured: 12")
    link = claims.nth(0).locator("a")
    expect(link).to_have_text("Example News, 22 November 2024")
    expect(link).to_have_attribute("href", "https://example.org/roundup?a=1&b=2")
    expect(link).to_have_attribute("rel", "noopener noreferrer nofollow")
    expect(link).to_have_attribute("target", "_blank")
    page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()


def test_one_interception_over_three_regions(page):
    for lon, lat in ((32.5, 52.6), (36.0, 54.2), (37.5, 51.2)):
        click_map(page, lon, lat)
        expect(card(page).locator("h2")).to_have_text("23 drones intercepted over three regions")
        expect(card(page).locator(".mapper-pager")).to_be_hidden()
        card(page).locator(".mapper-close").click()
    click_map(page, 32.5, 52.6)
    expect(fact(page, "When")).to_have_text("Night of 21 to 22 November 2024")
    expect(fact(page, "Where")).to_have_text(
        "Bryansk Oblast, Kaluga Oblast and Kursk Oblast — known to the regions only; the whole areas are marked"
    )
    expect(fact(page, "Intercepted")).to_have_text("23")
    expect(fact(page, "Casualties")).to_have_text("No casualties reported")


def test_hovering_one_area_lights_up_all(page):
    before = [colour(page, "mapper-areas", lon, lat, 0, 0)[3] for lon, lat in ((34.6, 54.6), (37.9, 51.4))]
    page.locator("#map_main").hover(position=spot(page, 32.5, 52.6))
    settled(page)
    after = [colour(page, "mapper-areas", lon, lat, 0, 0)[3] for lon, lat in ((34.6, 54.6), (37.9, 51.4))]
    assert all(b > a for a, b in zip(before, after, strict=True))
    expect(page.locator(".mapper-tip")).to_have_text("Interception · Night of 21 to 22 November 2024")


def test_unknown_casualties_are_not_none(page):
    click_map(page, 37.18, 48.28)
    expect(card(page).locator("h2")).to_have_text("Shelling near Pokrovsk")
    expect(fact(page, "Casualties")).to_have_text("Not stated")
    expect(fact(page, "Where")).to_have_text("Pokrovsk, Donetsk Oblast, Ukraine — near this place, within about 15 km")


def test_conflicting_numbers_stand_side_by_side(page):
    click_map(page, 32.6178, 46.6354)
    claims = card(page).locator(".mapper-claims li")
    expect(claims.nth(0)).to_contain_text("Killed: 3 · Injured: 9")
    expect(claims.nth(1)).to_contain_text("Killed: 1 · Injured: 4")
    expect(claims.nth(1)).to_contain_text("denied")
    expect(fact(page, "Killed")).to_have_text("1–3, best estimate 2")
    expect(fact(page, "Injured")).to_have_text("4–9")
    expect(claims.nth(0).locator("blockquote")).to_have_text("Троє загиблих, дев’ятеро поранених.")
    expect(card(page).locator(".mapper-told")).to_have_text("One event in 2 reports, whose type, time and place fit: Приклад, A table")
    page.get_by_text("Other places it could be").click()
    expect(card(page)).to_contain_text("the city is far larger")


def test_several_incidents_at_one_spot_are_all_reachable(page):
    click_map(page, *KHARKIV)
    seen = []
    for n in (1, 2, 3):
        expect(card(page).locator(".mapper-pager span")).to_have_text(f"{n} of 3 here")
        expect(card(page).locator(".mapper-card-body")).not_to_have_attribute("aria-busy", "true")
        seen.append(card(page).locator("h2").inner_text())
        card(page).get_by_role("button", name="Next").click()
    assert seen == [
        "Guided bombs on the Kyivskyi district",
        "Ракетный удар по Харькову",
        "Дрон влучив у приватний будинок у Харкові",
    ]


def test_totals_count_once_and_follow_the_layers(page):
    totals = page.locator(".mapper-totals")
    expect(totals).to_contain_text("10 incidents")
    expect(totals).to_contain_text("at least 4")
    expect(totals.locator("div", has_text="Intercepted").locator("dd")).to_have_text("30")
    page.locator("[data-type=interception]").uncheck()
    expect(totals).to_contain_text("9 incidents")
    expect(totals.locator("div", has_text="Intercepted").locator("dd")).to_have_text("7")
    settled(page)
    assert colour(page, "mapper-areas", 32.5, 52.6)[3] == 0
    expect(page.locator("[data-section=list]")).to_have_text("List (11)")


def test_every_layer_goes_off_and_on(page):
    boxes = page.locator(".mapper-groups input[data-type]")
    assert boxes.count() == 9
    for box in boxes.all():
        box.uncheck()
    expect(page.locator(".mapper-totals")).to_contain_text("0 incidents")
    settled(page)
    assert colour(page, "mapper-symbols", *SUMY)[3] == 0
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(".mapper-totals")).to_contain_text("10 incidents")
    attacks = page.locator("legend input").first
    attacks.uncheck()
    expect(page.locator(".mapper-totals")).to_contain_text("3 incidents")
    page.locator(".mapper-groups input[data-type=drone_strike]").check()
    assert attacks.evaluate("(e) => e.indeterminate")
    page.get_by_role("button", name="Show none").click()
    expect(page.locator(".mapper-totals")).to_contain_text("0 incidents")


def test_what_is_not_on_the_map_stands_in_its_drawer_with_the_reason(page):
    page.get_by_role("button", name="Not on the map (2)").click()
    drawer = page.locator(".mapper-section-unplaced")
    first = drawer.locator("li").first
    expect(first).to_contain_text("Missile fired at a military facility")
    expect(first).to_contain_text("Missile strike · 21 November 2024")
    expect(first).to_contain_text("known to the country only")
    expect(first).to_contain_text("Vladimir Putin — claimed")
    expect(first).to_contain_text("a new intermediate-range missile was fired")
    expect(drawer).to_contain_text("told as background, not as news")
    first.get_by_role("button").click()
    expect(fact(page, "Why it is not on the map")).to_have_text("known to the country only")


def test_the_list_leads_to_the_map_by_keyboard_alone(page):
    page.locator("[data-section=list]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".mapper-section-list h2")).to_be_focused()
    expect(page.locator("[role=grid]")).to_have_attribute("aria-rowcount", "13")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('role')") == "row":
            break
    for _ in range(13):
        if "Missiles at Odesa" in page.evaluate("document.activeElement.textContent"):
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(card(page).locator("h2")).to_have_text("Missiles at Odesa and Mykolaiv")
    expect(card(page).locator("h2")).to_be_focused()
    settled(page)
    size = page.locator("#map_main").bounding_box()
    for lon, lat in ((30.7326, 46.4775), (31.9946, 46.9659)):
        at = spot(page, lon, lat)
        assert 0 < at["x"] < size["width"] - 380
        assert 0 < at["y"] < size["height"]
    page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()
    assert "Missiles at Odesa" in page.evaluate("document.activeElement.textContent")


def test_about_says_policy_sources_and_ledger(page):
    page.locator("[data-section=about]").click()
    about = page.locator(".mapper-section-about")
    for words in (
        "68/262",
        "do not imply the expression of any opinion",
        *OPTIONS.attributions,
        "Leaflet 1.9.4",
        "BSD 2-Clause",
        "Made with mapper 0.1.0.",
        "As of 24 November 2024.",
    ):
        expect(about).to_contain_text(words)
    expect(about.locator(".mapper-ledger > div").nth(3)).to_have_text("not on the map2")
    about.get_by_text("1 rejected row").click()
    expect(about).to_contain_text(OPTIONS.rejected[0])


def test_hostile_text_shows_as_text_in_every_field(site, make):
    page = site.open(
        make(
            replace(
                OPTIONS,
                title=HOSTILE,
                description=HOSTILE,
                rejected=(HOSTILE,),
                attributions=(HOSTILE,),
                made_with=HOSTILE,
                as_of=HOSTILE,
                ledger={HOSTILE: 1},
            )
        )
    )
    assert page.locator("h1").evaluate("(e) => e.textContent") == HOSTILE
    assert page.title().split() == HOSTILE.split()
    page.locator("[data-section=about]").click()
    page.locator("[data-section=list]").click()
    rows(page).filter(has_text="Sabotage").click()
    expect(card(page).locator("h2")).to_be_visible()
    text = card(page).evaluate("(e) => e.textContent")
    # Title, place (its area and country say the same and are not repeated), actor, target, weapon, claimant, quote,
    # publisher, notes; a candidate's name and reason.
    assert text.count(HOSTILE) == 11
    assert card(page).locator("a").count() == 0
    assert page.locator("img").count() == 0
    assert "49" not in text


@pytest.mark.parametrize(
    ("lang", "layers", "night"),
    [
        ("uk", "Шари", "Ніч із 21 на 22 листопада 2024"),
        ("ru", "Слои", "Ночь с 21 на 22 ноября 2024"),
        ("de", "Ebenen", "Nacht vom 21. auf den 22. November 2024"),
    ],
)
def test_other_languages(site, make, lang, layers, night):
    page = site.open(make(replace(OPTIONS, lang=lang)))
    expect(page.locator("[data-section=layers]")).to_have_text(layers)
    page.locator("[data-section=list]").click()
    rows(page).filter(has_text="23 drones").click()
    expect(card(page)).to_contain_text(night)
    english = page.evaluate("document.querySelector('.mapper-page').innerText.match(/Who says|Where|Killed|Show all|Not on the map/)")
    assert english is None


def test_a_phone_shows_the_map_first_and_covers_nothing(site, make):
    page = site.open(make(), width=390, height=844, has_touch=True, is_mobile=True)
    expect(page.locator("#mapper-panel")).to_be_hidden()
    box = page.locator("#map_main").bounding_box()
    assert box["height"] > 500
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    buttons = page.locator(".mapper-tools button, .leaflet-bar a")
    for button in buttons.all():
        size = button.bounding_box()
        assert size["height"] >= 44
        assert size["width"] >= 44
    page.locator("[data-section=list]").tap()
    expect(page.locator("#mapper-panel")).to_be_visible()
    assert page.locator("#mapper-panel").bounding_box()["y"] > box["y"] + 100
    rows(page).filter(has_text="23 drones").tap()
    expect(page.locator("#mapper-panel")).to_be_hidden()
    expect(card(page).locator("h2")).to_be_visible()
    sheet, tools = card(page).bounding_box(), page.locator(".mapper-tools").bounding_box()
    assert sheet["y"] + sheet["height"] <= tools["y"] + 1
    assert sheet["y"] > box["y"] + 100
    settled(page)
    top = page.evaluate("map_main.latLngToContainerPoint([55.3, 36]).y"), page.evaluate("map_main.latLngToContainerPoint([51, 36]).y")
    assert 0 <= top[0] < top[1] <= sheet["y"] - box["y"] + 1


def test_a_tap_beside_a_dot_still_opens_it(site, make):
    page = site.open(make(), width=390, height=844, has_touch=True, is_mobile=True)
    at, box = spot(page, *SUMY), page.locator("#map_main").bounding_box()
    page.touchscreen.tap(box["x"] + at["x"] - 16, box["y"] + at["y"])
    expect(card(page).locator("h2")).to_have_text("Drones hit a residential area of Sumy")


def test_wide_or_narrow_nothing_sticks_out(site, make):
    for width, height in ((1440, 900), (1024, 700), (761, 800), (700, 500), (320, 568)):
        page = site.open(make(), width=width, height=height)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
        assert page.locator("#map_main").bounding_box()["width"] >= min(width, 400) - 80
        for other in ("list", "share", "about"):
            page.locator(f"[data-section={other}]").click()
            expect(page.locator(f".mapper-section-{other}")).to_be_visible()


def test_dark_and_without_motion(site, make):
    page = site.open(make(), color_scheme="dark", reduced_motion="reduce")
    assert colour(page, "mapper-ground", 33.0, 49.6)[:3] == [38, 42, 46]
    assert page.evaluate("map_main.options.zoomAnimation") is False
    page.emulate_media(color_scheme="light")
    settled(page)
    assert colour(page, "mapper-ground", 33.0, 49.6)[:3] == [247, 245, 240]


def test_zoomed_in_a_settlement_shows_its_size(page):
    assert colour(page, "mapper-areas", *SUMY, 20)[3] == 0
    page.evaluate("([lon, lat]) => map_main.setView([lat, lon], 11, {animate: false})", list(SUMY))
    settled(page)
    assert 10 < colour(page, "mapper-areas", *SUMY, 20)[3] < 80


def test_panning_keeps_symbols_on_their_places(page):
    page.evaluate("map_main.panBy([-333, 217], {animate: false})")
    settled(page)
    assert colour(page, "mapper-symbols", *SUMY)[:3] == [162, 59, 114]
    page.evaluate("map_main.setZoom(7.25, {animate: false})")
    settled(page)
    assert colour(page, "mapper-symbols", *SUMY)[:3] == [162, 59, 114]


def test_a_damaged_block_is_said_and_the_rest_works(site, make):
    html = re.sub(r'(type="application/vnd.mapper.text" id="[^"]+">).{40}', r"\1" + "A" * 40, make())
    page = site.open(html)
    click_map(page, *SUMY)
    expect(card(page)).to_contain_text("damaged")
    expect(page.locator(".mapper-totals")).to_contain_text("10 incidents")


def test_a_folium_marker_goes_onto_our_map(site):
    incident_map = IncidentMap(
        title="t", bounds=(30, 48, 40, 54), page={"ledger": [], "rejected": [], "attributions": [], "madeWith": "", "asOf": ""}
    )
    Basemap(StubBasemap()).add_to(incident_map)
    folium.CircleMarker([50, 34], radius=9).add_to(incident_map)
    tables, taxonomy = sample_tables(), Taxonomy.load()
    IncidentLayer(tables, draw(tables, taxonomy, StubBoundaries()), taxonomy=taxonomy).add_to(incident_map)
    page = site.open(incident_map.get_root().render())
    expect(page.locator("path.leaflet-interactive")).to_be_visible()


def test_the_layer_works_on_a_plain_folium_map(site):
    """Leaflet from the page's own link is stood in for by ours, for there is no network here."""
    from pathlib import Path

    import mapper

    leaflet = Path(mapper.__file__).parent / "frontend" / "node_modules" / "leaflet" / "dist"
    tables, taxonomy = sample_tables(), Taxonomy.load()
    plain = folium.Map(location=[50, 34], zoom_start=6, tiles=None)
    plain._id = "main"
    IncidentLayer(tables, draw(tables, taxonomy, StubBoundaries()), taxonomy=taxonomy).add_to(plain)
    html = plain.get_root().render()
    html = re.sub(r"<(?:script src|link rel)=[^>]*>(?:</script>)?", "", html)
    own = f"<style>{(leaflet / 'leaflet.css').read_text()}</style><script>{(leaflet / 'leaflet.js').read_text()}</script>"
    page = site.open(html.replace("<head>", "<head>" + own, 1), ready=".mapper-card")
    assert page.evaluate("map_main instanceof L.Map && incident_layer_main instanceof L.Layer")
    click_map(page, *SUMY)
    expect(card(page).locator("h2")).to_have_text("Drones hit a residential area of Sumy")
