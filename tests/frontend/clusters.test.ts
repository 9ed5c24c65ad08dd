import assert from "node:assert/strict";
import { test } from "node:test";
import { type Cluster, ClusterGrid } from "../../mapper/frontend/layers/clusters";
import type { Shown } from "../../mapper/frontend/filters";
import type { Drawing } from "../../mapper/frontend/payload";
import { drawing } from "./sample";

const WORLD = 256 * 2 ** 6;

function scattered(n: number): Drawing {
  let state = 5;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const lon: number[] = [];
  const lat: number[] = [];
  const centres = Array.from({ length: 12 }, () => [30 + next() * 10, 46 + next() * 7, 0.05 + next()]);
  for (let i = 0; i < n; i++) {
    const [x, y, spread] = centres[Math.floor(next() * centres.length)]!;
    lon.push(Math.round((x! + (next() + next() + next() - 1.5) * spread!) * 100000));
    lat.push(Math.round((y! + (next() + next() + next() - 1.5) * spread!) * 100000));
  }
  return drawing(n, n, {
    point_lon: lon,
    point_lat: lat,
    type: lon.map(() => Math.floor(next() * 2)),
    point_kind: lon.map((_, i) => (i % 17 ? 0 : 1)),
    point_radius_m: lon.map((_, i) => (i % 17 ? 500 : 20000)),
  });
}

const region = (x: number, y: number, width = 3072, height = 2048) => ({ minX: x, minY: y, maxX: x + width, maxY: y + height });
let version = 0;
/** What passes filters that have just changed, all types being on. */
const passing = (fails: Uint8Array): Shown => ({ fails, mask: 255, version: version++, moved: null, off: new Uint8Array(2) });
const sum = (clusters: Cluster[]) => clusters.reduce((total, c) => total + c.count, 0);
const HERE = region(8960, 4736);

test("no incident is hidden and no two clusters overlap", () => {
  for (const n of [40, 900, 20_000]) {
    const d = scattered(n);
    const grid = new ClusterGrid(d, 2);
    const clusters = grid.compute(passing(new Uint8Array(n)), WORLD, HERE);
    assert.equal(sum(clusters), n);
    const members = clusters.flatMap((c) => grid.points(new Uint8Array(n), c.id));
    assert.equal(new Set(members).size, n);
    for (const c of clusters) assert.equal(c.kinds.reduce((total, k) => total + k.count, 0), c.count);
    for (const [i, a] of clusters.entries()) {
      for (const b of clusters.slice(i + 1)) assert.ok(Math.hypot(a.x - b.x, a.y - b.y) >= a.radius + b.radius, `${n}: ${a.count} and ${b.count}`);
    }
    assert.ok(clusters.length > 10 && clusters.length < n);
  }
});

test("a cluster stands at the weighted centre of what is in it", () => {
  const d = drawing(3, 3, { point_lon: [3000000, 3000000, 3001000], point_lat: [5000000, 5000000, 5000000] });
  const [cluster, ...others] = new ClusterGrid(d, 2).compute(passing(new Uint8Array(3)), WORLD, region(9000, 5000));
  assert.equal(others.length, 0);
  assert.ok(Math.abs(cluster!.x - (d.pointX[0]! * 2 + d.pointX[2]!) / 3 * WORLD) < 0.01);
  assert.deepEqual([cluster!.count, cluster!.point], [3, -1]);
});

test("clusters obey the filters", () => {
  const d = scattered(2000);
  const fails = Uint8Array.from(d.columns.type, (t) => (t ? 1 : 0));
  const clusters = new ClusterGrid(d, 2).compute(passing(fails), WORLD, HERE);
  assert.equal(sum(clusters), fails.filter((f) => !f).length);
  assert.ok(clusters.every((c) => c.kinds.length === 1 && c.kinds[0]!.type === 0));
});

test("clusters stay where they are while the map is panned", () => {
  const d = scattered(20_000);
  const grid = new ClusterGrid(d, 2);
  const inner = { minX: 9900, minY: 5100, maxX: 11100, maxY: 6000 };
  const seen = (clusters: Cluster[]) =>
    clusters
      .filter((c) => c.x > inner.minX && c.x < inner.maxX && c.y > inner.minY && c.y < inner.maxY)
      .map((c) => `${c.x.toFixed(3)} ${c.y.toFixed(3)} ${c.count}`)
      .sort();
  const first = seen(grid.compute(passing(new Uint8Array(20_000)), WORLD, HERE));
  assert.ok(first.length > 5);
  for (const [dx, dy] of [[512, 0], [-512, 512], [0, -512]] as const) {
    assert.deepEqual(seen(grid.compute(passing(new Uint8Array(20_000)), WORLD, region(HERE.minX + dx, HERE.minY + dy))), first);
  }
});

