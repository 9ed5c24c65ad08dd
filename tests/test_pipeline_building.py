"""A map is made again only where something has changed, and what has not is not worked out again."""

from __future__ import annotations

import datetime as dt
import json
import os
import sqlite3

import pytest

from mapper.errors import LedgerError
from mapper.page import archive, definition
from mapper.pipeline import World, build, gather, gathering, reader
from mapper.pipeline.inputs import Inputs
from mapper.pipeline.unpacking import unpack
from mapper.store import account
from mapper.store.cache import Cache

ROWS = (
    "date,type,place,lat,lon,killed\n2024-11-20,shelling,Sumy,50.92,34.80,1\n2024-11-21,explosion,Nowhere at all,,,\nx,shelling,Sumy,1,1,\n"
)
DAY = 86_400
ARTICLE = "---\ntitle: T\npublished: 2024-11-22\nlang: en\n---\nA drone hit Kharkiv on Friday, killing two people, the mayor said.\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "rows.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "in" / "one.md").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "m.toml").write_text('title = "M"\ninputs = ["in"]\n', encoding="utf-8")
    return tmp_path


@pytest.fixture
def made(folder, world, monkeypatch):
    """Build the map; give what was built, and the names of the files that were read anew."""

    def run(**settings):
        read = []
        own = reader.read
        monkeypatch.setattr(reader, "read", lambda path, **asked: read.append(path.name) or own(path, **asked))
        built = build(definition.read(folder / "m.toml"), world, cache=Cache(folder / "cache"), **settings)
        monkeypatch.setattr(reader, "read", own)
        return built, sorted(read)

    return run


def stamp(folder):
    return [(p.stat().st_mtime_ns, p.stat().st_ino) for p in (folder / "m.html", folder / "m.ledger.json")]


def test_nothing_has_changed(folder, made):
    first, read = made()
    assert read == ["one.md", "rows.csv"]
    before = stamp(folder)
    again, read = made()
    assert (read, again.unchanged, first.unchanged) == ([], True, False)
    assert stamp(folder) == before
    assert (again.ledger, again.rejected, again.warnings) == (first.ledger, first.rejected, first.warnings)


def test_only_the_file_that_changed_is_read_again_however_often_nothing_had(folder, made, nothing_shared):
    for _ in range(55):
        made()
    (folder / "in" / "two.md").write_text(ARTICLE.replace("Kharkiv", "Odesa"), encoding="utf-8")
    built, read = made()
    assert read == ["two.md"]
    assert built.ledger.totals["read"] == 5
    incremental = (folder / "m.html").read_bytes()
    (folder / "m.html").unlink()
    fresh = build(definition.read(folder / "m.toml"), World(), cache=Cache(None))
    assert (folder / "m.html").read_bytes() == incremental
    assert fresh.ledger == built.ledger


@pytest.mark.parametrize("what", ["title", "taxonomy", "map", "ledger", "since"])
def test_whatever_the_map_is_made_of_makes_it_anew(what, folder, made):
    made()
    text = (folder / "m.toml").read_text(encoding="utf-8")
    settings = {}
    match what:
        case "title":
            (folder / "m.toml").write_text(text.replace('"M"', '"N"'), encoding="utf-8")
        case "taxonomy":
            (folder / "m.toml").write_text(text + '[taxonomy.types.shelling.label]\nen = "Artillery"\n', encoding="utf-8")
        case "map":
            (folder / "m.html").write_text("spoilt", encoding="utf-8")
        case "ledger":
            (folder / "m.ledger.json").unlink()
        case "since":
            settings["since"] = folder / "m.html"
    built, read = made(**settings)
    assert not built.unchanged
    assert read == (["one.md", "rows.csv"] if what == "taxonomy" else [])
    assert (folder / "m.html").read_bytes().startswith(b"<!DOCTYPE html>")


