import type { ConversationId, OperationParsed, operations } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { presentOne } from "./present.ts";
import { reachConversation } from "./reach-conversation.ts";
import { withWait } from "./rules.ts";
import type { ConversationRow, EventKind } from "./tables.ts";
import { appendEvent, lock, save } from "./timeline.ts";

type Input = OperationParsed<(typeof operations)["close"]>;

/** Closes a conversation: nobody waits in it any more. */
export async function closeConversation(context: Context, input: Input) {
  return move(context, input, "closed", (row) =>
    row.state === "closed" ? row : { ...withWait(row, null), state: "closed" },
  );
}

/** Opens a closed conversation again. */
export async function reopenConversation(context: Context, input: Input) {
  return move(context, input, "reopened", (row) =>
    row.state === "open" ? row : { ...row, state: "open" },
  );
}

/** Says that what the guest wrote last needs no answer. Where nobody waits, nothing happens. */
export async function sayNoAnswerNeeded(context: Context, input: Input) {
  return move(context, input, "no_answer_needed", (row) =>
    row.waiting_since === null ? row : withWait(row, null),
  );
}

/** Changes a conversation and says so in its timeline; what changes nothing says nothing. */
async function move(
  context: Context,
  { conversationId }: { readonly conversationId: ConversationId },
  event: EventKind,
  change: (row: ConversationRow) => ConversationRow,
) {
  await reachConversation(context, conversationId);
  const { agentId } = context.caller;
  const row = await context.transact(async (unit) => {
    const known = await lock(unit, conversationId);
    const moved = change(known);
    if (moved === known) return known;
    const after = await appendEvent(unit, moved, { event, agent_id: agentId });
    unit.record({ act: `conversation.${event}`, agentId, subjectId: conversationId });
    return save(unit, after);
  });
  return { conversation: await presentOne(context, agentId, row) };
}
