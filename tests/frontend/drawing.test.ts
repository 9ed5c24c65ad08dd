import assert from "node:assert/strict";
import { test } from "node:test";
import { AreaGroups } from "../../mapper/frontend/layers/groups";
import { learn, messages } from "../../mapper/frontend/messages";
import { newestFirst, readDrawing } from "../../mapper/frontend/payload";
import { sumWords, totals } from "../../mapper/frontend/totals";
import en from "../../mapper/page/messages/en.json";
import { drawing } from "./sample";

learn("en", en);
const all = (n: number) => new Uint8Array(n);

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
    type: [1, 0, 0],
  });
  const areas = new AreaGroups(d, 2);
  const groups = areas.compute(all(3));
  assert.deepEqual(groups.map((g) => [g.shapes, areas.members(all(3), g.id)]), [[[0, 1], [0, 2]], [[0], [1]]]);
  assert.deepEqual(groups[0]!.kinds, [{ type: 0, count: 1 }, { type: 1, count: 1 }]);
  assert.equal(areas.groupOf(2), groups[0]!.id);
  const one = Uint8Array.of(1, 0, 1);
  assert.deepEqual(areas.compute(one).map((g) => areas.members(one, g.id)), [[1]]);
});

test("totals count each incident once, unknown as nothing, zero as zero", () => {
  const d = drawing(6, 5, {
    status: [0, 0, 0, 0, 4, 0],
    killed_low: [2, 0, -1, 1, -1, 9],
    killed_best: [-1, 0, -1, 2, 40, 9],
    killed_high: [-1, 0, -1, 3, -1, 9],
    injured_best: [12, 0, -1, -1, 1, 9],
    intercepted: [-1, 23, -1, -1, 5, 9],
    lost: [-1, 4, -1, -1, 6, 8],
    children_killed: [1, -1, -1, 1, 7, 5],
  });
  const only = (n: number) => Uint8Array.from({ length: 6 }, (_, i) => (i === n ? 0 : 1));
  const t = totals(d, all(6));
  const m = messages("en");
  assert.deepEqual(t.killed, { low: 3, best: 4, high: 5, open: true, known: 3, unknown: 1 });
  assert.equal(sumWords(t.killed, m), "at least 3");
  assert.equal(sumWords(t.injured, m), "12");
  assert.equal(t.injured!.unknown, 2);
  assert.equal(t.intercepted, 23);
  assert.equal(t.launched, null);
  assert.deepEqual([t.lost, t.children_killed, t.children_injured], [4, 2, null]);
  assert.equal(totals(drawing(2, 2, {}), all(2)).killed, null);
  const some = totals(d, only(3));
  assert.equal(sumWords(some.killed, m), "1–3");
  assert.equal(sumWords(some.injured, m), null);
  assert.equal(sumWords(totals(d, only(1)).killed, m), "0");
  // Zero is said of those only of which it is known.
  assert.equal(sumWords({ low: 0, best: 0, high: 0, open: false, known: 2, unknown: 6 }, m), "none in 2 of 8");
});

test("the newest first, those without a date last", () => {
  const d = drawing(3, 3, { start_day: [10, -1_000_000, 10], start_minute: [0, 0, 5] });
  assert.deepEqual(newestFirst(d, [0, 1, 2]), [2, 0, 1]);
});

test("a missing column is an error", () => {
  assert.throws(() => readDrawing({ meta: {}, columns: { has: () => false, get: () => undefined, only: () => undefined }, texts: () => undefined }), /column type is missing/);
});
