import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fakeHotel } from "../test/fake-hotel.ts";
import { manualClock } from "../test/manual-clock.ts";
import { createCarrier } from "./carrier.ts";

const ada = "+13125550117";

function setUp(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "carrier-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const clock = manualClock();
  const hotel = fakeHotel();
  const start = () => {
    const carrier = createCarrier({ clock, folder, fetch: hotel.fetch });
    t.after(() => carrier.close());
    return carrier;
  };
  return { clock, hotel, start, to: hotel.account.number };
}

test("what was queued before a restart is delivered after it, in order", async (t) => {
  const { clock, hotel, start, to } = setUp(t);
  const before = start();
  before.open(hotel.account);
  hotel.answers.push(500, 500);
  for (const text of ["one", "two", "three"]) before.text(ada, to, text);
  await clock.advance(600);
  const tried = hotel.received.map(({ body }) => body);
  assert.equal(tried.length, 2);
  before.close();
  const after = start();
  assert.equal(after.messagesOf(ada)[0]?.state, "retrying");
  after.open(hotel.account);
  await clock.runUntil(after.settle());
  assert.deepEqual(hotel.texts, ["one", "two", "three"]);
  assert.deepEqual(hotel.received[2]?.body, tried[0]);
});

test("a message that was on its way to a phone arrives after a restart", async (t) => {
  const { clock, hotel, start, to } = setUp(t);
  const before = start();
  before.open(hotel.account);
  before.accept(hotel.account, { from: to, to: ada, text: "Hello", reference: "entry" });
  before.close();
  const after = start();
  after.open(hotel.account);
  await clock.runUntil(after.settle());
  assert.deepEqual(hotel.statuses, ["sent", "delivered"]);
  assert.equal(after.sent[0]?.reference, "entry");
});

test("phones keep their switches, and answers their keys, over a restart", async (t) => {
  const { hotel, start, to } = setUp(t);
  const before = start();
  before.open(hotel.account);
  before.switchPhone(ada, { offline: true });
  const send = { from: to, to: ada, text: "Hello", reference: "entry" };
  const first = before.accept(hotel.account, send, "key");
  before.close();
  const after = start();
  after.open(hotel.account);
  assert.equal(after.summary(ada, to)?.offline, true);
  assert.deepEqual(after.accept(hotel.account, send, "key"), first);
  assert.equal(after.sent.length, 1);
});
