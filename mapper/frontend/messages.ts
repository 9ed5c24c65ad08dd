/** The page's own words. They come with the page, not with this bundle: its language at once, the others packed. */

import type en from "../page/messages/en.json";
import { inflate } from "./container";

export type Key = keyof typeof en;
type Entry = string | Partial<Record<Intl.LDMLPluralRule, string>>;
export type Catalogue = Record<string, Entry>;

/** The languages, each by its own name. */
export const LANGUAGES: Record<string, string> = { en: "English", uk: "Українська", ru: "Русский", de: "Deutsch" };

export interface Messages {
  lang: string;
  /** Says a message; `{name}` takes its value from `values`, a plural is chosen by `n`. */
  t(key: Key, values?: Record<string, string | number>): string;
  /** A message that may not exist, such as the label of an unknown ledger entry. */
  maybe(key: string): string | undefined;
  /** The messages that are forms of a reason given in English: what names stand in it is `{a}`. */
  reasons(): Key[];
  number(n: number): string;
  /** A day that is given as midnight UTC. */
  date(day: Date, options: Intl.DateTimeFormatOptions): string;
}

const catalogues = new Map<string, Catalogue>();

export function learn(lang: string, catalogue: Catalogue): void {
  catalogues.set(lang, catalogue);
}

function known(lang: string): Catalogue | undefined {
  const element = catalogues.has(lang) || typeof document === "undefined" ? null : document.getElementById(`mapper-words-${lang}`);
  if (element) learn(lang, JSON.parse(element.textContent ?? "{}") as Catalogue);
  return catalogues.get(lang);
}

/** Makes sure that a language can be spoken; whether it can. */
export async function learnt(lang: string): Promise<boolean> {
  if (known(lang)) return true;
  const packed = document.getElementById("mapper-words");
  if (!packed) return false;
  const all = JSON.parse(new TextDecoder().decode(await inflate(packed.textContent ?? ""))) as Record<string, Catalogue>;
  for (const [name, catalogue] of Object.entries(all)) learn(name, catalogue);
  return catalogues.has(lang);
}

/** Made once each. */
const speakers = new Map<string, Messages>();

/** The words of a language, or of English where they are not known. */
export function messages(lang: string): Messages {
  const name = known(lang) ? lang : "en";
  const speaker = speakers.get(name) ?? speaking(name);
  speakers.set(name, speaker);
  return speaker;
}

function speaking(spoken: string): Messages {
  const said = (key: string) => known(spoken)?.[key];
  // Each formatter takes its time to make: once, and when it is first asked for.
  let plural: Intl.PluralRules | undefined;
  const dates = new Map<string, Intl.DateTimeFormat>();
  const tag = spoken === "en" ? "en-GB" : spoken;
  const figures = new Intl.NumberFormat(tag);
  const number = (n: number) => figures.format(n);
  return {
    lang: tag,
    number,
    date(day, options) {
      const key = JSON.stringify(options);
      const form = dates.get(key) ?? new Intl.DateTimeFormat(tag, { ...options, timeZone: "UTC" });
      dates.set(key, form);
      return form.format(day);
    },
    t(key, values = {}) {
      const entry: Entry = said(key) ?? key;
      let text = entry as string;
      if (typeof entry !== "string") {
        plural ??= new Intl.PluralRules(spoken);
        text = entry[plural.select(Number(values["n"] ?? 0))] ?? entry.other ?? key;
      }
      return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
        const value = values[name];
        return value === undefined ? whole : typeof value === "number" ? number(value) : value;
      });
    },
    reasons: () => Object.keys(known(spoken)!).filter((key) => key.startsWith("why ")) as Key[],
    maybe(key) {
      const entry = said(key);
      return typeof entry === "string" ? entry : undefined;
    },
  };
}
