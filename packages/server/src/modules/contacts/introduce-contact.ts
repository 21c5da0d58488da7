import type { AgentId, ContactId, PropertyId } from "@foyer/contract";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import type { Unit } from "../../platform/scope/index.ts";
import { lockContact } from "./lock-contact.ts";
import { contactProfile } from "./profiles.ts";
import * as statements from "./store.ts";
import { tellOf } from "./tell.ts";

/** Gives a contact who has no name one; whoever has one keeps it. */
export async function introduceContact(
  unit: Unit,
  given: {
    readonly propertyId: PropertyId;
    readonly contactId: ContactId;
    readonly name: string;
    readonly agentId: AgentId;
  },
): Promise<void> {
  const { propertyId, contactId, name, agentId } = given;
  const row = await lockContact(unit, contactId);
  const { profile: sealed } = row;
  const before = unit.cipher.openJson(FIELD.contactProfile, contactId, sealed, contactProfile);
  if (before.name !== null) return;
  const profile = unit.cipher.sealJson(FIELD.contactProfile, contactId, { ...before, name });
  await unit.db.run(statements.updateContact, { ...row, profile });
  unit.record({ act: "contact.updated", agentId, subjectId: contactId });
  await tellOf(unit, { propertyId, contactId, agentId }, null);
}
