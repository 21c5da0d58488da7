import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import {
  type Operation,
  type OperationKey,
  operations,
  roleMay,
  roles,
  rolesEverywhere,
} from "@foyer/contract";
import { primaryStores } from "../engines.ts";
import type { Agent } from "../world/agent.ts";
import type { Browser } from "../world/browser.ts";
import { World } from "../world/world.ts";
import { type IdField, idFieldsOf, withId } from "./id-fields.ts";
import { operationInputs } from "./operation-inputs.ts";
import { type Stage, setStage } from "./stage.ts";

/** Ids of things that do exist, by the names under which operations take them. */
const existing: Readonly<Record<string, (stage: Stage) => string>> = {
  propertyId: ({ hotel }) => hotel.propertyId,
  conversationId: ({ conversationId }) => conversationId,
  conversations: ({ conversationId }) => conversationId,
  contactId: ({ contactId }) => contactId,
  newContactId: ({ silentContactId }) => silentContactId,
  addressId: ({ addressId }) => addressId,
  labelId: ({ labelId }) => labelId,
  fieldId: ({ fieldId }) => fieldId,
  deliveryId: ({ deliveryId }) => deliveryId,
  agentId: ({ agentId }) => agentId,
  fromAgentId: ({ agentId }) => agentId,
  retryOf: ({ messageId }) => messageId,
  agentIds: ({ agentId }) => agentId,
  propertyIds: ({ hotel }) => hotel.propertyId,
  teamId: ({ hotel }) => hotel.teamId,
  templateId: ({ templateId }) => templateId,
  sessionId: ({ sessionId }) => sessionId,
  channelId: ({ hotel }) => hotel.channelId,
  messageId: ({ messageId }) => messageId,
  noteId: ({ noteId }) => noteId,
  attachmentId: ({ attachmentId }) => attachmentId,
  attachmentIds: ({ attachmentId }) => attachmentId,
  tenantId: ({ hotel }) => hotel.tenant.id,
};

/**
 * Within a tenant these ids are no secret from its own agents. An entry's id is minted by the
 * caller; one that stands for something already is refused wherever that is, and says no more than
 * that.
 */
const sharedInTenant = ["messageId", "noteId", "tenantId"];

const asked = (Object.keys(operations) as OperationKey[]).flatMap((key) =>
  idFieldsOf(operations[key]).map((field) => ({ key, field })),
);

test("for every id that an operation takes there is a foreign one to try", () => {
  const unknown = asked.filter(({ field }) => existing[field.name] === undefined);
  assert.deepEqual(unknown, []);
  assert.ok(asked.length > 25, "the schemas' ids were not found");
});

