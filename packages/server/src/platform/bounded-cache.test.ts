import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { BoundedCache } from "./bounded-cache.ts";

describe("a bounded cache", () => {
  it("gives what the function gives, whatever it was asked before", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 })), fc.integer({ min: 1, max: 5 }), check),
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

  it("asks the function once while the key is among the last used", () => {
    const cache = new BoundedCache<string, number>(2);
    let asked = 0;
    const ask = (key: string) => cache.get(key, () => (asked += 1));
    ask("towels");
    ask("lamp");
    ask("towels");
    ask("room");
    assert.equal(ask("towels"), 1);
    assert.equal(asked, 3);
    assert.equal(ask("lamp"), 4);
  });
});
