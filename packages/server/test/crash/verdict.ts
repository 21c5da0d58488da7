/** What must be true of a house after all its deaths. */
import assert from "node:assert/strict";
import type { Client } from "@foyer/client";
import type { Conversation, Message, Occurrence, PropertyId, TimelineEntry } from "@foyer/contract";
import type { Reply } from "./desk.ts";
import type { WatchedCarrier } from "./fake-carrier.ts";

const pageItems = 100;
/** Few, so that pages follow each other. */
const conversationsPerPage = 25;
const everything = 1_000_000_000;

/** A conversation with all that was said in it. */
export interface Thread {
  readonly conversation: Conversation;
  readonly address: string;
  readonly entries: readonly TimelineEntry[];
}

/** Reads all that a property has, as an agent reads it. */
export async function readThreads(client: Client, propertyId: PropertyId): Promise<Thread[]> {
  const threads: Thread[] = [];
  for (const { id: conversationId } of await readConversations(client, propertyId)) {
    const { conversation, contact } = await client.getConversation({ conversationId });
    const address = contact.addresses[0]?.value ?? "";
    const entries = await readTimeline(client, conversation);
    threads.push({ conversation, address, entries });
  }
  return threads;
}

/** Reads all conversations of a property, open and closed. */
export async function readConversations(
  client: Client,
  propertyId: PropertyId,
): Promise<Conversation[]> {
  const found: Conversation[] = [];
  for (const view of ["all", "closed"] as const) {
    let after: string | undefined;
    do {
      const page = await client.listConversations({
        propertyId,
        view,
        limit: conversationsPerPage,
        after,
      });
      found.push(...page.items);
      after = page.next ?? undefined;
    } while (after !== undefined);
  }
  return found;
}

async function readTimeline(
  client: Client,
  { id: conversationId }: Conversation,
): Promise<TimelineEntry[]> {
  const entries: TimelineEntry[] = [];
  for (let before = everything; before > 1; before = entries[0]?.position ?? 0) {
    const page = await client.getTimeline({ conversationId, before, limit: pageItems });
    entries.unshift(...page.items);
    if (!page.hasOlder) break;
  }
  return entries;
}

/** Every text that the carrier was told we have is there once, in the order of its guest. */
export function assertTexts(
  threads: readonly Thread[],
  written: ReadonlyMap<string, readonly string[]>,
): void {
  for (const [guest, texts] of written) {
    const own = threads.filter(({ address }) => address === guest);
    assert.ok(own.length <= 1, "a guest has one conversation");
    const heard = own.flatMap(({ entries }) => messagesOf(entries, "inbound"));
    const said = heard.map(({ text }) => text);
    assert.deepEqual(said, [...texts]);
  }
}

/** What a conversation says of itself is what its timeline says. */
export function assertWhole({ conversation, entries }: Thread): void {
  const positions = entries.map(({ position }) => position);
  assert.deepEqual(
    positions,
    positions.map((_, index) => index + 1),
    "positions are gapless from 1",
  );
  assert.equal(conversation.lastPosition, entries.length);
  const last = entries.findLast(({ kind }) => kind !== "event");
  const said = last?.kind === "message" || last?.kind === "note" ? last.text : "";
  assert.equal(conversation.preview?.text, said.slice(0, 140));
  const preview = last?.kind === "message" ? last.state : null;
  assert.equal(conversation.preview?.state, preview);
  const { state, assignee, waitingSince } = conversation;
  assert.deepEqual({ state, assignee, waitingSince }, standingAfter(entries));
}

type Standing = Pick<Conversation, "state" | "assignee" | "waitingSince">;

function standingAfter(entries: readonly TimelineEntry[]): Standing {
  const beginning: Standing = { state: "open", assignee: null, waitingSince: null };
  return entries.reduce((standing, entry) => {
    if (entry.kind === "event") return afterEvent(standing, entry);
    return entry.kind === "message" ? afterMessage(standing, entry) : standing;
  }, beginning);
}

function afterEvent(standing: Standing, { event, assignee }: Occurrence): Standing {
  switch (event) {
    case "closed":
      return { ...standing, state: "closed", waitingSince: null };
    case "reopened":
      return { ...standing, state: "open" };
    case "assigned":
    case "unassigned":
      return { ...standing, assignee };
    case "no_answer_needed":
    case "opted_out":
      return { ...standing, waitingSince: null };
    default:
      return standing;
  }
}

