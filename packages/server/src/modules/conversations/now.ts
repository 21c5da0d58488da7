import {
  type OperationParsed,
  type operations,
  type PropertyId,
  writeInstant,
} from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { notFound } from "../../platform/refusal.ts";
import type { Scope } from "../../platform/scope/index.ts";
import { listAgents, listProperties, type SignedIn } from "../tenancy/index.ts";
import * as answers from "./first-answer-store.ts";
import { startOfDay } from "./local-day.ts";
import { medianOf, restRank } from "./rules.ts";
import * as views from "./view-store.ts";

/** The median is that of so many of today's newest answers: a house that has more is steady. */
const answersMax = 5_000;

/** How the property stands at this moment. A fixed number of statements. */
export function createGetNow(signedIn: SignedIn) {
  return async (
    context: Context,
    { propertyId }: OperationParsed<(typeof operations)["getNow"]>,
  ) => {
    const { agentId } = context.caller;
    const since = await startOfToday(context, propertyId);
    const [held, longest, answered, agents, here] = await Promise.all([
      context.read.all(views.countOpen, { propertyId, agentId }),
      context.read.first(views.longestWaiting, { propertyId, restRank }),
      context.read.all(answers.firstAnswersSince, { propertyId, since, limit: answersMax }),
      listAgents(context, propertyId),
      signedIn(context),
    ]);
    const waiting = (rows: typeof held) => sumOf(rows.map((row) => row.waiting));
    const holders = Map.groupBy(held, (row) => row.assigned_agent_id);
    return {
      waiting: waiting(held),
      longestWaitingSince: longest?.waiting_since ? writeInstant(longest.waiting_since) : null,
      longestWaitingId: longest?.id ?? null,
      firstAnswerMedianMs: medianOf(answered.map((row) => row.answered_at - row.waiting_since)),
      answeredToday: new Set(answered.map((row) => row.conversation_id)).size,
      agents: agents
        .filter(({ id, isActive }) => isActive || holders.has(id))
        .map(({ id }) => {
          const own = holders.get(id) ?? [];
          const open = sumOf(own.map((row) => row.total));
          return { agentId: id, isSignedIn: here.has(id), open, waiting: waiting(own) };
        }),
    };
  };
}

/** MySQL gives counts as decimals in text. */
function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + Number(count), 0);
}

/** When today began at a property, by its own clocks; integer ms. */
export async function startOfToday(
  scope: Pick<Scope, "read" | "cipher" | "now">,
  propertyId: PropertyId,
): Promise<number> {
  const property = (await listProperties(scope)).find(({ id }) => id === propertyId);
  if (!property) throw notFound();
  return startOfDay(scope.now(), property.timeZone);
}
