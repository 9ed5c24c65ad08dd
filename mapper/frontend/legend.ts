/** The filters, which are the legend too: what there is of each type, status, precision, source and country, with switches. */

import { button, el, svg } from "./dom";
import { limits, presence, valueWords } from "./facets";
import type { Facet } from "./filters";
import type { IncidentLayer } from "./layers/incidents";
import { AREA, KINDS, PROJECTILES } from "./payload";
import { symbol } from "./popup";
import { sumWords, totals } from "./totals";

/** Values of a long facet that are shown at first. */
const FIRST = 10;

interface Row {
  facet: Facet;
  values: number[];
  box: HTMLInputElement;
  count: HTMLElement;
  /** Counts at the last update, so that only what changes is written. */
  shown: string;
}

export class Legend {
  readonly element = el("div", { class: "mapper-legend" });
  readonly #figures = el("dl", { class: "mapper-totals" });
  readonly #limits = el("p", { class: "mapper-limits" });
  readonly #rows: Row[] = [];
  readonly #marks = new Map<Facet, HTMLElement>();
  readonly #reset: HTMLButtonElement;
  readonly #also: HTMLButtonElement;
  readonly #forget: () => void;
  #frame = 0;
  #removed = false;

  constructor(
    private readonly layer: IncidentLayer,
    private readonly options: { onUnplaced?: () => void; onReset?: () => void; view?: HTMLElement } = {},
  ) {
    const { words: m, filters } = layer;
    this.#reset = button(m.t("resetFilters"), "mapper-link mapper-reset", () => (options.onReset ? options.onReset() : filters.reset()));
    this.#also = button("", "mapper-link", () => this.options.onUnplaced?.());
    this.element.append(this.#limits, this.#figures, el("p", { class: "mapper-small" }, m.t("totalsNote"), ...(filters.onRequest < 0 ? [] : [" ", m.t("retractedNote")])));
    this.element.append(el("div", { class: "mapper-after-totals" }, this.#also, this.#reset));
    if (options.view) this.element.append(options.view);
    this.element.append(this.#types());
    for (const facet of ["change", "status", "precision", "publisher", "country"] as const) {
      const block = facet === "change" && !layer.drawing.change ? null : this.#facet(facet);
      if (block) this.element.append(block);
    }
    this.element.append(this.#precision());
    this.#forget = filters.onChange(() => {
      this.#check();
      // Once a frame, and in that of the map: another one would cost as much again.
      this.#frame ||= requestAnimationFrame(() => this.update());
    });
    this.#check();
    this.update();
  }

  remove(): void {
    this.#forget();
    this.#removed = true;
    this.element.remove();
  }

  #row(facet: Facet, values: number[], label: (Node | string)[], attributes: Record<string, string> = {}): HTMLLabelElement {
    const { filters } = this.layer;
    const box = el("input", { type: "checkbox", ...attributes });
    box.addEventListener("change", () => filters.set(facet, values, box.checked));
    const count = el("span", { class: "mapper-count" });
    this.#rows.push({ facet, values, box, count, shown: "" });
    return el("label", {}, box, ...label, count);
  }

  #types(): HTMLElement {
    const { settings, filters, words: m } = this.layer;
    const present = presence(filters, "type");
    const all = settings.types.map((_, t) => t).filter((t) => present[t]);
    const block = el("div", { class: "mapper-groups" });
    block.append(
      el(
        "div",
        { class: "mapper-all" },
        button(m.t("showAll"), "mapper-link", () => filters.set("type", all, true)),
        button(m.t("showNone"), "mapper-link", () => filters.set("type", all, false)),
      ),
    );
    for (const group of settings.groups) {
      const types = all.filter((t) => settings.types[t]!.group === group.id);
      if (!types.length) continue;
      const list = el("ul", {});
      for (const t of types) {
        const type = settings.types[t]!;
        list.append(el("li", {}, this.#row("type", [t], [symbol(type), el("span", { class: "mapper-name" }, type.label)], { "data-type": type.id })));
      }
      const head = this.#row("type", types, [el("span", { class: "mapper-name" }, group.label)]);
      block.append(el("fieldset", {}, el("legend", {}, head), list));
    }
    return block;
  }

  /** One of the other filters; null where all incidents have the same value. */
  #facet(facet: Exclude<Facet, "type">): HTMLElement | null {
    const { filters, words: m } = this.layer;
    const present = presence(filters, facet);
    const values = [...present.keys()].filter((v) => present[v]);
    if (values.length < 2) return null;
    const list = el("ul", {});
    values.forEach((v, n) => {
      const item = el("li", {}, this.#row(facet, [v], [el("span", { class: "mapper-name" }, valueWords(filters, facet, v, m))], { "data-value": `${facet}:${filters.facets[facet].words[v] ?? ""}` }));
      item.hidden = n >= FIRST;
      list.append(item);
    });
    const mark = el("span", { class: "mapper-filtered" });
    this.#marks.set(facet, mark);
    const block = el("details", { class: "mapper-facet", "data-facet": facet }, el("summary", {}, m.t(`facet_${facet}`), mark));
    block.append(
      el(
        "div",
        { class: "mapper-all" },
        button(m.t("showAll"), "mapper-link", () => filters.set(facet, values, true)),
        button(m.t("showNone"), "mapper-link", () => filters.set(facet, values, false)),
      ),
      list,
    );
    block.addEventListener("toggle", () => this.update());
    if (values.length > FIRST) {
      const more = button(m.t("more", { n: values.length - FIRST }), "mapper-link", () => {
        for (const item of list.children) (item as HTMLElement).hidden = false;
        more.remove();
      });
      block.append(more);
    }
    return block;
  }

  /** What dot, ring and hatching mean. */
  #precision(): HTMLElement {
    const { words: m, drawing, filters } = this.layer;
    const item = (picture: SVGElement, words: string) => el("li", {}, picture, el("span", {}, words));
    const frame = (...shapes: Node[]) => svg("svg", { viewBox: "0 0 36 22", width: 36, height: 22, "aria-hidden": "true", class: "mapper-key" }, ...shapes);
    const hatched = (x: number, width: number) => {
      const lines = [];
      for (let at = x - 14; at < x + width; at += 6) {
        const [x1, x2] = [Math.max(at, x), Math.min(at + 18, x + width)];
        if (x2 > x1) lines.push(`M${x1},${20 - (x1 - at)}L${x2},${20 - (x2 - at)}`);
      }
      return [
        svg("path", { d: lines.join(""), class: "mapper-key-line" }),
        svg("rect", { x, y: 2, width, height: 18, class: "mapper-key-edge" }),
      ];
    };
    return el(
      "section",
      { class: "mapper-precision" },
      el("h3", {}, m.t("howPrecisely")),
      el(
        "ul",
        {},
        item(frame(svg("circle", { cx: 18, cy: 11, r: 6, class: "mapper-key-dot" })), m.t("legendDot")),
        item(
          frame(
            svg("circle", { cx: 18, cy: 11, r: 8, class: "mapper-key-stack" }),
            svg("text", { x: 18, y: 14.5, class: "mapper-key-text" }, document.createTextNode("3")),
          ),
          m.t("legendStack"),
        ),
        item(
          frame(
            svg("circle", { cx: 18, cy: 12, r: 8.5, class: "mapper-key-ring" }),
            svg("circle", { cx: 18, cy: 3.5, r: 3, class: "mapper-key-dot" }),
          ),
          m.t("legendRing"),
        ),
        ...(drawing.columns.point_kind.includes(AREA)
          ? [
              item(
                frame(svg("circle", { cx: 18, cy: 11, r: 9.5, class: "mapper-key-ring" }), svg("circle", { cx: 18, cy: 11, r: 3, class: "mapper-key-dot" })),
                m.t("legendOutline"),
              ),
            ]
          : []),
        ...(drawing.columns.area_shape.length
          ? [
              item(frame(...hatched(5, 26)), m.t("legendArea")),
              item(frame(...hatched(1, 14), ...hatched(21, 14), svg("path", { d: "M8,11H28", class: "mapper-key-link" })), m.t("legendLinked")),
            ]
          : []),
        ...(filters.days.max > filters.days.min
          ? [item(frame(svg("path", { d: "M4,20V4H16V20Z", class: "mapper-key-dot" }), svg("path", { d: "M20,20V4H32V20Z", class: "mapper-key-dot", opacity: 0.55 })), m.t("legendPale"))]
          : []),
      ),
    );
  }

  /** Sets the switches as the filters are. */
  #check(): void {
    for (const { facet, values, box } of this.#rows) {
      const on = values.filter((v) => this.layer.filters.isOn(facet, v)).length;
      box.checked = on === values.length;
      box.indeterminate = on > 0 && on < values.length;
    }
  }

  /** Says the numbers. */
  update(): void {
    this.#frame = 0;
    if (this.#removed) return;
    const { filters, drawing, words: m } = this.layer;
    for (const row of this.#rows) {
      // What is folded away is counted when it is opened.
      if (row.facet !== "type" && !this.#marks.get(row.facet)?.closest("details")?.open) continue;
      const counts = filters.counts(row.facet);
      const sum = (part: Uint32Array) => row.values.reduce((total, v) => total + part[v]!, 0);
      const [placed, unplaced] = [sum(counts.placed), sum(counts.unplaced)];
      const shown = `${placed} ${unplaced}`;
      if (shown === row.shown) continue;
      row.shown = shown;
      row.count.textContent = m.number(placed);
      if (!unplaced) continue;
      const words = m.t("unplacedMark", { n: unplaced });
      row.count.append(el("span", { class: "mapper-off", title: words }, ` +${m.number(unplaced)}`, el("span", { class: "mapper-hidden" }, ` ${words}`)));
    }
    for (const [facet, mark] of this.#marks) mark.textContent = filters.isFiltered(facet) ? ` · ${m.t("filtered")}` : "";
    this.#limits.textContent = limits(this.layer);
    const off = filters.shownCount - filters.shownPlaced;
    this.#also.hidden = !off || !this.options.onUnplaced;
    this.#also.textContent = m.t("alsoUnplaced", { n: off });
    this.#reset.hidden = !filters.isAnyFiltered;
    const sums = totals(drawing, filters.fails);
    const figure = (name: string, value: string, ...notes: string[]) =>
      el("div", { class: notes.length > 0 && "mapper-wide" }, el("dt", {}, name), el("dd", {}, value, ...notes.map((note) => note && el("small", {}, note))));
    this.#figures.replaceChildren(figure(m.t("onTheMap"), m.t("incidents", { n: filters.shownPlaced })));
    for (const kind of KINDS) {
      const words = sumWords(sums[kind], m);
      const unknown = sums[kind]?.unknown;
      const children = sums[`children_${kind}`];
      const notes = [children ? m.t("childrenAtLeast", { n: children }) : "", unknown ? m.t("withoutFigures", { n: unknown }) : ""];
      if (words !== null) this.#figures.append(figure(m.t(kind), words, ...notes));
    }
    for (const kind of PROJECTILES) {
      const value = sums[kind];
      if (value !== null) this.#figures.append(figure(m.t(kind), m.number(value)));
    }
  }
}
