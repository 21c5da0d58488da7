import type { AgentId, SessionId } from "@foyer/contract";
import { writeInstant } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { FIELD, TABLE } from "../../platform/keys/field-numbers.ts";
import { notFound } from "../../platform/refusal.ts";
import type { Unit } from "../../platform/scope/index.ts";
import type { Directory } from "../directory/index.ts";
import { writeSession } from "./authenticate.ts";
import { macOf } from "./row-mac.ts";
import { isSessionLive, type SessionLimits } from "./rules.ts";
import * as statements from "./session-store.ts";

const sessionsShownMax = 50;

/** Lists the caller's own live sessions, newest first. */
export async function listOwnSessions(context: Context, limits: SessionLimits) {
  const args = { agentId: context.caller.agentId, limit: sessionsShownMax };
  const rows = await context.read.all(statements.sessionsOfAgent, args);
  const live = rows.filter((row) => isSessionLive(row, context.now(), limits));
  const items = live.map((row) => ({
    id: row.id,
    device: context.cipher.openText(FIELD.sessionDevice, row.id, row.device),
    isThisOne: row.id === context.caller.sessionId,
    createdAt: writeInstant(row.created_at),
    lastSeenAt: writeInstant(row.last_seen_at),
    expiresAt: writeInstant(row.expires_at),
  }));
  return { items };
}

/** Ends one of the caller's own sessions; its token leads nowhere from then on. */
export async function endSession(
  context: Context,
  directory: Directory,
  id: SessionId,
): Promise<undefined> {
  const session = await context.read.first(statements.sessionById, { id });
  if (!session || session.agent_id !== context.caller.agentId) throw notFound();
  await writeSession(context, { ...session, ended_at: context.now() });
  await context.transact(async (unit) => {
    await directory.remove(unit, "session", id);
    unit.record({ act: "session.ended", agentId: context.caller.agentId, subjectId: id });
  });
  if (id === context.caller.sessionId) context.exchange.clearSession();
  return undefined;
}

/** Ends every session of an agent, in the transaction that takes away what they stood on. */
export async function endSessionsOf(
  unit: Unit,
  directory: Directory,
  agentId: AgentId,
): Promise<void> {
  for (const { mac: _, ...row } of await unit.db.all(statements.sessionsHeld, { agentId })) {
    const ended = { ...row, ended_at: unit.now, revision: row.revision + 1 };
    const mac = macOf(unit.cipher, TABLE.session, ended.revision, ended);
    await unit.db.run(statements.updateSession, { ...ended, revision: row.revision, mac });
    await directory.remove(unit, "session", row.id);
  }
}
