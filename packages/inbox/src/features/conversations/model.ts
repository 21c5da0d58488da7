import type { AgentId, Conversation, ConversationId, Label, LabelId, View } from "@foyer/contract";
import type { Draft } from "../../data/drafts.ts";
import { isLate, waitedMs } from "../../data/model.ts";
import type { OutboxItem } from "../../data/outbox.ts";

/** The mark before a row's preview: what a glance must not miss. */
export type PreviewMark =
  | "draft"
  | "failed"
  | "uncertain"
  | "sending"
  | "you"
  | "colleague"
  | "note"
  | null;

export interface Preview {
  readonly mark: PreviewMark;
  /** Whose words they are, where the mark is a colleague's. */
  readonly agentId: AgentId | null;
  readonly text: string;
  /** How many attachments there are beside the text, or instead of one. */
  readonly attachments: number;
}

/** What a row says below the name: my own unsent words first, then what was said last. */
export function previewOf(
  conversation: Conversation,
  me: AgentId,
  draft: Draft | undefined,
  unsent: OutboxItem | undefined,
): Preview {
  if (unsent) return previewOfUnsent(unsent);
  const drafted = draft?.message.trim() || draft?.note.trim() || "";
  const brought = draft?.attachments.length ?? 0;
  if (drafted !== "" || brought > 0) return previewAs("draft", drafted, brought);
  const { preview } = conversation;
  if (!preview) return previewAs(null, "", 0);
  const { kind, text, state, agentId, attachments } = preview;
  if (kind === "note") return previewAs("note", text, attachments);
  if (state === "failed") return previewAs("failed", text, attachments);
  if (state === "uncertain") return previewAs("uncertain", text, attachments);
  if (kind === "inbound") return previewAs(null, text, attachments);
  if (agentId === me) return previewAs("you", text, attachments);
  return { ...previewAs(agentId && "colleague", text, attachments), agentId };
}

function previewOfUnsent({ kind, text, refusal, attachments }: OutboxItem): Preview {
  if (refusal !== null) return previewAs("failed", text, attachments.length);
  return previewAs(kind === "note" ? "note" : "sending", text, attachments.length);
}

function previewAs(mark: PreviewMark, text: string, attachments: number): Preview {
  return { mark, agentId: null, text: oneLine(text), attachments };
}

const previewCharactersMax = 200;

function oneLine(text: string): string {
  return text.slice(0, previewCharactersMax).replace(/\s+/g, " ").trim();
}

/** A row's time: how long somebody waits, or when something was said last. */
export type RowTime =
  | { readonly kind: "waiting" | "late"; readonly ms: number }
  | { readonly kind: "last"; readonly atMs: number };

export function timeOf(conversation: Conversation, nowMs: number): RowTime {
  const waited = waitedMs(conversation, nowMs);
  if (waited === null) return { kind: "last", atMs: Date.parse(conversation.lastAt) };
  return { kind: isLate(conversation, nowMs) ? "late" : "waiting", ms: waited };
}

/** A row as shown: `isGone` when it left the view while the order was held. */
export interface ShownRow {
  readonly conversation: Conversation;
  readonly isGone: boolean;
}

export interface Held {
  readonly rows: readonly ShownRow[];
  /** How many rows are held back: they appear when the order is let go. */
  readonly hiddenCount: number;
}

/**
 * The rows to show while somebody points at the list: those that were there, in their place, with
 * what is now known of them. What left stays, marked; what is new waits below its turn.
 */
export function holdRows(
  shown: readonly ShownRow[],
  items: readonly Conversation[],
  latest: (id: ConversationId) => Conversation | undefined,
): Held {
  const places = new Map(items.map((item, index) => [item.id, index]));
  const rows = shown.map(({ conversation }) => {
    const item = items[places.get(conversation.id) ?? -1];
    if (item) return { conversation: item, isGone: false };
    return { conversation: latest(conversation.id) ?? conversation, isGone: true };
  });
  const had = new Set(shown.map(({ conversation }) => conversation.id));
  const lastThere = rows.findLast(({ isGone }) => !isGone)?.conversation.id;
  const end = lastThere === undefined ? -1 : (places.get(lastThere) ?? -1);
  const missing = items.filter((item) => !had.has(item.id));
  // Pages that were loaded at the end move nobody: they are shown at once.
  const tail = missing.filter((item) => (places.get(item.id) ?? 0) > end);
  const added = tail.map((conversation) => ({ conversation, isGone: false }));
  return { rows: [...rows, ...added], hiddenCount: missing.length - tail.length };
}

/** The rows in the server's order. */
export function freeRows(items: readonly Conversation[]): readonly ShownRow[] {
  return items.map((conversation) => ({ conversation, isGone: false }));
}

/**
 * How far the scroll position must move so that the first row in sight stays where it is, in rows.
 * Zero when it is gone or nothing came before it.
 */
export function anchorShift(
  before: readonly ShownRow[],
  after: readonly ShownRow[],
  firstVisible: number,
): number {
  for (let index = firstVisible; index < before.length; index += 1) {
    const id = before[index]?.conversation.id;
    const place = after.findIndex(({ conversation }) => conversation.id === id);
    if (place >= 0) return place - index;
  }
  return 0;
}

/** The row that a step leads to from the current one; from a row that left, its neighbour. */
export function stepFrom(
  rows: readonly ShownRow[],
  current: ConversationId | null,
  lastIndex: number,
  step: 1 | -1,
): number {
  if (rows.length === 0) return -1;
  const index = rows.findIndex(({ conversation }) => conversation.id === current);
  if (index >= 0) return clamp(index + step, rows.length);
  if (current === null) return 0;
  return clamp(step === 1 ? lastIndex : lastIndex - 1, rows.length);
}

function clamp(index: number, length: number): number {
  return Math.max(0, Math.min(index, length - 1));
}

/** Where an empty view leads. */
export function elsewhere(view: View): "unassigned" | "all" | "closed" {
  if (view === "mine") return "unassigned";
  return view === "all" ? "closed" : "all";
}

const labelsShownMax = 3;

/** The labels whose dots stand in a row; those that the property no longer has are left out. */
export function labelsIn(
  conversation: Conversation,
  labels: ReadonlyMap<LabelId, Label>,
): readonly Label[] {
  return conversation.labelIds.flatMap((id) => labels.get(id) ?? []).slice(0, labelsShownMax);
}
