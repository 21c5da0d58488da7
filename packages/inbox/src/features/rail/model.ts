import type { TeamId } from "@foyer/contract";
import { type ListKey, lateAfterMs } from "../../data/model.ts";

export interface Count {
  readonly total: number;
  readonly waiting: number;
  readonly longestWaitingSince: string | null;
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

/** Finds the numbers of a view, and whether the guest who waits longest there waits too long. */
export function countOf(counts: Counts | undefined, key: ListKey, nowMs: number): RailCount {
  if (!counts) return { total: null, late: null };
  if (key.view === "closed") return { total: counts.closed.total, late: null };
  const count = countsOfView(counts, key);
  if (!count) return { total: null, late: null };
  const { total, waiting, longestWaitingSince: since } = count;
  const isLate = since !== null && nowMs - Date.parse(since) >= lateAfterMs;
  return { total, late: isLate ? waiting : null };
}

function countsOfView(counts: Counts, { view, teamId }: ListKey): Count | undefined {
  if (view === "team") return counts.teams.find((team) => team.teamId === teamId);
  return view === "closed" ? undefined : counts[view];
}
