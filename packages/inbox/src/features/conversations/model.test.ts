import assert from "node:assert/strict";
import { test } from "node:test";
import type { Conversation, Label, LabelId } from "@foyer/contract";
import type { Draft } from "../../data/drafts.ts";
import { attachmentOf, colleague, conversationOf, idFrom, me } from "../../data/fixtures.ts";
import { anchorShift, freeRows, holdRows, labelsIn, previewOf, stepFrom, timeOf } from "./model.ts";

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
  attachments: 0,
};
const shownOf = (conversation: Conversation, draft?: Draft) =>
  previewOf(conversation, me, draft, undefined);

test("a preview tells my own words from a colleague's and from the guest's, in one line", () => {
  const mine = shownOf(conversationOf(1, { preview }));
  assert.deepEqual(mine, { mark: "you", agentId: null, text: "Yes, of course", attachments: 0 });
  const theirs = shownOf(conversationOf(1, { preview: { ...preview, agentId: colleague } }));
  assert.deepEqual([theirs.mark, theirs.agentId], ["colleague", colleague]);
  const guests = { ...preview, kind: "inbound" as const, agentId: null };
  assert.equal(shownOf(conversationOf(1, { preview: guests })).mark, null);
});

test("a picture without words is told, also in a draft", () => {
  const picture = { ...preview, kind: "inbound" as const, text: "", attachments: 2 };
  assert.equal(shownOf(conversationOf(1, { preview: picture })).attachments, 2);
  const draft = { message: "", note: "", attachments: [attachmentOf(1)] };
  const drafted = shownOf(conversationOf(1), draft);
  assert.deepEqual([drafted.mark, drafted.attachments], ["draft", 1]);
});

test("a message that failed is told before anything said, a draft before that", () => {
  const failed = conversationOf(1, { preview: { ...preview, state: "failed" } });
  assert.equal(shownOf(failed).mark, "failed");
  const drafted = shownOf(failed, { message: "Nearly", note: "", attachments: [] });
  assert.deepEqual([drafted.mark, drafted.text], ["draft", "Nearly"]);
});

test("a wait turns late after five minutes, and not in a closed conversation", () => {
  const waitingSince = "2026-11-22T12:00:00.000Z";
  const at = (minutes: number) => Date.parse(waitingSince) + minutes * 60_000;
  const waiting = conversationOf(1, { waitingSince });
  assert.equal(timeOf(waiting, at(4.9)).kind, "waiting");
  assert.equal(timeOf(waiting, at(5)).kind, "late");
  assert.equal(timeOf({ ...waiting, state: "closed" }, at(9)).kind, "last");
});

test("a row shows three labels at most, and none that the property no longer has", () => {
  const ids = [1, 2, 3, 4, 5].map((number) => idFrom<LabelId>(number));
  const labels = new Map(
    ids.slice(1).map((id): [LabelId, Label] => {
      return [id, { id, name: `Label ${id}`, colour: "blue", version: 1 }];
    }),
  );
  const shown = labelsIn(conversationOf(1, { labelIds: ids }), labels);
  assert.deepEqual(
    shown.map(({ id }) => id),
    ids.slice(1, 4),
  );
});
