import assert from "node:assert/strict";
import { createHmac, createSecretKey } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { analyseField } from "./analysis.ts";
import type { SearchableField } from "./field.ts";
import { hashFields, hashQuery, hashTerm, hashTerms } from "./term-hash.ts";

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

test("a field hashed word by word has the hashes of its analysis, whatever came before it", () => {
  const word = fc.constantFrom(
    "towels",
    "Réservée",
    "l'hôtel",
    "412",
    "Müller",
    "部屋",
    "the",
    "b",
  );
  const text = fc.oneof(
    fc.array(word, { maxLength: 90 }).map((words) => words.join(" ")),
    fc.string({ unit: "grapheme" }),
  );
  const language = fc.constantFrom("en", "de", undefined);
  const field = fc.oneof(
    fc
      .tuple(text, language)
      .map(([of, spoken]) => ({ kind: "text", text: of, ...(spoken && { language: spoken }) })),
    text.map((of) => ({ kind: "name", text: of })),
    fc.constantFrom({ kind: "phone", text: "+13125550117" }, { kind: "email", text: "a.b@c.de" }),
  ) as fc.Arbitrary<SearchableField>;
  const fresh = () => createSecretKey(Buffer.alloc(32, 3));
  fc.assert(
    fc.property(fc.array(field, { maxLength: 4 }), (fields) => {
      const terms = fields.flatMap((each) => analyseField(each).terms);
      assert.deepEqual(hashFields(key, fields), hashTerms(key, terms));
      assert.deepEqual(hashFields(fresh(), fields), hashTerms(fresh(), terms));
    }),
  );
});
