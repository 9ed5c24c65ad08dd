"""What the layers beside GeoNames know: villages, raions, sites, regions, former names, and what they must not spoil."""

import csv

import pyarrow.parquet as pq
import pytest

from mapper.errors import GeodataError
from mapper.extraction.naming.toponyms import find
from mapper.gazetteer import curated
from mapper.gazetteer.boundaries import Boundaries
from mapper.gazetteer.index import Gazetteer
from mapper.gazetteer.layer import Layer
from mapper.gazetteer.spellings import in_latin, in_russian, spellings
from mapper.geocoding.location import Location, Unlocated
from mapper.geocoding.query import geocode
from mapper.geodata import data_dir

FOLDER = data_dir() / "gazetteer"


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.load(FOLDER)


@pytest.mark.parametrize(
    ("query", "lon", "lat", "km", "precision"),
    [
        ("Robotyne", 35.84, 47.45, 2, "settlement"),
        ("Rabotino", 35.84, 47.45, 2, "settlement"),
        ("Кліщіївка", 37.96, 48.53, 2, "settlement"),
        ("Клещеевка", 37.96, 48.53, 2, "settlement"),
        ("Snake Island", 30.20, 45.26, 2, "site"),
        ("острів Зміїний", 30.20, 45.26, 2, "site"),
        ("Engels-2", 46.21, 51.48, 3, "site"),
        ("Zaporizhzhia Nuclear Power Plant", 34.59, 47.51, 3, "site"),
        ("ZNPP", 34.59, 47.51, 3, "site"),
        ("ЗАЕС", 34.59, 47.51, 3, "site"),
        ("Saki air base", 33.60, 45.09, 3, "site"),
        ("Avdiivka Coke Plant", 37.71, 48.17, 3, "site"),
        ("Dnipropetrovsk", 35.04, 48.47, 5, "settlement"),
        ("Artemivsk", 38.00, 48.59, 5, "settlement"),
        ("Красноармейск", 37.18, 48.28, 5, "settlement"),
        ("Krasnyi Luch", 38.92, 48.14, 5, "settlement"),
        ("Severodonetsk", 38.49, 48.94, 5, "settlement"),
        ("Chervonohrad", 24.23, 50.39, 5, "settlement"),
    ],
)
def test_places_that_the_worlds_list_lacks_or_names_otherwise(gazetteer, query, lon, lat, km, precision):
    result = geocode(query, country="UA" if query == "Красноармейск" else None, gazetteer=gazetteer)
    assert isinstance(result, Location), result
    assert result.precision == precision
    assert abs(result.lat - lat) * 111 <= km
    assert abs(result.lon - lon) * 75 <= km


def test_donbas_is_two_oblasts_and_no_dot(gazetteer):
    region = gazetteer.named("Donbas")[0]
    assert (region.kind, region.precision, region.country) == ("region", "region", "UA")
    assert [area.id for area in gazetteer.parts(region)] == ["admin1:UA-09", "admin1:UA-14"]
    assert gazetteer.contains(region, gazetteer.named("Bakhmut")[0])
    assert not gazetteer.contains(region, gazetteer.place("gn:692194"))
    assert gazetteer.parts(gazetteer.place("gn:692194")) == ()
    assert geocode("Донбас", gazetteer=gazetteer).precision == "region"


def test_a_sea_is_water_of_no_country(gazetteer):
    sea = gazetteer.named("Black Sea")[0]
    assert (sea.kind, sea.precision, sea.country) == ("water", "water", "")


def test_a_village_of_the_codifier_is_a_circle_around_its_hromadas_seat(gazetteer):
    known = [place for place in gazetteer.named("Новоселівка Друга") if place.origin == "codifier"]
    assert len(known) == 2
    for place in known:
        assert (place.kind, place.precision, place.is_approximate, place.country) == ("settlement", "near", True, "UA")
        assert place.name == "Novoselivka Druha"
        assert 6 <= place.radius_km <= 40
        assert gazetteer.place(place.admin2).kind == "admin2"
    assert gazetteer.named("Novoselivka Druha") == gazetteer.named("Новоселівка Друга")


