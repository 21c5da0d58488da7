import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { clockTime, dayName, dayNumber, duration, fullTime, rowTime } from "./times.ts";

const chicago = "America/Chicago";
const tokyo = "Asia/Tokyo";
const noon = Date.parse("2026-11-22T18:00:00Z");

test("a time is the property's, not the reader's", () => {
  assert.equal(clockTime(noon, chicago), "12:00");
  assert.equal(clockTime(noon, tokyo), "03:00");
});

test("midnight reads 00:00, never 24:00", () => {
  assert.equal(clockTime(Date.parse("2026-11-22T06:00:00Z"), chicago), "00:00");
});

test("a day ends at the property's midnight", () => {
  const lateEvening = Date.parse("2026-11-22T05:30:00Z");
  assert.equal(dayName(lateEvening, noon, chicago), "Yesterday");
  assert.equal(dayName(lateEvening, noon, "Europe/Paris"), "Today");
});

test("days read as people say them, the farther the shorter", () => {
  const days = (count: number) => noon - count * 86_400_000;
  assert.equal(dayName(days(3), noon, chicago), "Thursday");
  assert.equal(dayName(days(8), noon, chicago), "14 Nov");
  assert.equal(dayName(days(365), noon, chicago), "22 Nov 2025");
  assert.equal(rowTime(days(3), noon, chicago), "Thu");
  assert.equal(fullTime(days(1), noon, chicago), "Yesterday 12:00");
});

test("a wait is told in its largest whole unit", () => {
  assert.deepEqual([59_000, 60_000, 3_599_000, 3_600_000, 90_000_000].map(duration), [
    "Now",
    "1 min",
    "59 min",
    "1 h",
    "1 d",
  ]);
});

test("the day number never goes back as time goes on", () => {
  const instants = fc.integer({ min: 0, max: 4_102_444_800_000 });
  fc.assert(
    fc.property(instants, instants, (one, other) => {
      const [earlier, later] = one < other ? [one, other] : [other, one];
      assert.ok(dayNumber(earlier, chicago) <= dayNumber(later, chicago));
    }),
  );
});
