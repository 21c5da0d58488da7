import { randomBytes } from "node:crypto";
import {
  type AgentId,
  type Operation,
  type OperationInput,
  type OperationOutput,
  operations,
  type PropertyId,
  type Role,
  type SessionId,
  type TeamId,
} from "@foyer/contract";
import type { Caller, Exchange, Route } from "../../platform/access/index.ts";
import type { Scope } from "../../platform/scope/index.ts";
import { createChannel } from "../channels/index.ts";
import type { Directory } from "../directory/index.ts";
import {
  createAgent,
  createProperty,
  createTeam,
  isDemoTenant,
  type ProvisionTenant,
} from "../tenancy/index.ts";
import { demoMark } from "./find-demo.ts";
import {
  type DemoAgent,
  type DemoTeam,
  demoAgents,
  demoHotel,
  demoPassword,
  demoStories,
  demoTeams,
  type Step,
  type Story,
} from "./script.ts";

/** The house as the demo plays in it: its clock is set back, its carrier takes everything. */
export interface DemoParts {
  readonly directory: Directory;
  readonly routes: readonly Route[];
  readonly provisionTenant: ProvisionTenant;
  readonly openScope: (tenantId: Scope["tenantId"]) => Promise<Scope>;
  /** Sets the clock of this house to an instant, integer ms. */
  readonly setClock: (now: number) => void;
  /** Resolves when every job that was left has run. */
  readonly settle: () => Promise<void>;
  readonly now: number;
  readonly timeZone: string;
}

interface Stage {
  readonly parts: DemoParts;
  readonly scope: Scope;
  readonly propertyId: PropertyId;
  readonly channelId: Awaited<ReturnType<typeof createChannel>>;
  readonly agents: ReadonlyMap<DemoAgent, { readonly id: AgentId; readonly role: Role }>;
  readonly teams: ReadonlyMap<DemoTeam, TeamId>;
}

const minuteMs = 60_000;
const openedDaysAgo = 30;

/** Makes the demo's tenant and plays its past, step by step in the order of time. */
export async function makeDemo(parts: DemoParts): Promise<void> {
  await forgetHalfMade(parts);
  parts.setClock(parts.now - openedDaysAgo * 24 * 60 * minuteMs);
  const stage = await setStage(parts);
  const steps = demoStories.flatMap((story) => story.steps.map((step) => ({ story, step })));
  for (const { story, step } of steps.toSorted((one, other) => other.step.ago - one.step.ago)) {
    parts.setClock(parts.now - step.ago * minuteMs);
    await play(stage, story, step);
    await parts.settle();
  }
  const scope = await parts.openScope(stage.scope.tenantId);
  await scope.transact((unit) => parts.directory.add(unit, "demo", demoMark, stage.propertyId));
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
  const scope = await parts.provisionTenant({ name: demoHotel.tenant, kind: "demo" });
  const { property: name, country } = demoHotel;
  const propertyId = await scope.transact((unit) =>
    createProperty(unit, { name, country, timeZone: parts.timeZone }),
  );
  const agents = new Map<DemoAgent, { id: AgentId; role: Role }>();
  for (const { key, ...agent } of demoAgents) {
    const account = { ...agent, password: demoPassword, propertyIds: [propertyId] };
    const id = await createAgent(scope, parts.directory, account);
    agents.set(key, { id, role: agent.role });
  }
  const teams = new Map<DemoTeam, TeamId>();
  const channelId = await scope.transact(async (unit) => {
    for (const { name: teamName, colour, members } of demoTeams) {
      const agentIds = members.flatMap((key) => agents.get(key)?.id ?? []);
      teams.set(teamName, await createTeam(unit, { propertyId, name: teamName, colour, agentIds }));
    }
    return createChannel(unit, parts.directory, demoChannel(propertyId));
  });
  return { parts, scope, propertyId, channelId, agents, teams };
}

/** An account with the simulator's carrier, with secrets of its own. */
function demoChannel(propertyId: PropertyId) {
  const secret = () => randomBytes(24).toString("base64url");
  const channelKey = secret();
  const settings = {
    address: demoHotel.number,
    apiKey: secret(),
    signingSecret: secret(),
    channelKey,
  };
  return { propertyId, kind: "simulator", settings, channelKey } as const;
}

