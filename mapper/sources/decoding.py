"""Bytes to text: UTF-8 and UTF-16 for certain, the older Cyrillic and Western code pages by a guess that is told."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from mapper.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["decode", "newlines"]

#: What is left when a text is not Unicode. Isolating these keeps short texts from being taken for rarer ones.
_CODE_PAGES = ("cp1251", "koi8_u", "koi8_r", "cp1252")
_NAMES = {"cp1251": "Windows-1251", "cp1252": "Windows-1252", "koi8_r": "KOI8-R", "koi8_u": "KOI8-U"}
_REMEDY = "save it as UTF-8 text and try again"

#: Bytes that a guess looks at: enough for any language, and a large table need not wait.
_SAMPLE = 100_000


def decode(data: bytes, path: Path | str, *, allow_nul: bool = False) -> tuple[str, tuple[str, ...]]:
    """Turn the bytes of a file into text, without a byte order mark.

    Parameters
    ----------
    path
        For the messages.
    allow_nul
        Let NUL characters through, for a table that can set aside the row they stand in.

    Returns
    -------
    The text, and a warning if its encoding was a guess.

    Raises
    ------
    InputError
        If the bytes are no text in any of these encodings.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            try:
                return data.decode(encoding), ()
            except UnicodeDecodeError as error:
                problem = f"begins as {encoding.removesuffix('-sig').upper()} but byte {error.start} does not fit"
                raise InputError(path, problem, _REMEDY) from None
    if b"\0" in data and not allow_nul:
        raise InputError(path, f"is not text: byte {data.index(0)} is NUL", _REMEDY)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        return _guessed(data, path, error.start)


def newlines(text: str) -> str:
    r"""Make ``\n`` the only line end, as an editor shows the lines.

    Examples
    --------
    >>> newlines("a\r\nb\rc\n")
    'a\nb\nc\n'
    """
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _guessed(data: bytes, path: Path | str, at: int) -> tuple[str, tuple[str, ...]]:
    from charset_normalizer import from_bytes  # only for the few files that are not UTF-8

    # the sample begins where the first byte stands that is not ASCII, so that there is something to tell by
    start = max(0, at - 2_000)
    best = from_bytes(data[start : start + _SAMPLE], cp_isolation=list(_CODE_PAGES)).best()
    if best is None:
        problem = f"is not text: byte {at} fits neither UTF-8 nor {', '.join(_NAMES.values())}"
        raise InputError(path, problem, _REMEDY)
    name = _NAMES.get(best.encoding, best.encoding)
    try:
        text = data.decode(best.encoding)
    except UnicodeDecodeError as error:
        raise InputError(path, f"looks like {name} text but byte {error.start} does not fit", _REMEDY) from None
    return text, (f"{path}: read as {name}, a guess since it is not UTF-8; if letters look wrong, {_REMEDY}",)
