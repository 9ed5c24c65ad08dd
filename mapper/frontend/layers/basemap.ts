/** Sea, land, water, borders and names; the columns are those of `mapper/page/basemap.py`. */

import type * as Leaflet from "leaflet";
import { type Container, DamagedError, decode, inflate, offsets } from "../container";
import { painted } from "../dom";
import { type Box, boxOf, clip, contains, meet } from "../geometry";
import { type Label, Occupied, type Placed, place } from "../labels";
import { L } from "../leaflet";
import { project } from "../projection";
import { FONT, theme } from "../theme";
import { CanvasLayer, type View } from "./canvas";
import { obstaclesOf, onObstacles } from "./obstacles";
import { COLUMNS as WATER, type Water, EVERY, alongRiver, lastRank, readWater, riverLabel, widthOf } from "./water";

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

const COUNTRY_BORDER = 1;
const ADMIN1_BORDER = 2;
const COAST = 0;
export const LABELS = ["country", "admin1", "city", "capital", "lake"] as const;
type LabelKind = (typeof LABELS)[number] | "river";

interface Line {
  kind: number;
  /** Usual size of the lines of this kind hereabouts, as a share of the world. */
  grain: number;
  points: Float64Array;
  box: Box;
}

interface Name {
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

interface River {
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

/** About 5 km at these latitudes, as a share of the world: how far a city's position may be from its symbol's. */
const SAME_PLACE = 5 / 40075 / 0.65;

/** Pixels of the inner borders of a country, at least, for them to be drawn. */
const SMALLEST_GRAIN = 12;

/** Pixels from a city's own mark to its name. */
const GAP = 5;

/** Wider things in the way are not the symbol of one place. */
const LARGEST_SYMBOL = 40;

/** Least population of a city that is named, by zoom. */
const NAMED_FROM = [9e9, 9e9, 9e9, 4e6, 2e6, 8e5, 2.5e5, 9e4, 4e4, 1.5e4, 5e3, 0, 0];

export class BasemapLayer extends L.Layer {
  readonly ready: Promise<void>;
  private data: BasemapData | null = null;
  private readonly ground = new CanvasLayer("mapper-ground", 200, (context, view) => this.drawGround(context, view));
  private readonly words = new CanvasLayer(
    "mapper-names",
    420,
    (context, view) => this.drawNames(context, view),
    () => this.naming,
  );
  /** Names come after land and symbols and the controls: it takes as long to find room for them as to draw all of these. */
  private naming = false;
  private placed: { zoom: number; obstacles: Box[]; names: Name[]; labels: Label[]; spots: Placed[]; covered: Set<Name> } | null = null;
  private forget: () => void = () => undefined;

  constructor(id: string) {
    super();
    this.ready = inflate(document.getElementById(id)?.textContent ?? "").then((bytes) => {
      this.data = readBasemap(decode(bytes));
      this.ground.redraw();
      void painted().then(painted).then(() => {
        this.naming = true;
        this.words.redraw();
      });
    });
  }

  override onAdd(map: Leaflet.Map): this {
    this.ground.addTo(map);
    this.words.addTo(map);
    this.forget = onObstacles(map, () => this.words.redraw());
    return this;
  }

  override onRemove(): this {
    this.forget();
    this.ground.remove();
    this.words.remove();
    return this;
  }

  /** Says the names in another language, where the map has them. */
  speak(lang: string): void {
    void this.ready.then(() => {
      for (const name of [...this.data!.names, ...this.data!.rivers]) name.text = name.texts[lang] ?? name.text;
      this.placed = null;
      this.words.redraw();
    });
  }

  private drawGround(context: CanvasRenderingContext2D, view: View): void {
    const colours = theme();
    context.fillStyle = colours.sea;
    context.fillRect(0, 0, view.width, view.height);
    if (!this.data) return;
    const seen = boxOfView(view, 8);

    context.beginPath();
    for (const { points, box } of this.data.land) {
      if (!meet(seen, box)) continue;
      path(context, contains(seen, box) ? points : clip(points, seen), view, true);
    }
    context.fillStyle = colours.land;
    context.fill("evenodd");

    context.lineJoin = "round";
    this.drawWater(context, view, seen);
    const stroke = (kind: number, colour: string, width: number, dash: number[]) => {
      context.beginPath();
      for (const line of this.data!.lines) {
        if (line.kind === kind && meet(seen, line.box) && line.grain * view.world > SMALLEST_GRAIN) path(context, line.points, view, false, seen);
      }
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.setLineDash(dash);
      context.stroke();
    };
    if (view.zoom >= 4.5) stroke(ADMIN1_BORDER, colours.admin1, view.zoom < 6 ? 0.5 : 0.8, view.zoom < 6 ? [] : [4, 3]);
    stroke(COAST, colours.coast, 0.8, []);
    stroke(COUNTRY_BORDER, colours["border-halo"], view.zoom < 5 ? 2 : 4.5, []);
    stroke(COUNTRY_BORDER, colours.border, view.zoom < 5 ? 0.8 : 1.2, []);
    context.setLineDash([]);
  }

