/**
 * What is shown: filters that cross. Each incident has one byte that says which filters it fails, so that a filter that
 * changes is one pass over one column, and counting what each value of each filter would show is one pass over all.
 */

import type { Column } from "./container";
import { KINDS } from "./changes";
import { type Drawing, NO_DAY, NONE } from "./payload";
import { type Days, daysOf } from "./time";

export const FACETS = ["type", "status", "precision", "country", "publisher", "change"] as const;
export type Facet = (typeof FACETS)[number];

const TIME = 1 << 6;
/** Moves the sign of a number to the bit of time. */
const SIGN = 31 - 6;
/** What is searched for and what is in view share a bit. */
const MASKS = 1 << 7;
const ALL = 0xff;

/** Values of a facet: positions in its words; one more, the last, for incidents where it is not given. */
interface Values {
  words: string[];
  /** Code of each incident, and the values that a code stands for. */
  codes: Column;
  sets: number[][];
  off: Uint8Array;
}

/** For each value of a filter: how many would be shown on the map, and how many that are not on the map. */
export interface Counts {
  placed: Uint32Array;
  unplaced: Uint32Array;
}

/** What a view counts that tells types apart itself. */
export interface Shown {
  /** Of each incident, the filters that it fails: of these only those in the mask concern the view. */
  fails: Uint8Array;
  mask: number;
  /** Changes whenever one of the filters in the mask does. */
  version: number;
  /** The only incidents that any of these filters judges otherwise than a version before; null where it may be any. */
  moved: Uint32Array | null;
  /** 1 for each type that is switched off. */
  off: Uint8Array;
}

export interface Period {
  /** First and last day, both shown. */
  from: number;
  to: number;
}

export class Filters {
  readonly fails: Uint8Array;
  readonly facets: Record<Facet, Values>;
  /** The status that is off until somebody asks for it, if any incident has it; else -1. */
  readonly onRequest: number;
  period: Period | null = null;
  /** Whether incidents without a date are shown while a period is chosen. */
  undated = false;
  /** How often each filter has changed, by the position of its bit. */
  readonly #changes = new Uint32Array(8);
  readonly #listeners = new Set<() => void>();
  readonly #counted = new Map<Facet, { version: number; counts: Counts }>();
  #known: Days | null = null;
  /** Room for all, made when a period is first chosen; and what the last change has let in or out, if that was a period. */
  #room: Uint32Array | null = null;
  #moved: Uint32Array | null = null;

  constructor(readonly drawing: Drawing) {
    this.fails = new Uint8Array(drawing.count);
    const { columns } = drawing;
    this.facets = {
      type: plain(drawing.types, columns.type),
      status: plain(drawing.statuses, columns.status),
      precision: plain(drawing.precisions, columns.precision),
      country: grouped(drawing.countries, () => columns.country, drawing.countrySets),
      publisher: grouped(drawing.publishers, () => columns.publisher, drawing.publisherSets),
      change: grouped(KINDS, () => drawing.change ?? new Uint8Array(drawing.count), KINDS.map((_, kind) => [kind])),
    };
    const retracted = drawing.statuses.indexOf("retracted");
    this.onRequest = retracted >= 0 && columns.status.includes(retracted) ? retracted : -1;
    this.#hide();
  }

