import assert from "node:assert/strict";
import { test } from "node:test";
import { freeNumber, isFictionalNumber, regions } from "./numbers.ts";

test("only numbers reserved for fiction have a phone", () => {
  for (const number of ["+13125550100", "+12025550199", "+447700900000", "+33639980000"]) {
    assert.equal(isFictionalNumber(number), true, number);
  }
  for (const number of [
    "+13125550200",
    "+13125560100",
    "+447700901000",
    "+33639990000",
    "+336399800001",
    "3125550100",
    "+1312555010",
    "+11125550100",
  ]) {
    assert.equal(isFictionalNumber(number), false, number);
  }
});

test("every free number of a region is fictional, differs, and the range has an end", () => {
  for (const region of regions) {
    const taken = new Set<string>();
    for (let number = freeNumber(region, (one) => taken.has(one)); number !== null; ) {
      assert.equal(isFictionalNumber(number), true, number);
      taken.add(number);
      number = taken.size < 150 ? freeNumber(region, (one) => taken.has(one)) : null;
    }
    assert.equal(taken.size, region === "US" ? 100 : 150);
  }
});
