"""Going back on a phone: it closes what covers the map, and leaves the page and its link as they are."""

from __future__ import annotations

import pytest
from patience import settled, until
from playwright.sync_api import Page, expect

PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}


@pytest.fixture
def phone(site, make) -> Page:
    return site.open(make(), **PHONE)


def entries(page: Page) -> int:
    return page.evaluate("history.length")


def centre(page: Page) -> list[float]:
    return page.evaluate("[map_main.getCenter().lat, map_main.getCenter().lng]")


def open_first(page: Page) -> None:
    page.locator("[data-section=list]").click()
    page.locator(".mapper-table-size [role=row]").first.click()
    expect(page.locator(".mapper-card h2")).to_be_visible()


@pytest.mark.parametrize("section", ["layers", "list", "share", "about"])
def test_back_closes_what_lies_over_the_map(phone, section):
    before = entries(phone)
    phone.locator(f"[data-section={section}]").click()
    until(phone, "history.state === 'sheet'")
    expect(phone.locator("#mapper-panel")).to_be_visible()
    phone.go_back()
    expect(phone.locator("#mapper-panel")).to_be_hidden()
    expect(phone.locator("html")).to_have_attribute("data-mapper", "ready")
    assert entries(phone) == before + 1


def test_back_closes_the_card_that_the_list_gave_way_to_and_its_link_goes(phone):
    before = entries(phone)
    open_first(phone)
    until(phone, "location.hash.includes('i=')")
    settled(phone)
    view = centre(phone)
    phone.go_back()
    expect(phone.locator(".mapper-card")).to_be_hidden()
    until(phone, "!location.hash.includes('i=')")
    assert entries(phone) == before + 1
    assert centre(phone) == pytest.approx(view, abs=0.01)


def test_what_is_closed_by_its_button_leaves_no_entry_behind(phone):
    before = entries(phone)
    for _ in range(3):
        open_first(phone)
        until(phone, "history.state === 'sheet'")
        phone.locator(".mapper-card .mapper-close").click()
        until(phone, "history.state === 'map'")
    assert entries(phone) == before + 1
    expect(phone.locator(".mapper-card")).to_be_hidden()


def test_a_panel_over_a_card_goes_first(phone):
    open_first(phone)
    phone.locator("[data-section=about]").click()
    phone.go_back()
    expect(phone.locator("#mapper-panel")).to_be_hidden()
    expect(phone.locator(".mapper-card")).to_be_visible()
    until(phone, "history.state === 'sheet'")
    phone.go_back()
    expect(phone.locator(".mapper-card")).to_be_hidden()


def test_forward_opens_again_what_the_link_names(phone):
    open_first(phone)
    until(phone, "location.hash.includes('i=')")
    title = phone.locator(".mapper-card h2").inner_text()
    phone.go_back()
    expect(phone.locator(".mapper-card")).to_be_hidden()
    phone.go_forward()
    expect(phone.locator(".mapper-card h2")).to_have_text(title)


def test_another_link_is_followed_while_something_is_open(phone):
    phone.locator("[data-section=about]").click()
    until(phone, "history.state === 'sheet'")
    phone.evaluate("location.hash = '#no-type=explosion&v=6/49/33'")
    until(phone, "map_main.getZoom() === 6 && incident_layer_main.filters.isAnyFiltered")


def test_beside_a_map_that_is_wide_nothing_is_added(page):
    before = entries(page)
    open_first(page)
    until(page, "location.hash.includes('i=')")
    assert entries(page) == before
