"""In which region each place of a text is, as far as its names and their order tell: a text goes on about one until it names another.

"In the Kherson region, Bilozerka was shelled. ¶ In Druzhkivka, one person was killed." There is a Bilozerka in two regions
and this one is in the region named before it; a Druzhkivka there is only in another, so the text has gone on there.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapper.extraction.naming.mentions import Mention

__all__ = ["are_apart", "regions_of", "settle"]

Regions = frozenset[str]


def regions_of(mentions: Iterable[Mention]) -> Regions:
    """Give the admin-1 areas in any of which one of several places may be."""
    return Regions().union(*(m.regions for m in mentions))


def settle(mentions: Sequence[Mention], titled: Sequence[Mention] = (), paragraphs: Sequence[int] = ()) -> list[Mention]:
    """Leave to each mention of a text, in its order, the region told of before it, if it may be there, or else after it.

    Of what comes after it, only its own paragraph tells anything of it; `paragraphs` is where each of them begins. The region
    of a city needs not be told.
    """
    regions = _narrowed([m.regions for m in mentions], regions_of(titled))
    result: list[Mention] = []
    for _, together in groupby(zip(mentions, regions, strict=True), lambda one: bisect_right(paragraphs, one[0].start)):
        named = list(together)
        back = _narrowed([forth for _, forth in named][::-1], Regions())[::-1]
        result += [replace(mention, regions=left) for (mention, _), left in zip(named, back, strict=True)]
    return [
        replace(left, regions=frozenset({left.city})) if left.city and left.regions == told.regions else left
        for told, left in zip(mentions, result, strict=True)
    ]


def _narrowed(each: Sequence[Regions], here: Regions) -> list[Regions]:
    """Give of the regions in which each of several places may be those in which the one before it may be, if there are any."""
    result = []
    for regions in each:
        result.append(regions & here or regions)
        here = result[-1] or here
    return result


def are_apart(one: Iterable[str], other: Iterable[str]) -> bool:
    """Tell whether two places can lie in no one region; of those that may lie anywhere nothing is known."""
    regions, others = frozenset(one), frozenset(other)
    return bool(regions and others) and not regions & others
