"""What goes into a map comes out of it again, to the last null; and what is no map, or was tampered with, is told apart."""

from __future__ import annotations

import base64
import json
import math
import re
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pytest
import shapely
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from page_sample import HOSTILE, StubBoundaries, incident, place, sample_tables

from mapper import incidents
from mapper import tables as checked
from mapper.errors import InputError
from mapper.incidents import CHILDREN, CLAIMS, COUNTS, INCIDENTS, PRECISIONS, SOURCES
from mapper.layers import drawing
from mapper.layers.drawing import draw
from mapper.page import archive, carried, payload, text
from mapper.page.allowance import Allowance
from mapper.page.container import Container
from mapper.page.payload import drawing_container
from mapper.page.rest import Rest
from mapper.page.text import blocks
from mapper.tables import Tables
from mapper.taxonomy import Taxonomy

TAXONOMY = Taxonomy.load()
ABOUT = {"definition": f'title = "{HOSTILE!r}"', "rejected": ["<!-- row 7"]}


def page(tables: Tables) -> str:
    """Make the blocks of a page as they stand in one, without what is around them."""
    drawing = draw(tables, TAXONOMY, StubBoundaries())
    scripts = {"incident_layer_main": ("", drawing_container(drawing, TAXONOMY).text())}
    scripts |= {f"incident_layer_main_text_{n}": (".text", block) for n, block in enumerate(blocks(tables, drawing))}
    scripts["mapper-archive"] = (".archive", archive.pack(tables, drawing, TAXONOMY, about=ABOUT, made_with="mapper 0.1.0"))
    body = "\n".join(f'<script type="application/vnd.mapper{kind}" id="{name}">{text}</script>' for name, (kind, text) in scripts.items())
    return f'<!DOCTYPE html>\n<html lang="en"><head><meta name="generator" content="mapper 0.1.0"></head><body>\n{body}\n</body>\n</html>\n'


def bits(value):
    """Give a value in a form in which NaN equals itself and -0.0 differs from 0.0."""
    if isinstance(value, float):
        return np.float64(value).tobytes()
    if isinstance(value, dict):
        return {key: bits(entry) for key, entry in value.items()}
    return [bits(entry) for entry in value] if isinstance(value, list) else value


def assert_same(got: Tables, expected: Tables) -> None:
    for name in ("incidents", "claims", "sources"):
        assert got.arrow(name).schema == expected.arrow(name).schema
        assert bits(got.arrow(name).to_pylist()) == bits(expected.arrow(name).to_pylist())
    assert got.incidents.geometry.to_wkb().tolist() == expected.incidents.geometry.to_wkb().tolist()
    assert got.incidents.crs == expected.incidents.crs


def round_trip(tables: Tables) -> archive.Unpacked:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "map.html"
        path.write_text(page(tables), encoding="utf-8")
        return archive.read(path)


def test_a_map_from_before_the_lost_and_the_children_were_counted(monkeypatch):
    added = {"lost", *CHILDREN.values()}
    tables_then = (INCIDENTS, CLAIMS, payload.COLUMNS)
    now = [dict(columns) for columns in tables_then]
    with monkeypatch.context() as then:
        for module in (incidents, checked, carried, drawing, text):
            then.setattr(module, "COUNTS", tuple(count for count in COUNTS if count not in added))
        try:
            for columns in tables_then:
                for name in added:
                    del columns[name]
            old = page(sample_tables())
        finally:
            for columns, all_of_them in zip(tables_then, now, strict=True):
                columns.clear()
                columns.update(all_of_them)
    assert not any(f'"{name}"' in old for name in added)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "old.html"
        path.write_text(old, encoding="utf-8")
        assert_same(archive.read(path).tables, sample_tables())


TEXT = st.one_of(st.none(), st.sampled_from(["", "\n", "Суми", "a\nb", " ", "</script>", "http://a", "javascript:x"]), st.text(max_size=4))
DEGREES = st.one_of(st.none(), st.floats(-180, 180), st.sampled_from([36.2527, 36.25273, 36.252712, 49.98081234, -0.0, 180.0]))


