import type { OperationParsed, operations } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { Refusal } from "../../platform/refusal.ts";
import { canBeAssigned, isTeamOf } from "../tenancy/index.ts";
import { presentOne } from "./present.ts";
import { reachConversation } from "./reach-conversation.ts";
import type { ConversationRow } from "./tables.ts";
import { append, lock, save } from "./timeline.ts";

type Input = OperationParsed<(typeof operations)["assign"]>;

/** Hands a conversation to an agent or a team, or to nobody; to whom it has already is no event. */
export async function assignConversation(context: Context, input: Input) {
  const known = await reachConversation(context, input.conversationId);
  await assertPossible(context, known, input.assignee);
  const row = await write(context, input);
  return { conversation: await presentOne(context, context.caller.agentId, row) };
}

async function assertPossible(
  context: Context,
  { property_id: propertyId }: ConversationRow,
  assignee: Input["assignee"],
): Promise<void> {
  if (assignee === null) return;
  const isPossible =
    "agentId" in assignee
      ? await canBeAssigned(context, propertyId, assignee.agentId)
      : await isTeamOf(context, propertyId, assignee.teamId);
  if (!isPossible) throw new Refusal("assignment.impossible");
}

function write(context: Context, input: Input): Promise<ConversationRow> {
  const { agentId } = context.caller;
  const to = columnsOf(input.assignee);
  return context.transact(async (unit) => {
    const row = await lock(unit, input.conversationId);
    if (input.version !== undefined && input.version !== row.version) {
      throw new Refusal("version.conflict", { facts: { version: row.version } });
    }
    const { assigned_agent_id: toAgent, assigned_team_id: toTeam } = to;
    if (row.assigned_agent_id === toAgent && row.assigned_team_id === toTeam) return row;
    const after = await append(
      unit,
      { ...row, ...to },
      {
        id: unit.mint<"entry">(),
        kind: "event",
        event: input.assignee === null ? "unassigned" : "assigned",
        agent_id: agentId,
        assignee_agent_id: toAgent,
        assignee_team_id: toTeam,
      },
    );
    unit.record({ act: "conversation.assigned", agentId, subjectId: row.id });
    return save(unit, after);
  });
}

/** To an agent or to a team, never both: one column is always empty. */
function columnsOf(assignee: Input["assignee"]) {
  return {
    assigned_agent_id: assignee && "agentId" in assignee ? assignee.agentId : null,
    assigned_team_id: assignee && "teamId" in assignee ? assignee.teamId : null,
  };
}
