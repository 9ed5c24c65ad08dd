import assert from "node:assert/strict";
import { test } from "node:test";
import { cell } from "../../mapper/frontend/download";
import { fold, terms } from "../../mapper/frontend/search";

test("a cell of a table cannot run as a formula, and numbers stay numbers", () => {
  for (const bad of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1"]) assert.match(cell(bad), /^"?'/, JSON.stringify(bad));
  assert.equal(cell(-5), "-5");
  assert.equal(cell(null), "");
  assert.equal(cell(0), "0");
  assert.equal(cell('say "a", b'), '"say ""a"", b"');
  assert.equal(cell("two\nlines"), '"two\nlines"');
  assert.equal(cell("Суми"), "Суми");
});

test("words are found whatever their case, accents and apostrophes", () => {
  assert.equal(fold("Куп’янськ"), fold("купʼЯНСЬК"));
  assert.equal(fold("Düsseldorf"), "dusseldorf");
  assert.equal(fold("Орёл"), "орел");
  assert.deepEqual(terms("  Sumy,  drone sumy "), ["sumy", "drone"]);
  assert.deepEqual(terms(" , "), []);
});
