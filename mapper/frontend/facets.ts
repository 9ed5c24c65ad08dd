/** The values of the filters in words, and what they leave out: above the totals, on an empty map and on paper. */

import { FACETS, type Facet, type Filters } from "./filters";
import type { IncidentLayer } from "./layers/incidents";
import type { Key, Messages } from "./messages";
import { REST } from "./payload";
import { countryName, factWords, periodWords } from "./words";

/** By the values of a filter; the data stay the same. */
const known = new WeakMap<object, Uint8Array>();

/** Which values any incident has. */
export function presence(filters: Filters, facet: Facet): Uint8Array {
  const values = filters.facets[facet];
  const { codes, sets, off } = values;
  let present = known.get(values);
  if (present) return present;
  const used = new Uint8Array(sets.length);
  for (let i = 0; i < codes.length; i++) used[codes[i]!] = 1;
  known.set(values, (present = new Uint8Array(off.length)));
  sets.forEach((set, code) => used[code] && set.forEach((v) => (present[v] = 1)));
  return present;
}

/** A value of a filter in the reader's language. */
export function valueWords(filters: Filters, facet: Exclude<Facet, "type">, value: number, m: Messages): string {
  const word = filters.facets[facet].words[value];
  if (word === undefined) return m.t("notStated");
  if (word === REST) return m.t("otherSources");
  switch (facet) {
    case "status":
    case "precision":
      return factWords(facet, word, [], m);
    case "change":
      return m.t(`change_${word}` as Key);
    case "country":
      return countryName(word, m);
    case "publisher":
      return word;
  }
}

/** What is shown only: found by a search, in view, and in a period, and of each filter what is on or what is off, whichever is less. */
export function limits({ filters, settings, words: m }: IncidentLayer): string {
  const said = filters.query ? [`“${filters.query}”`] : [];
  if (filters.viewing) said.push(m.t("onlyInView"));
  if (filters.period) said.push(periodWords(filters.period.from, filters.period.to, m));
  for (const facet of FACETS.filter((f) => filters.isFiltered(f))) {
    const present = presence(filters, facet);
    const values = [...present.keys()].filter((v) => present[v]);
    const [on, off] = [values.filter((v) => filters.isOn(facet, v)), values.filter((v) => !filters.isOn(facet, v))];
    const names = (those: number[]) => those.map((v) => (facet === "type" ? settings.types[v]!.label : valueWords(filters, facet, v, m))).join(", ");
    said.push(`${m.t(facet === "type" ? "col_type" : `facet_${facet}`)}: ${on.length && on.length < off.length ? names(on) : m.t("without", { list: names(off) || "–" })}`);
  }
  return said.length ? m.t("limits", { list: said.join(" · ") }) : "";
}
