"""What the quotes of a report say beyond place and day: the time of the day, and the district of a city.

Two strikes on one city on one day are told apart by these alone. A clue only ever keeps reports apart or speaks for them
being one; none is stored.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from mapper.extraction.wording.stems import skeletons
from mapper.extraction.wording.vocabulary import Vocabulary, languages
from mapper.extraction.wording.wordlist import WordList, alternatives, words
from mapper.gazetteer.names import fold, romanise

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["hours", "share_district", "sounds", "spelling"]

#: How far from the clock a report that says "about" may be, in hours.
_ABOUT = 0.75

#: Names of one district in two languages are at least this alike, in per cent of their consonants.
_ALIKE = 75

#: German and Russian spellings of the sounds that English romanisation writes otherwise, and the vowels.
_SOUNDS = (("tsch", "ch"), ("sch", "sh"), ("kh", "h"), ("ch", "h"), ("w", "v"), ("g", "h"))
_ENDING = re.compile(r"(?:ivskyi|ivskyj|skyi|skyj|skiy|skom|skomu|skoho|skogo|skoi|skij|sky|skii)$")
_VOWELS = re.compile(r"(?<=.)[aeiouyj]+")


@dataclass(frozen=True, slots=True)
class _Words:
    parts: tuple[tuple[float, float, WordList], ...]
    clock: tuple[WordList, ...]
    later_half: frozenset[str]
    districts: tuple[re.Pattern[str], ...]
    speech: re.Pattern[str]


def hours(quotes: Iterable[str]) -> tuple[float, float] | None:
    """Give the hours of the day that quotes put an event between, None where they do not say.

    The time at which somebody said it is not that of the event.

    Examples
    --------
    >>> hours(["A drone hit a bus on Friday morning."]), hours(["It fell at about 5 p.m."])
    ((5.0, 12.0), (16.25, 17.75))
    >>> hours(["Two were hurt, the mayor said on Friday morning."])
    """
    said = [span for quote in quotes for span in _hours(quote)]
    return (min(start for start, _ in said), max(end for _, end in said)) if said else None


def share_district(quotes: Iterable[str], others: Iterable[str]) -> bool | None:
    """Tell whether both reports name the same district of a city; None where one of them names none.

    Examples
    --------
    >>> share_district(["It fell in the Shevchenkivskyi district."], ["Упал в Шевченковском районе."])
    True
    >>> share_district(["It fell in the Podilskyi district."], ["Впав у Дарницькому районі."])
    False
    """
    one, other = ({name for quote in told for name in _districts(quote)} for told in (quotes, others))
    if not one or not other:
        return None
    return any(fuzz.ratio(a, b) >= _ALIKE for a in one for b in other)


@lru_cache(maxsize=8192)
def spelling(name: str) -> str:
    """Reduce the name of a place that could not be located to what its cases share, in Latin letters.

    Examples
    --------
    >>> spelling("Андріївці") == spelling("Андріївка")
    True
    """
    bare = skeletons(name)
    return (romanise(bare) or (bare,))[0]


@lru_cache(maxsize=8192)
def _hours(quote: str) -> tuple[tuple[float, float], ...]:
    listed = _words()
    found = []
    for clock in listed.clock:
        for match in clock.finditer(quote):
            hour = int(match["hour"]) + int(match.groupdict().get("minute") or 0) / 60
            half = (match.groupdict().get("half") or "").lower()
            hour += 12 if half in listed.later_half and hour < 12 else 0
            if hour < 24:
                found.append((max(0.0, hour - _ABOUT), min(24.0, hour + _ABOUT)))
    if found:
        return tuple(found)
    return tuple(
        (start, end)
        for start, end, pattern in listed.parts
        for match in pattern.finditer(quote)
        if not listed.speech.search(quote, max(0, match.start() - 40), match.start())
    )


@lru_cache(maxsize=8192)
def _districts(quote: str) -> tuple[str, ...]:
    return tuple(sounds(match["name"]) for pattern in _words().districts for match in pattern.finditer(quote))


def sounds(name: str) -> str:
    """Reduce a name to what its spellings in four languages share.

    Examples
    --------
    >>> sounds("Holosiivskyi"), sounds("Голосеевском")
    ('hls', 'hls')
    """
    spelt = (romanise(name) or (fold(name),))[0]
    stem = _ENDING.sub("", fold(spelt))
    for written, sound in _SOUNDS:
        stem = stem.replace(written, sound)
    stem = _VOWELS.sub("", stem)
    return stem[:-1] if len(stem) > 2 and stem.endswith("v") else stem


@cache
def _words() -> _Words:
    table = tomllib.loads(files("mapper.merging").joinpath("clues.toml").read_text(encoding="utf-8"))
    speech = alternatives(word for lang in languages() for word in Vocabulary.load(lang).table("claims")["speech"])
    return _Words(
        parts=tuple((float(part["hours"][0]), float(part["hours"][1]), words(part["words"])) for part in table["parts"]),
        clock=tuple(words([pattern]) for pattern in table["clock"]["patterns"]),
        later_half=frozenset(table["clock"]["later_half"]),
        districts=tuple(re.compile(pattern) for pattern in table["districts"]["patterns"]),
        speech=re.compile(rf"(?<!\w){speech}(?:\s+[\w'’-]+){{0,2}}\s*$", re.IGNORECASE),
    )
