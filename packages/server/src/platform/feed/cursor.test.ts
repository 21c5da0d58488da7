import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { readCursor, writeCursor } from "./cursor.ts";

describe("feed cursor", () => {
  it("is read as it was written", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (sequence) => {
        assert.equal(readCursor(writeCursor(sequence)), sequence);
      }),
    );
  });

  it("is nothing, where somebody else wrote it", () => {
    const others = ["", "f1-", "f1--1", "f1-1.5", "f2-1", "1", "f1-A", "f1-1 ", "f1-zzzzzzzzzzz"];
    for (const text of others) assert.equal(readCursor(text), undefined, text);
  });

  it("is a safe integer or nothing, whatever text comes", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^f1-[0-9a-z]{0,14}$/)), (text) => {
        const sequence = readCursor(text);
        assert.ok(sequence === undefined || (Number.isSafeInteger(sequence) && sequence >= 0));
      }),
    );
  });
});
