import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeHotel } from "../test/fake-hotel.ts";
import { manualClock } from "../test/manual-clock.ts";
import { createCarrier } from "./carrier.ts";
import { messagesPerGuestMax } from "./limits.ts";
import { phoneRefusals } from "./protocol.ts";

const ada = "+13125550117";

function setUp() {
  const clock = manualClock();
  const hotel = fakeHotel();
  const guests = [{ number: ada, name: "Ada Nguyen" }];
  const carrier = createCarrier({ clock, guests, fetch: hotel.fetch });
  carrier.open(hotel.account);
  const { account } = hotel;
  const from = account.number;
  let sends = 0;
  const send = (text: string) => {
    sends += 1;
    return carrier.accept(account, { from, to: ada, text, reference: `entry-${sends}` });
  };
  return { clock, hotel, carrier, send, from };
}

test("a message's statuses come as sent, then delivered, with Foyer's reference", async () => {
  const { clock, hotel, carrier, send } = setUp();
  send("Towels are on their way");
  assert.equal(carrier.sent[0]?.status, "queued");
  await clock.runUntil(carrier.settle());
  assert.deepEqual(hotel.statuses, ["sent", "delivered"]);
  for (const { body, url } of hotel.received) {
    assert.equal(url, hotel.account.statusUrl);
    assert.equal("reference" in body && body.reference, "entry-1");
    assert.equal(body.id, carrier.sent[0]?.id);
  }
  assert.equal(carrier.sent[0]?.status, "delivered");
});

test("a message to a phone without signal stays sent until the signal is back", async () => {
  const { clock, hotel, carrier, send } = setUp();
  carrier.switchPhone(ada, { offline: true });
  send("first");
  send("second");
  await clock.runUntil(carrier.settle());
  assert.deepEqual(hotel.statuses, ["sent", "sent"]);
  assert.deepEqual(carrier.snapshot({ guest: ada, hotel: null }).messages, []);
  carrier.switchPhone(ada, { offline: false });
  await clock.runUntil(carrier.settle());
  assert.deepEqual(hotel.statuses, ["sent", "sent", "delivered", "delivered"]);
  const shown = carrier.snapshot({ guest: ada, hotel: null }).messages.map(({ text }) => text);
  assert.deepEqual(shown, ["first", "second"]);
});

test("texts written without signal go out in their order when it is back", async () => {
  const { clock, hotel, carrier, from } = setUp();
  carrier.switchPhone(ada, { offline: true });
  carrier.text(ada, from, "one");
  carrier.text(ada, from, "two");
  await clock.runUntil(carrier.settle());
  assert.deepEqual(hotel.texts, []);
  carrier.switchPhone(ada, { offline: false });
  await clock.runUntil(carrier.settle());
  assert.deepEqual(hotel.texts, ["one", "two"]);
});

for (const refuses of phoneRefusals) {
  test(`a message to a phone that refuses fails as ${refuses} and is never shown`, async () => {
    const { clock, hotel, carrier, send } = setUp();
    carrier.switchPhone(ada, { refuses });
    send("hello");
    await clock.runUntil(carrier.settle());
    assert.deepEqual(hotel.statuses, ["sent", "failed"]);
    const last = hotel.received.at(-1)?.body;
    assert.deepEqual(last !== undefined && "error" in last && last.error, { code: refuses });
    assert.equal(carrier.sent[0]?.error?.code, refuses);
    assert.deepEqual(carrier.snapshot({ guest: ada, hotel: null }).messages, []);
  });
}

test("the hotel hears that a message was read only from phones that tell", async () => {
  const { clock, hotel, carrier, send, from } = setUp();
  send("one");
  await clock.runUntil(carrier.settle());
  carrier.markSeen(ada, from);
  await clock.runUntil(carrier.settle());
  assert.deepEqual(hotel.statuses, ["sent", "delivered"]);
  carrier.switchPhone(ada, { readReceipts: true });
  send("two");
  await clock.runUntil(carrier.settle());
  assert.equal(carrier.summary(ada, from)?.unread, 1);
  carrier.markSeen(ada, from);
  await clock.runUntil(carrier.settle());
  assert.deepEqual(hotel.statuses, ["sent", "delivered", "sent", "delivered", "read"]);
  assert.equal(carrier.summary(ada, from)?.unread, 0);
});

test("statuses out of order arrive in reverse", async () => {
  const { clock, hotel, carrier, send } = setUp();
  carrier.failNext("statuses_out_of_order");
  send("one");
  await clock.runUntil(carrier.settle());
  assert.deepEqual(hotel.statuses, ["delivered", "sent"]);
});

test("a phone keeps its newest messages, and all that is under way", async () => {
  const { clock, hotel, carrier, from } = setUp();
  for (let at = 0; at < 260; at += 1) carrier.text(ada, from, String(at));
  assert.equal(carrier.messagesOf(ada).length, 260);
  await clock.runUntil(carrier.settle());
  assert.equal(hotel.texts.length, 260);
  const kept = carrier.messagesOf(ada);
  assert.equal(kept.length, messagesPerGuestMax);
  assert.equal(kept[0]?.text, "60");
  assert.equal(kept.at(-1)?.text, "259");
});
