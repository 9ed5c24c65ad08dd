"""The one coordinate system: WGS 84, longitude before latitude, and distances on it.

Everything in this package carries coordinates as `lon, lat` in degrees. The only place that
writes `[lat, lon]` is the TypeScript that calls Leaflet.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["EARTH_RADIUS_KM", "KM_PER_DEGREE", "WGS84", "distance_km", "great_circle_km", "in_range", "morton"]

WGS84 = "EPSG:4326"

#: Mean Earth radius R1 of the WGS 84 ellipsoid (NIMA TR8350.2, third edition, table 3.2).
EARTH_RADIUS_KM = 6371.0088

#: Kilometres of a degree of latitude on a sphere of that radius.
KM_PER_DEGREE = 111.195


def in_range(lon: ArrayLike, lat: ArrayLike) -> NDArray[np.bool_]:
    """Tell which positions lie on the globe.

    Parameters
    ----------
    lon, lat
        Degrees; NaN and infinities are outside.

    Returns
    -------
    Booleans in the broadcast shape of the two.
    """
    lon, lat = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    inside: NDArray[np.bool_] = (np.abs(lon) <= 180.0) & (np.abs(lat) <= 90.0)
    return inside


def distance_km(lon1: ArrayLike, lat1: ArrayLike, lon2: ArrayLike, lat2: ArrayLike) -> NDArray[np.float64]:
    """Measure great-circle distances on the mean sphere, by the haversine formula.

    Good to 0.6 %, the flattening of the Earth; positions in degrees, distances in kilometres, in
    the broadcast shape of the arguments.

    Examples
    --------
    >>> round(float(distance_km(34.80, 50.92, 36.19, 51.74)))  # Sumy to Kursk
    133
    >>> float(distance_km(180.0, 10.0, -180.0, 10.0))
    0.0
    """
    a, b, c, d = (np.radians(np.asarray(v, dtype=float)) for v in (lon1, lat1, lon2, lat2))
    chord = np.sin((d - b) / 2) ** 2 + np.cos(b) * np.cos(d) * np.sin((c - a) / 2) ** 2
    result: NDArray[np.float64] = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(chord, 0, 1)))
    return np.where(result < 1e-9, 0.0, result)


def great_circle_km(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Measure one distance as `distance_km` does, without the cost of arrays.

    Examples
    --------
    >>> round(great_circle_km(34.80, 50.92, 36.19, 51.74))  # Sumy to Kursk
    133
    """
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))


def morton(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.uint64]:
    """Give each position its place on the Z-order curve, so that neighbours stand together.

    Sixteen bits an axis over the whole globe (about 600 m at the equator), interleaved as in
    Morton (1966). Positions must be finite.
    """
    x = np.clip((lon + 180.0) / 360.0 * 65536.0, 0, 65535).astype(np.uint64)
    y = np.clip((lat + 90.0) / 180.0 * 65536.0, 0, 65535).astype(np.uint64)
    return _spread(x) | (_spread(y) << np.uint64(1))


def _spread(v: NDArray[np.uint64]) -> NDArray[np.uint64]:
    for shift, mask in ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
        v = (v | (v << np.uint64(shift))) & np.uint64(mask)
    return v
