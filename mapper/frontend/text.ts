/** The words of the incidents, inflated block by block when somebody asks for them; see `mapper/page/text.py`. */

import { type Column, type Container, type Texts, decode, inflate, offsets } from "./container";
import { learnNames, spellings } from "./names";
import { COUNTS, type Count } from "./payload";

export interface RowText {
  id: string;
  title: string;
  place?: string;
  places?: PlaceText[];
  claims?: ClaimText[];
  actor?: string;
  target?: string;
  weapon?: string;
  notes?: string;
  /** One a line. */
  tags?: string;
  timezone?: string;
  reported?: string;
  reason?: string;
  /** One a line: column, old, new, who, when, why, with the sign 31 between them. */
  corrections?: string;
}

export interface PlaceText {
  text?: string;
  role?: string;
  name?: string;
  country?: string;
  area?: string;
  precision?: string;
  radius?: number;
  share?: number;
  reason?: string;
  candidates?: CandidateText[];
}

export interface CandidateText {
  name?: string;
  country?: string;
  area?: string;
  reason?: string;
}

export interface ClaimText extends Partial<Record<Count, number>> {
  by?: string;
  status?: string;
  quote?: string;
  source?: string;
}

export interface SourceText {
  title?: string;
  publisher?: string;
  url?: string;
  published?: string;
  lang?: string;
}

export interface Words {
  row: RowText;
  sources: Record<string, SourceText>;
}

/** How many blocks stay open; the rest is inflated again when needed. */
const KEPT = 64;

export class TextStore {
  readonly #open = new Map<number, Promise<Block>>();
  readonly #ready = new Map<number, Block>();
  #names?: Promise<void>;

  constructor(
    private readonly id: string,
    private readonly size: number,
    readonly count: number,
  ) {}

  get blocks(): number {
    return Math.ceil(this.count / this.size);
  }

  /** Whether all of it may stay open. */
  get fits(): boolean {
    return this.blocks <= KEPT;
  }

  async get(row: number): Promise<Words> {
    return (await this.block(Math.floor(row / this.size))).get(row % this.size);
  }

  /** The words of a row if its block is open. */
  peek(row: number): Words | undefined {
    const number = Math.floor(row / this.size);
    const block = this.#ready.get(number);
    if (!block) return undefined;
    return block.get(row % this.size);
  }

  /** The id of a row if its block is open. */
  idOf(row: number): string | undefined {
    return this.#ready.get(Math.floor(row / this.size))?.id(row % this.size);
  }

  /** First row of a block, and how many it has. */
  rowsOf(number: number): [number, number] {
    return [number * this.size, Math.min(this.size, this.count - number * this.size)];
  }

  block(number: number, keep = true): Promise<Block> {
    let block = this.#open.get(number);
    if (!block) {
      block = this.#read(number);
      if (!keep) return block;
      this.#open.set(number, block);
      void block.then(
        (open) => this.#open.has(number) && this.#ready.set(number, open),
        () => undefined,
      );
      const oldest = this.#open.keys().next().value;
      if (this.#open.size > KEPT && oldest !== undefined) {
        this.#open.delete(oldest);
        this.#ready.delete(oldest);
      }
    }
    return block;
  }

  async #read(number: number): Promise<Block> {
    const id = `${this.id}_text_${number}`;
    // The text stands last in the file: it may not have arrived yet.
    if (!document.getElementById(id) && document.readyState === "loading") {
      await new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }));
    }
    const element = document.getElementById(id);
    if (!element) throw new Error(`block ${id} is missing`);
    // Damaged names leave those that stand in the text.
    await (this.#names ??= learnNames(this.id).catch(() => undefined));
    return new Block(decode(await inflate(element.textContent ?? "")));
  }
}

/** The columns of the texts; the same names as in `mapper/page/text.py`. */
export const ROW = ["id", "title", "place", "actor", "target", "weapon", "notes", "tags", "timezone", "reported", "reason", "corrections"] as const;
export const PLACE = ["text", "role", "name", "country", "area", "precision", "reason"] as const;
export const CANDIDATE = ["name", "country", "area", "reason"] as const;
export const CLAIM = ["by", "status", "quote"] as const;
export const SOURCE = ["title", "publisher", "url", "published", "lang"] as const;

