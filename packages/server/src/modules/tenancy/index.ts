import type { KeyObject } from "node:crypto";
import type { Clock } from "../../platform/clock.ts";
import { createRateLimiter } from "../../platform/limits/rate-limit.ts";
import type { ModuleManifest } from "../../platform/manifest.ts";
import type { OpenScope } from "../../platform/scope/index.ts";
import type { Directory } from "../directory/index.ts";
import { type Authenticate, createAuthenticate } from "./authenticate.ts";
import { tenancyOpenRoutes, tenancyRoutes } from "./routes.ts";
import type { SessionLimits } from "./rules.ts";
import { dropSessions } from "./store.ts";
import { tenancyMigration, tenancyTables } from "./tables.ts";

export type { Authenticate } from "./authenticate.ts";
export { isDemoTenant } from "./get-session.ts";
export {
  canBeAssigned,
  isTeamOf,
  listProperties,
  listTeams,
} from "./people.ts";
export {
  createAgent,
  createProperty,
  createTeam,
  insertTenantRow,
  type ProvisionTenant,
  removeAgent,
} from "./provision-tenant.ts";
export { assertGenuine, macOf } from "./row-mac.ts";
export type { SessionLimits } from "./rules.ts";

/** A session that is over is remembered for so long. */
const sessionRetentionMs = 30 * 24 * 60 * 60 * 1000;
const attemptWindowMs = 15 * 60_000;
const attemptsPerAccountMax = 10;
const attemptsPerAddressMax = 60;
const attemptKeysMax = 100_000;

export interface TenancyParts {
  readonly directory: Directory;
  readonly openScope: OpenScope;
  readonly limits: SessionLimits;
  readonly csrfKey: KeyObject;
  readonly clock: Clock;
}

/** Tenants, their places and people, and who is signed in. */
export function createTenancy(parts: TenancyParts): {
  readonly manifest: ModuleManifest;
  readonly authenticate: Authenticate;
} {
  const window = { windowMs: attemptWindowMs, keysMax: attemptKeysMax };
  const signIn = {
    ...parts,
    byAccount: createRateLimiter(parts.clock, { usesMax: attemptsPerAccountMax, ...window }),
    byAddress: createRateLimiter(parts.clock, { usesMax: attemptsPerAddressMax, ...window }),
  };
  return {
    manifest: {
      name: "tenancy",
      tables: tenancyTables,
      migrations: [tenancyMigration],
      routes: tenancyRoutes(parts),
      openRoutes: tenancyOpenRoutes(signIn),
      tidy: async (scope) => {
        const before = scope.now() - sessionRetentionMs;
        await scope.transact((unit) => unit.db.run(dropSessions, { before }));
      },
    },
    authenticate: createAuthenticate(parts),
  };
}
