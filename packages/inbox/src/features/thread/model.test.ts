import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConversationId, EntryId } from "@foyer/contract";
import fc from "fast-check";
import {
  attachmentOf,
  colleague,
  idFrom,
  me,
  messageOf,
  noteOf,
  occurrenceOf,
} from "../../data/fixtures.ts";
import { blocksOf, lastOwnId, pictureBox, picturesIn, retriesIn, withPending } from "./model.ts";

const zone = "America/Chicago";
const kinds = (entries: Parameters<typeof blocksOf>[0]) =>
  blocksOf(entries, zone).map((block) =>
    block.kind === "group" ? `${block.side} ${block.said.length}` : block.kind,
  );
const own = (position: number, change = {}) =>
  messageOf(position, { direction: "outbound", state: "sent", agentId: me, ...change });

test("what one person says within three minutes stands in one group", () => {
  const late = messageOf(3, { occurredAt: "2026-11-22T12:04:00.000Z" });
  assert.deepEqual(kinds([messageOf(1), messageOf(2), late]), ["day", "guest 2", "guest 1"]);
});

test("two colleagues do not share a group", () => {
  assert.deepEqual(kinds([own(1), own(2, { agentId: colleague })]), ["day", "own 1", "own 1"]);
});

test("a message that failed ends its group, so that its reason stands below it", () => {
  assert.deepEqual(kinds([own(1), own(2, { state: "failed" }), own(3)]), ["day", "own 2", "own 1"]);
});

test("events that follow each other fold into one line", () => {
  assert.deepEqual(kinds([occurrenceOf(1), occurrenceOf(2), messageOf(3), occurrenceOf(4)]), [
    "day",
    "events",
    "guest 1",
    "events",
  ]);
});

test("a day begins at the property's midnight", () => {
  const before = messageOf(1, { occurredAt: "2026-11-22T05:59:00.000Z" });
  const after = messageOf(2, { occurredAt: "2026-11-22T06:01:00.000Z" });
  assert.deepEqual(kinds([before, after]), ["day", "guest 1", "day", "guest 1"]);
});

test("every entry is drawn exactly once, in order", () => {
  const entries = fc.array(
    fc.tuple(fc.constantFrom("guest", "own", "event"), fc.integer({ min: 0, max: 200_000_000 })),
  );
  fc.assert(
    fc.property(entries, (made) => {
      const timeline = made.map(([kind, ms], index) => {
        const occurredAt = new Date(1_795_000_000_000 + ms).toISOString();
        if (kind === "event") return occurrenceOf(index + 1, { occurredAt });
        return kind === "own"
          ? own(index + 1, { occurredAt })
          : messageOf(index + 1, { occurredAt });
      });
      const drawn: unknown[] = [];
      for (const block of blocksOf(timeline, zone)) {
        if (block.kind === "group") drawn.push(...block.said);
        if (block.kind === "events") drawn.push(...block.events);
      }
      assert.deepEqual(drawn, timeline);
    }),
  );
});

const item = (number: number) => ({
  id: idFrom<EntryId>(number),
  conversationId: idFrom<ConversationId>(1),
  kind: "message" as const,
  text: "On its way",
  attachments: [],
  mentions: [],
  retryOf: null,
  thenCloses: false,
  createdAtMs: Date.parse("2026-11-22T12:00:30.000Z"),
  refusal: null,
});

test("the server's echo takes the place of what waits: one bubble, never two", () => {
  const echo = own(1, { id: idFrom<EntryId>(77) });
  assert.deepEqual(withPending([echo], [item(77)], me), [echo]);
  assert.equal(withPending([messageOf(1)], [item(77)], me).length, 2);
});

test("the state is told of our newest message, sent or not yet sent", () => {
  const entries = withPending([own(1), messageOf(2)], [item(77)], me);
  assert.equal(lastOwnId(entries), idFrom(77));
  assert.equal(lastOwnId([own(1), messageOf(2)]), own(1).id);
});

test("a failed message is told to be sent again from the moment it is, unless that was refused", () => {
  const failed = own(1, { state: "failed" });
  const again = { ...item(77), retryOf: failed.id };
  const retryOf = (entries: Parameters<typeof retriesIn>[0]) => retriesIn(entries).get(failed.id);
  assert.equal(retryOf(withPending([failed], [again], me)), idFrom(77));
  const refused = { ...again, refusal: "contact.opted_out" as const };
  assert.equal(retryOf(withPending([failed], [refused], me)), undefined);
  assert.equal(retryOf([own(1, { state: "failed", retriedBy: idFrom(78) })]), idFrom(78));
});

test("pictures are told from files, and those that are not here yet are left out", () => {
  const pdf = attachmentOf(2, { mediaType: "application/pdf" });
  const coming = attachmentOf(3, { state: "fetching", mediaType: null });
  const message = messageOf(1, { attachments: [attachmentOf(1), pdf, coming] });
  assert.deepEqual(
    picturesIn([message, noteOf(2)]).map(({ attachment }) => attachment.id),
    [attachmentOf(1).id],
  );
});

test("a picture keeps its proportions and never grows", () => {
  assert.deepEqual(pictureBox({ width: 4000, height: 3000 }), { width: 320, height: 240 });
  assert.deepEqual(pictureBox({ width: 200, height: 150 }), { width: 200, height: 150 });
  assert.deepEqual(pictureBox({ width: 3000, height: 10 }), { width: 320, height: 96 });
  assert.deepEqual(pictureBox({ width: null, height: null }), { width: 240, height: 180 });
});
