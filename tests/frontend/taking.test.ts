import assert from "node:assert/strict";
import { test } from "node:test";
import { type Row, cell, records } from "../../mapper/frontend/download";
import type { IncidentLayer } from "../../mapper/frontend/layers/incidents";
import { fold, terms } from "../../mapper/frontend/search";
import { drawing } from "./sample";

test("a cell of a table cannot run as a formula, and numbers stay numbers", () => {
  for (const bad of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1"]) assert.match(cell(bad), /^"?'/, JSON.stringify(bad));
  assert.equal(cell(-5), "-5");
  assert.equal(cell(null), "");
  assert.equal(cell(0), "0");
  assert.equal(cell('say "a", b'), '"say ""a"", b"');
  assert.equal(cell("two\nlines"), '"two\nlines"');
  assert.equal(cell("Суми"), "Суми");
});

test("longitude and latitude are those of one point, never one of several nor that beside an area", async () => {
  const d = drawing(3, 3, {
    point_incident: [0, 1, 1, 2], area_incident: [2], area_shape: [0], shape_rings: [1], shape_anchor_lon: [0], shape_anchor_lat: [0],
    ring_points: [3], ring_lon: [0, 10000, 0], ring_lat: [0, 0, 10000],
  });
  const layer = { drawing: d, text: { peek: () => ({ row: { id: "", title: "" }, sources: {} }) } } as unknown as IncidentLayer;
  const rows: Row[] = [];
  await records(layer, [0, 1, 2], (row) => rows.push(row));
  assert.deepEqual(rows.map((row) => [row.lon, row.lat]), [[1, 1], [null, null], [null, null]]);
});

test("words are found whatever their case, accents and apostrophes", () => {
  assert.equal(fold("Куп’янськ"), fold("купʼЯНСЬК"));
  assert.equal(fold("Düsseldorf"), "dusseldorf");
  assert.equal(fold("Орёл"), "орел");
  assert.deepEqual(terms("  Sumy,  drone sumy "), ["sumy", "drone"]);
  assert.deepEqual(terms(" , "), []);
});
