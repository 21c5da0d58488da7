import assert from "node:assert/strict";
import { createSecretKey, randomBytes, randomUUID } from "node:crypto";
import { describe, it } from "node:test";
import fc from "fast-check";
import { hkdf } from "./derive-key.ts";
import { lengthPrefixed } from "./length-prefixed.ts";
import { nextNonce } from "./nonces.ts";
import {
  BoxBroken,
  type BoxFlaw,
  openBox,
  type SealingKey,
  sealBox,
  sealingKey,
  sealOverheadBytes,
} from "./sealed-box.ts";

const anyKey = () => sealingKey(randomUUID(), createSecretKey(randomBytes(32)));
const seal = (key: SealingKey, place: string[], text: string) =>
  sealBox(key, place, Buffer.from(text), nextNonce());
const isBroken = (flaw: BoxFlaw) => (error: unknown) =>
  error instanceof BoxBroken && error.flaw === flaw;

describe("a sealed box", () => {
  it("has the documented layout", () => {
    const root = createSecretKey(Buffer.alloc(32, 7));
    const id = "0199aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee";
    const nonce = Buffer.alloc(12, 9);
    const box = sealBox(sealingKey(id, root), ["place"], Buffer.from("hello"), nonce);
    const info = lengthPrefixed(["foyer-derive-1", "commit"]);
    const commitment = hkdf(root, new Uint8Array(0), info, 32);
    assert.equal(box.length, sealOverheadBytes + 5);
    assert.equal(box[0], 1);
    assert.equal(box.toString("hex", 1, 17), id.replaceAll("-", ""));
    assert.deepEqual(box.subarray(17, 49), commitment);
    assert.deepEqual(box.subarray(49, 61), nonce);
    // A fixed value, so that no change of the format goes unnoticed.
    assert.equal(box.toString("hex", 61), "6db1e17e51630a7d286f9b1263a2982ea2f1e7a392");
  });

  it("gives back any plaintext, at its own place only", () => {
    const key = anyKey();
    const anyPlace = fc.array(fc.string(), { maxLength: 4 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), anyPlace, anyPlace, (bytes, one, other) => {
        const box = sealBox(key, one, bytes, nextNonce());
        assert.deepEqual(openBox(key, one, box), Buffer.from(bytes));
        if (JSON.stringify(one) === JSON.stringify(other)) return;
        assert.throws(() => openBox(key, other, box), isBroken("authentication"));
      }),
    );
  });

  it("moves no byte from one part of its place to the next", () => {
    const key = anyKey();
    const box = seal(key, ["ab", "c"], "text");
    assert.throws(() => openBox(key, ["a", "bc"], box), isBroken("authentication"));
    assert.throws(() => openBox(key, ["abc"], box), isBroken("authentication"));
  });

  it("does not open with any bit flipped", () => {
    const key = anyKey();
    const box = seal(key, ["place"], "a guest's words");
    for (let bit = 0; bit < box.length * 8; bit += 1) {
      const flipped = Buffer.from(box);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      assert.throws(() => openBox(key, ["place"], flipped), BoxBroken);
    }
  });

  it("does not open when it is cut anywhere", () => {
    const key = anyKey();
    const box = seal(key, ["place"], "text");
    for (let length = 0; length < box.length; length += 1) {
      assert.throws(() => openBox(key, ["place"], box.subarray(0, length)), BoxBroken);
    }
  });

  it("fails at the commitment under another key, even where all else would fit", () => {
    const key = anyKey();
    const box = seal(key, ["place"], "text");
    assert.throws(() => openBox(anyKey(), ["place"], box), isBroken("key"));
    // Same id and same AES key, other commitment: decryption alone would have succeeded.
    const impostor = { ...key, commitment: randomBytes(32) };
    assert.throws(() => openBox(impostor, ["place"], box), isBroken("key"));
  });

  it("opens from the middle of a larger buffer", () => {
    const key = anyKey();
    const box = seal(key, ["place"], "text");
    const around = Buffer.concat([randomBytes(5), box, randomBytes(5)]);
    const view = new Uint8Array(around.buffer, around.byteOffset + 5, box.length);
    assert.equal(openBox(key, ["place"], view).toString(), "text");
  });
});

it("no two of many nonces are the same", () => {
  const count = 5_000;
  const seen = new Set(
    Array.from({ length: count }, () => Buffer.from(nextNonce()).toString("hex")),
  );
  assert.equal(seen.size, count);
});
