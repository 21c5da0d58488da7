import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { Client } from "@foyer/client";
import type { View } from "@foyer/contract";
import { primaryStores } from "../engines.ts";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";
import { guestWhoAsked } from "./answers.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

for (const engine of primaryStores()) {
  describe(`how a property stands now, on ${engine.name}`, () => {
    let world: World;

    before(async () => {
      world = await World.open({ engine });
    });
    after(() => world.close());

    test("says how many wait, who waits longest and since when", async () => {
      const { hotel, now } = await house();
      assert.partialDeepStrictEqual(await now(), nobodyWaits);
      const first = await guestWhoAsked(hotel);
      const { waitingSince, id } = await hotel.conversationWith(first);
      await world.advance(minuteMs);
      const second = await guestWhoAsked(hotel);
      const two = { waiting: 2, longestWaitingSince: waitingSince, longestWaitingId: id };
      assert.partialDeepStrictEqual(await now(), two);
      await hotel.reply(first, "Until ten tonight.");
      const { id: longestWaitingId } = await hotel.conversationWith(second);
      assert.partialDeepStrictEqual(await now(), { waiting: 1, longestWaitingId });
    });

    test("says how long first answers took, each counted from the first unanswered text", async () => {
      const { hotel, now } = await house();
      for (const minutes of [1, 2, 9]) {
        const guest = await guestWhoAsked(hotel);
        await world.advance(minuteMs);
        await guest.texts("Hello?");
        await world.advance((minutes - 1) * minuteMs);
        await hotel.reply(guest, "Until ten tonight.");
        await world.advance(hourMs);
        await hotel.reply(guest, "And the sauna, too.");
      }
      const { firstAnswerMedianMs, answeredToday } = await now();
      assert.deepEqual([firstAnswerMedianMs, answeredToday], [2 * minuteMs, 3]);
    });

    test("counts an answer that failed when the guest got the next one", async () => {
      const { hotel, now } = await house();
      const guest = await guestWhoAsked(hotel);
      await world.advance(minuteMs);
      world.carrier.failNext("blocked");
      await hotel.reply(guest, "Until ten tonight.");
      await world.advance(4 * minuteMs);
      assert.deepEqual((await now()).answeredToday, 0);
      await hotel.reply(guest, "Until ten tonight.");
      await world.settle();
      const { firstAnswerMedianMs, answeredToday } = await now();
      assert.deepEqual([firstAnswerMedianMs, answeredToday], [5 * minuteMs, 1]);
    });

    test("counts nothing that needed no answer, nor what the house said first", async () => {
      const { hotel, now } = await house();
      const guest = await guestWhoAsked(hotel);
      const { id: conversationId } = await hotel.conversationWith(guest);
      await (await hotel.agent().client()).noAnswerNeeded({ conversationId });
      await hotel.reply(guest, "By the way, the pool is open.");
      assert.deepEqual((await now()).answeredToday, 0);
    });

    test("begins anew at the property's midnight", async () => {
      const { hotel, now } = await house();
      const guest = await guestWhoAsked(hotel);
      await hotel.reply(guest, "Until ten tonight.");
      await world.settle();
      assert.equal((await now()).answeredToday, 1);
      // Paris is an hour ahead in winter: its day ends at 23:00 UTC.
      const midnight = new Date(world.clock.now()).setUTCHours(23, 0, 0, 0);
      await untilInstant(midnight - 1);
      assert.equal((await now()).answeredToday, 1);
      await untilInstant(midnight);
      const { firstAnswerMedianMs, answeredToday } = await now();
      assert.deepEqual([firstAnswerMedianMs, answeredToday], [null, 0]);
    });

    test("says who is signed in, and what everybody holds", async () => {
      const { hotel, now } = await house();
      const [held, waiting] = [await guestWhoAsked(hotel), await guestWhoAsked(hotel)];
      await hotel.reply(held, "Until ten tonight.");
      await hotel.reply(waiting, "One moment.");
      await waiting.texts("Hello?");
      const agentId = hotel.agent().id;
      const of = async (id: string) => (await now()).agents.find((one) => one.agentId === id);
      assert.deepEqual(await of(agentId), { agentId, isSignedIn: true, open: 2, waiting: 1 });
      await (await hotel.agent().client()).signOut({});
      assert.partialDeepStrictEqual(await of(agentId), { isSignedIn: false, open: 2 });
      const nobody = {
        agentId: hotel.agent("read_only").id,
        isSignedIn: false,
        open: 0,
        waiting: 0,
      };
      assert.deepEqual(await of(nobody.agentId), nobody);
      await hotel.agent().signIn();
    });

    test("opens the list behind each figure", async () => {
      const { hotel, now, list } = await house();
      const [answered, closed, waiting] = [
        await guestWhoAsked(hotel),
        await guestWhoAsked(hotel),
        await guestWhoAsked(hotel),
      ];
      for (const guest of [answered, closed]) await hotel.reply(guest, "Until ten tonight.");
      const { id: conversationId } = await hotel.conversationWith(closed);
      await (await hotel.agent().client()).close({ conversationId });
      const figures = await now();
      assert.equal((await list("waiting")).length, figures.waiting);
      assert.deepEqual(await list("waiting"), [(await hotel.conversationWith(waiting)).id]);
      assert.equal((await list("answered_today")).length, figures.answeredToday);
      const agentId = hotel.agent().id;
      assert.deepEqual(await list("agent", { agentId }), [
        (await hotel.conversationWith(answered)).id,
      ]);
      await assert.rejects(list("agent"), /resource.not_found/);
    });

    const nobodyWaits = {
      waiting: 0,
      longestWaitingSince: null,
      longestWaitingId: null,
      firstAnswerMedianMs: null,
      answeredToday: 0,
    };

    async function untilInstant(instant: number): Promise<void> {
      await world.advance(instant - world.clock.now());
    }

    async function house() {
      const { hotel } = await world.tenant(`House ${randomUUID().slice(0, 8)}`);
      const { propertyId } = hotel;
      const asking = (): Promise<Client> => hotel.agent("supervisor").signIn();
      const now = async () => (await asking()).getNow({ propertyId });
      const list = async (view: View, given: { agentId?: string } = {}) => {
        const { items } = await (await asking()).listConversations({ propertyId, view, ...given });
        return items.map(({ id }) => id);
      };
      return { hotel: hotel as Hotel, now, list };
    }
  });
}
