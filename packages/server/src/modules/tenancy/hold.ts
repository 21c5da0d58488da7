import { type PropertyId, roleMay } from "@foyer/contract";
import type { Caller } from "../../platform/access/index.ts";
import { TABLE } from "../../platform/keys/field-numbers.ts";
import { notFound, Refusal } from "../../platform/refusal.ts";
import type { Unit } from "../../platform/scope/index.ts";
import { assertGenuine } from "./row-mac.ts";
import type { Standing } from "./rules.ts";
import * as statements from "./store.ts";
import type { PropertyRow } from "./tables.ts";

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
