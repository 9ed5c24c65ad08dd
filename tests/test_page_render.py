"""The page as text: the same each time, closed to the outside, and nothing in it runs that we did not write."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import folium
import pytest
import shapely
from page_sample import HOSTILE, OPTIONS, StubBasemap, StubBoundaries, incident, place, sample_tables

from mapper.errors import BundleError
from mapper.layers.drawing import draw
from mapper.page import assets
from mapper.page.elements import Basemap, IncidentLayer, json_for_script
from mapper.page.render import render
from mapper.tables import Tables
from mapper.taxonomy import Taxonomy

TAXONOMY = Taxonomy.load()
EVIL = replace(
    OPTIONS,
    title=HOSTILE,
    description=HOSTILE,
    rejected=(HOSTILE,),
    attributions=(HOSTILE,),
    made_with=HOSTILE,
    as_of=HOSTILE,
    ledger={HOSTILE: 1},
)


class Elements(HTMLParser):
    """All elements of a page, with what is in scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None], str]] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs), ""))

    def handle_data(self, data):
        self.texts.append(data)
        if self.cdata_elem:
            tag, attrs, text = self.found[-1]
            self.found[-1] = (tag, attrs, text + data)

    def of(self, tag: str) -> list[tuple[dict[str, str | None], str]]:
        return [(attrs, text) for name, attrs, text in self.found if name == tag]


@pytest.fixture(scope="module")
def html() -> str:
    return render(sample_tables(), EVIL, taxonomy=TAXONOMY, boundaries=StubBoundaries())


def policy(html: str) -> dict[str, list[str]]:
    content = next(a["content"] for a, _ in Elements(html).of("meta") if a.get("http-equiv") == "Content-Security-Policy")
    return {part.split()[0]: part.split()[1:] for part in content.split("; ")}


def test_the_policy_names_every_inline_script_and_style_and_nothing_else(html):
    csp, elements = policy(html), Elements(html)
    assert csp["default-src"] == csp["connect-src"] == csp["base-uri"] == csp["form-action"] == ["'none'"]
    assert csp["img-src"] == ["data:"]
    for kind in ("script", "style"):
        inline = [t for a, t in elements.of(kind) if not str(a.get("type", "")).startswith("application/")]
        hashes = ["'sha256-" + base64.b64encode(hashlib.sha256(t.encode()).digest()).decode() + "'" for t in inline]
        assert csp[f"{kind}-src"] == hashes
        assert hashes
    assert html.index("Content-Security-Policy") < min(html.index("<script"), html.index("<style"))


def test_nothing_is_loaded_from_anywhere(html):
    elements = Elements(html)
    assert not {tag for tag, *_ in elements.found} & {"link", "img", "iframe", "object", "embed", "base", "form", "video"}
    for _, attrs, _ in elements.found:
        assert not set(attrs) & {"src", "href", "style"}
        assert not [name for name in attrs if name.startswith("on")]


def test_hostile_text_is_text(html):
    elements = Elements(html)
    assert HOSTILE in "".join(elements.texts)
    assert elements.of("title")[0] is not None
    assert "<img" not in html
    assert "alert(1)" not in "".join(t for a, t in elements.of("script") if "type" not in a)
    assert "7*7" in html
    assert len(elements.of("noscript")) == 1


def test_behind_the_text_comes_only_what_the_page_never_reads(html):
    kinds = [a.get("type") for a, _ in Elements(html).of("script")]
    assert kinds[-2:] == ["application/vnd.mapper.text", "application/vnd.mapper.archive"]
    assert kinds.count("application/vnd.mapper.text") == 1


def test_a_page_can_go_without_its_archive(html):
    without = render(sample_tables(), replace(OPTIONS, archive=False), taxonomy=TAXONOMY, boundaries=StubBoundaries())
    assert "mapper-archive" not in without
    assert len(without) < len(html)
    assert html.rstrip().endswith("</body>\n</html>")


@pytest.mark.parametrize("lang", ["en", "uk", "ru", "de", "fr"])
def test_the_language_is_said(lang):
    html = render(sample_tables(), replace(OPTIONS, lang=lang), taxonomy=TAXONOMY, boundaries=StubBoundaries())
    assert f'<html lang="{lang}">' in html


def test_an_empty_map_is_a_map():
    html = render(Tables.empty(), OPTIONS, taxonomy=TAXONOMY, boundaries=StubBoundaries())
    assert '"bounds":[22.0,44.0,41.0,53.0]' in html


def test_bounds_of_the_definition_win():
    html = render(sample_tables(), replace(OPTIONS, bounds=(30, 49, 32, 51)), taxonomy=TAXONOMY, boundaries=StubBoundaries())
    assert '"bounds":[30,49,32,51]' in html


def test_the_same_bytes_in_another_process_with_another_hash_seed():
    here = Path(__file__).parent
    code = (
        "import sys, hashlib; sys.path.insert(0, sys.argv[1]); from test_page_render import *; "
        "print(hashlib.sha256(render(sample_tables(), OPTIONS, taxonomy=TAXONOMY, boundaries=StubBoundaries()).encode()).hexdigest())"
    )
    digests = set()
    for seed in ("1", "2"):
        env = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(here.parent)}
        run = subprocess.run([sys.executable, "-c", code, str(here)], env=env, capture_output=True, text=True, check=True)
        digests.add(run.stdout)
    assert len(digests) == 1


def test_it_is_small(html):
    assert len(html.encode()) < 400_000


def test_the_licence_of_leaflet_travels_with_its_code(html):
    assert "BSD 2-Clause License" in html
    assert "Redistributions in binary form must reproduce" in html


