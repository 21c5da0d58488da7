import { z } from "zod";
import { idOf } from "../ids.ts";
import { contact } from "./contacts.ts";
import { conversation, feedCursor, timelineEntry } from "./conversations.ts";

/**
 * What the stream says. `cursor` names the moment up to which the reader now knows everything: it
 * is what to resume from. Presence has none: it is gone with the moment.
 */
export const streamEvent = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("conversation.changed"),
    cursor: feedCursor,
    conversation,
    /** The contact, when it changed. */
    contact: contact.nullable(),
    /** New and changed entries, for the conversations that the reader has open. */
    entries: z.array(timelineEntry),
  }),
  /** Labels, fields, templates, teams, people or channels of the property are others now. */
  z.object({ type: z.literal("settings.changed"), cursor: feedCursor }),
  /** Nothing new; the reader is up to date at this cursor. Also says that the line is alive. */
  z.object({ type: z.literal("caught_up"), cursor: feedCursor }),
  /** The cursor is past the retention: read lists and threads anew. */
  z.object({ type: z.literal("read_anew") }),
  /** The reader may no longer see this property, or is signed out. The stream ends. */
  z.object({ type: z.literal("ended"), reason: z.enum(["session", "property"]) }),
  /** Who else looks at a conversation now, and who types. Whole each time, never a difference. */
  z.object({
    type: z.literal("presence"),
    conversationId: idOf<"conversation">(),
    viewing: z.array(idOf<"agent">()),
    typing: z.array(z.object({ agentId: idOf<"agent">(), kind: z.enum(["message", "note"]) })),
  }),
]);
export type StreamEvent = z.output<typeof streamEvent>;
