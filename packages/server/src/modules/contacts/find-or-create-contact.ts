import type { AddressId, ContactId } from "@foyer/contract";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import type { Unit } from "../../platform/scope/index.ts";
import type { TenantReader } from "../../platform/store/index.ts";
import type { NormalizedAddress } from "./address.ts";
import * as statements from "./store.ts";

export interface Found {
  readonly contactId: ContactId;
  readonly addressId: AddressId;
}

/** The contact that an address belongs to; a new one without a name where it belongs to nobody. */
export async function findOrCreateContact(unit: Unit, address: NormalizedAddress): Promise<Found> {
  const known = await findByAddress(unit, address);
  if (known) return known;
  const contactId = unit.mint<"contact">();
  await insertContact(unit, contactId, { name: null, language: null });
  const addressId = await addAddress(unit, contactId, address);
  if (addressId) return { contactId, addressId };
  // Somebody else made the contact between our look and our insert: theirs it is.
  const theirs = await findByAddress(unit, address);
  if (!theirs) throw new Error("An address is taken and belongs to nobody");
  return theirs;
}

/** Looks an address up by its blind index. */
export async function findByAddress(
  unit: { readonly cipher: Unit["cipher"]; readonly db: TenantReader },
  address: NormalizedAddress,
): Promise<Found | undefined> {
  const valueIndex = indexOf(unit.cipher, address);
  const row = await unit.db.first(statements.addressByIndex, { valueIndex });
  return row && { contactId: row.contact_id, addressId: row.id };
}

/** The kind is part of what is indexed: no number is ever taken for an e-mail. */
function indexOf(cipher: Unit["cipher"], address: NormalizedAddress): Uint8Array {
  return cipher.index(FIELD.contactAddressIndex, `${address.kind} ${address.value}`);
}

export async function insertContact(
  unit: Unit,
  id: ContactId,
  profile: { readonly name: string | null; readonly language: string | null },
): Promise<boolean> {
  return unit.db.insert(statements.insertContact, {
    id,
    profile: unit.cipher.sealJson(FIELD.contactProfile, id, profile),
    created_at: unit.now,
    version: 1,
  });
}

/** Gives a contact an address; undefined where it belongs to somebody already. */
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
    value_index: indexOf(unit.cipher, address),
    value: unit.cipher.seal(FIELD.contactAddress, id, address.value),
    created_at: unit.now,
  });
  return isOurs ? id : undefined;
}
