import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fakeHotel } from "../test/fake-hotel.ts";
import { manualClock } from "../test/manual-clock.ts";
import { createCarrier } from "./carrier.ts";
import { deliveryTimeoutMs } from "./limits.ts";

const ada = "+13125550117";
const tomas = "+13125550121";
const pace = { sentMs: 0, deliveredMs: 0 };

function setUp() {
  const clock = manualClock();
  const hotel = fakeHotel();
  const carrier = createCarrier({ clock, pace, fetch: hotel.fetch });
  carrier.open(hotel.account);
  const to = hotel.account.number;
  return { clock, hotel, carrier, to };
}

test("a text is delivered again, unchanged and signed anew, until a 2xx", async () => {
  const { clock, hotel, carrier, to } = setUp();
  hotel.answers.push(500, "cut", 302, 401);
  carrier.text(ada, to, "Two more towels please");
  await clock.runUntil(carrier.settle());
  assert.equal(hotel.received.length, 5);
  assert.equal(new Set(hotel.received.map(({ body }) => JSON.stringify(body))).size, 1);
  assert.equal(new Set(hotel.received.map(({ delivery }) => delivery)).size, 5);
  assert.deepEqual(hotel.texts, ["Two more towels please"]);
  assert.equal(carrier.messagesOf(ada)[0]?.state, "delivered");
});

test("redeliveries come at doubling times up to 30 s, and end after 12 tries", async () => {
  const { clock, hotel, carrier, to } = setUp();
  hotel.answers.push(...Array.from({ length: 12 }, () => 503));
  const start = clock.now();
  const at: number[] = [];
  const fetchOnce: typeof fetch = (...request) => {
    at.push(clock.now() - start);
    return hotel.fetch(...request);
  };
  const other = createCarrier({ clock, pace, fetch: fetchOnce });
  other.open(hotel.account);
  other.text(ada, to, "Is the pool open?");
  await clock.runUntil(other.settle());
  const delays = at.slice(1).map((instant, index) => (instant - (at[index] ?? 0)) / 1_000);
  assert.deepEqual(delays, [0.5, 1, 2, 4, 8, 16, 30, 30, 30, 30, 30]);
  assert.equal(other.messagesOf(ada)[0]?.state, "undelivered");
  other.retry(ada, to);
  await clock.runUntil(other.settle());
  assert.deepEqual(hotel.texts, ["Is the pool open?"]);
  carrier.close();
});

test("a hotel that says nothing is tried again after the time limit", async () => {
  const { clock, hotel, carrier, to } = setUp();
  hotel.answers.push("silence");
  carrier.text(ada, to, "Hello");
  await clock.advance(deliveryTimeoutMs - 1);
  assert.equal(carrier.messagesOf(ada)[0]?.state, "sending");
  await clock.advance(1);
  assert.equal(carrier.messagesOf(ada)[0]?.state, "retrying");
  await clock.runUntil(carrier.settle());
  assert.equal(carrier.messagesOf(ada)[0]?.state, "delivered");
});

test("a waiting text goes at once when the guest asks or the account reopens", async () => {
  const { clock, hotel, carrier, to } = setUp();
  const start = clock.now();
  hotel.answers.push(500, 500);
  carrier.text(ada, to, "Hello");
  await clock.advance(0);
  carrier.retry(ada, to);
  await clock.advance(0);
  assert.equal(hotel.received.length, 2);
  carrier.open(hotel.account);
  await clock.advance(0);
  assert.deepEqual(hotel.texts, ["Hello"]);
  assert.equal(clock.now(), start);
});

test("a conversation that fails holds up no other", async () => {
  const { clock, hotel, carrier, to } = setUp();
  hotel.answers.push(500);
  carrier.text(ada, to, "from Ada");
  carrier.text(tomas, to, "from Tomás");
  await clock.advance(0);
  assert.deepEqual(hotel.texts, ["from Tomás"]);
  await clock.runUntil(carrier.settle());
  assert.deepEqual(hotel.texts, ["from Tomás", "from Ada"]);
});

test("one conversation's texts keep their order, each once, whatever fails", async () => {
  const answer = fc.constantFrom<200 | 500 | "cut" | "silence">(200, 200, 500, "cut", "silence");
  const plan = fc.record({
    writers: fc.array(fc.constantFrom(ada, tomas), { maxLength: 12 }),
    answers: fc.array(answer, { maxLength: 10 }),
    duplicates: fc.nat({ max: 3 }),
  });
  const property = fc.asyncProperty(plan, async ({ writers, answers, duplicates }) => {
    const { clock, hotel, carrier, to } = setUp();
    hotel.answers.push(...answers);
    carrier.failNext("duplicate_delivery", duplicates);
    for (const [at, guest] of writers.entries()) {
      carrier.text(guest, to, `${guest} ${at}`);
      if (at % 3 === 0) await clock.advance(300);
    }
    await clock.runUntil(carrier.settle());
    for (const guest of [ada, tomas]) {
      const written = writers.map((writer, at) => `${writer} ${at}`);
      const isOwn = (text: string) => text.startsWith(guest);
      assert.deepEqual(hotel.texts.filter(isOwn), written.filter(isOwn));
    }
  });
  await fc.assert(property, { numRuns: 60 });
});

test("a duplicate delivery has the same message id and another delivery id", async () => {
  const { clock, hotel, carrier, to } = setUp();
  carrier.failNext("duplicate_delivery");
  carrier.text(ada, to, "once");
  carrier.text(ada, to, "after it");
  await clock.runUntil(carrier.settle());
  const [first, second] = hotel.received;
  assert.equal(hotel.received.length, 3);
  assert.deepEqual(first?.body, second?.body);
  assert.notEqual(first?.delivery, second?.delivery);
  assert.deepEqual(hotel.texts, ["once", "after it"]);
});

test("faults by chance are the same for the same seed", async () => {
  const run = async (seed: number) => {
    const clock = manualClock();
    const hotel = fakeHotel();
    const faults = { seed, rates: { duplicate_delivery: 0.5 } };
    const carrier = createCarrier({ clock, pace, fetch: hotel.fetch, faults });
    carrier.open(hotel.account);
    for (let at = 0; at < 20; at += 1) carrier.text(ada, hotel.account.number, String(at));
    await clock.runUntil(carrier.settle());
    return hotel.received.map(({ body }) => ("text" in body ? body.text : ""));
  };
  const first = await run(7);
  assert.ok(first.length > 20 && first.length < 40);
  assert.deepEqual(await run(7), first);
  assert.notDeepEqual(await run(8), first);
});