/** A guest waits from the first text that nobody answered; a failed answer is none. */
function afterMessage(standing: Standing, message: Message): Standing {
  assert.equal(standing.state, "open", "what is said is never out of sight");
  const { waitingSince } = standing;
  if (message.direction === "inbound") {
    return { ...standing, waitingSince: waitingSince ?? message.recordedAt };
  }
  assert.ok(standing.assignee, "whoever answers has the conversation, if nobody else");
  return message.state === "failed" ? standing : { ...standing, waitingSince: null };
}

/** The numbers beside the views are those of the conversations. */
export async function assertCounts(
  client: Client,
  propertyId: PropertyId,
  threads: readonly Thread[],
): Promise<void> {
  const counts = await client.countConversations({ propertyId });
  const rows = threads.map(({ conversation }) => conversation);
  const open = rows.filter(({ state }) => state === "open");
  assert.deepEqual(counts.all, count(open));
  assert.deepEqual(counts.unassigned, count(open.filter(({ assignee }) => assignee === null)));
  assert.equal(counts.closed.total, rows.length - open.length);
}

function count(rows: readonly Conversation[]) {
  const waiting = rows.flatMap(({ waitingSince }) => waitingSince ?? []);
  return {
    total: rows.length,
    waiting: waiting.length,
    longestWaitingSince: waiting.toSorted()[0] ?? null,
    unread: rows.filter(({ isUnread }) => isUnread).length,
  };
}

/**
 * No answer is lost, doubled, or said to be sent when it was not; and of none is it uncertain
 * whether it was sent, but of those whose sending was in flight at a death.
 */
export function assertReplies(
  threads: readonly Thread[],
  replies: readonly Reply[],
  { carrier, posts }: WatchedCarrier,
  sendsCutShort: ReadonlySet<string>,
): void {
  const kept = new Map(
    threads.flatMap(({ entries }) =>
      messagesOf(entries, "outbound").map((message) => [message.id, message] as const),
    ),
  );
  const accepted = carrier.sent.map(({ reference }) => reference);
  assert.equal(new Set(accepted).size, accepted.length, "the carrier took nothing twice");
  for (const reply of replies) {
    const message = kept.get(reply.messageId);
    if (!message) {
      assert.equal(reply.isAcknowledged, false, "an acknowledged answer is there");
      assert.equal(posts.get(reply.messageId), undefined, "what is not there was never sent");
      continue;
    }
    assert.equal(message.text, reply.text);
    assert.ok((posts.get(reply.messageId) ?? 0) <= 1, "an answer is posted once at most");
    assert.ok(["uncertain", "delivered"].includes(message.state), `it is ${message.state}`);
    const isTaken = accepted.includes(reply.messageId);
    assert.equal(isTaken, message.state === "delivered", "what the carrier took is delivered");
    if (message.state === "uncertain") {
      assert.ok(sendsCutShort.has(message.id), "somebody saw the end of what was not in flight");
    }
  }
}

/** Answers left in the order in which they were written. */
export function assertOrderOfReplies(threads: readonly Thread[], carrier: WatchedCarrier): void {
  for (const { address, entries } of threads) {
    const sent = carrier.carrier.sent.filter(({ to }) => to === address);
    const references = sent.map(({ reference }) => reference);
    const written = messagesOf(entries, "outbound").map(({ id }) => String(id));
    assert.deepEqual(
      references,
      written.filter((id) => references.includes(id)),
    );
  }
}

/** The index has read all that was said: every text of every guest is found. */
export async function assertSearchable(
  client: Client,
  propertyId: PropertyId,
  written: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  for (const text of [...written.values()].flat()) {
    const query = /marlin\d+/.exec(text)?.[0] ?? "";
    const { hits } = await client.search({ propertyId, query });
    assert.ok(
      hits.some(({ excerpt }) => excerpt.includes(query)),
      `the index knows ${query}`,
    );
  }
}

function messagesOf(entries: readonly TimelineEntry[], direction: Message["direction"]) {
  return entries
    .filter((entry) => entry.kind === "message")
    .filter((message) => message.direction === direction);
}
