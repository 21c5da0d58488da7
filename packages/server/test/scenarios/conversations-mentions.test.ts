import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { Mention } from "@foyer/contract";
import { primaryStores } from "../engines.ts";
import type { Agent } from "../world/agent.ts";
import type { Guest } from "../world/guest.ts";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";
import { guestWhoAsked } from "./answers.ts";

for (const engine of primaryStores()) {
  describe(`a note that calls somebody, on ${engine.name}`, () => {
    let world: World;
    let hotel: Hotel;
    let elsewhere: Hotel;

    before(async () => {
      world = await World.open({ engine });
      const tenant = await world.tenant("Aurora", { hotels: ["Aurora Grand", "Aurora Beach"] });
      hotel = tenant.hotel;
      elsewhere = tenant.hotels[1] ?? hotel;
    });
    after(() => world.close());

    test("is unread for whom it calls until they have seen it, and for nobody else", async () => {
      const guest = await seenByAll();
      const supervisor = hotel.agent("supervisor");
      const { position } = await note(guest, hotel.agent(), [{ agentId: supervisor.id }]);
      assert.deepEqual(await marksOf(guest, supervisor), [true, true]);
      assert.deepEqual(await marksOf(guest, hotel.agent("read_only")), [false, false]);
      assert.deepEqual(await marksOf(guest, hotel.agent()), [false, false]);
      await seen(guest, supervisor, position - 1);
      assert.deepEqual(await marksOf(guest, supervisor), [true, true]);
      await seen(guest, supervisor, position);
      assert.deepEqual(await marksOf(guest, supervisor), [false, false]);
    });

    test("calls all of a team but its author, who has never looked as well as who has", async () => {
      const guest = await guestWhoAsked(hotel);
      await seen(guest, hotel.agent("supervisor"), 1);
      await note(guest, hotel.agent(), [{ teamId: hotel.teamId }]);
      for (const role of ["supervisor", "read_only"] as const) {
        assert.deepEqual((await marksOf(guest, hotel.agent(role)))[1], true, role);
      }
      assert.equal((await marksOf(guest, hotel.agent()))[1], false);
      assert.equal((await marksOf(guest, hotel.agent("owner")))[1], false);
    });

    test("says whom it calls, in its own order, to everybody", async () => {
      const guest = await guestWhoAsked(hotel);
      const mentions = [{ teamId: hotel.teamId }, { agentId: hotel.agent("owner").id }];
      const made = await note(guest, hotel.agent(), mentions);
      assert.deepEqual(made.mentions, mentions);
      assert.deepEqual((await hotel.timelineWith(guest)).at(-1), made);
    });

    test("is counted as unread exactly, with one statement for all", async () => {
      const { hotel: house } = await world.tenant(`House ${randomUUID().slice(0, 8)}`);
      const [guest, other] = [await guestWhoAsked(house), await guestWhoAsked(house)];
      const owner = house.agent("owner");
      const unread = async () => {
        const { propertyId } = house;
        return (await (await owner.client()).countConversations({ propertyId })).all.unread;
      };
      assert.equal(await unread(), 2);
      for (const one of [guest, other]) await seen(one, owner, 1);
      assert.equal(await unread(), 0);
      const { position } = await note(guest, house.agent(), [{ agentId: owner.id }]);
      assert.equal(await unread(), 1);
      await guest.texts("Hello?");
      assert.equal(await unread(), 1);
      await seen(guest, owner, position + 1);
      assert.equal(await unread(), 0);
    });

    test("takes the guest's wait from nobody", async () => {
      const guest = await guestWhoAsked(hotel);
      const { waitingSince } = await hotel.conversationWith(guest);
      await note(guest, hotel.agent(), [{ teamId: hotel.teamId }]);
      assert.equal((await hotel.conversationWith(guest)).waitingSince, waitingSince);
    });

    test("calls nobody who does not work here", async () => {
      const guest = await guestWhoAsked(hotel);
      const strangers: Mention[] = [
        { agentId: elsewhere.agent().id },
        { teamId: elsewhere.teamId },
        { agentId: randomUUID() as never },
        { teamId: randomUUID() as never },
      ];
      for (const stranger of strangers) {
        await assert.rejects(note(guest, hotel.agent(), [stranger]), /assignment.impossible/);
      }
      const kinds = (await hotel.timelineWith(guest)).map(({ kind }) => kind);
      assert.deepEqual(kinds, ["message"]);
    });

    test("calls once though the same note is posted again", async () => {
      const guest = await seenByAll();
      const supervisor = hotel.agent("supervisor");
      const noteId = randomUUID();
      const mentions = [{ agentId: supervisor.id }];
      const { position } = await note(guest, hotel.agent(), mentions, noteId);
      await seen(guest, supervisor, position);
      await note(guest, hotel.agent(), mentions, noteId);
      assert.deepEqual(await marksOf(guest, supervisor), [false, false]);
    });

    async function seenByAll(): Promise<Guest> {
      const guest = await guestWhoAsked(hotel);
      for (const agent of hotel.agents) await seen(guest, agent, 1);
      return guest;
    }

    async function note(
      guest: Guest,
      by: Agent,
      mentions: Mention[],
      noteId: string = randomUUID(),
    ) {
      const { id: conversationId } = await guest.hotel.conversationWith(guest);
      const client = await by.client();
      const text = "@everybody have a look at this";
      return (await client.addNote({ conversationId, noteId, text, mentions })).note;
    }

    async function seen(guest: Guest, agent: Agent, position: number): Promise<void> {
      const { id: conversationId } = await guest.hotel.conversationWith(guest);
      await (await agent.client()).markRead({ conversationId, position });
    }

    /** Whether a conversation is unread for an agent, and whether a note there calls them. */
    async function marksOf(guest: Guest, agent: Agent): Promise<[boolean, boolean]> {
      const { isUnread, isMentioned } = await hotel.conversationWith(guest, agent);
      return [isUnread, isMentioned];
    }
  });
}
