"""The incident tables: what columns they have, of what type, with what words. The one place that names them.

Three tables, columnar and Arrow-backed from end to end:

- `incidents`: one row an event, with its `geometry` (WGS 84, lon/lat; empty where it is not on the map),
- `claims`: one row for each party's word on an event, with the quote,
- `sources`: one row for each article or table that a claim was read from.

Unknown is null everywhere, and zero is a number: "no casualties" is 0, silence is null.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mapper.crs import WGS84
from mapper.errors import SchemaError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

__all__ = [
    "AREAS",
    "CASUALTIES",
    "CHILDREN",
    "CLAIMS",
    "CLAIM_STATUSES",
    "CORRECTION",
    "COUNTS",
    "DATE_PRECISIONS",
    "DEFAULT_TIMEZONE",
    "INCIDENTS",
    "MAX_QUOTE",
    "PLACE",
    "PRECISIONS",
    "PROJECTILES",
    "ROLES",
    "SEPARATORS",
    "SINGLE_COUNTS",
    "SOURCES",
    "STATUSES",
    "TAG_BACKGROUND",
    "TAG_DATE_AS_REPORTED",
    "TAG_DENIAL",
    "TAG_TITLE_GENERATED",
    "TAG_TOLL_UPDATED",
    "UNDRAWN",
    "Tables",
    "stable_id",
    "tagged",
    "whole",
]

#: How precisely a place is known, on land from the sharpest to the vaguest, and last on water, which is in no country
#: (standards: ACLED geo_precision, UCDP where_prec and VIINA GEO_PRECISION all map into it).
PRECISIONS = ("exact", "site", "settlement", "near", "admin2", "admin1", "region", "country", "water")

#: The precisions that are drawn as areas, never as a dot.
AREAS = ("admin2", "admin1", "region", "country", "water")

#: How precisely a time is known.
DATE_PRECISIONS = ("exact", "hour", "night", "day", "range", "week", "month", "year", "unknown")

#: What is known of an incident as a whole.
STATUSES = ("claimed", "disputed", "corroborated", "confirmed", "retracted")

#: What one party says of it.
CLAIM_STATUSES = ("claimed", "confirmed", "denied", "retracted")

#: What a place is to an incident; only the first two are drawn.
ROLES = ("at", "over", "origin", "speaker")

DEFAULT_TIMEZONE = "Europe/Kyiv"

#: Characters of a quote at most: facts are free, wording is not.
MAX_QUOTE = 200

#: Tag of an incident that its article tells as background, not as news; it is listed, not drawn.
TAG_BACKGROUND = "background"

#: Tag of an incident that is only denied, and that no report claims; it is listed, not drawn.
TAG_DENIAL = "denial"

#: Tag of an incident whose title the program made of its type and place, so that a page can say it in its language.
TAG_TITLE_GENERATED = "title-generated"

#: Tag of an incident whose own date is not said, so that the date is the report's.
TAG_DATE_AS_REPORTED = "date-as-reported"

#: Tag of an incident whose report gives a toll that takes the place of an earlier one ("rose to 12").
TAG_TOLL_UPDATED = "toll-updated"

#: Why an incident with one of these tags is not drawn, wherever it was.
UNDRAWN = {TAG_BACKGROUND: "told as background, not as news", TAG_DENIAL: "denied, and no report here claims it"}

_TEXT = pa.string()
_COUNT = pa.int32()
_TIME = pa.timestamp("s")  # wall clock in the row's time zone

_CANDIDATE = pa.struct(
    {
        "name": _TEXT,
        "country": _TEXT,
        "admin1": _TEXT,
        "lon": pa.float64(),
        "lat": pa.float64(),
        "place_id": _TEXT,
        "score": pa.float64(),
        "reason": _TEXT,
    }.items()
)

#: One place of an incident. `admin1` is an ISO 3166-2 code, `score` 0 to 1, `start` and `end` the
#: character span of `text` in its article (null for a table).
PLACE = pa.struct(
    {
        "text": _TEXT,
        "role": _TEXT,
        "name": _TEXT,
        "country": _TEXT,
        "admin1": _TEXT,
        "admin1_name": _TEXT,
        "lon": pa.float64(),
        "lat": pa.float64(),
        "precision": _TEXT,
        "radius_km": pa.float64(),
        "place_id": _TEXT,
        "score": pa.float64(),
        "method": _TEXT,
        "reason": _TEXT,
        "start": pa.int32(),
        "end": pa.int32(),
        "candidates": pa.list_(_CANDIDATE),
    }.items()
)

#: Numbers of drones, missiles and bombs. Those `lost` neither were shot down nor hit anything: they went off the radar,
#: fell by themselves or were suppressed by electronic warfare. They are no part of the intercepted.
PROJECTILES = ("launched", "intercepted", "hit", "lost")

#: People of whom an incident has a range, low to high.
CASUALTIES = ("killed", "injured")

#: The children among the killed and among the injured: a part of these, never to be added to them. One number each, where
#: it is said, and by its nature a least one: of those whose age nobody gives some may be children too.
CHILDREN: Mapping[str, str] = {"killed": "children_killed", "injured": "children_injured"}

#: Columns that hold one number and no range.
SINGLE_COUNTS = (*PROJECTILES, *CHILDREN.values())

#: The numbers that an incident and each claim on it carry.
COUNTS: tuple[str, ...] = (
    *PROJECTILES,
    "killed_low",
    "killed_best",
    "killed_high",
    "injured_low",
    "injured_best",
    "injured_high",
    *CHILDREN.values(),
)
_COUNT_FIELDS = dict.fromkeys(COUNTS, _COUNT)

#: What an editor changed of an incident: which of its columns, from what to what (as text), who did, when, and why.
CORRECTION = pa.struct({"column": _TEXT, "old": _TEXT, "new": _TEXT, "who": _TEXT, "when": _TEXT, "why": _TEXT}.items())

#: Columns of the incidents, without `geometry`. `date_start` and `date_end` are both inclusive, wall
#: clock in `timezone`; their time of day means something only at precision exact and hour.
#: `unplaced` says why an incident is not drawn; null when it is. `merged_from` are the ids that the reports of it
#: would have alone, where they are not its own: what was said of them holds for it.
INCIDENTS: Mapping[str, pa.DataType] = {
    "id": _TEXT,
    "type": _TEXT,
    "title": _TEXT,
    "date_start": _TIME,
    "date_end": _TIME,
    "date_precision": _TEXT,
    "timezone": _TEXT,
    "reported_at": _TIME,
    "place_text": _TEXT,
    "places": pa.list_(PLACE),
    "country": _TEXT,
    "admin1": _TEXT,
    "precision": _TEXT,
    "radius_km": pa.float64(),
    "unplaced": _TEXT,
    **_COUNT_FIELDS,
    "actor": _TEXT,
    "target": _TEXT,
    "weapon": _TEXT,
    "status": _TEXT,
    "sensitivity": _TEXT,
    "tags": pa.list_(_TEXT),
    "notes": _TEXT,
    "merged_from": pa.list_(_TEXT),
    "corrections": pa.list_(CORRECTION),
}

#: Columns of words in which an incident has those of all its reports, and what stands between them.
SEPARATORS: Mapping[str, str] = {"actor": "; ", "target": "; ", "weapon": ", ", "sensitivity": "; ", "notes": "\n"}

#: Columns of the claims. `start` and `end` are the character span of `quote` in the stored text of the source.
CLAIMS: Mapping[str, pa.DataType] = {
    "incident_id": _TEXT,
    "by": _TEXT,
    "status": _TEXT,
    **_COUNT_FIELDS,
    "quote": _TEXT,
    "source_id": _TEXT,
    "start": pa.int32(),
    "end": pa.int32(),
}

#: Columns of the sources; the ids of two versions of an article begin alike. `sha256` is of the text or file as it was read.
SOURCES: Mapping[str, pa.DataType] = {
    "id": _TEXT,
    "url": _TEXT,
    "title": _TEXT,
    "publisher": _TEXT,
    "published": _TIME,
    "lang": _TEXT,
    "retrieved_at": _TIME,
    "sha256": _TEXT,
}

_REQUIRED = {
    "incidents": ("id", "type", "title", "date_precision", "timezone", "status"),
    "claims": ("incident_id", "status", "source_id"),
    "sources": ("id",),
}
_VOCABULARIES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "incidents": {"date_precision": DATE_PRECISIONS, "precision": PRECISIONS, "status": STATUSES},
    "claims": {"status": CLAIM_STATUSES},
}


def stable_id(prefix: str, *parts: object) -> str:
    """Make an id out of content, the same in every run: `prefix-` and 12 hexadecimal digits.

    Examples
    --------
    >>> stable_id("i", "drone_strike", "2024-11-22", "gn:692194")
    'i-421bd19a5b62'
    """
    text = json.dumps([None if p is None else str(p) for p in parts], ensure_ascii=False, separators=(",", ":"))
    return f"{prefix}-{hashlib.blake2b(text.encode(), digest_size=6).hexdigest()}"


def whole(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Give a column as one array; of some types Arrow leaves even one chunk as a list of chunks, of others it copies it."""
    if isinstance(column, pa.ChunkedArray) and column.num_chunks == 1:
        return column.chunk(0)
    combined = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(combined, pa.ChunkedArray):
        return combined.chunk(0) if combined.num_chunks else pa.array([], type=column.type)
    return combined


def tagged(tags: pa.Array | pa.ChunkedArray, tag: str) -> NDArray[np.bool_]:
    """Tell for each row of the column of tags whether it has one."""
    lists = whole(tags)
    result = np.zeros(len(lists), dtype=bool)
    same = pc.equal(pc.list_flatten(lists), tag).fill_null(False)
    result[np.asarray(pc.list_parent_indices(lists).filter(same))] = True
    return result


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
        frame = getattr(self, name)
        columns = schema(name)
        return pa.table({key: pa.array(frame[key], type=kind) for key, kind in columns.items()})

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


@cache
def schema(name: str) -> Mapping[str, pa.DataType]:
    """Give the columns of the table `incidents`, `claims` or `sources`."""
    return {"incidents": INCIDENTS, "claims": CLAIMS, "sources": SOURCES}[name]


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
        wrong = pc.and_(pc.is_valid(table[key]), pc.invert(pc.is_in(table[key], value_set=pa.array(words, _TEXT))))
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
