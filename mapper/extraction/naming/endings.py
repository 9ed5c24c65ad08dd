"""How adjectives of places end in Ukrainian and Russian (`[by_adjective]` of `cues.toml`): "Курської", "на Лиманському"."""

from __future__ import annotations

import re
from functools import cache

from mapper.gazetteer.names import cues

__all__ = ["ADJECTIVE_CASES", "endings", "ends_in", "pattern"]

#: The lists of endings that an adjective of a place may have behind its suffix.
ADJECTIVE_CASES = ("singular", "locative", "genitive")


@cache
def endings(key: str) -> tuple[str, ...]:
    """Give a list of endings or words of `[by_adjective]`."""
    return tuple(cues()["by_adjective"][key])


@cache
def pattern(case: str) -> str:
    """Write an expression for the end of an adjective of a place in one of `ADJECTIVE_CASES`."""
    return rf"(?:{'|'.join(endings('suffixes'))})(?:{'|'.join(endings(case))})$"


@cache
def _compiled(case: str) -> re.Pattern[str]:
    return re.compile(pattern(case))


def ends_in(word: str, case: str = "singular") -> bool:
    """Tell whether a word in small letters, or the last of several, is an adjective of a place in one of `ADJECTIVE_CASES`.

    Examples
    --------
    >>> ends_in("курской"), ends_in("курской", "genitive"), ends_in("курск")
    (True, True, False)
    """
    return _compiled(case).search(word) is not None
