"""The proof finds whatever is left of a sensitive incident, in every column and every block of the page."""

from __future__ import annotations

import base64
import gzip
import html
import io
import json
import re
import struct
import zlib
from typing import NamedTuple
from urllib.parse import quote

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sensitive_sample import (
    CLAIM,
    COARSEN,
    INCIDENT,
    KHARKIV,
    NOW,
    OPEN,
    PLACE,
    REASON,
    SOURCE,
    YARD,
    guarded,
    page_of,
    proved,
    sensitive_tables,
)

from mapper.editing.secrets import says
from mapper.errors import DisclosureError
from mapper.gazetteer.names import fold
from mapper.page.container import Container, deflated
from mapper.page.names import names_of
from mapper.page.proof import prove
from mapper.tables import Tables

LON, LAT = YARD


@pytest.fixture(scope="module")
def coarse(world):
    return guarded(world, COARSEN)


@pytest.fixture(scope="module")
def coarse_page(world, coarse):
    return page_of(world, coarse.tables)


def test_what_was_proved_is_said_in_one_line(world, coarse, coarse_page):
    line = proved(world, coarse, page=coarse_page)

    texts = len(coarse.secrets.listed[0].texts)
    assert line == f"proved: 1 sensitive incidents (rule 1: 1), none of 2 exact positions and {texts} hidden texts in the output"
    assert texts >= 25


def test_the_page_says_its_oblast_and_its_reason(coarse_page):
    assert "Missile strike, Sumy Oblast" in coarse_page
    assert "Troitska" not in coarse_page


class Found(NamedTuple):
    """The rows that a leak is put into."""

    row: dict
    claim: dict
    source: dict


def _records(tables: Tables) -> dict[str, list[dict]]:
    return {name: tables.arrow(name).to_pylist() for name in ("incidents", "claims", "sources")}


def _leaking(result, change) -> Tables:
    """Give the tables with one thing put back as it was: `change` is given the row, its claim, its source, and the geometry."""
    records = _records(result.tables)
    new = result.renamed[INCIDENT["id"]]
    at = next(i for i, row in enumerate(records["incidents"]) if row["id"] == new)
    claim = next(claim for claim in records["claims"] if claim["incident_id"] == new)
    source = next(source for source in records["sources"] if source["id"] == claim["source_id"])
    geometry = list(result.tables.incidents.geometry)
    changed = change(Found(records["incidents"][at], claim, source))
    if changed is not None:
        geometry[at] = changed
    return Tables.from_records(records["incidents"], records["claims"], records["sources"], geometry)


def _column(name):
    return lambda at: at.row.__setitem__(name, INCIDENT[name])


def _of_place(name):
    return lambda at: at.row["places"][0].__setitem__(name, PLACE[name])


def _of_candidate(name):
    shown = {"name": None, "country": None, "admin1": None, "lon": None, "lat": None, "place_id": None, "score": None, "reason": None}
    return lambda at: at.row["places"][0].__setitem__("candidates", [shown | {name: PLACE["candidates"][0][name]}])


def _of_correction(name):
    blank = dict.fromkeys(("column", "old", "new", "who", "when", "why"))
    return lambda at: at.row.__setitem__("corrections", [blank | {name: INCIDENT["corrections"][0][name]}])


def _of_claim(name):
    return lambda at: at.claim.__setitem__(name, CLAIM[name])


def _of_source(name):
    return lambda at: at.source.__setitem__(name, SOURCE[name])


def _ids(at):
    at.row["id"] = at.claim["incident_id"] = INCIDENT["id"]


def _source_ids(at):
    at.source["id"] = at.claim["source_id"] = SOURCE["id"]


def _lonlat(at):
    at.row["places"][0] |= {"lon": LON, "lat": LAT}


def _dot(at):
    at.row["places"][0] |= {"lon": LON, "lat": LAT, "precision": "settlement", "place_id": None, "radius_km": None}
    return shapely.Point(LON, LAT)


LEAKS = {
    "id": _ids,
    **{name: _column(name) for name in ("title", "place_text", "actor", "target", "weapon", "tags", "notes", "radius_km", "merged_from")},
    **{f"places.{name}": _of_place(name) for name in ("text", "name", "place_id", "reason", "radius_km", "start", "end", "lon", "lat")},
    **{f"candidates.{name}": _of_candidate(name) for name in ("name", "place_id", "reason", "admin1")},
    **{f"corrections.{name}": _of_correction(name) for name in ("old", "new", "who", "why")},
    **{f"claims.{name}": _of_claim(name) for name in ("by", "quote", "start", "end")},
    **{f"sources.{name}": _of_source(name) for name in ("url", "title", "publisher", "sha256")},
    "sources.id": _source_ids,
    "places.lonlat": _lonlat,
    "dot": _dot,
    "geometry": lambda _: shapely.Point(LON, LAT),
    "outline": lambda _: shapely.Polygon([(LON, LAT), (LON + 1, LAT), (LON, LAT + 1)]),
    "near": lambda _: shapely.Point(LON + 0.0004, LAT - 0.0004),
    "shortened quote": lambda at: at.row.__setitem__("notes", "a street: Troitska street 28, Sumy"),
    "unplaced": lambda at: at.row.__setitem__("unplaced", "Saint Panteleimon Clinic: not found"),
}


