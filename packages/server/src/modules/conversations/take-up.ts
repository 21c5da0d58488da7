import type { AgentId, Mention, PropertyId } from "@foyer/contract";
import type { Unit } from "../../platform/scope/index.ts";
import { holdAgent, holdTeam } from "../tenancy/index.ts";
import { assigneeOf } from "./present-entry.ts";
import type { ConversationRow } from "./tables.ts";
import { appendEvent } from "./timeline.ts";

/**
 * Brings a closed conversation back to the list. Nobody, as agent: a guest did, or a failed
 * answer. Whoever had it may have left meanwhile; then it is nobody's, and in sight.
 */
export async function reopen(
  unit: Unit,
  row: ConversationRow,
  agentId: AgentId | null,
): Promise<ConversationRow> {
  if (row.state === "open") return row;
  const event = { event: "reopened", agent_id: agentId } as const;
  const open = await appendEvent(unit, { ...row, state: "open" }, event);
  const holder = assigneeOf(row.assigned_agent_id, row.assigned_team_id);
  const isHeld = await isPossible(unit, row.property_id, holder);
  return isHeld ? open : handTo(unit, open, null, null);
}

/**
 * Gives a conversation that nobody has to whoever answers in it; not to somebody who left in this
 * very moment.
 */
export async function claim(
  unit: Unit,
  row: ConversationRow,
  agentId: AgentId,
): Promise<ConversationRow> {
  const isFree = row.assigned_agent_id === null && row.assigned_team_id === null;
  if (!isFree || !(await isPossible(unit, row.property_id, { agentId }))) return row;
  return handTo(unit, row, { agentId }, agentId);
}

/** Whom a conversation is given to; null: to nobody. */
export type Assignee = Mention | null;

/**
 * Whether somebody can be given work at a property, from now until the transaction ends: whoever
 * makes them leave waits for it, and then finds what they were given.
 */
export async function isPossible(
  unit: Unit,
  propertyId: PropertyId,
  assignee: Assignee,
): Promise<boolean> {
  if (assignee === null) return true;
  return "agentId" in assignee
    ? holdAgent(unit, propertyId, assignee.agentId)
    : holdTeam(unit, propertyId, assignee.teamId);
}

/** To an agent or to a team, never both: one column is always empty. */
function columnsOf(assignee: Assignee) {
  return {
    assigned_agent_id: assignee && "agentId" in assignee ? assignee.agentId : null,
    assigned_team_id: assignee && "teamId" in assignee ? assignee.teamId : null,
  };
}

/** Hands a conversation on; to whom it has already is no event. */
export async function handTo(
  unit: Unit,
  row: ConversationRow,
  assignee: Assignee,
  by: AgentId | null,
): Promise<ConversationRow> {
  const to = columnsOf(assignee);
  const { assigned_agent_id: agentId, assigned_team_id: teamId } = to;
  if (row.assigned_agent_id === agentId && row.assigned_team_id === teamId) return row;
  return appendEvent(
    unit,
    { ...row, ...to },
    {
      event: assignee === null ? "unassigned" : "assigned",
      agent_id: by,
      assignee_agent_id: agentId,
      assignee_team_id: teamId,
    },
  );
}
