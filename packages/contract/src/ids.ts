import { z } from "zod";

declare const kind: unique symbol;

/**
 * The id of one kind of thing: a UUIDv7 in lower-case text, opaque to whoever holds it. The brand
 * makes a contact's id and a conversation's id two types, so that they are never exchanged.
 */
export type Id<Kind extends string> = string & { readonly [kind]: Kind };

export type TenantId = Id<"tenant">;
export type PropertyId = Id<"property">;
export type AgentId = Id<"agent">;
export type TeamId = Id<"team">;
export type SessionId = Id<"session">;
export type ContactId = Id<"contact">;
export type AddressId = Id<"address">;
export type ChannelId = Id<"channel">;
export type DeliveryId = Id<"delivery">;
export type ConversationId = Id<"conversation">;
export type EntryId = Id<"entry">;
export type LabelId = Id<"label">;
export type FieldId = Id<"field">;
export type TemplateId = Id<"template">;
export type AttachmentId = Id<"attachment">;

/** A schema for ids of one kind: any UUID in lower case, so that a client may mint one. */
export function idOf<Kind extends string>() {
  return z
    .string()
    .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, {
      error: "must be a UUID in lower case",
    })
    .transform((text) => text as Id<Kind>)
    .meta({ type: "string", format: "uuid" });
}
