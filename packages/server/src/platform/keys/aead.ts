import { createCipheriv, createDecipheriv, type KeyObject } from "node:crypto";

/** Bytes of a nonce: 96 bits, the length that GCM takes without hashing it (NIST SP 800-38D). */
export const nonceBytes = 12;
/** Bytes of an authentication tag: the full 128 bits. */
export const tagBytes = 16;
/** Bytes of every key here: AES-256, HMAC-SHA-256 and HKDF roots alike. */
export const keyBytes = 32;

const algorithm = "aes-256-gcm";
const options = { authTagLength: tagBytes };

/** A ciphertext that does not authenticate. It carries nothing about what was tried. */
export class AeadMismatch extends Error {
  constructor() {
    super("the ciphertext does not authenticate");
    this.name = "AeadMismatch";
  }
}

/**
 * Encrypts with AES-256-GCM (NIST SP 800-38D) and writes ciphertext and tag into `out` from
 * `offset` on. Whoever calls answers for the nonce being new under this key.
 */
export function encryptInto(
  out: Buffer,
  offset: number,
  input: { key: KeyObject; nonce: Uint8Array; aad: Uint8Array; plaintext: Uint8Array },
): void {
  const cipher = createCipheriv(algorithm, input.key, input.nonce, options);
  cipher.setAAD(input.aad);
  out.set(cipher.update(input.plaintext), offset);
  cipher.final();
  out.set(cipher.getAuthTag(), offset + input.plaintext.byteLength);
}

/**
 * Decrypts what `encryptInto` wrote and returns the plaintext once it is authenticated.
 * @throws {AeadMismatch} if key, nonce, associated data, ciphertext or tag is another.
 */
export function decrypt(input: {
  key: KeyObject;
  nonce: Uint8Array;
  aad: Uint8Array;
  ciphertext: Uint8Array;
  tag: Uint8Array;
}): Buffer {
  const decipher = createDecipheriv(algorithm, input.key, input.nonce, options);
  decipher.setAAD(input.aad);
  decipher.setAuthTag(input.tag);
  const plaintext = decipher.update(input.ciphertext);
  try {
    decipher.final();
  } catch {
    plaintext.fill(0);
    throw new AeadMismatch();
  }
  return plaintext;
}
