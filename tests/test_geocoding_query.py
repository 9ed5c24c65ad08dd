"""Free queries: what is answered, and what is honestly not."""

import json
from dataclasses import replace

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.crs import great_circle_km
from mapper.extraction.naming.mentions import Mention
from mapper.gazetteer.index import Gazetteer
from mapper.geocoding.batch import json_lines
from mapper.geocoding.location import Location, Unlocated
from mapper.geocoding.placing import between, moved
from mapper.geocoding.query import as_record, geocode, geocode_columns
from mapper.geodata import data_dir

NAMES = pq.read_table(data_dir() / "gazetteer" / "places.parquet", columns=["name"])["name"]


@pytest.mark.parametrize(
    ("query", "place_id", "precision"),
    [
        ("Sumy", "gn:692194", "settlement"),
        ("sumy", "gn:692194", "settlement"),
        ("Суми", "gn:692194", "settlement"),
        ("м. Суми", "gn:692194", "settlement"),
        ("Sumy Ukraine", "gn:692194", "settlement"),
        ("Ukraine, Sumy", "gn:692194", "settlement"),
        ("near Sumy", "gn:692194", "near"),
        ("12 km north of Sumy", "gn:692194", "near"),
        ("outskirts of Vovchansk", "gn:689304", "near"),
        ("Kursk", "gn:538560", "settlement"),
        ("city of Kursk", "gn:538560", "settlement"),
        ("Kursk region", "admin1:RU-KRS", "admin1"),
        ("Gebiet Kursk", "admin1:RU-KRS", "admin1"),
        ("Курская область", "admin1:RU-KRS", "admin1"),
        ("Сумська область", "admin1:UA-59", "admin1"),
        ("обл. Сумська", "admin1:UA-59", "admin1"),
        ("the Kharkiv region", "admin1:UA-63", "admin1"),
        ("Kyiv region", "admin1:UA-32", "admin1"),
        ("Kyiv", "gn:703448", "settlement"),
        ("Kyiv city", "gn:703448", "settlement"),
        ("Moscow region", "admin1:RU-MOS", "admin1"),
        ("Charkiw", "gn:706483", "settlement"),
        ("Pokrovsk, Donetsk Oblast", "gn:704422", "settlement"),
        ("Romny, Sumy", "gn:695464", "settlement"),
        ("Romny in the Sumy region", "gn:695464", "settlement"),
        ("Ромни Сумської області", "gn:695464", "settlement"),
        ("Crimea", "admin1:UA-43", "admin1"),
        ("Sevastopol", "gn:694423", "settlement"),
        ("Odesa", "gn:698740", "settlement"),
        ("Odessa, Texas", "gn:5527554", "settlement"),
        ("Paris, Texas", "gn:4717560", "settlement"),
        ("London, Ontario", "gn:6058560", "settlement"),
        ("Oxford, England", "gn:2640729", "settlement"),
        ("Mexico City", "gn:3530597", "settlement"),
        ("Washington", "gn:4140963", "settlement"),
        ("Ukraine", "country:UA", "country"),
        ("США", "country:US", "country"),
    ],
)
def test_located(gazetteer, query, place_id, precision):
    result = geocode(query, gazetteer=gazetteer)
    assert isinstance(result, Location), result
    assert (result.place_id, result.precision) == (place_id, precision)
    assert result.score >= 0.5


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("Andriivka", "places are named Andriivka; the query names no oblast"),
        ("Springfield", "places are named Springfield; the query names no"),
        ("Cambridge", "places are named Cambridge; the query names no country or region"),
        ("Xyzzyville", "no place named Xyzzyville in the gazetteer"),
        ("Smith", "a surname as often as a place"),
        ("Governor Smith", "the name of a person"),
        ("Sumy, Russia", "no place named Sumy is known in Russia"),
        ("", "the query is empty"),
        ("  \t", "the query is empty"),
        ("---", "has no letters"),
        (",", "has no letters"),
    ],
)
def test_unlocated_with_a_reason(gazetteer, query, reason):
    result = geocode(query, gazetteer=gazetteer)
    assert isinstance(result, Unlocated), result
    assert reason in result.reason


@pytest.mark.parametrize(
    ("query", "given", "place_id"),
    [
        ("Romny", {"country": "UA"}, "gn:695464"),
        ("Romny", {"country": "RU"}, "gn:2017409"),
        ("Romny", {"country": "ru"}, "gn:2017409"),
        ("Pokrovsk", {"country": "Ukraine"}, "gn:704422"),
        ("Pokrovsk", {"country": "Україна", "admin1": "Донецька область"}, "gn:704422"),
        ("Pokrovsk", {"admin1": "UA-14"}, "gn:704422"),
        ("Pokrovsk", {"admin1": "Donezk"}, "gn:704422"),
        ("Odessa", {"admin1": "Texas"}, "gn:5527554"),
        ("Kyiv", {"admin1": "Kyiv"}, "gn:703448"),
        ("Kursk region", {"admin1": "Kursk Oblast"}, "admin1:RU-KRS"),
    ],
)
def test_country_and_area_given(gazetteer, query, given, place_id):
    result = geocode(query, gazetteer=gazetteer, **given)
    assert isinstance(result, Location), result
    assert result.place_id == place_id


