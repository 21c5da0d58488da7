import type {
  AgentId,
  Attachment,
  ConversationId,
  EntryId,
  Mention,
  RefusalCode,
  TeamId,
} from "@foyer/contract";
import { asId } from "./model.ts";
import { readAttachments } from "./stored-attachments.ts";

/** An answer or note that the server has not confirmed yet. Its id is minted here, once. */
export interface OutboxItem {
  readonly id: EntryId;
  readonly conversationId: ConversationId;
  readonly kind: "message" | "note";
  /** Empty only beside an attachment. */
  readonly text: string;
  /** Messages only: what it brings, handed in before. */
  readonly attachments: readonly Attachment[];
  /** Notes only: whom it calls. */
  readonly mentions: readonly Mention[];
  /** The failed or uncertain message that this one says again. */
  readonly retryOf: EntryId | null;
  /** The conversation is closed once the server has it. */
  readonly thenCloses: boolean;
  readonly createdAtMs: number;
  /** Null: waits to be sent, again and again with the same id. A code: the server refused it. */
  readonly refusal: RefusalCode | null;
}

export type Outbox = readonly OutboxItem[];

/** What can be sent now: per conversation the oldest that is not refused, nothing out of turn. */
export function nextToSend(outbox: Outbox, busy: ReadonlySet<ConversationId>): Outbox {
  const seen = new Set<ConversationId>(busy);
  return outbox.filter((item) => {
    if (item.refusal !== null || seen.has(item.conversationId)) return false;
    seen.add(item.conversationId);
    return true;
  });
}

export function withItem(outbox: Outbox, item: OutboxItem): Outbox {
  return outbox.some((known) => known.id === item.id) ? outbox : [...outbox, item];
}

export function withoutItem(outbox: Outbox, id: EntryId): Outbox {
  return outbox.some((item) => item.id === id) ? outbox.filter((item) => item.id !== id) : outbox;
}

/** The server said no: it stays in place, with the reason, until somebody decides. */
export function withRefusal(outbox: Outbox, id: EntryId, refusal: RefusalCode): Outbox {
  return outbox.map((item) => (item.id === id ? { ...item, refusal } : item));
}

/** Tries a refused item again. It goes last: what was written later must not wait behind it. */
export function withRetry(outbox: Outbox, id: EntryId): Outbox {
  const item = outbox.find((candidate) => candidate.id === id);
  return item ? [...withoutItem(outbox, id), { ...item, refusal: null }] : outbox;
}

export function itemsOf(outbox: Outbox, conversationId: ConversationId): Outbox {
  return outbox.filter((item) => item.conversationId === conversationId);
}

/** Reads an outbox from storage; what is not an item of ours is left out. */
export function readOutbox(stored: unknown): Outbox {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((candidate: unknown) => readItem(candidate) ?? []);
}

function readItem(candidate: unknown): OutboxItem | undefined {
  if (candidate === null || typeof candidate !== "object") return undefined;
  const item = candidate as OutboxItem;
  const { id, conversationId, kind, text, createdAtMs, refusal } = item;
  const isWhole =
    asId(id) !== undefined &&
    asId(conversationId) !== undefined &&
    (kind === "message" || kind === "note") &&
    typeof text === "string" &&
    typeof createdAtMs === "number" &&
    (refusal === null || typeof refusal === "string");
  if (!isWhole) return undefined;
  return {
    id,
    conversationId,
    kind,
    text,
    attachments: readAttachments(item.attachments),
    mentions: readMentions(item.mentions),
    retryOf: asId<EntryId>(item.retryOf) ?? null,
    thenCloses: item.thenCloses === true,
    createdAtMs,
    refusal,
  };
}

function readMentions(stored: unknown): readonly Mention[] {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((one: Partial<Record<"agentId" | "teamId", unknown>> | null): Mention[] => {
    const agentId = asId<AgentId>(one?.agentId);
    const teamId = asId<TeamId>(one?.teamId);
    if (agentId) return [{ agentId }];
    return teamId ? [{ teamId }] : [];
  });
}

const retryBaseMs = 1_000;
const retryCapMs = 10_000;

/** How long to wait after so many failures in a row: doubling, capped, jitter above half. */
export function backoffMs(failures: number, random: number): number {
  const ceiling = Math.min(retryCapMs, retryBaseMs * 2 ** Math.min(failures, 10));
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}
