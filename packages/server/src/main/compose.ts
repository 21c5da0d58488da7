import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { findDemo } from "../modules/demo/index.ts";
import { systemClock } from "../platform/clock.ts";
import { allFeeds } from "../platform/feed/index.ts";
import { loopbackHosts } from "../platform/http/index.ts";
import { openKeyFile } from "../platform/keys/key-file.ts";
import { describeError, type Log } from "../platform/log.ts";
import { Fault } from "../platform/refusal.ts";
import { type Fts5SearchEngine, openFts5SearchEngine } from "../platform/search/fts5/engine.ts";
import { type Engine, migrate, openMysql, openSqlite } from "../platform/store/index.ts";
import { createApp } from "./app.ts";
import { type Assembly, assemble } from "./assemble.ts";
import type { Configuration } from "./configuration.ts";
import { isLoopback } from "./configuration-rules.ts";
import { ensureDemo } from "./ensure-demo.ts";
import type { House, OpenDoor } from "./house.ts";
import { housekeeping } from "./housekeeping.ts";
import { bindInstallation } from "./installation-route.ts";
import { probesOf } from "./probes.ts";
import type { Role } from "./settings.ts";
import { openSimulator } from "./simulator.ts";

/** Opens the stores of an installation and puts the house together. Migrates nothing. */
export async function openHouse(configuration: Configuration, log: Log): Promise<House> {
  const engine = openEngine(configuration);
  const isEmpty = !(await engine.catalogue()).has("tenant");
  const keys = await openKeyFile({
    folder: configuration.keys,
    clock: systemClock,
    // A new key file beside old rows could read none of them, and would hide what is missing.
    ifMissing: isEmpty ? "create" : "refuse",
  });
  const searchEngine = openFts5SearchEngine(join(configuration.home, "search.db"));
  const progress: Progress = { url: "", demoMadeAt: undefined };
  const foundations = {
    engine,
    keys,
    searchEngine,
    clock: systemClock,
    log,
    sessionLimits: configuration.session,
    simulatorUrl: () => `${progress.url}/simulator`,
  };
  const assembly = await assemble(foundations);
  if (!isEmpty) await assertKeysFit(assembly);
  return {
    migrate: async () => {
      await migrate(engine, assembly.migrations);
    },
    makeDemo: async () => {
      const note = await ensureDemo(foundations, assembly);
      // The phones of a demo before this one remember a hotel that is gone.
      if (note.isNew) {
        rmSync(simulatorFolder(configuration), { recursive: true, force: true });
        progress.demoMadeAt = systemClock.now();
      }
      return note;
    },
    serve: (roles) => serve({ configuration, assembly, searchEngine, roles, progress }),
    probes: () => probesOf(configuration, engine, assembly.migrations),
    close: assembly.close,
  };
}

/**
 * The guests' phones and their carrier are not part of the house: what they remember, they keep
 * in the clear, so it stays out of the folder whose every byte is sealed.
 */
function simulatorFolder({ home }: Configuration): string {
  return `${home}-simulator`;
}

/** The keys of another installation open nothing here, and would make a second of everything. */
async function assertKeysFit({ store, keys }: Assembly): Promise<void> {
  const [feed] = await allFeeds(store);
  if (!feed || (await keys.describe(feed.tenant_id)) !== "unknown") return;
  await store.close();
  throw new Fault(
    "keys",
    "FOYER_KEYS holds the keys of another installation than this data",
    false,
  );
}

function openEngine({ database }: Configuration): Engine {
  if (database.engine === "sqlite") return openSqlite(database.file);
  const { host, port, user, password, tls, caFile, poolMax } = database;
  return openMysql({
    host,
    port,
    user,
    password: password.reveal(),
    database: database.database,
    tls,
    connectionsMax: poolMax,
    ...(caFile ? { certificateAuthority: readFileSync(caFile, "utf8") } : {}),
  });
}

interface Opening {
  readonly configuration: Configuration;
  readonly assembly: Assembly;
  readonly searchEngine: Fts5SearchEngine;
  readonly roles: readonly Role[];
  readonly progress: Progress;
}

/** What is known only on the way. */
interface Progress {
  /** Once the port is known: the simulator is reached there. */
  url: string;
  /** Where this start made the demo: then the phones learn its past. */
  demoMadeAt: number | undefined;
}

async function serve(opening: Opening): Promise<OpenDoor> {
  const { configuration, assembly, roles, progress } = opening;
  const { listener } = configuration;
  const stopping = new AbortController();
  const app = await createApp(assembly, roles, {
    trustedProxies: listener.trustedProxies,
    stopping: stopping.signal,
    ...hostsOf(configuration),
    ...tlsOf(configuration),
  });
  const demo = configuration.demo ? await findDemo(assembly) : undefined;
  const simulator = demo ? await openSimulator(app, simulatorFolder(configuration)) : undefined;
  bindInstallation(app, assembly.log, demo !== undefined);
  const url = await app.listen({ host: listener.host, port: listener.port });
  progress.url = url;
  if (demo) simulator?.connect(demo, url);
  if (progress.demoMadeAt !== undefined) simulator?.remember(progress.demoMadeAt);
  const work = await startWork(opening).catch(async (error: unknown) => {
    // Nobody is told of a door that opened, so nobody else would close it.
    await app.close();
    throw error;
  });
  return {
    url: listener.publicUrlGiven ? listener.publicUrl : url,
    close: async () => {
      stopping.abort();
      await work?.close();
      await app.close();
      await simulator?.close();
    },
  };
}

/** What browsers may call this house; nothing where that is known to nobody. */
function hostsOf({ listener }: Configuration) {
  const { host, publicUrl, publicUrlGiven } = listener;
  if (!publicUrlGiven && !isLoopback(host)) return {};
  return { hosts: [...loopbackHosts, new URL(publicUrl).hostname] };
}

function tlsOf({ listener }: Configuration) {
  if (!listener.tls) return {};
  const { certificateFile, keyFile } = listener.tls;
  return { tls: { cert: readFileSync(certificateFile), key: readFileSync(keyFile) } };
}

/** Starts what works without being asked: jobs, the index, and what drops what is past its time. */
async function startWork({ assembly, searchEngine, roles }: Opening) {
  if (!roles.includes("worker")) return undefined;
  const { runner, indexer } = assembly;
  if (searchEngine.rebuild !== null) {
    if (await rebuildAll(assembly)) searchEngine.markFilled();
  }
  runner.start();
  indexer.start();
  const chores = housekeeping(assembly);
  return {
    close: async () => {
      chores.stop();
      await runner.close();
      await indexer.close();
    },
  };
}

/**
 * An index that is new, damaged or of another version is built from the primary store. One tenant
 * that cannot be read keeps nobody from working; the next start tries again.
 *
 * @returns whether all tenants are in it
 */
async function rebuildAll({ store, indexer, log }: Assembly): Promise<boolean> {
  const tenants = new Set((await allFeeds(store)).map((feed) => feed.tenant_id));
  let isWhole = true;
  for (const tenantId of tenants) {
    await indexer.rebuild(tenantId).catch((error) => {
      isWhole = false;
      log.error(describeError(error), "search.rebuild_failed");
    });
  }
  return isWhole;
}
