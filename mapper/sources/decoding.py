"""Bytes to text: UTF-8 and UTF-16 for certain, the older Cyrillic and Western code pages by a guess that is told."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from mapper.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["decode", "decode_markup", "newlines", "visible"]

#: What is left when a text is not Unicode. Isolating these keeps short texts from being taken for rarer ones.
_CODE_PAGES = ("cp1251", "koi8_u", "koi8_r", "cp1252")
_NAMES = {"cp1251": "Windows-1251", "cp1252": "Windows-1252", "koi8_r": "KOI8-R", "koi8_u": "KOI8-U"}
_REMEDY = "save it as UTF-8 text and try again"

#: Bytes that a guess looks at: enough for any language, and a large table need not wait.
_SAMPLE = 100_000

#: Where a page or a feed may name its encoding: the head of it, as browsers look at it, and some more.
_HEAD = 4_096
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]+)|<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)

#: Marks for the direction of writing and for breaking lines, which no reader sees and which tear words apart, and
#: control characters; a no-break space is a space.
_UNSEEN = {
    **dict.fromkeys((*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xAD, 0x061C, 0x200B, 0x200E, 0x200F)),
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, *range(0xFFF9, 0xFFFC))),
    0xA0: " ",
    0x85: "\n",
}
_ANY_UNSEEN = re.compile(f"[{re.escape(''.join(map(chr, _UNSEEN)))}]")


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
        at = error.start
    return _mended(data, path) or _guessed(data, path, at)


def _mended(data: bytes, path: Path | str) -> tuple[str, tuple[str, ...]] | None:
    """Decode UTF-8 with a few broken bytes, such as a file that was cut off; None if they are too many to be that."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    foreign = sum(1 for character in text if character > "\x7f")
    if broken * 20 > foreign:
        return None
    return text, (f"{path}: characters that are no UTF-8 are shown as \ufffd: {broken}",)


def decode_markup(data: bytes, path: Path | str) -> tuple[str, tuple[str, ...]]:
    """Turn the bytes of a web page or feed into text, by the encoding that it declares where that is true.

    NUL characters are left out, as browsers do.

    Raises
    ------
    InputError
        If the bytes are no text in the encodings that are known.
    """
    head = data[:_HEAD]
    declared = _DECLARED.search(head)
    if declared is None or head.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text, warnings = decode(data, path, allow_nul=True)
        return text.replace("\0", ""), warnings
    name = (declared[1] or declared[2]).decode("ascii", "replace")
    try:
        encoding = codecs.lookup(name).name
        # a page that says UTF-16 in letters of one byte is not; browsers take it for UTF-8 as well
        text = data.decode("utf-8" if encoding.startswith(("utf-16", "utf-32")) else encoding)
    except (LookupError, UnicodeDecodeError):
        return _undeclared(data, path, name)
    return text.replace("\0", ""), ()


def _undeclared(data: bytes, path: Path | str, name: str) -> tuple[str, tuple[str, ...]]:
    """Decode what is not in the encoding it declares; a few broken bytes in UTF-8 do not make it another."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    warnings: tuple[str, ...]
    if broken * 200 < len(text) - len(data.decode("ascii", "ignore")) or broken * 10_000 < len(text):
        warnings = (f"{path}: characters that are no {name} are shown as \ufffd: {broken}",) if broken else ()
    else:
        text, warnings = decode(data, path, allow_nul=True)
        warnings = tuple(f"{warning} (it declares {name})" for warning in warnings)
    return text.replace("\0", ""), warnings


def visible(text: str) -> str:
    r"""Leave out the characters that no reader sees: marks of direction, soft hyphens, control characters.

    Examples
    --------
    >>> visible("Дніпро\xadпетровськ\u200f\xa0— так")
    'Дніпропетровськ — так'
    """
    return text.translate(_UNSEEN) if _ANY_UNSEEN.search(text) else text


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
