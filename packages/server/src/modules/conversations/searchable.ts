import type {
  AgentId,
  ContactId,
  Conversation,
  ConversationId,
  EntryId,
  PropertyId,
} from "@foyer/contract";
import type { TenantCipher } from "../../platform/keys/tenant-cipher.ts";
import type { TenantReader } from "../../platform/store/index.ts";
import * as entries from "./entry-store.ts";
import { presentConversations } from "./present.ts";
import { bodyOf } from "./present-entry.ts";
import * as statements from "./store.ts";

interface Reading {
  readonly read: TenantReader;
  readonly cipher: TenantCipher;
}

/** What somebody said, as search reads it. */
export interface SearchableEntry {
  readonly id: EntryId;
  readonly conversationId: ConversationId;
  readonly kind: "message" | "note";
  readonly position: number;
  readonly occurredAt: number;
  readonly text: string;
}

/** Messages and notes by their ids, opened; events and what is gone fall out. */
export async function searchableEntries(
  { read, cipher }: Reading,
  ids: readonly EntryId[],
): Promise<SearchableEntry[]> {
  if (ids.length === 0) return [];
  const rows = await read.all(entries.entriesByIds, { ids });
  return rows
    .filter((row) => row.kind !== "event")
    .map((row) => ({
      id: row.id,
      conversationId: row.conversation_id,
      kind: row.kind === "note" ? "note" : "message",
      position: row.position,
      occurredAt: row.occurred_at,
      text: bodyOf(cipher, row),
    }));
}

/** Whose thread each conversation with these contacts is at a property: one per contact. */
export async function threadsOf(
  read: TenantReader,
  propertyId: PropertyId,
  contactIds: readonly ContactId[],
): Promise<ReadonlyMap<ConversationId, ContactId>> {
  if (contactIds.length === 0) return new Map();
  const rows = await read.all(statements.conversationsOfContacts, { contactIds, propertyId });
  return new Map(rows.map((row) => [row.id, row.contact_id]));
}

/** The conversations at one property that hits lead to, by their own id and by contact. */
export async function presentableConversations(
  reading: Reading,
  agentId: AgentId,
  propertyId: PropertyId,
  wanted: { readonly ids: readonly ConversationId[]; readonly contactIds: readonly ContactId[] },
): Promise<Conversation[]> {
  const { read } = reading;
  const { ids, contactIds } = wanted;
  const [byId, byContact] = await Promise.all([
    ids.length === 0 ? [] : read.all(statements.conversationsByIds, { ids }),
    contactIds.length === 0
      ? []
      : read.all(statements.conversationsOfContacts, { contactIds, propertyId }),
  ]);
  const here = byId.filter((row) => row.property_id === propertyId);
  const unique = new Map([...here, ...byContact].map((row) => [row.id, row]));
  return presentConversations(reading, agentId, [...unique.values()]);
}

/** A page of all that was said in a tenant, in the order of ids: for building an index anew. */
export function entryIdsAfter(
  read: TenantReader,
  after: EntryId,
  limit: number,
): Promise<{ id: EntryId; property_id: PropertyId }[]> {
  return read.all(entries.entriesAfter, { after, limit });
}
