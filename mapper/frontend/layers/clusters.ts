/**
 * Puts together what would overlap on screen: a counting grid of small cells, whose neighbours are then merged from the
 * largest down, at the weighted centre, until nothing overlaps. The cells are anchored to the pixels of the world, so that
 * clusters stay where they are while the map is panned. Typed arrays throughout: it runs on every change of a filter.
 */

import type { Box } from "../geometry";
import type { Drawing } from "../payload";

/** Side of a cell in pixels: what is in one cell would overlap. */
const CELL = 16;
/** Points that are skipped together when none of them is in view. */
const RUN = 1024;

/** A dot's radius and a ring's least radius on screen. */
export const RADIUS = 7;
export const SMALLEST_RING = 12;

export interface Cluster {
  /** Centre in pixels of the world at the zoom it was made for. */
  x: number;
  y: number;
  /** Incidents in it, each once. */
  count: number;
  /** The point whose place all share, or -1 if they stand at several places. */
  point: number;
  /** Incidents of each type, the most frequent first. */
  kinds: { type: number; count: number }[];
  radius: number;
  /** Number within the grid, to ask for its members. */
  id: number;
}

export function clusterRadius(count: number): number {
  return count < 2 ? RADIUS + 1.75 : count < 10 ? 13 : Math.min(26, 13 + 3.2 * Math.log10(count / 10));
}

/** Free space that a cluster asks for: large ones draw in more of what is around them. */
function roomOf(count: number): number {
  return clusterRadius(count) * (count >= 10 ? 1.4 : 1);
}

const WIDEST = 26 * 1.4;

export class ClusterGrid {
  clusters: Cluster[] = [];
  private region: Box = { minX: 0, minY: 0, maxX: 0, maxY: 0 };
  private world = 0;
  private columns = 0;
  private rows = 0;
  /** Of each cell: the number of its group of points, plus one. */
  private groupOf = new Uint32Array(0);
  private readonly runs: Float32Array;
  /** Incidents of several points, which may come together in one cluster. */
  private readonly several: number[] = [];
  /** Of each group: the group it was merged into. */
  private into = new Int32Array(0);
  private readonly rings: boolean;

  constructor(
    private readonly drawing: Drawing,
    private readonly typeCount: number,
  ) {
    const { pointX, pointY, pointFrom } = drawing;
    this.rings = drawing.ringSize !== null;
    this.runs = new Float32Array(Math.ceil(pointX.length / RUN) * 4);
    for (let r = 0; r * RUN < pointX.length; r++) {
      let [minX, minY, maxX, maxY] = [2, 2, -1, -1];
      for (let p = r * RUN; p < Math.min(pointX.length, (r + 1) * RUN); p++) {
        const [x, y] = [pointX[p]!, pointY[p]!];
        if (x < minX) minX = x;
        if (x > maxX) maxX = x;
        if (y < minY) minY = y;
        if (y > maxY) maxY = y;
      }
      this.runs.set([minX, minY, maxX, maxY], r * 4);
    }
    for (let i = 0; i < drawing.placed; i++) if (pointFrom[i + 1]! - pointFrom[i]! > 1) this.several.push(i);
  }

  /** Whether a run of points lies wholly outside of the region. */
  private isAway(r: number): boolean {
    const { world, runs, region } = this;
    const margin = SMALLEST_RING;
    return (
      runs[r * 4]! * world > region.maxX + margin ||
      runs[r * 4 + 2]! * world < region.minX - margin ||
      runs[r * 4 + 3]! * world < region.minY ||
      // The symbol of a ring stands on its upper edge: it may come from below.
      (!this.rings && runs[r * 4 + 1]! * world > region.maxY)
    );
  }

  /** Calls back with every point of the region that is shown and its cell. */
  private each(fails: Uint8Array, visit: (point: number, cell: number) => void): void {
    const { point_incident } = this.drawing.columns;
    for (let r = 0; r * RUN < point_incident.length; r++) {
      if (this.isAway(r)) continue;
      const end = Math.min(point_incident.length, (r + 1) * RUN);
      for (let p = r * RUN; p < end; p++) {
        if (fails[point_incident[p]!]) continue;
        const cell = this.cellOf(p);
        if (cell >= 0) visit(p, cell);
      }
    }
  }

