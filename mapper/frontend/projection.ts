/** Spherical Mercator with the world as a square from 0 to 1, the projection of Leaflet's default EPSG:3857. */

const LIMIT = 85.0511287798;

/** Longitude and latitude to x and y. */
export function project(lon: number, lat: number): [number, number] {
  const sine = Math.sin((Math.max(-LIMIT, Math.min(LIMIT, lat)) * Math.PI) / 180);
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

/** x and y to longitude and latitude. */
export function unproject(x: number, y: number): [number, number] {
  return [(x - 0.5) * 360, (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI];
}

/** Metres of the equator, by the radius that the projection assumes. */
export const EQUATOR = 2 * Math.PI * 6378137;

/** Pixels of a distance at a latitude; `world` is the width of the whole world in pixels. */
export function metresToPixels(metres: number, lat: number, world: number): number {
  return (metres / (EQUATOR * Math.cos((Math.min(Math.abs(lat), LIMIT) * Math.PI) / 180))) * world;
}
