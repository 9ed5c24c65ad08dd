/** All that stands around the map: header, panel, timeline; made anew when the language changes. */

import type * as Leaflet from "leaflet";
import { type PageInfo, about } from "./about";
import { Back } from "./back";
import { openCards } from "./cards";
import { button, el, whenIdle } from "./dom";
import { copy } from "./download";
import { Drawer } from "./drawer";
import { BasemapLayer } from "./layers/basemap";
import { flatten } from "./layers/canvas";
import type { IncidentLayer } from "./layers/incidents";
import { Timeline } from "./layers/timeline";
import { L } from "./leaflet";
import { Legend } from "./legend";
import { List } from "./list";
import { LANGUAGES, type Messages, learnt, messages } from "./messages";
import { newestFirst } from "./payload";
import { type State, applyFilters, filterState, readHash, writeHash } from "./permalink";
import type { Card } from "./popup";
import { key, paper, prepare } from "./printing";
import { Search } from "./search";
import { share } from "./share";
import { NEWEST, writeOrder } from "./sorting";
import { Table } from "./table";
import { type Choice, PRINTING, changed, chooseTheme, chosenTheme, isDark } from "./theme";

/** Here the panel is a sheet over the map (as in style.css): beside it where the page is low, else at its foot. */
const LOW = matchMedia("(max-height: 500px)");
const NARROW = matchMedia("(max-width: 900px), (max-height: 500px)");
/** Milliseconds after the last key of a search, and between two writings of the address. */
const TYPING = 250;
const WRITING = 400;

