import type {
  AddressId,
  ContactId,
  OperationParsed,
  operations,
  PropertyId,
} from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { notFound, Refusal } from "../../platform/refusal.ts";
import type { Unit } from "../../platform/scope/index.ts";
import { consentAt, type Said, writeConsent } from "./consent.ts";
import { lockGuest } from "./lock-contact.ts";
import { answerWith } from "./read-contacts.ts";
import { decideConsent } from "./rules.ts";
import * as statements from "./store.ts";

type Input = OperationParsed<(typeof operations)["setConsent"]>;

/** Records what a guest said to an agent about being texted at an address. */
export async function setConsent(context: Context, input: Input) {
  const { propertyId, contactId, addressId, state, ground } = input;
  const { agentId } = context.caller;
  await context.transact(async (unit) => {
    await recordConsent(unit, { propertyId, contactId, addressId, state, ground, agentId });
    unit.record({ act: "contact.consent_recorded", agentId, subjectId: contactId });
  });
  return answerWith(context, propertyId, contactId);
}

/**
 * The same inside a unit of work; what is known already changes nothing.
 *
 * @throws Refusal `consent.only_guest` where the guest opted out by a word of their own,
 *   `resource.not_found` for an address that is not the guest's now
 */
export async function recordConsent(
  unit: Unit,
  given: Said & {
    readonly propertyId: PropertyId;
    readonly contactId: ContactId;
    readonly addressId: AddressId;
  },
): Promise<void> {
  const { contactId, addressId } = given;
  await lockGuest(unit, given);
  const address = await unit.db.first(statements.addressOf, { id: addressId, contactId });
  if (!address || address.ended_at !== null) throw notFound();
  const decision = decideConsent(await consentAt(unit, given), given);
  if (decision === "only_guest") throw new Refusal("consent.only_guest");
  if (decision === "as_it_is") return;
  await writeConsent(unit, given, given);
}
