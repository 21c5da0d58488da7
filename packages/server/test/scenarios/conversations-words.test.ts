import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { primaryStores } from "../engines.ts";
import type { Guest } from "../world/guest.ts";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";
import { guestWhoAsked, lastAnswerTo, storyOf, waitOf } from "./answers.ts";

const minuteMs = 60_000;

for (const engine of primaryStores()) {
  describe(`a word by which a guest turns texts off and on, on ${engine.name}`, () => {
    let world: World;
    let hotel: Hotel;

    before(async () => {
      world = await World.open({ engine });
      ({ hotel } = await world.tenant("Aurora"));
    });
    after(() => world.close());

    test("STOP is kept, ends the wait, and says in the timeline what it did", async () => {
      const guest = await guestWhoAsked(hotel);
      await guest.texts("STOP");
      const conversation = await hotel.conversationWith(guest);
      assert.deepEqual([conversation.waitingSince, conversation.isOptedOut], [null, true]);
      assert.equal(conversation.isUnread, true);
      assert.deepEqual((await storyOf(guest)).slice(-2), ["inbound message", "opted_out"]);
      assert.equal(await consentOf(guest), "opted_out keyword");
    });

    test("STOP opens no closed conversation, and begins none that anybody sees as open", async () => {
      const guest = await guestWhoAsked(hotel);
      const { id: conversationId } = await hotel.conversationWith(guest);
      await (await hotel.agent().client()).close({ conversationId });
      await guest.texts("Stop.");
      const { state, waitingSince } = await hotel.conversationWith(guest);
      assert.deepEqual([state, waitingSince], ["closed", null]);
      const stranger = hotel.guest();
      await stranger.texts("UNSUBSCRIBE");
      assert.equal((await hotel.conversationWith(stranger)).state, "closed");
      assert.deepEqual(await storyOf(stranger), ["inbound message", "opted_out"]);
    });

    test("STOP twice happens once", async () => {
      const guest = await guestWhoAsked(hotel);
      await guest.texts("STOP");
      await guest.texts("STOPALL");
      const story = await storyOf(guest);
      assert.equal(story.filter((event) => event === "opted_out").length, 1);
    });

    test("STOP is the guest's own, though an agent had opted them out before", async () => {
      const guest = await guestWhoAsked(hotel);
      const client = await hotel.agent().client();
      const { id: conversationId } = await hotel.conversationWith(guest);
      const { contact } = await client.getConversation({ conversationId });
      const addressId = contact.addresses[0]?.id;
      assert.ok(addressId);
      const about = { propertyId: hotel.propertyId, contactId: contact.id, addressId };
      const said = { ...about, ground: "asked_by_phone" } as const;
      await client.setConsent({ ...said, state: "opted_out" });
      await guest.texts("STOP");
      assert.equal(await consentOf(guest), "opted_out keyword");
      await assert.rejects(client.setConsent({ ...said, state: "opted_in" }), /consent.only_guest/);
    });

    test("STOP in a sentence is a sentence", async () => {
      const guest = hotel.guest();
      await guest.texts("Please stop the noise next door");
      const { waitingSince, isOptedOut } = await hotel.conversationWith(guest);
      assert.notEqual(waitingSince, null);
      assert.equal(isOptedOut, false);
    });

    test("START after STOP lets the house text again, and asks nobody for an answer", async () => {
      const guest = await guestWhoAsked(hotel);
      await guest.texts("STOP");
      await guest.texts("START");
      const { waitingSince, isOptedOut } = await hotel.conversationWith(guest);
      assert.deepEqual([waitingSince, isOptedOut], [null, false]);
      assert.deepEqual((await storyOf(guest)).slice(-2), ["inbound message", "opted_in"]);
      await hotel.reply(guest, "Welcome back.");
      await world.settle();
      assert.deepEqual(guest.received, ["Welcome back."]);
    });

    test("YES is START for whoever said STOP, and an answer from anybody else", async () => {
      const [stopped, other] = [await guestWhoAsked(hotel), await guestWhoAsked(hotel)];
      await stopped.texts("STOP");
      await stopped.texts("Yes");
      assert.equal((await hotel.conversationWith(stopped)).isOptedOut, false);
      assert.equal(await waitOf(stopped), null);
      await hotel.reply(other, "Shall we book a table for you?");
      await other.texts("Yes");
      assert.notEqual(await waitOf(other), null);
      assert.equal(await consentOf(other), "opted_in guest_wrote");
    });

    test("HELP is a guest who asks for help, and nobody answers it but people", async () => {
      const guest = hotel.guest();
      await guest.texts("HELP");
      await world.advance(minuteMs);
      assert.notEqual(await waitOf(guest), null);
      assert.deepEqual(await storyOf(guest), ["inbound message"]);
      assert.deepEqual(guest.received, []);
    });

    test("who wrote first may be answered, and that is noted once", async () => {
      const guest = await guestWhoAsked(hotel);
      assert.equal(await consentOf(guest), "opted_in guest_wrote");
      await world.advance(minuteMs);
      const written = () => guest.texts("Hello?");
      const statements = await world.statementsOf(written);
      assert.ok(!statements.some((name) => name.startsWith("consent.")), statements.join(" "));
    });

    test("STOP refuses every answer, with the reason", async () => {
      const guest = await guestWhoAsked(hotel);
      await guest.texts("STOP");
      await assert.rejects(hotel.reply(guest, "Until ten tonight."), /contact.opted_out/);
      assert.deepEqual(guest.received, []);
    });

    test("STOP that comes before an answer has left keeps it from leaving", async () => {
      const guest = await guestWhoAsked(hotel);
      await world.carrierLine.down();
      await hotel.reply(guest, "Until ten tonight.");
      await guest.texts("STOP");
      await world.carrierLine.up();
      await world.advance(10 * minuteMs);
      const answer = await lastAnswerTo(guest);
      assert.deepEqual([answer.state, answer.failure], ["failed", "opted_out"]);
      assert.deepEqual(guest.received, []);
      assert.equal(await waitOf(guest), null);
    });

    test("a guest who is opted out and asks all the same waits for people", async () => {
      const guest = await guestWhoAsked(hotel);
      await guest.texts("STOP");
      await guest.texts("Is my room ready?");
      assert.notEqual(await waitOf(guest), null);
      assert.equal((await hotel.conversationWith(guest)).isOptedOut, true);
    });

    test("what a blocked guest says is kept, and nobody waits", async () => {
      const guest = await guestWhoAsked(hotel);
      await blocks(guest);
      const { waitingSince, isBlocked } = await hotel.conversationWith(guest);
      assert.deepEqual([waitingSince, isBlocked], [null, true]);
      const { id: conversationId } = await hotel.conversationWith(guest);
      await (await hotel.agent().client()).close({ conversationId });
      await guest.texts("Answer me!");
      const conversation = await hotel.conversationWith(guest);
      assert.deepEqual([conversation.state, conversation.waitingSince], ["closed", null]);
      assert.equal(conversation.preview?.text, "Answer me!");
      await assert.rejects(hotel.reply(guest, "No."), /contact.blocked/);
    });

    test("a block that comes before an answer has left keeps it from leaving", async () => {
      const guest = await guestWhoAsked(hotel);
      await world.carrierLine.down();
      await hotel.reply(guest, "Until ten tonight.");
      await blocks(guest);
      await world.carrierLine.up();
      await world.advance(10 * minuteMs);
      const answer = await lastAnswerTo(guest);
      assert.deepEqual([answer.state, answer.failure], ["failed", "blocked"]);
      assert.deepEqual(guest.received, []);
      assert.equal(await waitOf(guest), null);
      assert.equal((await hotel.conversationWith(guest)).isOptedOut, false);
    });

    async function blocks(guest: Guest): Promise<void> {
      const { contactId } = await hotel.conversationWith(guest);
      const { propertyId } = hotel;
      await (await hotel.agent("supervisor").client()).blockContact({ propertyId, contactId });
    }

    async function consentOf(guest: Guest): Promise<string> {
      const { id: conversationId } = await hotel.conversationWith(guest);
      const { contact } = await (await hotel.agent().client()).getConversation({ conversationId });
      const consent = contact.addresses[0]?.consent;
      return `${consent?.state} ${consent?.ground}`;
    }
  });
}
