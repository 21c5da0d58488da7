import type {
  AgentId,
  ContactId,
  ConversationId,
  EntryId,
  MessageState,
  PropertyId,
  TeamId,
  View,
} from "@foyer/contract";
import { statementsFor } from "../../platform/store/index.ts";
import type { ConversationRow, ConversationTables, EntryRow } from "./tables.ts";

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

export interface ListArgs {
  readonly propertyId: PropertyId;
  readonly agentId: AgentId;
  readonly teamId: TeamId | null;
  readonly afterRank: number;
  readonly afterId: string;
  readonly limit: number;
}

const listOf = (view: View) =>
  statement<ListArgs>()(`conversation.list_${view}`, (sql, given) => {
    const inState = sql
      .selectFrom("conversation")
      .selectAll()
      .where("tenant_id", "=", given.tenant)
      .where("property_id", "=", given.propertyId)
      .where("state", "=", view === "closed" ? "closed" : "open");
    const inView = {
      mine: () => inState.where("assigned_agent_id", "=", given.agentId),
      team: () => inState.where("assigned_team_id", "=", given.teamId),
      unassigned: () =>
        inState.where("assigned_agent_id", "is", null).where("assigned_team_id", "is", null),
      all: () => inState,
      closed: () => inState,
    }[view]();
    return inView
      .where((is) =>
        is.or([
          is("list_rank", ">", given.afterRank),
          is.and([
            is("list_rank", "=", given.afterRank),
            is("id", ">", given.afterId as ConversationId),
          ]),
        ]),
      )
      .orderBy("list_rank")
      .orderBy("id")
      .limit(given.limit);
  });

/** One page of each view. */
export const conversationPages = {
  mine: listOf("mine"),
  unassigned: listOf("unassigned"),
  team: listOf("team"),
  all: listOf("all"),
  closed: listOf("closed"),
} as const;

/**
 * How many open conversations each agent and team holds, how many of them wait, and how many the
 * asking agent has not read: every view's numbers come from these few rows.
 */
export const countOpen = statement<{ propertyId: PropertyId; agentId: AgentId }>()(
  "conversation.countOpen",
  (sql, given) =>
    sql
      .selectFrom("conversation")
      .leftJoin("read_marker", (join) =>
        join
          .onRef("read_marker.tenant_id", "=", "conversation.tenant_id")
          .onRef("read_marker.conversation_id", "=", "conversation.id")
          .on("read_marker.agent_id", "=", given.agentId),
      )
      .where("conversation.tenant_id", "=", given.tenant)
      .where("conversation.property_id", "=", given.propertyId)
      .where("conversation.state", "=", "open")
      .groupBy(["assigned_agent_id", "assigned_team_id"])
      .select((is) => [
        "assigned_agent_id",
        "assigned_team_id",
        is.fn.countAll<number>().as("total"),
        is.fn.count<number>("waiting_since").as("waiting"),
        is.fn.min("waiting_since").as("longest"),
        is.fn
          .count<number>(
            is
              .case()
              .when("last_inbound_position", ">", is.fn.coalesce("read_marker.position", is.lit(0)))
              .then(is.lit(1))
              .end(),
          )
          .as("unread"),
      ]),
);

export const countClosed = statement<{ propertyId: PropertyId }>()(
  "conversation.countClosed",
  (sql, given) =>
    sql
      .selectFrom("conversation")
      .select((is) => is.fn.countAll<number>().as("total"))
      .where("tenant_id", "=", given.tenant)
      .where("property_id", "=", given.propertyId)
      .where("state", "=", "closed"),
);

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
    state: given.state,
    failure: given.failure,
    provider_index: given.provider_index,
    event: given.event,
    assignee_agent_id: given.assignee_agent_id,
    assignee_team_id: given.assignee_team_id,
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

export const markersOf = statement<{ agentId: AgentId; ids: readonly ConversationId[] }>()(
  "read_marker.of",
  (sql, given) =>
    sql
      .selectFrom("read_marker")
      .select(["conversation_id", "position"])
      .where("tenant_id", "=", given.tenant)
      .where("agent_id", "=", given.agentId)
      .where("conversation_id", "in", given.ids),
);

interface Marker {
  readonly agentId: AgentId;
  readonly conversationId: ConversationId;
  readonly position: number;
}

export const insertMarker = statement<Marker>()("read_marker.insert", (sql, given) =>
  sql.insertInto("read_marker").values({
    tenant_id: given.tenant,
    agent_id: given.agentId,
    conversation_id: given.conversationId,
    position: given.position,
  }),
);

export const moveMarker = statement<Marker>()("read_marker.move", (sql, given) =>
  sql
    .updateTable("read_marker")
    .set({ position: given.position })
    .where("tenant_id", "=", given.tenant)
    .where("agent_id", "=", given.agentId)
    .where("conversation_id", "=", given.conversationId)
    .where("position", "<", given.position),
);
