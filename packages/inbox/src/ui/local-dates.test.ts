import assert from "node:assert/strict";
import { test } from "node:test";
import { dateName, dayOf } from "./local-dates.ts";

const zone = "America/Chicago";
/** 22 Nov 2026, 23:30 in Chicago; already the 23rd in London. */
const lateMs = Date.parse("2026-11-23T05:30:00Z");

test("today is the property's, not the reader's", () => {
  assert.equal(dateName("2026-11-22", lateMs, zone), "Today");
  assert.equal(dateName("2026-11-23", lateMs, zone), "Tomorrow");
  assert.equal(dateName("2026-11-21", lateMs, zone), "Yesterday");
  assert.equal(dateName("2026-11-23", lateMs, "Europe/London"), "Today");
});

test("a date nearby has its weekday, one far away its year", () => {
  assert.equal(dateName("2026-11-26", lateMs, zone), "Thu 26 Nov");
  assert.equal(dateName("2028-02-29", lateMs, zone), "29 Feb 2028");
});

test("what is no date is shown as it is", () => {
  for (const text of ["", "soon", "2026-13-01", "2026-11-24T00:00:00Z"]) {
    assert.equal(dayOf(text), null, text);
    assert.equal(dateName(text, lateMs, zone), text);
  }
});
