import type { ConversationId, EntryId, MessageState } from "@foyer/contract";
import { statementsFor } from "../../platform/store/index.ts";
import type { ConversationTables, EntryRow, MentionRow } from "./tables.ts";

const statement = statementsFor<ConversationTables>();

type New<Row> = Omit<Row, "tenant_id">;

export const insertEntry = statement<New<EntryRow>>()("entry.insert", (sql, given) =>
  sql.insertInto("timeline_entry").values({
    tenant_id: given.tenant,
    id: given.id,
    conversation_id: given.conversation_id,
    position: given.position,
    kind: given.kind,
    body: given.body,
    agent_id: given.agent_id,
    channel_id: given.channel_id,
    address_id: given.address_id,
    state: given.state,
    failure: given.failure,
    provider_index: given.provider_index,
    attachments: given.attachments,
    reaction: given.reaction,
    retried_by_id: given.retried_by_id,
    event: given.event,
    assignee_agent_id: given.assignee_agent_id,
    assignee_team_id: given.assignee_team_id,
    label_id: given.label_id,
    occurred_at: given.occurred_at,
    recorded_at: given.recorded_at,
    version: given.version,
  }),
);

export const entriesByIds = statement<{ ids: readonly EntryId[] }>()("entry.byIds", (sql, given) =>
  sql
    .selectFrom("timeline_entry")
    .selectAll()
    .where("tenant_id", "=", given.tenant)
    .where("id", "in", given.ids),
);

/** Every entry of a tenant in the order of ids, with its property: for building an index anew. */
export const entriesAfter = statement<{ after: EntryId; limit: number }>()(
  "entry.after",
  (sql, given) =>
    sql
      .selectFrom("timeline_entry")
      .innerJoin("conversation", (join) =>
        join
          .onRef("conversation.tenant_id", "=", "timeline_entry.tenant_id")
          .onRef("conversation.id", "=", "timeline_entry.conversation_id"),
      )
      .select(["timeline_entry.id", "conversation.property_id"])
      .where("timeline_entry.tenant_id", "=", given.tenant)
      .where("timeline_entry.id", ">", given.after)
      .where("timeline_entry.kind", "in", ["inbound", "outbound", "note"])
      .orderBy("timeline_entry.id")
      .limit(given.limit),
);

export const entryByProvider = statement<{ providerIndex: Uint8Array }>()(
  "entry.byProvider",
  (sql, given) =>
    sql
      .selectFrom("timeline_entry")
      .select(["id", "conversation_id"])
      .where("tenant_id", "=", given.tenant)
      .where("provider_index", "=", given.providerIndex)
      .limit(1),
);

export const entriesBefore = statement<{
  conversationId: ConversationId;
  before: number;
  limit: number;
}>()("entry.before", (sql, given) =>
  sql
    .selectFrom("timeline_entry")
    .selectAll()
    .where("tenant_id", "=", given.tenant)
    .where("conversation_id", "=", given.conversationId)
    .where("position", "<", given.before)
    .orderBy("position", "desc")
    .limit(given.limit),
);

/** Whether an earlier message of the conversation has not left yet: messages leave in order. */
export const earlierUnsent = statement<{
  conversationId: ConversationId;
  position: number;
  states: readonly MessageState[];
}>()("entry.earlierUnsent", (sql, given) =>
  sql
    .selectFrom("timeline_entry")
    .select("id")
    .where("tenant_id", "=", given.tenant)
    .where("conversation_id", "=", given.conversationId)
    .where("position", "<", given.position)
    .where("kind", "=", "outbound")
    .where("state", "in", given.states)
    .limit(1),
);

/** Other messages of the conversation in given states, the newest first. */
export const othersIn = statement<{
  id: EntryId;
  conversationId: ConversationId;
  states: readonly MessageState[];
  limit: number;
}>()("entry.othersIn", (sql, given) =>
  sql
    .selectFrom("timeline_entry")
    .selectAll()
    .where("tenant_id", "=", given.tenant)
    .where("conversation_id", "=", given.conversationId)
    .where("id", "!=", given.id)
    .where("kind", "=", "outbound")
    .where("state", "in", given.states)
    .orderBy("position", "desc")
    .limit(given.limit),
);

