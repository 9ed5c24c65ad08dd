"""Commands that make maps, or account for what would be in them."""

from __future__ import annotations

import gc
import sys
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mapper.cli.group import main
from mapper.cli.options import INPUT, LANG, MAPS, OVERRIDES, PATH, PUBLISHED, WAIT, day, with_extractor
from mapper.cli.saying import (
    INCOMPLETE,
    fail,
    is_terminal,
    ledger_line,
    ledger_table,
    print_json,
    progress_shown,
    say,
    say_overrides,
    say_passed_over,
    warn,
)
from mapper.taxonomy import LANGUAGES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from mapper.editing.review import Item
    from mapper.extraction.llm.model import LanguageModel
    from mapper.extraction.reading.passedover import PassedOver
    from mapper.page.definition import MapDefinition
    from mapper.pipeline import Built, World


@main.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@MAPS
@click.option("--since", type=PATH, metavar="PREVIOUS.html", help="Say what has changed since an earlier map.")
@click.option("-o", "--output", type=PATH, help="Where a map that is made again of an earlier one goes; by default into its place.")
@WAIT
@with_extractor
def build(names: tuple[str, ...], folder: Path, since: Path | None, output: Path | None, wait: float, model: LanguageModel | None) -> None:
    """Build the maps defined in maps/, or those named; OLD.html is made again of what it carries."""
    from mapper.page import definition
    from mapper.pipeline import World
    from mapper.sources.formats import PAGES

    world = World()
    pages = [name for name in names if Path(name).suffix.lower() in PAGES]
    if output and (len(pages) != 1 or len(names) != 1):
        raise click.UsageError("-o goes with one OLD.html; a definition says itself where its map goes")
    for name in pages:
        # Here, for it brings in all that reading needs, and where nothing has changed nothing is read.
        from mapper.pipeline.unpacking import of_map

        _write_map(of_map(Path(name), output), world, since=since, wait=wait, model=model)
    others = tuple(name for name in names if name not in pages)
    for defined in definition.read_all(folder, others) if others or not pages else ():
        _write_map(defined, world, since=since, wait=wait, model=model)


@main.command("map")
@click.argument("inputs", nargs=-1, required=True, type=INPUT, metavar="INPUT...")
@click.option("-o", "--output", required=True, type=PATH, help="The HTML file to write.")
@click.option("--title", help="Heading of the map.")
@click.option("--page-lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the page.")
@OVERRIDES
@PUBLISHED
@LANG
@WAIT
@with_extractor
def map_(
    inputs: tuple[str, ...],
    output: Path,
    title: str | None,
    page_lang: str,
    overrides: Path | None,
    published: dt.datetime | None,
    lang: str | None,
    wait: float,
    model: LanguageModel | None,
) -> None:
    """Make one map from any mix of articles and tables."""
    from mapper.page.definition import MapDefinition
    from mapper.page.words import catalogue
    from mapper.pipeline import World
    from mapper.sources.formats import PAGES
    from mapper.taxonomy import Taxonomy

    if output.suffix and output.suffix.lower() not in PAGES:
        raise click.UsageError(f"-o names the page to write, {' or '.join(sorted(PAGES))}, not {output.name}; 'mapper export' writes data")
    defined = MapDefinition(
        name=output.stem,
        path=output,
        title=title or catalogue(page_lang)["title"],
        description="",
        lang=page_lang,
        inputs=tuple(Path(path) if path != "-" else path for path in inputs),
        output=output,
        bounds=None,
        as_of="",
        archive=True,
        taxonomy=Taxonomy.load(),
        overrides=overrides,
    )
    _write_map(defined, World(), wait=wait, published=day(published), lang=lang, model=model)


