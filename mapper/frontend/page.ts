/** The page around the map: made by `IncidentMap`, joined to whichever incident layer is added to it. */

import type * as Leaflet from "leaflet";
import { type PageInfo, about } from "./about";
import { Drawer } from "./drawer";
import { el } from "./dom";
import { IncidentLayer } from "./layers/incidents";
import { L } from "./leaflet";
import { Legend } from "./legend";
import { List } from "./list";
import { type Messages, messages } from "./messages";
import { newestFirst } from "./payload";
import { Card } from "./popup";
import { dateAt } from "./words";

const MAX_ZOOM = 12;
/** At this width and below the panel is a sheet at the foot of the page (as in style.css). */
const NARROW = matchMedia("(max-width: 760px)");

/** Makes the map of a page and everything around it. */
export function page(id: string): Leaflet.Map {
  const info = JSON.parse(document.getElementById(`${id}_page`)?.textContent ?? "{}") as PageInfo;
  const m = messages(info.lang);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const container = document.getElementById(id)!;
  container.setAttribute("role", "region");
  container.setAttribute("aria-label", `${m.t("map")}. ${m.t("mapHelp")}`);
  const map = L.map(container, {
    zoomControl: false,
    attributionControl: false,
    maxZoom: MAX_ZOOM,
    minZoom: 3,
    zoomSnap: 0.25,
    zoomDelta: 1,
    wheelPxPerZoomLevel: 90,
    maxBounds: [[-85, -180], [85, 180]],
    maxBoundsViscosity: 1,
    zoomAnimation: !still,
    fadeAnimation: !still,
    inertia: !still,
  });
  L.control.zoom({ position: "topright", zoomInTitle: m.t("zoomIn"), zoomOutTitle: m.t("zoomOut") }).addTo(map);
  L.control.attribution({ position: "bottomright", prefix: false }).addAttribution("Natural Earth, GeoNames CC BY 4.0").addTo(map);
  L.control.scale({ position: "bottomright", imperial: false, maxWidth: 120 }).addTo(map);

  const tools = document.getElementById("mapper-tools");
  const panel = document.getElementById("mapper-panel");
  const drawer = tools && panel ? new Drawer(tools, panel, m, () => map.invalidateSize({ pan: false })) : null;
  // The panel stands beside the map before the first view is set, so that the map need not jump.
  if (drawer) {
    const legend = el("div", {}, el("p", { class: "mapper-empty" }, m.t("loading")));
    const list = el("div", {});
    const unplaced = el("div", {});
    drawer.add("layers", m.t("layers"), m.t("layers"), legend);
    drawer.add("list", m.t("list"), m.t("list"), list, () => panel!.dispatchEvent(new Event("mapper-list")));
    drawer.add("unplaced", m.t("unplaced"), m.t("unplaced"), unplaced);
    drawer.add("about", m.t("about"), m.t("about"), about(info, m));
    if (!NARROW.matches) drawer.open("layers", false);
    map.on("layeradd", (event) => {
      const { layer } = event as Leaflet.LayerEvent;
      if (layer instanceof IncidentLayer) {
        void layer.ready.then(
          () => join(map, layer, drawer, { legend, list, unplaced, panel: panel! }, m),
          () => legend.replaceChildren(el("p", { class: "mapper-empty" }, m.t("broken"))),
        );
      }
    });
  }
  const [west, south, east, north] = info.bounds;
  map.invalidateSize({ animate: false });
  map.fitBounds([[south, west], [north, east]], { animate: false });
  return map;
}

/** Fills the panel from a layer whose data have arrived. */
function join(
  map: Leaflet.Map,
  layer: IncidentLayer,
  drawer: Drawer,
  slots: { legend: HTMLElement; list: HTMLElement; unplaced: HTMLElement; panel: HTMLElement },
  m: Messages,
): void {
  const { drawing } = layer;
  const card = openCards(map, layer);
  const pick = (incident: number) => {
    if (NARROW.matches) drawer.close();
    const size = map.getSize();
    layer.reveal(incident, NARROW.matches ? { bottom: size.y * 0.55 } : { right: 380 });
    void card.open([incident]);
  };

  slots.legend.replaceChildren(new Legend(layer, () => drawer.open("unplaced")).element);

  const list = new List(layer, pick, false);
  slots.list.append(el("p", { class: "mapper-small" }, m.t("listIntro")), list.element);
  const listed = () => newestFirst(drawing, [...Array(drawing.count).keys()].filter((i) => layer.shows(i)));
  const relist = () => {
    let count = 0;
    for (let i = 0; i < drawing.count; i++) if (layer.shows(i)) count++;
    drawer.rename("list", `${m.t("list")} (${m.number(count)})`);
    if (drawer.opened === "list") void list.show(listed());
  };
  layer.on("filter", relist);
  slots.panel.addEventListener("mapper-list", () => void list.show(listed()));
  relist();

  const off = newestFirst(drawing, Array.from({ length: drawing.count - drawing.placed }, (_, i) => drawing.placed + i));
  const unplaced = new List(layer, pick, true);
  slots.unplaced.append(el("p", { class: "mapper-small" }, m.t("unplacedIntro")), unplaced.element);
  drawer.rename("unplaced", `${m.t("unplaced")} (${m.number(off.length)})`);
  // Little enough to be there at once, so that a search of the page finds it.
  void unplaced.show(off);
  document.documentElement.dataset["mapper"] = "ready";
  performance.mark("mapper-ready");
}

/** Opens a card for what is clicked; used by the page and on a plain map alike. */
export function openCards(map: Leaflet.Map, layer: IncidentLayer): Card {
  const known = cards.get(layer);
  if (known) return known;
  const container = map.getContainer();
  const card = new Card(layer, container, (incidents) => layer.select(incidents));
  cards.set(layer, card);
  layer.on("open", (event) => {
    const { incidents } = event as Leaflet.LeafletEvent & { incidents: number[] };
    if (incidents.length) void card.open(newestFirst(layer.drawing, incidents));
    else card.close();
  });
  map.on("keydown", (event) => {
    if ((event as Leaflet.LeafletKeyboardEvent).originalEvent.key === "Escape") card.close();
  });
  const tip = el("div", { class: "mapper-tip", "aria-hidden": "true", hidden: true });
  container.append(tip);
  layer.on("hover", (event) => {
    const { incidents, point } = event as Leaflet.LeafletEvent & { incidents: number[]; point: Leaflet.Point | null };
    tip.hidden = incidents.length === 0 || !point;
    if (!point || !incidents.length) return;
    const type = layer.settings.types[layer.drawing.columns.type[incidents[0]!]!];
    tip.textContent =
      incidents.length > 1
        ? layer.words.t("incidents", { n: incidents.length })
        : `${type?.label ?? ""} · ${dateAt(layer.drawing, incidents[0]!, layer.words)}`;
    const size = map.getSize();
    tip.style.left = `${Math.min(point.x + 14, size.x - tip.offsetWidth - 6)}px`;
    tip.style.top = `${Math.min(point.y + 14, size.y - tip.offsetHeight - 6)}px`;
  });
  return card;
}

const cards = new WeakMap<IncidentLayer, Card>();
