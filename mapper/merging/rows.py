"""The rows of a table as rows of the incident tables: column by column, a million at a time.

A position is taken as it is given; a row without one is placed by its words. Country and admin-1 of
a position are those of the internationally recognised borders, whatever the row says; where they cannot both be right,
or the place named is elsewhere, the row is not drawn.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from mapper.geocoding.query import geocode_columns
from mapper.incidents import AREAS, CLAIMS, COUNTS, INCIDENTS, PLACE, SOURCES, stable_id, whole
from mapper.merging.given import Given
from mapper.merging.naming import Part, provisional
from mapper.merging.positions import RADIUS_KM, as_location, extents, place_record, position
from mapper.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from mapper.gazetteer.boundaries import Boundaries
    from mapper.gazetteer.index import Gazetteer
    from mapper.sources.rows import IncidentRows
    from mapper.taxonomy import Taxonomy

__all__ = ["from_rows"]

#: Precisions for which a position only says which area is meant; it is often a centroid or a capital.
_BY_OUTLINE = ("admin1", "region", "country")

#: Why a row is not on the map that does not say where it belongs.
_NOTHING = "the row gives neither a place nor a position"

#: Contradictions that are told one by one.
_MOST_TOLD = 5

_SOURCE_KEY = ("source_url", "source_title", "publisher", "published", "lang")


def from_rows(rows: IncidentRows, gazetteer: Gazetteer, boundaries: Boundaries, taxonomy: Taxonomy) -> tuple[Part, tuple[str, ...]]:
    """Place the rows of a table and give each its claim and source.

    Returns
    -------
    The rows as a part, and a warning of those whose position contradicts the words beside it.
    """
    table = rows.table
    count = table.num_rows
    columns: dict[str, Any] = {name: whole(table[name]) for name in table.column_names}
    lon, lat = (np.asarray(columns[name].fill_null(np.nan), dtype=float) for name in ("lon", "lat"))
    given = np.isfinite(lon) & np.isfinite(lat)
    area = _isin(columns["precision"], _BY_OUTLINE)

    own = np.zeros(count, bool)
    refused = np.full(count, "", dtype=object)
    drawn = pa.array(own)
    if rows.geometry is not None:
        refused = _refused(rows.geometry, columns["precision"])
        own = (shapely.get_type_id(rows.geometry) >= 0) & (refused == "")
        outline, reach = extents(rows.geometry, own)
        columns |= {name: pc.coalesce(columns[name], of) for name, of in (("precision", outline), ("radius_km", reach))}
        drawn = outline.is_valid()
    country, admin1 = _administration(lon, lat, given, boundaries)
    sharp = given & ~own & ~_isin(columns["precision"], AREAS)
    beside = Given(given & ~own, sharp, columns["place_text"], columns["country"], lon, lat, country, admin1)
    compared = beside.compare(gazetteer, boundaries)
    odd = np.zeros(count, bool)
    odd[list(compared.contradictions)] = True
    contradicted = {row: beside.contradicted(row, why) for row, why in compared.contradictions.items()}
    country[odd] = admin1[odd] = None
    dots = given & ~area & ~own & ~odd
    geometry = np.full(count, None, dtype=object)
    geometry[dots] = shapely.points(lon[dots], lat[dots])
    if rows.geometry is not None:
        geometry[own] = rows.geometry[own]

    columns["country"] = _filled(country, columns["country"])
    asked = columns["admin1"]
    columns["admin1"] = _filled(admin1, pa.nulls(count, pa.string()))
    columns["precision"] = pc.if_else(pa.array(dots | (own & ~area)), pc.coalesce(columns["precision"], "settlement"), columns["precision"])
    radius = pa.array(RADIUS_KM.values(), pa.float64()).take(pc.index_in(columns["precision"], pa.array(RADIUS_KM)))
    columns["radius_km"] = pc.coalesce(columns["radius_km"], radius)
    if odd.any():
        columns |= {name: pc.if_else(pa.array(odd), None, columns[name]) for name in ("precision", "radius_km")}
    columns["place_name"] = _filled(compared.names, columns["place_text"])

    unplaced = np.full(count, None, dtype=object)
    places = _Places(columns, lon, lat, given)
    for row, place in contradicted.items():
        unplaced[row] = place["reason"]
        places.put(row, [place])
    by_words = np.flatnonzero(~dots & ~own & ~odd)
    if len(by_words):
        _place_by_words(by_words, columns, asked, area & given, geometry, unplaced, places, gazetteer, boundaries)
    for row in np.flatnonzero(refused != "").tolist():
        if unplaced[row] == _NOTHING:
            unplaced[row] = refused[row]
        elif unplaced[row] and not unplaced[row].startswith(refused[row]):
            unplaced[row] = f"{refused[row]}; {unplaced[row]}"

    named = columns["place_name"]
    # An area that somebody drew has no other name than its feature's.
    columns["place_name"] = pc.coalesce(named, pc.if_else(drawn, columns["title"], None))
    columns["places"] = places.array()
    columns["place_text"] = named
    columns["unplaced"] = pa.array(unplaced, pa.string())
    columns["status"] = columns["status"].fill_null("claimed")
    columns["title"] = _titles(columns, taxonomy)
    columns["id"] = pc.coalesce(columns["id"], provisional(rows.path, columns["row"]))
    columns["reported_at"] = pc.coalesce(columns["reported_at"], columns["published"])
    incidents = pa.table({name: columns.get(name, pa.nulls(count, kind)) for name, kind in INCIDENTS.items()})
    sources, source_id = _sources(rows, columns)
    claims = {"incident_id": columns["id"], "source_id": source_id, "status": pa.array(["claimed"] * count, pa.string())}
    claims |= {name: columns[name] for name in ("by", "quote", *COUNTS)}
    told = pa.table({name: claims.get(name, pa.nulls(count, kind)) for name, kind in CLAIMS.items()})
    tables = Tables.from_arrow(incidents, told, sources, geometry)
    warnings = _contradicted(rows.path, columns["row"].take(pa.array(np.flatnonzero(odd))).to_pylist(), unplaced[odd].tolist())
    return Part.of(tables, pa.repeat(pa.scalar(rows.path), count), columns["row"]), warnings


def _contradicted(path: str, rows: Sequence[int], reasons: Sequence[str]) -> tuple[str, ...]:
    """Say which rows are not drawn because their position contradicts their words, the first ones in full."""
    said = [f"{path}, row {row}: not on the map: {reason}" for row, reason in zip(rows, reasons, strict=True)]
    more = len(said) - _MOST_TOLD
    return (*said[:_MOST_TOLD], f"{path}: {more} more rows are not on the map for such a reason") if more > 1 else tuple(said)


class _Places:
    """The `places` column: one place a row, from its own columns or from what its words gave."""

    def __init__(self, columns: dict[str, Any], lon: NDArray[np.float64], lat: NDArray[np.float64], given: NDArray[np.bool_]) -> None:
        self._columns = columns
        self._lon = pa.array(np.where(given, lon, np.nan), from_pandas=True)
        self._lat = pa.array(np.where(given, lat, np.nan), from_pandas=True)
        self._found: dict[int, list[dict[str, Any]]] = {}

    def put(self, row: int, places: list[dict[str, Any]]) -> None:
        self._found[row] = places

    def array(self) -> pa.Array:
        columns = self._columns
        count = len(self._lon)
        text = columns["place_text"]
        own: dict[str, Any] = {
            "text": text,
            "name": columns["place_name"],
            "role": pa.array(["at"] * count, pa.string()),
            "lon": self._lon,
            "lat": self._lat,
            "method": pa.array(["given"] * count, pa.string()),
            **{name: columns[name] for name in ("country", "admin1", "precision", "radius_km")},
        }
        fields = [own.get(f.name, pa.nulls(count, f.type)).cast(f.type) for f in PLACE]
        plain = pa.ListArray.from_arrays(pa.array(np.arange(count + 1), pa.int32()), pa.StructArray.from_arrays(fields, fields=list(PLACE)))
        if not self._found:
            return plain
        # Rows placed by words go behind, then all are put in order.
        rows = np.fromiter(self._found, dtype=np.int64, count=len(self._found))
        order = np.arange(count)
        order[rows] = count + np.arange(len(rows))
        worded = pa.array(list(self._found.values()), plain.type)
        return pa.concat_arrays([plain, worded]).take(pa.array(order))


def _place_by_words(
    rows: NDArray[np.int64],
    columns: dict[str, Any],
    asked: pa.Array,
    centroid: NDArray[np.bool_],
    geometry: NDArray[np.object_],
    unplaced: NDArray[np.object_],
    places: _Places,
    gazetteer: Gazetteer,
    boundaries: Boundaries,
) -> None:
    """Place rows by their words, or by the area that their position stands for; each different question is asked once."""
    picked = pa.array(rows)
    text, country, area_name = (columns["place_text"].take(picked), columns["country"].take(picked), asked.take(picked))
    query = pc.coalesce(text, area_name, country)
    areas = _areas(columns, picked)
    results = geocode_columns(query.to_pylist(), country.to_pylist(), area_name.to_pylist(), gazetteer=gazetteer)
    found: dict[object, Any] = {}
    countries, admin1s, precisions, radii = (columns[n].to_pylist() for n in ("country", "admin1", "precision", "radius_km"))
    names = columns["place_name"].to_pylist()
    for row, asked_for, area, by_words in zip(rows.tolist(), query.to_pylist(), areas, results, strict=True):
        if asked_for is None and area is None:
            unplaced[row] = _NOTHING
            places.put(row, [])
            continue
        place = gazetteer.place(area) if area else None
        result = as_location(place, asked_for or "", "given area") if place else by_words
        key = area if place else id(by_words)
        if key not in found:
            record = place_record(asked_for or "", result, "at", gazetteer)
            found[key] = (record, position([record], boundaries))
        record, at = found[key]
        places.put(row, [record | {"text": asked_for}])
        geometry[row], unplaced[row] = at.geometry, at.unplaced
        if at.precision:
            countries[row], admin1s[row], precisions[row], radii[row] = at.country, at.admin1, at.precision, at.radius_km
            if names[row] is None or not (place or at.precision == "near"):
                names[row] = record["name"]
        elif not centroid[row]:
            precisions[row] = None
    columns["country"], columns["admin1"], columns["precision"] = (pa.array(v, pa.string()) for v in (countries, admin1s, precisions))
    columns["radius_km"], columns["place_name"] = pa.array(radii, pa.float64()), pa.array(names, pa.string())


def _refused(shapes: NDArray[np.object_], precision: pa.Array) -> NDArray[np.object_]:
    """Say of geometries that no map shows (see `layers.drawing`) why; nothing of the others."""
    kind = shapely.get_type_id(shapes)
    reasons = np.full(len(shapes), "", dtype=object)
    reasons[np.isin(kind, (1, 2, 5))] = "its geometry is a line, which this map does not draw"
    reasons[kind == 7] = "its geometry is of several kinds, which this map does not draw"
    reasons[np.isin(kind, (0, 4)) & _isin(precision, AREAS)] = "its points stand for an area that the row does not name"
    reasons[(kind >= 0) & _isin(precision, ("country",))] = "known to the country only"
    return reasons


def _areas(columns: dict[str, Any], picked: pa.Array) -> list[str | None]:
    """Give the id of the area for each row that is known to an area only, whatever town its text names."""
    precision, admin1, country = (columns[name].take(picked).to_pylist() for name in ("precision", "admin1", "country"))
    listed: list[str | None] = []
    for known_to, region, state in zip(precision, admin1, country, strict=True):
        if known_to in {"admin1", "region"} and region:
            listed.append(f"admin1:{region}")
        else:
            listed.append(f"country:{state}" if known_to == "country" and state else None)
    return listed


def _administration(
    lon: NDArray[np.float64], lat: NDArray[np.float64], given: NDArray[np.bool_], boundaries: Boundaries
) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    country, admin1 = (np.full(len(lon), None, dtype=object) for _ in range(2))
    if given.any():
        found_country, found_admin1 = boundaries.containing(lon[given], lat[given])
        country[given] = [code or None for code in found_country.tolist()]
        admin1[given] = [code or None for code in found_admin1.tolist()]
    return country, admin1


def _titles(columns: dict[str, Any], taxonomy: Taxonomy) -> pa.Array:
    labels = {key: kind.label["en"] for key, kind in taxonomy.types.items()}
    types = columns["type"].dictionary_encode()
    label = pa.array([labels.get(t, t) for t in types.dictionary.to_pylist()], pa.string()).take(types.indices)
    place = pc.coalesce(columns["place_text"], "place not named")
    return pc.coalesce(columns["title"], pc.binary_join_element_wise(label, place, ", "))


def _sources(rows: IncidentRows, columns: dict[str, Any]) -> tuple[pa.Table, pa.Array]:
    """Give one source for each different article named, one without a name for rows that name none, and each row's source id."""
    name = PurePath(rows.path).name
    key = pa.table({column: columns[column] for column in _SOURCE_KEY})
    # In an order of their own, for of two that name one article the first stands.
    distinct = sorted(key.group_by(list(_SOURCE_KEY), use_threads=False).aggregate([]).to_pylist(), key=lambda row: str([*row.values()]))
    records: dict[str, dict[str, Any]] = {}
    ids: dict[tuple[Any, ...], str] = {}
    for row in distinct:
        named = any(row[column] for column in ("source_url", "source_title", "publisher"))
        parts = (row["source_url"],) if row["source_url"] else tuple(row[c] for c in _SOURCE_KEY[1:4]) if named else (name,)
        source_id = ids[tuple(row[c] for c in _SOURCE_KEY)] = stable_id("s", *parts)
        records.setdefault(source_id, {
            "id": source_id,
            "url": row["source_url"],
            "title": row["source_title"],
            "publisher": row["publisher"],
            "published": row["published"],
            "lang": row["lang"],
            "sha256": rows.sha256,
        })  # fmt: skip
    if len(ids) == 1:
        source_id = pa.array([*ids.values()] * len(key), pa.string())
    else:
        source_id = pa.array([ids[values] for values in zip(*(key[c].to_pylist() for c in _SOURCE_KEY), strict=True)], pa.string())
    listed = list(records.values())
    return pa.table({name: pa.array([r.get(name) for r in listed], kind) for name, kind in SOURCES.items()}), source_id


def _isin(column: pa.Array, words: tuple[str, ...]) -> NDArray[np.bool_]:
    return np.asarray(pc.is_in(column, pa.array(words, pa.string())))


def _filled(values: Sequence[str | None] | NDArray[np.object_], otherwise: pa.Array) -> pa.Array:
    return pc.coalesce(pa.array(values, pa.string()), otherwise)
