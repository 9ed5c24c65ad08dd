/**
 * The way back from what covers the map on a phone: one entry of the history, which is there as long as something is open,
 * so that going back closes it and leaves the page where it was.
 */

/** What the entries are known by: that of the map alone, and that of what covers it. */
const MAP = "map";
const SHEET = "sheet";

export class Back {
  #pushed = history.state === SHEET;
  #leaving = false;
  #waiting = false;

  constructor(
    /** Whether anything covers the map. */
    private readonly covered: () => boolean,
    private readonly close: () => void,
    /** The address, which is an older one now, is to say again what is shown. */
    private readonly rewrite: () => void,
  ) {
    // The history of a frame is that of the page around it.
    if (self === top) addEventListener("popstate", () => this.#went());
  }

  /** Looks whether the map is covered now; not at once, for one thing closes and another opens. */
  look(): void {
    if (this.#waiting || self !== top) return;
    this.#waiting = true;
    queueMicrotask(() => {
      this.#waiting = false;
      const covered = this.covered();
      if (this.#leaving || covered === this.#pushed) return;
      if (covered) {
        history.replaceState(MAP, "");
        history.pushState(SHEET, "");
        this.#pushed = true;
      } else {
        this.#leaving = true;
        history.back();
      }
    });
  }

  #went(): void {
    const back = this.#pushed && history.state === MAP;
    this.#pushed = history.state === SHEET;
    if (back) {
      if (!this.#leaving) this.close();
      this.rewrite();
    }
    this.#leaving = false;
    this.look();
  }
}
