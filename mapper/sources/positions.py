"""Longitudes and latitudes of a table's rows: read as people write them, and refused where they can't be right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from mapper.crs import distance_km, in_range
from mapper.sources.columns import extents

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mapper.sources.cells import Distinct

__all__ = ["SWAPPED", "faults", "outline_faults", "parse_degrees", "split_pair"]

SWAPPED = "looks swapped: swap lon and lat"

_DECIMAL = re.compile(r"([NSEWСЮЗВ]?)\s*([+\-−]?\d+(?:[.,]\d+)?)\s*°?\s*([NSEWСЮЗВ]?)", re.IGNORECASE)
_SEXAGESIMAL = re.compile(
    r"([NSEW]?)\s*(\d{1,3})\s*[°º]\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*['′’ʼ]\s*)?(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:\"|″|''|”)\s*)?([NSEW]?)",
    re.IGNORECASE,
)
_PAIR = re.compile(r"[(\[]?\s*([^,;\s][^;]*?)\s*(?:;\s*|,\s+|(?<=\d\.\d)\s+|(?<=\d),(?=\s*-?\d+\.)|\s+)([^,;\s][^;]*?)\s*[)\]]?")
_SOUTH_WEST = set("SWswЮЗюз")

#: A position this far from the middle of its table, with its exchange this much nearer, is taken for exchanged.
_FAR_KM = 1500.0
_NEARER = 0.25
#: Not if this share of the table lies around it: then it is a second theatre, not a mistake.
_COMPANY = 0.02
_COMPANY_DEGREES = 5.0


def parse_degrees(text: str) -> float | None:
    """Read an angle: decimal point or comma, degree sign, N/S/E/W, or degrees, minutes and seconds.

    Examples
    --------
    >>> parse_degrees("50,92"), parse_degrees("34.8° W"), parse_degrees("50°55′12″N")
    (50.92, -34.8, 50.92)
    >>> parse_degrees("north") is None
    True
    """
    text = text.strip()
    if match := _DECIMAL.fullmatch(text):
        value = float(match[2].replace(",", ".").replace("−", "-"))
        return -value if (match[1] or match[3]) in _SOUTH_WEST else value
    if match := _SEXAGESIMAL.fullmatch(text):
        degrees, minutes, seconds = (float((match[n] or "0").replace(",", ".")) for n in (2, 3, 4))
        value = degrees + minutes / 60 + seconds / 3600
        return -value if (match[1] or match[5]) in _SOUTH_WEST else round(value, 9)
    return None


def split_pair(text: str) -> tuple[float, float] | None:
    """Read one cell that holds latitude and longitude, in this order as maps show them.

    Returns
    -------
    Longitude and latitude, or None.

    Examples
    --------
    >>> split_pair("50.92, 34.80")
    (34.8, 50.92)
    >>> split_pair("50,92; 34,80")
    (34.8, 50.92)
    """
    match = _PAIR.fullmatch(text.strip())
    if not match:
        return None
    lat, lon = parse_degrees(match[1]), parse_degrees(match[2])
    return None if lat is None or lon is None else (lon, lat)


def faults(lon: NDArray[np.float64], lat: NDArray[np.float64], country: Distinct | None) -> dict[int, tuple[str, float, str]]:
    """Find positions that can't be right.

    Parameters
    ----------
    lon, lat
        Degrees; NaN where a row has none.
    country
        ISO 3166-1 codes of the rows, or None if the table does not say.

    Returns
    -------
    For the number of each such row: the column (`lon` or `lat`), its value and the problem.
    """
    found: dict[int, tuple[str, float, str]] = {}
    has_lon, has_lat = ~np.isnan(lon), ~np.isnan(lat)
    for at in np.flatnonzero(has_lon != has_lat).tolist():
        here, gone = ("lon", "latitude") if has_lon[at] else ("lat", "longitude")
        found[at] = (here, float((lon if has_lon[at] else lat)[at]), f"{gone} is missing: give both or neither")
    both = has_lon & has_lat
    with np.errstate(invalid="ignore"):
        outside = both & ~in_range(lon, lat)
        fits_swapped = in_range(lat, lon)
    for at in np.flatnonzero(outside).tolist():
        if abs(lat[at]) > 90:
            found[at] = _outside("lat", float(lat[at]), f"; {SWAPPED}" if fits_swapped[at] else "")
        else:
            found[at] = _outside("lon", float(lon[at]))
    for at in np.flatnonzero(both & (lon == 0) & (lat == 0)).tolist():
        found[at] = ("lat", 0.0, "0, 0 is null island: coordinates missing? leave both empty if unknown")
    usable = both & ~outside & ~((lon == 0) & (lat == 0)) & fits_swapped
    for at, why in _swapped(lon, lat, usable, country).items():
        found[at] = ("lat", float(lat[at]), f"{SWAPPED} ({why})")
    return found


def outline_faults(shapes: NDArray[np.object_]) -> dict[int, tuple[str, float, str]]:
    """Find areas and lines that reach beyond the globe, as `faults` finds positions; None is no fault."""
    import shapely

    bounds = shapely.bounds(shapes)
    beyond = np.abs(bounds) > (180, 90, 180, 90)
    found: dict[int, tuple[str, float, str]] = {}
    for at in np.flatnonzero(beyond.any(axis=1)).tolist():
        side = int(beyond[at].argmax())
        value = float(bounds[at, side])
        found[at] = _outside("lat", value) if side % 2 else _outside("lon", value, ": split in two what crosses the 180th meridian")
    return found


def _outside(ours: str, value: float, more: str = "") -> tuple[str, float, str]:
    name, most = ("longitude", 180) if ours == "lon" else ("latitude", 90)
    return ours, value, f"{name} {value:.10g} is outside -{most}..{most}{more}"


def _swapped(lon: NDArray[np.float64], lat: NDArray[np.float64], usable: NDArray[np.bool_], country: Distinct | None) -> dict[int, str]:
    """Find positions that are out of place while their exchange is in place.

    The extent of a row's country tells best; without it, the other rows of the table (or of the country) tell.
    """
    codes = np.full(len(lon), -1) if country is None else country.codes
    names = [] if country is None else country.values
    found: dict[int, str] = {}
    for number, code in enumerate(["", *names], -1):
        rows = np.flatnonzero(usable & (codes == number))
        if code in extents():
            west, south, east, north = extents()[code]
            x, y = lon[rows], lat[rows]
            here = (x >= west) & (x <= east) & (y >= south) & (y <= north)
            there = (y >= west) & (y <= east) & (x >= south) & (x <= north)
            found |= dict.fromkeys(rows[~here & there].tolist(), f"as it stands it is far outside {code}")
        elif len(rows) >= 3:
            found |= _out_of_company(lon, lat, rows, code)
    return found


def _out_of_company(lon: NDArray[np.float64], lat: NDArray[np.float64], rows: NDArray[np.int64], code: str) -> dict[int, str]:
    x, y = lon[rows], lat[rows]
    middle = float(np.median(x)), float(np.median(y))
    away = distance_km(x, y, *middle)
    suspects = np.flatnonzero((away > _FAR_KM) & (distance_km(y, x, *middle) < _NEARER * away))
    if not len(suspects):
        return {}
    # rows in the cell of each suspect and the eight around it, the suspect itself not counted
    column, line = (np.floor((v + 180) / _COMPANY_DEGREES).astype(np.int64) + 1 for v in (x, y))
    counts = np.zeros((int(column.max()) + 2, int(line.max()) + 2), dtype=np.int64)
    np.add.at(counts, (column, line), 1)
    around = sum(counts[column[suspects] + i, line[suspects] + j] for i in (-1, 0, 1) for j in (-1, 0, 1))
    alone = suspects[np.asarray(around) - 1 < max(1.0, _COMPANY * len(rows))]
    whose = f"the other rows of {code}" if code else "the other rows"
    why = f"{whose} lie around lon {middle[0]:.4g}, lat {middle[1]:.4g}; if it is right as it is, add a column country"
    return dict.fromkeys(rows[alone].tolist(), why)
