import assert from "node:assert/strict";
import { test } from "node:test";
import { removeAgent } from "../../src/modules/tenancy/index.ts";
import type { Agent } from "../world/agent.ts";
import type { Following } from "../world/following.ts";
import { World } from "../world/world.ts";

test("a stream ends when its reader loses the property, and tells nothing after", async () => {
  await using world = await World.open();
  const { hotel } = await world.tenant("Aurora");
  const guest = hotel.guest();
  await guest.texts("Is breakfast included?");
  const agent = hotel.agent();
  const { id } = await hotel.conversationWith(guest);
  const leaving = await agent.follow(id);
  const staying = await hotel.agent("supervisor").follow(id);
  await guest.texts("And when is it served?");
  await leaving.until(({ type }) => type === "conversation.changed");
  await takeOffProperty(agent);
  await guest.texts("My room is 214, by the way.");
  await leaving.ended();
  await staying.until((event) => JSON.stringify(event).includes("My room is 214"));
  assert.deepEqual(leaving.events.at(-1), { type: "ended", reason: "property" });
  assertNothingOf(leaving, "My room is 214");
  assert.equal((await agent.followFrom("f1-0")).response.status, 404);
});

test("a stream ends in the middle of what its reader has not read yet", async () => {
  await using world = await World.open();
  const { hotel } = await world.tenant("Aurora");
  const guest = hotel.guest();
  await guest.texts("Is breakfast included?");
  const agent = hotel.agent();
  const { id } = await hotel.conversationWith(guest);
  const following = await agent.follow(id);
  // What loses the property and what must not be seen are committed before anybody is woken.
  const scope = await hotel.tenant.scope();
  await scope.transact(async (unit) => {
    await removeAgent(unit, agent.id, hotel.propertyId);
    await unit.notify({
      name: "message.arrived",
      propertyId: hotel.propertyId,
      channelId: hotel.channelId,
      from: { kind: "phone", value: guest.number },
      text: "My room is 214, by the way.",
      providerId: "behind the leaving",
      occurredAt: unit.now,
      media: [],
      word: null,
    });
  });
  await following.ended();
  assert.deepEqual(following.events.at(-1), { type: "ended", reason: "property" });
  assertNothingOf(following, "My room is 214");
});

test("a stream ends when its session is revoked from another device", async () => {
  await using world = await World.open();
  const { hotel } = await world.tenant("Aurora");
  const guest = hotel.guest();
  await guest.texts("Is breakfast included?");
  const agent = hotel.agent();
  const lost = await agent.client();
  const { id: sessionId } = await lost.getSession({});
  const { id } = await hotel.conversationWith(guest);
  const following = await agent.follow(id);
  const other = await agent.openBrowser();
  await other.client.revokeSession({ sessionId });
  await guest.texts("My room is 214, by the way.");
  await following.ended();
  assert.deepEqual(following.events.at(-1), { type: "ended", reason: "session" });
  assertNothingOf(following, "My room is 214");
  await assert.rejects(lost.getSession({}), /session.required/);
});

test("a stream ends when its session has come to its absolute end", async () => {
  await using world = await World.open({ sessionLimits: { idleMs: 60_000, absoluteMs: 90_000 } });
  const { hotel } = await world.tenant("Aurora");
  const following = await hotel.agent().follow();
  world.clock.moveTo(world.clock.now() + 90_000);
  await following.ended();
  assert.deepEqual(following.events, [{ type: "ended", reason: "session" }]);
});

async function takeOffProperty({ id, hotel }: Agent): Promise<void> {
  const scope = await hotel.tenant.scope();
  await scope.transact((unit) => removeAgent(unit, id, hotel.propertyId));
}

function assertNothingOf(following: Following, text: string): void {
  assert.ok(!JSON.stringify(following.events).includes(text));
}
