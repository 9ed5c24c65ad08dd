"""Countries and admin-1 areas: their shapes, which of them a point is in, and the background of a map.

All of it comes from one set of lines (see `mapper.gazetteer.build.topology`), so that a hatched oblast, its border, the
country's border and the coast lie exactly on each other. Borders are those that the United Nations recognise: Crimea
and Sevastopol are Ukraine. `mapper.gazetteer.build.boundaries` makes the files.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely

from mapper.errors import GeodataError
from mapper.gazetteer.basemap import Basemap, BasemapMaker, City, Label
from mapper.gazetteer.boundary_files import ADMIN1, COUNTRY, EDGE_SOUTH, BoundaryFiles, KindOfArc, bounds_of, numbers
from mapper.gazetteer.seas import sea
from mapper.gazetteer.water import lake
from mapper.geodata import data_dir, stamp
from mapper.taxonomy import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

__all__ = [
    "ADMIN1",
    "COUNTRY",
    "JOINED",
    "SNAP_KM",
    "Area",
    "Basemap",
    "Boundaries",
    "City",
    "KindOfArc",
    "Label",
]

JOINED = "+"
"""Between the ids of areas that are one for a report, such as the oblasts of Donbas."""
SNAP_KM = 3.0
"""A point this far out at sea still counts as on the coast: gazetteers and coastlines are no better than that."""

_KM_PER_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Area:
    """A country or an admin-1 unit.

    Attributes
    ----------
    place_id
        ``country:UA`` or ``admin1:UA-59``.
    code, country
        ISO 3166-2 (a code with ``~`` is Natural Earth's own) or ISO 3166-1, and the country's ISO 3166-1 code.
    names
        By language: en, uk, ru, de; empty where unknown.
    kind
        What the unit is called in its country, in English ("Region", "Municipality"); empty for countries.
    geonames
        GeoNames' code ("UA.21"), empty where there is none.
    lon, lat, radius
        The middle of the widest circle inside, and its radius in degrees: a good place for a label.
    bounds
        West, south, east, north.
    """

    place_id: str
    code: str
    country: str
    names: dict[str, str]
    kind: str
    geonames: str
    lon: float
    lat: float
    radius: float
    bounds: tuple[float, float, float, float]


class Boundaries:
    """The borders of the world, read as they are needed. Make one with `Boundaries.load`."""

    def __init__(self, directory: Path) -> None:
        self._files = BoundaryFiles(directory)
        self._maker = BasemapMaker(self._files)
        self._areas: dict[str, shapely.Polygon | shapely.MultiPolygon] = {}
        self._waters: dict[tuple[str, float, float, float], shapely.Polygon | None] = {}

    @classmethod
    def load(cls, directory: Path | None = None) -> Boundaries:
        """Open the files; the same files give the same object.

        Parameters
        ----------
        directory
            The folder with `boundaries/` and `basemap/`; by default our own data folder.

        Raises
        ------
        GeodataError
            If a file is missing, damaged or of another version.
        """
        directory = Path(directory) if directory is not None else data_dir()
        return _load(directory, stamp(sorted(path for part in ("boundaries", "basemap") for path in (directory / part).glob("*"))))

    @cached_property
    def _country_of_unit(self) -> NDArray[np.str_]:
        return np.array(self._files.units["country"].to_pylist())

    @cached_property
    def _unit_bounds(self) -> NDArray[np.float64]:
        return bounds_of(self._files.units)

    def __contains__(self, place_id: object) -> bool:
        return isinstance(place_id, str) and all(part in self._files for part in place_id.split(JOINED))

    def place_ids(self) -> tuple[str, ...]:
        """Give all places: the countries, then the admin-1 units, each by code."""
        return (*(COUNTRY + code for code in self._files.country_rows), *(ADMIN1 + code for code in self._files.unit_rows))

    def describe(self, place_id: str) -> Area:
        """Give codes, names and label point of a place.

        Raises
        ------
        GeodataError
            If there is no such place.
        """
        table, row = self._files.find(place_id)
        record = {name: table[name][row].as_py() for name in table.column_names if name not in {"polygons", "rings"}}
        return Area(
            place_id=place_id,
            code=record["code"],
            country=record.get("country", record["code"]),
            names={language: record[f"name_{language}"] for language in LANGUAGES},
            kind=record.get("type", ""),
            geonames=record.get("geonames", ""),
            lon=record["lon"],
            lat=record["lat"],
            radius=record["radius"],
            bounds=(record["west"], record["south"], record["east"], record["north"]),
        )

    def area(self, place_id: str) -> shapely.Polygon | shapely.MultiPolygon:
        """Give the shape of a place in WGS 84, lon and lat; the same object each time.

        Parameters
        ----------
        place_id
            ``country:UA`` or ``admin1:UA-59``, or several joined by ``+`` for their union.

        Raises
        ------
        GeodataError
            If there is no such place.
        """
        if JOINED in place_id and place_id not in self._areas:
            parts = self.areas(place_id.split(JOINED))
            self._areas[place_id] = shapely.orient_polygons(shapely.coverage_union_all(parts))
        if place_id not in self._areas:
            _, row = self._files.find(place_id)
            if place_id.startswith(ADMIN1):
                shape = self._unit_shape(row)
            else:
                mine = np.flatnonzero(self._country_of_unit == place_id.removeprefix(COUNTRY))
                united = shapely.coverage_union_all([self._unit_shape(int(i)) for i in mine])
                shape = shapely.orient_polygons(united)
            self._areas[place_id] = shape
        return self._areas[place_id]

    def areas(self, place_ids: Iterable[str]) -> list[shapely.Polygon | shapely.MultiPolygon]:
        """Give the shapes of several places, in their order."""
        return [self.area(place_id) for place_id in place_ids]

    def water(self, name: str, lon: float, lat: float, radius_km: float) -> shapely.Polygon | None:
        """Give the outline of a lake by its English name, or of the sea, bay or strait at a position; None if there is none.

        Parameters
        ----------
        lon, lat
            Its middle, in WGS 84.
        radius_km
            How large it is; a sea whose shore is farther off than that is given whole if it is enclosed.
        """
        key = (name, lon, lat, radius_km)
        if key not in self._waters:
            self._waters[key] = lake(self._files, name, lon, lat) or sea(lon, lat, radius_km, self._land)
        return self._waters[key]

    def _land(self, bounds: tuple[float, float, float, float]) -> NDArray[np.object_]:
        west, south, east, north = bounds
        edges = self._unit_bounds
        met = (edges[:, 0] <= east) & (edges[:, 2] >= west) & (edges[:, 1] <= north) & (edges[:, 3] >= south)
        return np.array([self._unit_shape(int(row)) for row in np.flatnonzero(met)], dtype=object)

    def _unit_shape(self, row: int) -> shapely.Polygon | shapely.MultiPolygon:
        place_id = ADMIN1 + str(self._files.unit_codes[row])
        if place_id not in self._areas:
            polygons = []
            for rings in self._files.units["polygons"][row].values:
                shell, *holes = (self._files.arcs.ring(numbers(ring.values)) for ring in rings.values)
                polygons.append(shapely.Polygon(shell, holes))
            self._areas[place_id] = polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)
        return self._areas[place_id]

    def containing(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> tuple[NDArray[np.str_], NDArray[np.str_]]:
        """Find the country and the admin-1 unit that each point is in.

        A point at sea no more than `SNAP_KM` from land is taken to the nearest unit.

        Parameters
        ----------
        lon, lat
            Degrees; of any equal length. A point that is not finite or not on earth is in no unit.

        Returns
        -------
        tuple
            Country codes (``UA``) and admin-1 codes (``UA-59``), both ``''`` for a point at sea.
        """
        lon, lat = np.atleast_1d(np.asarray(lon, dtype=float)), np.atleast_1d(np.asarray(lat, dtype=float))
        on_earth = np.isfinite(lon) & np.isfinite(lat) & (np.abs(lat) <= 90) & (np.abs(lon) <= 180)
        x = np.where(on_earth, lon, 0.0)
        # The south of Antarctica is beyond the edge of the map, but no sea.
        y = np.maximum(np.where(on_earth, lat, 0.0), EDGE_SOUTH + 1e-6)
        unit = np.full(len(x), -1)
        if on_earth.any():
            self._locate(x, y, np.flatnonzero(on_earth), unit)
            self._snap(x, y, np.flatnonzero(on_earth & (unit < 0)), unit)
        found = unit >= 0
        countries = np.where(found, self._country_of_unit[unit], "")
        return countries, np.where(found, self._files.unit_codes[unit], "")

    def _locate(self, x: NDArray[np.float64], y: NDArray[np.float64], which: NDArray[np.int64], unit: NDArray[np.int64]) -> None:
        boxes = shapely.STRtree(shapely.box(*self._unit_bounds.T))
        points, candidates = boxes.query(shapely.points(x[which], y[which]), predicate="intersects")
        if not len(points):
            return
        order = np.argsort(candidates, kind="stable")
        rows, begins = np.unique(candidates[order], return_index=True)
        for row, chosen in zip(rows.tolist(), np.split(points[order], begins[1:]), strict=True):
            open_points = which[chosen]
            open_points = open_points[unit[open_points] < 0]
            if len(open_points):
                shape = self._unit_shape(row)
                shapely.prepare(shape)
                unit[open_points[shapely.intersects_xy(shape, x[open_points], y[open_points])]] = row

    def _snap(self, x: NDArray[np.float64], y: NDArray[np.float64], which: NDArray[np.int64], unit: NDArray[np.int64]) -> None:
        if not len(which):
            return
        squeeze = np.maximum(np.cos(np.radians(y[which])), 0.02)
        reach = SNAP_KM / _KM_PER_DEGREE
        wide = shapely.box(x[which] - reach / squeeze, y[which] - reach, x[which] + reach / squeeze, y[which] + reach)
        boxes = shapely.STRtree(shapely.box(*self._unit_bounds.T))
        points, candidates = boxes.query(wide, predicate="intersects")
        nearest = np.full(len(which), SNAP_KM)
        for i, row in zip(points.tolist(), candidates.tolist(), strict=True):
            near = shapely.clip_by_rect(self._unit_shape(row), *shapely.bounds(wide[i]))
            if near.is_empty:
                continue
            # Measured on a plane that is true around the point.
            scaled = shapely.transform(near, lambda c, i=i: (c - (x[which[i]], y[which[i]])) * (squeeze[i], 1.0))
            km = float(shapely.distance(scaled, shapely.Point(0, 0))) * _KM_PER_DEGREE
            if km < nearest[i] or (km == nearest[i] and unit[which[i]] < 0):
                nearest[i] = km
                unit[which[i]] = row

    def basemap(
        self,
        bounds: tuple[float, float, float, float],
        *,
        budget_vertices: int = 34_000,
        areas: Sequence[str] = (),
        max_cities: int = 250,
        digits: int = 3,
    ) -> Basemap:
        """Give the background of a map: fine inside the bounds, coarse in the rest of the world.

        Parameters
        ----------
        bounds
            West, south, east, north of what the map is about; west may be east of east, across the antimeridian.
        budget_vertices
            How many points the arcs may have together. The finest levels are taken that keep it; `areas` and the
            coarsest level of the world (about 5,500) are drawn even where it is less.
        areas
            Places whose rings are wanted too, as references to the same arcs.
        max_cities
            How many cities to name.
        digits
            Decimal digits of a degree that coordinates are rounded to, 2 to 5.

        Raises
        ------
        GeodataError
            If `areas` names a place that is not known.
        ValueError
            If the bounds are not on earth.
        """
        return self._maker.make(bounds, budget_vertices=budget_vertices, areas=areas, max_cities=max_cities, digits=digits)


@lru_cache(maxsize=2)
def _load(directory: Path, _: object) -> Boundaries:
    boundaries = Boundaries(directory)
    for name in ("arcs", "points", "admin1", "countries"):
        path = directory / "boundaries" / f"{name}.parquet"
        if not path.is_file():
            raise GeodataError(f"{path}: is missing; run `mapper gazetteer build`, or check the file out again")
    return boundaries
