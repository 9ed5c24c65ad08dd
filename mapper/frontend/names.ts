/** What places are called in the page's languages, read when the first text is opened; see `mapper/page/names.py`. */

import { decode, inflate } from "./container";
import { LANGUAGES, type Messages } from "./messages";
import { fold } from "./search";

const LANGS = Object.keys(LANGUAGES);
const known = new Map<string, string[]>();
/** What a search looks at, by the same keys. */
const folded = new Map<string, string>();

const keyOf = (name: string, area = "", country = "") => [name, area, country].join("\x1f");

export async function learnNames(id: string): Promise<void> {
  const packed = document.getElementById(`${id}_names`)?.textContent;
  if (!packed) return;
  const { meta, texts } = decode(await inflate(packed));
  const keys = texts("key");
  const names = LANGS.map(texts);
  for (let i = 0; i < Number(meta["rows"]); i++) known.set(keys?.get(i) ?? "", names.map((column) => column?.get(i) ?? ""));
  folded.clear();
}

/** A name in the page's language, or as it stands where it is not known in it; an area and a country alone by name or by code. */
export function nameIn(m: Messages, name: string, area?: string, country?: string): string {
  return known.get(keyOf(name, area, country))?.[LANGS.indexOf(m.lang.slice(0, 2))] || name;
}

/** All names of a place and of what it lies in, folded. */
export function spellings(name: string, area?: string, country?: string): string {
  const key = keyOf(name, area, country);
  let said = folded.get(key);
  if (said === undefined) {
    said = fold([key, keyOf(area ?? "", "", country), keyOf(country ?? "")].flatMap((each) => known.get(each) ?? []).join("\n"));
    folded.set(key, said);
  }
  return said;
}