test("what shares a spot is one place, also beside others; two places are not", () => {
  const d = drawing(3, 3, { point_lon: [3000000, 3000000, 3400000], point_lat: [5000000, 5000000, 5000000], point_radius_m: [100, 200, 0] });
  const clusters = new ClusterGrid(d, 2).compute(passing(new Uint8Array(3)), WORLD, region(9000, 5000));
  assert.deepEqual(clusters.map((c) => [c.count, c.point]).sort(), [[1, 2], [2, 0]]);
});

test("an incident with two points in one cluster counts once, and in two clusters in each", () => {
  const d = drawing(2, 2, { point_incident: [0, 0, 1], point_lon: [3000000, 3002000, 3004000], point_lat: [5000000, 5000000, 5000000] });
  const grid = new ClusterGrid(d, 2);
  const [one] = grid.compute(passing(new Uint8Array(2)), WORLD, region(9000, 5000));
  assert.equal(one!.count, 2);
  assert.equal(grid.points(new Uint8Array(2), one!.id).length, 3);
  const near = grid.compute(passing(new Uint8Array(2)), WORLD * 64, region(9000 * 64 + 21000, 5000 * 64 + 31000));
  assert.ok(near.every((c) => c.count === 1));
});

test("an incident alone with its two points in one cluster has a place to be drawn at", () => {
  const d = drawing(1, 1, { point_incident: [0, 0], point_lon: [3000000, 3002000], point_lat: [5000000, 5000000] });
  const clusters = new ClusterGrid(d, 2).compute(passing(new Uint8Array(1)), WORLD, region(9000, 5000));
  assert.deepEqual(clusters.map((c) => [c.count, c.point, c.kinds]), [[1, 0, [{ type: 0, count: 1 }]]]);
});

test("a filter gives the same clusters in a grid that has seen others as in a new one", () => {
  const d = scattered(5000);
  const fails = Uint8Array.from({ length: 5000 }, (_, i) => (i % 3 ? 1 << (i % 8) : 0));
  const used = new ClusterGrid(d, 2);
  used.compute(passing(new Uint8Array(5000)), WORLD, HERE);
  assert.deepEqual(used.compute(passing(fails), WORLD, HERE), new ClusterGrid(d, 2).compute(passing(fails), WORLD, HERE));
});

test("a type that is switched off and on gives the clusters of a grid that never saw it otherwise", () => {
  const d = scattered(5000);
  const others = Uint8Array.from({ length: 5000 }, (_, i) => (i % 3 ? 0 : 2));
  /** As the filters do: bit 1 for the type. */
  const switched = (off: number[]): Shown => {
    const fails = others.map((bits, i) => bits | off[d.columns.type[i]!]!);
    return { fails, mask: 254, version: 7, moved: null, off: Uint8Array.from(off) };
  };
  const round = (clusters: Cluster[]) => clusters.map((c) => ({ ...c, id: 0, x: c.x.toFixed(6), y: c.y.toFixed(6) })).sort((a, b) => a.point - b.point || Number(a.x) - Number(b.x));
  const used = new ClusterGrid(d, 2);
  for (const off of [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]) {
    const shown = switched(off);
    const clusters = used.compute(shown, WORLD, HERE);
    assert.deepEqual(round(clusters), round(new ClusterGrid(d, 2).compute({ ...passing(shown.fails), off: new Uint8Array(2) }, WORLD, HERE)));
    for (const cluster of clusters) {
      const points = used.points(shown.fails, cluster.id);
      assert.equal(points.length, cluster.count);
      assert.equal(used.clusterOf(points[0]!), cluster.id);
    }
  }
  assert.equal(sum(used.compute(switched([1, 1]), WORLD, HERE)), 0);
});

test("a dragged period gives, step by step, the clusters of a grid that never saw another", () => {
  const d = scattered(5000);
  const used = new ClusterGrid(d, 2);
  for (let from = 0; from < 5000; from += 700) {
    const fails = Uint8Array.from({ length: 5000 }, (_, i) => (i >= from && i < from + 2000 ? 0 : 64));
    assert.deepEqual(used.compute(passing(fails), WORLD, HERE), new ClusterGrid(d, 2).compute(passing(fails), WORLD, HERE));
  }
  const elsewhere = region(HERE.minX + 512, HERE.minY - 512);
  const none = new Uint8Array(5000);
  assert.deepEqual(used.compute(passing(none), WORLD, elsewhere), new ClusterGrid(d, 2).compute(passing(none), WORLD, elsewhere));
});
