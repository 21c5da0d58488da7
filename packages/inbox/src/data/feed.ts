import type { AgentId, ConversationId, PropertyId, StreamEvent } from "@foyer/contract";
import { createStore } from "../store/store.ts";
import { applyEvent, type Cached, type KeyedList } from "./apply-event.ts";
import { createEventLog } from "./event-log.ts";
import { keys } from "./keys.ts";
import type { Detail, ListKey, ListWindow, ThreadWindow } from "./model.ts";
import { queryClient } from "./query-client.ts";

type Changed = Extract<StreamEvent, { type: "conversation.changed" }>;

const countsEveryMs = 400;

/** The feed of one property as this tab follows it. */
export interface Feed {
  readonly propertyId: PropertyId;
  readonly me: AgentId;
  /** The cursor up to which this tab knows everything; null before anything was read. */
  cursor: string | null;
  /** Resolves with the first cursor: the live line begins there. */
  readonly begun: Promise<void>;
  readonly begin: (cursor: string) => void;
  covered: ReadonlySet<ConversationId>;
  /** The newest version that this tab has seen of each conversation. */
  versions: ReadonlyMap<ConversationId, number>;
}

/** The property that this tab looks at. One at a time; another one begins from nothing. */
export const feed = createStore<Feed | null>(null);
const log = createEventLog();

/** Begins to keep a property's reads true; what was read of another one is forgotten. */
export function beginFeed(propertyId: PropertyId, me: AgentId): Feed {
  // Nobody kept true what was read of it before.
  queryClient.removeQueries({ queryKey: keys.feed(propertyId) });
  const first = Promise.withResolvers<void>();
  const begun: Feed = {
    propertyId,
    me,
    cursor: null,
    covered: new Set(),
    versions: new Map(),
    begun: first.promise,
    begin(cursor) {
      begun.cursor ??= cursor;
      first.resolve();
    },
  };
  feed.set(begun);
  return begun;
}

/**
 * Reads something that comes with a cursor, and makes sure that no event falls between: events
 * that arrived meanwhile are applied to the answer; an answer that may be older than the moment
 * from which this tab follows the feed is read once more.
 */
export async function readWithFeed<Value extends { cursor: string }, Shape>(
  read: () => Promise<Value>,
  shape: (answer: Value) => Shape,
  replay: (shape: Shape, event: Changed) => Shape,
): Promise<Shape> {
  for (;;) {
    const follows = feed.get();
    const wasFollowing = follows !== null && follows.cursor !== null;
    const mark = log.mark();
    const answer = await read();
    const missed = log.since(mark);
    follows?.begin(answer.cursor);
    const mayBeOlder = !wasFollowing && follows !== null && follows.cursor !== answer.cursor;
    if (missed === null || mayBeOlder) continue;
    return missed.reduce(replay, shape(answer));
  }
}

function snapshot({ propertyId, versions }: Feed): Cached {
  const lists = queryClient
    .getQueriesData<ListWindow>({ queryKey: keys.lists(propertyId) })
    .flatMap(([key, window]): KeyedList[] =>
      window ? [{ key: { view: key[3], teamId: key[4], agentId: key[5] } as ListKey, window }] : [],
    );
  const details = new Map<ConversationId, Detail>();
  for (const [key, detail] of queryClient.getQueriesData<Detail>({
    queryKey: keys.details(propertyId),
  })) {
    if (detail) details.set(key[3] as ConversationId, detail);
  }
  const threads = new Map<ConversationId, ThreadWindow>();
  for (const [key, thread] of queryClient.getQueriesData<ThreadWindow>({
    queryKey: keys.threads(propertyId),
  })) {
    if (thread) threads.set(key[3] as ConversationId, thread);
  }
  return { lists, details, threads, versions };
}

/** Patches everything that this tab has read with one event, and has stale threads read anew. */
export function patchCache(event: Changed): void {
  const follows = feed.get();
  if (!follows) return;
  log.add(event);
  const before = snapshot(follows);
  const after = applyEvent(before, event, follows);
  follows.versions = after.versions;
  const { propertyId } = follows;
  for (const [index, list] of after.lists.entries()) {
    if (list !== before.lists[index]) {
      queryClient.setQueryData(keys.list(propertyId, list.key), list.window);
    }
  }
  const { id } = event.conversation;
  if (after.details !== before.details) {
    queryClient.setQueryData(keys.detail(propertyId, id), after.details.get(id));
  }
  if (after.threads !== before.threads) {
    queryClient.setQueryData(keys.thread(propertyId, id), after.threads.get(id));
  }
  for (const stale of after.staleThreads) readThreadAnew(propertyId, stale);
  readCountsSoon(propertyId);
}

/** A closed thread is dropped, so that opening it reads it; an open one is read now. */
function readThreadAnew(propertyId: PropertyId, id: ConversationId): void {
  void queryClient.invalidateQueries({ queryKey: keys.thread(propertyId, id) });
}

let countsTimer: ReturnType<typeof setTimeout> | undefined;

/** Counts, and lists that only the server can tell, are read again at a bounded rate. */
export function readCountsSoon(propertyId: PropertyId): void {
  if (countsTimer !== undefined) return;
  countsTimer = setTimeout(() => {
    countsTimer = undefined;
    void queryClient.invalidateQueries({ queryKey: keys.counts(propertyId) });
    const answered = [...keys.lists(propertyId), "answered_today"];
    void queryClient.invalidateQueries({ queryKey: answered });
  }, countsEveryMs);
}

/** The feed no longer reaches back to where this tab stood: everything is read again. */
export function readEverythingAnew(): void {
  const follows = feed.get();
  if (follows) void queryClient.invalidateQueries({ queryKey: keys.feed(follows.propertyId) });
}
