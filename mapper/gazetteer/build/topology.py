"""A coverage of polygons as arcs: every shared border is one line, drawn, simplified and stored once.

An arc runs from node to node. A node is a point where the lines do more than pass through: three units meet, a border
reaches the coast, or a coast ends at the edge of the world (see `seam` below). A closed line without a node, such as
the shore of an island, is one arc that ends where it began. A polygon's ring is a list of references: ``a`` is arc
``a`` as it was stored, ``~a`` (a negative number) is the same arc backwards.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from mapper.errors import GeodataError
from mapper.gazetteer.boundary_files import EDGE_SOUTH, SCALE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

__all__ = ["Topology", "chain", "frame", "networks", "rings_where", "simplify", "trace"]

_EAST = 180 * SCALE
_SOUTH = round(EDGE_SOUTH * SCALE)


@dataclass(frozen=True, slots=True)
class Topology:
    """The arcs of a coverage.

    Attributes
    ----------
    points
        Coordinates of all arcs one after the other, int32, shape (n, 2).
    levels
        For each point the coarsest level of simplification that still has it, uint8.
    offsets
        Where each arc begins in `points`, and the end: one more than there are arcs.
    left, right
        Index of the unit on either side of each arc, -1 for water.
    start, end
        Number of the node at either end of each arc.
    seam
        Whether an arc is an edge of the map's rectangle (the antimeridian, the southern limit) and not a line on earth.
    rings
        For each unit its polygons, for each polygon its rings (the shell first), for each ring its references.
    """

    points: NDArray[np.int32]
    levels: NDArray[np.uint8]
    offsets: NDArray[np.int32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    seam: NDArray[np.bool_]
    rings: tuple[tuple[tuple[tuple[int, ...], ...], ...], ...]


def _quantised(geometries: NDArray[np.object_]) -> NDArray[np.int64]:
    whole: NDArray[np.int64] = np.round(shapely.get_coordinates(geometries) * SCALE).astype(np.int64)
    return whole


def _keys(points: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give each point one number, the same for the same point."""
    keys: NDArray[np.int64] = (points[:, 0] + _EAST) * (1 << 32) + (points[:, 1] + 90 * SCALE)
    return keys


def frame(geometries: NDArray[np.object_]) -> shapely.Polygon:
    """Give the polygon around the world that shares every point on the edges of the map with the units.

    Simplified along with the units, it keeps the corners where a coast meets the antimeridian.
    """
    x, y = _quantised(geometries).T
    west = np.unique(y[x == -_EAST])
    east = np.unique(y[x == _EAST])
    south = np.unique(x[y == _SOUTH])
    hole = [(-180.0, 90.0)]
    hole += [(-180.0, v / SCALE) for v in west[::-1].tolist()]
    hole += [(v / SCALE, EDGE_SOUTH) for v in south.tolist()]
    hole += [(180.0, v / SCALE) for v in east.tolist()]
    hole += [(180.0, 90.0)]
    corners = [(-181.0, -86.0), (181.0, -86.0), (181.0, 91.0), (-181.0, 91.0)]
    return shapely.Polygon(corners, [list(dict.fromkeys(hole))])


def simplify(geometries: NDArray[np.object_], tolerance: float) -> NDArray[np.object_]:
    """Simplify a coverage so that neighbours still fit, and the edges of the map stay where they are.

    Parameters
    ----------
    geometries
        The polygons of the coverage.
    tolerance
        Bends of less area than its square are straightened; in degrees.
    """
    simplified = shapely.coverage_simplify(np.append(geometries, frame(geometries)), tolerance)
    return np.asarray(simplified[:-1], dtype=object)


