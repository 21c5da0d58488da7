import type { ConversationId, PropertyId, StreamEvent } from "@foyer/contract";
import { queryOptions } from "@tanstack/react-query";
import { type Answer, call } from "./api.ts";
import { applyEntries, joinThreads } from "./apply-event.ts";
import { readWithFeed } from "./feed.ts";
import { keys } from "./keys.ts";
import type { Detail, ThreadWindow } from "./model.ts";
import { queryClient } from "./query-client.ts";

const pageItems = 50;
/** Entries of one thread that are drawn at most; beyond, the far end is let go. */
const entriesKeptMax = 600;

type Changed = Extract<StreamEvent, { type: "conversation.changed" }>;
type Where = { before?: number; around?: number };

/** The newest page of a timeline; older pages join it as somebody scrolls up. */
export function threadOptions(propertyId: PropertyId, conversationId: ConversationId) {
  return queryOptions({
    queryKey: keys.thread(propertyId, conversationId),
    queryFn: ({ signal }) => readThread(conversationId, {}, signal),
  });
}

/** A conversation with its contact. */
export function detailOptions(propertyId: PropertyId, conversationId: ConversationId) {
  return queryOptions({
    queryKey: keys.detail(propertyId, conversationId),
    queryFn: ({ signal }) =>
      readWithFeed(
        () => call("getConversation", { conversationId }, signal),
        ({ conversation, contact }): Detail => ({ conversation, contact }),
        (detail, event) => replayDetail(detail, event),
      ),
  });
}

function replayDetail(detail: Detail, event: Changed): Detail {
  if (event.conversation.id !== detail.conversation.id) return detail;
  const isNewer = event.conversation.version >= detail.conversation.version;
  return {
    conversation: isNewer ? event.conversation : detail.conversation,
    contact: event.contact ?? detail.contact,
  };
}

function readThread(
  conversationId: ConversationId,
  where: Where,
  signal?: AbortSignal,
): Promise<ThreadWindow> {
  return readWithFeed(
    () => call("getTimeline", { conversationId, limit: pageItems, ...where }, signal),
    windowOf,
    (window, event) =>
      event.conversation.id === conversationId ? applyEntries(window, event.entries) : window,
  );
}

function windowOf(page: Answer<"getTimeline">): ThreadWindow {
  return { entries: page.items, hasOlder: page.hasOlder, hasNewer: page.hasNewer };
}

/** Loads the page before what is loaded. */
export async function loadOlder(propertyId: PropertyId, id: ConversationId): Promise<void> {
  const first = threadNow(propertyId, id)?.entries[0];
  if (first) await join(propertyId, id, { before: first.position });
}

/** Loads what follows: after a jump to a search hit the newest entries may not be loaded. */
export async function loadNewer(propertyId: PropertyId, id: ConversationId): Promise<void> {
  const last = threadNow(propertyId, id)?.entries.at(-1);
  if (last) await join(propertyId, id, { around: last.position });
}

/** Shows the part of a timeline around a position, unless it is loaded already. */
export async function showAround(
  propertyId: PropertyId,
  id: ConversationId,
  position: number,
): Promise<void> {
  const key = keys.thread(propertyId, id);
  const known = await queryClient.ensureQueryData(threadOptions(propertyId, id));
  if (known.entries.some((entry) => entry.position === position)) return;
  const around = await readThread(id, { around: position });
  queryClient.setQueryData<ThreadWindow>(key, (now) =>
    now && touches(now, around) ? joinThreads(now, around) : around,
  );
}

/** Goes back to the newest page. */
export async function showLatest(propertyId: PropertyId, id: ConversationId): Promise<void> {
  const latest = await readThread(id, {});
  queryClient.setQueryData<ThreadWindow>(keys.thread(propertyId, id), (now) =>
    now && touches(now, latest) ? joinThreads(now, latest) : latest,
  );
}

function threadNow(propertyId: PropertyId, id: ConversationId): ThreadWindow | undefined {
  return queryClient.getQueryData<ThreadWindow>(keys.thread(propertyId, id));
}

async function join(propertyId: PropertyId, id: ConversationId, where: Where): Promise<void> {
  const page = await readThread(id, where);
  queryClient.setQueryData<ThreadWindow>(keys.thread(propertyId, id), (now) =>
    now && touches(now, page) ? trim(joinThreads(now, page), where) : now,
  );
}

/** Lets go of what is farthest from where somebody reads. */
function trim(window: ThreadWindow, where: Where): ThreadWindow {
  if (window.entries.length <= entriesKeptMax) return window;
  return where.before === undefined
    ? { ...window, entries: window.entries.slice(-entriesKeptMax), hasOlder: true }
    : { ...window, entries: window.entries.slice(0, entriesKeptMax), hasNewer: true };
}

function touches(one: ThreadWindow, other: ThreadWindow): boolean {
  const [low, high] = [one.entries[0]?.position, one.entries.at(-1)?.position];
  const [from, to] = [other.entries[0]?.position, other.entries.at(-1)?.position];
  if (low === undefined || high === undefined || from === undefined || to === undefined) {
    return false;
  }
  return from <= high + 1 && to >= low - 1;
}
