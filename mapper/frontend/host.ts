/** The Leaflet that was on the page before this bundle came: a plain folium map brings its own. */
import type * as Leaflet from "leaflet";

declare global {
  interface Window {
    L?: typeof Leaflet;
  }
}

export const host = window.L;
