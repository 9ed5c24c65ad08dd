/** Search over titles, places, claimants and quotes: block by block, so that a million rows need no index in memory. */

import type { TextStore } from "./text";

/** Rows whose folded words are kept for the next query. */
const KEPT_ROWS = 60_000;

/** What is compared: without case, accents, apostrophes and the like, in any script. */
export function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}|['’ʼ`]/gu, "").toLocaleLowerCase("und");
}

export function terms(query: string): string[] {
  return [...new Set(fold(query).split(/[\s,;]+/).filter(Boolean))];
}

export class Search {
  readonly #kept = new Map<number, string[]>();
  #turn = 0;

  constructor(
    private readonly text: TextStore,
    /** What is said of a row in the page's language beside its text. */
    private readonly label: (row: number) => string,
  ) {}

  /** Marks the rows that have all words of a query; null when there is no query, or a newer one has come. */
  async find(query: string, onProgress: (share: number) => void = () => undefined): Promise<Uint8Array | null> {
    const turn = ++this.#turn;
    const wanted = terms(query);
    if (!wanted.length) return null;
    const mask = new Uint8Array(this.text.count);
    for (let number = 0; number < this.text.blocks; number++) {
      const [first, count] = this.text.rowsOf(number);
      const rows = await this.#folded(number, first, count);
      if (turn !== this.#turn) return null;
      for (let i = 0; i < rows.length; i++) if (wanted.every((term) => rows[i]!.includes(term))) mask[first + i] = 1;
      if (number % 16 === 15) onProgress((number + 1) / this.text.blocks);
    }
    return mask;
  }

  /** Stops whatever is being looked for. */
  cancel(): void {
    this.#turn++;
  }

  async #folded(number: number, first: number, count: number): Promise<string[]> {
    const known = this.#kept.get(number);
    if (known) return known;
    let rows: string[];
    try {
      const block = await this.text.block(number, false);
      rows = Array.from({ length: count }, (_, i) => `${fold(`${this.label(first + i)}\n${block.haystack(i)}`)}\n${block.spellings(i)}`);
    } catch {
      // A damaged block has nothing to be found in it; the card says that it is damaged.
      rows = Array<string>(count).fill("");
    }
    if (this.text.count <= KEPT_ROWS) this.#kept.set(number, rows);
    return rows;
  }
}