def values(kind: pa.DataType, name: str = "") -> st.SearchStrategy:
    """Draw anything that a column of the schema may hold, whatever columns there are."""
    if name in {"lon", "lat"}:
        return DEGREES | st.sampled_from([math.nan, math.inf, -math.inf])
    if name == "radius_km":
        return st.none() | st.floats(0, 2000) | st.sampled_from([0.05, 25.0])
    if name == "precision":
        return st.sampled_from([None, *PRECISIONS])
    if pa.types.is_list(kind):
        return st.none() | st.lists(values(kind.value_type), max_size=2)
    if pa.types.is_struct(kind):
        return st.fixed_dictionaries({}, optional={field.name: values(field.type, field.name) for field in kind})
    if pa.types.is_timestamp(kind):
        return st.none() | st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)).map(lambda t: t.replace(microsecond=0))
    if pa.types.is_integer(kind):
        return st.none() | st.integers(0, 2**31 - 1) | st.just(0)
    return st.none() | st.floats() if pa.types.is_floating(kind) else TEXT


SHAPE = st.one_of(
    st.none(),
    st.builds(shapely.Point, st.floats(-180, 180), st.floats(-90, 90)),
    st.sampled_from(
        [
            shapely.Point(),
            shapely.Point(36.2527, 49.9808),
            shapely.Point(1, 2, 3),
            shapely.box(170, 60, 180, 70),
            shapely.LineString([(1, 2), (3, 4)]),
            shapely.MultiPolygon([shapely.box(30, 50, 31, 51), shapely.box(33, 50, 34, 51)]),
            shapely.GeometryCollection([shapely.Point(1, 2), shapely.box(30, 50, 31, 51)]),
        ]
    ),
)


@st.composite
def tables(draw: st.DrawFn) -> Tables:
    """Draw tables that keep the rules of the data model and nothing else."""
    sources = [{"id": f"s-{n}"} | draw(row(SOURCES, "id")) for n in draw(st.permutations(range(draw(st.integers(0, 3)))))]
    incidents, claims = [], []
    for n in draw(st.permutations(range(draw(st.integers(0, 5))))):
        start, end = draw(values(INCIDENTS["date_start"])), draw(values(INCIDENTS["date_end"]))
        fixed = {
            "id": f"i-{n}",
            "type": draw(st.sampled_from([*TAXONOMY.types, "own"])),
            "title": draw(TEXT) or "",
            "unplaced": draw(TEXT) or "",
            "date_start": start,
            "date_end": max(start, end) if start and end else start or end,
            "date_precision": draw(st.sampled_from(["day", "exact", "unknown"])),
            "timezone": draw(st.sampled_from(["Europe/Kyiv", "UTC", ""])),
            "status": draw(st.sampled_from(["claimed", "retracted"])),
        }
        drawn = draw(row(INCIDENTS, *fixed, *(f"{kind}_{end}" for kind in ("killed", "injured") for end in ("low", "high"))))
        incidents.append(fixed | drawn)
    for _ in range(draw(st.integers(0, 5)) if incidents and sources else 0):
        linked = {"incident_id": draw(st.sampled_from(incidents))["id"], "source_id": draw(st.sampled_from(sources))["id"]}
        claims.append(draw(row(CLAIMS)) | linked | {"status": draw(st.sampled_from(["claimed", "denied"]))})
    shapes = np.array([draw(SHAPE) for _ in incidents], dtype=object)
    return Tables.from_records(incidents, claims, sources, shapes)


def row(columns, *without: str) -> st.SearchStrategy:
    return st.fixed_dictionaries({}, optional={name: values(kind, name) for name, kind in columns.items() if name not in without})


@given(tables=tables())
@example(tables=Tables.empty())
@example(tables=sample_tables())
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_all_comes_back(tables):
    again = round_trip(tables)
    assert_same(again.tables, tables)
    assert again.about == ABOUT
    assert again.made_with == "mapper 0.1.0"


@pytest.mark.parametrize(
    "shape",
    [
        shapely.Point(),
        shapely.Point(0.5, -0.0),
        shapely.Point(110.14419, -2.2250738585072014e-308),
        shapely.GeometryCollection([shapely.Point(1, -0.0), shapely.box(31, 47, 32, 48)]),
    ],
)
def test_odd_points_come_back_to_the_last_bit(shape):
    rows = [incident(f"i-{n}", "shelling", f"Shelling {n}", [place("Odesa", 30.72, -0.0 if n else 46.48)], n + 1) for n in range(3)]
    rows = [row | {"unplaced": "test"} for row in rows]
    tables = Tables.from_records(rows, [], [], [shapely.Point(30.72, 46.48), shape, shape])
    assert_same(round_trip(tables).tables, tables)


