import type { ConversationId, PropertyId } from "@foyer/contract";
import type { ListKey } from "./model.ts";

/** Names of everything that is read, from the general to the special. */
export const keys = {
  session: ["session"] as const,
  sessions: ["sessions"] as const,
  installation: ["installation"] as const,
  people: (property: PropertyId) => ["people", property] as const,
  channels: (property: PropertyId) => ["channels", property] as const,
  deliveries: (property: PropertyId, state: string) => ["deliveries", property, state] as const,
  /** What the change feed of a property keeps true lies under here. */
  feed: (property: PropertyId) => ["feed", property] as const,
  counts: (property: PropertyId) => ["feed", property, "counts"] as const,
  lists: (property: PropertyId) => ["feed", property, "list"] as const,
  list: (property: PropertyId, key: ListKey) =>
    ["feed", property, "list", key.view, key.teamId] as const,
  details: (property: PropertyId) => ["feed", property, "detail"] as const,
  detail: (property: PropertyId, conversation: ConversationId) =>
    ["feed", property, "detail", conversation] as const,
  threads: (property: PropertyId) => ["feed", property, "thread"] as const,
  thread: (property: PropertyId, conversation: ConversationId) =>
    ["feed", property, "thread", conversation] as const,
};
