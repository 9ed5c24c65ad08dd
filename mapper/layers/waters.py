"""The outlines of the waters that incidents lie in: seas, bays and lakes have none in the tables, only a middle and a size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mapper.incidents import PRECISIONS, whole
from mapper.layers.places import flatten

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from mapper.gazetteer.boundaries import Boundaries
    from mapper.layers.places import Places

__all__ = ["in_water", "water_outlines"]

_WATER = PRECISIONS.index("water")


def in_water(
    places: pa.ListArray, flat: Places, wanted: NDArray[np.bool_], boundaries: Boundaries
) -> tuple[list[BaseGeometry], NDArray[np.int64]]:
    """Find the water that each wanted place is, each once.

    Parameters
    ----------
    places, flat
        The column of the incidents, and what `mapper.layers.places.flatten` made of it.
    wanted
        Which places are asked for; those of another precision than water, or without a middle or a size, have no outline.

    Returns
    -------
    The outlines, and for each place the number of its own or -1.
    """
    found = np.full(len(wanted), -1, dtype=np.int64)
    rows = np.flatnonzero(wanted & (flat.precision == _WATER) & (flat.radius_km > 0) & np.isfinite(flat.lon) & np.isfinite(flat.lat))
    outlines: list[BaseGeometry] = []
    if len(rows):
        spots, first, which = np.unique(
            np.column_stack([flat.lon, flat.lat, flat.radius_km])[rows], axis=0, return_index=True, return_inverse=True
        )
        names = pc.struct_field(pc.list_flatten(places), "name").take(pa.array(rows[first])).to_pylist()
        for number, (name, (lon, lat, radius)) in enumerate(zip(names, spots.tolist(), strict=True)):
            outline = boundaries.water(name or "", lon, lat, radius)
            if outline is not None:
                found[rows[which.ravel() == number]] = len(outlines)
                outlines.append(outline)
    return outlines, found


def water_outlines(incidents: pa.Table, boundaries: Boundaries) -> list[BaseGeometry]:
    """Give the outlines of all waters that a table of incidents names."""
    places = whole(incidents["places"])
    flat = flatten(places)
    return in_water(places, flat, np.ones(len(flat.incident), dtype=bool), boundaries)[0]
