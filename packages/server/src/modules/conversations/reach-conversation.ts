import type { ConversationId } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { notFound } from "../../platform/refusal.ts";
import * as statements from "./store.ts";
import type { ConversationRow } from "./tables.ts";

/**
 * Loads a conversation that the caller may know of. One of another tenant, one at a property
 * where the caller does not work and one that never was get the same answer.
 *
 * @throws Refusal `resource.not_found`
 */
export async function reachConversation(
  context: Context,
  id: ConversationId,
): Promise<ConversationRow> {
  const row = await context.read.first(statements.conversationById, { id });
  if (!row) throw notFound();
  context.reach(row.property_id);
  return row;
}
