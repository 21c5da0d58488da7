import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/**
 * Signs one delivery as Foyer carrier protocol 1 demands: HMAC-SHA256 (RFC 2104) over
 * `timestamp.body`, in lower-case hex, after the version `v1=`.
 *
 * @param timestamp Unix time in whole seconds, as sent in `x-carrier-timestamp`.
 * @param body The raw body, byte for byte as it is sent.
 */
export function signDelivery(secret: string, timestamp: number, body: string | Uint8Array): string {
  const mac = createHmac("sha256", secret).update(`${timestamp}.`).update(body).digest("hex");
  return `v1=${mac}`;
}

/** Compares two secrets in a time that does not tell where they differ. */
export function sameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

/** SHA-256, for comparing what is not to be kept. */
export function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