  /** Switches off what is shown on request only. */
  #hide(): void {
    if (this.onRequest < 0) return;
    this.facets.status.off[this.onRequest] = 1;
    this.#apply("status");
  }

  /** Whether what was retracted is shown, which it is on request only. */
  get retracted(): boolean {
    return this.onRequest >= 0 && this.isOn("status", this.onRequest);
  }

  get days(): Days {
    this.#known ??= daysOf(this.drawing);
    return this.#known;
  }

  passes(incident: number): boolean {
    return this.fails[incident] === 0;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  isOn(facet: Facet, value: number): boolean {
    return this.facets[facet].off[value] === 0;
  }

  /** Whether any value of a facet is not as it is at first: on, or on request only. */
  isFiltered(facet: Facet): boolean {
    const asked = facet === "status" ? this.onRequest : -1;
    return this.facets[facet].off.some((off, value) => off !== Number(value === asked));
  }

  get isAnyFiltered(): boolean {
    return this.period !== null || this.query !== "" || this.viewing || FACETS.some((f) => this.isFiltered(f));
  }

  /** What is searched for. */
  query = "";
  viewing = false;
  #masks: [search: Uint8Array | null, view: Uint8Array | null] = [null, null];

  set(facet: Facet, values: Iterable<number>, on: boolean): void {
    const { off } = this.facets[facet];
    for (const value of values) if (value >= 0 && value < off.length) off[value] = on ? 0 : 1;
    this.#apply(facet);
    this.#changed(bitOf(facet));
  }

  setPeriod(period: Period | null, undated = this.undated): void {
    this.period = period;
    this.undated = undated;
    const { first, last, min, max, undated: some } = this.days;
    const { from, to } = period ?? { from: min, to: max };
    const { fails } = this;
    this.#room ??= new Uint32Array(fails.length);
    // Most maps have neither intervals nor undated incidents.
    const n = first === last && !some ? on(fails, first, from, to, this.#room) : during(fails, first, last, from, to, undated || !period, this.#room);
    this.#changed(TIME, this.#room.subarray(0, n));
  }

  /** Shows only incidents whose byte in the mask is not 0, which a query has found; null shows all. */
  setSearch(mask: Uint8Array | null, query = ""): void {
    this.query = query;
    this.#mask(mask, this.#masks[1]);
  }

  setView(mask: Uint8Array | null): void {
    this.viewing = mask !== null;
    this.#mask(this.#masks[0], mask);
  }

  /** Puts everything back to what is shown at first. */
  reset(): void {
    for (const facet of FACETS) this.facets[facet].off.fill(0);
    this.period = null;
    this.query = "";
    this.viewing = false;
    this.#masks = [null, null];
    this.fails.fill(0);
    this.#hide();
    this.#changed(ALL);
  }

  #mask(search: Uint8Array | null, view: Uint8Array | null): void {
    const { fails } = this;
    this.#masks = [search, view];
    for (let i = 0; i < fails.length; i++) {
      fails[i] = (!search || search[i]) && (!view || view[i]) ? fails[i]! & ~MASKS : fails[i]! | MASKS;
    }
    this.#changed(MASKS);
  }

  #apply(facet: Facet): void {
    const { codes, sets, off } = this.facets[facet];
    const bit = bitOf(facet);
    const failing = Uint8Array.from(sets, (values) => (values.every((v) => off[v]) ? bit : 0));
    mark(this.fails, ~bit, codes, failing);
  }

  #changed(bits: number, moved: Uint32Array | null = null): void {
    this.#moved = moved;
    for (let bit = 0; bit < 8; bit++) if (bits & (1 << bit)) this.#changes[bit]!++;
    for (const listener of this.#listeners) listener();
  }

  /** Changes whenever one of the filters of a mask does. */
  #versionOf(mask: number): number {
    return this.#changes.reduce((sum, times, bit) => (mask & (1 << bit) ? sum + times : sum), 0);
  }

  /** Changes whenever anything does. */
  get version(): number {
    return this.#versionOf(ALL);
  }

  /** How many pass all filters. */
  get shownCount(): number {
    return this.shownPlaced + this.#sumOn("unplaced");
  }

  get shownPlaced(): number {
    return this.#sumOn("placed");
  }

  /** Each incident has one type: so there are as many as there are of the types that are on. */
  #sumOn(part: keyof Counts): number {
    return this.counts("type")[part].reduce((sum, n, type) => (this.isOn("type", type) ? sum + n : sum), 0);
  }

  /** How many without a date pass all filters but that of time. */
  get undatedCount(): number {
    const { first, undated } = this.days;
    let n = 0;
    if (undated) for (let i = 0; i < first.length; i++) if (first[i] === NO_DAY && (this.fails[i]! & ~TIME) === 0) n++;
    return n;
  }

  /** What each value of a filter would show, with all other filters as they are. */
  counts(facet: Facet): Counts {
    const others = ALL & ~bitOf(facet);
    const version = this.#versionOf(others);
    const known = this.#counted.get(facet);
    if (known?.version === version) return known.counts;
    const { codes, sets, off } = this.facets[facet];
    const { placed, count } = this.drawing;
    const moved = known?.version === version - 1 ? this.#moved : null;
    const values = (part: keyof Counts, from: number, to: number) => {
      const result = moved ? known!.counts[part].slice() : new Uint32Array(off.length);
      const tally = new Int32Array(sets.length);
      if (moved) recount(tally, this.fails, others, codes, moved, from, to);
      else tell(tally, this.fails, others, codes, from, to);
      sets.forEach((set, code) => {
        for (const v of set) result[v]! += tally[code]!;
      });
      return result;
    };
    const counts = { placed: values("placed", 0, placed), unplaced: values("unplaced", placed, count) };
    this.#counted.set(facet, { version, counts });
    return counts;
  }

  /** What the timeline counts, for which the time says nothing. */
  get forTimeline(): Shown {
    return this.#shownBut(TIME);
  }

  get forMap(): Shown {
    return this.#shownBut(0);
  }

  #shownBut(bits: number): Shown {
    const mask = ALL & ~bits & ~bitOf("type");
    return { fails: this.fails, mask, version: this.#versionOf(mask), moved: this.#moved, off: this.facets.type.off };
  }

  /** All incidents that are shown, in the order of the drawing. */
  shown(): Uint32Array {
    const result = new Uint32Array(this.shownCount);
    let n = 0;
    for (let i = 0; i < this.fails.length; i++) if (this.fails[i] === 0) result[n++] = i;
    return result;
  }
}