  private drawWater(context: CanvasRenderingContext2D, view: View, seen: Box): void {
    const colours = theme();
    const last = lastRank(view.zoom);
    const shown = this.data!.water.filter(({ rank, box }) => rank <= last && meet(seen, box));
    context.beginPath();
    for (const { points } of shown.filter(({ isLake }) => isLake)) path(context, points, view, true);
    context.fillStyle = colours.sea;
    context.fill("evenodd");
    context.strokeStyle = colours.coast;
    context.lineWidth = 0.6;
    context.stroke();
    context.strokeStyle = colours.river;
    context.lineCap = "round";
    for (let rank = 0; rank <= last; rank++) {
      context.beginPath();
      for (const line of shown) if (!line.isLake && line.rank === rank) path(context, line.points, view, false, seen);
      context.lineWidth = widthOf(rank, view.zoom);
      context.stroke();
    }
    context.lineCap = "butt";
  }

  private drawNames(context: CanvasRenderingContext2D, view: View): void {
    if (!this.data) return;
    const colours = theme();
    const obstacles = obstaclesOf(this._map, view.world);
    if (!this.placed || this.placed.zoom !== view.zoom || this.placed.obstacles !== obstacles) {
      const covered = this.covered(view, obstacles);
      const names = this.candidates(view, covered);
      const labels = names.map((name) => this.measure(context, name, view, covered.get(name) ?? GAP));
      this.nameRivers(context, view, names, labels);
      this.placed = { zoom: view.zoom, obstacles, names, labels, spots: place(labels, obstacles), covered: new Set(covered.keys()) };
    }
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    for (const { index, x, y } of this.placed.spots) {
      const name = this.placed.names[index]!;
      const [px, py] = [x - view.left, y - view.top];
      if (px < -200 || py < -40 || px > view.width + 200 || py > view.height + 40) continue;
      setFont(context, name, view.zoom);
      if ((name.kind === "city" || name.kind === "capital") && !this.placed.covered.has(name)) {
        const [cx, cy] = [name.x * view.world - view.left, name.y * view.world - view.top];
        const r = name.kind === "capital" ? 3 : 2;
        context.beginPath();
        if (name.kind === "capital") context.rect(cx - r, cy - r, 2 * r, 2 * r);
        else context.arc(cx, cy, r, 0, 2 * Math.PI);
        context.fillStyle = colours.land;
        context.fill();
        context.strokeStyle = colours.city;
        context.lineWidth = 1.25;
        context.stroke();
      }
      context.strokeStyle = colours["label-halo"];
      context.lineWidth = 3;
      context.fillStyle = colours[LABEL_COLOURS[name.kind]];
      context.save();
      context.translate(px, py);
      context.rotate(name.angle ?? 0);
      context.strokeText(shown(name), 0, 0);
      context.fillText(shown(name), 0, 0);
      context.restore();
    }
    context.letterSpacing = "0px";
  }

  /** Adds the names of rivers, last: they stand where nothing else does. */
  private nameRivers(context: CanvasRenderingContext2D, view: View, names: Name[], labels: Label[]): void {
    const last = lastRank(view.zoom - 0.75);
    for (const { text, lines } of view.zoom < 5 ? [] : this.data!.rivers) {
      const name: Name = { kind: "river", text, texts: {}, x: 0, y: 0, room: 0, population: 0 };
      setFont(context, name, view.zoom);
      const width = context.measureText(text).width;
      const named: { x: number; y: number }[] = [];
      for (const { rank, points } of lines) {
        if (rank > last) continue;
        for (const spot of alongRiver(points, view.world, width + 10)) {
          // Reservoirs cut a river into many stretches: not each of them needs its name.
          if (named.some(({ x, y }) => Math.hypot(x - spot.x, y - spot.y) < EVERY)) continue;
          named.push(spot);
          names.push({ ...name, angle: spot.angle });
          labels.push(riverLabel(text, spot, width));
        }
      }
    }
  }

