import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Store, StoreFault } from "../../src/platform/store/index.ts";
import { openStore } from "../../src/platform/store/store.ts";
import { type OpenedStore, openStoreAt } from "../engines.ts";
import {
  addRooms,
  allRooms,
  countFloor,
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

/** What a unit of work is promised on every engine. */
export function describePrimaryStore(name: string, open: () => Promise<OpenedStore>): void {
  const on = (test: (store: Store, opened: OpenedStore) => Promise<void>) => withStore(open, test);

  describe(`primary store: ${name}`, () => {
    it("shows to everybody what was acknowledged", on(showsAcknowledged));
    it("promises that a commit is on disk", on(isDurable));
    it("lets a unit see its own writes, and nobody else before the commit", on(hidesUncommitted));
    it("leaves nothing of a unit that throws, and all of its neighbours", on(undoesAlone));
    it("does units of a tenant in the order in which they came", on(keepsOrder));
    it("never gives two units the same number", on(countsRight));
    it("says false where a unique key is taken, and changes nothing", on(refusesDuplicates));
    it("refuses a row that points to nothing, or across the wall", on(checksReferences));
    it("counts the rows that a condition met, changed or not", on(countsRows));
    it("tells a counter's sum as it counts, and nothing where there is none", on(tellsSums));
    it("undoes an attempt that fails and goes on", on(undoesAttempt));
    it("undoes with an attempt also those inside it that went well", on(undoesNestedAttempts));
    it("runs nothing of a unit that has ended", on(endsLease));
    it("tells nothing of the values in an error", on(quotesNothing));
    it("answers each tenant with its own rows, though the ids are the same", on(keepsTenantsApart));
    it("finishes what was begun before it closes, and takes nothing more", on(closesOrderly));
  });
}

async function showsAcknowledged(store: Store, { address }: OpenedStore): Promise<void> {
  const tenantId = newTenant();
  const other = openStore(openStoreAt(address));
  try {
    for (const size of [1, 2, 3]) {
      await addRooms(store, tenantId, newRoom({ size }));
      assert.equal((await sizesOf(store, tenantId)).at(-1), size);
      assert.equal((await sizesOf(other, tenantId)).at(-1), size);
    }
  } finally {
    await other.close();
  }
}

async function isDurable(store: Store): Promise<void> {
  const { isDurable: is, nowMs, version } = await store.engine.facts();
  assert.equal(is, true);
  assert.ok(Math.abs(nowMs - Date.now()) < 60_000);
  assert.match(version, /\d+\.\d+/);
}

async function hidesUncommitted(store: Store): Promise<void> {
  const tenantId = newTenant();
  const [written, looked] = [gate(), gate()];
  const unit = store.transact(tenantId, async ({ tenant }) => {
    await tenant.insert(insertRooms, { rows: [newRoom({ size: 7 })] });
    assert.equal((await tenant.all(allRooms, {})).length, 1);
    written.resolve();
    await looked.promise;
  });
  await Promise.race([written.promise, unit]);
  const before = await sizesOf(store, tenantId);
  looked.resolve();
  await unit;
  assert.deepEqual(before, []);
  assert.deepEqual(await sizesOf(store, tenantId), [7]);
}

async function undoesAlone(store: Store): Promise<void> {
  const tenantId = newTenant();
  const units = Array.from({ length: 30 }, (_, size) =>
    store.transact(tenantId, async ({ tenant }) => {
      await tenant.insert(insertRooms, { rows: [newRoom({ size })] });
      if (size % 3 === 0) throw new Error(`no room ${size}`);
      return size;
    }),
  );
  const outcomes = await Promise.allSettled(units);
  const kept = outcomes.flatMap((outcome) =>
    outcome.status === "fulfilled" ? [outcome.value] : [],
  );
  assert.equal(kept.length, 20);
  assert.deepEqual(await sizesOf(store, tenantId), kept);
}

async function keepsOrder(store: Store): Promise<void> {
  const tenantId = newTenant();
  const order: number[] = [];
  const settled: number[] = [];
  const units = Array.from({ length: 150 }, async (_, size) => {
    await store.transact(tenantId, async ({ tenant }) => {
      order.push(size);
      await tenant.insert(insertRooms, { rows: [newRoom({ size })] });
    });
    settled.push(size);
  });
  await Promise.all(units);
  const expected = units.map((_, size) => size);
  assert.deepEqual(order, expected);
  assert.deepEqual(settled, expected);
  assert.deepEqual(await sizesOf(store, tenantId), expected);
}

async function countsRight(store: Store, { address }: OpenedStore): Promise<void> {
  const tenantId = newTenant();
  const floor = newRoom().id;
  const other = openStore(openStoreAt(address));
  try {
    await store.transact(tenantId, ({ tenant }) => tenant.insert(insertFloor, { id: floor }));
    // Two processes on one database.
    const units = Array.from({ length: 40 }, (_, at) =>
      (at % 2 === 0 ? store : other).transact(tenantId, async ({ tenant }) => {
        const row = await tenant.first(floorOf, { id: floor });
        const rooms = (row?.rooms ?? 0) + 1;
        await tenant.run(setRooms, { id: floor, rooms });
        return rooms;
      }),
    );
    const numbers = (await Promise.all(units)).toSorted((one, two) => one - two);
    assert.deepEqual(
      numbers,
      units.map((_, at) => at + 1),
    );
  } finally {
    await other.close();
  }
}

async function refusesDuplicates(store: Store): Promise<void> {
  const tenantId = newTenant();
  const first = newRoom({ size: 1 });
  assert.equal(await addRooms(store, tenantId, first), true);
  assert.equal(await addRooms(store, tenantId, newRoom({ id: first.id })), false);
  assert.equal(await addRooms(store, tenantId, newRoom({ door: first.door })), false);
  // Of several rows none is written, and the unit goes on.
  await store.transact(tenantId, async ({ tenant }) => {
    const rows = [newRoom({ size: 2 }), newRoom({ door: first.door })];
    assert.equal(await tenant.insert(insertRooms, { rows }), false);
    assert.equal(await tenant.insert(insertRooms, { rows: [newRoom({ size: 3 })] }), true);
  });
  assert.deepEqual(await sizesOf(store, tenantId), [1, 3]);
  assert.equal(await addRooms(store, newTenant(), first), true);
}

async function tellsSums(store: Store): Promise<void> {
  const [tenantId, other] = [newTenant(), newTenant()];
  const { id } = newRoom();
  const count = (of: typeof tenantId, by: number) =>
    store.transact(of, ({ tenant }) => tenant.count(countFloor, { id, by }));
  await store.transact(tenantId, ({ tenant }) => tenant.insert(insertFloor, { id }));
  const sums = await Promise.all([3, 4, 2].map((by) => count(tenantId, by)));
  assert.deepEqual(sums, [3, 7, 9]);
  assert.equal(await count(other, 1), undefined);
  assert.equal(await count(tenantId, -9), 0);
}

async function checksReferences(store: Store): Promise<void> {
  const [tenantId, other] = [newTenant(), newTenant()];
  const floor = newRoom().id;
  await store.transact(other, ({ tenant }) => tenant.insert(insertFloor, { id: floor }));
  for (const floorId of [floor, newRoom().id]) {
    const isReference = (error: unknown) =>
      error instanceof StoreFault && error.failure === "reference";
    await assert.rejects(addRooms(store, tenantId, newRoom({ floor_id: floorId })), isReference);
  }
  assert.equal(await addRooms(store, other, newRoom({ floor_id: floor })), true);
}

async function countsRows(store: Store): Promise<void> {
  const tenantId = newTenant();
  const floor = newRoom().id;
  await store.transact(tenantId, async ({ tenant }) => {
    await tenant.insert(insertFloor, { id: floor });
    assert.equal(await tenant.run(setRooms, { id: floor, rooms: 5 }), 1);
    assert.equal(await tenant.run(setRooms, { id: floor, rooms: 5 }), 1);
    assert.equal(await tenant.run(setRooms, { id: newRoom().id, rooms: 5 }), 0);
  });
}

async function undoesAttempt(store: Store): Promise<void> {
  const tenantId = newTenant();
  await store.transact(tenantId, async ({ tenant, attempt }) => {
    const add = (size: number) => tenant.insert(insertRooms, { rows: [newRoom({ size })] });
    await add(1);
    const failed = await attempt(async () => {
      await add(2);
      throw new Error("not this one");
    });
    assert.ok("error" in failed && (failed.error as Error).message === "not this one");
    assert.deepEqual(await attempt(async () => add(3)), { result: true });
    await add(4);
  });
  assert.deepEqual(await sizesOf(store, tenantId), [1, 3, 4]);
}

async function undoesNestedAttempts(store: Store): Promise<void> {
  const tenantId = newTenant();
  await store.transact(tenantId, async ({ tenant, attempt }) => {
    const add = (size: number) => tenant.insert(insertRooms, { rows: [newRoom({ size })] });
    await add(1);
    await attempt(async () => {
      await add(2);
      await attempt(async () => add(3));
      await add(4);
      throw new Error("none of these");
    });
    await attempt(async () => {
      await add(5);
      await attempt(async () => {
        await add(6);
        throw new Error("only this one");
      });
    });
  });
  assert.deepEqual(await sizesOf(store, tenantId), [1, 5]);
}

async function endsLease(store: Store): Promise<void> {
  const tenantId = newTenant();
  let late: (() => Promise<unknown>) | undefined;
  const both = store.transact(tenantId, ({ tenant }) => {
    late = () => tenant.insert(insertRooms, { rows: [newRoom({ size: 99 })] });
    // The second statement stands in line while the first fails the unit.
    return Promise.all([
      tenant.insert(insertRooms, { rows: [newRoom({ floor_id: newRoom().id })] }),
      tenant.insert(insertRooms, { rows: [newRoom({ size: 98 })] }),
    ]);
  });
  const next = addRooms(store, tenantId, newRoom({ size: 1 }));
  await assert.rejects(both);
  await next;
  await assert.rejects(async () => late?.(), /after it had ended/);
  assert.deepEqual(await sizesOf(store, tenantId), [1]);
}

async function quotesNothing(store: Store): Promise<void> {
  const tenantId = newTenant();
  const secret = "kingfisher";
  const row = newRoom({ door: new Uint8Array(Buffer.from(secret)), kind: secret });
  await addRooms(store, tenantId, row);
  const failing = [
    store.transact(tenantId, ({ tenant }) => tenant.run(insertRooms, { rows: [row] })),
    addRooms(store, tenantId, newRoom({ kind: secret, floor_id: row.id })),
    addRooms(store, tenantId, newRoom({ kind: secret, size: null as never })),
  ];
  for (const outcome of await Promise.allSettled(failing)) {
    assert.equal(outcome.status, "rejected");
    const error = outcome.reason as StoreFault;
    assert.ok(error instanceof StoreFault);
    const told = [error.message, error.stack, JSON.stringify(error), error.cause].join(" ");
    for (const word of [secret, row.id, tenantId, tenantId.replaceAll("-", "")]) {
      assert.ok(!told.toLowerCase().includes(word), told);
    }
  }
}

async function keepsTenantsApart(store: Store): Promise<void> {
  const [one, two] = [newTenant(), newTenant()];
  const row = newRoom();
  await addRooms(store, one, { ...row, size: 1 });
  await addRooms(store, two, { ...row, size: 2 });
  assert.deepEqual(await sizesOf(store, one), [1]);
  assert.deepEqual(await sizesOf(store, two), [2]);
  assert.deepEqual(await sizesOf(store, newTenant()), []);
}

async function closesOrderly(store: Store, { address }: OpenedStore): Promise<void> {
  const tenantId = newTenant();
  const units = Array.from({ length: 100 }, (_, size) =>
    addRooms(store, tenantId, newRoom({ size })),
  );
  await store.close();
  assert.equal((await Promise.all(units)).length, 100);
  await assert.rejects(addRooms(store, tenantId, newRoom()), StoreFault);
  const again = openStore(openStoreAt(address));
  assert.equal((await sizesOf(again, tenantId)).length, 100);
  await again.close();
}
