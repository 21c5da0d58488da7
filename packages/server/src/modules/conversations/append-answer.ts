import type { AgentId, AttachmentId, EntryId } from "@foyer/contract";
import { Refusal } from "../../platform/refusal.ts";
import type { Unit } from "../../platform/scope/index.ts";
import { attach, attachAgain } from "../attachments/index.ts";
import * as entries from "./entry-store.ts";
import * as answers from "./first-answer-store.ts";
import { markSeen } from "./mark-read.ts";
import { retryableStates } from "./rules.ts";
import type { ConversationRow, EntryRow } from "./tables.ts";
import { claim, reopen } from "./take-up.ts";
import { append, tell } from "./timeline.ts";

/** What an agent says to a guest. */
export interface Answer {
  readonly messageId: EntryId;
  readonly agentId: AgentId;
  readonly text: string;
  readonly attachmentIds: readonly AttachmentId[];
  /** The failed message that this one says again. */
  readonly retried?: EntryRow | undefined;
}

/** How many attachments an answer brings: a retry brings what the failed one did. */
export function countAttachments({
  attachmentIds,
  retried,
}: Omit<Answer, "messageId" | "agentId">) {
  return attachmentIds.length > 0 ? attachmentIds.length : (retried?.attachments ?? 0);
}

/**
 * Appends an answer to a conversation whose lock the unit holds: it reopens a closed one, claims
 * a free one, and is stored as queued with a job that sends it. Nothing here speaks with a
 * provider. The caller saves the conversation.
 *
 * @throws Refusal `entry.id_taken`, `attachment.not_ready` or `message.not_retryable`
 */
export async function appendAnswer(
  unit: Unit,
  row: ConversationRow,
  answer: Answer,
): Promise<ConversationRow> {
  const { messageId, agentId, text } = answer;
  const open = await reopen(unit, row, agentId);
  const claimed = await claim(unit, open, agentId);
  const after = await append(unit, claimed, {
    id: messageId,
    kind: "outbound",
    text,
    attachments: countAttachments(answer),
    agent_id: agentId,
    channel_id: claimed.channel_id,
    address_id: claimed.address_id,
    state: "queued",
  });
  await noteFirstAnswer(unit, claimed, answer);
  if (answer.retried) await retry(unit, after, answer.retried, messageId);
  await bring(unit, after, answer);
  await markSeen(unit, { agentId, conversationId: after.id, position: after.last_position });
  const { property_id: propertyId } = after;
  unit.schedule({ kind: "message.send", propertyId, subjectId: messageId });
  unit.record({ act: "message.written", agentId, subjectId: messageId });
  return after;
}

/** The wait that an answer ends is counted once, from the guest's first unanswered message. */
async function noteFirstAnswer(
  unit: Unit,
  { id, property_id, waiting_since, last_inbound_position }: ConversationRow,
  { messageId, agentId }: Answer,
): Promise<void> {
  if (waiting_since === null || last_inbound_position === 0) return;
  await unit.db.insert(answers.insertFirstAnswer, {
    conversation_id: id,
    question_position: last_inbound_position,
    property_id,
    entry_id: messageId,
    agent_id: agentId,
    waiting_since,
    answered_at: unit.now,
  });
}

/** The failed message stays where it is, and says what said it again. */
async function retry(
  unit: Unit,
  row: ConversationRow,
  { id }: EntryRow,
  byId: EntryId,
): Promise<void> {
  const marked = await unit.db.run(entries.setRetriedBy, {
    id,
    byId,
    conversationId: row.id,
    states: retryableStates,
  });
  if (marked === 0) throw new Refusal("message.not_retryable");
  tell(unit, row, "entry.changed", null, id);
}

async function bring(unit: Unit, row: ConversationRow, answer: Answer): Promise<void> {
  const { messageId: entryId, agentId, attachmentIds, retried } = answer;
  if (attachmentIds.length > 0) {
    await attach(unit, { propertyId: row.property_id, agentId, entryId, attachmentIds });
  } else if (retried && retried.attachments > 0) {
    await attachAgain(unit, { from: retried.id, to: entryId, agentId });
  }
}
