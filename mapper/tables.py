"""The three tables that every step after the sources hands on, and whether they keep the rules of `mapper.incidents`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mapper.crs import WGS84
from mapper.errors import SchemaError
from mapper.incidents import (
    CASUALTIES,
    CLAIM_STATUSES,
    CLAIMS,
    COUNTS,
    DATE_PRECISIONS,
    INCIDENTS,
    MAX_QUOTE,
    PRECISIONS,
    SOURCES,
    STATUSES,
    schema,
    whole,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import geopandas as gpd
    import pandas as pd

__all__ = ["Tables"]

_REQUIRED = {
    "incidents": ("id", "type", "title", "date_precision", "timezone", "status"),
    "claims": ("incident_id", "status", "source_id"),
    "sources": ("id",),
}
_VOCABULARIES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "incidents": {"date_precision": DATE_PRECISIONS, "precision": PRECISIONS, "status": STATUSES},
    "claims": {"status": CLAIM_STATUSES},
}


@dataclass(frozen=True, slots=True)
class Tables:
    """The three tables that every step after the sources hands on.

    `incidents` is a GeoDataFrame with the columns of `INCIDENTS` and `geometry`; `claims` and `sources`
    are DataFrames; all columns are Arrow-backed and in the order given here.
    """

    incidents: gpd.GeoDataFrame
    claims: pd.DataFrame
    sources: pd.DataFrame

    @classmethod
    def from_arrow(cls, incidents: pa.Table, claims: pa.Table, sources: pa.Table, geometry: Any = None) -> Tables:
        """Cast Arrow tables to the schema; columns that are missing become null, others are dropped.

        Parameters
        ----------
        geometry
            Array of shapely geometries in WGS 84, one a row of `incidents`; None means none is placed.

        Raises
        ------
        SchemaError
            If a column cannot be cast, or any rule of `validate` is broken.
        """
        import geopandas as gpd  # half a second that `mapper geocode` need not wait for

        frame = _frame(incidents, INCIDENTS, "incidents")
        if geometry is None:
            geometry = [None] * len(frame)
        tables = cls(
            incidents=gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(geometry, index=frame.index, crs=WGS84)),
            claims=_frame(claims, CLAIMS, "claims"),
            sources=_frame(sources, SOURCES, "sources"),
        )
        tables.validate()
        return tables

    @classmethod
    def from_records(
        cls,
        incidents: Sequence[Mapping[str, Any]],
        claims: Sequence[Mapping[str, Any]],
        sources: Sequence[Mapping[str, Any]],
        geometry: Any = None,
    ) -> Tables:
        """Make the tables out of dicts, one a row; keys that are missing are null."""
        return cls.from_arrow(
            _arrow(incidents, INCIDENTS, "incidents"),
            _arrow(claims, CLAIMS, "claims"),
            _arrow(sources, SOURCES, "sources"),
            geometry,
        )

    @classmethod
    def empty(cls) -> Tables:
        """Give tables of the right columns without a row."""
        return cls.from_records([], [], [])

    @classmethod
    def concat(cls, parts: Iterable[Tables]) -> Tables:
        """Put tables under each other; of a source that several parts name each in its way one is kept, whatever their order."""
        import geopandas as gpd
        import pandas as pd

        parts = [p for p in parts if len(p.incidents) or len(p.sources)]
        if not parts:
            return cls.empty()
        if len(parts) == 1:
            return parts[0]
        result = cls(
            incidents=gpd.GeoDataFrame(pd.concat([p.incidents for p in parts], ignore_index=True), geometry="geometry", crs=WGS84),
            claims=pd.concat([p.claims for p in parts], ignore_index=True),
            sources=_once(pd.concat([p.sources for p in parts], ignore_index=True)),
        )
        result.validate()
        return result

    def arrow(self, name: str) -> pa.Table:
        """Give the table `incidents` (without geometry), `claims` or `sources` as Arrow, in the schema's types."""
        columns = dict(getattr(self, name).items())  # one by one, geopandas takes twice as long
        return pa.table({key: pa.array(columns[key].array, type=kind) for key, kind in schema(name).items()})

    def validate(self) -> None:
        """Check every rule of the data model and report all faults together.

        Raises
        ------
        SchemaError
            With one line a fault: table, column, how many rows, and the first of them.
        """
        for name in _REQUIRED:
            if missing := [key for key in schema(name) if key not in getattr(self, name).columns]:
                raise SchemaError(f"{name}: missing columns {', '.join(missing)}")
        incidents, claims, sources = tables = [self.arrow(name) for name in _REQUIRED]
        faults = [fault for name, table in zip(_REQUIRED, tables, strict=True) for fault in _faults(table, name)]
        for kind in CASUALTIES:
            low, best, high = (incidents[f"{kind}_{end}"] for end in ("low", "best", "high"))
            wrong = pc.or_kleene(pc.or_kleene(pc.greater(low, high), pc.greater(best, high)), pc.greater(low, best))
            faults += _fault(f"incidents.{kind}: low <= best <= high is broken", incidents["id"], wrong)
        wrong = pc.less(incidents["date_end"], incidents["date_start"])
        faults += _fault("incidents.date_end before date_start", incidents["id"], wrong)
        wrong = pc.and_(pc.is_valid(incidents["date_start"]), pc.is_null(incidents["date_end"]))
        faults += _fault("incidents: date_start without date_end", incidents["id"], wrong)
        geometry = self.incidents.geometry
        wrong = pc.and_(pa.array((geometry.isna() | geometry.is_empty).to_numpy(dtype=bool)), pc.is_null(incidents["unplaced"]))
        faults += _fault("incidents: neither a geometry nor a reason in unplaced", incidents["id"], wrong)
        for key, parent in (("incident_id", incidents), ("source_id", sources)):
            faults += _fault(f"claims.{key} names no row", claims[key], pc.invert(pc.is_in(claims[key], value_set=whole(parent["id"]))))
        wrong = pc.greater(pc.utf8_length(claims["quote"]), MAX_QUOTE)
        faults += _fault(f"claims.quote longer than {MAX_QUOTE} characters", claims["incident_id"], wrong)
        if faults:
            raise SchemaError("the incident tables break the data model:\n  " + "\n  ".join(faults))


