"""A place is called what the map beside it calls it, in each of the page's languages, and only what it is surely called."""

from __future__ import annotations

import base64
import re
import zlib

import pyarrow as pa
import pyarrow.compute as pc
import pytest
import shapely
from page_sample import incident, place

from mapper.extraction.naming.toponyms import find
from mapper.gazetteer.index import Gazetteer
from mapper.gazetteer.local_names import LocalNames
from mapper.geocoding.voting import resolve_all
from mapper.page.columns import Columns
from mapper.page.doubt import doubtful
from mapper.page.names import KEY, names_of
from mapper.page.words import catalogue
from mapper.tables import Tables
from mapper.taxonomy import LANGUAGES, Taxonomy


@pytest.fixture(scope="module")
def local() -> LocalNames:
    return LocalNames.load()


@pytest.mark.parametrize(
    ("place_id", "uk", "ru", "de"),
    [
        ("gn:692194", "Суми", "Сумы", "Sumy"),
        ("gn:703448", "Київ", "Киев", "Kiew"),
        ("admin1:UA-59", "Сумська область", "Сумская область", "Oblast Sumy"),
        ("country:RU", "Росія", "Россия", "Russland"),
        ("admin2:UA-5910", "Шосткинський район", "Шосткинський район", "Rajon Schostka"),
        ("gn:530966", "Малоархангельськ", "Малоархангельск", "Maloarchangelsk"),
        # Only the codifier knows it, which has no Russian name of it.
        ("katottg:14160270170063766", "Панківка", "Панківка", "Pankiwka"),
        ("own:klishchiivka-UA-14", "Кліщіївка", "Клещеевка", "Klischtschijiwka"),
    ],
)
def test_places_of_every_kind_have_names(local, place_id, uk, ru, de):
    names = local.of(place_id)
    assert (names["uk"], names["ru"], names["de"]) == (uk, ru, de)


def test_regions_and_waters_have_names(local):
    assert local.of("own:black-sea-world", "Black Sea")["de"] == "Schwarzes Meer"
    assert local.of("admin1:UA-09+admin1:UA-14", "Donbas", "UA")["ru"] == "Донбасс"


def test_a_place_that_somebody_gave_is_the_city_of_its_name_at_its_position(local):
    assert local.of(None, "Hlukhiv", "UA", (33.92, 51.68))["uk"] == "Глухів"
    assert local.of(None, "Hlukhiv", "UA", (24.0, 50.38)) == {}
    assert local.of(None, "Hlukhiv", "RU", (33.92, 51.68)) == {}
    assert local.of(None, "Hlukhiv", "UA") == {}
    assert local.of("own:clinic-7", "Hlukhiv", "UA", (33.92, 51.68)) == {}


def _names(*rows):
    return names_of(Tables.from_records(list(rows), [], [], [shapely.Point(34.8, 50.9)] * len(rows)).arrow("incidents"))


SUMY = {"place_id": "gn:692194", "admin1": "UA-59", "admin1_name": "Sumy Oblast"}


def test_the_names_of_a_map_are_those_of_its_places_areas_countries_and_actors():
    names = _names(incident("a", "shelling", "Shelling", [place("Sumy", 34.8, 50.92, **SUMY)], actor="Russia"))

    assert names.say("uk", "Sumy", "Sumy Oblast", "UA") == "Суми"
    assert names.say("uk", "Sumy Oblast", "", "UA") == "Сумська область"
    assert names.say("de", "UA-59") == "Oblast Sumy"
    assert names.say("en", "UA-59") == "Sumy Oblast"
    assert names.say("ru", "UA") == "Украина"
    assert names.say("de", "Russia") == "Russland"
    assert names.say("de", "Germany") == "Germany"
    assert names.say("uk", "Sumy", "Kursk Oblast", "RU") == "Sumy"


