import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createClient } from "@foyer/client";
import { demoAgents, demoPassword, demoStories } from "../../src/modules/demo/index.ts";
import { Desk } from "./desk.ts";
import { addressOf, dieWhileMaking, kill, start } from "./program.ts";
import { type Chance, chanceOf, seedOf } from "./random.ts";
import { readThreads } from "./verdict.ts";

const loops = Number(process.env["FOYER_TEST_LOOPS"] ?? 5);
/** From the first byte of the store to the end of the demo's past, on a slow machine. */
const makingMsMax = 500;

test("a first start that dies at any moment needs no hand: the next is whole", async (context) => {
  const seed = seedOf(process.env);
  context.diagnostic(`FOYER_TEST_SEED=${seed}`);
  const chance = chanceOf(seed);
  for (let death = 0; death < loops; death += 1) {
    const folder = mkdtempSync(join(tmpdir(), "foyer-birth-"));
    context.after(() => rmSync(folder, { recursive: true, force: true }));
    // The moments are spread over the whole making, each one at random in its own part.
    const partMs = Math.ceil(makingMsMax / loops);
    await dieWhileMaking(start(folder), folder, death * partMs + chance.below(partMs));
    const house = start(folder);
    context.after(() => kill(house));
    await assertWholeDemo(await addressOf(house), chance);
    await kill(house);
  }
});

async function assertWholeDemo(baseUrl: string, chance: Chance): Promise<void> {
  for (const { email } of demoAgents) {
    const answer = await createClient({ baseUrl }).signIn({ email, password: demoPassword });
    assert.equal(answer.result, "signed_in", "the account belongs to one tenant");
  }
  const desk = new Desk(chance);
  await desk.moveTo(baseUrl);
  const [property] = (await desk.client.getSession({})).properties;
  assert.ok(property);
  const threads = await readThreads(desk.client, property.id);
  assert.equal(threads.length, demoStories.length);
  for (const { number, steps } of demoStories) {
    const thread = threads.find(({ address }) => address === number);
    const said = thread?.entries.filter(({ kind }) => kind !== "event") ?? [];
    const written = steps.filter((step) => "guest" in step || "reply" in step || "note" in step);
    assert.equal(said.length, written.length, "the past was played to its end, once");
  }
}
