import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { startOfDay } from "./local-day.ts";

const hourMs = 60 * 60_000;
const zones = ["Europe/Paris", "America/St_Johns", "Asia/Kathmandu", "Pacific/Kiritimati", "UTC"];

function dayOf(instant: string, timeZone: string): string {
  return new Date(startOfDay(Date.parse(instant), timeZone)).toISOString();
}

test("a day begins at the property's midnight, not at ours", () => {
  assert.equal(dayOf("2026-11-24T22:59:00Z", "Europe/Paris"), "2026-11-23T23:00:00.000Z");
  assert.equal(dayOf("2026-11-24T23:00:00Z", "Europe/Paris"), "2026-11-24T23:00:00.000Z");
  assert.equal(dayOf("2026-11-24T03:00:00Z", "America/Chicago"), "2026-11-23T06:00:00.000Z");
  assert.equal(dayOf("2026-11-24T12:00:00Z", "Asia/Kathmandu"), "2026-11-23T18:15:00.000Z");
});

test("a day on which the clocks change begins at its midnight, too", () => {
  assert.equal(dayOf("2026-03-29T20:00:00Z", "Europe/Paris"), "2026-03-28T23:00:00.000Z");
  assert.equal(dayOf("2026-10-25T22:30:00Z", "Europe/Paris"), "2026-10-24T22:00:00.000Z");
});

test("a day without a midnight begins with its first minute", () => {
  // On this day the clocks of Beirut went from midnight straight to one.
  assert.equal(dayOf("2024-03-31T12:00:00Z", "Asia/Beirut"), "2024-03-30T22:00:00.000Z");
});

test("whenever it is asked, now is within the day that began", () => {
  const instants = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2035, 0) });
  fc.assert(
    fc.property(instants, fc.constantFrom(...zones), (now, zone) => {
      const start = startOfDay(now, zone);
      assert.ok(start <= now && now - start < 26 * hourMs);
      const calendar = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" });
      assert.equal(calendar.format(start), calendar.format(now));
      assert.notEqual(calendar.format(start - 1), calendar.format(now));
    }),
  );
});
