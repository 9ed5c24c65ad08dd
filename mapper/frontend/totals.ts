/** Sums over the incidents that are shown, each counted once. */

import type { Messages } from "./messages";
import type { Drawing } from "./payload";
import { rangeAt, rangeWords } from "./words";

export interface Sum {
  low: number;
  best: number;
  high: number;
  /** Whether some incident says "at least" and no more. */
  open: boolean;
  known: number;
  unknown: number;
}

export interface Totals {
  incidents: number;
  killed: Sum;
  injured: Sum;
  launched: number | null;
  intercepted: number | null;
  hit: number | null;
}

const nothing = (): Sum => ({ low: 0, best: 0, high: 0, open: false, known: 0, unknown: 0 });

export function totals(drawing: Drawing, shown: (incident: number) => boolean): Totals {
  const result: Totals = {
    incidents: 0,
    killed: nothing(),
    injured: nothing(),
    launched: null,
    intercepted: null,
    hit: null,
  };
  const retracted = drawing.statuses.indexOf("retracted");
  for (let i = 0; i < drawing.placed; i++) {
    if (!shown(i)) continue;
    result.incidents++;
    if (drawing.columns.status[i] === retracted) continue;
    for (const kind of ["killed", "injured"] as const) {
      const { low, best, high } = rangeAt(drawing.columns, kind, i);
      const sum = result[kind];
      const least = low ?? best ?? (high === null ? null : 0);
      if (least === null) {
        sum.unknown++;
        continue;
      }
      sum.known++;
      sum.low += least;
      sum.best += best ?? least;
      sum.high += high ?? best ?? least;
      // "At least 2" has no upper end; a best figure alone, or a zero, is taken as it stands.
      if (low !== null && high === null && !(low === 0 && best === null)) sum.open = true;
    }
    for (const kind of ["launched", "intercepted", "hit"] as const) {
      const value = drawing.columns[kind][i]!;
      if (value >= 0) result[kind] = (result[kind] ?? 0) + value;
    }
  }
  return result;
}

/** A sum as words: null where no incident gives a figure. */
export function sumWords(sum: Sum, m: Messages): string | null {
  if (!sum.known) return null;
  // Without the sum of best figures: it would sound surer than its parts are.
  return rangeWords({ low: sum.low, best: null, high: sum.open ? null : sum.high }, m);
}
