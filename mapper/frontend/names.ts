/** What places are called in the page's languages, read when the first text is opened; see `mapper/page/names.py`. */

import { type Texts, decode, inflate } from "./container";
import { LANGUAGES, type Messages } from "./messages";
import { fold } from "./search";

const LANGS = Object.keys(LANGUAGES);
/** The tables of the layers: keys in their order, and a column of names a language. */
const tables: { rows: number; keys: Texts; names: (Texts | undefined)[] }[] = [];
/** What was asked for. */
const known = new Map<string, string[]>();
/** What a search looks at, by the same keys. */
const folded = new Map<string, string>();

const keyOf = (name: string, area = "", country = "") => [name, area, country].join("\x1f");

export async function learnNames(id: string): Promise<void> {
  const packed = document.getElementById(`${id}_names`)?.textContent;
  if (!packed) return;
  const { meta, texts } = decode(await inflate(packed));
  const keys = texts("key");
  if (keys) tables.push({ rows: Number(meta["rows"]), keys, names: LANGS.map(texts) });
  known.clear();
  folded.clear();
}

/** The names of a key by language, found by halving: a large map has tens of thousands, of which few are seen. */
function look(key: string): string[] {
  let found = known.get(key);
  if (found) return found;
  found = [];
  for (const { rows, keys, names } of tables) {
    let [low, high] = [0, rows];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (keys.get(middle)! < key) low = middle + 1;
      else high = middle;
    }
    if (low < rows && keys.get(low) === key) found = names.map((column) => column?.get(low) ?? "");
  }
  known.set(key, found);
  return found;
}

/** A name in the page's language, or as it stands where it is not known in it; an area and a country alone by name or by code. */
export function nameIn(m: Messages, name: string, area?: string, country?: string): string {
  return look(keyOf(name, area, country))[LANGS.indexOf(m.lang.slice(0, 2))] || name;
}

/** All names of a place and of what it lies in, folded. */
export function spellings(name: string, area?: string, country?: string): string {
  const key = keyOf(name, area, country);
  let said = folded.get(key);
  if (said === undefined) {
    said = fold([key, keyOf(area ?? "", "", country), keyOf(country ?? "")].flatMap(look).join("\n"));
    folded.set(key, said);
  }
  return said;
}
