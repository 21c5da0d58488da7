import type { OperationParsed, operations } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { headOf, writeCursor } from "../../platform/feed/index.ts";
import { notFound } from "../../platform/refusal.ts";
import { hydrateContacts } from "../contacts/index.ts";
import { presentEntry, presentOne } from "./present.ts";
import { reachConversation } from "./reach-conversation.ts";
import * as statements from "./store.ts";

/** A conversation with its contact, and the cursor at which that was true. */
export async function getConversation(
  context: Context,
  { conversationId }: OperationParsed<(typeof operations)["getConversation"]>,
) {
  const known = await reachConversation(context, conversationId);
  const { last } = await headOf(context.read, known.property_id);
  const row = await reachConversation(context, conversationId);
  const contacts = await hydrateContacts(context.read, context.cipher, [row.contact_id]);
  const contact = contacts.get(row.contact_id);
  if (!contact) throw notFound();
  const conversation = await presentOne(context, context.caller.agentId, row);
  return { conversation, contact, cursor: writeCursor(last) };
}

/** One page of a timeline: the newest, one before a position, or one around it. */
export async function getTimeline(
  context: Context,
  input: OperationParsed<(typeof operations)["getTimeline"]>,
) {
  const { conversationId, limit } = input;
  const known = await reachConversation(context, conversationId);
  const { last } = await headOf(context.read, known.property_id);
  const before = upperBound(input);
  const args = { conversationId, before, limit: limit + 1 };
  const rows = await context.read.all(statements.entriesBefore, args);
  const shown = rows.slice(0, limit).reverse();
  return {
    items: shown.map((row) => presentEntry(context.cipher, row)),
    hasOlder: rows.length > limit,
    hasNewer: (shown.at(-1)?.position ?? 0) < known.last_position,
    cursor: writeCursor(last),
  };
}

/** Pages go back from here; a page around a position has it in its middle. */
function upperBound(input: OperationParsed<(typeof operations)["getTimeline"]>): number {
  if (input.around !== undefined) return input.around + Math.ceil(input.limit / 2);
  return input.before ?? Number.MAX_SAFE_INTEGER;
}
