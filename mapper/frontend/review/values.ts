/** What the column `value` takes, as `mapper/editing/values.py` reads it. */

import type { Action } from "./desk";

export const PRECISIONS = ["exact", "site", "settlement", "near"] as const;

export interface Position {
  lon: number;
  lat: number;
}

const POSITION = /^([+\-−]?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*([+\-−]?\d{1,3}(?:\.\d+)?)$/;
const COUNT = /^(?:unknown|\d{1,9}|at (?:least|most) \d{1,9}|(\d{1,9})\s*[-–]\s*(\d{1,9}))$/i;
const DATE = /^(?:night )?(\d{4}-\d\d-\d\d)(?: to (\d{4}-\d\d-\d\d))?$/;

/** Longitude and latitude as they were typed, null if it is neither. */
export function position(text: string): Position | null {
  const found = POSITION.exec(text.trim());
  if (!found) return null;
  const [lon, lat] = [found[1]!, found[2]!].map((degrees) => Number(degrees.replace("−", "-"))) as [number, number];
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 && (lon !== 0 || lat !== 0) ? { lon, lat } : null;
}

export function written({ lon, lat }: Position, digits = 4): string {
  return `${lon.toFixed(digits)}, ${lat.toFixed(digits)}`;
}

/** A date of a night or of days; the second day may be missing. */
export function dateValue(from: string, to: string, night: boolean): string {
  return `${night ? "night " : ""}${from}${to && to !== from ? ` to ${to}` : ""}`;
}

export function datesOf(value: string): { from: string; to: string; night: boolean } {
  const found = DATE.exec(value);
  return { from: found?.[1] ?? "", to: found?.[2] ?? "", night: value.startsWith("night ") };
}

/** Whether a value that was typed can be read; a place may be a name, which only the build can look up. */
export function readable(action: Action, text: string): boolean {
  const value = text.trim();
  switch (action) {
    case "place":
      return /^[\d+\-−.,;\s]+$/.test(value) ? position(value) !== null : value !== "";
    case "killed":
    case "injured": {
      const found = COUNT.exec(value);
      return found !== null && (found[1] === undefined || Number(found[1]) <= Number(found[2]));
    }
    case "date": {
      const found = DATE.exec(value);
      return found !== null && (found[2] === undefined || found[1]! <= found[2]);
    }
    default:
      return false;
  }
}
