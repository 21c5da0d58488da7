import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { AgentId, Conversation } from "@foyer/contract";
import { primaryStores } from "../engines.ts";
import type { Guest } from "../world/guest.ts";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";
import { guestWhoAsked } from "./answers.ts";

for (const engine of primaryStores()) {
  describe(`what somebody holds who is not there, on ${engine.name}`, () => {
    let world: World;

    before(async () => {
      world = await World.open({ engine });
    });
    after(() => world.close());

    test("moves in one step, with an event in each conversation", async () => {
      const hotel = await house();
      const guests = await answeredGuests(hotel, 3);
      const to = { teamId: hotel.teamId };
      assert.deepEqual(await handOver(hotel, to), { moved: 3, hasMore: false });
      for (const guest of guests) {
        assert.deepEqual((await hotel.conversationWith(guest)).assignee, to);
        const last = (await hotel.timelineWith(guest)).at(-1);
        assert.ok(last?.kind === "event");
        const { event, agentId, assignee } = last;
        assert.deepEqual(
          { event, agentId, assignee },
          {
            event: "assigned",
            agentId: hotel.agent("supervisor").id,
            assignee: to,
          },
        );
      }
      assert.deepEqual(await handOver(hotel, to), { moved: 0, hasMore: false });
    });

    test("is told to whoever follows, and counts for nobody else", async () => {
      const hotel = await house();
      const [guest] = await answeredGuests(hotel, 1);
      assert.ok(guest);
      const { id } = await hotel.conversationWith(guest);
      const following = await hotel.agent().follow();
      await handOver(hotel, null);
      await following.until(
        (event) =>
          event.type === "conversation.changed" &&
          event.conversation.id === id &&
          event.conversation.assignee === null,
      );
    });

    test("moves a page at a time, and says when there is more", { timeout: 300_000 }, async () => {
      const hotel = await house();
      await heldByAgent(hotel, 510);
      assert.deepEqual(await handOver(hotel, null), { moved: 500, hasMore: true });
      assert.deepEqual(await handOver(hotel, null), { moved: 10, hasMore: false });
    });

    test("moves to nobody who does not work here, and to whom it has nothing", async () => {
      const hotel = await house();
      await answeredGuests(hotel, 1);
      const stranger = { agentId: randomUUID() as AgentId };
      await assert.rejects(handOver(hotel, stranger), /assignment.impossible/);
      const themselves = { agentId: hotel.agent().id };
      assert.deepEqual(await handOver(hotel, themselves), { moved: 0, hasMore: false });
    });

    test("leaves closed conversations where they are", async () => {
      const hotel = await house();
      const [guest] = await answeredGuests(hotel, 1);
      assert.ok(guest);
      const { id: conversationId } = await hotel.conversationWith(guest);
      await (await hotel.agent().client()).close({ conversationId });
      assert.deepEqual(await handOver(hotel, null), { moved: 0, hasMore: false });
    });

    test("is nobody's and in sight once they can sign in no more, however much it is", async () => {
      const hotel = await house();
      await heldByAgent(hotel, 130);
      await leave(hotel);
      await world.settle();
      const client = await hotel.agent("supervisor").client();
      const { propertyId } = hotel;
      const { unassigned } = await client.countConversations({ propertyId });
      assert.equal(unassigned.total, 130);
    });

    test("is nobody's when a closed conversation comes back to who has left", async () => {
      const hotel = await house();
      const [guest] = await answeredGuests(hotel, 1);
      assert.ok(guest);
      const { id: conversationId } = await hotel.conversationWith(guest);
      await (await hotel.agent().client()).close({ conversationId });
      await leave(hotel);
      await guest.texts("I forgot my umbrella.");
      const { state, assignee } = await hotel.conversationWith(guest);
      assert.deepEqual([state, assignee], ["open", null]);
    });

    test("is nobody's once their team is no more", async () => {
      const hotel = await house();
      const guest = await guestWhoAsked(hotel);
      const { id: conversationId } = await hotel.conversationWith(guest);
      const client = await hotel.agent().client();
      const { propertyId, teamId } = hotel;
      await client.assign({ conversationId, assignee: { teamId } });
      await (await hotel.agent("owner").client()).endTeam({ propertyId, teamId });
      assert.equal((await hotel.conversationWith(guest)).assignee, null);
      const last = (await hotel.timelineWith(guest)).at(-1);
      assert.ok(last?.kind === "event");
      assert.deepEqual([last.event, last.agentId], ["unassigned", hotel.agent("owner").id]);
    });

    async function house(): Promise<Hotel> {
      return (await world.tenant(`House ${randomUUID().slice(0, 8)}`)).hotel;
    }

    async function answeredGuests(hotel: Hotel, count: number): Promise<Guest[]> {
      const guests: Guest[] = [];
      for (let number = 0; number < count; number += 1) {
        const guest = await guestWhoAsked(hotel);
        await hotel.reply(guest, "Until ten tonight.");
        guests.push(guest);
      }
      await world.settle();
      return guests;
    }

    /** Conversations that the agent holds, faster than by answering each. */
    async function heldByAgent(hotel: Hotel, count: number): Promise<void> {
      for (let number = 0; number < count; number += 1) hotel.guest().sends("Is the pool open?");
      await world.settle();
      const held = await world.tamper(
        "update conversation set assigned_agent_id = ? where property_id = ?",
        [bytesOf(hotel.agent().id), bytesOf(hotel.propertyId)],
      );
      assert.equal(held, count);
    }

    async function leave(hotel: Hotel): Promise<void> {
      await (await hotel.agent("owner").client()).deactivateAgent({ agentId: hotel.agent().id });
    }

    async function handOver(hotel: Hotel, assignee: Conversation["assignee"]) {
      const { propertyId } = hotel;
      const fromAgentId = hotel.agent().id;
      const client = await hotel.agent("supervisor").client();
      return client.handOver({ propertyId, fromAgentId, assignee });
    }
  });
}

function bytesOf(id: string): Uint8Array {
  return Buffer.from(id.replaceAll("-", ""), "hex");
}
