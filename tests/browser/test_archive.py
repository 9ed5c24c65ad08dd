"""What a map carries to be made again costs its reader nothing: the page neither reads nor needs it."""

from __future__ import annotations

import re

#: Notes which elements are asked for their text, in whichever way.
_SPY = """
window.asked = [];
for (const owner of [Node, Element, HTMLElement, HTMLScriptElement].map((kind) => kind.prototype)) {
  for (const name of ['textContent', 'innerHTML', 'innerText', 'text', 'firstChild', 'childNodes']) {
    const own = Object.getOwnPropertyDescriptor(owner, name);
    if (own) Object.defineProperty(owner, name, { ...own, get() { if (this.id) asked.push(this.id); return own.get.call(this); } });
  }
}
"""


def test_the_archive_is_not_read_when_a_page_opens_nor_when_its_text_does(browser, make, tmp_path):
    file = tmp_path / "map.html"
    file.write_text(make(), encoding="utf-8")
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.add_init_script(_SPY)
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-mapper=ready]", state="attached")
    page.get_by_role("button", name=re.compile("^List")).first.click()
    page.get_by_role("row", name=re.compile("Artillery fire on central Kherson")).wait_for()
    asked = set(page.evaluate("asked"))
    context.close()
    assert {"incident_layer_main", "incident_layer_main_text_0"} <= asked
    assert "mapper-archive" not in asked


def test_a_page_whose_archive_is_damaged_opens_as_any_other(site, make):
    page = site.open(re.sub(r'(id="mapper-archive">)[^<]*', r"\1{", make()))
    page.get_by_role("button", name=re.compile("^List")).first.click()
    page.get_by_role("row", name=re.compile("Artillery fire on central Kherson")).wait_for()
