import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { readPageCursor, writePageCursor } from "./page-cursor.ts";
import { Refusal } from "./refusal.ts";

describe("page cursor", () => {
  it("is read as it was written", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.uuid(), (key, id) => {
        assert.deepEqual(readPageCursor(writePageCursor({ key, id })), { key, id });
      }),
    );
  });

  it("is none where none was given: the first page", () => {
    assert.equal(readPageCursor(undefined), undefined);
  });

  it("is refused, and named, where somebody else wrote it", () => {
    const id = "0".repeat(32);
    for (const text of [
      "",
      "p1",
      `p1--${id}`,
      `p1-!-${id}`,
      `p1-zzzzzzzzzzz-${id}`,
      `p1-1-${id}0`,
    ]) {
      assert.throws(
        () => readPageCursor(text),
        (error) =>
          error instanceof Refusal &&
          error.code === "request.invalid" &&
          error.parts.issues?.[0]?.field === "after",
        text,
      );
    }
  });

  it("is a cursor or a refusal, whatever text comes", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^p1-.{0,20}$/)), (text) => {
        try {
          const cursor = readPageCursor(text);
          assert.ok(cursor && Number.isSafeInteger(cursor.key));
        } catch (error) {
          assert.ok(error instanceof Refusal);
        }
      }),
    );
  });
});
