import assert from "node:assert/strict";
import type { Conversation, TimelineEntry } from "@foyer/contract";
import type { Followed } from "../world/following.ts";

/** What a screen knows: it takes what is newer than what it has, and keeps count of the rest. */
export class Screen {
  readonly conversations = new Map<string, Conversation>();
  readonly entries = new Map<string, TimelineEntry>();
  cursor: string;

  constructor(cursor: string) {
    this.cursor = cursor;
  }

  take({ event, id }: Followed): void {
    if (event.type === "conversation.changed") {
      this.#keep(this.conversations, event.conversation);
      for (const entry of event.entries) this.#keep(this.entries, entry);
    }
    // The browser resumes from the event's id, a screen from the cursor that it was told.
    this.cursor = id ?? ("cursor" in event ? event.cursor : this.cursor);
  }

  #keep<Thing extends { id: string; version: number }>(all: Map<string, Thing>, thing: Thing) {
    if (thing.version >= (all.get(thing.id)?.version ?? 0)) all.set(thing.id, thing);
  }
}

/** What the server says when it is asked. */
export type Truth = { readonly conversations: Conversation[]; readonly entries: TimelineEntry[] };

/** The part of what is true that is about some conversations. */
export function only(
  { conversations, entries }: Truth,
  ids: readonly (string | undefined)[],
): Truth {
  return {
    conversations: conversations.filter(({ id }) => ids.includes(id)),
    entries: entries.filter(({ conversationId }) => ids.includes(conversationId)),
  };
}

/** What a screen knows is what is true: every entry once, in its newest version. */
export function assertKnows(screen: Screen, truth: Truth, when: string): void {
  for (const conversation of truth.conversations) {
    assert.deepEqual(screen.conversations.get(conversation.id), conversation, when);
  }
  const known = [...screen.entries.values()].map(({ id, version }) => `${id} ${version}`);
  const expected = truth.entries.map(({ id, version }) => `${id} ${version}`);
  assert.deepEqual(known.toSorted(), expected.toSorted(), when);
}

/** After the end of a page nothing of it comes again. */
export function assertNew(before: readonly Followed[], resumed: readonly Followed[]): void {
  const seen = new Set(before.flatMap(versionsIn));
  const again = resumed.flatMap(versionsIn).filter((version) => seen.has(version));
  assert.deepEqual(again, []);
}

function versionsIn({ event }: Followed): string[] {
  if (event.type !== "conversation.changed") return [];
  return event.entries.map(({ id, version }) => `${id} ${version}`);
}