@pytest.mark.parametrize("name", LEAKS)
def test_a_column_that_is_left_open_is_found(world, coarse, name):
    leaking = _leaking(coarse, LEAKS[name])

    with pytest.raises(DisclosureError, match="nothing is written") as caught:
        proved(world, coarse, tables=leaking)

    told = fold(str(caught.value))
    assert not any(says(told, key) for key in coarse.secrets.listed[0].texts if len(key) > 12)
    assert str(LON) not in str(caught.value)


def test_every_column_of_text_is_among_the_leaks():
    from mapper.incidents import CLAIMS, INCIDENTS, SOURCES

    shown = {"type", "date_precision", "timezone", "status", "sensitivity", "country", "precision"}
    for prefix, columns in (("", INCIDENTS), ("claims.", CLAIMS), ("sources.", SOURCES)):
        texts = {prefix + name for name, kind in columns.items() if pa.types.is_string(kind) and name not in shown}
        # The oblast's own code and the language are shown; the ids of claims are those of their rows.
        assert texts - LEAKS.keys() <= {"admin1", "claims.incident_id", "claims.source_id", "sources.lang"}


@pytest.mark.parametrize(("name", "carriers"), [("title", 2), ("notes", 1), ("claims.quote", 1), ("dot", 1), ("places.name", 2)])
def test_each_block_alone_gives_a_leak_away(world, coarse, name, carriers):
    """The same leak in the drawing, the texts or the table for readers without scripts, with all others clean."""
    clean_page = page_of(world, coarse.tables, archive=False)
    leaking = page_of(world, _leaking(coarse, LEAKS[name]), archive=False)
    blocks = [(a, b) for a, b in zip(_blocks(clean_page), _blocks(leaking), strict=True) if a != b]
    found = 0
    for clean, leak in blocks:
        try:
            proved(world, coarse, page=clean_page.replace(clean, leak))
        except DisclosureError:
            found += 1
    # Where a dot changes the view and the order too, those blocks do not say where it is.
    assert found == carriers if name != "dot" else found >= carriers


def _blocks(page: str) -> list[str]:
    """Give the contents of all scripts with data, and what stands between them."""
    parts = page.split("</script>")
    return [part.rpartition(">")[2] for part in parts if 'type="application/' in part] + [
        page.partition("<noscript>")[2].partition("</noscript>")[0]
    ]


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _parquet(columns: dict) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer, compression="zstd")
    return buffer.getvalue()


def _container(**columns) -> str:
    container = Container({})
    for name, values in columns.items():
        container.add(name, "delta", np.array(values))
    return container.text()


def _pressed(data: bytes) -> str:
    return deflated(data)


FILL = b"\x07" * 61
HIDDEN = {
    "doubles": lambda: _pressed(FILL + struct.pack("<dd", LON, LAT) + FILL),
    "doubles, lat first": lambda: _pressed(FILL + struct.pack(">dd", LAT, LON) + FILL),
    "floats": lambda: _pressed(FILL + struct.pack("<ff", LON, LAT) + FILL),
    "steps": lambda: _base64(FILL + struct.pack("<ii", round(LON * 1e5), round(LAT * 1e5)) + FILL),
    "columns of doubles": lambda: _pressed(np.array([1.5, LON, 2.5, 3.5, 4.5, LAT], dtype="<f8").tobytes()),
    "WKB": lambda: _pressed(shapely.to_wkb(shapely.Point(LON, LAT))),
    "EWKB in hexadecimal": lambda: json.dumps({"geometry": f"SRID=4326;POINT({LON:.4f} {LAT:.4f})"}),
    "delta columns": lambda: _container(a_lon=[1, 2, round(LON * 1e5)], a_lat=[5, 6, round(LAT * 1e5)]),
    "delta columns, coarser": lambda: _container(x=[round(LAT * 1e4)] * 2, y=[round(LON * 1e4)] * 2),
    "one column of pairs": lambda: _container(xy=[100, 100, round(LON * 1e6), round(LAT * 1e6)]),
    "Parquet": lambda: json.dumps({"more": _base64(_parquet({"x": [1.0, LON], "y": [2.0, LAT]}))}),
    "Parquet of WKB": lambda: _base64(_parquet({"shape": [shapely.to_wkb(shapely.LineString([(30, 50), (LON, LAT)]))]})),
    "Parquet of text": lambda: _base64(_parquet({"word": [None, "Saint Panteleimon Clinic"]})),
    "Parquet, nested": lambda: _base64(_parquet({"at": [[{"lat": LAT, "lon": LON}]]})),
    "gzip": lambda: _base64(gzip.compress(json.dumps({"centre": [LAT, LON]}).encode())),
    "zlib in deflate": lambda: _pressed(zlib.compress(f"near {LAT:.3f}, {LON:.3f}".encode() * 3)),
    "decimal comma": lambda: json.dumps({"note": f"{LAT:.4f} {LON:.4f}".replace(".", ",")}),
    "UTF-16": lambda: _pressed(b"\xff\xfe\x00\xd8" + "лікарня Святого Пантелеймона".encode("utf-16-le")),
    "name in lower case": lambda: json.dumps({"place": "a view of saint-panteleimon clinic"}),
    "name in an address": lambda: json.dumps({"a": "https://example.org/" + quote("лікарня-святого-пантелеймона")}),
    "name as escapes": lambda: "var x = " + json.dumps("лікарня Святого Пантелеймона") + ";",
    "key of JSON": lambda: json.dumps({"Saint Panteleimon Clinic": 1}),
    "old id": lambda: json.dumps({"i-3f1c08d2aa71": 1}),
    "hash of the article": lambda: _pressed(SOURCE["sha256"].encode()),
}


