/** All incidents of a drawing on a map: what is shown, what is under the pointer, what is open. */

import type * as Leaflet from "leaflet";
import { decode, inflate } from "../container";
import { type Box, inside } from "../geometry";
import { L } from "../leaflet";
import { type Messages, messages } from "../messages";
import { DOT, type Drawing, readDrawing } from "../payload";
import { unproject } from "../projection";
import { TextStore } from "../text";
import { type Style, type Tag, drawGroup, drawLinks, drawTag, tags } from "./areas";
import { CanvasLayer, type View } from "./canvas";
import { addObstacles, obstaclesChanged } from "./obstacles";
import { RADIUS, drawExtent, drawStack, reach, ringRadius } from "./points";
import { type AreaGroup, type Stack, areaGroups, stacks } from "./stacks";

export interface TypeInfo extends Style {
  id: string;
  group: string;
}

export interface Settings {
  lang: string;
  groups: { id: string; label: string }[];
  types: TypeInfo[];
}

/** Pixels around a symbol that still count as on it, for a mouse and for a finger. */
const NEAR = 5;
const NEAR_TOUCH = 14;
/** A ring of more pixels has room for names inside. */
const LARGEST_RING = 30;

export class IncidentLayer extends L.Layer {
  readonly ready: Promise<void>;
  readonly settings: Settings;
  readonly words: Messages;
  drawing!: Drawing;
  text!: TextStore;
  /** Types that are switched off. */
  private readonly hidden = new Set<number>();
  private stacks: Stack[] = [];
  private groups: AreaGroup[] = [];
  /** Incidents of several points. */
  private linked: number[] = [];
  private hovered = new Set<number>();
  private selected = new Set<number>();
  private boxes: { world: number; list: Box[] } | null = null;
  private tagged: { world: number; list: Tag[] } | null = null;
  private readonly ground = new CanvasLayer("mapper-areas", 350, (context, view) => this.drawGround(context, view));
  private readonly symbols = new CanvasLayer("mapper-symbols", 450, (context, view) => this.drawSymbols(context, view));
  private forget: () => void = () => undefined;

  constructor(id: string) {
    super();
    this.settings = JSON.parse(document.getElementById(`${id}_settings`)?.textContent ?? "{}") as Settings;
    this.words = messages(this.settings.lang);
    this.ready = inflate(document.getElementById(id)?.textContent ?? "").then((bytes) => {
      this.drawing = readDrawing(decode(bytes));
      this.text = new TextStore(id, this.drawing.block);
      this.rebuild();
    });
  }

  override onAdd(map: Leaflet.Map): this {
    this.ground.addTo(map);
    this.symbols.addTo(map);
    this.forget = addObstacles(map, (world) => this.obstacles(world));
    map.on("click", this.onClick, this);
    map.on("mousemove", this.onMove, this);
    map.on("mouseout", this.onOut, this);
    return this;
  }

  override onRemove(map: Leaflet.Map): this {
    this.forget();
    map.off("click", this.onClick, this);
    map.off("mousemove", this.onMove, this);
    map.off("mouseout", this.onOut, this);
    this.ground.remove();
    this.symbols.remove();
    return this;
  }

  /** Whether an incident passes the filters. */
  shows(incident: number): boolean {
    return !this.hidden.has(this.drawing.columns.type[incident]!);
  }

  isOn(type: number): boolean {
    return !this.hidden.has(type);
  }

  /** Switches types on or off; fires `filter`. */
  switch(types: number[], on: boolean): void {
    for (const type of types) {
      if (on) this.hidden.delete(type);
      else this.hidden.add(type);
    }
    this.rebuild();
    this.fire("filter");
  }

  select(incidents: number[]): void {
    this.selected = new Set(incidents);
    this.redraw();
  }

  /** Moves the map so that an incident is in view; `room` is what covers the map, in pixels. */
  reveal(incident: number, room: { right?: number; bottom?: number } = {}): void {
    const bounds = this.boundsOf(incident);
    if (!bounds || !this._map) return;
    const options = {
      paddingTopLeft: [40, 60] as Leaflet.PointTuple,
      paddingBottomRight: [40 + (room.right ?? 0), 40 + (room.bottom ?? 0)] as Leaflet.PointTuple,
    };
    const { pointFrom, areaFrom } = this.drawing;
    const spot = areaFrom[incident] === areaFrom[incident + 1] && pointFrom[incident + 1]! - pointFrom[incident]! === 1;
    const least = spot ? Math.max(this._map.getZoom(), 7) : this._map.getBoundsZoom(bounds, false, L.point(options.paddingTopLeft).add(options.paddingBottomRight));
    this._map.fitBounds(bounds, { ...options, maxZoom: spot ? least : Math.min(least, 9) });
  }

