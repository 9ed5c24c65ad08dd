"""Tiles only by the definition's will: its settings are checked, and the page's policy names exactly those hosts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from page_sample import OPTIONS, StubBoundaries, sample_tables

from mapper.page.render import render
from mapper.page.tiles import TileError, Tiles
from mapper.taxonomy import Taxonomy

GOOD = {"url": "https://tiles.example.org/{z}/{x}/{y}.png", "attribution": "© Example"}


def page(**settings):
    tiles = Tiles.read(GOOD | settings)
    return render(sample_tables(), replace(OPTIONS, tiles=tiles), taxonomy=Taxonomy.load(), boundaries=StubBoundaries())


def test_the_policy_names_the_hosts_and_no_more():
    assert "img-src data: https://tiles.example.org; connect-src 'none'" in page()
    several = page(url="https://{s}.example.org:8443/{z}/{x}/{y}.png", subdomains="abca")
    assert "img-src data: https://a.example.org:8443 https://b.example.org:8443 https://c.example.org:8443; connect-src" in several


def test_without_tiles_nothing_is_different():
    html = render(sample_tables(), OPTIONS, taxonomy=Taxonomy.load(), boundaries=StubBoundaries())
    assert "img-src data:; connect-src 'none'" in html
    assert '"tiles":' not in html


@pytest.mark.parametrize(
    ("settings", "setting", "said"),
    [
        ({"url": "http://tiles.example.org/{z}/{x}/{y}.png"}, "url", "begins with https://"),
        ({"url": ""}, "url", "tiles need an address"),
        ({"attribution": " "}, "attribution", "their provider must be named"),
        ({"url": "https://tiles.example.org/{z}/{x}.png"}, "url", "{z}, {x}, {y} once each"),
        ({"url": "https://tiles.example.org/{z}/{x}/{y}/{key}.png"}, "url", "no other braces"),
        ({"url": "https://{s}.example.org/{z}/{x}/{y}.png"}, "url", "no other braces"),
        ({"url": "https://example.org/{s}/{z}/{x}/{y}.png", "subdomains": "abc"}, "url", "{s} in the name of the host"),
        ({"url": "https://a;script-src *.org/{z}/{x}/{y}.png"}, "url", "is no name of a host"),
        ({"url": "https://*.example.org/{z}/{x}/{y}.png"}, "url", "is no name of a host"),
        ({"url": "https://me:secret@example.org/{z}/{x}/{y}.png"}, "url", "is no name of a host"),
        ({"attribution_url": "javascript:alert(1)"}, "attribution_url", "begins with https://"),
        ({"max_zoom": 40}, "max_zoom", "from 1 to 22, got 40"),
        ({"max_zoom": True}, "max_zoom", "from 1 to 22"),
        ({"subdomains": "a b"}, "subdomains", "letters and digits"),
        ({"subdomains": ["a"]}, "subdomains", "text in quotes"),
        ({"token": "x"}, "token", "unknown setting"),
    ],
)
def test_wrong_settings_are_named(settings, setting, said):
    with pytest.raises(TileError) as caught:
        Tiles.read(GOOD | settings)
    assert caught.value.setting == setting
    assert said in str(caught.value)
