import { limits, type OperationParsed, type operations } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { notFound, Refusal } from "../../platform/refusal.ts";
import { addAddress, takeUpAddress } from "./find-or-create-contact.ts";
import { addressesEver } from "./known-addresses.ts";
import { assertMayRelease, lockGuest } from "./lock-contact.ts";
import { normalized } from "./normalize-typed.ts";
import { answerWith } from "./read-contacts.ts";
import * as statements from "./store.ts";
import { tellOf } from "./tell.ts";

type Input<Key extends keyof typeof operations> = OperationParsed<(typeof operations)[Key]>;

/**
 * Gives a contact one more address from now on; one that they have already changes nothing. One
 * that was theirs is taken up again, with its consents and whatever is still said by it.
 */
export async function addContactAddress(context: Context, input: Input<"addContactAddress">) {
  const { propertyId, contactId } = input;
  const { agentId } = context.caller;
  const address = await normalized(context, propertyId, input, "value");
  await context.transact(async (unit) => {
    await lockGuest(unit, input);
    const ever = await addressesEver(unit, contactId);
    const same = ever.filter(({ kind, value }) => kind === address.kind && value === address.value);
    if (same.some(({ isCurrent }) => isCurrent)) return;
    const before = same.at(-1);
    if (!before && ever.length >= limits.contactAddressesMax) {
      throw new Refusal("contact.too_many_addresses");
    }
    const isTheirs = before
      ? await takeUpAddress(unit, before)
      : await addAddress(unit, contactId, address);
    if (!isTheirs) throw new Refusal("contact.address_taken");
    await unit.db.run(statements.touchContact, { id: contactId });
    unit.record({ act: "contact.address_added", agentId, subjectId: contactId });
    await tellOf(unit, { propertyId, contactId, agentId }, null);
  });
  return answerWith(context, propertyId, contactId);
}

/** Says that an address is no longer theirs; one that has left already changes nothing. */
export async function endContactAddress(context: Context, input: Input<"endContactAddress">) {
  const { propertyId, contactId, addressId } = input;
  const { agentId } = context.caller;
  await context.transact(async (unit) => {
    const { contact } = await lockGuest(unit, input);
    const row = await unit.db.first(statements.addressOf, { id: addressId, contactId });
    if (!row) throw notFound();
    if (row.ended_at !== null) return;
    assertMayRelease(context, contact);
    await unit.db.run(statements.endAddress, { id: addressId, now: unit.now });
    await unit.db.run(statements.touchContact, { id: contactId });
    unit.record({ act: "contact.address_ended", agentId, subjectId: contactId });
    await tellOf(unit, { propertyId, contactId, agentId }, "address_left");
  });
  return answerWith(context, propertyId, contactId);
}
