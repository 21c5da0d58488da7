import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { highlight } from "./model.ts";

test("what matched is marked, the rest is not", () => {
  assert.deepEqual(highlight("Two more towels", [{ from: 9, to: 14 }]), [
    { text: "Two more ", isHit: false },
    { text: "towel", isHit: true },
    { text: "s", isHit: false },
  ]);
});

test("no range, however wrong, loses or doubles a letter", () => {
  const ranges = fc.array(
    fc.record({ from: fc.integer({ min: -9, max: 40 }), to: fc.integer({ min: -9, max: 40 }) }),
  );
  fc.assert(
    fc.property(fc.string(), ranges, (excerpt, given) => {
      assert.equal(
        highlight(excerpt, given)
          .map(({ text }) => text)
          .join(""),
        excerpt,
      );
    }),
  );
});
