/** The timeline: a stacked histogram of days, weeks or months, a brush, and playback. */

import { button, el } from "../dom";
import type { Filters } from "../filters";
import type { IncidentLayer } from "./incidents";
import { FONT, onThemeChange, theme } from "../theme";
import { STEPS, type Step, binOfDay, binsOf, fittingStep, histogram } from "../time";
import { dayWords, periodWords } from "../words";

/** Most bins of which each is still seen. */
const MOST = 180;
const AXIS = 16;
/** Where the highest bar ends, below its count. */
const TOP = 14;
const EDGE = 9;
/** Milliseconds for a step of playback, and for all of it at most. */
const PACE = 700;
const LONGEST = 45_000;

export class Timeline {
  readonly element: HTMLElement;
  readonly #plot = el("div", { class: "mapper-plot" });
  readonly #canvas = el("canvas", { "aria-hidden": "true" });
  readonly #brush = el("div", { class: "mapper-brush", hidden: true });
  readonly #from: HTMLInputElement;
  readonly #to: HTMLInputElement;
  readonly #label = el("output", { class: "mapper-period" });
  readonly #playButton: HTMLButtonElement;
  readonly #whole: HTMLButtonElement;
  readonly #undatedBox = el("input", { type: "checkbox" });
  readonly #undatedWords = el("span", {});
  readonly #undatedLabel: HTMLElement;
  readonly #select: HTMLSelectElement;
  readonly #cumulativeBox = el("input", { type: "checkbox" });
  #bins: Int32Array;
  #binOf: Uint32Array;
  #counted: { key: string; counts: Uint32Array } = { key: "", counts: new Uint32Array(0) };
  #timer = 0;
  #frame = 0;
  #removed = false;
  /** The first day of the period before it became cumulative. */
  #began = Infinity;
  readonly #cleanups: (() => void)[] = [];
  readonly #observer: ResizeObserver;
  step: Step;
  /** The step it would choose by itself. */
  readonly usual: Step;

