import type { AgentId, TeamId } from "@foyer/contract";
import { useQuery } from "@tanstack/react-query";
import { listOptions } from "./lists.ts";
import { isInView, isLate, type ListKey, type ListWindow, listKeyOf } from "./model.ts";
import { countsOptions } from "./people.ts";
import { useWorkplace } from "./workplace.ts";

interface Count {
  readonly total: number;
  readonly waiting: number;
  readonly unread: number;
}

/** The server's exact numbers. */
export interface Counts {
  readonly mine: Count;
  readonly unassigned: Count;
  readonly all: Count;
  readonly closed: { readonly total: number };
  readonly teams: readonly (Count & { readonly teamId: TeamId })[];
}

/** What is told of a view beside its name. */
export interface Numbers {
  /** Null: not known, or nothing that is counted. */
  readonly total: number | null;
  readonly waiting: number;
  /** How many of those who wait have waited too long. */
  readonly late: number;
  /** More of them than have been read: at least so many are late. */
  readonly isMoreLate: boolean;
  readonly unread: number;
}

const nothing: Numbers = { total: null, waiting: 0, late: 0, isMoreLate: false, unread: 0 };

/**
 * The numbers of a view. How many wait is the server's count; who of them is late changes with
 * time alone, and so is told from the list of all who wait.
 */
export function numbersOf(
  counts: Counts | undefined,
  waiting: ListWindow | undefined,
  key: ListKey,
  me: AgentId,
  nowMs: number,
): Numbers {
  if (!counts) return nothing;
  if (key.view === "closed") return { ...nothing, total: counts.closed.total };
  const count = countOf(counts, key);
  if (!count) return nothing;
  const items = waiting?.items ?? [];
  const late = items.filter((item) => isLate(item, nowMs) && isInView(item, key, me) === true);
  const last = items.at(-1);
  const isMoreLate = Boolean(waiting?.next && last && isLate(last, nowMs) && late.length > 0);
  const { total, unread } = count;
  return { total, waiting: count.waiting, late: late.length, isMoreLate, unread };
}

function countOf(counts: Counts, { view, teamId }: ListKey): Count | undefined {
  if (view === "team") return counts.teams.find((team) => team.teamId === teamId);
  if (view === "waiting") return { ...counts.all, total: counts.all.waiting };
  return view === "mine" || view === "unassigned" || view === "all" ? counts[view] : undefined;
}

const waitingList = listKeyOf("waiting");

/** The numbers of a view of the property at hand, as they are now. */
export function useNumbers(key: ListKey, nowMs: number): Numbers {
  const { property, me } = useWorkplace();
  const counts = useQuery(countsOptions(property.id)).data;
  const waiting = useQuery(listOptions(property.id, waitingList)).data;
  return numbersOf(counts, waiting, key, me, nowMs);
}