@pytest.mark.parametrize(
    ("query", "given", "reason"),
    [
        ("Sumy", {"country": "RU"}, "no place named Sumy is known in RU; the gazetteer has it in UA"),
        ("Simferopol", {"country": "RU"}, "the gazetteer has it in UA"),
        ("Kursk region", {"country": "UA"}, "no place named Kursk is known in UA"),
        ("Sumy", {"country": "ZZ"}, "no country 'ZZ'"),
        ("Sumy", {"admin1": "Nowhere"}, "no region 'Nowhere'"),
        ("Kharkiv", {"admin1": "UA-59"}, "no place named Kharkiv is known in Sumy Oblast"),
        ("Ivanivka", {"country": "UA"}, "places are named Ivanivka; the query names no oblast"),
    ],
)
def test_a_filter_is_never_stretched(gazetteer, query, given, reason):
    result = geocode(query, gazetteer=gazetteer, **given)
    assert isinstance(result, Unlocated), result
    assert reason in result.reason


def test_offsets_move_the_point_and_widen_the_ring(gazetteer):
    sumy = geocode("Sumy", gazetteer=gazetteer)
    near = geocode("near Sumy", gazetteer=gazetteer)
    north = geocode("12 km north of Sumy", gazetteer=gazetteer)
    away = geocode("12 km from Sumy", gazetteer=gazetteer)
    assert (near.lon, near.lat, near.radius_km) == (sumy.lon, sumy.lat, 25.0)
    assert north.lon == pytest.approx(sumy.lon, abs=0.001)
    assert (north.lat - sumy.lat) * 111.2 == pytest.approx(12, abs=0.1)
    assert away.radius_km == pytest.approx(12 + sumy.radius_km, abs=0.1)


def test_a_continent_is_as_coarse_as_a_country(gazetteer):
    for query in ("Middle East", "the Middle East", "Europe", "Африка"):
        found = geocode(query, gazetteer=gazetteer)
        assert (found.precision, found.country) == ("country", "")
        assert found.radius_km > 1000
    assert isinstance(geocode("Europe", country="UA", gazetteer=gazetteer), Unlocated)


def test_an_area_is_no_site(gazetteer):
    region = geocode("Kursk region", gazetteer=gazetteer)
    assert region.precision == "admin1"
    assert region.radius_km > 50
    assert "Andriivka" in {candidate.name for candidate in geocode("Andriivka", gazetteer=gazetteer).candidates}


KEYS = [
    "query",
    "status",
    "name",
    "lon",
    "lat",
    "precision",
    "radius_km",
    "country",
    "admin1",
    "place_id",
    "score",
    "method",
    "reason",
    "candidates",
]


def test_records_have_the_keys_of_the_contract(gazetteer):
    for query in ("Sumy", "Andriivka", "Xyzzyville", "", "Ukraine"):
        result = geocode(query, gazetteer=gazetteer)
        record = as_record(query, result)
        assert list(record) == KEYS
        assert (record["reason"] is None) == (record["status"] == "located")
        assert (record["lon"] is None) == (record["status"] == "unlocated")
        json.dumps(record, allow_nan=False)


def test_columns_give_one_result_a_row_in_order(gazetteer):
    queries = ["Sumy", None, "Romny", "Romny", "Sumy"]
    results = geocode_columns(queries, ["", None, "UA", "RU", None], None, gazetteer=gazetteer)
    assert [getattr(result, "country", None) for result in results] == ["UA", None, "UA", "RU", "UA"]
    assert results[0] is results[4]
    with pytest.raises(ValueError, match="shorter"):
        geocode_columns(queries, ["UA"], gazetteer=gazetteer)


@given(st.text(max_size=25), st.sampled_from(["UA", "RU", "US", "DE", "FR"]))
@settings(deadline=None)
def test_the_country_filter_never_returns_another_country(query, country):
    result = geocode(query, country=country, gazetteer=Gazetteer.default())
    assert isinstance(result, Unlocated) or result.country == country


@given(st.integers(0, len(NAMES) - 1), st.sampled_from(["UA", "RU", "US", "GB", "BY"]))
@settings(deadline=None, max_examples=200)
def test_the_country_filter_holds_for_real_names(number, country):
    result = geocode(NAMES[number].as_py(), country=country, gazetteer=Gazetteer.default())
    assert isinstance(result, Unlocated) or result.country == country


