"""Files, folders and standard input to articles and tables of incidents: the reader is chosen by the file's ending."""

from __future__ import annotations

import difflib
import hashlib
import re
import sys
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mapper.errors import InputError, MapperError, Rejected
from mapper.incidents import DEFAULT_TIMEZONE
from mapper.sources.article import Article, Articles
from mapper.sources.language import contradicts, detect
from mapper.taxonomy import Taxonomy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date
    from typing import Any

    from mapper.sources.columns import Layout
    from mapper.sources.rows import IncidentRows

__all__ = ["ENDINGS", "OVERRIDES", "Inputs", "Listing", "listed", "nothing_read", "read", "read_all", "unread"]

_ARTICLES = {
    ".txt": "text",
    ".md": "Markdown",
    ".markdown": "Markdown",
    ".html": "HTML",
    ".htm": "HTML",
    ".docx": "DOCX",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
}
_TABLES = {
    ".csv": "CSV",
    ".tsv": "CSV",
    ".tab": "CSV",
    ".geojson": "JSON",
    ".json": "JSON",
    ".gpkg": "GeoPackage",
    ".parquet": "Parquet",
    ".geoparquet": "Parquet",
}

_PAGES = (".html", ".htm")

#: Endings of the files that can be read.
ENDINGS = (*_ARTICLES, *_TABLES)

_SPREADSHEETS = (".xlsx", ".xls", ".ods", ".numbers")
_WORD = (".doc", ".odt", ".rtf", ".pages")
_WEB_ARCHIVES = (".mhtml", ".mht", ".webarchive")
#: What a file of JSON can be.
_EXPECTED_JSON = "a GeoJSON FeatureCollection or a Telegram export"
#: What `mapper.store` puts beside a table of incidents; it is not a table of incidents itself.
_COMPANIONS = (".claims", ".sources")
#: The account that stands beside a map, and the record of one that was unpacked; they are no inputs.
_ACCOUNTS = (".ledger.json", ".record.json")

#: Name of the file of an editor's decisions, or its end where each map has its own.
OVERRIDES = "overrides.csv"


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that was read: articles and tables in the order given, what was set aside, what was guessed.

    The articles of a feed or of a channel stand among the others, each for itself.
    """

    articles: tuple[Article, ...] = ()
    rows: tuple[IncidentRows, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    warnings: tuple[str, ...] = ()


def read(
    source: Path | str, *, published: date | None = None, lang: str | None = None, taxonomy: Taxonomy | None = None
) -> Article | Articles | IncidentRows:
    """Read one file, or standard input for ``-``.

    A feed or a Telegram export gives `Articles`, even if it is only one.

    Parameters
    ----------
    published, lang
        Override what the file says. Where neither says the language of an article, its text is asked.
    taxonomy
        What types there are; the package's own by default.

    Raises
    ------
    InputError
        If there is no such file, or it is none that can be read.
    """
    if str(source) == "-":
        return _read_stdin(published, lang, taxonomy)
    path = Path(source)
    kind = _kind(path)
    return _read(_bytes(path), path, kind, published=published, lang=lang, taxonomy=taxonomy)


def read_all(
    sources: Iterable[Path | str],
    *,
    published: date | None = None,
    lang: str | None = None,
    taxonomy: Taxonomy | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Inputs:
    """Read files and folders, these in the order of their names and without hidden files.

    One that cannot be read does not stop the others: it is among the rejected, with row 0.

    Parameters
    ----------
    progress
        Called after each file with how many are read and how many there are.

    Raises
    ------
    InputError
        If nothing can be read; the message is of the first one.
    """
    articles: list[Article] = []
    tables: list[IncidentRows] = []
    rejected: list[Rejected] = []
    listing = listed(sources)
    warnings = [*listing.warnings]
    errors = [*listing.errors]
    for done, path in enumerate(listing.files):
        if progress and done:
            progress(done, len(listing.files))
        try:
            found = read(path, published=published, lang=lang, taxonomy=taxonomy)
        except InputError as error:
            errors.append(error)
            continue
        warnings += found.warnings
        if isinstance(found, Article):
            articles.append(found)
            continue
        rejected += found.rejected
        if isinstance(found, Articles):
            articles += found
            warnings += (warning for article in found for warning in article.warnings)
        else:
            tables.append(found)
    if progress and listing.files:
        progress(len(listing.files), len(listing.files))
    if not articles and not tables:
        raise nothing_read(errors)
    return Inputs(tuple(articles), tuple(tables), (*unread(errors), *rejected), tuple(warnings))


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of inputs, folders opened: each once, with what was skipped and what is none."""

    files: tuple[Path | str, ...]
    warnings: tuple[str, ...]
    errors: tuple[InputError, ...]


def listed(sources: Iterable[Path | str]) -> Listing:
    """List the files to read without reading them, those of a folder in the order of their names."""
    warnings: list[str] = []
    errors: list[InputError] = []
    files = _files(sources, warnings, errors)
    return Listing(tuple(files), tuple(warnings), tuple(errors))


