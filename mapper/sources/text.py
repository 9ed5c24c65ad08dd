"""Plain text to an Article."""

from __future__ import annotations

import hashlib

from mapper.errors import InputError
from mapper.sources.article import Article
from mapper.sources.dateline import read_head
from mapper.sources.decoding import decode, newlines

__all__ = ["read_text"]


def read_text(data: bytes, path: str) -> Article:
    """Make an article of the bytes of a plain text.

    Raises
    ------
    InputError
        If the bytes are no text, or nothing but white space.
    """
    decoded, warnings = decode(data, path)
    text = newlines(decoded)
    if not text.strip():
        raise InputError(path, "is empty: expected the text of an article", "check that the right file was saved")
    head = read_head(text, path)
    return Article(
        path=path,
        text=text,
        title=head.title,
        published=head.published,
        sha256=hashlib.sha256(data).hexdigest(),
        warnings=(*warnings, *filter(None, (head.warning,))),
    )
