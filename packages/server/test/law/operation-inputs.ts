import { randomBytes, randomInt, randomUUID } from "node:crypto";
import type { OperationInput, OperationKey, operations } from "@foyer/contract";
import type { Agent } from "../world/agent.ts";
import { contactsInputs } from "./contacts-inputs.ts";
import { settingsInputs } from "./settings-inputs.ts";
import type { Stage } from "./stage.ts";

type InputOf<Key extends OperationKey> = OperationInput<(typeof operations)[Key]>;

/** Who asks, at which stage. */
export interface Asking {
  readonly stage: Stage;
  readonly agent: Agent;
}

/** How each operation is asked for so that it succeeds for whoever may. */
export type OperationInputs = {
  readonly [Key in OperationKey]: (asking: Asking) => InputOf<Key> | Promise<InputOf<Key>>;
};

const propertyId = ({ stage }: Asking) => ({ propertyId: stage.hotel.propertyId });
const conversationId = ({ stage }: Asking) => ({ conversationId: stage.conversationId });

/** A number that no channel has yet: one of ten million. */
const newTwilioChannel = (asking: Asking) => ({
  ...propertyId(asking),
  channelId: randomUUID(),
  kind: "twilio" as const,
  address: `+1646${randomInt(2_000_000, 9_999_999)}`,
  accountSid: `AC${randomBytes(16).toString("hex")}`,
  authToken: randomBytes(16).toString("hex"),
});

async function connectedChannel(asking: Asking) {
  const client = await asking.stage.hotel.agent("owner").client();
  const { channel, version } = await client.createChannel(newTwilioChannel(asking));
  return { ...propertyId(asking), channelId: channel.id, version };
}

/**
 * The table of the law tests: an operation that has no line here fails them. Each line can be
 * asked for again and again.
 */
export const operationInputs: OperationInputs = {
  signIn: ({ agent: { account } }) => {
    const { email, password, tenantId } = account;
    return { email, password, tenantId };
  },
  getSession: () => ({}),
  signOut: () => ({}),
  listSessions: () => ({}),
  revokeSession: async ({ agent }) => {
    const { client } = await agent.openBrowser();
    return { sessionId: (await client.getSession({})).id };
  },
  getInstallation: () => ({}),
  ...settingsInputs,
  getPropertyPeople: propertyId,
  listChannels: propertyId,
  createChannel: newTwilioChannel,
  getChannelSettings: (asking) => ({
    ...propertyId(asking),
    channelId: asking.stage.hotel.channelId,
  }),
  updateChannel: async (asking) => ({
    ...(await connectedChannel(asking)),
    authToken: randomBytes(16).toString("hex"),
  }),
  endChannel: async (asking) => {
    const { version: _, ...channel } = await connectedChannel(asking);
    return channel;
  },
  testChannel: (asking) => ({
    ...propertyId(asking),
    channelId: asking.stage.hotel.channelId,
    to: asking.stage.guest.number,
  }),
  uploadAttachment: (asking) => ({
    ...propertyId(asking),
    attachmentId: randomUUID(),
    name: "Lamp",
  }),
  getAttachment: (asking) => ({
    ...propertyId(asking),
    attachmentId: asking.stage.attachmentId,
  }),
  listConversations: (asking) => ({
    ...propertyId(asking),
    view: "team",
    teamId: asking.stage.hotel.teamId,
  }),
  countConversations: propertyId,
  getConversation: conversationId,
  getTimeline: conversationId,
  reply: (asking) => ({
    ...conversationId(asking),
    messageId: randomUUID(),
    text: "It is on its way up.",
  }),
  start: (asking) => ({
    ...propertyId(asking),
    messageId: randomUUID(),
    to: { contactId: asking.stage.contactId, addressId: asking.stage.addressId },
    channelId: asking.stage.hotel.channelId,
    text: "Your room is ready.",
    consent: "asked_in_person",
  }),
  previewTemplate: (asking) => ({
    ...conversationId(asking),
    templateId: asking.stage.templateId,
  }),
  addNote: (asking) => ({
    ...conversationId(asking),
    noteId: randomUUID(),
    text: "Asked housekeeping.",
    mentions: [{ agentId: asking.stage.agentId }],
  }),
  assign: (asking) => ({
    ...conversationId(asking),
    assignee: { teamId: asking.stage.hotel.teamId },
  }),
  close: conversationId,
  reopen: conversationId,
  noAnswerNeeded: conversationId,
  getNow: propertyId,
  handOver: (asking) => ({
    ...propertyId(asking),
    fromAgentId: asking.stage.agentId,
    assignee: { teamId: asking.stage.hotel.teamId },
  }),
  markRead: (asking) => ({ ...conversationId(asking), position: 1 }),
  setPresence: (asking) => ({ ...conversationId(asking), activity: "viewing" }),
  ...contactsInputs,
  startEvening: () => ({}),
  search: (asking) => ({ ...propertyId(asking), query: "cot" }),
  listDeliveries: propertyId,
  replayDelivery: ({ stage }) => ({ deliveryId: stage.deliveryId }),
  followProperty: (asking) => ({
    ...propertyId(asking),
    conversations: asking.stage.conversationId,
  }),
};
