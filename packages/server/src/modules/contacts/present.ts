import { type Contact, type ContactId, writeInstant } from "@foyer/contract";
import { z } from "zod";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import type { TenantCipher } from "../../platform/keys/tenant-cipher.ts";
import type { TenantReader } from "../../platform/store/index.ts";
import { formatAddress } from "./address.ts";
import * as statements from "./store.ts";
import type { AddressRow, ContactRow } from "./tables.ts";

/** What is sealed into a contact's profile, read and written as one. */
export const contactProfile = z.object({
  name: z.string().nullable(),
  language: z.string().nullable(),
});

/** Loads contacts with their addresses, in two statements however many there are. */
export async function hydrateContacts(
  read: TenantReader,
  cipher: TenantCipher,
  contactIds: readonly ContactId[],
): Promise<ReadonlyMap<ContactId, Contact>> {
  if (contactIds.length === 0) return new Map();
  const [rows, addresses] = await Promise.all([
    read.all(statements.contactsByIds, { ids: contactIds }),
    read.all(statements.addressesOf, { contactIds }),
  ]);
  return new Map(rows.map((row) => [row.id, presentContact(cipher, row, addresses)]));
}

function presentContact(
  cipher: TenantCipher,
  row: ContactRow,
  addresses: readonly AddressRow[],
): Contact {
  const profile = cipher.openJson(FIELD.contactProfile, row.id, row.profile, contactProfile);
  const own = addresses.filter((address) => address.contact_id === row.id);
  return {
    id: row.id,
    ...profile,
    addresses: own.map((address) => presentAddress(cipher, address)),
    createdAt: writeInstant(row.created_at),
    version: row.version,
  };
}

function presentAddress(cipher: TenantCipher, row: AddressRow) {
  const { id, kind } = row;
  const value = cipher.openText(FIELD.contactAddress, id, row.value);
  return { id, kind, value, formatted: formatAddress({ kind, value }) };
}

/** A page of a tenant's contacts in the order of ids: for building an index anew. */
export async function contactIdsPage(
  read: TenantReader,
  after: ContactId,
  limit: number,
): Promise<ContactId[]> {
  const rows = await read.all(statements.contactIdsAfter, { after, limit });
  return rows.map((row) => row.id);
}
