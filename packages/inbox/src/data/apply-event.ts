import type { AgentId, Conversation, ConversationId, StreamEvent } from "@foyer/contract";
import {
  compareByRank,
  type Detail,
  isInView,
  type ListKey,
  type ListWindow,
  type ThreadWindow,
} from "./model.ts";

export interface KeyedList {
  readonly key: ListKey;
  readonly window: ListWindow;
}

/** Everything of one property that a browser tab has read so far. */
export interface Cached {
  readonly lists: readonly KeyedList[];
  readonly threads: ReadonlyMap<ConversationId, ThreadWindow>;
  readonly details: ReadonlyMap<ConversationId, Detail>;
  /** The newest version seen of each conversation, also of those that stand in no list now. */
  readonly versions: ReadonlyMap<ConversationId, number>;
}

export interface Applied extends Cached {
  /** Threads that miss something the event did not bring: read them anew. */
  readonly staleThreads: readonly ConversationId[];
}

export interface Reader {
  readonly me: AgentId;
  /** Conversations whose entries travel with their events. */
  readonly covered: ReadonlySet<ConversationId>;
}

type Changed = Extract<StreamEvent, { type: "conversation.changed" }>;

/**
 * Patches what was read with one change of the feed. It is pure and idempotent: an older version
 * never overwrites a newer one, so events may come twice and late.
 */
export function applyEvent(cached: Cached, event: Changed, reader: Reader): Applied {
  const { conversation } = event;
  const isNews = newestVersion(cached, conversation.id) <= conversation.version;
  const lists = isNews
    ? cached.lists.map((list) => patchList(list, conversation, reader.me))
    : cached.lists;
  const versions = isNews
    ? replaced(cached.versions, conversation.id, conversation.version)
    : cached.versions;
  const detail = cached.details.get(conversation.id);
  const details = detail
    ? replaced(cached.details, conversation.id, patchDetail(detail, event))
    : cached.details;
  const thread = cached.threads.get(conversation.id);
  if (!thread) return { lists, details, versions, threads: cached.threads, staleThreads: [] };
  const patched = applyEntries(thread, event.entries);
  const isStale =
    !reader.covered.has(conversation.id) || isBehind(patched, conversation.lastPosition);
  const threads = replaced(cached.threads, conversation.id, patched);
  return { lists, details, versions, threads, staleThreads: isStale ? [conversation.id] : [] };
}

/** Zero for a conversation that was never seen. */
function newestVersion(cached: Cached, id: ConversationId): number {
  const inLists = cached.lists.map(
    ({ window }) => window.items.find((item) => item.id === id)?.version ?? 0,
  );
  const inDetail = cached.details.get(id)?.conversation.version ?? 0;
  return Math.max(cached.versions.get(id) ?? 0, inDetail, ...inLists);
}

function replaced<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key, value: Value) {
  return map.get(key) === value ? map : new Map(map).set(key, value);
}

function patchList(list: KeyedList, conversation: Conversation, me: AgentId): KeyedList {
  const window = applyToList(list.window, conversation, isInView(conversation, list.key, me));
  return window === list.window ? list : { key: list.key, window };
}

/**
 * Puts a conversation where it belongs in a window or takes it out; else the same window. Where
 * only the server knows whether it belongs there (null), what stands there stays.
 */
export function applyToList(
  window: ListWindow,
  conversation: Conversation,
  belongs: boolean | null,
): ListWindow {
  const index = window.items.findIndex((item) => item.id === conversation.id);
  const known = window.items[index];
  if (known && known.version > conversation.version) return window;
  const isMember = belongs ?? known !== undefined;
  const isLoaded = window.end === null || compareByRank(conversation, window.end) <= 0;
  if (!isMember || !isLoaded) {
    return known ? { ...window, items: window.items.toSpliced(index, 1) } : window;
  }
  if (known && compareByRank(known, conversation) === 0) {
    return { ...window, items: window.items.with(index, conversation) };
  }
  const others = known ? window.items.toSpliced(index, 1) : window.items;
  return { ...window, items: others.toSpliced(placeOf(others, conversation), 0, conversation) };
}

/** Where a conversation goes in a sorted run, by halving. */
function placeOf(items: readonly Conversation[], conversation: Conversation): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item && compareByRank(item, conversation) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function patchDetail(detail: Detail, event: Changed): Detail {
  const { conversation, contact } = event;
  return {
    conversation:
      detail.conversation.version > conversation.version ? detail.conversation : conversation,
    contact: contact && contact.version >= detail.contact.version ? contact : detail.contact,
  };
}

/**
 * Puts entries into a window by id and version. New ones are added only where the run of positions
 * stays without a gap; what lies beyond comes with a page.
 */
export function applyEntries(
  window: ThreadWindow,
  incoming: ThreadWindow["entries"],
): ThreadWindow {
  let entries = window.entries;
  for (const entry of [...incoming].sort((one, other) => one.position - other.position)) {
    const index = entries.findIndex((known) => known.id === entry.id);
    const known = entries[index];
    if (known) {
      if (known.version <= entry.version) entries = entries.with(index, entry);
    } else if (!window.hasNewer && isNext(entries, entry.position, window.hasOlder)) {
      entries = [...entries, entry];
    }
  }
  return entries === window.entries ? window : { ...window, entries };
}

function isNext(entries: ThreadWindow["entries"], position: number, hasOlder: boolean): boolean {
  const last = entries.at(-1);
  return last ? position === last.position + 1 : !hasOlder && position === 1;
}

function isBehind(window: ThreadWindow, lastPosition: number): boolean {
  return !window.hasNewer && (window.entries.at(-1)?.position ?? 0) < lastPosition;
}

/** Adds the next page to a window. Rows that are already there keep their newer version. */
export function appendPage(window: ListWindow, page: ListWindow): ListWindow {
  const known = new Map(window.items.map((item) => [item.id, item]));
  const added = page.items.filter((item) => !known.has(item.id));
  const items = [...window.items, ...added].sort(compareByRank);
  return { items, next: page.next, end: page.end };
}

/** Joins two runs of one timeline that touch or overlap; the newer version of an entry stands. */
export function joinThreads(one: ThreadWindow, other: ThreadWindow): ThreadWindow {
  const byId = new Map(one.entries.map((entry) => [entry.id, entry]));
  for (const entry of other.entries) {
    const known = byId.get(entry.id);
    if (!known || known.version <= entry.version) byId.set(entry.id, entry);
  }
  const entries = [...byId.values()].sort((a, b) => a.position - b.position);
  const isOlder = (other.entries[0]?.position ?? 0) < (one.entries[0]?.position ?? 0);
  const isNewer = (other.entries.at(-1)?.position ?? 0) > (one.entries.at(-1)?.position ?? 0);
  return {
    entries,
    hasOlder: isOlder ? other.hasOlder : one.hasOlder,
    hasNewer: isNewer ? other.hasNewer : one.hasNewer,
  };
}
