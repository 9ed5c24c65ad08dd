"""How many of the killed and of the injured were children, as a sentence says it.

A child is who is called one or is said to be younger than 18; "including children" gives no number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mapper.extraction.wording.numbers import number_pattern, parse
from mapper.extraction.wording.vocabulary import Vocabulary
from mapper.extraction.wording.wordlist import WordList, alternatives, words
from mapper.incidents import CASUALTIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


__all__ = ["TOLD_BEFORE", "find"]

#: Stands for those killed or injured whom an earlier sentence tells of: "Among them are three children."
TOLD_BEFORE = "told before"

#: Age from which on a person is no child.
_ADULT = 18

_STOP = re.compile(r"[.;:()]")


def find(sentence: str, counted: Mapping[str, tuple[int, int]], lang: str) -> dict[str, int]:
    """Give the children among the killed, the injured or those `TOLD_BEFORE`, where a number of them is said.

    Parameters
    ----------
    counted
        Where in the sentence the people stand that were counted as killed, and as injured.

    Examples
    --------
    >>> find("It killed four people and injured 12, including three children.", {"killed": (10, 21), "injured": (34, 36)}, "en")
    {'injured': 3}
    >>> find("Among the dead are a woman and a 7-year-old boy.", {}, "en")
    {'killed': 1}
    """
    reading = _words(lang)
    found: dict[str, int] = {}
    if not reading.any.holds(sentence):
        return found
    for child in reading.children(sentence):
        kind = reading.kind(sentence, child, counted)
        if kind:
            found[kind] = found.get(kind, 0) + child.number
    return found


class _Children(NamedTuple):
    """A number of children and where it stands."""

    start: int
    end: int
    number: int


@dataclass(frozen=True, slots=True)
class _Words:
    """The patterns of one language: what stands before a part of the people, and behind it, beside those that tell of children."""

    lang: str
    any: WordList
    child: re.Pattern[str]
    before: re.Pattern[str]
    behind: WordList
    sorts: Mapping[str, WordList]

    def children(self, sentence: str) -> Iterator[_Children]:
        for match in self.child.finditer(sentence):
            if int(match["aged"] or match["age"] or 0) >= _ADULT:
                continue
            said = match["number"] or match["times"]
            amount = parse(said, self.lang) if said else None
            if amount:
                number = next((n for n in (amount.best, amount.low) if n is not None), 0)
            else:
                number = int(bool(match["one"] or match["young"]))
            if number:
                yield _Children(*match.span(), number)

    def kind(self, sentence: str, child: _Children, counted: Mapping[str, tuple[int, int]]) -> str | None:
        """Tell of whom they are a part; None if of nobody who was hurt."""
        own = next((kind for kind, (start, end) in counted.items() if start < child.end and child.start < end), None)
        if own:
            return own
        part = self._part(sentence, child)
        if part is None:
            return None
        said = next((kind for kind, pattern in self.sorts.items() if pattern.search(sentence, *part)), None)
        if said:
            return said
        before = [(end, kind) for kind, (_, end) in counted.items() if end <= child.start]
        after = [(start, kind) for kind, (start, _) in counted.items() if start >= child.end]
        return max(before)[1] if before else min(after)[1] if after else TOLD_BEFORE

    def _part(self, sentence: str, child: _Children) -> tuple[int, int] | None:
        """Give where the words stand that make them a part of others: "including", "among the wounded"."""
        behind = self.behind.search(sentence, child.start)
        if behind and not _STOP.search(sentence, child.end, behind.start()) and len(sentence[child.end : behind.start()].split()) <= 1:
            return behind.span()
        heads = [m for m in self.before.finditer(sentence, 0, child.end) if m.start() <= child.start + 1]
        if not heads or _STOP.search(sentence, heads[-1].end(), child.start):
            return None
        between = (pattern.search(sentence, heads[-1].end(), child.start) for pattern in self.sorts.values())
        return None if any(between) else heads[-1].span()


@cache
def _words(lang: str) -> _Words:
    vocabulary = Vocabulary.load(lang)
    children, casualties, people = (vocabulary.table(name) for name in ("children", "casualties", "people"))
    number = number_pattern(lang)
    filler = rf"(?:{alternatives([*people['filler'], *children['filler']])}\s+){{0,3}}"
    parts = [*casualties["of_them_patterns"], *casualties["among_patterns"]]
    young = alternatives(children["young_patterns"])
    aged = rf"(?:{children['age_pattern']}|{young})"
    child = (
        rf"(?<![\w-])(?:(?P<number>{number})\s+(?:{alternatives(parts)}\s+)?(?:[—–-]\s+)?)?{filler}"
        rf"(?:{aged.replace('<age>', '<aged>')}\s+)?{filler}"
        rf"(?:(?P<one>{alternatives(children['one'])})|{alternatives(children['several'])})(?![\w'’-])"
        rf"|(?<![\w-])(?:(?P<times>{number})\s+)?(?P<young>{aged})(?![\w-])"
    )
    told = [*children["one"], *children["several"], *children["young_patterns"], children["age_pattern"]]
    flags = re.IGNORECASE
    return _Words(
        lang=lang,
        any=words(rf"(?:{word})\w*" for word in told),
        child=re.compile(child, flags),
        before=re.compile(rf"(?<!\w){alternatives([*casualties['part_patterns'], *casualties['among_patterns']])}(?!\w)|\(", flags),
        behind=words(parts),
        sorts={kind: words(casualties[kind]) for kind in CASUALTIES},
    )
