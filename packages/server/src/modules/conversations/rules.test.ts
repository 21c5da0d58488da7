import assert from "node:assert/strict";
import { test } from "node:test";
import type { MessageState } from "@foyer/contract";
import fc from "fast-check";
import {
  type Answer,
  advance,
  decideHearing,
  decideSending,
  endsWaitLate,
  medianOf,
  movesOn,
  rankOf,
  restRank,
  type Sending,
  unsentStates,
  waitAfterFailure,
  withWait,
} from "./rules.ts";
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

test("everybody who waits is ranked before everybody who does not", () => {
  const instants = fc.integer({ min: 0, max: restRank - 1 });
  fc.assert(
    fc.property(instants, instants, (since, lastAt) => {
      assert.ok(rankOf(since, lastAt) < restRank && rankOf(null, lastAt) >= restRank);
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

test("a text that asks nobody for an answer begins no wait and ends none", () => {
  const entry = { id: "entry" as never, kind: "inbound", occurred_at: 5_000 } as const;
  const quiet = { entry, now: 5_000, isQuiet: true };
  assert.equal(advance(noRow, quiet).waiting_since, null);
  assert.equal(advance(play(["inbound"]), quiet).waiting_since, 1_000);
  assert.equal(advance(noRow, quiet).last_inbound_position, 1);
});

const sending: Sending = {
  text: "xxxxx",
  attachments: 0,
  unfilled: [],
  isChannelActive: true,
  textCharactersMax: 5,
  attachmentsMax: 1,
  isBlocked: false,
  isOptedOut: false,
  isTheirs: true,
};

test("a message is refused with the first reason there is, and the facts to mend it", () => {
  const refusals: [Partial<Sending>, object | undefined][] = [
    [{}, undefined],
    [{ isChannelActive: false, isBlocked: true }, { code: "channel.ended" }],
    [{ isTheirs: false, isOptedOut: true }, { code: "contact.address_left" }],
    [{ isBlocked: true, isOptedOut: true }, { code: "contact.blocked" }],
    [{ isOptedOut: true, text: "" }, { code: "contact.opted_out" }],
    [{ text: " \n" }, { code: "message.empty" }],
    [{ text: "\u200b \u2060\ufeff" }, { code: "message.empty" }],
    [{ text: "\u200f\u05d0" }, undefined],
    [{ text: "", attachments: 1 }, undefined],
    [{ text: "x".repeat(6) }, { code: "message.too_long", facts: { textCharactersMax: 5 } }],
    [
      { attachments: 2, unfilled: ["room"] },
      { code: "message.too_many_attachments", facts: { attachmentsMax: 1 } },
    ],
    [
      { unfilled: ["room", "name"] },
      { code: "message.placeholder_unfilled", facts: { placeholder: "room" } },
    ],
  ];
  for (const [given, refusal] of refusals) {
    assert.deepEqual(decideSending({ ...sending, ...given }), refusal, JSON.stringify(given));
  }
});

const knownOf = (consent: "unknown" | "opted_in" | "opted_out") => ({ consent, isBlocked: false });

test("STOP turns texts off, whatever was known, and asks nobody for an answer", () => {
  for (const consent of ["unknown", "opted_in", "opted_out"] as const) {
    const heard = decideHearing({ ...knownOf(consent), word: "stop" });
    assert.deepEqual(heard, { isQuiet: true, turned: "stop", agreesByWriting: false });
  }
});

test("YES and START turn texts on again, quietly; from anybody else they are said to people", () => {
  for (const word of ["yes", "start"] as const) {
    const again = decideHearing({ ...knownOf("opted_out"), word });
    assert.deepEqual(again, { isQuiet: true, turned: "start", agreesByWriting: false });
    const agreed = decideHearing({ ...knownOf("opted_in"), word });
    assert.deepEqual(agreed, { isQuiet: false, turned: null, agreesByWriting: false });
  }
  const start = decideHearing({ ...knownOf("unknown"), word: "start" });
  assert.deepEqual(start, { isQuiet: false, turned: "start", agreesByWriting: false });
  const yes = decideHearing({ ...knownOf("unknown"), word: "yes" });
  assert.deepEqual(yes, { isQuiet: false, turned: null, agreesByWriting: true });
});

test("HELP is a guest who asks for help", () => {
  const heard = decideHearing({ ...knownOf("unknown"), word: "help" });
  assert.deepEqual(heard, { isQuiet: false, turned: null, agreesByWriting: true });
});

test("nobody is asked for an answer to what a blocked guest says, whatever it is", () => {
  for (const word of ["stop", "start", "yes", "help", null] as const) {
    for (const consent of ["unknown", "opted_in", "opted_out"] as const) {
      assert.ok(decideHearing({ word, consent, isBlocked: true }).isQuiet);
    }
  }
});

function answer(position: number, state: MessageState, retriedBy: string | null = null): Answer {
  return { id: `entry ${position}` as never, position, state, retried_by_id: retriedBy as never };
}

test("a guest whose only answer failed has waited since they asked", () => {
  const row = { waiting_since: null };
  assert.equal(waitAfterFailure(row, 1_000, [], 9_000), 1_000);
  assert.equal(waitAfterFailure(row, 1_000, [answer(3, "failed")], 9_000), 1_000);
});

test("a guest whom another answer has reached waits from the failure on", () => {
  const row = { waiting_since: null };
  assert.equal(waitAfterFailure(row, 1_000, [answer(3, "delivered")], 9_000), 9_000);
  assert.equal(waitAfterFailure(row, undefined, [], 9_000), 9_000);
});

test("a failure makes no wait shorter that goes on already", () => {
  const row = { waiting_since: 5_000 };
  assert.equal(waitAfterFailure(row, undefined, [], 9_000), 5_000);
  assert.equal(waitAfterFailure(row, 1_000, [], 9_000), 1_000);
});

test("an answer that arrived after all ends the wait that its failure began", () => {
  const row = { waiting_since: 5_000, last_inbound_position: 1 };
  const [arrived, other] = [answer(2, "delivered"), answer(3, "failed")];
  assert.ok(endsWaitLate(row, arrived, [arrived]));
  assert.ok(endsWaitLate(row, arrived, [arrived, answer(3, "failed", "entry 4")]));
  assert.ok(!endsWaitLate(row, arrived, [arrived, other]));
  assert.ok(!endsWaitLate({ ...row, waiting_since: null }, arrived, [arrived]));
  assert.ok(!endsWaitLate({ ...row, last_inbound_position: 4 }, arrived, []));
});

test("as many durations are above the median as below it", () => {
  assert.equal(medianOf([]), null);
  assert.equal(medianOf([7]), 7);
  assert.equal(medianOf([9, 1, 5]), 5);
  assert.equal(medianOf([1, 4, 2, 100]), 3);
  const durations = fc.array(fc.nat(), { minLength: 1 });
  fc.assert(
    fc.property(durations, (all) => {
      const median = medianOf(all) ?? Number.NaN;
      const [above, below] = [all.filter((one) => one > median), all.filter((one) => one < median)];
      assert.ok(
        Math.abs(above.length - below.length) <= all.filter((one) => one === median).length + 1,
      );
    }),
  );
});
