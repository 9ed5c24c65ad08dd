"""The frames of docs/publishing.md, around a real map on a local server, do what the page says they do."""

from __future__ import annotations

import functools
import re
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from patience import until
from playwright.sync_api import expect

TEXT = (Path(__file__).parents[2] / "docs" / "publishing.md").read_text(encoding="utf-8")
FRAME, INDEX = re.findall(r"```html\n(.*?)```", TEXT, re.DOTALL)
READY = "html[data-mapper=ready]"


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder without a word."""

    def log_message(self, *_):
        pass


@pytest.fixture
def open_article(browser, make, tmp_path):
    """Serve an article with the map beside it; nothing else may be asked for, and nothing may go wrong."""
    (tmp_path / "ukraine.html").write_text(make(), encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=tmp_path))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    faults, contexts, home = [], [], f"http://127.0.0.1:{server.server_port}/"

    def open_it(body, width=1280, height=900):
        (tmp_path / "article.html").write_text(body, encoding="utf-8")
        contexts.append(browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True))
        page = contexts[-1].new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda m: faults.append(f"console: {m.text}") if m.type in {"error", "warning"} else None)
        page.on("pageerror", lambda e: faults.append(f"page error: {e}"))
        page.on("request", lambda r: faults.append(f"request: {r.url}") if not r.url.startswith((home, "blob:", "data:")) else None)
        page.goto(f"{home}article.html")
        page.frame_locator("iframe").locator(READY).wait_for(state="attached")
        return page

    yield open_it
    for context in contexts:
        context.close()
    server.shutdown()
    server.server_close()
    assert faults == []


def article(frame):
    return f'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>An article</title><h1>An article</h1>{frame}'


def test_the_map_works_in_its_sandbox(open_article):
    page = open_article(article(FRAME))
    frame, inside = page.frame_locator("iframe"), page.frames[1]
    # the view of the link, to which the map's own is added as the reader moves
    assert inside.evaluate("map_main.getZoom()") == 6
    inside.evaluate("map_main.setZoom(7, {animate: false})")
    until(inside, "location.hash.startsWith('#v=7/')")
    # a file of what is seen
    frame.locator("[data-section=share]").click()
    with page.expect_download() as download:
        frame.get_by_role("button", name=re.compile("CSV")).first.click()
    assert download.value.suggested_filename.endswith(".csv")
    # the map cannot look out of its frame
    assert inside.evaluate("(() => { try { return parent.document.title } catch (e) { return e.name } })()") == "SecurityError"
    assert inside.evaluate("origin") == "null"


def test_the_frame_fits_desk_and_phone(open_article):
    wide = open_article(article(FRAME)).locator("iframe").bounding_box()
    assert (wide["height"], wide["width"] > 1200) == (720, True)
    page = open_article(article(FRAME), width=390, height=560)
    box = page.locator("iframe").bounding_box()
    assert (box["height"], box["width"] <= 390) == (480, True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.frame_locator("iframe").locator(".mapper-panel")).to_be_hidden()


def test_the_page_for_networks_fills_the_window_and_names_its_picture(open_article):
    page = open_article(INDEX.replace("<head>", '<head><link rel="icon" href="data:,">'))
    box = page.locator("iframe").bounding_box()
    assert (box["width"], box["height"]) == (1280, 900)
    for name in ("og:title", "og:description", "og:image", "og:image:alt", "og:url"):
        assert page.locator(f'meta[property="{name}"]').get_attribute("content")
    assert page.locator('meta[property="og:image"]').get_attribute("content").startswith("https://")
