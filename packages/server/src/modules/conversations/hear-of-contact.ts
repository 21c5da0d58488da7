import type { ContactId } from "@foyer/contract";
import type { ContactTold, Unit } from "../../platform/scope/index.ts";
import { withWait } from "./rules.ts";
import * as statements from "./store.ts";
import { appendEvent, lock, save, tell } from "./timeline.ts";

/**
 * A contact's conversations at all properties: as many as one transaction may tell of, twice each,
 * and far more than anybody has.
 */
const conversationsOfContactMax = 90;

/** A contact is another now: whoever has one of their conversations in sight reads it anew. */
export async function tellOfContact(
  unit: Unit,
  { contactId }: { readonly contactId: ContactId },
): Promise<void> {
  for (const row of await conversationsOf(unit, contactId)) {
    tell(unit, { ...row, contact_id: contactId }, "contact.changed", null);
  }
}

/**
 * Writes what happened to a contact into the timeline where it happened; a block is everywhere.
 * Nobody waits for it and nothing reopens; who may not be texted, or is blocked, waits no longer.
 */
export async function writeOfContact(unit: Unit, told: ContactTold): Promise<void> {
  const { contactId, propertyId, event, labelId, agentId } = told;
  const isEverywhere = event === "blocked" || event === "unblocked";
  const endsWait = event === "blocked" || event === "opted_out";
  for (const { id, property_id: at } of await conversationsOf(unit, contactId)) {
    if (!isEverywhere && at !== propertyId) continue;
    const known = await lock(unit, id);
    const row = endsWait ? withWait(known, null) : known;
    const entry = { event, agent_id: agentId, label_id: labelId };
    await save(unit, await appendEvent(unit, row, entry));
  }
}

function conversationsOf(unit: Unit, contactId: ContactId) {
  const limit = conversationsOfContactMax;
  return unit.db.all(statements.conversationsOfContact, { contactId, limit });
}
