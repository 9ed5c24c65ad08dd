import assert from "node:assert/strict";
import { test } from "node:test";
import { clip, inside, nested, spanning } from "../../mapper/frontend/geometry";
import { Occupied, place } from "../../mapper/frontend/labels";
import { alongRiver, riverLabel } from "../../mapper/frontend/layers/water";
import { safeLink } from "../../mapper/frontend/links";
import { metresToPixels, project, tabled, unproject } from "../../mapper/frontend/projection";
import { SHAPES, svgPath } from "../../mapper/frontend/symbols";

const ring = (...points: number[]) => Float64Array.from(points);
const area = (points: Float64Array) => {
  let sum = 0;
  for (let i = 0, j = points.length - 2; i < points.length; j = i, i += 2) sum += points[j]! * points[i + 1]! - points[i]! * points[j + 1]!;
  return Math.abs(sum / 2);
};

test("projection there and back, and as EPSG:3857 has it", () => {
  for (const [lon, lat] of [[0, 0], [34.8, 50.92], [-179.9, -84], [180, 85]] as const) {
    const [x, y] = project(lon, lat);
    const [lon2, lat2] = unproject(x, y);
    assert.ok(Math.abs(lon - lon2) < 1e-9 && Math.abs(lat - lat2) < 1e-9);
  }
  // Northing of 50.92 degrees by the formula of EPSG:3857, on the equator's length.
  const northing = 6378137 * Math.log(Math.tan(Math.PI / 4 + (50.92 * Math.PI) / 360));
  assert.ok(Math.abs((0.5 - project(0, 50.92)[1]) * 2 * Math.PI * 6378137 - northing) < 1e-3);
  assert.ok(Number.isFinite(project(0, 90)[1]));
  assert.ok(Math.abs(metresToPixels(1000, 60, 256) / metresToPixels(1000, 0, 256) - 2) < 1e-9);
});

test("many latitudes at once are as each alone, to less than a pixel of any zoom", () => {
  const steps = 100000;
  const lat = Int32Array.from({ length: 2000 }, (_, i) => Math.round((i * 0.085 - 85) * steps) + (i % 7));
  const y = new Float32Array(lat.length);
  tabled(lat, steps, y);
  lat.forEach((value, i) => assert.ok(Math.abs(y[i]! - project(0, value / steps)[1]) < 1e-7, String(value)));
});

test("rings become polygons with their holes, and islands in the holes", () => {
  const square = (from: number, to: number) => ring(from, from, to, from, to, to, from, to);
  const [shell, hole, island, other] = [square(0, 10), square(2, 8), square(4, 6), square(20, 30)];
  assert.deepEqual(nested([shell, hole, island, other]), [[shell, hole], [island], [other]]);
  assert.deepEqual(nested([]), []);
});

test("inside, with a hole", () => {
  const rings = [ring(0, 0, 10, 0, 10, 10, 0, 10), ring(4, 4, 6, 4, 6, 6, 4, 6)];
  assert.equal(inside(rings, 2, 2), true);
  assert.equal(inside(rings, 5, 5), false);
  assert.equal(inside(rings, 11, 5), false);
});

test("clipping keeps what is in the box", () => {
  const box = { minX: 0, minY: 0, maxX: 4, maxY: 4 };
  assert.equal(area(clip(ring(-2, -2, 2, -2, 2, 2, -2, 2), box)), 4);
  assert.equal(area(clip(ring(-9, -9, 9, -9, 9, 9, -9, 9), box)), 16);
  assert.equal(clip(ring(5, 5, 6, 5, 6, 6), box).length, 0);
});

