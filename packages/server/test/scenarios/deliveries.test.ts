import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { Delivery } from "@foyer/contract";
import type { Guest } from "../world/guest.ts";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";

const minuteMs = 60_000;

describe("what a provider brings", () => {
  let world: World;
  let hotel: Hotel;

  before(async () => {
    world = await World.open();
    ({ hotel } = await world.tenant("Aurora"));
  });
  after(() => world.close());

  test("counts once, however often it is brought", async () => {
    const guest = hotel.guest();
    const body = JSON.stringify(hotel.received(guest, "Only once, please."));
    const answers = await Promise.all(Array.from({ length: 5 }, () => hotel.post({ body })));
    assert.ok(answers.every(({ status }) => status === 200));
    await hotel.post({ body });
    await world.settle();
    const entries = await hotel.timelineWith(guest);
    assert.equal(entries.length, 1);
    const { version, lastPosition } = await hotel.conversationWith(guest);
    assert.deepEqual([version, lastPosition], [2, 1]);
  });

  test("counts once when the carrier itself posts it twice", async () => {
    const guest = hotel.guest();
    world.carrier.failNext("duplicate_delivery");
    await guest.texts("Only once, please.");
    assert.equal((await hotel.timelineWith(guest)).length, 1);
  });

  test("stands in the order in which it came, with the time at which it was said", async () => {
    const guest = hotel.guest();
    const saidAt = world.clock.now();
    const late = { ...hotel.received(guest, "Said first"), sentAt: saidAt - minuteMs };
    await hotel.post({ body: JSON.stringify(hotel.received(guest, "Said second")) });
    await hotel.post({ body: JSON.stringify(late) });
    const entries = await hotel.timelineWith(guest);
    assert.deepEqual(
      entries.map((entry) => entry.kind === "message" && entry.text),
      ["Said second", "Said first"],
    );
    assert.equal(entries[1]?.occurredAt, new Date(saidAt - minuteMs).toISOString());
  });

  const unreadable: Readonly<Record<string, () => readonly [body: string, failure: string]>> = {
    "from a sender that is no address": () => [
      JSON.stringify({ ...hotel.received(hotel.guest(), "Win a cruise"), from: "PROMO" }),
      "sender_not_an_address",
    ],
    "from a number that cannot exist": () => [
      JSON.stringify({ ...hotel.received(hotel.guest(), "Hello"), from: "+999123" }),
      "sender_not_an_address",
    ],
    "in broken JSON": () => ['{"type":"message.received","id":', "malformed"],
    "that is no text at all": () => ["\u0000\u0001\u0002 nothing", "malformed"],
    "without what it should have": () => ['{"type":"message.received"}', "malformed"],
    "of a kind that nobody knows": () => ['{"type":"message.unsent","id":"1"}', "malformed"],
    "with a text beyond all bounds": () => [
      JSON.stringify(hotel.received(hotel.guest(), "x".repeat(100_001))),
      "text_too_long",
    ],
  };
  for (const [what, given] of Object.entries(unreadable)) {
    test(`${what} is kept, listed, and can be tried again`, async () => {
      const [body, failure] = given();
      const answer = await hotel.post({ body });
      assert.equal(answer.status, 200, "the provider was not told that it is safe here");
      const delivery = await newestFailed();
      assert.equal(delivery.failure, failure);
      assert.equal(delivery.bytes, Buffer.byteLength(body));
      await hotel.post({ body });
      assert.equal((await newestFailed()).id, delivery.id, "the same bytes were kept twice");
      const client = await hotel.agent("supervisor").client();
      const replayed = await client.replayDelivery({ deliveryId: delivery.id });
      assert.equal(replayed.delivery.state, "failed");
      assert.equal(replayed.delivery.attempts, delivery.attempts + 1);
    });
  }

  test("that nobody will ever understand is tried once, and then by people only", async () => {
    await hotel.post({ body: `{"type":"message.received","id":"${randomUUID()}"` });
    const delivery = await newestFailed();
    await world.advance(60 * minuteMs);
    assert.deepEqual(await newestFailed(), delivery);
    assert.equal(delivery.attempts, 1);
  });

  test("that could not be processed by a mistake of ours is not lost: it is tried again", async () => {
    const guest = hotel.guest();
    await whileEntriesFail(async () => {
      const body = JSON.stringify(hotel.received(guest, "My room is flooded"));
      assert.equal((await hotel.post({ body })).status, 200);
      assert.equal((await newestFailed()).failure, "processing_failed");
      assert.equal(await hotel.findConversation(guest), undefined, "half of it was written");
    });
    await world.advance(minuteMs);
    const entries = await hotel.timelineWith(guest);
    assert.equal(entries.length, 1);
  });

  test("that could not be processed is processed once when a person says so", async () => {
    const guest = hotel.guest();
    let deliveryId = "";
    await whileEntriesFail(async () => {
      await hotel.post({ body: JSON.stringify(hotel.received(guest, "My room is flooded")) });
      deliveryId = (await newestFailed()).id;
    });
    const client = await hotel.agent("supervisor").client();
    const { delivery } = await client.replayDelivery({ deliveryId });
    assert.deepEqual([delivery.state, delivery.failure], ["processed", null]);
    await assert.rejects(client.replayDelivery({ deliveryId }), /delivery.not_replayable/);
    await world.advance(60 * minuteMs);
    assert.equal((await hotel.timelineWith(guest)).length, 1);
  });

  test("about a message that nobody was given yet moves nothing, and is kept until it can", async () => {
    const guest = hotel.guest();
    await guest.texts("Are you open?");
    const messageId = randomUUID();
    const report = { type: "message.status", id: "early", reference: messageId, status: "read" };
    assert.equal((await hotel.post({ kind: "status", body: JSON.stringify(report) })).status, 200);
    assert.equal((await newestFailed()).failure, "message_unknown");
    const { id: conversationId } = await hotel.conversationWith(guest);
    const client = await hotel.agent().client();
    await client.reply({ conversationId, messageId, text: "All night." });
    await world.settle();
    assert.equal(await stateOf(guest, messageId), "delivered");
    await world.advance(minuteMs);
    assert.equal(await stateOf(guest, messageId), "read");
  });

  test("about a message that has not left yet says nothing about it: it still leaves", async () => {
    const guest = hotel.guest();
    await guest.texts("Are you open?");
    await world.carrierLine.down();
    const { id: reference } = await hotel.reply(guest, "All night.");
    await world.settle();
    const report = { type: "message.status", id: "too early", reference, status: "delivered" };
    await hotel.post({ kind: "status", body: JSON.stringify(report) });
    assert.equal(await stateOf(guest, reference), "queued");
    await world.carrierLine.up();
    await world.advance(20 * minuteMs);
    assert.deepEqual(guest.received, ["All night."]);
    assert.equal(await stateOf(guest, reference), "delivered");
  });

  const forged: Readonly<Record<string, () => Parameters<Hotel["post"]>[0]>> = {
    "signed with another key": () => ({ body: text(), secret: "not the secret" }),
    "not signed": () => ({ body: text(), headers: { "x-carrier-signature": "" } }),
    "with a signature of another length": () => ({
      body: text(),
      headers: { "x-carrier-signature": "v1=00" },
    }),
    "signed too long ago": () => ({ body: text(), timestamp: seconds() - 301 }),
    "signed in the future": () => ({ body: text(), timestamp: seconds() + 301 }),
    "with a time that is none": () => ({
      body: text(),
      headers: { "x-carrier-timestamp": "yesterday" },
    }),
    "with an older signature's time made new": () => ({
      body: text(),
      timestamp: seconds() - 400,
      headers: { "x-carrier-timestamp": String(seconds()) },
    }),
  };
  for (const [what, given] of Object.entries(forged)) {
    test(`${what} is refused, and nothing of it is kept`, async () => {
      const before = await world.peek("select count(*) as rows_kept from delivery");
      const answer = await hotel.post(given());
      assert.equal(answer.status, 401);
      assert.equal(((await answer.json()) as { code: string }).code, "delivery.not_signed");
      assert.deepEqual(await world.peek("select count(*) as rows_kept from delivery"), before);
    });
  }

  test("whose body was altered on the way is refused", async () => {
    const body = text();
    const timestamp = seconds();
    const { signDelivery } = await import("@foyer/simulator");
    const signature = signDelivery(hotel.line.signingSecret, timestamp, body);
    const headers = { "x-carrier-signature": signature };
    const altered = body.replace("Hello", "Hullo");
    assert.equal((await hotel.post({ body: altered, timestamp, headers })).status, 401);
    assert.equal((await hotel.post({ body, timestamp, headers })).status, 200);
  });

  test("to a channel that nobody has is refused like any unknown address", async () => {
    const answer = await hotel.post({ body: text(), channelKey: "A".repeat(32) });
    assert.equal(answer.status, 404);
  });

  test("signed by another tenant's carrier is refused", async () => {
    const other = (await world.tenant("Borealis")).hotel;
    const { signingSecret: secret } = other.line;
    assert.equal((await hotel.post({ body: text(), secret })).status, 401);
  });

  test("that is too large is refused before it is read", async () => {
    const answer = await hotel.post({ body: "x".repeat(1_048_577) });
    assert.equal(answer.status, 413);
  });

  test("of whatever media type is taken for its bytes", async () => {
    const guest = hotel.guest();
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/xml"]) {
      const body = JSON.stringify(hotel.received(guest, `As ${type}`));
      const answer = await hotel.post({ body, headers: { "content-type": type } });
      assert.equal(answer.status, 200, type);
    }
    assert.equal((await hotel.timelineWith(guest)).length, 3);
  });

  test("is dropped when it is past its time, and only then", async () => {
    const { tidy } = await import("../../src/main/housekeeping.ts");
    const kept = await world.peek("select count(*) as count from delivery");
    await tidy(world.assembly);
    assert.deepEqual(await world.peek("select count(*) as count from delivery"), kept);
    await world.advance(31 * 24 * 60 * minuteMs);
    await tidy(world.assembly);
    const [left] = await world.peek("select count(*) as count from delivery");
    assert.equal(left?.["count"], 0);
  });

  function text(): string {
    return JSON.stringify(hotel.received(hotel.guest(), "Hello there"));
  }

  function seconds(): number {
    return Math.floor(world.clock.now() / 1000);
  }

  async function stateOf(guest: Guest, messageId: string) {
    const entry = (await hotel.timelineWith(guest)).find(({ id }) => id === messageId);
    return entry?.kind === "message" ? entry.state : undefined;
  }

  async function newestFailed(): Promise<Delivery> {
    const client = await hotel.agent("supervisor").client();
    const { propertyId } = hotel;
    const { items } = await client.listDeliveries({ propertyId, state: "failed" });
    assert.ok(items[0], "nothing is listed as received and not processed");
    return items[0];
  }

  /** Something of ours breaks after the conversation was made: the entry cannot be written. */
  async function whileEntriesFail(work: () => Promise<void>): Promise<void> {
    world.intercept(async (statement, run) => {
      if (statement === "entry.insert") throw new TypeError("broken for the test");
      return run();
    });
    try {
      await work();
    } finally {
      world.intercept(undefined);
    }
    assert.ok(world.log.takeErrors("delivery.not_processed").length > 0);
  }
});
