import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Message, TimelineEntry } from "@foyer/contract";
import { primaryStores } from "../engines.ts";
import type { Guest } from "../world/guest.ts";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";

const minuteMs = 60_000;

for (const engine of primaryStores()) {
  describe(`an answer on its way to the guest, on ${engine.name}`, () => {
    let world: World;
    let hotel: Hotel;

    before(async () => {
      world = await World.open({ engine });
      ({ hotel } = await world.tenant("Aurora"));
    });
    after(() => world.close());

    test("is queued, then sent, delivered and read", async () => {
      const guest = await guestWhoAsked();
      const written = await hotel.reply(guest, "Until ten tonight.");
      assert.equal(written.state, "queued");
      await world.settle();
      assert.equal((await lastAnswer(guest)).state, "delivered");
      await guest.reads();
      assert.equal((await lastAnswer(guest)).state, "read");
      assert.deepEqual(guest.received, ["Until ten tonight."]);
    });

    test("is found again, never sent twice, when the carrier took it and did not say so", async () => {
      const guest = await guestWhoAsked();
      world.carrier.failNext("accept_then_drop");
      await hotel.reply(guest, "Until ten tonight.");
      await world.advance(minuteMs);
      assert.equal((await lastAnswer(guest)).state, "delivered");
      assert.deepEqual(guest.received, ["Until ten tonight."]);
      assert.equal(sentTo(guest), 1);
    });

    test("stays uncertain, in sight, when nobody knows whether the carrier took it", async () => {
      const guest = await guestWhoAsked();
      world.carrier.failNext("refuse");
      await hotel.reply(guest, "Until ten tonight.");
      await world.advance(60 * minuteMs);
      assert.equal((await lastAnswer(guest)).state, "uncertain");
      assert.equal(sentTo(guest), 0, "an uncertain message was sent again");
    });

    test("stays uncertain after an error of the carrier's own, too", async () => {
      const guest = await guestWhoAsked();
      world.carrier.failNext("error");
      await hotel.reply(guest, "Until ten tonight.");
      await world.advance(60 * minuteMs);
      assert.equal((await lastAnswer(guest)).state, "uncertain");
      assert.equal(sentTo(guest), 0);
    });

    test("is looked up when the carrier goes silent: one kept, one never taken", async () => {
      const [kept, lost] = [await guestWhoAsked(), await guestWhoAsked()];
      world.carrier.failNext("timeout");
      await hotel.reply(kept, "Until ten tonight.");
      await becomes(kept, "delivered");
      world.carrier.failNext("hang");
      await hotel.reply(lost, "Until ten tonight.");
      await becomes(lost, "sending");
      // The line dies with both requests unanswered, and comes back.
      await world.carrierLine.down();
      await world.settle();
      const states = [(await lastAnswer(kept)).state, (await lastAnswer(lost)).state];
      assert.deepEqual(states, ["delivered", "uncertain"]);
      await world.carrierLine.up();
      await world.advance(minuteMs);
      assert.deepEqual([sentTo(kept), sentTo(lost)], [1, 0]);
      assert.equal((await lastAnswer(lost)).state, "uncertain");
    });

    test("waits while the carrier is down, and leaves later in the order written", async () => {
      const guest = await guestWhoAsked();
      await world.carrierLine.down();
      const texts = ["One moment.", "I have asked the kitchen.", "They stay open until ten."];
      for (const text of texts) await hotel.reply(guest, text);
      await world.advance(minuteMs);
      assert.deepEqual(await answerStates(guest), ["queued", "queued", "queued"]);
      await world.carrierLine.up();
      await world.advance(20 * minuteMs);
      assert.deepEqual(guest.received, texts);
      assert.deepEqual(await answerStates(guest), ["delivered", "delivered", "delivered"]);
    });

    test("does not overtake one before it that was not taken yet", async () => {
      const guest = await guestWhoAsked();
      world.carrier.failNext("rate_limit");
      await hotel.reply(guest, "One moment.");
      await world.settle();
      await hotel.reply(guest, "They stay open until ten.");
      await world.settle();
      assert.deepEqual(guest.received, []);
      await world.advance(minuteMs);
      assert.deepEqual(guest.received, ["One moment.", "They stay open until ten."]);
    });

    test("is tried again when the carrier says that it is too much", async () => {
      const guest = await guestWhoAsked();
      world.carrier.failNext("rate_limit", 2);
      await hotel.reply(guest, "Until ten tonight.");
      await world.advance(minuteMs);
      assert.deepEqual(guest.received, ["Until ten tonight."]);
    });

    test("fails when it is refused, and the guest waits again", async () => {
      const guest = await guestWhoAsked();
      world.carrier.failNext("blocked");
      await hotel.reply(guest, "Until ten tonight.");
      assert.equal((await hotel.conversationWith(guest)).waitingSince, null);
      await world.settle();
      const answer = await lastAnswer(guest);
      assert.deepEqual([answer.state, answer.failure], ["failed", "blocked_by_recipient"]);
      assert.notEqual((await hotel.conversationWith(guest)).waitingSince, null);
    });

    test("fails when the phone cannot be reached, and the guest waits again", async () => {
      const guest = await guestWhoAsked();
      world.carrier.switchPhone(guest.number, { refuses: "unreachable" });
      await hotel.reply(guest, "Until ten tonight.");
      await world.settle();
      const answer = await lastAnswer(guest);
      assert.deepEqual([answer.state, answer.failure], ["failed", "unreachable"]);
      assert.notEqual((await hotel.conversationWith(guest)).waitingSince, null);
    });

    test("only moves forward when its reports come in reverse", async () => {
      const guest = await guestWhoAsked();
      world.carrier.failNext("statuses_out_of_order");
      await hotel.reply(guest, "Until ten tonight.");
      await world.settle();
      assert.equal((await lastAnswer(guest)).state, "delivered");
    });

    test("ends the same whatever the order in which reports come, and how often", async () => {
      const orders = [
        ["read", "delivered", "sent"],
        ["sent", "sent", "read", "delivered", "read"],
        ["failed", "sent", "delivered", "read", "failed"],
      ];
      for (const order of orders) {
        const guest = await guestWhoAsked();
        const message = await hotel.reply(guest, "Until ten tonight.");
        await world.settle();
        for (const [index, status] of order.entries()) {
          assert.equal((await report(message, status, index)).status, 200);
        }
        assert.equal((await lastAnswer(guest)).state, "read", order.join(", "));
      }
    });

    test("is told again by nobody: the same report twice changes no version", async () => {
      const guest = await guestWhoAsked();
      const message = await hotel.reply(guest, "Until ten tonight.");
      await world.settle();
      await report(message, "read", 1);
      const before = await lastAnswer(guest);
      await report(message, "read", 2);
      await report(message, "delivered", 3);
      assert.deepEqual(await lastAnswer(guest), before);
    });

    async function guestWhoAsked(): Promise<Guest> {
      const guest = hotel.guest();
      await guest.texts("Is the pool still open tonight?");
      return guest;
    }

    /** Asks until the answer is in a state; the clock stands still meanwhile. */
    async function becomes(guest: Guest, state: Message["state"]): Promise<void> {
      for (let asked = 0; (await lastAnswer(guest)).state !== state; asked += 1) {
        assert.ok(asked < 2_000, `the answer did not become ${state}`);
      }
    }

    function report(message: Message, status: string, index: number) {
      const { id: reference } = message;
      const body = {
        type: "message.status",
        id: `report ${reference} ${index}`,
        reference,
        status,
      };
      return hotel.post({ kind: "status", body: JSON.stringify({ ...body, at: 0 }) });
    }

    function sentTo(guest: Guest): number {
      return world.carrier.sent.filter(({ to }) => to === guest.number).length;
    }

    async function answers(guest: Guest): Promise<Message[]> {
      return (await hotel.timelineWith(guest)).filter(isAnswer);
    }

    async function answerStates(guest: Guest) {
      return (await answers(guest)).map(({ state }) => state);
    }

    async function lastAnswer(guest: Guest): Promise<Message> {
      const last = (await answers(guest)).at(-1);
      assert.ok(last);
      return last;
    }
  });
}

function isAnswer(entry: TimelineEntry): entry is Message {
  return entry.kind === "message" && entry.direction === "outbound";
}
