"""Whether an event has the word of several: two outlets that quote one mayor have one source.

Two claimants are one where that may be so: a mayor who is named and one who is not, a ministry and "the ministry". Too
little is called corroborated rather than too much.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import combinations
from typing import TYPE_CHECKING, Any

from mapper.extraction.wording.stems import skeletons
from mapper.extraction.wording.wordlist import WordList, words
from mapper.merging.clues import sounds
from mapper.merging.versions import page_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["are_one", "corroborated"]

_CAPITALISED = re.compile(r"(?<![\w'’])[A-ZÀ-ÞА-ЯЁІЇЄҐ][\w'’-]+")
#: A person's given name and surname.
_NAME = re.compile(rf"{_CAPITALISED.pattern}(?:\s+{_CAPITALISED.pattern})+")


def corroborated(claims: Iterable[Mapping[str, Any]], publishers: Mapping[str, str]) -> bool:
    """Tell whether two outlets give the word of two claimants for an event.

    An outlet that names nobody speaks for itself. What is denied or taken back is no word for it.

    Parameters
    ----------
    claims
        All claims on the event, as rows of the claims table.
    publishers
        Who published what, by the ids of pages.
    """
    said: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        outlet = publishers.get(page_of(claim["source_id"]))
        if outlet and claim["status"] not in {"denied", "retracted"}:
            said[outlet].add(claim["by"] or "")
    voices = [[by for by in named if by] or [outlet] for outlet, named in said.items()]
    return any(not are_one(by, other) for one, another in combinations(voices, 2) for by in one for other in another)


def are_one(by: str, other: str) -> bool:
    """Tell whether two claimants may be one person or office.

    Examples
    --------
    >>> are_one("Kharkiv mayor", "Mayor Ihor Terekhov"), are_one("Артем Кобзар", "acting mayor Artem Kobzar")
    (True, True)
    >>> are_one("mayor", "police"), are_one("Russian Defence Ministry", "Ukrainian Defence Ministry")
    (False, False)
    """
    one, another = _voice(by), _voice(other)
    if one.sides and another.sides and not one.sides & another.sides:
        return False
    if one.is_vague or another.is_vague or one.words <= another.words or another.words <= one.words:
        return True
    if one.surnames & another.capitalised or another.surnames & one.capitalised:
        return True
    # Two persons who are named have the same office one after the other, or in two places.
    return bool(one.offices & another.offices) and not (one.surnames and another.surnames)


@dataclass(frozen=True, slots=True)
class _Voice:
    words: frozenset[str]
    sides: frozenset[str]
    offices: frozenset[str]
    surnames: frozenset[str]
    capitalised: frozenset[str]
    is_vague: bool


@dataclass(frozen=True, slots=True)
class _Words:
    sides: Mapping[str, WordList]
    offices: Mapping[str, WordList]
    vague: WordList
    impersonal: WordList


@lru_cache(maxsize=8192)
def _voice(by: str) -> _Voice:
    listed = _words()
    # An office or a body is no part of a person's name, which may stand right behind it: "Mayor Ihor Terekhov".
    names = _NAME.findall(listed.impersonal.sub(",", by))
    return _Voice(
        words=frozenset(skeletons(by).split()),
        sides=frozenset(side for side, pattern in listed.sides.items() if pattern.search(by)),
        offices=frozenset(office for office, pattern in listed.offices.items() if pattern.search(by)),
        surnames=frozenset(sounds(name.split()[-1]) for name in names),
        capitalised=frozenset(sounds(word) for word in _CAPITALISED.findall(by)),
        is_vague=bool(listed.vague.fullmatch(by)),
    )


@cache
def _words() -> _Words:
    table = tomllib.loads(files("mapper.merging").joinpath("voices.toml").read_text(encoding="utf-8"))
    offices = [word for listed in table["offices"].values() for word in listed]
    sides = [word for listed in table["sides"].values() for word in listed]
    return _Words(
        sides={side: words(listed) for side, listed in table["sides"].items()},
        offices={office: words(listed) for office, listed in table["offices"].items()},
        vague=words(table["vague"]["words"]),
        impersonal=words([*offices, *sides, *table["bodies"]["words"]]),
    )
