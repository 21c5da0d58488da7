import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { operations } from "@foyer/contract";
import type { Assembly } from "../../src/main/assemble.ts";
import type { ConsentWord } from "../../src/platform/scope/index.ts";
import { primaryStores } from "../engines.ts";
import type { Guest } from "../world/guest.ts";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";
import { guestWhoAsked } from "./answers.ts";
import { overlap, performIn } from "./two-processes.ts";

/** As many turns of the loop let anything be done that waits for nobody. */
const turnsForAnything = 500;

for (const engine of primaryStores()) {
  describe(`what happens at the same moment, on ${engine.name}`, () => {
    let world: World;
    let hotel: Hotel;

    before(async () => {
      world = await World.open({ engine });
      ({ hotel } = await world.tenant("Aurora"));
    });
    after(() => world.close());

    test("no text leaves once a STOP is acknowledged, however late it came", async () => {
      const guest = await guestWhoAsked(hotel);
      await world.carrierLine.down();
      await hotel.reply(guest, "Until ten tonight.");
      await world.settle();
      const stop = meanwhile(["contact_address.toText"], () => hears(guest, "STOP", "stop"));
      await world.carrierLine.up();
      await world.advance(60_000);
      assert.ok((await stop.isFirst()) === (guest.received.length === 0), "a text after STOP");
    });

    test("a number that is becoming somebody else's is not texted once it is", async () => {
      const guest = await guestWhoAsked(hotel);
      await world.carrierLine.down();
      await hotel.reply(guest, "Until ten tonight.");
      await world.settle();
      const { contactId, addressId } = await recipient(guest);
      const given = { propertyId: hotel.propertyId, contactId, addressId };
      const to = { newContactId: randomUUID(), name: "Stranger" };
      const moving = meanwhile(["contact_address.toText"], () =>
        performIn(world.assembly, operations.reassignContactAddress, hotel.agent().account, {
          ...given,
          ...to,
        }),
      );
      await world.carrierLine.up();
      await world.advance(60_000);
      assert.ok((await moving.isFirst()) === (guest.received.length === 0), "a stranger was told");
    });

    test("nothing is given to a colleague who leaves while it is given", async () => {
      const house = (await world.tenant("Grand")).hotel;
      const guest = await guestWhoAsked(house);
      const { id: conversationId } = await house.conversationWith(guest);
      const client = await house.agent("supervisor").client();
      const assignee = { agentId: house.agent().id };
      const checks = ["agent_property.ofProperty", "agent.hold"];
      const leaving = meanwhile(checks, () => leaves(house));
      await client.assign({ conversationId, assignee });
      await leaving.isFirst();
      assert.equal((await house.conversationWith(guest)).assignee, null);
      await assert.rejects(client.assign({ conversationId, assignee }), /assignment.impossible/);
    });

    test("nothing is handed over to a colleague who leaves while it is handed over", async () => {
      const house = (await world.tenant("Plaza")).hotel;
      const { propertyId } = house;
      const guest = await guestWhoAsked(house);
      const { id: conversationId } = await house.conversationWith(guest);
      const client = await house.agent("supervisor").client();
      const fromAgentId = house.agent("supervisor").id;
      await client.assign({ conversationId, assignee: { agentId: fromAgentId } });
      const checks = ["agent_property.ofProperty", "agent.hold"];
      const leaving = meanwhile(checks, () => leaves(house));
      await client.handOver({ propertyId, fromAgentId, assignee: { agentId: house.agent().id } });
      await leaving.isFirst();
      assert.equal((await house.conversationWith(guest)).assignee, null);
    });

    test("nothing is given to a team that ends while it is given", async () => {
      const house = (await world.tenant("Ritz")).hotel;
      const { propertyId, teamId } = house;
      const guest = await guestWhoAsked(house);
      const { id: conversationId } = await house.conversationWith(guest);
      const client = await house.agent().client();
      const { account } = house.agent("owner");
      const ending = meanwhile(["team.ofProperty", "team.hold"], () =>
        performIn(world.assembly, operations.endTeam, account, { propertyId, teamId }),
      );
      await client.assign({ conversationId, assignee: { teamId } });
      await ending.isFirst();
      assert.equal((await house.conversationWith(guest)).assignee, null);
    });

    test("who leaves while they answer does not take the conversation along", async () => {
      const house = (await world.tenant("Beach")).hotel;
      const guest = await guestWhoAsked(house);
      const leaving = meanwhile(["contact_address.toText"], () => leaves(house));
      await house.reply(guest, "Until ten tonight.");
      await leaving.isFirst();
      assert.equal((await house.conversationWith(guest)).assignee, null);
    });

    function leaves(house: Hotel): Promise<unknown> {
      const owner = house.agent("owner").account;
      const { id: agentId } = house.agent();
      return performIn(world.assembly, operations.deactivateAgent, owner, { agentId });
    }

    async function hears(guest: Guest, text: string, word: ConsentWord): Promise<void> {
      await arrives(world.assembly, guest, text, word);
    }

    async function recipient(guest: Guest) {
      const client = await hotel.agent().client();
      const { id: conversationId } = await hotel.conversationWith(guest);
      const { contact } = await client.getConversation({ conversationId });
      const [address] = contact.addresses;
      assert.ok(address);
      return { contactId: contact.id, addressId: address.id };
    }

    /**
     * Does something right after a statement, and lets it come as far as it can before whoever
     * made the statement goes on. Says whether it was done by then.
     */
    function meanwhile(statements: readonly string[], act: () => Promise<unknown>) {
      let acting: Promise<unknown> | undefined;
      let isDone = false;
      let wasFirst = false;
      world.intercept(async (statement, run) => {
        const outcome = await run();
        if (acting !== undefined || !statements.includes(statement)) return outcome;
        acting = act().then(() => {
          isDone = true;
        });
        for (let turn = 0; turn < turnsForAnything && !isDone; turn += 1) {
          await new Promise<void>((resolve) => setImmediate(resolve));
        }
        wasFirst = isDone;
        return outcome;
      });
      return {
        isFirst: async () => {
          assert.ok(acting !== undefined, "nobody came to the statement");
          await acting;
          world.intercept(undefined);
          return wasFirst;
        },
      };
    }
  });
}

