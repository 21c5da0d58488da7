import type {
  AgentId,
  OperationParsed,
  operations,
  PropertyId,
  Team,
  TeamId,
} from "@foyer/contract";
import { limits } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { settingsChanged } from "../../platform/feed/index.ts";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import { notFound, Refusal } from "../../platform/refusal.ts";
import type { Unit } from "../../platform/scope/index.ts";
import { holdProperty } from "./hold.ts";
import { listAgents, listTeams } from "./people.ts";
import { createTeam } from "./provision-tenant.ts";
import { difference, foldName } from "./rules.ts";
import type { TeamRow } from "./tables.ts";
import * as statements from "./team-store.ts";
import { conflict } from "./update-property.ts";

type Input<Key extends keyof typeof operations> = OperationParsed<(typeof operations)[Key]>;

/** Makes a team. The same call again finds what it made. */
export async function addTeam(context: Context, input: Input<"createTeam">) {
  const { teamId: id, propertyId, name, colour } = input;
  const agentIds = [...new Set(input.agentIds)];
  await context.transact(async (unit) => {
    await holdProperty(unit, propertyId);
    const teams = await teamsOn(unit, propertyId);
    if (await wasMadeBefore(unit, input, teams)) return;
    if (teams.length >= limits.teamsPerPropertyMax) throw new Refusal("settings.too_many");
    assertFree(teams, id, name);
    await assertWorkHere(unit, propertyId, agentIds);
    await createTeam(unit, { id, propertyId, name, colour, agentIds }, context.caller.agentId);
  });
  return { team: await theTeam(context, propertyId, id) };
}

async function wasMadeBefore(
  unit: Unit,
  input: Input<"createTeam">,
  teams: readonly Team[],
): Promise<boolean> {
  const row = await unit.db.first(statements.teamById, { id: input.teamId });
  if (!row) return false;
  const made = teams.find(({ id }) => id === input.teamId);
  const { added, removed } = difference(made?.agentIds ?? [], input.agentIds);
  const isSame =
    made !== undefined &&
    made.name === input.name &&
    made.colour === input.colour &&
    added.length + removed.length === 0;
  if (!isSame) throw new Refusal("entry.id_taken");
  return true;
}

/** Changes a team, if it is the version that the editor looked at. Who is in it may stay. */
export async function changeTeam(context: Context, input: Input<"updateTeam">) {
  const { propertyId, teamId: id, version } = input;
  await context.transact(async (unit) => {
    await holdProperty(unit, propertyId);
    const teams = await teamsOn(unit, propertyId);
    const team = teams.find((one) => one.id === id);
    if (!team) throw notFound();
    if (team.version !== version) throw conflict(team.version);
    const { name = team.name, colour = team.colour } = input;
    assertFree(teams, id, name);
    await setMembers(unit, propertyId, team, input.agentIds ?? team.agentIds);
    const profile = unit.cipher.sealJson(FIELD.teamProfile, id, { name, colour });
    await unit.db.run(statements.updateTeam, { id, profile, ended_at: null, version });
    tell(unit, context, propertyId, id, "team.updated");
  });
  return { team: await theTeam(context, propertyId, id) };
}

async function setMembers(
  unit: Unit,
  propertyId: PropertyId,
  { id: teamId, agentIds: before }: Team,
  after: readonly AgentId[],
): Promise<void> {
  const { added, removed } = difference(before, after);
  await assertWorkHere(unit, propertyId, added);
  for (const agentId of added) await unit.db.run(statements.insertTeamMember, { teamId, agentId });
  for (const agentId of removed) {
    await unit.db.run(statements.deleteTeamMember, { teamId, agentId });
  }
}

/** Retires a team; what it holds is handed back. A team that has ended stays so. */
export async function endTeam(context: Context, input: Input<"endTeam">): Promise<undefined> {
  const { propertyId, teamId: id } = input;
  await context.transact(async (unit) => {
    await holdProperty(unit, propertyId);
    const row = await teamHere(unit, propertyId, id);
    if (row.ended_at !== null) return;
    const { profile, version } = row;
    await unit.db.run(statements.updateTeam, { id, profile, ended_at: unit.now, version });
    const byAgentId = context.caller.agentId;
    await unit.notify({ name: "team.ended", teamId: id, propertyId, byAgentId });
    tell(unit, context, propertyId, id, "team.ended");
  });
  return undefined;
}

async function teamHere(unit: Unit, propertyId: PropertyId, id: TeamId): Promise<TeamRow> {
  const row = await unit.db.first(statements.teamById, { id });
  if (!row || row.property_id !== propertyId) throw notFound();
  return row;
}

function teamsOn({ db: read, cipher }: Unit, propertyId: PropertyId): Promise<Team[]> {
  return listTeams({ read, cipher }, propertyId);
}

async function theTeam(context: Context, propertyId: PropertyId, id: TeamId): Promise<Team> {
  const team = (await listTeams(context, propertyId)).find((one) => one.id === id);
  if (!team) throw notFound();
  return team;
}

function assertFree(teams: readonly Team[], id: TeamId, name: string): void {
  const isTaken = teams.some((team) => team.id !== id && foldName(team.name) === foldName(name));
  if (isTaken) throw new Refusal("name.taken", { issues: [{ field: "name", issue: "is taken" }] });
}

/** @throws Refusal `assignment.impossible` for somebody who has left, or works elsewhere */
async function assertWorkHere(
  { db: read, cipher }: Unit,
  propertyId: PropertyId,
  agentIds: readonly AgentId[],
): Promise<void> {
  if (agentIds.length === 0) return;
  const agents = await listAgents({ read, cipher }, propertyId);
  const here = new Set(agents.filter(({ isActive }) => isActive).map(({ id }) => id));
  if (!agentIds.every((id) => here.has(id))) throw new Refusal("assignment.impossible");
}

function tell(
  unit: Unit,
  { caller: { agentId } }: Context,
  propertyId: PropertyId,
  subjectId: TeamId,
  act: string,
): void {
  unit.change(settingsChanged(propertyId, agentId));
  unit.record({ act, agentId, subjectId });
}
