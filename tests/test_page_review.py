"""The review page: what it carries, and that all it offers is what the file of overrides takes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from review_sample import ARTICLE, write_maps

from mapper.cli import main
from mapper.editing.overrides import COLUMNS, standing
from mapper.editing.review import NEEDS, review
from mapper.editing.values import Knowledge, change
from mapper.page.assets import bundle
from mapper.page.desk import desk
from mapper.page.words import catalogue
from mapper.pipeline import gather
from mapper.taxonomy import LANGUAGES


def run(*arguments, code=0):
    result = CliRunner().invoke(main, [str(a) for a in arguments])
    assert result.exit_code == code, result.output
    return result


def desk_of(html):
    return json.loads(re.search(r'id="map_main_desk">(.*?)</script>', html, re.DOTALL)[1])


@pytest.fixture(scope="module")
def gathered(tmp_path_factory, world, taxonomy):
    folder = write_maps(tmp_path_factory.mktemp("review"))
    return gather([folder.parent / "articles"], world, taxonomy)


@pytest.fixture(scope="module")
def laid_out(gathered, world, taxonomy):
    items = review(gathered.tables, gathered.merges, ())
    settings = {"taxonomy": taxonomy, "gazetteer": world.gazetteer, "boundaries": world.boundaries, "lang": "en"}
    return desk(items, standing(None), name="overrides.csv", where="maps/overrides.csv", **settings)


def item(laid_out, action, title):
    [found] = [i for i in laid_out["items"] if i["action"] == action and title in i["title"]]
    return found


def test_every_choice_is_a_value_that_the_build_reads(laid_out, gathered, world, taxonomy):
    known = Knowledge(world.gazetteer, world.boundaries, taxonomy)
    rows = {row["id"]: row for row in gathered.tables.arrow("incidents").to_pylist()}
    kinds = set()
    for one in laid_out["items"]:
        for group in one["groups"]:
            for value in filter(None, [group.get("now"), *(option["value"] for option in group["options"])]):
                if one["action"] != "split":
                    change(one["action"], value, rows[one["id"]], known)
                else:
                    assert value.split("; ") == rows[one["id"]]["merged_from"]
                kinds.add(one["action"])
    assert kinds == {"place", "killed", "status", "split"}


def test_candidates_stand_where_the_gazetteer_has_them(laid_out, world):
    scored = [option for one in laid_out["items"] for group in one["groups"] for option in group["options"] if option.get("score")]
    assert {"Lyman", "Berezivka", "Novoselivka"} <= {option["name"] for option in scored}
    for option in scored:
        place = world.gazetteer.place(option["value"].split(" ")[0])
        assert (option["lon"], option["lat"]) == (place.lon, place.lat)
        assert (option["name"], option["area"]) == (place.name, place.admin1_name if place.admin1_name != place.name else "")


def test_a_region_may_be_all_that_is_known(laid_out):
    options = item(laid_out, "place", "Lyman")["groups"][0]["options"]
    [donetsk] = [option for option in options if option["name"] == "Donetsk Oblast"]
    assert donetsk["precision"] == "admin1"
    assert len(laid_out["outlines"][donetsk["outline"]][0]) > 20


def test_one_of_two_places_may_be_left_out(laid_out):
    groups = item(laid_out, "place", "Berezivka")["groups"]
    assert [group["text"] for group in groups] == ["Berezivka", "Novoselivka"]
    assert [group["options"][-1] for group in groups] == [{"value": ""}] * 2


def test_figures_go_with_who_gives_them(laid_out):
    [group] = item(laid_out, "killed", "Kharkiv")["groups"]
    told = sorted((option["value"], option.get("by"), option["now"]) for option in group["options"])
    assert told == [("2", ["mayor"], False), ("2-3", None, True), ("3", ["emergency service"], False)]


def test_one_of_three_reports_can_be_taken_out_by_who_tells_it(tmp_path, world, taxonomy):
    said = "A drone hit Kharkiv on Thursday, killing two people, the mayor said."
    for by, text in (("Wire", said), ("Post", said), ("Gazette", "A drone hit Kharkiv on Thursday, the emergency service said.")):
        (tmp_path / f"{by}.md").write_text(ARTICLE.format(by=by, n=by, day=2, text=text), encoding="utf-8")
    gathered = gather([tmp_path], world, taxonomy)
    items = review(gathered.tables, gathered.merges, ())
    settings = {"taxonomy": taxonomy, "gazetteer": world.gazetteer, "boundaries": world.boundaries, "lang": "en"}
    found = item(desk(items, standing(None), name="o.csv", where="o.csv", **settings), "split", "Kharkiv")
    values = [option["value"] for option in found["groups"][0]["options"]]
    assert sorted(values[1:]) == ["Gazette", "Post", "Wire"]
    path = tmp_path / "overrides.csv"
    path.write_text(f"{','.join(COLUMNS)}\n{found['id']},split,Gazette,A,2024-11-25,another house\n", encoding="utf-8")
    parted = gather([tmp_path], world, taxonomy, overrides=path)
    assert [verdict.outcome for verdict in parted.ledger.overrides] == ["applied"]
    assert len(parted.tables.incidents) == 2


def test_the_page_asks_nobody_and_says_that_it_is_no_publication(tmp_path, monkeypatch):
    monkeypatch.chdir(write_maps(tmp_path).parent)
    result = run("review", "--html", "-o", "review.html")
    html = Path("review.html").read_text(encoding="utf-8")
    assert result.stdout == "review.html\n"
    assert "to look at" in result.stderr
    assert "default-src 'none'" in html
    assert "connect-src 'none'" in html
    assert "not for publication" in html
    assert html.count("<b>Nowhereville") == 0
    assert run("review", "--html").stdout == html


def test_the_language_of_the_page_is_that_of_the_map(tmp_path):
    maps = write_maps(tmp_path, lang="uk")
    html = run("review", "--html", "--maps", maps).stdout
    assert '<html lang="uk">' in html
    assert "не для оприлюднення" in html


def test_a_file_that_stands_there_goes_into_the_page_as_it_is(tmp_path):
    maps = write_maps(tmp_path)
    text = "sep=;\r\nwhy;ID;action;value;who;when;mine\r\nread it;i-1;hide;;A. Editor;2024-11-25;'=1+1\r\n"
    (maps / "m.overrides.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())
    file = desk_of(run("review", "--html", "--maps", maps).stdout)["file"]
    assert file["text"] == text
    assert (file["name"], file["where"]) == ("m.overrides.csv", "maps/m.overrides.csv")
    assert file["columns"] == ["why", "id", "action", "value", "who", "when", "mine"]
    assert (file["delimiter"], file["newline"]) == (";", "\r\n")


def test_rows_go_into_the_columns_of_the_last_header(tmp_path):
    path = tmp_path / "overrides.csv"
    path.write_text(f"when,{','.join(COLUMNS[:4])},why\n{','.join(COLUMNS)}\ni-1,hide,,A,2024-11-25,why", encoding="utf-8")
    found = standing(path)
    assert found.columns == COLUMNS
    assert found.text.endswith("why\n")


def test_maps_with_overrides_of_their_own_need_a_page_each(tmp_path):
    maps = write_maps(tmp_path)
    (maps / "n.toml").write_text('inputs = ["../articles"]\n', encoding="utf-8")
    (maps / "n.overrides.csv").write_text(",".join(COLUMNS), encoding="utf-8")
    result = run("review", "--html", "--maps", maps, code=1)
    assert "name one map, m or n" in result.stderr
    assert desk_of(run("review", "n", "--html", "--maps", maps).stdout)["file"]["name"] == "n.overrides.csv"


def test_a_page_among_the_maps_is_warned_of(tmp_path):
    maps = write_maps(tmp_path)
    assert "do not publish it" in run("review", "--html", "--maps", maps, "-o", maps / "review.html").stderr


def test_a_terminal_is_no_place_for_a_page(tmp_path, monkeypatch):
    maps = write_maps(tmp_path)
    monkeypatch.setattr("mapper.cli.maps.is_terminal", lambda _: True)
    assert "-o review.html" in run("review", "--html", "--maps", maps, code=2).stderr


def test_what_is_withheld_is_not_in_the_page(tmp_path):
    maps = write_maps(tmp_path)
    assert "Hrindu" in run("review", "--html", "--maps", maps).stdout  # what was passed over may name anything
    with (maps / "m.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[sensitivity]]\ntype = "air_strike"\ndelay = "9999d"\nreason = "Later."\n')
    html = run("review", "--html", "--maps", maps).stdout
    assert "Ivanivka" in html
    assert "Lyman" not in html
    assert "Hrindu" not in html


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_are_there_in_every_language(lang):
    english, words = catalogue("en", "review"), catalogue(lang, "review")
    assert words.keys() == english.keys()
    assert {f"need_{kind}" for kind in NEEDS} <= words.keys()

    def blanks(entry):
        return set(re.findall(r"\{\w+\}", json.dumps(entry)))

    assert [key for key in english if blanks(words[key]) != blanks(english[key])] == []
    assert not words.keys() & catalogue(lang).keys()


def test_the_reasons_have_the_same_blanks_in_both_lists():
    words = catalogue("en", "review")
    for kind, said in NEEDS.items():
        assert set(re.findall(r"\{\w+\}", words[f"need_{kind}"])) == set(re.findall(r"\{\w+\}", said))


def test_the_bundle_is_within_its_budget_and_apart_from_that_of_the_map():
    assert sum(len(bundle(name).encode()) for name in ("review.js", "review.css")) <= 215_000
    assert "review-pin" not in bundle("mapper.js") + bundle("mapper.css")