  constructor(private readonly layer: IncidentLayer) {
    const { words: m, filters } = layer;
    const { min, max } = filters.days;
    this.step = this.usual = fittingStep(min, max, MOST);
    this.#bins = binsOf(min, max, this.step);
    this.#binOf = binOfDay(this.#bins);

    this.#playButton = button("", "mapper-play", () => this.#press());
    this.#whole = button(m.t("wholeTime"), "mapper-link mapper-whole", () => {
      this.stop();
      filters.setPeriod(null);
    });
    this.#select = el("select", { "aria-label": m.t("step") }, ...STEPS.map((step) => el("option", { value: step }, m.t(`step_${step}`))));
    this.#select.value = this.step;
    this.#select.addEventListener("change", () => this.setStep(this.#select.value as Step));
    this.#cumulativeBox.addEventListener("change", () => this.setCumulative(this.#cumulativeBox.checked));
    this.#undatedBox.addEventListener("change", () => filters.setPeriod(filters.period, this.#undatedBox.checked));
    this.#undatedLabel = el("label", { class: "mapper-undated" }, this.#undatedBox, this.#undatedWords);
    const slider = (name: string, edge: "from" | "to") => {
      const input = el("input", { type: "range", class: `mapper-slider mapper-slider-${edge}`, min: 0, "aria-label": name });
      input.addEventListener("input", () => this.#slide(edge));
      return input;
    };
    this.#from = slider(m.t("periodFrom"), "from");
    this.#to = slider(m.t("periodTo"), "to");
    this.#plot.append(this.#canvas, this.#brush, this.#from, this.#to);
    this.element = el(
      "section",
      { class: "mapper-timeline-body", "aria-label": m.t("timeline") },
      el(
        "div",
        { class: "mapper-time-tools" },
        this.#playButton,
        this.#label,
        this.#whole,
        el("span", { class: "mapper-spring" }),
        this.#undatedLabel,
        el("label", {}, this.#cumulativeBox, m.t("cumulative")),
        this.#select,
      ),
      this.#plot,
    );
    this.#plot.addEventListener("pointerdown", (event) => this.#grab(event));
    this.#cleanups.push(filters.onChange(() => this.#redraw()), onThemeChange(() => this.#redraw()));
    this.#observer = new ResizeObserver(() => this.#redraw());
    this.#observer.observe(this.#plot);
    this.#playButton.textContent = still() ? "▶|" : "▶";
    this.#playButton.setAttribute("aria-label", m.t(still() ? "nextStep" : "play"));
    this.#update();
  }

  remove(): void {
    this.stop();
    this.#removed = true;
    this.#observer.disconnect();
    for (const cleanup of this.#cleanups) cleanup();
    this.element.remove();
  }

  get playing(): boolean {
    return this.#timer !== 0;
  }

  get cumulative(): boolean {
    return this.#cumulativeBox.checked;
  }

  setStep(step: Step): void {
    const { filters } = this.layer;
    const { min, max } = filters.days;
    this.step = step;
    this.#select.value = step;
    this.#bins = binsOf(min, max, step);
    this.#binOf = binOfDay(this.#bins);
    this.#redraw();
  }

  setCumulative(on: boolean): void {
    this.#cumulativeBox.checked = on;
    const { filters } = this.layer;
    const { period } = filters;
    if (period && on) {
      this.#began = period.from;
      filters.setPeriod({ from: filters.days.min, to: period.to });
    } else if (period && this.#began <= period.to) filters.setPeriod({ from: this.#began, to: period.to });
    this.#redraw();
  }

  get #last(): number {
    return this.#bins.length - 2;
  }

  /** The chosen bins; all when there is no period. */
  #chosen(): [number, number] {
    const { period } = this.layer.filters;
    if (!period) return [0, this.#last];
    const at = (day: number) => this.#binOf[Math.max(0, Math.min(this.#binOf.length - 1, day - this.#bins[0]!))]!;
    return [at(period.from), at(period.to)];
  }

  /** Where the period begins and ends, as shares of the plot: within a bin where it is shorter. */
  #edges(): [number, number] {
    const { period, days } = this.layer.filters;
    const [a, b] = this.#chosen();
    const at = (bin: number, day: number) => (bin + (day - this.#bins[bin]!) / (this.#bins[bin + 1]! - this.#bins[bin]!)) / (this.#last + 1);
    // A bin that sticks out of the days that there are is full with those.
    const from = !period || period.from <= days.min ? a / (this.#last + 1) : at(a, period.from);
    return [from, !period || period.to >= days.max ? (b + 1) / (this.#last + 1) : at(b, period.to + 1)];
  }

  #choose(a: number, b: number): void {
    const { filters } = this.layer;
    const [first, last] = [Math.max(0, Math.min(a, b)), Math.min(this.#last, Math.max(a, b))];
    const from = this.cumulative ? filters.days.min : Math.max(this.#bins[first]!, filters.days.min);
    const to = Math.min(this.#bins[last + 1]! - 1, filters.days.max);
    if (filters.period?.from === from && filters.period.to === to) return;
    filters.setPeriod({ from, to });
  }

  #slide(edge: "from" | "to"): void {
    this.stop();
    const [a, b] = this.#chosen();
    if (edge === "from") this.#choose(Math.min(Number(this.#from.value), b), b);
    else this.#choose(a, Math.max(Number(this.#to.value), a));
    // A slider that cannot go on stays where it is.
    this.#update();
  }

  #binAt(x: number): number {
    const width = this.#plot.clientWidth || 1;
    return Math.max(0, Math.min(this.#last, Math.floor((x / width) * (this.#last + 1))));
  }

  /** Begins a new period, or moves or widens the one that is there. */
  #grab(event: PointerEvent): void {
    if (event.button !== 0) return;
    event.preventDefault();
    this.stop();
    const origin = this.#plot.getBoundingClientRect().left;
    const x = event.clientX - origin;
    const start = this.#binAt(x);
    const [a, b] = this.#chosen();
    const period = this.layer.filters.period !== null;
    const [left, right] = this.#edges().map((share) => share * this.#plot.clientWidth);
    const near = (at: number) => period && Math.abs(x - at) <= EDGE;
    const mode = near(left!) ? "from" : near(right!) ? "to" : period && start >= a && start <= b && !this.cumulative ? "move" : "new";
    let moved = false;
    const move = (to: PointerEvent) => {
      const bin = this.#binAt(to.clientX - origin);
      moved ||= bin !== start || Math.abs(to.clientX - event.clientX) > 3;
      if (!moved) return;
      if (mode === "from") this.#choose(Math.min(bin, b), b);
      else if (mode === "to") this.#choose(a, Math.max(bin, a));
      else if (mode === "new") this.#choose(start, bin);
      else {
        const by = Math.max(-a, Math.min(this.#last - b, bin - start));
        this.#choose(a + by, b + by);
      }
    };
    const up = () => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", up);
      removeEventListener("pointercancel", up);
      if (!moved) this.#choose(start, start);
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", up);
    addEventListener("pointercancel", up);
    // A hand on the mouse sees where it is.
    (mode === "from" ? this.#from : this.#to).focus({ preventScroll: true, focusVisible: false } as FocusOptions);
  }

  /** The button: plays or pauses; where motion is not wanted, one step at a time. */
  #press(): void {
    if (still()) this.#next(true);
    else if (this.playing) this.stop();
    else {
      const [, b] = this.#chosen();
      if (!this.layer.filters.period || b >= this.#last) this.#rewind();
      this.#timer = window.setInterval(() => this.#next(false), Math.max(80, Math.min(PACE, LONGEST / (this.#last + 1))));
      this.#say();
    }
  }

  #rewind(): void {
    const [a, b] = this.#chosen();
    const { period } = this.layer.filters;
    const width = period && !this.cumulative ? b - a : 0;
    this.#choose(0, width >= this.#last ? 0 : width);
  }

  #next(around: boolean): void {
    const [a, b] = this.#chosen();
    if (!this.layer.filters.period || (around && b >= this.#last)) this.#rewind();
    else if (b >= this.#last) this.stop();
    else this.#choose(this.cumulative ? 0 : a + 1, b + 1);
  }

  stop(): void {
    if (!this.#timer) return;
    clearInterval(this.#timer);
    this.#timer = 0;
    this.#say();
  }

  #say(): void {
    const m = this.layer.words;
    if (still()) return;
    this.#playButton.textContent = this.playing ? "❚❚" : "▶";
    this.#playButton.setAttribute("aria-label", m.t(this.playing ? "pause" : "play"));
  }

  #redraw(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#update();
    });
  }

  #update(): void {
    if (this.#removed) return;
    const { words: m, filters } = this.layer;
    const [a, b] = this.#chosen();
    const chosen = filters.period !== null;
    for (const [input, value] of [[this.#from, a], [this.#to, b]] as const) {
      input.max = String(this.#last);
      input.value = String(value);
      const day = input === this.#from ? (chosen ? filters.period!.from : filters.days.min) : chosen ? filters.period!.to : filters.days.max;
      input.setAttribute("aria-valuetext", dayWords(day, m));
    }
    const [first, last] = chosen ? [filters.period!.from, filters.period!.to] : [filters.days.min, filters.days.max];
    this.#label.textContent = periodWords(first, last, m);
    this.#whole.hidden = !chosen;
    const undated = filters.undatedCount;
    this.#undatedLabel.hidden = filters.days.undated === 0;
    this.#undatedWords.textContent = m.t("noDate", { n: undated });
    this.#undatedBox.checked = !chosen || filters.undated;
    this.#undatedBox.disabled = !chosen;
    this.#from.disabled = this.cumulative;
    this.#brush.hidden = !chosen;
    const [left, right] = this.#edges();
    this.#brush.style.left = `${left * 100}%`;
    this.#brush.style.width = `${(right - left) * 100}%`;
    this.#draw(chosen ? [a, b] : null);
  }

  /** Counts by bin, type and whether the incident touches more than one day; neither the period nor what types are off changes them. */
  #counts(filters: Filters): Uint32Array {
    const shown = filters.forTimeline;
    const key = `${shown.version}/${this.step}/${this.cumulative}`;
    if (this.#counted.key !== key) {
      const { type } = this.layer.drawing.columns;
      this.#counted = { key, counts: histogram(filters.days, this.#bins, type, this.layer.settings.types.length, shown, this.cumulative) };
    }
    return this.#counted.counts;
  }

  #draw(chosen: [number, number] | null): void {
    const [width, height] = [this.#plot.clientWidth, this.#plot.clientHeight];
    if (!width || !height) return;
    const ratio = Math.max(1, window.devicePixelRatio || 1);
    this.#canvas.width = Math.round(width * ratio);
    this.#canvas.height = Math.round(height * ratio);
    const context = this.#canvas.getContext("2d");
    if (!context) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const { layer } = this;
    const counts = this.#counts(layer.filters);
    const types = layer.settings.types;
    const on = [...types.keys()].filter((t) => layer.filters.isOn("type", t));
    const slots = types.length * 2;
    const bins = this.#last + 1;
    let most = 0;
    for (let bin = 0; bin < bins; bin++) {
      most = Math.max(most, on.reduce((sum, t) => sum + counts[bin * slots + t * 2]! + counts[bin * slots + t * 2 + 1]!, 0));
    }
    const colours = theme();
    const floor = height - AXIS;
    const scale = (floor - TOP) / Math.max(1, most);
    const wide = width / bins;
    const gap = wide > 5 ? 1.5 : wide > 2.5 ? 0.5 : 0;
    const broad = Math.min(wide - gap, 72);
    const top = new Float64Array(bins).fill(floor);
    // By type, for to change the colour takes longer than to fill a bar.
    for (const t of on) {
      context.fillStyle = types[t]!.colour;
      // What lasts more than a day stands in each day that it touches, and paler.
      for (const span of [0, 1]) {
        for (let bin = 0; bin < bins; bin++) {
          const tall = counts[bin * slots + t * 2 + span]! * scale;
          if (!tall) continue;
          const dim = chosen && (bin < chosen[0] || bin > chosen[1]) ? 0.28 : 1;
          context.globalAlpha = dim * (span ? 0.55 : 1);
          context.fillRect(bin * wide + (wide - broad) / 2, (top[bin]! -= tall), broad, tall);
        }
      }
    }
    context.globalAlpha = 1;
    context.fillStyle = colours["axis"];
    context.fillRect(0, floor, width, 1);
    // The height that the count beside it names.
    context.globalAlpha = 0.35;
    context.fillRect(0, TOP, width, 1);
    context.globalAlpha = 1;
    this.#drawAxis(context, width, height);
    context.font = `400 11px ${FONT}`;
    context.textAlign = "left";
    context.textBaseline = "top";
    context.lineWidth = 3;
    context.strokeStyle = colours["axis-paper"];
    if (!most) return;
    const highest = layer.words.t("incidents", { n: most });
    context.strokeText(highest, 2, 1);
    context.fillText(highest, 2, 1);
  }

  #drawAxis(context: CanvasRenderingContext2D, width: number, height: number): void {
    const bins = this.#bins;
    const m = this.layer.words;
    const n = this.#last + 1;
    const every = Math.max(1, Math.ceil(n / Math.max(2, Math.floor(width / 92))));
    const span = bins[n]! - bins[0]!;
    const form: Intl.DateTimeFormatOptions =
      span > 100 || this.step === "month" ? { month: "short", year: "numeric" } : { day: "numeric", month: "short" };
    context.font = `400 11px ${FONT}`;
    context.textBaseline = "bottom";
    context.fillStyle = theme()["axis"];
    let free = 0;
    let before = "";
    for (let bin = 0; bin < n; bin += every) {
      const words = m.date(new Date(Math.max(bins[bin]!, this.layer.filters.days.min) * 86_400_000), form);
      const size = context.measureText(words).width;
      const x = Math.max(0, Math.min(width - size, width / n > 20 ? ((bin + 0.5) * width) / n - size / 2 : (bin * width) / n));
      if (x < free || words === before) continue;
      before = words;
      free = x + size + 14;
      context.textAlign = "left";
      context.fillText(words, x, height);
    }
  }
}

function still(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
