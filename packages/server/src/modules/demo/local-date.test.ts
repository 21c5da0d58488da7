import assert from "node:assert/strict";
import { test } from "node:test";
import { localDate } from "./local-date.ts";

const at = (instant: string) => Date.parse(instant);

test("today is what the calendar on a wall there shows", () => {
  const now = at("2026-11-24T23:30:00Z");
  assert.equal(localDate(now, "UTC", 0), "2026-11-24");
  assert.equal(localDate(now, "Pacific/Kiritimati", 0), "2026-11-25");
  assert.equal(localDate(now, "Pacific/Pago_Pago", 0), "2026-11-24");
});

test("a month and a year end", () => {
  assert.equal(localDate(at("2027-02-28T12:00:00Z"), "UTC", 1), "2027-03-01");
  assert.equal(localDate(at("2027-01-01T12:00:00Z"), "UTC", -1), "2026-12-31");
});

test("tomorrow is the next date, also where today has 23 or 25 hours", () => {
  const longDay = at("2026-10-25T00:10:00+02:00");
  assert.equal(localDate(longDay, "Europe/Berlin", 1), "2026-10-26");
  const shortDay = at("2027-03-28T23:50:00+02:00");
  assert.equal(localDate(shortDay, "Europe/Berlin", -1), "2027-03-27");
});
