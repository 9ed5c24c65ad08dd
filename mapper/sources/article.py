"""One news text with what its file says about it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from mapper.incidents import stable_id

if TYPE_CHECKING:
    from datetime import date, datetime

__all__ = ["Article"]


@dataclass(frozen=True, slots=True)
class Article:
    r"""A text to read incidents from.

    Parameters
    ----------
    path
        The file as the person named it; ``-`` for standard input.
    text
        The stored text, which every character span counts in: decoded, with ``\n`` as the only line end
        and without front matter, and otherwise untouched.
    published, published_at
        The day of publication, and the moment with its zone where the file gives it.
    lang
        ISO 639-1 code, empty if the file does not say.
    sha256
        Of the bytes of the file.
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
    warnings: tuple[str, ...] = ()

    @property
    def source_id(self) -> str:
        """The id of this article among the sources: from its address, else from its file name and title."""
        return stable_id("s", self.url) if self.url else stable_id("s", PurePath(self.path).name, self.title)
