import type { EntryId, PropertyId } from "@foyer/contract";
import { statementsFor } from "../../platform/store/index.ts";
import type { ConversationTables, FirstAnswerRow } from "./tables.ts";

const statement = statementsFor<ConversationTables>();

/** Inserts nothing where the question was answered before. */
export const insertFirstAnswer = statement<Omit<FirstAnswerRow, "tenant_id">>()(
  "first_answer.insert",
  (sql, given) =>
    sql.insertInto("first_answer").values({
      tenant_id: given.tenant,
      conversation_id: given.conversation_id,
      question_position: given.question_position,
      property_id: given.property_id,
      entry_id: given.entry_id,
      agent_id: given.agent_id,
      waiting_since: given.waiting_since,
      answered_at: given.answered_at,
    }),
);

export const firstAnswerBy = statement<{ entryId: EntryId }>()(
  "first_answer.byEntry",
  (sql, given) =>
    sql
      .selectFrom("first_answer")
      .select(["question_position", "waiting_since"])
      .where("tenant_id", "=", given.tenant)
      .where("entry_id", "=", given.entryId),
);

export const deleteFirstAnswer = statement<{ entryId: EntryId }>()(
  "first_answer.delete",
  (sql, given) =>
    sql
      .deleteFrom("first_answer")
      .where("tenant_id", "=", given.tenant)
      .where("entry_id", "=", given.entryId),
);

/** First answers at a property from an instant on, the newest first. */
export const firstAnswersSince = statement<{
  propertyId: PropertyId;
  since: number;
  limit: number;
}>()("first_answer.since", (sql, given) =>
  sql
    .selectFrom("first_answer")
    .select(["conversation_id", "waiting_since", "answered_at"])
    .where("tenant_id", "=", given.tenant)
    .where("property_id", "=", given.propertyId)
    .where("answered_at", ">=", given.since)
    .orderBy("answered_at", "desc")
    .limit(given.limit),
);

export const dropFirstAnswers = statement<{ before: number }>()("first_answer.drop", (sql, given) =>
  sql
    .deleteFrom("first_answer")
    .where("tenant_id", "=", given.tenant)
    .where("answered_at", "<", given.before),
);
