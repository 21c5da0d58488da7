import type { Contact, PropertyId } from "@foyer/contract";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import type { TenantCipher } from "../../platform/keys/tenant-cipher.ts";
import { ANALYSIS_VERSION, analyseField } from "../../platform/search/analysis.ts";
import type { SearchableField } from "../../platform/search/field.ts";
import { type SearchDocument, searchInstantMax } from "../../platform/search/search-engine.ts";
import { hashTerms } from "../../platform/search/term-hash.ts";
import type { SearchableEntry } from "../conversations/index.ts";

/** What of a contact can be found: the name, and every address. */
export function fieldsOfContact(contact: Contact): SearchableField[] {
  const name = contact.name ? [{ kind: "name", text: contact.name } as const] : [];
  return [...name, ...contact.addresses.map(({ kind, value }) => ({ kind, text: value }))];
}

/** What of a message or note can be found: its text. */
export function fieldsOfEntry(entry: SearchableEntry): SearchableField[] {
  return [{ kind: "text", text: entry.text }];
}

/** A message or note as the index knows it. */
export function documentOfEntry(
  cipher: TenantCipher,
  propertyId: PropertyId,
  entry: SearchableEntry,
): SearchDocument {
  return {
    tenantId: cipher.tenantId,
    propertyId,
    kind: "entry",
    subjectId: entry.id,
    at: indexable(entry.occurredAt),
    analysisVersion: ANALYSIS_VERSION,
    terms: termsOf(cipher, FIELD.searchText, fieldsOfEntry(entry)),
  };
}

/** A contact as the index knows it: of the tenant, not of one property. */
export function documentOfContact(cipher: TenantCipher, contact: Contact): SearchDocument {
  return {
    tenantId: cipher.tenantId,
    propertyId: null,
    kind: "contact",
    subjectId: contact.id,
    at: indexable(Date.parse(contact.createdAt)),
    analysisVersion: ANALYSIS_VERSION,
    terms: termsOf(cipher, FIELD.searchAddress, fieldsOfContact(contact)),
  };
}

/** Channels tell instants that no index can keep. Such a message is found first or last. */
function indexable(at: number): number {
  return Math.min(Math.max(Math.trunc(at), 0), searchInstantMax);
}

function termsOf(
  cipher: TenantCipher,
  field: typeof FIELD.searchText | typeof FIELD.searchAddress,
  fields: readonly SearchableField[],
): string[] {
  return hashTerms(
    cipher.searchKey(field),
    fields.flatMap((part) => analyseField(part).terms),
  );
}
