/** The card of one incident, or of several at one spot with a pager: what, when, where, who says what. */

import type { IncidentLayer } from "./layers/incidents";
import { notice } from "./changes";
import { button, el, freshId, svg } from "./dom";
import { safeLink } from "./links";
import type { Key, Messages } from "./messages";
import { nameIn } from "./names";
import { BACKGROUND, KINDS, PROJECTILES, UNPLACED } from "./payload";
import { svgPath } from "./symbols";
import type { ClaimText, SourceText, Words } from "./text";
import { type Numbers, dateAt, dayOf, factWords, likelihoodWords, numbersAt, placeWords, reasonWords, titleWords, tollWords, withinWords } from "./words";

/** The column of a correction by which an editor has put reports together or apart. */
const REGROUPED = "merged_from";

/** A quotation that was cut where the longest may end (`MAX_QUOTE`): it ends in the middle of a sentence. */
const CUT = /^.{180,}[^.!?…"”»)]$/s;

/** A type's symbol as a small picture. */
export function symbol(type: { shape: string; colour: string } | undefined, size = 18): SVGElement {
  const path = svg("path", { d: svgPath(type?.shape ?? "dot", 7), fill: type?.colour ?? "#6f6f6f" });
  return svg("svg", { viewBox: "-10 -10 20 20", width: size, height: size, class: "mapper-symbol", "aria-hidden": "true" }, path);
}

export class Card {
  readonly element: HTMLElement;
  #incidents: number[] = [];
  #at = 0;
  #opener: Element | null = null;
  readonly #above = el("p", { class: "mapper-card-notice", role: "status" });
  readonly #body = el("div", { class: "mapper-card-body" });
  readonly #pager = el("div", { class: "mapper-pager" });
  /** Counts openings, so that a block of text that arrives late does not overwrite a newer card. */
  #turn = 0;

  constructor(
    private readonly layer: IncidentLayer,
    container: HTMLElement,
    private readonly onChange: (incidents: number[]) => void = () => undefined,
    private readonly actions: (incident: number) => HTMLElement[] = () => [],
  ) {
    const m = layer.words;
    const close = button("×", "mapper-close", () => this.close());
    close.setAttribute("aria-label", m.t("close"));
    this.element = el("section", { class: "mapper-card", role: "dialog", hidden: true }, this.#pager, close, this.#above, this.#body);
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        this.close();
      }
    });
    // What happens in the card is not meant for the map under it.
    for (const name of ["click", "dblclick", "mousedown", "pointerdown", "touchstart", "wheel", "mousemove", "contextmenu"]) {
      this.element.addEventListener(name, (event) => event.stopPropagation(), { passive: true });
    }
    container.append(this.element);
  }

  /** The incident that is shown, -1 if none is. */
  get incident(): number {
    return this.isOpen ? (this.#incidents[this.#at] ?? -1) : -1;
  }

  /** Says something of the incident that is shown, above it. */
  notice(words: string): void {
    this.#above.textContent = words;
  }

  /** All that its pager goes through, and which of them is shown. */
  get pages(): [number[], number] {
    return [this.#incidents, this.#at];
  }

  remove(): void {
    this.#turn++;
    this.element.remove();
    document.documentElement.classList.remove("mapper-card-open");
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  async open(incidents: number[], at = 0, focus = true): Promise<void> {
    if (!this.isOpen) this.#opener = document.activeElement;
    this.#incidents = incidents;
    this.#at = at;
    this.element.hidden = false;
    document.documentElement.classList.add("mapper-card-open");
    await this.#show(focus);
  }

  close(): void {
    if (!this.isOpen) return;
    const inside = this.element.contains(document.activeElement);
    this.#turn++;
    this.element.hidden = true;
    document.documentElement.classList.remove("mapper-card-open");
    this.#incidents = [];
    this.onChange([]);
    if (inside && this.#opener instanceof HTMLElement) this.#opener.focus({ preventScroll: true });
  }

  async #show(focus: boolean): Promise<void> {
    const incident = this.#incidents[this.#at]!;
    const turn = ++this.#turn;
    const m = this.layer.words;
    this.notice("");
    this.onChange([incident]);
    this.#drawPager();
    this.#body.setAttribute("aria-busy", "true");
    let content: DocumentFragment;
    try {
      const words = await this.layer.text.get(incident);
      if (turn !== this.#turn) return;
      content = cardContent(this.layer, incident, words);
      const actions = this.actions(incident);
      if (actions.length) content.append(el("div", { class: "mapper-actions" }, ...actions));
    } catch {
      if (turn !== this.#turn) return;
      content = document.createDocumentFragment();
      content.append(el("h2", { tabindex: -1 }, m.t("broken")));
    }
    this.#body.removeAttribute("aria-busy");
    this.#body.replaceChildren(content);
    this.#body.scrollTop = 0;
    const heading = this.#body.querySelector<HTMLElement>("h2");
    if (heading) {
      heading.id ||= freshId("title");
      this.element.setAttribute("aria-labelledby", heading.id);
      if (focus) heading.focus({ preventScroll: true });
    }
  }

  #drawPager(): void {
    const m = this.layer.words;
    const count = this.#incidents.length;
    this.#pager.hidden = count < 2;
    if (count < 2) {
      this.#pager.replaceChildren();
      return;
    }
    const step = (by: number) => () => {
      this.#at = (this.#at + by + count) % count;
      void this.#show(false);
    };
    const previous = button("‹", "mapper-step", step(-1));
    previous.setAttribute("aria-label", m.t("previous"));
    const next = button("›", "mapper-step", step(1));
    next.setAttribute("aria-label", m.t("next"));
    const focused = document.activeElement?.getAttribute("aria-label");
    this.#pager.replaceChildren(
      previous,
      el("span", { role: "status" }, m.t("pager", { i: this.#at + 1, n: count })),
      next,
    );
    if (focused === m.t("previous")) previous.focus();
    if (focused === m.t("next")) next.focus();
  }
}

/** Everything that is known of one incident. */
function cardContent(layer: IncidentLayer, incident: number, { row, sources }: Words): DocumentFragment {
  const { drawing, settings, words: m } = layer;
  const { columns } = drawing;
  const type = settings.types[columns.type[incident]!];
  const content = document.createDocumentFragment();
  const add = (...nodes: (Node | null)[]) => nodes.forEach((node) => node && content.append(node));

  add(
    el("p", { class: "mapper-kicker" }, symbol(type), type?.label ?? ""),
    drawing.statuses[columns.status[incident]!] === "retracted" ? el("p", { class: "mapper-banner" }, m.t("s_retracted")) : null,
    el("h2", { tabindex: -1 }, titleWords(row, type?.label ?? "", m)),
  );

  add(notice(drawing, settings.changes, incident, settings.types, m));
  const facts = el("dl", { class: "mapper-facts" });
  const fact = (name: string, ...values: (Node | string)[]) => {
    const kept = values.filter((value) => value !== "");
    if (kept.length) facts.append(el("div", {}, el("dt", {}, name), ...kept.map((value) => el("dd", {}, value))));
  };
  fact(m.t("when"), dateAt(drawing, incident, m, row.timezone));
  fact(
    m.t("where"),
    placeWords(
      row.places ?? [],
      row.place,
      columns.precision[incident]!,
      drawing.precisions,
      drawing.areaFrom[incident] !== drawing.areaFrom[incident + 1],
      m,
    ),
  );
  if (columns.flags[incident]! & UNPLACED) fact(m.t("whyUnplaced"), row.reason ? reasonWords(row.reason, m) : m.t("notStated"));
  const at = numbersAt(columns, incident);
  for (const name of PROJECTILES) fact(m.t(name), numberWords(at(name), m) ?? "");
  casualties(at, m, fact);
  fact(m.t("status"), m.t(`s_${drawing.statuses[columns.status[incident]!]}` as Key));
  if (columns.flags[incident]! & BACKGROUND) fact("", m.t("background"));
  fact(m.t(type?.id === "interception" ? "attacker" : "attributed"), (row.actor ?? "").split("; ").map((actor) => nameIn(m, actor)).join("; "));
  fact(m.t("target"), row.target ?? "");
  fact(m.t("weapon"), (row.weapon ?? "").split(", ").map((weapon) => m.maybe(`weapon_${weapon}`) ?? weapon).join(", "));
  add(facts);

  if (row.claims?.length) {
    const list = el("ul", { class: "mapper-claims" });
    for (const claim of row.claims) list.append(claimItem(claim, sources, m));
    add(el("h3", {}, m.t("whoClaims")), list);
    const told = [...new Set(row.claims.map((claim) => claim.source))].map((id) => id && sources[id]).filter((source) => !!source);
    if (told.length > 1 && !row.corrections?.includes(REGROUPED)) {
      const who = [...new Set(told.map((source) => source.publisher ?? source.title ?? m.t("source")))].join(", ");
      add(el("p", { class: "mapper-source mapper-told" }, m.t("together", { n: told.length, who })));
    }
  }
  if (row.notes) add(el("h3", {}, m.t("notes")), el("p", { class: "mapper-notes" }, row.notes));
  if (row.corrections) {
    const said = row.corrections.split("\n").map((line) => {
      const [column = "", old, now, who = "", when = "", why = ""] = line.split("\x1f");
      if (column === REGROUPED) return el("li", {}, m.t((now ?? "").length > (old ?? "").length ? "put_together" : "put_apart", { who, when, why }));
      const fact = m.t(m.maybe(`fix_${column}`) ? (`fix_${column}` as Key) : (column.replace("_best", "") as Key));
      return el("li", {}, m.t("correction", { fact, old: factWords(column, old, settings.types, m), new: factWords(column, now, settings.types, m), who, when, why }));
    });
    add(el("h3", {}, m.t("corrections")), el("ul", { class: "mapper-corrections" }, ...said));
  }
  const others = (row.places ?? []).flatMap((place) => place.candidates ?? []);
  if (others.length) {
    const items = others.map(({ name = "", area, country, reason }) =>
      el("li", {}, withinWords(nameIn(m, name, area, country), area && nameIn(m, area), country, m), reason ? ` — ${likelihoodWords(reason, country, m)}` : ""),
    );
    add(el("details", {}, el("summary", {}, m.t("candidates")), el("ul", {}, ...items)));
  }
  return content;
}

function casualties(at: Numbers, m: Messages, fact: (name: string, value: string) => void): void {
  const words = KINDS.map((kind) => tollWords(at, kind, m));
  const none = words.every((said) => said === m.t("none"));
  if (none || !words.some(Boolean)) fact(m.t("casualties"), m.t(none ? "noCasualties" : "notStated"));
  else KINDS.forEach((kind, k) => fact(m.t(kind), words[k] ?? m.t("notStated")));
}

const numberWords = (n: number | null, m: Messages) => (n === null ? n : m.number(n));

/** What one party says, with its source. */
export function claimItem(claim: ClaimText, sources: Record<string, SourceText>, m: Messages): HTMLLIElement {
  const item = el("li", {});
  item.append(
    el(
      "p",
      { class: "mapper-by" },
      el("strong", {}, claim.by ?? m.t("unnamed")),
      " ",
      el("span", { class: `mapper-status mapper-status-${claim.status ?? "claimed"}` }, m.t(`c_${claim.status ?? "claimed"}` as Key)),
    ),
  );
  const figures = claimFigures(claim, m);
  if (figures.length) item.append(el("p", { class: "mapper-figures" }, figures.join(" · ")));
  const source = claim.source ? sources[claim.source] : undefined;
  if (claim.quote) item.append(el("blockquote", { lang: source?.lang }, claim.quote, CUT.test(claim.quote) ? " …" : ""));
  if (source) item.append(sourceLine(source, m));
  return item;
}

/** A claim's own numbers: they may differ from those of the next claim, and both stand. */
export function claimFigures(claim: ClaimText, m: Messages): string[] {
  const at: Numbers = (name) => claim[name] ?? null;
  const said = [...KINDS.map((kind) => [kind, tollWords(at, kind, m)] as const), ...PROJECTILES.map((name) => [name, numberWords(at(name), m)] as const)];
  return said.filter(([, words]) => words).map(([name, words]) => `${m.t(name)}: ${words}`);
}

function sourceLine(source: SourceText, m: Messages): HTMLElement {
  const published = source.published ? dayOf(source.published, m) : "";
  const href = safeLink(source.url);
  const label = [source.publisher ?? source.title ?? m.t(href ? "source" : "sourceNotStated"), published].filter(Boolean).join(", ");
  if (!href) return el("p", { class: "mapper-source" }, label);
  return el(
    "p",
    { class: "mapper-source" },
    el(
      "a",
      { href, target: "_blank", rel: "noopener noreferrer nofollow", referrerpolicy: "no-referrer", title: source.title },
      label,
    ),
  );
}
