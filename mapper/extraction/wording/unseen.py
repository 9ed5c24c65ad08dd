r"""Characters that no reader sees, inside a text whose positions must stay: soft hyphens, marks of direction, of bold print.

Such a text is read without them, and what is found is told in the positions of the text as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapper.sources.decoding import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Seen", "seen"]

#: Markdown's marks of bold print.
_BOLD = re.compile(r"\*\*+(?=\S)|(?<=\S)\*\*+|(?<!\w)__(?=\w)|(?<=\S)__(?!\w)")


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
    >>> seen("**Source:** the mayor").text
    'Source: the mayor'
    >>> seen("In Sumy") is None
    True
    """
    bold = {at for match in _BOLD.finditer(text) for at in range(*match.span())}
    if not bold and len(visible(text)) == len(text):
        return None
    positions = [index for index, character in enumerate(text) if index not in bold and visible(character)]
    return Seen("".join(text[index] for index in positions), positions)
