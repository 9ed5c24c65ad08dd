/**
 * The points in view by cell of the screen: neighbours in the drawing mostly stand in one cell, and so as stretches of points.
 * They depend on the view alone, so that a change of a filter, which is far more frequent, need not look for cells again.
 */

import type { Box } from "../geometry";
import { type Drawing, RING } from "../payload";

/** Side of a cell in pixels: what is in one cell would overlap. */
export const CELL = 16;
/** A ring's least radius on screen; its symbol stands on its upper edge. */
export const SMALLEST_RING = 12;
/** Points that are looked at together: often they are all in one cell, or all out of view. */
const RUN = 64;

export class Stretches {
  columns = 0;
  rows = 0;
  region: Box = { minX: 0, minY: 0, maxX: 0, maxY: 0 };
  world = 0;
  /** How many there are; of each its cell, its first point and the point after its last. */
  length = 0;
  cell = new Int32Array(1024);
  from = new Int32Array(1024);
  to = new Int32Array(1024);
  /** Box of each run of points in the projected world, and whether there is a ring in it. */
  readonly #boxes: Float32Array;
  readonly #ringed: Uint8Array;

  constructor(private readonly drawing: Drawing) {
    const { pointX, pointY, ringSize } = drawing;
    const runs = Math.ceil(pointX.length / RUN);
    this.#boxes = new Float32Array(runs * 4);
    measure(pointX, pointY, this.#boxes);
    this.#ringed = new Uint8Array(runs);
    ringSize?.forEach((size, p) => size > 0 && (this.#ringed[Math.floor(p / RUN)] = 1));
  }

  /** Divides the points of a region given in pixels of a world of a width; false if they are divided so already. */
  divide(world: number, region: Box): boolean {
    const old = this.region;
    if (world === this.world && region.minX === old.minX && region.minY === old.minY && region.maxX === old.maxX && region.maxY === old.maxY) return false;
    this.world = world;
    this.region = region;
    this.columns = Math.ceil((region.maxX - region.minX) / CELL);
    this.rows = Math.ceil((region.maxY - region.minY) / CELL);
    this.length = 0;
    const [boxes, ringed] = [this.#boxes, this.#ringed];
    const { columns, rows } = this;
    const points = this.drawing.pointX.length;
    for (let r = 0; r < ringed.length; r++) {
      const left = Math.floor((boxes[r * 4]! * world - region.minX) / CELL);
      const top = Math.floor((boxes[r * 4 + 1]! * world - region.minY) / CELL);
      const right = Math.floor((boxes[r * 4 + 2]! * world - region.minX) / CELL);
      const bottom = Math.floor((boxes[r * 4 + 3]! * world - region.minY) / CELL);
      // The symbol of a ring may come into view from below.
      if (right < 0 || left >= columns || bottom < 0 || (top >= rows && !ringed[r])) continue;
      const [from, to] = [r * RUN, Math.min(points, (r + 1) * RUN)];
      if (left === right && top === bottom && !ringed[r]) this.#add(top * columns + left, from, to);
      else for (let p = from; p < to; p++) this.#add(this.cellOf(p), p, p + 1);
    }
    return true;
  }

  /** The cell in which the symbol of a point stands, -1 if that is not in the region. */
  cellOf(p: number): number {
    const { world, region, columns, rows } = this;
    const { pointX, pointY } = this.drawing;
    const column = Math.floor((pointX[p]! * world - region.minX) / CELL);
    const row = Math.floor(((pointY[p]! - lift(this.drawing, p, world)) * world - region.minY) / CELL);
    return column < 0 || row < 0 || column >= columns || row >= rows ? -1 : row * columns + column;
  }

  #add(at: number, from: number, to: number): void {
    if (at < 0) return;
    const last = this.length - 1;
    if (last >= 0 && this.cell[last] === at && this.to[last] === from) {
      this.to[last] = to;
      return;
    }
    if (this.length === this.cell.length) for (const name of ["cell", "from", "to"] as const) this[name] = doubled(this[name]);
    this.cell[this.length] = at;
    this.from[this.length] = from;
    this.to[this.length++] = to;
  }
}

/** How far above its place the symbol of a point stands, as a share of the world. */
export function lift({ ringSize, columns }: Drawing, p: number, world: number): number {
  return ringSize !== null && columns.point_kind[p] === RING ? Math.max(SMALLEST_RING / world, ringSize[p]!) : 0;
}

function doubled(numbers: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const result = new Int32Array(numbers.length * 2);
  result.set(numbers);
  return result;
}

function measure(x: Float32Array, y: Float32Array, boxes: Float32Array): void {
  for (let r = 0; r * 4 < boxes.length; r++) {
    let [minX, minY, maxX, maxY] = [2, 2, -1, -1];
    const end = Math.min(x.length, (r + 1) * RUN);
    // Plain comparisons, which take a third of the time of Math.min.
    for (let p = r * RUN; p < end; p++) {
      const [px, py] = [x[p]!, y[p]!];
      if (px < minX) minX = px;
      if (px > maxX) maxX = px;
      if (py < minY) minY = py;
      if (py > maxY) maxY = py;
    }
    boxes[r * 4] = minX;
    boxes[r * 4 + 1] = minY;
    boxes[r * 4 + 2] = maxX;
    boxes[r * 4 + 3] = maxY;
  }
}
