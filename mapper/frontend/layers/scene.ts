/** What is to be seen of a drawing with its filters at one zoom: clusters, groups of areas and their tags, and what is under a position. */

import type { Filters } from "../filters";
import { type Box, clip, inside, meet } from "../geometry";
import type { Messages } from "../messages";
import type { Drawing } from "../payload";
import { type Tag, tags } from "./areas";
import { type Cluster, ClusterGrid, RADIUS } from "./clusters";
import { type AreaGroup, AreaGroups } from "./groups";
import { isRing, ringRadius } from "./points";
import type { Settings } from "./settings";
import { lift } from "./stretches";

/** What is under the pointer: a cluster or single symbol, a group of areas, or neither. */
export interface Hit {
  count: number;
  /** All incidents, found only when asked for. */
  incidents: () => number[];
  cluster: Cluster | null;
  groups: AreaGroup[];
}

/** A position in pixels of the world. */
export interface Pixel {
  x: number;
  y: number;
}

/** A ring of more pixels has room for names inside. */
const LARGEST_RING = 30;
/** Clusters are made for blocks of the world of this many pixels, with a margin, so that a pan needs no new ones. */
const BLOCK = 512;
const MARGIN = 192;

export class Scene {
  clusters: Cluster[] = [];
  groups: AreaGroup[] = [];
  /** Incidents of several points. */
  readonly linked: number[] = [];
  readonly #grid: ClusterGrid;
  readonly #areas: AreaGroups;
  #made: { key: string; box: Box } = { key: "", box: { minX: 0, minY: 0, maxX: 0, maxY: 0 } };
  #boxed: { clusters: Cluster[]; tags: Tag[]; list: Box[] } | null = null;
  #tagged: { clusters: Cluster[]; groups: AreaGroup[]; words: Messages; list: Tag[] } | null = null;

  constructor(
    private readonly drawing: Drawing,
    private readonly filters: Filters,
    private readonly settings: Settings,
  ) {
    this.#grid = new ClusterGrid(drawing, settings.types.length);
    this.#areas = new AreaGroups(drawing, settings.types.length);
    const { pointFrom, placed } = drawing;
    for (let i = 0; i < placed; i++) if (pointFrom[i + 1]! - pointFrom[i]! > 1) this.linked.push(i);
  }

  /** Takes in that the filters have changed. */
  refilter(): void {
    this.groups = this.settings.parts === "points" ? [] : this.#areas.compute(this.filters.fails);
    this.#made.key = "";
  }

  /** Makes the clusters for what is in view; false if they are the same, as long as neither filter nor zoom changes and the view stays near. */
  gather(view: { world: number; left: number; top: number; width: number; height: number }): boolean {
    const made = this.#made;
    const key = `${this.filters.version}/${view.world}`;
    const seen = { minX: view.left, minY: view.top, maxX: view.left + view.width, maxY: view.top + view.height };
    const there = made.key === key && made.box.minX <= seen.minX && made.box.minY <= seen.minY && made.box.maxX >= seen.maxX && made.box.maxY >= seen.maxY;
    if (there) return false;
    // What is in the margin takes part, so that what is in the box is as it would be in any other box.
    const box = {
      minX: Math.floor(seen.minX / BLOCK) * BLOCK,
      minY: Math.floor(seen.minY / BLOCK) * BLOCK,
      maxX: Math.ceil(seen.maxX / BLOCK) * BLOCK,
      maxY: Math.ceil(seen.maxY / BLOCK) * BLOCK,
    };
    this.#made = { key, box };
    const region = { minX: box.minX - MARGIN, minY: box.minY - MARGIN, maxX: box.maxX + MARGIN, maxY: box.maxY + MARGIN };
    this.clusters = this.settings.parts === "areas" ? [] : this.#grid.compute(this.filters.forMap, view.world, region);
    return true;
  }

  /** What is at a position, or no more than so many pixels beside it: the symbol there, or else every area. */
  at(pixel: Pixel, world: number, near: number, words: Messages): Hit | null {
    let best: Cluster | null = null;
    let least = near;
    for (const cluster of this.clusters) {
      const distance = Math.hypot(cluster.x - pixel.x, cluster.y - pixel.y) - cluster.radius;
      if (distance <= least) {
        best = cluster;
        least = distance;
      }
    }
    if (best) return this.#hit(best, []);
    const tag = this.tags(world, words).filter(({ box }) => within(box, pixel, near / 2));
    if (tag.length) return this.#hit(null, tag.map(({ group }) => group));
    const [x, y] = [pixel.x / world, pixel.y / world];
    // On the edge of a ring or inside it, or else in an area; the smallest ground counts.
    let ring: Cluster | null = null;
    let radius = Infinity;
    for (const cluster of this.clusters) {
      if (!isRing(this.drawing, cluster.point)) continue;
      const left = this.drawing.cuts.get(cluster.point);
      if (left && !inside(left.rings, x, y)) continue;
      const r = ringRadius(this.drawing, cluster.point, world);
      if (r < radius && Math.hypot(cluster.x - pixel.x, cluster.y + lift(this.drawing, cluster.point, world) * world - pixel.y) <= r + near) {
        ring = cluster;
        radius = r;
      }
    }
    const areas = this.groups.filter((group) => group.shapes.some((s) => covers(this.drawing, s, x, y))).reverse();
    return ring || areas.length ? this.#hit(ring, areas) : null;
  }

