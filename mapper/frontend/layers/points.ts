/** Dots, stacks and rings on canvas. */

import { DOT, type Drawing } from "../payload";
import { metresToPixels } from "../projection";
import { trace } from "../symbols";
import { FONT, theme } from "../theme";
import type { Style } from "./areas";
import type { View } from "./canvas";
import { makeUp, type Stack } from "./stacks";

export const RADIUS = 7;
const STACK_RADIUS = 13;
/** A ring is never smaller than this on screen, or nobody would see that it is one. */
const SMALLEST_RING = 12;

/** How far from its centre a stack is drawn. */
export function reach(stack: Stack, world: number): number {
  if (stack.kind !== DOT) return ringRadius(stack, world);
  return stack.incidents.length > 1 ? STACK_RADIUS : RADIUS + 1;
}

export function ringRadius(stack: Stack, world: number): number {
  return Math.max(SMALLEST_RING, metresToPixels(stack.radius, stack.lat, world));
}

/** The ground that a dot or ring stands for: a faint disc, or a dashed circle. */
export function drawExtent(
  context: CanvasRenderingContext2D,
  view: View,
  drawing: Drawing,
  stack: Stack,
  styles: Style[],
  strength: number,
): void {
  const [x, y] = [stack.x * view.world - view.left, stack.y * view.world - view.top];
  const { colour } = styles[makeUp(stack.incidents, drawing.columns.type)[0]!.type]!;
  const radius = stack.kind === DOT ? metresToPixels(stack.radius, stack.lat, view.world) : ringRadius(stack, view.world);
  if (x + radius < 0 || y + radius < 0 || x - radius > view.width || y - radius > view.height) return;
  // The size of a settlement is worth showing once it is more than its symbol covers.
  if (stack.kind === DOT && radius < RADIUS * 1.8) return;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.globalAlpha = stack.kind === DOT ? 0.12 : strength ? 0.16 : 0.07;
  context.fillStyle = colour;
  context.fill();
  context.globalAlpha = stack.kind === DOT ? 0.5 : 1;
  context.strokeStyle = colour;
  context.lineWidth = stack.kind === DOT ? 1 : strength ? 2.5 : 1.75;
  context.setLineDash(stack.kind === DOT ? [] : [5, 4]);
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
}

export function drawStack(
  context: CanvasRenderingContext2D,
  view: View,
  drawing: Drawing,
  stack: Stack,
  styles: Style[],
  strength: number,
): void {
  const [x, centre] = [stack.x * view.world - view.left, stack.y * view.world - view.top];
  // The symbol of a ring sits on its edge: its centre is where it is known not to be known.
  const y = stack.kind === DOT ? centre : centre - ringRadius(stack, view.world);
  if (x < -40 || y < -40 || x > view.width + 40 || y > view.height + 40) return;
  const colours = theme();
  const kinds = makeUp(stack.incidents, drawing.columns.type);
  if (stack.incidents.length === 1) {
    const { colour, shape } = styles[kinds[0]!.type]!;
    const retracted = drawing.statuses[drawing.columns.status[stack.incidents[0]!]!] === "retracted";
    const radius = (stack.kind === DOT ? RADIUS : RADIUS - 1) + strength * 2;
    context.beginPath();
    trace(context, shape, x, y, radius);
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
    return;
  }
  // A disc with the number of incidents in it; its rim shows of which types they are.
  const radius = STACK_RADIUS + strength * 2;
  context.beginPath();
  context.arc(x, y, radius + 1.5, 0, 2 * Math.PI);
  context.fillStyle = strength ? colours.select : colours["symbol-halo"];
  context.fill();
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = colours.paper;
  context.fill();
  const total = stack.incidents.length;
  const gap = kinds.length > 1 ? 0.09 : 0;
  let angle = -Math.PI / 2;
  context.lineWidth = 4.5;
  for (const { type, count } of kinds) {
    const sweep = (count / total) * 2 * Math.PI;
    context.beginPath();
    context.arc(x, y, radius - 2.25, angle + gap, angle + sweep - gap);
    context.strokeStyle = styles[type]!.colour;
    context.stroke();
    angle += sweep;
  }
  context.font = `700 ${total > 99 ? 9 : 12}px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = colours.ink;
  context.fillText(total > 999 ? `${Math.floor(total / 1000)}k` : String(total), x, y + 0.5);
}
