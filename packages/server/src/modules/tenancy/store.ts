import type { AgentId, PropertyId, SessionId, TeamId } from "@foyer/contract";
import { statementsFor } from "../../platform/store/index.ts";
import type {
  AgentPropertyRow,
  AgentRow,
  PropertyRow,
  SessionRow,
  TeamRow,
  TenancyTables,
  TenantRow,
} from "./tables.ts";

const statement = statementsFor<TenancyTables>();

type New<Row> = Omit<Row, "tenant_id">;

/** A tenant has at most so many of each; lists of people are not paged below that. */
const peopleMax = 1_000;

export const insertTenant = statement<New<TenantRow>>()("tenant.insert", (sql, given) =>
  sql.insertInto("tenant").values({
    tenant_id: given.tenant,
    profile: given.profile,
    kind: given.kind,
    created_at: given.created_at,
    version: given.version,
    mac: given.mac,
  }),
);

export const theTenant = statement()("tenant.get", (sql, given) =>
  sql.selectFrom("tenant").selectAll().where("tenant_id", "=", given.tenant),
);

export const insertProperty = statement<New<PropertyRow>>()("property.insert", (sql, given) =>
  sql.insertInto("property").values({
    tenant_id: given.tenant,
    id: given.id,
    profile: given.profile,
    created_at: given.created_at,
    ended_at: given.ended_at,
    version: given.version,
  }),
);

export const properties = statement()("property.list", (sql, given) =>
  sql
    .selectFrom("property")
    .selectAll()
    .where("tenant_id", "=", given.tenant)
    .where("ended_at", "is", null)
    .orderBy("created_at")
    .orderBy("id")
    .limit(peopleMax),
);

export const insertAgent = statement<New<AgentRow>>()("agent.insert", (sql, given) =>
  sql.insertInto("agent").values({
    tenant_id: given.tenant,
    id: given.id,
    email_index: given.email_index,
    profile: given.profile,
    password: given.password,
    role: given.role,
    created_at: given.created_at,
    ended_at: given.ended_at,
    version: given.version,
    mac: given.mac,
  }),
);

export const agentById = statement<{ id: AgentId }>()("agent.byId", (sql, given) =>
  sql
    .selectFrom("agent")
    .selectAll()
    .where("tenant_id", "=", given.tenant)
    .where("id", "=", given.id),
);

export const agents = statement()("agent.list", (sql, given) =>
  sql
    .selectFrom("agent")
    .selectAll()
    .where("tenant_id", "=", given.tenant)
    .orderBy("created_at")
    .orderBy("id")
    .limit(peopleMax),
);

export const insertAgentProperty = statement<New<AgentPropertyRow>>()(
  "agent_property.insert",
  (sql, given) =>
    sql.insertInto("agent_property").values({
      tenant_id: given.tenant,
      agent_id: given.agent_id,
      property_id: given.property_id,
      revision: given.revision,
      mac: given.mac,
    }),
);

export const deleteAgentProperty = statement<{ agentId: AgentId; propertyId: PropertyId }>()(
  "agent_property.delete",
  (sql, given) =>
    sql
      .deleteFrom("agent_property")
      .where("tenant_id", "=", given.tenant)
      .where("agent_id", "=", given.agentId)
      .where("property_id", "=", given.propertyId),
);

export const propertiesOfAgent = statement<{ agentId: AgentId }>()(
  "agent_property.ofAgent",
  (sql, given) =>
    sql
      .selectFrom("agent_property")
      .selectAll()
      .where("tenant_id", "=", given.tenant)
      .where("agent_id", "=", given.agentId)
      .limit(peopleMax),
);

export const agentsOfProperty = statement<{ propertyId: PropertyId }>()(
  "agent_property.ofProperty",
  (sql, given) =>
    sql
      .selectFrom("agent_property")
      .selectAll()
      .where("tenant_id", "=", given.tenant)
      .where("property_id", "=", given.propertyId)
      .limit(peopleMax),
);

export const insertTeam = statement<New<TeamRow>>()("team.insert", (sql, given) =>
  sql.insertInto("team").values({
    tenant_id: given.tenant,
    id: given.id,
    property_id: given.property_id,
    profile: given.profile,
    created_at: given.created_at,
    ended_at: given.ended_at,
    version: given.version,
  }),
);

export const teamsOfProperty = statement<{ propertyId: PropertyId }>()(
  "team.ofProperty",
  (sql, given) =>
    sql
      .selectFrom("team")
      .selectAll()
      .where("tenant_id", "=", given.tenant)
      .where("property_id", "=", given.propertyId)
      .where("ended_at", "is", null)
      .orderBy("created_at")
      .orderBy("id")
      .limit(peopleMax),
);

export const insertTeamMember = statement<{ teamId: TeamId; agentId: AgentId }>()(
  "team_member.insert",
  (sql, given) =>
    sql
      .insertInto("team_member")
      .values({ tenant_id: given.tenant, team_id: given.teamId, agent_id: given.agentId }),
);

export const membersOfTeams = statement<{ teamIds: TeamId[] }>()(
  "team_member.ofTeams",
  (sql, given) =>
    sql
      .selectFrom("team_member")
      .select(["team_id", "agent_id"])
      .where("tenant_id", "=", given.tenant)
      .where("team_id", "in", given.teamIds)
      .orderBy("agent_id"),
);

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

/** Ended and expired sessions are dropped so long after. */
export const dropSessions = statement<{ before: number }>()("session.drop", (sql, given) =>
  sql
    .deleteFrom("session")
    .where("tenant_id", "=", given.tenant)
    .where("expires_at", "<", given.before),
);
