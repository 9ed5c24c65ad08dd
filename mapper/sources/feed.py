"""RSS (0.9 to 2.0, RDF) and Atom feeds: each entry an Article."""

from __future__ import annotations

import hashlib
import re
from html.entities import html5
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mapper.errors import InputError, Rejected
from mapper.sources.article import Article, Articles
from mapper.sources.dates import parse_stamp
from mapper.sources.decoding import decode_markup
from mapper.sources.language import code
from mapper.sources.markup import fragment_text, lines, tree_text, with_title

if TYPE_CHECKING:
    from datetime import date, datetime

__all__ = ["read_feed"]

_LONGEST_TITLE = 160
_ROOTS = {"rss": "item", "rdf": "item", "feed": "entry"}
_TEXTS = ("encoded", "content", "description", "summary")
_DATES = ("pubDate", "published", "issued", "created", "date", "updated", "modified")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
#: A document type that goes on with definitions of its own.
_DEFINITIONS = re.compile(r"(?:\s+|<!--.*?-->|<\?.*?\?>)*<!DOCTYPE(?:[^>\[\"']|\"[^\"]*\"|'[^']*')*\[", re.DOTALL | re.IGNORECASE)
#: What XML 1.0 has no place for; feeds carry it nevertheless.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")
#: An & that is only that, the most frequent fault of feeds.
_BARE = re.compile(r"&(?!#\d+;|#[xX][0-9A-Fa-f]+;|(?:amp|lt|gt|quot|apos);)")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_REMEDY = "download the feed again; a saved web page must be named .html"


def read_feed(data: bytes, path: str) -> Articles:
    """Make articles of the bytes of a feed; of each entry the longest text it has, its title first.

    A feed with broken XML is read as far as it can be, which is told. Definitions of entities are refused:
    no feed needs them, and they can grow a small file to fill the memory or ask for other files.

    Raises
    ------
    InputError
        If it is no XML, no feed, defines entities, or holds no entry.
    """
    text, warnings = decode_markup(data, path)
    text = _NO_XML.sub("", _DECLARATION.sub("", text)).lstrip("\ufeff \t\r\n")
    if _DEFINITIONS.match(text):
        raise InputError(path, "defines XML entities, which can hide an attack: expected a plain RSS or Atom feed", _REMEDY)
    root, fault = _parse(text, path)
    kind = "" if root is None else _local(root).lower()
    if root is None or kind not in _ROOTS:
        raise _no_feed(path, kind, fault)
    entries = list(root.iter(f"{{*}}{_ROOTS[kind]}", _ROOTS[kind]))
    if not entries:
        problem = f"is a feed without entries: expected <{_ROOTS[kind]}>" + (f"; {fault}" if fault else "")
        raise InputError(path, problem, _REMEDY)
    if fault:
        warnings += (f"{path}: {fault}; read {_entries(len(entries))}, others or parts of them may lack",)
    channel = root if kind == "feed" else next(iter(root.iter("channel", "{*}channel")), root)
    feed = _Feed(path, channel, root.get(_XML_LANG) or "")
    articles, rejected = [], []
    for number, entry in enumerate(entries, 1):
        article = feed.article(entry, number)
        if article is None:
            rejected.append(Rejected(path, number, "", "", "the entry has neither a title nor a text"))
        else:
            articles.append(article)
    if not articles:
        raise InputError(path, f"is a feed of {_entries(len(entries))} without titles or texts" + (f"; {fault}" if fault else ""), _REMEDY)
    if undated := sum(article.published is None for article in articles):
        warnings += (f"{path}: {_entries(undated)} without a date that can be read; --published DATE sets it",)
    return Articles(path, tuple(articles), tuple(rejected), warnings)


