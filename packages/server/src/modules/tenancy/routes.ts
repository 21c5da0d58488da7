import { operations } from "@foyer/contract";
import { openRoute, route } from "../../platform/access/index.ts";
import type { Directory } from "../directory/index.ts";
import { endSession, listOwnSessions } from "./end-session.ts";
import { describeSession } from "./get-session.ts";
import { listAgents, listTeams } from "./people.ts";
import type { SessionLimits } from "./rules.ts";
import { createSignIn, type SignInParts } from "./sign-in.ts";

const tenantWide = { tenantWide: true } as const;

export function tenancyRoutes(parts: { directory: Directory; limits: SessionLimits }) {
  const { directory, limits } = parts;
  return [
    route(
      operations.getSession,
      (context) => describeSession(context, context.caller, context.caller.csrfToken),
      tenantWide,
    ),
    route(
      operations.signOut,
      (context) => endSession(context, directory, context.caller.sessionId),
      tenantWide,
    ),
    route(operations.listSessions, (context) => listOwnSessions(context, limits), tenantWide),
    route(
      operations.revokeSession,
      (context, { sessionId }) => endSession(context, directory, sessionId),
      tenantWide,
    ),
    route(operations.getPropertyPeople, async (context, { propertyId }) => ({
      agents: await listAgents(context, propertyId),
      teams: await listTeams(context, propertyId),
    })),
  ];
}

export function tenancyOpenRoutes(parts: SignInParts) {
  return [openRoute(operations.signIn, createSignIn(parts))];
}
