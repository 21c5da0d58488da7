import { assertSearchId } from "../search-engine.ts";

/** A UUID as the 16 bytes that are stored. */
export function uuidToBytes(id: string): Buffer {
  assertSearchId(id);
  return Buffer.from(id.replaceAll("-", ""), "hex");
}

/** The lower-case UUID that 16 stored bytes stand for. */
export function bytesToUuid(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString("hex");
  const cuts = [0, 8, 12, 16, 20, 32];
  return cuts
    .slice(1)
    .map((end, at) => hex.slice(cuts[at], end))
    .join("-");
}
