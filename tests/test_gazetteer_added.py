"""Places that the user adds: three forms of files, bad rows, replacing, removing, and what wins over what."""

import json
import zipfile

import pytest
from click.testing import CliRunner

from mapper.cli import main
from mapper.errors import GeodataError, InputError
from mapper.gazetteer import added, dumps
from mapper.gazetteer.index import Gazetteer
from mapper.geocoding.location import Location
from mapper.geocoding.query import geocode

# Rows of the real files, so far as they are needed.
POSTAL = """UA\t63434\tКолодязне\tKharkivska\t07\tDvorichanskyi\t\t\t\t49.9417\t37.8456\t4
UA\t40000\tСуми\tSumska\t21\tSumy\t\t\t\t50.9216\t34.8003\t4
UA\t40001\tСуми\tSumska\t21\tSumy\t\t\t\t50.9216\t34.8003\t4
UA\t84558\tЧигарі\tDonetska\t05\tToretsk\t\t\t\t48.30\t37.80\t1
UA\t63435\tПоганий\tKharkivska\t07\tDvorichanskyi\t\t\t\t\t37.8\t4
"""
COUNTRY = "\n".join(
    "\t".join(row)
    for row in (
        ("111", "Zvirkova Sloboda", "Zvirkova Sloboda", "Zvirkova,Звіркова Слобода,zvi", "48.9", "37.1", "P", "PPL", "UA", "", "05", "", "", "", "42", "", "150", "Europe/Kyiv", "2024-01-01"),
        ("112", "Kerchenska Krucha", "Kerchenska Krucha", "", "45.2", "35.4", "P", "PPL", "RU", "", "11", "", "", "", "0", "", "1", "Europe/Simferopol", "2024-01-01"),
        ("113", "Vysoka Air Base", "Vysoka Air Base", "", "49.0", "33.0", "S", "AIRB", "UA", "", "18", "", "", "", "0", "", "1", "Europe/Kyiv", "2024-01-01"),
        ("114", "Some Hill", "Some Hill", "", "49.0", "33.0", "T", "HLL", "UA", "", "18", "", "", "", "0", "", "1", "Europe/Kyiv", "2024-01-01"),
        ("115", "Nowhere", "Nowhere", "", "149.0", "33.0", "P", "PPL", "UA", "", "18", "", "", "", "0", "", "1", "Europe/Kyiv", "2024-01-01"),
        ("692194", "Sumy", "Sumy", "Місто Сумиха", "50.92", "34.8", "P", "PPLA", "UA", "", "21", "", "", "", "1", "", "1", "Europe/Kyiv", "2024-01-01"),
    )
)  # fmt: skip


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    folder = tmp_path / "own"
    monkeypatch.setenv(added.ENVIRONMENT, str(folder))
    return folder


