import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { describeError } from "./log.ts";

describe("what a log says of an error", () => {
  it("is its class and where it was thrown, not its message", () => {
    for (const message of ["kingfisher", "a\n    at kingfisher (b:1:1)", ""]) {
      const described = describeError(new TypeError(message));
      assert.equal(described.error, "TypeError");
      assert.match(described.at[0] ?? "", /^at .*log\.test\.ts/);
      assert.ok(!JSON.stringify(described).includes("kingfisher"));
    }
  });

  it("is no place at all where the message was changed after it was thrown", () => {
    const error = new Error("first\n    at kingfisher (b:1:1)");
    // A stack is written down when it is first looked at.
    assert.ok(error.stack);
    error.message = "second";
    assert.deepEqual(describeError(error).at, []);
  });

  it("is nothing of what was thrown instead of an error", () => {
    for (const thrown of ["kingfisher", { kingfisher: 1 }, null, undefined, 7]) {
      assert.deepEqual(describeError(thrown), { error: typeof thrown, at: [] });
    }
  });

  it("is at most six lines long", () => {
    const deep = (levels: number): Error => (levels === 0 ? new Error("x") : deep(levels - 1));
    assert.equal(describeError(deep(50)).at.length, 6);
  });
});
