import assert from "node:assert/strict";
import { createSecretKey } from "node:crypto";
import { describe, it } from "node:test";
import { AeadMismatch, decrypt, encryptInto, tagBytes } from "./aead.ts";
import { hkdf, hmac } from "./derive-key.ts";
import nistDecrypt from "./vectors/nist-gcm-decrypt-256.json" with { type: "json" };
import nistEncrypt from "./vectors/nist-gcm-encrypt-256.json" with { type: "json" };
import wycheproofGcm from "./vectors/wycheproof-gcm-256.json" with { type: "json" };
import wycheproofHkdf from "./vectors/wycheproof-hkdf-sha256.json" with { type: "json" };
import wycheproofHmac from "./vectors/wycheproof-hmac-sha256.json" with { type: "json" };

type GcmVector = (typeof nistEncrypt)["tests"][number] | (typeof wycheproofGcm)["tests"][number];

const bytes = (hex: string) => Buffer.from(hex, "hex");

function encrypted(vector: GcmVector): string {
  const plaintext = bytes(vector.plaintext);
  const margin = 3;
  const out = Buffer.alloc(margin + plaintext.length + tagBytes);
  const [key, nonce, aad] = [
    createSecretKey(bytes(vector.key)),
    bytes(vector.nonce),
    bytes(vector.aad),
  ];
  encryptInto(out, margin, { key, nonce, aad, plaintext });
  return out.toString("hex", margin);
}

function decrypted(vector: GcmVector): string {
  return decrypt({
    key: createSecretKey(bytes(vector.key)),
    nonce: bytes(vector.nonce),
    aad: bytes(vector.aad),
    ciphertext: bytes(vector.ciphertext),
    tag: bytes(vector.tag),
  }).toString("hex");
}

describe("AES-256-GCM, as seal and open run it, against published vectors", () => {
  const sets = [nistEncrypt, nistDecrypt, wycheproofGcm];

  for (const { source, tests } of sets) {
    it(`encrypts and decrypts what is valid: ${source}`, () => {
      const valid = tests.filter((vector) => vector.valid);
      assert.ok(valid.length > 30);
      for (const vector of valid) {
        assert.equal(encrypted(vector), vector.ciphertext + vector.tag, `vector ${vector.id}`);
        assert.equal(decrypted(vector), vector.plaintext, `vector ${vector.id}`);
      }
    });
  }

  it("refuses every vector that is marked invalid", () => {
    const invalid = sets.flatMap(({ tests }) => tests.filter((vector) => !vector.valid));
    assert.ok(invalid.length > 60);
    for (const vector of invalid) {
      assert.throws(() => decrypted(vector), AeadMismatch, `vector ${vector.id}`);
    }
  });
});

describe("HKDF-SHA-256 and HMAC-SHA-256, as keys are derived, against published vectors", () => {
  it(`derives what Wycheproof derives, and refuses what is too long`, () => {
    for (const { id, ikm, salt, info, size, okm, valid } of wycheproofHkdf.tests) {
      const derive = () => hkdf(createSecretKey(bytes(ikm)), bytes(salt), bytes(info), size);
      if (valid) assert.equal(derive().toString("hex"), okm, `vector ${id}`);
      else assert.throws(derive, `vector ${id}`);
    }
  });

  it("authenticates what Wycheproof authenticates", () => {
    for (const { id, key, message, tag, valid } of wycheproofHmac.tests) {
      const made = hmac(createSecretKey(bytes(key)), bytes(message)).toString("hex");
      assert.equal(made === tag, valid, `vector ${id}`);
    }
  });
});
