"""Distances and the curve through the map."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.crs import distance_km, in_range, morton

LON = st.floats(-180, 180)
LAT = st.floats(-90, 90)


@pytest.mark.parametrize(
    ("place", "other", "km"),
    [
        ((30.5234, 50.4501), (36.2304, 49.9935), 409),  # Kyiv to Kharkiv
        ((0, 90), (123, 90), 0),  # a pole is one place
        ((179.9, 0), (-179.9, 0), 22.2),  # across the antimeridian
        ((0, 0), (180, 0), 20015),  # half way round
    ],
)
def test_known_distances(place, other, km):
    assert float(distance_km(*place, *other)) == pytest.approx(km, rel=0.01, abs=0.01)


@given(LON, LAT, LON, LAT)
def test_a_distance_is_the_same_both_ways(a, b, c, d):
    assert float(distance_km(a, b, c, d)) == pytest.approx(float(distance_km(c, d, a, b)), abs=1e-6)


def test_off_the_globe():
    assert in_range([0, 181, 0, np.nan, np.inf], [0, 0, 91, 0, 0]).tolist() == [True, False, False, False, False]


@given(st.lists(st.tuples(LON, LAT), min_size=2, max_size=20))
def test_the_curve_tells_equal_cells_only(positions):
    lon, lat = (np.array(axis) for axis in zip(*positions, strict=True))
    codes = morton(lon, lat)
    cells = list(
        zip(np.clip((lon + 180) / 360 * 65536, 0, 65535).astype(int), np.clip((lat + 90) / 180 * 65536, 0, 65535).astype(int), strict=True)
    )
    assert len(set(codes.tolist())) == len(set(cells))


def test_neighbours_stand_together():
    sumy, near_sumy, lisbon = morton(np.array([34.80, 34.81, -9.1]), np.array([50.90, 50.91, 38.7])).tolist()
    assert abs(sumy - near_sumy) < abs(sumy - lisbon)
