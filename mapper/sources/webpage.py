"""A saved web page to an Article: its main text by trafilatura, the rest by the page's own metadata."""

from __future__ import annotations

import hashlib
import logging
import re
from functools import cache
from typing import Any

from mapper.errors import InputError
from mapper.sources.article import Article
from mapper.sources.dateline import read_head
from mapper.sources.decoding import decode_markup
from mapper.sources.furniture import cut_furniture
from mapper.sources.markup import lines, parse_page, tree_text, with_title
from mapper.sources.metadata import read_metadata

__all__ = ["is_own_map", "is_page", "read_page"]

#: Fewer letters than this are the furniture of a page, not an article.
_FEWEST_LETTERS = 40
#: From this share on, a text that is links is a list of contents.
_MOSTLY = 0.7
#: The search for the main text takes the square of these: at this number some seconds.
_MOST_BLOCKS = 20_000
_BLOCK = re.compile(r"<(?:p|div|li|td|tr|br)\b", re.IGNORECASE)
#: What is left of a page is taken whole up to this length: below it, trafilatura puts all lines into one.
_SHORT = 1_500
#: A longer one too where it is marked as the article and this share of it are sentences; a line of so many letters is.
_PROSE = 0.85
_LONG_LINE = 60
_MOST_TO_BREAK = 200_000
_HEAD = 4_096
_OWN_MAP = re.compile(rb"""<meta\s+name=["']?generator["']?\s+content=["']?mapper\b""", re.IGNORECASE)
#: What holds the data of such a map, also where it was drawn in a notebook and has no generator.
_OWN_DATA = b'<script type="application/vnd.mapper"'
_TELEGRAM = re.compile(r"""<div class="message (?:default|service)[^"]*" id="message-?\d+">""")
_TAG = re.compile(r"<(?:!doctype\s+html|html|head|body|article|main|div|p|h1|title|meta|table|span|br)\b", re.IGNORECASE)


def is_page(head: str) -> bool:
    """Tell whether a text begins as an HTML page does."""
    return bool(re.match(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", head, re.IGNORECASE | re.DOTALL))


def is_own_map(data: bytes) -> bool:
    """Tell from the head of a page whether it is a map that this package made."""
    return bool(_OWN_MAP.search(data[:_HEAD]))


def read_page(data: bytes, path: str) -> Article:
    """Make an article of the bytes of a saved HTML page.

    The text is the page's title, an empty line and its main text, one line a paragraph: without menus,
    teasers, comments and captions.

    Raises
    ------
    InputError
        If it is no HTML, has no main text, or is a map that this package made.
    """
    if is_own_map(data) or _OWN_DATA in data:
        raise InputError(path, "is a map made by mapper, not an article", "take its data out with mapper unpack")
    text, warnings = decode_markup(data, path)
    if not _TAG.search(text):
        raise InputError(path, "is not HTML: expected a saved web page, found no tag of one", "save the page again, or name its text .txt")
    if _TELEGRAM.search(text):
        problem = "is Telegram's export as HTML: expected the one as JSON"
        raise InputError(path, problem, "export the channel again in the format 'Machine-readable JSON' and name its result.json")
    tree = parse_page(text)
    said = read_metadata(tree)
    links = _link_texts(tree)
    whole = len(_BLOCK.findall(text)) > _MOST_BLOCKS
    if whole:
        warnings += (f"{path}: is too large to look for the main text in it; all of its text but menus and the like is read",)
    body = _main_text(tree, text, said.body, whole=whole)
    if sum(len(link) for link in links if link in body) > _MOSTLY * len(body):
        raise InputError(path, "holds no article: what it says is links to others", "open the article itself and save that page")
    letters = sum(map(str.isalpha, body))
    if letters < _FEWEST_LETTERS:
        problem = f"holds no article: its main text has {letters} letters, expected {_FEWEST_LETTERS} or more"
        raise InputError(path, problem, "open the page, wait until its text shows and save it again, or save the text as .txt")
    published, notes = said.published, []
    if published is None:
        head = read_head(body, path)
        published = head.published
        notes = [head.warning] if head.warning else []
    return Article(
        path=path,
        text=with_title(said.title, body),
        title=said.title,
        publisher=said.publisher,
        url=said.url,
        published=published,
        published_at=said.published_at,
        lang=said.lang,
        sha256=hashlib.sha256(data).hexdigest(),
        warnings=(*warnings, *notes),
    )


def _main_text(tree: Any, text: str, told: str, *, whole: bool) -> str:
    """Find the article in a page, without what is around it unless that is all there is.

    Parameters
    ----------
    tree
        The parsed page, which is cut down.
    text
        The page itself, to parse it again where too much was cut.
    told
        The text as the metadata have it: all there is where a script draws the page.
    whole
        Take all that is left, however long it is.
    """
    cut_furniture(tree)
    innermost, marked = _innermost(tree)
    rest = tree_text(innermost)
    if not whole and len(rest) > _SHORT and not (marked and _is_prose(rest, innermost)):
        rest = _with_lines_of(rest, _by_trafilatura(tree))
    if len(told) > 2 * len(rest):
        return told
    return rest if len(rest) >= _FEWEST_LETTERS else _by_trafilatura(parse_page(text))


def _innermost(tree: Any) -> tuple[Any, bool]:
    """Give the page's only element that is marked as the article's text, and True; else its body."""
    marked = [node for node in tree.iter("div", "section", "article") if node.get("itemprop") == "articleBody"]
    for found in (marked, list(tree.iter("article")), list(tree.iter("main"))):
        if len(found) == 1 and len(found[0].text_content().strip()) >= _FEWEST_LETTERS:
            return found[0], True
    return next(tree.iter("body"), tree), False


def _is_prose(text: str, node: Any) -> bool:
    """Tell whether an element holds sentences and hardly anything else, so that nothing need be looked for in it."""
    sentences = sum(len(line) for line in text.split("\n") if len(line) >= _LONG_LINE or line.endswith((".", "!", "?", "…", "»", "”", '"')))
    linked = sum(len(link.text_content()) for link in node.iter("a"))
    return sentences >= _PROSE * len(text) and linked <= (1 - _PROSE) * len(text)


def _with_lines_of(whole: str, chosen: str) -> str:
    """Break a text that was chosen into the lines that it had: trafilatura joins those that <br> parts, and marks lists.

    Where the lines do not make up the text, it stays as it is.
    """
    if len(whole) > _MOST_TO_BREAK:
        return chosen
    words = f" {_words(chosen)} "
    kept = [line for line in whole.split("\n") if f" {_words(line)} " in words]
    return "\n".join(kept) if len(_words("\n".join(kept))) >= _PROSE * len(words) else chosen


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text))


def _by_trafilatura(tree: Any) -> str:
    found = _trafilatura().extract(tree, include_comments=False, include_tables=True, include_formatting=False)
    # layout tables come out with the bars that stand between cells
    return lines(re.sub(r"^\s*\|(?:[\s|:-]*\|)?|\|\s*$", "", found or "", flags=re.MULTILINE))


def _link_texts(tree: Any) -> set[str]:
    """Give what the page's links say, as far as it is long enough to mean something."""
    return {text for link in tree.iter("a") if len(text := " ".join(link.text_content().split())) > 3}


@cache
def _trafilatura() -> Any:
    import trafilatura

    # it logs each page that it finds short, and only the command line talks to people
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return trafilatura
