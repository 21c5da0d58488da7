import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { primaryStores } from "../engines.ts";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";
import { answersTo, guestWhoAsked } from "./answers.ts";

const minuteMs = 60_000;

for (const engine of primaryStores()) {
  describe(`answers that were written one right after the other, on ${engine.name}`, () => {
    let world: World;
    let hotel: Hotel;

    before(async () => {
      world = await World.open({ engine });
      ({ hotel } = await world.tenant("Aurora"));
    });
    after(() => world.close());

    test("leave in their order, each as soon as the one before it has left", async () => {
      const guest = await guestWhoAsked(hotel);
      const { id: conversationId } = await hotel.conversationWith(guest);
      const client = await hotel.agent().client();
      const texts = Array.from({ length: 10 }, (_, index) => `Answer number ${index}`);
      for (const text of texts) {
        await client.reply({ conversationId, messageId: randomUUID(), text });
      }
      const before = world.clock.now();
      await world.settle();
      assert.equal(world.clock.now(), before);
      assert.deepEqual(guest.received, texts);
    });

    test("leave in their order when one of them fails, and when one has to be tried again", async () => {
      const guest = await guestWhoAsked(hotel);
      world.carrier.failNext("blocked");
      world.carrier.failNext("rate_limit");
      for (const text of ["One.", "Two.", "Three."]) await hotel.reply(guest, text);
      await world.advance(minuteMs);
      assert.deepEqual(guest.received, ["Two.", "Three."]);
      const states = (await answersTo(guest)).map(({ state }) => state);
      assert.deepEqual(states, ["failed", "delivered", "delivered"]);
    });

    test("leave behind one that was given up", async () => {
      const guest = await guestWhoAsked(hotel);
      await world.carrierLine.down();
      await hotel.reply(guest, "One.");
      await world.advance(120 * minuteMs);
      await hotel.reply(guest, "Two.");
      await world.advance(60 * minuteMs);
      const [one, two] = await answersTo(guest);
      assert.equal(one?.failure, "carrier_unavailable");
      assert.equal(two?.state, "queued");
      await world.carrierLine.up();
      await world.advance(20 * minuteMs);
      assert.deepEqual(guest.received, ["Two."]);
    });
  });
}
