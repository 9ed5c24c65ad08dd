"""A Grid to IncidentRows: every column read in our words, every bad row set aside with its reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mapper.incidents import CHILDREN, COUNTS, MAX_QUOTE, PRECISIONS, SINGLE_COUNTS
from mapper.sources.cells import distinct, join, numbers, spread
from mapper.sources.counts import EXPECTED, MOST, Count, parse_count
from mapper.sources.periods import read_periods, read_wall_clock
from mapper.sources.positions import faults, outline_faults, parse_degrees, split_pair
from mapper.sources.rows import ROW_COLUMNS, IncidentRows
from mapper.sources.sheet import Sheet
from mapper.sources.vocabulary import country_code, reader

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from mapper.sources.columns import Layout
    from mapper.sources.grid import Grid
    from mapper.taxonomy import Taxonomy

__all__ = ["DEFAULT_PRECISION", "read_rows"]

#: What a position is taken to mean if the table does not say: a settlement, not a spot. Most tables take it from a
#: gazetteer, and to claim more would be dishonest; a column `precision` says better.
DEFAULT_PRECISION = "settlement"

_TEXTS = ("title", "place_text", "admin1", "actor", "target", "weapon", "sensitivity", "notes")
_CLAIM_TEXTS = ("by", "source_url", "source_title", "publisher", "lang")
_SEPARATOR = "\x1f"  # between tags while they are joined; no keyboard writes it
_DAY = 86400
#: An incident that is dated later than its report by more than this was not seen by who reported it.
_MOST_AHEAD_DAYS = 3


def read_rows(
    path: str,
    sha256: str,
    grid: Grid,
    found: Layout,
    taxonomy: Taxonomy,
    *,
    published: date | None = None,
    lang: str | None = None,
) -> IncidentRows:
    """Read a table whose columns are found.

    Parameters
    ----------
    published, lang
        Override what the file says for all rows.
    """
    sheet = Sheet(path, grid, found)
    blank = _blank(sheet)
    _reject_nul(sheet)
    columns: dict[str, Any] = {"row": pa.array(grid.rows)}
    columns["id"] = _ids(sheet)
    columns["type"], unknown_type = _types(sheet, taxonomy)
    periods = read_periods(sheet, taxonomy)
    for name in ("date_start", "date_end", "date_precision", "timezone"):
        columns[name] = getattr(periods, name)
    columns["reported_at"] = read_wall_clock(sheet, "reported_at", periods.timezone)
    columns["published"] = read_wall_clock(sheet, "published", periods.timezone)
    columns["country"] = _countries(sheet)
    lon, lat = _positions(sheet, columns["country"])
    columns["lon"], columns["lat"] = (pa.array(v, mask=np.isnan(v)) for v in (lon, lat))
    columns["precision"] = _precisions(sheet, taxonomy, ~np.isnan(lon))
    columns["radius_km"] = _radius(sheet)
    columns |= _counts(sheet)
    columns |= {name: sheet.text(name) for name in (*_TEXTS, *_CLAIM_TEXTS)}
    columns["quote"] = _shortened(sheet.text("quote"))
    unknown_status = _statuses(sheet, taxonomy, columns)
    _apply_profile(sheet, columns)
    columns["tags"] = _tags(sheet, [unknown_type, unknown_status])
    if published:
        columns["published"] = pa.array([published]).cast(pa.timestamp("s")).take(pa.array(np.zeros(len(sheet), np.int8)))
    if lang:
        columns["lang"] = pa.array([lang]).take(pa.array(np.zeros(len(sheet), np.int8)))
    _reject_foretold(sheet, columns)
    _reject_duplicates(sheet, columns["id"], blank)
    return _kept(sheet, sha256, columns, blank)


def _kept(sheet: Sheet, sha256: str, columns: dict[str, Any], blank: NDArray[np.bool_]) -> IncidentRows:
    keep = ~blank
    keep[list(sheet.bad)] = False
    table = pa.table({name: columns[name].cast(kind) for name, kind in ROW_COLUMNS.items()})
    if not keep.all():
        table = table.filter(pa.array(keep))
    profile, unused = sheet.layout.profile, sheet.layout.unused
    if not len(table) and not sheet.bad and not sheet.grid.rejected:
        sheet.warn("has a header but no rows")
    if unused:
        sheet.warn(f"columns not used: {', '.join(unused[:12])}{', …' if len(unused) > 12 else ''}")
    if profile and profile.notice:
        sheet.warn(f"read as {profile.name}; {profile.notice}")
    geometry = sheet.grid.geometry
    faulty = [*sheet.grid.rejected, *(fault for row, fault in sheet.bad.items() if not blank[row])]
    return IncidentRows(
        path=sheet.path,
        sha256=sha256,
        table=table,
        profile=profile.name if profile else "",
        geometry=None if geometry is None else geometry[keep],
        rejected=tuple(sorted(faulty, key=lambda fault: fault.row)),
        warnings=(*sheet.grid.warnings, *sheet.warnings),
    )


def _blank(sheet: Sheet) -> NDArray[np.bool_]:
    """Find rows without any content, such as spreadsheets leave below a table."""
    empty = np.ones(len(sheet), dtype=bool)
    if sheet.grid.lon is not None:
        empty &= np.isnan(sheet.grid.lon)
    if sheet.grid.geometry is not None:
        empty &= np.array([shape is None for shape in sheet.grid.geometry])
    for column in sheet.grid.columns.values():
        if not empty.any():
            break
        empty &= pc.equal(pc.utf8_trim_whitespace(column), "").to_numpy(zero_copy_only=False)
    # a feature without a geometry and without properties is still a feature that somebody drew
    return empty & (sheet.grid.lon is None)


def _reject_nul(sheet: Sheet) -> None:
    for position, column in sheet.grid.columns.items() if sheet.grid.damaged else ():
        has = pc.match_substring(column, "\0").to_numpy(zero_copy_only=False)
        for row in np.flatnonzero(has).tolist():
            value = column[row].as_py().replace("\0", "␀")[:60]
            name = sheet.grid.header[position]
            sheet.reject_row(row, "", value, f"column {name}, value {value!r}: holds a NUL character: the file may be damaged there")


def _ids(sheet: Sheet) -> pa.Array:
    ids = sheet.text("id")
    profile = sheet.layout.profile
    return pc.binary_join_element_wise(profile.id_prefix, ids, "") if profile and profile.id_prefix else ids


def _reject_duplicates(sheet: Sheet, ids: pa.Array, blank: NDArray[np.bool_]) -> None:
    """Keep the first good row of each id."""
    cells = distinct(ids)
    if len(cells.values) == len(sheet):
        return
    good = (cells.codes >= 0) & ~blank
    good[list(sheet.bad)] = False
    rows = np.flatnonzero(good)
    _, first, inverse = np.unique(cells.codes[rows], return_index=True, return_inverse=True)
    origin = rows[first][inverse]
    for row, kept in zip(rows[origin != rows].tolist(), origin[origin != rows].tolist(), strict=True):
        sheet.reject_row(row, "id", ids[row].as_py(), f"is the id of row {int(sheet.grid.rows[kept])} already: give each incident its own")


def _types(sheet: Sheet, taxonomy: Taxonomy) -> tuple[pa.Array, pa.Array]:
    """Give the type of each row, and the words that are none of our types."""
    length = len(sheet)
    cells = sheet.distinct("type")
    if cells is None:
        kinds, unknown = pa.nulls(length, pa.string()), pa.nulls(length, pa.string())
    else:
        found = cells.map(reader("type", taxonomy, sheet.layout.profile))
        strange = [word is None for word in found]
        sheet.warn_of_words("type", cells, strange, "no type of ours, so they become 'other' and the word a tag")
        kinds = spread(found, cells, pa.string())
        unknown = spread([word if odd else None for word, odd in zip(cells.values, strange, strict=True)], cells, pa.string())
    if profile := sheet.layout.profile:
        for column, kind in reversed(list(profile.flags.items())):
            if (flag := sheet.named(column)) is not None and kind in taxonomy.types:
                kinds = pc.if_else(pc.fill_null(pc.is_in(flag, value_set=pa.array(["1", "1.0", "true", "TRUE"])), False), kind, kinds)
    return kinds.fill_null("other"), unknown


def _reject_foretold(sheet: Sheet, columns: dict[str, Any]) -> None:
    """Set aside rows that are dated after their own report, by more than clocks and time zones explain."""
    start, told = columns["date_start"], pc.max_element_wise(columns["reported_at"], columns["published"])
    ahead = pc.subtract(start.cast(pa.int64()), told.cast(pa.int64())).fill_null(0).to_numpy(zero_copy_only=False) / _DAY
    for row in np.flatnonzero(ahead > _MOST_AHEAD_DAYS).tolist():
        day, report = start[row].as_py(), told[row].as_py()
        sheet.reject_row(row, "date_start", f"{day:%Y-%m-%d}", f"is {ahead[row]:.0f} days after its own report of {report:%Y-%m-%d}")


def _statuses(sheet: Sheet, taxonomy: Taxonomy, columns: dict[str, Any]) -> pa.Array:
    """Set the status of each row, and give the words that are none."""
    cells = sheet.distinct("status", unknown=False)
    if cells is None:
        columns["status"] = pa.nulls(len(sheet), pa.string())
        return columns["status"]
    found = cells.map(reader("status", taxonomy, sheet.layout.profile))
    strange = [word is None for word in found]
    sheet.warn_of_words("status", cells, strange, "no status of ours, so they become 'claimed' and the word a tag")
    columns["status"] = spread(["claimed" if word is None else word for word in found], cells, pa.string())
    return spread([word if odd else None for word, odd in zip(cells.values, strange, strict=True)], cells, pa.string())


def _countries(sheet: Sheet) -> pa.Array:
    cells = sheet.distinct("country")
    if cells is None:
        return pa.nulls(len(sheet), pa.string())
    found = cells.map(country_code)
    sheet.warn_of_words("country", cells, [code is None for code in found], "no country we know, left empty; write a code such as UA")
    return spread(found, cells, pa.string())


def _positions(sheet: Sheet, country: pa.Array) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    if sheet.grid.lon is not None and sheet.grid.lat is not None:
        lon, lat = sheet.grid.lon.copy(), sheet.grid.lat.copy()
    else:
        lon, lat = _degrees(sheet, "lon"), _degrees(sheet, "lat")
        pairs = sheet.cells("lat_lon")
        if pairs is not None:
            cells = distinct(pairs)
            found = cells.map(split_pair)
            wrong = cells.rows([pair is None for pair in found]) & np.isnan(lon) & np.isnan(lat)
            sheet.reject(wrong, "lat_lon", pairs, "is no position; expected latitude and longitude, such as '50.92, 34.80'")
            both = np.array([*((np.nan, np.nan) if pair is None else pair for pair in found), (np.nan, np.nan)])[cells.codes]
            empty = np.isnan(lon) & np.isnan(lat)
            lon, lat = np.where(empty, both[:, 0], lon), np.where(empty, both[:, 1], lat)
    for row, (ours, value, problem) in faults(lon, lat, distinct(country) if country.null_count < len(country) else None).items():
        named = ours if ours in sheet.layout.columns else "lat_lon" if "lat_lon" in sheet.layout.columns else ours
        sheet.reject_row(row, named, f"{value:.10g}", problem)
    for row, (ours, value, problem) in ({} if sheet.grid.geometry is None else outline_faults(sheet.grid.geometry)).items():
        sheet.reject_row(row, ours, f"{value:.10g}", problem)
    return lon, lat


def _degrees(sheet: Sheet, ours: str) -> NDArray[np.float64]:
    column = sheet.cells(ours)
    if column is None:
        return np.full(len(sheet), np.nan)
    values, wrong = numbers(column, parse_degrees)
    # what Arrow takes for numbers, inf and nan, are none here
    wrong |= np.isinf(values) | (np.isnan(values) & column.is_valid().to_numpy(zero_copy_only=False))
    word = "longitude" if ours == "lon" else "latitude"
    sheet.reject(wrong, ours, column, f"is not a {word}; expected degrees such as {'34.80' if ours == 'lon' else '50.92'}")
    values[wrong] = np.nan
    return values


def _precisions(sheet: Sheet, taxonomy: Taxonomy, placed: NDArray[np.bool_]) -> pa.Array:
    cells = sheet.distinct("precision")
    said = pa.nulls(len(sheet), pa.string())
    if cells is not None:
        found = cells.map(reader("precision", taxonomy, sheet.layout.profile))
        wrong = cells.rows([word is None for word in found])
        if wrong.any():
            profile = sheet.layout.profile
            expected = ", ".join(profile.words["precision"] if profile and "precision" in profile.words else PRECISIONS)
            sheet.reject(wrong, "precision", sheet.text("precision"), f"is not one of {expected}")
        said = spread(found, cells, pa.string())
    return pc.if_else(pc.and_(said.is_null(), pa.array(placed)), DEFAULT_PRECISION, said)


def _radius(sheet: Sheet) -> pa.Array:
    column = sheet.cells("radius_km")
    if column is None:
        return pa.nulls(len(sheet), pa.float64())
    values, wrong = numbers(column, parse_degrees)
    with np.errstate(invalid="ignore"):
        wrong |= (values < 0) | np.isinf(values)
    sheet.reject(wrong, "radius_km", column, "is not a distance; expected kilometres such as 25")
    return pa.array(values, mask=np.isnan(values) | wrong)


def _counts(sheet: Sheet) -> dict[str, pa.Array]:
    """Read all numbers; a range in the one column of killed or injured fills low and high."""
    columns: dict[str, pa.Array] = {name: pa.nulls(len(sheet), pa.int32()) for name in COUNTS}
    for name in COUNTS:
        column = sheet.cells(name)
        if column is None:
            continue
        cells = distinct(column)
        found = cells.map(parse_count)
        sheet.reject(cells.rows([count is None for count in found]), name, column, f"is not a number; expected {EXPECTED}")
        counts = [count or Count() for count in found]
        beyond = [any(part is not None and part > MOST for part in (count.low, count.best, count.high)) for count in counts]
        sheet.reject(cells.rows(beyond), name, column, f"is more than {MOST:,}; expected the number of this incident, not a total")
        if name in SINGLE_COUNTS:
            ranges = [count is not None and count.best is None for count in found]
            sheet.warn_of_words(name, cells, ranges, "one number is kept, the lower one")
            values = [_one(count) for count in counts]
            columns[name] = spread(values, cells, pa.int32())
            continue
        stem, part = name.rsplit("_", 1)
        if part != "best":
            values = [getattr(count, part) if count.best is None else count.best for count in counts]
            columns[name] = pc.coalesce(spread(values, cells, pa.int32()), columns[name])
            continue
        columns[name] = spread([count.best for count in counts], cells, pa.int32())
        for bound in ("low", "high"):
            given = spread([getattr(count, bound) for count in counts], cells, pa.int32())
            columns[f"{stem}_{bound}"] = pc.coalesce(columns[f"{stem}_{bound}"], given)
    for stem, part_column in CHILDREN.items():
        low, best, high = (columns[f"{stem}_{part}"] for part in ("low", "best", "high"))
        for smaller, larger, words in ((low, best, "low and best"), (best, high, "best and high"), (low, high, "low and high")):
            wrong = pc.fill_null(pc.greater(smaller, larger), False).to_numpy(zero_copy_only=False)
            for row in np.flatnonzero(wrong).tolist():
                a, b = smaller[row].as_py(), larger[row].as_py()
                sheet.reject_row(row, f"{stem}_best", f"{a}, {b}", f"{stem} {words} are the wrong way round: {a} is above {b}")
        whole, part = pc.coalesce(high, best), columns[part_column]
        for row in np.flatnonzero(pc.fill_null(pc.greater(part, whole), False).to_numpy(zero_copy_only=False)).tolist():
            a, b = part[row].as_py(), whole[row].as_py()
            sheet.reject_row(row, part_column, f"{a}", f"{a} children {stem}, but {b} {stem} in all; expected a part of these")
    return columns


def _one(count: Count) -> int | None:
    if count.best is not None:
        return count.best
    return count.high if count.low is None else count.low


def _shortened(quotes: pa.Array) -> pa.Array:
    """Cut quotes to the length that may be shown."""
    cut = pc.binary_join_element_wise(pc.utf8_slice_codeunits(quotes, 0, MAX_QUOTE - 1), "…", "")
    return pc.if_else(pc.greater(pc.utf8_length(quotes), MAX_QUOTE), cut, quotes)


def _apply_profile(sheet: Sheet, columns: dict[str, Any]) -> None:
    """Put in what a known data set says in several columns, or by a column being filled at all."""
    profile = sheet.layout.profile
    if not profile:
        return
    for ours, places in sheet.layout.joined.items():
        if ours != "tags":
            columns[ours] = join([sheet.at(place) for place in places])
    for word, theirs in profile.noted.items():
        if found := [cells for column in theirs if (cells := sheet.named(column)) is not None]:
            line = pc.binary_join_element_wise(f"{word}: ", join(found), "")
            columns["notes"] = join([line, columns["notes"]], "\n")
    for ours, cases in profile.present.items():
        for column, word in cases.items():
            if (cells := sheet.named(column)) is not None:
                columns[ours] = pc.if_else(cells.is_valid(), word, columns[ours])


def _tags(sheet: Sheet, extra: Sequence[pa.Array]) -> pa.Array:
    """Put the tags of each row together: its own, and words that had no other place; null if there is none."""
    parts = list(extra)
    profile = sheet.layout.profile
    if (own := sheet.cells("tags")) is not None:
        parts.append(_split(own))
    if profile:
        parts += [_split(sheet.at(place)) for place in sheet.layout.joined.get("tags", ())]
        for column, meanings in profile.tag_words.items():
            if (cells := sheet.named(column)) is not None:
                codes = distinct(cells)
                parts.append(spread([meanings.get(value) for value in codes.values], codes, pa.string()))
        if "tags" in profile.fixed:
            parts.append(pa.array([profile.fixed["tags"]]).take(pa.array(np.zeros(len(sheet), np.int8))))
    cells = distinct(join(parts, _SEPARATOR))
    lists = cells.map(lambda value: list(dict.fromkeys(filter(None, (tag.strip() for tag in value.split(_SEPARATOR))))) or None)
    return spread(lists, cells, pa.list_(pa.string()))


def _split(column: pa.Array) -> pa.Array:
    """Part the tags of a cell, which stand behind semicolons or commas, or in a list as JSON writes it."""
    cells = distinct(column)

    def parted(value: str) -> str:
        if value.startswith("[") and value.endswith("]"):
            value = value[1:-1].replace('"', "")
        return re.sub(r"\s*[;|]\s*" if ";" in value or "|" in value else r"\s*,\s*", _SEPARATOR, value)

    return spread(cells.map(parted), cells, pa.string())
