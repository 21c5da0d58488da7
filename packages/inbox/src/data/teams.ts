import type { PropertyId, Team, TeamId } from "@foyer/contract";
import { call } from "./api.ts";
import { readSettingsAnew } from "./setting-lists.ts";
import { mintUuidV7 } from "./uuid-v7.ts";

export type TeamValues = Pick<Team, "name" | "colour" | "agentIds">;

/** Makes a team. Throws what is refused. */
export async function createTeam(propertyId: PropertyId, values: TeamValues): Promise<Team> {
  const teamId = mintUuidV7() as TeamId;
  const { team } = await call("createTeam", { propertyId, teamId, ...values });
  readSettingsAnew(propertyId);
  return team;
}

/** Changes a team, unless somebody did since the version. Throws what is refused. */
export async function updateTeam(
  propertyId: PropertyId,
  teamId: TeamId,
  version: number,
  values: TeamValues,
): Promise<Team> {
  const { team } = await call("updateTeam", { propertyId, teamId, version, ...values });
  readSettingsAnew(propertyId);
  return team;
}

export async function endTeam(propertyId: PropertyId, teamId: TeamId): Promise<void> {
  await call("endTeam", { propertyId, teamId });
  readSettingsAnew(propertyId);
}
