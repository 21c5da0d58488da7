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
import { createChannel } from "../channels/index.ts";
import { createAgent, createProperty, createTeam, isDemoTenant } from "../tenancy/index.ts";
import { demoMark } from "./find-demo.ts";
import { beginStory, play } from "./play-step.ts";
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
import { pastStories } from "./script/past.ts";
import type { Story } from "./script/story.ts";
import { todayStories } from "./script/today.ts";
import { type DemoParts, perform, type Stage, type StagedHotel } from "./stage.ts";

const minuteMs = 60_000;
const openedDaysAgo = 30;

/** Everything that the demo tells, in the order in which the stories were written. */
export const demoStories: readonly Story[] = [...todayStories, ...pastStories];

/** Makes the demo's tenant and plays its past, step by step in the order of time. */
export async function makeDemo(
  parts: DemoParts,
  stories: readonly Story[] = demoStories,
): Promise<void> {
  await forgetHalfMade(parts);
  parts.setClock(parts.now - openedDaysAgo * 24 * 60 * minuteMs);
  const stage = await setStage(parts);
  const steps = stories.flatMap((story) => story.steps.map((step) => ({ story, step })));
  for (const { story, step } of steps.toSorted((one, other) => other.step.ago - one.step.ago)) {
    parts.setClock(parts.now - step.ago * minuteMs);
    await play(stage, story, step);
    if (step === story.steps[0]) await beginStory(stage, story);
    await parts.settle();
  }
  const [first] = stage.propertyIds;
  const scope = await parts.openScope(stage.tenantId);
  await scope.transact((unit) => parts.directory.add(unit, "demo", demoMark, first as PropertyId));
}

/** A demo whose making was cut short keeps its rows, but nobody signs in to it any more. */
async function forgetHalfMade({ directory, openScope }: DemoParts): Promise<void> {
  for (const { email } of demoAgents) {
    for (const { tenantId, subjectId } of await directory.find("sign_in_email", email)) {
      const scope = await openScope(tenantId);
      if (!(await isDemoTenant(scope))) continue;
      await scope.transact((unit) => directory.remove(unit, "sign_in_email", subjectId));
    }
  }
}

async function setStage(parts: DemoParts): Promise<Stage> {
  const scope = await parts.provisionTenant({ name: demoGroup, kind: "demo" });
  const properties = new Map<DemoHotel, PropertyId>();
  for (const { key, name, country } of demoHotels) {
    const property = { name, country, timeZone: parts.timeZone };
    properties.set(key, await scope.transact((unit) => createProperty(unit, property)));
  }
  const agents = new Map<DemoAgent, { id: AgentId; role: Role }>();
  for (const { key, name, email, role } of demoAgents) {
    const propertyIds = [...properties].flatMap(([hotel, id]) =>
      demoPlaces[hotel].includes(key) ? [id] : [],
    );
    const account = { name, email, role, password: demoPassword, propertyIds };
    agents.set(key, { id: await createAgent(scope, parts.directory, account), role });
  }
  const teams = await makeTeams(scope, properties, agents);
  const propertyIds = new Set(properties.values());
  const common = {
    parts,
    tenantId: scope.tenantId,
    propertyIds,
    agents,
    teams,
    contactIds: new Map(),
  };
  const hotels = new Map<DemoHotel, StagedHotel>();
  for (const { key, number } of demoHotels) {
    const propertyId = properties.get(key) as PropertyId;
    hotels.set(key, await furnish({ ...common, hotels }, propertyId, number));
  }
  return { ...common, hotels };
}

async function makeTeams(
  scope: Awaited<ReturnType<DemoParts["openScope"]>>,
  properties: ReadonlyMap<DemoHotel, PropertyId>,
  agents: ReadonlyMap<DemoAgent, { readonly id: AgentId }>,
): Promise<ReadonlyMap<DemoTeam, TeamId>> {
  const teams = new Map<DemoTeam, TeamId>();
  for (const { hotel, name, colour, members } of demoTeams) {
    const propertyId = properties.get(hotel) as PropertyId;
    const agentIds = members.flatMap((key) => agents.get(key)?.id ?? []);
    const team = { propertyId, name, colour, agentIds };
    teams.set(name, await scope.transact((unit) => createTeam(unit, team)));
  }
  return teams;
}

/** A hotel's channel, labels and templates. Its fields it has from the beginning. */
async function furnish(stage: Stage, propertyId: PropertyId, number: string): Promise<StagedHotel> {
  const scope = await stage.parts.openScope(stage.tenantId);
  const channelId = await scope.transact((unit) =>
    createChannel(unit, stage.parts.directory, simulatorChannel(propertyId, number)),
  );
  const labelIds = new Map<DemoLabel, LabelId>();
  for (const { name, colour } of demoLabels) {
    const labelId = scope.mint<"label">();
    await perform(stage, "jo", operations.createLabel, { propertyId, labelId, name, colour });
    labelIds.set(name, labelId);
  }
  for (const { name, shortcut, texts } of demoTemplates) {
    const templateId = scope.mint<"template">();
    const template = { propertyId, templateId, name, shortcut, texts: [...texts] };
    await perform(stage, "jo", operations.createTemplate, template);
  }
  const { items } = await perform(stage, "owen", operations.listFields, { propertyId });
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
