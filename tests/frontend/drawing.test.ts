import assert from "node:assert/strict";
import { test } from "node:test";
import type { Column, Container } from "../../mapper/frontend/container";
import { areaGroups, makeUp, stacks } from "../../mapper/frontend/layers/stacks";
import { messages } from "../../mapper/frontend/messages";
import { COLUMNS, type ColumnName, type Drawing, newestFirst, readDrawing } from "../../mapper/frontend/payload";
import { sumWords, totals } from "../../mapper/frontend/totals";

const STATUSES = ["claimed", "disputed", "corroborated", "confirmed", "retracted"];

/** A drawing of incidents that stand at (1, 1) unless said otherwise; `n` incidents, `placed` of them on the map. */
function drawing(n: number, placed: number, given: Partial<Record<ColumnName, number[]>>): Drawing {
  const points = given.point_incident ?? [...Array(placed).keys()];
  const columns = new Map<string, Column>();
  for (const name of Object.keys(COLUMNS) as ColumnName[]) {
    const empty = name.startsWith("point_")
      ? Array<number>(points.length).fill(name === "point_lon" || name === "point_lat" ? 100000 : 0)
      : /^(area|shape|ring)_/.test(name)
        ? []
        : Array<number>(n).fill(COLUMNS[name] === "optional" ? -1 : 0);
    columns.set(name, Int32Array.from(name === "point_incident" ? points : (given[name] ?? empty)));
  }
  const meta = { placed, lonlat: 100000, outline: 10000, block: 512, types: ["a", "b"], statuses: STATUSES, precisions: [], date_precisions: [] };
  return readDrawing({ meta, columns } as Container);
}

const all = () => true;

test("what stands on one spot is one stack, and every incident is in it", () => {
  const d = drawing(4, 4, { point_lon: [5, 5, 6, 5], point_lat: [7, 7, 7, 7], point_radius_m: [100, 200, 0, 0], point_kind: [0, 0, 0, 1] });
  const found = stacks(d, all);
  assert.deepEqual(found.map((s) => [s.incidents, s.kind, s.radius]), [[[0, 1], 0, 200], [[2], 0, 0], [[3], 1, 0]]);
});

test("a stack obeys the filter", () => {
  const d = drawing(3, 3, { type: [0, 1, 0] });
  assert.deepEqual(stacks(d, (i) => d.columns.type[i] === 0).map((s) => s.incidents), [[0, 2]]);
});

test("an incident with two places on one spot counts once", () => {
  const d = drawing(1, 1, { point_incident: [0, 0] });
  assert.deepEqual(stacks(d, all).map((s) => s.incidents), [[0]]);
});

test("several areas of one incident are one group; the same areas again join it", () => {
  const d = drawing(3, 3, {
    point_incident: [],
    area_incident: [0, 0, 1, 2, 2],
    area_shape: [0, 1, 0, 1, 0],
    shape_rings: [1, 1],
    shape_anchor_lon: [0, 0],
    shape_anchor_lat: [0, 0],
    ring_points: [3, 3],
    ring_lon: [0, 10000, 0, 0, 20000, 0],
    ring_lat: [0, 0, 10000, 0, 0, 20000],
  });
  const groups = areaGroups(d, all);
  assert.deepEqual(groups.map((g) => [g.shapes, g.incidents]), [[[0, 1], [0, 2]], [[0], [1]]]);
  assert.deepEqual(areaGroups(d, (i) => i === 1).map((g) => g.incidents), [[1]]);
});

test("the make-up of a stack, the most frequent type first", () => {
  assert.deepEqual(makeUp([0, 1, 2], [1, 0, 1]), [{ type: 1, count: 2 }, { type: 0, count: 1 }]);
});

test("totals count each incident once, unknown as nothing, zero as zero", () => {
  const d = drawing(6, 5, {
    status: [0, 0, 0, 0, 4, 0],
    killed_low: [2, 0, -1, 1, -1, 9],
    killed_best: [-1, 0, -1, 2, 40, 9],
    killed_high: [-1, 0, -1, 3, -1, 9],
    injured_best: [12, 0, -1, -1, 1, 9],
    intercepted: [-1, 23, -1, -1, 5, 9],
  });
  const t = totals(d, all);
  const m = messages("en");
  assert.equal(t.incidents, 5);
  assert.deepEqual(t.killed, { low: 3, best: 4, high: 5, open: true, known: 3, unknown: 1 });
  assert.equal(sumWords(t.killed, m), "at least 3");
  assert.equal(sumWords(t.injured, m), "12");
  assert.equal(t.injured.unknown, 2);
  assert.equal(t.intercepted, 23);
  assert.equal(t.launched, null);
  const some = totals(d, (i) => i === 3);
  assert.equal(sumWords(some.killed, m), "1–3");
  assert.equal(sumWords(some.injured, m), null);
  assert.equal(sumWords(totals(d, (i) => i === 1).killed, m), "0");
});

test("the newest first, those without a date last", () => {
  const d = drawing(3, 3, { start: [10, -(2 ** 31), 20] });
  assert.deepEqual(newestFirst(d, [0, 1, 2]), [2, 0, 1]);
});

test("a missing column is an error", () => {
  assert.throws(() => readDrawing({ meta: {}, columns: new Map() }), /column type is missing/);
});
