/** What the program needs when nothing happens: how long to start, how much memory. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { alone, type Row } from "../result.ts";

const program = fileURLToPath(new URL("../../packages/server/src/main/foyer.ts", import.meta.url));
/** So long after the start nothing is left of it: caches are filled and the demo is indexed. */
const restMs = 10_000;

/** Starts the program as people do, demo and all. The first start makes it, and does not count. */
export async function measureRest(rounds: number): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "foyer-bench-rest-"));
  const starts: number[] = [];
  const sizes: number[] = [];
  try {
    await stop((await start(folder)).house);
    for (let round = 0; round < rounds; round += 1) {
      const { house, ms } = await start(folder);
      starts.push(ms);
      await new Promise((resolve) => setTimeout(resolve, restMs));
      sizes.push(residentMegabytes(house.pid ?? 0));
      await stop(house);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const common = { engine: "SQLite, demo", better: "lower" } as const;
  return [
    alone({ ...common, work: "start until it serves", unit: "ms", goal: 3_000 }, starts),
    alone({ ...common, work: "memory at rest", unit: "MB", goal: 200 }, sizes),
  ];
}

async function start(folder: string): Promise<{ house: ChildProcess; ms: number }> {
  const startedAt = performance.now();
  const home = { FOYER_HOME: join(folder, "home"), FOYER_KEYS: join(folder, "keys") };
  const args = ["--disable-warning=ExperimentalWarning", program, "serve", "--demo"];
  const house = spawn(process.execPath, args, {
    env: { ...home, PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await printedAddress(house);
  if (!(await fetch(`${url}/healthz`)).ok) throw new Error("The house does not serve");
  return { house, ms: performance.now() - startedAt };
}

function printedAddress({ stdout }: ReturnType<typeof spawn>): Promise<string> {
  let printed = "";
  return new Promise((resolve) => {
    stdout?.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(printed) ?? [];
      if (url) resolve(url);
    });
  });
}

async function stop(house: ChildProcess): Promise<void> {
  const gone = once(house, "exit");
  house.kill("SIGTERM");
  await gone;
}

function residentMegabytes(pid: number): number {
  const [, kilobytes = "0"] =
    /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}
