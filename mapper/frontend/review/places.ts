/** The map of an item: its candidates as numbered pins, areas as outlines, and a spot that is pointed at. */

import type * as Leaflet from "leaflet";
import { el } from "../dom";
import { place as placeLabels } from "../labels";
import { addObstacles, obstaclesChanged } from "../layers/obstacles";
import type { Box } from "../geometry";
import { L } from "../leaflet";
import { project } from "../projection";
import type { Answer } from "./answers";
import { type Desk, type Item, type Spot, numbered } from "./desk";
import { position, written } from "./values";
import { type ReviewMessages, optionWords } from "./words";

/** Half the width of a pin, in pixels. */
const PIN = 14;
/** A candidate this much less likely than the best is not made room for at first. */
const UNLIKELY = 0.35;
const [CLOSE, NEAR_ENOUGH] = [9, 8];
/** Names are no longer than this, in pixels. */
const EDGE = 400;

interface Pin {
  spot: Spot;
  marker: Leaflet.Marker;
  icon: HTMLElement;
  label: HTMLElement;
  outline: Leaflet.Path | null;
  group: number;
  index: number;
  likely: boolean;
}

export class Places {
  readonly #layer = L.layerGroup();
  #pins: Pin[] = [];
  #boxes: Box[] = [];
  #elsewhere: Leaflet.Marker | null = null;
  #item: Item | null = null;

  constructor(
    private readonly map: Leaflet.Map,
    private readonly desk: Desk,
    private readonly m: ReviewMessages,
    private readonly pick: (group: number, index: number) => void,
    point: (at: string) => void,
  ) {
    this.#layer.addTo(map);
    addObstacles(map, () => this.#boxes);
    map.on("moveend", () => this.#arrange());
    map.on("click", (event) => {
      if (this.#item?.action !== "place") return;
      const { lat, lng } = (event as Leaflet.LeafletMouseEvent).latlng.wrap();
      // No more digits than a pixel is worth.
      point(written({ lon: lng, lat }, map.getZoom() > 9 ? 4 : 3));
    });
  }

  show(item: Item, answer: Answer): void {
    this.#item = item;
    this.#layer.clearLayers();
    this.#elsewhere = null;
    this.map.getContainer().classList.toggle("review-pointing", item.action === "place");
    const choices = item.action === "place" ? numbered(item).filter(({ option }) => option.lon !== undefined && option.precision !== "country") : [];
    const best = Math.max(0, ...choices.map(({ option }) => option.score ?? 0));
    const all = numbered(item);
    this.#pins = choices.map(({ option, group, index }) => {
      const number = all.findIndex((one) => one.group === group && one.index === index) + 1;
      const { name, score } = optionWords(item, option, this.m);
      const likely = (option.now ?? false) || (option.score ?? 0) >= best - UNLIKELY;
      const short = [option.area, score].filter(Boolean).join(" · ");
      return this.#pin(option as Spot, String(number), name, short, likely, group, index);
    });
    const chosen = new Set(choices.map(({ option }) => `${option.lon},${option.lat}`));
    for (const spot of item.here) {
      if (!chosen.has(`${spot.lon},${spot.lat}`)) this.#pins.push(this.#pin(spot, "", spot.name, spot.area, true));
    }
    const likely = this.#pins.filter((pin) => pin.likely);
    this.#fit(likely.length ? likely : this.#pins);
    this.sync(answer);
    this.#arrange();
  }

  sync(answer: Answer): void {
    for (const { icon, marker, outline, group, index } of this.#pins) {
      const is = group >= 0 && answer.kind === "pick" && answer.picks[group] === index;
      icon.classList.toggle("review-chosen", is);
      if (group >= 0) icon.setAttribute("aria-pressed", String(is));
      marker.setZIndexOffset(is ? 10_000 : -index);
      outline?.setStyle({ fillOpacity: is ? 0.28 : 0.04, weight: is ? 2.5 : 1.25 });
    }
    const taken = this.#pins.find(({ group, index }) => group >= 0 && answer.kind === "pick" && answer.picks[group] === index);
    if (taken) this.#seen(taken.marker.getLatLng());
    const at = this.#item?.action === "place" && answer.kind === "other" ? position(answer.other) : null;
    this.#elsewhere?.remove();
    this.#elsewhere = null;
    if (at) {
      const icon = L.divIcon({ className: "review-pin review-elsewhere review-chosen", iconSize: [2 * PIN, 2 * PIN], html: el("span", {}, "+") });
      this.#elsewhere = L.marker([at.lat, at.lon], { icon, interactive: false, keyboard: false }).addTo(this.#layer);
      this.#seen(this.#elsewhere.getLatLng());
    }
  }

  #pin(spot: Spot, number: string, name: string, short: string, likely: boolean, group = -1, index = -1): Pin {
    const area = spot.outline !== undefined || /^(?:admin|region|water)/.test(spot.precision);
    const label = el("span", { class: "review-pin-name" }, el("b", {}, name), " ", short ? el("small", {}, short) : null);
    const body = el("span", {}, number || "•");
    const className = `review-pin${area ? " review-pin-area" : ""}${group < 0 ? " review-pin-here" : ""}`;
    const icon = L.divIcon({ className, iconSize: [2 * PIN, 2 * PIN], html: body });
    const marker = L.marker([spot.lat, spot.lon], { icon, keyboard: group >= 0, interactive: group >= 0 }).addTo(this.#layer);
    const element = marker.getElement()!;
    element.append(" ", label);
    if (group >= 0) marker.on("click", () => this.pick(group, index));
    else element.setAttribute("aria-hidden", "true");
    return { spot, marker, icon: element, label, outline: this.#outline(spot, group, index), group, index, likely };
  }

  #outline(spot: Spot, group: number, index: number): Leaflet.Path | null {
    const rings = spot.outline ? this.desk.outlines[spot.outline] : undefined;
    const style = { className: "review-outline", dashArray: "5 5", interactive: group >= 0 };
    const vague = /^(?:near|admin|region|water)/.test(spot.precision);
    const made = rings
      ? L.polygon(rings.map((ring) => ring.map(([lon, lat]) => [lat, lon] as [number, number])), style)
      : vague && spot.km
        ? L.circle([spot.lat, spot.lon], { ...style, radius: spot.km * 1000 })
        : null;
    if (group >= 0) made?.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      this.pick(group, index);
    });
    made?.addTo(this.#layer);
    return made;
  }

