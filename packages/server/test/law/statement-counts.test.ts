import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { Client } from "@foyer/client";
import type { ConversationId } from "@foyer/contract";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";

const rows = [10, 50, 100] as const;

/** Beside what is asked for, each request finds out who asks. */
const statementsPerPageMax = 20;

describe("a page costs the same number of statements, however many rows it has", () => {
  let world: World;
  let hotel: Hotel;
  let client: Client;
  let conversationId: ConversationId;

  before(async () => {
    world = await World.open();
    ({ hotel } = await world.tenant("Aurora"));
    for (let number = 0; number < 110; number += 1) hotel.guest().sends("Is the bar open?");
    const talkative = hotel.guest();
    for (let number = 0; number < 110; number += 1) talkative.sends(`Question ${number}`);
    await world.settle();
    client = await hotel.agent("supervisor").client();
    ({ id: conversationId } = await hotel.conversationWith(talkative));
    for (let number = 0; number < 110; number += 1) await hotel.post({ body: `broken ${number}` });
    await world.stopWork();
  });
  after(() => world.close());

  test("the list, in every view", async () => {
    const { propertyId, teamId } = hotel;
    const views = [
      { view: "all" },
      { view: "unassigned" },
      { view: "mine" },
      { view: "team", teamId },
      { view: "closed" },
    ] as const;
    for (const view of views) {
      await assertConstant((limit) => client.listConversations({ propertyId, ...view, limit }));
    }
    const { items } = await client.listConversations({ propertyId, view: "all", limit: 100 });
    assert.equal(items.length, 100);
  });

  test("the timeline", async () => {
    await assertConstant((limit) => client.getTimeline({ conversationId, limit }));
    const { items } = await client.getTimeline({ conversationId, limit: 100 });
    assert.equal(items.length, 100);
  });

  test("what providers brought", async () => {
    const { propertyId } = hotel;
    await assertConstant((limit) => client.listDeliveries({ propertyId, limit }));
    await assertConstant((limit) => client.listDeliveries({ propertyId, state: "failed", limit }));
    const { items } = await client.listDeliveries({ propertyId, state: "failed", limit: 100 });
    assert.equal(items.length, 100);
  });

  test("a search, by how much it finds", async () => {
    const { propertyId } = hotel;
    const search = (query: string) => client.search({ propertyId, query, limit: 50 });
    const few = await world.statementsOf(() => search("Question 17"));
    const many = await world.statementsOf(() => search("Question"));
    assert.ok((await search("Question 17")).hits.length < (await search("Question")).hits.length);
    assert.deepEqual(many.toSorted(), few.toSorted());
  });

  test("the counts, by how many there are to count", async () => {
    const { propertyId } = hotel;
    const count = () => client.countConversations({ propertyId });
    const before = await world.statementsOf(count);
    for (let number = 0; number < 50; number += 1) hotel.guest().sends("One more guest");
    await world.settle();
    assert.deepEqual((await world.statementsOf(count)).toSorted(), before.toSorted());
  });

  test("the house's people, by how many there are", async () => {
    const { propertyId } = hotel;
    const people = () => client.getPropertyPeople({ propertyId });
    const before = await world.statementsOf(people);
    const scope = await hotel.tenant.scope();
    const { createTeam } = await import("../../src/modules/tenancy/index.ts");
    for (let number = 0; number < 20; number += 1) {
      const agentIds = [hotel.agent().id];
      const team = { propertyId, name: `Team ${number}`, colour: "red", agentIds } as const;
      await scope.transact((unit) => createTeam(unit, team));
    }
    assert.deepEqual((await world.statementsOf(people)).toSorted(), before.toSorted());
  });

  test("an answer, by how long the conversation is", async () => {
    const guest = hotel.guest();
    await guest.texts("My first question");
    const short = await hotel.conversationWith(guest);
    const note = (id: ConversationId) => () =>
      client.addNote({ conversationId: id, noteId: randomUUID(), text: "Noted" });
    const few = await world.statementsOf(note(short.id));
    const many = await world.statementsOf(note(conversationId));
    assert.deepEqual(many.toSorted(), few.toSorted());
  });

  async function assertConstant(page: (limit: number) => Promise<unknown>): Promise<void> {
    const runs: (readonly string[])[] = [];
    for (const limit of rows) runs.push(await world.statementsOf(() => page(limit)));
    const [first = [], ...others] = runs.map((names) => names.toSorted());
    for (const other of others) assert.deepEqual(other, first);
    assert.ok(first.length > 0 && first.length <= statementsPerPageMax, first.join(", "));
  }
});
