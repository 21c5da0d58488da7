import type { Attachment, Channel, Conversation } from "@foyer/contract";
import { builtInPlaceholders, placeholderOf } from "@foyer/contract";
import { type RefObject, useLayoutEffect, useMemo, useRef, useState } from "react";
import { knownConversation, reopen } from "../../data/acts.ts";
import { type DraftKind, draftOf, drafts, keepAttachments, keepDraft } from "../../data/drafts.ts";
import { useFields } from "../../data/fields.ts";
import { say } from "../../data/outbox-sender.ts";
import { useChannels, usePeople } from "../../data/people.ts";
import type { PresenceSender } from "../../data/presence.ts";
import { type Upload, uploads } from "../../data/uploads.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { useStore } from "../../store/use-store.ts";
import { showToast } from "../../ui/toaster.tsx";
import { type Count, countOf, type Hindrance, hindranceOf, rangeOf, shortNameOf } from "./model.ts";
import { mentionsIn } from "./suggest.ts";
import { usePresence } from "./use-presence.ts";
import { words } from "./words.ts";

/** What is being written in one conversation, as what, and how it goes out. */
export interface Writing {
  readonly conversation: Conversation;
  readonly channel: Channel | undefined;
  readonly kind: DraftKind;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly uploads: readonly Upload[];
  readonly count: Count;
  readonly hindrance: Hindrance | null;
  /** Why nothing can be sent to this guest; null: it can. */
  readonly impossible: string | null;
  /** The guest's first name, or number. */
  readonly name: string;
  readonly input: RefObject<HTMLTextAreaElement | null>;
  /** What is drawn marked in the field: placeholders, or whom a note calls. */
  readonly marks: readonly string[];
  readonly choose: (kind: DraftKind) => void;
  readonly write: (text: string, caret?: number) => void;
  readonly send: (thenCloses: boolean) => void;
  /** Selects a placeholder, so that the next key replaces it. */
  readonly select: (placeholder: string) => void;
}

export function useWriting(conversation: Conversation, canReply: boolean): Writing {
  const { property } = useWorkplace();
  const channel = useChannels(property.id).get(conversation.channelId);
  const name = shortNameOf(conversation.title, conversation.hasName);
  const impossible = canReply ? whyImpossible(conversation, channel, name) : null;
  const [chosen, setChosen] = useState<DraftKind>(() => startKind(conversation));
  const kind = canReply && impossible === null ? chosen : "note";
  const draft = useStore(drafts, () => draftOf(conversation.id));
  const text = draft[kind];
  const input = useRef<HTMLTextAreaElement>(null);
  const presence = usePresence(conversation.id);
  const own = useOwnUploads(conversation);
  const { knownPlaceholders, marks, mentions } = useMarks(kind, text);
  const count = useMemo(() => countOf(text, kind, channel), [text, kind, channel]);
  const refusedFiles = own.filter(({ refusal }) => refusal !== null).length;
  const hindrance = hindranceOf({
    kind,
    text,
    count,
    knownPlaceholders,
    attached: draft.attachments.length,
    uploading: own.length - refusedFiles,
    refusedFiles,
  });
  const { write, select } = useField(conversation, kind, input, presence);
  const choose = (next: DraftKind) => {
    setChosen(next);
    input.current?.focus();
  };
  const send = (thenCloses: boolean) => {
    if (hindrance?.kind === "unfilled") select(hindrance.names[0] ?? "");
    if (hindrance !== null) return;
    const { id: conversationId } = conversation;
    if (kind === "note") say({ conversationId, kind, text: text.trim(), mentions: mentions() });
    else {
      const { attachments } = draft;
      say({ conversationId, kind, text: text.trim(), attachments, thenCloses });
      keepAttachments(conversationId, () => []);
    }
    keepDraft(conversationId, kind, "");
    presence()?.idle();
    input.current?.focus();
    if (thenCloses) tellClosed(conversation);
  };
  const { attachments } = draft;
  const shown = { conversation, channel, kind, text, attachments, uploads: own, count };
  return { ...shown, hindrance, impossible, name, input, marks, choose, write, send, select };
}

function tellClosed(conversation: Conversation): void {
  const back = () => void reopen(knownConversation(conversation.id) ?? conversation);
  const action = { label: words.undo, run: back };
  showToast({ text: words.sentAndClosed(conversation.title), action });
}

function whyImpossible(
  { isBlocked, isOptedOut }: Conversation,
  channel: Channel | undefined,
  name: string,
): string | null {
  if (isBlocked) return words.blocked(name);
  if (isOptedOut) return words.optedOut(name);
  return channel?.isActive === false ? words.ended : null;
}

/** A draft of a note alone opens as a note. */
function startKind(conversation: Conversation): DraftKind {
  const { message, note, attachments } = draftOf(conversation.id);
  return message === "" && attachments.length === 0 && note !== "" ? "note" : "message";
}

function useOwnUploads({ id }: Conversation): readonly Upload[] {
  const all = useStore(uploads);
  return useMemo(() => all.filter(({ conversationId }) => conversationId === id), [all, id]);
}

/** What in a text needs an eye, and whom a note calls. */
function useMarks(kind: DraftKind, text: string) {
  const { property } = useWorkplace();
  const fields = useFields(property.id);
  const { agents, teams } = usePeople(property.id);
  const knownPlaceholders = useMemo(
    () => [...builtInPlaceholders, ...[...fields.values()].map(({ name }) => placeholderOf(name))],
    [fields],
  );
  const marks = useMemo(() => {
    if (kind === "message") return knownPlaceholders.map((name) => `{${name}}`);
    return text.includes("@")
      ? [...agents.values(), ...teams.values()].map(({ name }) => `@${name}`)
      : [];
  }, [kind, knownPlaceholders, agents, teams, text]);
  const mentions = () => mentionsIn(text, { agents: agents.values(), teams: teams.values() });
  return { knownPlaceholders, marks, mentions };
}

/** The field itself: what is typed, where the caret goes, and that colleagues hear of it. */
function useField(
  conversation: Conversation,
  kind: DraftKind,
  input: RefObject<HTMLTextAreaElement | null>,
  presence: () => PresenceSender | undefined,
) {
  const text = useStore(drafts, () => draftOf(conversation.id)[kind]);
  const wanted = useRef<Range>(undefined);
  // In the same turn as the text: the next key finds the caret where it belongs.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the caret follows the text
  useLayoutEffect(() => {
    if (wanted.current) selectIn(input.current, wanted.current);
    wanted.current = undefined;
  }, [text, input]);
  const write = (value: string, caret?: number) => {
    if (caret !== undefined) wanted.current = { from: caret, to: caret };
    keepDraft(conversation.id, kind, value);
    if (value.trim() === "") presence()?.idle();
    else presence()?.typing(kind);
  };
  const select = (placeholder: string) => {
    const range = rangeOf(draftOf(conversation.id)[kind], placeholder);
    if (!range) return;
    const isShown = input.current?.value === draftOf(conversation.id)[kind];
    if (isShown) selectIn(input.current, range);
    else wanted.current = range;
  };
  return { write, select };
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function selectIn(field: HTMLTextAreaElement | null, { from, to }: Range): void {
  field?.focus();
  field?.setSelectionRange(from, to);
}
