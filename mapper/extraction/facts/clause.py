"""A clause as it has been read by itself, before the story says what it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.extraction.facts.claimants import Attribution
    from mapper.extraction.facts.drafts import Draft
    from mapper.extraction.naming.toponyms import Mention
    from mapper.extraction.wording.sentences import Sentence

__all__ = ["Clause"]


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause read by itself: its words, its draft (of no type if it tells no event), who says it and what places it names.

    `names_places` tells whether any clause of its sentence names one.
    """

    text: str
    sentence: Sentence
    draft: Draft
    said: Attribution | None
    mentions: Sequence[Mention]
    names_places: bool
