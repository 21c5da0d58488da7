import assert from "node:assert/strict";
import { test } from "node:test";
import {
  formatBytes,
  formatDay,
  formatNumber,
  formatTime,
  formatWhen,
  initialsOf,
  isJumbo,
} from "./format.ts";

const noon = new Date(2026, 10, 18, 12).getTime();
const daysAgo = (days: number, hour = 12) => new Date(2026, 10, 18 - days, hour).getTime();

test("a day is named by the calendar, not by hours gone by", () => {
  assert.equal(formatDay(daysAgo(0, 0), noon), "Today");
  assert.equal(formatDay(daysAgo(1, 23), noon), "Yesterday");
  assert.equal(formatDay(daysAgo(6), noon), "Thursday");
  assert.equal(formatDay(daysAgo(7), noon), "Wed 11 Nov");
  assert.equal(formatDay(daysAgo(-1), noon), "Today");
});

test("a list tells the time of today and the day of what is older", () => {
  assert.equal(formatTime(noon), "12:00");
  assert.equal(formatWhen(daysAgo(0, 9), noon), "09:00");
  assert.equal(formatWhen(daysAgo(1), noon), "Yesterday");
  assert.equal(formatWhen(daysAgo(3), noon), "15 Nov");
});

test("a number is written as the inbox writes it", () => {
  assert.equal(formatNumber("+13125550117"), "+1 312 555 0117");
  assert.equal(formatNumber("+447700900112"), "+44 7700 900112");
  assert.equal(formatNumber("+33639980101"), "+33 6 39 98 01 01");
  assert.equal(formatNumber("+4930231250"), "+4930231250");
});

test("initials are the first and the last word's, in any script", () => {
  assert.equal(initialsOf("Ada Nguyen", ""), "AN");
  assert.equal(initialsOf("Maria del Carmen ortiz", ""), "MO");
  assert.equal(initialsOf("élodie", ""), "É");
  assert.equal(initialsOf("نور حداد", ""), "نح");
  assert.equal(initialsOf("(42)", ""), "");
  assert.equal(initialsOf(null, "+13125550199"), "99");
});

test("sizes are told in the unit that people know them by", () => {
  assert.equal(formatBytes(12), "1 KB");
  assert.equal(formatBytes(84_321), "84 KB");
  assert.equal(formatBytes(4_210_000), "4.2 MB");
});

test("a few emoji alone are shown large, and nothing else is", () => {
  for (const text of ["🙌", "👍🏽", "👩‍👩‍👧", "🇫🇷🇬🇧🇺🇸"]) assert.ok(isJumbo(text), text);
  for (const text of ["", "ok", "🙌 yes", "🙌🙌🙌🙌", "1", "#"]) assert.ok(!isJumbo(text), text);
});
