/** What has changed since an earlier map (`mapper build --since`): a kind for each incident, and the values that differ. */

import { el } from "./dom";
import type { Key, Messages } from "./messages";
import type { Drawing } from "./payload";
import { dayOf, factWords } from "./words";

/** Kinds of change, as `mapper/page/changes.py` has them; the first is none. */
export const KINDS = ["same", "new", "changed", "corrected", "retracted"];

export interface Changes {
  /** Day up to which the earlier map knew of reports, in ISO 8601; empty if it held none. */
  since: string;
  /** Incidents of each kind, by their places in the drawing. */
  kinds: Record<string, number[]>;
  /** Fact, old and new value, for those incidents of which a value differs. */
  values: Record<number, [string, string | null, string | null][]>;
}

/** Gives each incident its kind, a position in `KINDS`. */
export function mark(drawing: Drawing, changes: Changes): void {
  const codes = new Uint8Array(drawing.count);
  KINDS.forEach((kind, code) => changes.kinds[kind]?.forEach((i) => (codes[i] = code)));
  drawing.change = codes;
}

/** The notice in a card, which can be quoted as it stands; null where nothing has changed. */
export function notice(drawing: Drawing, changes: Changes | undefined, incident: number, types: { id: string; label: string }[], m: Messages): HTMLElement | null {
  const kind = drawing.change?.[incident];
  if (!changes || !kind) return null;
  const date = changes.since ? dayOf(changes.since, m) : "–";
  const items = (changes.values[incident] ?? []).map(([fact, old, now]) =>
    el("li", {}, `${m.maybe(`fix_${fact}`) ?? m.t(fact as Key)}: ${factWords(fact, old, types, m)} → ${factWords(fact, now, types, m)}`),
  );
  return el("div", { class: "mapper-change" }, el("strong", {}, `${m.t(`change_${KINDS[kind]}` as Key)} ${m.t("since", { date })}`), el("ul", {}, ...items));
}
