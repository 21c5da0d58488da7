import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConversationId, EntryId } from "@foyer/contract";
import fc from "fast-check";
import { colleague, idFrom, me, messageOf, occurrenceOf } from "../../data/fixtures.ts";
import { blocksOf, clampText, lastOwnId, piecesOf, withPending } from "./model.ts";

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

test("only http and https lead anywhere, and no text is lost", () => {
  const links = (text: string) => piecesOf(text).flatMap(({ href }) => href ?? []);
  assert.deepEqual(links("See https://example.com/a?b=1."), ["https://example.com/a?b=1"]);
  assert.deepEqual(links("javascript:alert(1) data:text/html,x file:///etc"), []);
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.webUrl(), (text, url) => {
      const whole = `${text} ${url}) ${text}`;
      assert.equal(
        piecesOf(whole)
          .map((piece) => piece.text)
          .join(""),
        whole,
      );
    }),
  );
});

test("a long text is clamped, a short one stands, and no character is cut in half", () => {
  assert.equal(clampText("Two more towels"), null);
  const clamped = clampText("😀".repeat(50_000)) ?? "";
  assert.ok(clamped.length < 1_300);
  assert.equal(clamped.isWellFormed(), true);
  assert.notEqual(clampText("line\n".repeat(60)), null);
});
