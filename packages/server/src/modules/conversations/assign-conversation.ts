import type { OperationParsed, operations, PropertyId } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { Refusal } from "../../platform/refusal.ts";
import { presentOne } from "./present.ts";
import { reachConversation } from "./reach-conversation.ts";
import type { ConversationRow } from "./tables.ts";
import { handTo, isPossible } from "./take-up.ts";
import { lock, save } from "./timeline.ts";

type Input = OperationParsed<(typeof operations)["assign"]>;

/** Hands a conversation to an agent or a team, or to nobody; to whom it has already is no event. */
export async function assignConversation(context: Context, input: Input) {
  const { property_id: propertyId } = await reachConversation(context, input.conversationId);
  const row = await write(context, propertyId, input);
  return { conversation: await presentOne(context, context.caller.agentId, row) };
}

function write(context: Context, propertyId: PropertyId, input: Input): Promise<ConversationRow> {
  const { agentId } = context.caller;
  return context.transact(async (unit) => {
    if (!(await isPossible(unit, propertyId, input.assignee))) {
      throw new Refusal("assignment.impossible");
    }
    const row = await lock(unit, input.conversationId);
    if (input.version !== undefined && input.version !== row.version) {
      throw new Refusal("version.conflict", { facts: { version: row.version } });
    }
    const after = await handTo(unit, row, input.assignee, agentId);
    if (after === row) return row;
    unit.record({ act: "conversation.assigned", agentId, subjectId: row.id });
    return save(unit, after);
  });
}
