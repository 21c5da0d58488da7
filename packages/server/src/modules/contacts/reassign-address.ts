import type { OperationParsed, operations } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import { notFound, Refusal } from "../../platform/refusal.ts";
import type { Unit } from "../../platform/scope/index.ts";
import type { NormalizedAddress } from "./address.ts";
import { carryStops } from "./consent.ts";
import { addAddress, ensureGuest, insertContact } from "./find-or-create-contact.ts";
import { currentAddresses } from "./known-addresses.ts";
import { assertMayRelease, lockGuest } from "./lock-contact.ts";
import { contactProfile } from "./profiles.ts";
import { answerWith } from "./read-contacts.ts";
import * as statements from "./store.ts";
import { tellOf } from "./tell.ts";

type Input = OperationParsed<(typeof operations)["reassignContactAddress"]>;

/**
 * This is somebody else now: the address leaves its contact and begins anew at a new one, of whom
 * nothing is known but a STOP that was texted from it. What was said stays where it was said.
 * Answers with the new contact.
 *
 * @throws Refusal `right.missing` for a blocked guest's, where the caller may not unblock them
 */
export async function reassignContactAddress(context: Context, input: Input) {
  const { propertyId, contactId, addressId: id, newContactId, name } = input;
  const { agentId } = context.caller;
  await context.transact(async (unit) => {
    const { contact } = await lockGuest(unit, input);
    const row = await unit.db.first(statements.addressOf, { id, contactId });
    if (!row) throw notFound();
    const value = unit.cipher.openText(FIELD.contactAddress, id, row.value);
    const address = { kind: row.kind, value };
    if (row.ended_at !== null) return assertDone(unit, input, address);
    assertMayRelease(context, contact);
    if (!(await insertContact(unit, newContactId, { name, language: null }))) {
      throw new Refusal("entry.id_taken");
    }
    await unit.db.run(statements.endAddress, { id, now: unit.now });
    const next = await addAddress(unit, newContactId, address);
    if (!next) throw new Error("An address was free and is taken under its owner's lock");
    await carryStops(unit, id, next);
    await ensureGuest(unit, propertyId, newContactId);
    await unit.db.run(statements.touchContact, { id: contactId });
    unit.record({ act: "contact.address_reassigned", agentId, subjectId: contactId });
    await tellOf(unit, { propertyId, contactId, agentId }, "address_left");
    await tellOf(unit, { propertyId, contactId: newContactId, agentId }, null);
  });
  return answerWith(context, propertyId, newContactId);
}

/** An address that has left was either given to this new contact by the same call, or is gone. */
async function assertDone(
  unit: Unit,
  { propertyId, newContactId: contactId, name }: Input,
  { kind, value }: NormalizedAddress,
): Promise<void> {
  const { contact } = await lockGuest(unit, { propertyId, contactId });
  const { profile } = contact;
  const known = unit.cipher.openJson(FIELD.contactProfile, contactId, profile, contactProfile);
  const theirs = await currentAddresses(unit, contactId);
  const hasIt = theirs.some((one) => one.kind === kind && one.value === value);
  if (!hasIt || known.name !== name) throw new Refusal("entry.id_taken");
}
