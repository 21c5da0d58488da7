import type { Agent, Property, PropertyId, Team, TeamId } from "@foyer/contract";
import { FIELD, TABLE } from "../../platform/keys/field-numbers.ts";
import type { TenantCipher } from "../../platform/keys/tenant-cipher.ts";
import type { TenantReader } from "../../platform/store/index.ts";
import { agentProfile, propertyProfile, teamProfile } from "./profiles.ts";
import { assertGenuine } from "./row-mac.ts";
import { worksEverywhere } from "./rules.ts";
import * as statements from "./store.ts";
import type { AgentRow, PropertyRow } from "./tables.ts";
import * as teams from "./team-store.ts";

interface Reading {
  readonly read: TenantReader;
  readonly cipher: TenantCipher;
}

export function presentAgent(cipher: TenantCipher, row: AgentRow): Agent {
  const { name } = cipher.openJson(FIELD.agentProfile, row.id, row.profile, agentProfile);
  return {
    id: row.id,
    name,
    role: row.role,
    isActive: row.ended_at === null,
    version: row.version,
  };
}

function presentProperty(cipher: TenantCipher, row: PropertyRow): Property {
  const profile = cipher.openJson(FIELD.propertyProfile, row.id, row.profile, propertyProfile);
  return { id: row.id, ...profile, version: row.version };
}

/** The tenant's open properties, oldest first. */
export async function listProperties({ read, cipher }: Reading): Promise<Property[]> {
  const rows = await read.all(statements.properties, {});
  return rows.map((row) => presentProperty(cipher, row));
}

/** Who works at a property, those who have left included: what they did stays theirs. */
export async function listAgents(
  { read, cipher }: Reading,
  propertyId: PropertyId,
): Promise<Agent[]> {
  const [rows, placed] = await Promise.all([
    read.all(statements.agents, {}),
    read.all(statements.agentsOfProperty, { propertyId }),
  ]);
  const here = new Set(placed.map((row) => row.agent_id));
  return rows
    .filter((row) => here.has(row.id) || worksEverywhere(row.role))
    .map((row) => presentAgent(cipher, assertGenuine(cipher, TABLE.agent, row.version, row)));
}

/** The teams of a property with their members. */
export async function listTeams(
  { read, cipher }: Reading,
  propertyId: PropertyId,
): Promise<Team[]> {
  const rows = await read.all(teams.teamsOfProperty, { propertyId });
  const teamIds = rows.map((row) => row.id);
  const members = teamIds.length === 0 ? [] : await read.all(teams.membersOfTeams, { teamIds });
  return rows.map((row) => ({
    id: row.id,
    ...cipher.openJson(FIELD.teamProfile, row.id, row.profile, teamProfile),
    agentIds: members
      .filter((member) => member.team_id === row.id)
      .map((member) => member.agent_id),
    version: row.version,
  }));
}

export async function isTeamOf(
  { read }: Reading,
  propertyId: PropertyId,
  teamId: TeamId,
): Promise<boolean> {
  const rows = await read.all(teams.teamsOfProperty, { propertyId });
  return rows.some((row) => row.id === teamId);
}
