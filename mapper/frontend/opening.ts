/** A map of ours before anything is on it. */

import type * as Leaflet from "leaflet";
import { L } from "./leaflet";

/** With the built-in background there is no more to see. */
export const MAX_ZOOM = 12;

export function openMap(element: HTMLElement, maxZoom: number): Leaflet.Map {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(element, {
    zoomControl: false,
    attributionControl: false,
    maxZoom,
    minZoom: 1,
    zoomSnap: 0.25,
    zoomDelta: 1,
    wheelPxPerZoomLevel: 90,
    maxBounds: [[-85, -180], [85, 180]],
    maxBoundsViscosity: 1,
    zoomAnimation: !still,
    fadeAnimation: !still,
    inertia: !still,
  });
  L.control.attribution({ position: "bottomright", prefix: false }).addAttribution("Natural Earth, GeoNames CC BY 4.0").addTo(map);
  return map;
}