class _Feed:
    """What a feed says of itself, which holds for its entries where they say nothing."""

    __slots__ = ("_lang", "_path", "_publisher")

    def __init__(self, path: str, channel: Any, lang: str) -> None:
        self._path = path
        self._publisher = _text(channel, "title") or (urlsplit(_link(channel)).hostname or "").removeprefix("www.")
        self._lang = code(lang or channel.get(_XML_LANG) or _text(channel, "language"))

    def article(self, entry: Any, number: int) -> Article | None:
        """Make the article of an entry; None if nothing stands in it."""
        title = " ".join(_text(entry, "title").split())
        body = max((_rendered(node) for name in _TEXTS for node in _children(entry, name)), key=len, default="")
        if not title and not body:
            return None
        text = with_title(title, body) if body else title
        guid = _text(entry, "guid") or _text(entry, "id")
        url = _link(entry) or (guid if _is_address(guid) else "")
        moment = _moment(entry)
        # aggregators name the publisher with each entry, and its language
        origin = next(iter(_children(entry, "source")), None)
        publisher = "" if origin is None else (_text(origin, "title") or lines(origin.text or ""))
        return Article(
            path=f"{self._path}#{number}",
            text=text,
            title=title or body.partition("\n")[0][:_LONGEST_TITLE],
            publisher=publisher or self._publisher,
            url=url,
            published=moment[0] if moment else None,
            published_at=moment[1] if moment else None,
            lang=code(entry.get(_XML_LANG) or _text(entry, "language")) or self._lang,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            key=guid or f"{moment[0] if moment else ''} {title or body[:_LONGEST_TITLE]}",
        )


def _parse(text: str, path: str) -> tuple[Any, str]:
    """Parse XML without entities, network or a limit-breaking depth; the second is what is broken in it."""
    from lxml import etree

    def parser(*, recover: bool) -> Any:
        closed = {"resolve_entities": False, "load_dtd": False, "no_network": True, "huge_tree": False}
        return etree.XMLParser(encoding="utf-8", recover=recover, remove_comments=True, **closed)

    fault = ""
    text = _NAMED.sub(_as_character, text)
    mended = _BARE.sub("&amp;", text)
    for attempt in (text, mended):
        try:
            return etree.fromstring(attempt.encode(), parser(recover=False)), ""
        except etree.XMLSyntaxError as error:
            line, column = error.position
            fault = fault or f"line {line}, column {column}: broken XML: {_flat(str(error.msg))}"
    try:
        return etree.fromstring(mended.encode(), parser(recover=True)), fault
    except etree.XMLSyntaxError:
        raise InputError(path, f"{fault}: expected an RSS or Atom feed", _REMEDY) from None


def _as_character(named: re.Match[str]) -> str:
    """Give the character of an entity that HTML has and XML has not."""
    character = html5.get(f"{named[1]};", "")
    return character if character and character not in "<&" else named[0]


def _no_feed(path: str, kind: str, fault: str) -> InputError:
    if kind == "html":
        return InputError(path, "is a web page: expected an RSS or Atom feed", "name it .html")
    if not kind:
        return InputError(path, f"{fault or 'is not XML'}: expected an RSS or Atom feed", _REMEDY)
    return InputError(path, f"is XML with the root <{kind}>: expected <rss>, <rdf:RDF> or <feed>", _REMEDY)


def _moment(entry: Any) -> tuple[date, datetime | None] | None:
    for name in _DATES:
        for node in _children(entry, name):
            if found := parse_stamp(lines(node.text or "")):
                return found
    return None


def _link(node: Any) -> str:
    """Give the address of an entry or feed: in RSS the text of <link>, in Atom the one that is the page itself."""
    for link in _children(node, "link"):
        target = (link.get("href") or link.text or "").strip()
        if link.get("rel", "alternate") == "alternate" and _is_address(target):
            return target
    return ""


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://"))


def _children(node: Any, name: str) -> list[Any]:
    """Give the children of that name, whatever their namespace, but not media:description or the like."""
    return [child for child in node.iterchildren(f"{{*}}{name}", name) if "search.yahoo.com/mrss" not in child.tag]


def _text(node: Any, name: str) -> str:
    return next(filter(None, (_rendered(child) for child in _children(node, name))), "")


def _rendered(node: Any) -> str:
    """Give the text of an element that holds text, escaped HTML or XHTML."""
    if len(node):
        return tree_text(node)
    text = node.text or ""
    return lines(text) if node.get("type") == "text" else fragment_text(text)


def _local(node: Any) -> str:
    return str(node.tag).rpartition("}")[2] if isinstance(node.tag, str) else ""


def _flat(message: str) -> str:
    message = " ".join(message.split())
    message = re.sub(r", line \d+, column \d+.*$", "", message)
    return message[:1].lower() + message[1:160]


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"
