"""The toll of a clause, also where only the clause before it says of what: "Two were killed in X, in Y three."."""

from __future__ import annotations

from mapper.extraction.facts import casualties, counts
from mapper.extraction.facts.casualties import Casualties
from mapper.incidents import CASUALTIES

__all__ = ["Tolls"]


class Tolls:
    """What the last clause of a text in a language tells of killed and injured."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._last, self._paragraph = Casualties(), -1

    def of_clause(self, text: str, paragraph: int, *, there: bool, tells: bool) -> Casualties:
        """Give the toll of the next clause, `there` if it names a place of its own, `tells` if it tells of an event."""
        hurt = casualties.find(text, self._lang)
        more = hurt if hurt.known else self._further(text, paragraph, there=there, tells=tells)
        toll = more if more.known else hurt
        self._last, self._paragraph = (Casualties() if counts.find(text, self._lang).met else toll), paragraph
        return toll

    def _further(self, text: str, paragraph: int, *, there: bool, tells: bool) -> Casualties:
        """Give the toll of a clause that goes on with that of the clause before, if it was one of killed or of injured alone.

        It is that of another place, or what the toll has grown to, where the clause tells of no event.
        """
        kinds = [kind for kind in CASUALTIES if getattr(self._last, kind).low]
        if len(kinds) != 1 or paragraph - self._paragraph > 1:
            return Casualties()
        grown = Casualties() if tells else casualties.grown(text, kinds[0], self._lang)
        return casualties.further(text, kinds[0], self._lang) if there and not grown.known else grown