def trace(geometries: NDArray[np.object_], coarser: Sequence[NDArray[np.object_]] = ()) -> Topology:
    """Cut the borders of a coverage into arcs.

    Parameters
    ----------
    geometries
        Polygons and multipolygons that neither overlap nor leave gaps, with the same points on either side of a border.
    coarser
        The same coverage at each coarser level; their points are among those of `geometries`.

    Raises
    ------
    GeodataError
        If two polygons lie on the same side of a line, so that they overlap.
    """
    polygons, unit_of_polygon = shapely.get_parts(shapely.orient_polygons(geometries), return_index=True)
    rings, polygon_of_ring = shapely.get_rings(polygons, return_index=True)
    quantised = _quantised(rings)
    keys = _keys(quantised)
    _, first, vertex = np.unique(keys, return_index=True, return_inverse=True)
    place = quantised[first]
    levels = np.zeros(len(place), dtype=np.uint8)
    for level, geometry in enumerate(coarser, start=1):
        levels[np.isin(keys[first], np.unique(_keys(_quantised(geometry))))] = level

    counts = shapely.get_num_coordinates(rings)
    ends = np.cumsum(counts)
    begins = ends - counts
    unit_of_ring = unit_of_polygon[polygon_of_ring]

    # Edges: the steps from each point of a ring to the next.
    step = np.ones(len(vertex), dtype=bool)
    step[ends - 1] = False
    at = np.flatnonzero(step)
    u, v = vertex[at], vertex[at + 1]
    unit = np.repeat(unit_of_ring, counts)[at]
    if (u == v).any():
        raise GeodataError("a polygon repeats a point; round its coordinates and remove repeated points first")
    low, high = np.minimum(u, v), np.maximum(u, v)
    _, sample, edge = np.unique(low * len(place) + high, return_index=True, return_inverse=True)
    sides = np.full((len(sample), 2), -1, dtype=np.int64)
    side = np.where(u < v, 0, 1)
    if len(np.unique(edge * 2 + side)) != len(edge):
        raise GeodataError("two polygons of the coverage lie on the same side of a line: they overlap")
    sides[edge, side] = unit
    edge_at = np.full(len(vertex), -1, dtype=np.int64)
    edge_at[at] = edge

    a, b = place[low[sample]], place[high[sample]]
    on_seam = (np.abs(a[:, 0]) == _EAST) & (a[:, 0] == b[:, 0]) | (a[:, 1] == _SOUTH) & (b[:, 1] == _SOUTH)
    on_seam &= (sides < 0).any(axis=1)
    degree = np.bincount(np.concatenate([low[sample], high[sample]]), minlength=len(place))
    seams = np.bincount(np.concatenate([low[sample][on_seam], high[sample][on_seam]]), minlength=len(place))
    node = (degree != 2) | (seams == 1)

    arc_of_edge = np.full(len(sample), -1, dtype=np.int64)
    arcs: list[NDArray[np.int64]] = []
    left: list[int] = []
    right: list[int] = []
    seam: list[bool] = []
    references: list[tuple[int, ...]] = []
    for begin, end, owner in zip(begins.tolist(), ends.tolist(), unit_of_ring.tolist(), strict=True):
        line, edges = vertex[begin : end - 1], edge_at[begin : end - 1]
        nodes = np.flatnonzero(node[line])
        # Without a node the ring may begin anywhere: at the point that survives the longest.
        turn = int(nodes[0]) if len(nodes) else int(np.lexsort((line, -levels[line].astype(np.int64)))[0])
        line, edges = np.roll(line, -turn), np.roll(edges, -turn)
        cuts = [*(nodes - turn).tolist(), len(line)] if len(nodes) else [0, len(line)]
        closed = np.append(line, line[0])
        ring: list[int] = []
        for i, j in pairwise(cuts):
            arc = int(arc_of_edge[edges[i]])
            if arc < 0:
                arc = len(arcs)
                arc_of_edge[edges[i:j]] = arc
                arcs.append(closed[i : j + 1])
                left.append(owner)
                right.append(-1)
                seam.append(bool(on_seam[edges[i]]))
                ring.append(arc)
            else:
                right[arc] = owner
                ring.append(~arc)
        references.append(tuple(ring))

    order = np.concatenate(arcs)
    ends_of_arcs = np.array([(arc[0], arc[-1]) for arc in arcs])
    renumbered = np.unique(ends_of_arcs, return_inverse=True)[1].reshape(-1, 2).astype(np.int32)
    grouped: list[list[list[tuple[int, ...]]]] = [[] for _ in range(len(geometries))]
    previous = -1
    for reference, polygon in zip(references, polygon_of_ring.tolist(), strict=True):
        owner = int(unit_of_polygon[polygon])
        if polygon != previous:
            grouped[owner].append([])
            previous = polygon
        grouped[owner][-1].append(reference)
    return Topology(
        points=place[order].astype(np.int32),
        levels=levels[order],
        offsets=np.concatenate([[0], np.cumsum([len(arc) for arc in arcs])]).astype(np.int32),
        left=np.array(left, dtype=np.int32),
        right=np.array(right, dtype=np.int32),
        start=renumbered[:, 0].copy(),
        end=renumbered[:, 1].copy(),
        seam=np.array(seam, dtype=bool),
        rings=tuple(tuple(tuple(polygon) for polygon in unit) for unit in grouped),
    )


