/** The page's own words, from the catalogues that Python reads too. */

import de from "../page/messages/de.json";
import en from "../page/messages/en.json";
import ru from "../page/messages/ru.json";
import uk from "../page/messages/uk.json";

export type Key = keyof typeof en;
type Entry = string | Partial<Record<Intl.LDMLPluralRule, string>>;

export const CATALOGUES: Record<string, Record<string, Entry>> = { en, uk, ru, de };

export interface Messages {
  lang: string;
  /** Says a message; `{name}` takes its value from `values`, a plural is chosen by `n`. */
  t(key: Key, values?: Record<string, string | number>): string;
  /** A message that may not exist, such as the label of an unknown ledger entry. */
  maybe(key: string): string | undefined;
  number(n: number): string;
}

export function messages(lang: string): Messages {
  const known = lang in CATALOGUES ? lang : "en";
  const catalogue = CATALOGUES[known]!;
  const plural = new Intl.PluralRules(known);
  const figures = new Intl.NumberFormat(known === "en" ? "en-GB" : known);
  const number = (n: number) => figures.format(n);
  return {
    lang: known === "en" ? "en-GB" : known,
    number,
    t(key, values = {}) {
      const entry: Entry = catalogue[key] ?? (en as Record<string, Entry>)[key] ?? key;
      const text =
        typeof entry === "string" ? entry : (entry[plural.select(Number(values["n"] ?? 0))] ?? entry.other ?? key);
      return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
        const value = values[name];
        return value === undefined ? whole : typeof value === "number" ? number(value) : value;
      });
    },
    maybe(key) {
      const entry = catalogue[key];
      return typeof entry === "string" ? entry : undefined;
    },
  };
}
