"""HTML to what a reader sees of it: pages to a tree, fragments such as a feed's entries to text."""

from __future__ import annotations

import html
import re
from typing import Any

from mapper.sources.decoding import newlines, visible

__all__ = ["fragment_text", "lines", "parse_page", "tree_text", "with_title"]

_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "br", "center", "dd", "details", "div", "dl", "dt", "figcaption", "figure"),
        *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section"),
        *("summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
#: What is no text of the article: a feed's pictures carry captions and credits.
_UNREAD = frozenset(
    (
        *("script", "style", "noscript", "template", "iframe", "object", "svg", "math", "button", "select", "textarea", "head"),
        *("title", "figure"),
    )
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_MARKED = re.compile(r"[<&]")
_WHITE = re.compile(r"[ \t\n\f\r]+")


def parse_page(text: str) -> Any:
    """Parse an HTML page, however broken, to an lxml tree; one without content gives an empty page."""
    import lxml.etree
    import lxml.html

    parser = lxml.html.HTMLParser(remove_comments=False, remove_pis=True, huge_tree=True)
    try:
        return lxml.html.document_fromstring(_DECLARATION.sub("", text), parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError):
        return lxml.html.document_fromstring("<html><body></body></html>")


def fragment_text(markup: str) -> str:
    r"""Give the text of a piece of HTML, one line a paragraph.

    Examples
    --------
    >>> fragment_text("<p>Two &amp; three</p><script>x</script><p>in<br>Sumy</p>")
    'Two & three\nin\nSumy'
    >>> fragment_text("No markup")
    'No markup'
    """
    if not _MARKED.search(markup):
        return lines(markup)
    if "<" not in markup:
        return lines(html.unescape(markup))
    return tree_text(parse_page(f"<body><div>{markup}</div></body>"))


def tree_text(tree: Any) -> str:
    """Give the text of an lxml tree, one line a block."""
    from lxml import etree

    pieces: list[str] = []
    walker = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, node in walker:
        if not isinstance(node.tag, str):
            if node.tag is etree.Entity and event == "start":
                pieces.append(html.unescape(node.text))
            if event != "start":
                pieces.append(_flat(node.tail))
            continue
        name = node.tag.rpartition("}")[2].lower()
        if event == "start":
            if name in _UNREAD:
                walker.skip_subtree()
                continue
            if name in _BLOCKS:
                pieces.append("\n")
            pieces.append(_flat(node.text))
        else:
            if name in _BLOCKS:
                pieces.append("\n")
            if node is not tree:
                pieces.append(_flat(node.tail))
    return lines("".join(pieces))


def lines(text: str) -> str:
    """Trim each line and what no reader sees, and drop the lines that are empty."""
    cleaned = newlines(visible(text))
    return "\n".join(filter(None, (" ".join(line.split()) for line in cleaned.split("\n"))))


def with_title(title: str, body: str) -> str:
    """Put the title above the text, unless it stands there already."""
    first = body.partition("\n")[0]
    if not title or _bare(first).startswith(_bare(title).removesuffix("…")):
        return body
    return f"{title}\n\n{body}"


def _bare(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


def _flat(text: str | None) -> str:
    return _WHITE.sub(" ", text) if text else ""
