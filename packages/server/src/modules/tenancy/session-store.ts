import type { AgentId, SessionId } from "@foyer/contract";
import { statementsFor } from "../../platform/store/index.ts";
import type { SessionRow, TenancyTables } from "./tables.ts";

const statement = statementsFor<TenancyTables>();

type New<Row> = Omit<Row, "tenant_id">;

/** Far more than anybody has. */
const sessionsMax = 1_000;

export const insertSession = statement<New<SessionRow>>()("session.insert", (sql, given) =>
  sql.insertInto("session").values({
    tenant_id: given.tenant,
    id: given.id,
    agent_id: given.agent_id,
    device: given.device,
    created_at: given.created_at,
    last_seen_at: given.last_seen_at,
    expires_at: given.expires_at,
    ended_at: given.ended_at,
    revision: given.revision,
    mac: given.mac,
  }),
);

export const sessionById = statement<{ id: SessionId }>()("session.byId", (sql, given) =>
  sql
    .selectFrom("session")
    .selectAll()
    .where("tenant_id", "=", given.tenant)
    .where("id", "=", given.id),
);

export const sessionsOfAgent = statement<{ agentId: AgentId; limit: number }>()(
  "session.ofAgent",
  (sql, given) =>
    sql
      .selectFrom("session")
      .selectAll()
      .where("tenant_id", "=", given.tenant)
      .where("agent_id", "=", given.agentId)
      .where("ended_at", "is", null)
      .orderBy("created_at", "desc")
      .limit(given.limit),
);

/** An agent's sessions that were not ended, and nobody touches one before we are through. */
export const sessionsHeld = statement<{ agentId: AgentId }>()(
  "session.hold",
  (sql, given, dialect) =>
    dialect.lock(
      sql
        .selectFrom("session")
        .selectAll()
        .where("tenant_id", "=", given.tenant)
        .where("agent_id", "=", given.agentId)
        .where("ended_at", "is", null)
        .limit(sessionsMax),
    ),
);

/** Compare-and-set on the revision: of two who touch a session, one does. */
export const updateSession = statement<
  Pick<SessionRow, "id" | "last_seen_at" | "ended_at" | "revision" | "mac">
>()("session.update", (sql, given) =>
  sql
    .updateTable("session")
    .set((is) => ({
      last_seen_at: given.last_seen_at,
      ended_at: given.ended_at,
      revision: is("revision", "+", 1),
      mac: given.mac,
    }))
    .where("tenant_id", "=", given.tenant)
    .where("id", "=", given.id)
    .where("revision", "=", given.revision),
);

/** Sessions that neither ended nor were left alone for too long. */
export const liveSessions = statement<{ now: number; usedSince: number }>()(
  "session.live",
  (sql, given) =>
    sql
      .selectFrom("session")
      .select("agent_id")
      .distinct()
      .where("tenant_id", "=", given.tenant)
      .where("ended_at", "is", null)
      .where("expires_at", ">", given.now)
      .where("last_seen_at", ">", given.usedSince),
);

/** Ended and expired sessions are dropped so long after. */
export const dropSessions = statement<{ before: number }>()("session.drop", (sql, given) =>
  sql
    .deleteFrom("session")
    .where("tenant_id", "=", given.tenant)
    .where("expires_at", "<", given.before),
);
