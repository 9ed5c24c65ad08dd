"""A map whose definition asks for tiles asks that host for tiles and nobody for anything; where none come it is as without."""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import replace

from page_sample import OPTIONS
from playwright.sync_api import expect

from mapper.page.tiles import Tiles

TILES = Tiles.read(
    {
        "url": "https://{s}.tiles.example.org/osm/{z}/{x}/{y}.png",
        "attribution": "© <Example> & contributors",
        "attribution_url": "https://tiles.example.org/copyright",
        "max_zoom": 16,
        "subdomains": "ab",
    }
)


def red_tile() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + b"\xff\x00\x00" * 256 for _ in range(256))
    header = struct.pack(">IIBBBBB", 256, 256, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def loaded(page) -> str:
    return page.evaluate("getComputedStyle(document.querySelector('.leaflet-mapper-names-pane')).visibility")


def test_tiles_come_from_the_host_that_the_definition_names(site, make):
    page = site.open(make(replace(OPTIONS, tiles=TILES)), serve=lambda route: route.fulfill(body=red_tile(), content_type="image/png"))
    expect(page.locator(".leaflet-tile-loaded").first).to_be_attached()
    expect(page.locator(".mapper-tiled")).to_have_count(1)
    assert loaded(page) == "hidden"
    assert len(site.served) > 3
    for request in site.served:
        assert re.fullmatch(r"https://[ab]\.tiles\.example\.org/osm/\d+/\d+/\d+\.png", request.url)
        assert request.resource_type == "image"
        # A page from a disk has no site to name, and its path is nobody's business.
        assert "referer" not in request.headers
    assert page.locator("img.leaflet-tile").first.get_attribute("referrerpolicy") == "strict-origin-when-cross-origin"
    credit = page.locator(".leaflet-control-attribution a", has_text="© <Example> & contributors")
    expect(credit).to_have_attribute("href", "https://tiles.example.org/copyright")
    assert page.evaluate("map_main.getMaxZoom()") == 15
    page.locator("[data-section=about]").click()
    expect(page.locator(".mapper-about")).to_contain_text("a.tiles.example.org, b.tiles.example.org")
    expect(page.locator(".mapper-about")).not_to_contain_text("it loads nothing")


def test_where_no_tile_comes_the_map_is_as_without(site, make):
    page = site.open(make(replace(OPTIONS, tiles=TILES)), serve=lambda route: route.abort())
    expect(page.locator(".mapper-tiled")).to_have_count(0)
    assert loaded(page) == "visible"
    expect(page.locator(".mapper-totals dd").first).to_have_text("10 incidents")
    assert site.served
    missing = [fault for fault in site.faults if "Failed to load resource" in fault]
    assert missing
    site.faults[:] = [fault for fault in site.faults if fault not in missing]


def test_the_policy_lets_no_other_host_through(site, make):
    page = site.open(make(replace(OPTIONS, tiles=TILES)), serve=lambda route: route.fulfill(body=red_tile(), content_type="image/png"))
    page.evaluate("new Promise((done) => { const i = new Image(); i.onerror = done; i.src = 'https://elsewhere.example.org/x.png'; })")
    assert page.evaluate("violations.splice(0)") == ["img-src https://elsewhere.example.org/x.png"]
    site.faults[:] = [fault for fault in site.faults if "Content Security Policy" not in fault]
