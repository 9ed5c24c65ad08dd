"""What a page tells of the incident tables anyway, as leaves (see `mapper.page.leaves`): the archive need not repeat it.

The page keeps a text that is not known as one of no length, a position to a metre, a time to the minute; so its word is
taken for a guess, and the archive holds what is otherwise. `of_drawing` says before the page is written what `of_page` will
read from it. Incidents and claims are in the order of the drawing, sources in that of their table.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mapper.incidents import COUNTS, DATE_PRECISIONS, PRECISIONS, STATUSES, whole
from mapper.layers.drawing import NO_DATE
from mapper.page.allowance import Allowance
from mapper.page.payload import LONLAT, NO_DAY
from mapper.page.text import CANDIDATE, CLAIM, PLACE, ROW, SOURCE, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from mapper.layers.drawing import Drawing
    from mapper.page.container import Columns
    from mapper.taxonomy import Taxonomy

__all__ = ["Carried", "blank_is_null", "of_drawing", "of_page", "sources_of_page"]

#: Texts of the page by the leaf that they come from. Tags stand there in one text each and are not taken apart again.
_TEXTS = {
    **{f"incidents.{column}": f"row_{name}" for name, column in ROW.items() if name not in {"tags", "corrections"}},
    **{f"incidents.places.{column}": f"place_{name}" for name, column in PLACE.items()},
    **{f"incidents.places.candidates.{column}": f"candidate_{name}" for name, column in CANDIDATE.items()},
    **{f"claims.{column}": f"claim_{name}" for name, column in CLAIM.items()},
}
_LISTS = {"incidents.places": "row_places", "incidents.places.candidates": "place_candidates"}
_CODES = {"type": (), "status": STATUSES, "precision": PRECISIONS, "date_precision": DATE_PRECISIONS}
_RADIUS = "incidents.places.radius_km"


@dataclass(slots=True)
class Carried:
    """Leaves as the page tells them, and how many claims each incident has; `lon` and `lat` are of its points."""

    leaves: dict[str, pa.Array] = field(default_factory=dict)
    claims: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    point_incident: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    lon: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    lat: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))

    def guess(self, path: str, count: int, known: Mapping[str, pa.Array]) -> pa.Array | None:
        """Say what a leaf of `count` values is by the page and by the leaves already `known`; None where nothing points to it.

        Every place has its point or none has; what only the places tell holds for the incident as for its first place.
        """
        if path in self.leaves:
            return self.leaves[path]
        table, _, column = path.partition(".")
        if path.endswith("?"):
            return pa.repeat(pa.scalar(True), count)
        if path in {"incidents.places.lon", "incidents.places.lat"}:
            return self._of_points(known["incidents.places"], self.lon if path.endswith("lon") else self.lat)
        if table == "incidents" and (place := known.get(f"incidents.places.{column}")) is not None:
            return place.take(first_place(known["incidents.places"]))
        return None

    def _of_points(self, lengths: pa.Array, degrees: NDArray[np.float64]) -> pa.Array:
        places = np.asarray(pc.fill_null(lengths, 0).to_numpy(zero_copy_only=False), dtype=np.int64)
        points = np.bincount(self.point_incident, minlength=len(places))
        if len(degrees) == places.sum() and np.array_equal(points, places):
            return pa.array(degrees)
        found = np.full(int(places.sum()), np.nan)
        same = points == places
        found[np.repeat(same, places)] = degrees[same[self.point_incident]]
        return pa.array(found, from_pandas=True)


def first_place(lengths: pa.Array) -> pa.Array:
    """Give the position of each row's first value among the values of a list column; null where it has none."""
    count = np.asarray(pc.fill_null(lengths, 0).to_numpy(zero_copy_only=False), dtype=np.int64)
    return pa.array(np.cumsum(count) - count, mask=count == 0)


