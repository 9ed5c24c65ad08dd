"""Lists of words, each a regular expression, that a text is searched for."""

from __future__ import annotations

import re
import sys
from functools import cache, cached_property, lru_cache, reduce
from operator import or_
from typing import TYPE_CHECKING

from mapper.extraction.wording import sieve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["Lexicon", "WordList", "alternatives", "literals", "of_small", "small", "words"]

#: A letter of a pattern, or what must stay as it is: what stands after a backslash, and the name of a group.
_LETTER = re.compile(r"(\\.|\(\?P[<=>]\w+)|([^\W\d_])")
#: "ß", and where it must be of one length: in a look-behind.
_SHARP_S = re.compile(r"(\(\?<[=!][^)]*\))|ß")
#: How many texts are kept, each of which is searched for many lists.
_TEXTS = 64


def alternatives(patterns: Iterable[str]) -> str:
    """Join regular expressions into one group, the longest first so that it wins; none match nothing.

    What is written with "ß" is in Switzerland with "ss".
    """
    return _group(_spelled(p) for p in patterns)


def _group(patterns: Iterable[str]) -> str:
    listed = sorted(patterns, key=lambda p: (-len(p), p))
    return f"(?:{'|'.join(listed)})" if listed else "(?!)"


def _spelled(pattern: str) -> str:
    return _SHARP_S.sub(lambda m: m[1] or "(?:ß|ss)", pattern) if "ß" in pattern else pattern


def literals(listed: Iterable[str]) -> str:
    """Join words into one group that matches them as they stand, with any apostrophe, the longest first."""
    return alternatives(re.escape(word).replace("'", "['’ʼ]").replace(r"\ ", r"\s+") for word in listed)


