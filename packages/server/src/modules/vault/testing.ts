import { randomUUID } from "node:crypto";
import type { Clock } from "../../platform/clock.ts";
import type { KeyService } from "../../platform/keys/key-service.ts";
import type { DataKey, DataKeyStore, NewDataKey, UseBlock } from "./ports.ts";
import { dataKeyUsesMax } from "./rules.ts";
import { createVault, openTenantsMax } from "./vault.ts";

/** A clock that stands still until it is moved, each hand by itself if need be. */
export interface ManualClock extends Clock {
  advance(ms: number): void;
  advanceWall(ms: number): void;
  advanceMonotonic(ms: number): void;
}

export function manualClock(startAt: number): ManualClock {
  let wall = startAt;
  let monotonic = 0;
  return {
    now: () => wall,
    monotonic: () => monotonic,
    advance(ms) {
      wall += ms;
      monotonic += ms;
    },
    advanceWall(ms) {
      wall += ms;
    },
    advanceMonotonic(ms) {
      monotonic += ms;
    },
  };
}

/** Data keys in memory. It passes the suite that the real store passes. */
export function memoryDataKeyStore(): DataKeyStore {
  const tenants = new Map<string, DataKey[]>();
  const keysOf = (tenantId: string) => tenants.get(tenantId) ?? [];

  function replace(tenantId: string, id: string, change: (key: DataKey) => DataKey): void {
    const keys = keysOf(tenantId).map((key) => (key.id === id ? change(key) : key));
    tenants.set(tenantId, keys);
  }

  async function insert(tenantId: string, added: NewDataKey): Promise<boolean> {
    const keys = keysOf(tenantId);
    const isTaken = keys.some(
      (key) => key.purpose === added.purpose && key.version === added.version,
    );
    if (isTaken) return false;
    tenants.set(tenantId, [...keys, { ...added, usesGranted: 0, retiredAt: null }]);
    return true;
  }

  async function reserveUses(
    tenantId: string,
    id: string,
    count: number,
  ): Promise<UseBlock | undefined> {
    const key = keysOf(tenantId).find((each) => each.id === id);
    if (key === undefined || key.retiredAt !== null) return undefined;
    const from = key.usesGranted;
    const to = Math.min(from + count, dataKeyUsesMax);
    if (to === from) return undefined;
    replace(tenantId, id, (each) => ({ ...each, usesGranted: to }));
    return { from, to };
  }

  return {
    list: async (tenantId) => keysOf(tenantId),
    insert,
    reserveUses,
    retire: async (tenantId, id, at) =>
      replace(tenantId, id, (key) => ({ ...key, retiredAt: key.retiredAt ?? at })),
  };
}

/** Counts what is asked of the key service, and lets a test stand in its way. */
function watched(inner: KeyService) {
  const watch = { unwraps: 0, beforeUnwrap: async () => {} };
  const service: KeyService = {
    createTenantKey: (tenantId) => inner.createTenantKey(tenantId),
    wrap: (tenantId, context, key) => inner.wrap(tenantId, context, key),
    async unwrap(tenantId, context, wrapped) {
      watch.unwraps += 1;
      await watch.beforeUnwrap();
      return inner.unwrap(tenantId, context, wrapped);
    },
    destroyTenantKey: (tenantId) => inner.destroyTenantKey(tenantId),
    describe: (tenantId) => inner.describe(tenantId),
  };
  return { watch, service };
}

/** A vault over a key service, with one tenant provisioned and every part within a test's reach. */
export async function newVaultWorld(
  keys: KeyService,
  startAt: number,
  openTenants: number = openTenantsMax,
) {
  const clock = manualClock(startAt);
  const store = memoryDataKeyStore();
  const { watch, service: keyService } = watched(keys);
  const open = () => createVault({ keyService, store, clock, openTenantsMax: openTenants });
  const vault = open();
  const tenantId = randomUUID();
  await vault.provision(tenantId);
  return { clock, store, watch, vault, openOther: open, tenantId, keyService };
}
