import {
  type AgentId,
  type Contact,
  type ContactId,
  type Conversation,
  type ConversationId,
  type EntryId,
  type Message,
  type Note,
  type Occurrence,
  type TimelineEntry,
  writeInstant,
} from "@foyer/contract";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import type { TenantCipher } from "../../platform/keys/tenant-cipher.ts";
import type { TenantReader } from "../../platform/store/index.ts";
import { hydrateContacts } from "../contacts/index.ts";
import * as statements from "./store.ts";
import type { ConversationRow, EntryRow } from "./tables.ts";

const previewCharactersMax = 140;

interface Reading {
  readonly read: TenantReader;
  readonly cipher: TenantCipher;
}

/** What a row of the list needs beside itself, loaded once per kind for a whole page. */
interface Related {
  readonly contacts: ReadonlyMap<ContactId, Contact>;
  readonly previews: ReadonlyMap<EntryId, EntryRow>;
  readonly markers: ReadonlyMap<ConversationId, number>;
}

/** Conversations as one agent sees them, in the order given. Four statements, however many. */
export async function presentConversations(
  reading: Reading,
  agentId: AgentId,
  rows: readonly ConversationRow[],
): Promise<Conversation[]> {
  const related = await hydrate(reading, agentId, rows);
  return rows.map((row) => presentConversation(reading.cipher, row, related));
}

/** One conversation as one agent sees it. */
export async function presentOne(
  reading: Reading,
  agentId: AgentId,
  row: ConversationRow,
): Promise<Conversation> {
  const related = await hydrate(reading, agentId, [row]);
  return presentConversation(reading.cipher, row, related);
}

async function hydrate(
  { read, cipher }: Reading,
  agentId: AgentId,
  rows: readonly ConversationRow[],
): Promise<Related> {
  if (rows.length === 0) return { contacts: new Map(), previews: new Map(), markers: new Map() };
  const previewIds = rows.flatMap((row) => row.preview_entry_id ?? []);
  const ids = rows.map((row) => row.id);
  const [contacts, previews, markers] = await Promise.all([
    hydrateContacts(
      read,
      cipher,
      rows.map((row) => row.contact_id),
    ),
    previewIds.length === 0 ? [] : read.all(statements.entriesByIds, { ids: previewIds }),
    read.all(statements.markersOf, { agentId, ids }),
  ]);
  return {
    contacts,
    previews: new Map(previews.map((entry) => [entry.id, entry])),
    markers: new Map(markers.map((marker) => [marker.conversation_id, marker.position])),
  };
}

function presentConversation(
  cipher: TenantCipher,
  row: ConversationRow,
  related: Related,
): Conversation {
  const contact = related.contacts.get(row.contact_id);
  const preview = row.preview_entry_id ? related.previews.get(row.preview_entry_id) : undefined;
  return {
    id: row.id,
    propertyId: row.property_id,
    contactId: row.contact_id,
    channelId: row.channel_id,
    title: titleOf(contact, row),
    hasName: Boolean(contact?.name),
    state: row.state,
    assignee: assigneeOf(row.assigned_agent_id, row.assigned_team_id),
    waitingSince: row.waiting_since === null ? null : writeInstant(row.waiting_since),
    isUnread: row.last_inbound_position > (related.markers.get(row.id) ?? 0),
    preview: preview ? presentPreview(cipher, preview) : null,
    lastAt: writeInstant(row.last_at),
    lastPosition: row.last_position,
    rank: row.list_rank,
    version: row.version,
  };
}

function titleOf(contact: Contact | undefined, row: ConversationRow): string {
  const used = contact?.addresses.find(({ id }) => id === row.address_id);
  return contact?.name ?? used?.formatted ?? contact?.addresses[0]?.formatted ?? "";
}

function assigneeOf(
  agentId: ConversationRow["assigned_agent_id"],
  teamId: ConversationRow["assigned_team_id"],
) {
  if (agentId !== null) return { agentId };
  return teamId === null ? null : { teamId };
}

function presentPreview(cipher: TenantCipher, entry: EntryRow): Conversation["preview"] {
  if (entry.kind === "event") return null;
  const text = bodyOf(cipher, entry).replace(/\s+/gu, " ").trim();
  const characters = Array.from(text.slice(0, 2 * previewCharactersMax));
  return {
    kind: entry.kind,
    text: characters.slice(0, previewCharactersMax).join(""),
    state: entry.state,
    agentId: entry.agent_id,
  };
}

/** The text of a message or note. */
export function bodyOf(cipher: TenantCipher, entry: EntryRow): string {
  return entry.body === null ? "" : cipher.openText(FIELD.entryBody, entry.id, entry.body);
}

/** An entry of the timeline, in the contract's shape. */
export function presentEntry(cipher: TenantCipher, entry: EntryRow): TimelineEntry {
  if (entry.kind === "note") return presentNote(cipher, entry);
  return entry.kind === "event" ? presentEvent(entry) : presentMessage(cipher, entry);
}

export function presentMessage(cipher: TenantCipher, entry: EntryRow): Message {
  const { kind, channel_id: channelId, state } = entry;
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
  };
}

export function presentNote(cipher: TenantCipher, entry: EntryRow): Note {
  if (entry.agent_id === null) throw new Error("A note has no author");
  const text = bodyOf(cipher, entry);
  return { ...common(entry), kind: "note", text, agentId: entry.agent_id };
}

function presentEvent(entry: EntryRow): Occurrence {
  if (entry.event === null) throw new Error("An event does not say what happened");
  const assignee = assigneeOf(entry.assignee_agent_id, entry.assignee_team_id);
  return { ...common(entry), kind: "event", event: entry.event, agentId: entry.agent_id, assignee };
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
