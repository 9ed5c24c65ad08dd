/**
 * Puts together what would overlap on screen: a counting grid of small cells, whose neighbours are then merged from the
 * largest down, at the weighted centre, until nothing overlaps. The cells are anchored to the pixels of the world, so that
 * clusters stay where they are while the map is panned. Typed arrays throughout: it runs on every change of a filter.
 */

import type { Shown } from "../filters";
import type { Box } from "../geometry";
import type { Drawing } from "../payload";
import { CELL, Stretches } from "./stretches";
import { type Tally, amend, tallied } from "./tally";

/** A dot's radius on screen. */
export const RADIUS = 7;

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

function clusterRadius(count: number): number {
  return count < 2 ? RADIUS + 1.75 : count < 10 ? 13 : Math.min(26, 13 + 3.2 * Math.log10(count / 10));
}

/** Free space that a cluster asks for: large ones draw in more of what is around them. */
function roomOf(count: number): number {
  return clusterRadius(count) * (count >= 10 ? 1.4 : 1);
}

const WIDEST = 26 * 1.4;

export class ClusterGrid {
  clusters: Cluster[] = [];
  readonly #stretches: Stretches;
  #tally: Tally | null = null;
  /** The filters that it was made for. */
  #version = -1;
  /** Incidents of several points, which may come together in one cluster. */
  readonly #several: number[] = [];
  /** Of each group: the group it was merged into, -1 if nothing of it is shown. */
  #into = new Int32Array(0);

  constructor(
    private readonly drawing: Drawing,
    private readonly typeCount: number,
  ) {
    const { pointFrom } = drawing;
    this.#stretches = new Stretches(drawing);
    for (let i = 0; i < drawing.placed; i++) if (pointFrom[i + 1]! - pointFrom[i]! > 1) this.#several.push(i);
  }

