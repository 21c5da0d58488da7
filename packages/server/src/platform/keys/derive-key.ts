import { createHmac, createSecretKey, hkdfSync, type KeyObject } from "node:crypto";
import { keyBytes } from "./aead.ts";
import { lengthPrefixed, type Part } from "./length-prefixed.ts";

const noSalt = new Uint8Array(0);
const derivation = "foyer-derive-1";

/** HKDF-SHA-256 (RFC 5869): `size` bytes that depend on root, salt and info. */
export function hkdf(root: KeyObject, salt: Uint8Array, info: Uint8Array, size: number): Buffer {
  return Buffer.from(hkdfSync("sha256", root, salt, info, size));
}

/** HMAC-SHA-256 (RFC 2104), all 32 bytes of it. */
export function hmac(key: KeyObject, message: Uint8Array | string): Buffer {
  return createHmac("sha256", key).update(message).digest();
}

/**
 * Derives a key of 32 bytes for one purpose. The roots are uniformly random, so no salt is needed
 * (RFC 5869 §3.1); purposes are length-prefixed, so that none is the beginning of another.
 */
export function deriveKey(root: KeyObject, purpose: readonly Part[]): KeyObject {
  const bytes = deriveBytes(root, purpose);
  const key = createSecretKey(bytes);
  bytes.fill(0);
  return key;
}

/** Derives 32 bytes that are not a key: a commitment to the root. */
export function deriveBytes(root: KeyObject, purpose: readonly Part[]): Buffer {
  return hkdf(root, noSalt, lengthPrefixed([derivation, ...purpose]), keyBytes);
}
