/**
 * How many guests' texts a second one process takes in, acknowledged as committed and on disk,
 * with encryption, index and feed on; how long until an inbox shows them; what it needs at rest.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Benchmark } from "../bench.ts";
import { type Program, startProgram } from "../program.ts";
import { alone, compared, median, quantile, type Row } from "../result.ts";
import { measureRest } from "./at-rest.ts";
import { lineToFloor, lineToHouse } from "./line.ts";
import { introduce, pace, saturate } from "./load.ts";
import { Screen } from "./screen.ts";
import type { Floor, House, StoreAddress } from "./setting.ts";
import { type OpenStores, openStores } from "./stores.ts";

/** Parts of the highest rate at which texts come while the screen's delay is measured. */
const loads = [0.25, 0.5, 0.75, 0.9];
/** The load at which the delay has a goal. */
const goalLoad = 0.5;

interface Plan {
  readonly rounds: number;
  readonly warmUpMs: number;
  readonly saturateMs: number;
  readonly paceMs: number;
}

const whole: Plan = { rounds: 3, warmUpMs: 5_000, saturateMs: 10_000, paceMs: 8_000 };
const quick: Plan = { rounds: 1, warmUpMs: 1_500, saturateMs: 4_000, paceMs: 2_500 };

export const messages: Benchmark = {
  run: async (isQuick) => {
    const plan = isQuick ? quick : whole;
    const stores = await openStores();
    try {
      const rows: Row[] = [];
      for (const store of stores.all) rows.push(...(await measureStore(store, plan)));
      return [...rows, ...(await measureRest(plan.rounds))];
    } finally {
      await stores.close();
    }
  },
};

type Store = OpenStores["all"][number];

async function measureStore(store: Store, plan: Plan): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "foyer-bench-"));
  try {
    const house = await startHouse(await store.make(), folder);
    const sizes = async () => house.ask<Record<string, number>>("sizes");
    const line = lineToHouse(house.ready);
    await introduce(line);
    const floor = await startFloor(await store.make(), await sizes());
    const floorLine = lineToFloor(house.ready, floor.ready.url);
    const both = { house, line, floorLine };
    const highest = await measureHighest(both, plan);
    const delays = await measureDelays(both, plan, median(highest.foyer));
    await Promise.all([line.close(), floorLine.close()]);
    await Promise.all([house.stop(), floor.stop()]);
    return rowsOf(store.name, highest, delays);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const startHouse = (store: StoreAddress, folder: string) =>
  startProgram<House>(new URL("./house.ts", import.meta.url), { store, folder });

const startFloor = (store: StoreAddress, sizes: Record<string, number>) =>
  startProgram<Floor>(new URL("./floor.ts", import.meta.url), { store, sizes });

interface Both {
  readonly house: Program<House>;
  readonly line: ReturnType<typeof lineToHouse>;
  readonly floorLine: ReturnType<typeof lineToFloor>;
}

interface Highest {
  readonly foyer: number[];
  readonly floor: number[];
  /** How far the index was behind when the texts stopped, ms. */
  readonly lags: number[];
}

/** House and floor in turns, so that whatever else the machine does falls on both. */
async function measureHighest({ house, line, floorLine }: Both, plan: Plan): Promise<Highest> {
  await saturate(line, plan.warmUpMs);
  await saturate(floorLine, plan.warmUpMs);
  await house.ask("indexLag");
  const measured: Highest = { foyer: [], floor: [], lags: [] };
  for (let round = 0; round < plan.rounds; round += 1) {
    measured.foyer.push(await saturate(line, plan.saturateMs));
    measured.lags.push(await house.ask<number>("indexLag"));
    measured.floor.push(await saturate(floorLine, plan.saturateMs));
  }
  return measured;
}

/** For each load the median and the 99th percentile of each round's delays, in ms. */
interface Delays {
  readonly load: number;
  readonly p50: number[];
  readonly p99: number[];
}

async function measureDelays({ house, line }: Both, plan: Plan, highest: number) {
  const all: Delays[] = loads.map((load) => ({ load, p50: [], p99: [] }));
  const screen = await Screen.open(house.ready);
  for (let round = 0; round < plan.rounds; round += 1) {
    for (const { load, p50, p99 } of all) {
      await pace(line, load * highest, plan.paceMs, (sent) => screen.await(sent));
      const delays = await screen.delays();
      p50.push(quantile(delays, 0.5));
      p99.push(quantile(delays, 0.99));
      await house.ask("indexLag");
    }
  }
  await screen.close();
  return all;
}

function rowsOf(engine: string, highest: Highest, delays: readonly Delays[]): readonly Row[] {
  const lag = { work: "index behind when texts stop", engine, unit: "ms", goal: 10_000 } as const;
  return [
    compared(
      {
        work: "texts taken in, highest rate",
        engine,
        unit: "texts/s",
        against: "bare route, same rows and commits",
        goal: 0.4,
        better: "higher",
      },
      highest.foyer,
      highest.floor,
    ),
    ...delays.flatMap(({ load, p50, p99 }) => {
      const at = `text to screen at ${load * 100} % of it`;
      const ms = { engine, unit: "ms", better: "lower" } as const;
      const goal = load === goalLoad ? 50 : null;
      return [
        alone({ ...ms, work: `${at}, p50`, goal: null }, p50),
        alone({ ...ms, work: `${at}, p99`, goal }, p99),
      ];
    }),
    alone({ ...lag, better: "lower" }, highest.lags),
  ];
}
