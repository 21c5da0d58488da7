import assert from "node:assert/strict";
import { describe, it } from "node:test";
import mysql from "mysql2/promise";
import { openStore, type Store, StoreFault } from "../../src/platform/store/index.ts";
import { type OpenedStore, openStoreAt, primaryStores } from "../engines.ts";
import {
  addRooms,
  floorOf,
  gate,
  insertFloor,
  insertRooms,
  newRoom,
  newTenant,
  setRooms,
  sizesOf,
  withStore,
} from "./primary-store-tables.ts";

/** Whoever waits so long waits for something that does not happen. */
const waitMsMax = 5_000;

/** What only an engine with many writers and a wire can get wrong. */
for (const { name, open } of primaryStores()) {
  if (name !== "MariaDB") continue;
  const on = (test: (store: Store, opened: OpenedStore) => Promise<void>) => withStore(open, test);

  describe(`primary store, many writers: ${name}`, () => {
    it("ends both of two units that lock crosswise", on(endsDeadlock));
    it("fails a unit alone that waits too long for another's lock", on(boundsLockWait));
    it("lets no tenant wait for another's unit", on(keepsTenantsMoving));
    it("loses nothing that was acknowledged when connections are cut", on(survivesCuts));
    it("leaves nothing of a unit whose connection was cut", on(leavesNothingOfCut));
    it("says connection, and no more, where the server cannot be reached", refusesUnreachable);
  });
}

const floors = { one: newRoom().id, two: newRoom().id };

async function endsDeadlock(store: Store, { address }: OpenedStore): Promise<void> {
  const tenantId = newTenant();
  const other = openStore(openStoreAt(address));
  try {
    await store.transact(tenantId, async ({ tenant }) => {
      for (const id of Object.values(floors)) await tenant.insert(insertFloor, { id });
    });
    const both = [gate(), gate()];
    const starts: number[] = [0, 0];
    const unit = (process: Store, at: 0 | 1) =>
      process.transact(tenantId, async ({ tenant }) => {
        starts[at] = (starts[at] ?? 0) + 1;
        const order = at === 0 ? [floors.one, floors.two] : [floors.two, floors.one];
        for (const id of order) {
          const row = await tenant.first(floorOf, { id });
          await tenant.run(setRooms, { id, rooms: (row?.rooms ?? 0) + 1 });
          both[at]?.resolve();
          await both[1 - at]?.promise;
        }
      });
    await Promise.all([unit(store, 0), unit(other, 1)]);
    assert.deepEqual(starts.toSorted(), [1, 2], "one of them was replayed, once");
    for (const id of Object.values(floors)) {
      const row = await store.transact(tenantId, ({ tenant }) => tenant.first(floorOf, { id }));
      assert.equal(row?.rooms, 2);
    }
  } finally {
    await other.close();
  }
}

async function boundsLockWait(store: Store, { address }: OpenedStore): Promise<void> {
  const tenantId = newTenant();
  const id = newRoom().id;
  const other = openStore(openStoreAt(address));
  const [locked, release] = [gate(), gate()];
  try {
    await store.transact(tenantId, ({ tenant }) => tenant.insert(insertFloor, { id }));
    const look = () => store.transact(tenantId, ({ tenant }) => tenant.first(floorOf, { id }));
    const holder = other.transact(tenantId, async ({ tenant }) => {
      await tenant.first(floorOf, { id });
      locked.resolve();
      await release.promise;
    });
    await locked.promise;
    const waiting = look();
    const neighbour = addRooms(store, tenantId, newRoom({ size: 1 }));
    await assert.rejects(
      waiting,
      (error) => error instanceof StoreFault && error.failure === "lock_timeout",
    );
    assert.equal(await neighbour, true);
    release.resolve();
    await holder;
    assert.equal((await look())?.rooms, 0);
  } finally {
    release.resolve();
    await other.close();
  }
}

async function keepsTenantsMoving(store: Store): Promise<void> {
  const [slow, quick] = [newTenant(), newTenant()];
  const held = gate();
  const unit = store.transact(slow, async ({ tenant }) => {
    await tenant.insert(insertRooms, { rows: [newRoom({ size: 1 })] });
    await held.promise;
  });
  const others = (async () => {
    for (const size of [1, 2, 3]) await addRooms(store, quick, newRoom({ size }));
    return "done";
  })();
  try {
    const late = new Promise<"still waiting">((resolve) => {
      const bound = AbortSignal.timeout(waitMsMax);
      bound.addEventListener("abort", () => resolve("still waiting"));
    });
    const first = await Promise.race([others, late]);
    assert.equal(first, "done");
    assert.deepEqual(await sizesOf(store, quick), [1, 2, 3]);
    assert.deepEqual(await sizesOf(store, slow), []);
  } finally {
    held.resolve();
    await Promise.all([unit, others]);
  }
}

/** Cuts every connection to a database but the one that cuts. */
async function cutConnections(address: OpenedStore["address"]): Promise<number> {
  assert.ok(address.engine === "mysql");
  const { host, port, user, password, database } = address;
  const administrator = await mysql.createConnection({ host, port, user, password });
  try {
    const [rows] = await administrator.query(
      "select id from information_schema.processlist where db = ?",
      [database],
    );
    const ids = (rows as { id: number }[]).map((row) => row.id);
    for (const id of ids) await administrator.query(`kill connection ${id}`).catch(() => {});
    return ids.length;
  } finally {
    await administrator.end();
  }
}

async function survivesCuts(store: Store, { address }: OpenedStore): Promise<void> {
  const tenantId = newTenant();
  const acknowledged: number[] = [];
  let refused = 0;
  let cut = 0;
  for (let round = 0; round < 8; round += 1) {
    const units = Array.from({ length: 40 }, async (_, at) => {
      const size = round * 100 + at;
      try {
        await addRooms(store, tenantId, newRoom({ size }));
        acknowledged.push(size);
      } catch (error) {
        assert.ok(error instanceof StoreFault && error.failure === "connection", String(error));
        refused += 1;
      }
    });
    cut += await cutConnections(address);
    await Promise.all(units);
  }
  assert.ok(cut > 0);
  assert.equal(acknowledged.length + refused, 320);
  const kept = new Set(await sizesOf(store, tenantId));
  assert.deepEqual(
    acknowledged.filter((size) => !kept.has(size)),
    [],
  );
  await addRooms(store, tenantId, newRoom({ size: -1 }));
  assert.equal((await sizesOf(store, tenantId))[0], -1);
}

async function leavesNothingOfCut(store: Store, { address }: OpenedStore): Promise<void> {
  const tenantId = newTenant();
  const unit = store.transact(tenantId, async ({ tenant }) => {
    await tenant.insert(insertRooms, { rows: [newRoom({ size: 1 })] });
    await cutConnections(address);
    await tenant.insert(insertRooms, { rows: [newRoom({ size: 2 })] });
  });
  await assert.rejects(
    unit,
    (error) => error instanceof StoreFault && error.failure === "connection",
  );
  assert.deepEqual(await sizesOf(store, tenantId), []);
}

async function refusesUnreachable(): Promise<void> {
  const engine = openStoreAt({
    engine: "mysql",
    host: "127.0.0.1",
    port: 1,
    user: "nobody",
    password: "kingfisher",
    database: "none",
    tls: false,
    connectionsMax: 1,
  });
  const store = openStore(engine);
  await assert.rejects(
    addRooms(store, newTenant(), newRoom()),
    (error) =>
      error instanceof StoreFault &&
      error.failure === "connection" &&
      !error.message.includes("kingfisher"),
  );
  await store.close();
}
