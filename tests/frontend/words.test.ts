import assert from "node:assert/strict";
import { test } from "node:test";
import type { Count } from "../../mapper/frontend/payload";
import { type Catalogue, learn, messages } from "../../mapper/frontend/messages";
import de from "../../mapper/page/messages/de.json";
import english from "../../mapper/page/messages/en.json";
import ru from "../../mapper/page/messages/ru.json";
import uk from "../../mapper/page/messages/uk.json";
import { countryName, dateWords, isZero, likelihoodWords, listWords, placeWords, rangeWords, reasonWords, titleWords, tollWords } from "../../mapper/frontend/words";

const CATALOGUES: Record<string, Catalogue> = { en: english, uk, ru, de };
for (const [lang, catalogue] of Object.entries(CATALOGUES)) learn(lang, catalogue);
const en = messages("en");
const minutes = (text: string) => Date.parse(`${text}Z`) / 60_000;
const on = (day: string, precision: string, lasting = 0, asReported = false) =>
  dateWords({ start: minutes(`${day}T00:00`), lasting, precision, asReported }, en);
const range = (low: number | null, best: number | null, high: number | null) => ({ low, best, high });

test("a range says no more than is known", () => {
  assert.equal(rangeWords(range(null, null, null), en), null);
  assert.equal(rangeWords(range(2, null, null), en), "at least 2");
  assert.equal(rangeWords(range(2, 2, null), en), "at least 2");
  assert.equal(rangeWords(range(null, null, 5), en), "at most 5");
  assert.equal(rangeWords(range(2, null, 5), en), "2–5");
  assert.equal(rangeWords(range(2, 3, 5), en), "2–5, best estimate 3");
  assert.equal(rangeWords(range(12, 12, 12), en), "12");
  assert.equal(rangeWords(range(null, 12, null), en), "12");
  assert.equal(rangeWords(range(null, 1200, null), messages("de")), "1.200");
});

test("zero is not unknown", () => {
  assert.equal(isZero(range(0, 0, 0)), true);
  assert.equal(isZero(range(null, 0, null)), true);
  assert.equal(isZero(range(0, null, null)), true);
  assert.equal(isZero(range(null, null, null)), false);
  assert.equal(isZero(range(0, null, 3)), false);
  assert.equal(isZero(range(0, 2, null)), false);
});

test("children are told as a part of the killed or injured, in the plural of the language", () => {
  const toll = (given: Partial<Record<Count, number>>, lang = "en") => tollWords((name) => given[name] ?? null, "killed", messages(lang));
  const four = (children: number, lang?: string) => toll({ killed_best: 4, children_killed: children }, lang);
  assert.equal(toll({ injured_best: 4, children_injured: 2 }), null);
  assert.equal(four(1), "4, among them 1 child");
  assert.equal(four(2), "4, among them 2 children");
  assert.equal(four(0), "4, no children among them");
  assert.equal(toll({ killed_low: 2, children_killed: 1 }), "at least 2, among them 1 child");
  assert.equal(toll({ killed_best: 0, children_killed: 0 }), "none reported");
  assert.equal(toll({ children_killed: 2 }), "among them 2 children");
  assert.deepEqual([1, 3, 4].map((n) => four(n, "de")), ["4, darunter 1 Kind", "4, darunter 3 Kinder", "4, darunter 4 Kinder"]);
  const many = (lang: string) => [1, 3, 5, 21].map((n) => messages(lang).t("children", { n }));
  assert.deepEqual(many("uk"), ["серед них 1 дитина", "серед них 3 дитини", "серед них 5 дітей", "серед них 21 дитина"]);
  assert.deepEqual(many("ru"), ["среди них 1 ребёнок", "среди них 3 ребёнка", "среди них 5 детей", "среди них 21 ребёнок"]);
  const least = (lang: string, n: number) => messages(lang).t("childrenAtLeast", { n });
  assert.equal(least("ru", 1), "среди них не менее 1 ребёнка");
  assert.equal(least("ru", 3), "среди них не менее 3 детей");
  assert.equal(least("uk", 3), "серед них щонайменше 3 дитини");
});