/** SQLite has one writer: no two of its transactions are ever under way at once. */
for (const engine of primaryStores().filter(({ name }) => name !== "SQLite")) {
  describe(`words that two processes take in at once, on ${engine.name}`, () => {
    let world: World;
    let hotel: Hotel;
    let other: Assembly;

    before(async () => {
      world = await World.open({ engine });
      ({ hotel } = await world.tenant("Aurora"));
      other = await world.anotherProcess();
    });
    after(() => world.close());

    test("count in the order in which they stand: a STOP behind a START is heard", async () => {
      const guest = await guestWhoAsked(hotel);
      await guest.texts("STOP");
      await overlap(world, {
        first: () => arrives(world.assembly, guest, "START", "start"),
        pausedAt: "consent.update",
        second: () => arrives(other, guest, "STOP", "stop"),
        reaches: "contact.lock",
      });
      await world.settle();
      assert.equal((await hotel.conversationWith(guest)).isOptedOut, true);
    });

    test("count in the order in which they stand: a START behind a STOP is heard", async () => {
      const guest = await guestWhoAsked(hotel);
      await overlap(world, {
        first: () => arrives(world.assembly, guest, "STOP", "stop"),
        pausedAt: "consent.update",
        second: () => arrives(other, guest, "START", "start"),
        reaches: "contact.lock",
      });
      await world.settle();
      assert.equal((await hotel.conversationWith(guest)).isOptedOut, false);
    });
  });
}

/** Takes in a guest's text in a process of the test's choosing, past the provider. */
async function arrives(
  assembly: Assembly,
  { hotel, number }: Guest,
  text: string,
  word: ConsentWord | null,
): Promise<void> {
  const scope = await assembly.openScope(hotel.tenant.id);
  const { propertyId, channelId } = hotel;
  await scope.transact((unit) =>
    unit.notify({
      name: "message.arrived",
      propertyId,
      channelId,
      from: { kind: "phone", value: number },
      text,
      providerId: randomUUID(),
      occurredAt: unit.now,
      media: [],
      word,
    }),
  );
}
