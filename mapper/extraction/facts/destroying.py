"""Whether what was destroyed are weapons in the air, or what they hit: "destroyed ten drones", "a drone destroyed a house"."""

from __future__ import annotations

from functools import cache

from mapper.extraction.wording.vocabulary import Vocabulary
from mapper.extraction.wording.wordlist import WordList, alternatives, words

__all__ = ["is_of_a_target"]


def is_of_a_target(clause: str, lang: str) -> bool:
    """Tell whether a clause says that weapons destroyed something on the ground.

    Examples
    --------
    >>> is_of_a_target("zwei drohnen zerstörten in isjum ein wohnhaus.", "de")
    True
    >>> is_of_a_target("die luftabwehr zerstörte zwei drohnen über einem wohnhaus.", "de")
    False
    """
    vocabulary = Vocabulary.load(lang)
    if vocabulary.pattern("counts", "downed_patterns").search(clause):
        return True  # "A drone shot down near the plant hit a transformer."
    if not vocabulary.pattern("counts", "destroyed_patterns").search(clause):
        return False
    return bool(_target(lang).search(clause)) and not vocabulary.pattern("counts", "air_defence_patterns").search(clause)


@cache
def _target(lang: str) -> WordList:
    """Match a target that is no mere place of the event: "a house", not "over a house"."""
    vocabulary = Vocabulary.load(lang)
    beside = "".join(rf"(?<!\b{word} )" for word in vocabulary.table("counts").get("beside", ()))
    listed = [*vocabulary.table("targets")["patterns"], *vocabulary.table("counts")["ground_patterns"]]
    return words([beside + alternatives(listed)])
