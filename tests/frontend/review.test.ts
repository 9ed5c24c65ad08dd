import assert from "node:assert/strict";
import { test } from "node:test";
import { Answers, EMPTY, decision, nextOpen, today } from "../../mapper/frontend/review/answers";
import type { File, Item } from "../../mapper/frontend/review/desk";
import { guarded, overridesFile } from "../../mapper/frontend/review/overrides";
import { marked } from "../../mapper/frontend/review/quotes";
import { dateValue, datesOf, position, readable } from "../../mapper/frontend/review/values";

const when = { start: 0, lasting: 0, precision: "day", asReported: false };
const item = (id: string, action: Item["action"], groups: Item["groups"] = []): Item => ({
  id, action, type: "shelling", title: `Title of ${id}`, tags: [], when, placeText: "", reported: [], needs: [], claims: [], here: [], groups,
});
const twoPlaces = item("i-1", "place", [
  { text: "Lyman", options: [{ value: "gn:1 Lyman" }, { value: "gn:2 Lyman" }] },
  { text: "Sumy", now: "gn:3 Sumy", options: [] },
]);
const FILE: File = { name: "o.csv", where: "maps/o.csv", text: "id;why;action;value;who;when\r\n", columns: ["id", "why", "action", "value", "who", "when"], delimiter: ";", newline: "\r\n" };

test("what is chosen for one place keeps the others where they are", () => {
  assert.deepEqual(decision(twoPlaces, { ...EMPTY, picks: { 0: 1 } }), { action: "place", value: "gn:2 Lyman; gn:3 Sumy" });
  assert.equal(decision(twoPlaces, EMPTY), null);
});

test("a place that is left out is named no more, and all cannot be left out", () => {
  const two = item("i", "place", [{ options: [{ value: "gn:1" }, { value: "" }] }, { options: [{ value: "gn:2" }, { value: "" }] }]);
  assert.equal(decision(two, { ...EMPTY, picks: { 0: 0 } }), null);
  assert.deepEqual(decision(two, { ...EMPTY, picks: { 0: 0, 1: 1 } }), { action: "place", value: "gn:1" });
  assert.equal(decision(two, { ...EMPTY, picks: { 0: 1, 1: 1 } }), null);
});

test("a position goes with how well it is known, longitude first, with the digits that were typed", () => {
  assert.deepEqual(position("34.80, 50.92"), { lon: 34.8, lat: 50.92 });
  assert.deepEqual(position("−70.5 -33"), { lon: -70.5, lat: -33 });
  assert.equal(position("34.8, 95"), null);
  assert.equal(position("0, 0"), null);
  const answer = { ...EMPTY, kind: "other" as const, other: "34.80, 50.92", precision: "near" };
  assert.equal(decision(twoPlaces, answer)?.value, "34.80, 50.92, near");
  assert.equal(decision(twoPlaces, { ...answer, other: " Sumy, Sumy Oblast " })?.value, "Sumy, Sumy Oblast");
  assert.equal(decision(twoPlaces, { ...answer, other: "34.80, 150" }), null);
});

test("numbers and dates are read as the build reads them", () => {
  for (const good of ["3", "2-5", "at least 2", "at most 5", "unknown"]) assert.ok(readable("killed", good), good);
  for (const bad of ["", "many", "5-2", "-3", "2.5"]) assert.ok(!readable("injured", bad), bad);
  assert.equal(dateValue("2024-11-21", "2024-11-22", true), "night 2024-11-21 to 2024-11-22");
  assert.deepEqual(datesOf("night 2024-11-21 to 2024-11-22"), { from: "2024-11-21", to: "2024-11-22", night: true });
  assert.ok(readable("date", dateValue("2024-11-21", "", false)));
  assert.ok(!readable("date", "2024-11-22 to 2024-11-21"));
});

test("a decision counts once it has an answer, a reason and a name", () => {
  const answers = new Answers([twoPlaces, item("i-2", "date")]);
  assert.equal(answers.lacks(0), "decision");
  assert.ok(answers.pickNumber(0, 2));
  assert.ok(!answers.pickNumber(0, 7));
  assert.equal(answers.lacks(0), "why");
  answers.set(0, { why: " read  the source " });
  assert.equal(answers.lacks(0), "who");
  assert.equal(answers.state(0), "unfinished");
  assert.deepEqual(answers.rows(), []);
  answers.who = "A. Editor";
  assert.equal(answers.state(0), "decided");
  assert.deepEqual(answers.rows(), [
    { id: "i-1", action: "place", value: "gn:2 Lyman; gn:3 Sumy", who: "A. Editor", when: today(), why: "read the source", title: "Title of i-1" },
  ]);
  assert.equal(nextOpen(answers, 0), 1);
  answers.undo(0);
  assert.equal(answers.done, 0);
  assert.equal(nextOpen(answers, 1), 0);
});

test("hiding an incident settles all that is asked of it, in one row", () => {
  const answers = new Answers([twoPlaces, item("i-1", "date"), item("i-2", "date")]);
  answers.who = "A. Editor";
  answers.set(1, { kind: "keep", why: "right" });
  answers.set(0, { kind: "hide", why: "a hoax" });
  assert.deepEqual([0, 1, 2].map((at) => answers.state(at)), ["decided", "settled", "open"]);
  assert.deepEqual(answers.rows().map(({ id, action, value }) => [id, action, value]), [["i-1", "hide", ""]]);
  answers.undo(0);
  assert.deepEqual(answers.rows().map(({ action, value }) => [action, value]), [["keep", "date"]]);
});

test("a note is a row of its own", () => {
  const answers = new Answers([item("i-2", "status")]);
  answers.who = "A. Editor";
  answers.set(0, { kind: "keep", why: "right", note: "The ministry withdrew it." });
  assert.deepEqual(answers.rows().map(({ action, value }) => [action, value]), [["keep", "status"], ["note", "The ministry withdrew it."]]);
});

test("decisions are taken up again from what was kept", () => {
  const before = new Answers([twoPlaces]);
  before.who = "A. Editor";
  before.set(0, { kind: "retract", why: "withdrawn" });
  const after = new Answers([twoPlaces]);
  after.load(before.dump());
  assert.deepEqual(after.rows(), before.rows());
});

test("new rows go under the old ones, in their columns and with their delimiter, and no cell runs in a spreadsheet", () => {
  const row = { id: "i-1", action: "place", value: "-70.5, -33.4, exact", who: "A; B", when: "2024-11-25", why: '=HYPERLINK("x")', title: "T" };
  assert.equal(
    overridesFile(FILE, [row]),
    `\ufeff${FILE.text}i-1;"'=HYPERLINK(""x"")";place;'-70.5, -33.4, exact;"A; B";2024-11-25\r\n`,
  );
  assert.deepEqual(["'-5", "Sumy", "\t1", "5-3"].map(guarded), ["''-5", "Sumy", "'\t1", "5-3"]);
});

test("toponyms are marked in a quote, the longer one first, whatever signs they have", () => {
  const said = (text: string, names: string[]) => marked(text, names).map(({ text, is }) => (is ? `[${text}]` : text)).join("");
  assert.equal(said("Hit Nova Kakhovka and Kakhovka.", ["Kakhovka", "Nova Kakhovka"]), "Hit [Nova Kakhovka] and [Kakhovka].");
  assert.equal(said("Plant (No. 3) burns", ["(No. 3)", ""]), "Plant [(No. 3)] burns");
  assert.equal(said("Nothing", []), "Nothing");
});
