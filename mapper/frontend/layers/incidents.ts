/** All incidents of a drawing on a map: what is shown, what is under the pointer, what is open. */

import type * as Leaflet from "leaflet";
import { decode, inflate } from "../container";
import { mark } from "../changes";
import { Filters } from "../filters";
import type { Box } from "../geometry";
import { L } from "../leaflet";
import { type Messages, messages } from "../messages";
import { type Drawing, readDrawing } from "../payload";
import { unproject } from "../projection";
import { TextStore } from "../text";
import { drawGroup, drawLinks, drawTag } from "./areas";
import { CanvasLayer, type View, viewOf } from "./canvas";
import type { Cluster } from "./clusters";
import type { AreaGroup } from "./groups";
import { addObstacles, obstaclesChanged } from "./obstacles";
import { BEYOND, drawCluster, drawExtent, drawSymbol, extentOf, isRing, knownRadius } from "./points";
import { type Hit, Scene } from "./scene";
import type { Settings } from "./settings";
import { lift } from "./stretches";

/** Pixels around a symbol that still count as on it, for a mouse and for a finger. */
const NEAR = 5;
const NEAR_TOUCH = 14;
/** Pixels between an incident and what lies over the map. */
const EDGE = 30;
/** A cluster of no more than these is opened where it cannot be taken apart by zooming. */
const CLOSEST = 12;