test("names neither cover each other nor symbols, whatever the order of what is in the way", () => {
  const label = (x: number, y: number, gap = 5) => ({ text: "", x, y, width: 40, height: 14, gap, margin: 3, mark: 0 });
  const labels = [label(0, 0), label(10, 0), label(500, 0, 0), label(505, 0, 0)];
  const symbol = { minX: -8, minY: -8, maxX: 8, maxY: 8 };
  const placed = place(labels, [symbol]);
  assert.deepEqual(placed.map((p) => p.index), [1, 2, 3], "the first has no room beside the symbol that covers it");
  // A name without a mark moves off its point rather than be lost.
  assert.deepEqual([placed[1]!.x, placed[1]!.y], [500, 0]);
  assert.notEqual(placed[2]!.y, 0);
  const boxes = placed.map((p) => ({ minX: p.x - 20, maxX: p.x + 20, minY: p.y - 7, maxY: p.y + 7 }));
  for (const [i, a] of [symbol, ...boxes].entries()) {
    for (const b of [symbol, ...boxes].slice(i + 1)) {
      assert.ok(a.maxX <= b.minX || b.maxX <= a.minX || a.maxY <= b.minY || b.maxY <= a.minY);
    }
  }
});

test("a name is left out where its mark would stand on something", () => {
  const label = { text: "", x: 0, y: 0, width: 40, height: 14, gap: 5, margin: 3, mark: 4 };
  assert.equal(place([label], [{ minX: 2, minY: -1, maxX: 9, maxY: 1 }]).length, 0);
  assert.equal(place([label], [{ minX: 12, minY: -1, maxX: 19, maxY: 1 }]).length, 1);
});

test("a box is found by a point, also across cells", () => {
  const occupied = new Occupied();
  occupied.add({ minX: 120, minY: -10, maxX: 140, maxY: 10 });
  assert.ok(occupied.at(130, -5));
  assert.ok(occupied.at(125, 5));
  assert.equal(occupied.at(141, 0), undefined);
});

test("only http and https are links", () => {
  assert.equal(safeLink("https://example.org/a?b=1"), "https://example.org/a?b=1");
  assert.equal(safeLink("http://example.org"), "http://example.org/");
  for (const bad of ["javascript:alert(1)", " JaVaScRiPt:alert(1)", "data:text/html,x", "file:///etc/passwd", "example.org", "", undefined]) {
    assert.equal(safeLink(bad), null);
  }
});

test("every shape has a path of its own", () => {
  assert.equal(new Set(SHAPES.map((shape) => svgPath(shape, 7))).size, SHAPES.length);
});

test("links join all areas by the shortest way", () => {
  assert.deepEqual(spanning([[0, 0], [10, 0], [4, 0], [4, 3]]), [[0, 2], [2, 3], [2, 1]]);
  assert.deepEqual(spanning([[1, 1]]), []);
  assert.deepEqual(spanning([]), []);
});

test("a river's name stands beside a straight stretch, upright, and again after a while", () => {
  // Down to the left, then crooked: in pixels of a world 1,000 wide.
  const straight = [...Array(41).keys()].flatMap((i) => [0.9 - i * 0.02, 0.1 + i * 0.02]);
  const crooked = [...Array(200).keys()].flatMap((i) => [0.1 + (i % 2) * 0.02, 0.9 + (i % 4) * 0.005]);
  const spots = alongRiver(ring(...straight, ...crooked), 1000, 80);
  assert.equal(spots.length, 2);
  for (const { x, y, angle } of spots) {
    assert.ok(Math.abs(angle + Math.PI / 4) < 0.1, "read from the lower left to the upper right");
    const off = (x + y - 1000) / Math.SQRT2;
    assert.ok(off < -8 && off > -10, `above the line, not ${off}`);
  }
  assert.deepEqual(alongRiver(ring(...crooked), 1000, 80), []);
  assert.deepEqual(alongRiver(ring(0, 0, 0.01, 0), 1000, 80), []);
  const label = riverLabel("Don", spots[0]!, 80);
  assert.deepEqual(place([label], []).map(({ x, y }) => [x, y]), [[spots[0]!.x, spots[0]!.y]]);
  const inTheWay = { minX: label.x - 1, maxX: label.x + 1, minY: label.y - 1, maxY: label.y + 1 };
  assert.deepEqual(place([label], [inTheWay]), [], "a name that finds no room there is left out");
});
