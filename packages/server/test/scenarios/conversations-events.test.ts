import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { Occurrence } from "@foyer/contract";
import { primaryStores } from "../engines.ts";
import type { Guest } from "../world/guest.ts";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";
import { guestWhoAsked, waitOf } from "./answers.ts";

for (const engine of primaryStores()) {
  describe(`what happens to a guest stands in the timeline, on ${engine.name}`, () => {
    let world: World;
    let hotel: Hotel;
    let sister: Hotel;

    before(async () => {
      world = await World.open({ engine });
      const tenant = await world.tenant("Aurora", { hotels: ["Aurora Grand", "Aurora Beach"] });
      hotel = tenant.hotel;
      sister = tenant.hotels[1] ?? hotel;
    });
    after(() => world.close());

    test("a label, with which and by whom, and the wait goes on", async () => {
      const guest = await guestWhoAsked(hotel);
      const since = await waitOf(guest);
      const label = await newLabel();
      const client = await hotel.agent().client();
      await client.addContactLabel({ ...label, ...(await contactOf(guest)) });
      assert.deepEqual((await hotel.conversationWith(guest)).labelIds, [label.labelId]);
      await client.removeContactLabel({ ...label, ...(await contactOf(guest)) });
      const agentId = hotel.agent().id;
      assert.deepEqual(
        (await eventsOf(guest)).map(({ event, labelId, agentId: by }) => [event, labelId, by]),
        [
          ["label_added", label.labelId, agentId],
          ["label_removed", label.labelId, agentId],
        ],
      );
      assert.equal(await waitOf(guest), since);
    });

    test("an opt-out that an agent was told of, and nobody waits any more", async () => {
      const guest = await guestWhoAsked(hotel);
      const { contact } = await contactWith(guest);
      const addressId = contact.addresses[0]?.id ?? "";
      const said = { state: "opted_out", ground: "asked_by_phone" } as const;
      const client = await hotel.agent().client();
      await client.setConsent({ ...(await contactOf(guest)), addressId, ...said });
      assert.deepEqual(
        (await eventsOf(guest)).map(({ event }) => event),
        ["opted_out"],
      );
      assert.equal(await waitOf(guest), null);
    });

    test("a block, at every property that the guest speaks with, and closed stays closed", async () => {
      const guest = await guestWhoAsked(hotel);
      world.carrier.text(guest.number, sister.number, "And you?");
      await world.settle();
      const { id: conversationId } = await hotel.conversationWith(guest);
      await (await hotel.agent().client()).close({ conversationId });
      const supervisor = await hotel.agent("supervisor").client();
      await supervisor.blockContact(await contactOf(guest));
      await supervisor.unblockContact(await contactOf(guest));
      const there = sister.agent("supervisor");
      const { id: elsewhere } = await sister.conversationWith(guest, there);
      for (const [agent, id] of [
        [hotel.agent(), conversationId],
        [there, elsewhere],
      ] as const) {
        const { items } = await (await agent.client()).getTimeline({ conversationId: id });
        const events = items.flatMap((entry) => (entry.kind === "event" ? [entry.event] : []));
        assert.deepEqual(events.slice(-2), ["blocked", "unblocked"]);
      }
      assert.equal((await hotel.conversationWith(guest)).state, "closed");
      assert.equal((await sister.conversationWith(guest, there)).waitingSince, null);
    });

    test("an address that is somebody else's now", async () => {
      const guest = await guestWhoAsked(hotel);
      const { id: conversationId } = await hotel.conversationWith(guest);
      const { contact } = await contactWith(guest);
      const client = await hotel.agent().client();
      await client.reassignContactAddress({
        ...(await contactOf(guest)),
        addressId: contact.addresses[0]?.id ?? "",
        newContactId: randomUUID(),
        name: null,
      });
      const { items } = await client.getTimeline({ conversationId });
      const last = items.at(-1);
      assert.deepEqual(last?.kind === "event" && last.event, "address_left");
      await guest.texts("Hello, I have this number now.");
      assert.notEqual((await hotel.conversationWith(guest)).id, conversationId);
    });

    test("what is known of the stay, in every row of the list, and told when it changes", async () => {
      const guest = await guestWhoAsked(hotel);
      const { stay, id } = await hotel.conversationWith(guest);
      const nothing = { room: null, arrivalOn: null, departureOn: null, isVip: false, title: null };
      assert.deepEqual(stay, nothing);
      const following = await hotel.agent("supervisor").follow();
      const client = await hotel.agent().client();
      const { items } = await client.listFields({ propertyId: hotel.propertyId });
      const values = { room: "412", arrival: "2027-01-14", departure: "2027-01-16", vip: true };
      for (const { purpose, id: fieldId } of items) {
        const value = values[purpose as keyof typeof values] ?? "Dr";
        await client.setContactField({ ...(await contactOf(guest)), fieldId, value });
      }
      const known = {
        room: "412",
        arrivalOn: "2027-01-14",
        departureOn: "2027-01-16",
        isVip: true,
        title: "Dr",
      };
      assert.deepEqual((await hotel.conversationWith(guest)).stay, known);
      await following.until(
        (event) =>
          event.type === "conversation.changed" &&
          event.conversation.id === id &&
          event.conversation.stay.title === "Dr" &&
          event.contact?.fields.length === 5,
      );
    });

    test("what a property set up anew is told to whoever follows it, and to nobody else", async () => {
      const [here, there] = [await hotel.agent().follow(), await sister.agent().follow()];
      await newLabel();
      await here.until(({ type }) => type === "settings.changed");
      await guestWhoAsked(sister);
      await there.until(({ type }) => type === "conversation.changed");
      assert.ok(there.events.every(({ type }) => type !== "settings.changed"));
    });

    async function newLabel() {
      const { propertyId } = hotel;
      const labelId = randomUUID();
      const name = `Label ${labelId.slice(0, 8)}`;
      const client = await hotel.agent("supervisor").client();
      await client.createLabel({ propertyId, labelId, name, colour: "amber" });
      return { propertyId, labelId };
    }

    async function contactWith(guest: Guest) {
      const { id: conversationId } = await hotel.conversationWith(guest);
      return (await hotel.agent().client()).getConversation({ conversationId });
    }

    async function contactOf(guest: Guest) {
      const { contactId } = await hotel.conversationWith(guest);
      return { propertyId: hotel.propertyId, contactId };
    }

    async function eventsOf(guest: Guest): Promise<Occurrence[]> {
      const entries = await hotel.timelineWith(guest);
      return entries.filter((entry) => entry.kind === "event");
    }
  });
}
