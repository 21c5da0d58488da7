import { type AgentId, type PropertyId, roleMay, type TeamId } from "@foyer/contract";
import type { Caller } from "../../platform/access/index.ts";
import { TABLE } from "../../platform/keys/field-numbers.ts";
import { notFound, Refusal } from "../../platform/refusal.ts";
import type { Unit } from "../../platform/scope/index.ts";
import { assertGenuine } from "./row-mac.ts";
import { type Standing, worksEverywhere } from "./rules.ts";
import * as statements from "./store.ts";
import type { PropertyRow } from "./tables.ts";
import * as teams from "./team-store.ts";

/**
 * Takes how a property is set up into one hand until the transaction ends: of two who change it
 * at once, the second sees what the first did. What is sealed can be kept unique in no other way.
 *
 * @throws Refusal `resource.not_found`
 */
export async function holdProperty(unit: Unit, id: PropertyId): Promise<PropertyRow> {
  const row = await unit.db.first(statements.holdProperty, { id });
  if (!row || row.ended_at !== null) throw notFound();
  return row;
}

/**
 * Takes who may do what in the tenant into one hand until the transaction ends, and looks once
 * more at whoever asks: two owners who deactivate each other at once would else both succeed.
 *
 * @throws Refusal `session.required`, `right.missing`
 */
export async function holdPeople(unit: Unit, caller: Caller): Promise<Standing> {
  await unit.db.first(statements.holdTenant, {});
  const row = await unit.db.first(statements.agentById, { id: caller.agentId });
  if (!row || row.ended_at !== null) throw new Refusal("session.required");
  const { role } = assertGenuine(unit.cipher, TABLE.agent, row.version, row);
  if (!roleMay(role, "agent.manage")) throw new Refusal("right.missing");
  return { role, propertyIds: caller.propertyIds };
}

/**
 * Says whether an agent can be given work at a property: there, not gone, and able to answer. It
 * stays so until the transaction ends: whatever makes them another writes their row.
 */
export async function holdAgent(unit: Unit, at: PropertyId, id: AgentId): Promise<boolean> {
  const held = await unit.db.first(statements.holdAgentAt, { id, propertyId: at });
  if (!held) return false;
  const { placed_at: placedAt, ...row } = held;
  const { role, ended_at: endedAt } = assertGenuine(unit.cipher, TABLE.agent, row.version, row);
  const isHere = placedAt !== null || worksEverywhere(role);
  return isHere && endedAt === null && roleMay(role, "conversation.reply");
}

/** The same of a team: it is one of the property's, and does not end meanwhile. */
export async function holdTeam(unit: Unit, at: PropertyId, id: TeamId): Promise<boolean> {
  const row = await unit.db.first(teams.holdTeam, { id });
  return row !== undefined && row.property_id === at && row.ended_at === null;
}
