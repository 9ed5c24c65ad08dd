"""What a web page says about itself: JSON-LD first, then OpenGraph, meta tags, <time> and <html lang>."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mapper.sources.dates import find_day, parse_stamp
from mapper.sources.language import code
from mapper.sources.markup import fragment_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime

__all__ = ["Metadata", "read_metadata"]

_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "parsely-title", "title")
_PUBLISHERS = (
    "og:site_name",
    "publisher",
    "article:publisher",
    "dc.publisher",
    "dcterms.publisher",
    "citation_publisher",
    "application-name",
)
_DATES = (
    *("article:published_time", "og:published_time", "datepublished", "publish_date", "publish-date", "pubdate", "publication_date"),
    *("dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "dcterms.date", "citation_publication_date"),
    *("parsely-pub-date", "sailthru.date", "article.published", "date"),
)
_URLS = ("og:url", "twitter:url", "parsely-link")
_LANGUAGES = ("og:locale", "content-language", "dc.language", "dcterms.language", "language")
_ARTICLE = re.compile(r"(?:Article|Posting|Report)$")
_CLASS = re.compile(r"publi|posted|(?:^|[\s_-])(?:date|datetime|dateline|pubdate)(?:[\s_-]|$)", re.IGNORECASE)
_LONGEST_DATE = 60
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(https?://\S+)|^\s*url:\s*(https?://\S+)", re.MULTILINE)
#: Where a title goes on to name the site.
_SITE_NAME = re.compile(r"\s+[|•·»/–—-]\s+")
_DEEPEST = 12
_FIRST_COMMENTS = 20


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page says; `body` is the whole text where its JSON-LD carries it."""

    title: str = ""
    publisher: str = ""
    url: str = ""
    published: date | None = None
    published_at: datetime | None = None
    lang: str = ""
    body: str = ""


def read_metadata(tree: Any) -> Metadata:
    """Read the metadata of a parsed page; what it does not say is empty.

    Parameters
    ----------
    tree
        The root of an lxml tree, which is left as it is.
    """
    metas = _metas(tree)
    heading = _heading(tree)
    nodes = list(_linked_data(tree))
    article = _article(nodes, {_clean(metas.get("og:title")), heading, _clean(tree.findtext(".//title"))})
    url = _first(map(_address, (*_addresses(article), _canonical(tree), *(metas.get(name) for name in _URLS), _saved_from(tree))))
    publisher = _name(article.get("publisher"), nodes) or _first(map(_named, (metas.get(name) for name in _PUBLISHERS)))
    stamps = (article.get("datePublished"), article.get("dateCreated"), *(metas.get(name) for name in _DATES), *_times(tree))
    moment = _first_stamp(stamps) or _written_day(tree)
    said = article.get("inLanguage")
    said = said if isinstance(said, str) else _name(said, nodes)
    return Metadata(
        title=_clean(article.get("headline")) or _first(_clean(metas.get(name)) for name in _TITLES) or heading or _page_title(tree),
        publisher=publisher or (urlsplit(url).hostname or "").removeprefix("www."),
        url=url,
        published=moment[0] if moment else None,
        published_at=moment[1] if moment else None,
        lang=_first(map(code, (said, tree.get("lang") or "", _xml_lang(tree), *(metas.get(name, "") for name in _LANGUAGES)))),
        body=fragment_text(body) if isinstance(body := article.get("articleBody"), str) else "",
    )


def _metas(tree: Any) -> dict[str, str]:
    """Map the names of all meta tags, in lower case, to what they say; the first of a name wins."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        value = (meta.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if value and (name := meta.get(attribute)):
                found.setdefault(name.strip().lower(), value)
    return found


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """Give all objects of the page's JSON-LD, outer ones first; blocks that are no JSON are passed over."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text:
            continue
        text = re.sub(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>|;)\s*$", "", script.text.strip())
        try:
            document = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _objects(document, 0)


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _objects(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner, depth + 1)


