"""The whole way, from the files a desk has to what its reader sees: the sample map, and inputs that mean harm."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from patience import settled
from playwright.sync_api import expect

from mapper.cli import main

ROOT = Path(__file__).parents[2]
ATTACK = "</script><img src=x onerror=alert(1)>{{ 7*7 }}<b>&amp;\u2028'\""


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The sample map, made by the command line as a person would."""
    out = tmp_path_factory.mktemp("maps") / "ukraine.html"
    inputs = [str(ROOT / "geodata" / name) for name in ("articles", "incidents")]
    result = CliRunner().invoke(main, ["map", *inputs, "-o", str(out), "--title", "Sample"])
    assert result.exit_code == 0, result.output
    return out.read_text(encoding="utf-8")


@pytest.fixture
def page(site, sample):
    return site.open(sample)


def section(page, name):
    """Open a part of the page beside the map, if it is not open."""
    region = page.get_by_role("region", name=re.compile(rf"^{name}"))
    if not region.is_visible():
        page.get_by_role("button", name=re.compile(rf"^{name}")).first.click()
    return region


def open_from_list(page, title):
    section(page, "List").get_by_role("row", name=re.compile(title)).first.click()
    return page.locator(".mapper-card")


def test_every_layer_can_be_switched(page):
    boxes = page.locator("input[type=checkbox][data-type]")
    assert boxes.count() >= 8
    for box in boxes.all():
        expect(box).to_be_checked()
        box.uncheck()
        expect(box).not_to_be_checked()
    for box in boxes.all():
        box.check()


def test_the_seed_case_on_its_cards(page):
    card = open_from_list(page, "Drone strike, Sumy")
    expect(card).to_contain_text("Artem Kobzar, acting mayor")
    expect(card).to_contain_text("Sumy regional military administration")
    expect(card).to_contain_text("at least 2")
    card = open_from_list(page, "Interception of 23 drones")
    expect(card).to_contain_text("Bryansk Oblast, Kaluga Oblast and Kursk Oblast")
    expect(card).to_contain_text("No casualties reported")
    expect(card).to_contain_text("Russian Defence Ministry")


def test_what_is_not_on_the_map_says_why(page):
    drawer = section(page, "Not on the map")
    expect(drawer).to_contain_text("(2)")
    expect(drawer).to_contain_text("Missile strike, Ukraine")
    expect(drawer).to_contain_text("known to the country only: Ukraine")


def test_the_page_states_its_borders_and_accounts(page):
    about = section(page, "About")
    expect(about).to_contain_text("68/262")
    expect(about).to_contain_text("GeoNames (geonames.org), CC BY 4.0")
    expect(about).to_contain_text("Natural Earth")


def test_cyrillic_in_every_field(site, tmp_path):
    table = tmp_path / "рядки.csv"
    table.write_text(
        "дата,тип,назва,місце,країна,широта,довгота,джерело\n2024-11-22,обстріл,Обстріл у Ґрунтовому — їжак,Нікополь,Україна,47.57,34.39,Суспільне\n",
        encoding="utf-8",
    )
    out = tmp_path / "map.html"
    result = CliRunner().invoke(main, ["map", str(table), "-o", str(out), "--title", "Події", "--page-lang", "uk"])
    assert result.exit_code == 0, result.output
    page = site.open(out.read_text(encoding="utf-8"))
    expect(page.locator("h1")).to_have_text("Події")
    page.get_by_role("button", name=re.compile(r"^Список \(1\)$")).click()
    expect(page.locator("body")).to_contain_text("Обстріл у Ґрунтовому — їжак")


def test_what_a_table_leaves_out_or_says_otherwise(site, tmp_path):
    rows = (
        "дата,тип,місце,країна,широта,довгота,джерело\n"
        "2025-03-11,обстріл,Херсон,UA,46.6354,32.6169,невідомо\n"
        "2025-03-12,обстріл,Kherson,UA,46.6354,32.6169,Суспільне\n"
        "2025-03-13,обстріл,Kherson,UA,55.75,37.61,Суспільне\n"
    )
    (tmp_path / "ua_rows.csv").write_text(rows, encoding="utf-8")
    out = tmp_path / "x.html"
    assert CliRunner().invoke(main, ["map", str(tmp_path / "ua_rows.csv"), "-o", str(out)]).exit_code == 0
    page = site.open(out.read_text(encoding="utf-8"))
    listed = section(page, "List")
    expect(listed.get_by_role("row", name=re.compile("Shelling, Kherson"))).to_have_count(3)
    expect(page.get_by_text("Moscow")).to_have_count(0)
    card = open_from_list(page, "11 Mar 2025")
    expect(card).to_contain_text("Source not stated")
    expect(card).not_to_contain_text("ua_rows")
    page.get_by_role("searchbox").fill("Херсон")
    expect(listed.get_by_role("row", name=re.compile("Shelling, Kherson"))).to_have_count(1)
    page.get_by_role("searchbox").fill("")
    expect(section(page, "Not on the map")).to_contain_text("the position contradicts the words beside it")


def test_harmful_text_in_every_field_of_every_input_is_only_text(site, tmp_path):
    header = [
        *("id", "date", "type", "title", "place", "country", "admin1", "lat", "lon", "actor", "target", "weapon"),
        *("status", "notes", "tags", "by", "quote", "source_url", "source_title", "publisher"),
    ]
    row = dict.fromkeys(header, ATTACK) | {"date": "2024-11-22", "lat": "50.92", "lon": "34.80", "source_url": "javascript:alert(1)"}
    unplaced = row | {"id": "two", "lat": "", "lon": ""}
    text = io.StringIO()
    writer = csv.DictWriter(text, header)
    writer.writeheader()
    writer.writerows([row, unplaced])
    (tmp_path / "rows.csv").write_text(text.getvalue(), encoding="utf-8")
    (tmp_path / "a.md").write_text(
        f"---\ntitle: {ATTACK}\npublisher: {ATTACK}\nurl: javascript:alert(1)\npublished: 2024-11-22\nlang: en\n---\n"
        f"Drones struck Sumy on Friday, killing two, mayor {ATTACK} said.\n",
        encoding="utf-8",
    )
    (tmp_path / "x.toml").write_text(
        f"title = '''{ATTACK}'''\ndescription = '''{ATTACK}'''\ninputs = [\"rows.csv\", \"a.md\"]\n", encoding="utf-8"
    )
    result = CliRunner().invoke(main, ["build", "--maps", str(tmp_path)])
    assert result.exit_code == 0, result.output
    page = site.open((tmp_path / "x.html").read_text(encoding="utf-8"))
    expect(page.locator("h1")).to_contain_text("{{ 7*7 }}<b>&amp;")
    for name in ("About", "Not on the map", "List"):
        expect(section(page, name)).to_be_visible()
    for entry in section(page, "List").get_by_role("row", name=re.compile("onerror")).all():
        entry.click()
        settled(page)
    expect(page.locator(".mapper-card")).to_contain_text("onerror=alert(1)")
    assert page.locator("img[src=x]").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