def many(count: int) -> Tables:
    """Make incidents of several blocks of text, in an order that has no name."""
    rng = np.random.default_rng(5)
    lon, lat = np.round(rng.uniform(23, 40, count), 7), np.round(rng.uniform(45, 52, count), 5)
    rows = [
        incident(f"i-{n:05}", "shelling", f"Shelling {n}" if n % 9 else "", [place(f"Village {n % 40}", lon[n], lat[n])], 1 + n % 28)
        for n in rng.permutation(count).tolist()
    ]
    sources = [{"id": f"s-{n}", "title": f"Report {n}", "url": f"https://example.org/{n}"} for n in range(count // 3)]
    claims = [
        {"incident_id": f"i-{n:05}", "status": "claimed", "source_id": f"s-{s}", "quote": f"Quote {n} of {s}"}
        for n, s in zip(rng.integers(0, count, count).tolist(), rng.integers(0, len(sources), count).tolist(), strict=True)
    ]
    return Tables.from_records(rows, claims, sources, shapely.points(lon, lat))


def test_all_comes_back_of_many_blocks_in_any_order():
    tables = many(1_300)
    assert_same(round_trip(tables).tables, tables)


def test_the_archive_holds_no_text_and_no_position_that_the_page_has():
    tables = sample_tables()
    head = json.loads(archive.pack(tables, draw(tables, TAXONOMY, StubBoundaries()), TAXONOMY))
    rest = Rest.unpack(base64.b64decode(head["data"]), head["size"], Allowance())
    kept = {name.rpartition(" ")[0] for name in rest.parts}
    assert kept & {"incidents.title", "incidents.places.name", "incidents.places.lon", "claims.quote"} == set()
    assert "incidents.places.place_id" in kept


def test_the_same_tables_give_the_same_text():
    assert page(sample_tables()) == page(sample_tables())


def test_harmful_text_cannot_end_the_block():
    found = re.search(r'id="mapper-archive">(.*?)</script>', page(sample_tables()), re.DOTALL)
    assert "<" not in found[1]


def changed(html: str, **changes) -> str:
    """Write other values into the head of the archive."""
    found = re.search(r'id="mapper-archive">([^<]*)<', html)
    return html.replace(found[1], json.dumps(json.loads(found[1]) | changes))


def test_text_that_was_edited_in_the_page_is_noticed(tmp_path):
    one, other = sample_tables(), sample_tables(hostile=False)
    texts = [re.search(r'id="incident_layer_main_text_0">([^<]*)<', page(t))[1] for t in (one, other)]
    path = tmp_path / "map.html"
    path.write_text(page(one).replace(*texts), encoding="utf-8")
    with pytest.raises(InputError, match="damaged"):
        archive.unpack(path)


HTML = page(sample_tables())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<html></html>", "is no map made by mapper; name another file"),
        ("\udcff\udcfe", "is not a map: expected HTML in UTF-8"),
        (HTML[: len(HTML) // 2], "is cut short: expected </html> at its end; get the file again"),
        (HTML.replace("mapper-archive", "mapper-other"), "made without one; make it again with archive = true"),
        (
            changed(HTML, version=3, made_with="mapper 9.0"),
            r"version 3, of a newer mapper \(mapper 9.0\); this one reads version 2; get a newer",
        ),
        (changed(HTML, version=1), "version 1, of an older mapper .*make the map again"),
        (changed(HTML, version="x"), "archive is damaged"),
        (changed(HTML, sha256="0" * 64), "damaged .*another checksum than it says.*edited"),
        (changed(HTML, data="AAAA"), "archive is damaged"),
        (changed(HTML, size=10**12), "damaged .*says that it has 1,000,000,000,000 bytes, more than"),
        (changed(HTML, size=16), "archive is damaged"),
        (changed(HTML, size=-1), "archive is damaged"),
        (changed(HTML, size="many"), "archive is damaged"),
        (re.sub(r'(id="incident_layer_main">)[^<]*', r"\1", HTML), "archive is damaged"),
        (re.sub(r'(id="incident_layer_main_text_0">)[^<]*', r"\1AAAA", HTML), "archive is damaged"),
        (re.sub(r'(id="mapper-archive">)[^<]*', r"\1{", HTML), "archive is damaged"),
        (re.sub(r'(id="mapper-archive">)[^<]*', r"\1[]", HTML), "archive is damaged"),
    ],
)
def test_what_is_no_map_is_said(content, said, tmp_path):
    path = tmp_path / "x.html"
    path.write_text(content, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(InputError, match=said) as error:
        archive.unpack(path)
    assert "\n" not in str(error.value)


def test_a_block_that_inflates_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "_LEAST", 100_000)
    monkeypatch.setattr(archive, "_MOST", 1)
    press = archive.container.deflated(archive.container.MAGIC + b"\0" * 50_000_000)
    path = tmp_path / "x.html"
    path.write_text(re.sub(r'(id="incident_layer_main_text_0">)[^<]*', rf"\g<1>{press}", HTML), encoding="utf-8")
    with pytest.raises(InputError, match="has more than"):
        archive.unpack(path)


def container(html: str, block: str) -> Container:
    """Read a block of a page into one that can be changed and packed again."""
    read = archive.container.read(re.search(rf'id="{block}">([^<]*)<', html)[1], 10**9)
    changing = Container(dict(read.meta))
    for name, numbers in read.numbers.items():
        changing.add_i32(name, numbers)
    for name, (lengths, data) in read.texts.items():
        changing.add_text(name, lengths, data)
    return changing


def rows_without_end(texts: Container) -> None:
    texts.meta["rows"] = 2_000_000_000


def fewer_rows_than_none(texts: Container) -> None:
    texts.meta["rows"] = -1


def places_without_end(texts: Container) -> None:
    texts.add_i32("row_places", np.full(texts.meta["rows"], 2**31 - 1))


@pytest.mark.parametrize(
    ("bomb", "said"),
    [(rows_without_end, "2,000,000,000 incidents"), (fewer_rows_than_none, "of -1 incidents"), (places_without_end, "more than")],
)
def test_a_block_of_few_bytes_makes_no_rows_without_end(bomb, said, tmp_path):
    texts = container(HTML, "incident_layer_main_text_0")
    bomb(texts)
    path = tmp_path / "x.html"
    packed = archive.container.deflated(texts.pack())
    path.write_text(re.sub(r'(id="incident_layer_main_text_0">)[^<]*', rf"\g<1>{packed}", HTML), encoding="utf-8")
    with pytest.raises(InputError, match=said):
        archive.unpack(path)


@pytest.mark.parametrize(
    "parts",
    [
        {"count sources": pa.array([2**40])},
        {"incidents.title constant": pa.array(["x" * 1_000_000])},
        {"incidents.title words": pa.array(["x" * 1_000_000]), "incidents.title codes": pa.array([0] * 900)},
        {"incidents.tags constant": pa.array([2**20], pa.int32())},
    ],
)
def test_an_archive_of_few_bytes_makes_no_rows_without_end(parts, tmp_path, monkeypatch):
    html = page(many(900))
    monkeypatch.setattr(archive, "_LEAST", 1_000_000)
    head = json.loads(re.search(r'id="mapper-archive">([^<]*)<', html)[1])
    rest = Rest.unpack(base64.b64decode(head["data"]), head["size"], Allowance())
    others = {name: part for name, part in rest.parts.items() if not name.startswith(("incidents.title ", "incidents.tags "))}
    data, size = Rest(others | parts).pack()
    path = tmp_path / "x.html"
    path.write_text(changed(html, data=base64.b64encode(data).decode(), size=size), encoding="utf-8")
    with pytest.raises(InputError, match="of data, more than"):
        archive.unpack(path)


def test_a_stream_that_is_compressed_once_more_is_refused(tmp_path):
    many = pa.array(np.zeros(2_000_000))
    batch = pa.record_batch([pa.ListArray.from_arrays(pa.array([0, len(many)], pa.int32()), many)], names=["incidents.radius_km whole"])
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as stream:
        stream.write_batch(batch)
    data = sink.getvalue()
    packed = base64.b64encode(pa.Codec("zstd").compress(data, asbytes=True)).decode()
    path = tmp_path / "x.html"
    path.write_text(changed(HTML, data=packed, size=len(data)), encoding="utf-8")
    with pytest.raises(InputError, match="may unpack to more than it has bytes"):
        archive.unpack(path)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_damage_goes_unnoticed_or_gives_a_traceback(data):
    head = json.loads(re.search(r'id="mapper-archive">([^<]*)<', HTML)[1])
    size = head["size"]
    stream = bytearray(pa.Codec("zstd").decompress(base64.b64decode(head["data"]), decompressed_size=size, asbytes=True))
    at = data.draw(st.integers(0, size - 1))
    stream[at] ^= data.draw(st.integers(1, 255))
    packed = pa.Codec("zstd").compress(bytes(stream), asbytes=True)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.html"
        path.write_text(changed(HTML, data=base64.b64encode(packed).decode()), encoding="utf-8")
        try:
            found = archive.unpack(path)
        except InputError:
            return
        # Padding of the stream holds nothing.
        assert_same(found, sample_tables())


def test_a_missing_map_is_said(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        archive.unpack(tmp_path / "gone.html")
    with pytest.raises(InputError, match="cannot be read"):
        archive.unpack(tmp_path)
