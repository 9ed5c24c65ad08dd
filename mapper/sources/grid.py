"""A table as its file gives it: text in columns, with the line that each row stands in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    from mapper.errors import Rejected

__all__ = ["Choose", "Grid", "unique_names"]

#: Given the header and the hashtags under it (often none), names the positions of the columns to read.
Choose = Callable[[Sequence[str], Sequence[str]], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Grid:
    """The chosen columns of a table, all as text.

    `rows` are numbers as an editor shows them. `lon` and `lat` are there where the format has positions of
    its own (NaN where a row has none); `geometry` is an array of shapely geometries or None, one a row, for
    what is no point. `damaged` is False where no cell can hold a NUL character.
    """

    header: tuple[str, ...]
    hashtags: tuple[str, ...]
    rows: NDArray[np.int32]
    columns: Mapping[int, pa.Array]
    rejected: tuple[Rejected, ...] = ()
    warnings: tuple[str, ...] = ()
    lon: NDArray[np.float64] | None = None
    lat: NDArray[np.float64] | None = None
    geometry: NDArray[Any] | None = None
    damaged: bool = True


def unique_names(header: Sequence[str]) -> list[str]:
    """Add a number to names that come twice, so that each names one column.

    Examples
    --------
    >>> unique_names(["a", "b", "a"])
    ['a', 'b', 'a (2)']
    """
    seen: dict[str, int] = {}
    names = []
    for name in header:
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names
