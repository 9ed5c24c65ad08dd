/** Areas on canvas: hatching in the colour of the type, an outline, and one tag for all areas of a group, which links join. */

import { type Box, clip, contains, inside, meet, spanning } from "../geometry";
import { Occupied } from "../labels";
import type { Drawing, Shape } from "../payload";
import { trace } from "../symbols";
import { FONT, theme } from "../theme";
import type { View } from "./canvas";
import type { AreaGroup } from "./groups";
import { drawRim } from "./points";

export interface Style {
  colour: string;
  shape: string;
  label: string;
}

/** Where the tag of a group stands, in pixels of the world. */
export interface Tag {
  group: AreaGroup;
  text: string;
  box: Box;
  /** A point in the area, where the tag had to leave it. */
  from: [number, number] | null;
}

const HEIGHT = 26;
const HATCH = 9;

/** Draws the areas of one group; `strength` is 0 at rest, 1 under the pointer or selected. */
export function drawGroup(
  context: CanvasRenderingContext2D,
  view: View,
  drawing: Drawing,
  group: AreaGroup,
  styles: Style[],
  strength: number,
): void {
  context.beginPath();
  for (const s of group.shapes) addShape(context, drawing.shapes[s]!, view);
  const colour = colourOf(group, styles);
  context.globalAlpha = strength ? 0.16 : 0.07;
  context.fillStyle = colour;
  context.fill("evenodd");
  context.globalAlpha = strength ? 0.8 : 0.5;
  const pattern = hatching(context, colour, view);
  if (pattern) {
    context.fillStyle = pattern;
    context.fill("evenodd");
  }
  context.globalAlpha = 1;
  context.lineJoin = "round";
  if (strength) {
    context.strokeStyle = theme()["symbol-halo"];
    context.lineWidth = 5;
    context.stroke();
  }
  context.strokeStyle = colour;
  context.lineWidth = strength ? 2.5 : 1.5;
  context.stroke();
}

/** Several types in one area have none of their colours: their tag shows them. */
function colourOf({ kinds }: AreaGroup, styles: Style[]): string {
  return kinds.length > 1 ? theme().label : styles[kinds[0]!.type]!.colour;
}

/** Diagonal lines that stay where they are on the ground when the map is panned. */
function hatching(context: CanvasRenderingContext2D, colour: string, view: View): CanvasPattern | null {
  const ratio = Math.max(1, window.devicePixelRatio || 1);
  const side = Math.round(HATCH * ratio);
  const tile = document.createElement("canvas");
  tile.width = side;
  tile.height = side;
  const ink = tile.getContext("2d")!;
  ink.strokeStyle = colour;
  ink.lineWidth = 1.4 * ratio;
  ink.beginPath();
  for (const shift of [-side, 0, side]) {
    ink.moveTo(shift - 1, side + 1);
    ink.lineTo(shift + side + 1, -1);
  }
  ink.stroke();
  const pattern = context.createPattern(tile, "repeat");
  const step = side / ratio;
  pattern?.setTransform(new DOMMatrix([1 / ratio, 0, 0, 1 / ratio, -(view.left % step), -(view.top % step)]));
  return pattern;
}

export function addShape(context: CanvasRenderingContext2D, shape: Shape, view: View): void {
  const margin = 20 / view.world;
  const seen = {
    minX: view.left / view.world - margin,
    minY: view.top / view.world - margin,
    maxX: (view.left + view.width) / view.world + margin,
    maxY: (view.top + view.height) / view.world + margin,
  };
  if (!meet(seen, shape)) return;
  const whole = contains(seen, shape);
  for (const ring of shape.rings) {
    const points = whole ? ring : clip(ring, seen);
    let [lastX, lastY] = [NaN, NaN];
    for (let i = 0; i < points.length; i += 2) {
      const x = points[i]! * view.world - view.left;
      const y = points[i + 1]! * view.world - view.top;
      if (i && Math.abs(x - lastX) + Math.abs(y - lastY) < 0.7) continue;
      if (i) context.lineTo(x, y);
      else context.moveTo(x, y);
      lastX = x;
      lastY = y;
    }
    context.closePath();
  }
}

let ruler: CanvasRenderingContext2D | null = null;

function textWidth(text: string): number {
  ruler ??= document.createElement("canvas").getContext("2d")!;
  ruler.font = `600 12px ${FONT}`;
  return ruler.measureText(text).width;
}

/** Steps a tag may be moved to where it covers nothing, the shortest way first. */
const MOVES = [-4, -3, -2, -1, 0, 1, 2, 3, 4]
  .flatMap((dx) => [-6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6].map((dy) => [dx * 24, dy * 15] as const))
  .sort((a, b) => Math.hypot(...a) - Math.hypot(...b) || a[1] - b[1] || a[0] - b[0]);

