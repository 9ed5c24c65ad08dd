/** What the basemap is made of: land, borders, water and names; the columns are those of `mapper/page/basemap.py`. */

import { type Container, DamagedError, offsets } from "../container";
import { type Box, boxOf } from "../geometry";
import { project } from "../projection";
import { COLUMNS as WATER, type Water, readWater } from "./water";

export const COLUMNS = {
  arc_points: "number",
  arc_kind: "u8",
  arc_lon: "delta",
  arc_lat: "delta",
  land_arcs: "number",
  land_refs: "delta",
  label_kind: "u8",
  label_lon: "delta",
  label_lat: "delta",
  label_room: "number",
  label_population: "number",
  ...WATER,
} as const;

export const COUNTRY_BORDER = 1;
export const ADMIN1_BORDER = 2;
export const COAST = 0;
export const LABELS = ["country", "admin1", "city", "capital", "lake"] as const;
type LabelKind = (typeof LABELS)[number] | "river";

export interface Line {
  kind: number;
  /** Usual size of the lines of this kind hereabouts, as a share of the world. */
  grain: number;
  points: Float64Array;
  box: Box;
}

export interface Name {
  kind: LabelKind;
  /** In the page's language. */
  text: string;
  texts: Record<string, string>;
  x: number;
  y: number;
  /** Share of the world's width that is free around the point. */
  room: number;
  population: number;
  /** How a river's name is turned, in radians. */
  angle?: number;
}

export interface River {
  text: string;
  texts: Record<string, string>;
  lines: Water[];
}

export interface BasemapData {
  lines: Line[];
  land: { points: Float64Array; box: Box }[];
  names: Name[];
  water: Water[];
  rivers: River[];
}

export function readBasemap(container: Container): BasemapData {
  const column = (name: keyof typeof COLUMNS) => {
    const found = container.columns.get(name);
    if (!found) throw new DamagedError(`column ${name} is missing`);
    return found;
  };
  const meta = container.meta as {
    steps: number;
    label_steps: number;
    names: Record<string, string[]>;
    rivers: Record<string, string[]>;
    lang: string;
  };
  const [lon, lat, kinds] = [column("arc_lon"), column("arc_lat"), column("arc_kind")];
  const arcFrom = offsets(column("arc_points"));
  const arcs = Array.from(kinds, (_, a) => {
    const from = arcFrom[a]!;
    const points = new Float64Array((arcFrom[a + 1]! - from) * 2);
    for (let i = 0; i < points.length; i += 2) {
      const at = from + i / 2;
      [points[i], points[i + 1]] = project(lon[at]! / meta.steps, lat[at]! / meta.steps) as [number, number];
    }
    return points;
  });
  const refs = column("land_refs");
  const ringFrom = offsets(column("land_arcs"));
  const land = Array.from({ length: ringFrom.length - 1 }, (_, r) => {
    const points = joined(arcs, refs.subarray(ringFrom[r]!, ringFrom[r + 1]!) as Int32Array);
    return { points, box: boxOf(points) };
  });
  const [labelLon, labelLat, room] = [column("label_lon"), column("label_lat"), column("label_room")];
  const [labelKind, population] = [column("label_kind"), column("label_population")];
  const langs = Object.keys(meta.names);
  const inAll = (names: Record<string, string[]>, i: number, text: string) =>
    Object.fromEntries(langs.map((lang) => [lang, names[lang]![i] || text]));
  const names = (meta.names[meta.lang] ?? []).map((text, i): Name => {
    const [x, y] = project(labelLon[i]! / meta.label_steps, labelLat[i]! / meta.label_steps);
    return {
      kind: LABELS[labelKind[i]!] ?? "city",
      text,
      texts: inAll(meta.names, i, text),
      x,
      y,
      room: room[i]! / meta.label_steps / 360,
      population: population[i]!,
    };
  });
  const lines = arcs.map((points, a) => ({ kind: kinds[a]!, points, box: boxOf(points), grain: 1 }));
  findGrain(lines.filter(({ kind }) => kind === ADMIN1_BORDER));
  const water = readWater(container);
  const rivers = meta.rivers[meta.lang]!.map((text, i) => ({
    text,
    texts: inAll(meta.rivers, i, text),
    lines: water.filter(({ river }) => river === i),
  }));
  return { lines, land, names, water, rivers };
}

/** Side of the squares in which the grain is found, as a share of the world: 2 degrees. */
const GRAIN = 2 / 360;

/** Where the lines of a country are so fine that they would only be a blur, they are drawn later than elsewhere. */
function findGrain(lines: Line[]): void {
  const cells = new Map<string, number[]>();
  const key = ({ box }: Line) => `${Math.floor(box.minX / GRAIN)},${Math.floor(box.minY / GRAIN)}`;
  const size = ({ box }: Line) => Math.max(box.maxX - box.minX, box.maxY - box.minY);
  for (const line of lines) {
    const cell = cells.get(key(line));
    if (cell) cell.push(size(line));
    else cells.set(key(line), [size(line)]);
  }
  for (const sizes of cells.values()) sizes.sort((a, b) => a - b);
  for (const line of lines) {
    const sizes = cells.get(key(line))!;
    line.grain = sizes[Math.floor(sizes.length / 2)]!;
  }
}

/** Puts arcs together to a ring: `a` is arc a, `~a` the same backwards. */
export function joined(arcs: Float64Array[], refs: Int32Array): Float64Array {
  const points: number[] = [];
  for (const ref of refs) {
    const arc = arcs[ref < 0 ? ~ref : ref]!;
    // The last point of an arc is the first of the next.
    for (let i = 0; i < arc.length - 2; i += 2) {
      const at = ref < 0 ? arc.length - 2 - i : i;
      points.push(arc[at]!, arc[at + 1]!);
    }
  }
  return Float64Array.from(points);
}
