import assert from "node:assert/strict";
import { test } from "node:test";
import { DamagedError, decode, inflate, offsets } from "../../mapper/frontend/container";

/** Writes a container by hand: the directory and the bytes of each column. */
function container(columns: [string, string, number, number[]][], version = 1): Uint8Array {
  const directory = new TextEncoder().encode(
    JSON.stringify({ version, meta: { a: "б" }, columns: columns.map(([n, c, k, b]) => [n, c, k, b.length]) }),
  );
  const length = [directory.length & 255, directory.length >> 8, 0, 0];
  return Uint8Array.from([...new TextEncoder().encode("MAPC"), ...length, ...directory, ...columns.flatMap((c) => c[3])]);
}

test("every coding", () => {
  const { meta, columns } = decode(
    container([
      ["u", "u8", 2, [0, 255]],
      ["v", "varint", 3, [1, 0xac, 2, 0xff, 0xff, 0xff, 0xff, 0x0f]],
      ["o", "optional", 3, [0, 1, 13]],
      ["d", "delta", 3, [1, 0, 4]],
      ["w", "delta", 2, [0xff, 0xff, 0xff, 0xff, 0x0f, 1]],
    ]),
  );
  assert.deepEqual(meta, { a: "б" });
  assert.deepEqual([...columns.get("u")!], [0, 255]);
  assert.deepEqual([...columns.get("v")!], [1, 300, 4294967295]);
  assert.deepEqual([...columns.get("o")!], [-1, 0, 12]);
  assert.deepEqual([...columns.get("d")!], [-1, -1, 1]);
  assert.deepEqual([...columns.get("w")!], [-2147483648, 2147483647]);
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
  assert.throws(() => decode(container([], 2)), /version 2/);
  assert.throws(() => decode(container([["v", "varint", 1, [1, 2]]])).columns.get("v"), DamagedError);
  assert.throws(() => decode(container([["t", "text", 1, [9, 0, 0, 0, 65]]])).texts("t"), DamagedError);
  assert.throws(() => decode(container([["v", "other", 1, [1]]])), /unknown coding/);
  assert.throws(() => decode(container([["u", "u8", 1, [1]]]).subarray(0, -1)), DamagedError);
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
