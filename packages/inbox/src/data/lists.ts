import type { PropertyId, StreamEvent } from "@foyer/contract";
import { queryOptions } from "@tanstack/react-query";
import { type Answer, call } from "./api.ts";
import { appendPage, applyToList } from "./apply-event.ts";
import { feed, readWithFeed } from "./feed.ts";
import { keys } from "./keys.ts";
import { isInView, type ListKey, type ListWindow } from "./model.ts";
import { queryClient } from "./query-client.ts";

const pageItems = 100;

type Page = Answer<"listConversations">;
type Changed = Extract<StreamEvent, { type: "conversation.changed" }>;

/**
 * One view of the inbox. When it is read anew, it is read as far as it had been loaded, so that
 * nobody loses their place.
 */
export function listOptions(propertyId: PropertyId, key: ListKey) {
  return queryOptions({
    queryKey: keys.list(propertyId, key),
    queryFn: async ({ signal }) => {
      const had = queryClient.getQueryData<ListWindow>(keys.list(propertyId, key));
      const wanted = had?.items.length ?? 0;
      let window = await readPage(propertyId, key, undefined, signal);
      while (window.next !== null && window.items.length < wanted) {
        window = appendPage(window, await readPage(propertyId, key, window.next, signal));
      }
      return window;
    },
  });
}

/** Loads the page after what is loaded. Two calls at a time load it once. */
export async function loadMore(propertyId: PropertyId, key: ListKey): Promise<void> {
  const name = JSON.stringify(keys.list(propertyId, key));
  const window = queryClient.getQueryData<ListWindow>(keys.list(propertyId, key));
  if (!window || window.next === null || loading.has(name)) return;
  loading.add(name);
  try {
    const page = await readPage(propertyId, key, window.next);
    queryClient.setQueryData<ListWindow>(keys.list(propertyId, key), (now) =>
      now && now.next === window.next ? appendPage(now, page) : now,
    );
  } finally {
    loading.delete(name);
  }
}

const loading = new Set<string>();

function readPage(
  propertyId: PropertyId,
  key: ListKey,
  after?: string,
  signal?: AbortSignal,
): Promise<ListWindow> {
  const { view, teamId, agentId } = key;
  const input = {
    propertyId,
    view,
    limit: pageItems,
    ...(teamId ? { teamId } : {}),
    ...(agentId ? { agentId } : {}),
    ...(after ? { after } : {}),
  };
  return readWithFeed(() => call("listConversations", input, signal), windowOf, replayOn(key));
}

function windowOf(page: Page): ListWindow {
  const last = page.items.at(-1);
  const end = page.next !== null && last ? { rank: last.rank, id: last.id } : null;
  return { items: page.items, next: page.next, end };
}

function replayOn(key: ListKey) {
  return (window: ListWindow, { conversation }: Changed): ListWindow => {
    const me = feed.get()?.me;
    return me ? applyToList(window, conversation, isInView(conversation, key, me)) : window;
  };
}
