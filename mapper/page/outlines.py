"""Geometries that are not where a page's points are, as an archive keeps them: each different one once, in small numbers.

Borders have few decimals and the points of a line are near one another. So of a geometry with at most seven decimals
two things are kept: its skeleton, which is its WKB with all coordinates zero, and its coordinates as steps from the one
before. Any other is kept as WKB.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import shapely

from mapper.page.rest import least, numbers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

__all__ = ["kept", "told"]

_DECIMALS = (5, 6, 7)
_AS_IT_IS = 0


def kept(outlines: Sequence[bytes]) -> dict[str, pa.Array]:
    """Give the parts to keep of geometries, which are given as WKB."""
    shapes = np.asarray(shapely.from_wkb(np.array(outlines, dtype=object)), dtype=object)
    decimals = _decimals(shapes)
    small = decimals != _AS_IT_IS
    skeletons = np.array(outlines, dtype=object)
    coordinates, owner = shapely.get_coordinates(shapes[small], return_index=True)
    skeletons[small] = shapely.to_wkb(shapely.set_coordinates(shapes[small].copy(), np.zeros_like(coordinates)))
    steps = np.diff(np.round(coordinates * _scale(decimals[small], owner)).astype(np.int64), axis=0, prepend=0)
    parts = {"outlines decimals": pa.array(decimals), "outlines skeletons": pa.array(skeletons.tolist(), pa.binary())}
    parts |= {f"outlines {axis}": least(pa.array(steps[:, at])) for at, axis in enumerate(("lon", "lat"))}
    return parts


def told(parts: Mapping[str, pa.Array]) -> list[bytes]:
    """Give the geometries back as WKB.

    Raises
    ------
    ValueError, KeyError, shapely.errors.ShapelyError
        If the parts do not go together.
    """
    decimals = numbers(parts["outlines decimals"])
    outlines = np.array(parts["outlines skeletons"].to_pylist(), dtype=object)
    small = decimals != _AS_IT_IS
    shapes = np.asarray(shapely.from_wkb(outlines[small]), dtype=object)
    _, owner = shapely.get_coordinates(shapes, return_index=True)
    steps = np.column_stack([numbers(parts[f"outlines {axis}"]).astype(np.int64) for axis in ("lon", "lat")])
    coordinates = np.cumsum(steps, axis=0) / _scale(decimals[small], owner)
    outlines[small] = shapely.to_wkb(shapely.set_coordinates(shapes, coordinates))
    return list(outlines)


def _decimals(shapes: NDArray[np.object_]) -> NDArray[np.int8]:
    """Find for each geometry how many decimals give all its coordinates back to the last bit."""
    coordinates, owner = shapely.get_coordinates(shapes, return_index=True)
    found = np.full(len(shapes), _AS_IT_IS, dtype=np.int8)
    flat = shapely.get_coordinate_dimension(shapes) == 2
    for decimals in reversed(_DECIMALS):
        scale = 10.0**decimals
        whole = np.round(coordinates * scale)
        # A whole number knows but one zero; adding one makes the other of it.
        exact = ((whole + 0.0) / scale).view(np.int64) == coordinates.view(np.int64)
        exact &= np.abs(whole) < 2**52
        found[flat & (np.bincount(owner[~exact.all(axis=1)], minlength=len(shapes)) == 0)] = decimals
    return found


def _scale(decimals: NDArray[np.int8], owner: NDArray[np.int64]) -> NDArray[np.float64]:
    return (10.0 ** decimals.astype(np.float64))[owner][:, None]
