import type { FailureCode, MessageState } from "@foyer/contract";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import type { Scope, Unit } from "../../platform/scope/index.ts";
import type { LookUpOutcome, SendOutcome } from "../channels/index.ts";
import { lockContact, mayText, recordGuestWord } from "../contacts/index.ts";
import * as entries from "./entry-store.ts";
import { afterFailure, afterLateDelivery } from "./failed-answer.ts";
import { unsentStates } from "./rules.ts";
import * as statements from "./store.ts";
import type { ConversationRow, EntryRow } from "./tables.ts";
import { lock, save, tell } from "./timeline.ts";

export const sendKind = "message.send";
export const lookUpKind = "message.look_up";
/** A provider needs a moment before it can say what it took. */
export const lookUpAfterMs = 2_000;

type Outcome = SendOutcome | Extract<LookUpOutcome, { kind: "found" }>;

/** Writes down what came of a sending. A report that was faster than the answer stands. */
export async function settle(scope: Scope, entry: EntryRow, outcome: Outcome): Promise<void> {
  const { state } = entry;
  if (state === null) return;
  const step = { from: state, ...stepOf(scope, outcome) };
  await scope.transact(async (unit) => {
    await move(unit, entry, step);
  });
}

interface Step {
  readonly from: MessageState;
  readonly to: MessageState;
  readonly failure?: FailureCode | null;
  readonly providerIndex?: Uint8Array;
}

function stepOf({ cipher }: Scope, outcome: Outcome): Omit<Step, "from"> {
  const indexOf = (providerId: string) => cipher.index(FIELD.entryProviderIdIndex, providerId);
  switch (outcome.kind) {
    case "accepted":
      return { to: "sent", providerIndex: indexOf(outcome.providerId) };
    case "found":
      return { to: outcome.state, providerIndex: indexOf(outcome.providerId) };
    case "refused":
      return { to: "failed", failure: outcome.failure };
    case "uncertain":
      return { to: "uncertain" };
    case "not_taken":
      return { to: "queued" };
  }
}

/**
 * Moves a message's state, with all that follows from it, and tells the feed; false where somebody
 * moved it first.
 */
export async function move(unit: Unit, entry: EntryRow, step: Step): Promise<boolean> {
  const conversation = await lockFor(unit, entry, step.failure ?? null);
  const moved = await unit.db.run(entries.moveEntry, {
    id: entry.id,
    from: step.from,
    to: step.to,
    failure: step.failure ?? null,
    provider_index: step.providerIndex ?? null,
  });
  if (moved === 0) return false;
  await save(unit, await afterStep(unit, conversation, entry, step));
  tell(unit, conversation, "entry.changed", null, entry.id);
  // Of a message that is still queued no provider knows: it is the house that refuses it.
  if (step.failure === "opted_out" && step.from !== "queued") {
    await mirrorOptOut(unit, conversation, entry);
  }
  if (step.to === "uncertain") {
    const about = { propertyId: conversation.property_id, subjectId: entry.id };
    unit.schedule({ kind: lookUpKind, ...about, dueAt: unit.now + lookUpAfterMs });
  }
  const hasLeft = unsentStates.includes(step.from) && !unsentStates.includes(step.to);
  if (hasLeft) await hurryNext(unit, entry);
  return true;
}

/**
 * Takes the lock of a message's conversation. Where the guest refuses texts, the house notes that
 * of the contact, whose lock comes first.
 */
export async function lockFor(
  unit: Unit,
  { conversation_id: id }: EntryRow,
  failure: FailureCode | null,
): Promise<ConversationRow> {
  if (failure === "opted_out") {
    const known = await unit.db.first(statements.conversationById, { id });
    if (known) await lockContact(unit, known.contact_id);
  }
  return lock(unit, id);
}

async function afterStep(
  unit: Unit,
  conversation: ConversationRow,
  entry: EntryRow,
  { from, to, failure = null }: Step,
): Promise<ConversationRow> {
  if (to === "failed") return afterFailure(unit, conversation, entry, failure);
  return from === "failed" ? afterLateDelivery(unit, conversation, entry) : conversation;
}

/**
 * The provider has seen a STOP that never came to us: the house knows it from now on, too. It is
 * the guest's own word, whatever an agent has noted.
 */
async function mirrorOptOut(unit: Unit, row: ConversationRow, entry: EntryRow): Promise<void> {
  const { property_id: propertyId, contact_id: contactId } = row;
  const { address_id: addressId } = entry;
  if (addressId === null) return;
  const reading = { read: unit.db, cipher: unit.cipher };
  const { isTheirs } = await mayText(reading, propertyId, contactId, addressId);
  if (isTheirs) await recordGuestWord(unit, { propertyId, contactId, addressId, word: "stop" });
}

/** The message behind this one was waiting for it. */
async function hurryNext(unit: Unit, entry: EntryRow): Promise<void> {
  const { conversation_id: conversationId, position } = entry;
  const next = await unit.db.first(entries.nextQueued, { conversationId, position });
  if (next) await unit.hurry({ kind: sendKind, subjectId: next.id });
}
