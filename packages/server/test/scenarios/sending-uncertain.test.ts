import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { primaryStores } from "../engines.ts";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";
import { answersTo, guestWhoAsked, lastAnswerTo, report, sentTo } from "./answers.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const lookUpsMax = 5;
/** So often a message is tried before it is given up. */
const attemptsMax = 20;

for (const engine of primaryStores()) {
  describe(`an answer whose sending nobody saw the end of, on ${engine.name}`, () => {
    let world: World;
    let hotel: Hotel;
    let lookUps = 0;

    before(async () => {
      world = await World.open({ engine });
      ({ hotel } = await world.tenant("Aurora"));
      const { carrier } = world;
      const lookUp = carrier.lookUp.bind(carrier);
      carrier.lookUp = (...asked) => {
        lookUps += 1;
        return lookUp(...asked);
      };
    });
    after(() => world.close());

    test("is looked up five times, and then left to people", async () => {
      assert.equal(await lookUpsAfter(0), lookUpsMax);
    });

    test("is looked up five times though it was refused six times before", async () => {
      assert.equal(await lookUpsAfter(6), lookUpsMax);
    });

    test("is looked up five times though it was sent at its last attempt", async () => {
      assert.equal(await lookUpsAfter(attemptsMax - 1), lookUpsMax);
    });

    test("is looked up though the process that sent it died", async () => {
      const guest = await guestWhoAsked(hotel);
      world.carrier.failNext("accept_then_drop");
      world.intercept((statement, run) => {
        // Whatever the process wanted to write after it sent the message, it never did.
        const isLost = statement === "entry.move" && sentTo(world, guest) > 0;
        return isLost ? Promise.reject(new Error("the process died")) : run();
      });
      await hotel.reply(guest, "Until ten tonight.");
      await world.settle();
      world.intercept(undefined);
      // Its reports came meanwhile; they were kept, and are read when there is somebody again.
      assert.ok(world.log.takeErrors("delivery.not_processed").length > 0);
      assert.equal((await lastAnswerTo(guest)).state, "sending");
      await world.advance(minuteMs);
      assert.equal((await lastAnswerTo(guest)).state, "delivered");
      assert.equal(sentTo(world, guest), 1);
    });

    test("is looked up no more once the carrier has reported what became of it", async () => {
      const guest = await guestWhoAsked(hotel);
      world.carrier.failNext("refuse");
      const message = await hotel.reply(guest, "Until ten tonight.");
      await world.settle();
      assert.equal((await lastAnswerTo(guest)).state, "uncertain");
      lookUps = 0;
      await report(guest, message, "delivered", 1);
      await world.advance(hourMs);
      assert.equal(lookUps, 0);
      assert.equal((await lastAnswerTo(guest)).state, "delivered");
    });

    test("keeps nobody who wrote after it waiting", async () => {
      const guest = await guestWhoAsked(hotel);
      world.carrier.failNext("refuse");
      await hotel.reply(guest, "One moment.");
      await hotel.reply(guest, "Until ten tonight.");
      await world.settle();
      assert.deepEqual(guest.received, ["Until ten tonight."]);
      const states = (await answersTo(guest)).map(({ state }) => state);
      assert.deepEqual(states, ["uncertain", "delivered"]);
    });

    /** How often a message is looked up that was refused so often before it was lost. */
    async function lookUpsAfter(refusals: number): Promise<number> {
      const guest = await guestWhoAsked(hotel);
      lookUps = 0;
      world.carrier.failNext("rate_limit", refusals);
      world.carrier.failNext("refuse");
      await hotel.reply(guest, "Until ten tonight.");
      await world.advance(6 * hourMs);
      assert.equal((await lastAnswerTo(guest)).state, "uncertain");
      assert.equal(sentTo(world, guest), 0, "an uncertain message was sent again");
      return lookUps;
    }
  });
}
