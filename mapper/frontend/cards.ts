/** Opens a card for what is clicked, and says what is under the pointer; on our page and on anyone's map alike. */

import type * as Leaflet from "leaflet";
import { el } from "./dom";
import type { IncidentLayer } from "./layers/incidents";
import type { Hit } from "./layers/scene";
import { newestFirst } from "./payload";
import { Card } from "./popup";
import { dateAt } from "./words";

interface Opened {
  card: Card;
  close: () => void;
}

/** Where nothing hovers, what is said of what is under the pointer would stay. */
const TOUCH = matchMedia("(hover: none)");

const cards = new WeakMap<IncidentLayer, Opened>();

export function openCards(
  map: Leaflet.Map,
  layer: IncidentLayer,
  onChange: (incident: number) => void = () => undefined,
  actions: (incident: number) => HTMLElement[] = () => [],
): Card {
  cards.get(layer)?.close();
  const container = map.getContainer();
  const card = new Card(
    layer,
    container,
    (incidents) => {
      layer.select(incidents);
      onChange(incidents[0] ?? -1);
    },
    actions,
  );
  const tip = el("div", { class: "mapper-tip", "aria-hidden": "true", hidden: true });
  container.append(tip);
  const hide = () => (tip.hidden = true);
  const open = (event: Leaflet.LeafletEvent) => {
    const { incidents } = event as Leaflet.LeafletEvent & { incidents: number[] };
    hide();
    if (!incidents.length) return card.close();
    void card.open(newestFirst(layer.drawing, incidents)).then(() => layer.filters.viewing || layer.clear(card.incident, card.element));
  };
  const hover = (event: Leaflet.LeafletEvent) => {
    const { hit, point, beyond } = event as Leaflet.LeafletEvent & { hit: Hit | null; point: Leaflet.Point | null; beyond: boolean };
    tip.hidden = !hit || !point || TOUCH.matches;
    if (!point || !hit || TOUCH.matches) return;
    tip.textContent = tipWords(layer, hit) + (beyond ? ` — ${layer.words.t("beyond")}` : "");
    const size = map.getSize();
    tip.style.left = `${Math.min(point.x + 14, size.x - tip.offsetWidth - 6)}px`;
    tip.style.top = `${Math.min(point.y + 14, size.y - tip.offsetHeight - 6)}px`;
  };
  const escape = (event: Leaflet.LeafletEvent) => {
    if ((event as Leaflet.LeafletKeyboardEvent).originalEvent.key === "Escape") card.close();
  };
  layer.on("open", open);
  layer.on("hover", hover);
  map.on("keydown", escape);
  map.on("movestart zoomstart", hide);
  cards.set(layer, {
    card,
    close() {
      layer.off("open", open);
      layer.off("hover", hover);
      map.off("keydown", escape);
      map.off("movestart zoomstart", hide);
      tip.remove();
      card.remove();
    },
  });
  return card;
}

function tipWords(layer: IncidentLayer, hit: Hit): string {
  const { words: m, settings, drawing } = layer;
  if (hit.count > 1) {
    const zoomable = hit.cluster && hit.cluster.point < 0;
    const kinds = hit.cluster?.kinds ?? [];
    const makeUp = kinds.slice(0, 4).map((k) => `${settings.types[k.type]!.label} ${m.number(k.count)}`);
    return `${m.t("incidents", { n: hit.count })}${zoomable ? `: ${makeUp.join(", ")}${kinds.length > 4 ? " …" : ""}` : ""}`;
  }
  const [incident] = hit.incidents();
  const type = settings.types[drawing.columns.type[incident!]!];
  return `${type?.label ?? ""} · ${dateAt(drawing, incident!, m)}`;
}
