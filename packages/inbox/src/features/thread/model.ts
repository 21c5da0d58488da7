import type {
  AgentId,
  Attachment,
  EntryId,
  Message,
  Note,
  Occurrence,
  TimelineEntry,
} from "@foyer/contract";
import type { Outbox, OutboxItem } from "../../data/outbox.ts";
import { dayNumber } from "../../ui/times.ts";

/** What a bubble shows: an entry of the server, or one of mine that it has not confirmed. */
export type Said = Message | Note | PendingEntry;

export interface PendingEntry {
  readonly kind: "pending";
  readonly id: OutboxItem["id"];
  readonly occurredAt: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
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
      const { id, text, attachments } = item;
      return { kind: "pending", id, occurredAt, text, attachments, agentId: me, item };
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

/** What a bubble brings besides its words. */
export function attachmentsOf(said: Said): readonly Attachment[] {
  return said.kind === "note" ? [] : said.attachments;
}

/** Which message says a failed one again: as the server knows, or as it waits to be sent. */
export function retriesIn(
  entries: readonly (TimelineEntry | PendingEntry)[],
): ReadonlyMap<EntryId, EntryId> {
  const retries = new Map<EntryId, EntryId>();
  for (const entry of entries) {
    if (entry.kind === "message" && entry.retriedBy) retries.set(entry.id, entry.retriedBy);
    if (entry.kind === "pending" && entry.item.retryOf) {
      const isRefused = entry.item.refusal !== null;
      if (!isRefused) retries.set(entry.item.retryOf, entry.id);
    }
  }
  return retries;
}

/** The pictures of a thread that can be looked at, in order. */
export function picturesIn(entries: readonly (TimelineEntry | PendingEntry)[]): readonly Shown[] {
  return entries.flatMap((entry) => {
    if (entry.kind === "event") return [];
    const all = attachmentsOf(entry).filter((one) => isPicture(one) && one.state === "ready");
    return all.map((attachment) => ({ attachment, agentId: entry.agentId, at: entry.occurredAt }));
  });
}

/** A picture with whose it is and when it came. */
export interface Shown {
  readonly attachment: Attachment;
  /** Null: the guest's. */
  readonly agentId: AgentId | null;
  readonly at: string;
}

export function isPicture({ mediaType }: Attachment): boolean {
  return mediaType?.startsWith("image/") ?? false;
}

const pictureSideMaxPx = 320;
const pictureSideMinPx = 96;
const unknownPicture = { width: 240, height: 180 };

/** How large a picture stands in a thread: known before it is loaded, so that nothing moves. */
export function pictureBox({ width, height }: Pick<Attachment, "width" | "height">) {
  if (!width || !height) return unknownPicture;
  const scale = Math.min(1, pictureSideMaxPx / width, pictureSideMaxPx / height);
  const side = (length: number) => Math.max(pictureSideMinPx, Math.round(length * scale));
  return { width: side(width), height: side(height) };
}
