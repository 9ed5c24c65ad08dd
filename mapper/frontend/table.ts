/** The list twin of the map: a table that sorts and scrolls through any number of rows, by mouse, keyboard and screen reader. */

import { button, el } from "./dom";
import type { IncidentLayer } from "./layers/incidents";
import type { Key } from "./messages";
import { NONE, UNPLACED, startOf } from "./payload";
import { symbol } from "./popup";
import { NEWEST, type Order, type Sort, asSort, first } from "./sorting";
import { safely } from "./text";
import { BRIEF, dateAt, placeNamesWords, rangeAt, rangeWords, titleWords } from "./words";

const COLUMNS = ["type", "date", "title", "place", "killed", "injured", "status"] as const;
/** Up to this width a row is three lines (as in style.css). */
const NARROW = 860;
/** Browsers cannot scroll further than some 30 million pixels. */
const TALLEST = 8_000_000;
/** Rows drawn beyond the edges. */
const MORE = 4;

export class Table {
  readonly element: HTMLElement;
  readonly #scroller = el("div", { class: "mapper-table-scroll", role: "rowgroup" });
  readonly #sizer = el("div", { class: "mapper-table-size", role: "presentation" });
  readonly #head: HTMLElement;
  readonly #drawn = new Map<number, HTMLElement>();
  #rows: Uint32Array = new Uint32Array(0);
  #active = 0;
  #selected = -1;
  #frame = 0;
  #stale = true;
  #wanted: { filters: number; order: Order | null } = { filters: -1, order: null };
  readonly #observer: ResizeObserver;