  /** The cities that have a symbol standing on them, and how far that reaches: their names matter most. */
  private covered(view: View, obstacles: Box[]): Map<Name, number> {
    const symbols = new Occupied();
    for (const box of obstacles) if (box.maxX - box.minX <= LARGEST_SYMBOL) symbols.add(box);
    const found = new Map<Name, number>();
    for (const name of this.data!.names) {
      if (name.kind !== "city" && name.kind !== "capital") continue;
      const box = symbols.at(name.x * view.world, name.y * view.world);
      if (!box) continue;
      const [x, y] = [(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2];
      // A neighbouring town under the symbol is not where it happened, and must not seem to be.
      const away = Math.hypot(x - name.x * view.world, y - name.y * view.world);
      if (away <= SAME_PLACE * view.world) found.set(name, (box.maxX - box.minX) / 2 + away + 3);
    }
    return found;
  }

  /** The names worth showing at a zoom, the most important first. */
  private candidates(view: View, covered: Map<Name, number>): Name[] {
    const least = NAMED_FROM[Math.min(Math.floor(view.zoom), NAMED_FROM.length - 1)]!;
    const names = this.data!.names.filter((name) => {
      if (covered.has(name) && view.zoom >= 5) return true;
      switch (name.kind) {
        case "capital":
          return view.zoom >= 4.5 || name.population >= least;
        case "city":
          return name.population >= least;
        case "country":
          return view.zoom < 8 && name.room * view.world >= 16;
        case "admin1":
          return view.zoom >= 6 && view.zoom < 10 && name.room * view.world >= 24;
        case "lake":
          return view.zoom >= 6 && name.room * view.world >= 7;
        case "river":
          return false;
      }
    });
    const rank = { capital: 0, country: 1, city: 2, admin1: 3, lake: 4, river: 5 };
    const order = (name: Name) => (covered.has(name) ? -1 : rank[name.kind]);
    return names.sort((a, b) => order(a) - order(b) || b.population - a.population || b.room - a.room);
  }

  private measure(context: CanvasRenderingContext2D, name: Name, view: View, gap: number): Label {
    setFont(context, name, view.zoom);
    return {
      text: name.text,
      x: name.x * view.world,
      y: name.y * view.world,
      width: context.measureText(shown(name)).width,
      height: 14,
      gap: name.kind === "city" || name.kind === "capital" ? gap : 0,
      margin: name.kind === "country" ? 8 : 3,
      mark: (name.kind === "city" || name.kind === "capital") && gap === GAP ? 4 : 0,
    };
  }
}

const LABEL_COLOURS = {
  country: "label-country",
  admin1: "label-admin1",
  city: "label",
  capital: "label",
  lake: "label-water",
  river: "label-water",
} as const;

function shown(name: Name): string {
  return name.kind === "country" ? name.text.toLocaleUpperCase() : name.text;
}

function setFont(context: CanvasRenderingContext2D, name: Name, zoom: number): void {
  context.letterSpacing = name.kind === "country" ? "1.5px" : "0px";
  switch (name.kind) {
    case "country":
      context.font = `500 ${zoom < 5 ? 11 : 13}px ${FONT}`;
      break;
    case "admin1":
      context.font = `italic 400 11px ${FONT}`;
      break;
    case "lake":
    case "river":
      context.font = `italic 400 11.5px ${FONT}`;
      break;
    case "capital":
      context.font = `600 13px ${FONT}`;
      break;
    case "city":
      context.font = `400 ${name.population > 500_000 ? 13 : 12}px ${FONT}`;
  }
}

function boxOfView(view: View, margin: number): Box {
  return {
    minX: (view.left - margin) / view.world,
    minY: (view.top - margin) / view.world,
    maxX: (view.left + view.width + margin) / view.world,
    maxY: (view.top + view.height + margin) / view.world,
  };
}

/** Adds a line to the path without the points that would fall on the same pixel; skips what `seen` does not show. */
function path(context: CanvasRenderingContext2D, points: Float64Array, view: View, closed: boolean, seen?: Box): void {
  const { world, left, top } = view;
  let [lastX, lastY] = [NaN, NaN];
  let away = false;
  for (let i = 0; i < points.length; i += 2) {
    if (seen && i >= 2) {
      // A stretch with both ends on the same far side cannot be seen.
      const [ax, ay, bx, by] = [points[i - 2]!, points[i - 1]!, points[i]!, points[i + 1]!];
      if (
        (ax < seen.minX && bx < seen.minX) || (ax > seen.maxX && bx > seen.maxX) ||
        (ay < seen.minY && by < seen.minY) || (ay > seen.maxY && by > seen.maxY)
      ) {
        away = true;
        continue;
      }
      if (away) {
        lastX = ax * world - left;
        lastY = ay * world - top;
        context.moveTo(lastX, lastY);
        away = false;
      }
    }
    const x = points[i]! * world - left;
    const y = points[i + 1]! * world - top;
    if (Math.abs(x - lastX) + Math.abs(y - lastY) < 0.7 && i < points.length - 2) continue;
    if (i === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
    lastX = x;
    lastY = y;
  }
  if (closed) context.closePath();
}
