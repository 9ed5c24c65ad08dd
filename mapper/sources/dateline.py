"""The head of a plain text: its title, and the date it was published, without changing the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from mapper.sources.dates import find_day, parse_day

if TYPE_CHECKING:
    from datetime import date

__all__ = ["Head", "read_head"]

#: A date after one of these words is the date of publication; "updated" is not among them.
_PUBLISHED = re.compile(
    r"(?:published(?: on)?|posted(?: on)?|date|veröffentlicht(?: am)?|erschienen(?: am)?|datum|опубліковано|дата"
    r"|опубликовано)\s*:?\s+",
    re.IGNORECASE,
)
#: Where the furniture of a page begins behind a headline, often without a space.
_FURNITURE = re.compile(
    r"\s*(?:(?:last )?updated|published|posted on|veröffentlicht|zuletzt aktualisiert|aktualisiert|опубліковано|оновлено"
    r"|опубликовано|обновлено)\s*(?:on|am)?\s*:?\s*(?=\d|[^\W\d_]+\.? \d)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^\s*(?:#+\s+|(?:date|datum|дата)\s*:?\s+)", re.IGNORECASE)
#: A headline has no full stop.
_SENTENCE = re.compile(r"\.[\"”»“’')\]]*$")
_LINES = 8
_SHORT = 60
_LONGEST_TITLE = 160


@dataclass(frozen=True, slots=True)
class Head:
    """What the first lines say; `warning` is a sentence where the date is less than sure."""

    title: str = ""
    published: date | None = None
    warning: str = ""


def read_head(text: str, path: str) -> Head:
    """Read title and date of publication off the first lines, else the date off the file name.

    A date counts, in this order: behind a word such as "Published"; in a line that is little more than a
    date; at the beginning of the file name; anywhere in the first lines, with a warning.

    Examples
    --------
    >>> read_head("date 2024-11-22 Two killed in SumyPublished November 22, 2024", "x.txt").title
    'Two killed in Sumy'
    >>> read_head("Two killed", "2024-11-22-roundup.txt").published
    datetime.date(2024, 11, 22)
    """
    lines = [line.strip() for line in text[:20_000].split("\n") if line.strip()][:_LINES]
    title = next((title for line in lines if (title := _title(line)) is not None), "")
    for line in lines:
        for match in _PUBLISHED.finditer(line):
            found = find_day(line[match.end() : match.end() + 40])
            if found and found[1] <= 15:  # a weekday may stand between
                return Head(title, found[0])
    for line in lines:
        if len(line) <= _SHORT and (found := find_day(line)) and len(line) - (found[2] - found[1]) <= 25:
            return Head(title, found[0])
    stamp = re.match(r"(\d{4}-\d\d-\d\d|\d{8})(?!\d)", PurePath(path).name)
    if stamp and (day := parse_day(stamp[1])):
        return Head(title, day.start)
    for line in lines[:3]:
        if found := find_day(line):
            said = line[found[1] : found[2]]
            return Head(title, found[0], f"{path}: taken to be published on {said!r}, the first date in the text; --published DATE sets it")
    return Head(title)


def _title(line: str) -> str | None:
    """Cut a heading mark, a date in front and the page's furniture behind; None if nothing else is there, empty if it is a paragraph."""
    is_heading = line.startswith("#")
    line = _LABEL.sub("", line)
    found = find_day(line)
    if found and found[1] <= 12 and len(line[: found[1]].split()) <= 1:
        line = line[found[2] :].lstrip(" ,.:–—|-")
    if (match := _FURNITURE.search(line)) and find_day(line[match.end() : match.end() + 30]):
        line = line[: match.start()]
    line = line.strip()
    if not re.search(r"\w", line):
        return None
    if not is_heading and (len(line) > _LONGEST_TITLE or _SENTENCE.search(line)):
        return ""
    if len(line) > _LONGEST_TITLE:
        return line[:_LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(",;:") + "…"
    return line
