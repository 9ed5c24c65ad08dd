"""A Word document (DOCX) to an Article, out of the XML in its zip file."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from typing import Any

from mapper.errors import InputError
from mapper.sources.article import Article
from mapper.sources.dateline import read_head
from mapper.sources.dates import parse_stamp
from mapper.sources.decoding import visible
from mapper.sources.language import code
from mapper.sources.markup import lines

__all__ = ["read_docx"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_CREATED = "{http://purl.org/dc/terms/}created"
_DOCUMENT = "word/document.xml"
_CORE = "docProps/core.xml"
#: No news text is longer; a small zip file can unpack to fill the memory.
_LARGEST = 100_000_000
_OLE = b"\xd0\xcf\x11\xe0"
_REMEDY = "open it in a word processor and save it as .docx"
#: What programs write where nobody gave a title.
_NO_TITLE = re.compile(
    r"(?:microsoft word|(?:document|dokument|документ|normal|untitled|без названия|без назви|word)[\s\d()-]*$|.*\.docx?$)", re.IGNORECASE
)


def read_docx(data: bytes, path: str) -> Article:
    """Make an article of the bytes of a Word document, without deletions, comments, notes and headers.

    Raises
    ------
    InputError
        If it is no such document, is locked by a password, or has no text.
    """
    document, core = _parts(data, path)
    body = lines(_text(document))
    if not body:
        raise InputError(path, "holds no text: expected the paragraphs of an article", "check that the right file was saved")
    head = read_head(body, path)
    said = _said(core, f"{_DC}title")
    title = said if said and not _NO_TITLE.match(said) else head.title
    published, moment, notes = head.published, None, []
    created = parse_stamp(_said(core, _CREATED))
    if created and (published is None or head.warning):
        published, moment = created
        notes = [f"{path}: taken to be published on {published}, when the document was made; --published DATE sets it"]
    elif head.warning:
        notes = [head.warning]
    return Article(
        path=path,
        text=body,
        title=title,
        publisher=_said(core, f"{_DC}publisher"),
        published=published,
        published_at=moment,
        lang=code(_said(core, f"{_DC}language")),
        sha256=hashlib.sha256(data).hexdigest(),
        warnings=tuple(notes),
    )


def _parts(data: bytes, path: str) -> tuple[Any, Any | None]:
    """Unpack and parse the text and the core properties; the second is None if there are none."""
    if data.startswith(_OLE):
        raise InputError(path, "is an old .doc file or is locked by a password: expected a .docx without one", _REMEDY)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if _DOCUMENT not in names:
                raise InputError(path, f"is a zip file but no Word document: it holds no {_DOCUMENT}", _REMEDY)
            parts = [_unpacked(archive, name, path) if name in names else b"" for name in (_DOCUMENT, _CORE)]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        kind = "is damaged" if data.startswith(b"PK") else "is no zip file"
        reason = f": {str(error)[:80]}" if data.startswith(b"PK") else ""
        raise InputError(path, f"{kind}{reason}: expected a Word document (.docx)", _REMEDY) from None
    document = _parse(parts[0])
    if document is None:
        raise InputError(path, f"is damaged: {_DOCUMENT} in it is not XML", _REMEDY)
    return document, _parse(parts[1])


def _unpacked(archive: zipfile.ZipFile, name: str, path: str) -> bytes:
    with archive.open(name) as part:
        data = part.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        problem = f"unpacks to more than {_LARGEST // 1_000_000} MB: expected a news text"
        raise InputError(path, problem, "split it, or save the text as .txt")
    return data


def _parse(data: bytes) -> Any | None:
    from lxml import etree

    if b"<!DOCTYPE" in data[:4096]:
        return None  # Word writes none, and entities could be hidden there
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None


def _text(document: Any) -> str:
    """Walk through the document: words, tabs, breaks; a paragraph or a cell of a table is a line.

    Deleted words have an element of their own and are not met; a text box is written twice, the second time
    for old programs.
    """
    from lxml import etree

    pieces: list[str] = []
    walker = etree.iterwalk(document, events=("start", "end"))
    for event, node in walker:
        if not isinstance(node.tag, str):
            continue
        name = node.tag.replace(_STRICT, _W).removeprefix(_W)
        if event == "end":
            if name == "p":
                pieces.append("\n")
        elif name == "t":
            pieces.append(node.text or "")
        elif name == "tab":
            pieces.append("\t")
        elif name in ("br", "cr"):
            pieces.append("\n")
        elif name == "noBreakHyphen":
            pieces.append("-")
        elif name.endswith("}Fallback") or name in ("pPr", "moveFrom", "del"):
            walker.skip_subtree()
    return "".join(pieces)


def _said(core: Any | None, name: str) -> str:
    return " ".join(visible(core.findtext(name) or "").split()) if core is not None else ""
