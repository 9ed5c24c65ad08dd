"""How much may still come out of a file that somebody else may have made, where a few bytes can say that there are a billion rows."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["Allowance"]

#: Bytes of the offset of a text.
_OFFSET = 4


@dataclass(slots=True)
class Allowance:
    """Bytes that are left, and are spent before anything is made of so many; by default there is no end to them."""

    left: float = math.inf

    def spend(self, size: int) -> None:
        """Spend bytes.

        Raises
        ------
        ValueError
            If so many are not left, or the number makes no sense.
        """
        if not 0 <= size <= self.left:
            raise ValueError(f"it says that it has {size:,} bytes of data, more than {self.left:,}")
        self.left -= size

    def rows(self, count: int, kind: pa.DataType) -> None:
        """Spend what so many values of a type take; of texts that is where each of them ends."""
        self.spend(count * _OFFSET if _is_text(kind) else count * kind.bit_width // 8)

    def taken(self, values: pa.Array | pa.ChunkedArray, positions: pa.Array) -> pa.Array:
        """Take values by their positions, any of them as often as it is named."""
        if _is_text(values.type):
            self.spend(pc.sum(pc.binary_length(values).take(positions)).as_py() or 0)
        return values.take(positions)

    def repeated(self, value: pa.Scalar, count: int) -> pa.Array:
        """Repeat a value."""
        if _is_text(value.type) and value.is_valid:
            self.spend(count * pc.binary_length(value).as_py())
        return pa.repeat(value, count)


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_binary(kind))
