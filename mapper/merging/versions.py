"""A page that was saved twice: two versions of one source, each with its own text for the spans to count in.

The id of an article's source is that of its page, and behind it that of its words. Two files with the same words are one
version; a row of a table that names a page has the id of the page alone.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mapper.sources.article import Article

__all__ = ["page_of", "version_id"]


def version_id(article: Article) -> str:
    """Give the id of an article among the sources."""
    return f"{article.source_id}-{hashlib.blake2b(article.text.encode(), digest_size=4).hexdigest()}"


def page_of(source_id: str) -> str:
    """Give the id that all versions of a source have in common.

    Examples
    --------
    >>> page_of("s-421bd19a5b62-0c5ff1d2"), page_of("s-421bd19a5b62")
    ('s-421bd19a5b62', 's-421bd19a5b62')
    """
    return "-".join(source_id.split("-", 2)[:2])
