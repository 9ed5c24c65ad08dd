"""Two hundred builds killed at any moment: the map is the old or the new one, byte for byte, and the next build is right."""

from __future__ import annotations

import random
import signal

import pytest
from killable import Killable

from mapper import store

HEADER = "id,date,type,place,country,lat,lon,killed\n"
ROWS = {"a": "x,2024-11-20,shelling,Nikopol,UA,47.57,34.39,0\n", "b": "y,2024-11-21,drone_strike,Sumy,UA,50.9,34.8,2\n"}
TITLES = {"a": "The one", "b": "The other"}
LONGEST_DELAY = 0.003  # seconds; writing a map takes about as long


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("inputs")
    for name, row in ROWS.items():
        (folder / f"{name}.csv").write_text(HEADER + row, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    return tmp_path_factory.mktemp("output")


@pytest.fixture(scope="module")
def killable(inputs, output, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    process = Killable(output, (command(kind, inputs, elsewhere, name) for kind in ("map", "export") for name in ROWS))
    yield process
    process.close()


def command(kind, inputs, output, name):
    if kind == "map":
        return ["map", inputs / f"{name}.csv", "-o", output / "map.html", "--title", TITLES[name]]
    return ["export", inputs / f"{name}.csv", "-o", output / "rows.csv"]


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def clear(folder):
    for path in folder.iterdir():
        path.unlink()


def whole(killable, kind, inputs, output):
    """Build both states once: what they are, how long they take and how many events they have."""
    states = {}
    for name in ROWS:
        ended = killable.run(*command(kind, inputs, output, name))
        assert ended.code == 0
        states[name] = contents(output)
    # Again: the first had no file to replace.
    killable.run(*command(kind, inputs, output, "a"))
    ended = killable.run(*command(kind, inputs, output, "b"))
    assert states["a"].keys() == states["b"].keys()
    assert all(states["a"][file] != states["b"][file] for file in states["a"] if "sources" not in file)
    return states, ended


def moment(dice, ended):
    """Half of the kills at any time, half at something that the writing does."""
    if dice.random() < 0.5:
        return {"after": dice.uniform(0, ended.seconds)}
    return {"at": dice.randrange(ended.events), "later": dice.choice([0, dice.uniform(0, LONGEST_DELAY)])}


def test_200_kills_leave_the_old_map_or_the_new_one(killable, inputs, output):
    states, ended = whole(killable, "map", inputs, output)
    dice = random.Random(2024)  # noqa: S311 - the same kills each time
    now, killed, seen = "b", 0, set()
    while killed < 200:
        old, new = now, "a" if now == "b" else "b"
        run = killable.run(*command("map", inputs, output, new), **moment(dice, ended))
        killed += run.code == -signal.SIGKILL
        found = contents(output)["map.html"]
        assert found in {states[old]["map.html"], states[new]["map.html"]}, f"kill {killed} left a map that is neither"
        seen.add((found == states[new]["map.html"], len(contents(output)) > len(states[old])))
        now = dice.choice([old, new])
        assert killable.run(*command("map", inputs, output, now)).code == 0
        assert contents(output) == states[now], f"the build after kill {killed} is not right"
    # kills came before the rename, after it, and when there was something to clear away
    assert {renamed for renamed, _ in seen} == {True, False}
    assert (False, True) in seen
    clear(output)


def test_kills_between_files_that_belong_together_leave_no_mixture(killable, inputs, output, taxonomy):
    states, ended = whole(killable, "export", inputs, output)
    dice = random.Random(7)  # noqa: S311 - the same builds each time
    now, mixed = "b", 0
    for at in range(ended.events):
        old, new = now, "a" if now == "b" else "b"
        run = killable.run(*command("export", inputs, output, new), at=at)
        assert run.code == -signal.SIGKILL
        files = {name: data for name, data in contents(output).items() if not name.startswith(".")}
        mixed += files not in (states[old], states[new])
        told = set(store.read(output / "rows.csv").incidents["type"])
        assert told in ({ROWS[old].split(",")[2]}, {ROWS[new].split(",")[2]})
        assert {n: d for n, d in contents(output).items() if not n.startswith(".")} in (states[old], states[new])
        now = dice.choice([old, new])
        assert killable.run(*command("export", inputs, output, now)).code == 0
        assert contents(output) == states[now]
    assert mixed, "no kill fell between two renames: the test shows nothing"
    clear(output)


def test_without_a_rename_the_same_kills_are_noticed(killable, inputs, output):
    states, _ = whole(killable, "map", inputs, output)
    torn = killable.run(*command("map", inputs, output, "a"), torn=True)
    assert contents(output) == states["a"]
    damaged = 0
    for at in range(torn.events):
        killable.run(*command("map", inputs, output, "b"), at=at, torn=True)
        damaged += contents(output)["map.html"] not in {states["a"]["map.html"], states["b"]["map.html"]}
    assert damaged >= 3
    clear(output)
