import assert from "node:assert/strict";
import { test } from "node:test";
import type { Conversation, ConversationId, StreamEvent } from "@foyer/contract";
import fc from "fast-check";
import {
  appendPage,
  applyEntries,
  applyEvent,
  applyToList,
  type Cached,
  joinThreads,
} from "./apply-event.ts";
import { colleague, contactOf, conversationOf, housekeeping, me, messageOf } from "./fixtures.ts";
import { compareByRank, isInView, type ListKey, type ListWindow, listKeyOf } from "./model.ts";

type Changed = Extract<StreamEvent, { type: "conversation.changed" }>;

const keys: ListKey[] = [
  listKeyOf("mine"),
  listKeyOf("unassigned"),
  listKeyOf("team", { teamId: housekeeping }),
  listKeyOf("agent", { agentId: colleague }),
  listKeyOf("all"),
  listKeyOf("waiting"),
  listKeyOf("closed"),
];
const reader = { me, covered: new Set<ConversationId>() };

function cachedOf(items: readonly Conversation[], end: ListWindow["end"] = null): Cached {
  const lists = keys.map((key) => ({
    key,
    window: {
      items: items.filter((item) => isInView(item, key, me)).sort(compareByRank),
      next: end ? "more" : null,
      end,
    },
  }));
  return { lists, threads: new Map(), details: new Map(), versions: new Map() };
}

function changed(conversation: Conversation, change: Partial<Changed> = {}): Changed {
  const cursor = `c${conversation.version}`;
  return {
    type: "conversation.changed",
    cursor,
    conversation,
    contact: null,
    entries: [],
    ...change,
  };
}

const idsIn = (cached: Cached, view: string) =>
  cached.lists.find(({ key }) => key.view === view)?.window.items.map(({ id }) => id) ?? [];

test("a conversation that is assigned leaves Unassigned and comes into Mine", () => {
  const before = conversationOf(7);
  const after = conversationOf(7, { assignee: { agentId: me }, version: 2 });
  const applied = applyEvent(cachedOf([before]), changed(after), reader);
  assert.deepEqual(idsIn(applied, "unassigned"), []);
  assert.deepEqual(idsIn(applied, "mine"), [after.id]);
  assert.deepEqual(idsIn(applied, "all"), [after.id]);
});

test("a closed conversation stands in Closed alone", () => {
  const closed = conversationOf(7, { state: "closed", assignee: { agentId: me }, version: 2 });
  const applied = applyEvent(cachedOf([conversationOf(7)]), changed(closed), reader);
  const there = keys.map(({ view }) => idsIn(applied, view).length);
  assert.deepEqual(there, [0, 0, 0, 0, 0, 0, 1]);
});

test("whoever waits stands among those who wait, whosever they are, until they wait no more", () => {
  const assignee = { agentId: colleague };
  const waits = { waitingSince: "2026-11-22T12:00:00.000Z", assignee, version: 2 };
  const applied = applyEvent(
    cachedOf([conversationOf(7)]),
    changed(conversationOf(7, waits)),
    reader,
  );
  assert.deepEqual(idsIn(applied, "waiting"), [conversationOf(7).id]);
  assert.deepEqual(idsIn(applied, "agent"), [conversationOf(7).id]);
  const answered = conversationOf(7, { assignee, version: 3 });
  assert.deepEqual(idsIn(applyEvent(applied, changed(answered), reader), "waiting"), []);
});

test("a list that only the server can tell keeps its rows, as they are now, and gains none", () => {
  const key = listKeyOf("answered_today");
  const window = { items: [conversationOf(1)], next: null, end: null };
  const cached = { ...cachedOf([]), lists: [{ key, window }] };
  const closed = conversationOf(1, { state: "closed", version: 2 });
  const after = applyEvent(cached, changed(closed), reader);
  const both = applyEvent(after, changed(conversationOf(2)), reader);
  assert.deepEqual(both.lists[0]?.window.items, [closed]);
});

test("a row beyond what is loaded is not shown before its page is", () => {
  const window = {
    items: [conversationOf(1)],
    next: "more",
    end: { rank: 1, id: conversationOf(1).id },
  };
  assert.equal(applyToList(window, conversationOf(9), true), window);
});

test("a row that moves beyond what is loaded goes", () => {
  const [one, two] = [conversationOf(1), conversationOf(2)];
  const window = { items: [one, two], next: "more", end: { rank: 2, id: two.id } };
  const moved = { ...one, rank: 50, version: 2 };
  assert.deepEqual(applyToList(window, moved, true).items, [two]);
});

test("an older version never overwrites a newer one", () => {
  const newer = conversationOf(7, { title: "Newer", version: 3 });
  const older = conversationOf(7, { title: "Older", version: 2, state: "closed" });
  const cached = cachedOf([newer]);
  assert.deepEqual(applyEvent(cached, changed(older), reader).lists, cached.lists);
});

const histories = fc
  .array(
    fc.record({
      number: fc.integer({ min: 1, max: 6 }),
      rank: fc.integer({ min: 1, max: 5 }),
      state: fc.constantFrom("open" as const, "closed" as const),
      assignee: fc.constantFrom(
        null,
        { agentId: me },
        { agentId: colleague },
        { teamId: housekeeping },
      ),
      waitingSince: fc.constantFrom(null, "2026-11-22T12:00:00.000Z"),
    }),
    { maxLength: 30 },
  )
  .map((steps) =>
    steps.map(({ number, ...step }, index) =>
      conversationOf(number, { ...step, version: index + 2 }),
    ),
  );

