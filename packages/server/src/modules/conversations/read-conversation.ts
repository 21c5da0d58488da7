import type { OperationParsed, operations } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { headOf, writeCursor } from "../../platform/feed/index.ts";
import { notFound } from "../../platform/refusal.ts";
import { hydrateGuests } from "../contacts/index.ts";
import * as entries from "./entry-store.ts";
import { presentOne } from "./present.ts";
import { presentEntries } from "./present-entry.ts";
import { reachConversation } from "./reach-conversation.ts";

/** A conversation with its contact, and the cursor at which that was true. */
export async function getConversation(
  context: Context,
  { conversationId }: OperationParsed<(typeof operations)["getConversation"]>,
) {
  const known = await reachConversation(context, conversationId);
  const { last } = await headOf(context.read, known.property_id);
  const row = await reachConversation(context, conversationId);
  const guests = await hydrateGuests(context, row.property_id, [row.contact_id]);
  const contact = guests.get(row.contact_id)?.contact;
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
  const rows = await context.read.all(entries.entriesBefore, args);
  const shown = rows.slice(0, limit).reverse();
  return {
    items: await presentEntries(context, shown),
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
