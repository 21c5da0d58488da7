import { randomFillSync } from "node:crypto";
import type { Id } from "@foyer/contract";

/** Shared by the process on purpose: randomness that nobody draws twice. */
const randomPool = Buffer.alloc(10 * 256);
/** How far the pool is drawn; one thread draws. */
let randomUsed = randomPool.length;

/** The last id's millisecond and counter: ids of one process sort as they were minted. */
const last = { ms: -1, counter: 0 };
const counterMax = 0xfff;

/**
 * Mints a UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, a counter of 12 bits that begins at
 * random and goes up within a millisecond (§6.2, method 1), then 62 random bits. Ids sort by when
 * they were minted, which keeps the newest rows of an index together.
 */
export function mintId<Kind extends string>(nowMs: number): Id<Kind> {
  const bytes = Buffer.allocUnsafe(16);
  bytes.writeUIntBE(nowMs, 0, 6);
  nextRandom(bytes);
  const counter = nextCounter(nowMs, bytes.readUInt16BE(6));
  bytes.writeUInt16BE(0x7000 | counter, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return idFromBytes(bytes) as Id<Kind>;
}

/** Begins in the lower half, so that it seldom comes round within one millisecond. */
function nextCounter(nowMs: number, random: number): number {
  last.counter = nowMs === last.ms ? (last.counter + 1) & counterMax : random & (counterMax >> 1);
  last.ms = nowMs;
  return last.counter;
}

/** Drawing many ids' worth of randomness at once costs a third of drawing each. */
function nextRandom(bytes: Buffer): void {
  if (randomUsed === randomPool.length) {
    randomFillSync(randomPool);
    randomUsed = 0;
  }
  randomPool.copy(bytes, 6, randomUsed, randomUsed + 10);
  randomUsed += 10;
}

const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Says whether a text has the form of an id. */
export function isId(text: string): boolean {
  return text.length === 36 && idPattern.test(text);
}

/** Where each byte's two digits begin in an id's text. */
const digitsAt = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34] as const;
const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const nibbleOf = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? 0 : value;
});

/** The 16 bytes in which a store keeps an id. By tables: every row read or written comes here. */
export function idToBytes(id: string): Buffer {
  const bytes = Buffer.allocUnsafe(digitsAt.length);
  for (let byte = 0; byte < digitsAt.length; byte += 1) {
    const at = digitsAt[byte] ?? 0;
    const high = nibbleOf[id.charCodeAt(at)] ?? 0;
    bytes[byte] = (high << 4) | (nibbleOf[id.charCodeAt(at + 1)] ?? 0);
  }
  return bytes;
}

/** The text of an id that a store keeps in 16 bytes. */
export function idFromBytes(bytes: Uint8Array): string {
  const hex = (at: number) => hexOf[bytes[at] ?? 0];
  return (
    `${hex(0)}${hex(1)}${hex(2)}${hex(3)}-${hex(4)}${hex(5)}-${hex(6)}${hex(7)}-` +
    `${hex(8)}${hex(9)}-${hex(10)}${hex(11)}${hex(12)}${hex(13)}${hex(14)}${hex(15)}`
  );
}
