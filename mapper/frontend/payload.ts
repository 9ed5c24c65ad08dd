/** What travels of a drawing: the columns that `mapper/page/payload.py` packs. A test compares the two lists. */

import { type Column, type Container, DamagedError, offsets } from "./container";
import { EQUATOR, project, tabled } from "./projection";

export const COUNTS = [
  "launched",
  "intercepted",
  "hit",
  "lost",
  "killed_low",
  "killed_best",
  "killed_high",
  "injured_low",
  "injured_best",
  "injured_high",
  "children_killed",
  "children_injured",
] as const;
export type Count = (typeof COUNTS)[number];
export const PROJECTILES = COUNTS.slice(0, 4) as ("launched" | "intercepted" | "hit" | "lost")[];
/** Those of whom a part, never to be added to them, is said to be children. */
export const KINDS = ["killed", "injured"] as const;
export type Kind = (typeof KINDS)[number];
const OPTIONAL = Object.fromEntries(COUNTS.map((name) => [name, "optional"])) as Record<Count, "optional">;

export const COLUMNS = {
  type: "u8",
  status: "u8",
  precision: "u8",
  date_precision: "u8",
  flags: "u8",
  start_day: "delta",
  start_minute: "number",
  lasting: "optional",
  ...OPTIONAL,
  country: "number",
  publisher: "number",
  point_incident: "delta",
  point_lon: "delta",
  point_lat: "delta",
  point_kind: "u8",
  point_precision: "u8",
  point_radius_m: "number",
  cut_point: "delta",
  cut_shape: "number",
  area_incident: "delta",
  area_shape: "number",
  area_share: "optional",
  shape_rings: "number",
  shape_anchor_lon: "delta",
  shape_anchor_lat: "delta",
  ring_points: "number",
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
/** As large as an area whose outline is not known. */
export const AREA = 2;

/** Code of "not given", and day of a date that is not known. */
export const NONE = 255;
export const NO_DAY = -1_000_000;
/** The word for those publishers that are too many to be listed. */
export const REST = "\u0000rest";

export interface Drawing {
  count: number;
  placed: number;
  block: number;
  types: string[];
  statuses: string[];
  precisions: string[];
  datePrecisions: string[];
  /** Countries and publishers: words, and sets of words that the columns count in. */
  countries: string[];
  countrySets: number[][];
  publishers: string[];
  publisherSets: number[][];
  /** Steps to a degree of the positions. */
  lonlat: number;
  columns: Record<ColumnName, Column>;
  /** Whether any incident gives a number. */
  gives: Record<Count, boolean>;
  /** Points of incident i: from pointFrom[i] up to pointFrom[i + 1]; areas alike. */
  pointFrom: Uint32Array;
  areaFrom: Uint32Array;
  /** Positions of points in the projected world, 0 to 1. */
  pointX: Float32Array;
  pointY: Float32Array;
  /** Radius of a ring as a share of the world, 0 for a dot. */
  ringSize: Float32Array | null;
  shapes: Shape[];
  /** What borders leave of the circle that a point stands for. */
  cuts: Map<number, Shape>;
  /** Kind of change of each incident since an earlier map (see changes.ts), where one was named. */
  change?: Uint8Array;
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
    if (!container.columns.has(name)) throw new DamagedError(`column ${name} is missing`);
    Object.defineProperty(columns, name, {
      configurable: true,
      enumerable: true,
      get() {
        const value = container.columns.get(name)!;
        // From now on a plain property, which is what fast loops want.
        Object.defineProperty(columns, name, { value, enumerable: true });
        return value;
      },
    });
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
    countries: string[];
    country_sets: number[][];
    publishers: string[];
    publisher_sets: number[][];
  };
  const count = columns.type.length;
  const shapes = readShapes(columns, meta.lonlat, meta.outline);
  const [pointX, pointY] = projected(columns.point_lon, columns.point_lat, meta.lonlat);
  return {
    count,
    placed: meta.placed,
    block: meta.block,
    types: meta.types,
    statuses: meta.statuses,
    precisions: meta.precisions,
    datePrecisions: meta.date_precisions,
    countries: meta.countries,
    countrySets: meta.country_sets,
    publishers: meta.publishers,
    publisherSets: meta.publisher_sets,
    lonlat: meta.lonlat,
    columns,
    gives: Object.fromEntries(COUNTS.map((name) => [name, container.columns.only(name) !== -1])) as Record<Count, boolean>,
    pointFrom: runs(columns.point_incident, count),
    areaFrom: runs(columns.area_incident, count),
    pointX,
    pointY,
    ringSize: ringSizes(columns, meta.lonlat),
    shapes,
    cuts: new Map(Array.from(columns.cut_point, (point, c) => [point, shapes[columns.cut_shape[c]!]!])),
  };
}

/** As `project`, for many points. */
function projected(lon: Column, lat: Column, steps: number): [Float32Array, Float32Array] {
  const x = new Float32Array(lon.length);
  const y = new Float32Array(lon.length);
  const scale = 1 / (360 * steps);
  for (let i = 0; i < x.length; i++) x[i] = lon[i]! * scale + 0.5;
  tabled(lat, steps, y);
  return [x, y];
}

function ringSizes({ point_kind, point_radius_m, point_lat }: Record<ColumnName, Column>, lonlat: number): Float32Array | null {
  if (!point_kind.includes(RING) && !point_kind.includes(AREA)) return null;
  const sizes = new Float32Array(point_kind.length);
  for (let p = 0; p < sizes.length; p++) {
    if (point_kind[p]) sizes[p] = point_radius_m[p]! / (EQUATOR * Math.cos(((point_lat[p]! / lonlat) * Math.PI) / 180));
  }
  return sizes;
}

/** Latitude of a point in degrees. */
export function latOf(drawing: Drawing, point: number): number {
  return drawing.columns.point_lat[point]! / drawing.lonlat;
}

export function lonOf(drawing: Drawing, point: number): number {
  return drawing.columns.point_lon[point]! / drawing.lonlat;
}

/** Minutes since 1970 by the wall clock of an incident's beginning, null where not known. */
export function startOf({ columns }: Drawing, incident: number): number | null {
  const day = columns.start_day[incident]!;
  return day === NO_DAY ? null : day * 1440 + columns.start_minute[incident]!;
}

/** Where the rows of each owner begin in a column of owners in rising order. */
function runs(owners: Column, count: number): Uint32Array {
  const from = new Uint32Array(count + 1);
  let next = 0;
  for (let row = 0; row < owners.length; row++) while (next <= owners[row]!) from[next++] = row;
  return from.fill(owners.length, next);
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
export function newestFirst(drawing: Drawing, rows: ArrayLike<number>): number[] {
  const minutes = (i: number) => startOf(drawing, i) ?? -Infinity;
  return Array.from(rows).sort((a, b) => minutes(b) - minutes(a) || a - b);
}
