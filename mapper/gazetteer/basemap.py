"""The background of a map: land, borders and names, fine where the map looks and coarse in the rest of the world."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np
import shapely

from mapper.gazetteer.boundary_files import (
    ADMIN1,
    COUNTRY,
    SCALE,
    TOLERANCES,
    Arcs,
    BoundaryFiles,
    KindOfArc,
    bounds_of,
    column,
    take,
)
from mapper.gazetteer.water import Water, names_of, water_in
from mapper.taxonomy import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

__all__ = ["Basemap", "BasemapMaker", "City", "Label"]

# The levels inside the bounds, around them and in the rest of the world, best first.
_PLANS = (
    (0, 1, 3), (0, 2, 3), (0, 2, 4), (0, 3, 4), (0, 3, 5), (1, 2, 4), (1, 3, 4), (1, 2, 5), (1, 3, 5), (1, 3, 6),
    (1, 4, 6), (2, 3, 5), (2, 3, 6), (2, 4, 6), (3, 4, 6), (3, 5, 6), (4, 5, 6), (5, 6, 6), (6, 6, 6),
)  # fmt: skip
# Inner borders of countries are kept up to this level.
_LAST_LEVEL_OF_ADMIN1 = 2
_LEVEL_OF_LABELS = 4
_POLAR = 60
# An island less than this many tolerances wide is left out of a level.
_SMALLEST_ISLAND = 1.5
# Countries less wide than this are named only inside the bounds; in degrees.
_SMALLEST_NAME = 0.5


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a country or an admin-1 unit, and where to write it.

    `radius` is the room around the point in degrees: the label is worth showing when that is wide enough on screen.
    """

    place_id: str
    lon: float
    lat: float
    radius: float
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class City:
    """A city for the background; `rank` counts from 0, the most populous of the map, and `names` are as in `Area`."""

    lon: float
    lat: float
    population: int
    rank: int
    is_capital: bool
    country: str
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class Basemap:
    """The background of a map, as arcs that every shape on it shares.

    Attributes
    ----------
    bounds
        West, south, east, north, as asked for.
    digits
        Coordinates are whole numbers of ``10 ** -digits`` degrees.
    points
        Lon and lat of all arcs one after the other, int32, shape (n, 2).
    arc_offsets
        Where each arc begins in `points`, and the end: one more than there are arcs.
    arc_kinds
        A `KindOfArc` for each arc, uint8. Lines are drawn by kind, ``SEAM`` never.
    land_refs, land_offsets
        The rings of all land: ring ``i`` is ``land_refs[land_offsets[i]:land_offsets[i + 1]]``; ``a`` is arc ``a``,
        ``~a`` the same arc backwards. To be filled by the even-odd rule.
    areas
        For each place asked for its rings, like those of the land.
    levels
        The levels of `TOLERANCES` inside the bounds, around them, and in the rest of the world.
    cities
        Inside the bounds, the most populous first.
    countries
        Names of countries: those that the bounds meet, moved into view, and the large ones of the rest of the world.
    admin1
        Names of the admin-1 units whose label lies inside the bounds; none where their borders are too fine to draw.
    lakes
        Names of the lakes whose label lies inside the bounds.
    water
        Rivers and lakes: all those in and around the bounds, the largest of the rest of the world.
    """

    bounds: tuple[float, float, float, float]
    digits: int
    points: NDArray[np.int32]
    arc_offsets: NDArray[np.int32]
    arc_kinds: NDArray[np.uint8]
    land_refs: NDArray[np.int32]
    land_offsets: NDArray[np.int32]
    areas: dict[str, tuple[NDArray[np.int32], ...]]
    levels: tuple[int, int, int]
    cities: tuple[City, ...]
    countries: tuple[Label, ...]
    admin1: tuple[Label, ...]
    lakes: tuple[Label, ...]
    water: Water


