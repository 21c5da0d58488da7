import assert from "node:assert/strict";
import { test } from "node:test";
import { operations } from "@foyer/contract";
import fc from "fast-check";
import { readPageCursor, writePageCursor } from "./page-cursor.ts";
import { Refusal } from "./refusal.ts";

const keys = fc.maxSafeNat();
const ids = fc.uuid().map((id) => id.toLowerCase());

test("a page's cursor leads back to where the page ended, and passes the contract", () => {
  const { after } = operations.listConversations.query?.shape ?? {};
  fc.assert(
    fc.property(keys, ids, (key, id) => {
      const end = { key, id };
      const text = writePageCursor(end);
      assert.deepEqual(readPageCursor(text), end);
      assert.ok(after?.safeParse(text).success);
    }),
  );
});

test("without a cursor it is the first page", () => {
  assert.equal(readPageCursor(undefined), undefined);
});

test("a cursor that we did not write is refused, and not repeated", () => {
  const made = writePageCursor({ key: 5, id: "018f2f9a-0000-7000-8000-000000000001" });
  const altered = ["", "p1", `${made}0`, made.toUpperCase(), made.replace("p1", "p2"), ` ${made}`];
  const any = fc.oneof(fc.constantFrom(...altered), fc.string());
  const tooLarge = `p1-zzzzzzzzzzz-${"0".repeat(32)}`;
  fc.assert(
    fc.property(fc.oneof(any, fc.constant(tooLarge)), (text) => {
      assert.throws(
        () => readPageCursor(text),
        (error) =>
          error instanceof Refusal &&
          error.code === "request.invalid" &&
          (text.length < 10 || !JSON.stringify(error.parts).includes(text)),
      );
    }),
  );
});
