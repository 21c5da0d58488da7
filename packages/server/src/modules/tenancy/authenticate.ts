import { createHmac, type KeyObject } from "node:crypto";
import type { PropertyId, SessionId } from "@foyer/contract";
import type { Caller } from "../../platform/access/index.ts";
import { TABLE } from "../../platform/keys/field-numbers.ts";
import type { OpenScope, Scope } from "../../platform/scope/index.ts";
import type { Directory } from "../directory/index.ts";
import { assertGenuine, macOf } from "./row-mac.ts";
import { isSessionLive, type SessionLimits, worksEverywhere } from "./rules.ts";
import * as sessions from "./session-store.ts";
import * as statements from "./store.ts";
import type { AgentRow, SessionRow } from "./tables.ts";

/** A session's last use is written down no more often than this. */
const touchEveryMs = 60_000;

export interface AuthenticateParts {
  readonly directory: Directory;
  readonly openScope: OpenScope;
  readonly limits: SessionLimits;
  readonly csrfKey: KeyObject;
}

/**
 * Finds who holds a session token. Everything that grants something is read anew and its MAC
 * checked, at every request: what was taken away is gone with the next.
 */
export function createAuthenticate(parts: AuthenticateParts) {
  return async (token: string): Promise<Caller | undefined> => {
    const [hit] = await parts.directory.find("session", token);
    if (!hit) return undefined;
    const scope = await parts.openScope(hit.tenantId);
    const session = await liveSession(scope, hit.subjectId as SessionId, parts.limits);
    if (!session) return undefined;
    const agent = await activeAgent(scope, session);
    if (!agent) return undefined;
    await touch(scope, session);
    return {
      tenantId: hit.tenantId,
      agentId: agent.id,
      sessionId: session.id,
      role: agent.role,
      propertyIds: await propertiesOf(scope, agent),
      csrfToken: csrfTokenOf(parts.csrfKey, token),
    };
  };
}

export type Authenticate = ReturnType<typeof createAuthenticate>;

/** Bound to the session's token, so that it is worth nothing in another session. */
export function csrfTokenOf(key: KeyObject, token: string): string {
  return createHmac("sha256", key).update(token).digest("base64url");
}

async function liveSession(
  scope: Scope,
  id: SessionId,
  limits: SessionLimits,
): Promise<SessionRow | undefined> {
  const row = await scope.read.first(sessions.sessionById, { id });
  if (!row || !isSessionLive(row, scope.now(), limits)) return undefined;
  return assertGenuine(scope.cipher, TABLE.session, row.revision, row);
}

async function activeAgent(scope: Scope, session: SessionRow): Promise<AgentRow | undefined> {
  const row = await scope.read.first(statements.agentById, { id: session.agent_id });
  if (!row || row.ended_at !== null) return undefined;
  return assertGenuine(scope.cipher, TABLE.agent, row.version, row);
}

async function touch(scope: Scope, session: SessionRow): Promise<void> {
  if (scope.now() - session.last_seen_at < touchEveryMs) return;
  await writeSession(scope, { ...session, last_seen_at: scope.now() });
}

/** Writes a changed session under its next revision; nothing happens if somebody was faster. */
export async function writeSession(scope: Scope, session: SessionRow): Promise<void> {
  await scope.transact(async (unit) => {
    const revision = session.revision + 1;
    const mac = macOf(unit.cipher, TABLE.session, revision, { ...session, revision });
    await unit.db.run(sessions.updateSession, {
      id: session.id,
      last_seen_at: session.last_seen_at,
      ended_at: session.ended_at,
      revision: session.revision,
      mac,
    });
  });
}

async function propertiesOf(scope: Scope, agent: AgentRow): Promise<ReadonlySet<PropertyId>> {
  if (worksEverywhere(agent.role)) {
    const all = await scope.read.all(statements.properties, {});
    return new Set(all.map((row) => row.id));
  }
  const placed = await scope.read.all(statements.propertiesOfAgent, { agentId: agent.id });
  const genuine = placed.map((row) =>
    assertGenuine(scope.cipher, TABLE.agentProperty, row.revision, row),
  );
  return new Set(genuine.map((row) => row.property_id));
}
