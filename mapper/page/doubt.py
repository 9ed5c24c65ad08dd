"""Which of the places that a name could mean are worth a reader's doubt: not the one that was chosen, nor what it lies in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mapper.gazetteer.boundaries import ADMIN1, COUNTRY

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["doubtful"]

#: A place less likely than this was never in question.
_LEAST_SHARE = 0.05


def doubtful(places: pa.Table) -> NDArray[np.bool_]:
    """Tell for each candidate of places, one list after the other, whether it is another place that could well be meant."""
    lists = places["candidates"].combine_chunks()
    flat = pa.Table.from_struct_array(pc.list_flatten(lists))
    if not len(flat):
        return np.zeros(0, dtype=bool)
    chosen = places.select(["place_id", "admin1", "country"]).take(pc.list_parent_indices(lists))
    within = [pc.binary_join_element_wise(prefix, chosen[name], "") for prefix, name in ((ADMIN1, "admin1"), (COUNTRY, "country"))]
    known = [_flags(pc.equal(flat["place_id"], other)) for other in (chosen["place_id"], *within)]
    likely = pc.greater_equal(pc.fill_null(flat["score"], 1.0), _LEAST_SHARE)
    found: NDArray[np.bool_] = _flags(likely) & ~np.logical_or.reduce(known)
    return found


def _flags(values: Any) -> NDArray[np.bool_]:
    return np.asarray(pc.fill_null(values, False).to_numpy(), dtype=bool)
