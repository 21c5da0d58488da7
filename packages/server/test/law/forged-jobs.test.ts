import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { picture } from "@foyer/simulator";
import { primaryStores } from "../engines.ts";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";
import { type Stage, setStage } from "./stage.ts";
import { whatStands } from "./what-stands.ts";

type SetUp = (world: World, stage: Stage) => Promise<string>;

/** For each kind of job: leaves something at a stage that such a job would change; gives its id. */
const setUps: Readonly<Record<string, SetUp>> = {
  "message.send": async (world, { hotel, guest }) => {
    await world.carrierLine.down();
    const { id } = await hotel.reply(guest, "The taxi comes at six.");
    await world.settle();
    await world.carrierLine.up();
    return id;
  },
  "message.look_up": async (world, { hotel, guest }) => {
    world.carrier.failNext("refuse");
    const { id } = await hotel.reply(guest, "The taxi comes at six.");
    return id;
  },
  "attachment.fetch": async (world, { hotel, guest, conversationId }) => {
    await world.carrierLine.down();
    world.carrier.text(guest.number, hotel.number, "The lamp", { media: [picture("lamp")] });
    await world.settle();
    await world.carrierLine.up();
    const client = await hotel.agent().client();
    const { items } = await client.getTimeline({ conversationId });
    const [lamp] = items.flatMap((entry) => (entry.kind === "message" ? entry.attachments : []));
    assert.equal(lamp?.state, "fetching");
    return lamp.id;
  },
  "delivery.process": async (_world, { deliveryId }) => deliveryId,
  "label.tell": async (_world, { hotel, contactId, labelId }) => {
    const { propertyId } = hotel;
    await (await hotel.agent().client()).addContactLabel({ propertyId, contactId, labelId });
    return labelId;
  },
  "conversations.release_from_agent": async (_world, { hotel, conversationId, agentId }) => {
    await (await hotel.agent().client()).assign({ conversationId, assignee: { agentId } });
    return agentId;
  },
  "conversations.release_from_team": async (_world, { hotel, conversationId }) => {
    const { teamId } = hotel;
    await (await hotel.agent().client()).assign({ conversationId, assignee: { teamId } });
    return teamId;
  },
};

test("every kind of job that there is can be forged here", async () => {
  await using world = await World.open();
  const handlers = world.assembly.modules.flatMap((module) => module.jobs ?? []);
  assert.deepEqual(handlers.map(({ kind }) => kind).toSorted(), Object.keys(setUps).toSorted());
});

for (const engine of primaryStores()) {
  describe(`a job under one tenant's name about another's thing, on ${engine.name}`, () => {
    for (const [kind, setUp] of Object.entries(setUps)) {
      test(`changes nothing and reaches nobody: ${kind}`, async () => {
        await using world = await World.open({ engine });
        const { hotel } = await world.tenant("Aurora");
        const mine = await setStage(hotel);
        const theirs = await setStage((await world.tenant("Borealis")).hotel);
        const asked = countLookUps(world);
        const subjectId = await setUp(world, theirs);
        await world.settle();
        const seen = async (stage: Stage) => ({
          inside: await whatStands(stage),
          onThePhone: stage.guest.received,
          lookUps: asked(),
        });
        const before = [await seen(mine), await seen(theirs)];
        await forge(world, mine.hotel, kind, subjectId);
        assert.deepEqual([await seen(mine), await seen(theirs)], before);
        // The same under its own tenant's name has its effect, and on nobody else.
        await forge(world, theirs.hotel, kind, subjectId);
        assert.notDeepEqual(await seen(theirs), before[1]);
        assert.deepEqual((await seen(mine)).inside, before[0]?.inside);
      });
    }
  });
}

/** Leaves a job in the table as somebody could who writes to the store, and lets it run. */
async function forge(world: World, hotel: Hotel, kind: string, subjectId: string): Promise<void> {
  const { propertyId } = hotel;
  const scope = await hotel.tenant.scope();
  await scope.transact(async (unit) => unit.schedule({ kind, propertyId, subjectId }));
  await world.settle();
  const [left] = await world.peek("select count(*) as count from job where due_at <= ?", [
    world.clock.now(),
  ]);
  assert.equal(Number(left?.["count"]), 0, "the forged job did not run");
}

/** How often the carrier was asked what became of a message. */
function countLookUps({ carrier }: World): () => number {
  let count = 0;
  const lookUp = carrier.lookUp.bind(carrier);
  carrier.lookUp = (...asked) => {
    count += 1;
    return lookUp(...asked);
  };
  return () => count;
}