export class Frame {
  readonly #tools = document.getElementById("mapper-tools")!;
  readonly #panel = document.getElementById("mapper-panel")!;
  readonly #display = document.getElementById("mapper-display")!;
  readonly #below = document.getElementById("mapper-timeline")!;
  #m: Messages;
  #drawer!: Drawer;
  #zoom!: Leaflet.Control.Zoom;
  #layer: IncidentLayer | null = null;
  #card: Card | null = null;
  #legend: Legend | null = null;
  #timeline: Timeline | null = null;
  #table: Table | null = null;
  #search: Search | null = null;
  #searchBox: HTMLInputElement | null = null;
  #searchStatus: HTMLElement | null = null;
  #query = "";
  #typing = 0;
  #writing = 0;
  #applying = false;
  /** What was written or read last, so that our own writing is not read again. */
  #hash = location.hash;
  #step: Timeline["step"] | undefined;
  #cumulative = false;
  /** Whether only what is in view counts. */
  readonly #inView = el("input", { type: "checkbox" });
  /** Said over a map on which the filters leave nothing. */
  readonly #nothing = el("p", { class: "mapper-nothing", role: "status", hidden: true });
  #cleanups: (() => void)[] = [];
  readonly #back = new Back(
    () => NARROW.matches && (this.#drawer.opened !== null || this.#card?.isOpen === true),
    () => (this.#drawer.opened ? this.#drawer.close() : this.#card!.close()),
    () => {
      this.#hash = location.hash;
      this.#writeNow();
    },
  );

  constructor(
    private readonly map: Leaflet.Map,
    private readonly info: PageInfo,
    m: Messages,
  ) {
    this.#m = m;
    this.#build();
    if (!NARROW.matches && !this.#asCard) this.#drawer.open("layers", false);
    this.#inView.addEventListener("change", () => this.#lookAround());
    map.on("moveend", () => this.#moved());
    addEventListener("hashchange", () => this.#readAddress());
    addEventListener("beforeprint", () => this.#toPaper());
    addEventListener("afterprint", () => this.#fromPaper());
    addEventListener("keydown", (event) => this.#shortcut(event));
  }

  get #lang(): string {
    return this.#m.lang === "en-GB" ? "en" : this.#m.lang;
  }

  get #asCard(): boolean {
    return document.documentElement.classList.contains("mapper-as-card");
  }

  /** Everything that needs no data. */
  #build(): void {
    const m = this.#m;
    const { map } = this;
    const container = map.getContainer();
    container.setAttribute("role", "region");
    container.setAttribute("aria-label", `${m.t("map")}. ${m.t("mapHelp")}`);
    document.documentElement.lang = this.#lang;
    this.#zoom?.remove();
    this.#zoom = L.control.zoom({ position: "topright", zoomInTitle: m.t("zoomIn"), zoomOutTitle: m.t("zoomOut") }).addTo(map);
    this.#tools.replaceChildren();
    this.#panel.replaceChildren();
    this.#panel.setAttribute("aria-label", m.t("panel"));
    this.#drawer = new Drawer(this.#tools, this.#panel, m, () => map.invalidateSize({ animate: false }), () => this.#back.look());
    this.#displayControls();
    this.#nothing.replaceChildren(m.t("nothingShown"), " ", button(m.t("resetFilters"), "mapper-link", () => this.#reset()));
    container.append(this.#nothing);
    const waiting = () => el("div", {}, el("p", { class: "mapper-empty" }, m.t("loading")));
    for (const name of ["layers", "list", "unplaced", "share"] as const) {
      this.#drawer.add(name, m.t(name), m.t(name), waiting(), name === "list" ? () => this.#table?.refresh() : undefined);
    }
    this.#drawer.add("about", m.t("about"), m.t("about"), about(this.info, m));
  }

  #displayControls(): void {
    const m = this.#m;
    const select = el("select", { "aria-label": m.t("language"), class: "mapper-language" });
    for (const [lang, name] of Object.entries(LANGUAGES)) select.append(el("option", { value: lang, lang }, name));
    select.value = this.#lang;
    select.addEventListener("change", () => {
      void this.speak(select.value).then(() => this.#display.querySelector("select")?.focus());
    });
    const dark = button("", "mapper-theme", () => {
      chooseTheme(isDark() ? "light" : "dark");
      say();
      this.#write();
    });
    const say = () => {
      dark.textContent = isDark() ? "☀" : "☾";
      dark.setAttribute("aria-label", m.t(isDark() ? "toLight" : "toDark"));
      dark.title = m.t(isDark() ? "toLight" : "toDark");
    };
    say();
    this.#display.replaceChildren(select, dark);
  }

  fail(): void {
    for (const section of this.#panel.querySelectorAll(".mapper-empty")) section.textContent = this.#m.t("broken");
  }

  /** Fills everything from a layer whose data have arrived. */
  join(layer: IncidentLayer, state: State): void {
    this.#layer = layer;
    if (layer.words.lang !== this.#m.lang) layer.speak(this.#lang);
    layer.filters.onChange(() => this.#filtered());
    this.#mount();
    this.#apply(state);
    if (state.lang && state.lang !== this.#lang) void this.speak(state.lang);
    document.documentElement.dataset["mapper"] = "ready";
    performance.mark("mapper-ready");
    if (layer.text.fits) whenIdle(() => void prepare(layer));
  }

  #mount(): void {
    const [m, drawer] = [this.#m, this.#drawer];
    const { map } = this;
    const layer = this.#layer!;
    const { filters, drawing, settings } = layer;
    this.#search = new Search(layer.text, (i) => settings.types[drawing.columns.type[i]!]?.label ?? "");
    this.#card = openCards(map, layer, (incident) => this.#opened(incident), (incident) => this.#cardActions(incident));

    this.#legend = new Legend(layer, {
      onUnplaced: () => drawer.open("unplaced"),
      onReset: () => this.#reset(),
      view: el("label", { class: "mapper-in-view" }, this.#inView, m.t("onlyInView")),
    });
    drawer.fill("layers", this.#legend.element);

    this.#table = new Table(layer, (incident) => this.#pick(incident), () => this.#write(), this.#table?.order);
    this.#searchBox = el("input", { type: "search", class: "mapper-search", placeholder: m.t("searchIn"), "aria-label": m.t("searchIn"), maxlength: 200, autocomplete: "off" });
    this.#searchBox.value = this.#query;
    this.#searchBox.addEventListener("input", () => {
      clearTimeout(this.#typing);
      this.#typing = window.setTimeout(() => void this.#find(this.#searchBox!.value), TYPING);
    });
    this.#searchStatus = el("p", { class: "mapper-small", role: "status" });
    drawer.fill("list", this.#searchBox, this.#searchStatus, this.#table.element);

    const off = newestFirst(drawing, Array.from({ length: drawing.count - drawing.placed }, (_, i) => drawing.placed + i));
    const unplaced = new List(layer, (incident) => this.#pick(incident));
    drawer.fill("unplaced", el("p", { class: "mapper-small" }, m.t("unplacedIntro")), unplaced.element);
    const list = () => {
      const shown = off.filter((i) => filters.passes(i));
      drawer.rename("unplaced", `${m.t("unplaced")} (${m.number(shown.length)})`);
      void unplaced.show(shown);
    };
    const relist = filters.onChange(list);
    // Little enough to be there at once, so that a search of the page finds it.
    list();

    const taking = share(layer, this.info.title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60) || "incidents");
    drawer.fill("share", taking.element);
    const recount = filters.onChange(taking.update);
    taking.update();

    if (this.#asCard) {
      const legend = () => {
        this.#below.replaceChildren(key(layer));
        map.invalidateSize({ animate: false, pan: false });
      };
      filters.onChange(legend);
      legend();
    } else if (filters.days.max > filters.days.min) {
      this.#timeline = new Timeline(layer);
      if (this.#step) this.#timeline.setStep(this.#step);
      this.#timeline.setCumulative(this.#cumulative);
      this.#below.replaceChildren(this.#timeline.element);
      this.#timeline.element.addEventListener("change", () => this.#write());
    } else if (!this.#below.hidden) {
      this.#below.hidden = true;
      map.invalidateSize({ pan: false });
    }
    this.#cleanups = [relist, recount];
    this.#sayCounts();
  }

  #unmount(): void {
    for (const cleanup of this.#cleanups) cleanup();
    this.#legend?.remove();
    this.#timeline?.remove();
    this.#table?.remove();
  }

  /** Says everything in another language; what is open stays open. */
  async speak(lang: string): Promise<void> {
    if (!(await learnt(lang))) return;
    const [opened, pages] = [this.#drawer.opened, this.#card?.pages];
    const unfolded = [...this.#panel.querySelectorAll<HTMLElement>(".mapper-facet[open]")].map((facet) => facet.dataset["facet"]);
    if (this.#timeline) {
      this.#step = this.#timeline.step;
      this.#cumulative = this.#timeline.cumulative;
    }
    this.#unmount();
    this.#m = messages(lang);
    this.map.eachLayer((layer) => layer instanceof BasemapLayer && layer.speak(lang));
    this.#build();
    if (opened) this.#drawer.open(opened, false);
    if (this.#layer) {
      this.#layer.speak(lang);
      this.#mount();
      for (const facet of this.#panel.querySelectorAll<HTMLDetailsElement>(".mapper-facet")) facet.open = unfolded.includes(facet.dataset["facet"]);
      if (pages?.[0].length) void this.#card!.open(...pages, false);
      if (this.#drawer.opened === "list") this.#table?.refresh();
    }
    this.#write();
  }

  #filtered(): void {
    this.#sayCounts();
    const { filters } = this.#layer!;
    this.#nothing.hidden = filters.shownPlaced > 0;
    this.#card!.notice(this.#card!.incident < 0 || filters.passes(this.#card!.incident) ? "" : this.#m.t("notShown"));
    if (this.#drawer.opened === "list") this.#table?.refresh();
    this.#write();
  }

  #sayCounts(): void {
    const n = this.#layer!.filters.shownCount;
    this.#drawer.rename("list", `${this.#m.t("list")} (${this.#m.number(n)})`);
    if (this.#searchStatus) this.#searchStatus.textContent = this.#query ? this.#m.t("found", { n }) : this.#m.t(n ? "listIntro" : "empty");
  }

  #pick(incident: number): void {
    if (NARROW.matches) this.#drawer.close();
    void this.#card!.open([incident]);
    // What is in view stays where it is, so that the list of what is in view stays too.
    if (!this.#layer!.filters.viewing) this.#reveal(incident);
  }

  /** Brings an incident to where its card does not cover it. */
  #reveal(incident: number): void {
    const { x, y } = this.map.getSize();
    this.#layer!.reveal(incident, LOW.matches ? { right: x / 2 } : this.#card!.element.offsetWidth === x ? { bottom: y * 0.6 } : { right: 380 });
  }

  #opened(incident: number): void {
    // The map has more room on a low page while a card is open.
    this.map.invalidateSize({ animate: false });
    this.#table?.select(incident);
    this.#back.look();
    this.#write();
  }

  #cardActions(incident: number): HTMLElement[] {
    const m = this.#m;
    const list = button(m.t("showInList"), "mapper-link", () => {
      if (NARROW.matches) this.#card!.close();
      this.#drawer.open("list", false);
      this.#table!.select(incident, true);
    });
    const map = button(m.t("showOnMap"), "mapper-link", () => this.#reveal(incident));
    const link = button(m.t("copyLink"), "mapper-link", () => {
      this.#writeNow();
      void copy(location.href).then((done) => (link.textContent = m.t(done ? "linkCopied" : "notCopied")));
    });
    return incident < this.#layer!.drawing.placed ? [list, map, link] : [list, link];
  }

  async #find(query: string): Promise<void> {
    this.#query = query.trim();
    const { filters } = this.#layer!;
    if (!this.#query) {
      this.#search!.cancel();
      if (filters.query) filters.setSearch(null);
      this.#sayCounts();
      return;
    }
    this.#searchStatus!.textContent = this.#m.t("searching");
    const mask = await this.#search!.find(this.#query, (share) => {
      this.#searchStatus!.textContent = `${this.#m.t("searching")} ${Math.round(share * 100)} %`;
    });
    if (mask) filters.setSearch(mask, this.#query);
  }

  #reset(): void {
    this.#inView.checked = false;
    if (this.#searchBox) this.#searchBox.value = "";
    void this.#find("");
    this.#layer!.filters.reset();
  }

  #moved(): void {
    if (this.#inView.checked) this.#lookAround();
    this.#write();
  }

  #lookAround(): void {
    if (!this.#layer) return;
    const layer = this.#layer;
    const { map } = this;
    if (!this.#inView.checked) {
      if (layer.filters.viewing) layer.filters.setView(null);
      return;
    }
    const [bounds, world] = [map.getPixelBounds(), 256 * 2 ** map.getZoom()];
    layer.filters.setView(layer.scene.inBox({ minX: bounds.min!.x / world, minY: bounds.min!.y / world, maxX: bounds.max!.x / world, maxY: bounds.max!.y / world }));
  }

  #shortcut(event: KeyboardEvent): void {
    const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey || !this.#searchBox) return;
    event.preventDefault();
    this.#drawer.open("list", false);
    this.#searchBox.focus();
  }

  // The address.

  #state(): State {
    const [layer, timeline, card, table] = [this.#layer, this.#timeline, this.#card, this.#table];
    const { map } = this;
    const center = map.getCenter();
    const state: State = { view: { zoom: map.getZoom(), lat: center.lat, lon: center.lng }, ...(layer ? filterState(layer.filters) : {}) };
    if (this.#query) state.query = this.#query;
    if (table && writeOrder(table.order) !== "date") state.order = table.order;
    if (this.#inView.checked) state.inView = true;
    if (timeline?.cumulative) state.cumulative = true;
    if (timeline && timeline.step !== timeline.usual) state.step = timeline.step;
    const incident = card?.incident ?? -1;
    const id = incident >= 0 ? layer?.text.idOf(incident) : undefined;
    if (id) state.incident = { id, row: incident };
    if (this.#lang !== this.info.lang) state.lang = this.#lang;
    const theme: Choice | null = chosenTheme();
    if (theme) state.theme = theme;
    return state;
  }

  #write(): void {
    if (this.#applying || !this.#layer || this.#writing) return;
    this.#writing = window.setTimeout(() => this.#writeNow(), WRITING);
  }

  #writeNow(): void {
    clearTimeout(this.#writing);
    this.#writing = 0;
    const hash = writeHash(this.#state());
    if (hash === this.#hash) return;
    this.#hash = hash;
    try {
      history.replaceState(history.state, "", hash || " ");
    } catch {
      // A frame without an address of its own, such as a notebook's, has no link either.
    }
  }

  #readAddress(): void {
    if (location.hash === this.#hash || !this.#layer) return;
    this.#hash = location.hash;
    const state = readHash(location.hash);
    const lang = state.lang ?? this.info.lang;
    chooseTheme(state.theme ?? null);
    if (this.#lang !== lang) void this.speak(lang);
    if (state.view) this.map.setView([state.view.lat, state.view.lon], Math.min(state.view.zoom, this.map.getMaxZoom()), { animate: false });
    this.#apply(state);
  }

  /** Does what an address says. */
  #apply(state: State): void {
    const layer = this.#layer!;
    this.#applying = true;
    const plain = !state.off && !state.period && !state.retracted && !layer.filters.isAnyFiltered;
    if (!plain) applyFilters(layer.filters, state);
    this.#inView.checked = state.inView ?? false;
    this.#lookAround();
    if (this.#timeline) this.#timeline.setStep(state.step ?? this.#timeline.usual);
    this.#timeline?.setCumulative(state.cumulative ?? false);
    this.#applying = false;
    this.#table!.order = state.order ?? NEWEST;
    if (this.#drawer.opened === "list") this.#table!.refresh();
    if (this.#searchBox) this.#searchBox.value = state.query ?? "";
    if (state.query || this.#query) void this.#find(state.query ?? "");
    if (state.incident) void this.#openById(state.incident.id, state.incident.row);
    else this.#card?.close();
  }

  /** Opens the incident of an id: it is looked for where it was, and then everywhere. */
  async #openById(id: string, row: number): Promise<void> {
    const { text, filters } = this.#layer!;
    const open = async (row: number) => {
      await this.#card!.open([row]);
      // A link made on a wide page leaves it under the card of a narrow one.
      if (NARROW.matches && !filters.viewing) this.#reveal(row);
    };
    try {
      if (row < text.count && (await text.get(row)).row.id === id) return await open(row);
      for (let number = 0; number < text.blocks; number++) {
        const [first, count] = text.rowsOf(number);
        const block = await text.block(number, false);
        for (let i = 0; i < count; i++) if (block.id(i) === id) return await open(first + i);
      }
    } catch {
      // What a link cannot open is not worth a message: the map is there.
    }
  }

  // Paper.

  #paper: HTMLElement | null = null;

  #toPaper(): void {
    if (!this.#layer || this.#paper) return;
    this.#paper = paper(this.#layer, this.info.attributions);
    document.getElementById("mapper-page")!.append(this.#paper);
    const { map } = this;
    const [center, zoom] = [map.getCenter(), map.getZoom()];
    const before = map.getSize();
    document.documentElement.classList.add(PRINTING);
    changed();
    map.invalidateSize({ animate: false, pan: false });
    const { x, y } = map.getSize();
    map.setView(center, zoom + Math.log2(Math.min(x / before.x, y / before.y)), { animate: false });
    const unfold = flatten(map);
    this.#unprint = () => {
      unfold();
      map.invalidateSize({ animate: false, pan: false });
      map.setView(center, zoom, { animate: false });
    };
  }

  #unprint: () => void = () => undefined;

  #fromPaper(): void {
    this.#paper?.remove();
    this.#paper = null;
    document.documentElement.classList.remove(PRINTING);
    changed();
    this.#unprint();
    this.#unprint = () => undefined;
  }
}
