import type { ContactId } from "@foyer/contract";
import { notFound } from "../../platform/refusal.ts";
import type { Unit } from "../../platform/scope/index.ts";
import * as statements from "./store.ts";
import type { ContactRow } from "./tables.ts";

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