/** One open block: 512 rows with all that hangs on them. */
export class Block {
  readonly rows: number;
  readonly #row: Table;
  readonly #place: Table;
  readonly #candidate: Table;
  readonly #claim: Table;
  readonly #source: Table;
  readonly #placeFrom: Uint32Array;
  readonly #candidateFrom: Uint32Array;
  readonly #claimFrom: Uint32Array;
  readonly #claimSource: Column;

  constructor(private readonly container: Container) {
    this.rows = Number(container.meta["rows"]);
    const counts = (name: string, n: number) => offsets(container.columns.get(name) ?? new Uint32Array(n));
    this.#row = new Table(container, "row", ROW);
    this.#place = new Table(container, "place", PLACE);
    this.#candidate = new Table(container, "candidate", CANDIDATE);
    this.#claim = new Table(container, "claim", CLAIM);
    this.#source = new Table(container, "source", SOURCE);
    this.#placeFrom = counts("row_places", this.rows);
    this.#candidateFrom = counts("place_candidates", this.#placeFrom[this.rows]!);
    this.#claimFrom = counts("row_claims", this.rows);
    this.#claimSource = container.columns.get("claim_source") ?? new Int32Array(0);
  }

  get(row: number): Words {
    if (row >= this.rows) throw new Error(`no text for row ${row}`);
    const words = this.#row.get(row) as unknown as RowText;
    words.title ??= "";
    const sources: Record<string, SourceText> = {};
    words.places = range(this.#placeFrom, row).map((p) => {
      const place = this.#place.get(p) as PlaceText;
      const radius = this.container.columns.get("place_radius_m")?.[p] ?? -1;
      if (radius >= 0) place.radius = radius / 1000;
      const share = this.container.columns.get("place_share")?.[p] ?? -1;
      if (share >= 0) place.share = share;
      const shown = this.container.columns.get("candidate_shown");
      place.candidates = range(this.#candidateFrom, p).flatMap((c) => (shown && shown[c]! > 0 ? [this.#candidate.get(c) as CandidateText] : []));
      return place;
    });
    words.claims = range(this.#claimFrom, row).map((c) => {
      const claim = this.#claim.get(c) as ClaimText;
      for (const name of COUNTS) {
        const value = this.container.columns.get(`claim_${name}`)?.[c] ?? -1;
        if (value >= 0) claim[name] = value;
      }
      const source = this.#claimSource[c]!;
      claim.source = String(source);
      sources[source] ??= this.#source.get(source) as SourceText;
      return claim;
    });
    return { row: words, sources };
  }

  /** All that a search looks at in a row, without making objects of it. */
  haystack(row: number): string {
    const parts = [this.#row.text("title", row), this.#row.text("place", row), this.#row.text("target", row), this.#row.text("weapon", row)];
    for (const p of range(this.#placeFrom, row)) parts.push(this.#place.text("name", p), this.#place.text("text", p), this.#place.text("area", p));
    for (const c of range(this.#claimFrom, row)) parts.push(this.#claim.text("by", c), this.#claim.text("quote", c));
    return parts.filter(Boolean).join("\n");
  }

  /** The names of its places in all languages, folded. */
  spellings(row: number): string {
    return range(this.#placeFrom, row)
      .map((p) => spellings(this.#place.text("name", p) ?? "", this.#place.text("area", p), this.#place.text("country", p)))
      .join("\n");
  }

  id(row: number): string | undefined {
    return this.#row.text("id", row);
  }
}

class Table {
  readonly #columns = new Map<string, Texts>();

  constructor(container: Container, prefix: string, names: readonly string[]) {
    for (const name of names) {
      const texts = container.texts(`${prefix}_${name}`);
      if (texts) this.#columns.set(name, texts);
    }
  }

  text(name: string, i: number): string | undefined {
    return this.#columns.get(name)?.get(i);
  }

  get(i: number): Record<string, string> {
    const row: Record<string, string> = {};
    for (const [name, texts] of this.#columns) {
      const text = texts.get(i);
      if (text !== undefined) row[name] = text;
    }
    return row;
  }
}

function range(from: Uint32Array, i: number): number[] {
  return Array.from({ length: from[i + 1]! - from[i]! }, (_, n) => from[i]! + n);
}

/** What may be damaged, or undefined. */
export function safely<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
