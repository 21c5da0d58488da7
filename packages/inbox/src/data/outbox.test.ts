import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConversationId, EntryId } from "@foyer/contract";
import fc from "fast-check";
import { attachmentOf, housekeeping, idFrom, me } from "./fixtures.ts";
import {
  backoffMs,
  nextToSend,
  type Outbox,
  type OutboxItem,
  readOutbox,
  withItem,
  withoutItem,
  withRefusal,
  withRetry,
} from "./outbox.ts";

function itemOf(number: number, conversation: number): OutboxItem {
  return {
    id: idFrom<EntryId>(number),
    conversationId: idFrom<ConversationId>(conversation),
    kind: "message",
    text: `Text ${number}`,
    attachments: [],
    mentions: [],
    retryOf: null,
    thenCloses: false,
    createdAtMs: number,
    refusal: null,
  };
}

const nobody = new Set<ConversationId>();
const outboxes = fc
  .array(fc.integer({ min: 1, max: 4 }), { maxLength: 20 })
  .map((conversations) => conversations.map((one, index) => itemOf(index + 1, one)));

test("answers to one guest are sent one after another, in the order they were written", () => {
  fc.assert(
    fc.property(outboxes, (written) => {
      const sent: OutboxItem[] = [];
      let outbox: Outbox = written;
      while (outbox.length > 0) {
        const now = nextToSend(outbox, nobody);
        assert.equal(new Set(now.map((one) => one.conversationId)).size, now.length);
        sent.push(...now);
        for (const { id } of now) outbox = withoutItem(outbox, id);
      }
      for (const { conversationId } of written) {
        const inOrder = (items: Outbox) =>
          items.filter((one) => one.conversationId === conversationId);
        assert.deepEqual(inOrder(sent), inOrder(written));
      }
    }),
  );
});

test("while an answer is under way, the next to the same guest waits; other guests do not", () => {
  const outbox = [itemOf(1, 1), itemOf(2, 1), itemOf(3, 2)];
  const busy = new Set([idFrom<ConversationId>(1)]);
  assert.deepEqual(
    nextToSend(outbox, busy).map(({ id }) => id),
    [idFrom(3)],
  );
});

test("a refused answer stays in place and does not hold up what follows", () => {
  const outbox = withRefusal([itemOf(1, 1), itemOf(2, 1)], idFrom(1), "channel.ended");
  assert.equal(outbox.length, 2);
  assert.deepEqual(
    nextToSend(outbox, nobody).map(({ id }) => id),
    [idFrom(2)],
  );
});

test("a refused answer that is tried again keeps its id and goes last", () => {
  const refused = withRefusal([itemOf(1, 1), itemOf(2, 1)], idFrom(1), "service.failed");
  const again = withRetry(refused, idFrom(1));
  assert.deepEqual(
    again.map(({ id, refusal }) => [id, refusal]),
    [
      [idFrom(2), null],
      [idFrom(1), null],
    ],
  );
});

test("an answer is in the outbox once, however often it is put there", () => {
  const once = withItem([], itemOf(1, 1));
  assert.equal(withItem(once, itemOf(1, 1)), once);
});

test("an outbox survives storage, and what is not ours in storage does no harm", () => {
  fc.assert(
    fc.property(outboxes, fc.array(fc.jsonValue()), (outbox, junk) => {
      const stored: unknown = JSON.parse(JSON.stringify([...junk, ...outbox]));
      assert.deepEqual(
        readOutbox(stored).slice(-outbox.length || Number.POSITIVE_INFINITY),
        outbox,
      );
    }),
  );
  assert.deepEqual(readOutbox("not a list"), []);
});

test("what an answer brings, calls and says again survives storage too", () => {
  const item: OutboxItem = {
    ...itemOf(1, 1),
    attachments: [attachmentOf(7)],
    mentions: [{ agentId: me }, { teamId: housekeeping }],
    retryOf: idFrom(9),
    thenCloses: true,
  };
  assert.deepEqual(readOutbox(JSON.parse(JSON.stringify([item]))), [item]);
  const broken = { ...item, attachments: [{ id: 1 }], mentions: [{ agentId: "me" }], retryOf: 3 };
  const read = { ...item, attachments: [], mentions: [], retryOf: null };
  assert.deepEqual(readOutbox([broken]), [read]);
});

test("waiting between attempts grows, but never beyond ten seconds", () => {
  const bounds = [0, 1, 2, 3, 20].map((failures) => backoffMs(failures, 1));
  assert.deepEqual(bounds, [1_000, 2_000, 4_000, 8_000, 10_000]);
  fc.assert(
    fc.property(fc.nat(100), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
      const ms = backoffMs(failures, random);
      assert.ok(ms >= 500 && ms <= 10_000);
    }),
  );
});
