import { type KeyObject, timingSafeEqual } from "node:crypto";
import { AeadMismatch, decrypt, encryptInto, nonceBytes, tagBytes } from "./aead.ts";
import { deriveBytes, deriveKey } from "./derive-key.ts";
import { idPart, lengthPrefixed, type Part } from "./length-prefixed.ts";

/**
 * The layout of everything that Foyer encrypts, from the first byte:
 * format (1), key id (16), commitment to the key (32), nonce (12), ciphertext, tag (16).
 */
const format = 1;
const formatBytes = Uint8Array.of(format);
const idBytes = 16;
const commitmentBytes = 32;
const idFrom = 1;
const commitmentFrom = idFrom + idBytes;
const nonceFrom = commitmentFrom + commitmentBytes;
const ciphertextFrom = nonceFrom + nonceBytes;

/** Bytes that sealing adds to a plaintext. */
export const sealOverheadBytes = ciphertextFrom + tagBytes;
/** The largest plaintext of one box; what is larger has to be cut into parts by its owner. */
export const plaintextBytesMax = 64 * 1024 * 1024;

/** A key that seals: its id, the AES key, and the commitment, both derived from one root. */
export interface SealingKey {
  readonly id: Buffer;
  readonly cipherKey: KeyObject;
  readonly commitment: Buffer;
}

/** What is wrong with a box: the closed set of answers that opening one can give. */
export type BoxFlaw = "malformed" | "format" | "key" | "authentication";

/** A box that does not open. The message says which check failed, and no content. */
export class BoxBroken extends Error {
  readonly flaw: BoxFlaw;

  constructor(flaw: BoxFlaw) {
    super(flawTexts[flaw]);
    this.name = "BoxBroken";
    this.flaw = flaw;
  }
}

const flawTexts: Readonly<Record<BoxFlaw, string>> = {
  malformed: "the sealed value is too short to be one",
  format: "the sealed value has a format that this version does not know",
  key: "the sealed value was made under another key",
  authentication: "the sealed value was altered, or belongs to another place",
};

/** Derives cipher key and commitment of the root key with this id (a UUID). */
export function sealingKey(id: string, root: KeyObject): SealingKey {
  return {
    id: idPart(id),
    cipherKey: deriveKey(root, ["encrypt"]),
    commitment: deriveBytes(root, ["commit"]),
  };
}

/**
 * Seals a plaintext for one place, which `place` names part by part. The nonce must never have
 * been used under this key; `nextNonce()` gives one.
 * @throws {RangeError} if the plaintext is longer than `plaintextBytesMax`.
 */
export function sealBox(
  key: SealingKey,
  place: readonly Part[],
  plaintext: Uint8Array,
  nonce: Uint8Array,
): Buffer {
  if (plaintext.byteLength > plaintextBytesMax) {
    throw new RangeError(`a plaintext has at most ${plaintextBytesMax} bytes`);
  }
  const out = Buffer.allocUnsafe(sealOverheadBytes + plaintext.byteLength);
  out[0] = format;
  out.set(key.id, idFrom);
  out.set(key.commitment, commitmentFrom);
  out.set(nonce, nonceFrom);
  const aad = associatedData(key, place);
  encryptInto(out, ciphertextFrom, { key: key.cipherKey, nonce, aad, plaintext });
  return out;
}

/**
 * Opens a box. GCM alone would let one ciphertext open under two keys, so the commitment is
 * compared first, in constant time, and no other key ever gets as far as decrypting.
 * @throws {BoxBroken} if it is malformed, of another key, altered or out of place.
 */
export function openBox(key: SealingKey, place: readonly Part[], sealed: Uint8Array): Buffer {
  const box = readBox(sealed);
  const isOfKey =
    timingSafeEqual(box.subarray(idFrom, commitmentFrom), key.id) &&
    timingSafeEqual(box.subarray(commitmentFrom, nonceFrom), key.commitment);
  if (!isOfKey) throw new BoxBroken("key");
  const tagFrom = box.byteLength - tagBytes;
  try {
    return decrypt({
      key: key.cipherKey,
      nonce: box.subarray(nonceFrom, ciphertextFrom),
      aad: associatedData(key, place),
      ciphertext: box.subarray(ciphertextFrom, tagFrom),
      tag: box.subarray(tagFrom),
    });
  } catch (error) {
    if (error instanceof AeadMismatch) throw new BoxBroken("authentication");
    throw error;
  }
}

/**
 * A key's id as a map key: the 16 bytes in Latin-1, which costs less than hyphenated hex.
 * @throws {BoxBroken} if what is given is no box.
 */
export function boxKeyId(sealed: Uint8Array): string {
  return readBox(sealed).toString("latin1", idFrom, commitmentFrom);
}

/** The id of a sealing key, written as `boxKeyId` writes it. */
export function sealingKeyId(key: SealingKey): string {
  return key.id.toString("latin1");
}

function readBox(sealed: Uint8Array): Buffer {
  if (sealed.byteLength < sealOverheadBytes) throw new BoxBroken("malformed");
  if (sealed[0] !== format) throw new BoxBroken("format");
  return Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
}

function associatedData(key: SealingKey, place: readonly Part[]): Buffer {
  return lengthPrefixed([formatBytes, ...place, key.id]);
}