def file(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_postal_file_finds_a_village_that_was_missing(tmp_path):
    before = geocode("Колодязне", admin1="Kharkiv Oblast", gazetteer=Gazetteer.load())
    assert not isinstance(before, Location) or before.precision == "near"
    entry, rejected = added.add(file(tmp_path, "UA.txt", POSTAL))
    assert (entry.form, entry.places, entry.rejected) == ("postal", 3, 1)
    assert str(rejected[0]).endswith("row 5, column lat, value '': is no number of degrees")
    gazetteer = Gazetteer.load()
    found = [place for place in gazetteer.named("Kolodiazne") if place.origin == "added"]
    assert [(p.precision, p.admin1, p.country, p.radius_km) for p in found] == [("settlement", "UA-63", "UA", 1.5)]
    after = geocode("Колодязне", admin1="Kharkiv Oblast", gazetteer=gazetteer)
    assert not isinstance(after, Location) or abs(after.lat - 49.94) < 0.01


def test_a_town_is_not_doubled_by_its_postal_codes(tmp_path):
    added.add(file(tmp_path, "UA.txt", POSTAL))
    gazetteer = Gazetteer.load()
    assert [place.origin for place in gazetteer.named("Суми") if place.admin1 == "UA-59"] == [""]
    assert geocode("Суми", gazetteer=gazetteer).place_id == "gn:692194"


def test_an_estimated_postal_code_is_only_near(tmp_path):
    added.add(file(tmp_path, "UA.txt", POSTAL))
    estimated = [place for place in Gazetteer.load().named("Chyhari") if place.id.startswith("postal:") and place.name == "Chyhari"]
    assert [(place.precision, place.radius_km) for place in estimated] == [("near", 36.0)]


@pytest.mark.parametrize("packed", [False, True])
def test_a_country_of_geonames_zipped_or_not(tmp_path, packed):
    path = file(tmp_path, "UA.txt", COUNTRY)
    if packed:
        path = tmp_path / "UA.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("readme.txt", "about")
            archive.writestr("UA.txt", COUNTRY)
    entry, rejected = added.add(path)
    assert (entry.form, entry.places, entry.skipped) == ("geonames", 4, 1)
    assert str(rejected[0]).endswith("row 5, column lat, value '149.0': is not between -90 and 90")
    gazetteer = Gazetteer.load()
    assert geocode("Звіркова Слобода", gazetteer=gazetteer).place_id == "gn:111"
    assert gazetteer.named("Vysoka Air Base")[0].precision == "site"
    crimean = gazetteer.named("Kerchenska Krucha")[0]
    assert (crimean.country, crimean.admin1) == ("UA", "UA-43")


def test_a_place_that_is_known_keeps_its_facts_and_gains_names(tmp_path):
    added.add(file(tmp_path, "UA.txt", COUNTRY))
    sumy = Gazetteer.load().named("Місто Сумиха")
    assert [(place.id, place.origin) for place in sumy] == [("gn:692194", "")]
    assert sumy[0].population > 200_000


OWN = """name,lon,lat,country,admin1,kind,radius_km,aliases
Checkpoint Foxtrot,37.5,48.5,UA,Donetsk Oblast,site,0.5,КПП Фокстрот|Foxtrot Point
Sumy,34.0,51.4,,,,,
Kerch Watch,36.45,45.3,RU,,,,
"""


def test_a_table_of_ones_own_wins_over_all(tmp_path):
    entry, rejected = added.add(file(tmp_path, "mine.csv", OWN))
    assert (entry.form, entry.places, len(rejected)) == ("table", 3, 0)
    gazetteer = Gazetteer.load()
    assert geocode("Sumy", gazetteer=gazetteer).lon == 34.0
    point = geocode("КПП Фокстрот", gazetteer=gazetteer)
    assert (point.precision, point.radius_km, point.admin1) == ("site", 0.5, "UA-14")
    assert gazetteer.named("Kerch Watch")[0].country == "UA"


def test_a_zip_that_unpacks_without_end_or_is_locked_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(dumps, "_LEAST", 1_000_000)
    path = tmp_path / "UA.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("UA.txt", "x" * 1_500_000)
    with pytest.raises(InputError, match="unpacks to more than 1 MB"):
        added.add(path)
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("UA.txt", "x")
    data = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    path.write_bytes(data)
    with pytest.raises(InputError, match="password required"):
        added.add(path)


def test_a_table_loses_no_place_to_a_quotation_mark(tmp_path):
    with pytest.raises(InputError, match="row 3: a quotation mark"):
        added.add(file(tmp_path, "mine.csv", OWN.replace("Sumy", '"Sumy')))


def test_the_same_file_again_replaces_itself(tmp_path, own_folder):
    path = file(tmp_path, "mine.csv", OWN)
    added.add(path)
    file(tmp_path, "mine.csv", OWN.replace("Checkpoint Foxtrot", "Checkpoint Golf"))
    added.add(path)
    assert [entry.name for entry in added.listed()] == ["mine.csv"]
    assert len([entry for entry in own_folder.iterdir() if entry.is_dir()]) == 1
    gazetteer = Gazetteer.load()
    assert gazetteer.named("Checkpoint Golf")
    assert not gazetteer.named("Checkpoint Foxtrot")


def test_what_was_added_goes_again(tmp_path, own_folder):
    added.add(file(tmp_path, "mine.csv", OWN))
    assert added.remove("mine.csv").places == 3
    assert added.listed() == ()
    assert not [entry for entry in own_folder.iterdir() if entry.is_dir()]
    with pytest.raises(InputError, match=r"mine\.csv: was not added; there are: none"):
        added.remove("mine.csv")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("X,east,50,,,,,", "row 2, column lon, value 'east': is no number of degrees"),
        ("X,30,95,,,,,", "row 2, column lat, value '95': is not between -90 and 90"),
        ("X,nan,50,,,,,", "row 2, column lon, value 'nan': is not between -180 and 180"),
        ("-,30,50,,,,,", "row 2, column name, value '-': has no letters"),
        ("X,30,50,Ukraine,,,,", "row 2, column country, value 'Ukraine': is no ISO code of two letters"),
        ("X,30,50,,,castle,,", "row 2, column kind, value 'castle': is none of settlement, site"),
        ("X,30,50,,,,-1,", "row 2, column radius_km, value '-1': is no number of kilometres between 0 and 500"),
    ],
)
def test_a_bad_row_is_set_aside_with_its_reason(tmp_path, row, message):
    header = OWN.splitlines()[0]
    _, rejected = added.add(file(tmp_path, "mine.csv", f"{header}\n{row}\nGood,30,50,,,,,\n"))
    assert str(rejected[0]).endswith(message)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"place,x,y\nA,1,2\n", "row 1: has no column name, lon, lat, found place, x, y"),
        (b"name,lon,lat\nA,x,y\n", "holds no usable place: 1 rows were set aside, the first because of is no number of degrees"),
        ("name,lon,lat\nКиїв,30,50\n".encode("cp1251"), "row 2: is not UTF-8"),
    ],
)
def test_a_file_that_is_no_file_of_places(tmp_path, own_folder, content, message):
    path = tmp_path / "some.txt"
    path.write_bytes(content)
    with pytest.raises(InputError, match=message):
        added.add(path)
    assert not own_folder.exists()


