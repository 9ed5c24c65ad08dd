/** Tiles of a server over the built-in background, which stays where none come; only if the map's definition asks for them. */

import type * as Leaflet from "leaflet";
import { el } from "../dom";
import { L } from "../leaflet";

/** As `mapper/page/tiles.py` gives them. */
export interface TileSettings {
  url: string;
  attribution: string;
  attributionUrl: string;
  maxZoom: number;
  subdomains: string;
  hosts: string[];
}

const PANE = "mapper-tiles";

export function addTiles(map: Leaflet.Map, settings: TileSettings): void {
  // Above the ground of the basemap, below everything that is ours.
  map.createPane(PANE).style.zIndex = "210";
  const credit = settings.attributionUrl
    ? el("a", { href: settings.attributionUrl, target: "_blank", rel: "noopener noreferrer" }, settings.attribution)
    : el("span", {}, settings.attribution);
  const tiles = L.tileLayer(settings.url, {
    pane: PANE,
    subdomains: settings.subdomains || "abc",
    maxNativeZoom: settings.maxZoom,
    attribution: credit.outerHTML,
    // Providers ask who it is; they learn the site, never the page or what it shows.
    referrerPolicy: "strict-origin-when-cross-origin",
  });
  // Tiles bring their own names: ours would stand on top of them. They come back where a tile is missing.
  const named = (ours: boolean) => map.getContainer().classList.toggle("mapper-tiled", !ours);
  let missing = false;
  tiles.on("loading", () => (missing = false));
  tiles.on("tileerror", () => named((missing = true)));
  tiles.on("load", () => named(missing));
  tiles.addTo(map);
}
