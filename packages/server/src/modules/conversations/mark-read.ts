import type { AgentId, ConversationId, OperationParsed, operations } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import type { Unit } from "../../platform/scope/index.ts";
import { reachConversation } from "./reach-conversation.ts";
import * as statements from "./store.ts";

/** I have seen this conversation up to here. Takes nobody off any list. */
export async function markRead(
  context: Context,
  input: OperationParsed<(typeof operations)["markRead"]>,
): Promise<undefined> {
  const row = await reachConversation(context, input.conversationId);
  const position = Math.min(input.position, row.last_position);
  const { agentId } = context.caller;
  await context.transact((unit) => markSeen(unit, { agentId, conversationId: row.id, position }));
  return undefined;
}

/** Moves an agent's marker forward, never back. */
export async function markSeen(
  unit: Unit,
  marker: {
    readonly agentId: AgentId;
    readonly conversationId: ConversationId;
    readonly position: number;
  },
): Promise<void> {
  const moved = await unit.db.run(statements.moveMarker, marker);
  if (moved === 0) await unit.db.insert(statements.insertMarker, marker);
}
