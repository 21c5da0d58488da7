import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { primaryStores } from "../engines.ts";
import { World } from "./world.ts";

for (const engine of primaryStores()) {
  describe(`the World on ${engine.name}`, () => {
    test("a guest's text, the answer and its delivery go the whole way", async () => {
      await using world = await World.open({ engine });
      const { hotel } = await world.tenant("Aurora");
      const guest = hotel.guest();
      await guest.texts("Is the pool still open tonight?");
      const following = await hotel.agent().follow();
      await hotel.reply(guest, "Until ten, and the sauna as well.");
      await world.settle();
      assert.deepEqual(guest.received, ["Until ten, and the sauna as well."]);
      const said = (await hotel.timelineWith(guest)).filter(({ kind }) => kind === "message");
      assert.deepEqual(
        said.map((entry) => entry.kind === "message" && [entry.direction, entry.state]),
        [
          ["inbound", "received"],
          ["outbound", "delivered"],
        ],
      );
      await following.until((event) => event.type === "caught_up");
    });
  });
}

test("an error that no test expected makes the World fail", async () => {
  const world = await World.open();
  world.log.error({ request: "1" }, "request.failed");
  await assert.rejects(world.close(), /errors that the test did not expect/);
});

test("a log line with something that somebody wrote makes the World fail", async () => {
  const world = await World.open();
  const { hotel } = await world.tenant("Aurora");
  await hotel.guest().texts("meet me at the pool");
  world.log.info({ quoted: 'he said "meet me at the pool"' }, "careless");
  await assert.rejects(world.close(), /must never stand in it/);
});

test("time passes only when it is told to", async () => {
  await using world = await World.open();
  const { hotel } = await world.tenant("Aurora");
  const startedAt = world.clock.now();
  await world.carrierLine.down();
  const guest = hotel.guest();
  await guest.texts("Are you there?");
  await hotel.reply(guest, "Yes, all night long.");
  await world.settle();
  assert.equal(world.clock.now(), startedAt);
  assert.deepEqual(guest.received, []);
  await world.carrierLine.up();
  await world.advance(60_000);
  assert.equal(world.clock.now(), startedAt + 60_000);
  assert.deepEqual(guest.received, ["Yes, all night long."]);
});
