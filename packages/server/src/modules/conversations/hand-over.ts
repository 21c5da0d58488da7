import {
  type AgentId,
  limits,
  type OperationParsed,
  type operations,
  type PropertyId,
  type TeamId,
} from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import type { JobHandler } from "../../platform/jobs/index.ts";
import { Refusal } from "../../platform/refusal.ts";
import type { AgentLeft, TeamEnded, Unit } from "../../platform/scope/index.ts";
import * as statements from "./store.ts";
import type { ConversationRow } from "./tables.ts";
import { type Assignee, handTo, isPossible } from "./take-up.ts";
import { save } from "./timeline.ts";

/** So many change hands in one transaction, and nobody's lock waits longer than for these. */
const conversationsPerTransactionMax = 100;

/** Moves what one agent holds to somebody else, a page to a transaction, the longest wait first. */
export async function handOver(
  context: Context,
  { propertyId, fromAgentId, assignee }: OperationParsed<(typeof operations)["handOver"]>,
) {
  const isTheirs = assignee !== null && "agentId" in assignee && assignee.agentId === fromAgentId;
  if (isTheirs) return { moved: 0, hasMore: false };
  const { agentId } = context.caller;
  const held = { propertyId, holderId: fromAgentId };
  let moved = 0;
  const movePage = (limit: number) =>
    context.transact(async (unit) => {
      const mayHold = await isPossible(unit, propertyId, assignee);
      // Who leaves between two pages gets no more of them; what they got is nobody's again.
      if (!mayHold && moved > 0) return 0;
      if (!mayHold) throw new Refusal("assignment.impossible");
      const rows = await unit.db.all(statements.lockHeldByAgent, { ...held, limit });
      await handAll(unit, rows, assignee, agentId);
      if (rows.length > 0) {
        unit.record({ act: "conversations.handed_over", agentId, subjectId: fromAgentId });
      }
      return rows.length;
    });
  for (let last = 1; last > 0 && moved < limits.handOverConversationsMax; moved += last) {
    last = await movePage(
      Math.min(conversationsPerTransactionMax, limits.handOverConversationsMax - moved),
    );
  }
  const rest = await context.read.first(statements.heldByAgent, held);
  return { moved, hasMore: rest !== undefined };
}

async function handAll(
  unit: Unit,
  rows: readonly ConversationRow[],
  to: Assignee,
  by: AgentId | null,
): Promise<void> {
  for (const row of rows) await save(unit, await handTo(unit, row, to, by));
}

/** An agent who has left holds nothing: what they held is nobody's, and in sight. */
export async function releaseFromAgent(
  unit: Unit,
  { agentId: holderId, propertyIds, byAgentId }: AgentLeft,
): Promise<void> {
  let limit = conversationsPerTransactionMax;
  for (const propertyId of propertyIds) {
    const held = { propertyId, holderId, limit };
    const rows = limit === 0 ? [] : await unit.db.all(statements.lockHeldByAgent, held);
    await handAll(unit, rows, null, byAgentId);
    limit -= rows.length;
    // What one transaction cannot carry, a job does.
    if (limit === 0) unit.schedule({ kind: releaseFromAgentKind, propertyId, subjectId: holderId });
  }
}

/** A team that has ended holds nothing either. */
export async function releaseFromTeam(
  unit: Unit,
  { teamId: holderId, propertyId, byAgentId }: TeamEnded,
): Promise<void> {
  const held = { propertyId, holderId, limit: conversationsPerTransactionMax };
  const rows = await unit.db.all(statements.lockHeldByTeam, held);
  await handAll(unit, rows, null, byAgentId);
  if (rows.length < held.limit) return;
  unit.schedule({ kind: releaseFromTeamKind, propertyId, subjectId: holderId });
}

const releaseFromAgentKind = "conversations.release_from_agent";
const releaseFromTeamKind = "conversations.release_from_team";

/** Releases what one transaction could not, a page after the other. */
export const releaseJobs: readonly JobHandler[] = [
  releaseJob(releaseFromAgentKind, (unit, propertyId, id) => {
    const held = { propertyId, holderId: id as AgentId, limit: conversationsPerTransactionMax };
    return unit.db.all(statements.lockHeldByAgent, held);
  }),
  releaseJob(releaseFromTeamKind, (unit, propertyId, id) => {
    const held = { propertyId, holderId: id as TeamId, limit: conversationsPerTransactionMax };
    return unit.db.all(statements.lockHeldByTeam, held);
  }),
];

function releaseJob(
  kind: string,
  lockPage: (unit: Unit, propertyId: PropertyId, id: string) => Promise<ConversationRow[]>,
): JobHandler {
  return {
    kind,
    run: async (scope, { property_id: propertyId, subject_id: id }) => {
      const releasePage = () =>
        scope.transact(async (unit) => {
          const rows = await lockPage(unit, propertyId, id);
          await handAll(unit, rows, null, null);
          return rows.length;
        });
      let released = 0;
      do released = await releasePage();
      while (released === conversationsPerTransactionMax);
      return { kind: "done" };
    },
  };
}
