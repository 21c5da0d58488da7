import type { AgentId, ConversationId, PropertyId, TeamId, View } from "@foyer/contract";
import { statementsFor } from "../../platform/store/index.ts";
import type { ConversationTables } from "./tables.ts";

const statement = statementsFor<ConversationTables>();

export interface ListArgs {
  readonly propertyId: PropertyId;
  /** Who asks. */
  readonly agentId: AgentId;
  /** Whose conversations are asked for, in the views that name somebody. */
  readonly heldById: AgentId | null;
  readonly teamId: TeamId | null;
  /** When the day began at the property, integer ms. */
  readonly since: number;
  /** No guest who waits is ranked so far behind. */
  readonly restRank: number;
  readonly afterRank: number;
  readonly afterId: string;
  readonly limit: number;
}

const listOf = (view: View) =>
  statement<ListArgs>()(`conversation.list_${view}`, (sql, given) => {
    const here = sql
      .selectFrom("conversation")
      .selectAll()
      .where("tenant_id", "=", given.tenant)
      .where("property_id", "=", given.propertyId);
    const open = here.where("state", "=", "open");
    const inView = {
      mine: () => open.where("assigned_agent_id", "=", given.agentId),
      agent: () => open.where("assigned_agent_id", "=", given.heldById),
      team: () => open.where("assigned_team_id", "=", given.teamId),
      unassigned: () =>
        open.where("assigned_agent_id", "is", null).where("assigned_team_id", "is", null),
      waiting: () => open.where("list_rank", "<", given.restRank),
      all: () => open,
      closed: () => here.where("state", "=", "closed"),
      answered_today: () =>
        here.where("id", "in", (inner) =>
          inner
            .selectFrom("first_answer")
            .select("conversation_id")
            .where("first_answer.tenant_id", "=", given.tenant)
            .where("first_answer.property_id", "=", given.propertyId)
            .where("first_answer.answered_at", ">=", given.since),
        ),
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
  agent: listOf("agent"),
  team: listOf("team"),
  unassigned: listOf("unassigned"),
  waiting: listOf("waiting"),
  all: listOf("all"),
  closed: listOf("closed"),
  answered_today: listOf("answered_today"),
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
              .when(
                is.or([
                  is(
                    "last_inbound_position",
                    ">",
                    is.fn.coalesce("read_marker.position", is.lit(0)),
                  ),
                  is("read_marker.mentioned_position", ">", is.ref("read_marker.position")),
                ]),
              )
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

/** Who waits longest at a property. */
export const longestWaiting = statement<{ propertyId: PropertyId; restRank: number }>()(
  "conversation.longestWaiting",
  (sql, given) =>
    sql
      .selectFrom("conversation")
      .select(["id", "waiting_since"])
      .where("tenant_id", "=", given.tenant)
      .where("property_id", "=", given.propertyId)
      .where("state", "=", "open")
      .where("list_rank", "<", given.restRank)
      .orderBy("list_rank")
      .orderBy("id")
      .limit(1),
);
