"""Places, weapons and reasons are said in the reader's language, as the map beside them says them, and found in any."""

from __future__ import annotations

import pytest
import shapely
from page_sample import OPTIONS, SUMY, StubBoundaries, incident, place
from playwright.sync_api import Page, expect

from mapper.incidents import TAG_TITLE_GENERATED
from mapper.page.render import render
from mapper.tables import Tables
from mapper.taxonomy import Taxonomy

HLUKHIV = (33.92, 51.68)


def _candidate(name: str, place_id: str, score: float, reason: str, admin1: str, country: str = "UA") -> dict:
    return {
        "name": name,
        "place_id": place_id,
        "score": score,
        "reason": reason,
        "admin1": admin1,
        "country": country,
        "lon": 1.0,
        "lat": 1.0,
    }


@pytest.fixture(scope="module")
def html() -> str:
    candidates = [
        _candidate("Sumy", "gn:692194", 0.8, "its own name, 256474 people", "UA-59"),
        _candidate("Sumy Oblast", "admin1:UA-59", 0.1, "its own name, 1096331 people", "UA-59"),
        _candidate("Dnipro", "gn:709930", 0.1, "its own name, known to its hromada only, 12 km from another place of the text", "UA-12"),
        _candidate("Odessa", "gn:5527554", 0.01, "a spelling of its name, 114428 people", "US-TX", "US"),
    ]
    sumy = place("Sumy", *SUMY, place_id="gn:692194", admin1="UA-59", admin1_name="Sumy Oblast", candidates=candidates)
    made = {"tags": [TAG_TITLE_GENERATED]}
    rows = [
        incident("i-sumy", "drone_strike", "Drone strike, Sumy", [sumy], weapon="drone, missile", actor="Russia", **made),
        incident("i-given", "shelling", "Shelling of a market", [place("Hlukhiv", *HLUKHIV)]),
        incident("i-country", "interception", "Interception, place not named", [], unplaced="known to the country only: Ukraine", **made),
    ]
    geometry = [shapely.Point(SUMY), shapely.Point(HLUKHIV), None]
    return render(Tables.from_records(rows, [], [], geometry), OPTIONS, taxonomy=Taxonomy.load(), boundaries=StubBoundaries())


@pytest.fixture
def page(site, html) -> Page:
    return site.open(html)


def rows(page: Page):
    return page.locator(".mapper-table-size [role=row]")


def cell(page: Page, words: str, name: str):
    return rows(page).filter(has_text=words).locator(f".mapper-cell-{name}")


@pytest.mark.parametrize(
    ("lang", "title", "given", "nowhere"),
    [
        ("en", "Drone strike, Sumy", "Hlukhiv", "Interception, place not named"),
        ("uk", "Удар безпілотників, Суми", "Глухів", "Перехоплення, місце не вказано"),
        ("ru", "Удар беспилотников, Сумы", "Глухов", "Перехват, место не указано"),
        ("de", "Drohnenangriff, Sumy", "Hluchiw", "Abfangen, Ort nicht angegeben"),
    ],
)
def test_the_list_calls_places_as_the_map_does(page, lang, title, given, nowhere):
    page.locator(".mapper-language").select_option(lang)
    page.locator("[data-section=list]").click()
    expect(cell(page, title, "title")).to_have_text(title)
    expect(cell(page, "Shelling of a market", "place")).to_have_text(given)
    expect(cell(page, nowhere, "title")).to_have_text(nowhere)


@pytest.mark.parametrize(
    ("lang", "said", "doubt"),
    [
        (
            "uk",
            ["Суми, Сумська область, Україна", "Росія", "дрон, ракета"],
            "Дніпро, Дніпропетровська область, Україна — власна назва, відомо лише громаду, 12 км від іншого місця з тексту",
        ),
        (
            "de",
            ["Sumy, Oblast Sumy, Ukraine", "Russland", "Drohne, Rakete"],
            "Dnipro, Oblast Dnipropetrowsk, Ukraine — der eigene Name, nur bis zur Hromada bekannt, 12 km von einem anderen Ort des Textes",
        ),
        (
            "en",
            ["Sumy, Sumy Oblast, Ukraine", "Russia", "drone, missile"],
            "Dnipro, Dnipropetrovsk Oblast, Ukraine — its own name, known to its hromada only, 12 km from another place of the text",
        ),
    ],
)
def test_the_card_says_places_weapons_actors_and_only_what_else_could_be_meant(page, lang, said, doubt):
    page.locator(".mapper-language").select_option(lang)
    page.locator("[data-section=list]").click()
    rows(page).filter(has_text="Суми" if lang == "uk" else "Sumy").click()
    card = page.locator(".mapper-card")
    for words in said:
        expect(card.locator(".mapper-facts")).to_contain_text(words)
    expect(card.locator("details li")).to_have_text([doubt])


def test_why_something_is_not_on_the_map_names_the_country_in_the_readers_language(page):
    page.locator(".mapper-language").select_option("ru")
    page.locator("[data-section=unplaced]").click()
    expect(page.locator(".mapper-entry-reason")).to_contain_text("Украина")


@pytest.mark.parametrize(
    ("words", "found"),
    [("Sumy", 1), ("Суми", 1), ("сумы", 1), ("Сумська", 1), ("Україна", 2), ("Ukraine", 2), ("Глухов", 1), ("Hluchiw", 1), ("Харків", 0)],
)
@pytest.mark.parametrize("lang", ["en", "uk"])
def test_a_place_is_found_by_its_name_in_any_language(page, lang, words, found):
    page.locator(".mapper-language").select_option(lang)
    page.locator("[data-section=list]").click()
    page.locator("input[type=search]").fill(words)
    expect(rows(page)).to_have_count(found)
