import { type AgentId, type Role, rightsOf, type Session, type SessionId } from "@foyer/contract";
import { FIELD, TABLE } from "../../platform/keys/field-numbers.ts";
import { notFound } from "../../platform/refusal.ts";
import type { Scope } from "../../platform/scope/index.ts";
import { listProperties, presentAgent } from "./people.ts";
import { tenantProfile } from "./profiles.ts";
import { assertGenuine } from "./row-mac.ts";
import { worksEverywhere } from "./rules.ts";
import * as statements from "./store.ts";

/** Who is signed in, where they work and what they may do: what the inbox starts from. */
export async function describeSession(
  scope: Scope,
  who: { readonly sessionId: SessionId; readonly agentId: AgentId; readonly role: Role },
  csrfToken: string,
): Promise<Session> {
  const [tenant, agent, properties, placed] = await Promise.all([
    theTenant(scope),
    scope.read.first(statements.agentById, { id: who.agentId }),
    listProperties(scope),
    scope.read.all(statements.propertiesOfAgent, { agentId: who.agentId }),
  ]);
  if (!agent) throw notFound();
  const genuine = placed.map((row) =>
    assertGenuine(scope.cipher, TABLE.agentProperty, row.revision, row),
  );
  const here = new Set(genuine.map((row) => row.property_id));
  return {
    id: who.sessionId,
    tenant,
    agent: presentAgent(scope.cipher, agent),
    properties: properties.filter(({ id }) => worksEverywhere(who.role) || here.has(id)),
    rights: rightsOf(who.role),
    csrfToken,
  };
}

export async function tenantName(scope: Scope): Promise<string> {
  return (await theTenant(scope)).name;
}

/** Says whether a tenant holds demo data only. */
export async function isDemoTenant(scope: Scope): Promise<boolean> {
  return (await theTenant(scope)).isDemo;
}

async function theTenant(scope: Scope) {
  const row = await scope.read.first(statements.theTenant, {});
  if (!row) throw notFound();
  assertGenuine(scope.cipher, TABLE.tenant, row.version, row);
  const { tenantId, cipher } = scope;
  const { name } = cipher.openJson(FIELD.tenantProfile, tenantId, row.profile, tenantProfile);
  return { id: tenantId, name, isDemo: row.kind === "demo" };
}
