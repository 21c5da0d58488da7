import type { OperationParsed, operations } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import { Refusal } from "../../platform/refusal.ts";
import type { Unit } from "../../platform/scope/index.ts";
import type { NormalizedAddress } from "./address.ts";
import { addAddress, ensureGuest, insertContact } from "./find-or-create-contact.ts";
import { currentAddresses } from "./known-addresses.ts";
import { normalizedAll } from "./normalize-typed.ts";
import { type ContactProfile, contactProfile } from "./profiles.ts";
import { answerWith } from "./read-contacts.ts";
import * as statements from "./store.ts";
import { tellOf } from "./tell.ts";

type Input = OperationParsed<(typeof operations)["createContact"]>;

/** Makes a contact with its addresses. The same call again finds what it made. */
export async function createContact(context: Context, input: Input) {
  const { propertyId, contactId, name, language } = input;
  const typed = input.addresses.map((one, at) => ({ typed: one, field: `addresses.${at}` }));
  const addresses = await normalizedAll(context, propertyId, typed);
  const profile = { name, language };
  const { agentId } = context.caller;
  await context.transact(async (unit) => {
    if (!(await insertContact(unit, contactId, profile))) {
      if (await isThatContact(unit, input, profile, addresses)) return;
      throw new Refusal("entry.id_taken");
    }
    for (const address of addresses) {
      if (!(await addAddress(unit, contactId, address))) {
        throw new Refusal("contact.address_taken");
      }
    }
    await ensureGuest(unit, propertyId, contactId);
    unit.record({ act: "contact.created", agentId, subjectId: contactId });
    await tellOf(unit, { propertyId, contactId, agentId }, null);
  });
  return answerWith(context, propertyId, contactId);
}

/** Whether the id stands for a guest of just this name, language and addresses. */
async function isThatContact(
  unit: Unit,
  { propertyId, contactId: id }: Pick<Input, "propertyId" | "contactId">,
  profile: ContactProfile,
  addresses: readonly NormalizedAddress[],
): Promise<boolean> {
  const row = await unit.db.first(statements.lockContact, { id });
  const guest = await unit.db.first(statements.guestOf, { propertyId, contactId: id });
  if (!row || !guest) return false;
  const known = unit.cipher.openJson(FIELD.contactProfile, id, row.profile, contactProfile);
  if (known.name !== profile.name || known.language !== profile.language) return false;
  const theirs = await currentAddresses(unit, id);
  return (
    theirs.length === addresses.length &&
    addresses.every(({ kind, value }) =>
      theirs.some((one) => one.kind === kind && one.value === value),
    )
  );
}
