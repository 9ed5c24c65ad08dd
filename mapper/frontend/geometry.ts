/** Rings as flat arrays x, y, x, y …, in any plane. */

/** Tells whether a point is inside, by the even-odd rule over all rings. */
export function inside(rings: Float64Array[], x: number, y: number): boolean {
  let odd = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      const yi = ring[i + 1]!;
      const yj = ring[j + 1]!;
      if (yi > y !== yj > y && x < ((ring[j]! - ring[i]!) * (y - yi)) / (yj - yi) + ring[i]!) odd = !odd;
    }
  }
  return odd;
}

/** Rings of an even-odd fill as polygons: each an outer ring with the holes in it. */
export function nested(rings: Float64Array[]): Float64Array[][] {
  const around = rings.map((ring) => rings.filter((other) => other !== ring && inside([other], ring[0]!, ring[1]!)));
  const depth = new Map(rings.map((ring, r) => [ring, around[r]!.length]));
  const polygons = new Map(rings.filter((ring) => depth.get(ring)! % 2 === 0).map((ring) => [ring, [ring]]));
  rings.forEach((ring, r) => {
    const outer = around[r]!.find((other) => depth.get(other) === depth.get(ring)! - 1);
    if (depth.get(ring)! % 2 && outer) polygons.get(outer)!.push(ring);
  });
  return [...polygons.values()];
}

export interface Box {
  minX: number;
  minY: number;
  maxX: number;
  maxY: number;
}

export function boxOf(points: Float64Array): Box {
  const box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
  for (let i = 0; i < points.length; i += 2) {
    box.minX = Math.min(box.minX, points[i]!);
    box.maxX = Math.max(box.maxX, points[i]!);
    box.minY = Math.min(box.minY, points[i + 1]!);
    box.maxY = Math.max(box.maxY, points[i + 1]!);
  }
  return box;
}

export function meet(a: Box, b: Box): boolean {
  return a.minX <= b.maxX && a.maxX >= b.minX && a.minY <= b.maxY && a.maxY >= b.minY;
}

export function contains(a: Box, b: Box): boolean {
  return a.minX <= b.minX && a.maxX >= b.maxX && a.minY <= b.minY && a.maxY >= b.maxY;
}

/** Cuts a ring to a box (Sutherland and Hodgman 1974); what is left may run along the box's edges. */
export function clip(ring: Float64Array, box: Box): Float64Array {
  let points: ArrayLike<number> = ring;
  for (const [axis, limit, sign] of [
    [0, box.minX, 1],
    [0, box.maxX, -1],
    [1, box.minY, 1],
    [1, box.maxY, -1],
  ] as const) {
    const kept: number[] = [];
    const n = points.length;
    for (let i = 0, j = n - 2; i < n; j = i, i += 2) {
      const a = points[j + axis]!;
      const b = points[i + axis]!;
      const aIn = (a - limit) * sign >= 0;
      const bIn = (b - limit) * sign >= 0;
      if (aIn !== bIn) {
        const t = (limit - a) / (b - a);
        kept.push(points[j]! + (points[i]! - points[j]!) * t, points[j + 1]! + (points[i + 1]! - points[j + 1]!) * t);
      }
      if (bIn) kept.push(points[i]!, points[i + 1]!);
    }
    points = kept;
  }
  return Float64Array.from(points);
}

/** The shortest set of lines that joins all points (Prim 1957), as pairs of their numbers. */
export function spanning(points: [number, number][]): [number, number][] {
  const edges: [number, number][] = [];
  const near = points.map((p) => ({ to: 0, distance: Math.hypot(p[0] - points[0]![0], p[1] - points[0]![1]), done: false }));
  if (near[0]) near[0].done = true;
  for (let n = 1; n < points.length; n++) {
    let best = -1;
    near.forEach((candidate, i) => {
      if (!candidate.done && (best < 0 || candidate.distance < near[best]!.distance)) best = i;
    });
    near[best]!.done = true;
    edges.push([near[best]!.to, best]);
    points.forEach((p, i) => {
      const distance = Math.hypot(p[0] - points[best]![0], p[1] - points[best]![1]);
      if (distance < near[i]!.distance) Object.assign(near[i]!, { to: best, distance });
    });
  }
  return edges;
}
