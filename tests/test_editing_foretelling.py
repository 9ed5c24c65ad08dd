"""Incidents dated later than the build are told, with file and row, and listed for review; the map stays as it is."""

from __future__ import annotations

import csv

import pytest
from click.testing import CliRunner

from mapper.cli import main

ROWS = "date,type,place,country\n2024-11-24,shelling,Sumy,UA\n2035-01-01,shelling,Sumy,UA\n,shelling,Sumy,UA\n2024-11-21,shelling,Sumy,UA\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Make a folder whose clock says 22 November 2024, noon in UTC."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1732276800")
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps" / "m.toml").write_text('inputs = ["../rows.csv"]\n', encoding="utf-8")
    (tmp_path / "rows.csv").write_text(ROWS, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_date_that_is_still_to_come_is_told_with_file_and_row(folder, command):
    result = CliRunner().invoke(main, [command])
    assert result.exit_code == 0, result.stderr
    warnings = [line for line in result.stderr.splitlines() if "still to come" in line]
    assert len(warnings) == 1
    assert warnings[0].endswith("rows.csv, row 3: dated 2035-01-01, which is still to come")


def test_many_are_told_in_a_few_lines(folder):
    rows = "".join(f"2035-01-{day:02},shelling,Sumy,UA\n" for day in range(1, 11))
    (folder / "rows.csv").write_text("date,type,place,country\n" + rows, encoding="utf-8")
    warnings = [line for line in CliRunner().invoke(main, ["check"]).stderr.splitlines() if "still to come" in line]
    assert len(warnings) == 6
    assert warnings[-1] == "Warning: 5 more reports have a date that is still to come"


def test_the_review_asks_for_its_date(folder):
    result = CliRunner().invoke(main, ["review"])
    listed = [row for row in csv.DictReader(result.stdout.removeprefix("\ufeff").splitlines()) if "to come" in row["needs"]]
    assert [(row["action"], row["date"], row["needs"]) for row in listed] == [
        ("date", "2035-01-01", "dated 2035-01-01, which is still to come")
    ]


def test_the_map_is_the_same_whatever_the_clock_says(folder, monkeypatch):
    made = []
    for clock in ("1732276800", "2100000000"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", clock)
        (folder / "maps" / "m.html").unlink(missing_ok=True)
        assert CliRunner().invoke(main, ["build"]).exit_code == 0
        made.append((folder / "maps" / "m.html").read_bytes())
    assert made[0] == made[1]
