/** What has been decided so far, and the rows of the file of overrides that it makes. */

import { type Item, numbered } from "./desk";
import { position, readable, written } from "./values";

export type Kind = "pick" | "other" | "keep" | "hide" | "retract";

export interface Answer {
  kind: Kind;
  /** Which option of each group is taken. */
  picks: Record<number, number>;
  /** What was typed, or pointed at on the map. */
  other: string;
  /** How well a position that was given is known. */
  precision: string;
  why: string;
  /** For the readers of the map. */
  note: string;
  /** The day of the decision, ISO 8601. */
  when: string;
}

export interface Row {
  id: string;
  action: string;
  value: string;
  who: string;
  when: string;
  why: string;
  title: string;
}

/** `settled`: another decision on the same incident, to hide or to retract it, makes this one needless. */
export type State = "open" | "unfinished" | "decided" | "settled";

export const EMPTY: Answer = { kind: "pick", picks: {}, other: "", precision: "settlement", why: "", note: "", when: "" };

/** The day by the reader's own clock. */
export function today(now = new Date()): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** The action and the value that an answer comes to, null as long as it comes to none. */
export function decision(item: Item, answer: Answer): { action: string; value: string } | null {
  switch (answer.kind) {
    case "hide":
    case "retract":
      return { action: answer.kind, value: "" };
    case "keep":
      return { action: "keep", value: item.action };
    case "other": {
      if (!readable(item.action, answer.other)) return null;
      const at = item.action === "place" ? position(answer.other) : null;
      return { action: item.action, value: at ? `${written(at, digits(answer.other))}, ${answer.precision}` : answer.other.trim() };
    }
    case "pick": {
      if (!Object.keys(answer.picks).length) return null;
      const values = item.groups.map(({ options, now }, group) => options[answer.picks[group] ?? -1]?.value ?? now);
      if (values.some((value) => value === undefined) || !values.some(Boolean)) return null;
      return { action: item.action, value: [...new Set(values)].filter(Boolean).join("; ") };
    }
  }
}

/** As many decimal digits as were typed. */
function digits(text: string): number {
  return Math.min(6, Math.max(...Array.from(text.matchAll(/\.(\d+)/g), ([, decimals]) => decimals!.length), 0));
}

export class Answers {
  readonly #answers = new Map<number, Answer>();
  readonly #listeners: (() => void)[] = [];
  /** The first decision to hide or to retract each incident. */
  readonly #wholes = new Map<string, number>();
  #by = "";
  /** Whether there is something that was neither downloaded nor copied. */
  unsaved = false;

  constructor(readonly items: Item[]) {}

  get who(): string {
    return this.#by;
  }

  set who(name: string) {
    this.#by = name;
    this.#changed();
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  get(at: number): Answer {
    return this.#answers.get(at) ?? EMPTY;
  }

  has(at: number): boolean {
    return this.#answers.has(at);
  }

  set(at: number, part: Partial<Answer>): void {
    this.#answers.set(at, { ...this.get(at), ...part, when: today() });
    this.#changed();
  }

  /** Takes an option. */
  pick(at: number, group: number, index: number): void {
    this.set(at, { kind: "pick", picks: { ...this.get(at).picks, [group]: index } });
  }

  pickNumber(at: number, number: number): boolean {
    const found = numbered(this.items[at]!)[number - 1];
    if (found) this.pick(at, found.group, found.index);
    return found !== undefined;
  }

  undo(at: number): void {
    this.#answers.delete(at);
    this.#changed();
  }

  /** What an answer still lacks, null if nothing. */
  lacks(at: number): "decision" | "why" | "who" | null {
    const answer = this.get(at);
    if (!this.has(at) || !decision(this.items[at]!, answer)) return "decision";
    if (!answer.why.trim()) return "why";
    return this.who.trim() ? null : "who";
  }

  state(at: number): State {
    const whole = this.#wholes.get(this.items[at]!.id);
    if (whole !== undefined && whole !== at) return "settled";
    if (!this.has(at)) return "open";
    return this.lacks(at) ? "unfinished" : "decided";
  }

  /** How many need no more looking at. */
  get done(): number {
    return this.items.filter((_, at) => /decided|settled/.test(this.state(at))).length;
  }

  rows(): Row[] {
    return this.items.flatMap((item, at) => {
      if (this.state(at) !== "decided") return [];
      const answer = this.get(at);
      const words = { id: item.id, who: spaced(this.who), when: answer.when, why: spaced(answer.why), title: item.title };
      const row = { ...words, ...decision(item, answer)! };
      const note = spaced(answer.note);
      return note ? [row, { ...words, action: "note", value: note }] : [row];
    });
  }

  dump(): string {
    return JSON.stringify({ who: this.#by, answers: [...this.#answers] });
  }

  load(text: string): void {
    const kept = JSON.parse(text) as { who: string; answers: [number, Answer][] };
    this.#by = kept.who;
    for (const [at, answer] of kept.answers) if (at < this.items.length) this.#answers.set(at, { ...EMPTY, ...answer });
    this.#changed();
  }

  clear(): void {
    this.#answers.clear();
    this.#changed();
    this.unsaved = false;
  }

  #changed(): void {
    this.unsaved = this.#answers.size > 0;
    this.#wholes.clear();
    for (const [at, { kind }] of this.#answers) {
      const { id } = this.items[at]!;
      if (/hide|retract/.test(kind) && !this.lacks(at) && !(this.#wholes.get(id)! <= at)) this.#wholes.set(id, at);
    }
    for (const listener of this.#listeners) listener();
  }
}

function spaced(text: string): string {
  return text.split(/\s+/).filter(Boolean).join(" ");
}

/** The next item that is not done, after one and then from the beginning; -1 if there is none. */
export function nextOpen(answers: Answers, after: number): number {
  const count = answers.items.length;
  for (let step = 1; step <= count; step++) {
    const at = (after + step) % count;
    if (/open|unfinished/.test(answers.state(at))) return at;
  }
  return -1;
}

