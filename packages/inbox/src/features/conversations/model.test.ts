import assert from "node:assert/strict";
import { test } from "node:test";
import { colleague, conversationOf, me } from "../../data/fixtures.ts";
import { anchorShift, freeRows, holdRows, previewOf, stepFrom, timeOf } from "./model.ts";

const unknown = () => undefined;
const items = [1, 2, 3].map((number) => conversationOf(number));
const numbers = (rows: readonly { conversation: { rank: number } }[]) =>
  rows.map(({ conversation }) => conversation.rank);

test("while somebody points at the list, a row that moved up stays where it was", () => {
  const moved = [items[2], items[0], items[1]].flatMap((item) => item ?? []);
  assert.deepEqual(numbers(holdRows(freeRows(items), moved, unknown).rows), [1, 2, 3]);
});

test("a row that left stays in its place, as it is now, until the order is let go", () => {
  const closed = conversationOf(2, { state: "closed", version: 2 });
  const left = [items[0], items[2]].flatMap((item) => item ?? []);
  const held = holdRows(freeRows(items), left, () => closed);
  assert.deepEqual(
    held.rows.map(({ isGone }) => isGone),
    [false, true, false],
  );
  assert.equal(held.rows[1]?.conversation, closed);
});

test("a new row is held back and counted; a page at the end is shown", () => {
  const fresh = conversationOf(0);
  const page = conversationOf(9);
  const held = holdRows(freeRows(items), [fresh, ...items, page], unknown);
  assert.deepEqual(numbers(held.rows), [1, 2, 3, 9]);
  assert.equal(held.hiddenCount, 1);
});

test("rows that come in above move the scroll position by as many", () => {
  const before = freeRows(items);
  const after = freeRows([conversationOf(-1), conversationOf(0), ...items]);
  assert.equal(anchorShift(before, after, 1), 2);
  assert.equal(anchorShift(before, before, 1), 0);
});

test("a step from a row that left leads to the one in its place", () => {
  const rows = freeRows(items);
  assert.equal(stepFrom(rows, conversationOf(7).id, 1, 1), 1);
  assert.equal(stepFrom(rows, conversationOf(7).id, 1, -1), 0);
  assert.equal(stepFrom(rows, null, 0, 1), 0);
  assert.equal(stepFrom([], null, 0, 1), -1);
});

const preview = {
  kind: "outbound" as const,
  text: "Yes,\n of course",
  state: "sent" as const,
  agentId: me,
};

test("a preview says You only of my own words, in one line", () => {
  const mine = previewOf(conversationOf(1, { preview }), me, undefined, undefined);
  assert.deepEqual(mine, { mark: "you", text: "Yes, of course" });
  const theirs = conversationOf(1, { preview: { ...preview, agentId: colleague } });
  assert.equal(previewOf(theirs, me, undefined, undefined).mark, null);
});

test("a message that failed is told before anything said, a draft before that", () => {
  const failed = conversationOf(1, { preview: { ...preview, state: "failed" } });
  assert.equal(previewOf(failed, me, undefined, undefined).mark, "failed");
  const draft = { message: "Nearly", note: "" };
  assert.deepEqual(previewOf(failed, me, draft, undefined), { mark: "draft", text: "Nearly" });
});

test("a wait turns late after five minutes, and not in a closed conversation", () => {
  const waitingSince = "2026-11-22T12:00:00.000Z";
  const at = (minutes: number) => Date.parse(waitingSince) + minutes * 60_000;
  const waiting = conversationOf(1, { waitingSince });
  assert.equal(timeOf(waiting, at(4.9)).kind, "waiting");
  assert.equal(timeOf(waiting, at(5)).kind, "late");
  assert.equal(timeOf({ ...waiting, state: "closed" }, at(9)).kind, "last");
});
