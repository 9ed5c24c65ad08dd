"""What a clause says beside what it tells: "Drones hit a depot in X, as the Kremlin threatened to strike Kyiv".

A part between commas, dashes and subordinating words that speaks of what may happen hides nothing of the rest; nor does
a relative clause that speaks of earlier times: "A drone hit a hostel in X, where 14 people were killed a week ago".
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from mapper.extraction.facts import casualties
from mapper.extraction.wording.vocabulary import Vocabulary
from mapper.extraction.wording.wordlist import alternatives, of_small, small

if TYPE_CHECKING:
    import re

__all__ = ["without_denied", "without_earlier", "without_supposed"]

#: How many clauses are kept, each of which is asked about several times while it is read.
_CLAUSES = 64


@lru_cache(maxsize=_CLAUSES)
def without_supposed(clause: str, lang: str = "en") -> str | None:
    """Blank out the parts of a clause that tell what may happen; None if nothing that is told comes before them.

    Examples
    --------
    >>> without_supposed("A missile hit a house, while Moscow threatened to strike Kyiv.").strip()
    'A missile hit a house'
    >>> without_supposed("Moscow threatened to strike Kyiv, the capital.")
    """
    vocabulary = Vocabulary.load(lang)
    supposed = [m.span() for m in vocabulary.pattern("exclusions", "hypothetical_patterns").finditer(clause)]
    if not supposed:
        return None
    cuts = [0, *(m.start() for m in _joints(lang).finditer(small(clause))), len(clause)]
    rest = clause
    for start, end in supposed:
        begin, last = cuts[bisect_right(cuts, start) - 1], cuts[min(bisect_right(cuts, end - 1), len(cuts) - 1)]
        rest = rest[:begin] + " " * (last - begin) + rest[last:]
    # What comes after "According to the scenario, ..." is supposed as well.
    told = clause[: cuts[bisect_right(cuts, supposed[0][0]) - 1]]
    done = bool(told) and vocabulary.holds("exclusions", "done_patterns", told)
    return rest if done or casualties.find(told, lang).hurt else None


def without_earlier(clause: str, lang: str = "en") -> str:
    """Blank out relative clauses that speak of earlier times.

    Examples
    --------
    >>> without_earlier("In Dnipro, where a missile killed 46 in 2023, a drone hit a hostel.").split()
    ['In', 'Dnipro,', ',', 'a', 'drone', 'hit', 'a', 'hostel.']
    """
    vocabulary = Vocabulary.load(lang)

    def blank(match: re.Match[str]) -> str:
        said = match.group()
        earlier = any(vocabulary.holds("exclusions", key, said) for key in ("background_patterns", "earlier_patterns"))
        return " " * len(said) if earlier else said

    return vocabulary.pattern("clauses", "relative_patterns").sub(blank, clause)


def without_denied(clause: str, lang: str = "en") -> str:
    """Blank out what a clause tells besides of somebody who denies something.

    Examples
    --------
    >>> without_denied("A drone hit a bus in X, the mayor said, dismissing claims that it carried troops.").strip()
    'A drone hit a bus in X, the mayor said,'
    """
    return Vocabulary.load(lang).pattern("clauses", "denying_patterns").sub(lambda m: " " * len(m.group()), clause)


@cache
def _joints(lang: str) -> re.Pattern[str]:
    return of_small(rf"[,;]\s|\s[–—-]\s|\s{alternatives(Vocabulary.load(lang).table('clauses')['subordinating'])}\s")
