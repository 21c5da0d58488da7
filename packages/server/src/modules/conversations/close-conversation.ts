import type { OperationParsed, operations } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { presentOne } from "./present.ts";
import { reachConversation } from "./reach-conversation.ts";
import { withWait } from "./rules.ts";
import type { ConversationRow } from "./tables.ts";
import { append, lock, save } from "./timeline.ts";

/** Closes a conversation: nobody waits in it any more. */
export async function closeConversation(
  context: Context,
  input: OperationParsed<(typeof operations)["close"]>,
) {
  return move(context, input, "closed");
}

/** Opens a closed conversation again. */
export async function reopenConversation(
  context: Context,
  input: OperationParsed<(typeof operations)["reopen"]>,
) {
  return move(context, input, "open");
}

async function move(
  context: Context,
  { conversationId }: OperationParsed<(typeof operations)["close"]>,
  state: ConversationRow["state"],
) {
  await reachConversation(context, conversationId);
  const { agentId } = context.caller;
  const row = await context.transact(async (unit) => {
    const known = await lock(unit, conversationId);
    if (known.state === state) return known;
    const event = state === "closed" ? "closed" : "reopened";
    const moved = { ...withWait(known, state === "closed" ? null : known.waiting_since), state };
    const id = unit.mint<"entry">();
    const after = await append(unit, moved, { id, kind: "event", event, agent_id: agentId });
    unit.record({ act: `conversation.${event}`, agentId, subjectId: conversationId });
    return save(unit, after);
  });
  return { conversation: await presentOne(context, agentId, row) };
}
