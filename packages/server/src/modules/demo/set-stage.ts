import { randomBytes } from "node:crypto";
import {
  type AgentId,
  type FieldId,
  type FieldPurpose,
  type LabelId,
  operations,
  type PropertyId,
  type Role,
  type TeamId,
} from "@foyer/contract";
import type { Scope } from "../../platform/scope/index.ts";
import { createChannel } from "../channels/index.ts";
import { createAgent, createProperty, createTeam } from "../tenancy/index.ts";
import {
  type DemoAgent,
  type DemoHotel,
  type DemoLabel,
  type DemoTeam,
  demoAgents,
  demoGroup,
  demoHotels,
  demoLabels,
  demoPassword,
  demoPlaces,
  demoTeams,
  demoTemplates,
} from "./script/cast.ts";
import {
  type Acting,
  type DemoParts,
  named,
  perform,
  type Stage,
  type StagedHotel,
} from "./stage.ts";

/** Makes the demo's tenant, its hotels, who works there, and what they have at hand. */
export async function setStage(parts: DemoParts): Promise<Stage> {
  const scope = await parts.provisionTenant({ name: demoGroup, kind: "demo" });
  const properties = new Map<DemoHotel, PropertyId>();
  for (const { key, name, country } of demoHotels) {
    const property = { name, country, timeZone: parts.timeZone };
    properties.set(key, await scope.transact((unit) => createProperty(unit, property)));
  }
  const agents = await hireAgents(parts, scope, properties);
  const teams = await makeTeams(scope, properties, agents);
  const propertyIds = new Set(properties.values());
  const acting = { parts, tenantId: scope.tenantId, propertyIds, agents };
  const hotels = new Map<DemoHotel, StagedHotel>();
  for (const { key, number } of demoHotels) {
    hotels.set(key, await furnish(parts, acting, named(properties, key), number));
  }
  return { ...acting, parts, teams, hotels, guests: new Map() };
}

/** All at once: what takes long is to hash their passwords. */
async function hireAgents(
  { directory }: DemoParts,
  scope: Scope,
  properties: ReadonlyMap<DemoHotel, PropertyId>,
): Promise<Stage["agents"]> {
  const hired = demoAgents.map(async ({ key, name, email, role }) => {
    const propertyIds = [...properties].flatMap(([hotel, id]) =>
      demoPlaces[hotel].includes(key) ? [id] : [],
    );
    const account = { name, email, role, password: demoPassword, propertyIds };
    const agent: { id: AgentId; role: Role } = {
      id: await createAgent(scope, directory, account),
      role,
    };
    return [key, agent] as const;
  });
  return new Map<DemoAgent, { id: AgentId; role: Role }>(await Promise.all(hired));
}

async function makeTeams(
  scope: Scope,
  properties: ReadonlyMap<DemoHotel, PropertyId>,
  agents: Stage["agents"],
): Promise<Stage["teams"]> {
  const teams = new Map<DemoTeam, TeamId>();
  for (const { hotel, name, colour, members } of demoTeams) {
    const propertyId = named(properties, hotel);
    const agentIds = members.map((key) => named(agents, key).id);
    const team = { propertyId, name, colour, agentIds };
    teams.set(name, await scope.transact((unit) => createTeam(unit, team)));
  }
  return teams;
}

/** A hotel's channel, labels and templates. Its fields it has from the beginning. */
async function furnish(
  { directory, openScope }: DemoParts,
  acting: Acting,
  propertyId: PropertyId,
  number: string,
): Promise<StagedHotel> {
  const scope = await openScope(acting.tenantId);
  const channelId = await scope.transact((unit) =>
    createChannel(unit, directory, simulatorChannel(propertyId, number)),
  );
  const labelIds = new Map<DemoLabel, LabelId>();
  for (const { name, colour } of demoLabels) {
    const labelId = scope.mint<"label">();
    await perform(acting, "jo", operations.createLabel, { propertyId, labelId, name, colour });
    labelIds.set(name, labelId);
  }
  for (const { name, shortcut, texts } of demoTemplates) {
    const templateId = scope.mint<"template">();
    const template = { propertyId, templateId, name, shortcut, texts: [...texts] };
    await perform(acting, "jo", operations.createTemplate, template);
  }
  const { items } = await perform(acting, "owen", operations.listFields, { propertyId });
  const fieldIds = new Map<FieldPurpose, FieldId>();
  for (const { id, purpose } of items) if (purpose) fieldIds.set(purpose, id as FieldId);
  return { propertyId, channelId, labelIds, fieldIds };
}

/** An account with the simulator's carrier, with secrets of its own. */
function simulatorChannel(propertyId: PropertyId, address: string) {
  const secret = () => randomBytes(24).toString("base64url");
  const channelKey = secret();
  const settings = { address, apiKey: secret(), signingSecret: secret(), channelKey };
  return { propertyId, kind: "simulator", settings, channelKey } as const;
}
