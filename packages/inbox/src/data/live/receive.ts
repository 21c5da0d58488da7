import type { StreamEvent } from "@foyer/contract";
import { createStore } from "../../store/store.ts";
import { feed, patchCache, readEverythingAnew } from "../feed.ts";
import { presence } from "../presence.ts";
import { noticeSessionEnd } from "../query-client.ts";
import { readSettingsAnew } from "../setting-lists.ts";

/** The property that this person may no longer see, if that is why the feed ended. */
export const propertyGone = createStore(false);

type Changed = Extract<StreamEvent, { type: "conversation.changed" }>;
const listeners = new Set<(event: Changed) => void>();

/** Tells of each change after it was applied: for the announcer, not for state. */
export function onChange(listener: (event: Changed) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Does what one event of the stream asks for. */
export function receive(event: StreamEvent): void {
  if (event.type === "conversation.changed") {
    patchCache(event);
    for (const listener of listeners) listener(event);
  } else if (event.type === "settings.changed") {
    readSettingsAnew();
  } else if (event.type === "read_anew") {
    readEverythingAnew();
    readSettingsAnew();
  } else if (event.type === "presence") {
    presence.update((known) => new Map(known).set(event.conversationId, event));
  } else if (event.type === "ended") {
    if (event.reason === "session") noticeSessionEnd();
    else if (feed.get()) propertyGone.set(true);
  }
}
