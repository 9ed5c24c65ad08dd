"""The languages of an article that is in several, line by line."""

from __future__ import annotations

import re

from mapper.extraction.wording.sentences import LINE
from mapper.gazetteer.names import is_cyrillic
from mapper.sources.language import detect

__all__ = ["of_lines"]

_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
_CYRILLIC = frozenset({"uk", "ru"})


def of_lines(text: str) -> list[str]:
    r"""Give the language of each line; one too short to tell is in that of the line before, or the likeliest of its alphabet.

    Examples
    --------
    >>> of_lines("Вночі над областю збито дев'ять дронів. Постраждалих немає.\nThe governor said that nobody had been hurt.\nSumy")
    ['uk', 'en', 'en']
    """
    languages: list[str] = []
    for line in LINE.findall(text):
        cyrillic = is_cyrillic(line)
        guess = ("uk" if _UKRAINIAN.search(line) else "ru") if cyrillic else "en"
        alike = languages and cyrillic == (languages[-1] in _CYRILLIC)
        languages.append(detect(line) or (languages[-1] if alike else guess))
    return languages
