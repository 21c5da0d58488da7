import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { alone, compared, median, quantile, reaches, resultOf, tableOf } from "./result.ts";

const work = { work: "texts", engine: "SQLite", unit: "texts/s" } as const;

describe("a result", () => {
  it("is the middle of the rounds, in whatever order they were", () => {
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([4, 1, 2, 3]), 2.5);
    assert.equal(quantile([1, 2, 3, 4, 5], 1), 5);
  });

  it("never lies outside of what was measured", () => {
    const some = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(some, fc.double({ min: 0, max: 1, noNaN: true }), (values, part) => {
        const value = quantile(values, part);
        assert.ok(value >= Math.min(...values) - 1e-6 && value <= Math.max(...values) + 1e-6);
      }),
    );
  });

  it("is compared by its ratio, and by itself where there is nothing to compare with", () => {
    const floor = { against: "floor", goal: 0.4, better: "higher" } as const;
    assert.equal(reaches(compared({ ...work, ...floor }, [400], [1000])), true);
    assert.equal(reaches(compared({ ...work, ...floor }, [399], [1000])), false);
    assert.equal(reaches(alone({ ...work, goal: 50, better: "lower" }, [51])), false);
    assert.equal(reaches(alone({ ...work, goal: null, better: "lower" }, [51])), undefined);
  });

  it("says in its table which goals were missed", () => {
    const row = alone({ ...work, goal: 50, better: "lower" }, [51]);
    assert.match(tableOf(resultOf("messages", [row])), /≤ 50 +\| missed/);
  });
});