  /** Makes the clusters of a region given in pixels of a world of a width; `fails` is 0 for what is shown. */
  compute(fails: Uint8Array, world: number, region: Box): Cluster[] {
    const { drawing, typeCount } = this;
    this.world = world;
    this.region = region;
    this.columns = Math.ceil((region.maxX - region.minX) / CELL);
    this.rows = Math.ceil((region.maxY - region.minY) / CELL);
    const cells = this.columns * this.rows;
    if (this.groupOf.length < cells) this.groupOf = new Uint32Array(cells);
    else this.groupOf.fill(0);
    const { groupOf } = this;

    // Groups are the cells in which something is. Room for as many as there can be, so that the loop below has constants
    // only, which is what makes it fast.
    const { pointX } = drawing;
    const room = Math.min(cells, pointX.length);
    const count = new Uint32Array(room);
    const sumX = new Float64Array(room);
    const sumY = new Float64Array(room);
    const first = new Int32Array(room);
    const mixed = new Uint8Array(room);
    const lastIncident = new Int32Array(room);
    const cellOf = new Int32Array(room);
    const kinds = new Uint32Array(room * typeCount);
    const away = Uint8Array.from({ length: Math.ceil(pointX.length / RUN) }, (_, r) => (this.isAway(r) ? 1 : 0));
    const groups: Groups = { count, sumX, sumY, first, mixed, lastIncident, cellOf, kinds };
    const n = fill(drawing, fails, world, region, this.columns, this.rows, away, groupOf, groups, typeCount);

    const into = new Int32Array(n);
    for (let g = 0; g < n; g++) into[g] = g;
    this.into = into;
    // Where a group's centre now lies: lists of groups by cell.
    const head = new Int32Array(cells).fill(-1);
    const next = new Int32Array(n);
    const x = new Float64Array(n);
    const y = new Float64Array(n);
    const at = new Int32Array(n);
    const { columns, rows } = this;
    const enter = (g: number) => {
      x[g] = sumX[g]! / count[g]!;
      y[g] = sumY[g]! / count[g]!;
      const cell = Math.floor(y[g]! / CELL) * columns + Math.floor(x[g]! / CELL);
      at[g] = cell;
      next[g] = head[cell]!;
      head[cell] = g;
    };
    const leave = (g: number) => {
      const cell = at[g]!;
      if (head[cell] === g) {
        head[cell] = next[g]!;
        return;
      }
      let before = head[cell]!;
      while (next[before] !== g) before = next[before]!;
      next[before] = next[g]!;
    };
    for (let g = 0; g < n; g++) enter(g);
    const nearest = (g: number, reach: number): number => {
      const mine = roomOf(count[g]!);
      const [column, row, span] = [Math.floor(x[g]! / CELL), Math.floor(y[g]! / CELL), Math.ceil(reach / CELL)];
      let best = -1;
      let bestGap = 0;
      for (let r = Math.max(0, row - span); r <= Math.min(rows - 1, row + span); r++) {
        for (let c = Math.max(0, column - span); c <= Math.min(columns - 1, column + span); c++) {
          for (let o = head[r * columns + c]!; o >= 0; o = next[o]!) {
            if (o === g) continue;
            const gap = Math.hypot(x[o]! - x[g]!, y[o]! - y[g]!) - mine - roomOf(count[o]!) - 1;
            if (gap < bestGap || (gap === bestGap && best >= 0 && cellOf[o]! < cellOf[best]!)) {
              best = o;
              bestGap = gap;
            }
          }
        }
      }
      return best;
    };

    // The largest first; among equals the order of the world's rows, which does not depend on the view.
    const order = Float64Array.from({ length: n }, (_, g) => -count[g]! * 2 ** 24 + cellOf[g]!).sort();
    for (const key of order) {
      const start = groupOf[((key % 2 ** 24) + 2 ** 24) % 2 ** 24]! - 1;
      if (into[start] !== start) continue;
      let g = start;
      let moved = false;
      for (;;) {
        const mine = roomOf(count[g]!);
        // What is smaller reaches less far; what is larger has already looked for this one, unless this one has moved.
        const other = nearest(g, moved ? mine + WIDEST + 1 : 2 * mine + 1);
        if (other < 0) break;
        const larger = count[other]! > count[g]! || (count[other] === count[g] && cellOf[other]! < cellOf[g]!);
        const [kept, lost] = larger ? [other, g] : [g, other];
        leave(kept);
        leave(lost);
        if (mixed[lost] || mixed[kept] || !samePlace(drawing, first[kept]!, first[lost]!)) mixed[kept] = 1;
        count[kept]! += count[lost]!;
        sumX[kept]! += sumX[lost]!;
        sumY[kept]! += sumY[lost]!;
        for (let t = 0; t < typeCount; t++) kinds[kept * typeCount + t]! += kinds[lost * typeCount + t]!;
        into[lost] = kept;
        enter(kept);
        g = kept;
        moved = true;
      }
    }
    for (let g = 0; g < n; g++) into[g] = this.root(g);
    this.countOnce(fails, count, kinds);

    this.clusters = [];
    for (let g = 0; g < n; g++) {
      if (into[g] !== g) continue;
      const mine: { type: number; count: number }[] = [];
      for (let t = 0; t < typeCount; t++) if (kinds[g * typeCount + t]) mine.push({ type: t, count: kinds[g * typeCount + t]! });
      mine.sort((a, b) => b.count - a.count || a.type - b.type);
      this.clusters.push({
        x: x[g]! + region.minX,
        y: y[g]! + region.minY,
        count: count[g]!,
        point: mixed[g] ? -1 : first[g]!,
        kinds: mine,
        radius: clusterRadius(count[g]!),
        id: g,
      });
    }
    return this.clusters;
  }

