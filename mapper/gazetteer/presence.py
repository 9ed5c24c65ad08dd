"""Which keys cannot be names, told without a search: nine in ten of what the gazetteer is asked are guesses that it lacks.

A key is the number that its bytes make, modulo a prime: a slot of a table, where a bit says that some name falls there. The
numbers of all names, and of all beginnings of names, come out of one running sum over Arrow's buffers. That costs what
some ten thousand searches cost, so that a process pays for it once it has asked as many: one question needs no table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from mapper.gazetteer.layer import Strings

__all__ = ["Presence"]

#: How many questions are answered by searching.
PATIENCE = 10_000
#: The largest prime below 2**23: eight megabytes, of which a million names fill a tenth.
_SLOTS = 8_388_593
_NAME, _BEGINNING = 1, 2
#: How many names are read at a time, so that what is on the way to the table stays small.
_AT_ONCE = 1 << 15
_SPACE = ord(" ")


class Presence:
    """What may be a name, and what may begin one; all may until enough was asked.

    Parameters
    ----------
    columns
        Gives the columns of all folded keys.
    """

    def __init__(self, columns: Callable[[], Iterable[Strings]], patience: int = PATIENCE) -> None:
        self._columns = columns
        self._patience = patience
        self._table: bytes | None = None

    def may_be_name(self, key: str) -> bool:
        """Tell whether a folded key may be a name; if not, it is none."""
        table = self._table or self._asked()
        return not table or bool(table[int.from_bytes(key.encode(), "little") % _SLOTS] & _NAME)

    def likely(self, keys: Sequence[str]) -> Sequence[str]:
        """Give those of some guesses that may be names, in their order."""
        if not (table := self._table):
            return keys
        number = int.from_bytes
        return [key for key in keys if table[number(key.encode(), "little") % _SLOTS] & _NAME]

    def may_begin(self, key: str) -> bool:
        """Tell whether a longer name may begin with the words of a folded key; if not, none does."""
        table = self._table or self._asked()
        return not table or bool(table[int.from_bytes(key.encode(), "little") % _SLOTS] & _BEGINNING)

    def _asked(self) -> bytes | None:
        self._patience -= 1
        if self._patience < 0:
            self._table = _table(self._columns())
        return self._table


def _table(columns: Iterable[Strings]) -> bytes:
    table = np.zeros(_SLOTS, np.uint8)
    for column in columns:
        for first in range(0, len(column), _AT_ONCE):
            _mark(table, *column.part(first, first + _AT_ONCE))
    return table.tobytes()


def _mark(table: NDArray[np.uint8], ends: NDArray[np.int64], letters: NDArray[np.uint8]) -> None:
    """Mark names that stand one behind the other, each from one of the ends to the next."""
    lengths = np.diff(ends)
    begins = np.repeat(ends[:-1], lengths)
    weights = _weights(int(lengths.max(initial=0)))
    sums = np.concatenate([[0], np.cumsum(weights[np.arange(len(letters)) - begins] * letters)])
    table[(sums[ends[1:]] - sums[ends[:-1]]) % _SLOTS] |= _NAME
    spaces = np.flatnonzero(letters == _SPACE)
    table[(sums[spaces] - sums[begins[spaces]]) % _SLOTS] |= _BEGINNING


def _weights(length: int) -> NDArray[np.int64]:
    """Give what a byte counts at each position of a key."""
    return np.array([pow(256, position, _SLOTS) for position in range(length)], np.int64)
