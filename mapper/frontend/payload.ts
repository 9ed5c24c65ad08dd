/** What travels of a drawing: the columns that `mapper/page/payload.py` packs. A test compares the two lists. */

import { type Column, type Container, DamagedError, offsets } from "./container";
import { project } from "./projection";

export const COUNTS = [
  "launched",
  "intercepted",
  "hit",
  "killed_low",
  "killed_best",
  "killed_high",
  "injured_low",
  "injured_best",
  "injured_high",
] as const;
export type Count = (typeof COUNTS)[number];

export const COLUMNS = {
  type: "u8",
  status: "u8",
  precision: "u8",
  date_precision: "u8",
  flags: "u8",
  start: "delta",
  lasting: "optional",
  launched: "optional",
  intercepted: "optional",
  hit: "optional",
  killed_low: "optional",
  killed_best: "optional",
  killed_high: "optional",
  injured_low: "optional",
  injured_best: "optional",
  injured_high: "optional",
  point_incident: "delta",
  point_lon: "delta",
  point_lat: "delta",
  point_kind: "u8",
  point_precision: "u8",
  point_radius_m: "varint",
  area_incident: "delta",
  area_shape: "varint",
  shape_rings: "varint",
  shape_anchor_lon: "delta",
  shape_anchor_lat: "delta",
  ring_points: "varint",
  ring_lon: "delta",
  ring_lat: "delta",
} as const;
export type ColumnName = keyof typeof COLUMNS;

export const FLAGS = ["unplaced", "background", "date_as_reported"] as const;
export const UNPLACED = 1;
export const BACKGROUND = 2;
export const AS_REPORTED = 4;

/** Kinds of a point. */
export const DOT = 0;
export const RING = 1;

/** Code of "not given", and minutes of a date that is not known. */
export const NONE = 255;
export const NO_DATE = -(2 ** 31);

export interface Drawing {
  count: number;
  placed: number;
  block: number;
  types: string[];
  statuses: string[];
  precisions: string[];
  datePrecisions: string[];
  columns: Record<ColumnName, Column>;
  /** Points of incident i: from pointFrom[i] up to pointFrom[i + 1]; areas alike. */
  pointFrom: Uint32Array;
  areaFrom: Uint32Array;
  /** Positions of points and shapes in the projected world, 0 to 1. */
  pointX: Float64Array;
  pointY: Float64Array;
  pointLat: Float64Array;
  shapes: Shape[];
}

/** An area: rings for an even-odd fill, projected. */
export interface Shape {
  rings: Float64Array[];
  anchorX: number;
  anchorY: number;
  minX: number;
  minY: number;
  maxX: number;
  maxY: number;
}

export function readDrawing(container: Container): Drawing {
  const columns = {} as Record<ColumnName, Column>;
  for (const name of Object.keys(COLUMNS) as ColumnName[]) {
    const column = container.columns.get(name);
    if (!column) throw new DamagedError(`column ${name} is missing`);
    columns[name] = column;
  }
  const meta = container.meta as {
    placed: number;
    lonlat: number;
    outline: number;
    block: number;
    types: string[];
    statuses: string[];
    precisions: string[];
    date_precisions: string[];
  };
  const count = columns.type.length;
  const points = columns.point_lon.length;
  const pointX = new Float64Array(points);
  const pointY = new Float64Array(points);
  const pointLat = new Float64Array(points);
  for (let i = 0; i < points; i++) {
    pointLat[i] = columns.point_lat[i]! / meta.lonlat;
    [pointX[i], pointY[i]] = project(columns.point_lon[i]! / meta.lonlat, pointLat[i]!) as [number, number];
  }
  return {
    count,
    placed: meta.placed,
    block: meta.block,
    types: meta.types,
    statuses: meta.statuses,
    precisions: meta.precisions,
    datePrecisions: meta.date_precisions,
    columns,
    pointFrom: runs(columns.point_incident, count),
    areaFrom: runs(columns.area_incident, count),
    pointX,
    pointY,
    pointLat,
    shapes: readShapes(columns, meta.lonlat, meta.outline),
  };
}

/** Where the rows of each owner begin in a column of owners in rising order. */
function runs(owners: Column, count: number): Uint32Array {
  const lengths = new Uint32Array(count);
  for (let i = 0; i < owners.length; i++) lengths[owners[i]!]!++;
  return offsets(lengths);
}

function readShapes(columns: Record<ColumnName, Column>, lonlat: number, outline: number): Shape[] {
  const ringFrom = offsets(columns.shape_rings);
  const pointFrom = offsets(columns.ring_points);
  const shapes: Shape[] = [];
  for (let s = 0; s < columns.shape_rings.length; s++) {
    const rings: Float64Array[] = [];
    let [minX, minY, maxX, maxY] = [2, 2, -1, -1];
    for (let r = ringFrom[s]!; r < ringFrom[s + 1]!; r++) {
      const from = pointFrom[r]!;
      const ring = new Float64Array((pointFrom[r + 1]! - from) * 2);
      for (let i = 0; i < ring.length; i += 2) {
        const [x, y] = project(columns.ring_lon[from + i / 2]! / outline, columns.ring_lat[from + i / 2]! / outline);
        ring[i] = x;
        ring[i + 1] = y;
        minX = Math.min(minX, x);
        maxX = Math.max(maxX, x);
        minY = Math.min(minY, y);
        maxY = Math.max(maxY, y);
      }
      rings.push(ring);
    }
    const [anchorX, anchorY] = project(columns.shape_anchor_lon[s]! / lonlat, columns.shape_anchor_lat[s]! / lonlat);
    shapes.push({ rings, anchorX, anchorY, minX, minY, maxX, maxY });
  }
  return shapes;
}

/** Incidents of a drawing in the order a reader wants them: the newest first, those without a date last. */
export function newestFirst(drawing: Drawing, rows: Iterable<number>): number[] {
  const start = drawing.columns.start;
  return [...rows].sort((a, b) => start[b]! - start[a]! || a - b);
}
