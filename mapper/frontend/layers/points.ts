/** Dots, rings and clusters on canvas. */

import { DOT, type Drawing, latOf } from "../payload";
import { metresToPixels } from "../projection";
import { trace } from "../symbols";
import { FONT, theme } from "../theme";
import { type Style, addShape } from "./areas";
import type { View } from "./canvas";
import { type Cluster, RADIUS } from "./clusters";
import { SMALLEST_RING, lift } from "./stretches";

/** Pixels of the rim of a cluster that says of which types it is. */
const RIM = 4.5;

/** A settlement that is this many pixels wide is more than its symbol tells: nothing is known within it. */
export const BEYOND = 90;

/** Whether a point stands for a circle, on whose edge or, if it is as large as an area, in whose middle the symbol stands. */
export function isRing(drawing: Drawing, point: number): boolean {
  return point >= 0 && drawing.columns.point_kind[point] !== DOT;
}

export function ringRadius(drawing: Drawing, point: number, world: number): number {
  return Math.max(SMALLEST_RING, drawing.ringSize![point]! * world);
}

/** Pixels of what is known of a point's place: the settlement's or the ring's radius. */
export function knownRadius(drawing: Drawing, point: number, world: number): number {
  return metresToPixels(drawing.columns.point_radius_m[point]!, latOf(drawing, point), world);
}

/** Pixels of the ground that a cluster stands for, 0 where none is worth showing: a settlement's size is once it is more than its symbol covers. */
export function extentOf(drawing: Drawing, { point }: Cluster, world: number): number {
  if (point < 0) return 0;
  if (isRing(drawing, point)) return ringRadius(drawing, point, world);
  const radius = knownRadius(drawing, point, world);
  return radius < RADIUS * 1.8 ? 0 : radius;
}

/** The ground that a dot or ring stands for: a faint disc, or a dashed circle. */
export function drawExtent(
  context: CanvasRenderingContext2D,
  view: View,
  drawing: Drawing,
  cluster: Cluster,
  styles: Style[],
  strength: number,
): void {
  const radius = extentOf(drawing, cluster, view.world);
  if (!radius) return;
  const { x: worldX, y: worldY, point, kinds } = cluster;
  const ring = isRing(drawing, point);
  const x = worldX - view.left;
  const y = worldY - view.top + (ring ? lift(drawing, point, view.world) * view.world : 0);
  if (x + radius < 0 || y + radius < 0 || x - radius > view.width || y - radius > view.height) return;
  const { colour } = styles[kinds[0]!.type]!;
  context.beginPath();
  const left = drawing.cuts.get(point);
  if (left) addShape(context, left, view);
  else context.arc(x, y, radius, 0, 2 * Math.PI);
  context.globalAlpha = ring ? (strength ? 0.16 : 0.07) : radius > BEYOND ? 0.06 : 0.12;
  context.fillStyle = colour;
  context.fill();
  context.globalAlpha = ring ? 1 : 0.5;
  context.strokeStyle = colour;
  context.lineWidth = ring ? (strength ? 2.5 : 1.75) : 1;
  context.setLineDash(ring ? [5, 4] : []);
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
}