  #fit(pins: Pin[]): void {
    if (!pins.length) {
      const [west, south, east, north] = this.desk.bounds;
      this.map.fitBounds([[south, west], [north, east]], { animate: false });
      return;
    }
    const bounds = L.latLngBounds(pins.map(({ marker }) => marker.getLatLng()));
    for (const { outline } of pins) if (outline instanceof L.Polygon) bounds.extend(outline.getBounds());
    const zoom = pins.length === 1 ? NEAR_ENOUGH : CLOSE;
    // Room for the names beside the pins.
    const padding: [number, number] = this.map.getSize().x > 500 ? [130, 50] : [40, 30];
    this.map.fitBounds(bounds, { padding, maxZoom: zoom, animate: false });
  }

  #seen(at: Leaflet.LatLng): void {
    if (!this.map.getBounds().pad(-0.05).contains(at)) this.map.fitBounds(this.map.getBounds().extend(at), { padding: [40, 40] });
  }

  /** Puts the names beside their pins, where none covers another and all of it is in view. */
  #arrange(): void {
    const world = 256 * 2 ** this.map.getZoom();
    const at = this.#pins.map(({ spot }) => project(spot.lon, spot.lat).map((share) => share * world) as [number, number]);
    const boxOf = (x: number, y: number, width: number, height: number): Box => ({
      minX: x - width / 2, maxX: x + width / 2, minY: y - height / 2, maxY: y + height / 2,
    });
    const marks = at.map(([x, y]) => boxOf(x, y, 2 * PIN, 2 * PIN));
    const labels = this.#pins.map(({ label }, i) => ({
      text: "", x: at[i]![0], y: at[i]![1], width: label.offsetWidth, height: label.offsetHeight, gap: PIN + 4, margin: 2, mark: 0,
    }));
    const placed = placeLabels(labels, [...marks, ...this.#beyond()]);
    for (const { label } of this.#pins) label.classList.add("review-no-room");
    const names = placed.map(({ index, x, y }) => {
      const { label } = this.#pins[index]!;
      const { width, height } = labels[index]!;
      label.classList.remove("review-no-room");
      label.style.left = `${x - at[index]![0] - width / 2 + PIN}px`;
      label.style.top = `${y - at[index]![1] - height / 2 + PIN}px`;
      return boxOf(x, y, width, height);
    });
    this.#boxes = [...marks, ...names];
    obstaclesChanged(this.map);
  }

  /** Boxes around what is in view. */
  #beyond(): Box[] {
    const { min, max } = this.map.getPixelBounds();
    if (!min || !max) return [];
    const [minX, minY, maxX, maxY] = [min.x - EDGE, min.y - EDGE, max.x + EDGE, max.y + EDGE];
    return [
      { minX, maxX: min.x, minY, maxY },
      { minX: max.x, maxX, minY, maxY },
      { minX, maxX, minY, maxY: min.y },
      { minX, maxX, minY: max.y, maxY },
    ];
  }
}
