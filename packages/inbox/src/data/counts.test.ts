import assert from "node:assert/strict";
import { test } from "node:test";
import { numbersOf } from "./counts.ts";
import { colleague, conversationOf, housekeeping, me } from "./fixtures.ts";
import { listKeyOf } from "./model.ts";

const since = "2026-11-22T12:00:00.000Z";
const at = (minutes: number) => Date.parse(since) + minutes * 60_000;
const waitsSince = (minutes: number) => new Date(at(minutes)).toISOString();

const items = [
  conversationOf(1, { waitingSince: waitsSince(0), assignee: { agentId: me } }),
  conversationOf(2, { waitingSince: waitsSince(2), assignee: { agentId: me } }),
  conversationOf(3, { waitingSince: waitsSince(3) }),
  conversationOf(4, { waitingSince: waitsSince(4), assignee: { agentId: colleague } }),
];
const waiting = { items, next: null, end: null };
const counts = {
  mine: { total: 10, waiting: 2, unread: 1 },
  unassigned: { total: 3, waiting: 1, unread: 0 },
  all: { total: 18, waiting: 4, unread: 2 },
  closed: { total: 2 },
  teams: [{ teamId: housekeeping, total: 1, waiting: 0, unread: 0 }],
};
const numbers = (view: Parameters<typeof listKeyOf>[0], minutes: number, list = waiting) =>
  numbersOf(counts, list, listKeyOf(view), me, at(minutes));

test("only those who wait longer than five minutes are late, in the view that they stand in", () => {
  assert.deepEqual([numbers("mine", 4).late, numbers("mine", 4).waiting], [0, 2]);
  assert.deepEqual([numbers("mine", 6).late, numbers("mine", 6).waiting], [1, 2]);
  assert.equal(numbers("unassigned", 6).late, 0);
  assert.equal(numbers("all", 60).late, 4);
  assert.equal(numbers("waiting", 60).total, 4);
});

test("where more wait too long than have been read, it says at least so many", () => {
  const part = { items, next: "more", end: { rank: 4, id: conversationOf(4).id } };
  assert.equal(numbersOf(counts, part, listKeyOf("all"), me, at(60)).isMoreLate, true);
  assert.equal(numbersOf(counts, part, listKeyOf("all"), me, at(6)).isMoreLate, false);
});

test("nothing is counted before the server has, and Closed never waits", () => {
  assert.equal(numbersOf(undefined, waiting, listKeyOf("mine"), me, at(9)).total, null);
  assert.deepEqual([numbers("closed", 60).total, numbers("closed", 60).late], [2, 0]);
});

test("a team that the counts do not know has no numbers", () => {
  const unknown = listKeyOf("team", { teamId: colleague as never });
  assert.equal(numbersOf(counts, waiting, unknown, me, at(9)).total, null);
  const known = listKeyOf("team", { teamId: housekeeping });
  assert.equal(numbersOf(counts, waiting, known, me, at(9)).total, 1);
});