  /** Makes the clusters of a region given in pixels of a world of a width. */
  compute(shown: Shown, world: number, region: Box): Cluster[] {
    const stretches = this.#stretches;
    const { drawing, typeCount } = this;
    const { fails } = shown;
    if (stretches.divide(world, region) || !this.#tally) this.#tally = tallied(drawing, shown, stretches, typeCount, this.#tally);
    else if (this.#version !== shown.version) amend(drawing, shown, stretches, typeCount, this.#tally, this.#version === shown.version - 1 ? shown.moved : null);
    this.#version = shown.version;
    const tally = this.#tally;
    const { length: n, groupOf, cellOf } = tally;
    const { columns, rows } = stretches;

    const count = new Uint32Array(n);
    const sumX = new Float64Array(n);
    const sumY = new Float64Array(n);
    const kinds = tally.count.slice(0, n * typeCount);
    const into = new Int32Array(n);
    for (let g = 0; g < n; g++) {
      for (let t = 0; t < typeCount; t++) {
        const k = g * typeCount + t;
        if (shown.off[t]) kinds[k] = 0;
        if (!kinds[k]) continue;
        count[g]! += kinds[k]!;
        sumX[g]! += tally.sumX[k]!;
        sumY[g]! += tally.sumY[k]!;
      }
      sumX[g] = sumX[g]! * world - count[g]! * region.minX;
      sumY[g] = sumY[g]! * world - count[g]! * region.minY;
      into[g] = count[g] ? g : -1;
    }
    this.#into = into;
    const first = new Int32Array(n).fill(-1);
    const mixed = new Uint8Array(n);
    compare(drawing, fails, stretches, groupOf, count, first, mixed);
    // Where a group's centre now lies: lists of groups by cell.
    const head = new Int32Array(columns * rows).fill(-1);
    const next = new Int32Array(n);
    const x = new Float64Array(n);
    const y = new Float64Array(n);
    const at = new Int32Array(n);
    const space = new Float64Array(n);
    const enter = (g: number) => {
      x[g] = sumX[g]! / count[g]!;
      y[g] = sumY[g]! / count[g]!;
      space[g] = roomOf(count[g]!);
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
    for (let g = 0; g < n; g++) if (count[g]) enter(g);
    const nearest = (g: number, reach: number): number => {
      const [column, row, span] = [Math.floor(x[g]! / CELL), Math.floor(y[g]! / CELL), Math.ceil(reach / CELL)];
      let best = -1;
      let bestGap = 0;
      for (let r = Math.max(0, row - span); r <= Math.min(rows - 1, row + span); r++) {
        for (let c = Math.max(0, column - span); c <= Math.min(columns - 1, column + span); c++) {
          for (let o = head[r * columns + c]!; o >= 0; o = next[o]!) {
            if (o === g) continue;
            const gap = Math.sqrt((x[o]! - x[g]!) ** 2 + (y[o]! - y[g]!) ** 2) - space[g]! - space[o]! - 1;
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
      if (key >= 0) break; // nothing is shown of these
      const start = groupOf[((key % 2 ** 24) + 2 ** 24) % 2 ** 24]! - 1;
      if (into[start] !== start) continue;
      let g = start;
      let moved = false;
      for (;;) {
        // What is smaller reaches less far; what is larger has already looked for this one, unless this one has moved.
        const other = nearest(g, moved ? space[g]! + WIDEST + 1 : 2 * space[g]! + 1);
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
    for (let g = 0; g < n; g++) if (count[g]) into[g] = this.#root(g);
    this.#countOnce(fails, count, kinds);

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
        point: mixed[g] && count[g]! > 1 ? -1 : first[g]!,
        kinds: mine,
        radius: clusterRadius(count[g]!),
        id: g,
      });
    }
    return this.clusters;
  }

  #root(g: number): number {
    let at = g;
    while (this.#into[at] !== at) at = this.#into[at]!;
    return at;
  }

  /** An incident with two points in one cluster is one incident there. */
  #countOnce(fails: Uint8Array, count: Uint32Array, kinds: Uint32Array): void {
    const { pointFrom, columns } = this.drawing;
    for (const incident of this.#several) {
      if (fails[incident]) continue;
      const clusters = new Set<number>();
      for (let p = pointFrom[incident]!; p < pointFrom[incident + 1]!; p++) {
        const cluster = this.clusterOf(p);
        if (clusters.has(cluster) && cluster >= 0) {
          count[cluster]!--;
          kinds[cluster * this.typeCount + columns.type[incident]!]!--;
        }
        clusters.add(cluster);
      }
    }
  }

  /** The points of a cluster. */
  points(fails: Uint8Array, id: number): number[] {
    const { cell, from, to, length } = this.#stretches;
    const { point_incident } = this.drawing.columns;
    const found: number[] = [];
    for (let s = 0; s < length; s++) {
      if (this.#clusterIn(cell[s]!) !== id) continue;
      for (let p = from[s]!; p < to[s]!; p++) if (!fails[point_incident[p]!]) found.push(p);
    }
    return found;
  }

  /** The cluster in which a point stands, -1 if it is not in the region. */
  clusterOf(point: number): number {
    return this.#clusterIn(this.#stretches.cellOf(point));
  }

  #clusterIn(cell: number): number {
    const g = cell < 0 || !this.#tally ? -1 : this.#tally.groupOf[cell]! - 1;
    return g < 0 ? -1 : this.#into[g]!;
  }
}

/** Looks for the first point shown of each group, and whether another stands elsewhere. */
function compare(
  drawing: Drawing,
  fails: Uint8Array,
  { cell, from, to, length }: Stretches,
  groupOf: Uint32Array,
  count: Uint32Array,
  first: Int32Array,
  mixed: Uint8Array,
): void {
  const { point_incident } = drawing.columns;
  for (let s = 0; s < length; s++) {
    const g = groupOf[cell[s]!]! - 1;
    if (!count[g]) continue;
    for (let p = from[s]!; p < to[s]! && !mixed[g]; p++) {
      if (fails[point_incident[p]!]) continue;
      if (first[g]! < 0) first[g] = p;
      else if (!samePlace(drawing, first[g]!, p)) mixed[g] = 1;
    }
  }
}

/** Dots at one spot are one symbol whatever their size; rings only if they are the same ring. */
function samePlace({ columns }: Drawing, a: number, b: number): boolean {
  const { point_lon, point_lat, point_kind, point_radius_m } = columns;
  return (
    point_lon[a] === point_lon[b] && point_lat[a] === point_lat[b] && point_kind[a] === point_kind[b] &&
    (point_kind[a] === 0 || point_radius_m[a] === point_radius_m[b])
  );
}
