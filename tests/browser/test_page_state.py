"""What the page says of its filters, and what it keeps while a reader goes on."""

from __future__ import annotations

import pytest
import shapely
from page_sample import KHARKIV, OPTIONS, SUMY, StubBoundaries, incident, place
from patience import settled, until
from playwright.sync_api import Page, expect

from mapper.page.render import render
from mapper.tables import Tables
from mapper.taxonomy import Taxonomy

ODESA = (30.7326, 46.4775)
EAST = (39.2, 49.6)


@pytest.fixture(scope="module")
def html() -> str:
    """Make three at one spot in Sumy, one in each of three other places, and one that is not on the map."""
    rows = [
        incident("i-1", "drone_strike", "First in Sumy", [place("Sumy", *SUMY)], day=1, killed_best=1),
        incident("i-2", "missile_strike", "Second in Sumy", [place("Sumy", *SUMY)], day=2, killed_best=7),
        incident("i-3", "shelling", "Third in Sumy", [place("Sumy", *SUMY)], day=3, killed_best=3),
        incident("i-4", "drone_strike", "In Kharkiv", [place("Kharkiv", *KHARKIV)], day=10, killed_best=2, status="confirmed"),
        incident("i-5", "missile_strike", "In Odesa", [place("Odesa", *ODESA)], day=20),
        incident("i-6", "shelling", "In the east", [place("Luhansk", *EAST)], day=21),
        incident("i-7", "shelling", "Somewhere", [], day=22, unplaced="the report names no place"),
    ]
    geometry = [shapely.Point(row["places"][0]["lon"], row["places"][0]["lat"]) if row["places"] else None for row in rows]
    return render(Tables.from_records(rows, [], [], geometry), OPTIONS, taxonomy=Taxonomy.load(), boundaries=StubBoundaries())


@pytest.fixture
def page(site, html) -> Page:
    return site.open(html)


def spot(page: Page, lon: float, lat: float) -> dict[str, float]:
    return page.evaluate("([lon, lat]) => { const p = map_main.latLngToContainerPoint([lat, lon]); return {x: p.x, y: p.y}; }", [lon, lat])


def click(page: Page, lon: float, lat: float) -> None:
    settled(page)
    page.locator("#map_main").click(position=spot(page, lon, lat))


def search(page: Page, words: str) -> None:
    page.locator("[data-section=list]").click()
    page.get_by_role("searchbox").fill(words)
    until(page, f"incident_layer_main.filters.query === {words!r}")


def card(page: Page):
    return page.locator(".mapper-card")


def limits(page: Page):
    return page.locator(".mapper-limits").first


def test_what_is_left_out_is_said_above_the_totals_and_on_paper(page):
    expect(limits(page)).to_be_empty()
    search(page, "Sumy")
    page.locator("[data-section=layers]").click()
    page.locator("[data-type=drone_strike]").uncheck()
    page.locator("[data-facet=status] summary").click()
    page.locator("[data-value='status:confirmed']").uncheck()
    expect(limits(page)).to_have_text("Filters: “Sumy” · Type: without Drone strike · Status: without Confirmed")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".mapper-paper .mapper-limits")).to_have_text(
        "Filters: “Sumy” · Type: without Drone strike · Status: without Confirmed"
    )
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.get_by_role("button", name="Show none").first.click()
    page.locator("[data-type=missile_strike]").check()
    expect(limits(page)).to_contain_text("Type: Missile strike ·")
    page.get_by_role("button", name="Show everything again").click()
    expect(limits(page)).to_be_empty()


def test_a_period_is_said_above_the_totals_and_once_on_paper(page):
    page.evaluate("location.hash = '#t=2024-11-02..2024-11-03'")
    expect(limits(page)).to_have_text("Filters: 2 Nov – 3 Nov 2024")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".mapper-paper .mapper-limits")).to_have_text("Filters: 2 Nov – 3 Nov 2024")
    expect(page.locator(".mapper-paper .mapper-period")).to_have_count(0)


