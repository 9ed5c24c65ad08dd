/** The panel beside the map (a sheet under it on a phone) and the buttons that say what is in it. */

import { button, el, freshId } from "./dom";
import type { Messages } from "./messages";

interface Section {
  name: string;
  tab: HTMLButtonElement;
  element: HTMLElement;
  onOpen: () => void;
}

export class Drawer {
  readonly #sections: Section[] = [];
  #current: Section | null = null;

  constructor(
    private readonly tools: HTMLElement,
    private readonly panel: HTMLElement,
    private readonly m: Messages,
    private readonly onResize: () => void,
    private readonly onChange: () => void,
  ) {
    tools.setAttribute("aria-label", m.t("tools"));
    panel.hidden = true;
    panel.onkeydown = (event) => {
      if (event.key !== "Escape" || !this.#current) return;
      event.stopPropagation();
      this.close();
    };
  }

  add(name: string, label: string, heading: string, content: HTMLElement, onOpen: () => void = () => undefined): void {
    const id = freshId(name);
    const tab = button(label, "mapper-tab", () => (this.#current?.name === name ? this.close() : this.open(name)));
    tab.setAttribute("aria-expanded", "false");
    tab.setAttribute("aria-controls", id);
    tab.dataset["section"] = name;
    const close = button("×", "mapper-close", () => this.close());
    close.setAttribute("aria-label", this.m.t("close"));
    const title = el("h2", { id: `${id}-title`, tabindex: -1 }, heading);
    const element = el("section", { id, class: `mapper-section mapper-section-${name}`, "aria-labelledby": title.id, hidden: true }, el("div", { class: "mapper-section-head" }, title, close), content);
    this.tools.append(tab);
    this.panel.append(element);
    this.#sections.push({ name, tab, element, onOpen });
  }

  /** Puts content under a section's heading. */
  fill(name: string, ...content: HTMLElement[]): void {
    this.#sections.find((s) => s.name === name)?.element.lastElementChild!.replaceChildren(...content);
  }

  /** Says a new number on a section's button and heading. */
  rename(name: string, label: string, heading = label): void {
    const section = this.#sections.find((s) => s.name === name);
    if (!section) return;
    section.tab.textContent = label;
    section.element.querySelector("h2")!.textContent = heading;
  }

  get opened(): string | null {
    return this.#current?.name ?? null;
  }

  open(name: string, focus = true): void {
    const next = this.#sections.find((s) => s.name === name) ?? null;
    for (const section of this.#sections) {
      section.element.hidden = section !== next;
      section.tab.setAttribute("aria-expanded", String(section === next));
    }
    const before = this.panel.classList.contains("mapper-wide-panel");
    const hidden = this.panel.hidden;
    this.#current = next;
    this.panel.hidden = next === null;
    // The table needs more room than the others.
    const wide = this.panel.classList.toggle("mapper-wide-panel", name === "list");
    this.panel.scrollTop = 0;
    if (hidden !== this.panel.hidden || wide !== before) this.onResize();
    this.onChange();
    if (!next) return;
    next.onOpen();
    if (focus) next.element.querySelector<HTMLElement>("h2")!.focus({ preventScroll: true });
  }

  close(): void {
    const tab = this.#current?.tab;
    const inside = this.panel.contains(document.activeElement);
    this.open("", false);
    if (inside) tab?.focus();
  }
}