async function play(stage: Stage, story: Story, step: Step): Promise<void> {
  if ("guest" in step) return hear(stage, story, step.guest);
  const conversationId = await conversationOf(stage, story);
  if ("reply" in step) {
    const messageId = stage.scope.mint<"entry">();
    await perform(stage, step.by, operations.reply, {
      conversationId,
      messageId,
      text: step.reply,
    });
    await stage.parts.settle();
    await report(stage, messageId, step.read ? "read" : "delivered");
  } else if ("note" in step) {
    const noteId = stage.scope.mint<"entry">();
    await perform(stage, step.by, operations.addNote, { conversationId, noteId, text: step.note });
  } else if ("assign" in step) {
    const assignee = assigneeOf(stage, step.assign);
    await perform(stage, step.by, operations.assign, { conversationId, assignee });
  } else {
    await perform(stage, step.by, operations.close, { conversationId });
  }
}

function assigneeOf(stage: Stage, to: DemoAgent | DemoTeam) {
  const teamId = stage.teams.get(to as DemoTeam);
  if (teamId) return { teamId };
  const agent = stage.agents.get(to as DemoAgent);
  if (!agent) throw new Error("The script names somebody who does not work here");
  return { agentId: agent.id };
}

/** A guest texts: the same notice that a channel gives when a provider brings one. */
async function hear(stage: Stage, story: Story, text: string): Promise<void> {
  const scope = await stage.parts.openScope(stage.scope.tenantId);
  await scope.transact((unit) =>
    unit.notify({
      name: "message.arrived",
      propertyId: stage.propertyId,
      channelId: stage.channelId,
      from: { kind: "phone", value: story.number },
      text,
      providerId: `demo ${scope.mint<"entry">()}`,
      occurredAt: unit.now,
    }),
  );
  await introduce(stage, story);
}

/** The front desk writes down a guest's name, the first time that they text. */
async function introduce(stage: Stage, story: Story): Promise<void> {
  if (story.name === null) return;
  const contact = await contactOf(stage, story);
  if (contact.name !== null) return;
  const { id: contactId, version } = contact;
  await perform(stage, "mia", operations.updateContact, { contactId, name: story.name, version });
}

async function contactOf(stage: Stage, story: Story) {
  const address = { kind: "phone", value: story.number } as const;
  const { contact } = await perform(stage, "mia", operations.lookUpContact, address);
  if (!contact) throw new Error("A guest of the script has not texted yet");
  return contact;
}

async function conversationOf(stage: Stage, story: Story) {
  const { id: contactId } = await contactOf(stage, story);
  const { propertyId } = stage;
  for (const view of ["all", "closed"] as const) {
    const list = { propertyId, view, limit: 100 };
    const { items } = await perform(stage, "owen", operations.listConversations, list);
    const found = items.find((conversation) => conversation.contactId === contactId);
    if (found) return found.id;
  }
  throw new Error("A guest of the script has no conversation yet");
}

/** The carrier's report on what became of a message. */
async function report(
  stage: Stage,
  entryId: ReturnType<Scope["mint"]>,
  state: "delivered" | "read",
) {
  const scope = await stage.parts.openScope(stage.scope.tenantId);
  const { propertyId, channelId } = stage;
  await scope.transact((unit) =>
    unit.notify({
      name: "status.arrived",
      propertyId,
      channelId,
      entryId: entryId as never,
      providerId: `demo ${entryId}`,
      state,
      failure: null,
    }),
  );
}

const nobodysExchange: Exchange = {
  address: "127.0.0.1",
  device: "demo",
  setSession: () => {},
  clearSession: () => {},
};

/** Performs an operation as an agent would, through the same seam that authorizes everybody. */
async function perform<O extends Operation>(
  stage: Stage,
  by: DemoAgent,
  operation: O,
  input: OperationInput<O>,
): Promise<OperationOutput<O>> {
  const route = stage.parts.routes.find((candidate) => candidate.operation === operation);
  const agent = stage.agents.get(by);
  if (!route || !agent) throw new Error(`The demo cannot perform ${operation.name}`);
  const scope = await stage.parts.openScope(stage.scope.tenantId);
  const caller: Caller = {
    tenantId: scope.tenantId,
    agentId: agent.id,
    sessionId: scope.mint() as SessionId,
    role: agent.role,
    propertyIds: new Set([stage.propertyId]),
    csrfToken: "",
  };
  const output = await route.run(scope, caller, nobodysExchange, input);
  return output as OperationOutput<O>;
}
