import type { OperationParsed, operations } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { lockGuest } from "./lock-contact.ts";
import { answerWith } from "./read-contacts.ts";
import * as statements from "./store.ts";
import { tellOf } from "./tell.ts";

type Input = OperationParsed<(typeof operations)["blockContact"]>;

/**
 * What they write is kept, and nobody waits; nothing is sent to them. At every property, and for
 * whoever leads at one that knows them.
 */
export function blockContact(context: Context, input: Input) {
  return setBlocked(context, input, true);
}

export function unblockContact(context: Context, input: Input) {
  return setBlocked(context, input, false);
}

async function setBlocked(context: Context, input: Input, isToBeBlocked: boolean) {
  const { propertyId, contactId } = input;
  const { agentId } = context.caller;
  await context.transact(async (unit) => {
    const { contact: row } = await lockGuest(unit, input);
    if ((row.blocked_at !== null) === isToBeBlocked) return;
    const blocked_at = isToBeBlocked ? unit.now : null;
    await unit.db.run(statements.updateContact, { ...row, blocked_at });
    const event = isToBeBlocked ? "blocked" : "unblocked";
    unit.record({ act: `contact.${event}`, agentId, subjectId: contactId });
    await tellOf(unit, { propertyId, contactId, agentId }, event);
  });
  return answerWith(context, propertyId, contactId);
}
