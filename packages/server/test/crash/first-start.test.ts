import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createClient } from "@foyer/client";
import { demoAgents, demoPassword, demoStories } from "../../src/modules/demo/index.ts";
import { Desk } from "./desk.ts";
import { type Chance, chanceOf, seedOf } from "./random.ts";
import { readThreads } from "./verdict.ts";

const loops = Number(process.env["FOYER_TEST_LOOPS"] ?? 5);
/** From the first byte of the store to the end of the demo's past, on a slow machine. */
const makingMsMax = 500;
const lookEveryMs = 2;
const program = fileURLToPath(new URL("../../src/main/foyer.ts", import.meta.url));

function start(folder: string): ChildProcess {
  const environment = {
    ...process.env,
    FOYER_HOME: join(folder, "home"),
    FOYER_KEYS: join(folder, "keys"),
    PORT: "0",
  };
  const args = ["--disable-warning=ExperimentalWarning", program, "serve", "--demo"];
  return spawn(process.execPath, args, { env: environment, stdio: ["ignore", "pipe", "pipe"] });
}

/** The address that a house prints; rejects with what it said instead. */
async function addressOf(house: ChildProcess): Promise<string> {
  let printed = "";
  for (const stream of [house.stdout, house.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
    });
  }
  while (house.exitCode === null) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0];
    if (url) return url;
    await Promise.race([once(house.stdout ?? house, "data"), once(house, "close")]);
  }
  throw new Error(`The house did not start: ${printed}`);
}

/** Kills a house while it makes its tables, its keys, its demo: at some moment of that. */
async function dieWhileMaking(house: ChildProcess, folder: string, afterMs: number): Promise<void> {
  const store = join(folder, "home", "foyer.sqlite");
  while (!existsSync(store) && house.exitCode === null) await pause(lookEveryMs);
  await pause(afterMs);
  assert.equal(house.exitCode, null, "it had not ended by itself");
  await kill(house);
}

async function kill(house: ChildProcess): Promise<void> {
  if (house.exitCode !== null || house.signalCode !== null) return;
  const gone = once(house, "close");
  house.kill("SIGKILL");
  await gone;
}

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
