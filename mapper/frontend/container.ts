/** Reads the container that `mapper/page/container.py` writes; a column is decoded when it is first asked for. */

export const VERSION = 1;

export type Column = Uint8Array | Uint32Array | Int32Array;

export interface Columns {
  has(name: string): boolean;
  get(name: string): Column | undefined;
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
  const packed = bytesOf(base64.trim());
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
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
  private readonly from: Uint32Array;
  private readonly data: Uint8Array;

  constructor(bytes: Uint8Array, count: number) {
    if (bytes.length < count * 4) throw new DamagedError(`${bytes.length} bytes where ${count} texts have more`);
    this.from = offsets(new Uint32Array(bytes.slice(0, count * 4).buffer));
    this.data = bytes.subarray(count * 4);
    if (this.from[count] !== this.data.length) throw new DamagedError(`${this.data.length} bytes where the texts have ${this.from[count]}`);
  }

  get(i: number): string | undefined {
    const [a, b] = [this.from[i]!, this.from[i + 1]!];
    return a === b ? undefined : decoder.decode(this.data.subarray(a, b));
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
    columns: [string, string, number, number][];
  };
  if (directory.version !== VERSION) throw new DamagedError(`container version ${directory.version}, expected ${VERSION}`);
  const packed = new Map<string, { coding: string; bytes: Uint8Array; count: number }>();
  const open = new Map<string, Column>();
  let at = start;
  for (const [name, coding, count, length] of directory.columns) {
    if (!CODINGS.has(coding)) throw new DamagedError(`unknown coding ${coding}`);
    packed.set(name, { coding, bytes: bytes.subarray(at, at + length), count });
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
          found = column(source.coding, source.bytes, source.count);
          open.set(name, found);
        }
        return found;
      },
    },
    texts(name) {
      const source = packed.get(name);
      return source && new Texts(source.bytes, source.count);
    },
  };
}

const CODINGS = new Set(["u8", "varint", "optional", "delta", "i32", "text"]);

function column(coding: string, bytes: Uint8Array, count: number): Column {
  switch (coding) {
    case "u8":
      return bytes.slice();
    case "i32":
      return new Int32Array(bytes.slice().buffer);
    case "optional": {
      const folded = varints(bytes, count);
      const values = new Int32Array(folded.buffer);
      for (let i = 0; i < count; i++) values[i] = folded[i]! - 1;
      return values;
    }
    case "delta": {
      const folded = varints(bytes, count);
      const values = new Int32Array(folded.buffer);
      let last = 0;
      for (let i = 0; i < count; i++) {
        const step = folded[i]!;
        last = (last + ((step >>> 1) ^ -(step & 1))) | 0;
        values[i] = last;
      }
      return values;
    }
    default:
      return varints(bytes, count);
  }
}

function varints(bytes: Uint8Array, count: number): Uint32Array {
  const values = new Uint32Array(count);
  let at = 0;
  for (let i = 0; i < count; i++) {
    let byte = bytes[at++]!;
    let value = byte & 0x7f;
    for (let shift = 7; byte & 0x80; shift += 7) {
      byte = bytes[at++]!;
      value |= (byte & 0x7f) << shift;
    }
    values[i] = value;
  }
  if (at !== bytes.length) throw new DamagedError(`${bytes.length} bytes where ${count} numbers have ${at}`);
  return values;
}

/** Where each of several runs begins, and the end: one more than there are runs. */
export function offsets(lengths: ArrayLike<number>): Uint32Array {
  const result = new Uint32Array(lengths.length + 1);
  for (let i = 0; i < lengths.length; i++) result[i + 1] = result[i]! + lengths[i]!;
  return result;
}