def test_a_period_that_was_cumulative_begins_where_it_did(page):
    page.evaluate("location.hash = '#t=2024-11-02..2024-11-03'")
    expect(page.locator(".mapper-period")).to_have_text("2 Nov – 3 Nov 2024")
    page.get_by_label("Cumulative").check()
    expect(page.locator(".mapper-period")).to_have_text("1 Nov – 3 Nov 2024")
    page.get_by_label("Cumulative").uncheck()
    expect(page.locator(".mapper-period")).to_have_text("2 Nov – 3 Nov 2024")


def test_another_language_leaves_the_count_of_what_is_not_on_the_map(page):
    page.locator("[data-type=shelling]").uncheck()
    expect(page.locator("[data-section=unplaced]")).to_have_text("Not on the map (0)")
    page.get_by_label("Language").select_option("de")
    expect(page.locator("[data-section=unplaced]")).to_have_text("Nicht auf der Karte (0)")


def test_a_link_shows_its_incident_above_the_card_of_a_phone(site, html, page):
    click(page, *EAST)
    until(page, "location.hash.includes('i=i-6')")
    phone = site.open(html, width=390, height=844, fragment=page.evaluate("location.hash"))
    expect(card(phone).locator("h2")).to_have_text("In the east")
    settled(phone)
    at = spot(phone, *EAST)
    assert 0 < at["x"] < 390
    assert 0 < at["y"] + phone.locator("#map_main").bounding_box()["y"] < card(phone).bounding_box()["y"]


def test_places_far_apart_are_all_on_the_map_at_first(site):
    rows = [incident(f"i-{lon}", "shelling", "Far", [place("Far", lon, 40.0)], day=1) for lon in (-118.0, 140.0)]
    tables = Tables.from_records(rows, [], [], [shapely.Point(row["places"][0]["lon"], 40.0) for row in rows])
    page = site.open(render(tables, OPTIONS, taxonomy=Taxonomy.load(), boundaries=StubBoundaries()), width=390, height=844)
    for lon in (-118.0, 140.0):
        assert 0 < spot(page, lon, 40.0)["x"] < 390
    # A legend of what there is: neither areas nor several days.
    assert page.locator(".mapper-precision li").count() == 3


def test_a_quotation_that_was_cut_says_so(site):
    row = incident("i-1", "shelling", "Cut", [place("Sumy", *SUMY)], day=1)
    quote = "Shells fell on a street, and " * 7 + "on a"
    claims = [{"incident_id": "i-1", "by": "Mayor", "status": "claimed", "source_id": "s-1", "quote": quote[:200]}]
    tables = Tables.from_records([row], claims, [{"id": "s-1", "publisher": "Desk"}], [shapely.Point(*SUMY)])
    page = site.open(render(tables, OPTIONS, taxonomy=Taxonomy.load(), boundaries=StubBoundaries()))
    click(page, *SUMY)
    expect(card(page).locator("blockquote")).to_have_text(f"{quote[:200]} …")


def test_an_empty_map_says_why(page):
    notice = page.locator(".mapper-nothing")
    expect(notice).to_be_hidden()
    search(page, "zzzz")
    expect(notice).to_contain_text("Nothing on the map with these filters.")
    notice.get_by_role("button").click()
    expect(notice).to_be_hidden()
    expect(page.locator(".mapper-totals dd").first).to_have_text("6 incidents")


def test_a_card_says_that_the_filters_leave_its_incident_out(page):
    click(page, *KHARKIV)
    expect(card(page).locator("h2")).to_have_text("In Kharkiv")
    notice = card(page).locator(".mapper-card-notice")
    expect(notice).to_be_hidden()
    page.locator("[data-type=drone_strike]").uncheck()
    expect(notice).to_have_text("The filters leave this incident out.")
    page.locator("[data-type=drone_strike]").check()
    expect(notice).to_be_hidden()


def test_another_language_leaves_pager_order_and_open_filters_as_they_are(page):
    click(page, *SUMY)
    card(page).get_by_role("button", name="Next").click()
    expect(card(page).locator("h2")).to_have_text("Second in Sumy")
    page.locator("[data-facet=status] summary").click()
    page.locator("[data-section=list]").click()
    page.locator("[data-column=killed] button").click()
    page.get_by_label("Language").select_option("de")
    expect(card(page).locator(".mapper-pager")).to_contain_text("2 von 3")
    expect(card(page).locator("h2")).to_have_text("Second in Sumy")
    expect(page.locator("[data-column=killed]")).to_have_attribute("aria-sort", "descending")
    page.locator("[data-section=layers]").click()
    expect(page.locator("[data-facet=status]")).to_have_attribute("open", "")


