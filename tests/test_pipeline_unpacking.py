"""A map is taken apart and made again, to the byte: whatever it was made of, and in whichever format it lay meanwhile."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from benchmarks._page_data import synthetic, tables

from mapper import store
from mapper.errors import DefinitionError, InputError, MapperError
from mapper.page import archive, definition
from mapper.pipeline import World, build, gather, tables_of
from mapper.pipeline.unpacking import FORMATS, of_map, unpack
from mapper.store.cache import Cache
from mapper.taxonomy import Taxonomy

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.usefixtures("nothing_shared")

#: A definition that says all that one can say, and inputs of which something is merged, unplaced, and rejected.
FULL = """
title = "Обстріли «Суми» & </script>"
description = 'With "quotes" and a \\ backslash'
inputs = ["in", "."]
output = "out/m.html"
bounds = [22, 44.5, 41, 53]
lang = "uk"
as_of = "24 November 2024"

[taxonomy.types.flood]
group = "other"
label = { en = "Flood", uk = "Повінь" }
colour = "#2255aa"
"""
ROWS = "date,type,place,country,lat,lon,killed\n2024-11-20,flood,Sumy,UA,50.912345,34.80,1\n2024-11-21,explosion,Nowhere at all,UA,,,\nx,shelling,Sumy,UA,1,1,\n"
ARTICLES = {
    "one": "A drone hit a house in Kharkiv on Friday, killing two people, the mayor said.\n\nRussia shelled the Sumy region overnight into Friday.\n",
    "two": "Two people were killed when a drone hit a house in Kharkiv on Friday, the regional governor said.\n",
}


def made(path: Path, world: World) -> bytes:
    return build(definition.read(path), world, cache=Cache(None)).output.read_bytes()


@pytest.fixture(scope="module")
def full(tmp_path_factory, world):
    """Make a map of everything; give its file."""
    folder = tmp_path_factory.mktemp("full")
    (folder / "in").mkdir()
    (folder / "rows.csv").write_text(ROWS, encoding="utf-8")
    for name, text in ARTICLES.items():
        front = f"---\ntitle: {name}\npublisher: Agency {name}\npublished: 2024-11-22\nlang: en\n---\n"
        (folder / "in" / f"{name}.md").write_text(front + text, encoding="utf-8")
    (folder / "m.toml").write_text(FULL, encoding="utf-8")
    made(folder / "m.toml", world)
    return folder / "out" / "m.html"


@pytest.fixture(scope="module")
def sample(tmp_path_factory, world):
    """Make the sample map; give its file."""
    folder = tmp_path_factory.mktemp("sample")
    shutil.copy(ROOT / "maps" / "ukraine.toml", folder)
    for kind in ("articles", "incidents"):
        shutil.copytree(ROOT / "geodata" / kind, folder.parent / "geodata" / kind, dirs_exist_ok=True)
    made(folder / "ukraine.toml", world)
    return folder / "ukraine.html"


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("which", ["sample", "full"])
def test_a_map_is_made_again_of_what_it_was_unpacked_to(which, form, request, tmp_path, world):
    page = request.getfixturevalue(which)
    written = unpack(page, tmp_path, form)
    assert written[-1].name == f"{page.stem}.toml"
    assert made(written[-1], world) == page.read_bytes()
    assert (tmp_path / f"{page.stem}.ledger.json").read_text() == page.with_suffix(".ledger.json").read_text()


def test_a_folder_that_a_map_was_unpacked_to_is_an_input_of_its_table_alone(full, tmp_path, world, taxonomy):
    unpack(full, tmp_path, "geojson")
    gathered = gather([tmp_path], world, taxonomy)
    assert gathered.rejected == ()
    assert gathered.ledger.totals["read"] == len(tables_of(full).incidents)


def test_the_full_map_has_something_of_every_outcome(full):
    record = archive.read(full).about
    totals = record["ledger"]["totals"]
    assert all(totals[outcome] for outcome in ("mapped", "merged", "unplaced", "rejected")), totals
    assert record["rejected"][0]["path"] == "../rows.csv"
    assert record["versions"]["drawn"]["mapper"] == record["versions"]["read"]["mapper"]
    assert str(full.parent.parent) not in full.read_text(encoding="utf-8")


def test_a_map_is_made_again_of_itself(full, tmp_path, world):
    output = tmp_path / "again" / "m.html"
    built = build(of_map(full, output), world, cache=Cache(None))
    assert output.read_bytes() == full.read_bytes()
    assert built.ledger.totals["read"] == archive.read(full).about["ledger"]["totals"]["read"]
    assert of_map(full).output == full


def test_ten_thousand_incidents_are_made_again(tmp_path, world):
    store.write(tables(synthetic(10_000)), tmp_path / "many.parquet", Taxonomy.load())
    (tmp_path / "many.toml").write_text('inputs = ["many.parquet"]\n', encoding="utf-8")
    page = made(tmp_path / "many.toml", world)
    unpacked = unpack(tmp_path / "many.html", tmp_path / "back", "parquet")
    assert made(unpacked[-1], world) == page
    assert store.diff(tables_of(tmp_path / "many.html"), store.read(tmp_path / "many.parquet")) == store.Diff()


def test_a_definition_of_ones_own_is_not_written_over(full, tmp_path):
    (tmp_path / "m.toml").write_text('inputs = ["x.csv"]\n', encoding="utf-8")
    with pytest.raises(DefinitionError, match="was not unpacked from a map; choose another folder"):
        unpack(full, tmp_path, "csv")
    assert [p.name for p in tmp_path.iterdir()] == ["m.toml"]


def test_unpacking_twice_gives_the_same_files(full, tmp_path):
    first = {path.name: path.read_bytes() for path in unpack(full, tmp_path, "csv")}
    assert {path.name: path.read_bytes() for path in unpack(full, tmp_path, "csv")} == first


def _cut(folder: Path) -> None:
    lines = (folder / "m.geojson").read_text(encoding="utf-8").split("\n")
    (folder / "m.geojson").write_text("\n".join(lines[:1] + lines[2:]), encoding="utf-8")


def _add(folder: Path) -> None:
    (folder / "m.toml").write_text('inputs = ["m.geojson", "."]\nrecord = "m.record.json"\n', encoding="utf-8")


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (_cut, "record: knows of .* incidents on the map .* take out this setting to read the table as any other"),
        (_add, "goes with the one table that was unpacked with it, got 2 inputs"),
        (lambda folder: (folder / "m.record.json").unlink(), "m.record.json: there is no such file; keep it with the table"),
        (lambda folder: (folder / "m.record.json").write_text("{"), "is no record of a map"),
        (lambda folder: (folder / "m.record.json").write_text("[]"), "is no record of a map"),
        (lambda folder: (folder / "m.record.json").write_text('{"ledger": 1, "rejected": []}'), "is no record of a map"),
        (lambda folder: (folder / "m.geojson").unlink(), "m.geojson: there is no such file"),
    ],
)
def test_what_does_not_go_together_is_said(harm, said, full, tmp_path, world):
    unpack(full, tmp_path, "geojson")
    harm(tmp_path)
    with pytest.raises(MapperError, match=said):
        made(tmp_path / "m.toml", world)


def test_without_its_record_the_data_is_read_as_any_other(full, tmp_path, world):
    unpack(full, tmp_path, "csv")
    (tmp_path / "m.toml").write_text('inputs = ["m.csv"]\n', encoding="utf-8")
    made(tmp_path / "m.toml", world)
    counts = json.loads((tmp_path / "m.ledger.json").read_text(encoding="utf-8"))["totals"]
    assert counts["read"] == len(tables_of(full).incidents)


def test_a_title_that_was_edited_is_the_title_of_the_map(full, tmp_path, world):
    settings = unpack(full, tmp_path, "csv")[-1]
    settings.write_text(settings.read_text(encoding="utf-8").replace("Обстріли", "Удари"), encoding="utf-8")
    page = made(settings, world).decode()
    assert "<title>Удари" in page
    assert 'title = "Удари' in archive.read(settings.with_suffix(".html")).about["definition"]


def test_a_map_made_by_a_program_gives_its_data_but_no_definition(tmp_path, world):
    from mapper.page.render import PageOptions, render

    path = tmp_path / "own.html"
    rows = tables(synthetic(5))
    path.write_text(render(rows, PageOptions(title="T"), taxonomy=Taxonomy.load(), boundaries=world.boundaries), encoding="utf-8")
    assert len(tables_of(path).incidents) == 5
    with pytest.raises(InputError, match=r"without a definition; name a file, such as -o data\.geojson"):
        unpack(path, tmp_path, "csv")
