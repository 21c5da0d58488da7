import type { FailureCode } from "@foyer/contract";
import type { Unit } from "../../platform/scope/index.ts";
import { mayText } from "../contacts/index.ts";
import * as entries from "./entry-store.ts";
import * as answers from "./first-answer-store.ts";
import { endsWaitLate, waitAfterFailure, waitsAfter, withWait } from "./rules.ts";
import type { ConversationRow, EntryRow } from "./tables.ts";
import { reopen } from "./take-up.ts";

/** Answers behind one message of a guest; more than these say nothing new about the wait. */
const answersLookedAtMax = 200;

/**
 * The conversation after an answer failed: the guest waits again, and a closed conversation comes
 * back, so that no failed answer is out of sight.
 */
export async function afterFailure(
  unit: Unit,
  row: ConversationRow,
  entry: EntryRow,
  failure: FailureCode | null,
): Promise<ConversationRow> {
  if (!waitsAfter(failure) || (await isRefused(unit, row))) return row;
  const first = await unit.db.first(answers.firstAnswerBy, { entryId: entry.id });
  const position = first?.question_position ?? row.last_inbound_position;
  const others = (await answersBehind(unit, row, position)).filter(({ id }) => id !== entry.id);
  const waitingSince = waitAfterFailure(row, first?.waiting_since, others, unit.now);
  // Nothing has answered the guest yet: the wait goes on, and its end is counted when it comes.
  const isUnanswered = first !== undefined && waitingSince <= first.waiting_since;
  if (isUnanswered) await unit.db.run(answers.deleteFirstAnswer, { entryId: entry.id });
  return withWait(await reopen(unit, row, null), waitingSince);
}

/** Whether nobody could answer the guest: they refuse texts, or the staff has blocked them. */
async function isRefused(
  { db: read, cipher }: Unit,
  { property_id: propertyId, contact_id: contactId, address_id: addressId }: ConversationRow,
): Promise<boolean> {
  const guest = await mayText({ read, cipher }, propertyId, contactId, addressId);
  return guest.isOptedOut || guest.isBlocked;
}

/** The conversation after an answer that was reported as failed arrived after all. */
export async function afterLateDelivery(
  unit: Unit,
  row: ConversationRow,
  entry: EntryRow,
): Promise<ConversationRow> {
  const behind = await answersBehind(unit, row, row.last_inbound_position);
  if (!endsWaitLate(row, entry, behind)) return row;
  const { waiting_since: waitingSince, last_inbound_position: question } = row;
  if (waitingSince !== null && question > 0 && entry.agent_id !== null) {
    await unit.db.insert(answers.insertFirstAnswer, {
      conversation_id: row.id,
      question_position: question,
      property_id: row.property_id,
      entry_id: entry.id,
      agent_id: entry.agent_id,
      waiting_since: waitingSince,
      answered_at: entry.recorded_at,
    });
  }
  return withWait(row, null);
}

function answersBehind(unit: Unit, { id }: ConversationRow, position: number) {
  return unit.db.all(entries.answersAfter, {
    conversationId: id,
    position,
    limit: answersLookedAtMax,
  });
}
