import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { DemoFound } from "../../src/modules/demo/index.ts";
import type { StoreAddress } from "../engines.ts";

/** What a house is started with. */
export interface HouseSetting {
  readonly store: StoreAddress;
  /** Keys and index lie here. */
  readonly folder: string;
  readonly carrierUrl: string;
  /** How far this house's clock is ahead of the machine's. */
  readonly aheadMs: number;
  /** False: the store acknowledges without a sync, to see whether a test can tell. */
  readonly syncs?: boolean;
}

/** What a house says once it can be reached. */
export interface Listening {
  readonly url: string;
  readonly demo: DemoFound;
  /** Messages whose sending was begun by houses before this one, with nobody to see its end. */
  readonly sendsCutShort: readonly string[];
}

/** A running house that will be killed. */
export interface Victim {
  /** Rejects with what it printed if it ends by itself. */
  readonly listening: Promise<Listening>;
  /** `kill -9`; resolves when the process is gone. */
  kill(): Promise<void>;
}

const program = fileURLToPath(new URL("./house.ts", import.meta.url));
const execArgv = ["--disable-warning=ExperimentalWarning"];

/** @param environment what its process has beyond this one's */
export function startVictim(
  setting: HouseSetting,
  environment: Readonly<Record<string, string>> = {},
): Victim {
  const env = { ...process.env, ...environment };
  const child = fork(program, [JSON.stringify(setting)], { execArgv, env, silent: true });
  return { listening: listeningOf(child), kill: () => kill(child) };
}

function listeningOf(child: ChildProcess): Promise<Listening> {
  const printed: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => printed.push(chunk));
  }
  const listening = new Promise<Listening>((resolve, reject) => {
    child.once("message", (message) => resolve(message as Listening));
    child.once("error", reject);
    child.once("close", (code) => {
      const text = Buffer.concat(printed).toString();
      // Once it listened this changes nothing; before, only the one who killed it expects it.
      reject(new Error(`The house ended by itself (${code}): ${text}`));
    });
  });
  listening.catch(() => {});
  return listening;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "close");
  child.kill("SIGKILL");
  await gone;
}
