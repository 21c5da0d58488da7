import { z } from "zod";
import { attachmentMediaTypes } from "../attachment-media.ts";
import { idOf } from "../ids.ts";
import { instant } from "../instant.ts";
import { localDate } from "./contacts.ts";

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
  "opted_out",
  /** By the staff, while the message waited to be sent. */
  "blocked",
  "not_a_mobile",
  "filtered_by_carrier",
  "attachment_refused",
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

/** A picture, a document or a contact card in a message. */
export const attachment = z.object({
  id: idOf<"attachment">(),
  name: z.string(),
  /** What its bytes are, not what somebody said they were. Null until it was fetched. */
  mediaType: z.enum(attachmentMediaTypes).nullable(),
  bytes: z.int().nullable(),
  /** Pixels; pictures only. */
  width: z.int().nullable(),
  height: z.int().nullable(),
  /** `fetching`: the provider has it still. `lost`: it could not be fetched, or may not be kept. */
  state: z.enum(["fetching", "ready", "lost"]),
  /** Signed and short-lived, at an origin of its own; null unless ready. */
  url: z.string().nullable(),
});
export type Attachment = z.output<typeof attachment>;

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
  attachments: z.array(attachment),
  /** What the guest's phone put on this message: an emoji. */
  reaction: z.string().nullable(),
  /** The message that said this again after it failed. */
  retriedBy: idOf<"entry">().nullable(),
});
export type Message = z.output<typeof message>;

/** An agent or a whole team that a note calls. */
export const mention = z.union([
  z.strictObject({ agentId: idOf<"agent">() }),
  z.strictObject({ teamId: idOf<"team">() }),
]);
export type Mention = z.output<typeof mention>;

export const note = z.object({
  ...entry,
  kind: z.literal("note"),
  text: z.string(),
  agentId: idOf<"agent">(),
  /** Whom it calls. The text names them after an `@`. */
  mentions: z.array(mention),
});
export type Note = z.output<typeof note>;

/** What happened to the conversation, with who and when. Codes travel; screens put the words. */
export const occurrence = z.object({
  ...entry,
  kind: z.literal("event"),
  event: z.enum([
    "opened",
    "reopened",
    "closed",
    "assigned",
    "unassigned",
    "no_answer_needed",
    "label_added",
    "label_removed",
    "opted_in",
    "opted_out",
    "blocked",
    "unblocked",
    "address_left",
  ]),
  /** Null: nobody did it; the house did (an inbound message reopens, for example). */
  agentId: idOf<"agent">().nullable(),
  assignee: z
    .union([z.object({ agentId: idOf<"agent">() }), z.object({ teamId: idOf<"team">() })])
    .nullable(),
  /** Labels only. */
  labelId: idOf<"label">().nullable(),
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
  /** Each agent's own: is there something of the guest, or a note for me, that I have not seen? */
  isUnread: z.boolean(),
  /** Each agent's own: does a note that I have not seen call me? */
  isMentioned: z.boolean(),
  /** What this property knows of the guest's stay. */
  stay: z.object({
    room: z.string().nullable(),
    arrivalOn: localDate.nullable(),
    departureOn: localDate.nullable(),
    isVip: z.boolean(),
    title: z.string().nullable(),
  }),
  labelIds: z.array(idOf<"label">()),
  isBlocked: z.boolean(),
  /** Whether the guest said that they want no texts at the address in use. */
  isOptedOut: z.boolean(),
  /** The newest message or note, shortened; null in a conversation without any. */
  preview: z
    .object({
      kind: z.enum(["inbound", "outbound", "note"]),
      text: z.string(),
      state: messageState.nullable(),
      agentId: idOf<"agent">().nullable(),
      /** How many attachments it brings: a picture alone has no text. */
      attachments: z.int(),
    })
    .nullable(),
  lastAt: instant,
  lastPosition: z.int(),
  /** Where the list sorts it: ascending. Opaque, comparable within one property. */
  rank: z.int(),
  version: z.int(),
});
export type Conversation = z.output<typeof conversation>;

export const channelKind = z.enum(["simulator", "twilio"]);

/** A channel as agents see it: what the composer must know, nothing secret. */
export const channel = z.object({
  id: idOf<"channel">(),
  kind: channelKind,
  /** How the channel is called on screen: `sms`, `web_chat`… */
  medium: z.enum(["sms"]),
  address: z.string(),
  /** The address as people write it. */
  formatted: z.string(),
  isActive: z.boolean(),
  capabilities: z.object({
    textCharactersMax: z.int(),
    hasSubject: z.boolean(),
    /** Free text is allowed only so long after the guest's last message; null: always. */
    windowMs: z.int().nullable(),
    reportsRead: z.boolean(),
    /** How many attachments one message may bring; 0: none. */
    attachmentsMax: z.int(),
    attachmentBytesMax: z.int(),
    /** Whether a text is cut into segments of GSM-7 or UCS-2, as SMS is. */
    hasSegments: z.boolean(),
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
