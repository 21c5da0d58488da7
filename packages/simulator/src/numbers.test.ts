import assert from "node:assert/strict";
import { test } from "node:test";
import { freeNumber, isFictionalNumber, readNumber, regions } from "./numbers.ts";

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

test("a number is read as people of its country type it", () => {
  for (const typed of ["(312) 555-0160", "312.555.0160", "1 312 555 0160", "+1 312 555 0160"]) {
    assert.equal(readNumber(typed, "US"), "+13125550160", typed);
  }
  for (const typed of ["07700 900 123", "7700900123", "+44 7700 900123", "0044 7700 900123"]) {
    assert.equal(readNumber(typed, "GB"), "+447700900123", typed);
  }
  assert.equal(readNumber("06 39 98 01 01", "FR"), "+33639980101");
  for (const typed of ["", "hello", "٣١٢", "+", "9".repeat(40)]) {
    assert.equal(isFictionalNumber(readNumber(typed, "US")), false, typed);
  }
});
