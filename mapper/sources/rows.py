"""The incidents of one table, as far as a table can tell them, and what was set aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mapper.incidents import COUNTS, INCIDENTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from mapper.errors import Rejected

__all__ = ["ROW_COLUMNS", "IncidentRows"]

_FROM_TABLE = (
    *("id", "type", "title", "date_start", "date_end", "date_precision", "timezone", "reported_at"),
    *("place_text", "country", "admin1", "precision", "radius_km", *COUNTS),
    *("actor", "target", "weapon", "status", "sensitivity", "tags", "notes"),
)

#: Columns of `IncidentRows.table`: those of `mapper.incidents.INCIDENTS` that a table can give, the position, and
#: what a claim and its source are made of. `published` is wall clock in `timezone`; `row` is the line of the file.
ROW_COLUMNS: Mapping[str, pa.DataType] = {
    "row": pa.int32(),
    **{name: INCIDENTS[name] for name in _FROM_TABLE},
    "lon": pa.float64(),
    "lat": pa.float64(),
    "by": pa.string(),
    "quote": pa.string(),
    "source_url": pa.string(),
    "source_title": pa.string(),
    "publisher": pa.string(),
    "published": pa.timestamp("s"),
    "lang": pa.string(),
}


@dataclass(frozen=True, slots=True)
class IncidentRows:
    """What was read from a table, one row an incident.

    Parameters
    ----------
    table
        The good rows, with the columns of `ROW_COLUMNS`. `type`, `date_precision` and `timezone` are never null,
        `id` is where the file has none. With an area precision (`incidents.AREAS`) a position only says which
        area is meant: it is often a centroid or a capital.
    profile
        Name of the known data set it is (ACLED, UCDP GED, VIINA), else empty.
    geometry
        Array of shapely geometries in WGS 84, one a row, None where a row has none or a mere point; None if no
        row has one.
    rejected
        Rows that were set aside, in the order of the file.
    warnings
        What was guessed or left out, one sentence each.
    """

    path: str
    sha256: str
    table: pa.Table
    profile: str = ""
    geometry: NDArray[np.object_] | None = None
    rejected: tuple[Rejected, ...] = ()
    warnings: tuple[str, ...] = ()

    def __len__(self) -> int:
        """Count the good rows."""
        return int(self.table.num_rows)

    def records(self) -> list[dict[str, Any]]:
        """Give the good rows as dicts: for tests and small tables."""
        return list(self.table.to_pylist())
