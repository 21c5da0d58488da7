import { type Adapters, createAdapters, createChannels } from "../modules/channels/index.ts";
import { contactsManifest } from "../modules/contacts/index.ts";
import { createConversations } from "../modules/conversations/index.ts";
import { createDirectory, directoryManifest } from "../modules/directory/index.ts";
import { createIndexer, createSearchModule } from "../modules/search/index.ts";
import {
  createTenancy,
  insertTenantRow,
  type ProvisionTenant,
  type SessionLimits,
} from "../modules/tenancy/index.ts";
import {
  createDataKeyStore,
  createVault,
  type Vault,
  vaultManifest,
} from "../modules/vault/index.ts";
import { type Bus, createProcessBus } from "../platform/bus.ts";
import type { Clock } from "../platform/clock.ts";
import { feedMigration, feedTables } from "../platform/feed/index.ts";
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
import { createScopes, type NoticeListeners, type OpenScope } from "../platform/scope/index.ts";
import type { SearchEngine } from "../platform/search/search-engine.ts";
import {
  type Engine,
  type Migration,
  openStore,
  type Store,
  type StoreObserver,
} from "../platform/store/index.ts";
import { logActs } from "./log-acts.ts";

/** What the house is built on: engines behind ports, a clock, a log. */
export interface Foundations {
  readonly engine: Engine;
  readonly keys: KeyService & InstallationKeys;
  readonly searchEngine: SearchEngine;
  readonly clock: Clock;
  readonly log: Log;
  readonly sessionLimits: SessionLimits;
  /** Where the simulator's carrier listens; asked for at every send. */
  readonly simulatorUrl: () => string;
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
  const listeners: Record<string, unknown[]> = {};
  const openScope = createScopes({
    store,
    bus,
    queue,
    clock,
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
    modules,
    indexer: createIndexer({ store, engine: searchEngine, bus, log, openScope }),
    runner: createJobRunner({ store, queue, clock, log, handlers, openScope }),
    migrations: [
      feedMigration,
      jobMigration,
      ...modules.flatMap((module) => module.migrations),
    ] as readonly Migration[],
    tables: [...feedTables, ...jobTables, ...modules.flatMap((module) => module.tables)],
    provisionTenant: tenantProvider(ground),
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
  const directory = createDirectory({ store, digestKeys: await digestKeysOf(keys) });
  const adapters = ground.adapters ?? createAdapters({ simulatorUrl });
  const csrfKey = await keys.installationKey("csrf");
  const tenancy = createTenancy({ directory, openScope, limits, csrfKey, clock });
  const modules: readonly ModuleManifest[] = [
    directoryManifest,
    vaultManifest,
    tenancy.manifest,
    contactsManifest,
    createChannels({ adapters, log }),
    createConversations({ adapters, bus, clock }),
    createSearchModule(ground.searchEngine),
  ];
  return { modules, directory, adapters, authenticate: tenancy.authenticate };
}

async function digestKeysOf(keys: InstallationKeys) {
  return {
    session: await keys.installationKey("directory.session"),
    sign_in_email: await keys.installationKey("directory.sign-in-email"),
    channel_key: await keys.installationKey("directory.channel-address"),
    demo: await keys.installationKey("directory.demo"),
  };
}

/** Makes tenants: first the keys, then the row. Nothing else in the house makes keys. */
function tenantProvider({ clock, vault, openScope }: Ground): ProvisionTenant {
  return async (given) => {
    const id = given.id ?? mintId<"tenant">(clock.now());
    await vault.provision(id);
    const scope = await openScope(id);
    await scope.transact((unit) => insertTenantRow(unit, given));
    return scope;
  };
}

function gather(all: Record<string, unknown[]>, own: NoticeListeners): void {
  for (const [name, listeners] of Object.entries(own)) {
    all[name] = [...(all[name] ?? []), ...(listeners ?? [])];
  }
}
