r"""Characters that no reader sees, inside a text whose positions must stay: soft hyphens, marks of direction.

Such a text is read without them, and what is found is told in the positions of the text as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapper.sources.decoding import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Seen", "seen"]


@dataclass(frozen=True, slots=True)
class Seen:
    """A text without the characters that no reader sees; `positions` are those of its characters in the whole text."""

    text: str
    positions: Sequence[int]

    def whole(self, start: int, end: int) -> tuple[int, int]:
        """Give the span of the whole text that a span of this one is."""
        if start >= end:
            at = self.positions[start] if start < len(self.positions) else (self.positions[-1] + 1 if self.positions else 0)
            return at, at
        return self.positions[start], self.positions[end - 1] + 1


def seen(text: str) -> Seen | None:
    r"""Leave out what no reader sees; None if there is nothing to leave out.

    Examples
    --------
    >>> found = seen("In Su\xadmy")
    >>> found.text, found.whole(3, 7)
    ('In Sumy', (3, 8))
    >>> seen("In Sumy") is None
    True
    """
    shown = visible(text)
    if len(shown) == len(text):
        return None
    positions = [index for index, character in enumerate(text) if visible(character)]
    return Seen(shown, positions)
