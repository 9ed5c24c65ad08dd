/** Spherical Mercator with the world as a square from 0 to 1, the projection of Leaflet's default EPSG:3857. */

const LIMIT = 85.0511287798;

/** Longitude and latitude to x and y. */
export function project(lon: number, lat: number): [number, number] {
  const sine = Math.sin((Math.max(-LIMIT, Math.min(LIMIT, lat)) * Math.PI) / 180);
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

/** Parts of a degree between which y is taken as straight: off by a thousandth of a pixel at zoom 12. */
const PARTS = 100;

/** The y of many latitudes, given in steps to a degree. */
export function tabled(lat: ArrayLike<number>, steps: number, y: Float32Array): void {
  const table = Float64Array.from({ length: 180 * PARTS + 2 }, (_, k) => project(0, k / PARTS - 90)[1]);
  const scale = PARTS / steps;
  for (let i = 0; i < y.length; i++) {
    const at = lat[i]! * scale + 90 * PARTS;
    const k = Math.floor(at);
    y[i] = table[k]! + (table[k + 1]! - table[k]!) * (at - k);
  }
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
