import { type ContactId, type PropertyId, roleMay } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { notFound, Refusal } from "../../platform/refusal.ts";
import type { Unit } from "../../platform/scope/index.ts";
import * as statements from "./store.ts";
import type { ContactRow, GuestRow } from "./tables.ts";

/**
 * Takes a contact's lock, which is the lock of all that belongs to the contact. Taken before that
 * of any conversation: what happens to a contact is told to its conversations.
 *
 * @throws Refusal `resource.not_found`
 */
export async function lockContact(unit: Unit, id: ContactId): Promise<ContactRow> {
  const row = await unit.db.first(statements.lockContact, { id });
  if (!row) throw notFound();
  return row;
}

/**
 * The same for whoever is named at a property: whom it never met does not exist there, so that
 * nobody at one property reads, renames or takes the number of another's guest.
 *
 * @throws Refusal `resource.not_found`
 */
export async function lockGuest(
  unit: Unit,
  { propertyId, contactId }: { readonly propertyId: PropertyId; readonly contactId: ContactId },
): Promise<{ readonly contact: ContactRow; readonly guest: GuestRow }> {
  const contact = await lockContact(unit, contactId);
  const guest = await unit.db.first(statements.guestOf, { propertyId, contactId });
  if (!guest) throw notFound();
  return { contact, guest };
}

/**
 * A blocked guest's address leaves them by the word of whoever may unblock them, and nobody
 * else's: whoever has it next is not blocked.
 *
 * @throws Refusal `right.missing`
 */
export function assertMayRelease({ caller }: Context, { blocked_at }: ContactRow): void {
  if (blocked_at !== null && !roleMay(caller.role, "contact.block")) {
    throw new Refusal("right.missing");
  }
}
