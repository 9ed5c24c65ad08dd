/** Drawings made by hand for the tests of what is done with them. */
import type { Column, Container } from "../../mapper/frontend/container";
import { COLUMNS, type ColumnName, type Drawing, readDrawing } from "../../mapper/frontend/payload";

export const STATUSES = ["claimed", "disputed", "corroborated", "confirmed", "retracted"];
export const DATES = ["exact", "hour", "night", "day", "range", "week", "month", "year", "unknown"];

/** A drawing of incidents that stand at (1, 1) unless said otherwise; `n` incidents, `placed` of them on the map. */
export function drawing(n: number, placed: number, given: Partial<Record<ColumnName, number[]>>, meta: Record<string, unknown> = {}): Drawing {
  const points = given.point_incident ?? [...Array(placed).keys()];
  const columns = new Map<string, Column>();
  for (const name of Object.keys(COLUMNS) as ColumnName[]) {
    const empty = name.startsWith("point_")
      ? Array<number>(points.length).fill(name === "point_lon" || name === "point_lat" ? 100000 : 0)
      : /^(area|cut|shape|ring)_/.test(name)
        ? []
        : Array<number>(n).fill(COLUMNS[name] === "optional" ? -1 : name === "date_precision" ? 3 : 0);
    columns.set(name, Int32Array.from(name === "point_incident" ? points : (given[name] ?? empty)));
  }
  return readDrawing({
    meta: {
      placed, lonlat: 100000, outline: 10000, block: 512, types: ["a", "b"], statuses: STATUSES, precisions: ["exact", "settlement"],
      date_precisions: DATES, countries: ["UA", "RU"], country_sets: [[], [0], [1], [0, 1]], publishers: ["P"], publisher_sets: [[], [0]], ...meta,
    },
    columns: { has: (name) => columns.has(name), get: (name) => columns.get(name), only: (name) => onlyOne(columns.get(name)!) },
    texts: () => undefined,
  } satisfies Container);
}

function onlyOne(column: Column): number | undefined {
  return column.every((value) => value === column[0]) ? column[0] : undefined;
}

/** Days since 1970. */
export const day = (text: string) => Date.parse(`${text}T00:00Z`) / 86_400_000;
