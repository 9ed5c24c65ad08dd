"""The command line as other programs and tired people use it: what it prints, where, and with which exit code."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from mapper.cli import main

TWIN = Path(__file__).parent.parent / "geodata" / "articles" / "2024-11-22-sumy-and-border-regions.md"
HEADER = "date,type,place,country,lat,lon,killed\n"
GOOD = "2024-11-20,shelling,Nikopol,UA,47.57,34.39,0\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*arguments, stdin=None):
        return CliRunner().invoke(main, [str(a) for a in arguments], input=stdin)

    return call


def write(name, text, encoding="utf-8"):
    path = Path(name)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def one_line(result):
    """The message of a failure: exactly one line, on standard error."""
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    [line] = result.stderr.strip().splitlines()
    assert line.startswith("Error: ")
    return line


def test_articles_that_report_nothing_are_named(run):
    write("cat.txt", "Nothing here at all, cats sleep.\n")
    result = run("map", "cat.txt", "-o", "out.html")
    assert result.exit_code == 0
    assert result.stderr.splitlines()[0] == "Warning: 1 article reports no incident: cat.txt"
    for number in range(6):
        write(f"in/{number}.txt", f"Nothing here at all, {number} cats sleep.\n")
    write("in/a.md", "---\npublished: 2024-11-22\nlang: en\n---\nDrones struck a school in Sumy on Thursday, killing two people.\n")
    Path("maps").mkdir()
    write("maps/m.toml", 'inputs = ["../in"]\n')
    said = f"6 articles report no incident: {', '.join(f'in/{n}.txt' for n in range(5))}, …"
    assert f"Warning: {said}" in run("check").stderr.replace("maps/../", "")
    for _ in ("made", "unchanged"):
        assert f"Warning: {said}" in run("build").stderr.replace("maps/../", "")
    files = {file["file"]: file["read"] for file in json.loads(Path("maps/m.ledger.json").read_text(encoding="utf-8"))["files"]}
    assert (files["../in/0.txt"], files["../in/a.md"]) == (0, 1)


def test_what_is_no_page_is_not_written_as_one(run):
    write("rows.csv", HEADER + GOOD)
    result = run("map", "rows.csv", "-o", "out.txt")
    assert (result.exit_code, Path("out.txt").exists()) == (2, False)
    assert "-o names the page to write, .htm or .html, not out.txt; 'mapper export' writes data" in result.stderr


def test_a_map_without_a_title_is_named_in_the_language_of_its_page(run):
    write("rows.csv", HEADER + GOOD)
    run("map", "rows.csv", "--page-lang", "de", "-o", "out.html")
    assert "<title>Gemeldete Vorfälle</title>" in Path("out.html").read_text(encoding="utf-8")


def test_a_folder_without_definitions_is_said_in_one_line(run):
    Path("maps").mkdir()
    assert one_line(run("build", "nothing")).startswith("Error: maps: there is no map definition (*.toml); add one")


def test_a_definition_is_built_by_its_path_too(run):
    write("rows.csv", HEADER + GOOD)
    Path("elsewhere").mkdir()
    write("elsewhere/one.toml", 'title = "One"\ninputs = ["../rows.csv"]\n')
    assert run("build", "elsewhere/one.toml").exit_code == 0
    assert Path("elsewhere/one.html").exists()


def test_a_language_that_is_not_read_is_refused(run):
    write("a.md", "---\npublished: 2024-11-22\n---\nDrones struck a school in Sumy on Thursday, killing two people.\n")
    for command in (["map", "a.md", "-o", "x.html"], ["extract", "a.md"], ["export", "a.md", "-o", "x.csv"], ["places", "a.md"]):
        result = run(*command, "--lang", "fr")
        assert (result.exit_code, result.stdout) == (2, "")
        assert "reports in 'fr' are not read; expected one of de, en, ru, uk" in result.stderr
    assert len(json.loads(run("extract", "a.md", "--lang", "EN").stdout)) == 1


def test_extract_gives_the_fields_of_the_contract(run):
    result = run("extract", TWIN)
    assert result.exit_code == 0
    incidents = json.loads(result.stdout)
    fields = {"id", "type", "title", "date_start", "date_end", "date_precision", "places", "launched", "intercepted", "hit", "lost"}
    fields |= {"killed", "injured", "status", "claims"}
    for incident in incidents:
        assert fields <= set(incident)
        assert set(incident["killed"]) == {"low", "best", "high"}
        for place in incident["places"]:
            assert {"text", "name", "country", "admin1", "lon", "lat", "precision", "radius_km", "candidates"} <= set(place)
        for claim in incident["claims"]:
            assert {"by", "status", "quote", "start", "end"} <= set(claim)
    sumy = next(i for i in incidents if i["type"] == "drone_strike")
    assert (sumy["date_start"], sumy["killed"]["low"], sumy["launched"]) == ("2024-11-22", 2, None)


def test_extract_reads_standard_input_on_a_given_day(run):
    result = run("extract", "-", "--published", "2024-11-22", stdin="Drones struck a school in Sumy on Thursday, killing two people.")
    [incident] = json.loads(result.stdout)
    assert (incident["date_start"], incident["killed"]["best"]) == ("2024-11-21", 2)


@pytest.mark.parametrize("form", ["csv", "geojson"])
def test_extract_in_other_forms(run, form):
    result = run("extract", TWIN, "--format", form)
    assert result.exit_code == 0
    assert "Drone strike, Sumy" in result.stdout
    if form == "geojson":
        assert len(json.loads(result.stdout)["features"]) >= 3


def test_geocode_says_place_or_reason(run):
    found = json.loads(run("geocode", "Kursk region").stdout)
    assert (found["status"], found["precision"], found["admin1"]) == ("located", "admin1", "RU-KRS")
    city = json.loads(run("geocode", "Kursk").stdout)
    assert (city["precision"], city["name"]) == ("settlement", "Kursk")
    lost = json.loads(run("geocode", "Qwertyville").stdout)
    assert (lost["status"], lost["lon"]) == ("unlocated", None)
    assert "Qwertyville" in lost["reason"]


def test_geocode_a_table_line_by_line_in_order(run):
    write("places.csv", "query,country,admin1,remark\nSumy,,,x\n,,,\nСумська область,UA,,\nOdesa,US,,\n")
    lines = run("geocode", "--file", "places.csv", "--format", "jsonl").stdout.splitlines()
    records = [json.loads(line) for line in lines]
    assert [r["query"] for r in records] == ["Sumy", "", "Сумська область", "Odesa"]
    assert [r["status"] for r in records[:3]] == ["located", "unlocated", "located"]
    assert records[3]["country"] in {None, "US"}


@pytest.mark.parametrize("text", ['query\nSumy\n"Kursk\nOdesa\n', 'query,country\nSumy,UA\n"Kursk,RU\nOdesa,"UA"\n'])
def test_geocode_loses_no_row_of_a_table_to_a_quotation_mark(run, text):
    write("places.csv", text)
    assert "places.csv: row 3: " in one_line(run("geocode", "--file", "places.csv", "--format", "jsonl"))


def test_geocode_reads_tables_of_other_systems(run):
    note = "long " * 40_000
    for text in ("query\rSumy\rOdesa\r", "query;country\r\nSumy;UA\r\nOdesa;UA\r\n", f"query,remark\nSumy,{note}\nOdesa,\n"):
        write("places.csv", text)
        lines = run("geocode", "--file", "places.csv").stdout.splitlines()
        assert [json.loads(line)["name"] for line in lines] == ["Sumy", "Odesa"]


def test_geocode_needs_a_query(run):
    assert run("geocode").exit_code == 2
    assert run("geocode", "Sumy", "--file", "x.csv").exit_code == 2


def test_places_of_a_text(run):
    write("a.txt", "Drones flew over the Bryansk, Kaluga and Kursk regions.")
    records = json.loads(run("places", "a.txt", "--format", "json").stdout)
    assert [(r["text"], r["precision"]) for r in records] == [("Bryansk", "admin1"), ("Kaluga", "admin1"), ("Kursk", "admin1")]
    assert [r["start"] for r in records] == [21, 30, 41]


def test_maps_from_articles_and_tables(run):
    write("rows.csv", HEADER + GOOD)
    result = run("map", TWIN, "rows.csv", "-o", "out/map.html")
    assert result.exit_code == 0, result.output
    assert result.stdout.strip() == str(Path("out/map.html"))
    assert "reports read" in result.stderr
    html = Path("out/map.html").read_text(encoding="utf-8")
    assert html.startswith("<!DOCTYPE html>")
    assert len(html) < 700_000


def test_build_makes_the_maps_of_a_folder(run):
    Path("maps").mkdir()
    write("rows.csv", HEADER + GOOD)
    write("maps/a.toml", 'title = "A"\ninputs = ["../rows.csv"]\n')
    assert run("build").stdout.splitlines() == [str(Path("maps/a.html"))]
    assert "did you mean a?" in one_line(run("build", "b"))


def test_check_reads_again_only_what_has_changed(run, monkeypatch):
    Path("maps").mkdir()
    write("a.md", "---\npublished: 2024-11-22\nlang: en\n---\nDrones struck a school in Sumy on Thursday, killing two people.\n")
    write("maps/a.toml", 'inputs = ["../a.md"]\n')
    told = run("check")
    assert "1 on the map" in told.stdout
    monkeypatch.delattr("mapper.extraction.reading.reading.extract")
    assert run("check").output == told.output


def test_a_map_that_asks_for_tiles_is_named_when_it_is_built(run):
    Path("maps").mkdir()
    write("rows.csv", HEADER + GOOD)
    write("maps/a.toml", 'inputs = ["../rows.csv"]\n')
    assert "tiles" not in run("build").stderr
    write("maps/a.toml", 'inputs = ["../rows.csv"]\n[tiles]\nurl = "https://t.example.org/{z}/{x}/{y}.png"\nattribution = "© T"\n')
    assert "a.html: asks t.example.org for map tiles when it is opened" in run("build").stderr
    assert "https://t.example.org" in Path("maps/a.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('title = "A"\ninput = ["x"]\n', "did you mean inputs?"),
        ('title = "A"\n', "expected a list of files"),
        ('inputs = ["../rows.csv"]\nlang = "fr"\n', "'fr' is not one of en, uk, ru, de"),
        ('inputs = ["../rows.csv"]\nbounds = [1, 2]\n', "expected [west, south, east, north]"),
        ("title = \n", "Invalid value"),
        ('inputs = ["../rows.csv"]\narchive = "no"\n', "expected true or false"),
        ('inputs = ["../nothing.csv"]\n', "there is no such file"),
        ('inputs = ["../rows.csv"]\ntiles = "osm"\n', "tiles: expected a table with url"),
        ('inputs = ["../rows.csv"]\n[tiles]\nurl = "http://a.org"\nattribution = "x"\n', "tiles.url: expected an address"),
    ],
)
def test_a_wrong_definition_is_named(run, text, said):
    Path("maps").mkdir()
    write("rows.csv", HEADER + GOOD)
    write("maps/a.toml", text)
    assert said in one_line(run("build"))


def test_a_definition_may_be_saved_by_notepad(run):
    write("rows.csv", HEADER + GOOD)
    write("maps/a.toml", 'title = "Суми"\r\ninputs = ["../rows.csv"]\r\n', "utf-8-sig")
    assert run("build").exit_code == 0
    assert "Суми" in Path("maps/a.html").read_text(encoding="utf-8")


def test_what_is_no_utf_8_is_refused(run):
    write("rows.csv", HEADER + GOOD)
    for arguments in (("rows.csv", "--title", "Sumy \udcff"), ("rows.csv", "\udcff.csv")):
        result = run("map", *arguments, "-o", "x.html")
        assert (result.exit_code, Path("x.html").exists()) == (2, False)
        assert "?" in result.stderr
        assert "is no UTF-8: write it anew, or rename the file that it names" in result.stderr
    write("maps/\udcff.toml", 'inputs = ["../rows.csv"]\n')
    assert one_line(run("build")).endswith("maps/?.toml: the name is no UTF-8; rename it")


def test_a_map_gives_its_data_back_and_says_what_changed(run):
    Path("maps").mkdir()
    write("rows.csv", f"id,{HEADER}x1,{GOOD}x2,{GOOD}")
    write("maps/a.toml", 'inputs = ["../rows.csv"]\n')
    run("build")
    assert run("unpack", "maps/a.html", "-o", "back.geojson").stdout.strip() == "back.geojson"
    assert run("export", "rows.csv", "-o", "straight.geojson").exit_code == 0
    assert Path("back.geojson").read_bytes() == Path("straight.geojson").read_bytes()
    Path("maps/a.html").rename("old.html")
    write("rows.csv", f"id,{HEADER}x1,{GOOD.replace(',0', ',1')}x3,{GOOD}")
    assert "since old.html: 1 new, 1 changed, 0 corrected, 0 retracted, 0 merged, 1 gone" in run("build", "--since", "old.html").stderr


def test_check_accounts_for_every_input(run):
    Path("maps").mkdir()
    write("rows.csv", HEADER + GOOD + "2024-11-20,shelling,Nowhereville,UA,,,\nsoon,shelling,Sumy,UA,,,\n")
    write("maps/a.toml", 'inputs = ["../rows.csv"]\n')
    result = run("check")
    table, row, total, line = result.stdout.strip().split("\n")
    assert table.split("  ")[0] == "input"
    assert row.split() == ["rows.csv", "3", "1", "0", "1", "1", "0"]
    assert total.split() == ["all", "3", "1", "0", "1", "1", "0"]
    assert line == "a: 3 reports read = 1 on the map + 0 merged + 1 not on the map + 1 rejected + 0 hidden"
    assert "row 4, column date, value 'soon'" in result.stderr
    assert not list(Path("maps").glob("*.html"))


def test_sentences_that_gave_no_incident_are_counted_by_a_build_and_quoted_by_check_and_extract(run):
    Path("maps").mkdir()
    passed = "Fragments of a Russian drone were found in the village of Hrindu."
    write(
        "a.md", f"---\npublished: 2024-11-22\nlang: en\n---\nA drone hit Sumy on Thursday, killing two people, the mayor said. {passed}\n"
    )
    write("maps/a.toml", 'inputs = ["../a.md"]\n')
    counted = "1 sentence names a place and an attack or victims and gave no incident"
    built = run("build")
    assert counted in built.stderr
    assert passed not in built.stderr
    assert "Hrindu" not in Path("maps/a.ledger.json").read_text(encoding="utf-8")
    checked = run("check", "--format", "json")
    assert f"a.md: {passed}" in checked.stderr
    [account] = json.loads(checked.stdout)
    assert [(one["quote"], one["start"]) for one in account["passed_over"]] == [(passed, 66)]
    extracted = run("extract", "a.md")
    assert f"Passed over: a.md: {passed}" in extracted.stderr
    assert [incident["title"] for incident in json.loads(extracted.stdout)] == ["Drone strike, Sumy"]


def test_check_tells_the_desk_what_a_rule_keeps_out_of_the_ledger(run):
    Path("maps").mkdir()
    header = "id,date,type,place,country,lat,lon,target,reported_at\n"
    rows = "h-1,2024-11-20,shelling,Sumy,UA,50.92,34.80,hospital,2024-11-20\ns-1,soon,shelling,Sumy,UA,,,school,\n"
    write("clinics.csv", header + rows)
    write("texts/a.md", "---\npublished: 2024-11-20\nlang: en\n---\nRussian shelling hit a hospital in Sumy on Wednesday, police said.\n")
    write("own.csv", "id,action,value,who,when,why\nh-1,hide,,A. Editor,2024-11-22,a nurse asked\n")
    rule = '[[sensitivity]]\ncolumn = "target"\ncontains = "hospital"\ndrop = ["target"]\nreason = "Not told."\n'
    write("maps/a.toml", f'inputs = ["../clinics.csv", "../texts"]\n{rule}')
    assert run("build").exit_code == 0
    published = Path("maps/a.ledger.json").read_text(encoding="utf-8")
    assert "clinics.csv" not in published

    [account] = json.loads(run("check", "--format", "json").stdout)

    assert account["map"] == "a"
    assert account["totals"] == json.loads(published)["totals"]
    assert [file["file"].replace("maps/../", "") for file in account["files"]] == ["clinics.csv", "texts/a.md"]
    reports = {report["outcome"]: report for report in account["reports"]}
    assert reports["rejected"]["reason"].startswith("date 'soon': ")
    assert reports["merged"]["reason"].startswith("Shelling, Sumy, 2024-11-20: ")
    write("maps/a.toml", f'inputs = ["../clinics.csv", "../texts"]\noverrides = "../own.csv"\n{rule}')
    [account] = json.loads(run("check", "--format", "json").stdout)
    assert "hidden by A. Editor, 2024-11-22: a nurse asked" in {report["reason"] for report in account["reports"]}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2024-11-20,shelling,Sumy,UA,150.2,34.8,\n", ("row 3", "lat", "150.2")),
        ("2024-11-20,shelling,Sumy,UA,34.8,50.92,\n", ("row 3", "swapped")),
        ("2024-11-20,shelling,Sumy,UA,0,0,\n", ("row 3", "null island")),
        ("2024-11-20,shelling,Sumy,UA,50.92,,\n", ("row 3", "lon")),
        ("20th of never,shelling,Sumy,UA,50.92,34.8,\n", ("row 3", "date", "20th of never")),
        ("2024-11-20,shelling,Sumy,UA,50.92,34.8,many\n", ("row 3", "killed", "many")),
    ],
)
def test_a_bad_row_is_named_and_the_good_one_mapped(run, row, said):
    write("rows.csv", HEADER + GOOD + row)
    result = run("map", "rows.csv", "-o", "map.html")
    assert result.exit_code == 0
    rejected = [line for line in result.stderr.splitlines() if line.startswith("Rejected: ")]
    assert len(rejected) == 1
    for word in ("rows.csv", *said):
        assert word in rejected[0]
    assert "2 reports read = 1 on the map + 0 merged + 0 not on the map + 1 rejected" in result.stderr


def test_a_place_nobody_knows_is_listed_with_its_reason(run):
    write("rows.csv", HEADER + "2024-11-20,shelling,Nowhereville,UA,,,\n")
    result = run("map", "rows.csv", "-o", "map.html")
    assert "0 on the map + 0 merged + 1 not on the map" in result.stderr


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", "", "is empty"),
        ("other.csv", "alpha,beta\n1,2\n", "found 'alpha', 'beta', expected a date"),
        ("note.pdf", "%PDF", "not read; supported are .txt"),
        ("bytes.txt", bytes(range(256)) * 4, "bytes.txt"),
    ],
)
def test_an_unusable_file_is_one_clear_line(run, name, content, said):
    write(name, content)
    assert said in one_line(run("map", name, "-o", "map.html"))
    assert not Path("map.html").exists()


def test_a_missing_file_is_asked_after(run):
    write("rows.csv", HEADER + GOOD)
    assert "did you mean rows.csv?" in one_line(run("map", "row.csv", "-o", "map.html"))


def test_one_missing_input_of_two_is_said_and_the_other_mapped(run):
    write("rows.csv", HEADER + GOOD)
    result = run("map", "rows.csv", "gone.csv", "-o", "map.html")
    assert result.exit_code == 1
    assert "Error: gone.csv: there is no such file" in result.stderr
    assert "2 reports read = 1 on the map + 0 merged + 0 not on the map + 1 rejected" in result.stderr
    assert Path("map.html").exists()


def test_windows_1251_is_read_and_said(run):
    write("rows.csv", "дата,тип,место,страна\n20.11.2024,обстрел,Никополь,Украина\n20.11.2024,удар,Ґрунтове,Україна\n", "cp1251")
    result = run("map", "rows.csv", "-o", "map.html")
    assert result.exit_code == 0
    assert "1251" in result.stderr
    assert "2 reports read" in result.stderr


def test_exports_and_compares(run):
    for name, killed in (("old", 0), ("new", 1)):
        write(f"{name}.csv", f"id,{HEADER}x1,{GOOD.strip()[:-1]}{killed}\n")
        assert run("export", f"{name}.csv", "-o", f"{name}.geojson").exit_code == 0
    changed = {c["column"]: c for c in json.loads(run("diff", "old.geojson", "new.geojson").stdout)["changed"]}
    assert (changed["killed_best"]["id"], changed["killed_best"]["old"], changed["killed_best"]["new"]) == ("x1", 0, 1)
    assert "title" not in changed


def test_every_command_has_help(run):
    for command in main.commands:
        result = run(command, "--help")
        assert result.exit_code == 0
        assert len(result.stdout.splitlines()) > 3


def test_the_same_input_gives_the_same_bytes_in_two_processes(tmp_path):
    made = []
    for seed in ("1", "2"):
        out = tmp_path / f"{seed}.html"
        command = [sys.executable, "-m", "mapper", "map", str(TWIN), "-o", str(out)]
        subprocess.run(command, check=True, env={"PYTHONHASHSEED": seed, "PATH": ""}, capture_output=True, cwd=tmp_path)
        made.append(out.read_bytes())
    assert made[0] == made[1]


def test_progress_is_shown_to_a_person_and_not_in_a_pipe(tmp_path):
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text("Russian drones struck Sumy on Friday, killing two people.", encoding="utf-8")
    command = [sys.executable, "-m", "mapper", "extract", str(tmp_path), "--published", "2024-11-22", "--format", "csv"]
    piped = subprocess.run(command, check=True, capture_output=True)
    assert piped.stderr == b""
    terminal, screen = os.openpty()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=screen) as running:
        out, _ = running.communicate()
    os.close(screen)
    shown = os.read(terminal, 65_536).decode()
    os.close(terminal)
    assert out == piped.stdout
    assert re.search(r"reading .* 3/3", shown)


def test_tables_that_number_their_rows_alike_keep_all_their_incidents(run):
    write("a.csv", f"id,{HEADER}1,2024-11-20,shelling,Nikopol,UA,47.57,34.39,3\n2,{GOOD}")
    write("b.csv", f"id,{HEADER}1,2024-12-01,shelling,Odesa,UA,46.48,30.73,9\n2,{GOOD}")
    result = run("export", "a.csv", "b.csv", "-o", "all.csv")
    assert "4 reports read = 3 on the map + 1 merged" in result.stderr
    assert "b.csv: 1 of its ids are those of other incidents in another input: 1; they have new ones" in result.stderr
    rows = list(csv.DictReader(Path("all.csv").read_text(encoding="utf-8-sig").splitlines()))
    claims = list(csv.DictReader(Path("all.claims.csv").read_text(encoding="utf-8-sig").splitlines()))
    killed = {row["id"]: row["killed_best"] for row in rows}
    assert sorted(killed.values()) == ["0", "3", "9"]
    assert {(claim["incident_id"], claim["killed_best"]) for claim in claims} == set(killed.items())
    run("export", "b.csv", "a.csv", "-o", "other.csv")
    assert Path("other.csv").read_bytes() == Path("all.csv").read_bytes()


@pytest.mark.parametrize("command", [("export", "a.csv", "-o", "a.csv"), ("map", "a.html", "-o", "a.html"), ("map", ".", "-o", "a.html")])
def test_no_output_replaces_an_input(run, command):
    write("a.csv", HEADER + GOOD)
    page = "<html lang=en><head><title>T</title></head><body><article><p>Drones struck a school in Sumy on Thursday.</p></article></body></html>"
    write("a.html", page)
    assert "is one of the inputs, which it would replace; name another output" in run(*command).stderr
    assert Path("a.csv").read_text(encoding="utf-8") == HEADER + GOOD
    assert Path("a.html").read_text(encoding="utf-8") == page


def test_two_definitions_of_one_file_are_refused_before_any_is_built(run):
    write("geodata/a.csv", HEADER + GOOD)
    for name in ("p", "q"):
        write(f"maps/{name}.toml", f'title = "{name}"\ninputs = ["../geodata"]\noutput = "same.html"\n')
    assert "q.toml: output: same.html is the map of p.toml too" in one_line(run("build"))
    assert not Path("maps/same.html").exists()


def test_many_rows_set_aside_are_counted_and_the_first_named(run):
    write("a.csv", HEADER + GOOD + "2024-13-20,shelling,Nikopol,UA,47.57,34.39,0\n" * 1000)
    result = run("map", "a.csv", "-o", "out.html")
    said = [line for line in result.stderr.splitlines() if line.startswith("Rejected:")]
    assert len(said) == 21
    assert said[-1] == "Rejected: 980 more rows; the ledger has them all"
    assert Path("out.html").read_text(encoding="utf-8").count("is not a date") == 500
    assert Path("out.ledger.json").read_text(encoding="utf-8").count("is not a date") == 1000
