import { randomUUID } from "node:crypto";
import type { OperationInput, OperationKey, operations } from "@foyer/contract";
import type { Agent } from "../world/agent.ts";
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
const contactId = ({ stage }: Asking) => ({ contactId: stage.contactId });

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
  getPropertyPeople: propertyId,
  listChannels: propertyId,
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
  addNote: (asking) => ({
    ...conversationId(asking),
    noteId: randomUUID(),
    text: "Asked housekeeping.",
  }),
  assign: (asking) => ({
    ...conversationId(asking),
    assignee: { teamId: asking.stage.hotel.teamId },
  }),
  close: conversationId,
  reopen: conversationId,
  markRead: (asking) => ({ ...conversationId(asking), position: 1 }),
  setPresence: (asking) => ({ ...conversationId(asking), activity: "viewing" }),
  createContact: () => ({ contactId: randomUUID(), name: "Somebody new", addresses: [] }),
  getContact: contactId,
  updateContact: async (asking) => {
    const client = await asking.stage.hotel.agent("supervisor").client();
    const { contact } = await client.getContact(contactId(asking));
    return { ...contactId(asking), name: "Somebody known", version: contact.version };
  },
  lookUpContact: ({ stage }) => ({ kind: "phone", value: stage.guest.number }),
  search: (asking) => ({ ...propertyId(asking), query: "cot" }),
  listDeliveries: propertyId,
  replayDelivery: ({ stage }) => ({ deliveryId: stage.deliveryId }),
  followProperty: (asking) => ({
    ...propertyId(asking),
    conversations: asking.stage.conversationId,
  }),
};
