/** What is shown, as a file made in the page: CSV or GeoJSON. */

import { nested } from "./geometry";
import type { IncidentLayer } from "./layers/incidents";
import { COUNTS, type Drawing, NONE, RING, latOf, lonOf, startOf } from "./payload";
import { unproject } from "./projection";
import { safeLink } from "./links";
import type { RowText, Words } from "./text";

const FIELDS = [
  "id", "type", "title", "date_start", "date_end", "date_precision", "timezone", "place", "country", "lon", "lat", "precision", "radius_km",
  "unplaced", "status", ...COUNTS, "actor", "target", "weapon", "claims", "sources", "notes",
] as const;
type Field = (typeof FIELDS)[number];
export type Row = Record<Field, string | number | null>;

/** Rows between two breaths, so that the page answers meanwhile. */
const BATCH = 512;

export async function records(layer: IncidentLayer, incidents: ArrayLike<number>, each: (row: Row, incident: number) => void): Promise<void> {
  for (let k = 0; k < incidents.length; k++) {
    const incident = incidents[k]!;
    let words: Words;
    try {
      words = layer.text.peek(incident) ?? (await layer.text.get(incident));
    } catch {
      words = { row: { id: "", title: "" }, sources: {} };
    }
    each(record(layer, incident, words), incident);
    if (k % BATCH === BATCH - 1) await new Promise((done) => setTimeout(done));
  }
}

function record({ drawing }: IncidentLayer, i: number, { row, sources }: Words): Row {
  const { columns } = drawing;
  const [from, to] = [drawing.pointFrom[i]!, drawing.pointFrom[i + 1]!];
  const single = to - from === 1 && drawing.areaFrom[i] === drawing.areaFrom[i + 1];
  const radius = single ? columns.point_radius_m[from]! : 0;
  const start = startOf(drawing, i);
  const code = columns.precision[i]!;
  const result = {
    id: row.id,
    type: drawing.types[columns.type[i]!] ?? "",
    title: row.title,
    date_start: start === null ? null : stamp(start),
    date_end: start === null || columns.lasting[i]! < 0 ? null : stamp(start + columns.lasting[i]!),
    date_precision: drawing.datePrecisions[columns.date_precision[i]!] ?? null,
    timezone: row.timezone ?? null,
    place: placeNames(row),
    country: (drawing.countrySets[columns.country[i]!] ?? []).map((c) => drawing.countries[c]!).join("; ") || null,
    lon: single ? lonOf(drawing, from) : null,
    lat: single ? latOf(drawing, from) : null,
    precision: code === NONE ? null : (drawing.precisions[code] ?? null),
    radius_km: radius ? radius / 1000 : null,
    unplaced: i >= drawing.placed ? (row.reason ?? "") : null,
    status: drawing.statuses[columns.status[i]!] ?? "",
    actor: row.actor ?? null,
    target: row.target ?? null,
    weapon: row.weapon ?? null,
    claims: (row.claims ?? []).map((c) => [c.by, c.status, c.quote && `“${c.quote}”`].filter(Boolean).join(": ")).join(" | ") || null,
    sources: [...new Set(Object.values(sources).map((s) => [s.publisher ?? s.title, safeLink(s.url)].filter(Boolean).join(" ")))].join(" | ") || null,
    notes: row.notes ?? null,
  } as Row;
  for (const name of COUNTS) result[name] = columns[name][i]! < 0 ? null : columns[name][i]!;
  return result;
}

function placeNames(row: RowText): string | null {
  const names = (row.places ?? []).filter((p) => p.role !== "origin" && p.role !== "speaker").map((p) => p.name ?? p.text ?? "");
  return [...new Set(names.filter(Boolean))].join("; ") || (row.place ?? null);
}

function stamp(minutes: number): string {
  return new Date(minutes * 60_000).toISOString().slice(0, 16);
}

/** A cell of a CSV. Text that a spreadsheet would run as a formula gets an apostrophe in front. */
export function cell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = /^\s*[=+\-@]|^[\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export async function csv(layer: IncidentLayer, incidents: ArrayLike<number>): Promise<Blob> {
  // The mark tells Excel that this is UTF-8.
  const parts = [`\ufeff${FIELDS.join(",")}\r\n`];
  await records(layer, incidents, (row) => parts.push(`${FIELDS.map((name) => cell(row[name])).join(",")}\r\n`));
  return new Blob(parts, { type: "text/csv;charset=utf-8" });
}

/** Longitudes and latitudes of a ring, closed, anticlockwise or the other way. */
function positions(ring: Float64Array, anticlockwise: boolean): number[][] {
  const points: number[][] = [];
  let sum = 0;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    sum += (ring[j]! - ring[i]!) * (ring[j + 1]! + ring[i + 1]!);
    points.push(unproject(ring[i]!, ring[i + 1]!).map((degrees) => Math.round(degrees * 1e5) / 1e5));
  }
  // The projected world counts from north to south.
  if (sum > 0 === anticlockwise) points.reverse();
  points.push(points[0]!);
  return points;
}

/** Where an incident was, as RFC 7946 has it: its points, or the whole of its areas, for a point in them would be invented. */
function geometryOf(drawing: Drawing, i: number): object | null {
  const points: number[][] = [];
  for (let p = drawing.pointFrom[i]!; p < drawing.pointFrom[i + 1]!; p++) points.push([lonOf(drawing, p), latOf(drawing, p)]);
  // Each area by itself: neighbours share a border, which a MultiPolygon must not.
  const areas = Array.from(drawing.columns.area_shape.subarray(drawing.areaFrom[i]!, drawing.areaFrom[i + 1]!), (s) =>
    one("Polygon", nested(drawing.shapes[s]!.rings).map((polygon) => polygon.map((ring, r) => positions(ring, r === 0)))),
  );
  const parts = [one("Point", points), ...areas].filter(Boolean);
  return parts.length > 1 ? { type: "GeometryCollection", geometries: parts } : (parts[0] ?? null);
}

function one(type: string, coordinates: unknown[]): object | null {
  if (!coordinates.length) return null;
  return coordinates.length > 1 ? { type: `Multi${type}`, coordinates } : { type, coordinates: coordinates[0] };
}

export async function geojson(layer: IncidentLayer, incidents: ArrayLike<number>): Promise<Blob> {
  const parts: string[] = [];
  const { drawing } = layer;
  await records(layer, incidents, ({ lon: _lon, lat: _lat, ...properties }, i) => {
    const from = drawing.pointFrom[i]!;
    const near = from < drawing.pointFrom[i + 1]! && drawing.columns.point_kind[from] === RING;
    const feature = { type: "Feature", id: properties.id, geometry: geometryOf(drawing, i), properties: { ...properties, near } };
    parts.push(`${parts.length ? ",\n" : ""}${JSON.stringify(feature)}`);
  });
  return new Blob(['{"type":"FeatureCollection","features":[\n', ...parts, "\n]}\n"], { type: "application/geo+json" });
}

/** Hands a file to the reader; the address of the blob never leaves the page. */
export function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Copies text; by the old way where the new one is not allowed. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "mapper-hidden";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}