function bitOf(facet: Facet): number {
  return 1 << FACETS.indexOf(facet);
}

// Loops over all incidents: each a function of its own, for the browser to make fast, and without branches, which a processor
// could not foresee.

function mark(fails: Uint8Array, keep: number, codes: Column, failing: Uint8Array): void {
  for (let i = 0; i < fails.length; i++) fails[i] = (fails[i]! & keep) | failing[codes[i]!]!;
}

// Those of time list in `moved` what comes in or goes out, and give how many that are. The days are whole numbers of few
// digits, so that a difference below zero is a sign bit. At a step of a brush little changes: then a branch is foreseen.

function on(fails: Uint8Array, days: Column, from: number, to: number, moved: Uint32Array): number {
  let n = 0;
  for (let i = 0; i < fails.length; i++) {
    const day = days[i]!;
    if (!((fails[i]! ^ (((to - day) | (day - from)) >>> SIGN)) & TIME)) continue;
    fails[i]! ^= TIME;
    moved[n++] = i;
  }
  return n;
}

function during(fails: Uint8Array, first: Column, last: Column, from: number, to: number, undated: boolean, moved: Uint32Array): number {
  const kept = undated ? NO_DAY : NO_DAY - 1;
  let n = 0;
  for (let i = 0; i < fails.length; i++) {
    const day = first[i]!;
    if (!((fails[i]! ^ ((((to - day) | (last[i]! - from)) >>> SIGN) * Number(day !== kept))) & TIME)) continue;
    fails[i]! ^= TIME;
    moved[n++] = i;
  }
  return n;
}

/** Counts by code what passes. */
function tell(tally: Int32Array, fails: Uint8Array, mask: number, codes: Column, from: number, to: number): void {
  for (let i = from; i < to; i++) tally[codes[i]!]! += ((fails[i]! & mask) - 1) >>> 31;
}

/** By how much that is another since the time let some in or out. */
function recount(tally: Int32Array, fails: Uint8Array, mask: number, codes: Column, moved: Uint32Array, from: number, to: number): void {
  for (let k = 0; k < moved.length; k++) {
    const i = moved[k]!;
    const bits = fails[i]! & mask;
    tally[codes[i]!]! += (Number(bits === 0) - Number(bits === TIME)) * Number(i >= from && i < to);
  }
}

/** A facet with one value an incident; code 255 is "not given", the last value. */
function plain(words: string[], codes: Column): Values {
  const sets: number[][] = Array.from({ length: NONE + 1 }, (_, code) => [Math.min(code, words.length)]);
  return { words, codes, sets, off: new Uint8Array(words.length + 1) };
}

/** A facet with a set of values an incident; its column is opened when it is first needed. */
function grouped(words: string[], codes: () => Column, sets: number[][]): Values {
  return {
    words,
    get codes() {
      return codes();
    },
    sets: sets.map((set) => (set.length ? set : [words.length])),
    off: new Uint8Array(words.length + 1),
  };
}
