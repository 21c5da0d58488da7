import { randomFillSync } from "node:crypto";
import type { Id } from "@foyer/contract";

/** Shared by the process on purpose: randomness that nobody draws twice. */
const randomPool = Buffer.alloc(10 * 256);
/** How far the pool is drawn; one thread draws. */
let randomUsed = randomPool.length;

/**
 * Mints a UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, then 74 random bits. Ids sort by the
 * time they were minted, which keeps the newest rows of an index together.
 */
export function mintId<Kind extends string>(nowMs: number): Id<Kind> {
  const bytes = Buffer.allocUnsafe(16);
  bytes.writeUIntBE(nowMs, 0, 6);
  nextRandom(bytes);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return idFromBytes(bytes) as Id<Kind>;
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
