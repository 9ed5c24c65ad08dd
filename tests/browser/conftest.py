"""A page from a file, in a real Chromium, offline; anything that goes wrong in it fails the test."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from page_sample import OPTIONS, StubBoundaries, sample_tables
from patience import PATIENCE
from playwright.sync_api import Browser, Page, Request, Route, sync_playwright

from mapper.page.render import PageOptions, render
from mapper.snapshot import find_browser
from mapper.taxonomy import Taxonomy


@pytest.fixture(scope="session")
def chromium() -> str:
    """Give the browser that `CHROMIUM` names, or that `mapper snapshot` finds."""
    return find_browser(os.environ.get("CHROMIUM"))


@pytest.fixture(scope="session")
def browser(chromium):
    with sync_playwright() as playwright:
        # Debian's Chromium draws by the graphics card, which costs a sixth more where there is none and it is emulated.
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


class Site:
    """Opens pages and remembers everything that went wrong in them."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.browser = browser
        self.folder = folder
        self.faults: list[str] = []
        self.contexts = []
        self.served: list[Request] = []

    def open(
        self,
        html: str,
        *,
        width: int = 1440,
        height: int = 900,
        ready: str = "html[data-mapper=ready]",
        fragment: str = "",
        serve: Callable[[Route], None] | None = None,
        **options,
    ) -> Page:
        """Show a page of `html`; waits until its data are there. `serve` answers requests over https, else any is a fault."""
        file = self.folder / f"page-{len(self.contexts)}.html"
        file.write_text(html, encoding="utf-8")
        context = self.browser.new_context(viewport={"width": width, "height": height}, offline=serve is None, **options)
        self.contexts.append(context)
        if serve:
            context.route(lambda url: url.startswith("https:"), serve)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda m: self.faults.append(f"console {m.type}: {m.text}") if m.type in {"error", "warning"} else None)
        page.on("pageerror", lambda e: self.faults.append(f"page error: {e}"))
        page.on("dialog", lambda d: (self.faults.append(f"dialog: {d.message}"), d.dismiss()))

        def requested(request: Request) -> None:
            if serve and request.url.startswith("https://"):
                self.served.append(request)
            elif request.url.split("#")[0] != file.as_uri() and not request.url.startswith("blob:"):
                self.faults.append(f"request: {request.url}")

        page.on("request", requested)
        page.add_init_script(
            "window.violations = []; addEventListener('securitypolicyviolation', (e) => violations.push(e.violatedDirective + ' ' + e.blockedURI))"
        )
        page.goto(file.as_uri() + fragment)
        if ready:
            page.wait_for_selector(ready, state="attached")
        return page

    def close(self) -> None:
        for context in self.contexts:
            for page in context.pages:
                self.faults += [f"policy: {v}" for v in page.evaluate("window.violations")]
            context.close()


@pytest.fixture
def site(browser, tmp_path):
    site = Site(browser, tmp_path)
    yield site
    site.close()
    assert site.faults == []


@pytest.fixture(scope="session")
def make():
    taxonomy, tables = Taxonomy.load(), sample_tables()

    def make(options: PageOptions = OPTIONS) -> str:
        return render(tables, options, taxonomy=taxonomy, boundaries=StubBoundaries())

    return make


@pytest.fixture
def page(site, make) -> Page:
    return site.open(make())
