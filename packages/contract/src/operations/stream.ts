import { z } from "zod";
import { idOf } from "../ids.ts";
import { limits } from "../limits.ts";
import { operation } from "../operation.ts";
import { feedCursor } from "../schemas/conversations.ts";
import { streamEvent } from "../schemas/stream.ts";

export const followProperty = operation({
  name: "stream.follow",
  method: "GET",
  path: "/v1/properties/{propertyId}/stream",
  summary: "Server-sent events: every change of a property from a cursor on, without a gap.",
  right: "conversation.read",
  kind: "stream",
  params: z.object({ propertyId: idOf<"property">() }),
  query: z.object({
    /** Where the reader stands. `last-event-id` wins, so that a browser resumes by itself. */
    cursor: feedCursor.optional(),
    /** The conversations that are open on the reader's screens, comma-separated. */
    conversations: z
      .string()
      .default("")
      .transform((text) => (text === "" ? [] : text.split(",")))
      .pipe(z.array(idOf<"conversation">()).max(limits.streamConversationsMax)),
  }),
  output: streamEvent,
});
