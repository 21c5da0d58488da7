import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { BoundedCache } from "./bounded-cache.ts";

describe("a bounded cache", () => {
  it("gives what the function gives, whatever it was asked before, and keeps no more", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 })), fc.integer({ min: 2, max: 9 }), check),
    );
    function check(keys: number[], max: number) {
      const cache = new BoundedCache<number, string>(max);
      for (const key of keys)
        assert.equal(
          cache.get(key, () => `made of ${key}`),
          `made of ${key}`,
        );
      assert.ok(cache.size <= max);
    }
  });

  it("asks the function once for what is used again and again", () => {
    const cache = new BoundedCache<string, number>(4);
    let asked = 0;
    const ask = (key: string) => cache.get(key, () => (asked += 1));
    for (const other of ["lamp", "room", "late", "iron", "taxi"]) {
      assert.equal(ask("towels"), 1);
      ask(other);
    }
    assert.equal(asked, 6);
  });

  it("lets go of what was used long ago", () => {
    const cache = new BoundedCache<string, number>(4);
    let asked = 0;
    const ask = (key: string) => cache.get(key, () => (asked += 1));
    for (const key of ["towels", "lamp", "room", "late", "iron", "taxi"]) ask(key);
    assert.equal(ask("towels"), 7);
  });
});
