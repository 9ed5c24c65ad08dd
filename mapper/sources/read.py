"""Files, folders and standard input to articles and tables of incidents: the reader is chosen by the file's ending."""

from __future__ import annotations

import difflib
import hashlib
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mapper.errors import InputError, MapperError, Rejected
from mapper.sources.article import Article
from mapper.sources.markdown import read_markdown
from mapper.sources.text import read_text
from mapper.taxonomy import Taxonomy

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from mapper.sources.columns import Layout
    from mapper.sources.rows import IncidentRows

__all__ = ["ENDINGS", "Inputs", "read", "read_all"]

_ARTICLES = {".txt": "text", ".md": "Markdown", ".markdown": "Markdown"}
_TABLES = {
    ".csv": "CSV",
    ".tsv": "CSV",
    ".tab": "CSV",
    ".geojson": "GeoJSON",
    ".json": "GeoJSON",
    ".gpkg": "GeoPackage",
    ".parquet": "Parquet",
    ".geoparquet": "Parquet",
}

#: Endings of the files that can be read.
ENDINGS = (*_ARTICLES, *_TABLES)

_SPREADSHEETS = (".xlsx", ".xls", ".ods", ".numbers")
#: What `mapper.store` puts beside a table of incidents; it is not a table of incidents itself.
_COMPANIONS = (".claims", ".sources")


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that was read: articles and tables in the order given, what was set aside, what was guessed."""

    articles: tuple[Article, ...] = ()
    rows: tuple[IncidentRows, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    warnings: tuple[str, ...] = ()


def read(
    source: Path | str, *, published: date | None = None, lang: str | None = None, taxonomy: Taxonomy | None = None
) -> Article | IncidentRows:
    """Read one file, or standard input for ``-``.

    Parameters
    ----------
    published, lang
        Override what the file says.
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
    if kind in ("text", "Markdown"):
        return _article(_bytes(path), str(path), kind, published, lang)
    return _table(path, _bytes(path), kind, published=published, lang=lang, taxonomy=taxonomy)


def read_all(
    sources: Iterable[Path | str],
    *,
    published: date | None = None,
    lang: str | None = None,
    taxonomy: Taxonomy | None = None,
) -> Inputs:
    """Read files and folders, these in the order of their names and without hidden files.

    One that cannot be read does not stop the others: it is among the rejected, with row 0.

    Raises
    ------
    InputError
        If nothing can be read; the message is of the first one.
    """
    articles: list[Article] = []
    tables: list[IncidentRows] = []
    rejected: list[Rejected] = []
    warnings: list[str] = []
    errors: list[InputError] = []
    for path in _files(sources, warnings, errors):
        try:
            found = read(path, published=published, lang=lang, taxonomy=taxonomy)
        except InputError as error:
            errors.append(error)
            continue
        warnings += found.warnings
        if isinstance(found, Article):
            articles.append(found)
        else:
            tables.append(found)
            rejected += found.rejected
    if not articles and not tables:
        if not errors:
            raise InputError("inputs", "none was given", f"name files or folders; {_supported()}")
        if len(errors) == 1:
            raise errors[0]
        first = errors[0]
        more = f"{first.remedy}; " if first.remedy else ""
        raise InputError(first.path, first.problem, f"{more}none of the {len(errors)} inputs could be read")
    broken = [Rejected(e.path, 0, "", "", f"{e.problem}; {e.remedy}" if e.remedy else e.problem) for e in errors]
    return Inputs(tuple(articles), tuple(tables), (*broken, *rejected), tuple(warnings))


