/** Dates, places and numbers in words of how well they are known. */

import type { Key, Messages } from "./messages";
import type { Column } from "./container";
import { AS_REPORTED, type ColumnName, type Count, type Drawing, type Kind, NONE, startOf } from "./payload";
import { nameIn } from "./names";
import type { PlaceText, RowText } from "./text";

interface Range {
  low: number | null;
  best: number | null;
  high: number | null;
}

/** A range as words, or in signs where there is little room; null where nothing is known. */
export function rangeWords(range: Range, m: Messages, style: "" | "short_" = ""): string | null {
  const { low, best, high } = range;
  if (low === null && best === null && high === null) return null;
  if (low === null && high === null) return m.number(best!);
  if (low !== null && high !== null) {
    if (low === high) return m.number(low);
    const words = `${m.number(low)}–${m.number(high)}`;
    return best !== null && best > low && best < high ? m.t(`${style}best`, { range: words, n: best }) : words;
  }
  const words = low !== null ? m.t(`${style}atLeast`, { n: low }) : m.t(`${style}atMost`, { n: high! });
  return best !== null && best !== (low ?? high) ? m.t(`${style}best`, { range: words, n: best }) : words;
}

/** Whether a range says that there were none, which is not the same as saying nothing. */
export function isZero(range: Range): boolean {
  const most = range.high ?? range.best;
  return most === 0 || (most === null && range.low === 0);
}

/** The numbers of an incident or of a claim, null where not known. */
export type Numbers = (name: Count) => number | null;

export function numbersAt(columns: Record<ColumnName, Column>, i: number): Numbers {
  return (name) => (columns[name][i]! < 0 ? null : columns[name][i]!);
}

const rangeOf = (at: Numbers, kind: Kind): Range => ({ low: at(`${kind}_low`), best: at(`${kind}_best`), high: at(`${kind}_high`) });

export function rangeAt(columns: Record<ColumnName, Column>, kind: Kind, i: number): Range {
  return rangeOf(numbersAt(columns, i), kind);
}

/** The killed or injured with the children among them: "4, among them 1 child"; null where nothing is known. */
export function tollWords(at: Numbers, kind: Kind, m: Messages): string | null {
  const range = rangeOf(at, kind);
  if (isZero(range)) return m.t("none");
  const n = at(`children_${kind}`);
  return [rangeWords(range, m), n === null ? n : m.t(n ? "children" : "noChildren", { n })].filter(Boolean).join(", ") || null;
}

/** Minutes since 1970 by the wall clock, shown as such whatever the reader's own time zone. */
function day(m: Messages, minutes: number, options: Intl.DateTimeFormatOptions): string {
  return m.date(new Date(minutes * 60_000), options);
}

const FULL: Intl.DateTimeFormatOptions = { day: "numeric", month: "long", year: "numeric" };
/** Where there is little room. */
export const BRIEF: Intl.DateTimeFormatOptions = { ...FULL, month: "short" };

/** The day of a time in ISO 8601. */
export function dayOf(iso: string, m: Messages): string {
  return day(m, minutesOf(iso.slice(0, 10)), FULL);
}

function minutesOf(iso: string): number {
  return Date.parse(`${iso.slice(0, 10)}T${iso.slice(11) || "00:00"}Z`) / 60_000;
}

/** The beginning of a span, without the month and year that its end says again. */
function beginning(m: Messages, start: number, end: number, style: Intl.DateTimeFormatOptions): string {
  const a = new Date(start * 60_000);
  const b = new Date(end * 60_000);
  if (a.getUTCFullYear() !== b.getUTCFullYear()) return day(m, start, style);
  if (a.getUTCMonth() !== b.getUTCMonth()) return day(m, start, { day: "numeric", month: style.month });
  return m.t("nightDay", { day: day(m, start, { day: "numeric" }) });
}

export interface When {
  /** Minutes since 1970 by the wall clock, null where not known. */
  start: number | null;
  /** Minutes from the start to the end, -1 where not known. */
  lasting: number;
  precision: string;
  asReported: boolean;
  zone?: string | undefined;
}

/** A date in words of its precision. */
export function dateWords(when: When, m: Messages, style = FULL): string {
  const words = plainDate(when, m, style);
  return when.asReported && when.start !== null ? m.t("asReported", { date: words }) : words;
}

