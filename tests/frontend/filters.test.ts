import assert from "node:assert/strict";
import { test } from "node:test";
import { FACETS, Filters } from "../../mapper/frontend/filters";
import { ClusterGrid } from "../../mapper/frontend/layers/clusters";
import { applyFilters, filterState, readHash, writeHash } from "../../mapper/frontend/permalink";
import { day, drawing } from "./sample";

/** Numbers that look random and are the same each time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function many(n: number): Filters {
  const next = random(7);
  const pick = (k: number) => Array.from({ length: n }, () => Math.floor(next() * k));
  return new Filters(
    drawing(n, n - 20, {
      type: pick(2),
      status: pick(5),
      precision: pick(3).map((p) => (p === 2 ? 255 : p)),
      country: pick(4),
      publisher: pick(2),
      start_day: pick(30).map((d, i) => (i % 9 ? 20000 + d : -1_000_000)),
      lasting: pick(4).map((d) => d * 1440),
    }),
  );
}

test("filters cross, and every count is what switching only that value would show", () => {
  const f = many(400);
  f.set("type", [1], false);
  f.set("status", [0, 3], false);
  f.set("country", [0], false);
  f.setPeriod({ from: 20005, to: 20012 });
  f.setSearch(Uint8Array.from({ length: 400 }, (_, i) => (i % 5 ? 1 : 0)));
  const { columns, countrySets, placed } = f.drawing;
  const value = { type: columns.type, status: columns.status, precision: columns.precision };
  const passes = (i: number, but?: string) => {
    const ok: Record<string, boolean> = {
      type: value.type[i] !== 1,
      // 4 is "retracted", which nobody has asked for.
      status: ![0, 3, 4].includes(value.status[i]!),
      precision: true,
      publisher: true,
      // In both countries: shown as long as one of them is.
      country: columns.country[i] === 0 || countrySets[columns.country[i]!]!.some((c) => c !== 0),
      time: f.days.first[i]! >= 0 && f.days.first[i]! <= 20012 && f.days.last[i]! >= 20005,
      search: i % 5 !== 0,
    };
    return Object.entries(ok).every(([name, good]) => good || name === but);
  };
  const all = [...Array(400).keys()];
  assert.deepEqual([...f.shown()], all.filter((i) => passes(i)));
  assert.ok(f.shown().length > 5);
  for (const facet of ["type", "status", "precision"] as const) {
    f.facets[facet].words.concat("").forEach((_, v) => {
      const is = (i: number) => (value[facet][i] === 255 ? f.facets[facet].words.length : value[facet][i]) === v;
      assert.equal(f.counts(facet).placed[v], all.filter((i) => i < placed && is(i) && passes(i, facet)).length, `${facet} ${v}`);
      assert.equal(f.counts(facet).unplaced[v], all.filter((i) => i >= placed && is(i) && passes(i, facet)).length, `${facet} ${v}`);
    });
  }
  assert.equal(f.counts("country").placed[1], all.filter((i) => i < placed && countrySets[columns.country[i]!]!.includes(1) && passes(i, "country")).length);
  assert.equal(f.undatedCount, all.filter((i) => f.days.first[i]! < 0 && passes(i, "time")).length);
  f.reset();
  assert.equal(f.shown().length, value.status.filter((code) => code !== 4).length);
  assert.ok(!f.isAnyFiltered);
  f.set("status", [4], true);
  assert.equal(f.shown().length, 400);
  assert.ok(f.retracted && f.isFiltered("status"));
});

test("without a date: shown, unless a period is chosen and they are not asked for", () => {
  const f = many(50);
  f.set("status", [4], true);
  const undated = f.days.undated;
  assert.equal(f.shownCount, 50);
  f.setPeriod({ from: f.days.min, to: f.days.max });
  assert.equal(f.shownCount, 50 - undated);
  f.setPeriod(f.period, true);
  assert.equal(f.shownCount, 50);
});

test("whatever period comes after whatever else, filters, counts and clusters are those of a map that never saw another", () => {
  for (const [seed, intervals] of [[1, true], [2, true], [3, false], [4, false]] as const) {
    const next = random(seed);
    const below = (k: number) => Math.floor(next() * k);
    const pick = (k: number) => Array.from({ length: 300 }, () => below(k));
    const given = {
      type: pick(2), status: pick(5), country: pick(4), publisher: pick(2), point_lon: pick(400_000), point_lat: pick(400_000),
      start_day: pick(60).map((d) => (intervals && d > 50 ? -1_000_000 : 20000 + d)), lasting: pick(3).map((d) => (intervals ? d * 2880 : 0)),
    };
    const fresh = () => new Filters(drawing(300, 300, given));
    const used = fresh();
    const grid = new ClusterGrid(used.drawing, 2);
    const region = { minX: 32256, minY: 31744, maxX: 34304, maxY: 33280 };
    const world = 2 ** 16;
    let search: Uint8Array | null = null;
    for (let step = 0; step < 120; step++) {
      const { from, to } = used.period ?? { from: 20000 + below(60), to: 20000 + below(60) };
      const facet = FACETS[below(5)]!;
      if (below(3)) used.setPeriod({ from: from + below(7) - 3, to: to + below(7) - 3 }, below(4) === 0);
      else if (below(2)) used.set(facet, [below(used.facets[facet].off.length)], below(2) === 0);
      else if (below(2)) used.setPeriod(null);
      else if (below(2)) used.setSearch((search = Uint8Array.from(pick(4))), "x");
      else {
        used.reset();
        search = null;
      }
      // Not every change is looked at.
      if (below(4) === 0) continue;
      const other = fresh();
      for (const name of FACETS) {
        other.facets[name].off.set(used.facets[name].off);
        other.set(name, [], true);
      }
      other.setPeriod(used.period, used.undated);
      other.setSearch(search);
      assert.deepEqual(used.fails, other.fails);
      for (const name of FACETS) assert.deepEqual(used.counts(name), other.counts(name), name);
      assert.equal(used.shownCount, used.shown().length);
      const clusters = grid.compute(used.forMap, world, region);
      const round = (list: typeof clusters) => list.map((c) => ({ ...c, x: c.x.toFixed(6), y: c.y.toFixed(6) }));
      assert.deepEqual(round(clusters), round(new ClusterGrid(other.drawing, 2).compute(other.forMap, world, region)));
    }
  }
});

test("a link says what is shown, and says it again when read", () => {
  const f = many(100);
  f.set("type", [0], false);
  f.set("country", [2], false);
  f.set("publisher", [0], false);
  f.set("status", [4], true);
  f.setPeriod({ from: day("2024-11-18"), to: day("2024-11-20") }, true);
  const state = {
    view: { zoom: 6.25, lat: 49.5, lon: 34.12345 }, ...filterState(f), step: "week" as const, cumulative: true,
    query: "Суми & \"drones\" #1", order: { by: "killed" as const, down: false }, incident: { id: "i-421@b", row: 77 }, lang: "uk", theme: "dark" as const,
  };
  assert.deepEqual(readHash(writeHash(state)), { ...state, incident: { id: "i-421@b", row: 77 } });
  const g = many(100);
  applyFilters(g, readHash(writeHash(state)));
  for (const facet of FACETS) assert.deepEqual(g.facets[facet].off, f.facets[facet].off);
  assert.deepEqual([...g.shown()], [...f.shown()]);
});

test("the order of the list is said in as few letters as it takes", () => {
  const orders = [["killed", true, "killed"], ["killed", false, "-killed"], ["type", false, "type"], ["status", true, "-status"], ["date", false, "-date"]] as const;
  for (const [by, down, words] of orders) {
    assert.equal(writeHash({ order: { by, down } }), `#sort=${words}`);
    assert.deepEqual(readHash(`#sort=${words}`), { order: { by, down } });
  }
});

test("what a link should not say is left out", () => {
  for (const bad of [
    "#v=99/0/0", "#v=5/91/0", "#v=5/NaN/0", "#v=<script>", "#t=2024-13-01..2024-13-02", "#t=2024-11-20..2024-11-18", "#t=1..2",
    "#step=year", "#i=@5", "#i=x@99999999999", "#lang=xx", "#theme=red", "#undated=2", "#no-type=%E0%A4%A", "#q=%", "#=", "", "#&&=&v",
    "#__proto__=1", "#lang=constructor", "#sort=title", "#sort=--date", "#sort=constructor",
  ]) {
    assert.deepEqual(readHash(bad), {}, bad);
  }
  assert.equal(readHash(`#q=${"x".repeat(999)}`).query!.length, 200);
  const f = many(20);
  applyFilters(f, readHash("#no-type=nothing,constructor"));
  assert.equal(f.shownCount, 20 - f.drawing.columns.status.filter((code) => code === 4).length);
  applyFilters(f, readHash("#retracted=1"));
  assert.equal(f.shownCount, 20);
});
