import type {
  AgentId,
  AttachmentId,
  ChannelId,
  EntryId,
  Id,
  PropertyId,
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

/** Names the sealed bytes of an attachment in the blob store. */
export type ContentId = Id<"content">;

/** What a message brings, or will bring. Its bytes lie in the blob store, sealed. */
export const attachment = table(
  "attachment",
  {
    tenant_id: id<TenantId>(),
    id: id<AttachmentId>(),
    property_id: id<PropertyId>(),
    /** Null: handed in by an agent, and no message brings it yet. */
    entry_id: nullable(id<EntryId>()),
    /** Its place in the message, from 0. */
    position: integer(),
    state: word<"fetching" | "ready" | "lost">(),
    /** Who handed it in; null: a guest. */
    agent_id: nullable(id<AgentId>()),
    /** The channel whose provider has it; null for what was handed in. */
    channel_id: nullable(id<ChannelId>()),
    /** Sealed: where the provider has it, while it is fetched. */
    source: nullable(sealed()),
    /** Sealed: what it is and which content is its own; see `profile.ts`. Null unless ready. */
    profile: nullable(sealed()),
    /** A keyed digest of what was handed in, by which the same upload is known again. */
    upload_digest: nullable(digest()),
    /** Which content it keeps alive. What is opened is what the sealed profile names. */
    content_id: nullable(id<ContentId>()),
    created_at: instant(),
  },
  {
    primaryKey: ["tenant_id", "id"],
    indexes: [
      ["tenant_id", "entry_id", "created_at"],
      ["tenant_id", "content_id"],
    ],
    references: [
      { columns: ["tenant_id", "property_id"], table: "property", to: ["tenant_id", "id"] },
    ],
  },
);

export interface AttachmentTables {
  attachment: RowOf<typeof attachment>;
}
export type AttachmentRow = RowOf<typeof attachment>;

export const attachmentTables = [attachment];
export const attachmentMigration = { name: "attachments-0001", tables: attachmentTables };
