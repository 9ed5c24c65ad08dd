/** The page on paper: map, what is shown of each type, the list, and the sources. */

import { el } from "./dom";
import type { IncidentLayer } from "./layers/incidents";
import { safeLink } from "./links";
import type { Key, Messages } from "./messages";
import { newestFirst } from "./payload";
import { symbol } from "./popup";
import { type Words, safely } from "./text";
import { BRIEF, dateAt, placeNamesWords, rangeAt, rangeWords, reasonWords, titleWords } from "./words";

/** Rows that go on paper at most. */
export const MOST = 2000;

/** The texts of what would be printed, where not all texts may stay open. */
const texts = new Map<number, Words>();

/** Reads the texts of what would be printed: printing itself cannot wait. */
export async function prepare({ drawing, filters, text }: IncidentLayer): Promise<void> {
  texts.clear();
  if (text.fits) {
    for (let block = 0; block < text.blocks; block++) await text.block(block).catch(() => undefined);
    return;
  }
  // In the order of the blocks, so that each is opened once.
  for (const i of newestFirst(drawing, filters.shown()).slice(0, MOST).sort((a, b) => a - b)) {
    await text.get(i).then((words) => texts.set(i, words), () => undefined);
  }
}

/** What is shown of each type, as a line that needs no controls. */
export function key({ words: m, filters, settings }: IncidentLayer): HTMLElement {
  const counts = filters.counts("type");
  const types = settings.types.map((type, t) => ({ type, placed: counts.placed[t]!, off: counts.unplaced[t]! }));
  return el(
    "ul",
    { class: "mapper-paper-legend" },
    ...types
      .filter(({ type, placed, off }) => placed + off && filters.isOn("type", settings.types.indexOf(type)))
      .map(({ type, placed, off }) =>
        el("li", {}, symbol(type), `${type.label} ${m.number(placed)}`, off ? ` (+${m.t("unplacedMark", { n: off })})` : ""),
      ),
  );
}

export function paper(layer: IncidentLayer, attributions: string[]): HTMLElement {
  const { words: m, filters, drawing } = layer;
  const rows = newestFirst(drawing, filters.shown());
  const shown = rows.slice(0, MOST);
  const sources = new Map<string, HTMLElement>();
  const words = shown.map((i) => texts.get(i) ?? safely(() => layer.text.peek(i)));
  const body = el("tbody", {}, ...shown.map((i, at) => row(layer, i, words[at], sources, m)));
  const head = (["type", "date", "title", "place", "killed", "injured"] as const).map((name) => el("th", { scope: "col" }, m.t(`col_${name}`)));
  return el(
    "div",
    { class: "mapper-paper" },
    key(layer),
    // As they stand beside and below the map.
    ...[...document.querySelectorAll(`${filters.period ? "" : ".mapper-period, "}.mapper-limits, .mapper-totals`)].map((said) => said.cloneNode(true)),
    el("h2", {}, `${m.t("list")} (${m.number(rows.length)})`),
    rows.length > MOST ? el("p", {}, m.t("paperFirst", { n: MOST })) : null,
    words.includes(undefined) && el("p", {}, m.t("paperUnread", { share: m.t("share"), print: m.t("print") })),
    el("table", {}, el("thead", {}, el("tr", {}, ...head)), body),
    el("h2", {}, m.t("noscriptSources")),
    el("ul", {}, ...sources.values(), ...attributions.map((line) => el("li", {}, line))),
    el("p", {}, m.t("aboutBordersText")),
  );
}

function row(layer: IncidentLayer, i: number, words: Words | undefined, sources: Map<string, HTMLElement>, m: Messages): HTMLElement {
  const { drawing, settings } = layer;
  const type = settings.types[drawing.columns.type[i]!];
  for (const source of Object.values(words?.sources ?? {})) {
    const label = [source.publisher, source.title, safeLink(source.url)].filter(Boolean).join(", ");
    if (label && !sources.has(label)) sources.set(label, el("li", {}, label));
  }
  const said = new Set(words?.row.claims?.map((claim) => [claim.by, words.sources[claim.source ?? ""]?.publisher].filter(Boolean).join(", ")));
  const reason = i >= drawing.placed && words?.row.reason ? ` (${m.t("notPlaced")}: ${reasonWords(words.row.reason, m)})` : "";
  return el(
    "tr",
    {},
    el("td", {}, symbol(type), ` ${type?.label ?? ""}`),
    el("td", {}, dateAt(drawing, i, m, "", BRIEF)),
    el(
      "td",
      {},
      words ? titleWords(words.row, type?.label ?? "", m) : "…",
      el("small", {}, [m.t(`f_${drawing.statuses[drawing.columns.status[i]!]}` as Key), ...said].filter(Boolean).join("; ")),
    ),
    el("td", {}, (words ? placeNamesWords(words.row, m) : "") + reason),
    el("td", {}, rangeWords(rangeAt(drawing.columns, "killed", i), m, "short_") ?? ""),
    el("td", {}, rangeWords(rangeAt(drawing.columns, "injured", i), m, "short_") ?? ""),
  );
}
