import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { OperationInput, operations } from "@foyer/contract";
import { primaryStores } from "../engines.ts";
import type { Guest } from "../world/guest.ts";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";
import { guestWhoAsked, storyOf } from "./answers.ts";

type Start = OperationInput<typeof operations.start>;

for (const engine of primaryStores()) {
  describe(`a message to a guest who has not written, on ${engine.name}`, () => {
    let world: World;
    let hotel: Hotel;

    before(async () => {
      world = await World.open({ engine });
      ({ hotel } = await world.tenant("Aurora"));
    });
    after(() => world.close());

    test("begins a conversation that its writer has, and that nobody waits in", async () => {
      const guest = hotel.guest();
      const { message, conversation } = await start(guest);
      assert.equal(message.state, "queued");
      assert.deepEqual(conversation.assignee, { agentId: hotel.agent().id });
      assert.deepEqual([conversation.title, conversation.waitingSince], ["Ada Nguyen", null]);
      await world.settle();
      assert.deepEqual(guest.received, ["Your room is ready."]);
      const story = ["opened", "opted_in", "assigned", "outbound message"];
      assert.deepEqual(await storyOf(guest), story);
    });

    test("records how the guest agreed, and who was told", async () => {
      const guest = hotel.guest();
      const { conversation } = await start(guest, { consent: "asked_by_phone" });
      const client = await hotel.agent().client();
      const { contact } = await client.getConversation({ conversationId: conversation.id });
      const { state, ground, agentId } = contact.addresses[0]?.consent ?? {};
      assert.deepEqual([state, ground, agentId], ["opted_in", "asked_by_phone", hotel.agent().id]);
    });

    test("is not sent while nobody says how the guest agreed, and nothing is left behind", async () => {
      const guest = hotel.guest();
      await assert.rejects(start(guest, { consent: undefined }), /consent.required/);
      const { contact } = await (await hotel.agent().client()).lookUpContact({
        propertyId: hotel.propertyId,
        kind: "phone",
        value: guest.number,
      });
      assert.equal(contact, null);
    });

    test("is not sent to who said STOP, nor to who is blocked, whatever somebody says", async () => {
      const [stopped, blocked] = [await guestWhoAsked(hotel), await guestWhoAsked(hotel)];
      await stopped.texts("STOP");
      await assert.rejects(start(stopped), /contact.opted_out/);
      const { contactId } = await hotel.conversationWith(blocked);
      const { propertyId } = hotel;
      await (await hotel.agent("supervisor").client()).blockContact({ propertyId, contactId });
      await assert.rejects(start(blocked), /contact.blocked/);
    });

    test("goes on where there is a conversation, closed or not, and needs no consent then", async () => {
      const guest = await guestWhoAsked(hotel);
      const { id: conversationId } = await hotel.conversationWith(guest);
      await (await hotel.agent("supervisor").client()).close({ conversationId });
      const { conversation } = await start(guest, { consent: undefined });
      assert.equal(conversation.id, conversationId);
      assert.equal(conversation.state, "open");
      const story = ["inbound message", "closed", "reopened", "assigned", "outbound message"];
      assert.deepEqual(await storyOf(guest), story);
    });

    test("goes to a contact at an address of theirs", async () => {
      const guest = hotel.guest();
      const { contactId, addressId } = await newContact(guest.number);
      const { conversation } = await start(guest, { to: { contactId, addressId } });
      assert.equal(conversation.contactId, contactId);
      await world.settle();
      assert.deepEqual(guest.received, ["Your room is ready."]);
    });

    test("goes to no address that is not the contact's, or is theirs no longer", async () => {
      const { contactId, addressId } = await newContact(hotel.guest().number);
      const other = await newContact(hotel.guest().number);
      const strange = { contactId, addressId: other.addressId };
      await assert.rejects(start(hotel.guest(), { to: strange }), /resource.not_found/);
      const { propertyId } = hotel;
      const client = await hotel.agent().client();
      await client.endContactAddress({ propertyId, contactId, addressId });
      const ended = start(hotel.guest(), { to: { contactId, addressId } });
      await assert.rejects(ended, /contact.address_left/);
    });

    test("is sent once, however often it is posted, and stands for nothing else", async () => {
      const guest = hotel.guest();
      const messageId = randomUUID();
      const answers = await Promise.all(
        Array.from({ length: 4 }, () => start(guest, { messageId })),
      );
      assert.equal(new Set(answers.map(({ conversation }) => conversation.id)).size, 1);
      await world.settle();
      await start(guest, { messageId });
      await world.settle();
      assert.deepEqual(guest.received, ["Your room is ready."]);
      await assert.rejects(start(hotel.guest(), { messageId }), /entry.id_taken/);
      await assert.rejects(start(guest, { messageId, text: "Another" }), /entry.id_taken/);
    });

    test("finds a number as it is dialled in the property's country", async () => {
      const number = { kind: "phone", value: "06 39 98 00 17" } as const;
      const to = { address: number, name: null };
      const { conversation } = await start(hotel.guest(), { to });
      assert.equal(conversation.hasName, false);
      const client = await hotel.agent().client();
      const { contact } = await client.getConversation({ conversationId: conversation.id });
      assert.equal(contact.addresses[0]?.value, "+33639980017");
      const nowhere = { address: { kind: "phone", value: "12" } as const, name: null };
      await assert.rejects(start(hotel.guest(), { to: nowhere }), /contact.address_invalid/);
      const email = { address: { kind: "email", value: "ada@example.com" } as const, name: null };
      await assert.rejects(start(hotel.guest(), { to: email }), /contact.address_invalid/);
    });

    test("leaves a guest their name", async () => {
      const guest = hotel.guest();
      await start(guest);
      const to = { address: { kind: "phone", value: guest.number } as const, name: "Somebody" };
      const { conversation } = await start(guest, { to });
      assert.equal(conversation.title, "Ada Nguyen");
    });

    test("goes by a channel of the property and by no other", async () => {
      const { hotel: other } = await world.tenant(`House ${randomUUID().slice(0, 8)}`);
      for (const channelId of [other.channelId, randomUUID()]) {
        await assert.rejects(start(hotel.guest(), { channelId }), /resource.not_found/);
      }
    });

    test("that is answered is answered in the same conversation", async () => {
      const guest = hotel.guest();
      const { conversation } = await start(guest);
      await guest.texts("Thank you, we are on our way.");
      const { id, waitingSince } = await hotel.conversationWith(guest);
      assert.equal(id, conversation.id);
      assert.notEqual(waitingSince, null);
    });

    async function start(guest: Guest, given: Partial<Start> = {}) {
      const address = { kind: "phone", value: guest.number } as const;
      const input: Start = {
        propertyId: hotel.propertyId,
        messageId: randomUUID(),
        to: { address, name: "Ada Nguyen" },
        channelId: hotel.channelId,
        text: "Your room is ready.",
        consent: "asked_in_person",
        ...given,
      };
      return (await hotel.agent().client()).start(input);
    }

    async function newContact(value: string) {
      const { propertyId } = hotel;
      const { contact } = await (await hotel.agent().client()).createContact({
        propertyId,
        contactId: randomUUID(),
        name: "Ben Okafor",
        addresses: [{ kind: "phone", value }],
      });
      const [address] = contact.addresses;
      assert.ok(address);
      return { contactId: contact.id, addressId: address.id };
    }
  });
}
