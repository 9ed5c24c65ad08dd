"""Commands for a map that has been made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from mapper.cli.group import main
from mapper.cli.options import PATH
from mapper.cli.saying import print_json
from mapper.taxonomy import LANGUAGES


def _size(_: click.Context, __: click.Parameter, value: str) -> tuple[int, int]:
    width, _by, height = value.partition("x")
    if not (width.isdecimal() and height.isdecimal() and all(200 <= int(n) <= 8000 for n in (width, height))):
        raise click.BadParameter(f"{value!r} is not a size from 200x200 to 8000x8000, such as 1200x630")
    return int(width), int(height)


@main.command()
@click.argument("page", type=PATH, metavar="MAP.html")
@click.option("-o", "--output", type=PATH, help="The PNG file to write; by default beside the map.")
@click.option("--size", callback=_size, metavar="WIDTHxHEIGHT", default="1200x630", show_default=True, help="Width and height in pixels.")
@click.option("--view", default="", metavar="LINK", help="What is to be seen: a link from the page, or what stands behind its #.")
@click.option("--light", "theme", flag_value="light", help="In light colours, which is the default.")
@click.option("--dark", "theme", flag_value="dark", help="In dark colours.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of the page.")
@click.option("--browser", metavar="PATH", help="Chromium, Chrome or Edge; by default MAPPER_BROWSER, or one that is installed.")
@click.option("--timeout", type=click.FloatRange(min=1), default=60, show_default=True, metavar="SECONDS", help="How long to wait for it.")
def snapshot(page: Path, output: Path | None, **settings: Any) -> None:
    """Make a picture of a map for social cards, by way of an installed Chromium, Chrome or Edge."""
    from mapper.snapshot import snapshot as draw

    click.echo(draw(page, output or page.with_suffix(".png"), **settings))


@main.command()
@click.argument("old", type=PATH)
@click.argument("new", type=PATH)
def diff(old: Path, new: Path) -> None:
    """Say what changed between two maps or data files, as JSON."""
    from dataclasses import asdict

    from mapper.pipeline import tables_of
    from mapper.store import diff as differences

    print_json(asdict(differences(tables_of(old), tables_of(new))))


@main.command()
@click.argument("page", type=PATH, metavar="MAP.html")
@click.option("-o", "--output", type=PATH, help="Folder to write to, by default one of the map's name; or one file for the data alone.")
@click.option("--format", "form", type=click.Choice(["geojson", "csv", "parquet", "gpkg"]), default="geojson", show_default=True)
def unpack(page: Path, output: Path | None, form: str) -> None:
    """Get everything back out of a map: the data, and the definition that `mapper build --maps FOLDER` makes it of again."""
    from mapper import store
    from mapper.page.archive import unpack as tables_of
    from mapper.pipeline.unpacking import unpack as unpack_into
    from mapper.taxonomy import Taxonomy

    folder = output or Path(page.stem)
    if folder.suffix.lower() in store.ENDINGS and not folder.is_dir():
        written = store.write(tables_of(page), folder, Taxonomy.load())
    else:
        written = unpack_into(page, folder, form)
    for path in written:
        click.echo(path)
