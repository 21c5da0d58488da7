import { z } from "zod";
import { idOf } from "../ids.ts";
import { instant } from "../instant.ts";
import { limits } from "../limits.ts";
import { operation } from "../operation.ts";
import type { RefusalCode } from "../refusals.ts";
import { contact, typedAddress } from "../schemas/contacts.ts";
import {
  assignee,
  conversation,
  feedCursor,
  mention,
  message,
  note,
  timelineEntry,
} from "../schemas/conversations.ts";
import { name } from "../schemas/people.ts";
import { languageTag } from "../schemas/settings.ts";
import { pageNext, pageQuery } from "./page.ts";

/**
 * `team` and `agent` name theirs beside; `waiting` is all who wait, `answered_today` all that were
 * answered for the first time since midnight at the property: the lists behind *Now*'s figures.
 */
export const view = z.enum([
  "mine",
  "unassigned",
  "team",
  "agent",
  "all",
  "closed",
  "waiting",
  "answered_today",
]);
export type View = z.output<typeof view>;

/** Far beyond any timeline, and within the integers of every store. */
const positionMax = 1_000_000_000;
const position = z.coerce.number().int().min(1).max(positionMax);

const refusalsOfSending = [
  "message.too_long",
  "message.empty",
  "message.placeholder_unfilled",
  "message.too_many_attachments",
  "attachment.not_ready",
  "channel.ended",
  "contact.address_left",
  "contact.opted_out",
  "contact.blocked",
  "entry.id_taken",
] as const satisfies readonly RefusalCode[];

const byProperty = z.object({ propertyId: idOf<"property">() });
const byConversation = z.object({ conversationId: idOf<"conversation">() });
const text = z
  .string()
  .max(limits.entryTextCharactersMax)
  .refine((value) => value.trim() !== "", { error: "must not be empty" })
  // Half a character cannot be stored as text; what is stored is what a repeated call compares.
  .transform((value) => value.toWellFormed());

const messageText = z
  .string()
  .max(limits.entryTextCharactersMax)
  .transform((value) => value.toWellFormed());

export const listConversations = operation({
  name: "conversations.list",
  method: "GET",
  path: "/v1/properties/{propertyId}/conversations",
  summary: "One view of the inbox: who waits longest first, then the newest.",
  right: "conversation.read",
  params: byProperty,
  query: z.object({
    view,
    teamId: idOf<"team">().optional(),
    agentId: idOf<"agent">().optional(),
    ...pageQuery,
  }),
  output: z.object({ items: z.array(conversation), next: pageNext, cursor: feedCursor }),
});

const count = z.object({
  total: z.int(),
  waiting: z.int(),
  /** Since when the one who waits longest waits; null where nobody does. */
  longestWaitingSince: instant.nullable(),
  unread: z.int(),
});

const attachmentIds = z
  .array(idOf<"attachment">())
  .max(limits.attachmentsPerMessageMax)
  .default([]);

export const countConversations = operation({
  name: "conversations.count",
  method: "GET",
  path: "/v1/properties/{propertyId}/conversation-counts",
  summary: "Exact numbers for each view.",
  right: "conversation.read",
  params: byProperty,
  output: z.object({
    mine: count,
    unassigned: count,
    all: count,
    closed: z.object({ total: z.int() }),
    teams: z.array(z.object({ teamId: idOf<"team">(), ...count.shape })),
    cursor: feedCursor,
  }),
});

export const getConversation = operation({
  name: "conversations.get",
  method: "GET",
  path: "/v1/conversations/{conversationId}",
  summary: "A conversation with its contact.",
  right: "conversation.read",
  params: byConversation,
  output: z.object({ conversation, contact, cursor: feedCursor }),
});

export const getTimeline = operation({
  name: "conversations.timeline",
  method: "GET",
  path: "/v1/conversations/{conversationId}/timeline",
  summary: "What was said and what happened, newest page first, each page in order.",
  right: "conversation.read",
  params: byConversation,
  query: z.object({
    /** Only entries before this position. */
    before: position.optional(),
    /** A page around this position, for jumping to a search hit. */
    around: position.optional(),
    limit: pageQuery.limit,
  }),
  output: z.object({
    items: z.array(timelineEntry),
    hasOlder: z.boolean(),
    hasNewer: z.boolean(),
    cursor: feedCursor,
  }),
});

export const reply = operation({
  name: "conversations.reply",
  method: "POST",
  path: "/v1/conversations/{conversationId}/messages",
  summary: "Answer the guest. The caller mints the id, so that trying again is safe.",
  right: "conversation.reply",
  params: byConversation,
  body: z.strictObject({
    messageId: idOf<"entry">(),
    /** Empty only beside an attachment. */
    text: messageText,
    attachmentIds,
    /** The failed or uncertain message that this one says again. */
    retryOf: idOf<"entry">().optional(),
  }),
  output: z.object({ message, conversation }),
  status: 201,
  refusals: [...refusalsOfSending, "message.not_retryable"],
});

