/** Where one thing is decided: choices, something else, and why. */

import { button, el, freshId } from "../dom";
import type { Answer, Answers, Kind } from "./answers";
import { type Desk, type Item, numbered } from "./desk";
import { PRECISIONS, dateValue, datesOf, position } from "./values";
import { type ReviewKey, type ReviewMessages, optionWords } from "./words";

/** Kinds of need in which something may be typed. */
const TYPED = ["place", "killed", "injured", "date"];

export class Form {
  readonly element: HTMLFormElement;
  readonly why: HTMLInputElement;
  readonly #radios: { input: HTMLInputElement; is: (answer: Answer) => boolean }[] = [];
  readonly #problem: HTMLElement;
  readonly #undo: HTMLButtonElement;
  readonly #note: HTMLInputElement;
  #fields: (answer: Answer) => void = () => undefined;
  readonly #name = freshId("choice");
  readonly #item: Item;

  constructor(
    private readonly at: number,
    desk: Desk,
    private readonly answers: Answers,
    private readonly m: ReviewMessages,
    next: () => void,
  ) {
    this.#item = desk.items[at]!;
    const reasons = el("datalist", { id: freshId("reasons") }, ...earlierReasons(answers).map((why) => el("option", { value: why })));
    this.why = this.#input({ "aria-required": "true", list: reasons.id, autocomplete: "off", maxlength: 300 }, (why) => this.#set({ why }));
    this.#note = this.#input({ maxlength: 300, autocomplete: "off" }, (note) => this.#set({ note }));
    this.#problem = el("p", { class: "review-problem", role: "alert" });
    this.#undo = button(m.t("undo"), "mapper-action", () => answers.undo(at));
    const done = el("button", { type: "submit", class: "mapper-action review-done" }, m.t("done"));
    this.element = el(
      "form",
      { class: "review-form", novalidate: true },
      ...this.#choices(),
      this.#rest(),
      el("details", {}, el("summary", {}, m.t("noteTitle")), el("label", { class: "review-field" }, m.t("noteLabel"), this.#note)),
      el(
        "div",
        { class: "review-foot" },
        el("label", { class: "review-field" }, m.t("why"), this.why, reasons),
        this.#problem,
        el("div", { class: "review-buttons" }, done, this.#undo),
      ),
    );
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      const lacks = answers.lacks(at);
      if (answers.state(at) === "settled" || !lacks) return next();
      this.#problem.textContent = this.#lackWords(lacks);
      if (lacks === "why") this.why.focus();
      else if (lacks === "who") document.getElementById("review-who")?.focus();
      else (this.element.querySelector<HTMLInputElement>("input:checked") ?? this.#radios[0]?.input)?.focus();
    });
    this.sync();
  }

  /** Shows what the answer is now, whoever gave it: a choice, a key or the map. */
  sync(): void {
    const answer = this.answers.get(this.at);
    const answered = this.answers.has(this.at);
    for (const { input, is } of this.#radios) input.checked = answered && is(answer);
    for (const [input, value] of [[this.why, answer.why], [this.#note, answer.note]] as const) if (input.value !== value) input.value = value;
    this.#fields(answer);
    this.#undo.disabled = !answered;
    this.#problem.textContent = this.answers.state(this.at) === "settled" ? this.m.t("settled") : "";
  }

  #set(part: Partial<Answer>): void {
    this.answers.set(this.at, part);
  }

  #choices(): HTMLElement[] {
    const item = this.#item;
    const { m } = this;
    const numbers = numbered(item);
    const sets = item.groups.flatMap(({ text, options }, group) => {
      if (!options.length) return [];
      const legend = item.action === "place" ? m.t("whichPlace", { name: text ?? "" }) : m.t(`ask_${item.action}` as ReviewKey);
      const rows = options.map((option, index) => {
        const number = numbers.findIndex((one) => one.group === group && one.index === index) + 1;
        const { name, more, score } = optionWords(item, option, m);
        const is = (answer: Answer) => answer.kind === "pick" && answer.picks[group] === index;
        const words = el("span", {}, el("strong", {}, name), more ? el("small", {}, more) : null);
        if (score) words.append(el("span", { class: "review-score" }, el("span", { class: "mapper-hidden" }, m.t("score")), " ", score));
        return this.#choice(`${this.#name}-${group}`, is, () => this.answers.pick(this.at, group, index), words, number);
      });
      return [el("fieldset", {}, el("legend", {}, legend), ...rows)];
    });
    if (!TYPED.includes(item.action)) return sets;
    const legend = sets.length ? m.t("orElse") : m.t(`ask_${item.action}` as ReviewKey);
    const typed = item.action === "date" ? this.#dates() : item.action === "place" ? this.#place() : this.#number();
    const other = this.#kind("other", m.t(`other_${item.action}` as ReviewKey));
    return [...sets, el("fieldset", {}, el("legend", {}, legend), other, el("div", { class: "review-typed" }, ...typed))];
  }

  /** What can be said of everything. */
  #rest(): HTMLElement {
    const { m } = this;
    return el(
      "fieldset",
      {},
      el("legend", {}, m.t("orAll")),
      this.#kind("keep", m.t("keep"), m.t("keepMore")),
      this.#kind("hide", m.t("hide"), m.t("hideMore")),
      this.#kind("retract", m.t("retract"), m.t("retractMore")),
    );
  }

  #kind(kind: Kind, label: string, more = ""): HTMLElement {
    const words = el("span", {}, el("strong", {}, label), more ? el("small", {}, more) : null);
    return this.#choice(`${this.#name}-0`, (answer) => answer.kind === kind, () => this.#set({ kind, picks: {} }), words);
  }

  #choice(name: string, is: (answer: Answer) => boolean, take: () => void, words: HTMLElement, number = 0): HTMLElement {
    const input = el("input", { type: "radio", name });
    input.addEventListener("change", take);
    this.#radios.push({ input, is });
    const mark = number ? el("span", { class: "review-number", "aria-hidden": "true" }, String(number)) : null;
    return el("label", { class: "review-option" }, input, mark, words);
  }

  #place(): HTMLElement[] {
    const { m } = this;
    const where = this.#input({ autocomplete: "off", placeholder: "34.80, 50.92" }, (other) => this.#set({ kind: "other", picks: {}, other }));
    const precision = el("select", {}, ...PRECISIONS.map((value) => el("option", { value }, m.t(`g_${value}`))));
    precision.addEventListener("change", () => this.#set({ precision: precision.value }));
    const known = el("label", { class: "review-field" }, m.t("howKnown"), precision);
    this.#fields = (answer) => {
      if (where.value !== answer.other) where.value = answer.other;
      precision.value = answer.precision;
      known.hidden = answer.kind !== "other" || !position(answer.other);
    };
    return [el("label", { class: "review-field" }, m.t("whereLabel"), where), known, el("p", { class: "mapper-small" }, m.t("whereHelp"))];
  }

