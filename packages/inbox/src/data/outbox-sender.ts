import type { AgentId, ConversationId, EntryId } from "@foyer/contract";
import { notifyManager } from "@tanstack/react-query";
import { createStore } from "../store/store.ts";
import { call, isTemporary, refusalCodeOf } from "./api.ts";
import { applyEntries } from "./apply-event.ts";
import { feed, patchCache } from "./feed.ts";
import { keys } from "./keys.ts";
import { connection } from "./live/connection.ts";
import type { ThreadWindow } from "./model.ts";
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
import { noticeSessionEnd, queryClient, sessionEnded } from "./query-client.ts";
import { readStored, writeStored } from "./storage.ts";
import { mintUuidV7 } from "./uuid-v7.ts";

/** What this agent said and the server has not confirmed. It survives a reload. */
export const outbox = createStore<Outbox>([]);

let storedUnder: string | undefined;
let failures = 0;
let retry: ReturnType<typeof setTimeout> | undefined;
const busy = new Set<ConversationId>();

function change(step: (outbox: Outbox) => Outbox): void {
  if (!storedUnder) return;
  outbox.set(step(readOutbox(readStored(storedUnder) ?? outbox.get())));
  writeStored(storedUnder, outbox.get());
}

/** Loads an agent's outbox and begins to send what is in it. Returns how to stop. */
export function startOutbox(agentId: AgentId): () => void {
  const key = `foyer.outbox.${agentId}`;
  storedUnder = key;
  outbox.set(readOutbox(readStored(key)));
  const others = (event: StorageEvent) => {
    if (event.key === key) outbox.set(readOutbox(readStored(key)));
  };
  addEventListener("storage", others);
  addEventListener("online", hurryOutbox);
  const unwatch = connection.subscribe(() => {
    if (connection.get().isConnected) hurryOutbox();
  });
  sendDue();
  return () => {
    clearTimeout(retry);
    removeEventListener("storage", others);
    removeEventListener("online", hurryOutbox);
    unwatch();
  };
}

/** What somebody says: what is left out is none. */
export type Saying = Pick<OutboxItem, "conversationId" | "kind" | "text"> &
  Partial<Pick<OutboxItem, "attachments" | "mentions" | "retryOf" | "thenCloses">>;

const saysNothingMore = { attachments: [], mentions: [], retryOf: null, thenCloses: false };

/** Puts an answer or a note into the outbox and sends it. */
export function say(saying: Saying): void {
  const id = mintUuidV7() as EntryId;
  const item = { ...saysNothingMore, ...saying, id, createdAtMs: Date.now(), refusal: null };
  change((now) => withItem(now, item));
  sendDue();
}

export function tryAgain(id: EntryId): void {
  change((now) => withRetry(now, id));
  hurryOutbox();
}

export function discard(id: EntryId): void {
  change((now) => withoutItem(now, id));
}

/** Empties the outbox of whoever signs out. */
export function forgetOutbox(): void {
  clearTimeout(retry);
  if (storedUnder) writeStored(storedUnder, undefined);
  storedUnder = undefined;
  outbox.set([]);
}

/** The line is back: what waits goes now rather than at the next attempt. */
function hurryOutbox(): void {
  failures = 0;
  sendDue();
}

function sendDue(): void {
  clearTimeout(retry);
  if (sessionEnded.get()) return;
  for (const item of nextToSend(outbox.get(), busy)) void sendInTurn(item);
}

/** One tab at a time sends for a conversation, so that two tabs keep the order too. */
async function sendInTurn(item: OutboxItem): Promise<void> {
  busy.add(item.conversationId);
  try {
    const lock = `foyer.outbox.${item.conversationId}`;
    const sent = navigator.locks
      ? await navigator.locks.request(lock, () => sendUnlessGone(item))
      : await sendUnlessGone(item);
    busy.delete(item.conversationId);
    if (sent) sendDue();
  } catch {
    busy.delete(item.conversationId);
    retry = setTimeout(sendDue, backoffMs(failures, Math.random()));
    failures += 1;
  }
}

async function sendUnlessGone(item: OutboxItem): Promise<boolean> {
  const isThere = outbox.get().some(({ id, refusal }) => id === item.id && refusal === null);
  if (isThere) await send(item);
  return true;
}

async function send(item: OutboxItem): Promise<void> {
  const { id } = item;
  try {
    if (item.kind === "message") await sendMessage(item);
    else await sendNote(item);
    failures = 0;
    await confirmed(id);
  } catch (error) {
    const code = refusalCodeOf(error);
    if (code === "session.required") noticeSessionEnd();
    if (code === undefined || isTemporary(error) || code === "session.required") throw error;
    change((now) => withRefusal(now, id, code));
  }
}

async function sendMessage(item: OutboxItem): Promise<void> {
  const { conversationId, id: messageId, text, attachments, retryOf, thenCloses } = item;
  // What a message says again, the server takes from that one.
  const attachmentIds = retryOf ? [] : attachments.map((one) => one.id);
  const again = retryOf ? { retryOf } : {};
  const answer = await call("reply", { conversationId, messageId, text, attachmentIds, ...again });
  confirm(answer.conversation, answer.message);
  if (thenCloses) await closeAfter(conversationId);
}

/** A conversation that may not be closed stays open, in sight: what was said is said. */
async function closeAfter(conversationId: ConversationId): Promise<void> {
  try {
    patchConversation((await call("close", { conversationId })).conversation);
  } catch (error) {
    if (isTemporary(error)) throw error;
  }
}

async function sendNote({ conversationId, id, text, mentions }: OutboxItem): Promise<void> {
  const input = { conversationId, noteId: id, text, mentions: [...mentions] };
  const answer = await call("addNote", input);
  confirm(answer.conversation, answer.note);
}

/** Takes an item out in the cache's own turn: its bubble goes when its successor is shown. */
function confirmed(id: EntryId): Promise<void> {
  return new Promise((resolve) => {
    notifyManager.schedule(() => {
      change((now) => withoutItem(now, id));
      resolve();
    });
  });
}

/** The server's own entry takes the place of the pending one, under the same id. */
function confirm(
  conversation: Parameters<typeof patchCache>[0]["conversation"],
  entry: ThreadWindow["entries"][number],
): void {
  const follows = feed.get();
  if (!follows) return;
  queryClient.setQueryData<ThreadWindow>(
    keys.thread(follows.propertyId, conversation.id),
    (now) => now && applyEntries(now, [entry]),
  );
  patchConversation(conversation);
}

/** Takes a conversation from an answer, as if the feed had told of it. */
export function patchConversation(
  conversation: Parameters<typeof patchCache>[0]["conversation"],
): void {
  const cursor = feed.get()?.cursor ?? "";
  patchCache({ type: "conversation.changed", cursor, conversation, contact: null, entries: [] });
}
