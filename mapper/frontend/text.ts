/** The words of the incidents, inflated block by block when somebody asks for them; see `mapper/page/text.py`. */

import { inflate } from "./container";
import type { Count } from "./payload";

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
  tags?: string[];
  timezone?: string;
  reported?: string;
  reason?: string;
}

export interface PlaceText {
  text?: string;
  role?: string;
  name?: string;
  country?: string;
  area?: string;
  precision?: string;
  radius?: number;
  reason?: string;
  candidates?: CandidateText[];
}

export interface CandidateText {
  name?: string;
  country?: string;
  area?: string;
  lon?: number;
  lat?: number;
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

interface Block {
  rows: RowText[];
  sources: Record<string, SourceText>;
}

/** How many blocks stay open; the rest is inflated again when needed. */
const KEPT = 24;

export class TextStore {
  private readonly open = new Map<number, Promise<Block>>();

  constructor(
    private readonly id: string,
    private readonly size: number,
  ) {}

  async get(row: number): Promise<Words> {
    const block = await this.block(Math.floor(row / this.size));
    const found = block.rows[row % this.size];
    if (!found) throw new Error(`no text for row ${row}`);
    return { row: found, sources: block.sources };
  }

  private block(number: number): Promise<Block> {
    let block = this.open.get(number);
    if (!block) {
      block = this.read(number);
      this.open.set(number, block);
      const oldest = this.open.keys().next().value;
      if (this.open.size > KEPT && oldest !== undefined) this.open.delete(oldest);
    }
    return block;
  }

  private async read(number: number): Promise<Block> {
    const id = `${this.id}_text_${number}`;
    // The text stands last in the file: it may not have arrived yet.
    if (!document.getElementById(id) && document.readyState === "loading") {
      await new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }));
    }
    const element = document.getElementById(id);
    if (!element) throw new Error(`block ${id} is missing`);
    return JSON.parse(new TextDecoder().decode(await inflate(element.textContent ?? ""))) as Block;
  }
}