@pytest.mark.parametrize("spoil", ["remove", "garble", "truncate", "forbid"])
def test_a_cache_that_is_gone_or_damaged_is_made_again(spoil, folder, made):
    made()
    expected = (folder / "m.html").read_bytes()
    file = folder / "cache" / "mapper.sqlite"
    match spoil:
        case "remove":
            file.unlink()
        case "garble":
            file.write_bytes(b"no database" * 1000)
        case "truncate":
            os.truncate(file, file.stat().st_size // 2)
        case "forbid":
            file.unlink()
            file.mkdir()
    (folder / "m.html").unlink()
    made()
    assert (folder / "m.html").read_bytes() == expected


@pytest.mark.parametrize("name", ["in/one.md", "in/rows.csv", "m.overrides.csv"])
def test_a_file_that_is_saved_while_a_map_is_made_is_not_taken_for_what_it_was(name, folder, made, monkeypatch):
    if name.endswith("overrides.csv"):
        header = "id,action,value,who,when,why\n"
        (folder / name).write_text(header, encoding="utf-8")
        (folder / "m.toml").write_text((folder / "m.toml").read_text(encoding="utf-8") + f'overrides = "{name}"\n', encoding="utf-8")
    file = folder / name
    before = file.read_text(encoding="utf-8")
    look = Inputs.content

    def saved_behind_its_back(self, path):
        hashes = look(self, path)
        if path == file:
            file.write_text(before + "\n" + before, encoding="utf-8")
        return hashes

    with monkeypatch.context() as patch:
        patch.setattr(Inputs, "content", saved_behind_its_back)
        made()
    file.write_text(before, encoding="utf-8")
    built, read = made()
    assert not built.unchanged
    assert read == ([] if name.endswith("overrides.csv") else [file.name])


def test_a_cache_that_another_run_holds_is_left_alone(tmp_path, monkeypatch):
    Cache(tmp_path).put("key", b"1")
    with sqlite3.connect(tmp_path / "mapper.sqlite", isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        connect = sqlite3.connect
        monkeypatch.setattr(sqlite3, "connect", lambda path, **_: connect(path, timeout=0.01))
        assert Cache(tmp_path).get("key") is None
        other.execute("COMMIT")
    assert Cache(tmp_path).get("key") == b"1"


def test_an_entry_that_nobody_asks_for_is_dropped_by_date_and_not_by_uses(tmp_path):
    Cache(tmp_path, now=0).put("old", b"1")
    for minute in range(60):
        cache = Cache(tmp_path, now=60 * minute)
        cache.put(f"map {minute}", b"1")
        cache.tidy()
    Cache(tmp_path, now=89 * DAY).tidy()
    assert Cache(tmp_path, now=89 * DAY).get("old") == b"1"
    Cache(tmp_path, now=91 * DAY).tidy()
    assert [Cache(tmp_path, now=91 * DAY).get(key) for key in ("old", "map 0")] == [b"1", None]


def test_the_cache_has_an_end_and_its_file_becomes_smaller(tmp_path):
    for second, key in enumerate("abc"):
        Cache(tmp_path, now=second).put(key, key.encode() * 1_000_000)
    assert Cache(tmp_path, now=3).get("a")
    Cache(tmp_path, now=4).tidy(most=2_000_000)
    kept = Cache(tmp_path, now=5)
    assert [bool(kept.get(key)) for key in "abc"] == [True, False, True]
    kept.tidy(most=0)
    with sqlite3.connect(tmp_path / "mapper.sqlite") as connection:
        for table in ("contents", "marks"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # noqa: S608
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert (tmp_path / "mapper.sqlite").stat().st_size < 100_000


def test_an_entry_that_is_asked_for_stays(tmp_path):
    Cache(tmp_path).put("key", b"1")
    for _ in range(60):
        Cache(tmp_path).get("key")
    assert Cache(tmp_path).get("key") == b"1"


def test_the_ledger_stands_beside_the_map(folder, made):
    built, _ = made()
    document = json.loads((folder / "m.ledger.json").read_text(encoding="utf-8"))
    assert document["totals"] == {"read": 4, "mapped": 2, "merged": 0, "unplaced": 1, "rejected": 1, "hidden": 0}
    assert [(file["file"], file["read"]) for file in document["files"]] == [("in/one.md", 1), ("in/rows.csv", 3)]
    rejected, unplaced = sorted(document["reports"], key=lambda r: r["outcome"])
    assert (rejected["file"], rejected["row"], rejected["outcome"]) == ("in/rows.csv", 4, "rejected")
    assert (unplaced["row"], unplaced["outcome"]) == (3, "unplaced")
    assert "Nowhere at all" in unplaced["reason"]
    assert built.ledger.of_inputs([folder / "in"])[str(folder / "in")] == document["totals"]
    assert str(folder) not in (folder / "m.html").read_text(encoding="utf-8")


def test_a_map_and_its_ledger_in_the_folder_of_its_inputs_are_no_inputs(folder, made):
    (folder / "m.toml").write_text('inputs = ["."]\n', encoding="utf-8")
    first, _ = made()
    assert (folder / "m.ledger.json").is_file()
    again, _ = made()
    assert again.ledger.totals == first.ledger.totals


def test_a_report_that_is_lost_stops_the_build(folder, world, taxonomy):
    gathered = gather([folder / "in"], world, taxonomy)
    reports = gathering.name([]).reports
    with pytest.raises(LedgerError, match="0 reports"):
        account([], reports, gathered.tables, [])


HOSPITAL = "date,type,place,lat,lon,target,reported_at\n2024-11-20,shelling,Trostianets,50.4828,34.9655,hospital,2024-11-20\n"


@pytest.fixture
def guarded(folder):
    (folder / "in" / "Trostianets hospital.csv").write_text(HOSPITAL, encoding="utf-8")

    def rule(action):
        rules = f'[[sensitivity]]\ncolumn = "target"\ncontains = "hospital"\n{action}\nreason = "Not shown."\n'
        (folder / "m.toml").write_text(f'inputs = ["in"]\n{rules}', encoding="utf-8")

    return rule


def test_what_a_rule_hides_is_in_no_file_and_the_proof_is_said(folder, made, guarded):
    guarded('coarsen = "admin1"')
    built, _ = made()
    assert built.proved.startswith("proved: 1 sensitive incidents (rule 1: 1), none of 1 exact positions")
    written = (folder / "m.html").read_text(encoding="utf-8") + (folder / "m.ledger.json").read_text(encoding="utf-8")
    assert "Trostianets hospital" not in written
    assert json.loads((folder / "m.ledger.json").read_text(encoding="utf-8"))["files"][0]["file"] == "input 1"
    assert made()[0].proved == built.proved


def test_what_a_rule_hides_names_no_file_anywhere_and_the_map_is_made_again_of_itself(
    folder, made, guarded, tmp_path, world, nothing_shared
):
    guarded('coarsen = "admin1"')
    (folder / "in" / "clinic.csv").write_text(HOSPITAL + "soon,shelling,Sumy,,,hospital,\n", encoding="utf-8")
    made()

    record = json.dumps(archive.read(folder / "m.html").about)
    assert "clinic" not in record
    assert "input 2" in record
    page = (folder / "m.html").read_text(encoding="utf-8")
    assert "clinic" not in page
    *_, settings = unpack(folder / "m.html", tmp_path / "again", "csv")
    again = build(definition.read(settings), world, cache=Cache(None))
    assert again.output.read_text(encoding="utf-8") == page


def test_a_delayed_report_is_hidden_until_its_time_and_then_the_map_is_made_anew(folder, made, guarded, monkeypatch):
    guarded('delay = "48h"')
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(dt.datetime(2024, 11, 22, tzinfo=dt.UTC).timestamp())))
    assert made()[0].ledger.totals["hidden"] == 1
    assert made()[0].unchanged
    [hidden] = [r for r in json.loads((folder / "m.ledger.json").read_text(encoding="utf-8"))["reports"] if r["outcome"] == "hidden"]
    assert hidden["incident"] is None
    assert "withheld until" in hidden["reason"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(dt.datetime(2024, 11, 24, tzinfo=dt.UTC).timestamp())))
    built, _ = made()
    assert not built.unchanged
    assert built.ledger.totals["hidden"] == 0


def test_a_rule_that_applies_to_nothing_is_told_and_hides_nothing(folder, made):
    (folder / "in" / "tagged.csv").write_text(
        "date,type,place,lat,lon,tags\n2024-11-20,shelling,Trostianets,50.4828,34.9655,evacuation\n", encoding="utf-8"
    )
    (folder / "m.toml").write_text(
        'inputs = ["in"]\n[[sensitivity]]\ntag = "evacuatoin"\ndrop = ["names"]\nreason = "Not shown."\n', encoding="utf-8"
    )

    built, _ = made()

    told = 'rule 1 (tag = "evacuatoin") applies to no incident and hides nothing; '
    assert [line for line in built.warnings if told in line and 'did you mean "evacuation"?' in line]
    assert made()[0].warnings == built.warnings
