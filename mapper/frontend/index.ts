/** What the templates of `mapper/page/templates` call, as `mapper.page`, `mapper.basemap`, `mapper.incidents` and so on. */

import type * as Leaflet from "leaflet";
import { openCards } from "./cards";
import { BasemapLayer } from "./layers/basemap";
import { IncidentLayer } from "./layers/incidents";
import { Timeline } from "./layers/timeline";
import { L } from "./leaflet";
import { Legend } from "./legend";

export { page } from "./page";

export function basemap(id: string): BasemapLayer {
  return new BasemapLayer(id);
}

export function incidents(id: string): IncidentLayer {
  const layer = new IncidentLayer(id);
  layer.on("add", (event) => {
    const map = (event.target as { _map: Leaflet.Map })._map;
    // Our own page opens its cards itself, with more in them.
    if (!document.getElementById("mapper-page")) void layer.ready.then(() => openCards(map, layer));
  });
  return layer;
}

/** The timeline of a layer, in a corner of anyone's map. */
export function timeline(layer: IncidentLayer): Leaflet.Control {
  return control("bottomleft", "mapper-control-timeline", layer, () => new Timeline(layer).element);
}

/** The filters and the legend of a layer, in a corner of anyone's map. */
export function legend(layer: IncidentLayer): Leaflet.Control {
  return control("topright", "mapper-control-legend", layer, () => new Legend(layer).element);
}

function control(position: Leaflet.ControlPosition, name: string, layer: IncidentLayer, make: () => HTMLElement): Leaflet.Control {
  const made = new L.Control({ position });
  made.onAdd = () => {
    const box = L.DomUtil.create("div", `mapper-control ${name}`);
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    void layer.ready.then(() => box.append(make()));
    return box;
  };
  return made;
}
