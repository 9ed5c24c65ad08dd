"""Texts as they come: cut off, in several languages, with marks nobody sees. Each has an outcome, and quotes that stand."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from mapper.cli import main
from mapper.sources import read_all

ENGLISH = "Two people were killed in a drone strike on Sumy on Thursday, the governor said."
WITH_NUL = ENGLISH.replace("killed", "kil\0led")
UKRAINIAN = "У Харкові внаслідок ракетного удару загинули троє людей, повідомив мер Ігор Терехов."
RUSSIAN = "В Белгороде при атаке беспилотника ранен мужчина, сообщил губернатор Вячеслав Гладков."
GERMAN = "Bei einem Drohnenangriff auf Odessa wurden vier Menschen verletzt, teilte der Gouverneur mit."


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        result = CliRunner().invoke(main, [str(a) for a in arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return call


def write(name: str, content: bytes | str) -> Path:
    path = Path(name)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def extracted(run, path, *options):
    result = run("extract", path, "--published", "2024-11-22", *options)
    assert result.exit_code == 0, result.stderr
    incidents = json.loads(result.stdout)
    [article] = read_all([path]).articles
    for claim in (claim for incident in incidents for claim in incident["claims"]):
        assert article.text[claim["start"] : claim["end"]] == claim["quote"]
    return {(i["type"], *(p["name"] for p in i["places"])): i for i in incidents}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("unclosed.html", f"<html><body><div><p>{ENGLISH}<p>A house <i>burned<table><tr>down"),
        ("crossed.html", f"<p><b>{ENGLISH}</p></b></div></body><p>"),
        ("nothing-but-tags.html", f"<<p>>{ENGLISH}<</p <br"),
        ("nul.html", f"<p>{WITH_NUL}</p>"),
        (
            "marks.txt",
            "\u200fTwo people were killed\u200f in a dr\u00adone strike on Su\u200bmy on Thurs\u00adday, the \u202bgovernor\u202c said.",
        ),
        ("byte-order.txt", ENGLISH.encode("utf-16")),
        ("no-full-stop.txt", ENGLISH.removesuffix(".")),
        ("shout.txt", f"\ufeff\n\n\n   {ENGLISH}\r\n\r\n"),
        ("one-line.txt", f"{ENGLISH} " * 3),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value[-5:] else "",
)
def test_a_damaged_text_still_tells(run, name, content):
    [incident] = extracted(run, write(name, content)).values()
    assert (incident["type"], incident["places"][0]["name"], incident["date_start"]) == ("drone_strike", "Sumy", "2024-11-21")
    assert incident["killed"]["best"] == 2
    assert {re.sub(r"[^\w ]", "", claim["by"]) for claim in incident["claims"]} == {"governor"}


def test_an_article_in_four_languages_is_read_in_each(run):
    found = extracted(run, write("mixed.txt", f"{ENGLISH}\n\n{UKRAINIAN}\n\n{RUSSIAN}\n\n{GERMAN}"))
    assert found["drone_strike", "Sumy"]["killed"]["best"] == 2
    assert found["missile_strike", "Kharkiv"]["killed"]["best"] == 3
    assert found["drone_strike", "Belgorod"]["injured"]["best"] == 1
    assert found["drone_strike", "Odesa"]["injured"]["best"] == 4
    assert len(found) == 4


@pytest.mark.parametrize("encoding", ["cp1251", "koi8_u", "utf-16", "utf-8-sig"])
def test_any_encoding_of_a_ukrainian_text(run, encoding):
    text = f"{UKRAINIAN}\nУ Сумах ввечері пролунали вибухи, обійшлося без постраждалих.\n"
    found = extracted(run, write("text.txt", text.encode(encoding)))
    assert found["missile_strike", "Kharkiv"]["killed"]["best"] == 3


def test_a_file_that_was_cut_off_is_read_as_far_as_it_goes_and_told(run):
    path = write("cut.txt", f"{UKRAINIAN} Рятувальники працюють".encode()[:-3])
    result = run("extract", path)
    assert "\ufffd" in result.stderr
    assert extracted(run, path)["missile_strike", "Kharkiv"]["killed"]["best"] == 3


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", "", "is empty"),
        ("blank.md", " \n\n\t", "is empty"),
        ("empty.html", "", "is empty"),
        ("nul.txt", WITH_NUL, "is NUL"),
        ("no-markup.html", ENGLISH, "is not HTML"),
        ("noise.txt", bytes(range(1, 256)) * 20, "is not text"),
    ],
)
def test_what_is_no_text_is_rejected_in_one_line_and_the_others_are_mapped(run, name, content, reason):
    bad, good = write(name, content), write("good.txt", ENGLISH)
    alone = run("extract", bad)
    [line] = alone.stderr.strip().splitlines()
    assert (alone.exit_code, alone.stdout) == (1, "")
    assert line.startswith(f"Error: {name}: ")
    assert reason in line
    both = run("map", bad, good, "--published", "2024-11-22", "-o", "map.html")
    assert "2 reports read = 1 on the map + 0 merged + 0 not on the map + 1 rejected" in both.stderr


@pytest.mark.parametrize(
    "text",
    [
        "sumy drone killed two " * 4_000,
        "у Сумах, у Харкові, " * 5_000,
        "двоє людей поранено у Харкові внаслідок удару дронів " * 2_000,
        "Покровська, " * 6_000,
        '"„«' * 20_000,
        "а" * 100_000,
        "12 дронів і " * 6_000,
        "قال المحافظ " * 6_000,
        "\u202e\u200f" * 20_000 + ENGLISH,
    ],
    ids=["small letters", "places", "no ends", "adjectives", "quotes", "one word", "numbers", "arabic", "marks"],
)
def test_a_long_text_without_sentences_is_read_to_its_end(run, text):
    extracted(run, write("long.txt", text))


def test_an_unplaced_event_is_told_with_its_reason(run):
    path = write("unplaced.txt", "A drone strike killed two people in the village of Nowhereville, the governor said on Thursday.")
    [incident] = extracted(run, path).values()
    [place] = incident["places"]
    assert (place["text"], place["lon"], place["lat"]) == ("Nowhereville", None, None)
    result = run("map", path, "-o", "map.html", "--published", "2024-11-22")
    assert "1 not on the map" in result.stderr
    assert "no place named Nowhereville" in Path("map.html").read_text(encoding="utf-8")
