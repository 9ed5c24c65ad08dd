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
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    "schema",
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
DRAWN_ROLES = frozenset(ROLES[:2])

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
#: character span of `text` in its article (null for a table). `share` is how many of the intercepted were so there, where
#: the report shares them out: "90 drones, 40 of them over the Bryansk region".
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
        "share": _COUNT,
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


@cache
def schema(name: str) -> Mapping[str, pa.DataType]:
    """Give the columns of the table `incidents`, `claims` or `sources`."""
    return {"incidents": INCIDENTS, "claims": CLAIMS, "sources": SOURCES}[name]
