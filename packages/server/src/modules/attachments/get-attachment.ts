import type { OperationParsed, operations } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { notFound } from "../../platform/refusal.ts";
import { presentAttachment } from "./present.ts";
import * as statements from "./store.ts";

/** An attachment of the property, with a link that is good from now on. */
export async function getAttachment(
  context: Context,
  { propertyId, attachmentId }: OperationParsed<typeof operations.getAttachment>,
) {
  const row = await context.read.first(statements.attachmentById, { id: attachmentId });
  if (row?.property_id !== propertyId) throw notFound();
  return { attachment: presentAttachment(context, row) };
}
