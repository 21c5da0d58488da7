import type { AgentId, OperationOutput, operations } from "@foyer/contract";
import { FIELD, TABLE } from "../../platform/keys/field-numbers.ts";
import type { TenantCipher } from "../../platform/keys/tenant-cipher.ts";
import { notFound } from "../../platform/refusal.ts";
import type { TenantReader } from "../../platform/store/index.ts";
import { listProperties, presentAgent } from "./people.ts";
import { agentProfile } from "./profiles.ts";
import { assertGenuine } from "./row-mac.ts";
import type { Answering } from "./rules.ts";
import * as statements from "./store.ts";
import type { AgentPropertyRow, AgentRow } from "./tables.ts";

interface Reading {
  readonly read: TenantReader;
  readonly cipher: TenantCipher;
}

type ManagedAgent = OperationOutput<(typeof operations)["createAgent"]>["agent"];

/** An agent as they stand, with the row that says so. */
export interface KnownAgent extends Answering {
  readonly row: AgentRow;
  readonly version: number;
  readonly name: string;
  readonly email: string;
}

/** Everybody of the tenant, those who have left included, with where each works. */
export async function listManagedAgents(reading: Reading) {
  const [rows, placed, properties] = await Promise.all([
    reading.read.all(statements.agents, {}),
    reading.read.all(statements.placements, {}),
    listProperties(reading),
  ]);
  const placesOf = Map.groupBy(genuinePlaces(reading, placed), ({ agent_id }) => agent_id);
  const items = rows.map((row) =>
    present(reading, known(reading, row, placesOf.get(row.id) ?? [])),
  );
  return { items, properties };
}

/** @throws Refusal `resource.not_found` */
export async function knownAgent(reading: Reading, id: AgentId): Promise<KnownAgent> {
  const row = await reading.read.first(statements.agentById, { id });
  if (!row) throw notFound();
  const placed = await reading.read.all(statements.propertiesOfAgent, { agentId: id });
  return known(reading, row, genuinePlaces(reading, placed));
}

export async function managedAgent(reading: Reading, id: AgentId): Promise<ManagedAgent> {
  return present(reading, await knownAgent(reading, id));
}

function known(
  { cipher }: Reading,
  row: AgentRow,
  placed: readonly AgentPropertyRow[],
): KnownAgent {
  assertGenuine(cipher, TABLE.agent, row.version, row);
  const profile = cipher.openJson(FIELD.agentProfile, row.id, row.profile, agentProfile);
  const { version, role, ended_at: endedAt } = row;
  const propertyIds = placed.map(({ property_id }) => property_id);
  return { row, version, ...profile, role, isActive: endedAt === null, propertyIds };
}

function present({ cipher }: Reading, { row, email, propertyIds }: KnownAgent): ManagedAgent {
  return { ...presentAgent(cipher, row), email, propertyIds: [...propertyIds] };
}

function genuinePlaces({ cipher }: Reading, rows: readonly AgentPropertyRow[]) {
  return rows.map((row) => assertGenuine(cipher, TABLE.agentProperty, row.revision, row));
}
