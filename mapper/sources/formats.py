"""What a file is: by its ending, or by its first lines where it has none.

A new format gets its ending here and its reader in `mapper.sources.read`.
"""

from __future__ import annotations

import difflib
import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from mapper.errors import InputError, MapperError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["ENDINGS", "PAGES", "TABLES", "advice", "is_one_article", "kind_of", "sniffed", "supported"]

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
#: Tables of incidents; each is read by its own kind, JSON as GeoJSON or as a Telegram export.
TABLES = {
    ".csv": "CSV",
    ".tsv": "CSV",
    ".tab": "CSV",
    ".geojson": "JSON",
    ".json": "JSON",
    ".gpkg": "GeoPackage",
    ".parquet": "Parquet",
    ".geoparquet": "Parquet",
}

#: Endings of web pages, those of our own maps among them.
PAGES = (".html", ".htm")

#: Endings of the files that can be read.
ENDINGS = (*_ARTICLES, *TABLES)

_SPREADSHEETS = (".xlsx", ".xls", ".ods", ".numbers")
_WORD = (".doc", ".odt", ".rtf", ".pages")
_WEB_ARCHIVES = (".mhtml", ".mht", ".webarchive")


def kind_of(path: Path) -> str:
    """Tell the format by the ending.

    Raises
    ------
    InputError
        If there is no such file, or the ending is none we read.
    """
    if path.is_dir():
        raise InputError(path, "is a folder: expected a file", f"name a file in it; {supported()}")
    if not path.exists():
        raise InputError(path, "there is no such file", _did_you_mean(path))
    ending = path.suffix.lower()
    if kind := _ARTICLES.get(ending) or TABLES.get(ending):
        return kind
    if why := advice(ending):
        raise InputError(path, *why)
    what = f"files ending in {ending} are not read" if ending else "has no ending that tells its format"
    raise InputError(path, what, supported())


def is_one_article(path: Path | str) -> bool:
    """Tell by its ending whether a file is one article, and neither a table nor one that has several."""
    return _ARTICLES.get(PurePath(path).suffix.lower(), "feed") != "feed"


def advice(ending: str) -> tuple[str, str] | None:
    """Say of an ending that is not read what to save the file as; None where nothing helps."""
    if ending in _SPREADSHEETS:
        return f"spreadsheets ({ending}) are not read", "open it and save it as CSV (UTF-8)"
    if ending in _WORD:
        return f"documents of this kind ({ending}) are not read", "open it and save it as .docx"
    if ending in _WEB_ARCHIVES:
        return f"web archives ({ending}) are not read", "open it in a browser and save it as 'Webpage, HTML only'"
    return None


def supported() -> str:
    """Say which endings there are, for those who named a file of another."""
    return f"supported are {' '.join(ENDINGS)}"


def _did_you_mean(path: Path) -> str:
    folder = path.parent
    if not folder.is_dir():
        return f"there is no folder {folder} either"
    near = difflib.get_close_matches(path.name, [p.name for p in folder.iterdir()], n=3)
    return f"did you mean {' or '.join(near)}?" if near else "check the name"


def sniffed(data: bytes) -> str:
    """Tell the format of standard input by its first lines."""
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
