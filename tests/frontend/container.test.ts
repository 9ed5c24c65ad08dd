import assert from "node:assert/strict";
import { test } from "node:test";
import { DamagedError, decode, inflate, offsets } from "../../mapper/frontend/container";

/** Writes a container by hand: the directory and the bytes of each column. */
function container(columns: [name: string, form: string, count: number, bytes: number[], first?: number, more?: number][], version = 3): Uint8Array {
  const directory = new TextEncoder().encode(
    JSON.stringify({ version, meta: { a: "б" }, columns: columns.map(([n, f, k, b, first = 0, more = 0]) => [n, f, k, b.length, first, more]) }),
  );
  const length = [directory.length & 255, directory.length >> 8, 0, 0];
  return Uint8Array.from([...new TextEncoder().encode("MAPC"), ...length, ...directory, ...columns.flatMap((c) => c[3])]);
}

test("every form", () => {
  const { meta, columns } = decode(
    container([
      ["same", "line", 3, [], -1],
      ["steps", "line", 3, [], 5, -2],
      ["bytes", "planes", 2, [0, 255], 0, 1],
      ["wide", "planes", 3, [1, 0x2c, 0xff, 0, 1, 0xff, 0, 0, 0xff, 0, 0, 0x7f], 0, 4],
      ["low", "planes", 3, [0, 1, 255], -1, 1],
      ["words", "planes", 2, [0, 255, 0, 255], 0, 2],
      ["days", "planes", 2, [0, 0x40, 0, 0x42, 0, 0x0f], -1000000, 3],
      ["d", "delta", 3, [1, 0, 4], 1, 1],
      ["tens", "delta", 3, [1, 0, 4], 10, 1],
      ["w", "delta", 2, [0xff, 1, 0xff, 0, 0xff, 0, 0xff, 0], 1, 4],
    ]),
  );
  assert.deepEqual(meta, { a: "б" });
  const numbers = (name: string) => [...columns.get(name)!];
  assert.deepEqual(numbers("same"), [-1, -1, -1]);
  assert.deepEqual(numbers("steps"), [5, 3, 1]);
  assert.deepEqual(numbers("bytes"), [0, 255]);
  assert.deepEqual(numbers("wide"), [1, 300, 2147483647]);
  assert.deepEqual(numbers("low"), [-1, 0, 254]);
  assert.deepEqual(numbers("words"), [0, 65535]);
  assert.deepEqual(numbers("days"), [-1000000, 0]);
  assert.deepEqual(numbers("d"), [-1, -1, 1]);
  assert.deepEqual(numbers("tens"), [-10, -10, 10]);
  assert.deepEqual(numbers("w"), [-2147483648, -2147483649 + 2 ** 32]);
  assert.equal(columns.only("same"), -1);
  assert.deepEqual(["steps", "bytes", "none"].map((name) => columns.only(name)), [undefined, undefined, undefined]);
  assert.equal(columns.get("bytes"), columns.get("bytes"));
});

test("texts, each where it is, and nothing for one that is not known", () => {
  const box = decode(container([["t", "text", 3, [1, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 65, 0xd0, 0xa1, 0xd1, 0x83]]]));
  const texts = box.texts("t")!;
  assert.deepEqual([0, 1, 2].map((i) => texts.get(i)), ["A", undefined, "Су"]);
  assert.equal(box.texts("u"), undefined);
});

test("numbers as they are, little-endian", () => {
  assert.deepEqual([...decode(container([["n", "i32", 2, [255, 255, 255, 255, 1, 0, 0, 0]]])).columns.get("n")!], [-1, 1]);
});

test("a damaged container is an error, not wrong numbers", () => {
  assert.throws(() => decode(new Uint8Array(3)), DamagedError);
  assert.throws(() => decode(container([], 1)), /version 1/);
  assert.throws(() => decode(container([["v", "planes", 1, [1, 2], 0, 1]])), DamagedError);
  assert.throws(() => decode(container([["t", "text", 1, [9, 0, 0, 0, 65]]])).texts("t"), DamagedError);
  assert.throws(() => decode(container([["v", "other", 1, [1]]])), /unknown form/);
  assert.throws(() => decode(container([["u", "planes", 1, [1], 0, 1]]).subarray(0, -1)), DamagedError);
});

test("inflate undoes raw deflate", async () => {
  const packed = await new Response(
    new Blob(["Суми"]).stream().pipeThrough(new CompressionStream("deflate-raw")),
  ).arrayBuffer();
  assert.equal(new TextDecoder().decode(await inflate(`\n${Buffer.from(packed).toString("base64")}\n`)), "Суми");
});

test("offsets", () => {
  assert.deepEqual([...offsets([2, 0, 3])], [0, 2, 2, 5]);
  assert.deepEqual([...offsets([])], [0]);
});