test("a date is said as precisely as it is known", () => {
  assert.equal(on("2024-11-22", "day"), "22 November 2024");
  assert.equal(on("2024-11-22", "day", 0, true), "22 November 2024 (as reported)");
  assert.equal(on("2024-11-21", "night", 1440), "Night of 21 to 22 November 2024");
  assert.equal(on("2024-11-21", "night"), "Night of 21 to 22 November 2024");
  assert.equal(on("2024-11-30", "night"), "Night of 30 November to 1 December 2024");
  assert.equal(on("2024-12-31", "night"), "Night of 31 December 2024 to 1 January 2025");
  assert.equal(on("2024-11-01", "month", 29 * 1440), "November 2024");
  assert.equal(on("2024-01-01", "year"), "2024");
  assert.equal(on("2024-11-18", "range", 4 * 1440), "18 to 22 November 2024");
  assert.equal(on("2024-11-18", "week"), "Week of 18 November 2024");
  assert.equal(on("2024-11-18", "week", 6 * 1440), "18 to 24 November 2024");
  assert.equal(on("2024-11-18", "unknown"), "Date not known");
  assert.equal(dateWords({ start: null, lasting: -1, precision: "day", asReported: true }, en), "Date not known");
  const exact = { start: minutes("2024-11-22T03:05"), lasting: 0, precision: "exact", asReported: false };
  assert.equal(dateWords(exact, en), "22 November 2024, 03:05");
  assert.equal(dateWords({ ...exact, precision: "hour", zone: "UTC" }, en), "22 November 2024, around 03:05 (UTC)");
});

test("the night in four languages", () => {
  const night = { start: minutes("2024-11-21T18:00"), lasting: 720, precision: "night", asReported: false };
  assert.equal(dateWords(night, messages("de")), "Nacht vom 21. auf den 22. November 2024");
  assert.match(dateWords(night, messages("uk")), /^Ніч із 21 на 22 листопада 2024/);
  assert.match(dateWords(night, messages("ru")), /^Ночь с 21 на 22 ноября 2024/);
});

test("a place in words, with what it lies in and how well it is known", () => {
  const precisions = ["exact", "site", "settlement", "near", "admin2", "admin1", "region", "country", "water"];
  const sumy = { name: "Sumy", area: "Sumy Oblast", country: "UA", radius: 5, precision: "settlement" };
  assert.equal(
    placeWords([sumy], undefined, 2, precisions, false, en),
    "Sumy, Sumy Oblast, Ukraine — known to the settlement, ±5\u00a0km",
  );
  const oblasts = ["Bryansk Oblast", "Kaluga Oblast", "Kursk Oblast"].map((name) => ({ name, country: "RU", role: "over" }));
  assert.equal(
    placeWords(oblasts, undefined, 5, precisions, true, en),
    "Bryansk Oblast, Kaluga Oblast and Kursk Oblast — known to the regions only; the whole areas are marked",
  );
  assert.equal(
    placeWords(oblasts.slice(0, 1), undefined, 5, precisions, true, en),
    "Bryansk Oblast, Russia — known to the region only; the whole area is marked",
  );
  assert.equal(
    placeWords([{ ...sumy, precision: "near", radius: 15.4 }], undefined, 3, precisions, false, en),
    "Sumy, Sumy Oblast, Ukraine — near this place, within about 15\u00a0km",
  );
  const raion = { name: "Sumy Raion", precision: "admin2", radius: 30 };
  assert.equal(
    placeWords([raion], undefined, 4, precisions, false, en),
    "Sumy Raion — known to the district only, within about 30\u00a0km",
  );
  assert.equal(placeWords([{ name: "Kyiv", role: "speaker" }], "a facility", 255, precisions, false, en), "a facility");
  assert.equal(placeWords([], undefined, 255, precisions, false, en), "Place not stated");
});