export function drawCluster(
  context: CanvasRenderingContext2D,
  view: View,
  drawing: Drawing,
  cluster: Cluster,
  styles: Style[],
  strength: number,
): void {
  const [x, y] = [cluster.x - view.left, cluster.y - view.top];
  if (x < -40 || y < -40 || x > view.width + 40 || y > view.height + 40) return;
  if (cluster.count === 1) {
    // Nearer than its place is known: the symbol steps back for the area that is meant.
    const dim = cluster.point >= 0 && !strength && !isRing(drawing, cluster.point) && knownRadius(drawing, cluster.point, view.world) > BEYOND;
    const incident = drawing.columns.point_incident[cluster.point]!;
    drawSymbol(context, drawing, incident, isRing(drawing, cluster.point), x, y, styles, strength, dim ? 0.55 : 1);
    return;
  }
  const colours = theme();
  const radius = cluster.radius + strength * 2;
  context.beginPath();
  context.arc(x, y, radius + 1.5, 0, 2 * Math.PI);
  const halo = strength ? colours.select : colours["symbol-halo"];
  context.fillStyle = halo;
  context.fill();
  if (halo !== colours.paper) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = colours.paper;
    context.fill();
  }
  drawRim(context, cluster, x, y, radius, RIM, styles);
  const number = shortNumber(cluster.count);
  context.font = `700 13px ${FONT}`;
  context.font = `700 ${numberSize(cluster.radius, context.measureText(number).width / 13)}px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = colours.ink;
  context.fillText(number, x, y + 0.5);
}

/** A rim that shows of which types a stack is, each wide enough to be seen. */
export function drawRim(
  context: CanvasRenderingContext2D,
  { kinds, count }: Pick<Cluster, "kinds" | "count">,
  x: number,
  y: number,
  radius: number,
  width: number,
  styles: Style[],
): void {
  const gap = kinds.length > 1 ? 1.1 / radius : 0;
  const least = kinds.length > 1 ? Math.min(2.5 * gap + 2 / radius, Math.PI / kinds.length) : 0;
  const sweeps = kinds.map((k) => Math.max(least, (k.count / count) * 2 * Math.PI));
  const scale = (2 * Math.PI) / sweeps.reduce((sum, s) => sum + s, 0);
  let angle = -Math.PI / 2;
  context.lineWidth = width;
  kinds.forEach(({ type }, i) => {
    const sweep = sweeps[i]! * scale;
    context.beginPath();
    context.arc(x, y, radius - width / 2, angle + gap, angle + sweep - gap);
    context.strokeStyle = styles[type]!.colour;
    context.stroke();
    angle += sweep;
  });
}

/** One incident's own symbol. */
export function drawSymbol(
  context: CanvasRenderingContext2D,
  drawing: Drawing,
  incident: number,
  ring: boolean,
  x: number,
  y: number,
  styles: Style[],
  strength: number,
  alpha = 1,
): void {
  const colours = theme();
  const { colour, shape } = styles[drawing.columns.type[incident]!]!;
  const retracted = drawing.statuses[drawing.columns.status[incident]!] === "retracted";
  context.globalAlpha = alpha;
  context.beginPath();
  trace(context, shape, x, y, (ring ? RADIUS - 1 : RADIUS) + strength * 2);
  context.lineJoin = "round";
  context.strokeStyle = strength ? colours.select : colours["symbol-halo"];
  context.lineWidth = strength ? 5 : 3.5;
  context.stroke();
  if (strength) {
    context.strokeStyle = colours["select-inner"];
    context.lineWidth = 2.5;
    context.stroke();
  }
  context.fillStyle = retracted ? colours.paper : colour;
  context.fill();
  if (retracted) {
    context.strokeStyle = colour;
    context.lineWidth = 1.75;
    context.stroke();
  }
  if (drawing.change?.[incident]) {
    context.beginPath();
    context.arc(x, y, RADIUS + 5, 0, 2 * Math.PI);
    context.strokeStyle = colours.ink;
    context.lineWidth = 1.5;
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** Pixels of the letters of a cluster's number, which is so many times as wide: it leaves its rim free. */
export function numberSize(radius: number, ems: number): number {
  return Math.min(radius > 20 ? 13 : 12, Math.floor(2 * ((2 * (radius - RIM) - 3) / ems)) / 2);
}

/** 950, 1.2k, 35k, 1M: what fits into a cluster. */
function shortNumber(n: number): string {
  if (n < 1000) return String(n);
  const [value, unit] = n < 999_500 ? [n / 1000, "k"] : [n / 1_000_000, "M"];
  return `${value < 9.95 ? Math.floor(value * 10) / 10 : Math.floor(value)}${unit}`;
}
