/** Incidents that lie in the same set of areas: one linked shape on the map. */

import type { Drawing } from "../payload";

export interface AreaGroup {
  id: number;
  shapes: number[];
  /** Incidents shown in it. */
  count: number;
  kinds: { type: number; count: number }[];
  /** The only incident, or the first of them. */
  first: number;
}

export class AreaGroups {
  /** Incidents that have areas, and the group of each. */
  readonly #owners: Uint32Array;
  readonly #group: Uint32Array;
  readonly #shapes: number[][] = [];
  /** Groups from the widest to the smallest, so that smaller areas are drawn over wider ones. */
  readonly #order: number[];

  constructor(
    private readonly drawing: Drawing,
    private readonly typeCount: number,
  ) {
    const { areaFrom, columns } = drawing;
    const owners: number[] = [];
    const groups: number[] = [];
    const single = new Map<number, number>();
    const several = new Map<string, number>();
    for (let i = 0; i < drawing.placed && columns.area_shape.length; i++) {
      const [from, to] = [areaFrom[i]!, areaFrom[i + 1]!];
      if (from === to) continue;
      let id: number | undefined;
      if (to - from === 1) {
        const shape = columns.area_shape[from]!;
        id = single.get(shape);
        if (id === undefined) {
          id = this.#shapes.push([shape]) - 1;
          single.set(shape, id);
        }
      } else {
        const shapes = [...new Set(columns.area_shape.subarray(from, to))].sort((a, b) => a - b);
        const key = shapes.join();
        id = shapes.length === 1 ? single.get(shapes[0]!) : several.get(key);
        if (id === undefined) {
          id = this.#shapes.push(shapes) - 1;
          if (shapes.length === 1) single.set(shapes[0]!, id);
          else several.set(key, id);
        }
      }
      owners.push(i);
      groups.push(id);
    }
    this.#owners = Uint32Array.from(owners);
    this.#group = Uint32Array.from(groups);
    const size = this.#shapes.map((shapes) => shapes.reduce((sum, s) => sum + extent(drawing, s), 0));
    this.#order = size.map((_, id) => id).sort((a, b) => size[b]! - size[a]! || a - b);
  }

  /** The groups in which something is shown; `fails` is 0 for what is. */
  compute(fails: Uint8Array): AreaGroup[] {
    const [owners, group] = [this.#owners, this.#group];
    const { typeCount } = this;
    const { type } = this.drawing.columns;
    const kinds = new Uint32Array(this.#shapes.length * typeCount);
    const count = new Uint32Array(this.#shapes.length);
    const first = new Int32Array(this.#shapes.length).fill(-1);
    for (let k = 0; k < owners.length; k++) {
      const i = owners[k]!;
      if (fails[i]) continue;
      const g = group[k]!;
      if (first[g]! < 0) first[g] = i;
      count[g]!++;
      kinds[g * typeCount + type[i]!]!++;
    }
    return this.#order
      .filter((id) => count[id])
      .map((id) => ({
        id,
        shapes: this.#shapes[id]!,
        count: count[id]!,
        first: first[id]!,
        kinds: Array.from({ length: typeCount }, (_, t) => ({ type: t, count: kinds[id * typeCount + t]! }))
          .filter((k) => k.count)
          .sort((a, b) => b.count - a.count || a.type - b.type),
      }));
  }

  /** The incidents of a group that are shown. */
  members(fails: Uint8Array, id: number): number[] {
    const found: number[] = [];
    for (let k = 0; k < this.#owners.length; k++) if (this.#group[k] === id && !fails[this.#owners[k]!]) found.push(this.#owners[k]!);
    return found;
  }

  /** The group of an incident, -1 if it has no area. */
  groupOf(incident: number): number {
    const k = this.#owners.indexOf(incident);
    return k < 0 ? -1 : this.#group[k]!;
  }
}

function extent(drawing: Drawing, s: number): number {
  const shape = drawing.shapes[s]!;
  return (shape.maxX - shape.minX) * (shape.maxY - shape.minY);
}
