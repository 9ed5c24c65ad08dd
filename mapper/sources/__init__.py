"""Articles and tables of incidents out of files; one module a format.

``read`` takes a file or ``-``, ``read_all`` files and folders. Reading an article imports no table library, and
reading a plain text none for web pages.
"""

from __future__ import annotations

from mapper.sources.article import Article, Articles
from mapper.sources.formats import ENDINGS
from mapper.sources.listing import Listing, listed
from mapper.sources.read import Inputs, nothing_read, read, read_all, unread

__all__ = ["ENDINGS", "Article", "Articles", "Inputs", "Listing", "listed", "nothing_read", "read", "read_all", "unread"]
