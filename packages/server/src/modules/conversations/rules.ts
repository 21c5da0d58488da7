import type { FailureCode, MessageState, RefusalCode } from "@foyer/contract";
import type { ConsentWord } from "../../platform/scope/index.ts";
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

/** The states of a message that people may say again. */
export const retryableStates: readonly MessageState[] = ["failed", "uncertain"];

/** Later than any instant that a conversation can have: year 5138. */
const farFuture = 100_000_000_000_000;

/** Everybody who waits is ranked before this, everybody else from here on. */
export const restRank = farFuture;

/**
 * Where a list sorts a conversation, ascending: who waits longest comes first, then everybody
 * else by the newest. One number, so that a page can go on where the last one ended.
 */
export function rankOf(waitingSince: number | null, lastAt: number): number {
  return waitingSince ?? 2 * farFuture - lastAt;
}

/** What is known before a message is sent. */
export interface Sending {
  readonly text: string;
  readonly attachments: number;
  /** Placeholders of templates that the text still holds. */
  readonly unfilled: readonly string[];
  readonly isChannelActive: boolean;
  readonly textCharactersMax: number;
  readonly attachmentsMax: number;
  readonly isBlocked: boolean;
  readonly isOptedOut: boolean;
  /** False once the address is somebody else's, or nobody's. */
  readonly isTheirs: boolean;
}

/** Why something is refused, and the facts that a screen needs to say so. */
export interface Objection {
  readonly code: RefusalCode;
  readonly facts?: Readonly<Record<string, string | number>>;
}

/** Whether a message may be sent; the reason if not. What nobody can mend comes first. */
export function decideSending(given: Sending): Objection | undefined {
  const { textCharactersMax, attachmentsMax } = given;
  const [placeholder] = given.unfilled;
  if (!given.isChannelActive) return { code: "channel.ended" };
  if (!given.isTheirs) return { code: "contact.address_left" };
  if (given.isBlocked) return { code: "contact.blocked" };
  if (given.isOptedOut) return { code: "contact.opted_out" };
  if (given.attachments === 0 && isInvisible(given.text)) return { code: "message.empty" };
  if (given.text.length > textCharactersMax) {
    return { code: "message.too_long", facts: { textCharactersMax } };
  }
  if (given.attachments > attachmentsMax) {
    return { code: "message.too_many_attachments", facts: { attachmentsMax } };
  }
  if (placeholder === undefined) return undefined;
  return { code: "message.placeholder_unfilled", facts: { placeholder } };
}

/** Whether nobody would see anything of a text: blanks and format characters (Unicode `Cf`). */
function isInvisible(text: string): boolean {
  return /^[\p{Cf}\s]*$/u.test(text);
}

/** What is known of a guest's text before it is taken in. */
export interface Hearing {
  readonly word: ConsentWord | null;
  readonly consent: "unknown" | "opted_in" | "opted_out";
  readonly isBlocked: boolean;
}

/** What becomes of a guest's text beside its place in the timeline. */
export interface Heard {
  /** Nobody is asked for an answer: no wait, and a closed conversation stays closed. */
  readonly isQuiet: boolean;
  /** The guest turned texts off or on with it. */
  readonly turned: "stop" | "start" | null;
  /** The guest wrote first, and so may be answered. */
  readonly agreesByWriting: boolean;
}

/**
 * Decides what a text means besides what it says. The provider answers STOP, START and HELP
 * itself, so the house sends nothing of its own; HELP is still a guest who asks for help, and
 * waits for people. YES turns texts on only for whoever turned them off: to anybody else it is
 * an answer. Whoever turns them on again has asked nothing yet. STOP is the guest's own word even
 * where an agent has turned texts off for them: from then on nobody else may take it back.
 */
export function decideHearing({ word, consent, isBlocked }: Hearing): Heard {
  const isOptedOut = consent === "opted_out";
  const startsAgain = isOptedOut && (word === "start" || word === "yes");
  const stops = word === "stop";
  const begins = startsAgain || (word === "start" && consent === "unknown");
  return {
    isQuiet: isBlocked || stops || startsAgain,
    turned: stops ? "stop" : begins ? "start" : null,
    agreesByWriting: consent === "unknown" && !stops && !begins,
  };
}

/** What the next entry does to its conversation's row. */
export interface Advance {
  readonly entry: Pick<EntryRow, "id" | "kind" | "occurred_at">;
  readonly now: number;
  /** An inbound message that asks nobody for an answer; see `decideHearing`. */
  readonly isQuiet?: boolean;
}

/**
 * The conversation after one more entry. An inbound message starts the wait, unless the guest
 * waits already; an answer ends it; notes and events leave it as it is.
 */
export function advance(row: ConversationRow, { entry, now, isQuiet }: Advance): ConversationRow {
  const position = row.last_position + 1;
  const isSaid = entry.kind !== "event";
  const lastAt = isSaid ? now : row.last_at;
  const isAsked = entry.kind === "inbound" && !isQuiet;
  const known = entry.kind === "outbound" ? null : row.waiting_since;
  const waitingSince = isAsked ? (known ?? now) : known;
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

/** The conversation with another wait: closing ends it, a failed answer begins it again. */
export function withWait(row: ConversationRow, waitingSince: number | null): ConversationRow {
  return { ...row, waiting_since: waitingSince, list_rank: rankOf(waitingSince, row.last_at) };
}

/** An answer behind a guest's last message, and what became of it. */
export type Answer = Pick<EntryRow, "id" | "position" | "state" | "retried_by_id">;

/**
 * Whether a failed answer makes the guest wait again. It does, unless texting is what the guest
 * refuses, or the staff has blocked them: a wait that nobody can end helps nobody.
 */
export function waitsAfter(failure: FailureCode | null): boolean {
  return failure !== "opted_out" && failure !== "blocked";
}

/**
 * Since when the guest waits after an answer failed: since they asked, if nothing else has
 * answered what that answer was the first to answer; otherwise from now on.
 *
 * @param asked when the wait began that the failed answer ended; undefined if it ended none
 * @param others the other answers behind the guest's question
 */
export function waitAfterFailure(
  row: Pick<ConversationRow, "waiting_since">,
  asked: number | undefined,
  others: readonly Answer[],
  now: number,
): number {
  const isAnsweredElse = others.some(({ state }) => state !== "failed");
  const since = asked !== undefined && !isAnsweredElse ? asked : now;
  return Math.min(since, row.waiting_since ?? since);
}

/**
 * Whether an answer that was reported as failed, and arrived after all, ends the wait: not if the
 * guest wrote since, and not while another answer behind their last message is failed for good.
 */
export function endsWaitLate(
  row: Pick<ConversationRow, "waiting_since" | "last_inbound_position">,
  arrived: Pick<EntryRow, "id" | "position">,
  answers: readonly Answer[],
): boolean {
  if (row.waiting_since === null || arrived.position <= row.last_inbound_position) return false;
  return !answers.some(
    ({ id, state, retried_by_id: retriedBy }) =>
      id !== arrived.id && state === "failed" && retriedBy === null,
  );
}

/** The median of some durations, in whole ms; null where there is none. */
export function medianOf(durations: readonly number[]): number | null {
  const sorted = durations.toSorted((one, other) => one - other);
  const [lower, upper] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return lower === undefined || upper === undefined ? null : Math.round((lower + upper) / 2);
}
