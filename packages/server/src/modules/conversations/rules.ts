import type { MessageState } from "@foyer/contract";
import type { ConversationRow, EntryRow } from "./tables.ts";

/**
 * The order in which a message's state may move, forward only. A delivery that somebody saw
 * outweighs a failure that somebody reported, so that whatever the order in which reports come,
 * the end is the same.
 */
const stateOrder: readonly MessageState[] = [
  "queued",
  "sending",
  "uncertain",
  "sent",
  "failed",
  "delivered",
  "read",
];

/** Whether a report moves a message on; if not, it says nothing new. */
export function movesOn(current: MessageState, reported: MessageState): boolean {
  return stateOrder.indexOf(reported) > stateOrder.indexOf(current);
}

/** The states of a message that still wants to leave the house. */
export const unsentStates: readonly MessageState[] = ["queued", "sending"];

/** Later than any instant that a conversation can have: year 5138. */
const farFuture = 100_000_000_000_000;

/**
 * Where a list sorts a conversation, ascending: who waits longest comes first, then everybody
 * else by the newest. One number, so that a page can go on where the last one ended.
 */
export function rankOf(waitingSince: number | null, lastAt: number): number {
  return waitingSince ?? 2 * farFuture - lastAt;
}

export type ReplyRefusal = "channel.ended" | "message.too_long";

/** Whether a reply may be sent; the reason if not. */
export function decideReply(given: {
  readonly text: string;
  readonly isChannelActive: boolean;
  readonly textCharactersMax: number;
}): ReplyRefusal | undefined {
  if (!given.isChannelActive) return "channel.ended";
  if (given.text.length > given.textCharactersMax) return "message.too_long";
  return undefined;
}

/** What the next entry does to its conversation's row. */
export interface Advance {
  readonly entry: Pick<EntryRow, "id" | "kind" | "occurred_at">;
  readonly now: number;
}

/**
 * The conversation after one more entry. An inbound message starts the wait, unless the guest
 * waits already; an answer ends it; notes and events leave it as it is.
 */
export function advance(row: ConversationRow, { entry, now }: Advance): ConversationRow {
  const position = row.last_position + 1;
  const isSaid = entry.kind !== "event";
  const lastAt = isSaid ? now : row.last_at;
  const waitingSince = waitingAfter(row.waiting_since, entry.kind, now);
  return {
    ...row,
    last_position: position,
    last_inbound_position: entry.kind === "inbound" ? position : row.last_inbound_position,
    preview_entry_id: isSaid ? entry.id : row.preview_entry_id,
    last_at: lastAt,
    waiting_since: waitingSince,
    list_rank: rankOf(waitingSince, lastAt),
  };
}

function waitingAfter(since: number | null, kind: EntryRow["kind"], now: number): number | null {
  if (kind === "inbound") return since ?? now;
  return kind === "outbound" ? null : since;
}

/** The conversation with another wait: closing ends it, a failed answer begins it again. */
export function withWait(row: ConversationRow, waitingSince: number | null): ConversationRow {
  return { ...row, waiting_since: waitingSince, list_rank: rankOf(waitingSince, row.last_at) };
}