def rings_where(topology: Topology, inside: NDArray[np.bool_]) -> list[tuple[int, ...]]:
    """Give the outline of some units, taken together, as rings of references.

    The inside lies to the left: shells run anticlockwise, holes clockwise. Rings that meet in a point are fine where
    they are filled by the even-odd rule.

    Parameters
    ----------
    topology
        The arcs.
    inside
        For each unit, and then for water, whether it is inside.
    """
    left, right = inside[topology.left], inside[topology.right]
    forward = np.flatnonzero(left & ~right)
    backward = ~np.flatnonzero(right & ~left)
    return chain(topology, np.concatenate([forward, backward]).tolist())


def chain(topology: Topology, references: Iterable[int]) -> list[tuple[int, ...]]:
    """Join directed arcs, each of which ends where another begins, to rings.

    Where two rings touch, the one is taken that stays on its side: the first way clockwise from where it came.
    """

    def tail(reference: int) -> int:
        return int(topology.start[reference] if reference >= 0 else topology.end[~reference])

    def head(reference: int) -> int:
        return int(topology.end[reference] if reference >= 0 else topology.start[~reference])

    def bearing(reference: int, *, leaving: bool) -> float:
        arc = reference if reference >= 0 else ~reference
        first, last = int(topology.offsets[arc]), int(topology.offsets[arc + 1]) - 1
        here, there = (first, first + 1) if (reference >= 0) == leaving else (last, last - 1)
        dx, dy = (topology.points[there].astype(np.int64) - topology.points[here]).tolist()
        return float(np.arctan2(dy, dx))

    waiting: dict[int, list[int]] = defaultdict(list)
    for reference in references:
        waiting[tail(reference)].append(reference)
    rings: list[tuple[int, ...]] = []
    for node in sorted(waiting):
        while waiting[node]:
            ring = [waiting[node].pop(0)]
            while (here := head(ring[-1])) != node:
                ways = waiting[here]
                if not ways:
                    raise GeodataError("the border of a unit is not closed: the coverage has a fault")
                if len(ways) > 1:
                    back = bearing(ring[-1], leaving=False)
                    ways.sort(key=lambda way: (back - bearing(way, leaving=True)) % (2 * np.pi))
                ring.append(ways.pop(0))
            rings.append(tuple(ring))
    return rings


def networks(topology: Topology) -> NDArray[np.int32]:
    """Give each arc the number of its connected network: an island with its inner borders is one, a lake's shore another."""
    parent = np.arange(int(max(topology.start.max(), topology.end.max())) + 1)

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = int(parent[node])
        return node

    for a, b in zip(topology.start.tolist(), topology.end.tolist(), strict=True):
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    roots: NDArray[Any] = np.array([root(int(node)) for node in topology.start])
    return np.unique(roots, return_inverse=True)[1].astype(np.int32)
