import type {
  AgentId,
  AttachmentId,
  Contact,
  Conversation,
  ConversationId,
  EntryId,
  TeamId,
  TimelineEntry,
  View,
} from "@foyer/contract";

/** One view of the list: for a team's view also which team, for a colleague's also whose. */
export interface ListKey {
  readonly view: View;
  readonly teamId: TeamId | null;
  readonly agentId: AgentId | null;
}

/** A view, with whose it is where that must be said. */
export function listKeyOf(
  view: View,
  { teamId = null, agentId = null }: Partial<Omit<ListKey, "view">> = {},
): ListKey {
  return { view, teamId, agentId };
}

/**
 * What is loaded of one view, in order. `end` is the last row that the server's pages reached:
 * rows that sort after it are not loaded, even if they are known. Null: everything is loaded.
 */
export interface ListWindow {
  readonly items: readonly Conversation[];
  readonly next: string | null;
  readonly end: Sortable | null;
}

/** What is loaded of one timeline: a run of positions without a gap. */
export interface ThreadWindow {
  readonly entries: readonly TimelineEntry[];
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
}

export interface Detail {
  readonly conversation: Conversation;
  readonly contact: Contact;
}

type Sortable = Pick<Conversation, "rank" | "id">;

/** The list's order: by rank, and by id where ranks are equal. */
export function compareByRank(one: Sortable, other: Sortable): number {
  if (one.rank !== other.rank) return one.rank - other.rank;
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
}

/** Whether a conversation stands in a view, as the server decides it; null: it alone knows. */
export function isInView(conversation: Conversation, key: ListKey, me: AgentId): boolean | null {
  const { assignee, state } = conversation;
  if (key.view === "answered_today") return null;
  if (key.view === "closed") return state === "closed";
  if (state !== "open") return false;
  if (key.view === "all") return true;
  if (key.view === "waiting") return conversation.waitingSince !== null;
  if (key.view === "unassigned") return assignee === null;
  if (assignee === null) return false;
  if (key.view === "team") return "teamId" in assignee && assignee.teamId === key.teamId;
  const whose = key.view === "mine" ? me : key.agentId;
  return "agentId" in assignee && assignee.agentId === whose;
}

/** Milliseconds that a guest has waited; null when nobody waits. */
export function waitedMs(conversation: Conversation, nowMs: number): number | null {
  if (conversation.waitingSince === null || conversation.state !== "open") return null;
  return Math.max(0, nowMs - Date.parse(conversation.waitingSince));
}

/** From here on an answer is late, and the row says so. */
export const lateAfterMs = 5 * 60_000;

export function isLate(conversation: Conversation, nowMs: number): boolean {
  const waited = waitedMs(conversation, nowMs);
  return waited !== null && waited >= lateAfterMs;
}

export function isSameAssignee(
  one: Conversation["assignee"],
  other: Conversation["assignee"],
): boolean {
  if (one === null || other === null) return one === other;
  if ("agentId" in one) return "agentId" in other && one.agentId === other.agentId;
  return "teamId" in other && one.teamId === other.teamId;
}

/** Ids in URLs and storage are text that anybody may have written: only a UUID passes. */
export function asId<Kind extends ConversationId | EntryId | TeamId | AgentId | AttachmentId>(
  text: unknown,
): Kind | undefined {
  const isId = typeof text === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
  return isId ? (text as Kind) : undefined;
}
