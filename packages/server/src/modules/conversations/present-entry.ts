import {
  type Attachment,
  type EntryId,
  type Mention,
  type Message,
  type Note,
  type Occurrence,
  type TimelineEntry,
  writeInstant,
} from "@foyer/contract";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import type { TenantCipher } from "../../platform/keys/tenant-cipher.ts";
import { type AttachmentsReading, hydrateAttachments } from "../attachments/index.ts";
import * as statements from "./entry-store.ts";
import type { ConversationRow, EntryRow } from "./tables.ts";

/** What entries need beside themselves, loaded once per kind for a whole page. */
interface Related {
  readonly attachments: ReadonlyMap<EntryId, Attachment[]>;
  readonly mentions: ReadonlyMap<EntryId, Mention[]>;
}

/**
 * Entries of a timeline in the contract's shape, in the order given. Two statements at most,
 * however many: for what they bring, and for whom they call.
 */
export async function presentEntries(
  reading: AttachmentsReading,
  rows: readonly EntryRow[],
): Promise<TimelineEntry[]> {
  const related = await hydrate(reading, rows);
  return rows.map((row) => presentEntry(reading.cipher, row, related));
}

/** One message. */
export async function presentMessage(reading: AttachmentsReading, row: EntryRow): Promise<Message> {
  return messageOf(reading.cipher, row, await hydrate(reading, [row]));
}

/** One note. */
export async function presentNote(reading: AttachmentsReading, row: EntryRow): Promise<Note> {
  return noteOf(reading.cipher, row, await hydrate(reading, [row]));
}

async function hydrate(reading: AttachmentsReading, rows: readonly EntryRow[]): Promise<Related> {
  const bringing = rows.filter((row) => row.attachments > 0).map((row) => row.id);
  const notes = rows.filter((row) => row.kind === "note").map((row) => row.id);
  const [attachments, mentions] = await Promise.all([
    hydrateAttachments(reading, bringing),
    notes.length === 0 ? [] : reading.read.all(statements.mentionsOf, { entryIds: notes }),
  ]);
  const byNote = Map.groupBy(mentions, (row) => row.entry_id);
  return {
    attachments,
    mentions: new Map(
      [...byNote].map(([id, called]) => [
        id,
        called.flatMap((row) => assigneeOf(row.agent_id, row.team_id) ?? []),
      ]),
    ),
  };
}

function presentEntry(cipher: TenantCipher, entry: EntryRow, related: Related): TimelineEntry {
  if (entry.kind === "note") return noteOf(cipher, entry, related);
  return entry.kind === "event" ? presentEvent(entry) : messageOf(cipher, entry, related);
}

/** The text of a message or note. */
export function bodyOf(cipher: TenantCipher, entry: EntryRow): string {
  return entry.body === null ? "" : cipher.openText(FIELD.entryBody, entry.id, entry.body);
}

function messageOf(cipher: TenantCipher, entry: EntryRow, related: Related): Message {
  const { kind, channel_id: channelId, state, reaction } = entry;
  if (kind === "note" || kind === "event" || channelId === null || state === null) {
    throw new Error("An entry that is no message was to be presented as one");
  }
  return {
    ...common(entry),
    kind: "message",
    direction: kind,
    text: bodyOf(cipher, entry),
    state,
    failure: entry.failure,
    agentId: entry.agent_id,
    channelId,
    attachments: related.attachments.get(entry.id) ?? [],
    reaction: reaction === null ? null : cipher.openText(FIELD.entryReaction, entry.id, reaction),
    retriedBy: entry.retried_by_id,
  };
}

function noteOf(cipher: TenantCipher, entry: EntryRow, related: Related): Note {
  if (entry.agent_id === null) throw new Error("A note has no author");
  return {
    ...common(entry),
    kind: "note",
    text: bodyOf(cipher, entry),
    agentId: entry.agent_id,
    mentions: related.mentions.get(entry.id) ?? [],
  };
}

function presentEvent(entry: EntryRow): Occurrence {
  if (entry.event === null) throw new Error("An event does not say what happened");
  return {
    ...common(entry),
    kind: "event",
    event: entry.event,
    agentId: entry.agent_id,
    assignee: assigneeOf(entry.assignee_agent_id, entry.assignee_team_id),
    labelId: entry.label_id,
  };
}

/** To an agent or to a team, never both. */
export function assigneeOf(
  agentId: ConversationRow["assigned_agent_id"],
  teamId: ConversationRow["assigned_team_id"],
) {
  if (agentId !== null) return { agentId };
  return teamId === null ? null : { teamId };
}

function common(entry: EntryRow) {
  return {
    id: entry.id,
    conversationId: entry.conversation_id,
    position: entry.position,
    occurredAt: writeInstant(entry.occurred_at),
    recordedAt: writeInstant(entry.recorded_at),
    version: entry.version,
  };
}
