import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Contact } from "@foyer/contract";
import { primaryStores } from "../engines.ts";
import { ConnectedHotel } from "../recorded-twilio/connected-hotel.ts";
import type { Guest } from "../world/guest.ts";

const minuteMs = 60_000;

for (const engine of primaryStores()) {
  describe(`whom an answer goes to, on ${engine.name}`, () => {
    let connected: ConnectedHotel;

    before(async () => {
      connected = await ConnectedHotel.open(engine);
    });
    after(() => connected.close());

    test("is the number that it was written to, though the guest has used another since", async () => {
      const { world, hotel, twilio } = connected;
      const guest = await connected.guestWhoAsked();
      const second = await withSecondNumber(guest);
      twilio.fail("rate_limited");
      await hotel.reply(guest, "The door opens with 99.");
      await world.settle();
      await says(second, "This is my wife's phone.");
      await world.advance(minuteMs);
      assert.equal(twilio.sentTo(guest.number).length, 1);
      assert.equal(twilio.sentTo(second).length, 0);
      await hotel.reply(guest, "Good to know.");
      await world.settle();
      assert.equal(twilio.sentTo(second).length, 1, "the next one follows the guest");
    });

    test("is where it is looked for when nobody saw it taken", async () => {
      const { world, hotel, twilio } = connected;
      const guest = await connected.guestWhoAsked();
      const second = await withSecondNumber(guest);
      twilio.fail("answer_lost");
      await hotel.reply(guest, "Until ten tonight.");
      await world.settle();
      await says(second, "This is my other phone.");
      await world.advance(5 * minuteMs);
      assert.equal((await connected.lastAnswer(guest)).state, "sent");
      assert.equal(twilio.sentTo(guest.number).length, 1);
    });

    test("is who said STOP where the provider says that somebody did", async () => {
      const { world, twilio } = connected;
      const guest = await connected.guestWhoAsked();
      const message = await connected.answer(guest);
      assert.ok(message);
      const second = await withSecondNumber(guest);
      await says(second, "This is my other phone.");
      await twilio.report(message, "failed", 21610);
      await world.settle();
      const { addresses } = await contactOf(guest);
      assert.deepEqual(
        addresses.map(({ value, consent }) => [value, consent.state]),
        [
          [guest.number, "opted_out"],
          [second, "opted_in"],
        ],
      );
    });

    test("waits for nothing after a late failure, once they have said STOP", async () => {
      const { world, hotel, twilio } = connected;
      const guest = await connected.guestWhoAsked();
      const message = await connected.answer(guest);
      assert.ok(message);
      await says(guest.number, "STOP");
      const client = await hotel.agent().client();
      await client.close({ conversationId: (await hotel.conversationWith(guest)).id });
      await twilio.report(message, "undelivered", 30003);
      await world.settle();
      const { state, waitingSince } = await hotel.conversationWith(guest);
      assert.deepEqual([state, waitingSince], ["closed", null]);
    });

    async function contactOf(guest: Guest): Promise<Contact> {
      const { hotel } = connected;
      const { id: conversationId } = await hotel.conversationWith(guest);
      return (await (await hotel.agent().client()).getConversation({ conversationId })).contact;
    }

    async function withSecondNumber(guest: Guest): Promise<string> {
      const { world, hotel } = connected;
      const { id: contactId } = await contactOf(guest);
      const value = world.freeNumber();
      const client = await hotel.agent().client();
      const { propertyId } = hotel;
      await client.addContactAddress({ propertyId, contactId, kind: "phone", value });
      return value;
    }

    async function says(number: string, text: string): Promise<void> {
      const { world, twilio } = connected;
      world.log.keepOut(text);
      await twilio.text(number, connected.number.number, text);
      await world.settle();
    }
  });
}
