/** The order of the list: a column that it is sorted by, and the direction. */

const SORTS = ["date", "type", "killed", "injured", "status"] as const;
export type Sort = (typeof SORTS)[number];

export interface Order {
  by: Sort;
  down: boolean;
}

export const NEWEST: Order = { by: "date", down: true };

export function asSort(name: string | undefined): Sort | undefined {
  return SORTS.find((sort) => sort === name);
}

/** The order that a column is first sorted in: the newest and the most at the top, words from A to Z. */
export function first(by: Sort): Order {
  return { by, down: by !== "type" && by !== "status" };
}

/** An order in an address: the column, with "-" before it where it is turned round. */
export function writeOrder({ by, down }: Order): string {
  return (down === first(by).down ? "" : "-") + by;
}

export function readOrder(words: string): Order | undefined {
  const by = asSort(words.replace("-", ""));
  return by && { by, down: first(by).down !== words.startsWith("-") };
}
