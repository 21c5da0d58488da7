/**
 * The house that the crash test kills: everything is real, but its carrier stands in the parent
 * process, where it survives. Started with `fork`; tells the parent when it listens.
 */
import { join } from "node:path";
import { createApp } from "../../src/main/app.ts";
import { assemble } from "../../src/main/assemble.ts";
import { ensureDemo } from "../../src/main/ensure-demo.ts";
import { findDemo, todayStories } from "../../src/modules/demo/index.ts";
import { openFileBlobStore } from "../../src/platform/blobs/file-blob-store.ts";
import { allFeeds } from "../../src/platform/feed/index.ts";
import { openKeyFile } from "../../src/platform/keys/key-file.ts";
import { createLog } from "../../src/platform/log.ts";
import { openFts5SearchEngine } from "../../src/platform/search/fts5/engine.ts";
import { type Engine, migrate } from "../../src/platform/store/index.ts";
import { openStoreAt } from "../engines.ts";
import type { HouseSetting, Listening } from "./victim.ts";

/** Only between transactions does SQLite take a new level of safety for its writer. */
async function syncNothing({ begin }: Engine): Promise<void> {
  const transaction = await begin();
  await transaction.commit();
  await transaction.run("pragma synchronous = off", [], "crash.syncNothing");
}

async function findSendsCutShort({ reader }: Engine): Promise<string[]> {
  const sql = "select id from timeline_entry where state = 'sending'";
  const { rows } = await reader.run(sql, [], "crash.findSendsCutShort");
  return rows.map(({ id }) => String(id));
}

const dayMs = 24 * 60 * 60 * 1000;

const setting: HouseSetting = JSON.parse(process.argv[2] ?? "");
const clock = {
  now: () => Date.now() + setting.aheadMs,
  monotonic: () => Math.trunc(performance.now()),
};
const engine = openStoreAt(setting.store);
if (setting.syncs === false) await syncNothing(engine);
const isEmpty = !(await engine.catalogue()).has("tenant");
const folder = join(setting.folder, "keys");
const keys = await openKeyFile({ folder, clock, ifMissing: isEmpty ? "create" : "refuse" });
const searchEngine = openFts5SearchEngine(join(setting.folder, "search.db"));
const foundations = {
  engine,
  keys,
  searchEngine,
  blobs: openFileBlobStore(join(setting.folder, "blobs")),
  clock,
  log: createLog("error"),
  sessionLimits: { idleMs: dayMs, absoluteMs: dayMs },
  simulatorUrl: () => setting.carrierUrl,
  filesOrigin: () => "",
  publicOrigin: () => "http://127.0.0.1:9",
  twilioApiUrl: "http://127.0.0.1:9",
};
const assembly = await assemble(foundations);
await migrate(engine, assembly.migrations);
await ensureDemo(foundations, assembly, todayStories);
const demo = await findDemo(assembly);
if (!demo) throw new Error("The demo was made and cannot be found");

const app = await createApp(assembly, ["api", "services"], {
  trustedProxies: [],
  stopping: new AbortController().signal,
});
const url = await app.listen({ host: "127.0.0.1", port: 0 });
if (searchEngine.rebuild !== null) {
  for (const { tenant_id: tenantId } of await allFeeds(assembly.store)) {
    await assembly.indexer.rebuild(tenantId);
  }
  searchEngine.markFilled();
}
const sendsCutShort = await findSendsCutShort(engine);
const listening: Listening = { url, demo, sendsCutShort };
// Said before anything runs: from here on what was cut short is taken up.
process.send?.(listening);
assembly.runner.start();
assembly.indexer.start();
process.on("disconnect", () => process.exit(1));
