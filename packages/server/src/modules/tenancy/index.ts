import type { KeyObject } from "node:crypto";
import type { Clock } from "../../platform/clock.ts";
import { createRateLimiter } from "../../platform/limits/rate-limit.ts";
import type { ModuleManifest } from "../../platform/manifest.ts";
import type { OpenScope, Scope } from "../../platform/scope/index.ts";
import type { Directory } from "../directory/index.ts";
import { type Authenticate, createAuthenticate } from "./authenticate.ts";
import { tenancyOpenRoutes, tenancyRoutes } from "./routes.ts";
import type { SessionLimits } from "./rules.ts";
import { dropSessions } from "./session-store.ts";
import { makeHotel, mayStartHotel, type NewHotel, type WayOut } from "./start-hotel.ts";
import { tenancyMigration, tenancyTables } from "./tables.ts";

export type { Authenticate } from "./authenticate.ts";
export { isDemoTenant } from "./get-session.ts";
export { holdAgent, holdProperty, holdTeam } from "./hold.ts";
export {
  isTeamOf,
  listAgents,
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
export { foldName, isCountry, isEmail, isTimeZone, type SessionLimits } from "./rules.ts";
export { createSignedIn, type SignedIn } from "./signed-in.ts";
export type { NewHotel, WayOut } from "./start-hotel.ts";

/** A session that is over is remembered for so long. */
const sessionRetentionMs = 30 * 24 * 60 * 60 * 1000;
const attemptWindowMs = 15 * 60_000;
const attemptsPerAccountMax = 10;
const attemptsPerAddressMax = 60;
const attemptKeysMax = 100_000;
/** Nobody begins more than one hotel, and may have to correct a slip or two. */
const hotelsPerAddressMax = 10;

export interface TenancyParts {
  readonly directory: Directory;
  readonly openScope: OpenScope;
  readonly limits: SessionLimits;
  readonly csrfKey: KeyObject;
  readonly clock: Clock;
  readonly openNewTenant: () => Promise<Scope>;
  readonly demoMark: string;
  readonly wayOut: WayOut | undefined;
}

export interface Tenancy {
  readonly manifest: ModuleManifest;
  readonly authenticate: Authenticate;
  /** Makes an organization with a hotel and its owner, whole or not at all. */
  readonly makeHotel: (given: NewHotel) => Promise<{ email: string }>;
  /** Says whether the sign-in page may offer to begin with a hotel of one's own. */
  readonly mayStartHotel: () => Promise<boolean>;
}

/** Tenants, their places and people, and who is signed in. */
export function createTenancy(parts: TenancyParts): Tenancy {
  const window = { windowMs: attemptWindowMs, keysMax: attemptKeysMax };
  const signIn = {
    ...parts,
    byAccount: createRateLimiter(parts.clock, { usesMax: attemptsPerAccountMax, ...window }),
    byAddress: createRateLimiter(parts.clock, { usesMax: attemptsPerAddressMax, ...window }),
  };
  const attempts = createRateLimiter(parts.clock, { usesMax: hotelsPerAddressMax, ...window });
  const hotel = { ...parts, attempts };
  return {
    manifest: {
      name: "tenancy",
      tables: tenancyTables,
      migrations: [tenancyMigration],
      routes: tenancyRoutes(parts),
      openRoutes: tenancyOpenRoutes(signIn, hotel),
      tidy: async (scope) => {
        const before = scope.now() - sessionRetentionMs;
        await scope.transact((unit) => unit.db.run(dropSessions, { before }));
      },
    },
    authenticate: createAuthenticate(parts),
    makeHotel: (given) => makeHotel(parts, given),
    mayStartHotel: () => mayStartHotel(parts),
  };
}