def test_many_places_of_one_name_are_counted_not_guessed(gazetteer):
    result = geocode("Andriivka", gazetteer=gazetteer)
    assert isinstance(result, Unlocated)
    assert "places are named Andriivka" in result.reason
    in_oblast = geocode("Andriivka, Donetsk Oblast", gazetteer=gazetteer)
    assert isinstance(in_oblast, Unlocated) or in_oblast.admin1 == "UA-14"


def test_a_raion_narrows_a_name(gazetteer):
    raion = next(place for place in gazetteer.named("Bakhmut Raion") if place.kind == "admin2")
    assert (raion.admin1, raion.precision) == ("UA-14", "admin2")
    assert gazetteer.named("Бахмутський район") == gazetteer.named("Бахмутского района") == (raion,)
    inside = [place for place in gazetteer.named("Андріївка") if gazetteer.contains(raion, place)]
    assert 1 <= len(inside) < len([place for place in gazetteer.named("Андріївка") if place.admin1 == "UA-14"])


def test_there_are_136_raions_and_former_ones_with_their_last_day(gazetteer):
    raions = [p for p in gazetteer.places() if p.kind == "admin2" and p.country == "UA" and p.origin == "districts"]
    assert len(raions) == 136
    assert len({(p.name, p.admin1) for p in raions}) == 136
    with (FOLDER / "places.csv").open(encoding="utf-8") as file:
        former = [row for row in csv.DictReader(file) if row["kind"] == "admin2"]
    assert len(former) > 100
    assert {row["valid_to"] for row in former} == {"2020-07-17"}
    assert geocode("Marinka Raion", gazetteer=gazetteer).precision == "admin2"


def test_what_an_approximate_village_must_not_do(gazetteer):
    base = Gazetteer([Layer.read(FOLDER / "places.parquet", FOLDER / "names.parquet")])
    for name in ("Sumy", "Kharkiv", "Lviv", "Odesa", "Poltava", "Mykolaiv", "Pokrovsk", "Bakhmut", "Izium", "Суми", "Сумах", "Одеси"):
        assert geocode(name, gazetteer=gazetteer).place_id == geocode(name, gazetteer=base).place_id, name
    villages = pq.read_table(FOLDER / "ukraine_places.parquet", columns=["name"])["name"].to_pylist()
    namesakes = {p.name for p in base.places() if p.country == "UA" and p.kind == "settlement"} & set(villages)
    for name in sorted(namesakes)[::40]:
        result = geocode(name, country="UA", gazetteer=gazetteer)
        solid = [p for p in gazetteer.named(name) if p.country == "UA" and not p.is_approximate]
        assert not solid or isinstance(result, Unlocated) or result.precision != "near", name


@pytest.mark.parametrize(
    "text",
    [
        "Slava Ukraini, said the president of Ukraine. Nadiia and Peremoha are words for Hope and Victory in Ukraine.",
        "Мир і Воля для України. Слава Україні! Надія є, і Перемога буде за нами.",
        "Shevchenko and Nesterenko scored twice for Ukraine on Friday.",
        "Партія Свобода і клуб Шахтар з України. Зоря і Десна зіграли внічию.",
    ],
)
def test_common_words_become_no_villages(gazetteer, text):
    lang = "en" if text.isascii() else "uk"
    base = Gazetteer([Layer.read(FOLDER / "places.parquet", FOLDER / "names.parquet")])
    before = {mention.name for mention in find(text, base, lang)}
    assert {mention.name for mention in find(text, gazetteer, lang)} - before == set()


def test_crimea_is_ukraine_in_every_layer(gazetteer):
    for place in gazetteer.places():
        if 33.0 < place.lon < 36.4 and 44.4 < place.lat < 45.7 and place.kind in {"settlement", "site"}:
            assert place.country == "UA", place


