import { lengthPrefixed, type Part, uint16Part } from "../../platform/keys/length-prefixed.ts";
import type { MacColumn } from "../../platform/keys/tenant-cipher.ts";

/** Columns that a row with a MAC has at most. */
export const macColumnsMax = 64;

/** What a column's value is, as one byte: a NULL is no empty text, and text is no bytes. */
const tags = { null: 0, integer: 1, bytes: 2, text: 3 } as const;

/**
 * The bytes that a row's MAC is made over: table, revision, and all columns in the order of their
 * names, each with name, type and value behind its length. So it matters neither in which order a
 * reader selected the columns nor whether an integer came as a number or a bigint.
 *
 * @throws {RangeError} for more than `macColumnsMax` columns, or integers beyond 64 bits.
 * @throws {TypeError} for a name that occurs twice, or a number that is no safe integer.
 */
export function rowMacInput(
  context: readonly Part[],
  table: number,
  revision: number,
  columns: readonly MacColumn[],
): Buffer {
  if (columns.length > macColumnsMax) {
    throw new RangeError(`a row with a MAC has at most ${macColumnsMax} columns`);
  }
  const sorted = columns.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const parts: Part[] = [...context, uint16Part(table), integerPart(revision)];
  let previous: string | undefined;
  for (const { name, value } of sorted) {
    if (name === previous) throw new TypeError(`the column ${name} occurs twice`);
    previous = name;
    parts.push(name, ...valueParts(value));
  }
  return lengthPrefixed(parts);
}

function valueParts(value: MacColumn["value"]): [tag: Uint8Array, content: Part] {
  if (value === null) return [Uint8Array.of(tags.null), ""];
  if (typeof value === "string") return [Uint8Array.of(tags.text), value];
  if (value instanceof Uint8Array) return [Uint8Array.of(tags.bytes), value];
  return [Uint8Array.of(tags.integer), integerPart(value)];
}

function integerPart(value: number | bigint): Buffer {
  if (typeof value === "number" && !Number.isSafeInteger(value)) {
    throw new TypeError("a number under a MAC is a safe integer");
  }
  const out = Buffer.allocUnsafe(8);
  out.writeBigInt64BE(BigInt(value));
  return out;
}