def test_a_damaged_list_says_what_to_do(own_folder):
    own_folder.mkdir()
    (own_folder / "added.json").write_text("[", encoding="utf-8")
    with pytest.raises(GeodataError, match="the list of added places is damaged"):
        Gazetteer.load()
    entry = {"name": "a", "form": "table", "places": 1, "names": 1, "rejected": 0, "skipped": 0, "sha256": "", "tables": "gone"}
    (own_folder / "added.json").write_text(json.dumps({"version": 1, "added": [entry]}), encoding="utf-8")
    with pytest.raises(GeodataError, match="run 'mapper gazetteer remove a', then add the file again"):
        Gazetteer.load()


def test_a_folder_that_is_given_has_nothing_of_the_users(tmp_path):
    from mapper.geodata import data_dir

    added.add(file(tmp_path, "mine.csv", OWN))
    assert not Gazetteer.load(data_dir() / "gazetteer").named("Checkpoint Foxtrot")


def test_the_commands(tmp_path):
    runner = CliRunner()
    done = runner.invoke(main, ["gazetteer", "add", str(file(tmp_path, "UA.txt", POSTAL)), str(file(tmp_path, "mine.csv", OWN))])
    assert done.exit_code == 0
    assert "UA.txt: GeoNames postal codes, 3 places, 1 rows set aside" in done.stdout
    assert "Rejected: " in done.stderr
    info = runner.invoke(main, ["gazetteer", "info"])
    assert "settlement (approximate): 25," in info.stdout
    assert "added mine.csv: own table, 3 places" in info.stdout
    gone = runner.invoke(main, ["gazetteer", "remove", "mine.csv"])
    assert gone.stdout.startswith("removed mine.csv")
    missing = runner.invoke(main, ["gazetteer", "add", str(tmp_path / "no.zip")])
    assert missing.exit_code == 1
    assert "no.zip: there is no such file; check the name" in missing.stderr
