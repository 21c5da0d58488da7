import assert from "node:assert/strict";
import type { Operation, OperationKey } from "@foyer/contract";
import { operations } from "@foyer/contract";
import type { Agent } from "../world/agent.ts";
import type { LogLine } from "../world/collected-log.ts";
import type { Hotel } from "../world/hotel.ts";
import { twinPictureId } from "./twin-life.ts";

/** The operations that tell something of a tenant and change nothing. */
export const readOperations = [
  "getSession",
  "listSessions",
  "getPropertyPeople",
  "listAgents",
  "listTemplates",
  "listChannels",
  "getChannelSettings",
  "listConversations",
  "countConversations",
  "getNow",
  "getConversation",
  "getTimeline",
  "getContact",
  "listContacts",
  "listLabels",
  "listFields",
  "lookUpContact",
  "search",
  "listDeliveries",
  "getAttachment",
] as const satisfies readonly OperationKey[];

const readers = ["supervisor", "read_only", "owner"] as const;
const words = [
  "cot",
  "little one",
  "rader",
  "fenster",
  "window",
  "0904",
  "lind",
  "anniversary",
  "412",
  "nothing",
];
const numbers = ["+447700900901", "+447700900904", "+447700900999"];

/** All that a hotel's people can see of it: answers as bytes, streams, what was logged. */
export async function everythingSeen(hotel: Hotel) {
  const { log } = hotel.tenant.world;
  for (const role of readers) await hotel.agent(role).client();
  const from = log.lines.length;
  const conversationIds = await idsOfAll(hotel);
  const answers: Record<string, string> = {};
  for (const role of readers) {
    const agent = hotel.agent(role);
    for (const [name, text] of await answersTo(agent, conversationIds)) {
      answers[`${role} ${name}`] = text;
    }
  }
  const stream = await streamFromTheBeginning(hotel.agent("supervisor"), conversationIds);
  return { conversationIds, answers, stream, log: withoutTiming(log.lines.slice(from)) };
}

export type Seen = Awaited<ReturnType<typeof everythingSeen>>;

/** @throws AssertionError with the first thing that differs. */
export function assertSameSeen(actual: Seen, expected: Seen): void {
  assert.deepEqual(actual.conversationIds, expected.conversationIds);
  for (const [asked, answer] of Object.entries(expected.answers)) {
    assert.equal(actual.answers[asked], answer, asked);
  }
  assert.deepEqual(Object.keys(actual.answers), Object.keys(expected.answers));
  assert.deepEqual(actual.stream, expected.stream);
  assert.deepEqual(actual.log, expected.log);
}

async function idsOfAll(hotel: Hotel): Promise<string[]> {
  const client = await hotel.agent("supervisor").client();
  const { propertyId } = hotel;
  const open = await client.listConversations({ propertyId, view: "all", limit: 100 });
  const closed = await client.listConversations({ propertyId, view: "closed", limit: 100 });
  return [...open.items, ...closed.items].map(({ id }) => id);
}

async function answersTo(agent: Agent, conversationIds: readonly string[]) {
  await agent.client();
  const answers = new Map<string, string>();
  for (const key of readOperations) {
    for (const input of await inputsOf(key, agent, conversationIds)) {
      const answer = await agent.browser.perform(operations[key] as Operation, input as never);
      const body = (await answer.text()).replace(/"request":"[^"]*"/, "");
      answers.set(`${key} ${JSON.stringify(input)}`, `${answer.status} ${body}`);
    }
  }
  return answers;
}

async function inputsOf(
  key: (typeof readOperations)[number],
  agent: Agent,
  conversationIds: readonly string[],
): Promise<readonly object[]> {
  const { propertyId, teamId } = agent.hotel;
  const views = [
    "mine",
    "unassigned",
    "all",
    "closed",
    "team",
    "agent",
    "waiting",
    "answered_today",
  ];
  switch (key) {
    case "getSession":
    case "listSessions":
    case "listAgents":
      return [{}];
    case "getConversation":
    case "getTimeline":
      return conversationIds.map((conversationId) => ({ conversationId }));
    case "getContact":
      return contactsOf(agent, conversationIds);
    case "lookUpContact":
      return numbers.map((value) => ({ propertyId, kind: "phone", value }));
    case "getChannelSettings":
      return [{ propertyId, channelId: agent.hotel.channelId }];
    case "search":
      return words.map((query) => ({ propertyId, query, limit: 50 }));
    case "getAttachment":
      return [{ propertyId, attachmentId: twinPictureId }];
    case "listConversations":
      return views.map((view) => ({ propertyId, view, teamId, agentId: agent.id, limit: 100 }));
    default:
      return [{ propertyId }];
  }
}

async function contactsOf(agent: Agent, conversationIds: readonly string[]) {
  const client = await agent.client();
  const found = conversationIds.map((conversationId) => client.getConversation({ conversationId }));
  return (await Promise.all(found)).map(({ contact, conversation }) => ({
    propertyId: conversation.propertyId,
    contactId: contact.id,
  }));
}

async function streamFromTheBeginning(agent: Agent, conversationIds: readonly string[]) {
  const client = await agent.client();
  const { propertyId } = agent.hotel;
  const { cursor } = await client.countConversations({ propertyId });
  const following = await agent.followFrom("f1-0", ...(conversationIds as never[]));
  if (cursor !== "f1-0") await following.caughtUp(cursor);
  await following.until(({ type }) => type === "presence");
  await following.cut();
  return following.followed;
}

/** What was logged, as a set: two requests at once may end in either order. */
function withoutTiming(lines: readonly LogLine[]): readonly string[] {
  return lines
    .filter(({ event }) => event !== "act")
    .map(({ level, event, facts }) => JSON.stringify({ level, event, ...facts, ms: 0 }))
    .toSorted();
}
