import type { PropertyId } from "@foyer/contract";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import type { TenantCipher } from "../../platform/keys/tenant-cipher.ts";
import { ANALYSIS_VERSION, threadTerm } from "../../platform/search/analysis.ts";
import type { SearchableField } from "../../platform/search/field.ts";
import { type SearchDocument, searchInstantMax } from "../../platform/search/search-engine.ts";
import { hashFields, hashTerm } from "../../platform/search/term-hash.ts";
import type { FindableGuest } from "../contacts/index.ts";
import type { SearchableEntry } from "../conversations/index.ts";

/** What of a guest can be found: name, addresses, what fields hold, names of labels. */
export function fieldsOfGuest({
  contact,
  texts,
}: Pick<FindableGuest, "contact" | "texts">): SearchableField[] {
  const name = contact.name ? [{ kind: "name", text: contact.name } as const] : [];
  return [
    ...name,
    ...contact.addresses.map(({ kind, value }) => ({ kind, text: value })),
    // As names are: `412` and `Sea view` are no sentences, and every word of them counts.
    ...texts.map((text) => ({ kind: "name", text }) as const),
  ];
}

/** What of a message or note can be found: its text. */
export function fieldsOfEntry(entry: Pick<SearchableEntry, "text">): SearchableField[] {
  return [{ kind: "text", text: entry.text }];
}

/** A message or note as the index knows it: what it says, and in which thread. */
export function documentOfEntry(
  cipher: TenantCipher,
  propertyId: PropertyId,
  entry: SearchableEntry,
): SearchDocument {
  const key = cipher.searchKey(FIELD.searchText);
  const thread = hashTerm(key, threadTerm(entry.conversationId));
  return {
    tenantId: cipher.tenantId,
    propertyId,
    kind: "entry",
    subjectId: entry.id,
    at: indexable(entry.occurredAt),
    analysisVersion: ANALYSIS_VERSION,
    terms: [...hashFields(key, fieldsOfEntry(entry)), thread],
  };
}

/** A guest as the index knows them: a document for each property, of what that property knows. */
export function documentOfGuest(
  cipher: TenantCipher,
  propertyId: PropertyId,
  guest: FindableGuest,
): SearchDocument {
  return {
    tenantId: cipher.tenantId,
    propertyId,
    kind: "contact",
    subjectId: guest.guestId,
    at: indexable(Date.parse(guest.contact.createdAt)),
    analysisVersion: ANALYSIS_VERSION,
    terms: hashFields(cipher.searchKey(FIELD.searchAddress), fieldsOfGuest(guest)),
  };
}

/** Channels tell instants that no index can keep. Such a message is found first or last. */
function indexable(at: number): number {
  return Math.min(Math.max(Math.trunc(at), 0), searchInstantMax);
}
