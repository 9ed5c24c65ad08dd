/** What there is to decide: the same fields as `mapper/page/desk.py` writes. */

import type { ClaimText, SourceText } from "../text";
import type { When } from "../words";

export type Action = "place" | "date" | "killed" | "injured" | "status" | "split";

/** A place, or what may be chosen for one. */
export interface Spot {
  name: string;
  area: string;
  district?: string;
  country: string;
  lon: number;
  lat: number;
  precision: string;
  /** Radius of the circle it lies in, in kilometres. */
  km?: number;
  /** Key of its outline. */
  outline?: string;
}

/** What may be chosen: `value` is what the file of overrides takes; an empty one leaves a place out. */
export interface Option extends Partial<Spot> {
  value: string;
  score?: number;
  /** Whether it is so now. */
  now?: boolean;
  /** Who says it. */
  by?: string[];
}

/** Choices that shut each other out; `text` is the toponym they are about, `now` what holds if none is taken. */
export interface Group {
  text?: string;
  now?: string;
  options: Option[];
}

export interface Need {
  kind: string;
  values: Record<string, string>;
}

export interface Item {
  id: string;
  action: Action;
  type: string;
  title: string;
  tags: string[];
  when: When;
  placeText: string;
  /** The toponyms as the reports have them. */
  reported: string[];
  needs: Need[];
  claims: ClaimText[];
  here: Spot[];
  groups: Group[];
}

/** The file of overrides as it stands; new rows go under it. */
export interface File {
  name: string;
  where: string;
  text: string;
  columns: string[];
  delimiter: string;
  newline: string;
}

export interface Desk {
  lang: string;
  /** West, south, east, north. */
  bounds: [number, number, number, number];
  /** Of the content of this page. */
  digest: string;
  file: File;
  types: Record<string, { label: string; colour: string; shape: string }>;
  sources: Record<string, SourceText>;
  items: Item[];
  /** Sentences that may tell of an incident and gave none, each with its file. */
  passed: { file: string; quote: string }[];
  /** Rings of longitudes and latitudes. */
  outlines: Record<string, [number, number][][]>;
}

/** The options of an item in a row, as they are numbered, each with its group and its place there. */
export function numbered(item: Item): { option: Option; group: number; index: number }[] {
  return item.groups.flatMap(({ options }, group) => options.map((option, index) => ({ option, group, index })));
}
