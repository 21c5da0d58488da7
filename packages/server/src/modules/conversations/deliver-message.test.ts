import assert from "node:assert/strict";
import { test } from "node:test";
import { World } from "../../../test/world/world.ts";

const minuteMs = 60_000;

test("an answer behind one that cannot leave waits its turn, however long that takes", async () => {
  await using world = await World.open();
  const { hotel } = await world.tenant("Aurora");
  const guest = hotel.guest();
  await guest.texts("Is anybody there?");
  await world.carrierLine.down();
  const texts = ["One moment please.", "Yes, here we are.", "What can we do for you?"];
  for (const text of texts) await hotel.reply(guest, text);
  await world.advance(10 * minuteMs);
  const states = await statesOf();
  assert.deepEqual(states, ["queued", "queued", "queued"]);
  await world.carrierLine.up();
  await world.advance(20 * minuteMs);
  assert.deepEqual(guest.received, texts);
  assert.deepEqual(await statesOf(), ["delivered", "delivered", "delivered"]);

  async function statesOf() {
    const entries = await hotel.timelineWith(guest);
    return entries.flatMap((entry) =>
      entry.kind === "message" && entry.direction === "outbound" ? [entry.state] : [],
    );
  }
});

test("a carrier that stays away is given up in sight, and the guest waits again", async () => {
  await using world = await World.open();
  const { hotel } = await world.tenant("Aurora");
  const guest = hotel.guest();
  await guest.texts("Is anybody there?");
  await world.carrierLine.down();
  await hotel.reply(guest, "Yes, here we are.");
  assert.equal((await hotel.conversationWith(guest)).waitingSince, null);
  await world.advance(6 * 60 * minuteMs);
  const last = (await hotel.timelineWith(guest)).at(-1);
  assert.ok(last?.kind === "message");
  assert.deepEqual([last.state, last.failure], ["failed", "carrier_unavailable"]);
  assert.notEqual((await hotel.conversationWith(guest)).waitingSince, null);
});

test("an answer that was taken unseen is found, and never sent again", async () => {
  await using world = await World.open();
  const { hotel } = await world.tenant("Aurora");
  const guest = hotel.guest();
  await guest.texts("Is anybody there?");
  world.carrier.failNext("accept_then_drop");
  await hotel.reply(guest, "Yes, here we are.");
  await world.advance(minuteMs);
  assert.deepEqual(guest.received, ["Yes, here we are."]);
  assert.equal(world.carrier.sent.length, 1);
  const last = (await hotel.timelineWith(guest)).at(-1);
  assert.ok(last?.kind === "message" && last.state === "delivered");
});
