import type { OperationParsed, operations } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { notFound } from "../../platform/refusal.ts";
import type { Unit } from "../../platform/scope/index.ts";
import { lockGuest } from "./lock-contact.ts";
import { answerWith } from "./read-contacts.ts";
import * as settings from "./settings-store.ts";
import * as statements from "./store.ts";
import type { GuestId } from "./tables.ts";
import { tellOf } from "./tell.ts";

type Input = OperationParsed<(typeof operations)["addContactLabel"]>;

/** Puts a label on a guest; one that is on them already changes nothing. */
export function addContactLabel(context: Context, input: Input) {
  return change(context, input, "label_added", async (unit, guest_id) => {
    const row = { guest_id, label_id: input.labelId, created_at: unit.now };
    return unit.db.insert(settings.insertGuestLabel, row);
  });
}

/** Takes a label off a guest; one that is not on them changes nothing. */
export function removeContactLabel(context: Context, input: Input) {
  return change(context, input, "label_removed", async (unit, guestId) => {
    const key = { guestId, labelId: input.labelId };
    return (await unit.db.run(settings.deleteGuestLabel, key)) > 0;
  });
}

async function change(
  context: Context,
  input: Input,
  event: "label_added" | "label_removed",
  work: (unit: Unit, guestId: GuestId) => Promise<boolean>,
) {
  const { propertyId, contactId, labelId } = input;
  const { agentId } = context.caller;
  await context.transact(async (unit) => {
    const { guest } = await lockGuest(unit, input);
    const label = await unit.db.first(settings.labelById, { id: labelId, propertyId });
    if (!label || label.ended_at !== null) throw notFound();
    if (!(await work(unit, guest.id))) return;
    await unit.db.run(statements.touchContact, { id: contactId });
    unit.record({ act: `contact.${event}`, agentId, subjectId: contactId });
    await tellOf(unit, { propertyId, contactId, agentId, labelId }, event);
  });
  return answerWith(context, propertyId, contactId);
}
