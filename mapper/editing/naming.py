"""Whether a text names a place that must not be named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapper.extraction.naming import toponyms
from mapper.gazetteer.names import fold, is_cyrillic, romanise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mapper.gazetteer.index import Gazetteer
    from mapper.gazetteer.place import Place

__all__ = ["PlaceNames"]

_WORD = re.compile(r"[^\W\d_]+")
#: Letters that case endings and adjectives may change at the end of a name, and the fewest that are left of it.
_ENDING = 2
_SHORTEST_STEM = 3
#: A word in small letters is as long as this to be taken for a name, where none is written with a capital.
_SHORTEST_SMALL = 4


class PlaceNames:
    """The names of hidden places, and the gazetteer for those that the incident does not know.

    It rather finds a name too many: a text in doubt is left out.

    Parameters
    ----------
    hidden
        What the incident calls its places.
    shown
        The places that may be named.
    """

    def __init__(self, gazetteer: Gazetteer, level: str, hidden: Iterable[str], shown: Iterable[Place]) -> None:
        self._gazetteer = gazetteer
        self._open = {"country"} if level == "country" else {"country", "admin1", "region"}
        self._shown = {place.id for place in shown}
        # The beginnings of the hidden names' words, in Latin letters.
        words = {word for name in hidden for word in _latin(_named(name)) if len(word) >= _SHORTEST_STEM}
        self._stems = tuple(sorted({word[: max(_SHORTEST_STEM, len(word) - _ENDING)] for word in words}))

    def named_in(self, text: str) -> bool:
        """Tell whether a text has a hidden name in it, in any case form or as an adjective, or that of any other sharp place."""
        if self._stems and any(word.startswith(self._stems) for word in _latin(text)):
            return True
        for lang in ("uk", "ru") if is_cyrillic(text) else ("en", "de"):
            for mention in toponyms.find(text, self._gazetteer, lang):
                found = [match for match in self._gazetteer.matches(mention.text) if match.place.id not in self._shown]
                # Some town or other is called as every country is.
                if any(match.place.kind == "country" and not match.rank for match in found):
                    continue
                if not found or not {match.place.kind for match in found} <= self._open:
                    return True
        return False


def _named(text: str) -> str:
    """Give the words of a text that a name may be: those with a capital, or whose letters have none."""
    words = _WORD.findall(text)
    return " ".join([word for word in words if not word[0].islower()] or [word for word in words if len(word) >= _SHORTEST_SMALL])


def _latin(text: str) -> Iterator[str]:
    for word in _WORD.findall(text):
        yield fold(word)
        for spelling in romanise(word):
            yield fold(spelling)
