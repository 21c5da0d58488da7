import { type AgentId, limits, type PropertyId, type TeamId } from "@foyer/contract";
import { statementsFor } from "../../platform/store/index.ts";
import type { TeamRow, TenancyTables } from "./tables.ts";

const statement = statementsFor<TenancyTables>();

type New<Row> = Omit<Row, "tenant_id">;

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
      .limit(limits.teamsPerPropertyMax),
);

export const teamById = statement<{ id: TeamId }>()("team.byId", (sql, given) =>
  sql
    .selectFrom("team")
    .selectAll()
    .where("tenant_id", "=", given.tenant)
    .where("id", "=", given.id),
);

/** The same, with its lock. */
export const holdTeam = statement<{ id: TeamId }>()("team.hold", (sql, given, dialect) =>
  dialect.lock(
    sql
      .selectFrom("team")
      .select(["property_id", "ended_at"])
      .where("tenant_id", "=", given.tenant)
      .where("id", "=", given.id),
  ),
);

/** Compare-and-set on the version: of two who change a team, one does. */
export const updateTeam = statement<Pick<TeamRow, "id" | "profile" | "ended_at" | "version">>()(
  "team.update",
  (sql, given) =>
    sql
      .updateTable("team")
      .set((is) => ({
        profile: given.profile,
        ended_at: given.ended_at,
        version: is("version", "+", 1),
      }))
      .where("tenant_id", "=", given.tenant)
      .where("id", "=", given.id)
      .where("version", "=", given.version),
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

export const deleteTeamMember = statement<{ teamId: TeamId; agentId: AgentId }>()(
  "team_member.delete",
  (sql, given) =>
    sql
      .deleteFrom("team_member")
      .where("tenant_id", "=", given.tenant)
      .where("team_id", "=", given.teamId)
      .where("agent_id", "=", given.agentId),
);

/** Takes an agent out of the teams of a property. */
export const leaveTeams = statement<{ agentId: AgentId; propertyId: PropertyId }>()(
  "team_member.leave",
  (sql, given) =>
    sql
      .deleteFrom("team_member")
      .where("tenant_id", "=", given.tenant)
      .where("agent_id", "=", given.agentId)
      .where((is) =>
        is.exists(
          is
            .selectFrom("team")
            .select("team.id")
            .where("team.tenant_id", "=", given.tenant)
            .whereRef("team.id", "=", "team_member.team_id")
            .where("team.property_id", "=", given.propertyId),
        ),
      ),
);
