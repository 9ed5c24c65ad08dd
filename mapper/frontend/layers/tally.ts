/**
 * What passes all filters but that of type, summed up by cell of the screen and by type. It is kept as long as the view
 * is the same, and mended by what a filter lets in and out, so that neither a type that is switched nor a step of the
 * timeline's brush takes a look at all points.
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
  /** Sums of positions, as shares of the world: of whole multiples of a small power of two, so that they do not drift. */
  sumX: Float64Array;
  sumY: Float64Array;
  /** 1 for each incident that is in the sums. */
  counted: Uint8Array;
}

/** Makes a tally of a view, in the arrays of the last one where they are large enough: new ones would be megabytes at each step of a drag. */
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
      counted: last?.counted ?? new Uint8Array(drawing.placed),
    };
  }
  note(shown, tally.counted);
  sum(drawing, stretches, tally, typeCount);
  return tally;
}

/** Takes what no longer passes out of the sums and adds what now does: in the same view, after other filters, which have changed some or any. */
export function amend(drawing: Drawing, { fails, mask }: Shown, stretches: Stretches, typeCount: number, tally: Tally, some: Uint32Array | null): void {
  const { pointFrom, pointX, pointY } = drawing;
  const { type } = drawing.columns;
  const { groupOf, count, sumX, sumY, counted } = tally;
  const length = some ? some.length : counted.length;
  for (let k = 0; k < length; k++) {
    const i = some ? some[k]! : k;
    const passes = ((fails[i]! & mask) - 1) >>> 31;
    if (i >= counted.length || passes === counted[i]) continue;
    counted[i] = passes;
    const by = 2 * passes - 1;
    for (let p = pointFrom[i]!; p < pointFrom[i + 1]!; p++) {
      const cell = stretches.cellOf(p);
      if (cell < 0) continue;
      const at = (groupOf[cell]! - 1) * typeCount + type[i]!;
      count[at]! += by;
      sumX[at]! += by * pointX[p]!;
      sumY[at]! += by * (pointY[p]! - lift(drawing, p, stretches.world));
    }
  }
}

// Loops over all: each a function of its own, and without branches, which a processor could not foresee where some fail.

function note({ fails, mask }: Shown, counted: Uint8Array): void {
  for (let i = 0; i < counted.length; i++) counted[i] = ((fails[i]! & mask) - 1) >>> 31;
}

function sum(drawing: Drawing, { world, cell, from, to, length }: Stretches, tally: Tally, typeCount: number): void {
  const { pointX, pointY, ringSize } = drawing;
  const { point_incident, type } = drawing.columns;
  const { groupOf, cellOf, count, sumX, sumY, counted } = tally;
  for (let s = 0; s < length; s++) {
    const [start, end] = [from[s]!, to[s]!];
    if (!groupOf[cell[s]!]) {
      cellOf[tally.length++] = cell[s]!;
      groupOf[cell[s]!] = tally.length;
    }
    const group = (groupOf[cell[s]!]! - 1) * typeCount;
    for (let p = start; p < end; p++) {
      const incident = point_incident[p]!;
      const one = counted[incident]!;
      const at = group + type[incident]!;
      count[at]! += one;
      sumX[at]! += one * pointX[p]!;
      sumY[at]! += one * pointY[p]!;
    }
    for (let p = start; p < end && ringSize !== null; p++) {
      const incident = point_incident[p]!;
      if (counted[incident]) sumY[group + type[incident]!]! -= lift(drawing, p, world);
    }
  }
}
