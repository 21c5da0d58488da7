import type { AgentId, Message, Note, Occurrence, TimelineEntry } from "@foyer/contract";
import type { Outbox, OutboxItem } from "../../data/outbox.ts";
import { dayNumber } from "../../ui/times.ts";

/** What a bubble shows: an entry of the server, or one of mine that it has not confirmed. */
export type Said = Message | Note | PendingEntry;

export interface PendingEntry {
  readonly kind: "pending";
  readonly id: OutboxItem["id"];
  readonly occurredAt: string;
  readonly text: string;
  readonly agentId: AgentId;
  readonly item: OutboxItem;
}

export type Side = "guest" | "own" | "note";

/** A run of the timeline as it is drawn. */
export type Block =
  | { readonly kind: "day"; readonly key: string; readonly atMs: number }
  | { readonly kind: "events"; readonly key: string; readonly events: readonly Occurrence[] }
  | {
      readonly kind: "group";
      readonly key: string;
      readonly side: Side;
      readonly agentId: AgentId | null;
      readonly said: readonly Said[];
    };

const groupedWithinMs = 3 * 60_000;

/** Puts what waits in the outbox below what the server knows; an entry it knows is not doubled. */
export function withPending(
  entries: readonly TimelineEntry[],
  unsent: Outbox,
  me: AgentId,
): readonly (TimelineEntry | PendingEntry)[] {
  if (unsent.length === 0) return entries;
  const known = new Set<string>(entries.map((entry) => entry.id));
  const pending = unsent
    .filter((item) => !known.has(item.id))
    .map((item): PendingEntry => {
      const occurredAt = new Date(item.createdAtMs).toISOString();
      return { kind: "pending", id: item.id, occurredAt, text: item.text, agentId: me, item };
    });
  return [...entries, ...pending];
}

function sideOf(said: Said): Side {
  if (said.kind === "note") return "note";
  if (said.kind === "pending") return said.item.kind === "note" ? "note" : "own";
  return said.direction === "inbound" ? "guest" : "own";
}

/**
 * Folds a timeline into what is drawn: a divider where a day of the property begins, bubbles of
 * one person within three minutes in one group, events that follow each other in one line. A
 * message that failed ends its group, so that the reason stands right below it.
 */
export function blocksOf(
  entries: readonly (TimelineEntry | PendingEntry)[],
  zone: string,
): readonly Block[] {
  const blocks: Block[] = [];
  let day: number | undefined;
  for (const entry of entries) {
    const atMs = Date.parse(entry.occurredAt);
    const today = dayNumber(atMs, zone);
    if (today !== day) blocks.push({ kind: "day", key: `day-${today}-${entry.id}`, atMs });
    day = today;
    const last = blocks.at(-1);
    if (entry.kind === "event") {
      if (last?.kind === "events") {
        blocks[blocks.length - 1] = { ...last, events: [...last.events, entry] };
      } else blocks.push({ kind: "events", key: entry.id, events: [entry] });
    } else if (last?.kind === "group" && belongsTo(last, entry, atMs)) {
      blocks[blocks.length - 1] = { ...last, said: [...last.said, entry] };
    } else {
      const { agentId } = entry;
      blocks.push({ kind: "group", key: entry.id, side: sideOf(entry), agentId, said: [entry] });
    }
  }
  return blocks;
}

function belongsTo(group: Block & { kind: "group" }, said: Said, atMs: number): boolean {
  const before = group.said.at(-1);
  if (!before || group.side !== sideOf(said) || group.agentId !== said.agentId) return false;
  if (hasTrouble(before)) return false;
  return Math.abs(atMs - Date.parse(before.occurredAt)) <= groupedWithinMs;
}

/** Whether a message needs a line of its own below it. */
export function hasTrouble(said: Said): boolean {
  if (said.kind === "pending") return said.item.refusal !== null;
  return said.kind === "message" && (said.state === "failed" || said.state === "uncertain");
}

/** The newest message of ours: the one whose state is told. */
export function lastOwnId(entries: readonly (TimelineEntry | PendingEntry)[]): string | undefined {
  return entries.findLast(
    (entry) => entry.kind !== "event" && entry.kind !== "note" && sideOf(entry) === "own",
  )?.id;
}

/** A piece of a text: plain, or a link that leads out. */
export interface Piece {
  readonly text: string;
  readonly href: string | null;
}

const linkPattern = /\bhttps?:\/\/[^\s<>"'\u200b-\u200f\u202a-\u202e\u2066-\u2069]+/gi;
const trailing = /[.,;:!?)\]}'"»”]+$/;

/** Finds the links in a text. Only http and https lead anywhere. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of text.matchAll(linkPattern)) {
    const shown = found[0].replace(trailing, "");
    const href = safeHref(shown);
    if (href === null) continue;
    if (found.index > from) pieces.push({ text: text.slice(from, found.index), href: null });
    pieces.push({ text: shown, href });
    from = found.index + shown.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), href: null });
  return pieces;
}

function safeHref(text: string): string | null {
  try {
    const url = new URL(text);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}

const shownCharactersMax = 1_200;
const shownLinesMax = 24;

/** The beginning of a text that is too long to stand whole; null when it may stand. */
export function clampText(text: string): string | null {
  const lines = text.split("\n", shownLinesMax + 1);
  const isTall = lines.length > shownLinesMax;
  if (!isTall && text.length <= shownCharactersMax) return null;
  const start = lines.slice(0, shownLinesMax).join("\n").slice(0, shownCharactersMax);
  // A surrogate pair is not cut in half.
  return `${start.replace(/[\ud800-\udbff]$/, "").trimEnd()}…`;
}
