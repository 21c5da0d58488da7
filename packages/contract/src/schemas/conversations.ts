import { z } from "zod";
import { idOf } from "../ids.ts";
import { instant } from "../instant.ts";

/** Names a moment in the change feed of a property: what was read was true there. Opaque. */
export const feedCursor = z.string().regex(/^[0-9a-z_-]{1,200}$/i);

export const messageState = z.enum([
  "received",
  "queued",
  "sending",
  "uncertain",
  "sent",
  "delivered",
  "read",
  "failed",
]);
export type MessageState = z.output<typeof messageState>;

/** Why a message was not delivered: words of ours, whatever the carrier calls it. */
export const failureCode = z.enum([
  "unreachable",
  "invalid_number",
  "blocked_by_recipient",
  "refused_by_carrier",
  "carrier_unavailable",
  "channel_misconfigured",
  "unknown",
]);
export type FailureCode = z.output<typeof failureCode>;

const entry = {
  id: idOf<"entry">(),
  conversationId: idOf<"conversation">(),
  /** The order in the conversation: the server's, never the clock's. Gapless from 1. */
  position: z.int(),
  /** When it happened, as far as is known. */
  occurredAt: instant,
  /** When Foyer stored it. */
  recordedAt: instant,
  version: z.int(),
};

export const message = z.object({
  ...entry,
  kind: z.literal("message"),
  direction: z.enum(["inbound", "outbound"]),
  text: z.string(),
  state: messageState,
  failure: failureCode.nullable(),
  /** Null: the guest. */
  agentId: idOf<"agent">().nullable(),
  channelId: idOf<"channel">(),
});
export type Message = z.output<typeof message>;

export const note = z.object({
  ...entry,
  kind: z.literal("note"),
  text: z.string(),
  agentId: idOf<"agent">(),
});
export type Note = z.output<typeof note>;

/** What happened to the conversation, with who and when. Codes travel; screens put the words. */
export const occurrence = z.object({
  ...entry,
  kind: z.literal("event"),
  event: z.enum(["opened", "reopened", "closed", "assigned", "unassigned"]),
  /** Null: nobody did it; the house did (an inbound message reopens, for example). */
  agentId: idOf<"agent">().nullable(),
  assignee: z
    .union([z.object({ agentId: idOf<"agent">() }), z.object({ teamId: idOf<"team">() })])
    .nullable(),
});
export type Occurrence = z.output<typeof occurrence>;

export const timelineEntry = z.discriminatedUnion("kind", [message, note, occurrence]);
export type TimelineEntry = z.output<typeof timelineEntry>;

/** To an agent or to a team, never both. */
export const assignee = z
  .union([z.strictObject({ agentId: idOf<"agent">() }), z.strictObject({ teamId: idOf<"team">() })])
  .nullable();

/** A row of the list: a conversation as a front desk sees it without opening it. */
export const conversation = z.object({
  id: idOf<"conversation">(),
  propertyId: idOf<"property">(),
  contactId: idOf<"contact">(),
  channelId: idOf<"channel">(),
  /** The guest's name, or their address as people write it. */
  title: z.string(),
  hasName: z.boolean(),
  state: z.enum(["open", "closed"]),
  assignee,
  /** Since when the guest waits for an answer; null when nobody does. Shared by all. */
  waitingSince: instant.nullable(),
  /** Each agent's own: is there something of the guest that I have not seen? */
  isUnread: z.boolean(),
  /** The newest message or note, shortened; null in a conversation without any. */
  preview: z
    .object({
      kind: z.enum(["inbound", "outbound", "note"]),
      text: z.string(),
      state: messageState.nullable(),
      agentId: idOf<"agent">().nullable(),
    })
    .nullable(),
  lastAt: instant,
  lastPosition: z.int(),
  /** Where the list sorts it: ascending. Opaque, comparable within one property. */
  rank: z.int(),
  version: z.int(),
});
export type Conversation = z.output<typeof conversation>;

const channelKind = z.enum(["simulator"]);

/** A channel as agents see it: what the composer must know, nothing secret. */
export const channel = z.object({
  id: idOf<"channel">(),
  kind: channelKind,
  /** How the channel is called on screen: `sms`, `web_chat`… */
  medium: z.enum(["sms"]),
  address: z.string(),
  isActive: z.boolean(),
  capabilities: z.object({
    textCharactersMax: z.int(),
    hasSubject: z.boolean(),
    /** Free text is allowed only so long after the guest's last message; null: always. */
    windowMs: z.int().nullable(),
    reportsRead: z.boolean(),
  }),
});
export type Channel = z.output<typeof channel>;

export const deliveryState = z.enum(["received", "processed", "ignored", "failed"]);

/** What a provider brought, and what became of it. */
export const delivery = z.object({
  id: idOf<"delivery">(),
  channelId: idOf<"channel">(),
  kind: z.enum(["inbound", "status"]),
  state: deliveryState,
  /** Why it was not processed: a code. */
  failure: z.string().nullable(),
  attempts: z.int(),
  receivedAt: instant,
  processedAt: instant.nullable(),
  bytes: z.int(),
});
export type Delivery = z.output<typeof delivery>;
