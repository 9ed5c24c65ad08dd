/** The page around the map: made by `IncidentMap`, joined to whichever incident layer is added to it. */

import type * as Leaflet from "leaflet";
import type { PageInfo } from "./about";
import { painted } from "./dom";
import { Frame } from "./frame";
import { IncidentLayer } from "./layers/incidents";
import { addTiles } from "./layers/tiles";
import { L } from "./leaflet";
import { messages } from "./messages";
import { MAX_ZOOM, openMap } from "./opening";
import { readHash } from "./permalink";
import { chooseTheme } from "./theme";

/** With tiles there is more to see than with the built-in background, until positions themselves become coarse. */
const MAX_ZOOM_OF_TILES = 15;

/** Makes the map of a page and everything around it. */
export function page(id: string): Leaflet.Map {
  const info = JSON.parse(document.getElementById(`${id}_page`)?.textContent ?? "{}") as PageInfo;
  const state = readHash(location.hash);
  if (state.theme) chooseTheme(state.theme);
  document.documentElement.classList.toggle("mapper-as-card", state.card ?? false);
  const m = messages(info.lang);
  const deepest = Math.max(MAX_ZOOM, Math.min(info.tiles?.maxZoom ?? 0, MAX_ZOOM_OF_TILES));
  const map = openMap(document.getElementById(id)!, deepest);
  if (state.card) map.options.zoomSnap = 0;
  if (info.tiles) addTiles(map, info.tiles);
  L.control.scale({ position: "bottomright", imperial: false, maxWidth: 120 }).addTo(map);
  // Everything beside the map stands there before the first view is set, so that the map need not jump.
  const frame = document.getElementById("mapper-page") ? new Frame(map, info, m) : null;
  map.on("layeradd", (event) => {
    const { layer } = event as Leaflet.LayerEvent;
    if (layer instanceof IncidentLayer && frame) {
      void layer.ready.then(
        async () => {
          // The map first and then what stands around it, unless that is to leave something out of the map.
          if (!state.off && !state.period) await painted();
          performance.mark("mapper-drawn");
          frame.join(layer, state);
        },
        () => frame.fail(),
      );
    }
  });
  const [west, south, east, north] = info.bounds;
  map.invalidateSize({ animate: false });
  if (state.view) map.setView([state.view.lat, state.view.lon], Math.min(state.view.zoom, deepest), { animate: false });
  else {
    const fit = () => map.fitBounds([[south, west], [north, east]], { animate: false });
    fit();
    // Nobody moves a picture: it shows all there is, whatever room title and legend leave.
    if (state.card) map.on("resize", fit);
  }
  return map;
}
