/**
 * What passes all filters but that of type, summed up by cell of the screen and by type. It is kept as long as neither the
 * view nor another filter changes, so that to switch a type on and off takes no look at all points.
 */

import type { Shown } from "../filters";
import type { Drawing } from "../payload";
import { type Stretches, lift } from "./stretches";

/** Groups are the cells in which something is; `n * typeCount + type` is the place of a type in one. */
export interface Tally {
  length: number;
  /** Of each cell: the number of its group, plus one. */
  groupOf: Uint32Array;
  cellOf: Int32Array;
  count: Uint32Array;
  /** Sums of positions, as shares of the world. */
  sumX: Float64Array;
  sumY: Float64Array;
}

/** Makes a tally, in the arrays of the last one where they are large enough: new ones would be megabytes at each step of a brush. */
export function tallied(drawing: Drawing, shown: Shown, stretches: Stretches, typeCount: number, last: Tally | null): Tally {
  const cells = stretches.columns * stretches.rows;
  // No more groups than there are stretches.
  const room = Math.min(cells, stretches.length);
  let tally = last;
  if (tally && tally.groupOf.length >= cells && tally.cellOf.length >= room) {
    tally.length = 0;
    for (const sums of [tally.groupOf, tally.count, tally.sumX, tally.sumY]) sums.fill(0);
  } else {
    tally = {
      length: 0,
      groupOf: new Uint32Array(cells),
      cellOf: new Int32Array(room),
      count: new Uint32Array(room * typeCount),
      sumX: new Float64Array(room * typeCount),
      sumY: new Float64Array(room * typeCount),
    };
  }
  sum(drawing, shown, stretches, tally, typeCount);
  return tally;
}

/** The one loop over a million points: without branches, which a processor could not foresee where some of them fail. */
function sum(drawing: Drawing, { fails, mask }: Shown, { world, cell, from, to, length }: Stretches, tally: Tally, typeCount: number): void {
  const { pointX, pointY, ringSize } = drawing;
  const { point_incident, type } = drawing.columns;
  const { groupOf, cellOf, count, sumX, sumY } = tally;
  for (let s = 0; s < length; s++) {
    const [start, end] = [from[s]!, to[s]!];
    if (!groupOf[cell[s]!]) {
      cellOf[tally.length++] = cell[s]!;
      groupOf[cell[s]!] = tally.length;
    }
    const group = (groupOf[cell[s]!]! - 1) * typeCount;
    for (let p = start; p < end; p++) {
      const incident = point_incident[p]!;
      const one = ((fails[incident]! & mask) - 1) >>> 31;
      const at = group + type[incident]!;
      count[at]! += one;
      sumX[at]! += one * pointX[p]!;
      sumY[at]! += one * pointY[p]!;
    }
    for (let p = start; p < end && ringSize !== null; p++) {
      const incident = point_incident[p]!;
      if (!(fails[incident]! & mask)) sumY[group + type[incident]!]! -= lift(drawing, p, world);
    }
  }
}
