import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { describe, it } from "node:test";
import type { DataKeyPurpose, DataKeyStore, NewDataKey, UseBlock } from "./ports.ts";
import { dataKeyUsesMax } from "./rules.ts";

/** A store under test, with tenants that exist wherever data keys need them to. */
export interface OpenedDataKeyStore {
  readonly store: DataKeyStore;
  newTenant(): Promise<string>;
  close(): Promise<void>;
}

/** What every store of data keys guarantees. */
export function describeDataKeyStore(name: string, open: () => Promise<OpenedDataKeyStore>): void {
  const withStore = (test: (store: DataKeyStore, opened: OpenedDataKeyStore) => Promise<void>) => {
    return async () => {
      const opened = await open();
      try {
        await test(opened.store, opened);
      } finally {
        await opened.close();
      }
    };
  };

  describe(`data key store: ${name}`, () => {
    it("gives back a key as it was stored, to its own tenant only", withStore(keepsKeys));
    it("stores one key for a purpose and version", withStore(keepsFirst));
    it("grants every use once, also to callers at the same time", withStore(grantsOnce));
    it("grants up to the limit and not one beyond", withStore(stopsAtLimit));
    it("grants nothing of a retired, unknown or foreign key", withStore(grantsNothing));
    it(
      "keeps the instant at which a key was first retired",
      withStore(async (store, opened) => {
        const tenantId = await opened.newTenant();
        const key = await stored(store, tenantId, "field", 1);
        await store.retire(tenantId, key.id, 7);
        await store.retire(tenantId, key.id, 8);
        assert.equal((await store.list(tenantId))[0]?.retiredAt, 7);
      }),
    );
  });
}

function newKey(purpose: DataKeyPurpose, version: number): NewDataKey {
  const wrapped = new Uint8Array(randomBytes(109));
  return { id: randomUUID(), purpose, version, wrapped, createdAt: 1_700_000_000_000 };
}

async function stored(
  store: DataKeyStore,
  tenantId: string,
  purpose: DataKeyPurpose,
  version: number,
): Promise<NewDataKey> {
  const key = newKey(purpose, version);
  assert.equal(await store.insert(tenantId, key), true);
  return key;
}

async function keepsKeys(store: DataKeyStore, opened: OpenedDataKeyStore): Promise<void> {
  const [tenantId, other] = [await opened.newTenant(), await opened.newTenant()];
  const key = await stored(store, tenantId, "field", 1);
  const [found, ...rest] = await store.list(tenantId);
  assert.ok(found !== undefined);
  assert.deepEqual(rest, []);
  assert.deepEqual(
    { ...found, wrapped: new Uint8Array(found.wrapped) },
    { ...key, usesGranted: 0, retiredAt: null },
  );
  assert.deepEqual(await store.list(other), []);
}

async function keepsFirst(store: DataKeyStore, opened: OpenedDataKeyStore): Promise<void> {
  const [tenantId, other] = [await opened.newTenant(), await opened.newTenant()];
  const first = await stored(store, tenantId, "field", 1);
  assert.equal(await store.insert(tenantId, newKey("field", 1)), false);
  assert.deepEqual(
    (await store.list(tenantId)).map((key) => key.id),
    [first.id],
  );
  await stored(store, tenantId, "index", 1);
  await stored(store, tenantId, "field", 2);
  await stored(store, other, "field", 1);
  assert.equal((await store.list(tenantId)).length, 3);
}

async function grantsOnce(store: DataKeyStore, opened: OpenedDataKeyStore): Promise<void> {
  const tenantId = await opened.newTenant();
  const { id } = await stored(store, tenantId, "field", 1);
  const count = 100;
  const callers = 12;
  const blocks = await Promise.all(
    Array.from({ length: callers }, () => store.reserveUses(tenantId, id, count)),
  );
  const granted = blocks.filter((block): block is UseBlock => block !== undefined);
  assert.equal(granted.length, callers);
  const sorted = granted.toSorted((one, other) => one.from - other.from);
  for (const [at, { from, to }] of sorted.entries()) {
    assert.deepEqual([from, to], [at * count, (at + 1) * count]);
  }
  assert.equal((await store.list(tenantId))[0]?.usesGranted, callers * count);
}

async function stopsAtLimit(store: DataKeyStore, opened: OpenedDataKeyStore): Promise<void> {
  const tenantId = await opened.newTenant();
  const { id } = await stored(store, tenantId, "field", 1);
  const nearly = dataKeyUsesMax - 10;
  assert.deepEqual(await store.reserveUses(tenantId, id, nearly), { from: 0, to: nearly });
  const last = { from: nearly, to: dataKeyUsesMax };
  assert.deepEqual(await store.reserveUses(tenantId, id, 100), last);
  assert.equal(await store.reserveUses(tenantId, id, 1), undefined);
}

async function grantsNothing(store: DataKeyStore, opened: OpenedDataKeyStore): Promise<void> {
  const [tenantId, other] = [await opened.newTenant(), await opened.newTenant()];
  const { id } = await stored(store, tenantId, "field", 1);
  assert.equal(await store.reserveUses(other, id, 1), undefined);
  assert.equal(await store.reserveUses(tenantId, randomUUID(), 1), undefined);
  await store.retire(other, id, 7);
  assert.deepEqual(await store.reserveUses(tenantId, id, 1), { from: 0, to: 1 });
  await store.retire(tenantId, id, 7);
  assert.equal(await store.reserveUses(tenantId, id, 1), undefined);
}
