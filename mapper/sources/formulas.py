"""Cells that a spreadsheet would run as a formula (OWASP, CSV injection), told to be text by an apostrophe in front.

Such a cell begins with ``= + - @``; one that begins with apostrophes before these gets one more, so that taking one off
gives back what was there.
"""

from __future__ import annotations

import re

__all__ = ["DANGEROUS", "GUARDED", "guarded", "unguarded"]

DANGEROUS = r"^('*[=+\-@\t\r])"
GUARDED = r"^'('*[=+\-@\t\r])"


def guarded(cell: str) -> str:
    """Make a cell safe to open in a spreadsheet.

    Examples
    --------
    >>> guarded("=1+1"), guarded("Sumy"), unguarded(guarded("'-5"))
    ("'=1+1", 'Sumy', "'-5")
    """
    return re.sub(DANGEROUS, r"'\1", cell)


def unguarded(cell: str) -> str:
    """Give back what `guarded` was given."""
    return re.sub(GUARDED, r"\1", cell)
