import assert from "node:assert/strict";
import { test } from "node:test";
import { binsOf, daysOf, fittingStep, histogram } from "../../mapper/frontend/time";
import { DATES, day, drawing } from "./sample";

const precision = (word: string) => DATES.indexOf(word);

test("the days that an incident touches, by the precision of its date", () => {
  const d = drawing(8, 8, {
    start_day: [day("2024-11-21"), day("2024-11-21"), day("2024-11-22"), day("2024-02-10"), day("2024-03-01"), day("2024-11-18"), -1_000_000, day("2024-11-22")],
    start_minute: [18 * 60, 0, 0, 0, 0, 0, 0, 0],
    lasting: [12 * 60, -1, 0, -1, -1, -1, -1, 2 * 1440],
    date_precision: ["night", "night", "day", "month", "year", "week", "day", "range"].map(precision),
  });
  const { first, last, min, max, undated } = daysOf(d);
  const spans = [...first.keys()].map((i) => last[i]! - first[i]!);
  assert.deepEqual(spans, [1, 1, 0, 19, 305, 6, 0, 2]);
  assert.equal(undated, 1);
  assert.deepEqual([min, max], [day("2024-02-10"), day("2024-12-31")]);
});

test("steps of day, week and month", () => {
  const [a, b] = [day("2024-02-27"), day("2024-03-03")];
  assert.deepEqual([...binsOf(a, b, "day")], [0, 1, 2, 3, 4, 5, 6].map((n) => a + n));
  // 26 February 2024 was a Monday.
  assert.deepEqual([...binsOf(a, b, "week")], [day("2024-02-26"), day("2024-03-04")]);
  assert.deepEqual([...binsOf(a, b, "month")], [day("2024-02-01"), day("2024-03-01"), day("2024-04-01")]);
  assert.deepEqual([...binsOf(day("1969-12-30"), day("1969-12-30"), "week")], [day("1969-12-29"), day("1970-01-05")]);
  assert.deepEqual([fittingStep(0, 90, 100), fittingStep(0, 600, 100), fittingStep(0, 1100, 100)], ["day", "week", "month"]);
});

test("a night stands in both its days, in one week once; cumulative counts it once", () => {
  const d = drawing(3, 3, {
    start_day: [day("2024-11-21"), day("2024-11-22"), -1_000_000],
    date_precision: [precision("night"), precision("day"), precision("day")],
    type: [0, 1, 0],
  });
  const days = daysOf(d);
  const count = (step: "day" | "week", cumulative = false, hidden: number[] = []) => {
    const fails = Uint8Array.from({ length: 3 }, (_, i) => (hidden.includes(i) ? 1 : 0));
    return [...histogram(days, binsOf(days.min, days.max, step), d.columns.type, 2, { fails, mask: 0xff }, cumulative)];
  };
  // For each bin: type a on one day, over several; type b on one day, over several.
  assert.deepEqual(count("day"), [0, 1, 0, 0, 0, 1, 1, 0]);
  assert.deepEqual(count("week"), [0, 1, 1, 0]);
  assert.deepEqual(count("day", true), [0, 1, 0, 0, 0, 1, 1, 0]);
  assert.deepEqual(count("day", false, [0]), [0, 0, 0, 0, 0, 0, 1, 0]);
});