def test_between_two_towns_is_a_ring_around_the_middle(gazetteer):
    found = geocode("between Sumy and Konotop", gazetteer=gazetteer)
    one, other = geocode("Sumy", gazetteer=gazetteer), geocode("Konotop", gazetteer=gazetteer)
    assert found.precision == "near"
    assert found.radius_km == pytest.approx(great_circle_km(one.lon, one.lat, other.lon, other.lat) / 2, abs=0.1)
    assert found.lat == pytest.approx((one.lat + other.lat) / 2, abs=0.05)


def test_a_long_road_is_no_spot(gazetteer):
    result = geocode("Kyiv-Chop highway", gazetteer=gazetteer)
    assert isinstance(result, Unlocated)
    assert "too far apart" in result.reason


def test_a_middle_across_the_antimeridian(gazetteer):
    suva = geocode("Suva", gazetteer=gazetteer)
    east = replace(suva, lon=179.5, lat=-18.0, place_id="a")
    west = replace(suva, lon=-179.5, lat=-18.0, place_id="b")
    found = between(east, west, Mention("x", 0, 1, "x"))
    assert abs(found.lon) == pytest.approx(180, abs=0.01)


@pytest.mark.parametrize(("lon", "lat"), [(0, 90), (0, -90), (180, 0), (-180, 0), (179.99, 89.9)])
def test_an_offset_from_the_ends_of_the_world_is_a_place_on_it(lon, lat):
    for bearing in range(0, 360, 45):
        there = moved(lon, lat, 25.0, bearing)
        assert -180 <= there[0] <= 180
        assert -90 <= there[1] <= 90
        assert great_circle_km(lon, lat, *there) == pytest.approx(25, abs=0.1)


def test_an_unknown_container_does_not_pass_in_silence(gazetteer):
    assert isinstance(geocode("Semyduby, Qwertyshire", gazetteer=gazetteer), Unlocated)
    assert "unknown container" in geocode("Kharkiv, Saltivskyi Masyv Nomer", gazetteer=gazetteer).method


def test_a_misspelt_name_needs_a_country(gazetteer):
    assert isinstance(geocode("Kramatrosk", gazetteer=gazetteer), Unlocated)
    found = geocode("Kramatrosk", country="UA", gazetteer=gazetteer)
    assert (found.name, found.method.partition(" ")[0]) == ("Kramatorsk", "misspelt")
    assert found.score < 0.9


def test_lines_of_json_come_in_order_and_once_a_query(gazetteer):
    rows = [("Sumy", None, None), ("Xyzzyville", "UA", None), ("Sumy", None, None)]
    lines = list(json_lines(rows, gazetteer))
    assert lines[0] is lines[2]
    assert [json.loads(line)["status"] for line in lines] == ["located", "unlocated", "located"]


def test_what_the_gazetteer_lacks_may_be_asked_elsewhere(gazetteer):
    def elsewhere(query, result, country):
        return geocode("Sumy", gazetteer=gazetteer) if isinstance(result, Unlocated) else result

    (line,) = json_lines([("Xyzzyville", None, None)], gazetteer, fallback=elsewhere)
    assert json.loads(line)["name"] == "Sumy"


@pytest.mark.parametrize(
    ("query", "raion"),
    [
        ("Одесский район", "Odesa Raion"),
        ("Горловский район", "Horlivka Raion"),
        ("Горловский район, Донецкая область", "Horlivka Raion"),
        ("в Богодуховском районе", "Bohodukhiv Raion"),
        ("Белоцерковский район", "Bila Tserkva Raion"),
        ("Прилукский район", "Pryluky Raion"),
        ("Феодосийский район", "Feodosiia Raion"),
        ("Ахтырский район Сумской области", "Okhtyrka Raion"),
        ("Новгород-Северский район", "Novhorod-Siverskyi Raion"),
        ("Вознесенский район", "Voznesensk Raion"),
        ("Кальміуський район", "Kalmiuske Raion"),
        ("Rajon Nikopol", "Nikopol Raion"),
        ("Rajon Odessa", "Odesa Raion"),
        ("Raion Tschuhujiw, Gebiet Charkiw", "Chuhuiv Raion"),
    ],
)
def test_a_raion_is_known_by_the_town_of_its_adjective_and_with_its_noun_first(gazetteer, query, raion):
    found = geocode(query, gazetteer=gazetteer)
    assert (found.name, found.precision) == (raion, "admin2")


@pytest.mark.parametrize("query", ["село Неведомое, Бахмутский район", "Ахтырский район Львовской области"])
def test_a_district_stands_in_for_nothing_that_it_is_not(gazetteer, query):
    assert isinstance(geocode(query, gazetteer=gazetteer), Unlocated)
