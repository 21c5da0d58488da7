import type { ChannelId, ConversationId, PropertyId } from "@foyer/contract";
import type { ListKey } from "./model.ts";

/** Names of everything that is read, from the general to the special. */
export const keys = {
  session: ["session"] as const,
  sessions: ["sessions"] as const,
  installation: ["installation"] as const,
  /** How a property is set up: what the feed's `settings.changed` has read anew. */
  settings: (property: PropertyId) => ["settings", property] as const,
  people: (property: PropertyId) => ["settings", property, "people"] as const,
  channels: (property: PropertyId) => ["settings", property, "channels"] as const,
  channel: (property: PropertyId, channel: ChannelId) =>
    ["settings", property, "channel", channel] as const,
  labels: (property: PropertyId) => ["settings", property, "labels"] as const,
  fields: (property: PropertyId) => ["settings", property, "fields"] as const,
  templates: (property: PropertyId) => ["settings", property, "templates"] as const,
  agents: (property: PropertyId) => ["settings", property, "agents"] as const,
  now: (property: PropertyId) => ["now", property] as const,
  foundGuests: (property: PropertyId, query: string) => ["found-guests", property, query] as const,
  recentContacts: (property: PropertyId) => ["recent-contacts", property] as const,
  deliveries: (property: PropertyId, state: string) => ["deliveries", property, state] as const,
  /** What the change feed of a property keeps true lies under here. */
  feed: (property: PropertyId) => ["feed", property] as const,
  counts: (property: PropertyId) => ["feed", property, "counts"] as const,
  lists: (property: PropertyId) => ["feed", property, "list"] as const,
  list: (property: PropertyId, key: ListKey) =>
    ["feed", property, "list", key.view, key.teamId, key.agentId] as const,
  details: (property: PropertyId) => ["feed", property, "detail"] as const,
  detail: (property: PropertyId, conversation: ConversationId) =>
    ["feed", property, "detail", conversation] as const,
  threads: (property: PropertyId) => ["feed", property, "thread"] as const,
  thread: (property: PropertyId, conversation: ConversationId) =>
    ["feed", property, "thread", conversation] as const,
};
