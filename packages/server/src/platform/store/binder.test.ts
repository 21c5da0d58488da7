import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { bind } from "./binder.ts";

const id = "0198c0de-0000-7000-8000-00000000000f";

describe("strict binder", () => {
  it("binds null, whole numbers, bytes, code words, and ids as their bytes", () => {
    const bytes = new Uint8Array([1, 2]);
    assert.equal(bind(null, "s", "p"), null);
    assert.equal(bind(Number.MIN_SAFE_INTEGER, "s", "p"), Number.MIN_SAFE_INTEGER);
    assert.equal(bind(bytes, "s", "p"), bytes);
    assert.equal(bind("message.send", "s", "p"), "message.send");
    const bound = bind(id, "s", "p") as Uint8Array;
    assert.equal(Buffer.from(bound).toString("hex"), id.replaceAll("-", ""));
  });

  const refused: Readonly<Record<string, unknown>> = {
    undefined: undefined,
    "a boolean": true,
    "a Date": new Date(0),
    "not a number": Number.NaN,
    infinity: Number.POSITIVE_INFINITY,
    "a fraction": 1.5,
    "a number beyond what is exact": 2 ** 53,
    "a bigint": 1n,
    "an empty text": "",
    "a text": "Is the pool open?",
    "a name": "Ada",
    "a phone number": "+13125550123",
    "an e-mail": "ada@example.com",
    "an id in capitals": id.toUpperCase(),
    "a word that is too long": "a".repeat(65),
    "an array": ["a"],
    "an object": { toString: () => "word" },
    "a function": () => "word",
    "a symbol": Symbol("word"),
    "another view of bytes": new Uint16Array([1]),
    "an ArrayBuffer": new ArrayBuffer(2),
  };
  for (const [what, value] of Object.entries(refused)) {
    it(`refuses ${what}`, () => assert.throws(() => bind(value, "contact.insert", "name")));
  }

  it("names statement and parameter in its refusal, never the value", () => {
    const texts = fc.string({ minLength: 4 }).filter((text) => !/^[a-z0-9_. -]+$/.test(text));
    fc.assert(
      fc.property(texts, (text) => {
        const told = (() => {
          try {
            bind(text, "contact.insert", "profile");
          } catch (error) {
            return String(error);
          }
          return "";
        })();
        assert.ok(told.includes("contact.insert") && told.includes("profile"));
        assert.ok(!told.includes(text));
      }),
    );
  });
});
