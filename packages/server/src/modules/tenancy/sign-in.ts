import { type KeyObject, randomBytes } from "node:crypto";
import type { AgentId, OperationOutput, operations } from "@foyer/contract";
import type { Exchange } from "../../platform/access/index.ts";
import { FIELD, TABLE } from "../../platform/keys/field-numbers.ts";
import type { RateLimiter } from "../../platform/limits/rate-limit.ts";
import { Refusal } from "../../platform/refusal.ts";
import type { OpenScope, Scope, Unit } from "../../platform/scope/index.ts";
import type { Directory, DirectoryHit } from "../directory/index.ts";
import { csrfTokenOf, writeSession } from "./authenticate.ts";
import { describeSession, tenantName } from "./get-session.ts";
import { verifyAgainstNobody, verifyPassword } from "./password.ts";
import { assertGenuine, macOf } from "./row-mac.ts";
import { normalizeEmail, type SessionLimits } from "./rules.ts";
import * as sessions from "./session-store.ts";
import * as statements from "./store.ts";
import type { AgentRow } from "./tables.ts";

const tokenBytes = 32;
/** Beyond, the oldest session of an agent ends. */
const sessionsPerAgentMax = 20;

export interface SignInParts {
  readonly directory: Directory;
  readonly openScope: OpenScope;
  readonly limits: SessionLimits;
  readonly csrfKey: KeyObject;
  readonly byAccount: RateLimiter;
  readonly byAddress: RateLimiter;
}

interface Input {
  readonly email: string;
  readonly password: string;
  readonly tenantId?: string | undefined;
}

interface Match {
  readonly scope: Scope;
  readonly agent: AgentRow;
}

type Output = OperationOutput<(typeof operations)["signIn"]>;

/** Signs in with e-mail and password; the same e-mail may belong to agents of several tenants. */
export function createSignIn(parts: SignInParts) {
  return async (exchange: Exchange, input: Input): Promise<Output> => {
    const email = normalizeEmail(input.email);
    assertPatience(parts.byAddress.take(exchange.address));
    const hits = await accountsToTry(parts, email, input);
    const matches = await matchesOf(parts, hits, input.password);
    const [only, another] = matches;
    if (!only) throw new Refusal("session.wrong_credentials");
    if (another) return { result: "choose_tenant", tenants: await Promise.all(matches.map(named)) };
    parts.byAccount.clear(accountKey(only.scope.tenantId, only.agent.id));
    const token = await startSession(parts, only, exchange);
    const csrfToken = csrfTokenOf(parts.csrfKey, token.text);
    return {
      result: "signed_in",
      session: await describeSession(only.scope, token.caller, csrfToken),
    };
  };
}

/** @throws Refusal `session.too_many_attempts` */
export function assertPatience(attempt: ReturnType<RateLimiter["take"]>): void {
  const { isAllowed, retryAfterSeconds } = attempt;
  if (!isAllowed) throw new Refusal("session.too_many_attempts", { retryAfterSeconds });
}

function accountKey(tenantId: string, agentId: string): string {
  return `${tenantId} ${agentId}`;
}

/**
 * The accounts that an e-mail leads to and that may still be tried. Each counts its own attempts,
 * so that signing in to one gives nobody more guesses at another; an e-mail that leads nowhere
 * counts like an account, so that nobody learns that there is none.
 */
async function accountsToTry(parts: SignInParts, email: string, input: Input) {
  const hits = await parts.directory.find("sign_in_email", email);
  const wanted = hits.filter((hit) => !input.tenantId || hit.tenantId === input.tenantId);
  if (wanted.length === 0) {
    assertPatience(parts.byAccount.take(email));
    return [];
  }
  const tries = wanted.map((hit) => ({
    hit,
    attempt: parts.byAccount.take(accountKey(hit.tenantId, hit.subjectId)),
  }));
  const allowed = tries.filter(({ attempt }) => attempt.isAllowed);
  if (allowed.length === 0 && tries[0]) assertPatience(tries[0].attempt);
  return allowed.map(({ hit }) => hit);
}

/** Every account that the password opens. With none to try, as long as with one. */
async function matchesOf(
  parts: SignInParts,
  hits: readonly DirectoryHit[],
  password: string,
): Promise<Match[]> {
  if (hits.length === 0) await verifyAgainstNobody(password);
  const tried = await Promise.all(
    hits.map(async (hit) => {
      const scope = await parts.openScope(hit.tenantId);
      return match(scope, hit.subjectId as AgentId, password);
    }),
  );
  return tried.filter((found) => found !== undefined);
}

async function match(scope: Scope, id: AgentId, password: string): Promise<Match | undefined> {
  const agent = await scope.read.first(statements.agentById, { id });
  if (!agent) return undefined;
  assertGenuine(scope.cipher, TABLE.agent, agent.version, agent);
  const hashed = scope.cipher.openText(FIELD.agentPassword, agent.id, agent.password);
  const isRight = await verifyPassword(password, hashed);
  return isRight && agent.ended_at === null ? { scope, agent } : undefined;
}

async function named({ scope }: Match) {
  return { id: scope.tenantId, name: await tenantName(scope) };
}

async function startSession(parts: SignInParts, { scope, agent }: Match, exchange: Exchange) {
  const text = randomBytes(tokenBytes).toString("base64url");
  const id = scope.mint<"session">();
  const expiresAt = scope.now() + parts.limits.absoluteMs;
  await endOldest(scope, agent.id);
  await scope.transact(async (unit) => {
    await insertSession(unit, { id, agentId: agent.id, device: exchange.device, expiresAt });
    await parts.directory.add(unit, "session", text, id);
    unit.record({ act: "session.started", agentId: agent.id, subjectId: id });
  });
  exchange.setSession(text, expiresAt);
  return { text, caller: { sessionId: id, agentId: agent.id, role: agent.role } };
}

async function insertSession(
  unit: Unit,
  given: {
    id: ReturnType<typeof unit.mint<"session">>;
    agentId: AgentId;
    device: string;
    expiresAt: number;
  },
): Promise<void> {
  const row = {
    id: given.id,
    agent_id: given.agentId,
    device: unit.cipher.seal(FIELD.sessionDevice, given.id, given.device),
    created_at: unit.now,
    last_seen_at: unit.now,
    expires_at: given.expiresAt,
    ended_at: null,
    revision: 1,
  };
  const mac = macOf(unit.cipher, TABLE.session, row.revision, row);
  await unit.db.run(sessions.insertSession, { ...row, mac });
}

async function endOldest(scope: Scope, agentId: AgentId): Promise<void> {
  const limit = sessionsPerAgentMax;
  const live = await scope.read.all(sessions.sessionsOfAgent, { agentId, limit });
  const oldest = live.length === limit ? live.at(-1) : undefined;
  if (oldest) await writeSession(scope, { ...oldest, ended_at: scope.now() });
}
