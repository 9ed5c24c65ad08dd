"""The paragraphs of a text: its lines or, where each sentence is a line of its own, what is told of one place.

News sites and posts often set each sentence apart. Their line breaks say nothing then, and a sentence that names no other
place goes on with the paragraph before, but for one that sums up: "In total, 246 drones were launched.".
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from mapper.extraction.wording.stems import skeletons

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapper.extraction.naming.toponyms import Mention
    from mapper.extraction.wording.sentences import Sentence

__all__ = ["Paragraphs"]

#: How many lines show how a text is set, and how many of them have one sentence where each is set apart.
_LINES = 3
_SHARE = 0.8


class Paragraphs:
    """The paragraphs of an article that has these sentences, as far as it has been read; `set_apart` if each has a line to itself."""

    def __init__(self, sentences: Iterable[Sentence]) -> None:
        self.set_apart = _are_set_apart(sentences)
        self._last: Sentence | None = None
        # The places that the paragraph has named.
        self._named: set[str] = set()
        # How many lines have gone on with the one before.
        self._joined = 0

    def place(self, sentence: Sentence, told_of: Sequence[Mention], *, sums_up: bool, closes: bool) -> Sentence:
        """Give the next sentence with the number of the paragraph that it is in, by the places that it tells of.

        `sums_up` tells that it is of all that befell, and `closes` that it ends the text with who told it.
        """
        last, self._last = self._last, sentence
        names = {skeletons(m.name) for m in told_of}
        if last is None or sentence.paragraph != last.paragraph:
            goes_on = names <= self._named and not (sums_up or closes)
            if last and goes_on and _is_next(sentence, last):
                self._joined += 1
            else:
                self._named = set()
        self._named |= names
        return replace(sentence, paragraph=sentence.paragraph - self._joined)


def _are_set_apart(sentences: Iterable[Sentence]) -> bool:
    lines: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for sentence in sentences:
        if not (sentence.heading or sentence.item):
            lines[sentence.paragraph].add(sentence.whole)
    single = sum(len(told) == 1 for told in lines.values())
    return len(lines) >= _LINES and single >= _SHARE * len(lines)


def _is_next(sentence: Sentence, last: Sentence) -> bool:
    """Tell whether the line of a sentence follows another of the same section and begins no entry of a list, and neither is a heading."""
    follows = sentence.section == last.section and sentence.paragraph == last.paragraph + 1
    return follows and not (sentence.item or sentence.heading or last.heading)