def test_the_order_of_the_list_is_in_the_link(site, html, page):
    page.locator("[data-section=list]").click()
    until(page, "location.hash.startsWith('#v=')")
    assert "sort" not in page.evaluate("location.hash")
    page.locator("[data-column=killed] button").click()
    page.locator("[data-column=killed] button").click()
    until(page, "location.hash.includes('sort=-killed')")
    again = site.open(html, fragment=page.evaluate("location.hash"))
    again.locator("[data-section=list]").click()
    expect(again.locator("[data-column=killed]")).to_have_attribute("aria-sort", "ascending")
    expect(again.locator(".mapper-table-size [role=row]").first).to_contain_text("First in Sumy")
    again.evaluate("location.hash = '#sort=type'")
    expect(again.locator("[data-column=type]")).to_have_attribute("aria-sort", "ascending")


def test_what_is_clicked_does_not_vanish_under_its_card(page):
    before = spot(page, *EAST)
    click(page, *EAST)
    expect(card(page).locator("h2")).to_have_text("In the east")
    settled(page)
    edge = page.evaluate(
        "document.querySelector('.mapper-card').getBoundingClientRect().left - map_main.getContainer().getBoundingClientRect().left"
    )
    assert before["x"] > edge, "the card would not have covered it"
    assert spot(page, *EAST)["x"] < edge
    assert spot(page, *EAST)["y"] == pytest.approx(before["y"], abs=1)


def test_what_is_said_under_the_pointer_goes_with_a_click(page):
    settled(page)
    page.locator("#map_main").hover(position=spot(page, *SUMY))
    expect(page.locator(".mapper-tip")).to_have_text("3 incidents")
    click(page, *SUMY)
    expect(card(page)).to_be_visible()
    expect(page.locator(".mapper-tip")).to_be_hidden()


def test_a_row_of_what_is_in_view_leaves_the_list_as_it_is(page):
    page.evaluate("map_main.fitBounds([[45, 29], [52, 41]], {animate: false})")
    page.get_by_label("Only what is in view of the map").check()
    page.locator("[data-section=list]").click()
    rows = page.locator(".mapper-table-size [role=row]")
    expect(rows).to_have_count(6)
    rows.filter(has_text="In Odesa").click()
    expect(card(page).locator("h2")).to_have_text("In Odesa")
    settled(page)
    expect(rows).to_have_count(6)


def test_a_period_within_a_month_is_drawn_as_long_as_it_is(page):
    page.evaluate("incident_layer_main.filters.setPeriod({from: 20028, to: 20037})")  # 1 to 10 November of 1 to 22
    page.get_by_label("Step").select_option("month")
    until(page, "document.querySelector('.mapper-brush').style.width !== ''")
    until(page, "Math.abs(parseFloat(document.querySelector('.mapper-brush').style.width) - 100 * 10 / 30) < 1")


def test_the_count_of_a_group_says_what_of_it_is_not_on_the_map(page):
    head = page.locator("legend").filter(has_text="Attacks")
    expect(head.locator(".mapper-count")).to_contain_text("6 +1")


def test_what_borders_leave_of_a_circle_is_what_can_be_clicked(site):
    lon, lat = 34.5, 51.3
    raion = place("Raion", lon, lat, precision="admin2", radius_km=30.0, place_id="admin2:x", admin1="RU-KRS", country="RU")
    tables = Tables.from_records([incident("i", "shelling", "In a district", [raion])], [], [], [shapely.Point(lon, lat)])
    page = site.open(render(tables, OPTIONS, taxonomy=Taxonomy.load(), boundaries=StubBoundaries()), fragment=f"#v=9/{lat}/{lon}")
    click(page, lon - 0.38, lat)  # the border is 0.3 degrees off, the edge of the circle 0.43
    settled(page)
    expect(card(page)).to_be_hidden()
    click(page, lon - 0.2, lat)
    expect(card(page).locator("h2")).to_have_text("In a district")
