"""What a text must hold for a pattern to match: a word that begins so, or these letters somewhere.

Most lists of words match in few clauses; to search each clause for each list takes most of the time of reading.
"""

from __future__ import annotations

import re
import string
from functools import cache

# The standard library's own reading of a pattern: none that is written anew could not misread one.
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

__all__ = ["Index", "beginnings", "needles"]

#: How many characters of a beginning are looked at.
_LONGEST = 6
#: A pattern that may begin in more ways is searched for everywhere.
_MOST = 5000
#: A class with more characters than this is taken for one of any character.
_WIDEST = 20
#: What is shorter stands in most texts.
_SHORTEST_NEEDLE = 3
#: A pattern that needs one of more is searched for everywhere.
_MOST_NEEDLES = 40
_DIGIT = "0"
#: A pattern that begins with letters only and has no other beginning, which needs no reading.
_PLAIN = re.compile(rf"(\w(?:[\w ]{{{_LONGEST - 1}}}(?![?*{{])|[\w ]{{,{_LONGEST - 1}}}$))[^|]*$")
_START = re.compile(r"(?<!\w)\S")
_DIGITS = re.compile(r"\d")

#: Beginnings that what follows goes on with, and those after which nothing more is known.
_Found = tuple[set[str], set[str]]


class Index:
    """Which of many patterns may match where in a text, at a word or a sign; each is a bit of a number.

    Examples
    --------
    >>> index = Index()
    >>> index.add(beginnings("on [1-9]")), index.add(beginnings("in"))
    (1, 2)
    >>> index.starts("on one, on 7 may")
    [(8, 1)]
    """

    def __init__(self) -> None:
        self._count = 0
        # By beginning, those that begin so; none for what only other beginnings begin with.
        self._known: dict[str, int] = {}
        # By what stands in a text, all that may match there.
        self._seen: dict[str, int] = {}

    def add(self, beginnings: frozenset[str]) -> int:
        """Add a pattern by its beginnings, and give its bit."""
        bit, self._count = 1 << self._count, self._count + 1
        for beginning in beginnings:
            for length in range(1, len(beginning)):
                self._known.setdefault(beginning[:length], 0)
            self._known[beginning] = self._known.get(beginning, 0) | bit
        self._seen.clear()
        return bit

    def starts(self, in_small: str) -> list[tuple[int, int]]:
        """Give where in a text in small letters which patterns may match, as the bits of all that may."""
        text = _DIGITS.sub(_DIGIT, in_small)
        seen = self._seen
        found = []
        for match in _START.finditer(text):
            start = match.start()
            beginning = text[start : start + _LONGEST]
            bits = seen.get(beginning)
            if bits is None:
                bits = seen[beginning] = self._beginning(beginning)
            if bits:
                found.append((start, bits))
        return found

    def _beginning(self, beginning: str) -> int:
        """Give the bits of all that may match what begins so."""
        bits = 0
        for length in range(1, len(beginning) + 1):
            if (more := self._known.get(beginning[:length])) is None:
                break
            bits |= more
        return bits


@cache
def beginnings(pattern: str) -> frozenset[str] | None:
    r"""Give beginnings one of which a text has wherever the pattern matches, at a word or a sign; None where it may begin with anything.

    Examples
    --------
    >>> sorted(beginnings("(?:un)?hurt|no [aeiou]+"))
    ['hurt', 'no a', 'no e', 'no i', 'no o', 'no u', 'unhurt']
    >>> beginnings(r"\w+men")
    """
    if plain := _PLAIN.match(pattern):
        return frozenset({_DIGITS.sub(_DIGIT, plain[1].lower())})
    unfinished, finished = _of_row(_parser.parse(pattern), {""})
    found = unfinished | finished
    known = len(found) <= _MOST and not any(not beginning or beginning.startswith(tuple(string.whitespace)) for beginning in found)
    return frozenset(found) if known else None


def needles(pattern: str) -> frozenset[str] | None:
    r"""Give letters of which a text in small letters has some wherever the pattern matches; None where none can be told.

    Examples
    --------
    >>> sorted(needles(r"\w*(?:drohne|rakete)\w*"))
    ['drohne', 'rakete']
    """
    return _needed(_parser.parse(pattern))


def _needed(nodes: Any) -> frozenset[str] | None:
    """Choose from what stands in a row that which is rarest: whose shortest is longest."""
    found: list[frozenset[str]] = []
    run = ""
    for kind, content in nodes:
        if kind is op.LITERAL:
            run += chr(content).lower()
            continue
        found.append(frozenset({run}))
        run = ""
        part = None
        if kind is op.SUBPATTERN:
            part = _needed(content[-1])
        elif kind is op.BRANCH:
            branches = [_needed(branch) for branch in content[1]]
            part = frozenset[str]().union(*(b for b in branches if b)) if all(branches) else None
        elif kind in {op.MAX_REPEAT, op.MIN_REPEAT} and content[0]:
            part = _needed(content[2])
        if part:
            found.append(part)
    found.append(frozenset({run}))
    best = max(found, key=lambda one: min(map(len, one)))
    return best if min(map(len, best)) >= _SHORTEST_NEEDLE and len(best) <= _MOST_NEEDLES else None


def _of_row(nodes: Any, begun: set[str]) -> _Found:
    """Go on with each of some beginnings by what stands one after another."""
    unfinished, finished = set(begun), set[str]()
    for kind, content in nodes:
        if not unfinished or len(unfinished) + len(finished) > _MOST:
            break
        steps = [_of_node(kind, content, beginning) for beginning in unfinished]
        unfinished = set().union(*(more for more, _ in steps))
        finished = finished.union(*(done for _, done in steps))
    return unfinished, finished


def _of_node(kind: Any, content: Any, begun: str) -> _Found:
    if kind is op.FAILURE or (kind is op.ASSERT_NOT and not len(content[1])):
        return set(), set()  # "(?!)" matches nothing
    if kind in {op.AT, op.ASSERT, op.ASSERT_NOT}:
        return {begun}, set()
    if kind is op.LITERAL:
        return _with(begun, [chr(content)])
    if kind is op.IN:
        listed = _characters(content)
        return _with(begun, listed) if listed else (set(), {begun})
    if kind is op.SUBPATTERN:
        return _of_row(content[-1], {begun})
    if kind is op.BRANCH:
        branches = [_of_row(branch, {begun}) for branch in content[1]]
        return set().union(*(more for more, _ in branches)), set().union(*(done for _, done in branches))
    if kind in {op.MAX_REPEAT, op.MIN_REPEAT}:
        least, most, repeated = content
        unfinished, finished = _of_row(repeated, {begun})
        if most > 1:
            unfinished, finished = set(), unfinished | finished
        return (unfinished if least else unfinished | {begun}), finished
    return set(), {begun}


def _characters(content: Any) -> list[str]:
    """List the characters of a class; none where they are too many."""
    listed: list[str] = []
    for kind, one in content:
        if kind is op.LITERAL:
            listed.append(chr(one))
        elif kind is op.RANGE and one[1] - one[0] < _WIDEST:
            listed += map(chr, range(one[0], one[1] + 1))
        elif one is op.CATEGORY_DIGIT:
            listed.append(_DIGIT)
        else:
            return []
    return listed if len(listed) <= _WIDEST else []


def _with(begun: str, characters: list[str]) -> _Found:
    """Add one more character in small letters."""
    found = {begun + (_DIGIT if character.isdigit() else character.lower()) for character in characters}
    longest = {beginning for beginning in found if len(beginning) >= _LONGEST}
    return found - longest, {beginning[:_LONGEST] for beginning in longest}
