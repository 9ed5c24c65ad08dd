"""Files, folders and standard input to articles and tables of incidents: the reader is chosen by the file's ending."""

from __future__ import annotations

import hashlib
import sys
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mapper.errors import InputError, Rejected
from mapper.incidents import DEFAULT_TIMEZONE
from mapper.sources.article import Article, Articles
from mapper.sources.formats import TABLES, kind_of, sniffed, supported
from mapper.sources.language import contradicts, detect
from mapper.sources.listing import listed
from mapper.taxonomy import Taxonomy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date
    from typing import Any

    from mapper.sources.columns import Layout
    from mapper.sources.rows import IncidentRows

__all__ = ["Inputs", "nothing_read", "read", "read_all", "unread"]

#: What a file of JSON can be.
_EXPECTED_JSON = "a GeoJSON FeatureCollection or a Telegram export"


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
    kind = kind_of(path)
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


def nothing_read(errors: Sequence[InputError]) -> InputError:
    """Give the error for inputs of which none could be read; the message is of the first."""
    if not errors:
        return InputError("inputs", "none was given", f"name files or folders; {supported()}")
    if len(errors) == 1:
        return errors[0]
    first = errors[0]
    more = f"{first.remedy}; " if first.remedy else ""
    return InputError(first.path, first.problem, f"{more}none of the {len(errors)} inputs could be read")


def unread(errors: Iterable[InputError]) -> tuple[Rejected, ...]:
    """Count inputs that cannot be read among the rejected, with row 0."""
    return tuple(Rejected(e.path, 0, "", "", f"{e.problem}; {e.remedy}" if e.remedy else e.problem) for e in errors)


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
    if kind in TABLES.values() and kind != "JSON":
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
    return _read(data, "-", sniffed(data), published=published, lang=lang, taxonomy=taxonomy)
