"""What a story keeps in mind while it is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mapper.extraction.story.arms import Arms
    from mapper.extraction.story.bearings import Bearings
    from mapper.extraction.story.telling import Telling
    from mapper.extraction.story.ties import Ties
    from mapper.extraction.story.waiting import Waiting
    from mapper.extraction.wording.vocabulary import Vocabulary
    from mapper.taxonomy import Taxonomy

__all__ = ["Memory"]


@dataclass(slots=True)
class Memory:
    """What has been told, what waits for more, the weapons and places named, and what ties one event to another.

    `posted` tells that the section being read is an entry posted after others: "09:40 The number of injured has risen to five."
    """

    lang: str
    words: Vocabulary
    taxonomy: Taxonomy
    ties: Ties
    telling: Telling
    waiting: Waiting
    arms: Arms
    bearings: Bearings
    posted: bool = False
