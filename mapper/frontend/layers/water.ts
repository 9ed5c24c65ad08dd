/** Rivers and lakes of the basemap; the columns are those of `mapper/page/basemap.py`. */

import { type Container, DamagedError, offsets } from "../container";
import { type Box, boxOf } from "../geometry";
import type { Label } from "../labels";
import { project } from "../projection";

export const COLUMNS = {
  water_points: "number",
  water_kind: "u8",
  water_rank: "u8",
  water_river: "number",
  water_lon: "delta",
  water_lat: "delta",
} as const;

const LAKE = 1;

export interface Water {
  isLake: boolean;
  /** How large it is, 0 the largest. */
  rank: number;
  /** Number of the river's name, -1 for none. */
  river: number;
  points: Float64Array;
  box: Box;
}

export function readWater({ columns, meta }: Container): Water[] {
  const column = (name: keyof typeof COLUMNS) => {
    const found = columns.get(name);
    if (!found) throw new DamagedError(`column ${name} is missing`);
    return found;
  };
  const { steps } = meta as { steps: number };
  const [lon, lat, rank, river] = [column("water_lon"), column("water_lat"), column("water_rank"), column("water_river")];
  const from = offsets(column("water_points"));
  return Array.from(column("water_kind"), (kind, w) => {
    const points = new Float64Array((from[w + 1]! - from[w]!) * 2);
    for (let i = 0; i < points.length; i += 2) {
      points.set(project(lon[from[w]! + i / 2]! / steps, lat[from[w]! + i / 2]! / steps), i);
    }
    return { isLake: kind === LAKE, rank: rank[w]!, river: river[w]! - 1, points, box: boxOf(points) };
  });
}

/** The smallest rank that is drawn at a zoom: the land must not look like a net of veins. */
export function lastRank(zoom: number): number {
  return zoom < 4 ? 2 : zoom < 5 ? 4 : zoom < 5.5 ? 5 : zoom < 6 ? 6 : zoom < 7 ? 8 : 10;
}

/** How wide a river is drawn: the sources give no widths, so the larger ones are a little stronger. */
export function widthOf(rank: number, zoom: number): number {
  return Math.max(0.6, Math.min(2.6, 0.5 + (zoom - 3) * 0.16 + (6 - rank) * 0.14));
}

/** Pixels from one name of a river to the next, at least. */
export const EVERY = 480;
/** Pixels between the line and its name. */
const OFF = 9;
/** A stretch whose ends are nearer than this share of its length is too crooked for a name. */
const STRAIGHT = 0.86;

/** Where a name may stand along a line, the straightest place of each long stretch. */
export function alongRiver(points: Float64Array, world: number, width: number): { x: number; y: number; angle: number }[] {
  const n = points.length / 2;
  const along = new Float64Array(n);
  for (let i = 1; i < n; i++) {
    along[i] = along[i - 1]! + Math.hypot(points[2 * i]! - points[2 * i - 2]!, points[2 * i + 1]! - points[2 * i - 1]!) * world;
  }
  const found: { x: number; y: number; angle: number; at: number; straight: number }[] = [];
  const at = (distance: number, i: number): [number, number] => {
    const t = (distance - along[i - 1]!) / (along[i]! - along[i - 1]! || 1);
    return [0, 1].map((axis) => (points[2 * i - 2 + axis]! + (points[2 * i + axis]! - points[2 * i - 2 + axis]!) * t) * world) as [number, number];
  };
  let [a, b] = [1, 1];
  for (let start = 0; start + width <= along[n - 1]!; start += width / 4) {
    while (along[a]! < start) a++;
    while (along[b]! < start + width) b++;
    const [[ax, ay], [bx, by]] = [at(start, a), at(start + width, b)];
    const straight = Math.hypot(bx - ax, by - ay) / width;
    if (straight < STRAIGHT) continue;
    let angle = Math.atan2(by - ay, bx - ax);
    if (angle > Math.PI / 2) angle -= Math.PI;
    else if (angle <= -Math.PI / 2) angle += Math.PI;
    // Above the line, seen from the name.
    const spot = { x: (ax + bx) / 2 + OFF * Math.sin(angle), y: (ay + by) / 2 - OFF * Math.cos(angle), angle, at: start, straight };
    const last = found.at(-1);
    if (!last || start - last.at >= EVERY) found.push(spot);
    else if (straight > last.straight && (found.length < 2 || start - found.at(-2)!.at >= EVERY)) found[found.length - 1] = spot;
  }
  return found;
}

/** A name along a river as a label that has one place only: the box around the turned text. */
export function riverLabel(text: string, { x, y, angle }: { x: number; y: number; angle: number }, width: number): Label {
  const [c, s] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))];
  return { text, x, y, width: width * c + 12 * s, height: width * s + 12 * c, gap: 0, margin: 2, mark: 0, fixed: true };
}
