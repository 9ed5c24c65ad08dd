/** Above all: who decides, how far it has come, and the file. */

import { button, el, freshId } from "../dom";
import { copy, save } from "../download";
import type { Answers } from "./answers";
import type { Desk } from "./desk";
import type { Keys } from "./keys";
import { overridesFile } from "./overrides";
import type { ReviewMessages } from "./words";

export class Tools {
  readonly #who = el("input", { type: "text", id: "review-who", autocomplete: "name", maxlength: 100, "aria-required": "true" });
  readonly #bar: HTMLProgressElement;
  readonly #progress = el("span", { id: freshId("progress") });
  readonly #said = el("p", { class: "review-said", role: "status" });

  constructor(
    element: HTMLElement,
    private readonly desk: Desk,
    private readonly answers: Answers,
    private readonly m: ReviewMessages,
    keys: Keys,
  ) {
    this.#bar = el("progress", { max: Math.max(1, desk.items.length), value: 0, "aria-labelledby": this.#progress.id });
    this.#who.addEventListener("input", () => (answers.who = this.#who.value));
    element.append(
      el("label", { class: "review-who" }, m.t("who"), this.#who),
      el("div", { class: "review-progress" }, this.#progress, this.#bar),
      el(
        "div",
        { class: "review-file" },
        button(m.t("download", { name: desk.file.name }), "mapper-action review-download", () => this.#download()),
        button(m.t("copy"), "mapper-action", () => void this.#copy()),
        this.#help(keys),
      ),
      this.#said,
    );
    addEventListener("beforeunload", (event) => {
      if (answers.unsaved && answers.rows().length) event.preventDefault();
    });
    this.sync();
  }

  sync(): void {
    if (this.#who.value !== this.answers.who) this.#who.value = this.answers.who;
    this.#bar.value = this.answers.done;
    this.#progress.textContent = this.m.t("progress", { n: this.answers.done, all: this.desk.items.length });
  }

  /** Says that decisions of an earlier visit are here again, with a way to be rid of them. */
  restored(): void {
    const forget = button(this.m.t("forget"), "mapper-link", () => {
      this.answers.clear();
      this.#said.replaceChildren(this.m.t("forgotten"));
    });
    this.#said.replaceChildren(this.m.t("restored"), " ", forget);
  }

  #download(): void {
    const rows = this.answers.rows();
    save(new Blob([overridesFile(this.desk.file, rows)], { type: "text/csv;charset=utf-8" }), this.desk.file.name);
    this.#tell(this.m.t("saved_rows", { n: rows.length, where: this.desk.file.where }));
  }

  async #copy(): Promise<void> {
    const rows = this.answers.rows();
    const done = await copy(overridesFile(this.desk.file, rows).replace(/^\ufeff/, ""));
    if (done) this.#tell(this.m.t("copied_rows", { n: rows.length, where: this.desk.file.where }));
    else this.#said.replaceChildren(this.m.t("notCopied"));
  }

  #tell(words: string): void {
    this.answers.unsaved = false;
    const unfinished = this.answers.items.filter((_, at) => this.answers.state(at) === "unfinished").length;
    this.#said.replaceChildren(words, unfinished ? ` ${this.m.t("unfinished", { n: unfinished })}` : "");
  }

  #help(keys: Keys): HTMLElement {
    const { m } = this;
    const on = el("input", { type: "checkbox", checked: true });
    on.addEventListener("change", () => (keys.on = on.checked));
    return el(
      "details",
      { class: "review-help" },
      el("summary", {}, m.t("help")),
      el(
        "div",
        {},
        el("p", {}, m.t("helpKeys")),
        el("label", { class: "review-check" }, on, m.t("keysOn")),
        el("p", {}, m.t("helpFile", { where: this.desk.file.where })),
        el("p", {}, m.t("workingFile")),
        el("p", { class: "mapper-small" }, m.t("aboutBordersText")),
        el("p", { class: "mapper-small" }, m.t("software")),
      ),
    );
  }
}
