/** What is shown, as the hash of the address: view, filters, time, search, open incident. Whatever is read from it is checked. */

import { FACETS, type Facet, type Filters } from "./filters";
import { LANGUAGES } from "./messages";
import { type Order, readOrder, writeOrder } from "./sorting";
import type { Choice } from "./theme";
import { STEPS, type Step } from "./time";

export interface State {
  view?: { zoom: number; lat: number; lon: number };
  /** Words that are switched off; "" is "not given". */
  off?: Partial<Record<Facet, string[]>>;
  period?: { from: number; to: number };
  undated?: boolean;
  /** Whether what was retracted is shown. */
  retracted?: boolean;
  /** Whether only what is in view counts. */
  inView?: boolean;
  step?: Step;
  cumulative?: boolean;
  query?: string;
  /** Of the list, where it is not the newest first. */
  order?: Order;
  incident?: { id: string; row: number };
  lang?: string;
  theme?: Choice;
  /** The page as a picture, without controls: what `mapper snapshot` takes; never written. */
  card?: boolean;
}

const LONGEST_QUERY = 200;

export function writeHash(state: State): string {
  const parts: [string, string][] = [];
  const { view, period, incident } = state;
  if (view) parts.push(["v", `${round(view.zoom, 2)}/${round(view.lat, 5)}/${round(view.lon, 5)}`]);
  for (const facet of FACETS) {
    const off = state.off?.[facet];
    if (off?.length) parts.push([`no-${facet}`, off.map((word) => encodeURIComponent(word)).join(",")]);
  }
  if (period) parts.push(["t", `${isoDay(period.from)}..${isoDay(period.to)}`]);
  if (state.undated) parts.push(["undated", "1"]);
  if (state.retracted) parts.push(["retracted", "1"]);
  if (state.inView) parts.push(["in-view", "1"]);
  if (state.step) parts.push(["step", state.step]);
  if (state.cumulative) parts.push(["sum", "1"]);
  if (state.query) parts.push(["q", encodeURIComponent(state.query)]);
  if (state.order) parts.push(["sort", writeOrder(state.order)]);
  if (incident) parts.push(["i", `${encodeURIComponent(incident.id)}@${incident.row}`]);
  if (state.lang) parts.push(["lang", state.lang]);
  if (state.theme) parts.push(["theme", state.theme]);
  return parts.length ? `#${parts.map(([key, value]) => `${key}=${value}`).join("&")}` : "";
}

/** Reads a hash; what is not as it should be is left out. */
export function readHash(hash: string): State {
  const given = new Map<string, string>();
  for (const part of hash.replace(/^#/, "").split("&")) {
    const at = part.indexOf("=");
    if (at > 0) given.set(part.slice(0, at), part.slice(at + 1));
  }
  const state: State = {};
  const view = /^(\d{1,2}(?:\.\d{1,4})?)\/(-?\d{1,2}(?:\.\d{1,8})?)\/(-?\d{1,3}(?:\.\d{1,8})?)$/.exec(given.get("v") ?? "");
  if (view) {
    const [zoom, lat, lon] = [Number(view[1]), Number(view[2]), Number(view[3])];
    if (zoom <= 20 && Math.abs(lat) <= 85 && Math.abs(lon) <= 180) state.view = { zoom, lat, lon };
  }
  for (const facet of FACETS) {
    const words = given.get(`no-${facet}`)?.split(",").map(decoded);
    if (words && words.every((word) => word !== null)) (state.off ??= {})[facet] = words;
  }
  const period = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/.exec(given.get("t") ?? "");
  if (period) {
    const [from, to] = [dayOfIso(period[1]!), dayOfIso(period[2]!)];
    if (from !== null && to !== null && from <= to) state.period = { from, to };
  }
  if (given.get("card") === "1") state.card = true;
  if (given.get("undated") === "1") state.undated = true;
  if (given.get("retracted") === "1") state.retracted = true;
  if (given.get("in-view") === "1") state.inView = true;
  if (given.get("sum") === "1") state.cumulative = true;
  const step = STEPS.find((s) => s === given.get("step"));
  if (step) state.step = step;
  const query = decoded(given.get("q") ?? "");
  if (query) state.query = query.slice(0, LONGEST_QUERY);
  const order = readOrder(given.get("sort") ?? "");
  if (order) state.order = order;
  const incident = /^([^@]{1,400})@(\d{1,9})$/.exec(given.get("i") ?? "");
  const id = incident && decoded(incident[1]!);
  if (id) state.incident = { id, row: Number(incident[2]) };
  const lang = given.get("lang");
  if (lang && Object.hasOwn(LANGUAGES, lang)) state.lang = lang;
  const theme = given.get("theme");
  if (theme === "light" || theme === "dark") state.theme = theme;
  return state;
}

/** The part of the state that the filters hold. */
export function filterState(filters: Filters): State {
  const state: State = {};
  for (const facet of FACETS) {
    const { words, off } = filters.facets[facet];
    const list: string[] = [];
    off.forEach((value, i) => value && (facet !== "status" || i !== filters.onRequest) && list.push(words[i] ?? ""));
    if (list.length) (state.off ??= {})[facet] = list;
  }
  if (filters.retracted) state.retracted = true;
  if (filters.period) state.period = filters.period;
  if (filters.period && filters.undated) state.undated = true;
  return state;
}

/** Puts the filters as a state says; words that this map does not have are passed over. */
export function applyFilters(filters: Filters, state: State): void {
  filters.reset();
  for (const facet of FACETS) {
    const { words } = filters.facets[facet];
    const off = (state.off?.[facet] ?? []).map((word) => (word === "" ? words.length : words.indexOf(word)));
    if (off.length) filters.set(facet, off, false);
  }
  if (state.retracted) filters.set("status", [filters.onRequest], true);
  if (state.period) filters.setPeriod(state.period, state.undated ?? false);
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function round(value: number, digits: number): string {
  return String(Math.round(value * 10 ** digits) / 10 ** digits);
}

function isoDay(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

function dayOfIso(text: string): number | null {
  const time = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) return null;
  return Math.round(time / 86_400_000);
}
