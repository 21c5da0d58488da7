import type { AgentId, ConversationId, OperationParsed, operations } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import type { Unit } from "../../platform/scope/index.ts";
import * as markers from "./marker-store.ts";
import { reachConversation } from "./reach-conversation.ts";
import type { ConversationRow } from "./tables.ts";

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
  const moved = await unit.db.run(markers.moveMarker, marker);
  if (moved === 0) await unit.db.insert(markers.insertMarker, { ...marker, mentionedPosition: 0 });
}

/** Notes that the newest entry calls agents: it is unread for each until they have seen it. */
export async function callAgents(
  unit: Unit,
  { id: conversationId, last_position: position }: ConversationRow,
  agentIds: readonly AgentId[],
): Promise<void> {
  if (agentIds.length === 0) return;
  const called = { conversationId, position, agentIds };
  const known = await unit.db.all(markers.markersFor, called);
  if (known.length > 0) await unit.db.run(markers.moveMentions, called);
  const marked = new Set(known.map((row) => row.agent_id));
  for (const agentId of agentIds.filter((id) => !marked.has(id))) {
    const marker = { agentId, conversationId, position: 0, mentionedPosition: position };
    if (await unit.db.insert(markers.insertMarker, marker)) continue;
    // They looked at it for the first time just now.
    await unit.db.run(markers.moveMentions, { ...called, agentIds: [agentId] });
  }
}