def nothing_read(errors: Sequence[InputError]) -> InputError:
    """Give the error for inputs of which none could be read; the message is of the first."""
    if not errors:
        return InputError("inputs", "none was given", f"name files or folders; {_supported()}")
    if len(errors) == 1:
        return errors[0]
    first = errors[0]
    more = f"{first.remedy}; " if first.remedy else ""
    return InputError(first.path, first.problem, f"{more}none of the {len(errors)} inputs could be read")


def unread(errors: Iterable[InputError]) -> tuple[Rejected, ...]:
    """Count inputs that cannot be read among the rejected, with row 0."""
    return tuple(Rejected(e.path, 0, "", "", f"{e.problem}; {e.remedy}" if e.remedy else e.problem) for e in errors)


def _files(sources: Iterable[Path | str], warnings: list[str], errors: list[InputError]) -> list[Path | str]:
    """List the files, folders opened; each file once."""
    found: dict[Path | str, None] = {}
    for source in sources:
        path = Path(source)
        if str(source) == "-" or not path.is_dir():
            found[source if str(source) == "-" else path] = None
            continue
        inside = [p for p in _walk(path) if p.is_file()]
        maps = {p for p in inside if p.suffix.lower() in _PAGES and _is_own_map(p)}
        good = [p for p in inside if p.suffix.lower() in ENDINGS and p not in maps and not _is_companion(p)]
        others = [p for p in inside if p.suffix.lower() not in ENDINGS]
        convertible = {p: why for p in others if (why := _convertible(p.suffix.lower()))}
        others = [p for p in others if p not in convertible]
        if good:
            warnings += (f"{p}: skipped: {problem}; {remedy}" for p, (problem, remedy) in convertible.items())
        if not good and convertible:
            errors += (InputError(p, *why) for p, why in convertible.items())
        elif not good:
            errors.append(InputError(path, f"holds no file that can be read among {len(inside)}", _supported()))
        elif others:
            shown = ", ".join(p.name for p in others[:3]) + (", …" if len(others) > 3 else "")
            count = "1 file skipped, of another ending" if len(others) == 1 else f"{len(others)} files skipped, of other endings"
            warnings.append(f"{path}: {count}: {shown}")
        if maps:
            count = "1 map made by mapper" if len(maps) == 1 else f"{len(maps)} maps made by mapper"
            warnings.append(f"{path}: {count} skipped: {', '.join(p.name for p in sorted(maps)[:3])}{', …' if len(maps) > 3 else ''}")
        found |= dict.fromkeys(good)
    return list(found)


def _walk(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if not any(part.startswith(".") for part in p.relative_to(folder).parts))


def _is_own_map(path: Path) -> bool:
    """Tell from its head whether a page is a map of ours; one that cannot be read is left to its reader."""
    from mapper.sources.webpage import is_own_map

    try:
        with path.open("rb") as file:
            return is_own_map(file.read(4_096))
    except OSError:
        return False


def _is_companion(path: Path) -> bool:
    """Tell whether a file is the claims or sources of the table beside it, an account of a map, or an editor's overrides."""
    if path.name.endswith((*_ACCOUNTS, f".{OVERRIDES}")) or path.name == OVERRIDES:
        return True
    name = Path(path.stem)
    return name.suffix in _COMPANIONS and path.with_name(name.stem + path.suffix).exists()


def _kind(path: Path) -> str:
    """Tell the format by the ending.

    Raises
    ------
    InputError
        If there is no such file, or the ending is none we read.
    """
    if path.is_dir():
        raise InputError(path, "is a folder: expected a file", f"name a file in it; {_supported()}")
    if not path.exists():
        raise InputError(path, "there is no such file", _did_you_mean(path))
    ending = path.suffix.lower()
    if kind := _ARTICLES.get(ending) or _TABLES.get(ending):
        return kind
    if why := _convertible(ending):
        raise InputError(path, *why)
    what = f"files ending in {ending} are not read" if ending else "has no ending that tells its format"
    raise InputError(path, what, _supported())


def _convertible(ending: str) -> tuple[str, str] | None:
    """Say of an ending that is not read what to save the file as; None where nothing helps."""
    if ending in _SPREADSHEETS:
        return f"spreadsheets ({ending}) are not read", "open it and save it as CSV (UTF-8)"
    if ending in _WORD:
        return f"documents of this kind ({ending}) are not read", "open it and save it as .docx"
    if ending in _WEB_ARCHIVES:
        return f"web archives ({ending}) are not read", "open it in a browser and save it as 'Webpage, HTML only'"
    return None


def _supported() -> str:
    return f"supported are {' '.join(ENDINGS)}"


def _did_you_mean(path: Path) -> str:
    folder = path.parent
    if not folder.is_dir():
        return f"there is no folder {folder} either"
    near = difflib.get_close_matches(path.name, [p.name for p in folder.iterdir()], n=3)
    return f"did you mean {' or '.join(near)}?" if near else "check the name"


def _bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except PermissionError:
        raise InputError(path, "may not be read", "check its permissions") from None
    except OSError as error:
        raise InputError(path, f"cannot be read: {error.strerror or error}", "check the file") from None
    if not data or data.isspace():
        raise InputError(path, "is empty", "check that the right file was saved")
    return data


