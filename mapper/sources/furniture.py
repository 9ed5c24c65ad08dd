"""What stands around the article of a web page: menus, teasers, comments, banners; cut before the main text is looked for.

trafilatura finds long articles on its own, but on a page with an article of two sentences it takes the menu or the
comments along, for there is more text in them.
"""

from __future__ import annotations

import re
from typing import Any

__all__ = ["cut_furniture"]

_TAGS = ("nav", "footer", "aside", "form", "button", "dialog", "script", "style", "noscript", "template", "iframe", "select")
_ROLES = frozenset(("navigation", "contentinfo", "complementary", "dialog", "alertdialog", "search", "menu"))
#: A part of a class or id that names furniture: "comments-area", "site_footer", "cookie-banner".
_NAMES = re.compile(
    r"(?:^|\s|(?<!with)(?<!has)(?<!no)(?<!and)[_-])(?:comments?|kommentare?|respond|disqus|cookies?|gdpr|consent|related|recommend(?:ed|ations?)|read-?also|read-?more|most-?read|popular|share"
    r"|sharing|social|socials|sharedaddy|newsletter|subscribe|subscription|breadcrumbs?|sidebar|menu|navbar|navigation|pagination|promo"
    r"|advert\w*|ads?|banner|popup|modal|widget-area|tags|footer|byline|author|meta|entry-meta|post-meta|copyright)(?=[\s_-]|$)",
    re.IGNORECASE,
)
#: Letters of a short sentence.
_SENTENCE = 60
_NAMED = ("div", "section", "ul", "ol", "p", "span", "header", "details", "td")
#: A list of so many links that are so much of its text is a menu.
_FEWEST_LINKS = 4
_MOSTLY = 0.8
_LISTS = ("ul", "ol", "table", "div", "td", "p")


def cut_furniture(tree: Any) -> None:
    """Remove from a parsed page what is around its article.

    Nothing goes for its name that holds the heading or an <article>; nor, where no sentence would be left, what has
    half of the page's text or more: pages name their outermost box after whatever they like.
    """
    for node in list(tree.iter(*_TAGS)):
        _drop(node)
    for node in [node for node in tree.iter() if isinstance(node.tag, str) and (node.get("role") or "").lower() in _ROLES]:
        _drop(node)
    named = [node for node in tree.iter(*_NAMED) if _NAMES.search(f"{node.get('class') or ''} {node.get('id') or ''}")]
    named = [node for node in named if next(node.iter("h1", "article", "main"), None) is None]
    enough = 0 if _has_prose(tree, set(named)) else _length(tree) / 2
    for node in named:
        if node.getparent() is not None and (not enough or _length(node) < enough):
            _drop(node)
    for node in list(tree.iter(*_LISTS)):
        if _is_menu(node):
            _drop(node)


def _has_prose(tree: Any, without: set[Any]) -> bool:
    """Tell whether the page has a text as long as a sentence outside some elements, and outside its links and head."""
    from lxml import etree

    walker = etree.iterwalk(tree, events=("start", "end"))
    for event, node in walker:
        if event == "start" and (node in without or node.tag in ("a", "head", "figure", "h1", "h2")):
            walker.skip_subtree()
        elif len(((node.text if event == "start" else node.tail) or "").strip()) >= _SENTENCE and (event == "start" or node is not tree):
            return True
    return False


def _is_menu(node: Any) -> bool:
    links = list(node.iter("a"))
    if len(links) < _FEWEST_LINKS or next(node.iter("h1", "article", "main"), None) is not None:
        return False
    return sum(map(_length, links)) > _MOSTLY * _length(node)


def _length(node: Any) -> int:
    return sum(len(text.strip()) for text in node.itertext())


def _drop(node: Any) -> None:
    """Remove an element and keep the text behind it."""
    if node.getparent() is not None:
        node.drop_tree()
