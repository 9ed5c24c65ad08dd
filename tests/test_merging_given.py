"""Positions beside words of a table: official names, and rows of which nobody knows whether position or words are wrong."""

from __future__ import annotations

import csv
import io

import pytest
from click.testing import CliRunner

from mapper.cli import main
from mapper.editing.review import review, to_csv
from mapper.pipeline import gather

HEADER = "date,type,place,country,lat,lon\n"


@pytest.fixture
def read(tmp_path, world, taxonomy):
    """Gather rows of place, country, lat and lon, one a day, and give the incidents in their order."""

    def gathered(*rows):
        lines = [f"2024-11-{day:02},shelling,{row}\n" for day, row in enumerate(rows, start=1)]
        (tmp_path / "rows.csv").write_text(HEADER + "".join(lines), encoding="utf-8")
        found = gather([tmp_path / "rows.csv"], world, taxonomy)
        return found.tables.arrow("incidents").to_pylist(), found

    return gathered


@pytest.mark.parametrize(
    ("row", "reason", "country"),
    [
        ("Kherson,Ukraine,55.75,37.61", "it is 1071 km from Kherson, UA; it lies in RU, not in UA", "UA"),
        ("Sumy,Ukraine,46.48,30.73", "it is 577 km from Sumy, UA", "UA"),
        ('"Sumy, Sumy Oblast",,46.48,30.73', "it is 577 km from Sumy, UA", None),
        ("Суми,,46.48,30.73", "it is 577 km from Sumy, UA", None),
        ("Hamlet that nobody knows,Ukraine,55.75,37.61", "it lies in RU, not in UA", "UA"),
    ],
)
def test_a_position_that_contradicts_its_words_is_drawn_nowhere_and_told(read, tmp_path, row, reason, country):
    [incident], found = read(row)
    reason = f"the position contradicts the words beside it: {reason}"
    assert found.tables.incidents.geometry.iloc[0] is None
    assert (incident["unplaced"], incident["country"], incident["precision"]) == (reason, country, None)
    assert found.warnings == (f"{tmp_path / 'rows.csv'}, row 2: not on the map: {reason}",)


@pytest.mark.parametrize(
    "row",
    [
        "Kherson,Ukraine,46.64,32.61",
        "Kharkiv,Ukraine,49.0,36.9",  # the oblast has the city's name, and this is in it
        "Donetsk,Russia,48.0,37.8",  # claimed by Russia: no slip of the hand
        "Sevastopol,Russia,44.6,33.52",
        "Vovchansk,Russia,50.30,36.95",  # so near to the border
        "Pokrovsk,,61.48,129.15",  # the one in Yakutia
        "Zaporizhzhia,Ukraine,48.5,25.0",  # a name of many villages
        "Hamlet that nobody knows,,55.75,37.61",
    ],
)
def test_a_position_that_may_be_right_is_drawn(read, row):
    [incident], found = read(row)
    assert found.tables.incidents.geometry.iloc[0] is not None
    assert (incident["unplaced"], found.warnings) == (None, ())


def test_many_contradictions_are_told_in_a_few_lines(read):
    _, found = read(*["Sumy,Ukraine,46.48,30.73"] * 9)
    assert len(found.warnings) == 6
    assert found.warnings[-1].endswith("rows.csv: 4 more rows are not on the map for such a reason")


def test_the_review_lists_both_that_may_be_meant_and_obeys_either(read, tmp_path, world, taxonomy, monkeypatch):
    _, found = read("Kherson,Ukraine,55.75,37.61")
    [item] = csv.DictReader(io.StringIO(to_csv(review(found.tables, found.merges, ())).removeprefix("\ufeff")))
    choices = item["choices"].split(" | ")
    assert item["action"] == "place"
    assert choices == ["gn:706448 Kherson, UA-65, UA", "37.61, 55.75"]
    for choice, country in zip(choices, ("UA", "RU"), strict=True):
        decided = tmp_path / "overrides.csv"
        with decided.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(
                [["id", "action", "value", "who", "when", "why"], [item["id"], "place", choice, "A", "2024-12-01", "W"]]
            )
        edited = gather([tmp_path / "rows.csv"], world, taxonomy, overrides=decided)
        assert edited.tables.incidents["country"].tolist() == [country]
        assert edited.tables.incidents.geometry.iloc[0] is not None


def test_the_build_and_the_check_name_file_and_row(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps" / "m.toml").write_text('inputs = ["../rows.csv"]\n', encoding="utf-8")
    (tmp_path / "rows.csv").write_text(f"{HEADER}2024-11-20,shelling,Kherson,Ukraine,55.75,37.61\n", encoding="utf-8")
    for command in ("check", "build"):
        result = CliRunner().invoke(main, [command])
        assert "rows.csv, row 2: not on the map: the position contradicts the words beside it" in result.stderr, command


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("Херсон,,46.64,32.61", "Kherson"),
        ("Херсон,Ukraine,,", "Kherson"),
        ("Artemivsk,Ukraine,48.59,38.0", "Bakhmut"),
        ("Odessa,Ukraine,46.48,30.73", "Odesa"),
        ("вул. Соборна,Ukraine,46.64,32.61", "вул. Соборна"),
        ('"Sumy, Soborna Street",Ukraine,50.91,34.8', "Sumy, Soborna Street"),
        ("Kherson Oblast,Ukraine,46.64,32.61", "Kherson Oblast"),
    ],
)
def test_a_settlement_has_its_official_name_and_keeps_the_words_of_the_table(read, row, name):
    [incident], _ = read(row)
    [place] = incident["places"]
    text = next(csv.reader([row]))[0]
    assert (place["name"], place["text"], incident["place_text"], incident["title"]) == (name, text, name, f"Shelling, {name}")
