import { randomFillSync } from "node:crypto";
import { nonceBytes } from "./aead.ts";

const noncesPerFill = 256;

const pool = Buffer.allocUnsafeSlow(noncesPerFill * nonceBytes);
/** How far the pool is drawn; one thread draws. */
let next = pool.length;

/**
 * A random nonce, cut from a pool of CSPRNG bytes: one request for 256 nonces costs a fraction of
 * 256 requests. The view is valid until the next call, so use or copy it at once. No two calls in
 * a process get the same bytes; a machine image that is resumed twice would repeat the pool, so
 * images of a running process must not be taken.
 */
export function nextNonce(): Uint8Array {
  if (next === pool.length) {
    randomFillSync(pool);
    next = 0;
  }
  const nonce = pool.subarray(next, next + nonceBytes);
  next += nonceBytes;
  return nonce;
}
