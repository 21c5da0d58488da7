/** The real program with folders of its own, as somebody starts it for the first time. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const lookEveryMs = 2;
const program = fileURLToPath(new URL("../../src/main/foyer.ts", import.meta.url));

export function start(folder: string): ChildProcess {
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
export async function addressOf(house: ChildProcess): Promise<string> {
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

/** Resolves when a house has begun to make its tables, its keys, its demo. */
export async function beginningOf(house: ChildProcess, folder: string): Promise<void> {
  const store = join(folder, "home", "foyer.sqlite");
  while (!existsSync(store) && house.exitCode === null) await pause(lookEveryMs);
}

/** Kills a house so long after its start. */
export async function dieAfter(afterMs: number, house: ChildProcess): Promise<void> {
  await pause(afterMs);
  assert.equal(house.exitCode, null, "it had not ended by itself");
  await kill(house);
}

export async function kill(house: ChildProcess): Promise<void> {
  if (house.exitCode !== null || house.signalCode !== null) return;
  const gone = once(house, "close");
  house.kill("SIGKILL");
  await gone;
}
