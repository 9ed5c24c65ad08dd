/** One thing to decide: what it is about, why it needs eyes, who says what, and the form. */

import { button, el, freshId } from "../dom";
import { symbol } from "../popup";
import type { Answers } from "./answers";
import type { Desk } from "./desk";
import { Form } from "./form";
import { quotes } from "./quotes";
import { type ReviewMessages, dateOf, needWords, titleOf } from "./words";

export class Sheet {
  #form: Form | null = null;

  constructor(
    private readonly element: HTMLElement,
    private readonly desk: Desk,
    private readonly answers: Answers,
    private readonly m: ReviewMessages,
    private readonly next: () => void,
    private readonly back: () => void,
  ) {
    if (desk.items.length) element.append(el("p", { class: "mapper-empty" }, m.t("chooseOne")));
  }

  open(at: number): void {
    const { desk, m } = this;
    const item = desk.items[at]!;
    const type = desk.types[item.type];
    const heading = el("h2", { tabindex: -1, id: freshId("title") }, titleOf(item, type?.label ?? "", m));
    this.element.setAttribute("aria-labelledby", heading.id);
    this.#form = new Form(at, desk, this.answers, m, this.next);
    this.element.replaceChildren(
      button(m.t("toList"), "mapper-link review-back", this.back),
      el("p", { class: "review-kicker" }, symbol(type), type?.label ?? item.type),
      heading,
      el("p", { class: "review-meta" }, dateOf(item, m), item.placeText ? ` · ${item.placeText}` : ""),
      el("h3", { class: "mapper-hidden" }, m.t("whyEyes")),
      el("ul", { class: "review-needs" }, ...item.needs.map((need) => el("li", {}, needWords(need, m)))),
      el("h3", {}, m.t("whoClaims")),
      quotes(item, desk, m),
      this.#form.element,
    );
    this.element.scrollTop = 0;
  }

  focus(): void {
    this.element.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
  }

  focusWhy(): void {
    this.#form?.why.focus();
  }

  sync(): void {
    this.#form?.sync();
  }
}