test("events in any order, and twice, end in the state of each conversation's newest", () => {
  const shuffled = histories.chain((history) =>
    fc.tuple(
      fc.constant(history),
      fc.shuffledSubarray([...history, ...history], {
        minLength: history.length * 2,
        maxLength: history.length * 2,
      }),
    ),
  );
  fc.assert(
    fc.property(shuffled, ([history, order]) => {
      const known = [1, 2, 3, 4, 5, 6].map((number) => conversationOf(number));
      const latest = new Map(known.map((one) => [one.id, one]));
      for (const one of history) latest.set(one.id, one);
      const applied = order.reduce<Cached>(
        (cached, one) => applyEvent(cached, changed(one), reader),
        cachedOf(known),
      );
      assert.deepEqual(applied.lists, cachedOf([...latest.values()]).lists);
    }),
  );
});

test("a list stays in the order of ranks, without doubles, whatever happens", () => {
  fc.assert(
    fc.property(histories, (history) => {
      let cached: Cached = cachedOf([], { rank: 4, id: conversationOf(6).id });
      for (const one of history) cached = applyEvent(cached, changed(one), reader);
      for (const { window } of cached.lists) {
        assert.deepEqual(window.items, [...window.items].sort(compareByRank));
        assert.equal(new Set(window.items.map(({ id }) => id)).size, window.items.length);
      }
    }),
  );
});

test("a page that brings rows again adds only the others", () => {
  const fresh = conversationOf(1, { version: 9 });
  const window: ListWindow = { items: [fresh], next: "a", end: { rank: 1, id: fresh.id } };
  const page = { items: [conversationOf(1), conversationOf(2)], next: null, end: null };
  const joined = appendPage(window, page);
  assert.deepEqual(
    joined.items.map(({ version }) => version),
    [9, 1],
  );
  assert.equal(joined.next, null);
});

const whole = { hasOlder: false, hasNewer: false };

test("the server's entry takes the place of the one with its id, never an older one", () => {
  const sent = messageOf(1, { state: "sent", version: 2 });
  const window = { entries: [sent], ...whole };
  assert.equal(applyEntries(window, [messageOf(1, { state: "queued", version: 1 })]), window);
  const read = messageOf(1, { state: "read", version: 3 });
  assert.deepEqual(applyEntries(window, [read]).entries, [read]);
});

test("a timeline never shows a gap", () => {
  const positions = fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 40 });
  fc.assert(
    fc.property(positions, (order) => {
      let window = { entries: [messageOf(1)], ...whole } as Parameters<typeof applyEntries>[0];
      for (const position of order) window = applyEntries(window, [messageOf(position)]);
      for (const [index, entry] of window.entries.entries())
        assert.equal(entry.position, index + 1);
    }),
  );
});

test("a thread that misses an entry is read anew, one that has all is not", () => {
  const open = conversationOf(1, { lastPosition: 3, version: 2 });
  const covered = new Set([open.id]);
  const threads = new Map([[open.id, { entries: [messageOf(1)], ...whole }]]);
  const cached = { ...cachedOf([]), threads };
  const behind = applyEvent(cached, changed(open, { entries: [messageOf(3)] }), { me, covered });
  assert.deepEqual(behind.staleThreads, [open.id]);
  const entries = [messageOf(2), messageOf(3)];
  assert.deepEqual(
    applyEvent(cached, changed(open, { entries }), { me, covered }).staleThreads,
    [],
  );
});

test("a thread whose entries do not travel with the event is read anew", () => {
  const open = conversationOf(1, { lastPosition: 1, version: 2 });
  const threads = new Map([[open.id, { entries: [messageOf(1)], ...whole }]]);
  const applied = applyEvent({ ...cachedOf([]), threads }, changed(open), reader);
  assert.deepEqual(applied.staleThreads, [open.id]);
});

test("a contact changes with the conversation, and only forward", () => {
  const conversation = conversationOf(1);
  const known = { conversation, contact: contactOf(1, { name: "Ada", version: 4 }) };
  const cached = { ...cachedOf([]), details: new Map([[conversation.id, known]]) };
  const late = changed(conversation, { contact: contactOf(1, { name: "Old", version: 3 }) });
  const now = changed(conversation, { contact: contactOf(1, { name: "Ada N.", version: 5 }) });
  const nameAfter = (event: Changed) =>
    applyEvent(cached, event, reader).details.get(conversation.id)?.contact.name;
  assert.equal(nameAfter(late), "Ada");
  assert.equal(nameAfter(now), "Ada N.");
});

test("pages of a timeline join to one run, with the newer version of each entry", () => {
  const newer = {
    entries: [messageOf(3, { version: 2 }), messageOf(4)],
    hasOlder: true,
    hasNewer: false,
  };
  const older = {
    entries: [messageOf(1), messageOf(2), messageOf(3)],
    hasOlder: false,
    hasNewer: true,
  };
  const joined = joinThreads(newer, older);
  assert.deepEqual(
    joined.entries.map(({ position }) => position),
    [1, 2, 3, 4],
  );
  assert.equal(joined.entries[2]?.version, 2);
  assert.deepEqual([joined.hasOlder, joined.hasNewer], [false, false]);
});
