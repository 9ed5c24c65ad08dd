"""Commands for texts and names of places."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mapper.cli.group import main
from mapper.cli.options import INPUT, LANG, PUBLISHED, day, with_extractor
from mapper.cli.saying import print_json, progress_shown, say_passed_over, warn
from mapper.errors import InputError
from mapper.incidents import CHILDREN, DRAWN_ROLES, PROJECTILES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from mapper.extraction.llm.model import LanguageModel
    from mapper.sources import Article
    from mapper.tables import Tables


@main.command()
@click.argument("files", nargs=-1, required=True, type=INPUT, metavar="FILE...")
@click.option("--format", "form", type=click.Choice(["json", "csv", "geojson"]), default="json", show_default=True)
@PUBLISHED
@LANG
@with_extractor
def extract(files: tuple[str, ...], form: str, published: dt.datetime | None, lang: str | None, model: LanguageModel | None) -> None:
    """Find the incidents in texts (- is standard input)."""
    from mapper.pipeline import World, gather, processors
    from mapper.store.cache import Cache
    from mapper.taxonomy import Taxonomy

    taxonomy = Taxonomy.load()
    asked: dict[str, Any] = {"published": day(published), "lang": lang, "model": model, "processes": processors()}
    with progress_shown() as progress:
        gathered = gather(files, World(), taxonomy, cache=Cache.of_user(), progress=progress, **asked)
    warn(gathered.warnings, gathered.rejected)
    say_passed_over(gathered.passed_over)
    if form == "json":
        print_json(_incident_records(gathered.tables))
    else:
        from mapper.store import dumps

        click.echo(dumps(gathered.tables, form, taxonomy), nl=False)


@main.command()
@click.argument("query", required=False)
@click.option("--country", help="ISO 3166-1 code or name; no answer lies outside.")
@click.option("--admin1", help="Name or ISO 3166-2 code of the region; no answer lies outside.")
@click.option("--file", "table", type=INPUT, help="CSV or TSV with the columns query, country, admin1.")
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
            print_json(json.loads(line))
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
@click.argument("files", nargs=-1, required=True, type=INPUT, metavar="FILE...")
@click.option("--format", "form", type=click.Choice(["json", "jsonl"]), default="json", show_default=True)
@click.option("--spans", type=INPUT, help="CSV or TSV with the columns start, end: resolve these instead of finding names.")
@LANG
def places(files: tuple[str, ...], form: str, spans: str | None, lang: str | None) -> None:
    """Find and place every place name in texts (- is standard input)."""
    from mapper.extraction.naming import toponyms
    from mapper.gazetteer.index import Gazetteer
    from mapper.geocoding.query import as_place_record
    from mapper.geocoding.voting import resolve_all

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
        print_json(records)
        return
    for record in records:
        click.echo(json.dumps(record, ensure_ascii=False))


def _incident_records(tables: Tables) -> list[dict[str, Any]]:
    """Give incidents in the form of `mapper extract`."""
    claims: dict[str, list[dict[str, Any]]] = {}
    for claim in tables.arrow("claims").to_pylist():
        said = {key: claim[key] for key in ("by", "status", "quote", "start", "end")}
        claims.setdefault(claim["incident_id"], []).append(said)
    return [_incident_record(row, claims.get(row["id"], [])) for row in tables.arrow("incidents").to_pylist()]


def _incident_record(row: Mapping[str, Any], claims: list[dict[str, Any]]) -> dict[str, Any]:
    keys = ("text", "name", "country", "admin1", "lon", "lat", "precision", "radius_km", "share", "candidates")
    timed = row["date_precision"] in {"exact", "hour"}
    return {
        **{key: row[key] for key in ("id", "type", "title")},
        **{key: _date_text(row[key], timed=timed) for key in ("date_start", "date_end")},
        "date_precision": row["date_precision"],
        "places": [{key: place[key] for key in keys} for place in row["places"] or () if place["role"] in DRAWN_ROLES],
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
    warn(inputs.warnings, inputs.rejected)
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
    warn(warnings, ())
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