  constructor(
    private readonly layer: IncidentLayer,
    private readonly onPick: (incident: number) => void,
    private readonly onSort: () => void,
    public order: Order = NEWEST,
  ) {
    const m = layer.words;
    this.#head = el("div", { role: "row", class: "mapper-row mapper-row-head", "aria-rowindex": 1 });
    for (const name of COLUMNS) {
      const sort = asSort(name);
      const label = m.t(`col_${name}`);
      const header = el("div", { role: "columnheader", class: `mapper-cell mapper-cell-${name}`, "data-column": name });
      header.append(sort ? button(label, "mapper-sort", () => this.#sortBy(sort)) : label);
      this.#head.append(header);
    }
    this.#scroller.append(this.#sizer);
    this.element = el(
      "div",
      { role: "grid", class: "mapper-table", "aria-label": m.t("listTable"), "aria-colcount": COLUMNS.length, "aria-readonly": "true" },
      el("div", { role: "rowgroup" }, this.#head),
      this.#scroller,
    );
    this.#scroller.addEventListener("scroll", () => this.#schedule(), { passive: true });
    this.#sizer.addEventListener("keydown", (event) => this.#onKey(event));
    this.#observer = new ResizeObserver(() => this.#schedule());
    this.#observer.observe(this.#scroller);
  }

  remove(): void {
    cancelAnimationFrame(this.#frame);
    this.#observer.disconnect();
    this.element.remove();
  }

  get count(): number {
    return this.#rows.length;
  }

  /** Marks the incident that is open, and brings it into view. */
  select(incident: number, show = false): void {
    this.#selected = incident;
    for (const [at, row] of this.#drawn) row.setAttribute("aria-selected", String(this.#rows[at] === incident));
    if (!show || incident < 0) return;
    this.refresh();
    const at = this.#rows.indexOf(incident);
    if (at < 0) return;
    this.#active = at;
    this.#bring(at);
  }

  #sortBy(by: Sort): void {
    this.order = this.order.by === by ? { by, down: !this.order.down } : first(by);
    this.onSort();
    this.#scroller.scrollTop = 0;
    this.#active = 0;
    this.refresh();
  }

  /** Looks again at what is shown; to be called when the filters have changed and the table can be seen. */
  refresh(): void {
    const { order, layer: { filters } } = this;
    if (this.#wanted.filters !== filters.version || this.#wanted.order !== order) {
      this.#wanted = { filters: filters.version, order };
      this.#rows = this.#sorted(filters.shown());
      this.#active = Math.min(this.#active, Math.max(0, this.#rows.length - 1));
    }
    for (const header of this.#head.children) {
      const name = (header as HTMLElement).dataset["column"];
      if (name === order.by) header.setAttribute("aria-sort", order.down ? "descending" : "ascending");
      else header.removeAttribute("aria-sort");
    }
    this.element.setAttribute("aria-rowcount", String(this.#rows.length + 1));
    this.#stale = true;
    this.#draw();
  }

  /** Sorts by numbers alone: the value and, in the lowest digits, the place in the drawing. */
  #sorted(rows: Uint32Array): Uint32Array {
    const { drawing } = this.layer;
    const { columns } = drawing;
    const date = (i: number) => startOf(drawing, i);
    const value: (i: number) => number | null = {
      date,
      type: (i: number) => columns.type[i]!,
      status: (i: number) => columns.status[i]!,
      killed: (i: number) => most(rangeAt(columns, "killed", i)),
      injured: (i: number) => most(rangeAt(columns, "injured", i)),
    }[this.order.by];
    const unknown: number[] = [];
    const keys = new Float64Array(rows.length);
    const sign = this.order.down ? -1 : 1;
    const size = 2 ** Math.ceil(Math.log2(Math.max(2, drawing.count)));
    let n = 0;
    for (const i of rows) {
      const v = value(i);
      if (v === null) unknown.push(i);
      else keys[n++] = sign * v * size + i;
    }
    const sorted = keys.subarray(0, n).sort();
    const result = new Uint32Array(rows.length);
    for (let k = 0; k < n; k++) result[k] = ((sorted[k]! % size) + size) % size;
    result.set(unknown, n);
    return result;
  }

  get #rowHeight(): number {
    return this.element.clientWidth > NARROW ? 42 : 84;
  }

  get #view(): { tall: number; full: number; height: number; top: number } {
    const height = this.#scroller.clientHeight;
    const full = this.#rows.length * this.#rowHeight;
    const tall = Math.min(full, TALLEST);
    const share = tall > height ? this.#scroller.scrollTop / (tall - height) : 0;
    return { tall, full, height, top: tall === full ? this.#scroller.scrollTop : share * (full - height) };
  }

  #schedule(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  #draw(): void {
    if (!this.#scroller.clientHeight) return;
    const { tall, height, top } = this.#view;
    const tallRow = this.#rowHeight;
    this.#sizer.style.height = `${tall}px`;
    const first = Math.max(0, Math.floor(top / tallRow) - MORE);
    const last = Math.min(this.#rows.length - 1, Math.ceil((top + height) / tallRow) + MORE);
    for (const [at, row] of this.#drawn) {
      if (at >= first && at <= last && !this.#stale) continue;
      if (row.contains(document.activeElement) && at >= first && at <= last) this.#fill(row, at);
      else {
        row.remove();
        this.#drawn.delete(at);
      }
    }
    this.#stale = false;
    const waiting = new Set<number>();
    for (let at = first; at <= last; at++) {
      let row = this.#drawn.get(at);
      if (!row) {
        row = el("div", { role: "row", class: "mapper-row", tabindex: -1 });
        row.addEventListener("click", () => this.#pick(at));
        this.#fill(row, at);
        this.#drawn.set(at, row);
        // In the order of the rows, which is what a screen reader goes by.
        const after = [...this.#drawn.keys()].filter((k) => k < at).sort((a, b) => b - a)[0];
        if (after === undefined) this.#sizer.prepend(row);
        else this.#drawn.get(after)!.after(row);
      }
      row.style.transform = `translateY(${Math.round(at * tallRow - top + this.#scroller.scrollTop)}px)`;
      row.tabIndex = -1;
      if (row.dataset["waiting"]) waiting.add(at);
    }
    (this.#drawn.get(this.#active) ?? this.#drawn.get(Math.min(last, first + MORE)) ?? this.#drawn.get(first))?.setAttribute("tabindex", "0");
    for (const at of waiting) {
      void this.layer.text.get(this.#rows[at]!).then(
        () => {
          const row = this.#drawn.get(at);
          if (row?.dataset["waiting"]) this.#fill(row, at);
        },
        () => {
          const row = this.#drawn.get(at);
          if (!row?.dataset["waiting"]) return;
          delete row.dataset["waiting"];
          row.querySelector(".mapper-cell-title")!.textContent = this.layer.words.t("broken");
        },
      );
    }
  }

  #fill(row: HTMLElement, at: number): void {
    const { drawing, settings, words: m, text } = this.layer;
    const { columns } = drawing;
    const i = this.#rows[at]!;
    row.setAttribute("aria-rowindex", String(at + 2));
    row.setAttribute("aria-selected", String(i === this.#selected));
    row.dataset["incident"] = String(i);
    const type = settings.types[columns.type[i]!];
    const words = safely(() => text.peek(i));
    if (words) delete row.dataset["waiting"];
    else row.dataset["waiting"] = "1";
    const cell = (name: string, ...content: (Node | string)[]) => el("div", { role: "gridcell", class: `mapper-cell mapper-cell-${name}` }, ...content);
    const figure = (kind: "killed" | "injured") => {
      const range = rangeAt(columns, kind, i);
      const signs = cell(kind, rangeWords(range, m, "short_") ?? "");
      if (signs.textContent) signs.ariaLabel = rangeWords(range, m);
      signs.dataset["label"] = m.t(`col_${kind}`);
      return signs;
    };
    const off = (columns.flags[i]! & UNPLACED) !== 0;
    const status = drawing.statuses[columns.status[i]!]!;
    const place = words ? placeNamesWords(words.row, m, off ? "" : undefined) : "…";
    row.replaceChildren(
      cell("type", symbol(type), el("span", {}, type?.label ?? "")),
      cell("date", dateAt(drawing, i, m, "", BRIEF)),
      cell("title", words ? titleWords(words.row, type?.label ?? "", m) : "…"),
      cell("place", place, off ? el("span", { class: "mapper-entry-reason" }, ` ${m.t("notPlaced")}`) : ""),
      figure("killed"),
      figure("injured"),
      cell("status", columns.status[i] === NONE ? "" : m.t(`f_${status}` as Key)),
    );
  }

  #pick(at: number): void {
    this.#active = at;
    this.onPick(this.#rows[at]!);
  }

  #onKey(event: KeyboardEvent): void {
    const row = (event.target as HTMLElement).closest<HTMLElement>("[role=row]");
    if (!row) return;
    const at = Number(row.getAttribute("aria-rowindex")) - 2;
    const page = Math.max(1, Math.floor(this.#scroller.clientHeight / this.#rowHeight) - 1);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: this.#rows.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.#focus(Math.max(0, Math.min(this.#rows.length - 1, to)));
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.#pick(at);
    }
  }

  #focus(at: number): void {
    this.#active = at;
    this.#bring(at);
    this.#drawn.get(at)?.focus({ preventScroll: true });
  }

  #bring(at: number): void {
    const { tall, full, height, top } = this.#view;
    const [from, to] = [at * this.#rowHeight, (at + 1) * this.#rowHeight];
    const wanted = from < top ? from : to > top + height ? to - height : top;
    this.#scroller.scrollTop = tall === full ? wanted : (wanted / (full - height)) * (tall - height);
    this.#draw();
  }
}

function most({ low, best, high }: { low: number | null; best: number | null; high: number | null }): number | null {
  return best ?? high ?? low;
}
