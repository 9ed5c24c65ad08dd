/** Sea, land, water, borders and names. */

import type * as Leaflet from "leaflet";
import { decode, inflate } from "../container";
import { painted } from "../dom";
import { type Box, clip, contains, meet } from "../geometry";
import { L } from "../leaflet";
import { theme } from "../theme";
import { CanvasLayer, type View } from "./canvas";
import { ADMIN1_BORDER, type BasemapData, COAST, COUNTRY_BORDER, readBasemap } from "./land";
import { Names } from "./names";
import { obstaclesOf, onObstacles } from "./obstacles";
import { lastRank, widthOf } from "./water";

/** Pixels of the inner borders of a country, at least, for them to be drawn. */
const SMALLEST_GRAIN = 12;

export class BasemapLayer extends L.Layer {
  readonly ready: Promise<void>;
  data: BasemapData | null = null;
  readonly #ground = new CanvasLayer("mapper-ground", 200, (context, view) => this.#drawGround(context, view), { still: true });
  readonly #words = new CanvasLayer(
    "mapper-names",
    420,
    (context, view) => this.#names?.draw(context, view, obstaclesOf(this._map, view.world)),
    { needed: () => this.#naming, still: true, late: true },
  );
  #names: Names | null = null;
  /** Names come after land and symbols and the controls: it takes as long to find room for them as to draw all of these. */
  #naming = false;
  #forget: () => void = () => undefined;

  constructor(id: string) {
    super();
    this.ready = inflate(document.getElementById(id)?.textContent ?? "").then((bytes) => {
      this.data = readBasemap(decode(bytes));
      this.#names = new Names(this.data);
      this.#ground.redraw();
      void painted().then(painted).then(() => {
        this.#naming = true;
        this.#words.redraw();
      });
    });
  }

  override onAdd(map: Leaflet.Map): this {
    this.#ground.addTo(map);
    this.#words.addTo(map);
    this.#forget = onObstacles(map, () => this.#words.settle());
    return this;
  }

  override onRemove(): this {
    this.#forget();
    this.#ground.remove();
    this.#words.remove();
    return this;
  }

  /** Says the names in another language, where the map has them. */
  speak(lang: string): void {
    void this.ready.then(() => {
      this.#names!.speak(lang);
      this.#words.redraw();
    });
  }

  #drawGround(context: CanvasRenderingContext2D, view: View): void {
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
    this.#drawWater(context, view, seen);
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

  #drawWater(context: CanvasRenderingContext2D, view: View, seen: Box): void {
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
