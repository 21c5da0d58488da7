import {
  type AgentId,
  type PropertyId,
  type Role,
  rolesEverywhere,
  type TeamId,
  type TenantId,
} from "@foyer/contract";
import { beginFeed } from "../../platform/feed/index.ts";
import { FIELD, TABLE } from "../../platform/keys/field-numbers.ts";
import type { Scope, Unit } from "../../platform/scope/index.ts";
import type { Directory } from "../directory/index.ts";
import { hashPassword } from "./password.ts";
import type { TeamColour } from "./profiles.ts";
import { macOf } from "./row-mac.ts";
import { normalizeEmail } from "./rules.ts";
import * as statements from "./store.ts";

/** Writes the row of a new tenant. Its keys were made just before; nothing else makes any. */
export async function insertTenantRow(
  unit: Unit,
  given: { readonly name: string; readonly kind: "real" | "demo" },
): Promise<void> {
  const row = {
    profile: unit.cipher.sealJson(FIELD.tenantProfile, unit.tenantId, { name: given.name }),
    kind: given.kind,
    created_at: unit.now,
    version: 1,
  };
  const mac = macOf(unit.cipher, TABLE.tenant, row.version, row);
  await unit.db.run(statements.insertTenant, { ...row, mac });
}

/** Makes a property with its change feed. */
export async function createProperty(
  unit: Unit,
  given: {
    readonly id?: PropertyId;
    readonly name: string;
    readonly timeZone: string;
    readonly country: string;
  },
): Promise<PropertyId> {
  const { id = unit.mint<"property">(), ...profile } = given;
  await unit.db.run(statements.insertProperty, {
    id,
    profile: unit.cipher.sealJson(FIELD.propertyProfile, id, profile),
    created_at: unit.now,
    ended_at: null,
    version: 1,
  });
  await beginFeed(unit.db, id);
  unit.record({ act: "property.created", agentId: null, subjectId: id });
  return id;
}

export interface NewAgent {
  readonly id?: AgentId;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly role: Role;
  /** Where they work. Owners and administrators work everywhere and need none. */
  readonly propertyIds: readonly PropertyId[];
}

/** Makes an agent who can sign in. The password is hashed before the transaction. */
export async function createAgent(
  scope: Scope,
  directory: Directory,
  given: NewAgent,
): Promise<AgentId> {
  const id = given.id ?? scope.mint<"agent">();
  const email = normalizeEmail(given.email);
  const hashed = await hashPassword(given.password);
  await scope.transact(async (unit) => {
    const row = {
      id,
      email_index: unit.cipher.index(FIELD.agentEmailIndex, email),
      profile: unit.cipher.sealJson(FIELD.agentProfile, id, { name: given.name, email }),
      password: unit.cipher.seal(FIELD.agentPassword, id, hashed),
      role: given.role,
      created_at: unit.now,
      ended_at: null,
      version: 1,
    };
    const mac = macOf(unit.cipher, TABLE.agent, row.version, row);
    await unit.db.run(statements.insertAgent, { ...row, mac });
    await directory.add(unit, "sign_in_email", email, id);
    for (const propertyId of given.propertyIds) await placeAgent(unit, id, propertyId);
    unit.record({ act: "agent.created", agentId: null, subjectId: id });
  });
  return id;
}

/** Lets an agent work at a property. */
export async function placeAgent(
  unit: Unit,
  agentId: AgentId,
  propertyId: PropertyId,
): Promise<void> {
  const row = { agent_id: agentId, property_id: propertyId, revision: 1 };
  const mac = macOf(unit.cipher, TABLE.agentProperty, row.revision, row);
  await unit.db.insert(statements.insertAgentProperty, { ...row, mac });
  unit.record({ act: "agent.placed", agentId: null, subjectId: agentId });
  unit.change(peopleChanged(propertyId));
}

/** Takes an agent off a property; their open streams end with the next event. */
export async function removeAgent(
  unit: Unit,
  agentId: AgentId,
  propertyId: PropertyId,
): Promise<void> {
  await unit.db.run(statements.deleteAgentProperty, { agentId, propertyId });
  unit.record({ act: "agent.removed", agentId: null, subjectId: agentId });
  unit.change(peopleChanged(propertyId));
}

function peopleChanged(propertyId: PropertyId) {
  return {
    property_id: propertyId,
    kind: "people.changed",
    conversation_id: null,
    entry_id: null,
    contact_id: null,
    agent_id: null,
  } as const;
}

export async function createTeam(
  unit: Unit,
  given: {
    readonly id?: TeamId;
    readonly propertyId: PropertyId;
    readonly name: string;
    readonly colour: TeamColour;
    readonly agentIds: readonly AgentId[];
  },
): Promise<TeamId> {
  const id = given.id ?? unit.mint<"team">();
  const { name, colour } = given;
  await unit.db.run(statements.insertTeam, {
    id,
    property_id: given.propertyId,
    profile: unit.cipher.sealJson(FIELD.teamProfile, id, { name, colour }),
    created_at: unit.now,
    ended_at: null,
    version: 1,
  });
  for (const agentId of given.agentIds) {
    await unit.db.run(statements.insertTeamMember, { teamId: id, agentId });
  }
  unit.record({ act: "team.created", agentId: null, subjectId: id });
  return id;
}

/** Says whether a role works at every property without being placed there. */
export function worksEverywhere(role: Role): boolean {
  return rolesEverywhere.includes(role);
}

/** The type of what makes a tenant, for whoever wires the house together. */
export type ProvisionTenant = (given: {
  readonly id?: TenantId;
  readonly name: string;
  readonly kind: "real" | "demo";
}) => Promise<Scope>;