def test_a_missing_bundle_says_what_to_run(monkeypatch, tmp_path):
    monkeypatch.setattr(assets, "files", lambda _: tmp_path)
    assets.bundle.cache_clear()
    try:
        with pytest.raises(BundleError, match=r"mapper\.js.*make map.*npm run build"):
            assets.bundle("mapper.js")
    finally:
        assets.bundle.cache_clear()


def test_a_bundle_that_ends_its_own_element_is_refused(monkeypatch, tmp_path):
    folder = tmp_path / "page" / "static"
    folder.mkdir(parents=True)
    (folder / "mapper.js").write_text("var x = '</script>'")
    monkeypatch.setattr(assets, "files", lambda _: tmp_path)
    assets.bundle.cache_clear()
    try:
        with pytest.raises(BundleError, match="end of a script"):
            assets.bundle("mapper.js")
    finally:
        assets.bundle.cache_clear()


def test_json_in_a_script_is_the_same_json():
    import json

    text = str(json_for_script({"a": HOSTILE}))
    assert json.loads(text) == {"a": HOSTILE}
    assert not re.search("[<>&\u2028]", text)


def test_the_layers_go_onto_a_plain_folium_map_and_change_no_other():
    tables = sample_tables()
    before = folium.Map().get_root().render()
    plain = folium.Map(location=[50, 34], zoom_start=6, tiles=None)
    Basemap(StubBasemap()).add_to(plain)
    layer = IncidentLayer(tables, draw(tables, TAXONOMY, StubBoundaries()), taxonomy=TAXONOMY).add_to(plain)
    html = plain.get_root().render()
    assert f"incident_layer_main.addTo({plain.get_name()})" in html
    assert html.count("BSD 2-Clause License") == 1
    assert "leaflet.js" in html
    assert plain.get_bounds()[0][0] == pytest.approx(46.43, abs=0.01)
    assert layer.get_name() == "incident_layer_main"
    assert len(folium.Map().get_root().render().splitlines()) == len(before.splitlines())


def test_two_layers_on_one_map_have_two_names():
    tables = sample_tables()
    drawing = draw(tables, TAXONOMY, StubBoundaries())
    plain = folium.Map(tiles=None)
    for name in ("a", "b"):
        IncidentLayer(tables, drawing, taxonomy=TAXONOMY, name=name).add_to(plain)
    html = plain.get_root().render()
    ids = [a["id"] for a, _ in Elements(html).of("script") if "id" in a]
    assert len(ids) == len(set(ids)) == 9


def test_a_layer_on_no_map_says_so():
    with pytest.raises(TypeError, match="on no map"):
        Basemap(StubBasemap()).render()


def test_the_table_for_a_browser_without_scripts():
    html = render(sample_tables(), OPTIONS, taxonomy=TAXONOMY, boundaries=StubBoundaries())
    table = html[html.index("<noscript>") : html.index("</noscript>")]
    assert table.count("<tr>") == len(sample_tables().incidents) + 1
    assert "Vladimir Putin, Example News" in table
    assert "2024-11-21 – 2024-11-22" in table
    assert "<script" not in table


def test_the_table_says_the_children_of_a_toll():
    rows = [incident("i-1", "shelling", "Shelling", [place("Sumy", 34.8, 50.92)], killed_best=4, children_killed=1, injured_low=2)]
    html = render(Tables.from_records(rows, [], [], [shapely.Point(34.8, 50.92)]), OPTIONS, taxonomy=TAXONOMY, boundaries=StubBoundaries())
    table = html[html.index("<noscript>") : html.index("</noscript>")]
    assert "<td>4 (of them children: 1)</td>" in table
    assert "<td>≥ 2</td>" in table


def test_the_table_says_made_titles_in_the_language_of_the_page():
    tables = sample_tables()
    rows = [row | {"tags": ["title-generated"]} for row in tables.arrow("incidents").to_pylist()]
    made = Tables.from_records(rows, [], [], tables.incidents.geometry.to_list())
    html = render(made, replace(OPTIONS, lang="de"), taxonomy=TAXONOMY, boundaries=StubBoundaries())
    table = html[html.index("<noscript>") : html.index("</noscript>")]
    assert "Drohnenangriff, Sumy" in table
    assert "Drone strike" not in table


def test_the_table_says_why_something_is_not_on_the_map_in_the_language_of_the_page():
    rows = [
        incident("i-1", "shelling", "Shelling", [], unplaced="known to the country only: Ukraine"),
        incident("i-2", "shelling", "Shelling", [], unplaced="a reason: of somebody"),
    ]
    made = Tables.from_records(rows, [], [], [None, None])
    html = render(made, replace(OPTIONS, lang="de"), taxonomy=TAXONOMY, boundaries=StubBoundaries())
    table = html[html.index("<noscript>") : html.index("</noscript>")]
    assert "(nicht auf der Karte: nur das Land ist bekannt: Ukraine)" in table
    assert "(nicht auf der Karte: a reason: of somebody)" in table


def test_a_long_table_is_left_out(monkeypatch):
    from mapper.page import noscript

    monkeypatch.setattr(noscript, "MOST", 5)
    html = render(sample_tables(), OPTIONS, taxonomy=TAXONOMY, boundaries=StubBoundaries())
    table = html[html.index("<noscript>") : html.index("</noscript>")]
    assert "<table" not in table
    assert "Turn JavaScript on" in table


def test_words_of_the_page_travel_and_the_other_languages_packed(html):
    ids = [a.get("id") for a, _ in Elements(html).of("script")]
    assert ids.count("mapper-words-en") == 1
    assert ids.count("mapper-words") == 1
