/** Names of countries, regions, towns and water, where there is room for them. */

import { type Box } from "../geometry";
import { type Label, Occupied, type Placed, place } from "../labels";
import { FONT, theme } from "../theme";
import type { View } from "./canvas";
import type { BasemapData, Name } from "./land";
import { EVERY, alongRiver, lastRank, riverLabel } from "./water";

/** About 5 km at these latitudes, as a share of the world: how far a city's position may be from its symbol's. */
const SAME_PLACE = 5 / 40075 / 0.65;

/** Pixels from a city's own mark to its name. */
const GAP = 5;

/** Wider things in the way are not the symbol of one place. */
const LARGEST_SYMBOL = 40;

/** Least population of a city that is named, by zoom. */
const NAMED_FROM = [9e9, 9e9, 9e9, 4e6, 2e6, 8e5, 2.5e5, 9e4, 4e4, 1.5e4, 5e3, 0, 0];

/** The names of a basemap, placed anew when the zoom or what is in their way has changed. */
export class Names {
  #placed: { zoom: number; obstacles: Box[]; names: Name[]; labels: Label[]; spots: Placed[]; covered: Set<Name> } | null = null;

  constructor(private readonly data: BasemapData) {}

  /** Says them in another language, where the map has them. */
  speak(lang: string): void {
    for (const name of [...this.data.names, ...this.data.rivers]) name.text = name.texts[lang] ?? name.text;
    this.#placed = null;
  }

  /** Draws them around what they must not cover, boxes in pixels of the world. */
  draw(context: CanvasRenderingContext2D, view: View, obstacles: Box[]): void {
    const colours = theme();
    if (!this.#placed || this.#placed.zoom !== view.zoom || this.#placed.obstacles !== obstacles) {
      const covered = this.#covered(view, obstacles);
      const names = this.#candidates(view, covered);
      const labels = names.map((name) => this.#measure(context, name, view, covered.get(name) ?? GAP));
      this.#nameRivers(context, view, names, labels);
      this.#placed = { zoom: view.zoom, obstacles, names, labels, spots: place(labels, obstacles), covered: new Set(covered.keys()) };
    }
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    for (const { index, x, y } of this.#placed.spots) {
      const name = this.#placed.names[index]!;
      const [px, py] = [x - view.left, y - view.top];
      if (px < -200 || py < -40 || px > view.width + 200 || py > view.height + 40) continue;
      setFont(context, name, view.zoom);
      if ((name.kind === "city" || name.kind === "capital") && !this.#placed.covered.has(name)) {
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
  #nameRivers(context: CanvasRenderingContext2D, view: View, names: Name[], labels: Label[]): void {
    const last = lastRank(view.zoom - 0.75);
    for (const { text, lines } of view.zoom < 5 ? [] : this.data.rivers) {
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
  #covered(view: View, obstacles: Box[]): Map<Name, number> {
    const symbols = new Occupied();
    for (const box of obstacles) if (box.maxX - box.minX <= LARGEST_SYMBOL) symbols.add(box);
    const found = new Map<Name, number>();
    for (const name of this.data.names) {
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
  #candidates(view: View, covered: Map<Name, number>): Name[] {
    const least = NAMED_FROM[Math.min(Math.floor(view.zoom), NAMED_FROM.length - 1)]!;
    const names = this.data.names.filter((name) => {
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

  #measure(context: CanvasRenderingContext2D, name: Name, view: View, gap: number): Label {
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