for (const engine of primaryStores()) {
  describe(`what is foreign answers as if it did not exist, on ${engine.name}`, () => {
    let world: World;
    let home: Stage;
    let sister: Stage;
    let stranger: Stage;

    before(async () => {
      world = await World.open({ engine });
      const tenant = await world.tenant("Aurora", { hotels: ["Aurora Grand", "Aurora Beach"] });
      const other = await world.tenant("Borealis");
      home = await setStage(tenant.hotel);
      sister = await setStage(tenant.hotels[1] ?? tenant.hotel);
      stranger = await setStage(other.hotel);
      for (const { hotel, conversationId } of [sister, stranger]) {
        const client = await hotel.agent("supervisor").client();
        await client.setPresence({ conversationId, activity: "typing_message" });
      }
    });
    after(() => world.close());

    for (const role of roles) {
      test(`ids of another tenant, asked for as ${role}`, async () => {
        const agent = home.hotel.agent(role);
        const mine = asked.filter(
          ({ key, field }) => isAllowed(agent, operations[key]) && !isMinted(key, field),
        );
        for (const { key, field } of mine) await compare(agent, key, field, stranger);
      });
    }

    for (const role of ["supervisor", "agent", "read_only"] as const) {
      test(`ids of another property, asked for as ${role}`, async () => {
        const agent = home.hotel.agent(role);
        const mine = asked.filter(
          ({ key, field }) =>
            isAllowed(agent, operations[key]) &&
            !sharedInTenant.includes(field.name) &&
            !isMinted(key, field),
        );
        for (const { key, field } of mine) await compare(agent, key, field, sister);
      });
    }

    for (const role of rolesEverywhere) {
      test(`ids of another property, within one of theirs, asked for as ${role}`, async () => {
        const agent = home.hotel.agent(role);
        const within = asked.filter(
          ({ key, field }) =>
            isWithinProperty(operations[key], field) &&
            !sharedInTenant.includes(field.name) &&
            !isMinted(key, field),
        );
        assert.ok(within.length > 20, "the ids that stand within a property were not found");
        for (const { key, field } of within) await compare(agent, key, field, sister);
      });
    }

    test("an address of another tenant's guest belongs to nobody", async () => {
      const client = await home.hotel.agent().client();
      const value = stranger.guest.number;
      const { propertyId } = home.hotel;
      const looked = await client.lookUpContact({ propertyId, kind: "phone", value });
      assert.deepEqual(looked, { contact: null });
    });

    test("words of another tenant or property are not found", async () => {
      const client = await home.hotel.agent().client();
      const { propertyId } = home.hotel;
      const { hits } = await client.search({ propertyId, query: "cot" });
      const found = new Set(hits.map(({ conversation }) => conversation.id));
      assert.deepEqual([...found], [home.conversationId]);
    });

    test("ids that callers mint and another tenant has minted already", async () => {
      const minted = asked.filter(({ key, field }) => isMinted(key, field));
      assert.ok(minted.length >= 4, "the ids that callers mint were not found");
      const agent = home.hotel.agent("owner");
      for (const { key, field } of minted) {
        // Once an id was used here it stands for something here, too: each gets one of its own.
        const message = await stranger.hotel.reply(stranger.guest, "One more thing from us.");
        await compare(agent, key, field, { ...stranger, messageId: message.id });
      }
    });

    async function compare(agent: Agent, key: OperationKey, field: IdField, from: Stage) {
      const { browser } = await withClient(agent);
      const id = existing[field.name]?.(from) ?? "";
      // Once before, so that what the first of a kind changes is changed for both.
      await answerOf(browser, key, field, agent, randomUUID());
      const unknown = await answerOf(browser, key, field, agent, randomUUID());
      const foreign = await answerOf(browser, key, field, agent, id);
      const what = `${key} with a foreign ${field.path.join(".")} as ${agent.role}`;
      assert.doesNotMatch(unknown.body, /"request\.invalid"/, `${what}: nobody looked for it`);
      assert.deepEqual(foreign, unknown, what);
    }

    async function answerOf(
      browser: Browser,
      key: OperationKey,
      field: IdField,
      agent: Agent,
      id: string,
    ) {
      const valid = (await operationInputs[key]({ stage: home, agent })) as object;
      const input = withId(valid, field, id);
      const operation: Operation = operations[key];
      const answer = await browser.copy().perform(operation, input as never);
      const headers = [...answer.headers].filter(([name]) => !volatileHeaders.includes(name));
      const body =
        operation.kind === "stream" && answer.ok ? await beginningOf(answer) : await answer.text();
      return { status: answer.status, headers, body: masked(body, id) };
    }
  });
}

/** Ids of what is about to be: the caller mints them, and once used they stand for something. */
function isMinted(key: OperationKey, { name }: IdField): boolean {
  return (
    ["messageId", "noteId"].includes(name) ||
    (key === "createContact" && name === "contactId") ||
    (key === "reassignContactAddress" && name === "newContactId") ||
    (key === "createLabel" && name === "labelId") ||
    (key === "createField" && name === "fieldId") ||
    (key === "createTeam" && name === "teamId") ||
    (key === "createTemplate" && name === "templateId") ||
    (key === "createAgent" && name === "agentId") ||
    (key === "createChannel" && name === "channelId") ||
    (key === "uploadAttachment" && name === "attachmentId")
  );
}

const volatileHeaders = ["date", "x-request-id", "set-cookie", "content-length"];

/** What counts up with every call that succeeds, and what names the request. */
function masked(body: string, id: string): string {
  return body
    .replaceAll(id, "{id}")
    .replace(/law-[0-9a-f]+/g, "{name}")
    .replace(/"request":"[^"]*"/, '"request":"{request}"')
    .replace(/"(position|lastPosition|version|rank)":\d+/g, '"$1":"{counted}"')
    .replace(
      /"(address|formatted|accountSid|inboundUrl|statusUrl)":"[^"]*"/g,
      '"$1":"{of the channel}"',
    )
    .replace(/\/f\/[\w-]+/g, "/f/{link}")
    .replace(/"addresses":\[\{"id":"[^"]*"/g, '"addresses":[{"id":"{address}"')
    .replace(/"(cursor)":"[^"]*"/g, '"$1":"{cursor}"');
}

/** A stream up to its first presence: what it says of a conversation at once. */
async function beginningOf(answer: Response): Promise<string> {
  let text = "";
  for await (const chunk of answer.body ?? []) {
    text += new TextDecoder().decode(chunk as Uint8Array);
    if (/"type":"presence".*\n\n/.test(text)) break;
  }
  return text;
}

/**
 * Whoever works everywhere may name another property, and what is reached by its id alone. What is
 * asked for within one property is of that property, whoever asks.
 */
function isWithinProperty({ path }: Operation, { name }: IdField): boolean {
  const isBound = path.includes("{propertyId}") || path.includes("{conversationId}");
  return isBound && name !== "propertyId" && name !== "conversationId";
}

function isAllowed({ role }: Agent, { right }: Operation): boolean {
  return right === null || roleMay(role, right);
}

async function withClient(agent: Agent): Promise<Agent> {
  await agent.client();
  return agent;
}
