import { type Contact, type ContactId, limits, type PropertyId } from "@foyer/contract";
import type { TenantCipher } from "../../platform/keys/tenant-cipher.ts";
import type { TenantReader } from "../../platform/store/index.ts";
import { hydrateGuests, presentLabel } from "./present.ts";
import * as settings from "./settings-store.ts";
import * as statements from "./store.ts";
import type { GuestId } from "./tables.ts";

interface Reading {
  readonly read: TenantReader;
  readonly cipher: TenantCipher;
}

/** A property's guest, as search reads them. */
export interface FindableGuest {
  readonly guestId: GuestId;
  readonly contact: Contact;
  /** What the property's fields hold, and the names of its labels on them. */
  readonly texts: readonly string[];
}

/** Those of the contacts who are guests of a property, with all by which it finds them. */
export async function findableGuests(
  { read, cipher }: Reading,
  propertyId: PropertyId,
  contactIds: readonly ContactId[],
): Promise<FindableGuest[]> {
  if (contactIds.length === 0) return [];
  const limit = limits.labelsPerPropertyMax;
  const [guests, labels] = await Promise.all([
    hydrateGuests({ read, cipher }, propertyId, contactIds),
    read.all(settings.labelsOfProperty, { propertyId, limit }),
  ]);
  const names = new Map(labels.map((row) => [row.id, presentLabel(cipher, row).name]));
  return [...guests.values()].map(({ guestId, contact, texts }) => {
    const labelled = contact.labelIds.flatMap((id) => names.get(id) ?? []);
    return { guestId, contact, texts: [...texts, ...labelled] };
  });
}

/** The same by what an index knows of them: their own ids at the property. */
export async function guestsByIds(
  reading: Reading,
  propertyId: PropertyId,
  ids: readonly GuestId[],
): Promise<FindableGuest[]> {
  if (ids.length === 0) return [];
  const rows = await reading.read.all(statements.guestsByIds, { propertyId, ids });
  return findableGuests(
    reading,
    propertyId,
    rows.map((row) => row.contact_id),
  );
}

/** A page of a tenant's guests in the order of their ids: for building an index anew. */
export function guestsPage(
  read: TenantReader,
  after: GuestId,
  limit: number,
): Promise<{ id: GuestId; contact_id: ContactId; property_id: PropertyId }[]> {
  return read.all(statements.guestsAfter, { after, limit });
}