export class IncidentLayer extends L.Layer {
  readonly ready: Promise<void>;
  readonly settings: Settings;
  words: Messages;
  drawing!: Drawing;
  text!: TextStore;
  filters!: Filters;
  scene!: Scene;
  #hovered: Hit | null = null;
  #selected = new Set<number>();
  readonly #ground = new CanvasLayer(
    "mapper-areas",
    350,
    (context, view) => this.#drawGround(context, view),
    { needed: (view) => this.#hasGround(view) },
  );
  readonly #symbols = new CanvasLayer(
    "mapper-symbols",
    450,
    (context, view) => this.#drawSymbols(context, view),
    { needed: () => Boolean(this.drawing) },
  );
  #forget: () => void = () => undefined;

  constructor(id: string) {
    super();
    this.settings = JSON.parse(document.getElementById(`${id}_settings`)?.textContent ?? "{}") as Settings;
    this.words = messages(this.settings.lang);
    const data = document.getElementById(`${id}`);
    this.ready = inflate(data?.textContent ?? "").then((bytes) => {
      this.drawing = readDrawing(decode(bytes));
      this.text = new TextStore(id, this.drawing.block, this.drawing.count);
      if (this.settings.changes) mark(this.drawing, this.settings.changes);
      this.filters = new Filters(this.drawing);
      this.scene = new Scene(this.drawing, this.filters, this.settings);
      this.filters.onChange(() => {
        this.#rebuild();
        this.fire("filter");
      });
      this.#rebuild();
    });
  }

  override onAdd(map: Leaflet.Map): this {
    this.#ground.addTo(map);
    this.#symbols.addTo(map);
    this.#forget = addObstacles(map, (world) => this.#obstacles(world));
    map.on("click", this.#onClick, this);
    map.on("mousemove", this.#onMove, this);
    map.on("mouseout", this.#onOut, this);
    return this;
  }

  override onRemove(map: Leaflet.Map): this {
    this.#forget();
    map.off("click", this.#onClick, this);
    map.off("mousemove", this.#onMove, this);
    map.off("mouseout", this.#onOut, this);
    this.#ground.remove();
    this.#symbols.remove();
    return this;
  }

  /** Whether an incident passes the filters. */
  shows(incident: number): boolean {
    return this.filters.passes(incident);
  }

  /** Says types and groups in another language. */
  speak(lang: string): void {
    this.words = messages(lang);
    for (const named of [...this.settings.types, ...this.settings.groups]) named.label = named.labels[lang] ?? named.labels["en"] ?? named.label;
    this.#redraw();
    if (this._map) obstaclesChanged(this._map);
  }

  select(incidents: number[]): void {
    this.#selected = new Set(incidents);
    this.#redraw();
  }

  /** Moves the map so that an incident is in view; `room` is what covers the map, in pixels. */
  reveal(incident: number, room: { right?: number; bottom?: number } = {}): void {
    const bounds = this.#boundsOf(incident);
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

  /** Moves the map by as little as lets an incident be seen beside what lies over the map. */
  clear(incident: number, over: HTMLElement): void {
    const bounds = incident < 0 ? null : this.#boundsOf(incident);
    if (!bounds || !this._map || over.hidden) return;
    const map = this._map;
    const [frame, card] = [map.getContainer().getBoundingClientRect(), over.getBoundingClientRect()];
    const [from, to] = [map.latLngToContainerPoint(bounds.getNorthWest()), map.latLngToContainerPoint(bounds.getSouthEast())];
    const [left, top] = [card.left - frame.left, card.top - frame.top];
    if (to.x < left || to.y < top || from.x > card.right - frame.left || from.y > card.bottom - frame.top) return;
    // As far as what is seen of it now is not lost on the other side.
    const by = (end: number, start: number, edge: number) => Math.max(0, Math.min(end - edge + EDGE, start - EDGE));
    // A sheet at the foot, or a card at the right.
    map.panBy(top > frame.height / 4 ? [0, by(to.y, from.y, top)] : [by(to.x, from.x, left), 0]);
  }

  #boundsOf(incident: number): Leaflet.LatLngBounds | null {
    const { drawing } = this;
    const corners: [number, number][] = [];
    for (let p = drawing.pointFrom[incident]!; p < drawing.pointFrom[incident + 1]!; p++) {
      corners.push([drawing.pointX[p]!, drawing.pointY[p]!]);
    }
    for (let a = drawing.areaFrom[incident]!; a < drawing.areaFrom[incident + 1]!; a++) {
      const shape = drawing.shapes[drawing.columns.area_shape[a]!]!;
      corners.push([shape.minX, shape.minY], [shape.maxX, shape.maxY]);
    }
    return corners.length ? boundsOf(corners) : null;
  }

  /** What is at a position on screen: the symbol there, or else every area. */
  at(point: Leaflet.Point, touch = false): Hit | null {
    if (!this.drawing || !this._map) return null;
    const pixel = this._map.containerPointToLayerPoint(point).add(this._map.getPixelOrigin());
    return this.scene.at(pixel, 256 * 2 ** this._map.getZoom(), touch ? NEAR_TOUCH : NEAR, this.words);
  }

  #rebuild(): void {
    this.scene.refilter();
    this.#hovered = null;
    this.#redraw();
    if (this._map) obstaclesChanged(this._map);
  }

  #gather(view: View): void {
    if (this.scene.gather(view) && this._map) obstaclesChanged(this._map);
  }

  #redraw(): void {
    this.#ground.redraw();
    this.#symbols.redraw();
  }

  #clusterStrength(cluster: Cluster): number {
    if (this.#hovered?.cluster?.id === cluster.id && this.#hovered.cluster.x === cluster.x) return 1;
    for (const incident of this.#selected) if (this.shows(incident) && this.#pointIn(incident, cluster.id)) return 1;
    return 0;
  }

  #pointIn(incident: number, cluster: number): boolean {
    const { pointFrom } = this.drawing;
    for (let p = pointFrom[incident]!; p < pointFrom[incident + 1]!; p++) if (this.scene.clusterOf(p) === cluster) return true;
    return false;
  }

  #groupStrength(group: AreaGroup): number {
    if (this.#hovered?.groups.some((g) => g.id === group.id)) return 1;
    for (const incident of this.#selected) if (this.scene.groupOf(incident) === group.id) return 1;
    return 0;
  }

  #hasGround(view: View): boolean {
    if (!this.drawing) return false;
    this.#gather(view);
    return this.scene.groups.length > 0 || this.scene.clusters.some((cluster) => extentOf(this.drawing, cluster, view.world));
  }

  #drawGround(context: CanvasRenderingContext2D, view: View): void {
    const { types } = this.settings;
    const strengths = new Map(this.scene.groups.map((group) => [group, this.#groupStrength(group)]));
    for (const group of [...this.scene.groups].sort((a, b) => strengths.get(a)! - strengths.get(b)!)) {
      drawGroup(context, view, this.drawing, group, types, strengths.get(group)!);
    }
    for (const group of this.scene.groups) drawLinks(context, view, this.drawing, group, types, strengths.get(group)!);
    for (const cluster of this.scene.clusters) drawExtent(context, view, this.drawing, cluster, types, this.#clusterStrength(cluster));
  }

  #drawSymbols(context: CanvasRenderingContext2D, view: View): void {
    const { types } = this.settings;
    this.#gather(view);
    this.#drawChains(context, view);
    for (const tag of this.scene.tags(view.world, this.words)) drawTag(context, view, tag, types, this.#groupStrength(tag.group));
    this.#drawSelected(context, view);
    const strong: Cluster[] = [];
    for (const cluster of this.scene.clusters) {
      if (this.#clusterStrength(cluster)) strong.push(cluster);
      else drawCluster(context, view, this.drawing, cluster, types, 0);
    }
    for (const cluster of strong) drawCluster(context, view, this.drawing, cluster, types, 1);
  }

  /** What is open stands out from under the cluster it is in, whose number stays to be read. */
  #drawSelected(context: CanvasRenderingContext2D, view: View): void {
    const { drawing } = this;
    const { clusters } = this.scene;
    for (const incident of this.#selected) {
      for (let p = drawing.pointFrom[incident]!; p < drawing.pointFrom[incident + 1]!; p++) {
        const inside = this.shows(incident) ? this.scene.clusterOf(p) : -1;
        if (this.settings.parts === "areas" || clusters.some((c) => c.id === inside && c.point >= 0)) continue;
        const ring = isRing(drawing, p);
        const y = (drawing.pointY[p]! - lift(drawing, p, view.world)) * view.world;
        drawSymbol(context, drawing, incident, ring, drawing.pointX[p]! * view.world - view.left, y - view.top, this.settings.types, 1);
      }
    }
  }

  /** Several points of one incident: a line through them, under the symbols. */
  #drawChains(context: CanvasRenderingContext2D, view: View): void {
    const { drawing } = this;
    if (this.settings.parts === "areas") return;
    const under = this.#hovered?.cluster?.count === 1 ? drawing.columns.point_incident[this.#hovered.cluster.point] : -1;
    for (const incident of this.scene.linked) {
      if (!this.shows(incident)) continue;
      const [from, to] = [drawing.pointFrom[incident]!, drawing.pointFrom[incident + 1]!];
      const strong = under === incident || this.#selected.has(incident);
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
  }

  #obstacles(world: number): Box[] {
    if (!this.drawing || !this._map) return [];
    // Names may be drawn before symbols are: these have to be of the same view.
    this.scene.gather(viewOf(this._map));
    return this.scene.boxes(world, this.words);
  }

  #onMove(event: Leaflet.LeafletMouseEvent): void {
    this.#hover(this.at(event.containerPoint), event.containerPoint);
  }

  #onOut(): void {
    this.#hover(null, null);
  }

  #hover(hit: Hit | null, point: Leaflet.Point | null): void {
    const key = (h: Hit | null) => (h ? `${h.cluster?.id ?? ""}/${h.groups.map((g) => g.id).join()}` : "");
    const changed = key(hit) !== key(this.#hovered);
    this._map?.getContainer().classList.toggle("mapper-pointing", hit !== null);
    this.#hovered = hit;
    this.fire("hover", { hit, point, beyond: hit !== null && this.#isBeyond(hit) });
    if (changed) this.#redraw();
  }

  /** Whether the map is zoomed in further than the place under the pointer is known. */
  #isBeyond({ cluster }: Hit): boolean {
    if (!cluster || cluster.point < 0 || !this._map) return false;
    return !isRing(this.drawing, cluster.point) && knownRadius(this.drawing, cluster.point, 256 * 2 ** this._map.getZoom()) > BEYOND;
  }

  #onClick(event: Leaflet.LeafletMouseEvent): void {
    const original = event.originalEvent as Partial<PointerEvent>;
    const hit = this.at(event.containerPoint, original.pointerType === "touch");
    if (hit?.cluster && hit.cluster.point < 0 && this.#takeApart(hit.cluster)) return;
    this.fire("open", { incidents: hit?.incidents() ?? [] });
  }

  /** Zooms in on a cluster of several places; false where that would not take it apart. */
  #takeApart(cluster: Cluster): boolean {
    const { pointX, pointY } = this.drawing;
    const points = this.scene.pointsOf(cluster);
    let [minX, minY, maxX, maxY] = [2, 2, -1, -1];
    for (const p of points) {
      minX = Math.min(minX, pointX[p]!);
      maxX = Math.max(maxX, pointX[p]!);
      minY = Math.min(minY, pointY[p]!);
      maxY = Math.max(maxY, pointY[p]!);
    }
    const map = this._map;
    const bounds = boundsOf([[minX, minY], [maxX, maxY]]);
    const zoom = Math.min(map.getBoundsZoom(bounds, false, L.point(120, 120)), map.getZoom() + 4, map.getMaxZoom());
    // So near that nothing comes apart: to be leafed through, if they are few.
    if (zoom <= map.getZoom() + 0.2 && (map.getZoom() >= map.getMaxZoom() || cluster.count <= CLOSEST)) return false;
    map.setView(bounds.getCenter(), Math.max(zoom, Math.min(map.getZoom() + 1, map.getMaxZoom())));
    return true;
  }
}

function boundsOf(corners: [number, number][]): Leaflet.LatLngBounds {
  return L.latLngBounds(
    corners.map(([x, y]) => {
      const [lon, lat] = unproject(x, y);
      return [lat, lon];
    }),
  );
}
