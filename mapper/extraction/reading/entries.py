"""What is told without a verb after the place that a line begins with: "Хотінь — міномети", "18:45, Burhunka. Mortars."."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from mapper.extraction.facts import deeds

if TYPE_CHECKING:
    from mapper.extraction.facts.deeds import Deed
    from mapper.extraction.reading.named import Named
    from mapper.taxonomy import Taxonomy

__all__ = ["below_place", "is_below_place"]

#: Places, and a dash or colon for what befell them; and how long small words beside them are.
_HEAD = re.compile(r"[^—–:;.]{3,90}?(?:\s[—–-]|:)\s")
_SMALL_WORD = 4

#: How many words at most say what kind of place it is that a line begins with, and what may stand between it and what comes next.
_KIND_WORDS = 3
_BEFORE_ITEM = " *–—-•"
_WORD = re.compile(r"[^\W\d]+")


def below_place(text: str, start: int, named: Named, taxonomy: Taxonomy, lang: str) -> Deed | None:
    """Give the deed of a clause, which begins at a character of its text, with a place or a list of places and a dash or a colon."""
    head = _HEAD.match(text)
    places = named.within(start, start + head.end()) if head else []
    if head is None or not places or any(word.islower() and len(word) > _SMALL_WORD for word in head.group().split()):
        return None
    deed = deeds.elliptic(text[head.end() :], taxonomy, lang)
    return replace(deed, start=deed.start + head.end(), end=deed.end + head.end()) if deed else None


def is_below_place(text: str, start: int, named: Named) -> bool:
    """Tell whether before a character its line has no more than a place, of what kind it is, and its hour: "10:30, Sevsk. Mortars."."""
    end = start
    while end and text[end - 1] in _BEFORE_ITEM:
        end -= 1
    if text[end - 1 : end] != ".":
        return False
    begin = text.rfind("\n", 0, end) + 1
    head = next(named.one_by_one(begin, start), None)
    more = list(islice(named.beside(begin, start), _KIND_WORDS + 1)) if head else []
    if head is None or len(more) > _KIND_WORDS:
        return False
    return not _WORD.search(text, begin, head.start) or all(len(word) <= _SMALL_WORD for word in more)
