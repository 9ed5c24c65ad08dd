/** Sums over the incidents that are shown, each counted once. */

import type { Messages } from "./messages";
import { type Count, type Drawing, type Kind, PROJECTILES } from "./payload";
import { rangeWords } from "./words";

export interface Sum {
  low: number;
  best: number;
  high: number;
  /** Whether some incident says "at least" and no more. */
  open: boolean;
  known: number;
  unknown: number;
}

/** Null where no incident of the whole map gives the number. */
export interface Totals {
  killed: Sum | null;
  injured: Sum | null;
  launched: number | null;
  intercepted: number | null;
  hit: number | null;
  lost: number | null;
  children_killed: number | null;
  children_injured: number | null;
}

/** Sums what is on the map and shown: `fails` is 0 for those. */
export function totals(drawing: Drawing, fails: Uint8Array): Totals {
  const { columns, gives, placed } = drawing;
  const retracted = drawing.statuses.indexOf("retracted");
  const { status } = columns;
  const counts = (i: number) => fails[i] === 0 && status[i] !== retracted;
  const sum = (kind: Kind): Sum | null => {
    if (!gives[`${kind}_low`] && !gives[`${kind}_best`] && !gives[`${kind}_high`]) return null;
    const result: Sum = { low: 0, best: 0, high: 0, open: false, known: 0, unknown: 0 };
    const [lows, bests, highs] = [columns[`${kind}_low`], columns[`${kind}_best`], columns[`${kind}_high`]];
    for (let i = 0; i < placed; i++) {
      if (!counts(i)) continue;
      const [low, best, high] = [lows[i]!, bests[i]!, highs[i]!];
      const least = low >= 0 ? low : best >= 0 ? best : high >= 0 ? 0 : -1;
      if (least < 0) {
        result.unknown++;
        continue;
      }
      result.known++;
      result.low += least;
      result.best += best >= 0 ? best : least;
      result.high += high >= 0 ? high : best >= 0 ? best : least;
      // "At least 2" has no upper end; a best figure alone, or a zero, is taken as it stands.
      if (low >= 0 && high < 0 && !(low === 0 && best < 0)) result.open = true;
    }
    return result;
  };
  const plain = (name: Count): number | null => {
    if (!gives[name]) return null;
    const column = columns[name];
    let result = -1;
    for (let i = 0; i < placed; i++) if (column[i]! >= 0 && counts(i)) result = Math.max(result, 0) + column[i]!;
    return result < 0 ? null : result;
  };
  const plains = [...PROJECTILES, "children_killed", "children_injured"] as const;
  return { killed: sum("killed"), injured: sum("injured"), ...Object.fromEntries(plains.map((name) => [name, plain(name)])) } as unknown as Totals;
}

/** A sum as words: null where no incident gives a figure. */
export function sumWords(sum: Sum | null, m: Messages): string | null {
  if (!sum?.known) return null;
  // Zero is not unknown, and what is not known is not zero.
  if (sum.unknown && !sum.high) return m.t("noneIn", { n: sum.known, all: sum.known + sum.unknown });
  // Without the sum of best figures: it would sound surer than its parts are.
  return rangeWords({ low: sum.low, best: null, high: sum.open ? null : sum.high }, m);
}
