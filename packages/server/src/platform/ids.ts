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

/** The 16 bytes in which a store keeps an id. */
export function idToBytes(id: string): Buffer {
  return Buffer.from(id.replaceAll("-", ""), "hex");
}

/** The text of an id that a store keeps in 16 bytes. */
export function idFromBytes(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
