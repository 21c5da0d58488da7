import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { sameSecret, signDelivery } from "./signature.ts";

test("a delivery's signature is what another implementation of HMAC-SHA256 computes", async () => {
  const property = fc.asyncProperty(
    fc.string({ minLength: 1 }),
    fc.nat(),
    fc.string({ unit: "grapheme" }),
    async (secret, timestamp, body) => {
      const encoder = new TextEncoder();
      const algorithm = { name: "HMAC", hash: "SHA-256" };
      const raw = encoder.encode(secret);
      const key = await crypto.subtle.importKey("raw", raw, algorithm, false, ["sign"]);
      const mac = await crypto.subtle.sign("HMAC", key, encoder.encode(`${timestamp}.${body}`));
      const expected = `v1=${Buffer.from(mac).toString("hex")}`;
      assert.equal(signDelivery(secret, timestamp, body), expected);
      assert.equal(signDelivery(secret, timestamp, Buffer.from(body)), expected);
    },
  );
  await fc.assert(property);
});

test("a signature covers the timestamp, the body and the secret", () => {
  const signature = signDelivery("secret", 1_800_000_000, '{"a":1}');
  assert.notEqual(signDelivery("secret", 1_800_000_001, '{"a":1}'), signature);
  assert.notEqual(signDelivery("secret", 1_800_000_000, '{"a":2}'), signature);
  assert.notEqual(signDelivery("Secret", 1_800_000_000, '{"a":1}'), signature);
});

test("secrets are compared whatever their lengths", () => {
  assert.equal(sameSecret("abc", "abc"), true);
  assert.equal(sameSecret("ab", "abc"), false);
  assert.equal(sameSecret("", "abc"), false);
});
