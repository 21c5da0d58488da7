import type { TenantId } from "@foyer/contract";
import { createAttachments, type FetchMedia } from "../modules/attachments/index.ts";
import {
  type Adapters,
  createAdapters,
  createChannels,
  createKnownChannels,
  findChannel,
} from "../modules/channels/index.ts";
import { contactsManifest } from "../modules/contacts/index.ts";
import { createConversations } from "../modules/conversations/index.ts";
import { createDemo, demoMark, type Evening } from "../modules/demo/index.ts";
import { createDirectory, type Directory, directoryManifest } from "../modules/directory/index.ts";
import { createIndexer, createSearchModule } from "../modules/search/index.ts";
import { templatesManifest } from "../modules/templates/index.ts";
import {
  createSignedIn,
  createTenancy,
  insertTenantRow,
  type ProvisionTenant,
  type SessionLimits,
  type WayOut,
} from "../modules/tenancy/index.ts";
import {
  createDataKeyStore,
  createVault,
  type Vault,
  vaultManifest,
} from "../modules/vault/index.ts";
import type { BlobStore } from "../platform/blobs/blob-store.ts";
import { type Bus, createProcessBus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import { feedMigration, feedTables } from "../platform/feed/index.ts";
import { createFileLinks } from "../platform/file-links.ts";
import { mintId } from "../platform/ids.ts";
import {
  createJobRunner,
  createProcessQueue,
  jobMigration,
  jobTables,
} from "../platform/jobs/index.ts";
import type { InstallationKeys, KeyService } from "../platform/keys/key-service.ts";
import type { Log } from "../platform/log.ts";
import type { ModuleManifest } from "../platform/manifest.ts";
import {
  createScopes,
  type NoticeListeners,
  type OpenScope,
  type Scope,
} from "../platform/scope/index.ts";
import type { SearchEngine } from "../platform/search/search-engine.ts";
import {
  type Engine,
  type Migration,
  openStore,
  type Store,
  type StoreObserver,
} from "../platform/store/index.ts";
import { logActs } from "./log-acts.ts";

/** Well below the time that a job is held for. */
const fetchTimeoutMs = 15_000;

/** What the house is built on: engines behind ports, a clock, a log. */
export interface Foundations {
  readonly engine: Engine;
  readonly keys: KeyService & InstallationKeys;
  readonly searchEngine: SearchEngine;
  readonly blobs: BlobStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly sessionLimits: SessionLimits;
  /** Where the simulator's carrier listens; asked for at every send. */
  readonly simulatorUrl: () => string;
  /** The origin under which browsers and providers call us; asked for at every webhook. */
  readonly publicOrigin: () => string;
  /** The origin of Twilio's API. */
  readonly twilioApiUrl: string;
  /** The origin that attachments are fetched from; asked for at every link. */
  readonly filesOrigin: () => string;
  /** Absent where no demo is shown: then nobody begins with a hotel by themselves. */
  readonly wayOut?: WayOut;
  /** The guests who text by themselves in the demo; absent where no carrier of phones runs. */
  readonly evening?: () => Evening | undefined;
  readonly observer?: StoreObserver;
  /** Other adapters than those of the installation: the demo's past, a test. */
  readonly adapters?: Adapters;
}

export type Assembly = Awaited<ReturnType<typeof assemble>>;

/** Wires platform and modules together. Nothing runs and nothing listens yet. */
export async function assemble(foundations: Foundations) {
  const { engine, keys, searchEngine, clock, log } = foundations;
  const store = openStore(engine, foundations.observer);
  const bus = createProcessBus();
  const queue = createProcessQueue();
  const vault = createVault({ keyService: keys, store: createDataKeyStore(store), clock });
  const links = createFileLinks(await keys.installationKey("file-links"), foundations.filesOrigin);
  const listeners: Record<string, unknown[]> = {};
  const openScope = createScopes({
    store,
    bus,
    queue,
    clock,
    links,
    cipherFor: vault.cipherFor,
    listeners: listeners as NoticeListeners,
    recorder: logActs(log),
  });
  const ground = { ...foundations, store, bus, openScope, vault };
  const { modules, ...doors } = await furnish(ground);
  for (const { listeners: own = {} } of modules) gather(listeners, own);
  const handlers = modules.flatMap((module) => module.jobs ?? []);
  return {
    ...ground,
    ...doors,
    queue,
    links,
    modules,
    indexer: createIndexer({ store, engine: searchEngine, bus, log, openScope }),
    runner: createJobRunner({ store, queue, clock, log, handlers, openScope }),
    migrations: [
      feedMigration,
      jobMigration,
      ...modules.flatMap((module) => module.migrations),
    ] as readonly Migration[],
    tables: [...feedTables, ...jobTables, ...modules.flatMap((module) => module.tables)],
    provisionTenant: tenantProvider(ground, doors.directory),
    close: async () => {
      await store.close();
      await searchEngine.close();
    },
    engine,
  };
}

interface Ground extends Foundations {
  readonly store: Store;
  readonly bus: Bus;
  readonly openScope: OpenScope;
  readonly vault: Vault;
}

/** The modules, in the order in which their tables refer to each other. */
async function furnish(ground: Ground) {
  const { keys, store, openScope, clock, log, bus, simulatorUrl, sessionLimits: limits } = ground;
  const { publicOrigin, twilioApiUrl } = ground;
  const directory = createDirectory({ store, digestKeys: await digestKeysOf(keys) });
  const twilio = { apiUrl: twilioApiUrl, publicOrigin };
  const adapters = ground.adapters ?? createAdapters({ simulatorUrl, twilio });
  const knownChannels = createKnownChannels({ directory, openScope, clock });
  const csrfKey = await keys.installationKey("csrf");
  const tenancy = createTenancy({
    directory,
    openScope,
    limits,
    csrfKey,
    clock,
    openNewTenant: () => openNewTenant(ground),
    demoMark,
    wayOut: ground.wayOut,
  });
  const modules: readonly ModuleManifest[] = [
    directoryManifest,
    vaultManifest,
    tenancy.manifest,
    contactsManifest,
    templatesManifest,
    createAttachments({ blobs: ground.blobs, fetchMedia: mediaFetcher(adapters) }),
    createChannels({ adapters, log, directory, knownChannels, publicOrigin, twilioApiUrl }),
    createConversations({ adapters, bus, clock, signedIn: createSignedIn(limits) }),
    createSearchModule(ground.searchEngine),
    createDemo({
      directory,
      openScope,
      log,
      routes: () => modules.flatMap((module) => module.routes ?? []),
      evening: () => ground.evening?.(),
    }),
  ];
  const { authenticate, makeHotel, mayStartHotel } = tenancy;
  return { modules, directory, knownChannels, adapters, authenticate, makeHotel, mayStartHotel };
}

/** How attachments get at what a provider has: they come before channels, which know how. */
function mediaFetcher(adapters: Adapters): FetchMedia {
  return async (scope, channelId, url) => {
    const channel = await findChannel(scope, channelId);
    if (!channel) return { kind: "gone" };
    const signal = AbortSignal.timeout(fetchTimeoutMs);
    return adapters[channel.kind].fetchMedia(channel.settings, url, signal);
  };
}

async function digestKeysOf(keys: InstallationKeys) {
  return {
    session: await keys.installationKey("directory.session"),
    sign_in_email: await keys.installationKey("directory.sign-in-email"),
    channel_key: await keys.installationKey("directory.channel-address"),
    demo: await keys.installationKey("directory.demo"),
    hotel: await keys.installationKey("directory.hotel"),
  };
}

/** The keys of a new tenant, before it has a row. Nothing else in the house makes keys. */
async function openNewTenant({ clock, vault, openScope }: Ground, id?: TenantId): Promise<Scope> {
  const tenantId = id ?? mintId<"tenant">(clock.now());
  await vault.provision(tenantId);
  return openScope(tenantId);
}

/** Makes tenants: first the keys, then the row. */
function tenantProvider(ground: Ground, directory: Directory): ProvisionTenant {
  return async (given) => {
    const scope = await openNewTenant(ground, given.id);
    await scope.transact((unit) => insertTenantRow(unit, directory, given));
    return scope;
  };
}

function gather(all: Record<string, unknown[]>, own: NoticeListeners): void {
  for (const [name, listeners] of Object.entries(own)) {
    all[name] = [...(all[name] ?? []), ...(listeners ?? [])];
  }
}
