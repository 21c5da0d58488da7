import { z } from "zod";
import { idOf } from "../ids.ts";
import { instant } from "../instant.ts";
import { limits } from "../limits.ts";
import { operation } from "../operation.ts";
import { contact } from "../schemas/contacts.ts";
import {
  assignee,
  conversation,
  feedCursor,
  message,
  note,
  timelineEntry,
} from "../schemas/conversations.ts";

export const pageQuery = {
  /** The `next` of the page before; absent for the first. */
  after: z
    .string()
    .regex(/^[0-9a-z_.-]{1,200}$/i)
    .optional(),
  limit: z.coerce.number().int().min(1).max(limits.pageItemsMax).default(limits.pageItemsDefault),
};
export const pageNext = z.string().nullable();

export const view = z.enum(["mine", "unassigned", "team", "all", "closed"]);
export type View = z.output<typeof view>;

/** Far beyond any timeline, and within the integers of every store. */
const positionMax = 1_000_000_000;
const position = z.coerce.number().int().min(1).max(positionMax);

const byProperty = z.object({ propertyId: idOf<"property">() });
const byConversation = z.object({ conversationId: idOf<"conversation">() });
const text = z
  .string()
  .max(limits.entryTextCharactersMax)
  .refine((value) => value.trim() !== "", { error: "must not be empty" })
  // Half a character cannot be stored as text; what is stored is what a repeated call compares.
  .transform((value) => value.toWellFormed());

export const listConversations = operation({
  name: "conversations.list",
  method: "GET",
  path: "/v1/properties/{propertyId}/conversations",
  summary: "One view of the inbox: who waits longest first, then the newest.",
  right: "conversation.read",
  params: byProperty,
  query: z.object({ view, teamId: idOf<"team">().optional(), ...pageQuery }),
  output: z.object({ items: z.array(conversation), next: pageNext, cursor: feedCursor }),
});

const count = z.object({
  total: z.int(),
  waiting: z.int(),
  /** Since when the one who waits longest waits; null where nobody does. */
  longestWaitingSince: instant.nullable(),
  unread: z.int(),
});

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
  body: z.strictObject({ messageId: idOf<"entry">(), text }),
  output: z.object({ message, conversation }),
  status: 201,
  refusals: ["message.too_long", "channel.ended", "entry.id_taken"],
});

export const addNote = operation({
  name: "conversations.addNote",
  method: "POST",
  path: "/v1/conversations/{conversationId}/notes",
  summary: "Say something among colleagues; the guest never sees it.",
  right: "conversation.note",
  params: byConversation,
  body: z.strictObject({ noteId: idOf<"entry">(), text }),
  output: z.object({ note, conversation }),
  status: 201,
  refusals: ["entry.id_taken"],
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

export const markRead = operation({
  name: "conversations.markRead",
  method: "PUT",
  path: "/v1/conversations/{conversationId}/read-marker",
  summary: "I have seen this conversation up to here. It never moves back, and is mine alone.",
  right: "conversation.read",
  params: byConversation,
  body: z.strictObject({ position: z.int().min(0) }),
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