@pytest.mark.parametrize("form", HIDDEN)
def test_a_leak_is_found_in_every_form(world, coarse, coarse_page, form):
    block = f'<script type="application/octet-stream" id="extra">{HIDDEN[form]()}</script></body>'

    with pytest.raises(DisclosureError, match="block extra"):
        proved(world, coarse, page=coarse_page.replace("</body>", block))


def test_a_leak_is_found_in_plain_html(world, coarse, coarse_page):
    for leak in (html.escape(INCIDENT["title"]), f"<b>{LAT:.5f}</b>, <b>{LON:.5f}</b>", '<a href="x" title="Troitska street 28, Sumy">'):
        with pytest.raises(DisclosureError, match="the page's own text"):
            proved(world, coarse, page=coarse_page.replace("</body>", f"{leak}</body>"))


def test_a_block_that_cannot_be_read_is_not_vouched_for(world, coarse, coarse_page):
    container = bytearray(Container({}).pack())
    container[8:8] = b"{"

    with pytest.raises(DisclosureError, match="cannot be read"):
        proved(world, coarse, page=coarse_page.replace("</body>", f"<script id='x'>{_base64(bytes(container))}</script></body>"))


def test_a_page_without_the_incident_is_not_vouched_for(world, coarse):
    with pytest.raises(DisclosureError, match="were not found"):
        proved(world, coarse, page=page_of(world, Tables.empty()))


def test_what_another_incident_says_is_public(world):
    """An open incident at the same spot, by the same name, is no leak; the same in the row of the sensitive one is."""
    twin = OPEN | {
        "id": "i-twin00000001",
        "places": [PLACE | {"candidates": None, "start": None, "end": None}],
        "title": "Saint Panteleimon Clinic burns",
    }
    result = guarded(world, COARSEN, tables=sensitive_tables(twin))

    assert proved(world, result).startswith("proved: 1 ")
    with pytest.raises(DisclosureError):
        proved(world, result, tables=_leaking(result, LEAKS["places.name"]))
    with pytest.raises(DisclosureError):
        proved(world, result, tables=_leaking(result, LEAKS["dot"]))


def test_an_oblast_that_is_called_like_its_town_is_no_leak(world):
    place = PLACE | {"name": "Sumy", "text": "Суми", "candidates": None}
    result = guarded(world, COARSEN, tables=sensitive_tables(places=[place], title="Missile strike, Sumy", place_text="Sumy"))

    assert proved(world, result).startswith("proved: 1 ")
    with pytest.raises(DisclosureError):
        proved(world, result, tables=_leaking(result, lambda at: at.row.__setitem__("notes", "It was in Sumy.")))


def _konotop(**changes):
    """Make the tables with the sensitive incident in a town that everything in it calls by its English name only."""
    at = {"name": "Konotop", "text": "Konotop", "place_id": "gn:705135", "candidates": None}
    return sensitive_tables(places=[PLACE | at], title="Missile strike, Konotop", place_text="Konotop", **changes)


@pytest.mark.parametrize("lang", ["en", "uk", "ru", "de"])
def test_what_a_hidden_town_is_called_in_another_language_is_hidden_too(world, lang):
    tables = _konotop()
    result = guarded(world, COARSEN, tables=tables)
    page = page_of(world, result.tables, lang=lang)
    assert proved(world, result, page=page).startswith("proved: 1 ")
    assert "Сумська область" in page or lang != "uk"

    # The page's table of names, made of the incidents as they were.
    leak = names_of(tables.arrow("incidents")).text()
    names = re.compile(r'(id="incident_layer_main_names">)[^<]*')
    assert names.search(page)
    with pytest.raises(DisclosureError, match=r"places\.name"):
        proved(world, result, page=names.sub(lambda found: found[1] + leak, page))
    with pytest.raises(DisclosureError):
        proved(world, result, page=page.replace("</noscript>", "Конотоп</noscript>"))


