/** Days that incidents touch, and the steps of the timeline. Days are counted from 1 January 1970 by the wall clock. */

import type { Column } from "./container";
import { type Drawing, NO_DAY } from "./payload";

export const STEPS = ["day", "week", "month"] as const;
export type Step = (typeof STEPS)[number];

export interface Days {
  /** First and last day that each incident touches; `NO_DAY` where its date is not known. */
  first: Column;
  last: Column;
  min: number;
  max: number;
  /** How many have no date. */
  undated: number;
}

/** The same rules as `dateWords`: a night given by its evening ends on the next morning, a month on its last day. */
export function daysOf({ columns, count, datePrecisions }: Drawing): Days {
  const { start_day, start_minute, lasting, date_precision } = columns;
  // Most maps have neither intervals nor undated incidents: the day it began is then all there is.
  let first = start_day;
  let last = start_day;
  const code = (word: string) => datePrecisions.indexOf(word);
  const [night, week, month, year, unknown] = [code("night"), code("week"), code("month"), code("year"), code("unknown")];
  let [min, max, undated] = [Infinity, -Infinity, 0];
  for (let i = 0; i < count; i++) {
    const day = start_day[i]!;
    const precision = date_precision[i]!;
    if (day === NO_DAY || precision === unknown) {
      if (day !== NO_DAY) {
        if (first === start_day) first = new Int32Array(start_day);
        if (last === start_day) last = new Int32Array(start_day);
        first[i] = last[i] = NO_DAY;
      }
      undated++;
      continue;
    }
    let end = lasting[i]! > 0 ? day + Math.floor((start_minute[i]! + lasting[i]!) / 1440) : day;
    if (precision === night && end === day) end = day + 1;
    else if (precision === week && end === day) end = day + 6;
    else if (precision === month) end = Math.max(end, nextMonth(day) - 1);
    else if (precision === year) end = Math.max(end, dayOf(yearOf(day) + 1, 0) - 1);
    if (end !== day) {
      if (last === start_day) last = new Int32Array(start_day);
      last[i] = end;
    }
    if (day < min) min = day;
    if (end > max) max = end;
  }
  return { first, last, min, max, undated };
}

export function dayOf(year: number, month: number): number {
  return Math.floor(Date.UTC(year, month, 1) / 86_400_000);
}

function yearOf(day: number): number {
  return new Date(day * 86_400_000).getUTCFullYear();
}

function nextMonth(day: number): number {
  const date = new Date(day * 86_400_000);
  return dayOf(date.getUTCFullYear(), date.getUTCMonth() + 1);
}

/** First days of the bins that cover a span, and the day after the last bin. Weeks begin on Monday. */
export function binsOf(min: number, max: number, step: Step): Int32Array {
  const starts: number[] = [];
  // 1 January 1970 was a Thursday.
  let day = step === "week" ? min - ((((min + 3) % 7) + 7) % 7) : min;
  if (step === "month") {
    const date = new Date(min * 86_400_000);
    day = dayOf(date.getUTCFullYear(), date.getUTCMonth());
  }
  for (; day <= max; day = step === "day" ? day + 1 : step === "week" ? day + 7 : nextMonth(day)) starts.push(day);
  starts.push(day);
  return Int32Array.from(starts);
}

/** The bin that each day from the first bin's on falls into. */
export function binOfDay(bins: Int32Array): Uint32Array {
  const [from, to] = [bins[0]!, bins[bins.length - 1]!];
  const result = new Uint32Array(to - from);
  for (let b = 0; b + 1 < bins.length; b++) result.fill(b, bins[b]! - from, bins[b + 1]! - from);
  return result;
}

/** The finest step whose bins are not too many to be seen apart. */
export function fittingStep(min: number, max: number, most: number): Step {
  const days = max - min + 1;
  return days <= most ? "day" : days <= most * 7 ? "week" : "month";
}

/**
 * Counts incidents by bin, type and whether they touch several days: in each bin that they touch, so that the bars are not
 * a sum of incidents; or, cumulative, once each, from the first bin on. `result[(bin * types + type) * 2 + several]`;
 * `fails` is 0 for what is counted, under `mask`.
 */
export function histogram(
  days: Days,
  bins: Int32Array,
  types: ArrayLike<number>,
  typeCount: number,
  { fails, mask }: { fails: Uint8Array; mask: number },
  cumulative = false,
): Uint32Array {
  const n = bins.length - 1;
  const slots = typeCount * 2;
  const result = new Int32Array((n + 1) * slots);
  const [lookup, from] = [binOfDay(bins), bins[0]!];
  const { first, last } = days;
  for (let i = 0; i < first.length; i++) {
    const day = first[i]!;
    if (day === NO_DAY || (fails[i]! & mask) !== 0) continue;
    const end = last[i]!;
    const slot = types[i]! * 2 + (end > day ? 1 : 0);
    result[lookup[day - from]! * slots + slot]!++;
    if (!cumulative) result[(lookup[end - from]! + 1) * slots + slot]!--;
  }
  for (let k = slots; k < n * slots; k++) result[k]! += result[k - slots]!;
  return new Uint32Array(result.buffer, 0, n * slots);
}
