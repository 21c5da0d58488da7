import assert from "node:assert/strict";
import { createHmac, createSecretKey } from "node:crypto";
import { test } from "node:test";
import { hashQuery, hashTerm, hashTerms } from "./term-hash.ts";

const key = createSecretKey(Buffer.alloc(32, 1));
const otherKey = createSecretKey(Buffer.alloc(32, 2));
const towel = { kind: "word", text: "towel" } as const;

test("a hash is the first 64 bits of an HMAC-SHA-256 over version, kind and text", () => {
  const full = createHmac("sha256", Buffer.alloc(32, 1))
    .update("foyer search term:1:word:towel")
    .digest("hex");
  assert.equal(hashTerm(key, towel), full.slice(0, 16));
});

test("the same letters hash differently as another kind of term, and under another key", () => {
  const kinds = ["word", "stem", "prefix", "digits", "signs"] as const;
  const hashes = kinds.map((kind) => hashTerm(key, { kind, text: "412" }));
  assert.equal(new Set([...hashes, hashTerm(otherKey, { kind: "word", text: "412" })]).size, 6);
});

test("a document's hashes come once each and in an order that is not the text's", () => {
  const bed = { kind: "word", text: "bed" } as const;
  const hashes = hashTerms(key, [towel, bed, towel]);
  assert.equal(hashes.length, 2);
  assert.deepEqual(hashes, hashTerms(key, [bed, towel]));
});

test("fewer bits make more words meet", () => {
  const terms = Array.from({ length: 1000 }, (_, at) => ({ kind: "word" as const, text: `${at}` }));
  assert.equal(new Set(hashTerms(key, terms)).size, 1000);
  const short = hashTerms(key, terms, 8);
  assert.ok(short.length <= 256 && short.every((hash) => /^[0-9a-f]{2}0{14}$/.test(hash)));
});

test("a query is asked under the keys of all fields", () => {
  const [anyOf] = hashQuery([key, otherKey], [[towel]]);
  assert.deepEqual(anyOf, [hashTerm(key, towel), hashTerm(otherKey, towel)]);
});