  #number(): HTMLElement[] {
    const value = this.#input({ autocomplete: "off" }, (other) => this.#set({ kind: "other", picks: {}, other }));
    this.#fields = ({ other }) => {
      if (value.value !== other) value.value = other;
    };
    return [el("label", { class: "review-field" }, this.m.t("numberLabel"), value)];
  }

  #dates(): HTMLElement[] {
    const { m } = this;
    const [from, to, night] = [el("input", { type: "date" }), el("input", { type: "date" }), el("input", { type: "checkbox" })];
    for (const input of [from, to, night]) {
      input.addEventListener("change", () => {
        this.#set({ kind: "other", picks: {}, other: from.value || to.value ? dateValue(from.value || to.value, to.value, night.checked) : "" });
      });
    }
    this.#fields = (answer) => {
      const dates = datesOf(answer.other);
      [from.value, to.value, night.checked] = [dates.from, dates.to, dates.night];
    };
    return [
      el(
        "div",
        { class: "review-dates" },
        el("label", { class: "review-field" }, m.t("dateFrom"), from),
        el("label", { class: "review-field" }, m.t("dateTo"), to),
      ),
      el("label", { class: "review-check" }, night, m.t("atNight")),
    ];
  }

  #input(attributes: Record<string, string | number>, write: (value: string) => void): HTMLInputElement {
    const input = el("input", { type: "text", ...attributes });
    input.addEventListener("input", () => write(input.value));
    return input;
  }

  #lackWords(lacks: "decision" | "why" | "who"): string {
    if (lacks !== "decision") return this.m.t(`lacks_${lacks}`);
    return this.answers.get(this.at).kind === "other" && this.answers.has(this.at) ? this.#hint() : this.m.t("lacks_decision");
  }

  #hint(): string {
    return this.m.t(`hint_${this.#item.action}` as ReviewKey);
  }
}

/** Reasons that were given already: often the next is the same. */
function earlierReasons(answers: Answers): string[] {
  const given = answers.items.map((_, at) => answers.get(at).why.trim());
  return [...new Set(given.filter(Boolean))].slice(-12);
}