@main.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@MAPS
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@with_extractor
def check(names: tuple[str, ...], folder: Path, form: str, model: LanguageModel | None) -> None:
    """Account for every input of the maps in maps/ without building them.

    As JSON it is an account report by report, as in the ledger beside a map, but with all that a sensitivity rule keeps out
    of that one: names of files, rows that were set aside, reasons. Passed over are sentences that name a place and an attack
    or victims and gave no incident, rightly or not. It is for your desk: do not publish it.
    """
    from mapper import geodata
    from mapper.page import definition
    from mapper.pipeline import World, gathered_for, processors
    from mapper.pipeline.guarding import full_account
    from mapper.store.cache import Cache

    faults = geodata.verify()
    if faults:
        fail("geodata: " + "; ".join(faults))
    world = World()
    accounts = []
    for defined in definition.read_all(folder, names):
        with progress_shown() as progress:
            gathered = gathered_for(defined, world, cache=Cache.of_user(), model=model, progress=progress, processes=processors())
        warn(gathered.warnings, gathered.rejected)
        say_passed_over(gathered.passed_over)
        say_overrides(gathered.ledger)
        for merge in gathered.merges:
            click.echo(f"{defined.name}: {merge.gone} merged into {merge.kept}: {merge.reason}", err=True)
        if form == "json":
            passed = [asdict(one) for one in gathered.passed_over]
            accounts.append({"map": defined.name, **full_account(gathered).document(), "passed_over": passed})
            continue
        click.echo(ledger_table(gathered.ledger, defined.inputs))
        click.echo(f"{defined.name}: {ledger_line(gathered.ledger)}")
    if form == "json":
        print_json(accounts)


@main.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@MAPS
@click.option("-o", "--output", type=PATH, help="File to write instead of standard output.")
@click.option("--html", "paged", is_flag=True, help="A page to decide on, on a map; it makes the file of overrides.")
@with_extractor
def review(names: tuple[str, ...], folder: Path, output: Path | None, model: LanguageModel | None, *, paged: bool) -> None:
    """List what needs eyes, as a CSV of overrides to fill in.

    Write a value, who, when and why into the rows that you decide, or the action keep where all is right; the others may
    stay as they are. The list is a file of overrides itself, or goes under the one that you have.

    With --html, a page in which candidates are chosen on the map, and on which the sentences that were passed over can be
    read; what you download there takes the place of the file of overrides. Like that file it is your working paper: do not
    publish it.
    """
    from mapper.editing.overrides import standing
    from mapper.editing.review import review as needing_eyes
    from mapper.editing.review import to_csv
    from mapper.page import definition
    from mapper.pipeline import World, gathered_for, processors
    from mapper.pipeline.reviewing import overrides_of, review_page
    from mapper.store import write_atomic
    from mapper.store.cache import Cache

    if paged and not output and is_terminal(sys.stdout):
        raise click.UsageError("--html makes a page: say where it goes, as in 'mapper review --html -o review.html'.")
    world = World()
    items: dict[tuple[str, str], Item] = {}
    passed: dict[PassedOver, None] = {}
    defined = definition.read_all(folder, names)
    if paged:
        overrides_of(defined)  # or says why there can be no page, before the work
    for one in defined:
        with progress_shown() as progress:
            gathered = gathered_for(one, world, cache=Cache.of_user(), model=model, progress=progress, processes=processors())
        warn(gathered.warnings, gathered.rejected)
        say_overrides(gathered.ledger)
        found = needing_eyes(gathered.tables, gathered.merges, gathered.ledger.overrides)
        items |= {(item.incident["id"], item.action): item for item in found}
        passed |= dict.fromkeys(() if gathered.hides else gathered.passed_over)
    before = standing(output) if output and not paged and output.is_file() else None
    listed = review_page(list(items.values()), list(passed), defined, world) if paged else to_csv(list(items.values()), before)
    if output:
        click.echo(write_atomic(output, listed))
        if paged and output.resolve().parent in {one.output.resolve().parent for one in defined}:
            say(f"Warning: {output} lies among the maps: it is a working file, do not publish it")
    else:
        click.echo(listed, nl=False)
    click.echo(f"{len(items)} to look at", err=True)


