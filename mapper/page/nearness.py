"""Hidden positions found again among numbers, however they are written: degrees, whole steps of a degree, in either order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from mapper.crs import distance_km
from mapper.editing.secrets import HIDDEN_KM

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

__all__ = ["Hits", "Positions", "in_text", "pairs_in_bytes"]

#: Steps to a degree that whole numbers may count; 1 stands for degrees.
STEPS = (1.0, 1e3, 1e4, 1e5, 1e6, 1e7)

#: Degrees of latitude in which `HIDDEN_KM` lies, and somewhat more.
_REACH = HIDDEN_KM / 111.0

_DECIMAL = re.compile(r"(?<![\w.,])[-−]?\d{1,3}[.,]\d{3,}")
_FORMS = ("<f8", ">f8", "<f4", ">f4", "<i4", ">i4")


@dataclass(frozen=True, slots=True)
class Hits:
    """Where hidden positions were found: row, number of the hidden position, and what stands there, `lon, lat`."""

    row: NDArray[np.int64]
    hidden: NDArray[np.int64]
    found: NDArray[np.float64]
    steps: float


class Positions:
    """Hidden positions, `lon, lat`, one a row, to be looked for."""

    def __init__(self, positions: NDArray[np.float64]) -> None:
        self.positions = positions
        lon, lat = positions.T if len(positions) else (np.zeros(0), np.zeros(0))
        squeeze = np.maximum(np.cos(np.radians(lat)), 0.01)
        self._axes = (_Axis(lon, _REACH / float(squeeze.min(initial=1.0))), _Axis(lat, _REACH))
        self._tree = shapely.STRtree(shapely.box(lon - _REACH / squeeze, lat - _REACH, lon + _REACH / squeeze, lat + _REACH))

    def in_columns(self, columns: Mapping[str, NDArray[Any]]) -> Iterator[Hits]:
        """Look at every two columns of one length, and at every two neighbours in a column."""
        if not len(self.positions):
            return
        for steps in STEPS:
            near = {name: found for name, column in columns.items() if (found := self._near(column, steps)) is not None}
            for name, (lon, lat, values) in near.items():
                for other, (_, other_lat, other_values) in near.items():
                    if other != name:
                        rows = np.flatnonzero(lon & other_lat)
                        yield from self._hits(rows, values[rows], other_values[rows], steps)
                ahead = np.flatnonzero(lon[:-1] & lat[1:])
                yield from self._hits(ahead, values[ahead], values[ahead + 1], steps)
                back = np.flatnonzero(lat[:-1] & lon[1:])
                yield from self._hits(back, values[back + 1], values[back], steps)

    def pairs(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> Iterator[Hits]:
        """Look at positions."""
        yield from self._hits(np.arange(len(lon)), lon, lat, 1.0)

    def anywhere(self, values: NDArray[Any]) -> Iterator[Hits]:
        """Look for hidden longitudes and latitudes that both stand somewhere among floating numbers, to the last bit."""
        there = [np.isin(axis.astype(values.dtype), values) for axis in self.positions.T]
        hidden = np.flatnonzero(there[0] & there[1])
        if len(hidden):
            yield Hits(np.zeros(len(hidden), dtype=np.int64), hidden, self.positions[hidden], 1.0)

    def _near(self, column: NDArray[Any], steps: float) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.float64]] | None:
        """Mark what may be a hidden longitude and a hidden latitude; None if nothing may."""
        if steps == 1.0 and not np.issubdtype(column.dtype, np.floating):
            return None
        with np.errstate(invalid="ignore", over="ignore"):
            values = np.asarray(column, dtype=float) / steps
        lon, lat = (axis.near(values) for axis in self._axes)
        return (lon, lat, values) if lon.any() or lat.any() else None

    def _hits(self, rows: NDArray[np.int64], lon: NDArray[np.float64], lat: NDArray[np.float64], steps: float) -> Iterator[Hits]:
        if not len(rows) or not len(self.positions):
            return
        point, hidden = self._tree.query(shapely.points(lon, lat))
        close = distance_km(lon[point], lat[point], *self.positions[hidden].T) <= HIDDEN_KM
        if close.any():
            point, hidden = point[close], hidden[close]
            yield Hits(rows[point], hidden, np.column_stack([lon[point], lat[point]]), steps)


class _Axis:
    """The hidden longitudes, or latitudes."""

    def __init__(self, values: NDArray[np.float64], reach: float) -> None:
        self._sorted = np.append(np.sort(values), np.inf)
        self._reach = reach

    def near(self, values: NDArray[np.float64]) -> NDArray[np.bool_]:
        lowest, highest = self._sorted[0] - self._reach, self._sorted[-2] + self._reach
        found: NDArray[np.bool_] = (values >= lowest) & (values <= highest)
        some = np.flatnonzero(found)
        found[some] = self._sorted[np.searchsorted(self._sorted, values[some] - self._reach)] <= values[some] + self._reach
        return found


def in_text(text: str) -> NDArray[np.float64]:
    """Give the numbers of at least three decimal places that a text has, in their order.

    Examples
    --------
    >>> in_text("at 50.9216 N, 34,8003 E, on 22.11").tolist()
    [50.9216, 34.8003]
    """
    return np.array([float(found.replace(",", ".").replace("−", "-")) for found in _DECIMAL.findall(text)], dtype=float)


def pairs_in_bytes(data: bytes) -> Iterator[tuple[str, NDArray[Any]]]:
    """Read bytes as doubles, floats and whole numbers from every offset, with the name of each reading."""
    for form in _FORMS:
        size = np.dtype(form).itemsize
        for offset in range(size):
            count = (len(data) - offset) // size
            if count > 1:
                yield form, np.frombuffer(data, dtype=form, count=count, offset=offset)
