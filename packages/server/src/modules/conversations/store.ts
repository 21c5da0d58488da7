import type { AgentId, ContactId, ConversationId, PropertyId, TeamId } from "@foyer/contract";
import { statementsFor } from "../../platform/store/index.ts";
import type { ConversationRow, ConversationTables } from "./tables.ts";

const statement = statementsFor<ConversationTables>();

type New<Row> = Omit<Row, "tenant_id">;

export const insertConversation = statement<New<ConversationRow>>()(
  "conversation.insert",
  (sql, given) =>
    sql.insertInto("conversation").values({
      tenant_id: given.tenant,
      id: given.id,
      property_id: given.property_id,
      contact_id: given.contact_id,
      channel_id: given.channel_id,
      address_id: given.address_id,
      state: given.state,
      assigned_agent_id: given.assigned_agent_id,
      assigned_team_id: given.assigned_team_id,
      last_position: given.last_position,
      last_inbound_position: given.last_inbound_position,
      preview_entry_id: given.preview_entry_id,
      last_at: given.last_at,
      waiting_since: given.waiting_since,
      list_rank: given.list_rank,
      created_at: given.created_at,
      version: given.version,
    }),
);

/** Everything that changes in a conversation, in one statement; the version goes up by one. */
export const updateConversation = statement<New<ConversationRow>>()(
  "conversation.update",
  (sql, given) =>
    sql
      .updateTable("conversation")
      .set((is) => ({
        channel_id: given.channel_id,
        address_id: given.address_id,
        state: given.state,
        assigned_agent_id: given.assigned_agent_id,
        assigned_team_id: given.assigned_team_id,
        last_position: given.last_position,
        last_inbound_position: given.last_inbound_position,
        preview_entry_id: given.preview_entry_id,
        last_at: given.last_at,
        waiting_since: given.waiting_since,
        list_rank: given.list_rank,
        version: is("version", "+", 1),
      }))
      .where("tenant_id", "=", given.tenant)
      .where("id", "=", given.id),
);

export const conversationById = statement<{ id: ConversationId }>()(
  "conversation.byId",
  (sql, given) =>
    sql
      .selectFrom("conversation")
      .selectAll()
      .where("tenant_id", "=", given.tenant)
      .where("id", "=", given.id),
);

/** The same, with its lock: a writer's first statement. */
export const lockConversation = statement<{ id: ConversationId }>()(
  "conversation.lock",
  (sql, given, { lock }) =>
    lock(
      sql
        .selectFrom("conversation")
        .selectAll()
        .where("tenant_id", "=", given.tenant)
        .where("id", "=", given.id),
    ),
);

export const lockConversationOf = statement<{ contactId: ContactId; propertyId: PropertyId }>()(
  "conversation.lockOf",
  (sql, given, { lock }) =>
    lock(
      sql
        .selectFrom("conversation")
        .selectAll()
        .where("tenant_id", "=", given.tenant)
        .where("contact_id", "=", given.contactId)
        .where("property_id", "=", given.propertyId),
    ),
);

export const conversationsByIds = statement<{ ids: readonly ConversationId[] }>()(
  "conversation.byIds",
  (sql, given) =>
    sql
      .selectFrom("conversation")
      .selectAll()
      .where("tenant_id", "=", given.tenant)
      .where("id", "in", given.ids),
);

/** The conversations of contacts at one property: one per contact. */
export const conversationsOfContacts = statement<{
  contactIds: readonly ContactId[];
  propertyId: PropertyId;
}>()("conversation.ofContacts", (sql, given) =>
  sql
    .selectFrom("conversation")
    .selectAll()
    .where("tenant_id", "=", given.tenant)
    .where("contact_id", "in", given.contactIds)
    .where("property_id", "=", given.propertyId),
);

/** The conversations of one contact at all properties; a tenant's properties are few. */
export const conversationsOfContact = statement<{ contactId: ContactId; limit: number }>()(
  "conversation.ofContact",
  (sql, given) =>
    sql
      .selectFrom("conversation")
      .select(["id", "property_id"])
      .where("tenant_id", "=", given.tenant)
      .where("contact_id", "=", given.contactId)
      .limit(given.limit),
);

interface Held<Holder> {
  readonly propertyId: PropertyId;
  readonly holderId: Holder;
  readonly limit: number;
}

/** A page of the open conversations that an agent holds, with their locks. */
export const lockHeldByAgent = statement<Held<AgentId>>()(
  "conversation.lockHeldByAgent",
  (sql, given, { lock }) =>
    lock(
      sql
        .selectFrom("conversation")
        .selectAll()
        .where("tenant_id", "=", given.tenant)
        .where("property_id", "=", given.propertyId)
        .where("state", "=", "open")
        .where("assigned_agent_id", "=", given.holderId)
        .orderBy("list_rank")
        .orderBy("id")
        .limit(given.limit),
    ),
);

/** Whether an agent holds anything that is open. */
export const heldByAgent = statement<{ propertyId: PropertyId; holderId: AgentId }>()(
  "conversation.heldByAgent",
  (sql, given) =>
    sql
      .selectFrom("conversation")
      .select("id")
      .where("tenant_id", "=", given.tenant)
      .where("property_id", "=", given.propertyId)
      .where("state", "=", "open")
      .where("assigned_agent_id", "=", given.holderId)
      .limit(1),
);

/** A page of the open conversations that a team holds, with their locks. */
export const lockHeldByTeam = statement<Held<TeamId>>()(
  "conversation.lockHeldByTeam",
  (sql, given, { lock }) =>
    lock(
      sql
        .selectFrom("conversation")
        .selectAll()
        .where("tenant_id", "=", given.tenant)
        .where("property_id", "=", given.propertyId)
        .where("state", "=", "open")
        .where("assigned_team_id", "=", given.holderId)
        .orderBy("list_rank")
        .orderBy("id")
        .limit(given.limit),
    ),
);