def test_what_two_places_of_one_name_are_not_both_called_is_not_said():
    """Two villages that differ in Ukrainian only: what stands on the map is the name that the text has."""
    area = {"admin1": "UA-14", "admin1_name": "Donetsk Oblast"}
    one, other = (place("Pankivka", 37.3, 48.4, place_id=key, **area) for key in ("katottg:14160270170063766", "own:unknown-UA-14"))

    assert _names(incident("a", "shelling", "A", [one])).say("uk", "Pankivka", "Donetsk Oblast", "UA") == "Панківка"
    assert (
        _names(incident("a", "shelling", "A", [one]), incident("b", "shelling", "B", [other])).say("uk", "Pankivka", "Donetsk Oblast", "UA")
        == "Pankivka"
    )


def test_the_packed_names_are_read_back_and_leave_out_what_is_the_same():
    names = _names(incident("a", "shelling", "A", [place("Sumy", 34.8, 50.92, **SUMY)]))
    read = Columns.read(zlib.decompress(base64.b64decode(names.text()), -zlib.MAX_WBITS), "names")
    at = read.texts["key"].index(KEY.join(("Sumy", "Sumy Oblast", "UA")))

    assert read.texts["key"] == sorted(read.texts["key"])
    assert [read.texts[lang][at] for lang in ("en", "uk", "ru", "de")] == ["", "Суми", "Сумы", ""]
    assert _names(incident("a", "shelling", "A", [place("Nowhere", country=None)])).text() == ""


def _candidate(name, place_id, score, **other):
    shown = {"name": name, "place_id": place_id, "score": score, "country": "UA", "admin1": None, "lon": 1.0, "lat": 1.0, "reason": "r"}
    return shown | other


def test_only_other_places_that_could_well_be_meant_are_worth_doubt():
    candidates = [
        _candidate("Dnipro", "gn:709930", 0.6),
        _candidate("Dnipropetrovsk Oblast", "admin1:UA-12", 0.3),
        _candidate("Ukraine", "country:UA", 0.3),
        _candidate("Dnipro", "gn:1", 0.2),
        _candidate("Odessa", "gn:5527554", 0.01, country="US"),
        _candidate("Dnipro", None, None),
    ]
    chosen = place("Dnipro", 35.0, 48.4, place_id="gn:709930", admin1="UA-12", candidates=candidates)
    unknown = place("Dnipro", place_id=None, candidates=candidates)
    rows = [incident("a", "shelling", "A", [chosen, unknown])]
    lists = Tables.from_records(rows, [], [], [shapely.Point(35.0, 48.4)]).arrow("incidents")["places"].combine_chunks()

    flags = doubtful(pa.Table.from_struct_array(pc.list_flatten(lists)))
    # Of the place in an oblast of Ukraine that was chosen, and of the one of which only the country is known.
    assert flags.tolist() == [*(False, False, False, True, False, True), *(True, True, False, True, False, True)]


def test_the_page_has_words_for_all_that_the_program_says_of_candidates_and_weapons():
    gazetteer = Gazetteer.load()
    texts = [
        "Drones hit Antonivka and Beryslav in Kherson Oblast.",
        "Shells fell on Pankivka, Kindrativka and Odesa. Kyiv and Moscow spoke. Near Antonivka, Antonivka burned.",
        "У Сумах, Одесі, Краматорську та Покровському вибухи. У Київській області тривога.",
        "Обстріляно Клищеевку, Кліщіївку, Волчанск. Hulyaipole and Gulyaypole were hit.",
    ]
    reasons = {
        candidate.reason for text in texts for result in resolve_all(find(text, gazetteer), gazetteer) for candidate in result.candidates
    }
    phrases = {phrase for reason in reasons for phrase in re.split(r", (?!which )", reason) if phrase}
    keys = {f"because {re.sub(r'[0-9]+|(?<=^in ).+(?=, which)', '{n}', phrase, count=1)}" for phrase in phrases}

    assert len(keys) >= 9
    for lang in LANGUAGES:
        assert keys <= catalogue(lang).keys()
        assert {f"weapon_{weapon}" for weapon in Taxonomy.load().weapons} <= catalogue(lang).keys()