def of_drawing(leaves: Mapping[str, pa.Array], drawing: Drawing, taxonomy: Taxonomy, claims: NDArray[np.int64]) -> Carried:
    """Say what the page will tell.

    Parameters
    ----------
    leaves
        All leaves of incidents and claims, in the order of the drawing.
    claims
        How many claims each incident has.
    """
    told = {path: blank_is_null(leaves[path]) for path in _TEXTS if path in leaves}
    if drawing.reasons:
        rows = np.fromiter(drawing.reasons, dtype=np.int64)
        reasons = leaves["incidents.unplaced"].to_numpy(zero_copy_only=False).copy()
        reasons[rows] = list(drawing.reasons.values())
        told["incidents.unplaced"] = blank_is_null(pa.array(reasons, pa.string()))
    told |= {path: pc.fill_null(leaves[path], 0) for path in _LISTS}
    told |= {f"claims.{name}": leaves[f"claims.{name}"] for name in COUNTS}
    metres = np.round(np.nan_to_num(leaves[_RADIUS].to_numpy(zero_copy_only=False) * 1000, nan=UNKNOWN)).astype(np.int32)
    told[_RADIUS] = _radius(metres)
    all_there = Allowance()
    told |= _coded(drawing.columns, drawing.columns["start"].astype(np.int64), list(taxonomy.types), all_there)
    told["incidents.country"] = _country(drawing.columns["country"], drawing.countries.words, drawing.countries.sets, all_there)
    points = drawing.points
    lon, lat = (np.round(degrees * LONLAT) / LONLAT for degrees in (points.lon, points.lat))
    return Carried(told, claims, points.incident, lon, lat)


def of_page(columns: Columns, blocks: Sequence[Columns], allowance: Allowance) -> Carried:
    """Read what a page tells from its columns and its blocks of text.

    Raises
    ------
    ValueError
        If they do not go together, or say that there is more than may come out of them.
    """
    meta, numbers = columns.meta, columns.numbers
    rows = [int(block.meta["rows"]) for block in blocks]
    if min(rows, default=0) < 0 or sum(rows) != len(numbers["start_day"]):
        raise ValueError(f"its texts are of {sum(rows):,} incidents, its map of {len(numbers['start_day']):,}")
    places = _joined(blocks, "row_places", rows, allowance)
    claims = _joined(blocks, "row_claims", rows, allowance)
    inside = {"row": rows, "place": _sums(places, rows), "claim": _sums(claims, rows)}
    candidates = _joined(blocks, "place_candidates", inside["place"], allowance)
    inside["candidate"] = _sums(candidates, inside["place"])
    told = {path: _text(blocks, name, inside[name.partition("_")[0]], allowance) for path, name in _TEXTS.items()}
    told |= {"incidents.places": pa.array(places, pa.int32()), "incidents.places.candidates": pa.array(candidates, pa.int32())}
    told |= {f"claims.{name}": _number(_joined(blocks, f"claim_{name}", inside["claim"], allowance, UNKNOWN)) for name in COUNTS}
    told[_RADIUS] = _radius(_joined(blocks, "place_radius_m", inside["place"], allowance, UNKNOWN))
    day = numbers["start_day"]
    start = np.where(day == NO_DAY, NO_DATE, day * 1440 + numbers["start_minute"])
    told |= _coded(numbers, start, meta["types"], allowance)
    told["incidents.country"] = _country(numbers["country"], meta["countries"], meta["country_sets"], allowance)
    return Carried(told, claims, numbers["point_incident"], numbers["point_lon"] / LONLAT, numbers["point_lat"] / LONLAT)


def sources_of_page(blocks: Sequence[Columns], claims: NDArray[np.int64], source: NDArray[np.int64], count: int) -> dict[str, pa.Array]:
    """Read what a page tells of its sources; a source that no claim names is not in the page.

    Parameters
    ----------
    claims
        How many claims each block has.
    source
        The source of each claim, as its row in the table of `count` sources.
    """
    found: dict[str, list[str | None]] = {name: [None] * count for name in SOURCE}
    at = 0
    for block, size in zip(blocks, claims.tolist(), strict=True):
        mine, at = source[at : at + size], at + size
        if not size:
            continue
        which, first = np.unique(block.numbers["claim_source"], return_index=True)
        for name, texts in found.items():
            if f"source_{name}" in block.texts:
                words = _strings([block.texts[f"source_{name}"]]).to_pylist()
                for position, row in zip(which.tolist(), mine[first].tolist(), strict=True):
                    texts[row] = words[position]
    return {f"sources.{column}": pa.array(found[name], pa.string()) for name, column in SOURCE.items()}


