"""The payload says the same in Python and in TypeScript."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from page_sample import HOSTILE, StubBasemap, StubBoundaries, sample_tables
from test_page_container import unpack

from mapper.incidents import COUNTS, UNDRAWN
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
    counted = "".join(f'{count}: "optional",' for count in COUNTS)
    return dict(re.findall(r'(\w+): "(\w+)"', body.replace("...OPTIONAL,", counted)))


def strings(script: str, name: str) -> tuple[str, ...]:
    return tuple(re.findall(r'"([^"]+)"', re.search(rf"const {name} = \[(.*?)\]", script, re.DOTALL)[1]))


def fields(script: str, name: str) -> set[str]:
    body = re.search(rf"interface {name}[^{{]*\{{(.*?)\n\}}", script, re.DOTALL)[1]
    return set(re.findall(r"^  (\w+)\??:", body, re.MULTILINE))


def test_columns_are_the_same_in_the_same_order():
    assert list(table(source("payload.ts"), "COLUMNS").items()) == list(payload.COLUMNS.items())
    drawn = [table(source(f"layers/{name}.ts"), "COLUMNS") for name in ("land", "water")]
    assert [pair for columns in drawn for pair in columns.items()] == list(basemap.COLUMNS.items())


def test_vocabularies_are_the_same():
    script = source("payload.ts")
    assert strings(script, "COUNTS") == COUNTS
    assert strings(script, "FLAGS") == drawing_module.FLAGS
    assert strings(source("symbols.ts"), "SHAPES") == SHAPES
    assert strings(source("layers/land.ts"), "LABELS") == basemap.LABELS
    assert f"VERSION = {container.VERSION};" in source("container.ts")
    assert (f"DOT = {drawing_module.DOT};" in script, f"RING = {drawing_module.RING};" in script) == (True, True)
    for bit, flag in enumerate(drawing_module.FLAGS):
        assert f"{flag.upper().removeprefix('DATE_')} = {1 << bit};" in script


@pytest.mark.parametrize("name", ["ROW", "PLACE", "CANDIDATE", "CLAIM", "SOURCE"])
def test_columns_of_the_text_are_the_same(name):
    assert strings(source("text.ts"), name) == tuple(getattr(text, name))


@pytest.mark.parametrize(
    ("interface", "names"),
    [
        ("RowText", {*text.ROW, "places", "claims"}),
        ("PlaceText", {*text.PLACE, "radius", "share", "candidates"}),
        ("CandidateText", set(text.CANDIDATE)),
        ("ClaimText", {*text.CLAIM, "source"}),
        ("SourceText", set(text.SOURCE)),
    ],
)
def test_fields_of_the_text_are_the_same(interface, names):
    assert fields(source("text.ts"), interface) == names


def test_reasons_have_words_in_the_page():
    script = source("words.ts")
    for reason in (*drawing_module._WHY_NOT, *UNDRAWN.values()):
        assert f'"{reason}": "why_' in script


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


def block(packed: str) -> list[dict]:
    """Put the columns of a block together to rows again, as the page does."""
    meta, columns = unpack(packed)

    def table(prefix: str, names, count: int) -> list[dict]:
        rows: list[dict] = [{} for _ in range(count)]
        for name in names:
            for row, value in zip(rows, columns.get(f"{prefix}_{name}", ()), strict=False):
                if value not in ("", -1):
                    row[name] = value
        return rows

    def shared(name: str, items: list[dict], count: int) -> list[list[dict]]:
        lengths = columns.get(name, [0] * count)
        assert sum(lengths) == len(items)
        ends = np.cumsum(lengths).tolist()
        return [items[a:b] for a, b in zip([0, *ends], ends, strict=False)]

    def number(*names: str) -> int:
        return max((len(columns[n]) for n in names if n in columns), default=0)

    rows = table("row", text.ROW, meta["rows"])
    places = table("place", [*text.PLACE, "radius_m", "share"], sum(columns.get("row_places", [])))
    candidates = table("candidate", text.CANDIDATE, sum(columns.get("place_candidates", [])))
    claims = table("claim", [*text.CLAIM, *COUNTS], number("claim_source"))
    sources = table("source", text.SOURCE, max(columns.get("claim_source", [-1])) + 1)
    for claim, at in zip(claims, columns.get("claim_source", ()), strict=True):
        claim["source"] = sources[at]
    for place, mine in zip(places, shared("place_candidates", candidates, len(places)), strict=True):
        place["candidates"] = mine
    for row, mine in zip(rows, shared("row_places", places, len(rows)), strict=True):
        row["places"] = mine
    for row, mine in zip(rows, shared("row_claims", claims, len(rows)), strict=True):
        row["claims"] = mine
    return rows


def test_text_stands_in_the_order_of_the_drawing(sample, monkeypatch):
    tables, drawing = sample
    monkeypatch.setattr(text, "BLOCK", 4)
    blocks = [block(b) for b in text.blocks(tables, drawing)]
    assert [len(b) for b in blocks] == [4, 4, 4, 1]
    rows = [row for b in blocks for row in b]
    assert [r["id"] for r in rows] == tables.incidents["id"].to_numpy()[drawing.order].tolist()
    by_id = {r["id"]: r for r in rows}
    assert [c["by"] for c in by_id["i-sumy"]["claims"]] == ["Artem Kobzar, acting mayor of Sumy", "Sumy regional military administration"]
    assert by_id["i-kherson"]["claims"][1]["killed_best"] == 1
    assert [c["source"].get("publisher") for c in by_id["i-kherson"]["claims"]] == ["Приклад", None]
    assert by_id["i-near"]["claims"] == []
    assert by_id["i-missile"]["reason"] == "known to the country only"
    assert by_id["i-hostile"]["title"] == HOSTILE
    assert [p["name"] for p in by_id["i-23"]["places"]] == ["Bryansk Oblast", "Kaluga Oblast", "Kursk Oblast"]
    assert by_id["i-near"]["places"][0]["radius_m"] == 15000
    assert by_id["i-kherson"]["places"][0]["candidates"][0]["reason"].startswith("the city is far larger")
    assert by_id["i-sumy"]["tags"] == "date-as-reported"


def test_a_reason_of_the_drawing_travels(sample):
    tables, drawing = sample
    added = replace(drawing, reasons={2: "neither a position nor an area is given"})
    rows = block(next(iter(text.blocks(tables, added))))
    assert rows[2]["reason"] == "neither a position nor an area is given"
    assert "reason" not in rows[1]


def test_zero_is_kept_and_unknown_is_left_out(sample):
    tables, drawing = sample
    claims = tables.claims.copy()
    claims.loc[0, "killed_low"] = 0
    from mapper.tables import Tables

    blocks = list(text.blocks(Tables(tables.incidents, claims, tables.sources), drawing))
    row = next(r for r in block(blocks[0]) if r["id"] == "i-sumy")
    assert row["claims"][0]["killed_low"] == 0
    assert "injured_low" not in row["claims"][0]


def test_only_http_links_travel(sample):
    rows = {r["id"]: r for r in block(next(iter(text.blocks(*sample))))}
    assert rows["i-sumy"]["claims"][0]["source"]["url"].startswith("https://")
    assert "url" not in rows["i-hostile"]["claims"][0]["source"]
    assert "url" not in rows["i-kherson"]["claims"][1]["source"]


def test_countries_and_publishers_are_sets(sample):
    tables, drawing = sample
    meta, columns = unpack(payload.drawing_container(drawing, TAXONOMY).text())
    ids = tables.incidents["id"].to_numpy()[drawing.order].tolist()

    def words(name: str, incident: str) -> set[str]:
        plural = {"country": "countries", "publisher": "publishers"}[name]
        return {meta[plural][v] for v in meta[f"{name}_sets"][columns[name][ids.index(incident)]]}

    assert words("country", "i-23") == {"RU"}
    assert words("publisher", "i-kherson") == {"Приклад", "A table"}
    assert words("publisher", "i-near") == set()


def test_the_basemap_holds_arcs_rings_and_names():
    meta, columns = unpack(basemap.basemap_container(StubBasemap(), "uk").text())
    assert columns["arc_points"] == [3, 4, 5, 2]
    assert columns["land_refs"] == [0, 1, -1, 2]
    assert columns["land_arcs"] == [2, 2]
    assert meta["names"]["uk"] == ["Україна", "Сумська область", "Київське водосховище", "Київ", "Харків", "Суми"]
    assert meta["names"]["en"] == ["Ukraine", "Sumy Oblast", "Kyiv Reservoir", "Kyiv", "Kharkiv", "Sumy"]
    assert columns["label_kind"] == [0, 1, 4, 3, 2, 2]
    assert basemap.basemap_container(StubBasemap(), "de").meta["names"]["de"][4] == "Kharkiv"


def test_the_basemap_holds_rivers_and_lakes():
    meta, columns = unpack(basemap.basemap_container(StubBasemap(), "uk").text())
    assert columns["water_points"] == [3, 2, 5]
    assert columns["water_kind"] == [0, 0, 1]
    assert columns["water_rank"] == [4, 4, 7]
    # Both stretches are of one river, which is named once.
    assert columns["water_river"] == [1, 1, 0]
    assert meta["rivers"] == {"uk": ["Дніпро"], "en": ["Dnipro"], "ru": ["Днепр"], "de": ["Dnipro"]}
    assert (columns["water_lon"][:2], columns["water_lat"][:2]) == ([33600, 33600], [51000, 50000])
