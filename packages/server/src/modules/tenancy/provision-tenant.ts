import type { AgentId, PropertyId, Role, TeamId, TenantId } from "@foyer/contract";
import { beginFeed, settingsChanged } from "../../platform/feed/index.ts";
import { FIELD, TABLE } from "../../platform/keys/field-numbers.ts";
import type { Scope, Unit } from "../../platform/scope/index.ts";
import type { Directory } from "../directory/index.ts";
import { hashPassword } from "./password.ts";
import type { TeamColour } from "./profiles.ts";
import { macOf } from "./row-mac.ts";
import { normalizeEmail } from "./rules.ts";
import * as statements from "./store.ts";
import { hotelMark } from "./tables.ts";
import * as teams from "./team-store.ts";

/** Writes the row of a new tenant. Its keys were made just before; nothing else makes any. */
export async function insertTenantRow(
  unit: Unit,
  directory: Directory,
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
  if (given.kind === "real") await directory.add(unit, "hotel", hotelMark, unit.tenantId);
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
  await unit.notify({ name: "property.created", propertyId: id });
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
  const hashed = await hashPassword(given.password);
  await scope.transact(async (unit) => {
    await insertAgent(unit, directory, { ...given, id, hashed }, null);
    for (const propertyId of given.propertyIds) unit.change(settingsChanged(propertyId, null));
  });
  return id;
}

/** Writes an agent's row, their e-mail's way to it, and where they work. */
export async function insertAgent(
  unit: Unit,
  directory: Directory,
  given: Omit<NewAgent, "password"> & { readonly id: AgentId; readonly hashed: string },
  by: AgentId | null,
): Promise<void> {
  const { id, name, role } = given;
  const email = normalizeEmail(given.email);
  const row = {
    id,
    email_index: unit.cipher.index(FIELD.agentEmailIndex, email),
    profile: unit.cipher.sealJson(FIELD.agentProfile, id, { name, email }),
    password: unit.cipher.seal(FIELD.agentPassword, id, given.hashed),
    role,
    created_at: unit.now,
    ended_at: null,
    version: 1,
  };
  const mac = macOf(unit.cipher, TABLE.agent, row.version, row);
  await unit.db.run(statements.insertAgent, { ...row, mac });
  await directory.add(unit, "sign_in_email", email, id);
  for (const propertyId of given.propertyIds) await placeAgent(unit, id, propertyId);
  unit.record({ act: "agent.created", agentId: by, subjectId: id });
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
}

/** Takes an agent off a property and out of its teams; open streams end at their next look. */
export async function removeAgent(
  unit: Unit,
  agentId: AgentId,
  propertyId: PropertyId,
): Promise<void> {
  await unit.db.run(statements.deleteAgentProperty, { agentId, propertyId });
  await unit.db.run(teams.leaveTeams, { agentId, propertyId });
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
  by: AgentId | null = null,
): Promise<TeamId> {
  const id = given.id ?? unit.mint<"team">();
  const { name, colour } = given;
  await unit.db.run(teams.insertTeam, {
    id,
    property_id: given.propertyId,
    profile: unit.cipher.sealJson(FIELD.teamProfile, id, { name, colour }),
    created_at: unit.now,
    ended_at: null,
    version: 1,
  });
  for (const agentId of given.agentIds) {
    await unit.db.run(teams.insertTeamMember, { teamId: id, agentId });
  }
  unit.change(settingsChanged(given.propertyId, by));
  unit.record({ act: "team.created", agentId: by, subjectId: id });
  return id;
}

/** The type of what makes a tenant, for whoever wires the house together. */
export type ProvisionTenant = (given: {
  readonly id?: TenantId;
  readonly name: string;
  readonly kind: "real" | "demo";
}) => Promise<Scope>;