def _read(
    data: bytes, path: Path | str, kind: str, *, published: date | None, lang: str | None, taxonomy: Taxonomy | None
) -> Article | Articles | IncidentRows:
    """Read the bytes of a file; each format's module is imported when the first file of it comes."""
    if kind in _TABLES.values() and kind != "JSON":
        return _table(path, data, kind, published=published, lang=lang, taxonomy=taxonomy)
    name = str(path)
    match kind:
        case "JSON":
            from mapper.sources.jsontext import parse_json
            from mapper.sources.telegram import is_export, read_export

            document, warnings = parse_json(data, name, _EXPECTED_JSON)
            if not is_export(document):
                rows = _table(path, data, kind, document=document, published=published, lang=lang, taxonomy=taxonomy)
                return replace(rows, warnings=(*warnings, *rows.warnings))
            found: Article | Articles = read_export(document, name)
            found = replace(found, warnings=(*warnings, *found.warnings))
        case "feed":
            from mapper.sources.feed import read_feed

            found = read_feed(data, name)
        case "HTML":
            from mapper.sources.webpage import read_page

            found = read_page(data, name)
        case "DOCX":
            from mapper.sources.docx import read_docx

            found = read_docx(data, name)
        case "Markdown":
            from mapper.sources.markdown import read_markdown

            found = read_markdown(data, name)
        case _:
            from mapper.sources.text import read_text

            found = read_text(data, name)
    if isinstance(found, Articles):
        return replace(found, articles=tuple(_settled(article, published, lang) for article in found))
    return _settled(found, published, lang)


def _settled(article: Article, published: date | None, lang: str | None) -> Article:
    """Let the person's word win, take the day from a moment in UTC, and find the language where it is not said or wrongly."""
    if published:
        article = replace(article, published=published, published_at=None)
    elif article.published_at and not article.published_at.utcoffset():
        # Software writes Greenwich time whatever the publisher's clock; its "today" is a day of where it happened.
        with suppress(OverflowError):
            article = replace(article, published=article.published_at.astimezone(ZoneInfo(DEFAULT_TIMEZONE)).date())
    if lang:
        return replace(article, lang=lang)
    if not article.lang:
        return replace(article, lang=detect(article.text))
    if found := contradicts(article.text, article.lang):
        warning = f"{article.path}: read as {found!r} though it says it is {article.lang!r}; --lang sets the language"
        return replace(article, lang=found, warnings=(*article.warnings, warning))
    return article


def _table(
    path: Path | str,
    data: bytes,
    kind: str,
    *,
    document: Any = None,
    published: date | None,
    lang: str | None,
    taxonomy: Taxonomy | None,
) -> IncidentRows:
    """Read a table; `document` is that of JSON, parsed."""
    from mapper.sources.csvtext import read_csv
    from mapper.sources.sheet import choose_columns
    from mapper.sources.table import read_rows
    from mapper.sources.vectors import read_geojson, read_geopackage, read_parquet

    layouts: list[Layout] = []

    def choose(header: Sequence[str], hashtags: Sequence[str]) -> list[int]:
        layouts.append(choose_columns(str(path), header, hashtags, positioned=kind in ("JSON", "GeoPackage")))
        return layouts[0].needed()

    match kind:
        case "CSV":
            grid = read_csv(data, str(path), choose)
        case "JSON":
            grid = read_geojson(document, str(path), choose)
        case "GeoPackage":
            grid = read_geopackage(Path(path), choose)
        case _:
            grid = read_parquet(Path(path), choose)
    digest = hashlib.sha256(data).hexdigest()
    return read_rows(str(path), digest, grid, layouts[0], taxonomy or Taxonomy.load(), published=published, lang=lang)


def _read_stdin(published: date | None, lang: str | None, taxonomy: Taxonomy | None) -> Article | Articles | IncidentRows:
    """Read standard input; what it is shows in its first lines."""
    data = sys.stdin.buffer.read()
    if not data or data.isspace():
        raise InputError("-", "standard input is empty", "pipe a text or a table into it")
    return _read(data, "-", _sniffed(data), published=published, lang=lang, taxonomy=taxonomy)


def _sniffed(data: bytes) -> str:
    from mapper.sources.decoding import decode

    if data.startswith(b"PK\x03\x04"):
        return "DOCX"
    try:
        head = decode(data, "-", allow_nul=True)[0][:4000].lstrip()
    except MapperError:
        return "text"  # whose reader says what is wrong
    first, _, rest = head.partition("\n")
    if first.startswith("{"):
        return "JSON"
    if first.rstrip() in ("---", "+++"):
        return "Markdown"
    if first.startswith("<"):
        from mapper.sources.webpage import is_page

        if is_page(head):
            return "HTML"
        if re.search(r"<(?:rss|feed|rdf:RDF)\b", head):
            return "feed"
    if rest.strip():
        from mapper.sources.columns import is_known

        for delimiter in (",", ";", "\t", "|"):
            names = [name.strip(" \"'") for name in first.split(delimiter)]
            if len(names) > 1 and sum(map(is_known, names)) >= 2 and all(len(name) < 40 for name in names):
                return "CSV"
    return "text"
