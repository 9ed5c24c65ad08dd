/** The incidents that are not on the map, as buttons, each with the reason and who says it. */

import { button, el } from "./dom";
import type { IncidentLayer } from "./layers/incidents";
import type { Key } from "./messages";
import { claimFigures, symbol } from "./popup";
import { dateAt, placeNamesWords, reasonWords, titleWords } from "./words";

/** Rows shown at once; more on demand. */
const STEP = 200;

export class List {
  readonly element = el("div", { class: "mapper-list" });
  #shown = STEP;
  #rows: number[] = [];
  #turn = 0;

  constructor(
    private readonly layer: IncidentLayer,
    private readonly onPick: (incident: number) => void,
  ) {}

  show(rows: number[]): Promise<void> {
    this.#rows = rows;
    this.#shown = STEP;
    return this.#draw();
  }

  async #draw(): Promise<void> {
    const turn = ++this.#turn;
    const m = this.layer.words;
    if (!this.#rows.length) {
      this.element.replaceChildren(el("p", { class: "mapper-empty" }, m.t("empty")));
      return;
    }
    const items = await Promise.all(this.#rows.slice(0, this.#shown).map((row) => this.#item(row)));
    if (turn !== this.#turn) return;
    this.element.replaceChildren(el("ol", {}, ...items));
    const rest = this.#rows.length - this.#shown;
    if (rest > 0) {
      this.element.append(
        button(m.t("more", { n: Math.min(rest, STEP) }), "mapper-more", () => {
          this.#shown += STEP;
          void this.#draw();
        }),
      );
    }
  }

  async #item(incident: number): Promise<HTMLLIElement> {
    const { drawing, settings, words: m } = this.layer;
    const type = settings.types[drawing.columns.type[incident]!];
    const entry = button("", "mapper-entry", () => this.onPick(incident));
    entry.dataset["incident"] = String(incident);
    let quotes: HTMLElement | null = null;
    try {
      const { row } = await this.layer.text.get(incident);
      const place = placeNamesWords(row, m);
      const lines = [
        el("span", { class: "mapper-entry-title" }, titleWords(row, type?.label ?? "", m)),
        el("span", { class: "mapper-entry-line" }, [type?.label, dateAt(drawing, incident, m), place].filter(Boolean).join(" · ")),
      ];
      const claims = (row.claims ?? []).map((c) =>
        el("p", {}, el("strong", {}, c.by ?? m.t("unnamed")), ` — ${m.t(`c_${c.status ?? "claimed"}` as Key)}`, ...claimFigures(c, m).map((f) => ` · ${f}`), c.quote ? el("q", {}, c.quote) : null),
      );
      if (claims.length) quotes = el("div", { class: "mapper-entry-quote" }, ...claims);
      lines.push(el("span", { class: "mapper-entry-reason" }, row.reason ? reasonWords(row.reason, m) : m.t("notStated")));
      entry.append(symbol(type), el("span", { class: "mapper-entry-words" }, ...lines));
    } catch {
      entry.append(symbol(type), el("span", { class: "mapper-entry-words" }, m.t("broken")));
    }
    return el("li", {}, entry, quotes);
  }
}
