import type { AgentId, Attachment, ConversationId } from "@foyer/contract";
import { createStore } from "../store/store.ts";
import { readStored, writeStored } from "./storage.ts";
import { readAttachments } from "./stored-attachments.ts";

/** What somebody began to write in one conversation. */
export interface Draft {
  readonly message: string;
  readonly note: string;
  /** What the message will bring: handed in already, so that a reload loses nothing. */
  readonly attachments: readonly Attachment[];
}

export type DraftKind = "message" | "note";

const nothing: Draft = { message: "", note: "", attachments: [] };
const draftsKeptMax = 200;
const writeAfterMs = 250;

/** Drafts of the agent who is signed in, by conversation. They survive a reload. */
export const drafts = createStore<ReadonlyMap<ConversationId, Draft>>(new Map());
let storedUnder: string | undefined;
let writing: ReturnType<typeof setTimeout> | undefined;

/** Loads an agent's drafts; from here on what changes is kept for them. */
export function loadDrafts(agentId: AgentId): void {
  storedUnder = `foyer.drafts.${agentId}`;
  drafts.set(new Map(readDrafts(readStored(storedUnder))));
}

function readDrafts(stored: unknown): [ConversationId, Draft][] {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((pair: unknown): [ConversationId, Draft][] => {
    if (!Array.isArray(pair)) return [];
    const [id, draft] = pair as [unknown, Draft | undefined];
    const isWhole =
      typeof id === "string" &&
      typeof draft?.message === "string" &&
      typeof draft.note === "string";
    if (!isWhole) return [];
    const { message, note, attachments } = draft;
    const read = { message, note, attachments: readAttachments(attachments) };
    return [[id as ConversationId, read]];
  });
}

export function draftOf(id: ConversationId): Draft {
  return drafts.get().get(id) ?? nothing;
}

/** Keeps what is being written. */
export function keepDraft(id: ConversationId, kind: DraftKind, text: string): void {
  keep(id, { ...draftOf(id), [kind]: text });
}

/** Changes what the message will bring. */
export function keepAttachments(
  id: ConversationId,
  change: (attachments: readonly Attachment[]) => readonly Attachment[],
): void {
  const draft = draftOf(id);
  keep(id, { ...draft, attachments: change(draft.attachments) });
}

/** The oldest draft goes when there are too many. */
function keep(id: ConversationId, draft: Draft): void {
  const others = [...drafts.get()].filter(([known]) => known !== id).slice(-draftsKeptMax + 1);
  const isEmpty = draft.message === "" && draft.note === "" && draft.attachments.length === 0;
  drafts.set(new Map(isEmpty ? others : [...others, [id, draft]]));
  clearTimeout(writing);
  writing = setTimeout(writeDrafts, writeAfterMs);
}

function writeDrafts(): void {
  clearTimeout(writing);
  if (storedUnder) writeStored(storedUnder, [...drafts.get()]);
}

/** Another tab signed out and took the drafts out of storage: they are not to come back. */
function forgetWithOthers({ key, newValue }: StorageEvent): void {
  if (key === storedUnder && newValue === null) forgetDrafts();
}

if (typeof addEventListener === "function") {
  addEventListener("pagehide", writeDrafts);
  addEventListener("storage", forgetWithOthers);
}

/** Forgets all drafts, here and in storage: somebody else may sit here next. */
export function forgetDrafts(): void {
  clearTimeout(writing);
  if (storedUnder) writeStored(storedUnder, undefined);
  storedUnder = undefined;
  drafts.set(new Map());
}
