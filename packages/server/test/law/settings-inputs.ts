import { randomBytes, randomUUID } from "node:crypto";
import type { Asking, OperationInputs } from "./operation-inputs.ts";

const property = ({ stage }: Asking) => ({ propertyId: stage.hotel.propertyId });
const asOwner = ({ stage }: Asking) => stage.hotel.agent("owner").client();

/** Something that nobody else is called; `foreign-ids` knows it again by how it begins. */
const newName = () => `law-${randomBytes(6).toString("hex")}`;

const newTeam = (asking: Asking) => ({
  ...property(asking),
  teamId: randomUUID(),
  name: newName(),
  colour: "blue" as const,
  agentIds: [asking.stage.agentId],
});

const newTemplate = (asking: Asking) => ({
  ...property(asking),
  templateId: randomUUID(),
  name: newName(),
  shortcut: newName(),
  texts: [{ language: "en", text: "Two towels are on their way to {room}." }],
});

const newAgent = (asking: Asking) => ({
  agentId: randomUUID(),
  name: newName(),
  email: `${newName()}@law.example`,
  password: "five words make a password",
  role: "agent" as const,
  propertyIds: [asking.stage.hotel.propertyId],
});

async function anAgent(asking: Asking) {
  const { agent } = await (await asOwner(asking)).createAgent(newAgent(asking));
  return agent;
}

async function aTeam(asking: Asking) {
  const { team } = await (await asOwner(asking)).createTeam(newTeam(asking));
  return { ...property(asking), teamId: team.id };
}

async function aTemplate(asking: Asking) {
  const given = newTemplate(asking);
  await (await asOwner(asking)).createTemplate(given);
  return given;
}

/** How what people and properties are made of is asked for, again and again. */
export const settingsInputs = {
  updateProperty: async (asking) => {
    const { properties } = await (await asOwner(asking)).getSession({});
    const { propertyId } = property(asking);
    const version = properties.find(({ id }) => id === propertyId)?.version ?? 0;
    return { propertyId, country: "FR", version };
  },
  createTeam: newTeam,
  updateTeam: async (asking) => ({
    ...(await aTeam(asking)),
    agentIds: [asking.stage.hotel.agent("supervisor").id],
    version: 1,
  }),
  endTeam: aTeam,
  listAgents: () => ({}),
  createAgent: newAgent,
  updateAgent: async (asking) => {
    const { id: agentId, propertyIds, version } = await anAgent(asking);
    return { agentId, role: "supervisor", propertyIds, version };
  },
  deactivateAgent: async (asking) => ({ agentId: (await anAgent(asking)).id }),
  reactivateAgent: async (asking) => {
    const { id: agentId } = await anAgent(asking);
    await (await asOwner(asking)).deactivateAgent({ agentId });
    return { agentId };
  },
  listTemplates: property,
  createTemplate: newTemplate,
  updateTemplate: async (asking) => ({ ...(await aTemplate(asking)), version: 1 }),
  endTemplate: async (asking) => {
    const { propertyId, templateId } = await aTemplate(asking);
    return { propertyId, templateId };
  },
  startHotel: () => ({
    organization: "A hotel too many",
    hotel: "A hotel too many",
    timeZone: "UTC",
    country: "FR",
    ownerName: "Somebody",
    email: "somebody@law.example",
    password: "five words make a password",
  }),
} satisfies Partial<OperationInputs>;
