"""Markdown with front matter, in YAML's simplest form or in TOML, to an Article."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from mapper.errors import InputError
from mapper.sources.article import Article
from mapper.sources.dateline import read_head
from mapper.sources.dates import EXPECTED, parse_moment
from mapper.sources.decoding import decode, newlines

__all__ = ["FENCES", "read_markdown"]

#: Lines that front matter stands between, in YAML and in TOML.
FENCES = ("---", "+++")

_SETTINGS = ("title", "publisher", "url", "published", "lang")
_ALIASES = {"date": "published", "language": "lang", "source": "publisher", "link": "url"}
_KEY = re.compile(r"([A-Za-z_][\w-]*)\s*:(?:\s+(.*))?")


@dataclass(slots=True)
class _Front:
    """Settings with their line numbers, the text behind them, and what was not understood."""

    settings: dict[str, tuple[int, Any]] = field(default_factory=dict)
    body: str = ""
    unknown: list[str] = field(default_factory=list)


def read_markdown(data: bytes, path: str) -> Article:
    """Make an article of the bytes of a Markdown file; without front matter its head is read as of plain text.

    Front matter stands between two lines ``---`` as ``key: value``, or between two lines ``+++`` as TOML,
    with the keys title, publisher, url, published (or date) and lang; others are told and left out.

    Raises
    ------
    InputError
        If the bytes are no text, the front matter is not closed, or its date is none.
    """
    decoded, warnings = decode(data, path)
    front = _front_matter(newlines(decoded), path)
    if not front.body.strip():
        raise InputError(path, "has no text: expected the article below the front matter", "add the text")
    if front.unknown:
        known = ", ".join(_SETTINGS)
        warnings += (f"{path}: front matter {', '.join(front.unknown)} not used; known are {known}",)
    head = read_head(front.body, path)
    published, moment = head.published, None
    if "published" in front.settings:
        published, moment = _published(*front.settings["published"], path)
    elif head.warning:
        warnings += (head.warning,)
    said = {key: str(value) for key, (_, value) in front.settings.items() if value is not None}
    return Article(
        path=path,
        text=front.body,
        title=said.get("title") or head.title,
        publisher=said.get("publisher", ""),
        url=said.get("url", ""),
        published=published,
        published_at=moment,
        lang=said.get("lang", "").lower()[:2],
        sha256=hashlib.sha256(data).hexdigest(),
        warnings=warnings,
    )


def _front_matter(text: str, path: str) -> _Front:
    lines = text.split("\n")
    fence = lines[0].rstrip()
    if fence not in FENCES:
        return _Front(body=text)
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == fence), None)
    if end is None:
        if len(lines) > 1 and (_KEY.fullmatch(lines[1].strip()) or fence == "+++"):
            raise InputError(path, "the front matter that line 1 opens is never closed", f"add a line {fence!r} below it")
        return _Front(body=text)  # a rule above a text, not front matter
    front = _Front(body="\n".join(lines[end + 1 :]))
    pairs = _toml(lines[1:end], path) if fence == "+++" else _yaml(lines[1:end], path)
    for number, key, value in pairs:
        name = _ALIASES.get(key.lower(), key.lower())
        if name not in _SETTINGS:
            front.unknown.append(repr(key))
        elif name not in front.settings:
            front.settings[name] = (number, value)
    return front


def _yaml(lines: list[str], path: str) -> list[tuple[int, str, Any]]:
    """Read the one form of YAML that needs no parser; nested lines belong to the key above and are skipped."""
    pairs: list[tuple[int, str, Any]] = []
    for number, line in enumerate(lines, 2):
        if not line.strip() or line.lstrip().startswith("#") or line[0] in " \t-":
            continue
        match = _KEY.fullmatch(line.rstrip())
        if not match:
            raise InputError(path, f"line {number}: {line[:40]!r} in the front matter is not 'key: value'", "correct the line")
        pairs.append((number, match[1], _scalar(match[2] or "")))
    return pairs


def _scalar(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        quote = value[0]
        return value[1:-1].replace('\\"' if quote == '"' else "''", quote)
    return re.sub(r"\s+#.*$", "", value)


def _toml(lines: list[str], path: str) -> list[tuple[int, str, Any]]:
    try:
        document = tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError as error:
        raise InputError(path, f"the front matter is not TOML: {error}", "correct it") from None
    starts = {line.partition("=")[0].strip(): number for number, line in reversed(list(enumerate(lines, 2)))}
    return [(starts.get(key, 1), key, value) for key, value in document.items()]


def _published(number: int, value: Any, path: str) -> tuple[date | None, datetime | None]:
    if isinstance(value, datetime):
        return value.date(), value if value.tzinfo else None
    if isinstance(value, date):
        return value, None
    if not str(value).strip():
        return None, None
    moment = parse_moment(str(value))
    if moment is None:
        raise InputError(path, f"line {number}: published {str(value)!r} is not a date; expected {EXPECTED}", "correct the line")
    return moment
