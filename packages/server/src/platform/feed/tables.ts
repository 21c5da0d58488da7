import type {
  AgentId,
  ContactId,
  ConversationId,
  EntryId,
  PropertyId,
  TenantId,
} from "@foyer/contract";
import { id, instant, integer, nullable, type RowOf, table, word } from "../store/index.ts";

/** What happened, as consumers tell it apart. Past tense; never renamed. */
export type ChangeKind =
  | "conversation.changed"
  | "entry.added"
  | "entry.changed"
  | "contact.changed"
  | "settings.changed";

/** One row is one event: what changed, not what it became. Holds ids and codes, no content. */
export const change = table(
  "change_event",
  {
    tenant_id: id<TenantId>(),
    property_id: id<PropertyId>(),
    sequence: integer(),
    kind: word<ChangeKind>(),
    conversation_id: nullable(id<ConversationId>()),
    entry_id: nullable(id<EntryId>()),
    contact_id: nullable(id<ContactId>()),
    agent_id: nullable(id<AgentId>()),
    at: instant(),
    /** The version of the event's own form. */
    format: integer(),
  },
  { primaryKey: ["tenant_id", "property_id", "sequence"] },
);

/** The last sequence given out, per property: one row per tenant would make hotels wait in line. */
export const changeSequence = table(
  "change_sequence",
  {
    tenant_id: id<TenantId>(),
    property_id: id<PropertyId>(),
    last: integer(),
    /** Everything up to here was dropped by the retention. */
    dropped: integer(),
  },
  { primaryKey: ["tenant_id", "property_id"] },
);

/** How far each consumer has read. */
export const changeCursor = table(
  "change_cursor",
  {
    tenant_id: id<TenantId>(),
    property_id: id<PropertyId>(),
    consumer: word<string>(),
    sequence: integer(),
  },
  { primaryKey: ["tenant_id", "property_id", "consumer"] },
);

export interface FeedTables {
  change_event: RowOf<typeof change>;
  change_sequence: RowOf<typeof changeSequence>;
  change_cursor: RowOf<typeof changeCursor>;
}

export type ChangeRow = RowOf<typeof change>;

export const feedTables = [change, changeSequence, changeCursor];
export const feedMigration = { name: "feed-0001", tables: feedTables };
