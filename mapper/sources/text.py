"""Plain text to an Article; one that begins with front matter as Markdown does."""

from __future__ import annotations

import hashlib

from mapper.errors import InputError
from mapper.sources.article import Article
from mapper.sources.dateline import read_head
from mapper.sources.decoding import decode, newlines
from mapper.sources.markdown import FENCES, read_markdown

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
    if text.partition("\n")[0].rstrip() in FENCES:
        return read_markdown(data, path)
    head = read_head(text, path)
    return Article(
        path=path,
        text=text,
        title=head.title,
        published=head.published,
        sha256=hashlib.sha256(data).hexdigest(),
        warnings=(*warnings, *filter(None, (head.warning,))),
    )
