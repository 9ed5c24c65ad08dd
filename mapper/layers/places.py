"""The places of all incidents as flat columns, one row a place, without a Python object a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mapper.incidents import PRECISIONS, ROLES, whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["NONE", "Places", "codes", "flatten", "flatten_words"]

#: Code of "not given" in a column of codes.
NONE = 255


@dataclass(frozen=True, slots=True)
class Places:
    """Every place of every incident, in the order of the incidents and of their places.

    Attributes
    ----------
    incident
        Row of the incident.
    role, precision
        Position in `ROLES` and `PRECISIONS`; `NONE` where not given.
    lon, lat, radius_km
        Degrees and kilometres; NaN where not known.
    place_id
        Gazetteer id, dictionary-encoded.
    """

    incident: NDArray[np.int64]
    role: NDArray[np.uint8]
    precision: NDArray[np.uint8]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    radius_km: NDArray[np.float64]
    share: NDArray[np.int64]
    place_id: pa.DictionaryArray


def flatten(places: pa.ListArray) -> Places:
    """Flatten a column of lists of `mapper.incidents.PLACE`; a null list has no place."""
    flat = pc.list_flatten(places)

    def field(name: str) -> pa.Array:
        return pc.struct_field(flat, name)

    return Places(
        incident=np.asarray(pc.list_parent_indices(places), dtype=np.int64),
        role=codes(field("role"), ROLES),
        precision=codes(field("precision"), PRECISIONS),
        lon=floats(field("lon")),
        lat=floats(field("lat")),
        radius_km=floats(field("radius_km")),
        share=numbers(field("share"), -1),
        place_id=pc.dictionary_encode(pc.fill_null(field("place_id"), "")),
    )


def flatten_words(places: pa.ChunkedArray, name: str) -> tuple[NDArray[np.int64], pa.Array]:
    """Give one text field of the places where something happened, and the rows they belong to."""
    lists = whole(places)
    flat = pc.list_flatten(lists)
    happened = pc.invert(pc.fill_null(pc.is_in(pc.struct_field(flat, "role"), value_set=pa.array(["origin", "speaker"])), False))
    wanted = pc.and_(happened, pc.is_valid(pc.struct_field(flat, name)))
    owner = np.asarray(pc.list_parent_indices(lists).filter(wanted), dtype=np.int64)
    return owner, pc.struct_field(flat, name).filter(wanted)


def codes(column: pa.Array | pa.ChunkedArray, words: Sequence[str]) -> NDArray[np.uint8]:
    """Give each word its position in `words`, or `NONE` for null and for a word that is not among them."""
    index = pc.index_in(column, value_set=pa.array(words, type=pa.string()))
    return numbers(index, NONE).astype(np.uint8)


def floats(column: pa.Array | pa.ChunkedArray) -> NDArray[np.float64]:
    """Give a numeric column as doubles, null as NaN."""
    return np.asarray(column.to_numpy(zero_copy_only=False) if isinstance(column, pa.Array) else column.to_numpy(), dtype=np.float64)


def numbers(column: pa.Array | pa.ChunkedArray, null: int) -> NDArray[Any]:
    """Give an integer column as an array, null as the number `null`."""
    filled = pc.fill_null(column, pa.scalar(null, column.type))
    return np.asarray(filled.to_numpy(zero_copy_only=False) if isinstance(filled, pa.Array) else filled.to_numpy())
