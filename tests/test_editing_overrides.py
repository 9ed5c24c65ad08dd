"""An editor's decisions win at every run: facts put right, events taken apart and put together, hidden, retracted."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from mapper.editing import overrides
from mapper.errors import InputError
from mapper.page import definition
from mapper.pipeline import build, gather
from mapper.store.cache import Cache

GEODATA = Path(__file__).parent.parent / "geodata"
INPUTS = [GEODATA / "articles", GEODATA / "incidents"]
SUMY, SUMY_AGAIN = "i-136f4cc7b1fe", "i-f0e462ab4ed2"  # one drone strike, told by two outlets
MISSILE = "i-912eacbfb35a"  # the missile of the Sunday before
KARACHEV = "i-7903b8cc301e"  # near Karachev, in Russia
HLUKHIV = "i-bff471c7f618"
KRYVYI_RIH = "i-4c4f741f9b20"
DRONES = "i-fa448f6ec78a"  # 23 over three oblasts
BY = ("A. Editor", "2024-11-25", "checked by phone")


@pytest.fixture(scope="module")
def plain(world, taxonomy):
    return gather(INPUTS, world, taxonomy)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """What the files of the sample tell, which is read once; the decisions about it are not kept."""
    return Cache(tmp_path_factory.mktemp("kept"))


@pytest.fixture
def decide(tmp_path, world, taxonomy, kept):
    """Gather the sample with decisions, each an id, an action, a value and perhaps who, when and why."""

    def run(*rows, inputs=INPUTS):
        return gather(inputs, world, taxonomy, overrides=written(tmp_path / "overrides.csv", *rows), cache=kept)

    return run


def written(path, *rows):
    text = io.StringIO()
    csv.writer(text).writerows([overrides.COLUMNS, *((*row, *BY[len(row) - 3 :]) for row in rows)])
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def incident(gathered, identity):
    return next((r for r in gathered.tables.arrow("incidents").to_pylist() if r["id"] == identity), None)


def ids(gathered):
    return set(gathered.tables.incidents["id"])


def verdicts(gathered):
    return [(v.row, v.outcome) for v in gathered.ledger.overrides]


def others(gathered, *but):
    """All incidents but some, as text that can be compared."""
    return {r["id"]: str(r) for r in gathered.tables.arrow("incidents").to_pylist() if r["id"] not in but}


def adds_up(gathered):
    totals = gathered.ledger.totals
    assert totals["read"] == sum(totals[key] for key in totals if key != "read")
    assert totals["mapped"] + totals["unplaced"] == len(gathered.tables.incidents)
    return totals


def test_a_place_by_its_name(decide, plain):
    done = decide((KRYVYI_RIH, "place", "Odesa"))
    moved = incident(done, KRYVYI_RIH)
    assert (moved["place_text"], moved["admin1"], moved["title"]) == ("Odesa", "UA-51", "Missile strike, Odesa")
    at = done.tables.incidents.set_index("id").geometry[KRYVYI_RIH]
    assert (at.x, at.y) == pytest.approx((30.73, 46.48), abs=0.1)
    [correction] = moved["corrections"]
    assert (correction["column"], correction["new"]) == ("place_text", "Odesa, Odesa Oblast")
    assert correction["old"].startswith("Kryvyi Rih")
    assert (correction["who"], correction["when"], correction["why"]) == BY
    assert others(done, KRYVYI_RIH) == others(plain, KRYVYI_RIH)


@pytest.mark.parametrize(
    ("value", "lon", "lat", "precision", "radius"),
    [
        ("34.80, 50.92", 34.8, 50.92, "settlement", 1.0),
        ("34,80; 50,92; exact", 34.8, 50.92, "exact", 0.05),
        ("34.80,50.92, near, 12 km", 34.8, 50.92, "near", 12.0),
        ("34.80 50.92 site", 34.8, 50.92, "site", 0.15),
    ],
)
def test_a_place_by_its_position(decide, value, lon, lat, precision, radius):
    done = decide((KRYVYI_RIH, "place", value))
    moved = incident(done, KRYVYI_RIH)
    at = done.tables.incidents.set_index("id").geometry[KRYVYI_RIH]
    assert (at.x, at.y, moved["precision"], moved["radius_km"]) == (lon, lat, precision, radius)
    assert (moved["country"], moved["admin1"]) == ("UA", "UA-59")
    assert moved["corrections"][0]["new"].endswith(f"({lon:g}, {lat:g}, {precision})")


def test_a_place_by_its_id_and_several_areas(decide, world):
    done = decide((HLUKHIV, "place", "gn:692194"), (DRONES, "place", "Bryansk Oblast; Kursk Oblast"))
    assert incident(done, HLUKHIV)["place_text"] == "Sumy"
    drones = incident(done, DRONES)
    assert [p["place_id"] for p in drones["places"] if p["role"] == "over"] == ["admin1:RU-BRY", "admin1:RU-KRS"]
    assert drones["intercepted"] == 23


@pytest.mark.parametrize(
    ("action", "value", "expected"),
    [
        ("place", "50.92, 34.80", "swapped"),  # latitude first
        ("place", "34.80, 150", "outside -90..90"),
        ("place", "Zzyzx-on-Sea", "expected the name or id of a place"),
        ("place", "34.80, 50.92, vaguely", "expected exact, site, settlement or near"),
        ("type", "volcano", "expected one of drone_strike"),
        ("date", "last Friday", "expected a date such as"),
        ("date", "2024-11-22 to 2024-11-20", "ends before it begins"),
        ("killed", "many", "expected a number such as 2, 2-5"),
        ("intercepted", "2-5", "takes one"),
        ("lost", "2-5", "takes one"),
        ("children_injured", "99", "more than all injured, 26: the children are a part of these"),
        ("status", "perhaps", "expected one of claimed"),
        ("coarsen", "street", "expected settlement, admin1, country"),
    ],
)
def test_a_value_that_cannot_be_read_is_said_and_changes_nothing(decide, plain, action, value, expected):
    done = decide((KRYVYI_RIH, action, value))
    [verdict] = done.ledger.overrides
    assert (verdict.outcome, verdict.row, verdict.incident) == ("invalid", 2, KRYVYI_RIH)
    assert expected in verdict.note
    assert str(verdict).startswith(f"{verdict.file}: row 2: {action} of {KRYVYI_RIH}: invalid: column value:")
    assert others(done) == others(plain)


def test_the_lost_and_the_children(decide, plain):
    done = decide((DRONES, "lost", "5"), (KRYVYI_RIH, "children_injured", "3"), (KRYVYI_RIH, "children_killed", "unknown"))
    assert (incident(done, DRONES)["lost"], incident(done, DRONES)["intercepted"]) == (5, 23)
    hurt = incident(done, KRYVYI_RIH)
    assert (hurt["injured_best"], hurt["children_injured"], hurt["children_killed"]) == (26, 3, None)
    [made] = hurt["corrections"]
    assert (made["column"], made["old"], made["new"]) == ("children_injured", None, "3")


def test_fewer_hurt_than_the_children_leave_these_unknown_and_say_so(decide):
    done = decide(
        (KRYVYI_RIH, "children_injured", "3", "A. Editor", "2024-11-25", "seen"),
        (KRYVYI_RIH, "injured", "2", "A. Editor", "2024-11-26", "seen"),
    )
    hurt = incident(done, KRYVYI_RIH)
    assert (hurt["injured_best"], hurt["children_injured"]) == (2, None)
    assert "its children_injured were 3, more than that" in done.ledger.overrides[1].note


def test_type_title_status_and_a_note(decide):
    rows = [(KRYVYI_RIH, "type", "drone strike"), (KRYVYI_RIH, "Status", "confirmed"), (KRYVYI_RIH, "note", "Seen by our own reporter.")]
    changed = incident(decide(*rows, (HLUKHIV, "title", "Dormitory hit, Hlukhiv")), KRYVYI_RIH)
    assert (changed["type"], changed["title"], changed["status"]) == ("drone_strike", "Drone strike, Kryvyi Rih", "confirmed")
    assert changed["notes"] == "Seen by our own reporter."
    assert [c["column"] for c in changed["corrections"]] == ["type", "status", "notes"]


@pytest.mark.parametrize(
    ("value", "start", "end", "precision", "said"),
    [
        ("2024-11-20", (20, 0), (20, 0), "day", "2024-11-20"),
        ("20.11.2024 03:15", (20, 3), (20, 3), "exact", "2024-11-20 03:15"),
        ("2024-11-20 to 2024-11-22", (20, 0), (22, 0), "range", "2024-11-20 to 2024-11-22"),
        ("2024-11-20/2024-11-22", (20, 0), (22, 0), "range", "2024-11-20 to 2024-11-22"),
        ("night 2024-11-20 to 2024-11-21", (20, 0), (21, 0), "night", "2024-11-20 to 2024-11-21 (night)"),
    ],
)
def test_a_date(decide, value, start, end, precision, said):
    changed = incident(decide((KRYVYI_RIH, "date", value)), KRYVYI_RIH)
    assert [(d.day, d.hour) for d in (changed["date_start"], changed["date_end"])] == [start, end]
    assert changed["date_precision"] == precision
    assert "date-as-reported" not in changed["tags"]
    assert (changed["corrections"][0]["old"], changed["corrections"][0]["new"]) == ("2024-11-21", said)


@pytest.mark.parametrize(
    ("value", "expected", "said"),
    [
        ("34", (None, 34, None), "34"),
        ("2-5", (2, None, 5), "2-5"),
        ("at least 2", (2, None, None), "at least 2"),
        ("0", (None, 0, None), "0"),
        ("unknown", (None, None, None), None),
    ],
)
def test_numbers(decide, value, expected, said):
    changed = incident(decide((HLUKHIV, "killed", value)), HLUKHIV)
    assert tuple(changed[f"killed_{end}"] for end in ("low", "best", "high")) == expected
    assert [(c["old"], c["new"]) for c in changed["corrections"]] == [("12", said)]


def test_an_override_of_a_report_that_was_merged_holds_for_the_incident(decide):
    done = decide((SUMY_AGAIN, "killed", "3"))
    assert incident(done, SUMY)["killed_best"] == 3
    assert done.ledger.overrides[0].incident == SUMY


def test_ids_stay_whatever_is_put_right(decide, plain):
    rows = [(KRYVYI_RIH, "place", "Odesa"), (HLUKHIV, "type", "shelling"), (SUMY, "date", "2024-11-20"), (MISSILE, "killed", "12")]
    assert ids(decide(*rows)) == ids(plain)


def test_split_takes_reports_apart_and_touches_nothing_else(decide, plain):
    for value in ("", SUMY_AGAIN, "Sample Wire"):
        done = decide((SUMY, "split", value))
        assert ids(done) == ids(plain) | {SUMY_AGAIN}
        assert verdicts(done) == [(2, "applied")]
        assert incident(done, SUMY)["status"] == "claimed"
        assert others(done, SUMY, SUMY_AGAIN) == others(plain, SUMY)
        assert adds_up(done)["merged"] == plain.ledger.totals["merged"] - 1


def test_the_first_report_taken_out_leaves_the_others_together(decide, tmp_path):
    third = tmp_path / "third.md"
    text = (GEODATA / "articles" / "2024-11-22-sumy-second-report.md").read_text(encoding="utf-8")
    third.write_text(text.replace("Sample Wire", "Third Wire").replace("example.org", "example.net"), encoding="utf-8")
    inputs = [*INPUTS, third]
    whole = incident(decide(inputs=inputs), SUMY)
    assert len(whole["merged_from"]) == 2
    done = decide((SUMY, "split", SUMY), inputs=inputs)
    assert incident(done, SUMY)["merged_from"] is None
    [rest] = [r for r in done.tables.arrow("incidents").to_pylist() if r["id"] in whole["merged_from"]]
    assert set(whole["merged_from"]) == {rest["id"], *rest["merged_from"]}
    adds_up(done)


def test_merge_puts_any_two_together(decide, plain):
    done = decide((HLUKHIV, "merge", KARACHEV))
    assert ids(done) == ids(plain) - {KARACHEV}
    assert incident(done, HLUKHIV)["merged_from"] == [KARACHEV]
    assert [m.reason for m in done.merges if m.gone == KARACHEV] == ["checked by phone (A. Editor, 2024-11-25)"]
    claims = done.tables.arrow("claims").to_pylist()
    assert {c["by"] for c in claims if c["incident_id"] == HLUKHIV} == {"Prosecutor General's Office", "Russian Defence Ministry"}
    assert others(done, HLUKHIV) == others(plain, HLUKHIV, KARACHEV)
    assert adds_up(done)["merged"] == plain.ledger.totals["merged"] + 1


def test_facts_put_right_and_events_put_together_at_once(decide):
    done = decide((HLUKHIV, "merge", SUMY_AGAIN), (SUMY, "killed", "15"))
    assert (incident(done, SUMY), incident(done, HLUKHIV)["killed_best"]) == (None, 15)
    adds_up(done)


def test_split_and_merge_that_undo_each_other(decide, plain):
    done = decide((SUMY, "split", "", "A", "2024-11-24"), (SUMY, "merge", SUMY_AGAIN, "B", "2024-11-25"))
    assert ids(done) == ids(plain)
    assert verdicts(done) == [(2, "superseded"), (3, "applied")]
    done = decide((HLUKHIV, "merge", KARACHEV, "A", "2024-11-24"), (HLUKHIV, "split", KARACHEV, "B", "2024-11-25"))
    assert ids(done) == ids(plain)
    assert verdicts(done) == [(2, "superseded"), (3, "applied")]


def test_what_there_is_nothing_of_to_take_apart_is_said(decide):
    done = decide((HLUKHIV, "split", ""), (HLUKHIV, "merge", "i-000000000000"), (SUMY, "split", "No Such Paper"))
    assert verdicts(done) == [(2, "gone"), (3, "gone"), (4, "gone")]
    assert "i-000000000000" in done.ledger.overrides[1].note
    assert "'No Such Paper'" in done.ledger.overrides[2].note


def test_a_hidden_incident_is_nowhere(decide, plain):
    done = decide((SUMY, "hide", ""))
    assert ids(done) == ids(plain) - {SUMY}
    assert SUMY not in set(done.tables.claims["incident_id"])
    totals = adds_up(done)
    assert (totals["hidden"], totals["merged"]) == (2, plain.ledger.totals["merged"] - 1)
    hidden = [e for e in done.ledger.entries if e.outcome == "hidden"]
    assert {(e.incident, e.reason) for e in hidden} == {(None, "hidden by A. Editor, 2024-11-25: checked by phone")}


def test_a_source_that_told_of_hidden_incidents_alone_goes_with_them(decide, plain):
    done = decide((HLUKHIV, "hide", ""))
    gone = set(plain.tables.sources["title"]) - set(done.tables.sources["title"])
    assert gone == {"Toll in Hlukhiv rises"}


def test_a_retracted_incident_stays_with_its_notice(decide, plain):
    done = decide((HLUKHIV, "retract", ""))
    retracted = incident(done, HLUKHIV)
    assert retracted["status"] == "retracted"
    assert [(c["column"], c["old"], c["new"]) for c in retracted["corrections"]] == [("status", "claimed", "retracted")]
    assert ids(done) == ids(plain)


def test_coarsened_is_the_area_and_no_word_of_the_place(decide, world):
    done = decide((KRYVYI_RIH, "place", "33.39, 47.91, exact", "A", "2024-11-26"), (KRYVYI_RIH, "coarsen", "admin1", "B", "2024-11-25"))
    coarse = incident(done, KRYVYI_RIH)
    assert (coarse["precision"], coarse["admin1"], coarse["title"]) == ("admin1", "UA-12", "Missile strike, Dnipropetrovsk Oblast")
    shape = done.tables.incidents.set_index("id").geometry[KRYVYI_RIH]
    assert shape.equals(world.boundaries.area("admin1:UA-12"))
    assert not any(word in str(coarse) for word in ("Kryvyi", "33.39", "47.91"))
    assert verdicts(done) == [(2, "applied"), (3, "applied")]


def test_coarsened_to_the_country_it_is_listed(decide):
    done = decide((HLUKHIV, "coarsen", "country"), (HLUKHIV, "title", "Hlukhiv dormitory hit"))
    assert incident(done, HLUKHIV)["unplaced"] == "known to the country only: Ukraine"
    assert "its title still names Hlukhiv" in done.ledger.overrides[0].note
    adds_up(done)


def test_the_later_of_two_that_contradict_each_other_holds(decide):
    done = decide((HLUKHIV, "killed", "13", "A", "2024-11-26"), (HLUKHIV, "killed", "14", "B", "25 November 2024"))
    assert incident(done, HLUKHIV)["killed_best"] == 13
    assert verdicts(done) == [(2, "applied"), (3, "superseded")]
    assert done.ledger.overrides[1].note == "row 2, A, 2024-11-26, says otherwise and is later"
    same_day = decide((HLUKHIV, "killed", "13"), (HLUKHIV, "killed", "14"))
    assert incident(same_day, HLUKHIV)["killed_best"] == 14
    assert len(incident(same_day, HLUKHIV)["corrections"]) == 1


def test_one_whose_target_is_gone_is_reported(decide, plain):
    done = decide(("i-000000000000", "killed", "3"))
    [verdict] = done.ledger.overrides
    assert (verdict.outcome, verdict.incident) == ("gone", None)
    assert others(done) == others(plain)


def test_what_the_data_say_by_now_is_no_correction(decide):
    done = decide((HLUKHIV, "killed", "12"))
    assert incident(done, HLUKHIV)["corrections"] is None
    assert done.ledger.overrides[0].note == "the data say so already"


def test_decisions_hold_over_an_export_of_themselves(decide, tmp_path):
    from mapper import store
    from mapper.taxonomy import Taxonomy

    rows = [(HLUKHIV, "killed", "13"), (HLUKHIV, "note", "Confirmed."), (KRYVYI_RIH, "place", "Odesa"), (SUMY, "retract", "")]
    once = decide(*rows)
    store.write(once.tables, tmp_path / "all.geojson", Taxonomy.load())
    again = decide(*rows, inputs=[tmp_path / "all.geojson"])
    assert again.tables.arrow("incidents").to_pylist() == once.tables.arrow("incidents").to_pylist()


def read(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "o.csv"
    path.write_bytes(text.encode(encoding))
    return overrides.read(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_whatever_a_spreadsheet_saves(tmp_path, mark, encoding):
    lines = ["Title,ID,Action,Value,Who,When,Why,Date", "x,i-1,killed,5,Олена Петренко,25.11.2024,уточнено за телефоном,", ",,,,,,,"]
    if mark == ";":
        lines.insert(0, "sep=;")
    found = read(tmp_path, "\r\n".join(lines).replace(",", mark), encoding)
    [row] = found.rows
    assert (row.target, row.action, row.value, row.who, row.when) == ("i-1", "killed", "5", "Олена Петренко", "2024-11-25")
    assert row.row == (3 if mark == ";" else 2)
    assert not found.others


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ("i-1,kiled,5,A,2024-11-25,why", "column action, value 'kiled': did you mean killed?"),
        ("i-1,,5,A,2024-11-25,why", "column action, value '': expected one of place"),
        (",hide,,A,2024-11-25,why", "column id is empty"),
        ("i-1,killed,5,,2024-11-25,why", "column who is empty"),
        ("i-1,killed,5,A,,why", "column when is empty"),
        ("i-1,killed,5,A,2024-11-25,", "column why is empty"),
        ("i-1,hide,,A,2024-11-25,", "column why is empty"),
        ("i-1,killed,,A,2024-11-25,why", "column value is empty: killed needs one"),
        ("i-1,hide,yes,A,2024-11-25,why", "column value, value 'yes': hide takes none"),
        ("i-1,killed,5,A,soon,why", "column when, value 'soon': is not a date"),
        ("i-1,killed,5,A", "column when is empty"),
    ],
)
def test_a_row_that_cannot_be_obeyed_says_which_cell_and_what_is_expected(tmp_path, cells, column):
    found = read(tmp_path, f"id,action,value,who,when,why\n{cells}\ni-2,hide,,A,2024-11-25,why\n")
    assert [r.target for r in found.rows] == ["i-2"]
    [verdict] = found.others
    assert (verdict.row, verdict.outcome) == (2, "invalid")
    assert column in verdict.note


def test_a_list_put_under_the_file_as_it_is(tmp_path):
    listed = 'id,action,value,who,when,why,needs,title\ni-2,place,Sumy,A,2024-11-25,why,"a score, low",T\n'
    found = read(tmp_path, f"id,action,value,who,when,why\ni-1,hide,,A,2024-11-25,why\n{listed}")
    assert [(r.row, r.target, r.value) for r in found.rows] == [(2, "i-1", ""), (4, "i-2", "Sumy")]


def test_a_quotation_mark_that_is_never_closed_stops_the_build(tmp_path):
    with pytest.raises(InputError, match="row 2: unexpected end of data; check the quotation marks"):
        read(tmp_path, 'id,action,value,who,when,why\ni-1,title,"A,A,2024-11-25,why\ni-2,hide,,A,2024-11-25,why\n')


def test_rows_that_nobody_has_filled_in_wait(tmp_path):
    found = read(tmp_path, "id,action,value,who,when,why\ni-1,place,,,,\ni-2,split,,,,\ni-4,killed,,A,2024-11-25,\n")
    assert [v.outcome for v in found.others] == ["open"] * 3
    assert not found.rows


@pytest.mark.parametrize(
    "cells", ["i-1,hide,,,,", "i-1,retract,,,,", "i-1,keep,,,,", "i-1,title,,,,", "i-1,,,,,", "<<<<<<< HEAD", "i-1,hidd,,,,"]
)
def test_a_row_that_no_list_has_is_a_person_s_and_is_named(tmp_path, cells):
    [verdict] = read(tmp_path, f"id,action,value,who,when,why\n{cells}\n").others
    assert (verdict.row, verdict.outcome) == (2, "invalid")


def test_ids_with_spaces_and_commas_can_be_merged(tmp_path, world, taxonomy):
    rows = 'id,date,type,place,lat,lon\nRep 1,2024-11-20,shelling,Sumy,50.92,34.80\n"Rep 2, b",2024-11-21,shelling,Sumy,50.92,34.80\nC,2024-11-22,shelling,Sumy,50.92,34.80\n'
    (tmp_path / "rows.csv").write_text(rows, encoding="utf-8")
    for value, left in (("Rep 2, b", 2), ("Rep 2, b; C", 1)):
        found = gather([tmp_path / "rows.csv"], world, taxonomy, overrides=written(tmp_path / "o.csv", ("Rep 1", "merge", value)))
        assert len(found.tables.incidents) == left


def test_a_file_without_its_columns_stops_the_build(tmp_path):
    with pytest.raises(InputError, match="has no column who, when, why"):
        read(tmp_path, "id,action,value\ni-1,hide,\n")
    with pytest.raises(InputError, match="No such file"):
        overrides.read(tmp_path / "none.csv")
    assert not read(tmp_path, "").rows


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "maps").mkdir()
    (tmp_path / "geodata").mkdir()
    (tmp_path / "geodata" / "rows.csv").write_text("date,type,place,lat,lon\n2024-11-20,shelling,Sumy,50.92,34.80\n", encoding="utf-8")
    (tmp_path / "maps" / "m.toml").write_text('inputs = ["../geodata"]\n', encoding="utf-8")
    return tmp_path


def test_the_file_is_found_beside_the_map_or_the_data_and_is_no_input(folder, world):
    defined = definition.read(folder / "maps" / "m.toml")
    assert defined.overrides is None
    built = build(defined, world, cache=Cache(folder / "cache"))
    assert built.ledger.totals["read"] == 1
    for name in ("geodata/overrides.csv", "maps/overrides.csv", "maps/m.overrides.csv"):
        written(folder / name)
        assert definition.read(folder / "maps" / "m.toml").overrides == folder / name
    assert build(definition.read(folder / "maps" / "m.toml"), world, cache=Cache(None)).ledger.totals["read"] == 1


def test_a_decision_makes_the_map_anew_and_is_written_down_beside_it(folder, world):
    path = written(folder / "geodata" / "overrides.csv")

    def run():
        return build(definition.read(folder / "maps" / "m.toml"), world, cache=Cache(folder / "cache"))

    run()
    assert run().unchanged
    identity = next(iter(gather([folder / "geodata"], world, definition.read(folder / "maps" / "m.toml").taxonomy).tables.incidents["id"]))
    written(path, (identity, "killed", "1"), ("i-000000000000", "hide", ""))
    built = run()
    assert not built.unchanged
    ledger = json.loads((folder / "maps" / "m.ledger.json").read_text(encoding="utf-8"))
    assert [(v["file"], v["outcome"], v["incident"]) for v in ledger["overrides"]] == [
        ("../geodata/overrides.csv", "applied", identity),
        ("../geodata/overrides.csv", "gone", None),
    ]
    again = run()
    assert (again.unchanged, again.ledger) == (True, built.ledger)


def regrouped(gathered, identity):
    return [(c["old"], c["new"]) for c in incident(gathered, identity)["corrections"] or () if c["column"] == "merged_from"]


def test_what_an_editor_puts_together_or_apart_is_among_the_corrections(decide):
    done = decide((HLUKHIV, "merge", KARACHEV))
    assert incident(done, HLUKHIV)["corrections"] == [
        {"column": "merged_from", "old": None, "new": KARACHEV, "who": BY[0], "when": BY[1], "why": BY[2]}
    ]
    done = decide((SUMY, "split", ""), (SUMY, "killed", "3"))
    assert [c["column"] for c in incident(done, SUMY)["corrections"]] == ["merged_from", "killed_best"]
    assert (regrouped(done, SUMY), regrouped(done, SUMY_AGAIN)) == ([(SUMY_AGAIN, None)], [(SUMY, None)])
    done = decide((SUMY, "merge", KARACHEV))
    assert regrouped(done, SUMY) == [(SUMY_AGAIN, "; ".join(sorted([SUMY_AGAIN, KARACHEV])))]


def test_only_a_regrouping_that_holds_and_changes_something_is_a_correction(decide):
    assert incident(decide((SUMY, "merge", SUMY_AGAIN)), SUMY)["corrections"] is None
    undone = decide((HLUKHIV, "merge", KARACHEV, "A", "2024-11-24"), (HLUKHIV, "split", KARACHEV, "B", "2024-11-25"))
    assert (regrouped(undone, HLUKHIV), regrouped(undone, KARACHEV)) == ([(KARACHEV, None)], [(HLUKHIV, None)])