def _files(sources: Iterable[Path | str], warnings: list[str], errors: list[InputError]) -> list[Path | str]:
    """List the files, folders opened; each file once."""
    found: dict[Path | str, None] = {}
    for source in sources:
        path = Path(source)
        if str(source) == "-" or not path.is_dir():
            found[source if str(source) == "-" else path] = None
            continue
        inside = [p for p in _walk(path) if p.is_file()]
        good = [p for p in inside if p.suffix.lower() in ENDINGS and not _is_companion(p)]
        others = [p for p in inside if p.suffix.lower() not in ENDINGS]
        if not good:
            errors.append(InputError(path, f"holds no file that can be read among {len(inside)}", _supported()))
        elif others:
            shown = ", ".join(p.name for p in others[:3]) + (", …" if len(others) > 3 else "")
            count = "1 file skipped, of another ending" if len(others) == 1 else f"{len(others)} files skipped, of other endings"
            warnings.append(f"{path}: {count}: {shown}")
        found |= dict.fromkeys(good)
    return list(found)


def _walk(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if not any(part.startswith(".") for part in p.relative_to(folder).parts))


def _is_companion(path: Path) -> bool:
    """Tell whether a file is the claims or sources of the table beside it."""
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
    if ending in _SPREADSHEETS:
        raise InputError(path, f"spreadsheets ({ending}) are not read", "open it and save it as CSV (UTF-8)")
    what = f"files ending in {ending} are not read" if ending else "has no ending that tells its format"
    raise InputError(path, what, _supported())


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


def _article(data: bytes, path: str, kind: str, published: date | None, lang: str | None) -> Article:
    article = read_markdown(data, path) if kind == "Markdown" else read_text(data, path)
    if published:
        article = replace(article, published=published, published_at=None)
    return replace(article, lang=lang) if lang else article


def _table(
    path: Path | str, data: bytes, kind: str, *, published: date | None, lang: str | None, taxonomy: Taxonomy | None
) -> IncidentRows:
    from mapper.sources.csvtext import read_csv
    from mapper.sources.sheet import choose_columns
    from mapper.sources.table import read_rows
    from mapper.sources.vectors import read_geojson, read_geopackage, read_parquet

    layouts: list[Layout] = []

    def choose(header: Sequence[str], hashtags: Sequence[str]) -> list[int]:
        layouts.append(choose_columns(str(path), header, hashtags, positioned=kind in ("GeoJSON", "GeoPackage")))
        return layouts[0].needed()

    match kind:
        case "CSV":
            grid = read_csv(data, str(path), choose)
        case "GeoJSON":
            grid = read_geojson(data, str(path), choose)
        case "GeoPackage":
            grid = read_geopackage(Path(path), choose)
        case _:
            grid = read_parquet(Path(path), choose)
    digest = hashlib.sha256(data).hexdigest()
    return read_rows(str(path), digest, grid, layouts[0], taxonomy or Taxonomy.load(), published=published, lang=lang)


def _read_stdin(published: date | None, lang: str | None, taxonomy: Taxonomy | None) -> Article | IncidentRows:
    """Read standard input; what it is shows in its first lines."""
    data = sys.stdin.buffer.read()
    if not data or data.isspace():
        raise InputError("-", "standard input is empty", "pipe a text or a table into it")
    kind = _sniffed(data)
    if kind in ("text", "Markdown"):
        return _article(data, "-", kind, published, lang)
    return _table("-", data, kind, published=published, lang=lang, taxonomy=taxonomy)


def _sniffed(data: bytes) -> str:
    from mapper.sources.decoding import decode

    try:
        head = decode(data, "-", allow_nul=True)[0][:4000].lstrip()
    except MapperError:
        return "text"  # whose reader says what is wrong
    first, _, rest = head.partition("\n")
    if first.startswith("{"):
        return "GeoJSON"
    if first.rstrip() in ("---", "+++"):
        return "Markdown"
    if rest.strip():
        from mapper.sources.columns import is_known

        for delimiter in (",", ";", "\t", "|"):
            names = [name.strip(" \"'") for name in first.split(delimiter)]
            if len(names) > 1 and sum(map(is_known, names)) >= 2 and all(len(name) < 40 for name in names):
                return "CSV"
    return "text"
