"""`mapper snapshot` with the browser that the tests have: the picture is looked at by its pixels."""

from __future__ import annotations

import stat
import sys

import numpy as np
import pytest
import shapely
from click.testing import CliRunner
from page_sample import OPTIONS, StubBoundaries, incident, place
from PIL import Image

from mapper.cli import main
from mapper.page.render import render
from mapper.tables import Tables
from mapper.taxonomy import Taxonomy

SEA = {"light": (0xD6, 0xE2, 0xE8), "dark": (0x16, 0x21, 0x2A)}
LAND = {"light": (0xF7, 0xF5, 0xF0), "dark": (0x26, 0x2A, 0x2E)}


@pytest.fixture(scope="module")
def maps(tmp_path_factory):
    """Give a folder with a map of one shelling at Sumy."""
    folder = tmp_path_factory.mktemp("maps")
    tables = Tables.from_records(
        [incident("i-1", "shelling", "Shelling", [place("Sumy", 34.8, 50.92)])], [], [], [shapely.Point(34.8, 50.92)]
    )
    html = render(tables, OPTIONS, taxonomy=Taxonomy.load(), boundaries=StubBoundaries())
    (folder / "map.html").write_text(html, encoding="utf-8")
    return folder


@pytest.fixture
def run(maps, chromium, monkeypatch, tmp_path):
    monkeypatch.setenv("MAPPER_BROWSER", chromium)

    def call(*arguments, page=maps / "map.html"):
        return CliRunner().invoke(main, ["snapshot", str(page), "-o", str(tmp_path / "card.png"), *map(str, arguments)])

    return call


def pixels(path):
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))


def count(picture, colour):
    return int((picture == np.array(colour)).all(axis=-1).sum())


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_card_shows_title_map_and_legend(run, tmp_path, theme):
    result = run(f"--{theme}")
    assert result.exit_code == 0, result.output
    assert result.stdout == f"{tmp_path / 'card.png'}\n"
    picture = pixels(tmp_path / "card.png")
    assert picture.shape == (630, 1200, 3)
    map_, title, legend = picture[100:550], picture[:88], picture[595:]
    # land fills the middle; title and legend have ink in them and neither land nor sea
    assert count(map_, LAND[theme]) > map_.size // 3 * 0.4
    for strip in (title, legend):
        assert count(strip, LAND[theme]) + count(strip, SEA[theme]) < 20  # the edges of letters may have any colour
        assert len(np.unique(strip.reshape(-1, 3), axis=0)) > 20
    # the one shelling, on the map and in the legend, in its colour
    brown = tuple(bytes.fromhex(Taxonomy.load().types["shelling"].colour.removeprefix("#")))
    assert count(map_, brown) > 30
    assert count(legend, brown) > 30
    assert [p.name for p in tmp_path.iterdir()] == ["card.png"]


def test_without_a_choice_it_is_light_and_the_same_each_time(run, tmp_path):
    run("--light")
    first = (tmp_path / "card.png").read_bytes()
    run()
    assert (tmp_path / "card.png").read_bytes() == first


def test_size_view_and_language(run, tmp_path):
    run("--size", "600x315")
    small = pixels(tmp_path / "card.png")
    assert small.shape == (315, 600, 3)
    run("--size", "600x315", "--view", "https://example.org/map.html#v=9/50.92/34.8&no-type=shelling&theme=dark")
    filtered = pixels(tmp_path / "card.png")
    assert count(filtered, LAND["dark"]) > 1000
    assert count(filtered, LAND["light"]) == 0
    run("--size", "600x315", "--lang", "uk")
    assert not np.array_equal(pixels(tmp_path / "card.png"), small)


def test_what_is_no_map_is_said(run, tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<!DOCTYPE html><title>x</title><p>No map", encoding="utf-8")
    (tmp_path / "card.png").write_bytes(b"old")
    result = run(page=page)
    assert (result.exit_code, result.stderr) == (
        1,
        f"Error: {page}: is not a map made by mapper, or was not drawn in time; check the name, or make the map again\n",
    )
    assert (tmp_path / "card.png").read_bytes() == b"old"
    assert "there is no such file" in run(page=tmp_path / "none.html").stderr


def test_a_browser_that_is_not_there_fails_or_hangs_is_said(run, tmp_path, monkeypatch):
    def browser(text):
        path = tmp_path / "browser"
        path.write_text(f"#!{sys.executable}\n{text}\n", encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path

    assert "none: there is no such browser" in run("--browser", tmp_path / "none").stderr
    fails = run("--browser", browser("import sys; sys.exit('out of paint')"))
    assert f"{tmp_path / 'browser'}: drew nothing and ended with 1: out of paint; try another" in fails.stderr
    hangs = run("--browser", browser("import time; time.sleep(600)"), "--timeout", "1")
    assert f"{tmp_path / 'browser'}: has not drawn the map after 1 seconds; allow more with --timeout" in hangs.stderr
    assert {r.exit_code for r in (fails, hangs)} == {1}
    monkeypatch.delenv("MAPPER_BROWSER")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert run().stderr == "Error: no Chromium, Chrome or Edge was found; install one, or name it with --browser or MAPPER_BROWSER\n"
    assert not (tmp_path / "card.png").exists()


@pytest.mark.parametrize("size", ["1200", "1200x", "10x10", "9000x9000", "1200x630x2"])
def test_a_size_is_checked(run, size):
    result = run("--size", size)
    assert result.exit_code == 2
    assert "such as 1200x630" in result.stderr
