import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { Client } from "@foyer/client";
import type { ConversationId, LabelId } from "@foyer/contract";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";
import { crowd, setUpMore } from "./crowded-hotel.ts";

const rows = [10, 50, 100] as const;

/** Beside what is asked for, each request finds out who asks. */
const statementsPerPageMax = 20;

describe("a page costs the same number of statements, however many rows it has", () => {
  let world: World;
  let hotel: Hotel;
  let client: Client;
  let conversationId: ConversationId;
  /** A conversation of notes that call somebody, and of answers that bring something. */
  let richId: ConversationId;
  let labelId: LabelId;

  before(async () => {
    world = await World.open();
    ({ hotel } = await world.tenant("Aurora"));
    ({ longId: conversationId, richId, labelId } = await crowd(world, hotel));
    client = await hotel.agent("supervisor").client();
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
      { view: "agent", agentId: hotel.agent().id },
      { view: "waiting" },
      { view: "answered_today" },
      { view: "closed" },
    ] as const;
    for (const view of views) {
      const page = (limit: number) => client.listConversations({ propertyId, ...view, limit });
      await assertConstant(page);
      assert.ok((await page(100)).items.length > rows[0], `${view.view} fits on a short page`);
    }
    const { items } = await client.listConversations({ propertyId, view: "all", limit: 100 });
    assert.equal(items.length, 100);
    assert.ok(items.filter(({ stay }) => stay.room !== null).length > rows[0]);
    assert.ok(items.filter(({ preview }) => preview?.attachments).length > rows[0]);
  });

  test("the guests, whatever is known of each", async () => {
    const { propertyId } = hotel;
    await assertConstant((limit) => client.listContacts({ propertyId, limit }));
    await assertConstant((limit) => client.listContacts({ propertyId, labelId, limit }));
    const { items } = await client.listContacts({ propertyId, labelId, limit: 100 });
    assert.ok(items.length > rows[0]);
    assert.ok(items.every(({ fields }) => fields.length === 1));
  });

  test("what a property has set up, and who works there, by how much it is", async () => {
    const { propertyId } = hotel;
    const owner = await hotel.agent("owner").client();
    const lists = [
      () => owner.listLabels({ propertyId }),
      () => owner.listFields({ propertyId }),
      () => owner.listTemplates({ propertyId }),
      () => owner.listChannels({ propertyId }),
      () => owner.getPropertyPeople({ propertyId }),
      () => owner.listAgents({}),
    ];
    const before: (readonly string[])[] = [];
    for (const list of lists) before.push(await world.statementsOf(list));
    await setUpMore(world, hotel);
    for (const [at, list] of lists.entries()) {
      const after = await world.statementsOf(list);
      assert.deepEqual(after.toSorted(), before[at]?.toSorted());
    }
  });

  test("the timeline", async () => {
    await assertConstant((limit) => client.getTimeline({ conversationId, limit }));
    const { items } = await client.getTimeline({ conversationId, limit: 100 });
    assert.equal(items.length, 100);
  });

  test("a timeline of notes that call somebody and answers that bring something", async () => {
    const runs: (readonly string[])[] = [];
    for (const limit of [2, 20, 60]) {
      runs.push(
        await world.statementsOf(() => client.getTimeline({ conversationId: richId, limit })),
      );
    }
    for (const run of runs) assert.deepEqual(run.toSorted(), runs[0]?.toSorted());
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

  test("the counts, and how the property stands, by how much there is to count", async () => {
    const { propertyId } = hotel;
    const counts = [
      () => client.countConversations({ propertyId }),
      () => client.getNow({ propertyId }),
    ];
    const before: (readonly string[])[] = [];
    for (const count of counts) before.push(await world.statementsOf(count));
    for (let number = 0; number < 50; number += 1) hotel.guest().sends("One more guest");
    await world.settle();
    for (const [index, count] of counts.entries()) {
      const after = await world.statementsOf(count);
      assert.deepEqual(after.toSorted(), before[index]?.toSorted());
    }
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