def test_members_and_parts_are_there():
    members = pq.read_table(FOLDER / "members.parquet")
    districts = set(pq.read_table(FOLDER / "districts_places.parquet", columns=["id"])["id"].to_pylist())
    assert set(members["admin2"].to_pylist()) <= districts
    assert members["place"].to_pylist() == sorted(members["place"].to_pylist())


def test_every_curated_row_says_why_it_is_there():
    with (FOLDER / "places.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 300
    assert [row["name"] for row in rows if not row["source"]] == []
    with (FOLDER / "renamed.csv").open(encoding="utf-8") as file:
        renamed = list(csv.DictReader(file))
    base = Layer.read(FOLDER / "places.parquet", FOLDER / "names.parquet")
    assert [row["current"] for row in renamed if base.identified(row["place_id"]) is None or not row["valid_to"]] == []


HEADER = "name,kind,country,admin1,lon,lat,radius_km,precision,aliases,valid_from,valid_to,note,source\n"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("X,site,UA,UA-99,30,50,1,site,,,,,me\n", "row 2, column admin1, value 'UA-99'"),
        ("X,castle,UA,UA-51,30,50,1,site,,,,,me\n", "row 2: kind 'castle'"),
        ("X,site,UA,UA-51,east,50,1,site,,,,,me\n", "row 2: could not convert"),
        ("X,site,UA,UA-51,30,50,1,site,,,,,me\nX,site,UA,UA-51,31,50,1,site,,,,,me\n", "two rows have one name"),
    ],
)
def test_a_bad_curated_row_is_named(tmp_path, row, message):
    path = tmp_path / "places.csv"
    path.write_text(HEADER + row, encoding="utf-8")
    with pytest.raises(GeodataError, match=message):
        curated.read(path, Layer.read(FOLDER / "places.parquet", FOLDER / "names.parquet"))


def test_a_curated_table_that_is_missing_or_of_another_shape(tmp_path):
    base = Layer.read(FOLDER / "places.parquet", FOLDER / "names.parquet")
    with pytest.raises(GeodataError, match="the file is missing"):
        curated.read(tmp_path / "places.csv", base)
    (tmp_path / "places.csv").write_text("name,lon\n", encoding="utf-8")
    with pytest.raises(GeodataError, match="the columns kind, country"):
        curated.read(tmp_path / "places.csv", base)


@pytest.mark.parametrize(
    ("ukrainian", "latin", "russian"),
    [
        ("Новоселівка Друга", "Novoselivka Druha", "новоселовка вторая"),
        ("Андріївка", "Andriivka", "андреевка"),
        ("Миколаївка", "Mykolaivka", "николаевка"),
        ("Старомайорське", "Staromaiorske", "старомайорское"),
        ("Новопіль", "Novopil", "новополь"),
        ("Часів Яр", "Chasiv Yar", "часов яр"),
    ],
)
def test_how_others_spell_a_ukrainian_name(ukrainian, latin, russian):
    assert in_latin(ukrainian) == latin
    assert in_russian(ukrainian) == russian
    assert spellings(ukrainian)[:2] == (latin.lower(), russian)
    assert spellings(latin) == ()


def test_a_village_with_the_population_of_a_town_of_its_name_is_no_town():
    gazetteer = Gazetteer.default()
    for name, town in (("Россошь", "gn:501231"), ("Заречный", "gn:464625"), ("Талица", "gn:1490281"), ("Лесной", "gn:829005")):
        assert gazetteer.named(name)[0].id == town
    labels = Boundaries.load().basemap((36, 49, 41, 53), max_cities=500).cities
    assert [(city.lon, city.lat) for city in labels if city.names["en"] == "Rossosh"] == [(39.5663, 50.1964)]


def test_a_population_that_is_no_number_is_refused(tmp_path):
    (tmp_path / "populations.csv").write_text("place_id,name,population,note\ngn:1,A,many,\n", encoding="utf-8")
    with pytest.raises(GeodataError, match="row 2, column population, value 'many'"):
        curated.read_populations(tmp_path / "populations.csv")
