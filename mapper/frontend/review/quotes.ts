/** Who says what, with the toponyms marked. */

import { el } from "../dom";
import type { Messages } from "../messages";
import { claimItem } from "../popup";
import type { Desk, Item } from "./desk";

export function quotes(item: Item, desk: Desk, m: Messages): HTMLElement {
  const list = el("ul", { class: "mapper-claims" }, ...item.claims.map((claim) => claimItem(claim, desk.sources, m)));
  for (const quote of list.querySelectorAll("blockquote")) {
    quote.replaceChildren(...marked(quote.textContent ?? "", item.reported).map(({ text, is }) => (is ? el("mark", {}, text) : text)));
  }
  return list;
}

/** A text in pieces, those that are one of the names told apart. */
export function marked(text: string, names: string[]): { text: string; is: boolean }[] {
  const wanted = names.filter(Boolean).sort((a, b) => b.length - a.length);
  if (!wanted.length) return [{ text, is: false }];
  const pattern = new RegExp(`(${wanted.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`, "gu");
  return text
    .split(pattern)
    .map((piece, i) => ({ text: piece, is: i % 2 === 1 }))
    .filter((piece) => piece.text);
}
