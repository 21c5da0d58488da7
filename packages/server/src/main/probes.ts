import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Engine, type Migration, pendingMigrations } from "../platform/store/index.ts";
import type { Configuration } from "./configuration.ts";
import type { Probe, ProbeResult } from "./house.ts";

const clockDriftMsMax = 2_000;

/** What the stores can say of themselves, for `foyer doctor`. */
export function probesOf(
  configuration: Configuration,
  engine: Engine,
  migrations: readonly Migration[],
): readonly Probe[] {
  return [
    { name: "primary store", check: () => reach(engine) },
    { name: "durability", check: () => durability(engine) },
    { name: "schema", check: () => schema(engine, migrations) },
    { name: "store clock", check: () => clock(engine) },
    { name: "search index", check: () => index(configuration) },
  ];
}

async function reach(engine: Engine): Promise<ProbeResult> {
  const { version } = await engine.facts();
  return { state: "good", says: `${version} answers` };
}

async function durability(engine: Engine): Promise<ProbeResult> {
  const { isDurable, mend } = await engine.facts();
  if (isDurable) return { state: "good", says: "A commit is on disk before it is acknowledged" };
  const says = "A commit is acknowledged before it is on disk: a power cut loses messages";
  return { state: "bad", says, ...(mend ? { mend } : {}) };
}

async function schema(engine: Engine, migrations: readonly Migration[]): Promise<ProbeResult> {
  const pending = await pendingMigrations(engine, migrations);
  if (pending.length === 0) return { state: "good", says: "The schema is this version's" };
  const says = `${pending.length} migrations have not run yet`;
  return { state: "bad", says, mend: "Run `npm run foyer -- migrate`, or start the server." };
}

async function clock(engine: Engine): Promise<ProbeResult> {
  const { nowMs } = await engine.facts();
  const driftMs = Math.abs(nowMs - Date.now());
  if (driftMs <= clockDriftMsMax)
    return { state: "good", says: "The store's clock agrees with ours" };
  const says = `The store's clock is ${Math.round(driftMs / 1000)} s away from ours`;
  return { state: "warning", says, mend: "Keep both machines in time with the same NTP servers." };
}

async function index({ home }: Configuration): Promise<ProbeResult> {
  if (existsSync(join(home, "search.db"))) return { state: "good", says: "The index is there" };
  const says = "There is no index yet";
  return {
    state: "warning",
    says,
    mend: "Start the server: it builds one from the primary store.",
  };
}
