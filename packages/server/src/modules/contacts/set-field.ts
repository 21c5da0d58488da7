import type { FieldValue, OperationParsed, operations } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import { notFound, Refusal } from "../../platform/refusal.ts";
import type { Unit } from "../../platform/scope/index.ts";
import { lockGuest } from "./lock-contact.ts";
import { presentField } from "./present.ts";
import { type FieldValues, fieldValues } from "./profiles.ts";
import { answerWith } from "./read-contacts.ts";
import { checkValue } from "./rules.ts";
import * as settings from "./settings-store.ts";
import * as statements from "./store.ts";
import type { FieldRow, GuestId, GuestRow } from "./tables.ts";
import { tellOf } from "./tell.ts";

type Input = OperationParsed<(typeof operations)["setContactField"]>;

/** Says what a field holds for a guest; null empties it, the same value changes nothing. */
export async function setContactField(context: Context, input: Input) {
  const { propertyId, contactId, fieldId: id } = input;
  const { agentId } = context.caller;
  await context.transact(async (unit) => {
    const { guest } = await lockGuest(unit, input);
    const field = await unit.db.first(settings.fieldById, { id, propertyId });
    if (!field || field.ended_at !== null) throw notFound();
    const value = input.value === null ? null : checked(unit, field, input.value);
    const before = heldBy(unit, guest);
    if ((before[id] ?? null) === value) return;
    await hold(unit, guest.id, { ...before, [id]: value });
    await unit.db.run(statements.touchContact, { id: contactId });
    unit.record({ act: "contact.field_set", agentId, subjectId: contactId });
    await tellOf(unit, { propertyId, contactId, agentId }, null);
  });
  return answerWith(context, propertyId, contactId);
}

function checked(unit: Unit, row: FieldRow, value: FieldValue): FieldValue {
  const verdict = checkValue(presentField(unit.cipher, row), value);
  if ("value" in verdict) return verdict.value;
  const issues = [{ field: "value", issue: verdict.issue }];
  throw new Refusal("field.value_invalid", { issues });
}

/** What all of a property's fields hold for a guest, those that have ended included. */
function heldBy(unit: Unit, { id, field_values: sealed }: GuestRow): FieldValues {
  return sealed === null ? {} : unit.cipher.openJson(FIELD.fieldValue, id, sealed, fieldValues);
}

async function hold(
  unit: Unit,
  id: GuestId,
  values: Readonly<Record<string, FieldValue | null>>,
): Promise<void> {
  const held = Object.entries(values).filter(([, value]) => value !== null);
  const sealed =
    held.length === 0 ? null : unit.cipher.sealJson(FIELD.fieldValue, id, Object.fromEntries(held));
  await unit.db.run(statements.updateFieldValues, { id, values: sealed });
}
