/** What the templates of `mapper/page/templates` call, as `mapper.page`, `mapper.basemap` and `mapper.incidents`. */

import type * as Leaflet from "leaflet";
import { BasemapLayer } from "./layers/basemap";
import { IncidentLayer } from "./layers/incidents";
import { openCards } from "./page";

export { page } from "./page";

export function basemap(id: string): BasemapLayer {
  return new BasemapLayer(id);
}

export function incidents(id: string): IncidentLayer {
  const layer = new IncidentLayer(id);
  layer.on("add", (event) => {
    const map = (event.target as { _map: Leaflet.Map })._map;
    void layer.ready.then(() => openCards(map, layer));
  });
  return layer;
}