@main.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@MAPS
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port of the local server; by default one that is free.")
@click.option("--open", "opened", is_flag=True, help="Open the page in your browser.")
@WAIT
@with_extractor
@click.pass_context
def watch(
    ctx: click.Context,
    names: tuple[str, ...],
    folder: Path,
    port: int,
    opened: bool,  # noqa: FBT001 - click's flag
    wait: float,
    model: LanguageModel | None,
) -> None:
    """Build, show in a browser, and build again whenever something changes that a map is made of; Ctrl-C ends it.

    The page, at an address of this computer alone, loads itself anew after each build and says what went wrong.
    """
    from mapper.watch.loop import watch as keep_built

    def write(defined: MapDefinition, world: World) -> list[str]:
        built = _write_map(defined, world, wait=wait, model=model)
        return [str(r) for r in built.rejected if not r.row]

    keep_built(folder, names, write, serving=lambda url: click.launch(url) if opened else None, say=say, port=port)
    ctx.meta.pop(INCOMPLETE, None)


@main.command()
@click.argument("inputs", nargs=-1, required=True, type=INPUT, metavar="INPUT...")
@click.option("-o", "--output", required=True, type=PATH, help="File to write: .geojson, .csv, .parquet or .gpkg.")
@OVERRIDES
@PUBLISHED
@LANG
@WAIT
@with_extractor
def export(
    inputs: tuple[str, ...],
    output: Path,
    overrides: Path | None,
    published: dt.datetime | None,
    lang: str | None,
    wait: float,
    model: LanguageModel | None,
) -> None:
    """Write the incidents of articles and tables as data."""
    from mapper import store
    from mapper.pipeline import World, gather, processors
    from mapper.pipeline.inputs import Inputs
    from mapper.sources.listing import keep_from
    from mapper.store.cache import Cache
    from mapper.taxonomy import Taxonomy

    taxonomy, read = Taxonomy.load(), Inputs(inputs)
    keep_from(output, (*read.listing.files, overrides))
    asked: dict[str, Any] = {"overrides": overrides, "published": day(published), "lang": lang, "model": model}
    asked["processes"] = processors()
    with store.reserved(output, wait=wait, waiting=say), progress_shown() as progress:
        gathered = gather(inputs, World(), taxonomy, inputs=read, cache=Cache.of_user(), progress=progress, **asked)
        warn(gathered.warnings, gathered.rejected)
        say_overrides(gathered.ledger)
        for path in store.write(gathered.tables, output, taxonomy):
            click.echo(path)
    click.echo(ledger_line(gathered.ledger), err=True)


def _write_map(defined: MapDefinition, world: World, *, wait: float, since: Path | None = None, **settings: Any) -> Built:
    from mapper.pipeline import build as build_map
    from mapper.pipeline import processors
    from mapper.store.cache import Cache
    from mapper.store.files import reserved

    with reserved(defined.output, wait=wait, waiting=say), _seldom_collecting(), progress_shown() as progress:
        built = build_map(defined, world, cache=Cache.of_user(), since=since, progress=progress, processes=processors(), **settings)
    warn(built.warnings, built.rejected)
    say_overrides(built.ledger)
    click.echo(ledger_table(built.ledger, defined.inputs), err=True)
    click.echo(ledger_line(built.ledger) + ("; nothing has changed" if built.unchanged else ""), err=True)
    if built.proved:
        click.echo(built.proved, err=True)
    if built.since is not None:
        click.echo(f"since {since}: " + ", ".join(f"{count} {word}" for word, count in built.since.items()), err=True)
    if defined.tiles:
        click.echo(f"{built.output}: asks {', '.join(defined.tiles.hosts)} for map tiles when it is opened", err=True)
    click.echo(built.output)
    return built


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Look for garbage every 100,000 objects: a build makes as many for one column of positions, and keeps nearly all of them."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
