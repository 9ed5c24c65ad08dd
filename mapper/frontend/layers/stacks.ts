/** Puts together what stands on exactly the same spot, so that nothing hides behind anything. */

import type { Drawing } from "../payload";

/** One symbol on the map: a point, or several that share a position, kind and radius. */
export interface Stack {
  x: number;
  y: number;
  lat: number;
  kind: number;
  /** Metres, 0 where not known. */
  radius: number;
  /** The incidents here, each once. */
  incidents: number[];
}

export function stacks(drawing: Drawing, shown: (incident: number) => boolean): Stack[] {
  const { point_incident, point_lon, point_lat, point_kind, point_radius_m } = drawing.columns;
  const found = new Map<string, Stack>();
  for (let p = 0; p < point_incident.length; p++) {
    const incident = point_incident[p]!;
    if (!shown(incident)) continue;
    const kind = point_kind[p]!;
    const radius = point_radius_m[p]!;
    // Dots at one spot are one symbol whatever their size; rings only if they are the same ring.
    const key = `${point_lon[p]!},${point_lat[p]!},${kind ? radius : "dot"}`;
    const stack = found.get(key);
    if (stack) {
      if (stack.incidents[stack.incidents.length - 1] !== incident) stack.incidents.push(incident);
      stack.radius = Math.max(stack.radius, radius);
    } else {
      found.set(key, {
        x: drawing.pointX[p]!,
        y: drawing.pointY[p]!,
        lat: drawing.pointLat[p]!,
        kind,
        radius,
        incidents: [incident],
      });
    }
  }
  return [...found.values()];
}

/** How many incidents of each type, the most frequent first, in the order of the types where equal. */
export function makeUp(incidents: number[], types: ArrayLike<number>): { type: number; count: number }[] {
  const counts = new Map<number, number>();
  for (const i of incidents) counts.set(types[i]!, (counts.get(types[i]!) ?? 0) + 1);
  return [...counts].map(([type, count]) => ({ type, count })).sort((a, b) => b.count - a.count || a.type - b.type);
}

/** Incidents that lie in the same set of areas: one linked shape on the map. */
export interface AreaGroup {
  shapes: number[];
  incidents: number[];
}

export function areaGroups(drawing: Drawing, shown: (incident: number) => boolean): AreaGroup[] {
  const found = new Map<string, AreaGroup>();
  const { areaFrom } = drawing;
  for (let i = 0; i < drawing.placed; i++) {
    if (areaFrom[i] === areaFrom[i + 1] || !shown(i)) continue;
    const shapes = [...new Set(drawing.columns.area_shape.subarray(areaFrom[i]!, areaFrom[i + 1]!))].sort((a, b) => a - b);
    const key = shapes.join();
    const group = found.get(key);
    if (group) group.incidents.push(i);
    else found.set(key, { shapes, incidents: [i] });
  }
  // The widest first, so that smaller areas are drawn over them.
  return [...found.values()].sort((a, b) => size(drawing, b) - size(drawing, a));
}

function size(drawing: Drawing, group: AreaGroup): number {
  return group.shapes.reduce((sum, s) => {
    const shape = drawing.shapes[s]!;
    return sum + (shape.maxX - shape.minX) * (shape.maxY - shape.minY);
  }, 0);
}