  private boundsOf(incident: number): Leaflet.LatLngBounds | null {
    const { drawing } = this;
    const corners: [number, number][] = [];
    for (let p = drawing.pointFrom[incident]!; p < drawing.pointFrom[incident + 1]!; p++) {
      corners.push([drawing.pointX[p]!, drawing.pointY[p]!]);
    }
    for (let a = drawing.areaFrom[incident]!; a < drawing.areaFrom[incident + 1]!; a++) {
      const shape = drawing.shapes[drawing.columns.area_shape[a]!]!;
      corners.push([shape.minX, shape.minY], [shape.maxX, shape.maxY]);
    }
    if (!corners.length) return null;
    return L.latLngBounds(
      corners.map(([x, y]) => {
        const [lon, lat] = unproject(x, y);
        return [lat, lon];
      }),
    );
  }

  /** The incidents at a position on screen: those of every symbol there, or else of every area. */
  at(point: Leaflet.Point, touch = false): number[] {
    if (!this.drawing || !this._map) return [];
    const world = 256 * 2 ** this._map.getZoom();
    const pixel = this._map.containerPointToLayerPoint(point).add(this._map.getPixelOrigin());
    const near = touch ? NEAR_TOUCH : NEAR;
    const hits = this.stacks
      .map((stack) => ({ stack, distance: this.distance(stack, pixel, world) }))
      .filter(({ distance }) => distance <= near)
      .sort((a, b) => a.distance - b.distance);
    if (hits.length) return [...new Set(hits.flatMap(({ stack }) => stack.incidents))];
    const tag = this.tags(world).filter(({ box }) => within(box, pixel, near / 2));
    if (tag.length) return [...new Set(tag.flatMap(({ group }) => group.incidents))];
    const [x, y] = [pixel.x / world, pixel.y / world];
    // Inside a ring or an area: the smallest ground first.
    const rings = this.stacks
      .filter((s) => s.kind !== DOT && Math.hypot(s.x * world - pixel.x, s.y * world - pixel.y) <= ringRadius(s, world))
      .sort((a, b) => a.radius - b.radius);
    const areas = this.groups
      .filter((group) => group.shapes.some((s) => covers(this.drawing, s, x, y)))
      .reverse();
    return [...new Set([...rings.flatMap((s) => s.incidents), ...areas.flatMap((g) => g.incidents)])];
  }

  private distance(stack: Stack, pixel: Leaflet.Point, world: number): number {
    const [dx, dy] = [stack.x * world - pixel.x, stack.y * world - pixel.y];
    if (stack.kind === DOT) return Math.hypot(dx, dy) - reach(stack, world);
    const radius = ringRadius(stack, world);
    const edge = Math.abs(Math.hypot(dx, dy) - radius);
    return Math.min(edge, Math.hypot(dx, dy - radius) - RADIUS);
  }

  private rebuild(): void {
    const shown = (i: number) => this.shows(i);
    this.stacks = stacks(this.drawing, shown);
    this.groups = areaGroups(this.drawing, shown);
    const { pointFrom, placed } = this.drawing;
    this.linked = [];
    for (let i = 0; i < placed; i++) if (pointFrom[i + 1]! - pointFrom[i]! > 1 && shown(i)) this.linked.push(i);
    this.boxes = null;
    this.tagged = null;
    this.redraw();
    if (this._map) obstaclesChanged(this._map);
  }

  private redraw(): void {
    this.ground.redraw();
    this.symbols.redraw();
  }

  private strength(incidents: number[]): number {
    return incidents.some((i) => this.hovered.has(i) || this.selected.has(i)) ? 1 : 0;
  }

  private drawGround(context: CanvasRenderingContext2D, view: View): void {
    const { types } = this.settings;
    const rank = (incidents: number[]) => this.strength(incidents);
    for (const group of [...this.groups].sort((a, b) => rank(a.incidents) - rank(b.incidents))) {
      drawGroup(context, view, this.drawing, group, types, rank(group.incidents));
    }
    for (const group of this.groups) drawLinks(context, view, this.drawing, group, types, rank(group.incidents));
    for (const stack of this.stacks) drawExtent(context, view, this.drawing, stack, types, rank(stack.incidents));
  }

