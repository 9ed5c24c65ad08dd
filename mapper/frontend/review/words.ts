/** The words of the review page: those of every page, and its own. */

import type own from "../../page/messages/review/en.json";
import { type Key, type Messages, messages } from "../messages";
import { countryName, dateWords, reasonWords, titleWords } from "../words";
import type { Item, Need, Option, Spot } from "./desk";

export type ReviewKey = Key | keyof typeof own;

export interface ReviewMessages extends Messages {
  t(key: ReviewKey, values?: Record<string, string | number>): string;
}

export function reviewMessages(lang: string): ReviewMessages {
  return messages(lang) as ReviewMessages;
}

/** Why something needs eyes. */
export function needWords({ kind, values }: Need, m: ReviewMessages): string {
  const said = { ...values };
  if (values["reason"]) said["reason"] = reasonWords(values["reason"], m);
  if (values["count"]) said["count"] = m.t(values["count"] as ReviewKey);
  return m.t(`need_${kind}` as ReviewKey, said);
}

/** The title in the page's language, if a program made it. */
export function titleOf(item: Item, type: string, m: ReviewMessages): string {
  const places = item.here.map(({ name }) => ({ name }));
  return titleWords({ id: item.id, title: item.title, tags: item.tags.join("\n"), place: item.placeText, places }, type, m);
}

export function dateOf(item: Item, m: ReviewMessages): string {
  return dateWords(item.when, m);
}

/** In what a place lies. */
function areaOf(spot: Partial<Spot>, country: boolean, m: ReviewMessages): string {
  return [spot.district, spot.area, country && countryName(spot.country, m)].filter((name) => name && name !== spot.name).join(", ");
}

/** What a choice is called, what there is to say about it, and how much speaks for it. */
export function optionWords(item: Item, option: Option, m: ReviewMessages): { name: string; more: string; score?: string } {
  const now = option.now ? m.t("now") : "";
  const listed = (...parts: (string | undefined)[]) => parts.filter(Boolean).join(" · ");
  switch (item.action) {
    case "place": {
      if (!option.value) return { name: m.t("leaveOut"), more: "" };
      const several = new Set(item.groups.flatMap(({ options }) => options.flatMap(({ country }) => country ?? []))).size > 1;
      const vague = /^(?:admin1|admin2|region|country)$/.test(option.precision ?? "") ? m.t("onlyArea") : "";
      return { name: option.name ?? option.value, more: listed(areaOf(option, several, m), vague, now), score: scoreOf(option, m) };
    }
    case "status":
      return { name: m.t(`s_${option.value}` as ReviewKey), more: now };
    case "split":
      return option.by ? { name: m.t("takeOut", { source: option.by[0]! }), more: "" } : { name: m.t("takeApart"), more: m.t("takeApartMore") };
    default: {
      const by = option.by?.map((name) => name || m.t("unnamed")).join(", ");
      return { name: figureWords(option.value, m), more: listed(by ?? m.t("fromLowest"), now) };
    }
  }
}

function scoreOf({ score }: Option, m: ReviewMessages): string {
  return score === undefined ? "" : new Intl.NumberFormat(m.lang, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(score);
}

/** A number as the file has it, in words. */
function figureWords(value: string, m: ReviewMessages): string {
  const [, kind, n] = /^at (least|most) (\d+)$/.exec(value) ?? [];
  if (!kind) return value.replace("-", "–");
  return m.t(kind === "least" ? "atLeast" : "atMost", { n: Number(n) });
}
