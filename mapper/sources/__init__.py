"""Articles and tables of incidents out of files; one module a format.

``read`` takes a file or ``-``, ``read_all`` files and folders. Reading an article imports no table library.
"""

from __future__ import annotations

from mapper.sources.article import Article
from mapper.sources.read import ENDINGS, Inputs, read, read_all

__all__ = ["ENDINGS", "Article", "Inputs", "read", "read_all"]
