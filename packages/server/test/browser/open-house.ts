/** The demo's house, opened in the test's own process while no program runs on its folders. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Assembly, assemble, type Foundations } from "../../src/main/assemble.ts";
import { ensureDemo } from "../../src/main/ensure-demo.ts";
import { type DemoFound, findDemo, todayStories } from "../../src/modules/demo/index.ts";
import { openFileBlobStore } from "../../src/platform/blobs/file-blob-store.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { openKeyFile } from "../../src/platform/keys/key-file.ts";
import { createLog } from "../../src/platform/log.ts";
import { openFts5SearchEngine } from "../../src/platform/search/fts5/engine.ts";
import { migrate, openSqlite } from "../../src/platform/store/index.ts";
import type { Folders } from "./foyer-process.ts";

const dayMs = 24 * 60 * 60_000;

export interface OpenHouse {
  readonly assembly: Assembly;
  readonly demo: DemoFound;
}

/** Makes a demo of today if there is none, lends the house to `work`, and closes it. */
export async function withHouse<Result>(
  folders: Folders,
  work: (house: OpenHouse) => Promise<Result>,
): Promise<Result> {
  mkdirSync(folders.home, { recursive: true, mode: 0o700 });
  mkdirSync(folders.keys, { recursive: true, mode: 0o700 });
  const foundations: Foundations = {
    engine: openSqlite(join(folders.home, "foyer.sqlite")),
    keys: await openKeyFile({ folder: folders.keys, clock: systemClock, ifMissing: "create" }),
    searchEngine: openFts5SearchEngine(join(folders.home, "search.db")),
    blobs: openFileBlobStore(join(folders.home, "blobs")),
    clock: systemClock,
    log: createLog("silent"),
    sessionLimits: { idleMs: dayMs, absoluteMs: dayMs },
    simulatorUrl: () => "",
    filesOrigin: () => "",
    publicOrigin: () => "http://127.0.0.1:9",
    twilioApiUrl: "http://127.0.0.1:9",
  };
  const assembly = await assemble(foundations);
  try {
    await migrate(assembly.engine, assembly.migrations);
    await ensureDemo(foundations, assembly, todayStories);
    const demo = await findDemo(assembly);
    if (!demo) throw new Error("The demo is missing right after it was made");
    return await work({ assembly, demo });
  } finally {
    await assembly.close();
  }
}
