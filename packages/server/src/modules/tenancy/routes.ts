import { operations } from "@foyer/contract";
import { openRoute, route } from "../../platform/access/index.ts";
import type { Directory } from "../directory/index.ts";
import { addAgent } from "./add-agent.ts";
import { changeAgent, deactivateAgent, reactivateAgent } from "./change-agent.ts";
import { addTeam, changeTeam, endTeam } from "./edit-teams.ts";
import { endSession, listOwnSessions } from "./end-session.ts";
import { describeSession } from "./get-session.ts";
import { listManagedAgents } from "./managed-agents.ts";
import { listAgents, listTeams } from "./people.ts";
import type { SessionLimits } from "./rules.ts";
import { createSignIn, type SignInParts } from "./sign-in.ts";
import { createStartHotel } from "./start-hotel.ts";
import { updateProperty } from "./update-property.ts";

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
    route(operations.updateProperty, updateProperty),
    route(operations.createTeam, addTeam),
    route(operations.updateTeam, changeTeam),
    route(operations.endTeam, endTeam),
    ...peopleRoutes(directory),
  ];
}

/** Who manages people does so for all properties of the tenant. */
function peopleRoutes(directory: Directory) {
  return [
    route(operations.listAgents, listManagedAgents, tenantWide),
    route(
      operations.createAgent,
      (context, input) => addAgent(context, directory, input),
      tenantWide,
    ),
    route(operations.updateAgent, changeAgent, tenantWide),
    route(
      operations.deactivateAgent,
      (context, input) => deactivateAgent(context, directory, input),
      tenantWide,
    ),
    route(
      operations.reactivateAgent,
      (context, input) => reactivateAgent(context, directory, input),
      tenantWide,
    ),
  ];
}

export function tenancyOpenRoutes(
  signIn: SignInParts,
  hotel: Parameters<typeof createStartHotel>[0],
) {
  return [
    openRoute(operations.signIn, createSignIn(signIn)),
    openRoute(operations.startHotel, createStartHotel(hotel)),
  ];
}
