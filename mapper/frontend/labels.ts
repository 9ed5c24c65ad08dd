/** Places names so that none covers another; the same at one zoom wherever the map is, so that panning moves no name. */

import type { Box } from "./geometry";

export interface Label {
  text: string;
  /** Centre of what is named, in pixels of the world at this zoom. */
  x: number;
  y: number;
  width: number;
  height: number;
  /** Pixels between the named point and the name; 0 puts the name on the point. */
  gap: number;
  /** Free space kept to the left and right. */
  margin: number;
  /** Half the width of the mark that is drawn at the named point, 0 if there is none. */
  mark: number;
  /** Stands at its point or nowhere. */
  fixed?: boolean;
}

export interface Placed {
  index: number;
  /** Centre of the name. */
  x: number;
  y: number;
}

const CELL = 128;

/** A set of boxes that can be asked quickly whether something is in the way. */
export class Occupied {
  readonly #cells = new Map<number, Box[]>();

  add(box: Box): void {
    for (const key of this.#keys(box)) {
      const cell = this.#cells.get(key);
      if (cell) cell.push(box);
      else this.#cells.set(key, [box]);
    }
  }

  meets(box: Box): boolean {
    for (const key of this.#keys(box)) {
      for (const other of this.#cells.get(key) ?? []) {
        if (box.minX < other.maxX && box.maxX > other.minX && box.minY < other.maxY && box.maxY > other.minY) return true;
      }
    }
    return false;
  }

  /** The first box that holds a point. */
  at(x: number, y: number): Box | undefined {
    const cell = this.#cells.get(Math.floor(y / CELL) * 1e7 + Math.floor(x / CELL));
    return cell?.find((box) => x >= box.minX && x <= box.maxX && y >= box.minY && y <= box.maxY);
  }

  *#keys(box: Box): Generator<number> {
    for (let x = Math.floor(box.minX / CELL); x <= Math.floor(box.maxX / CELL); x++) {
      for (let y = Math.floor(box.minY / CELL); y <= Math.floor(box.maxY / CELL); y++) yield y * 1e7 + x;
    }
  }
}

/** Places names in their order, the most important first; what finds no room is left out. */
export function place(labels: Label[], obstacles: Iterable<Box>): Placed[] {
  const occupied = new Occupied();
  for (const box of obstacles) occupied.add(box);
  const placed: Placed[] = [];
  labels.forEach((label, index) => {
    const mark = { minX: label.x - label.mark, maxX: label.x + label.mark, minY: label.y - label.mark, maxY: label.y + label.mark };
    if (label.mark && occupied.meets(mark)) return;
    for (const [x, y] of spots(label)) {
      const box = {
        minX: x - label.width / 2 - label.margin,
        maxX: x + label.width / 2 + label.margin,
        minY: y - label.height / 2 - 1,
        maxY: y + label.height / 2 + 1,
      };
      if (occupied.meets(box)) continue;
      occupied.add(box);
      if (label.mark) occupied.add(mark);
      placed.push({ index, x, y });
      return;
    }
  });
  return placed;
}

/** Where a name may stand: on its point or a little off it, or beside a marked point: right, left, below, above. */
function spots({ x, y, width, height, gap, fixed }: Label): [number, number][] {
  if (fixed) return [[x, y]];
  if (!gap) {
    return [[0, 0], [0, 1.5], [0, -1.5], [-0.5, 1.5], [0.5, 1.5], [-0.5, -1.5], [0.5, -1.5], [-0.8, 0], [0.8, 0]].map(
      ([dx, dy]) => [x + dx! * width, y + dy! * height],
    );
  }
  const side = gap + width / 2;
  const up = gap + height / 2;
  return [
    [x + side, y],
    [x - side, y],
    [x, y + up],
    [x, y - up],
    [x + side, y - up * 0.8],
    [x + side, y + up * 0.8],
    [x - side, y - up * 0.8],
    [x - side, y + up * 0.8],
  ];
}