  private drawSymbols(context: CanvasRenderingContext2D, view: View): void {
    const { types } = this.settings;
    const rank = (incidents: number[]) => this.strength(incidents);
    for (const tag of this.tags(view.world)) {
      drawTag(context, view, this.drawing, tag, types, rank(tag.group.incidents));
    }
    for (const stack of [...this.stacks].sort((a, b) => rank(a.incidents) - rank(b.incidents))) {
      drawStack(context, view, this.drawing, stack, types, rank(stack.incidents));
    }
    this.drawChains(context, view);
  }

  /** Several points of one incident: a line through them, under the symbols. */
  private drawChains(context: CanvasRenderingContext2D, view: View): void {
    const { drawing } = this;
    context.globalCompositeOperation = "destination-over";
    for (const incident of this.linked) {
      const [from, to] = [drawing.pointFrom[incident]!, drawing.pointFrom[incident + 1]!];
      const strong = this.hovered.has(incident) || this.selected.has(incident);
      context.beginPath();
      for (let p = from; p < to; p++) {
        const [x, y] = [drawing.pointX[p]! * view.world - view.left, drawing.pointY[p]! * view.world - view.top];
        if (p === from) context.moveTo(x, y);
        else context.lineTo(x, y);
      }
      context.strokeStyle = this.settings.types[drawing.columns.type[incident]!]!.colour;
      context.lineWidth = strong ? 2.25 : 1.25;
      context.stroke();
    }
    context.globalCompositeOperation = "source-over";
  }

  private tags(world: number): Tag[] {
    if (this.tagged?.world !== world) {
      this.tagged = { world, list: tags(this.drawing, this.groups, (group) => this.tagWords(group), world, this.symbolBoxes(world)) };
    }
    return this.tagged.list;
  }

  private tagWords({ incidents }: AreaGroup): string {
    const { columns } = this.drawing;
    const kinds = new Set(incidents.map((i) => columns.type[i]!));
    const label = this.settings.types[columns.type[incidents[0]!]!]!.label;
    if (incidents.length === 1) {
      const n = columns.intercepted[incidents[0]!]!;
      return n > 0 ? `${label}: ${this.words.number(n)}` : label;
    }
    return kinds.size === 1 ? `${label} ×${incidents.length}` : this.words.t("incidents", { n: incidents.length });
  }

  private obstacles(world: number): Box[] {
    if (!this.drawing) return [];
    if (this.boxes?.world !== world) {
      this.boxes = { world, list: [...this.symbolBoxes(world), ...this.tags(world).map((tag) => tag.box)] };
    }
    return this.boxes.list;
  }

  private symbolBoxes(world: number): Box[] {
    return this.stacks.map((stack): Box => {
      const ring = stack.kind === DOT ? 0 : ringRadius(stack, world);
      if (ring && ring <= LARGEST_RING) {
        const [x, y] = [stack.x * world, stack.y * world];
        return { minX: x - ring, maxX: x + ring, minY: y - ring - RADIUS, maxY: y + ring };
      }
      const radius = (stack.kind === DOT ? reach(stack, world) : RADIUS) + 2;
      const y = stack.y * world - ring;
      const x = stack.x * world;
      return { minX: x - radius, maxX: x + radius, minY: y - radius, maxY: y + radius };
    });
  }

  private onMove(event: Leaflet.LeafletMouseEvent): void {
    this.hover(this.at(event.containerPoint), event.containerPoint);
  }

  private onOut(): void {
    this.hover([], null);
  }

  private hover(incidents: number[], point: Leaflet.Point | null): void {
    const changed = incidents.length !== this.hovered.size || incidents.some((i) => !this.hovered.has(i));
    this._map?.getContainer().classList.toggle("mapper-pointing", incidents.length > 0);
    this.fire("hover", { incidents, point });
    if (!changed) return;
    this.hovered = new Set(incidents);
    this.redraw();
  }

  private onClick(event: Leaflet.LeafletMouseEvent): void {
    const original = event.originalEvent as Partial<PointerEvent>;
    const incidents = this.at(event.containerPoint, original.pointerType === "touch");
    this.fire("open", { incidents });
  }
}

function within(box: Box, point: Leaflet.Point, margin: number): boolean {
  return (
    point.x >= box.minX - margin && point.x <= box.maxX + margin && point.y >= box.minY - margin && point.y <= box.maxY + margin
  );
}

function covers(drawing: Drawing, index: number, x: number, y: number): boolean {
  const shape = drawing.shapes[index]!;
  return x >= shape.minX && x <= shape.maxX && y >= shape.minY && y <= shape.maxY && inside(shape.rings, x, y);
}