def test_what_an_open_incident_lets_the_page_call_its_town_is_public(world):
    twin = OPEN | {
        "id": "i-twin00000001",
        "title": "Drone",
        "place_text": None,
        "places": _konotop().arrow("incidents").to_pylist()[0]["places"],
    }
    twin["places"] = [twin["places"][0] | {"text": None, "reason": None, "start": None, "end": None}]
    result = guarded(world, COARSEN, tables=Tables.concat([_konotop(), Tables.from_records([twin], [], [], [shapely.Point(YARD)])]))
    page = page_of(world, result.tables, lang="uk")
    assert "Конотоп" in page
    assert proved(world, result, page=page).startswith("proved: 1 ")


def test_a_withheld_incident_is_in_no_output_at_all(world):
    result = guarded(world, {"type": "missile_strike", "delay": "9d", "reason": "Later."})
    page = page_of(world, result.tables)

    assert proved(world, result, page=page).startswith("proved: 1 ")
    with pytest.raises(DisclosureError):
        proved(world, result, page=page_of(world, sensitive_tables()))


def test_a_ledger_beside_the_map_is_looked_at_too(world, coarse):
    ledger = json.dumps({"hidden": [{"id": "i-3f1c08d2aa71", "reason": "coarsened"}]})
    with pytest.raises(DisclosureError, match=r"ledger\.json"):
        prove({"ledger.json": ledger}, coarse.secrets, coarse.tables, boundaries=world.boundaries)
    with pytest.raises(DisclosureError, match="incidents"):
        prove({"tables": sensitive_tables()}, coarse.secrets, coarse.tables, boundaries=world.boundaries)


WORDS = st.text(st.characters(categories=("Lu", "Ll", "Lo"), max_codepoint=0x4FF), min_size=4, max_size=14).filter(
    lambda word: len(fold(word)) >= 4
)
PHRASES = st.lists(WORDS, min_size=2, max_size=4).map(" ".join)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lon=st.floats(23.0, 39.0).map(lambda x: round(x, 5)),
    lat=st.floats(45.0, 52.0).map(lambda x: round(x, 5)),
    phrases=st.lists(PHRASES, min_size=6, max_size=6, unique_by=fold),
    level=st.sampled_from(["settlement", "admin2", "admin1", "country"]),
    precision=st.sampled_from(["exact", "site", "settlement", "near"]),
    polygon=st.booleans(),
)
def test_any_incident_is_guarded_and_any_leak_of_it_found(world, lon, lat, phrases, level, precision, polygon):
    name, text, title, notes, quote_, address = phrases
    place = PLACE | {
        "name": name,
        "text": text,
        "lon": lon,
        "lat": lat,
        "precision": precision,
        "place_id": None,
        "admin1": None,
        "candidates": None,
    }
    tables = sensitive_tables(title=title, notes=notes, places=[place], precision=precision, admin1=None, place_text=name)
    claims = [CLAIM | {"quote": quote_}, *tables.arrow("claims").to_pylist()[1:]]
    sources = [SOURCE | {"url": f"https://example.org/{quote(address)}"}, *tables.arrow("sources").to_pylist()[1:]]
    shape = shapely.box(lon - 0.001, lat - 0.001, lon, lat) if polygon else shapely.Point(lon, lat)
    tables = Tables.from_records(tables.arrow("incidents").to_pylist(), claims, sources, [shape, shapely.Point(KHARKIV)])

    result = guarded(world, COARSEN | {"coarsen": level}, tables=tables, now=NOW)

    page = page_of(world, result.tables)
    assert proved(world, result, page=page).startswith("proved: 1 ")
    for leak in ({"notes": f"{REASON} {title}"}, {"notes": f"seen at {lat:.5f}, {lon:.5f}"}, {"place_text": name}):
        leaking = _leaking(result, lambda at, leak=leak: at.row.update(leak))
        with pytest.raises(DisclosureError):
            prove({"tables": leaking}, result.secrets, leaking, boundaries=world.boundaries, words=[REASON])


def test_secrets_come_from_the_incident_and_not_from_what_became_of_it(coarse):
    (secret,) = coarse.secrets.listed
    hidden = {text.column for text in secret.texts.values()}

    assert {"title", "target", "notes", "quote", "by", "source url", "places.name", "candidates.name", "id", "merged_from"} <= hidden
    assert secret.positions.tolist() == [[34.79123, 50.91357], [LON, LAT]]