def _article(nodes: list[dict[str, Any]], titles: set[str]) -> dict[str, Any]:
    """Choose the article that the page is about: that with the title of the page, for others may be teasers."""
    found = [node for node in nodes if any(_ARTICLE.search(kind) for kind in _texts(node.get("@type")))]
    for node in found:
        headline = _clean(node.get("headline") or node.get("name"))
        if headline and any(title.startswith(headline) for title in titles):
            return node
    pages = [node for node in nodes if node.get("datePublished") and "WebPage" in _texts(node.get("@type"))]
    return next(iter((*found, *pages)), {})


def _addresses(article: Mapping[str, Any]) -> list[Any]:
    main = article.get("mainEntityOfPage")
    inner = main.get("@id") or main.get("url") if isinstance(main, dict) else main
    return [article.get("url"), inner, article.get("@id")]


def _canonical(tree: Any) -> str:
    return next((link.get("href") or "" for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()), "")


def _saved_from(tree: Any) -> str:
    """Find the address that browsers and SingleFile write into a page that they save."""
    from lxml import etree

    before = tree.itersiblings(etree.Comment, preceding=True)
    for comment in (*before, *islice(tree.iter(etree.Comment), _FIRST_COMMENTS)):
        if match := _SAVED_FROM.search(comment.text or ""):
            return match[1] or match[2]
    return ""


def _times(tree: Any) -> list[str]:
    """Give the dates of microdata and of <time>, those first that are said to be of the publication."""
    said: list[str] = []
    others: list[str] = []
    for node in tree.iter("time", "span", "div", "abbr"):
        value = node.get("datetime") or node.get("content") or (node.get("title") if node.tag == "abbr" else None)
        if not value:
            continue
        if node.get("itemprop") == "datePublished" or (node.tag == "time" and node.get("pubdate") is not None):
            said.insert(0, value)
        elif node.tag == "time":
            (said if _CLASS.search(node.get("class") or "") else others).append(value)
    return [*said, *others]


def _written_day(tree: Any) -> tuple[date, None] | None:
    """Find a date written in an element of its own, whose class says that it is one."""
    for node in tree.iter("time", "span", "div", "p", "td", "li"):
        if node.tag != "time" and not _CLASS.search(f"{node.get('class') or ''} {node.get('id') or ''}"):
            continue
        text = " ".join(node.text_content().split())
        if len(text) <= _LONGEST_DATE and (found := find_day(text)):
            return found[0], None
    return None


def _heading(tree: Any) -> str:
    headings = [text for node in tree.iter("h1") if (text := _clean(node.text_content()))]
    return headings[0] if len(set(headings)) == 1 else ""


def _page_title(tree: Any) -> str:
    """Give the <title> without the name of the site behind it."""
    title = _clean(tree.findtext(".//title"))
    parts = _SITE_NAME.split(title)
    return max(parts, key=len) if len(parts) > 1 else title


def _xml_lang(tree: Any) -> str:
    return tree.get("{http://www.w3.org/XML/1998/namespace}lang") or tree.get("xml:lang") or ""


def _name(value: Any, nodes: list[dict[str, Any]]) -> str:
    """Give the name of an organisation that stands there, in a list, or is only pointed to."""
    if isinstance(value, list):
        return _first(_name(entry, nodes) for entry in value)
    if isinstance(value, dict):
        if named := _clean(value.get("name")):
            return named
        target = value.get("@id")
        return next((_clean(node.get("name")) for node in nodes if target and node.get("@id") == target and node.get("name")), "")
    return _named(value)


def _named(value: Any) -> str:
    """Give a name, unless it is an address of a profile."""
    name = _clean(value)
    return "" if name.startswith(("http://", "https://", "//", "#")) else name


def _texts(value: Any) -> list[str]:
    return [entry for entry in (value if isinstance(value, list) else [value]) if isinstance(entry, str)]


def _clean(value: Any) -> str:
    return " ".join(fragment_text(value).split()) if isinstance(value, str) else ""


def _address(value: Any) -> str:
    value = value.strip() if isinstance(value, str) else ""
    return value if re.match(r"https?://[^\s/]+\.", value) else ""


def _first(values: Iterable[str]) -> str:
    return next(filter(None, values), "")


def _first_stamp(values: Iterable[Any]) -> tuple[date, datetime | None] | None:
    return next((found for value in values if isinstance(value, str) and (found := parse_stamp(value))), None)
