"""The list of what needs eyes is a file of overrides: fill it in, put it beside the map, and it is obeyed and gone from the list."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner

from mapper.cli import main
from mapper.editing.review import review, to_csv
from mapper.pipeline import gather

GEODATA = Path(__file__).parent.parent / "geodata"
ARTICLE = "---\ntitle: T\npublisher: {by}\nurl: https://example.org/{by}\npublished: 2024-11-2{day}\nlang: en\n---\n{text}\n"
DALNIE, KRYVYI_RIH, UKRAINE = "i-46600ea77d67", "i-4c4f741f9b20", "i-03bdf872775f"


@pytest.fixture
def listed(tmp_path, world, taxonomy):
    """List what needs eyes in articles, each a publisher, a day of November 2024 after the 20th and a text."""

    def run(*articles):
        for by, day, text in articles:
            (tmp_path / f"{by}.md").write_text(ARTICLE.format(by=by, day=day, text=text), encoding="utf-8")
        gathered = gather([tmp_path], world, taxonomy)
        return review(gathered.tables, gathered.merges, gathered.ledger.overrides)

    return run


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps" / "m.toml").write_text(f'inputs = ["{GEODATA}/articles", "{GEODATA}/incidents"]\n', encoding="utf-8")
    return tmp_path


def run(*arguments):
    result = CliRunner().invoke(main, [str(a) for a in arguments])
    assert result.exit_code == 0, result.stderr
    return result


def cells(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_the_sample(folder):
    result = run("review")
    rows = cells(result.stdout)
    assert {(r["id"], r["action"]) for r in rows} >= {(DALNIE, "place"), (DALNIE, "date"), (UKRAINE, "place")}
    [dalnie] = [r for r in rows if (r["id"], r["action"]) == (DALNIE, "place")]
    assert dalnie["needs"] == "Dalne is Dalnie on little evidence (0.82)"
    assert dalnie["choices"].startswith("katottg:")
    assert "captured the village of Dalne" in dalnie["quote"]
    assert not any(r["value"] or r["who"] or r["when"] or r["why"] for r in rows)
    assert f"{len(rows)} to look at" in result.stderr


def test_filled_in_it_is_obeyed_and_asked_no_more(folder):
    run("review", "-o", "maps/overrides.csv")
    path = folder / "maps" / "overrides.csv"
    rows = cells(path.read_text(encoding="utf-8"))
    for row in rows:
        if row["id"] == DALNIE:
            decision = {"value": row["choices"].split(" | ")[0]} if row["action"] == "place" else {"action": "keep", "value": "date"}
            row |= {**decision, "who": "A. Editor", "when": "2024-11-25", "why": "read the announcement"}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    result = run("review")
    assert {(r["id"], r["action"]) for r in cells(result.stdout)} == {(r["id"], r["action"]) for r in rows if r["id"] != DALNIE}
    assert f"overrides: 1 applied, 1 kept, {len(rows) - 2} open" in result.stderr
    # Asked for into the same file, the list leaves what is decided there, and adds only what is not waiting there already.
    decided, waiting = path.read_text(encoding="utf-8"), [r for r in rows if r["id"] != DALNIE]
    run("review", "-o", path)
    assert path.read_text(encoding="utf-8").removeprefix("\ufeff") == decided
    lines = [line for line in decided.splitlines(keepends=True) if not line.startswith(f"{waiting[0]['id']};{waiting[0]['action']};")]
    path.write_text("".join(lines), encoding="utf-8")
    run("review", "-o", path)
    assert path.read_text(encoding="utf-8").removeprefix("\ufeff").startswith("".join(lines))
    assert f"overrides: 1 applied, 1 kept, {len(rows) - 2} open" in run("review").stderr


def test_nothing_doubtful_is_not_listed(listed):
    assert listed(("a", 2, "A drone hit Kharkiv on Thursday, killing two people, the mayor said.")) == []


def test_claims_that_cannot_all_be_right(listed):
    [item] = listed(
        ("a", 2, "A drone hit Kharkiv on Thursday, killing two people and wounding 10, the mayor said."),
        ("b", 2, "A drone hit Kharkiv on Thursday, killing three people and wounding 10, the emergency service said."),
    )
    assert (item.action, [*map(str, item.needs)]) == ("killed", ["killed: claims that cannot all be right"])
    assert [choice.split(" (")[0] for choice in item.choices] == ["2", "3"]


def test_a_merge_on_little_evidence_names_what_to_take_out(listed):
    items = listed(
        ("a", 2, "A drone hit Kharkiv on Thursday, killing two people, the mayor said."),
        ("b", 2, "A drone hit Kharkiv on Thursday, the emergency service said."),
    )
    [item] = [i for i in items if i.action == "split"]
    assert item.choices == tuple(item.incident["merged_from"])
    assert "little evidence" in str(item.needs[0])


def test_no_cell_runs_in_a_spreadsheet(listed):
    [item] = listed(("a", 2, "=cmd|calc hit Nowhereville; a drone strike killed two people in the Northern region, the mayor said."))[:1]
    text = to_csv([item])
    assert text.startswith("\ufeffid,action,value,who,when,why,needs,")
    assert not any(cell[:1] in {"=", "+", "-", "@"} for row in csv.reader(io.StringIO(text)) for cell in row)
