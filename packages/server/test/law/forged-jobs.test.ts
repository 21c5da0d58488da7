import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { primaryStores } from "../engines.ts";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";
import { type Stage, setStage } from "./stage.ts";

for (const engine of primaryStores()) {
  describe(`a job under one tenant's name about another's thing, on ${engine.name}`, () => {
    test("sends nobody's message", async () => {
      await using world = await World.open({ engine });
      const [mine, theirs] = await twoStages(world);
      await world.carrierLine.down();
      const queued = await theirs.hotel.reply(theirs.guest, "The taxi comes at six.");
      await world.settle();
      const before = [await whatStands(mine), await whatStands(theirs)];
      await forge(mine.hotel, "message.send", queued.id);
      await world.carrierLine.up();
      await world.settle();
      assert.deepEqual([await whatStands(mine), await whatStands(theirs)], before);
      assert.deepEqual(theirs.guest.received, ["There is one in your room already."]);
      await world.advance(60_000);
      assert.deepEqual(theirs.guest.received.slice(1), ["The taxi comes at six."]);
    });

    test("processes nobody's delivery", async () => {
      await using world = await World.open({ engine });
      const [mine, theirs] = await twoStages(world);
      const before = [await whatStands(mine), await whatStands(theirs)];
      await forge(mine.hotel, "delivery.process", theirs.deliveryId);
      await world.settle();
      assert.deepEqual([await whatStands(mine), await whatStands(theirs)], before);
    });

    test("of its own tenant it would have had its effect", async () => {
      await using world = await World.open({ engine });
      const [, theirs] = await twoStages(world);
      const before = await whatStands(theirs);
      await forge(theirs.hotel, "delivery.process", theirs.deliveryId);
      await world.settle();
      assert.notDeepEqual(await whatStands(theirs), before);
    });
  });
}

async function twoStages(world: World): Promise<[Stage, Stage]> {
  const mine = await world.tenant("Aurora");
  const theirs = await world.tenant("Borealis");
  return [await setStage(mine.hotel), await setStage(theirs.hotel)];
}

/** Leaves a job in the table as somebody could who writes to the store. */
async function forge({ tenant, propertyId }: Hotel, kind: string, subjectId: string) {
  const scope = await tenant.scope();
  await scope.transact(async (unit) => unit.schedule({ kind, propertyId, subjectId }));
}

async function whatStands({ hotel, conversationId }: Stage) {
  const client = await hotel.agent("supervisor").client();
  const { propertyId } = hotel;
  return {
    timeline: await client.getTimeline({ conversationId }),
    list: await client.listConversations({ propertyId, view: "all" }),
    deliveries: await client.listDeliveries({ propertyId }),
  };
}
