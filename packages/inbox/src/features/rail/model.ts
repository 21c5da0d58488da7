import type { AgentId, Conversation, TeamId } from "@foyer/contract";
import { isInView, isLate, type ListKey } from "../../data/model.ts";

export interface Count {
  readonly total: number;
  readonly waiting: number;
}

/** What a rail row shows beside its name. */
export interface RailCount {
  readonly total: number | null;
  /** How many wait, when one of them waits too long; otherwise null. */
  readonly late: number | null;
}

export interface Counts {
  readonly mine: Count;
  readonly unassigned: Count;
  readonly all: Count;
  readonly closed: { readonly total: number };
  readonly teams: readonly (Count & { readonly teamId: TeamId })[];
}

/** Finds the numbers of a view, and whether any of the known conversations there waits too long. */
export function countOf(
  counts: Counts | undefined,
  key: ListKey,
  known: readonly Conversation[],
  me: AgentId,
  nowMs: number,
): RailCount {
  if (!counts) return { total: null, late: null };
  if (key.view === "closed") return { total: counts.closed.total, late: null };
  const count = countsOfView(counts, key);
  if (!count) return { total: null, late: null };
  const isAnyLate = known.some((one) => isInView(one, key, me) && isLate(one, nowMs));
  return { total: count.total, late: isAnyLate && count.waiting > 0 ? count.waiting : null };
}

function countsOfView(counts: Counts, { view, teamId }: ListKey): Count | undefined {
  if (view === "team") return counts.teams.find((team) => team.teamId === teamId);
  return view === "closed" ? undefined : counts[view];
}
