/** Reads the container that `mapper/page/container.py` writes. */

export const VERSION = 1;

export type Column = Uint8Array | Uint32Array | Int32Array;

export interface Container {
  meta: Record<string, unknown>;
  columns: Map<string, Column>;
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
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

export function decode(bytes: Uint8Array): Container {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8 || String.fromCharCode(...bytes.subarray(0, 4)) !== "MAPC") throw new DamagedError("not a container");
  const start = 8 + view.getUint32(4, true);
  const directory = JSON.parse(new TextDecoder().decode(bytes.subarray(8, start))) as {
    version: number;
    meta: Record<string, unknown>;
    columns: [string, string, number, number][];
  };
  if (directory.version !== VERSION) throw new DamagedError(`container version ${directory.version}, expected ${VERSION}`);
  const columns = new Map<string, Column>();
  let at = start;
  for (const [name, coding, count, length] of directory.columns) {
    columns.set(name, column(coding, bytes.subarray(at, at + length), count));
    at += length;
  }
  if (at !== bytes.length) throw new DamagedError(`${bytes.length} bytes where the directory has ${at}`);
  return { meta: directory.meta, columns };
}

function column(coding: string, bytes: Uint8Array, count: number): Column {
  switch (coding) {
    case "u8":
      return bytes.slice();
    case "varint":
      return varints(bytes, count);
    case "optional": {
      const values = new Int32Array(varints(bytes, count));
      for (let i = 0; i < count; i++) values[i]!--;
      return values;
    }
    case "delta": {
      const folded = varints(bytes, count);
      const values = new Int32Array(count);
      let last = 0;
      for (let i = 0; i < count; i++) {
        const step = folded[i]!;
        last = (last + ((step >>> 1) ^ -(step & 1))) | 0;
        values[i] = last;
      }
      return values;
    }
    default:
      throw new DamagedError(`unknown coding ${coding}`);
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
