"""One news text with what its file says about it, and several of them out of one file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from mapper.incidents import stable_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from mapper.errors import Rejected

__all__ = ["Article", "Articles"]


@dataclass(frozen=True, slots=True)
class Article:
    r"""A text to read incidents from.

    Parameters
    ----------
    path
        The file as the person named it; ``-`` for standard input. An entry of a file of several is named too:
        ``feed.xml#3`` is the third of a feed, ``result.json#17`` the message with that number.
    text
        The stored text, which every character span counts in, with ``\n`` as the only line end. Of plain text
        and Markdown it is the file, without front matter and otherwise untouched; of the other formats it is
        what a reader sees of the article, its title first.
    published, published_at
        The day of publication, by the clock of the publisher or else, of a moment in UTC, that of `DEFAULT_TIMEZONE`; and the
        moment with its zone where the file gives it.
    lang
        ISO 639-1 code; empty if the file does not say and the text does not show it.
    sha256
        Of the bytes of the file; of an entry's text where the file has several.
    key
        What names an entry among those of its publisher where it has no address, such as a feed's guid.
    warnings
        What the reader had to guess or skip, one sentence each.
    """

    path: str
    text: str
    title: str = ""
    publisher: str = ""
    url: str = ""
    published: date | None = None
    published_at: datetime | None = None
    lang: str = ""
    sha256: str = ""
    key: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def source_id(self) -> str:
        """The id of this article, whatever its version: from its address, else its key, else its file name and title."""
        if self.url:
            return stable_id("s", self.url)
        return stable_id("s", self.publisher, self.key) if self.key else stable_id("s", PurePath(self.path).name, self.title)


@dataclass(frozen=True, slots=True)
class Articles:
    """The articles of one file, in its order.

    Parameters
    ----------
    rejected
        Entries that were set aside; `row` is the number of the entry, from 1.
    warnings
        What was guessed or left out in the file as a whole, one sentence each; an article has its own besides.
    """

    path: str
    articles: tuple[Article, ...]
    rejected: tuple[Rejected, ...] = ()
    warnings: tuple[str, ...] = ()

    def __len__(self) -> int:
        """Count the articles."""
        return len(self.articles)

    def __iter__(self) -> Iterator[Article]:
        """Give one article after the other."""
        return iter(self.articles)
