"""The payload says the same in Python and in TypeScript."""

from __future__ import annotations

import base64
import json
import re
import zlib
from pathlib import Path

import pytest
from page_sample import HOSTILE, StubBasemap, StubBoundaries, sample_tables
from test_page_container import unpack

from mapper.incidents import COUNTS
from mapper.layers import drawing as drawing_module
from mapper.page import basemap, container, payload, text
from mapper.taxonomy import SHAPES, Taxonomy

FRONTEND = Path(drawing_module.__file__).parents[1] / "frontend"
TAXONOMY = Taxonomy.load()


@pytest.fixture(scope="module")
def sample():
    tables = sample_tables()
    return tables, drawing_module.draw(tables, TAXONOMY, StubBoundaries())


def source(name: str) -> str:
    return (FRONTEND / name).read_text(encoding="utf-8")


def table(script: str, name: str) -> dict[str, str]:
    body = re.search(rf"const {name} = \{{(.*?)\}} as const", script, re.DOTALL)[1]
    return dict(re.findall(r'(\w+): "(\w+)"', body))


def strings(script: str, name: str) -> tuple[str, ...]:
    return tuple(re.findall(r'"([^"]+)"', re.search(rf"const {name} = \[(.*?)\]", script, re.DOTALL)[1]))


def fields(script: str, name: str) -> set[str]:
    body = re.search(rf"interface {name}[^{{]*\{{(.*?)\n\}}", script, re.DOTALL)[1]
    return set(re.findall(r"^  (\w+)\??:", body, re.MULTILINE))


def test_columns_are_the_same_in_the_same_order():
    assert list(table(source("payload.ts"), "COLUMNS").items()) == list(payload.COLUMNS.items())
    assert list(table(source("layers/basemap.ts"), "COLUMNS").items()) == list(basemap.COLUMNS.items())


def test_vocabularies_are_the_same():
    script = source("payload.ts")
    assert strings(script, "COUNTS") == COUNTS
    assert strings(script, "FLAGS") == drawing_module.FLAGS
    assert strings(source("symbols.ts"), "SHAPES") == SHAPES
    assert strings(source("layers/basemap.ts"), "LABELS") == basemap.LABELS
    assert f"VERSION = {container.VERSION};" in source("container.ts")
    assert (f"DOT = {drawing_module.DOT};" in script, f"RING = {drawing_module.RING};" in script) == (True, True)
    for bit, flag in enumerate(drawing_module.FLAGS):
        assert f"{flag.upper().removeprefix('DATE_')} = {1 << bit};" in script


@pytest.mark.parametrize(
    ("interface", "names"),
    [
        ("RowText", set(text.ROW)),
        ("PlaceText", set(text.PLACE)),
        ("CandidateText", set(text.CANDIDATE)),
        ("ClaimText", set(text.CLAIM) - set(COUNTS)),
        ("SourceText", set(text.SOURCE)),
    ],
)
def test_fields_of_the_text_are_the_same(interface, names):
    assert fields(source("text.ts"), interface) == names


def test_shapes_all_have_corners():
    body = re.search(r"const CORNERS[^{]*\{(.*?)\n\};", source("symbols.ts"), re.DOTALL)[1]
    assert {a or b for a, b in re.findall(r'^  (?:"([\w-]+)"|(\w+)):', body, re.MULTILINE)} == set(SHAPES)


def test_the_container_holds_the_drawing(sample):
    _, drawing = sample
    meta, columns = unpack(payload.drawing_container(drawing, TAXONOMY).text())
    assert list(columns) == list(payload.COLUMNS)
    assert meta["placed"] == drawing.placed
    assert meta["types"][columns["type"][0]] in TAXONOMY.types
    assert columns["intercepted"] == drawing.columns["intercepted"].tolist()
    lon = [n / meta["lonlat"] for n in columns["point_lon"]]
    assert lon == pytest.approx(drawing.points.lon.tolist(), abs=0.6 / meta["lonlat"])
    assert sum(columns["ring_points"]) == len(columns["ring_lon"])


def block(packed: str) -> dict:
    return json.loads(zlib.decompress(base64.b64decode(packed), -zlib.MAX_WBITS))


def test_text_stands_in_the_order_of_the_drawing(sample, monkeypatch):
    tables, drawing = sample
    monkeypatch.setattr(text, "BLOCK", 4)
    blocks = [block(b) for b in text.blocks(tables, drawing)]
    assert [len(b["rows"]) for b in blocks] == [4, 4, 4, 1]
    rows = [row for b in blocks for row in b["rows"]]
    assert [r["id"] for r in rows] == tables.incidents["id"].to_numpy()[drawing.order].tolist()
    by_id = {r["id"]: r for r in rows}
    assert [c["by"] for c in by_id["i-sumy"]["claims"]] == ["Artem Kobzar, acting mayor of Sumy", "Sumy regional military administration"]
    assert by_id["i-kherson"]["claims"][1]["killed_best"] == 1
    assert "claims" not in by_id["i-near"]
    assert by_id["i-missile"]["reason"] == "known to the country only"
    assert by_id["i-hostile"]["title"] == HOSTILE
    for b in blocks:
        named = {c["source"] for r in b["rows"] for c in r.get("claims", ())}
        assert set(b["sources"]) == named


def test_zero_is_kept_and_unknown_is_left_out(sample):
    tables, drawing = sample
    claims = tables.claims.copy()
    claims.loc[0, "killed_low"] = 0
    from mapper.incidents import Tables

    blocks = list(text.blocks(Tables(tables.incidents, claims, tables.sources), drawing))
    row = next(r for r in block(blocks[0])["rows"] if r["id"] == "i-sumy")
    assert row["claims"][0]["killed_low"] == 0
    assert "injured_low" not in row["claims"][0]


def test_only_http_links_travel(sample):
    sources = block(next(iter(text.blocks(*sample))))["sources"]
    assert sources["s-1"]["url"].startswith("https://")
    assert "url" not in sources["s-bad"]
    assert "url" not in sources["s-3"]


def test_the_basemap_holds_arcs_rings_and_names():
    meta, columns = unpack(basemap.basemap_container(StubBasemap(), "uk").text())
    assert columns["arc_points"] == [3, 4, 5, 2]
    assert columns["land_refs"] == [0, 1, -1, 2]
    assert columns["land_arcs"] == [2, 2]
    assert meta["names"] == ["Україна", "Сумська область", "Київ", "Харків", "Суми"]
    assert columns["label_kind"] == [0, 1, 3, 2, 2]
    assert basemap.basemap_container(StubBasemap(), "de").meta["names"][3] == "Kharkiv"
