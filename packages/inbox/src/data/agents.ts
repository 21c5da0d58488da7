import type { AgentId, PropertyId, Role } from "@foyer/contract";
import { queryOptions } from "@tanstack/react-query";
import { type Answer, call } from "./api.ts";
import { keys } from "./keys.ts";
import { readSettingsAnew } from "./setting-lists.ts";
import { mintUuidV7 } from "./uuid-v7.ts";

/** Everybody who can sign in at this organization, and where they may work. */
export type Staff = Answer<"listAgents">;
export type ManagedAgent = Staff["items"][number];

export interface AgentValues {
  readonly name: string;
  readonly role: Role;
  readonly propertyIds: PropertyId[];
}

export interface NewAgentValues extends AgentValues {
  readonly email: string;
  readonly password: string;
}

/** The staff of the whole organization; read for the property whose settings are open. */
export function staffOptions(propertyId: PropertyId) {
  return queryOptions({
    queryKey: keys.agents(propertyId),
    queryFn: ({ signal }): Promise<Staff> => call("listAgents", {}, signal),
  });
}

/** Lets a colleague sign in. Throws what is refused. */
export async function createAgent(propertyId: PropertyId, values: NewAgentValues): Promise<void> {
  await call("createAgent", { agentId: mintUuidV7() as AgentId, ...values });
  readSettingsAnew(propertyId);
}

/** Changes a colleague, unless somebody did since the version. Throws what is refused. */
export async function updateAgent(
  propertyId: PropertyId,
  agentId: AgentId,
  version: number,
  values: AgentValues,
): Promise<ManagedAgent> {
  const { agent } = await call("updateAgent", { agentId, version, ...values });
  readSettingsAnew(propertyId);
  return agent;
}

export async function deactivateAgent(propertyId: PropertyId, agentId: AgentId): Promise<void> {
  await call("deactivateAgent", { agentId });
  readSettingsAnew(propertyId);
}

export async function reactivateAgent(propertyId: PropertyId, agentId: AgentId): Promise<void> {
  await call("reactivateAgent", { agentId });
  readSettingsAnew(propertyId);
}

const propertiesAskedMax = 20;

/** How many open conversations an agent holds at the given properties together. */
export async function heldBy(
  agentId: AgentId,
  propertyIds: readonly PropertyId[],
): Promise<number> {
  const asked = propertyIds.slice(0, propertiesAskedMax);
  const all = await Promise.all(asked.map((propertyId) => call("getNow", { propertyId })));
  return all
    .flatMap(({ agents }) => agents)
    .filter((one) => one.agentId === agentId)
    .reduce((sum, one) => sum + one.open, 0);
}
