import { z } from "zod";
import { idOf } from "../ids.ts";
import { limits } from "../limits.ts";
import { operation } from "../operation.ts";
import { attachment } from "../schemas/conversations.ts";

/** The body is the file's bytes; what they are is found out from them. The caller mints the id. */
export const uploadAttachment = operation({
  name: "attachments.upload",
  method: "PUT",
  path: "/v1/properties/{propertyId}/attachments/{attachmentId}",
  summary: "Hand in a picture, a PDF or a contact card that a message will bring.",
  right: "conversation.reply",
  kind: "upload",
  params: z.object({ propertyId: idOf<"property">(), attachmentId: idOf<"attachment">() }),
  query: z.object({ name: z.string().trim().min(1).max(limits.nameCharactersMax) }),
  output: z.object({ attachment }),
  status: 201,
  refusals: ["attachment.type_refused", "attachment.too_large", "entry.id_taken"],
});

/** Links are short-lived: a screen that was open for long asks for new ones. */
export const getAttachment = operation({
  name: "attachments.get",
  method: "GET",
  path: "/v1/properties/{propertyId}/attachments/{attachmentId}",
  summary: "An attachment with a fresh link.",
  right: "conversation.read",
  params: z.object({ propertyId: idOf<"property">(), attachmentId: idOf<"attachment">() }),
  output: z.object({ attachment }),
});
