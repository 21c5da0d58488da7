import type { AddressId, ContactId, PropertyId } from "@foyer/contract";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import type { TenantCipher } from "../../platform/keys/tenant-cipher.ts";
import type { Unit } from "../../platform/scope/index.ts";
import type { TenantReader } from "../../platform/store/index.ts";
import type { NormalizedAddress } from "./address.ts";
import type { ContactProfile } from "./profiles.ts";
import { profileOfNobody } from "./rules.ts";
import * as statements from "./store.ts";
import type { GuestId } from "./tables.ts";

export interface Found {
  readonly contactId: ContactId;
  readonly addressId: AddressId;
  readonly isBlocked: boolean;
  /**
   * What the property's consent says, without its MAC having been checked: enough to know whether
   * anything is known. Who wants to text asks `mayText`.
   */
  readonly consent: "unknown" | "opted_in" | "opted_out";
}

/**
 * The contact that an address belongs to, now known to the property; a new one without a name
 * where it belongs to nobody. One statement for a guest whom the property knows.
 */
export async function findOrCreateContact(
  unit: Unit,
  propertyId: PropertyId,
  address: NormalizedAddress,
): Promise<Found> {
  const known = await findKnown(unit, propertyId, address);
  if (known) return known;
  const contactId = unit.mint<"contact">();
  await insertContact(unit, contactId, profileOfNobody);
  const addressId = await addAddress(unit, contactId, address);
  if (addressId) {
    await insertGuest(unit, propertyId, contactId);
    return { contactId, addressId, isBlocked: false, consent: "unknown" };
  }
  // Somebody else made the contact between our look and our insert: theirs it is.
  const theirs = await findKnown(unit, propertyId, address);
  if (!theirs) throw new Error("An address is taken and belongs to nobody");
  return theirs;
}

async function findKnown(
  unit: Unit,
  propertyId: PropertyId,
  address: NormalizedAddress,
): Promise<Found | undefined> {
  const index = indexOf(unit.cipher, address);
  const row = await unit.db.first(statements.ownerByIndex, { index, propertyId });
  if (!row) return undefined;
  const { id: addressId, contact_id: contactId } = row;
  if (row.guest_id === null) await ensureGuest(unit, propertyId, contactId);
  return {
    contactId,
    addressId,
    isBlocked: row.blocked_at !== null,
    consent: row.state ?? "unknown",
  };
}

/** Whom an address belongs to now. */
export async function findByAddress(
  unit: { readonly cipher: TenantCipher; readonly db: TenantReader },
  address: NormalizedAddress,
): Promise<{ readonly contactId: ContactId; readonly addressId: AddressId } | undefined> {
  const row = await unit.db.first(statements.addressByIndex, {
    index: indexOf(unit.cipher, address),
  });
  return row && { contactId: row.contact_id, addressId: row.id };
}

/** The kind is part of what is indexed: no number is ever taken for an e-mail. */
function indexOf(cipher: TenantCipher, address: NormalizedAddress): Uint8Array {
  return cipher.index(FIELD.contactAddressIndex, `${address.kind} ${address.value}`);
}

/** Makes a contact; false where the id stands for one already. */
export async function insertContact(
  unit: Unit,
  id: ContactId,
  profile: ContactProfile,
): Promise<boolean> {
  return unit.db.insert(statements.insertContact, {
    id,
    profile: unit.cipher.sealJson(FIELD.contactProfile, id, profile),
    blocked_at: null,
    created_at: unit.now,
    version: 1,
  });
}

/** Gives a contact an address from now on; undefined where it belongs to somebody already. */
export async function addAddress(
  unit: Unit,
  contactId: ContactId,
  address: NormalizedAddress,
): Promise<AddressId | undefined> {
  const id = unit.mint<"address">();
  const isOurs = await unit.db.insert(statements.insertAddress, {
    id,
    contact_id: contactId,
    kind: address.kind,
    current_index: indexOf(unit.cipher, address),
    value: unit.cipher.seal(FIELD.contactAddress, id, address.value),
    created_at: unit.now,
    ended_at: null,
  });
  return isOurs ? id : undefined;
}

/**
 * Makes an address a contact's again, from now on, that had left them: what hangs on it goes on.
 * False where it belongs to somebody else by now.
 */
export async function takeUpAddress(
  unit: Unit,
  { id, kind, value }: NormalizedAddress & { readonly id: AddressId },
): Promise<boolean> {
  const current_index = indexOf(unit.cipher, { kind, value });
  return unit.db.insert(statements.takeUpAddress, { id, current_index, now: unit.now });
}

/** Makes a contact one of a property's guests; the same again finds what it made. */
export async function ensureGuest(
  unit: Unit,
  propertyId: PropertyId,
  contactId: ContactId,
): Promise<GuestId> {
  const key = { contactId, propertyId };
  const known = await unit.db.first(statements.guestOf, key);
  if (known) return known.id;
  const made = await insertGuest(unit, propertyId, contactId);
  if (made) return made;
  const theirs = await unit.db.first(statements.guestOf, key);
  if (!theirs) throw new Error("A guest is known and cannot be found");
  return theirs.id;
}

/** Undefined where the contact is one of the property's guests already. */
async function insertGuest(
  unit: Unit,
  propertyId: PropertyId,
  contactId: ContactId,
): Promise<GuestId | undefined> {
  const id = unit.mint<"guest">();
  const isNew = await unit.db.insert(statements.insertGuest, {
    id,
    property_id: propertyId,
    contact_id: contactId,
    since: unit.now,
    field_values: null,
  });
  return isNew ? id : undefined;
}
