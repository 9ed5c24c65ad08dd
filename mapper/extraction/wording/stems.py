"""What stays of a word in every case and spelling, so that "Сумах" and "Суми" are heard as one name.

No dictionary: of a Cyrillic word its case ending and its changing vowels are left out. That is enough to tell the
names of one article from one another, and too little to look one up.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["of_region", "skeleton", "skeletons"]

_WORD = re.compile(r"[^\W_]+")
_ENDING = re.compile(
    r"(?<=[а-яґєії]{2})(?:ими|ого|его|ому|ему|ої|ой|ою|ею|єю|ами|ями|ьми|ием|ем|ом|єм|им|ым|ий|ый|ій|ая|яя|ее|ое|ие|ые|ую|юю|"
    r"ах|ях|ам|ям|ых|их|ия|ии|ию|ії|ію|ія|[аеиіїоуыьэюяєй])$"
)
_VOWELS = re.compile(r"(?<=.)[аеёиіїоуыьъэюяєй'’ʼ]+")
_LATIN_GENITIVE = re.compile(r"(?<=[a-zß]{3})(?:e?s|e[nr]?)$")
#: Consonants that change before an ending: "Семенівка", "у Семенівці"; "Ріг", "у Розі".
_SHIFTED = str.maketrans("цзсчжш", "кгхкгх")
#: What the nouns and the adjective of a region add to its name, without vowels: "Донеччина", "Донецька область".
_OF_A_REGION = re.compile("(?:щн|ч?чн|ск|цк|зк|жж|жг)$")
_CYRILLIC = re.compile(r"[а-яёґєії]")


@lru_cache(maxsize=8192)
def skeleton(word: str) -> str:
    """Give the part of a word that its cases share.

    Examples
    --------
    >>> skeleton("Сумах") == skeleton("Суми"), skeleton("Харкові") == skeleton("Харків")
    (True, True)
    >>> skeleton("Курск") == skeleton("Курской"), skeleton("Sumy")
    (True, 'sumy')
    """
    lower = word.casefold()
    if not _CYRILLIC.search(lower):
        return _LATIN_GENITIVE.sub("", lower)
    stem = _VOWELS.sub("", _ENDING.sub("", lower)) or lower
    return stem[:-1] + stem[-1].translate(_SHIFTED)


@lru_cache(maxsize=8192)
def skeletons(name: str) -> str:
    """Give the skeletons of the words of a name, in order."""
    return " ".join(skeleton(word) for word in _WORD.findall(name))


def of_region(name: str) -> str:
    """Give what the noun and the adjective of a region share.

    Examples
    --------
    >>> of_region("Полтавщину") == of_region("Полтавской области")
    True
    """
    return _OF_A_REGION.sub("", skeletons(name).split(" ")[0])
