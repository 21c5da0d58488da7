import type { AgentId } from "@foyer/contract";
import type { Scope } from "../../platform/scope/index.ts";
import type { SessionLimits } from "./rules.ts";
import * as statements from "./session-store.ts";

/** Who of a tenant is signed in. Shown, never relied on: nothing is granted by it. */
export type SignedIn = (scope: Pick<Scope, "read" | "now">) => Promise<ReadonlySet<AgentId>>;

export function createSignedIn({ idleMs }: Pick<SessionLimits, "idleMs">): SignedIn {
  return async ({ read, now }) => {
    const instant = now();
    const live = { now: instant, usedSince: instant - idleMs };
    const rows = await read.all(statements.liveSessions, live);
    return new Set(rows.map((row) => row.agent_id));
  };
}
