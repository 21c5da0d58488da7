import {
  type AgentId,
  type ContactId,
  type Conversation,
  type ConversationId,
  type EntryId,
  writeInstant,
} from "@foyer/contract";
import type { TenantCipher } from "../../platform/keys/tenant-cipher.ts";
import type { TenantReader } from "../../platform/store/index.ts";
import { type Guest, hydrateGuests } from "../contacts/index.ts";
import * as entries from "./entry-store.ts";
import * as markers from "./marker-store.ts";
import { assigneeOf, bodyOf } from "./present-entry.ts";
import type { ConversationRow, EntryRow } from "./tables.ts";

const previewCharactersMax = 140;

interface Reading {
  readonly read: TenantReader;
  readonly cipher: TenantCipher;
}

interface Marker {
  readonly position: number;
  readonly mentioned_position: number;
}

/** What a row of the list needs beside itself, loaded once per kind for a whole page. */
interface Related {
  readonly guests: ReadonlyMap<ContactId, Guest>;
  readonly previews: ReadonlyMap<EntryId, EntryRow>;
  readonly markers: ReadonlyMap<ConversationId, Marker>;
}

/**
 * Conversations of one property as one agent sees them, in the order given. Seven statements,
 * however many.
 */
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
  reading: Reading,
  agentId: AgentId,
  rows: readonly ConversationRow[],
): Promise<Related> {
  const propertyId = rows[0]?.property_id;
  if (!propertyId) return { guests: new Map(), previews: new Map(), markers: new Map() };
  const { read } = reading;
  const previewIds = rows.flatMap((row) => row.preview_entry_id ?? []);
  const ids = rows.map((row) => row.id);
  const contactIds = rows.map((row) => row.contact_id);
  const [guests, previews, seen] = await Promise.all([
    hydrateGuests(reading, propertyId, contactIds),
    previewIds.length === 0 ? [] : read.all(entries.entriesByIds, { ids: previewIds }),
    read.all(markers.markersOf, { agentId, ids }),
  ]);
  return {
    guests,
    previews: new Map(previews.map((entry) => [entry.id, entry])),
    markers: new Map(seen.map((marker) => [marker.conversation_id, marker])),
  };
}

const nothingSeen: Marker = { position: 0, mentioned_position: 0 };

function presentConversation(
  cipher: TenantCipher,
  row: ConversationRow,
  related: Related,
): Conversation {
  const guest = related.guests.get(row.contact_id);
  if (!guest) throw new Error("A conversation has no contact");
  const { contact, stay } = guest;
  const used = contact.addresses.find(({ id }) => id === row.address_id);
  const preview = row.preview_entry_id ? related.previews.get(row.preview_entry_id) : undefined;
  const seen = related.markers.get(row.id) ?? nothingSeen;
  const isMentioned = seen.mentioned_position > seen.position;
  return {
    id: row.id,
    propertyId: row.property_id,
    contactId: row.contact_id,
    channelId: row.channel_id,
    title: contact.name ?? used?.formatted ?? contact.addresses[0]?.formatted ?? "",
    hasName: contact.name !== null,
    state: row.state,
    assignee: assigneeOf(row.assigned_agent_id, row.assigned_team_id),
    waitingSince: row.waiting_since === null ? null : writeInstant(row.waiting_since),
    isUnread: isMentioned || row.last_inbound_position > seen.position,
    isMentioned,
    stay,
    labelIds: contact.labelIds,
    isBlocked: contact.blockedAt !== null,
    isOptedOut: used?.consent.state === "opted_out",
    preview: preview ? presentPreview(cipher, preview) : null,
    lastAt: writeInstant(row.last_at),
    lastPosition: row.last_position,
    rank: row.list_rank,
    version: row.version,
  };
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
    attachments: entry.attachments,
  };
}