test("countries by code, in the page's language; anything else as it is", () => {
  assert.equal(countryName("UA", messages("de")), "Ukraine");
  assert.equal(countryName("UA", messages("uk")), "Україна");
  assert.equal(countryName("</script>", en), "</script>");
  assert.equal(countryName(undefined, en), "");
  assert.equal(listWords(["a", "b"], en), "a and b");
});

test("the catalogues have the same messages with the same gaps", () => {
  const gaps = (entry: unknown) =>
    typeof entry === "string"
      ? [...new Set(entry.match(/\{\w+\}/g) ?? [])].sort()
      : [...new Set(Object.values(entry as object).flatMap((v) => (v as string).match(/\{\w+\}/g) ?? []))].sort();
  const { en: reference, ...others } = CATALOGUES;
  for (const [lang, catalogue] of Object.entries(others)) {
    assert.deepEqual(Object.keys(catalogue), Object.keys(reference!), lang);
    for (const [key, entry] of Object.entries(reference!)) assert.deepEqual(gaps(catalogue[key]), gaps(entry), `${lang} ${key}`);
    const rules = new Intl.PluralRules(lang).resolvedOptions().pluralCategories;
    for (const [key, entry] of Object.entries(catalogue)) {
      // Where a plural changes the word, every form of the language is there.
      if (typeof entry === "object" && new Set(Object.values(entry)).size > 1) {
        for (const rule of rules) assert.ok(entry[rule] ?? (rule === "few" || rule === "many" ? key.startsWith("p_") : false), `${lang} ${key} ${rule}`);
      }
    }
  }
});

test("values are put in as they are", () => {
  assert.equal(en.t("asReported", { date: "{date} $& \\1" }), "{date} $& \\1 (as reported)");
  assert.equal(messages("uk").t("incidents", { n: 3 }), "3 інциденти");
  assert.equal(messages("ru").t("incidents", { n: 5 }), "5 инцидентов");
  assert.equal(messages("xx").lang, "en-GB");
});

test("a title that was made of type and place is made again in the page's language", () => {
  const row = { id: "i", title: "Drone strike, Sumy", tags: "a\ntitle-generated", places: [{ name: "Sumy" }] };
  assert.equal(titleWords(row, "Drohnenangriff", messages("de")), "Drohnenangriff, Sumy");
  assert.equal(titleWords(row, "Drone strike", en), "Drone strike, Sumy");
  assert.equal(titleWords({ ...row, tags: "a" }, "Drohnenangriff", messages("de")), "Drone strike, Sumy");
});

test("a reason of our own is said in the page's language, another one as it is", () => {
  assert.equal(reasonWords("known to the country only: Ukraine", messages("de")), "nur das Land ist bekannt: Ukraine");
  const told = "the position contradicts the words beside it: it lies in RU, not in UA";
  assert.equal(reasonWords(told, messages("de")), "die Koordinaten widersprechen den Worten daneben: it lies in RU, not in UA");
  assert.equal(reasonWords("told as background, not as news", messages("uk")), "сказано як передісторію, не як новину");
  assert.equal(reasonWords("3 places are named Oxford", messages("de")), "3 places are named Oxford");
});

test("why a name may mean a place is said in the page's language, a phrase that is not ours as it is", () => {
  const told = "its own name, 256474 people, in Sumy Oblast, which the text names, 0 km from another place of the text, given by hand";
  assert.equal(
    likelihoodWords(told, "UA", messages("de")),
    "der eigene Name, 256.474 Einwohner, Sumy Oblast: im Text genannt, 0 km von einem anderen Ort des Textes, given by hand",
  );
  assert.equal(likelihoodWords(told, "UA", en), told.replace("256474", "256,474"));
});
