import type {
  AddressId,
  AgentId,
  ChannelId,
  ContactId,
  ConversationId,
  EntryId,
  FailureCode,
  LabelId,
  MessageState,
  Occurrence,
  PropertyId,
  TeamId,
  TenantId,
} from "@foyer/contract";
import {
  digest,
  id,
  instant,
  integer,
  nullable,
  type RowOf,
  sealed,
  table,
  word,
} from "../../platform/store/index.ts";

export type EntryKind = "inbound" | "outbound" | "note" | "event";
export type EventKind = Occurrence["event"];

export const conversation = table(
  "conversation",
  {
    tenant_id: id<TenantId>(),
    id: id<ConversationId>(),
    property_id: id<PropertyId>(),
    contact_id: id<ContactId>(),
    /** Where an answer goes: the channel and the address that the guest used last. */
    channel_id: id<ChannelId>(),
    address_id: id<AddressId>(),
    state: word<"open" | "closed">(),
    assigned_agent_id: nullable(id<AgentId>()),
    assigned_team_id: nullable(id<TeamId>()),
    last_position: integer(),
    last_inbound_position: integer(),
    /** The newest message or note: what the list shows. */
    preview_entry_id: nullable(id<EntryId>()),
    last_at: instant(),
    waiting_since: nullable(instant()),
    /** Sorts the list, ascending; see `rankOf`. */
    list_rank: integer(),
    created_at: instant(),
    version: integer(),
  },
  {
    primaryKey: ["tenant_id", "id"],
    unique: [["tenant_id", "contact_id", "property_id"]],
    indexes: [
      ["tenant_id", "property_id", "state", "list_rank", "id"],
      ["tenant_id", "property_id", "state", "assigned_agent_id", "list_rank", "id"],
      ["tenant_id", "property_id", "state", "assigned_team_id", "list_rank", "id"],
    ],
    references: [
      { columns: ["tenant_id", "property_id"], table: "property", to: ["tenant_id", "id"] },
      { columns: ["tenant_id", "contact_id"], table: "contact", to: ["tenant_id", "id"] },
      { columns: ["tenant_id", "channel_id"], table: "channel", to: ["tenant_id", "id"] },
      { columns: ["tenant_id", "address_id"], table: "contact_address", to: ["tenant_id", "id"] },
    ],
  },
);

/** Everything that stands in a thread, in one order. */
export const timelineEntry = table(
  "timeline_entry",
  {
    tenant_id: id<TenantId>(),
    id: id<EntryId>(),
    conversation_id: id<ConversationId>(),
    position: integer(),
    kind: word<EntryKind>(),
    /** Sealed: the text. Null for events. */
    body: nullable(sealed()),
    /** Who said or did it; null for the guest and for the house. */
    agent_id: nullable(id<AgentId>()),
    /** Messages only. */
    channel_id: nullable(id<ChannelId>()),
    /** Of what we send: to whom, whatever address the guest uses next. */
    address_id: nullable(id<AddressId>()),
    state: nullable(word<MessageState>()),
    failure: nullable(word<FailureCode>()),
    /** Of what we sent: a report names it. What came in is known by its delivery. */
    provider_index: nullable(digest()),
    /** How many attachments it brings. */
    attachments: integer(),
    /** Sealed: the emoji that the guest's phone put on it. */
    reaction: nullable(sealed()),
    /** The message that said this again after it failed. */
    retried_by_id: nullable(id<EntryId>()),
    /** Events only. */
    event: nullable(word<EventKind>()),
    assignee_agent_id: nullable(id<AgentId>()),
    assignee_team_id: nullable(id<TeamId>()),
    label_id: nullable(id<LabelId>()),
    occurred_at: instant(),
    recorded_at: instant(),
    version: integer(),
  },
  {
    primaryKey: ["tenant_id", "id"],
    unique: [["tenant_id", "conversation_id", "position"]],
    indexes: [["tenant_id", "provider_index"]],
    references: [
      { columns: ["tenant_id", "conversation_id"], table: "conversation", to: ["tenant_id", "id"] },
    ],
  },
);

/** Whom a note calls, in the order in which it names them. */
export const mention = table(
  "mention",
  {
    tenant_id: id<TenantId>(),
    entry_id: id<EntryId>(),
    /** Its place in the note, from 0. */
    place: integer(),
    /** An agent or a team, never both. */
    agent_id: nullable(id<AgentId>()),
    team_id: nullable(id<TeamId>()),
  },
  {
    primaryKey: ["tenant_id", "entry_id", "place"],
    references: [
      { columns: ["tenant_id", "entry_id"], table: "timeline_entry", to: ["tenant_id", "id"] },
    ],
  },
);

/** How far each agent has seen each conversation, and up to where its notes call them. */
export const readMarker = table(
  "read_marker",
  {
    tenant_id: id<TenantId>(),
    agent_id: id<AgentId>(),
    conversation_id: id<ConversationId>(),
    position: integer(),
    /** The last note that calls them, or a team that they were in; 0: none. */
    mentioned_position: integer(),
  },
  {
    primaryKey: ["tenant_id", "agent_id", "conversation_id"],
    references: [
      { columns: ["tenant_id", "conversation_id"], table: "conversation", to: ["tenant_id", "id"] },
    ],
  },
);

/** How long a guest waited for the first answer to what they asked. One row per wait. */
export const firstAnswer = table(
  "first_answer",
  {
    tenant_id: id<TenantId>(),
    conversation_id: id<ConversationId>(),
    /** The guest's last message before the answer: what is answered twice was answered once. */
    question_position: integer(),
    property_id: id<PropertyId>(),
    entry_id: id<EntryId>(),
    agent_id: id<AgentId>(),
    waiting_since: instant(),
    answered_at: instant(),
  },
  {
    primaryKey: ["tenant_id", "conversation_id", "question_position"],
    indexes: [
      ["tenant_id", "property_id", "answered_at"],
      ["tenant_id", "entry_id"],
    ],
    references: [
      { columns: ["tenant_id", "conversation_id"], table: "conversation", to: ["tenant_id", "id"] },
    ],
  },
);

export interface ConversationTables {
  conversation: RowOf<typeof conversation>;
  timeline_entry: RowOf<typeof timelineEntry>;
  mention: RowOf<typeof mention>;
  read_marker: RowOf<typeof readMarker>;
  first_answer: RowOf<typeof firstAnswer>;
}
export type ConversationRow = RowOf<typeof conversation>;
export type EntryRow = RowOf<typeof timelineEntry>;
export type MentionRow = RowOf<typeof mention>;
export type FirstAnswerRow = RowOf<typeof firstAnswer>;

export const conversationTables = [conversation, timelineEntry, mention, readMarker, firstAnswer];
export const conversationMigration = { name: "conversations-0001", tables: conversationTables };