def small(text: str) -> str:
    """Write a text in small letters, each where it was."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def of_small(pattern: str) -> re.Pattern[str]:
    r"""Compile a pattern for texts in small letters, which asks for no capital itself.

    Examples
    --------
    >>> bool(of_small(r"(?P<who>SBU)\S").search(small("The SBU.")))
    True
    """
    return re.compile(_LETTER.sub(lambda m: m[1] or m[2].lower(), pattern))


def words(patterns: Iterable[str]) -> WordList:
    """Make a list of words; the same ones are made once."""
    return _listed(tuple(patterns))


@cache
def _listed(patterns: tuple[str, ...]) -> WordList:
    return WordList(patterns)


class WordList:
    """Words, each a regular expression, of which a text is told where it has one as a whole word, whatever the case.

    It has the methods of a compiled pattern, but looks at a whole text only where a word begins as one of the list does, and
    there at its small letters first, which is two to three times as fast as whatever the case.
    """

    def __init__(self, patterns: tuple[str, ...]) -> None:
        self._patterns = [_spelled(p) for p in patterns]

    def holds(self, text: str) -> bool:
        """Tell whether a text has any of the words."""
        return self._place(text) is not None

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Find the first of the words in a text, or in a part of it."""
        if start or end < len(text):
            return self._pattern.search(text, start, end)
        place = self._place(text)
        return None if place is None else self._pattern.match(text, place)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Find all of the words, one after another."""
        if start or end < len(text):
            return self._pattern.finditer(text, start, end)
        place = self._place(text)
        return iter(()) if place is None else self._pattern.finditer(text, place)

    def sub(self, by: str | Callable[[re.Match[str]], str], text: str) -> str:
        """Write something else for each of the words."""
        return text if self._place(text) is None else self._pattern.sub(by, text)

    def in_small(self, text: str) -> Iterator[re.Match[str]]:
        """Find all of the words in the small letters of a text; those that ask for a capital are in none."""
        place = self._place(text)
        return iter(()) if place is None else self._anywhere.small.finditer(_sieved(text).in_small, place)

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Match one of the words where a text, or a part of it, begins."""
        return self._pattern.match(text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Match one of the words with a whole text, or with a part of it."""
        return self._pattern.fullmatch(text, start, end)

    @cached_property
    def bits(self) -> int:
        """Its bit in the index of all lists, and `_ANYWHERE` if some of its words may begin with anything."""
        return self._bit | (_ANYWHERE if self._others else 0)

    def _place(self, text: str) -> int | None:
        """Give where the first of the words begins."""
        bit = self._bit  # which changes what texts are sieved for, the first time
        sieved = _sieved(text)
        if bit in sieved.places:
            return sieved.places[bit]
        place = None
        if sieved.bits & bit:
            match = self._anywhere.match
            place = next((start for start, bits in sieved.starts if bits & bit and match(sieved.in_small, text, start)), None)
        if self._others and (other := self._others.search(sieved.in_small, text)):
            place = other.start() if place is None else min(place, other.start())
        sieved.places[bit] = place
        return place

    @cached_property
    def _bit(self) -> int:
        """Its bit in the index of all lists, which it is added to."""
        known = (sieve.beginnings(p) for p in self._patterns)
        _sieved.cache_clear()
        return _INDEX.add(frozenset[str]().union(*(found for found in known if found)))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(_whole(self._patterns), re.IGNORECASE)

    @cached_property
    def _anywhere(self) -> _Quick:
        return _Quick(self._patterns)

    @cached_property
    def _others(self) -> _Quick | None:
        """Those that may begin with anything, if there are any."""
        others = [p for p in self._patterns if sieve.beginnings(p) is None]
        return _Quick(others) if others else None


#: Where which list may have a word.
_INDEX = sieve.Index()
#: The bit that every text has, for lists of which nothing can be told: no pattern is added for it.
_ANYWHERE = _INDEX.add(frozenset())


class _Sieved:
    """A text in small letters, where which lists may have a word in it, and where those that were asked for have the first."""

    __slots__ = ("bits", "in_small", "places", "starts")

    def __init__(self, text: str) -> None:
        self.in_small = small(text)
        self.starts = _INDEX.starts(self.in_small)
        self.bits = reduce(or_, (bits for _, bits in self.starts), _ANYWHERE)
        self.places: dict[int, int | None] = {}


_sieved = lru_cache(maxsize=_TEXTS)(_Sieved)


class _Quick:
    """Words to look for in the small letters of a text, but for those that ask for a capital."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._patterns = list(patterns)
        cased = [p for p in self._patterns if "(?-i:" in p]
        self.small = of_small(_whole(p for p in self._patterns if p not in cased))
        self._cased = re.compile(_whole(cased), re.IGNORECASE) if cased else None

    @cached_property
    def _needles(self) -> list[str]:
        """Letters of which a text must have some; it has no letters of which nothing can be told."""
        needed = [sieve.needles(p) for p in self._patterns]
        return sorted(frozenset[str]().union(*(n for n in needed if n))) if all(needed) else [""]

    def match(self, in_small: str, text: str, start: int) -> re.Match[str] | None:
        """Match one of the words at a place."""
        return self.small.match(in_small, start) or (self._cased.match(text, start) if self._cased else None)

    def search(self, in_small: str, text: str) -> re.Match[str] | None:
        """Find the first of the words."""
        if not any(needle in in_small for needle in self._needles):
            return None
        found = [self.small.search(in_small), self._cased.search(text) if self._cased else None]
        return min((one for one in found if one), key=lambda one: one.start(), default=None)


class Lexicon:
    """Lists of words by their names."""

    def __init__(self, lists: Iterable[tuple[str, Iterable[str]]]) -> None:
        self._lists = [(name, words(patterns)) for name, patterns in lists]

    def in_(self, text: str) -> list[tuple[str, WordList]]:
        """Give those that may have a word in a text, in their order."""
        known = self._known  # which changes what texts are sieved for, the first time
        bits = _sieved(text).bits
        return [(name, listed) for may, name, listed in known if bits & may]

    @cached_property
    def _known(self) -> list[tuple[int, str, WordList]]:
        return [(listed.bits, name, listed) for name, listed in self._lists]


def _whole(patterns: Iterable[str]) -> str:
    return rf"(?<!\w){_group(patterns)}(?!\w)"
