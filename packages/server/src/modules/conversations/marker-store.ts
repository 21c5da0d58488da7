import type { AgentId, ConversationId } from "@foyer/contract";
import { statementsFor } from "../../platform/store/index.ts";
import type { ConversationTables } from "./tables.ts";

const statement = statementsFor<ConversationTables>();

export const markersOf = statement<{ agentId: AgentId; ids: readonly ConversationId[] }>()(
  "read_marker.of",
  (sql, given) =>
    sql
      .selectFrom("read_marker")
      .select(["conversation_id", "position", "mentioned_position"])
      .where("tenant_id", "=", given.tenant)
      .where("agent_id", "=", given.agentId)
      .where("conversation_id", "in", given.ids),
);

interface Marker {
  readonly agentId: AgentId;
  readonly conversationId: ConversationId;
  readonly position: number;
}

export const insertMarker = statement<Marker & { readonly mentionedPosition: number }>()(
  "read_marker.insert",
  (sql, given) =>
    sql.insertInto("read_marker").values({
      tenant_id: given.tenant,
      agent_id: given.agentId,
      conversation_id: given.conversationId,
      position: given.position,
      mentioned_position: given.mentionedPosition,
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

interface Called {
  readonly agentIds: readonly AgentId[];
  readonly conversationId: ConversationId;
}

/** Which of these agents have a marker in a conversation. */
export const markersFor = statement<Called>()("read_marker.for", (sql, given) =>
  sql
    .selectFrom("read_marker")
    .select("agent_id")
    .where("tenant_id", "=", given.tenant)
    .where("agent_id", "in", given.agentIds)
    .where("conversation_id", "=", given.conversationId),
);

/** Says that a note calls agents; positions only grow. */
export const moveMentions = statement<Called & { readonly position: number }>()(
  "read_marker.mention",
  (sql, given) =>
    sql
      .updateTable("read_marker")
      .set({ mentioned_position: given.position })
      .where("tenant_id", "=", given.tenant)
      .where("agent_id", "in", given.agentIds)
      .where("conversation_id", "=", given.conversationId),
);
