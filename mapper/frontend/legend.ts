/** The layer control, which is the legend too: groups and types with symbol, label, count and a switch, and the totals. */

import { button, el, svg } from "./dom";
import type { IncidentLayer } from "./layers/incidents";
import { symbol } from "./popup";
import { sumWords, totals } from "./totals";

interface Row {
  type: number;
  box: HTMLInputElement;
}

export class Legend {
  readonly element = el("div", { class: "mapper-legend" });
  private readonly figures = el("dl", { class: "mapper-totals", "aria-live": "polite" });
  private readonly rows: Row[] = [];
  private readonly heads: { box: HTMLInputElement; types: number[] }[] = [];

  constructor(
    private readonly layer: IncidentLayer,
    private readonly onUnplaced: () => void,
  ) {
    const m = layer.words;
    this.element.append(this.figures, el("p", { class: "mapper-small" }, m.t("totalsNote")));
    const { drawing } = layer;
    if (drawing.count > drawing.placed) {
      const more = button(m.t("alsoUnplaced", { n: drawing.count - drawing.placed }), "mapper-link", () => this.onUnplaced());
      this.element.append(more);
    }
    this.element.append(this.types(), this.precision());
    layer.on("filter", () => this.update());
    this.update();
  }

  private types(): HTMLElement {
    const { drawing, settings, words: m } = this.layer;
    const on = new Uint32Array(settings.types.length);
    const off = new Uint32Array(settings.types.length);
    for (let i = 0; i < drawing.count; i++) (i < drawing.placed ? on : off)[drawing.columns.type[i]!]!++;

    const all = settings.types.map((_, t) => t).filter((t) => on[t]! + off[t]! > 0);
    const block = el("div", { class: "mapper-groups" });
    block.append(
      el(
        "div",
        { class: "mapper-all" },
        button(m.t("showAll"), "mapper-link", () => this.layer.switch(all, true)),
        button(m.t("showNone"), "mapper-link", () => this.layer.switch(all, false)),
      ),
    );
    for (const group of settings.groups) {
      const types = all.filter((t) => settings.types[t]!.group === group.id);
      if (!types.length) continue;
      const head = el("input", { type: "checkbox" });
      head.addEventListener("change", () => this.layer.switch(types, head.checked));
      this.heads.push({ box: head, types });
      const count = types.reduce((sum, t) => sum + on[t]!, 0);
      const list = el("ul", {});
      for (const t of types) {
        const type = settings.types[t]!;
        const box = el("input", { type: "checkbox", "data-type": type.id });
        box.addEventListener("change", () => this.layer.switch([t], box.checked));
        this.rows.push({ type: t, box });
        const mark = off[t] ? el("span", { class: "mapper-off", title: m.t("unplacedMark", { n: off[t] }) }, ` +${off[t]}`) : null;
        if (mark) mark.append(el("span", { class: "mapper-hidden" }, ` ${m.t("unplacedMark", { n: off[t]! })}`));
        list.append(
          el(
            "li",
            {},
            el(
              "label",
              {},
              box,
              symbol(type),
              el("span", { class: "mapper-name" }, type.label),
              el("span", { class: "mapper-count" }, m.number(on[t]!), mark),
            ),
          ),
        );
      }
      block.append(
        el(
          "fieldset",
          {},
          el("legend", {}, el("label", {}, head, el("span", { class: "mapper-name" }, group.label), el("span", { class: "mapper-count" }, m.number(count)))),
          list,
        ),
      );
    }
    return block;
  }

  /** What dot, ring and hatching mean. */
  private precision(): HTMLElement {
    const m = this.layer.words;
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
        item(frame(...hatched(5, 26)), m.t("legendArea")),
        item(frame(...hatched(1, 14), ...hatched(21, 14), svg("path", { d: "M8,11H28", class: "mapper-key-link" })), m.t("legendLinked")),
      ),
    );
  }

  update(): void {
    for (const { type, box } of this.rows) box.checked = this.layer.isOn(type);
    for (const { box, types } of this.heads) {
      const on = types.filter((t) => this.layer.isOn(t)).length;
      box.checked = on === types.length;
      box.indeterminate = on > 0 && on < types.length;
    }
    const m = this.layer.words;
    const sums = totals(this.layer.drawing, (i) => this.layer.shows(i));
    const figure = (name: string, value: string, note = "", wide = false) =>
      el("div", { class: wide && "mapper-wide" }, el("dt", {}, name), el("dd", {}, value, note ? el("small", {}, note) : null));
    this.figures.replaceChildren(figure(m.t("onTheMap"), m.t("incidents", { n: sums.incidents })));
    for (const kind of ["killed", "injured"] as const) {
      const words = sumWords(sums[kind], m);
      const note = sums[kind].unknown ? m.t("withoutFigures", { n: sums[kind].unknown }) : "";
      if (words !== null) this.figures.append(figure(m.t(kind), words, note, true));
    }
    for (const kind of ["launched", "intercepted", "hit"] as const) {
      const value = sums[kind];
      if (value !== null) this.figures.append(figure(m.t(kind), m.number(value)));
    }
  }
}
