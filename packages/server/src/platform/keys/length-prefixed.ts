import { idToBytes, isId } from "../ids.ts";

/** One part of an encoding: bytes, or text that is taken as UTF-8. */
export type Part = Uint8Array | string;

const lengthBytes = 4;

/**
 * Writes each part after its length (32 bits, big-endian), so that two different lists of parts
 * never give the same bytes: ("ab", "c") is not ("a", "bc").
 */
export function lengthPrefixed(parts: readonly Part[]): Buffer {
  let total = 0;
  for (const part of parts) total += lengthBytes + sizeOf(part);
  const out = Buffer.allocUnsafe(total);
  let offset = 0;
  for (const part of parts) {
    const size = sizeOf(part);
    offset = out.writeUInt32BE(size, offset);
    if (typeof part === "string") out.write(part, offset, "utf8");
    else out.set(part, offset);
    offset += size;
  }
  return out;
}

/** An unsigned 16-bit number as a part: field and table numbers. */
export function uint16Part(value: number): Buffer {
  const out = Buffer.allocUnsafe(2);
  out.writeUInt16BE(value);
  return out;
}

/**
 * The 16 bytes of an id as a part.
 * @throws {TypeError} if it is no id as code writes them; the message does not repeat it.
 */
export function idPart(id: string): Buffer {
  if (!isId(id)) throw new TypeError("an id must be a lower-case UUID");
  return idToBytes(id);
}

function sizeOf(part: Part): number {
  return typeof part === "string" ? Buffer.byteLength(part, "utf8") : part.byteLength;
}
