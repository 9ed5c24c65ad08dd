/** The shapes of the types of incident, on canvas and as SVG for the legend. */

/** The same list as `SHAPES` in `mapper/taxonomy.py`; a test compares them. */
export const SHAPES = [
  "circle",
  "diamond",
  "triangle",
  "square",
  "hexagon",
  "pentagon",
  "triangle-down",
  "cross",
  "kite",
  "plus",
  "star",
  "bar",
  "dot",
] as const;

/** Corners around (0, 0), of about the same area as a circle of radius 1; null is a circle of that radius. */
const CORNERS: Record<string, number[][] | number> = {
  circle: 0.95,
  dot: 0.6,
  diamond: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]],
  triangle: [[0, -1.2], [1.15, 0.85], [-1.15, 0.85]],
  "triangle-down": [[0, 1.2], [1.15, -0.85], [-1.15, -0.85]],
  square: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
  hexagon: regular(6, 1.08, Math.PI / 6),
  pentagon: regular(5, 1.12, 0),
  kite: [[0, -1.25], [0.85, -0.25], [0, 1.25], [-0.85, -0.25]],
  star: star(5, 1.3, 0.6),
  plus: plus(1.1, 0.42),
  cross: plus(1.15, 0.42).map(([x, y]) => [(x! - y!) * Math.SQRT1_2, (x! + y!) * Math.SQRT1_2]),
  bar: [[-1.2, -0.5], [1.2, -0.5], [1.2, 0.5], [-1.2, 0.5]],
};

function regular(n: number, radius: number, turn: number): number[][] {
  return Array.from({ length: n }, (_, i) => {
    const angle = turn + (i * 2 * Math.PI) / n;
    return [Math.sin(angle) * radius, -Math.cos(angle) * radius];
  });
}

function star(n: number, outer: number, inner: number): number[][] {
  return Array.from({ length: 2 * n }, (_, i) => {
    const radius = i % 2 ? inner : outer;
    return [Math.sin((i * Math.PI) / n) * radius, -Math.cos((i * Math.PI) / n) * radius];
  });
}

function plus(long: number, half: number): number[][] {
  return [
    [-half, -long], [half, -long], [half, -half], [long, -half], [long, half], [half, half],
    [half, long], [-half, long], [-half, half], [-long, half], [-long, -half], [-half, -half],
  ];
}

/** Adds a shape to the current path. */
export function trace(path: CanvasPath, shape: string, x: number, y: number, radius: number): void {
  const corners = CORNERS[shape] ?? CORNERS["dot"]!;
  if (typeof corners === "number") {
    path.moveTo(x + corners * radius, y);
    path.arc(x, y, corners * radius, 0, 2 * Math.PI);
    return;
  }
  corners.forEach(([cx, cy], i) => {
    if (i) path.lineTo(x + cx! * radius, y + cy! * radius);
    else path.moveTo(x + cx! * radius, y + cy! * radius);
  });
  path.closePath();
}

/** The same shape as the `d` of an SVG path around (0, 0). */
export function svgPath(shape: string, radius: number): string {
  const corners = CORNERS[shape] ?? CORNERS["dot"]!;
  const n = (v: number) => String(Math.round(v * radius * 100) / 100);
  if (typeof corners === "number") {
    const r = n(corners);
    return `M-${r},0a${r},${r} 0 1 0 ${n(2 * corners)},0a${r},${r} 0 1 0 -${n(2 * corners)},0Z`;
  }
  return `M${corners.map(([x, y]) => `${n(x!)},${n(y!)}`).join("L")}Z`;
}
