import type { OperationParsed, operations } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import { Refusal } from "../../platform/refusal.ts";
import { lockGuest } from "./lock-contact.ts";
import { contactProfile } from "./profiles.ts";
import { answerWith } from "./read-contacts.ts";
import * as statements from "./store.ts";
import { tellOf } from "./tell.ts";

type Input = OperationParsed<(typeof operations)["updateContact"]>;

/** Changes a contact's name or language, if it is still the version that the editor looked at. */
export async function updateContact(context: Context, input: Input) {
  const { propertyId, contactId, version } = input;
  const { agentId } = context.caller;
  await context.transact(async (unit) => {
    const { contact: row } = await lockGuest(unit, input);
    if (row.version !== version) {
      throw new Refusal("version.conflict", { facts: { version: row.version } });
    }
    const before = unit.cipher.openJson(
      FIELD.contactProfile,
      contactId,
      row.profile,
      contactProfile,
    );
    const { name = before.name, language = before.language } = input;
    const profile = unit.cipher.sealJson(FIELD.contactProfile, contactId, { name, language });
    await unit.db.run(statements.updateContact, { ...row, profile });
    unit.record({ act: "contact.updated", agentId, subjectId: contactId });
    await tellOf(unit, { propertyId, contactId, agentId }, null);
  });
  return answerWith(context, propertyId, contactId);
}
