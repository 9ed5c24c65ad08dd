/** What there is to decide, by kind of need. */

import { button, el } from "../dom";
import type { Answers } from "./answers";
import type { Action, Desk } from "./desk";
import { type ReviewKey, type ReviewMessages, dateOf, titleOf } from "./words";

const MARKS = { open: "", unfinished: "…", decided: "✓", settled: "✓" } as const;

export class List {
  readonly #entries: HTMLButtonElement[] = [];
  readonly #heads: { action: Action; count: HTMLElement }[] = [];

  constructor(
    element: HTMLElement,
    private readonly desk: Desk,
    private readonly answers: Answers,
    private readonly m: ReviewMessages,
    open: (at: number) => void,
  ) {
    element.setAttribute("aria-label", m.t("toDecide"));
    let list = el("ol", {});
    let action: Action | null = null;
    desk.items.forEach((item, at) => {
      if (item.action !== action) {
        action = item.action;
        list = el("ol", {});
        const count = el("span", { class: "review-count" });
        this.#heads.push({ action, count });
        element.append(el("section", {}, el("h2", {}, m.t(`kind_${action}` as ReviewKey), " ", count), list));
      }
      const entry = button("", "review-entry", () => open(at));
      entry.append(
        el("span", { class: "review-mark", "aria-hidden": "true" }),
        el("span", { class: "review-entry-title" }, titleOf(item, desk.types[item.type]?.label ?? "", m)),
        el("span", { class: "review-entry-date" }, dateOf(item, m)),
        el("span", { class: "mapper-hidden" }),
      );
      this.#entries.push(entry);
      list.append(el("li", {}, entry));
    });
    if (!desk.items.length) element.append(el("p", { class: "mapper-empty" }, m.t("nothing")));
    if (desk.passed.length) element.append(passedOver(desk, m));
    this.sync();
  }

  /** Marks the one that is open. */
  mark(at: number): void {
    this.#entries.forEach((entry, other) => {
      if (other === at) entry.setAttribute("aria-current", "true");
      else entry.removeAttribute("aria-current");
    });
    this.#entries[at]?.scrollIntoView({ block: "nearest" });
  }

  focus(at: number): void {
    this.#entries[at]?.focus();
  }

  sync(): void {
    this.#entries.forEach((entry, at) => {
      const state = this.answers.state(at);
      if (entry.dataset["state"] === state) return;
      entry.dataset["state"] = state;
      entry.firstElementChild!.textContent = MARKS[state];
      entry.lastElementChild!.textContent = this.m.t(`state_${state}`);
    });
    for (const { action, count } of this.#heads) {
      const mine = this.desk.items.flatMap((item, at) => (item.action === action ? [at] : []));
      const done = mine.filter((at) => /decided|settled/.test(this.answers.state(at))).length;
      count.textContent = `${this.m.number(done)}/${this.m.number(mine.length)}`;
    }
  }
}

/** What became no incident, to be read: nothing of it can be chosen here. */
function passedOver({ passed }: Desk, m: ReviewMessages): HTMLElement {
  const quotes = passed.map(({ file, quote }) => el("li", {}, el("blockquote", {}, quote), el("cite", {}, file)));
  const head = el("summary", {}, m.t("passedOver"), " ", el("span", { class: "review-count" }, m.number(passed.length)));
  return el("details", { class: "review-passed" }, head, el("p", {}, m.t("passedOverMore")), el("ul", {}, ...quotes));
}