function plainDate({ start, lasting, precision, zone }: When, m: Messages, style: Intl.DateTimeFormatOptions): string {
  if (start === null) return m.t("dateUnknown");
  const end = lasting < 0 ? start : start + lasting;
  const sameDay = Math.floor(start / 1440) === Math.floor(end / 1440);
  const time = (minutes: number) => day(m, minutes, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const zoned = (date: string) => (zone ? m.t("zone", { date, zone }) : date);
  const span = () => m.t("fromTo", { start: beginning(m, start, end, style), end: day(m, end, style) });
  switch (precision) {
    case "exact":
      return zoned(m.t("exact", { date: day(m, start, style), time: time(start) }));
    case "hour":
      return zoned(m.t("hour", { date: day(m, start, style), time: time(start) }));
    case "night": {
      // A night given by its evening alone ends on the next morning.
      const morning = sameDay ? start + 1440 : end;
      return m.t("night", { start: beginning(m, start, morning, style), end: day(m, morning, style) });
    }
    case "month":
      return day(m, start, { month: style.month, year: "numeric" });
    case "year":
      return day(m, start, { year: "numeric" });
    case "week":
      return sameDay ? m.t("weekOf", { date: day(m, start, style) }) : span();
    case "unknown":
      return m.t("dateUnknown");
    default:
      return sameDay ? day(m, start, style) : span();
  }
}

export function dateAt(drawing: Drawing, i: number, m: Messages, zone?: string, style = FULL): string {
  const { lasting, date_precision, flags } = drawing.columns;
  return dateWords(
    {
      start: startOf(drawing, i),
      lasting: lasting[i]!,
      precision: drawing.datePrecisions[date_precision[i]!] ?? "unknown",
      asReported: (flags[i]! & AS_REPORTED) !== 0,
      zone: zone === "Europe/Kyiv" || !zone ? undefined : zone,
    },
    m,
    style,
  );
}

/** Several things in a row: "a, b and c". */
export function listWords(parts: string[], m: Messages): string {
  if (parts.length < 2) return parts[0] ?? "";
  return `${parts.slice(0, -1).join(", ")} ${m.t("and")} ${parts[parts.length - 1]!}`;
}

const AREAS = ["admin2", "admin1", "region", "water"];

/** The places of an incident and how precisely they are known. */
export function placeWords(
  places: PlaceText[],
  fallback: string | undefined,
  precisionCode: number,
  precisions: string[],
  drawnAsAreas: boolean,
  m: Messages,
): string {
  const drawn = places.filter((p) => (p.role ?? "at") === "at" || p.role === "over");
  const precision = precisionCode === NONE ? (drawn[0]?.precision ?? "") : (precisions[precisionCode] ?? "");
  const names = [...new Set(drawn.map((p) => oneName(p, drawn.length === 1, m)))].filter(Boolean);
  const place = listWords(names, m) || fallback || m.t("placeUnknown");
  const words = precisionWords(precision, drawn, drawnAsAreas, m);
  return words ? m.t("placeLine", { place, precision: words }) : place;
}

/** A day in words; without what the day `until` says again. */
export function dayWords(day: number, m: Messages, until?: number): string {
  const date = new Date(day * 86_400_000);
  const end = until === undefined ? null : new Date(until * 86_400_000);
  const sameYear = end && end.getUTCFullYear() === date.getUTCFullYear();
  return m.date(date, { day: "numeric", month: "short", ...(sameYear ? {} : { year: "numeric" }) });
}

/** A period from its first to its last day. */
export function periodWords(first: number, last: number, m: Messages): string {
  return first === last ? dayWords(first, m) : `${dayWords(first, m, last)} – ${dayWords(last, m)}`;
}

/** The names of the places of an incident, without how precisely they are known. */
export function placeNamesWords(row: RowText, m: Messages, unknown = m.t("placeUnknown")): string {
  const drawn = (row.places ?? []).filter((p) => (p.role ?? "at") === "at" || p.role === "over");
  return listWords([...new Set(drawn.map((p) => placeName(p, m)))].filter(Boolean), m) || row.place || unknown;
}

/** Tag of a title that a program made in English, so that the page can say it in another language. */
const TITLE_MADE = "title-generated";

/** The title; one that was made of type and place is made again in the page's language. */
export function titleWords(row: RowText, type: string, m: Messages): string {
  if (m.lang.startsWith("en") || !row.tags?.split("\n").includes(TITLE_MADE)) return row.title;
  return `${type}, ${placeNamesWords(row, m, m.t("placeUnknownIn"))}`;
}

/** A value that has been corrected or has changed, as the page says such values. */
export function factWords(fact: string, value: string | null | undefined, types: { id: string; label: string }[], m: Messages): string {
  if (!value) return m.t("notStated");
  if (fact === "type") return types.find((type) => type.id === value)?.label ?? value;
  if (fact === "status" || fact === "precision") return m.maybe(`${fact === "status" ? "f" : "g"}_${value}`) ?? value;
  const said = fact === "date_start" ? (value.match(/\d{4}-\d\d-\d\d([T ]\d\d:\d\d)?/g) ?? []) : [];
  if (!said.length) return value;
  const [start, end] = [minutesOf(said[0]!), minutesOf(said.at(-1)!)];
  const precision = /\((\w+)\)/.exec(value)?.[1] ?? (start % 1440 ? "exact" : "day");
  return dateWords({ start, lasting: end - start, precision, asReported: false }, m);
}

/** Why an incident is not on the map, in the page's language where the words are our own. */
export function reasonWords(reason: string, m: Messages): string {
  const [, known, rest] = /^([^:]+?)(: .*)?$/s.exec(reason) ?? [];
  for (const why of m.reasons()) {
    const found = new RegExp(`^(?:.+: )?${why.slice(4).replace(/\{(\w)\}/g, "(?<$1>.+)")}$`).exec(reason)?.groups;
    if (found) return m.t(why, Object.fromEntries(Object.entries(found).map(([name, value]) => [name, nameIn(m, value)])));
  }
  const key = known && REASONS[known];
  if (key === "why_country" && rest) return `${m.t(key)}: ${listWords(rest.slice(2).split(/, | and /).map((name) => nameIn(m, name)), m)}`;
  return key ? m.t(key) + (rest ?? "") : reason;
}

/** The reasons that Python gives, as they stand there. */
const REASONS: Record<string, Key> = {
  "known to the country only": "why_country",
  "its area is not among the boundaries of this map": "why_area",
  "its geometry is a line, which this map does not draw": "why_line",
  "neither a position nor an area is given": "why_nothing",
  "told as background, not as news": "why_background",
  "denied, and no report here claims it": "why_denial",
  "the report names no place": "why_no_place",
  "the row gives neither a place nor a position": "why_no_position",
  "the position contradicts the words beside it": "why_contradiction",
};

/** A place with what it lies in, or, where there are several, its name alone. */
function oneName(place: PlaceText, alone: boolean, m: Messages): string {
  const name = placeName(place, m);
  if (!alone) return name;
  return withinWords(name, place.area && nameIn(m, place.area, "", place.country), place.country, m);
}

/** A name with the area and the country that it is in. */
export function withinWords(name: string, area: string | undefined, country: string | undefined, m: Messages): string {
  return [...new Set([name, area, countryName(country, m)])].filter(Boolean).join(", ");
}

/** A place by its name, with its share of what was shot down: "Bryansk Oblast (40)". */
function placeName({ name, text, area, country, share }: PlaceText, m: Messages): string {
  return (name ? nameIn(m, name, area, country) : (text ?? "")) + (share ? ` (${m.number(share)})` : "");
}

/** Why a name may mean a place, in the page's language: our own phrases, with a number or a name in them. */
export function likelihoodWords(reason: string, country: string | undefined, m: Messages): string {
  const phrases = reason.split(/, (?!which )/).map((phrase) => {
    const value = /\d+|(?<=^in ).+(?=, which)/.exec(phrase)?.[0] ?? "";
    const said = m.maybe(`because ${phrase.replace(value, value && "{n}")}`);
    return said?.replace("{n}", /\d/.test(value) ? m.number(Number(value)) : nameIn(m, value, "", country)) ?? phrase;
  });
  return phrases.join(", ");
}

export function countryName(code: string | undefined, m: Messages): string {
  if (!code) return "";
  if (!/^[A-Z]{2}$/.test(code)) return code;
  return new Intl.DisplayNames([m.lang], { type: "region", fallback: "code" }).of(code) ?? code;
}

function precisionWords(precision: string, places: PlaceText[], asAreas: boolean, m: Messages): string {
  if (!precision) return "";
  const widest = Math.max(0, ...places.map((p) => p.radius ?? 0));
  const km = m.number(widest >= 10 ? Math.round(widest) : Math.round(widest * 10) / 10);
  if (AREAS.includes(precision)) {
    if (asAreas) return m.t(`p_${precision}` as Key, { n: Math.max(1, places.length) });
    const words = m.t(`p_${precision}_off` as Key);
    return widest ? `${words}, ${m.t("ringRadius", { km })}` : words;
  }
  const words = m.t(`p_${precision}` as Key);
  if (!widest || precision === "country") return words;
  return `${words}, ${m.t(precision === "near" ? "ringRadius" : "radius", { km })}`;
}
