import { type AgentId, type OperationParsed, type operations, writeInstant } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { headOf, writeCursor } from "../../platform/feed/index.ts";
import { readPageCursor, writePageCursor } from "../../platform/page-cursor.ts";
import { notFound } from "../../platform/refusal.ts";
import { isTeamOf, listTeams } from "../tenancy/index.ts";
import { startOfToday } from "./now.ts";
import { presentConversations } from "./present.ts";
import { restRank } from "./rules.ts";
import * as views from "./view-store.ts";

type Input = OperationParsed<(typeof operations)["listConversations"]>;

const beforeAnyId = "00000000-0000-0000-0000-000000000000";

/** One page of a view. The cursor is read first: everything up to it is in the page. */
export async function listConversations(context: Context, input: Input) {
  const { propertyId, view, limit } = input;
  await assertNamed(context, input);
  const { last } = await headOf(context.read, propertyId);
  const after = readPageCursor(input.after) ?? { key: 0, id: beforeAnyId };
  const { agentId } = context.caller;
  const rows = await context.read.all(views.conversationPages[view], {
    propertyId,
    agentId,
    heldById: input.agentId ?? null,
    teamId: input.teamId ?? null,
    since: view === "answered_today" ? await startOfToday(context, propertyId) : 0,
    restRank,
    afterRank: after.key,
    afterId: after.id,
    limit: limit + 1,
  });
  const shown = rows.slice(0, limit);
  const end = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: await presentConversations(context, agentId, shown),
    next: end ? writePageCursor({ key: end.list_rank, id: end.id }) : null,
    cursor: writeCursor(last),
  };
}

/** The views of a team and of an agent say whose. Somebody who has left may be asked for, too. */
async function assertNamed(context: Context, input: Input): Promise<void> {
  const { propertyId, view, teamId, agentId } = input;
  const isTeam = view !== "team" || (teamId && (await isTeamOf(context, propertyId, teamId)));
  const isAgent = view !== "agent" || agentId !== undefined;
  if (!isTeam || !isAgent) throw notFound();
}

interface Count {
  readonly total: number;
  readonly waiting: number;
  /** Since when the one who waits longest waits, integer ms. */
  readonly longest: number | null;
  readonly unread: number;
}

/** Exact numbers for every view, in a fixed number of statements. */
export async function countConversations(
  context: Context,
  { propertyId }: OperationParsed<(typeof operations)["countConversations"]>,
) {
  const { last } = await headOf(context.read, propertyId);
  const { agentId } = context.caller;
  const [held, closed, teams] = await Promise.all([
    context.read.all(views.countOpen, { propertyId, agentId }),
    context.read.first(views.countClosed, { propertyId }),
    listTeams(context, propertyId),
  ]);
  const isFree = (row: Holder) => row.assigned_agent_id === null && row.assigned_team_id === null;
  return {
    mine: sum(held.filter((row) => row.assigned_agent_id === agentId)),
    unassigned: sum(held.filter(isFree)),
    all: sum(held),
    closed: { total: Number(closed?.total ?? 0) },
    teams: teams.map(({ id: teamId }) => ({
      teamId,
      ...sum(held.filter((row) => row.assigned_team_id === teamId)),
    })),
    cursor: writeCursor(last),
  };
}

interface Holder {
  readonly assigned_agent_id: AgentId | null;
  readonly assigned_team_id: string | null;
}

/** MySQL gives sums and counts as decimals in text: they are numbers from here on. */
function sum(rows: readonly Count[]) {
  const add = (pick: (row: Count) => number) =>
    rows.reduce((total, row) => total + Number(pick(row)), 0);
  const longest = rows.flatMap((row) => (row.longest === null ? [] : Number(row.longest)));
  return {
    total: add((row) => row.total),
    waiting: add((row) => row.waiting),
    longestWaitingSince: longest.length > 0 ? writeInstant(Math.min(...longest)) : null,
    unread: add((row) => row.unread),
  };
}
