"""The places that a text names, asked for by where it names them."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from mapper.extraction.wording.stems import skeletons
from mapper.extraction.wording.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mapper.extraction.facts.shares import Share
    from mapper.extraction.naming.mentions import Mention

__all__ = ["Named", "of_places"]

_WORD = re.compile(r"[^\W\d]+")

#: The countries whose attacks are told of, and how long an article before a name is: "in der Ukraine".
_AT_WAR = ("Russia", "Ukraine")
_ARTICLE = 4


def of_places(text: str, mentions: Sequence[Mention], lang: str) -> list[Mention]:
    """Give of what bears the name of a place that which is one: no river in "the left bank of the Dnipro", no "day" and no "side"."""
    words = Vocabulary.load(lang)
    no_place = words.pattern("places", "not_places")
    rivers = [m.span() for m in words.pattern("places", "not_places_within_patterns").finditer(text)]
    mentions = [m for m in mentions if not any(start <= m.start and m.end <= end for start, end in rivers)]
    return [m for m in mentions if m.role == "quarter" or not no_place.fullmatch(text, m.start, m.end)]


class Named:
    """The places that a text names; `tells_of` says whether the event being told is at one.

    Attributes
    ----------
    apart
        Those of the sentence being read that are none of its events: told in passing, or with their part of a country's toll.
    """

    def __init__(self, text: str, mentions: Sequence[Mention], lang: str, tells_of: Callable[[Mention], bool]) -> None:
        self._text = text
        self._mentions = mentions
        self._starts = [m.start for m in mentions]
        self._words = Vocabulary.load(lang)
        self._tells_of = tells_of
        self.apart: dict[Mention, Share | None] = {}

    def within(self, start: int, end: int) -> list[Mention]:
        """Give the places that a part of the text names, in its order."""
        return list(self.one_by_one(start, end))

    def one_by_one(self, start: int, end: int) -> Iterator[Mention]:
        """Give the places that a part of the text names, one after another."""
        first = bisect_left(self._starts, start)
        for mention in (self._mentions[k] for k in range(first, bisect_left(self._starts, end, first))):
            # "In the Darnytskyi district, a roof caught fire": no other place, where the attack on the city is being told.
            within = mention.role == "quarter" and self._tells_of(mention)
            if mention.end <= end and mention not in self.apart and not within:
                yield mention

    def beside(self, start: int, end: int) -> Iterator[str]:
        """Give the words of a part of the text that are of no place's name."""
        since = start
        for mention in self.one_by_one(start, end):
            yield from (word.group() for word in _WORD.finditer(self._text, since, max(since, mention.start)))
            since = max(since, mention.end)
        yield from (word.group() for word in _WORD.finditer(self._text, since, end))

    def comes_back_to(self, place: Mention, end: int) -> bool:
        """Tell whether the text names a place again behind a character."""
        return any(m.start >= end and skeletons(m.name) == skeletons(place.name) for m in self._mentions)

    def is_abroad(self, place: Mention) -> bool:
        """Tell whether a place is a country that is not at war, with the article that its name may have."""
        named = (self._text, max(0, place.start - _ARTICLE), place.end)
        return place.kind == "country" and not any(self._words.pattern("actors", one).search(*named) for one in _AT_WAR)