  private root(g: number): number {
    let at = g;
    while (this.into[at] !== at) at = this.into[at]!;
    return at;
  }

  /** An incident with two points in one cluster is one incident there. */
  private countOnce(fails: Uint8Array, count: Uint32Array, kinds: Uint32Array): void {
    const { pointFrom, columns } = this.drawing;
    for (const incident of this.several) {
      if (fails[incident]) continue;
      const groups = new Set<number>();
      const seen = new Set<number>();
      for (let p = pointFrom[incident]!; p < pointFrom[incident + 1]!; p++) {
        const cell = this.cellOf(p);
        const group = cell < 0 ? -1 : this.groupOf[cell]! - 1;
        if (group < 0 || seen.has(group)) continue;
        seen.add(group);
        const root = this.into[group]!;
        if (groups.has(root)) {
          count[root]!--;
          kinds[root * this.typeCount + columns.type[incident]!]!--;
        }
        groups.add(root);
      }
    }
  }

  private cellOf(p: number): number {
    const { pointX, pointY, ringSize } = this.drawing;
    const ring = ringSize?.[p] ? Math.max(SMALLEST_RING, ringSize[p]! * this.world) : 0;
    const column = Math.floor((pointX[p]! * this.world - this.region.minX) / CELL);
    const row = Math.floor((pointY[p]! * this.world - ring - this.region.minY) / CELL);
    return column < 0 || row < 0 || column >= this.columns || row >= this.rows ? -1 : row * this.columns + column;
  }

  /** The points of a cluster. */
  points(fails: Uint8Array, id: number): number[] {
    const found: number[] = [];
    this.each(fails, (p, cell) => {
      const g = this.groupOf[cell]! - 1;
      if (g >= 0 && this.into[g] === id) found.push(p);
    });
    return found;
  }

  /** The cluster in which a point stands, -1 if it is not in the region. */
  clusterOf(point: number): number {
    const cell = this.cellOf(point);
    const g = cell < 0 ? -1 : this.groupOf[cell]! - 1;
    return g < 0 ? -1 : this.into[g]!;
  }
}

interface Groups {
  count: Uint32Array;
  sumX: Float64Array;
  sumY: Float64Array;
  first: Int32Array;
  mixed: Uint8Array;
  lastIncident: Int32Array;
  cellOf: Int32Array;
  kinds: Uint32Array;
}

/** Puts every point that is shown into its cell's group; gives the number of groups. The one loop over a million points. */
function fill(
  drawing: Drawing,
  fails: Uint8Array,
  world: number,
  region: Box,
  wide: number,
  high: number,
  away: Uint8Array,
  groupOf: Uint32Array,
  { count, sumX, sumY, first, mixed, lastIncident, cellOf, kinds }: Groups,
  typeCount: number,
): number {
  const { pointX, pointY, ringSize } = drawing;
  const { point_incident, type } = drawing.columns;
  const [left, top] = [region.minX, region.minY];
  let n = 0;
  for (let r = 0; r < away.length; r++) {
    if (away[r]) continue;
    const end = Math.min(pointX.length, (r + 1) * RUN);
    for (let p = r * RUN; p < end; p++) {
      const incident = point_incident[p]!;
      if (fails[incident] !== 0) continue;
      const x = pointX[p]! * world - left;
      let y = pointY[p]! * world - top;
      if (ringSize !== null && ringSize[p]! > 0) y -= Math.max(SMALLEST_RING, ringSize[p]! * world);
      // Cells are 16 pixels wide; shifting rounds down, also below zero.
      const column = Math.floor(x) >> 4;
      const row = Math.floor(y) >> 4;
      if (column < 0 || row < 0 || column >= wide || row >= high) continue;
      const cell = row * wide + column;
      let g = groupOf[cell]! - 1;
      if (g < 0) {
        g = n++;
        groupOf[cell] = n;
        first[g] = p;
        cellOf[g] = cell;
        lastIncident[g] = -1;
      } else if (mixed[g] === 0 && !samePlace(drawing, first[g]!, p)) {
        mixed[g] = 1;
      }
      if (lastIncident[g] === incident) continue;
      lastIncident[g] = incident;
      count[g]!++;
      sumX[g]! += x;
      sumY[g]! += y;
      kinds[g * typeCount + type[incident]!]!++;
    }
  }
  return n;
}

/** Dots at one spot are one symbol whatever their size; rings only if they are the same ring. */
function samePlace({ columns }: Drawing, a: number, b: number): boolean {
  const { point_lon, point_lat, point_kind, point_radius_m } = columns;
  return (
    point_lon[a] === point_lon[b] && point_lat[a] === point_lat[b] && point_kind[a] === point_kind[b] &&
    (point_kind[a] === 0 || point_radius_m[a] === point_radius_m[b])
  );
}
