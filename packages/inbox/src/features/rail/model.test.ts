import assert from "node:assert/strict";
import { test } from "node:test";
import { housekeeping } from "../../data/fixtures.ts";
import { countOf } from "./model.ts";

const since = "2026-11-22T12:00:00.000Z";
const at = (minutes: number) => Date.parse(since) + minutes * 60_000;
const none = { total: 0, waiting: 0, longestWaitingSince: null };
const counts = {
  mine: { total: 10, waiting: 6, longestWaitingSince: since },
  unassigned: { total: 3, waiting: 2, longestWaitingSince: null },
  all: { total: 18, waiting: 8, longestWaitingSince: since },
  closed: { total: 2 },
  teams: [{ teamId: housekeeping, ...none }],
};

test("a view tells how many wait only when one of them waits too long", () => {
  const key = { view: "mine" as const, teamId: null };
  assert.deepEqual(countOf(counts, key, at(4)), { total: 10, late: null });
  assert.deepEqual(countOf(counts, key, at(6)), { total: 10, late: 6 });
});

test("somebody late in one view does not make another late", () => {
  const key = { view: "unassigned" as const, teamId: null };
  assert.equal(countOf(counts, key, at(60)).late, null);
});

test("nothing is counted before the server has", () => {
  const key = { view: "mine" as const, teamId: null };
  assert.deepEqual(countOf(undefined, key, at(9)), { total: null, late: null });
});

test("a team that the counts do not know has none, and Closed never waits", () => {
  const team = { view: "team" as const, teamId: housekeeping };
  assert.deepEqual(countOf(counts, team, at(9)), { total: 0, late: null });
  const closed = { view: "closed" as const, teamId: null };
  assert.deepEqual(countOf(counts, closed, at(9)), { total: 2, late: null });
});
