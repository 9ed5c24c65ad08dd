"""The committed gazetteer: what it answers, how fast, and what it says when a file is broken."""

import subprocess
import sys

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.errors import GeodataError
from mapper.gazetteer.index import Gazetteer
from mapper.gazetteer.names import fold
from mapper.gazetteer.place import KINDS, radius_of_settlement
from mapper.geodata import data_dir
from mapper.incidents import PRECISIONS


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.load()


@pytest.mark.parametrize("name", ["Sumy", "SUMY", "Суми", "Сумы", "Soumy", "Сумах", "Сум"])
def test_sumy_in_every_spelling(gazetteer, name):
    assert "gn:692194" in {place.id for place in gazetteer.named(name)}


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Сумська область", "admin1:UA-59"),
        ("Сумської області", "admin1:UA-59"),
        ("Сумській обл.", "admin1:UA-59"),
        ("Сумщині", "admin1:UA-59"),
        ("Курской областью", "admin1:RU-KRS"),
        ("Oblast Kiew", "admin1:UA-32"),
        ("Kursk Oblast", "admin1:RU-KRS"),
        ("Crimea", "admin1:UA-43"),
        ("Краснодарский край", "admin1:RU-KDA"),
        ("Україна", "country:UA"),
        ("Украине", "country:UA"),
        ("Nordkorea", "country:KP"),
        ("КНДР", "country:KP"),
        ("U.S.", "country:US"),
        ("England", "admin1:GB-ENG"),
        ("Sicily", "admin1:IT-82"),
        ("Кривому Розі", "gn:703845"),
        ("Ростове-на-Дону", "gn:501175"),
        ("Білій Церкві", "gn:712165"),
        ("Kiew", "gn:703448"),
        ("Charkiw", "gn:706483"),
    ],
)
def test_names_of_areas_and_countries(gazetteer, name, place_id):
    assert place_id in {place.id for place in gazetteer.named(name)}


@pytest.mark.parametrize(
    ("name", "place", "area"),
    [
        ("Шебекіному", "Shebekino", "RU-BEL"),
        ("Рильська", "Rylsk", "RU-KRS"),
        ("Вольного Поля", "Vilne Pole", "UA-14"),
        ("Россоши", "Rossosh", "RU-VOR"),
        ("Покровске", "Pokrovsk", "UA-14"),
        ("Новій Таволжанці", "Novaya Tavolzhanka", "RU-BEL"),
        ("Узловій", "Uzlovaya", "RU-TUL"),
        ("Мінеральних Вод", "Mineralnye Vody", "RU-STA"),
        ("Верхньої Терси", "Verkhnia Tersa", "UA-23"),
        ("Золотого Колодезя", "Zolotyi Kolodiaz", "UA-14"),
        ("Вильчи", "Vilcha", "UA-63"),
    ],
)
def test_names_across_ukrainian_and_russian(gazetteer, name, place, area):
    assert (place, area) in {(found.place.name, found.place.admin1) for found in gazetteer.matches(name)}


def test_a_place_has_all_its_facts(gazetteer):
    place = gazetteer.place("gn:692194")
    assert (place.name, place.kind, place.country, place.admin1, place.admin1_name) == ("Sumy", "settlement", "UA", "UA-59", "Sumy Oblast")
    assert (round(place.lon, 2), round(place.lat, 2)) == (34.80, 50.92)
    assert place.population > 200_000
    assert place.radius_km == pytest.approx(5.5, abs=0.2)


def test_names_are_ukraines_own(gazetteer):
    names = [gazetteer.place(f"gn:{number}").name for number in (703448, 698740, 700569, 706483, 687700, 709717)]
    assert names == ["Kyiv", "Odesa", "Mykolaiv", "Kharkiv", "Zaporizhzhia", "Donetsk"]


def test_crimea_and_sevastopol_are_ukraine(gazetteer):
    inside = [p for p in gazetteer.places() if p.kind == "settlement" and 32.4 < p.lon < 36.6 and 44.3 < p.lat < 45.9]
    assert len(inside) > 400
    assert {p.country for p in inside} == {"UA"}
    assert {p.admin1 for p in inside} <= {"UA-43", "UA-40", "UA-65"}
    assert {p.admin1 for p in inside} >= {"UA-43", "UA-40"}
    for name in ("Simferopol", "Kerch", "Sevastopol", "Yalta", "Симферополь", "Севастополь", "Autonomous Republic of Crimea"):
        assert "RU" not in {p.country for p in gazetteer.named(name)}, name
    assert gazetteer.place("admin1:UA-43").country == gazetteer.place("admin1:UA-40").country == "UA"
    assert not [p for p in gazetteer.places() if p.country == "RU" and p.admin1.startswith("UA")]


