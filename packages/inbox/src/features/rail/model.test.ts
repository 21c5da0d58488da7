import assert from "node:assert/strict";
import { test } from "node:test";
import { conversationOf, housekeeping, me } from "../../data/fixtures.ts";
import { countOf } from "./model.ts";

const since = "2026-11-22T12:00:00.000Z";
const at = (minutes: number) => Date.parse(since) + minutes * 60_000;
const none = { total: 0, waiting: 0 };
const counts = {
  mine: { total: 10, waiting: 6 },
  unassigned: { total: 3, waiting: 2 },
  all: { total: 18, waiting: 8 },
  closed: { total: 2 },
  teams: [{ teamId: housekeeping, ...none }],
};
const mine = conversationOf(1, { assignee: { agentId: me }, waitingSince: since });

test("a view tells how many wait only when one of them waits too long", () => {
  const key = { view: "mine" as const, teamId: null };
  assert.deepEqual(countOf(counts, key, [mine], me, at(4)), { total: 10, late: null });
  assert.deepEqual(countOf(counts, key, [mine], me, at(6)), { total: 10, late: 6 });
});

test("somebody late in one view does not make another late", () => {
  const key = { view: "unassigned" as const, teamId: null };
  assert.equal(countOf(counts, key, [mine], me, at(60)).late, null);
});

test("nothing is counted before the server has", () => {
  const key = { view: "mine" as const, teamId: null };
  assert.deepEqual(countOf(undefined, key, [mine], me, at(9)), { total: null, late: null });
});

test("a team that the counts do not know has none, and Closed never waits", () => {
  const team = { view: "team" as const, teamId: housekeeping };
  assert.deepEqual(countOf(counts, team, [], me, at(9)), { total: 0, late: null });
  const closed = { view: "closed" as const, teamId: null };
  assert.deepEqual(countOf(counts, closed, [mine], me, at(9)), { total: 2, late: null });
});