export const start = operation({
  name: "conversations.start",
  method: "POST",
  path: "/v1/properties/{propertyId}/conversations",
  summary: "Write to a guest first: to a contact, or to a typed number.",
  right: "conversation.start",
  params: byProperty,
  body: z.strictObject({
    messageId: idOf<"entry">(),
    to: z.union([
      z.strictObject({ contactId: idOf<"contact">(), addressId: idOf<"address">() }),
      z.strictObject({ address: typedAddress, name: name.nullable() }),
    ]),
    channelId: idOf<"channel">(),
    text: messageText,
    attachmentIds,
    /** How the guest agreed to be texted; needed where that is not known. */
    consent: z.enum(["asked_in_person", "booking_form", "asked_by_phone"]).optional(),
  }),
  output: z.object({ message, conversation }),
  status: 201,
  refusals: [...refusalsOfSending, "contact.address_invalid", "consent.required"],
});

/** A POST, because a guest's name and room come back in it. */
export const previewTemplate = operation({
  name: "conversations.previewTemplate",
  method: "POST",
  path: "/v1/conversations/{conversationId}/template-preview",
  summary: "A template's text for this guest, in their language, with its placeholders filled.",
  right: "conversation.reply",
  params: byConversation,
  body: z.strictObject({ templateId: idOf<"template">(), language: languageTag.optional() }),
  output: z.object({
    text: z.string(),
    language: z.string(),
    /** Placeholders that nothing is known for; they stand in the text as they are. */
    unfilled: z.array(z.string()),
  }),
});

export const addNote = operation({
  name: "conversations.addNote",
  method: "POST",
  path: "/v1/conversations/{conversationId}/notes",
  summary: "Say something among colleagues; the guest never sees it.",
  right: "conversation.note",
  params: byConversation,
  body: z.strictObject({
    noteId: idOf<"entry">(),
    text,
    mentions: z.array(mention).max(limits.mentionsPerNoteMax).default([]),
  }),
  output: z.object({ note, conversation }),
  status: 201,
  refusals: ["entry.id_taken", "assignment.impossible"],
});

export const assign = operation({
  name: "conversations.assign",
  method: "PUT",
  path: "/v1/conversations/{conversationId}/assignment",
  summary: "Hand a conversation to an agent or a team, or to nobody.",
  right: "conversation.assign",
  params: byConversation,
  body: z.strictObject({
    assignee,
    /** The version the caller looked at; absent: whatever it is now. */
    version: z.int().optional(),
  }),
  output: z.object({ conversation }),
  refusals: ["assignment.impossible", "version.conflict"],
});

export const close = operation({
  name: "conversations.close",
  method: "POST",
  path: "/v1/conversations/{conversationId}/close",
  summary: "Close a conversation. Closing a closed one changes nothing.",
  right: "conversation.close",
  params: byConversation,
  output: z.object({ conversation }),
});

export const reopen = operation({
  name: "conversations.reopen",
  method: "POST",
  path: "/v1/conversations/{conversationId}/reopen",
  summary: "Open a closed conversation again.",
  right: "conversation.close",
  params: byConversation,
  output: z.object({ conversation }),
});

export const noAnswerNeeded = operation({
  name: "conversations.noAnswerNeeded",
  method: "POST",
  path: "/v1/conversations/{conversationId}/no-answer-needed",
  summary: "Say that what the guest wrote last needs no answer: they wait no longer.",
  right: "conversation.reply",
  params: byConversation,
  output: z.object({ conversation }),
});

export const markRead = operation({
  name: "conversations.markRead",
  method: "PUT",
  path: "/v1/conversations/{conversationId}/read-marker",
  summary: "I have seen this conversation up to here. It never moves back, and is mine alone.",
  right: "conversation.read",
  params: byConversation,
  body: z.strictObject({ position: z.int().min(0).max(positionMax) }),
});

export const setPresence = operation({
  name: "conversations.setPresence",
  method: "PUT",
  path: "/v1/conversations/{conversationId}/presence",
  summary: "Tell colleagues that I look at this conversation, type in it, or left.",
  right: "conversation.read",
  params: byConversation,
  body: z.strictObject({ activity: z.enum(["viewing", "typing_message", "typing_note", "left"]) }),
});

const who = z.object({
  agentId: idOf<"agent">(),
  isSignedIn: z.boolean(),
  open: z.int(),
  waiting: z.int(),
});

export const getNow = operation({
  name: "conversations.now",
  method: "GET",
  path: "/v1/properties/{propertyId}/now",
  summary: "How the property stands at this moment: who waits, how long, and who is here.",
  right: "property.lead",
  params: byProperty,
  output: z.object({
    waiting: z.int(),
    longestWaitingSince: instant.nullable(),
    /** Whom that is: the conversation. */
    longestWaitingId: idOf<"conversation">().nullable(),
    /** Since midnight at the property: the median from a first unanswered message to its answer. */
    firstAnswerMedianMs: z.int().nullable(),
    answeredToday: z.int(),
    agents: z.array(who),
  }),
});

export const handOver = operation({
  name: "conversations.handOver",
  method: "POST",
  path: "/v1/properties/{propertyId}/hand-overs",
  summary: "Move all that one agent holds to somebody else, to a team or to nobody, in one step.",
  right: "property.lead",
  params: byProperty,
  body: z.strictObject({ fromAgentId: idOf<"agent">(), assignee }),
  output: z.object({ moved: z.int(), hasMore: z.boolean() }),
  refusals: ["assignment.impossible"],
});