def test_towns_around_kyiv_are_in_the_oblast(gazetteer):
    for name in ("Irpin", "Bucha", "Hostomel", "Brovary", "Boryspil"):
        assert {p.admin1 for p in gazetteer.named(name) if p.country == "UA" and p.population > 10_000} == {"UA-32"}, name
    assert gazetteer.place("gn:703448").admin1 == "UA-30"


def test_the_golan_is_syria(gazetteer):
    assert {p.country for p in gazetteer.named("Katzrin")} == {"SY"}
    assert {p.country for p in gazetteer.named("Majdal Shams")} == {"SY"}


def test_moscow_city_and_oblast_have_their_own_codes(gazetteer):
    assert gazetteer.place("gn:524901").admin1 == "RU-MOW"
    assert gazetteer.place("admin1:RU-MOS").name == "Moscow Oblast"
    assert gazetteer.place("admin1:RU-MOS").radius_km > 3 * gazetteer.place("admin1:RU-MOW").radius_km


def test_what_lies_in_what(gazetteer):
    place = gazetteer.place
    assert gazetteer.contains(place("admin1:UA-59"), place("gn:692194"))
    assert gazetteer.contains(place("country:UA"), place("admin1:UA-59"))
    assert gazetteer.contains(place("admin1:GB-ENG"), gazetteer.named("Oxford")[0])
    assert not gazetteer.contains(place("admin1:UA-63"), place("gn:692194"))
    assert not gazetteer.contains(place("country:RU"), place("gn:692194"))
    assert not gazetteer.contains(place("gn:692194"), place("gn:692194"))


def test_prefixes_of_longer_names(gazetteer):
    assert gazetteer.starts("velyka")
    assert not gazetteer.starts("sumyx")
    assert gazetteer.knows("velyka pysarivka")
    assert not gazetteer.knows("")


def test_unknown_names_and_ids(gazetteer):
    assert gazetteer.named("Xyzzyville") == ()
    assert gazetteer.named("") == ()
    assert gazetteer.place("gn:0") is None
    assert gazetteer.coded("ZZ") is None
    assert gazetteer.coded("ua-59").name == "Sumy Oblast"


def test_every_place_is_on_the_earth_and_ids_are_unique(gazetteer):
    ids = set()
    for place in gazetteer.places():
        ids.add(place.id)
        assert -180 <= place.lon <= 180
        assert -90 <= place.lat <= 90
        assert place.radius_km >= 0
        assert len(place.country) == 2 or place.kind == "water"
        assert place.kind in KINDS
        assert place.precision in PRECISIONS
    assert len(ids) == len(gazetteer) > 264_000


def test_keys_are_sorted_and_folded(gazetteer):
    keys = pq.read_table(data_dir() / "gazetteer" / "names.parquet", columns=["key"])["key"].to_pylist()
    encoded = [key.encode() for key in keys]
    assert encoded == sorted(set(encoded))
    assert [key for key in keys[::997] if fold(key) != key] == []


@given(st.text(max_size=30))
@settings(deadline=None)
def test_any_text_may_be_looked_up(text):
    for place in Gazetteer.default().named(text):
        assert place.id


def test_radius_grows_as_the_cube_root_of_population():
    assert radius_of_settlement(600) == 1.0
    assert radius_of_settlement(2_952_301) == pytest.approx(12.5, abs=0.1)
    assert radius_of_settlement(0) == 1.5


def test_a_cold_process_imports_no_more_than_it_needs():
    """What that takes in seconds is measured in `tests/benchmarks/cold_start.py`."""
    code = (
        "from mapper.gazetteer.index import Gazetteer\n"
        "assert Gazetteer.load().named('Sumy')\n"
        "import sys; assert 'pandas' not in sys.modules and 'geopandas' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_broken_files_say_what_to_do(tmp_path):
    with pytest.raises(GeodataError, match=r"places\.parquet: the file is missing; run 'mapper gazetteer build'"):
        Gazetteer.load(tmp_path)
    (tmp_path / "places.parquet").write_bytes(b"PAR1 no")
    with pytest.raises(GeodataError, match=r"places\.parquet: the file is damaged"):
        Gazetteer.load(tmp_path)
    pq.write_table(pa.table({"id": ["x"]}), tmp_path / "places.parquet")
    with pytest.raises(GeodataError, match="of another version"):
        Gazetteer.load(tmp_path)
