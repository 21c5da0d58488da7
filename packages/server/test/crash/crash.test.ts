import assert from "node:assert/strict";
import { test } from "node:test";
import { primaryStores } from "../engines.ts";
import { Campaign } from "./campaign.ts";
import { chanceOf, seedOf } from "./random.ts";
import * as verdict from "./verdict.ts";

const loops = Number(process.env["FOYER_TEST_LOOPS"] ?? 5);
/** A database server is not what is killed: there a few deaths say as much. */
const sharesOfLoops = { SQLite: 1, MariaDB: 0.3 };
/** The first start is interrupted, too: whoever comes first must make what is missing. */
const deathsAtBirth = 3;

for (const primary of primaryStores()) {
  const deaths = Math.ceil(loops * sharesOfLoops[primary.name]);
  const deathWithoutIndex = Math.floor(deaths / 2);
  const title = `${deaths} deaths under load lose and double nothing (${primary.name})`;
  test(title, async (context) => {
    const seed = seedOf(process.env);
    context.diagnostic(`FOYER_TEST_SEED=${seed}`);
    const chance = chanceOf(seed);
    const campaign = await Campaign.open(await primary.open(), chance);
    context.after(() => campaign.close());

    for (let death = 0; death < deathsAtBirth; death += 1) await campaign.dieAtBirth();
    for (let death = 0; death < deaths; death += 1) {
      // A new index would hide what an old one missed, so it is lost once only, in the middle.
      if (death === deathWithoutIndex) campaign.loseIndex();
      if (death === deathWithoutIndex || chance.happens(0.2)) await campaign.dieAtBirth();
      await campaign.liveAndDie();
    }
    const house = await campaign.live();
    await campaign.settle(house);

    const { propertyId } = house.demo;
    const { carrier, guests, desks, sendsCutShort } = campaign;
    const [desk] = desks;
    assert.ok(desk);
    const { client } = desk;
    const threads = await verdict.readThreads(client, propertyId);
    verdict.assertTexts(threads, guests.written);
    for (const thread of threads) verdict.assertWhole(thread);
    const replies = desks.flatMap((each) => each.replies);
    verdict.assertReplies(threads, replies, carrier, sendsCutShort);
    verdict.assertOrderOfReplies(threads, carrier);
    await verdict.assertCounts(client, propertyId, threads);
    await verdict.assertSearchable(client, propertyId, guests.written);
    const texts = [...guests.written.values()].flat().length;
    const acknowledged = replies.filter(({ isAcknowledged }) => isAcknowledged).length;
    context.diagnostic(`${texts} texts, ${acknowledged} of ${replies.length} answers acknowledged`);
    const unsent = replies.filter(({ messageId }) => !carrier.posts.has(messageId)).length;
    context.diagnostic(`${sendsCutShort.size} sends in flight at a death, ${unsent} never sent`);
    assert.ok(texts > deaths && acknowledged > 0, "there was a load");
  });
}
