import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { primaryStores } from "../engines.ts";
import type { Guest } from "../world/guest.ts";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";
import { answersTo, guestWhoAsked, lastAnswerTo, report, storyOf, waitOf } from "./answers.ts";

const minuteMs = 60_000;

for (const engine of primaryStores()) {
  describe(`an answer that failed, on ${engine.name}`, () => {
    let world: World;
    let hotel: Hotel;

    before(async () => {
      world = await World.open({ engine });
      ({ hotel } = await world.tenant("Aurora"));
    });
    after(() => world.close());

    test("makes the guest wait as if nothing had been said", async () => {
      const guest = await guestWhoAsked(hotel);
      const since = await waitOf(guest);
      await failTo(guest, "Until ten tonight.");
      assert.equal(await waitOf(guest), since);
    });

    test("behind one that arrived makes the guest wait from then on", async () => {
      const guest = await guestWhoAsked(hotel);
      await hotel.reply(guest, "Until ten tonight.");
      await world.advance(minuteMs);
      await failTo(guest, "And the sauna, too.");
      assert.equal(await waitOf(guest), new Date(world.clock.now()).toISOString());
    });

    test("brings a conversation back that was closed meanwhile", async () => {
      const guest = await guestWhoAsked(hotel);
      await world.carrierLine.down();
      await hotel.reply(guest, "Until ten tonight.");
      const { id: conversationId } = await hotel.conversationWith(guest);
      await (await hotel.agent().client()).close({ conversationId });
      world.carrier.failNext("blocked");
      await world.carrierLine.up();
      await world.advance(minuteMs);
      const { state, waitingSince } = await hotel.conversationWith(guest);
      assert.equal(state, "open");
      assert.notEqual(waitingSince, null);
      assert.equal((await storyOf(guest)).at(-1), "reopened");
    });

    test("and arrived after all makes nobody wait", async () => {
      const guest = await guestWhoAsked(hotel);
      const message = await failTo(guest, "Until ten tonight.");
      await report(guest, message, "delivered", 1);
      assert.equal(await waitOf(guest), null);
      assert.equal((await lastAnswerTo(guest)).state, "delivered");
    });

    test("and arrived after all leaves a guest waiting who has written since", async () => {
      const guest = await guestWhoAsked(hotel);
      const since = await waitOf(guest);
      const message = await failTo(guest, "Until ten tonight.");
      await world.advance(minuteMs);
      await guest.texts("Hello?");
      await report(guest, message, "delivered", 1);
      assert.equal(await waitOf(guest), since);
    });

    test("and arrived after all leaves a guest waiting whom another failed to reach", async () => {
      const guest = await guestWhoAsked(hotel);
      const message = await failTo(guest, "Until ten tonight.");
      const other = await failTo(guest, "And the sauna, too.");
      await report(guest, message, "delivered", 1);
      assert.notEqual(await waitOf(guest), null);
      await report(guest, other, "delivered", 1);
      assert.equal(await waitOf(guest), null);
    });

    test("stays where it is when it is said again, and says what said it again", async () => {
      const guest = await guestWhoAsked(hotel);
      const failed = await failTo(guest, "Until ten tonight.");
      const message = await retry(guest, failed.id);
      await world.settle();
      const [first, second] = await answersTo(guest);
      assert.deepEqual([first?.state, first?.retriedBy], ["failed", message.id]);
      assert.deepEqual([second?.state, second?.retriedBy], ["delivered", null]);
      assert.deepEqual(guest.received, ["Until ten tonight."]);
      assert.equal(await waitOf(guest), null);
    });

    test("is said again once, whoever tries it at once, and the same call twice is one", async () => {
      const guest = await guestWhoAsked(hotel);
      const failed = await failTo(guest, "Until ten tonight.");
      const messageId = randomUUID();
      // All have seen that nobody said it again yet before the first of them writes.
      const seen = Promise.withResolvers<void>();
      let looks = 0;
      world.intercept(async (statement, run) => {
        if (statement === "conversation.lock") await seen.promise;
        const outcome = await run();
        if (statement === "contact_address.toText" && ++looks === 4) seen.resolve();
        return outcome;
      });
      const tries = await Promise.allSettled([
        retry(guest, failed.id, messageId),
        retry(guest, failed.id, messageId),
        retry(guest, failed.id),
        retry(guest, failed.id),
      ]);
      world.intercept(undefined);
      await world.settle();
      assert.deepEqual(guest.received, ["Until ten tonight."]);
      const refused = tries.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
      assert.ok(refused.length === 2 || refused.length === 3);
      for (const reason of refused) assert.match(String(reason), /message.not_retryable/);
    });

    test("is said again by nobody who names what did not fail, or what was said elsewhere", async () => {
      const [guest, other] = [await guestWhoAsked(hotel), await guestWhoAsked(hotel)];
      const delivered = await hotel.reply(guest, "Until ten tonight.");
      await world.settle();
      const failedElsewhere = await failTo(other, "Until ten tonight.");
      const [asked] = await hotel.timelineWith(guest);
      assert.ok(asked);
      for (const id of [delivered.id, failedElsewhere.id, asked.id, randomUUID()]) {
        await assert.rejects(retry(guest, id), /message.not_retryable/);
      }
    });

    test("because nobody knows is said again by somebody who decided so", async () => {
      const guest = await guestWhoAsked(hotel);
      world.carrier.failNext("refuse");
      const lost = await hotel.reply(guest, "Until ten tonight.");
      await world.advance(minuteMs);
      assert.equal((await lastAnswerTo(guest)).state, "uncertain");
      await retry(guest, lost.id);
      await world.settle();
      assert.deepEqual(guest.received, ["Until ten tonight."]);
    });

    async function failTo(guest: Guest, text: string) {
      world.carrier.failNext("blocked");
      const message = await hotel.reply(guest, text);
      await world.settle();
      return message;
    }

    async function retry(guest: Guest, retryOf: string, messageId: string = randomUUID()) {
      const { id: conversationId } = await hotel.conversationWith(guest);
      const client = await hotel.agent().client();
      const text = "Until ten tonight.";
      return (await client.reply({ conversationId, messageId, text, retryOf })).message;
    }
  });
}