/** Moves a message's state, if it is still what the mover saw. */
export const moveEntry = statement<
  Pick<EntryRow, "id" | "failure" | "provider_index"> & { from: MessageState; to: MessageState }
>()("entry.move", (sql, given) =>
  sql
    .updateTable("timeline_entry")
    .set((is) => ({
      state: given.to,
      failure: given.failure,
      provider_index: is.fn.coalesce("provider_index", is.val(given.provider_index)),
      version: is("version", "+", 1),
    }))
    .where("tenant_id", "=", given.tenant)
    .where("id", "=", given.id)
    .where("state", "=", given.from),
);

interface Behind {
  readonly conversationId: ConversationId;
  readonly position: number;
}

/** The next message of the conversation that waits to leave. */
export const nextQueued = statement<Behind>()("entry.nextQueued", (sql, given) =>
  sql
    .selectFrom("timeline_entry")
    .select("id")
    .where("tenant_id", "=", given.tenant)
    .where("conversation_id", "=", given.conversationId)
    .where("position", ">", given.position)
    .where("kind", "=", "outbound")
    .where("state", "=", "queued")
    .orderBy("position")
    .limit(1),
);

/** Answers behind a position, with what became of them: few, for they follow the guest's last. */
export const answersAfter = statement<Behind & { limit: number }>()(
  "entry.answersAfter",
  (sql, given) =>
    sql
      .selectFrom("timeline_entry")
      .select(["id", "position", "state", "retried_by_id"])
      .where("tenant_id", "=", given.tenant)
      .where("conversation_id", "=", given.conversationId)
      .where("position", ">", given.position)
      .where("kind", "=", "outbound")
      .orderBy("position")
      .limit(given.limit),
);

/** The newest answers of a conversation, the newest first. */
export const newestAnswers = statement<{ conversationId: ConversationId; limit: number }>()(
  "entry.newestAnswers",
  (sql, given) =>
    sql
      .selectFrom("timeline_entry")
      .selectAll()
      .where("tenant_id", "=", given.tenant)
      .where("conversation_id", "=", given.conversationId)
      .where("kind", "=", "outbound")
      .orderBy("position", "desc")
      .limit(given.limit),
);

export const setReaction = statement<Pick<EntryRow, "id" | "reaction">>()(
  "entry.setReaction",
  (sql, given) =>
    sql
      .updateTable("timeline_entry")
      .set((is) => ({ reaction: given.reaction, version: is("version", "+", 1) }))
      .where("tenant_id", "=", given.tenant)
      .where("id", "=", given.id),
);

/** Counts a change of something that belongs to an entry. */
export const touchEntry = statement<Pick<EntryRow, "id">>()("entry.touch", (sql, given) =>
  sql
    .updateTable("timeline_entry")
    .set((is) => ({ version: is("version", "+", 1) }))
    .where("tenant_id", "=", given.tenant)
    .where("id", "=", given.id),
);

/** Says which message says a failed one again; nothing changes where one does already. */
export const setRetriedBy = statement<{
  id: EntryId;
  conversationId: ConversationId;
  byId: EntryId;
  states: readonly MessageState[];
}>()("entry.setRetriedBy", (sql, given) =>
  sql
    .updateTable("timeline_entry")
    .set((is) => ({ retried_by_id: given.byId, version: is("version", "+", 1) }))
    .where("tenant_id", "=", given.tenant)
    .where("id", "=", given.id)
    .where("conversation_id", "=", given.conversationId)
    .where("kind", "=", "outbound")
    .where("state", "in", given.states)
    .where("retried_by_id", "is", null),
);

export const insertMentions = statement<{ rows: New<MentionRow>[] }>()(
  "mention.insert",
  (sql, given) =>
    sql.insertInto("mention").values(
      given.rows.map((row) => ({
        tenant_id: given.tenant,
        entry_id: row.entry_id,
        place: row.place,
        agent_id: row.agent_id,
        team_id: row.team_id,
      })),
    ),
);

export const mentionsOf = statement<{ entryIds: readonly EntryId[] }>()(
  "mention.ofEntries",
  (sql, given) =>
    sql
      .selectFrom("mention")
      .selectAll()
      .where("tenant_id", "=", given.tenant)
      .where("entry_id", "in", given.entryIds)
      .orderBy("entry_id")
      .orderBy("place"),
);
