/** Reads the container that `mapper/page/container.py` writes; a column is decoded when it is first asked for. */

export const VERSION = 3;

/** Numbers in the narrowest array that holds them. */
export type Column = Uint8Array | Int16Array | Uint16Array | Int32Array;

export interface Columns {
  has(name: string): boolean;
  get(name: string): Column | undefined;
  /** The number that a column has in every row, if it is the same in all and the container says so. */
  only(name: string): number | undefined;
}

export interface Container {
  meta: Record<string, unknown>;
  columns: Columns;
  texts: (name: string) => Texts | undefined;
}

/** A block of the page that is not what it should be. */
export class DamagedError extends Error {}

/** Undoes base64 and raw deflate. */
export async function inflate(base64: string): Promise<Uint8Array> {
  const stream = new DecompressionStream("deflate-raw");
  const writer = stream.writable.getWriter();
  // What is wrong with the data is said by the reading side.
  void writer.write(bytesOf(base64.trim())).catch(() => undefined);
  void writer.close().catch(() => undefined);
  return new Uint8Array(await new Response(stream.readable).arrayBuffer());
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const native = (Uint8Array as unknown as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> }).fromBase64;
  if (native) return native(base64);
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** A column of texts, each read when asked for; one of no length is not known. */
export class Texts {
  readonly #from: Uint32Array;
  readonly #data: Uint8Array;

  constructor(bytes: Uint8Array, count: number) {
    if (bytes.length < count * 4) throw new DamagedError(`${bytes.length} bytes where ${count} texts have more`);
    this.#from = offsets(new Uint32Array(bytes.slice(0, count * 4).buffer));
    this.#data = bytes.subarray(count * 4);
    if (this.#from[count] !== this.#data.length) throw new DamagedError(`${this.#data.length} bytes where the texts have ${this.#from[count]}`);
  }

  get(i: number): string | undefined {
    const [a, b] = [this.#from[i]!, this.#from[i + 1]!];
    return a === b ? undefined : decoder.decode(this.#data.subarray(a, b));
  }
}

const decoder = new TextDecoder();

export function decode(bytes: Uint8Array): Container {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8 || String.fromCharCode(...bytes.subarray(0, 4)) !== "MAPC") throw new DamagedError("not a container");
  const start = 8 + view.getUint32(4, true);
  const directory = JSON.parse(decoder.decode(bytes.subarray(8, start))) as {
    version: number;
    meta: Record<string, unknown>;
    columns: Entry[];
  };
  if (directory.version !== VERSION) throw new DamagedError(`container version ${directory.version}, expected ${VERSION}`);
  const packed = new Map<string, { entry: Entry; bytes: Uint8Array }>();
  const open = new Map<string, Column>();
  let at = start;
  for (const entry of directory.columns) {
    const [name, form, count, length, , more] = entry;
    const expected = { line: 0, planes: count * more, delta: count * more, i32: count * 4, text: length }[form];
    if (expected === undefined) throw new DamagedError(`unknown form ${form}`);
    if (expected !== length) throw new DamagedError(`column ${name} has ${length} bytes, expected ${expected}`);
    packed.set(name, { entry, bytes: length ? bytes.subarray(at, at + length) : NOTHING });
    at += length;
  }
  if (at !== bytes.length) throw new DamagedError(`${bytes.length} bytes where the directory has ${at}`);
  return {
    meta: directory.meta,
    columns: {
      has: (name) => packed.has(name),
      get(name) {
        let found = open.get(name);
        const source = packed.get(name);
        if (!found && source) {
          found = column(source.entry, source.bytes);
          open.set(name, found);
          // The packed numbers may go once all are open.
          packed.set(name, { ...source, bytes: NOTHING });
        }
        return found;
      },
      only(name) {
        const entry = packed.get(name)?.entry;
        return entry?.[1] === "line" && entry[5] === 0 ? entry[4] : undefined;
      },
    },
    texts(name) {
      const source = packed.get(name);
      return source && new Texts(source.bytes, source.entry[2]);
    },
  };
}

const NOTHING = new Uint8Array(0);

/** A column in the directory: name, form, how many numbers, how many bytes, the first number or the unit, and the step or the bytes of each. */
type Entry = [name: string, form: string, count: number, length: number, first: number, more: number];

function column([, form, count, , first, more]: Entry, bytes: Uint8Array): Column {
  if (form === "i32") return new Int32Array(bytes.slice().buffer);
  if (form === "line") {
    if (!more) return room(first, first, count).fill(first);
    const values = new Int32Array(count);
    for (let i = 0; i < count; i++) values[i] = first + more * i;
    return values;
  }
  if (form === "delta") {
    const values = new Int32Array(count);
    gather(values, bytes, more);
    unfold(values, first);
    return values;
  }
  const values = room(first, first + 2 ** (8 * more) - 1, count);
  gather(values, bytes, more);
  if (first) for (let i = 0; i < count; i++) values[i]! += first;
  return values;
}

/** The narrowest array for numbers from one to another. */
function room(low: number, high: number, count: number): Column {
  if (low >= 0 && high < 2 ** 8) return new Uint8Array(count);
  if (low >= 0 && high < 2 ** 16) return new Uint16Array(count);
  return low >= -(2 ** 15) && high < 2 ** 15 ? new Int16Array(count) : new Int32Array(count);
}

// Loops over all numbers: each a function of its own, for the browser to make fast.

function gather(values: Column, bytes: Uint8Array, planes: number): void {
  const count = values.length;
  values.set(bytes.subarray(0, count));
  for (let plane = 1; plane < planes; plane++) {
    const [from, shift] = [plane * count, plane * 8];
    for (let i = 0; i < count; i++) values[i]! |= bytes[from + i]! << shift;
  }
}

function unfold(values: Int32Array, unit: number): void {
  let last = 0;
  for (let i = 0; i < values.length; i++) {
    const step = values[i]!;
    last = (last + ((step >>> 1) ^ -(step & 1))) | 0;
    values[i] = last * unit;
  }
}

/** Where each of several runs begins, and the end: one more than there are runs. */
export function offsets(lengths: ArrayLike<number>): Uint32Array {
  const result = new Uint32Array(lengths.length + 1);
  for (let i = 0; i < lengths.length; i++) result[i + 1] = result[i]! + lengths[i]!;
  return result;
}
