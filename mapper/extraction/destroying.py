"""Whether what was destroyed are weapons in the air, or what they hit: "destroyed ten drones", "a drone destroyed a house"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from mapper.extraction.vocabulary import Vocabulary, alternatives, small_words

if TYPE_CHECKING:
    import re

__all__ = ["is_of_a_target"]


def is_of_a_target(in_small: str, lang: str) -> bool:
    """Tell whether a clause, in small letters, says that weapons destroyed something on the ground.

    Examples
    --------
    >>> is_of_a_target("zwei drohnen zerstörten in isjum ein wohnhaus.", "de")
    True
    >>> is_of_a_target("die luftabwehr zerstörte zwei drohnen über einem wohnhaus.", "de")
    False
    """
    vocabulary = Vocabulary.load(lang)
    if not vocabulary.pattern("counts", "destroyed_patterns").search(in_small):
        return False
    return bool(_target(lang).search(in_small)) and not vocabulary.pattern("counts", "air_defence_patterns").search(in_small)


@cache
def _target(lang: str) -> re.Pattern[str]:
    """Match a target that is no mere place of the event: "a house", not "over a house"."""
    vocabulary = Vocabulary.load(lang)
    beside = "".join(rf"(?<!\b{word} )" for word in vocabulary.table("counts").get("beside", ()))
    return small_words([beside + alternatives(vocabulary.table("targets")["patterns"])])