/** Finds a place for the tag of each group: on its widest area, moved where a symbol or another tag stands; a line leads back. */
export function tags(
  drawing: Drawing,
  groups: AreaGroup[],
  words: (group: AreaGroup) => string,
  world: number,
  symbols: Iterable<Box>,
): Tag[] {
  const taken = new Occupied();
  for (const box of symbols) taken.add(box);
  return groups.map((group) => {
    const widest = group.shapes
      .map((s) => drawing.shapes[s]!)
      .reduce((a, b) => ((b.maxX - b.minX) * (b.maxY - b.minY) > (a.maxX - a.minX) * (a.maxY - a.minY) ? b : a));
    const full = words(group);
    const room = Math.max(...group.shapes.map((s) => (drawing.shapes[s]!.maxX - drawing.shapes[s]!.minX) * world));
    // Words that are wider than the area would seem to name its neighbours.
    const text = textWidth(full) + 40 < Math.max(room * 1.15, 60) ? full : group.count > 1 ? String(group.count) : "";
    const width = text ? textWidth(text) + 36 : HEIGHT;
    const [x, y] = [widest.anchorX * world, widest.anchorY * world];
    let box = around(x, y, width);
    for (const [dx, dy] of MOVES) {
      const moved = around(x + dx, y + dy, width);
      if (taken.meets({ minX: moved.minX - 3, maxX: moved.maxX + 3, minY: moved.minY - 3, maxY: moved.maxY + 3 })) continue;
      box = moved;
      break;
    }
    taken.add(box);
    const [atX, atY] = [(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2];
    const away = !group.shapes.some((s) => inside(drawing.shapes[s]!.rings, atX / world, atY / world));
    return { group, text, box, from: away ? [x, y] : null };
  });
}

function around(x: number, y: number, width: number): Box {
  return { minX: x - width / 2, maxX: x + width / 2, minY: y - HEIGHT / 2, maxY: y + HEIGHT / 2 };
}

export function drawTag(
  context: CanvasRenderingContext2D,
  view: View,
  tag: Tag,
  styles: Style[],
  strength: number,
): void {
  const colours = theme();
  const { group } = tag;
  const colour = colourOf(group, styles);
  const x = tag.box.minX - view.left;
  const y = tag.box.minY - view.top;
  const width = tag.box.maxX - tag.box.minX;
  const middle = y + HEIGHT / 2;

  if (tag.from) {
    context.beginPath();
    context.moveTo(x + width / 2, middle);
    context.lineTo(tag.from[0] - view.left, tag.from[1] - view.top);
    link(context, colour, strength);
  }
  context.beginPath();
  context.roundRect(x, y, width, HEIGHT, 5);
  context.fillStyle = colours.paper;
  context.fill();
  context.strokeStyle = colour;
  context.lineWidth = strength ? 2.25 : 1.25;
  context.stroke();
  const at = x + (tag.text ? 15 : width / 2);
  if (group.kinds.length > 1) {
    drawRim(context, group, at, middle, 8, 4, styles);
  } else {
    context.beginPath();
    trace(context, styles[group.kinds[0]!.type]!.shape, at, middle, 5.5);
    context.fillStyle = colour;
    context.fill();
  }
  if (tag.text) {
    context.font = `600 12px ${FONT}`;
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.fillStyle = colours.ink;
    context.fillText(tag.text, x + 26, middle + 0.5);
  }
}

/** Lines between the areas of a group, each to its nearest: they are one. Their ends bear no mark, for nothing is known there. */
export function drawLinks(
  context: CanvasRenderingContext2D,
  view: View,
  drawing: Drawing,
  group: AreaGroup,
  styles: Style[],
  strength: number,
): void {
  if (group.shapes.length < 2) return;
  const anchors = group.shapes.map((s): [number, number] => {
    const { anchorX, anchorY } = drawing.shapes[s]!;
    return [anchorX * view.world - view.left, anchorY * view.world - view.top];
  });
  context.beginPath();
  for (const [a, b] of spanning(anchors)) {
    context.moveTo(...anchors[a]!);
    context.lineTo(...anchors[b]!);
  }
  link(context, colourOf(group, styles), strength);
}

function link(context: CanvasRenderingContext2D, colour: string, strength: number): void {
  context.lineCap = "round";
  context.strokeStyle = theme().land;
  context.lineWidth = strength ? 5.5 : 4;
  context.stroke();
  context.strokeStyle = colour;
  context.lineWidth = strength ? 2.5 : 1.25;
  context.stroke();
  context.lineCap = "butt";
}
