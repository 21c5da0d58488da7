import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { createClient } from "@foyer/client";
import { demoAgents, demoPassword, demoStories } from "../../src/modules/demo/index.ts";
import { Desk } from "./desk.ts";
import { addressOf, beginningOf, dieAfter, kill, start } from "./program.ts";
import { type Chance, chanceOf, seedOf } from "./random.ts";
import { readConversations } from "./verdict.ts";

const loops = Number(process.env["FOYER_TEST_LOOPS"] ?? 5);
/** So many first starts of one house die one after another before one is left alone. */
const deathsInARow = 3;

test("a first start that dies at any moment needs no hand: the next is whole", async (context) => {
  const seed = seedOf(process.env);
  context.diagnostic(`FOYER_TEST_SEED=${seed}`);
  const chance = chanceOf(seed);
  const undisturbed = await make(newFolder(context), chance, context);
  assert.equal(undisturbed.demo.length, demoStories.length);
  const { beginsAfterMs, makingMs } = undisturbed;
  context.diagnostic(`making it takes ${Math.ceil(makingMs)} ms`);
  // The moments are spread over the whole making, each one at random in its own part.
  const partMs = Math.ceil(makingMs / loops);
  const houses = Math.ceil(loops / deathsInARow);
  for (let house = 0; house < houses; house += 1) {
    const folder = newFolder(context);
    for (let death = house; death < loops; death += houses) {
      await dieAfter(beginsAfterMs + death * partMs + chance.below(partMs), start(folder));
    }
    const { demo } = await make(folder, chance, context);
    assert.deepEqual(demo, undisturbed.demo, "nothing is missing, and nothing is there twice");
  }
});

function newFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "foyer-birth-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts the program, has it make what is missing, reads its demo, and ends it. */
async function make(folder: string, chance: Chance, context: TestContext) {
  const startedAt = performance.now();
  const house = start(folder);
  context.after(() => kill(house));
  await beginningOf(house, folder);
  const begunAt = performance.now();
  const address = await addressOf(house);
  const makingMs = performance.now() - begunAt;
  const demo = await readDemo(address, chance);
  await kill(house);
  return { demo, beginsAfterMs: begunAt - startedAt, makingMs };
}

/** Everybody's conversations at both hotels, in an order of their own. */
async function readDemo(baseUrl: string, chance: Chance): Promise<readonly string[]> {
  for (const { email } of demoAgents) {
    const answer = await createClient({ baseUrl }).signIn({ email, password: demoPassword });
    assert.equal(answer.result, "signed_in", "the account belongs to one tenant");
  }
  const everywhere = demoAgents.find(({ role }) => role === "supervisor");
  const desk = new Desk(chance, everywhere);
  await desk.moveTo(baseUrl);
  const told: string[] = [];
  for (const { id, name } of (await desk.client.getSession({})).properties) {
    for (const conversation of await readConversations(desk.client, id)) {
      const { title, state, stay, labelIds, lastPosition, preview } = conversation;
      const labels = labelIds.length;
      told.push(JSON.stringify({ name, title, state, stay, labels, lastPosition, preview }));
    }
  }
  return told.map((each) => each.replaceAll(/"agentId":"[^"]*"/g, '"agentId":""')).toSorted();
}