def blank_is_null(leaf: pa.Array) -> pa.Array:
    """Give a leaf as texts, as the page keeps them: what has no length is not known."""
    texts = leaf if pa.types.is_string(leaf.type) else leaf.cast(pa.string())
    blank = pc.equal(texts, "")
    return pc.if_else(blank, pa.scalar(None, pa.string()), texts) if pc.any(blank).as_py() else texts


def _coded(codes: Mapping[str, NDArray[Any]], start: NDArray[np.int64], types: Sequence[str], allowance: Allowance) -> dict[str, pa.Array]:
    told: dict[str, pa.Array] = {}
    for name, words in (_CODES | {"type": tuple(types)}).items():
        told[f"incidents.{name}"] = allowance.taken(pa.array(words, pa.string()), _number(codes[name], len(words), above=True))
    lasting = np.asarray(codes["lasting"], dtype=np.int64)
    for name, minutes, unknown in (
        ("date_start", start, start == NO_DATE),
        ("date_end", start + lasting, (start == NO_DATE) | (lasting < 0)),
    ):
        told[f"incidents.{name}"] = pa.array(minutes * 60, mask=unknown).cast(pa.timestamp("s"))
    # A map made before a number was counted has no column of it.
    return told | {f"incidents.{name}": _number(codes[name]) for name in COUNTS if name in codes}


def _number(values: NDArray[Any], most: int = 2**31, *, above: bool = False) -> pa.Array:
    """Give whole numbers; one that is negative, or `most` and `above`, is not known."""
    return pa.array(values.astype(np.int32), mask=(values >= most) if above else (values < 0))


def _country(codes: NDArray[Any], words: Sequence[str], sets: Sequence[Sequence[int]], allowance: Allowance) -> pa.Array:
    """Give the country of an incident that lies in one."""
    return allowance.taken(pa.array([words[s[0]] if len(s) == 1 else None for s in sets], pa.string()), pa.array(codes))


def _radius(metres: NDArray[Any]) -> pa.Array:
    return pa.array(metres / 1000, mask=metres < 0)


def _joined(blocks: Sequence[Columns], name: str, counts: Sequence[int], allowance: Allowance, otherwise: int = 0) -> NDArray[np.int64]:
    """Put a column of numbers together; a block that lacks it has `otherwise` in all its `counts` rows."""
    allowance.rows(sum(counts), pa.int64())
    parts = [
        block.numbers[name] if name in block.numbers else np.full(count, otherwise) for block, count in zip(blocks, counts, strict=True)
    ]
    if any(len(part) != count for part, count in zip(parts, counts, strict=True)):
        raise ValueError(f"{name} has not one value a row")
    return np.concatenate([np.zeros(0, dtype=np.int64), *parts])


def _sums(values: NDArray[np.int64], counts: Sequence[int]) -> list[int]:
    if values.min(initial=0) < 0:
        raise ValueError("it says that there are fewer than none")
    ends = np.cumsum(counts, dtype=np.int64)
    running = np.concatenate([[0], np.cumsum(values)])
    return [int(n) for n in np.diff(running[np.concatenate([[0], ends])])]


def _text(blocks: Sequence[Columns], name: str, counts: Sequence[int], allowance: Allowance) -> pa.Array:
    allowance.rows(sum(counts), pa.int64())
    nothing = np.zeros(0, dtype=np.int64)
    parts = []
    for block, count in zip(blocks, counts, strict=True):
        lengths, data = block.texts.get(name, (np.zeros(count, dtype=np.int64), b""))
        if len(lengths) != count:
            raise ValueError(f"{name} has not one text a row")
        parts.append((lengths, data))
    return _strings(parts or [(nothing, b"")])


def _strings(parts: Sequence[tuple[NDArray[np.int64], bytes]]) -> pa.Array:
    lengths = np.concatenate([part[0] for part in parts])
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    data = pa.py_buffer(b"".join(part[1] for part in parts))
    texts = pa.LargeStringArray.from_buffers(len(lengths), pa.py_buffer(offsets), data)
    texts.validate(full=True)
    return blank_is_null(whole(texts.cast(pa.string())))