def _arrow(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, pa.DataType], name: str) -> pa.Table:
    if unknown := sorted({key for row in rows for key in row} - set(columns)):
        raise SchemaError(f"{name}: no column is called {', '.join(unknown)}")
    try:
        return pa.table({key: pa.array([row.get(key) for row in rows], type=kind) for key, kind in columns.items()})
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise SchemaError(f"{name}: {error}") from error


def _frame(table: pa.Table, columns: Mapping[str, pa.DataType], name: str) -> pd.DataFrame:
    import pandas as pd

    arrays = {}
    for key, kind in columns.items():
        if key not in table.column_names:
            arrays[key] = pa.nulls(len(table), kind)
            continue
        try:
            arrays[key] = table[key].cast(kind)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
            raise SchemaError(f"{name}.{key}: expected {kind}, got {table[key].type}: {error}") from error
    frame: pd.DataFrame = pa.table(arrays).to_pandas(types_mapper=pd.ArrowDtype)
    return frame


def _once(sources: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    shared = sources["id"].duplicated(keep=False)
    if not shared.any():
        return sources
    named = sources[shared].drop_duplicates()
    if not named["id"].is_unique:
        named = named.sort_values(list(SOURCES)).drop_duplicates("id")
    return pd.concat([sources[~shared], named]).sort_index().reset_index(drop=True)


def _faults(table: pa.Table, name: str) -> list[str]:
    label = table["incident_id" if name == "claims" else "id"]
    faults = []
    if name != "claims":
        faults += _fault(f"{name}.id is not unique", label, _repeated(label))
    for key in _REQUIRED[name]:
        faults += _fault(f"{name}.{key} is missing", label, pc.is_null(table[key]))
    for key, words in _VOCABULARIES.get(name, {}).items():
        wrong = pc.and_(pc.is_valid(table[key]), pc.invert(pc.is_in(table[key], value_set=pa.array(words, pa.string()))))
        faults += _fault(f"{name}.{key} is not one of {', '.join(words)}", table[key], wrong)
    if name != "sources":
        for key in COUNTS:
            faults += _fault(f"{name}.{key} is negative", label, pc.less(table[key], 0))
    return faults


def _repeated(column: pa.ChunkedArray) -> pa.Array:
    """Mark each value that stands further up already."""
    encoded = whole(pc.fill_null(column, "")).dictionary_encode()
    again = np.ones(len(encoded), dtype=bool)
    if len(encoded.dictionary) == len(encoded):
        again[:] = False
    else:
        again[np.unique(np.asarray(encoded.indices), return_index=True)[1]] = False
    return pa.array(again)


def _fault(problem: str, label: pa.ChunkedArray, wrong: pa.Array | pa.ChunkedArray) -> list[str]:
    """Say how many rows are wrong, and which is the first; null is not wrong."""
    count = pc.sum(wrong).as_py()
    return [f"{problem}: {count} rows, first {label.filter(wrong)[0].as_py()!r}"] if count else []