  #hit(cluster: Cluster | null, groups: AreaGroup[]): Hit {
    const { fails } = this.filters;
    return {
      count: (cluster?.count ?? 0) + groups.reduce((sum, g) => sum + g.count, 0),
      incidents: () => {
        const points = cluster ? this.pointsOf(cluster) : [];
        const { point_incident } = this.drawing.columns;
        return [...new Set([...points.map((p) => point_incident[p]!), ...groups.flatMap((g) => this.#areas.members(fails, g.id))])];
      },
      cluster,
      groups,
    };
  }

  /** The points of a cluster that pass the filters. */
  pointsOf(cluster: Cluster): number[] {
    return this.#grid.points(this.filters.fails, cluster.id);
  }

  /** The cluster that a point is in, -1 where it is in none that is shown. */
  clusterOf(point: number): number {
    return this.#grid.clusterOf(point);
  }

  /** The group of areas that an incident is in. */
  groupOf(incident: number): number {
    return this.#areas.groupOf(incident);
  }

  /** Which incidents have a part in a box of the projected world: 1 for each that has. */
  inBox(box: Box): Uint8Array {
    const { drawing } = this;
    const { pointX, pointY, columns } = drawing;
    const mask = new Uint8Array(drawing.count);
    const { point_incident } = columns;
    for (let p = 0; p < pointX.length; p++) {
      const [x, y] = [pointX[p]!, pointY[p]!];
      if (x >= box.minX && x <= box.maxX && y >= box.minY && y <= box.maxY) mask[point_incident[p]!] = 1;
    }
    const seen = drawing.shapes.map((shape) => meet(box, shape) && shape.rings.some((ring) => clip(ring, box).length));
    for (let a = 0; a < columns.area_shape.length; a++) if (seen[columns.area_shape[a]!]) mask[columns.area_incident[a]!] = 1;
    return mask;
  }

  /** What is written at the groups of areas. */
  tags(world: number, words: Messages): Tag[] {
    const { clusters, groups } = this;
    if (this.#tagged?.clusters !== clusters || this.#tagged.groups !== groups || this.#tagged.words !== words) {
      const list = tags(this.drawing, groups, (group) => this.#tagWords(group, words), world, this.#symbolBoxes(world));
      this.#tagged = { clusters, groups, words, list };
    }
    return this.#tagged.list;
  }

  #tagWords({ kinds, count, first }: AreaGroup, words: Messages): string {
    const { id, label } = this.settings.types[kinds[0]!.type]!;
    if (count === 1) {
      const { areaFrom, columns } = this.drawing;
      const n = columns.intercepted[first]!;
      if (n < 1 || id !== "interception") return label;
      const shares = [...columns.area_share.subarray(areaFrom[first], areaFrom[first + 1])];
      const here = shares.reduce((sum, share) => (share < 0 ? NaN : sum + share), 0);
      return `${label}: ${here < n ? words.t("part", { n: here, of: n }) : words.number(n)}`;
    }
    return kinds.length === 1 ? `${label} ×${words.number(count)}` : words.number(count);
  }

  /** What names must not cover: symbols and tags; the same array as long as nothing has changed. */
  boxes(world: number, words: Messages): Box[] {
    const { clusters } = this;
    const tagList = this.tags(world, words);
    if (this.#boxed?.clusters !== clusters || this.#boxed.tags !== tagList) {
      this.#boxed = { clusters, tags: tagList, list: [...this.#symbolBoxes(world), ...tagList.map((tag) => tag.box)] };
    }
    return this.#boxed.list;
  }

  #symbolBoxes(world: number): Box[] {
    return this.clusters.map(({ x, y, point, radius: r, count }): Box => {
      const ring = isRing(this.drawing, point) ? ringRadius(this.drawing, point, world) : 0;
      const middle = ring && y + lift(this.drawing, point, world) * world;
      if (ring && ring <= LARGEST_RING && count === 1) return { minX: x - ring, maxX: x + ring, minY: middle - ring - RADIUS, maxY: middle + ring };
      const radius = r + 2;
      return { minX: x - radius, maxX: x + radius, minY: y - radius, maxY: y + radius };
    });
  }
}

function within(box: Box, point: Pixel, margin: number): boolean {
  return (
    point.x >= box.minX - margin && point.x <= box.maxX + margin && point.y >= box.minY - margin && point.y <= box.maxY + margin
  );
}

function covers(drawing: Drawing, index: number, x: number, y: number): boolean {
  const shape = drawing.shapes[index]!;
  return x >= shape.minX && x <= shape.maxX && y >= shape.minY && y <= shape.maxY && inside(shape.rings, x, y);
}