class BasemapMaker:
    """Makes backgrounds from the files; see `mapper.gazetteer.boundaries.Boundaries.basemap`."""

    def __init__(self, files: BoundaryFiles) -> None:
        self._files = files

    def make(
        self,
        bounds: tuple[float, float, float, float],
        *,
        budget_vertices: int,
        areas: Sequence[str],
        max_cities: int,
        digits: int,
    ) -> Basemap:
        """Make one; the parameters are those of `Boundaries.basemap`."""
        west, south, east, north = bounds
        if not (np.isfinite(bounds).all() and -180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
            raise ValueError(f"bounds are west, south, east, north in degrees, not {bounds}")
        wanted = {place_id: self._files.rings_of_row(*self._files.find(place_id)) for place_id in areas}
        selected, level, plan = self._select(bounds, budget_vertices, wanted)
        merged = _Merged(self._files.arcs, selected, level, digits)
        land = self._files.rings_of_row(self._files.countries, self._files.countries.num_rows - 1)
        land = [ring for ring in land if selected[ring[0] if ring[0] >= 0 else ~ring[0]]]
        land_refs, land_offsets = merged.rings(land)
        return Basemap(
            bounds=(west, south, east, north),
            digits=digits,
            points=merged.points,
            arc_offsets=merged.offsets,
            arc_kinds=merged.kinds,
            land_refs=land_refs,
            land_offsets=land_offsets,
            areas={place_id: tuple(np.split(*merged.cut(rings))) for place_id, rings in wanted.items()},
            levels=plan,
            cities=self._cities(bounds, max_cities),
            countries=self._country_labels(bounds),
            admin1=self._admin1_labels(bounds) if plan[0] <= _LAST_LEVEL_OF_ADMIN1 else (),
            lakes=self._lake_labels(bounds),
            water=water_in(self._files, bounds, digits),
        )

    def _select(
        self, bounds: tuple[float, float, float, float], budget: int, wanted: dict[str, list[NDArray[np.int32]]]
    ) -> tuple[NDArray[np.bool_], NDArray[np.int64], tuple[int, int, int]]:
        """Choose the arcs to draw and the level of each."""
        arcs = self._files.arcs
        inside = self._arcs_in(bounds, 0.1)
        near = self._arcs_in(bounds, 0.8)
        zone = np.where(inside, 0, np.where(near, 1, np.where(self._is_polar, 3, 2)))
        forced = np.zeros(len(arcs.kind), dtype=bool)
        for rings in wanted.values():
            references = np.concatenate(rings)
            forced[np.where(references >= 0, references, ~references)] = True
        outer = arcs.kind != KindOfArc.ADMIN1
        tolerances = np.array(TOLERANCES)
        for plan in _PLANS:
            level = np.array([*plan, len(TOLERANCES) - 1])[zone]
            finest = np.full(int(arcs.network.max()) + 1, len(TOLERANCES) - 1)
            np.minimum.at(finest, arcs.network, level)
            wide = arcs.size >= _SMALLEST_ISLAND * tolerances[finest[arcs.network]]
            selected = forced | (outer & wide) | (~outer & inside & (plan[0] <= _LAST_LEVEL_OF_ADMIN1) & wide)
            # An island with a part that is asked for is drawn whole.
            asked = np.zeros(len(finest), dtype=bool)
            asked[arcs.network[forced]] = True
            selected |= outer & asked[arcs.network]
            level = np.where(forced, np.minimum(level, _LAST_LEVEL_OF_ADMIN1), level)
            if np.take_along_axis(arcs.counts, level[None, :], axis=0)[0][selected].sum() <= budget:
                break
        return selected, level, plan

    @cached_property
    def _is_polar(self) -> NDArray[np.bool_]:
        """Which arcs lie wholly in the far north or south, where Mercator shows much of what hardly anyone looks for."""
        low, high = self._files.arcs.corners
        polar: NDArray[np.bool_] = (low[:, 1] >= _POLAR * SCALE) | (high[:, 1] <= -_POLAR * SCALE)
        return polar

    def _arcs_in(self, bounds: tuple[float, float, float, float], margin: float) -> NDArray[np.bool_]:
        """Say which arcs have a point within the bounds, widened by a share of their size."""
        arcs = self._files.arcs
        west, south, east, north = bounds
        dx = max((east - west) % 360 * margin, 0.3)
        dy = max((north - south) * margin, 0.3)
        low, high = round((west - dx) * SCALE), round((east + dx) * SCALE)
        across = (arcs.x >= low) | (arcs.x <= high) if west > east else (arcs.x >= low) & (arcs.x <= high)
        up = (arcs.y >= round((south - dy) * SCALE)) & (arcs.y <= round((north + dy) * SCALE))
        hit = np.zeros(len(arcs.kind), dtype=bool)
        hit[arcs.arc_of_point[across & up]] = True
        return hit

    def _cities(self, bounds: tuple[float, float, float, float], count: int) -> tuple[City, ...]:
        table = self._files.table("basemap/cities.parquet")
        lon, lat = column(table, "lon") / 1e4, column(table, "lat") / 1e4
        # Their populations are those of other towns.
        wrong = [int(place_id.removeprefix("gn:")) for place_id in self._files.populations]
        rows = np.flatnonzero(_inside(bounds, lon, lat) & ~np.isin(column(table, "geonameid"), wrong))[:count]
        records = take(table, rows).to_pylist()
        return tuple(
            City(
                lon=record["lon"] / 1e4,
                lat=record["lat"] / 1e4,
                population=record["population"],
                rank=rank,
                is_capital=record["capital"],
                country=record["country"],
                names={language: record[f"name_{language}"] for language in LANGUAGES},
            )
            for rank, record in enumerate(records)
        )

    def _lake_labels(self, bounds: tuple[float, float, float, float]) -> tuple[Label, ...]:
        table = self._files.water
        inside = _inside(bounds, column(table, "lon"), column(table, "lat")) & (column(table, "radius") > 0)
        return tuple(
            Label("", row["lon"], row["lat"], row["radius"], names_of(row)) for row in take(table, np.flatnonzero(inside)).to_pylist()
        )

    def _admin1_labels(self, bounds: tuple[float, float, float, float]) -> tuple[Label, ...]:
        lon, lat = column(self._files.units, "lon"), column(self._files.units, "lat")
        rows = np.flatnonzero(_inside(bounds, lon, lat))
        return _labels(self._files.units, rows, ADMIN1, {})

    def _country_labels(self, bounds: tuple[float, float, float, float]) -> tuple[Label, ...]:
        table = self._files.countries
        lon, lat, radius = (column(table, name) for name in ("lon", "lat", "radius"))
        edges = bounds_of(table)
        seen = _inside(bounds, lon, lat)
        west, south, east, north = bounds
        met = (edges[:, 1] <= north) & (edges[:, 3] >= south)
        met &= (edges[:, 0] <= east) | (edges[:, 2] >= west) if west > east else (edges[:, 0] <= east) & (edges[:, 2] >= west)
        moved: dict[int, tuple[float, float, float]] = {}
        views = [(west, south, east, north)] if west <= east else [(west, south, 180.0, north), (-180.0, south, east, north)]
        views = [view for view in views if view[0] < view[2] and view[1] < view[3]]
        for row in np.flatnonzero(met & ~seen)[: table.num_rows - 1].tolist():
            if table["code"][row].as_py():
                parts = self._in_view(row, views)
                if parts:
                    part = max(parts, key=shapely.area)
                    spot = shapely.maximum_inscribed_circle(part, tolerance=max(part.length / 400, 0.01))
                    x, y = shapely.get_coordinates(spot)[0].tolist()
                    moved[row] = (round(x, 4), round(y, 4), round(float(spot.length), 4))
        shown = seen | (radius >= _SMALLEST_NAME)
        shown[list(moved)] = True
        shown[-1] = False
        rows = np.flatnonzero(shown)
        return _labels(table, rows[np.argsort(-radius[rows], kind="stable")], COUNTRY, moved)

    def _in_view(self, row: int, views: list[tuple[float, float, float, float]]) -> list[shapely.Polygon]:
        """Cut a country, coarsely drawn, to what is in view."""
        arcs = self._files.arcs
        rings = []
        for references in self._meeting(self._files.rings_of_row(self._files.countries, row), views):
            ring = np.concatenate([arcs.line(reference, _LEVEL_OF_LABELS) for reference in references.tolist()])
            if len(ring) > 3:
                rings.append(shapely.Polygon(ring))
        parts = [shapely.clip_by_rect(ring, *view) for ring in rings for view in views]
        polygons = shapely.get_parts(shapely.make_valid(np.array(parts, dtype=object)))
        return [p for p in polygons.tolist() if p.geom_type == "Polygon" and not p.is_empty and p.area > 0]

    def _meeting(self, rings: list[NDArray[np.int32]], views: list[tuple[float, float, float, float]]) -> Iterator[NDArray[np.int32]]:
        """Give the rings that may reach into a view: few of the hundreds of islands that a country can have."""
        references, lengths = np.concatenate(rings), [len(ring) for ring in rings]
        begins = np.cumsum([0, *lengths[:-1]])
        arc = np.where(references >= 0, references, ~references)
        lows, highs = self._files.arcs.corners
        low, high = np.minimum.reduceat(lows[arc], begins), np.maximum.reduceat(highs[arc], begins)
        boxes = np.reshape(views, (-1, 4)) * SCALE
        meeting = (low[:, None] <= boxes[:, 2:]) & (high[:, None] >= boxes[:, :2])
        return compress(rings, np.any(np.all(meeting, axis=2), axis=1).tolist())


def _inside(bounds: tuple[float, float, float, float], lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.bool_]:
    west, south, east, north = bounds
    across = (lon >= west) | (lon <= east) if west > east else (lon >= west) & (lon <= east)
    inside: NDArray[np.bool_] = across & (lat >= south) & (lat <= north)
    return inside


def _labels(table: pa.Table, rows: NDArray[np.int64], prefix: str, moved: dict[int, tuple[float, float, float]]) -> tuple[Label, ...]:
    columns = ["code", "lon", "lat", "radius", *(f"name_{language}" for language in LANGUAGES)]
    records = take(table.select(columns), rows).to_pylist()
    labels = []
    for row, record in zip(rows.tolist(), records, strict=True):
        lon, lat, radius = moved.get(row, (record["lon"], record["lat"], record["radius"]))
        names = {language: record[f"name_{language}"] for language in LANGUAGES}
        labels.append(Label(prefix + record["code"], lon, lat, radius, names))
    return tuple(labels)


class _Merged:
    """Arcs of one kind and level that follow each other, joined and thinned to their level.

    A coast outside the bounds is cut by every province that reaches it; once their borders are not drawn, those cuts
    only cost room.
    """

    def __init__(self, arcs: Arcs, selected: NDArray[np.bool_], level: NDArray[np.int64], digits: int) -> None:
        chains = self._chains(arcs, selected, arcs.kind.astype(np.int64) * len(TOLERANCES) + level)
        references = np.array([reference for chain in chains for reference in chain], dtype=np.int64)
        lengths = np.array([len(chain) for chain in chains])
        number = np.repeat(np.arange(len(chains)), lengths)
        arc = np.where(references >= 0, references, ~references)
        self._target = np.full(len(arcs.kind), -1)
        self._target[arc] = np.where(references >= 0, number, ~number)
        self.kinds = arcs.kind[arc[np.cumsum(lengths) - lengths]] if len(chains) else arcs.kind[:0]

        # Point by point, along each arc in its direction.
        counts = arcs.offsets[arc + 1] - arcs.offsets[arc]
        begins = np.cumsum(counts) - counts
        step = np.arange(counts.sum()) - np.repeat(begins, counts)
        first = np.where(references >= 0, arcs.offsets[arc], arcs.offsets[arc + 1] - 1)
        at = np.repeat(first, counts) + step * np.repeat(np.where(references >= 0, 1, -1), counts)
        keep = arcs.level[at] >= np.repeat(level[arc], counts)
        joint = np.ones(len(arc), dtype=bool)
        joint[np.cumsum(lengths) - lengths] = False
        keep[begins[joint]] = False  # the end of the arc before is the same point
        ends = np.cumsum(lengths)
        keep[begins[ends - lengths]] = True
        keep[(begins + counts - 1)[ends - 1]] = True
        owner = np.repeat(number, counts)[keep]
        scale = 10 ** (5 - digits)
        points = np.column_stack([arcs.x[at[keep]], arcs.y[at[keep]]])
        points = np.round(points / scale).astype(np.int32)
        again = np.zeros(len(points), dtype=bool)
        again[1:] = (points[1:] == points[:-1]).all(axis=1) & (owner[1:] == owner[:-1])
        # A tiny arc keeps both its ends.
        tally = np.bincount(owner[~again], minlength=len(chains))
        last = np.append(owner[1:] != owner[:-1], True)
        again &= ~(last & (tally[owner] < 2))
        self.points = points[~again]
        self.offsets = np.concatenate([[0], np.cumsum(np.bincount(owner[~again], minlength=len(chains)))]).astype(np.int32)

    @staticmethod
    def _chains(arcs: Arcs, selected: NDArray[np.bool_], look: NDArray[np.int64]) -> list[list[int]]:
        which = np.flatnonzero(selected)
        both = np.concatenate([arcs.start[which], arcs.end[which]])
        nodes = int(both.max(initial=-1)) + 1
        lowest, highest = np.full(nodes, np.iinfo(np.int64).max), np.full(nodes, -1)
        np.minimum.at(lowest, both, np.tile(look[which], 2))
        np.maximum.at(highest, both, np.tile(look[which], 2))
        passing = (np.bincount(both, minlength=nodes) == 2) & (lowest == highest)
        alone = (arcs.start[which] == arcs.end[which]) | ~(passing[arcs.start[which]] | passing[arcs.end[which]])
        chains = [[arc] for arc in which[alone].tolist()]
        links: dict[int, list[int]] = {}
        joined = which[~alone].tolist()
        start, end = arcs.start.tolist(), arcs.end.tolist()
        for arc in joined:
            links.setdefault(start[arc], []).append(arc)
            links.setdefault(end[arc], []).append(~arc)
        # Begin at arcs whose start is a true end; what is left then are closed lines.
        passes = passing.tolist()
        used: set[int] = set()
        begin = [arc for arc in joined if not passes[start[arc]]] + [~arc for arc in joined if not passes[end[arc]]] + joined
        for first in begin:
            chain = []
            reference = first
            while (arc := reference if reference >= 0 else ~reference) not in used:
                used.add(arc)
                chain.append(reference)
                node = end[arc] if reference >= 0 else start[arc]
                if not passes[node]:
                    break
                # Of the two that meet here, the other one, leaving.
                a, b = links[node]
                reference = b if a == ~reference else a
            if chain:
                chains.append(chain)
        return chains

    def rings(self, rings: list[NDArray[np.int32]]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Rewrite rings for the joined arcs; give all references, and where each ring begins, and the end."""
        if not rings:
            return np.zeros(0, dtype=np.int32), np.zeros(1, dtype=np.int32)
        flat = np.concatenate(rings)
        number = np.repeat(np.arange(len(rings)), [len(ring) for ring in rings])
        target = self._target[np.where(flat >= 0, flat, ~flat)]
        new = np.where(flat >= 0, target, ~target)
        keep = np.ones(len(new), dtype=bool)
        keep[1:] = (new[1:] != new[:-1]) | (number[1:] != number[:-1])
        new, number = new[keep], number[keep]
        ends = np.cumsum(np.bincount(number))
        begins = np.concatenate([[0], ends[:-1]])
        # A ring that began in the middle of a joined arc ends with it too.
        twice = (ends - begins > 1) & (new[begins] == new[ends - 1])
        keep = np.ones(len(new), dtype=bool)
        keep[ends[twice] - 1] = False
        offsets = np.concatenate([[0], np.cumsum(np.bincount(number[keep]))])
        return new[keep].astype(np.int32), offsets.astype(np.int32)

    def cut(self, rings: list[NDArray[np.int32]]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Rewrite rings; give all references, and where to split them."""
        references, offsets = self.rings(rings)
        return references, offsets[1:-1]
