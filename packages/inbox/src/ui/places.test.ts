import assert from "node:assert/strict";
import { test } from "node:test";
import { countries, timeIn, timeZones, zoneName } from "./places.ts";

const noonMs = Date.parse("2026-11-22T18:00:00Z");

test("every country has a name and is offered once", () => {
  const all = countries();
  assert.ok(all.length > 240);
  assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
  assert.deepEqual(
    all.filter(({ id, label }) => id === label),
    [],
  );
  assert.equal(all.find(({ id }) => id === "DE")?.label, "Germany");
});

test("a zone is called by its city first, for that is what people type", () => {
  assert.equal(zoneName("America/New_York"), "New York (America)");
  assert.equal(zoneName("America/Argentina/Buenos_Aires"), "Buenos Aires (America, Argentina)");
  assert.equal(zoneName("UTC"), "UTC");
});

test("zones are offered with the time that it is there", () => {
  const chicago = timeZones("America/Chicago", noonMs).find(({ id }) => id === "America/Chicago");
  assert.equal(chicago?.end, "12:00");
});

test("a zone in use that this browser does not know is offered all the same", () => {
  const mars = timeZones("Mars/Olympus", noonMs).find(({ id }) => id === "Mars/Olympus");
  assert.deepEqual([mars?.label, mars?.end], ["Olympus (Mars)", ""]);
  assert.equal(timeIn("Mars/Olympus", noonMs), "");
});
