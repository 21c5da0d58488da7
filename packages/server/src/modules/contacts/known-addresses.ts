import type { AddressId, ContactId } from "@foyer/contract";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import type { Unit } from "../../platform/scope/index.ts";
import type { NormalizedAddress } from "./address.ts";
import * as statements from "./store.ts";

/** An address that a contact has or had. */
export interface KnownAddress extends NormalizedAddress {
  readonly id: AddressId;
  readonly isCurrent: boolean;
}

/** Every address that a contact has had, in the order in which they became theirs. */
export async function addressesEver(unit: Unit, contactId: ContactId): Promise<KnownAddress[]> {
  const rows = await unit.db.all(statements.everyAddress, { contactId });
  return rows.map(({ id, kind, value, ended_at }) => ({
    id,
    kind,
    value: unit.cipher.openText(FIELD.contactAddress, id, value),
    isCurrent: ended_at === null,
  }));
}

/** The addresses by which a contact is reached now. */
export async function currentAddresses(unit: Unit, contactId: ContactId): Promise<KnownAddress[]> {
  return (await addressesEver(unit, contactId)).filter(({ isCurrent }) => isCurrent);
}
