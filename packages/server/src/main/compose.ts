import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Evening, findDemo } from "../modules/demo/index.ts";
import { openFileBlobStore } from "../platform/blobs/file-blob-store.ts";
import { systemClock } from "../platform/clock.ts";
import { allFeeds } from "../platform/feed/index.ts";
import { loopbackHosts } from "../platform/http/index.ts";
import { openKeyFile } from "../platform/keys/key-file.ts";
import { describeError, type Log } from "../platform/log.ts";
import { Fault } from "../platform/refusal.ts";
import { type Fts5SearchEngine, openFts5SearchEngine } from "../platform/search/fts5/engine.ts";
import { type Engine, migrate, openMysql, openSqlite } from "../platform/store/index.ts";
import { createApp, createFilesApp } from "./app.ts";
import { type Assembly, assemble } from "./assemble.ts";
import { prepareInstallation } from "./commands/installation.ts";
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
  const progress: Progress = { url: "", filesUrl: "", demoMadeAt: undefined, evening: undefined };
  const foundations = {
    engine,
    keys,
    searchEngine,
    blobs: openFileBlobStore(configuration.files.folder),
    clock: systemClock,
    log,
    sessionLimits: configuration.session,
    simulatorUrl: () => `${progress.url}/simulator`,
    filesOrigin: () => filesOriginOf(configuration, progress),
    publicOrigin: () => publicOriginOf(configuration, progress),
    twilioApiUrl: configuration.twilio.apiUrl,
    evening: () => progress.evening,
    // What holds somebody's hotel is no longer thrown away with the demo.
    ...(configuration.demo
      ? { wayOut: { beforeHotel: () => void prepareInstallation(configuration, false) } }
      : {}),
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
    createTenant: async (given) => {
      await assembly.makeHotel(given);
    },
    rotateKeys: () => rotateKeys(assembly),
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

/** What is sealed from now on, or a few minutes later, is sealed under keys that are new. */
async function rotateKeys({ store, vault }: Assembly): Promise<number> {
  const tenants = new Set((await allFeeds(store)).map((feed) => feed.tenant_id));
  for (const tenantId of tenants) await vault.rotate(tenantId, "field");
  return tenants.size;
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

/** Where any free port was asked for, the origin has the one that was found. */
function filesOriginOf({ files }: Configuration, { filesUrl }: Progress): string {
  return files.originGiven || files.port !== 0 || filesUrl === "" ? files.origin : filesUrl;
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
  /** The same of the files; empty in a process that does not serve them. */
  filesUrl: string;
  /** Where this start made the demo: then the phones learn its past. */
  demoMadeAt: number | undefined;
  /** Where the guests' phones run in this process. */
  evening: Evening | undefined;
}

async function serve(opening: Opening): Promise<OpenDoor> {
  const { configuration, assembly, roles, progress } = opening;
  const { listener } = configuration;
  const stopping = new AbortController();
  const app = await createApp(assembly, roles, {
    trustedProxies: listener.trustedProxies,
    stopping: stopping.signal,
    ...hostsOf(listener.host, listener.publicUrl, listener.publicUrlGiven),
    ...tlsOf(configuration),
  });
  const files = await openFiles(opening);
  const demo = configuration.demo ? await findDemo(assembly) : undefined;
  const simulator = demo ? await openSimulator(app, simulatorFolder(configuration)) : undefined;
  bindInstallation(app, assembly, demo !== undefined);
  const { host, port } = listener;
  const url = await app.listen({ host, port }).catch(async (error: unknown) => {
    await files?.close();
    throw error;
  });
  progress.url = url;
  progress.evening = simulator?.evening;
  if (demo) simulator?.connect(demo, url);
  if (progress.demoMadeAt !== undefined) simulator?.remember(progress.demoMadeAt);
  const work = await startWork(opening).catch(async (error: unknown) => {
    // Nobody is told of a door that opened, so nobody else would close it.
    await app.close();
    await files?.close();
    throw error;
  });
  return {
    url: publicOriginOf(configuration, progress),
    close: async () => {
      stopping.abort();
      await work?.close();
      await app.close();
      await files?.close();
      await simulator?.close();
    },
  };
}

/** What browsers and providers call: as it was configured, else where we came to listen. */
function publicOriginOf({ listener }: Configuration, { url }: Progress): string {
  return listener.publicUrlGiven ? listener.publicUrl : url;
}

/** Opens the listener of attachments, where this process has the role that shows them. */
async function openFiles({ configuration, assembly, roles, progress }: Opening) {
  if (!roles.includes("app")) return undefined;
  const { listener, files } = configuration;
  const { host, trustedProxies, publicUrlGiven } = listener;
  const app = await createFilesApp(assembly, {
    trustedProxies,
    ...hostsOf(host, files.origin, files.originGiven || publicUrlGiven),
    ...tlsOf(configuration),
  });
  progress.filesUrl = await app.listen({ host, port: files.port });
  return app;
}

/** What browsers may call a listener of this house; nothing where that is known to nobody. */
function hostsOf(host: string, url: string, isGiven: boolean) {
  if (!isGiven && !isLoopback(host)) return {};
  return { hosts: [...loopbackHosts, new URL(url).hostname] };
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
