import assert from "node:assert/strict";
import { test } from "node:test";
import type { MessageState } from "@foyer/contract";
import fc from "fast-check";
import { advance, decideReply, movesOn, rankOf, unsentStates, withWait } from "./rules.ts";
import type { ConversationRow, EntryKind } from "./tables.ts";

const historiesMin = 10_000;
const reports: readonly MessageState[] = ["sent", "failed", "delivered", "read"];
const starts: readonly MessageState[] = ["queued", "sending", "uncertain", "sent"];

function after(start: MessageState, history: readonly MessageState[]): MessageState {
  return history.reduce((state, report) => (movesOn(state, report) ? report : state), start);
}

test("reports end in the same state whatever their order and repetition", () => {
  const histories = fc
    .array(fc.constantFrom(...reports), { maxLength: 8 })
    .chain((told) =>
      fc.tuple(
        fc.constant(told),
        fc.shuffledSubarray(told, { minLength: told.length }),
        fc.array(fc.nat({ max: Math.max(0, told.length - 1) }), { maxLength: 6 }),
      ),
    );
  fc.assert(
    fc.property(fc.constantFrom(...starts), histories, (start, [told, shuffled, again]) => {
      const repeated = [...shuffled, ...again.flatMap((index) => shuffled[index] ?? [])];
      assert.equal(after(start, repeated), after(start, told));
    }),
    { numRuns: historiesMin },
  );
});

test("a message's state never moves back, and never to where it is", () => {
  const all: readonly MessageState[] = [...new Set([...starts, ...reports])];
  for (const one of all) {
    for (const other of all) assert.ok(!(movesOn(one, other) && movesOn(other, one)));
  }
});

test("a delivery that somebody saw outweighs a failure that somebody reported", () => {
  assert.equal(after("sending", ["failed", "delivered"]), "delivered");
  assert.equal(after("sending", ["delivered", "failed"]), "delivered");
});

test("what a guest said is never taken for a message that still wants to leave", () => {
  assert.deepEqual(unsentStates, ["queued", "sending"]);
});

test("who waits longest comes first, then everybody else by the newest", () => {
  const instants = fc.integer({ min: 1, max: 4_000_000_000_000 });
  const guests = fc.array(fc.record({ since: fc.option(instants), lastAt: instants }));
  fc.assert(
    fc.property(guests, (rows) => {
      const sorted = rows.toSorted(
        (one, other) => rankOf(one.since, one.lastAt) - rankOf(other.since, other.lastAt),
      );
      const waiting = sorted.filter(({ since }) => since !== null);
      assert.deepEqual(sorted.slice(0, waiting.length), waiting);
      assert.deepEqual(
        waiting.map(({ since }) => since),
        waiting.map(({ since }) => since).toSorted((one, other) => Number(one) - Number(other)),
      );
      const quiet = sorted.slice(waiting.length).map(({ lastAt }) => lastAt);
      assert.deepEqual(
        quiet,
        quiet.toSorted((one, other) => other - one),
      );
    }),
  );
});

test("a rank is an integer that both stores and every browser hold exactly", () => {
  for (const rank of [rankOf(null, 0), rankOf(null, 8_640_000_000_000_000 / 100), rankOf(1, 5)]) {
    assert.ok(Number.isSafeInteger(rank) && rank > 0);
  }
});

const noRow = {
  last_position: 0,
  last_inbound_position: 0,
  preview_entry_id: null,
  last_at: 0,
  waiting_since: null,
  list_rank: 0,
} as ConversationRow;

function play(kinds: readonly EntryKind[]): ConversationRow {
  return kinds.reduce((row, kind, index) => {
    const now = 1_000 * (index + 1);
    const entry = { id: `entry ${index + 1}` as never, kind, occurred_at: now };
    return advance(row, { entry, now });
  }, noRow);
}

test("a guest waits from the first text that nobody answered", () => {
  assert.equal(play(["inbound", "inbound", "note", "event"]).waiting_since, 1_000);
  assert.equal(play(["inbound", "outbound", "inbound", "inbound"]).waiting_since, 3_000);
  assert.equal(play(["inbound", "note", "outbound", "note"]).waiting_since, null);
});

test("events are neither preview nor time of a conversation", () => {
  const row = play(["inbound", "note", "event"]);
  assert.equal(row.preview_entry_id, "entry 2");
  assert.equal(row.last_at, 2_000);
  assert.equal(row.last_position, 3);
});

test("positions are gapless, and the last of a guest's is remembered", () => {
  const kinds = fc.constantFrom<EntryKind>("inbound", "outbound", "note", "event");
  fc.assert(
    fc.property(fc.array(kinds), (told) => {
      const row = play(told);
      assert.equal(row.last_position, told.length);
      assert.equal(row.last_inbound_position, told.lastIndexOf("inbound") + 1);
      assert.equal(row.list_rank, told.length === 0 ? 0 : rankOf(row.waiting_since, row.last_at));
    }),
  );
});

test("closing ends a wait and a failed answer begins one, at the right place of the list", () => {
  const waiting = play(["inbound"]);
  const closed = withWait(waiting, null);
  assert.equal(closed.list_rank, rankOf(null, waiting.last_at));
  assert.equal(withWait(closed, 9_000).list_rank, 9_000);
});

test("a reply is refused on an ended channel, and beyond what the channel carries", () => {
  const given = { text: "x".repeat(5), isChannelActive: true, textCharactersMax: 5 };
  assert.equal(decideReply(given), undefined);
  assert.equal(decideReply({ ...given, text: "x".repeat(6) }), "message.too_long");
  assert.equal(decideReply({ ...given, isChannelActive: false }), "channel.ended");
});
